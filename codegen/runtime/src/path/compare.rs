//! Values as expressions compare them: numbers whatever their type, and equality throughout. It must not know
//! expressions.

use std::cmp::Ordering;

use aws_smithy_types::Number as DocumentNumber;

use super::Found;
use crate::value::Ref;

/// A number of any type.
#[derive(Clone, Copy)]
pub(super) enum Number {
    Whole(i64),
    Float(f64),
}

impl Number {
    pub(super) fn cmp(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => Some(one.cmp(&other)),
            (one, other) => one.float().partial_cmp(&other.float()),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON's numbers have no more")]
    fn float(self) -> f64 {
        match self {
            Self::Whole(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

/// What is a number to an expression. Of numbers of any size, as many digits count as a double has.
pub(super) fn number(value: Ref<'_>) -> Option<Number> {
    let text = |text: &str| match text.parse() {
        Ok(whole) => Some(Number::Whole(whole)),
        Err(_) => text.parse().ok().map(Number::Float),
    };
    Some(match value {
        Ref::Byte(value) => Number::Whole(value.into()),
        Ref::Short(value) => Number::Whole(value.into()),
        Ref::Integer(value) => Number::Whole(value.into()),
        Ref::Long(value) => Number::Whole(value),
        Ref::Float(value) => Number::Float(value.into()),
        Ref::Double(value) => Number::Float(value),
        Ref::Timestamp(time) if time.subsec_nanos() == 0 => Number::Whole(time.secs()),
        Ref::Timestamp(time) => Number::Float(time.as_secs_f64()),
        Ref::BigInteger(value) => return text(value.as_ref()),
        Ref::BigDecimal(value) => return text(value.as_ref()),
        _ => return None,
    })
}

/// A document's number as it would be outside of one.
#[expect(clippy::cast_precision_loss, reason = "only for numbers that no `i64` holds")]
pub(super) fn number_of(number: &DocumentNumber) -> Ref<'static> {
    match *number {
        DocumentNumber::PosInt(value) => {
            i64::try_from(value).map_or(Ref::Double(value as f64), Ref::Long)
        }
        DocumentNumber::NegInt(value) => Ref::Long(value),
        DocumentNumber::Float(value) => Ref::Double(value),
    }
}

/// Whether two values are the same, whatever their Rust types.
pub(crate) fn equal(one: &Found<'_>, other: &Found<'_>) -> bool {
    if let (Some(one), Some(other)) = (one.as_str(), other.as_str()) {
        return one == other;
    }
    if let (Some(one), Some(other)) = (one.number(), other.number()) {
        return one.cmp(other) == Some(Ordering::Equal);
    }
    if let (Some(mut one), Some(mut other)) = (one.elements(), other.elements()) {
        return one.len() == other.len()
            && one.by_ref().zip(other.by_ref()).all(|(one, other)| equal(&one, &other));
    }
    if let (Some(entries), Some(others)) = (one.entries(), other.entries()) {
        return entries.len() == others.len()
            && entries.iter().all(|(key, value)| {
                let there = others.iter().find(|(name, _)| name == key);
                there.is_some_and(|(_, there)| equal(value, there))
            });
    }
    match (one.as_bool(), other.as_bool()) {
        (Some(one), Some(other)) => one == other,
        _ if one.is_null() || other.is_null() => one.is_null() && other.is_null(),
        _ => matches!((one.text(), other.text()), (Some(one), Some(other)) if one == other),
    }
}
