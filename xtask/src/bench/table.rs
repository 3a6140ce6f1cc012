//! Tables in Markdown that can be read as they are. It must not know what they are of.

use super::figure::ratio;

/// A line of a comparison: what is measured, official, generated, ratio.
pub(crate) type Row = [String; 4];

/// What stands for a figure that the system doesn't give.
const MISSING: &str = "not measured on this system";

/// The line of two cells, which come with the values that their ratio is of.
pub(crate) fn row(name: String, cells: [Option<(f64, String)>; 2]) -> Row {
    let ratio = match &cells {
        [Some((official, _)), Some((generated, _))] => ratio(*official, *generated),
        _ => None,
    };
    let [official, generated] =
        cells.map(|cell| cell.map_or_else(|| MISSING.to_owned(), |(_, text)| text));
    [name, official, generated, ratio.unwrap_or_default()]
}

/// A Markdown table; the first row is its head. Names are to the left, the rest is to the right.
pub(crate) fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or_default().max(3));
    let mut text = String::new();
    for (at, cells) in rows.iter().enumerate() {
        for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
            text.push_str(&match column {
                0 => format!("| {cell:<width$} |"),
                _ => format!(" {cell:>width$} |"),
            });
        }
        text.push('\n');
        if at == 0 {
            for (column, width) in widths.iter().enumerate() {
                let line = "-".repeat(width + 1);
                text.push_str(&if column == 0 {
                    format!("|:{line}|")
                } else {
                    format!("{line}:|")
                });
            }
            text.push('\n');
        }
    }
    text
}
