//! Repeated measurements as figures: median, least, most, ratios, and how they are written. It must not know
//! what was measured.

/// What repeated measurements of one thing gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Figure {
    /// Nothing, if nothing was measured.
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let (least, most) = (*values.first()?, *values.last()?);
        let middle = values.len() / 2;
        let median = if values.len() % 2 == 1 {
            values[middle]
        } else {
            f64::midpoint(values[middle - 1], values[middle])
        };
        Some(Figure { median, least, most })
    }

    /// The same, with what the middle half of the values lies between: what happens seldom is left out.
    pub(crate) fn of_middle(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let quarter = values.len() / 4;
        let (least, most) = (*values.get(quarter)?, *values.get(values.len() - 1 - quarter)?);
        Some(Figure { least, most, ..Self::of(values)? })
    }

    /// The median, and in parentheses what it lies between, if that differs.
    pub(crate) fn text(&self) -> String {
        let [median, least, most] = [self.median, self.least, self.most].map(number);
        if least == most { median } else { format!("{median} ({least}–{most})") }
    }
}

/// A number in three digits, or all of them before the point.
pub(crate) fn number(value: f64) -> String {
    // As they are rounded, so that 9.999 is 10.0.
    match value {
        _ if value < 9.995 => format!("{value:.2}"),
        _ if value < 99.95 => format!("{value:.1}"),
        _ => grouped(value.round() as usize),
    }
}

/// A count, with commas between the thousands.
pub(crate) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How many times the one is the other, in two digits; nothing for multiples of zero.
pub(crate) fn ratio(value: f64, of: f64) -> Option<String> {
    if of <= 0.0 {
        return None;
    }
    Some(match value / of {
        times if times < 0.995 => format!("{times:.2}×"),
        times if times < 9.95 => format!("{times:.1}×"),
        times => format!("{}×", grouped(times.round() as usize)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(values: &[f64]) -> String {
        Figure::of(values.iter().copied()).unwrap().text()
    }

    #[test]
    fn the_median_stands_before_the_range() {
        assert_eq!(figure(&[3.0, 1.0, 2.0]), "2.00 (1.00–3.00)");
        assert_eq!(figure(&[1.0, 2.0]), "1.50 (1.00–2.00)");
        assert_eq!(figure(&[120.4]), "120");
        assert_eq!(figure(&[5.001, 5.002]), "5.00");
        assert_eq!(Figure::of([]), None);
    }

    #[test]
    fn the_middle_half_leaves_out_what_is_seldom() {
        let text = |values: &[f64]| Figure::of_middle(values.iter().copied()).unwrap().text();
        assert_eq!(text(&[1.0, 2.0, 3.0, 4.0, 99.0]), "3.00 (2.00–4.00)");
        assert_eq!(text(&[1.0]), "1.00");
        assert_eq!(Figure::of_middle([]), None);
    }

    #[test]
    fn numbers_have_three_digits() {
        for (value, expected) in [
            (0.0, "0.00"),
            (9.994, "9.99"),
            (9.996, "10.0"),
            (99.94, "99.9"),
            (99.96, "100"),
            (12_345.6, "12,346"),
        ] {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn counts_are_grouped() {
        for (count, expected) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(grouped(count), expected);
        }
    }

    #[test]
    fn ratios_have_two_digits() {
        assert_eq!(ratio(355.0, 27.0).as_deref(), Some("13×"));
        assert_eq!(ratio(8.3, 2.5).as_deref(), Some("3.3×"));
        assert_eq!(ratio(1.0, 2.0).as_deref(), Some("0.50×"));
        assert_eq!(ratio(1.0, 0.0), None);
    }
}
