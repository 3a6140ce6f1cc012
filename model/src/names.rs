//! Nearest names, for the mend in an error. It must not know what the names are names of.

/// Names longer than this are nobody's typing mistake, and comparing them costs their product.
const LONGEST: usize = 128;
/// How many suggestions a person reads.
const MOST: usize = 3;

/// The candidates nearest to `wanted`, best first: the same but for case, then by edit distance.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    if wanted.len() > LONGEST {
        return Vec::new();
    }
    let folded = wanted.to_lowercase();
    let limit = (folded.len() / 3).max(1);
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|name| name.len() <= LONGEST && name.len().abs_diff(wanted.len()) <= limit)
        .map(|name| (strsim::osa_distance(&folded, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    found.sort_unstable();
    // What is much farther off than the best is noise beside it.
    let best = found.first().map_or(0, |(distance, _)| *distance);
    found.retain(|(distance, _)| *distance <= best + 1);
    found.dedup();
    found.into_iter().map(|(_, name)| name).take(MOST).collect()
}

/// "did you mean `a`, `b` or `c`?", or nothing when there is nothing to suggest.
pub fn did_you_mean(names: &[&str]) -> Option<String> {
    let (last, rest) = names.split_last()?;
    if rest.is_empty() {
        return Some(format!("did you mean `{last}`?"));
    }
    let rest: Vec<String> = rest.iter().map(|name| format!("`{name}`")).collect();
    Some(format!("did you mean {} or `{last}`?", rest.join(", ")))
}

/// `text` cut to a length that fits into a message.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// "a" or "an", as `word` sounds.
pub(crate) fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_the_wrong_case_is_nearest() {
        let names = ["ListForecasts", "ListForecastExportJobs", "DescribeForecast"];
        assert_eq!(nearest("listforecastexportjobs", names), ["ListForecastExportJobs"]);
    }

    #[test]
    fn what_is_far_off_is_not_suggested() {
        assert!(nearest("Frobnicate", ["ListForecasts", "TagResource"]).is_empty());
        assert!(nearest(&"x".repeat(100_000), ["x"]).is_empty());
    }

    #[test]
    fn suggestions_read_as_a_sentence() {
        assert_eq!(did_you_mean(&[]), None);
        assert_eq!(did_you_mean(&["a"]).unwrap(), "did you mean `a`?");
        assert_eq!(did_you_mean(&["a", "b", "c"]).unwrap(), "did you mean `a`, `b` or `c`?");
    }

    #[test]
    fn long_text_is_cut_at_a_character() {
        assert_eq!(shorten("é"), "é");
        assert_eq!(shorten(&"é".repeat(500)).chars().count(), LONGEST + 1);
    }
}
