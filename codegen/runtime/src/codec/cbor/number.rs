//! Numbers that CBOR writes in ways of its own: half floats, whole numbers of any size. It must not
//! know shapes.

use super::major;

/// The value of a half float: 1 bit of sign, 5 of exponent, 10 of fraction.
pub(super) fn half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let (exponent, fraction) = (u32::from(bits >> 10 & 0x1F), u32::from(bits & 0x3FF));
    match exponent {
        // Zero and subnormal numbers count in steps of 2^-24.
        0 => {
            let value = f32::from(bits & 0x3FF) / 16_777_216.0;
            f32::from_bits(value.to_bits() | sign)
        }
        // Infinities and NaNs, which keep what they carry.
        31 => f32::from_bits(sign | 0x7F80_0000 | fraction << 13),
        // The exponent is counted from 127 instead of 15.
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

/// The largest power of ten in a `u64`, and how many zeros it has.
const CHUNK: u64 = 10_000_000_000_000_000_000;
const CHUNK_DIGITS: usize = 19;

/// A whole number without a limit to its size: the argument `n` of CBOR's two kinds, which stands for
/// `n` or for `-1 - n`.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct BigNumber {
    /// Whether it is `-1 - n`.
    pub(super) negative: bool,
    /// `n` in base 2^64, the lowest digit first, without zeros at the end.
    digits: Vec<u64>,
}

impl BigNumber {
    /// The number of this argument.
    pub(super) fn new(negative: bool, argument: u64) -> Self {
        Self { negative, digits: if argument == 0 { Vec::new() } else { vec![argument] } }
    }

    /// The number of this argument in base 256, the highest digit first.
    pub(super) fn from_bytes(negative: bool, bytes: &[u8]) -> Self {
        let mut digits: Vec<u64> = bytes
            .rchunks(8)
            .map(|chunk| chunk.iter().fold(0, |digit, &byte| digit << 8 | u64::from(byte)))
            .collect();
        trim(&mut digits);
        Self { negative, digits }
    }

    /// The number that this text stands for: digits, perhaps after a sign. `None` if it is other text.
    pub(super) fn from_decimal(text: &str) -> Option<Self> {
        let magnitude = text.strip_prefix(['-', '+']).unwrap_or(text);
        if magnitude.is_empty() || !magnitude.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut digits = Vec::with_capacity(magnitude.len() / CHUNK_DIGITS + 1);
        for chunk in magnitude.as_bytes().chunks(CHUNK_DIGITS) {
            let (mut value, mut scale) = (0, 1);
            for byte in chunk {
                value = value * 10 + u64::from(byte - b'0');
                scale *= 10;
            }
            multiply_add(&mut digits, scale, value);
        }
        // There is no negative zero.
        let negative = text.starts_with('-') && !digits.is_empty();
        if negative {
            decrement(&mut digits);
        }
        Some(Self { negative, digits })
    }

    /// The number in decimal digits, after a `-` if it is negative.
    pub(super) fn to_decimal(&self) -> String {
        let mut digits = self.digits.clone();
        if self.negative {
            increment(&mut digits);
        }
        // Lowest first.
        let mut chunks = Vec::with_capacity(digits.len() + digits.len() / 64 + 1);
        while !digits.is_empty() {
            chunks.push(divide(&mut digits, CHUNK));
        }
        let sign = if self.negative { "-" } else { "" };
        let mut text = String::with_capacity(1 + CHUNK_DIGITS * chunks.len().max(1));
        text.push_str(sign);
        text.push_str(itoa::Buffer::new().format(chunks.pop().unwrap_or_default()));
        for chunk in chunks.iter().rev() {
            let mut buffer = itoa::Buffer::new();
            let digits = buffer.format(*chunk);
            text.extend(std::iter::repeat_n('0', CHUNK_DIGITS - digits.len()));
            text.push_str(digits);
        }
        text
    }

    /// The argument, if it fits into a head.
    pub(super) fn argument(&self) -> Option<u64> {
        match *self.digits {
            [] => Some(0),
            [digit] => Some(digit),
            _ => None,
        }
    }

    /// The kind of whole number that it is, where it fits into a head.
    pub(super) fn major(&self) -> u8 {
        if self.negative { major::NEGATIVE } else { major::POSITIVE }
    }

    /// The argument in base 256, the highest digit first, without zeros at the start.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let bytes: Vec<u8> =
            self.digits.iter().rev().flat_map(|digit| digit.to_be_bytes()).collect();
        let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
        bytes[zeros..].to_vec()
    }
}

/// The parts of a decimal number: all of its digits as a whole number, and the power of ten that they
/// are multiplied with. `None` if the text isn't such a number, or the power is out of range.
pub(super) fn decimal_parts(text: &str) -> Option<(BigNumber, i64)> {
    let (coefficient, exponent) = match text.split_once(['e', 'E']) {
        Some((coefficient, exponent)) => (coefficient, exponent.parse::<i128>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = coefficient.split_once('.').unwrap_or((coefficient, ""));
    let exponent = exponent.checked_sub(i128::try_from(fraction.len()).ok()?)?;
    let digits = BigNumber::from_decimal(&[whole, fraction].concat())?;
    Some((digits, i64::try_from(exponent).ok()?))
}

/// The text of a whole number times this power of ten: plain unless it had many zeros, as the official
/// SDK has it.
pub(super) fn decimal_text(digits: &str, exponent: i64) -> String {
    const MAX_ZEROS_BEHIND: u64 = 15;
    const MAX_ZEROS_BEFORE: usize = 5;
    let (sign, digits) = digits.split_at(usize::from(digits.starts_with('-')));
    if digits == "0" {
        return digits.to_owned();
    }
    let shift = usize::try_from(exponent.unsigned_abs()).unwrap_or(usize::MAX);
    if exponent >= 0 {
        return if exponent.unsigned_abs() <= MAX_ZEROS_BEHIND {
            format!("{sign}{digits}{:0<shift$}", "")
        } else {
            format!("{sign}{digits}e+{exponent}")
        };
    }
    if let Some(whole) = digits.len().checked_sub(shift).filter(|&whole| whole > 0) {
        let (whole, fraction) = digits.split_at(whole);
        return format!("{sign}{whole}.{fraction}");
    }
    let zeros = shift - digits.len();
    if zeros <= MAX_ZEROS_BEFORE {
        return format!("{sign}0.{:0<zeros$}{digits}", "");
    }
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    let exponent = i128::from(exponent) + rest.len() as i128;
    format!("{sign}{first}{point}{rest}E{exponent}")
}

fn trim(digits: &mut Vec<u64>) {
    while digits.last() == Some(&0) {
        digits.pop();
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low and the high half")]
fn multiply_add(digits: &mut Vec<u64>, factor: u64, addend: u64) {
    let mut carry = addend;
    for digit in digits.iter_mut() {
        let product = u128::from(*digit) * u128::from(factor) + u128::from(carry);
        *digit = product as u64;
        carry = (product >> 64) as u64;
    }
    if carry != 0 {
        digits.push(carry);
    }
}

/// Divides and gives the remainder.
#[expect(clippy::cast_possible_truncation, reason = "quotients of a number below the divisor")]
fn divide(digits: &mut Vec<u64>, divisor: u64) -> u64 {
    let mut remainder = 0;
    for digit in digits.iter_mut().rev() {
        let value = u128::from(remainder) << 64 | u128::from(*digit);
        *digit = (value / u128::from(divisor)) as u64;
        remainder = (value % u128::from(divisor)) as u64;
    }
    trim(digits);
    remainder
}

fn increment(digits: &mut Vec<u64>) {
    for digit in digits.iter_mut() {
        let (sum, carried) = digit.overflowing_add(1);
        *digit = sum;
        if !carried {
            return;
        }
    }
    digits.push(1);
}

/// Takes one from a number that isn't zero.
fn decrement(digits: &mut Vec<u64>) {
    for digit in digits.iter_mut() {
        let (difference, borrowed) = digit.overflowing_sub(1);
        *digit = difference;
        if !borrowed {
            break;
        }
    }
    trim(digits);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_half_float() {
        for bits in 0..=u16::MAX {
            let [high, low] = bits.to_be_bytes();
            let expected = minicbor::Decoder::new(&[0xF9, high, low]).f16().unwrap();
            let found = half(bits);
            assert_eq!(found.is_nan(), expected.is_nan(), "{bits:04X}");
            assert_eq!(found.is_sign_negative(), expected.is_sign_negative(), "{bits:04X}");
            assert!(found.is_nan() || found == expected, "{bits:04X}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in ["", "-", "+", "1.5", "0x1", " 1", "1-", "--1", "１"] {
            assert_eq!(BigNumber::from_decimal(text), None, "{text}");
        }
        for text in ["", ".", "1e", "e1", "1.2.3", "1e1.5", "1e99999999999999999999", "-"] {
            assert_eq!(decimal_parts(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn as_wider_numbers_have_it(value in any::<i128>(), zeros in 0..3_usize) {
            let text = value.to_string();
            let number = BigNumber::from_decimal(&text).unwrap();
            prop_assert_eq!(number.negative, value < 0);
            // The complement of a negative number is `-1 - n`.
            let argument = if value < 0 { !value } else { value };
            let bytes = [vec![0; zeros], argument.to_be_bytes().to_vec()].concat();
            prop_assert_eq!(&BigNumber::from_bytes(value < 0, &bytes), &number);
            prop_assert_eq!(number.to_decimal(), text);
            prop_assert_eq!(number.argument(), u64::try_from(argument).ok());
            let shortest = number.to_bytes();
            prop_assert_ne!(shortest.first(), Some(&0));
            prop_assert!(bytes.ends_with(&shortest));
        }

        #[test]
        fn of_any_size(text in "-?[1-9][0-9]{0,400}") {
            let number = BigNumber::from_decimal(&text).unwrap();
            prop_assert_eq!(number.to_decimal(), &*text);
            prop_assert_eq!(BigNumber::from_bytes(number.negative, &number.to_bytes()), number);
        }

        #[test]
        fn decimals(digits in "-?[1-9][0-9]{0,30}", exponent in -60..60_i64) {
            let text = decimal_text(&digits, exponent);
            let (whole, power) = decimal_parts(&text).unwrap();
            let value = |digits: &str, exponent: i64| {
                format!("{digits}e{exponent}").parse::<aws_smithy_types::BigDecimal>().unwrap()
            };
            prop_assert_eq!(value(&whole.to_decimal(), power), value(&digits, exponent));
            prop_assert!(text.len() <= digits.len() + 20, "{}", text);
        }
    }
}
