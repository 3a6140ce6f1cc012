//! Dev builds as bars: the official crate and those in its place, how long and how much memory. It must not know how
//! they were measured.

use super::figure::{number, ratio};
use super::report::{Comparison, Costs, Generated, MEMORY, Measure, Report, WALL, figure};
use super::svg::Element;
use super::wrapper::Build;

/// In pixels; the page scales it.
const WIDTH: f64 = 860.0;
const NAMES: f64 = 228.0;
const LABELS: f64 = 112.0;
const BAR: f64 = 12.0;
const ROW: f64 = 40.0;
const HEAD: f64 = 62.0;
const FOOT: f64 = 30.0;
const PANEL_HEAD: f64 = 26.0;

/// For a light page and for a dark one; the colours can be told apart by their lightness alone.
const STYLE: &str = "\
text{font:13px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1f2328}\
.title{font-size:15px;font-weight:600}.note{font-size:12px;fill:#59636e}\
.official{fill:#afb8c1}.generated{fill:#bc4c00}.axis{stroke:#59636e;stroke-width:1}\
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.note{fill:#9198a1}\
.official{fill:#656c76}.generated{fill:#f0883e}.axis{stroke:#9198a1}}";

/// A line of a panel: what is compared, and the two values.
struct Bars {
    name: String,
    official: f64,
    generated: f64,
}

/// The chart, as a file's text.
pub(super) fn draw(report: &Report) -> String {
    let panels = [("Dev build, wall time", WALL, "s"), ("Dev build, peak memory", MEMORY, "MiB")];
    let panels = panels.map(|(title, measure, unit)| {
        let bars = report.comparisons.iter().flat_map(|it| bars(it, measure)).collect();
        (title, unit, bars)
    });
    picture(&panels, &caption(report))
}

fn bars(comparison: &Comparison, measure: Measure<Build>) -> Vec<Bars> {
    let median = |costs: &Costs| figure(&costs.dev, measure).map(|figure| figure.median);
    let line = |generated: &Generated| {
        Some(Bars {
            name: comparison.name(generated),
            official: median(&comparison.official)?,
            generated: median(&generated.costs)?,
        })
    };
    comparison.generated.iter().filter_map(line).collect()
}

fn caption(report: &Report) -> String {
    let client = if report.client { "with a client" } else { "without a client" };
    let machine = &report.machine;
    format!(
        "The crate's own compilation, {client}, on {} cores, rustc {}, {}",
        machine.cores, machine.rustc, machine.date
    )
}

fn picture(panels: &[(&str, &str, Vec<Bars>); 2], caption: &str) -> String {
    let rows: usize = panels.iter().map(|(.., bars)| bars.len()).sum();
    let height = HEAD + FOOT + 2.0 * PANEL_HEAD + rows as f64 * ROW;
    let mut svg = Element::new("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("viewBox", format!("0 0 {WIDTH} {height}"))
        .with("width", WIDTH)
        .with("height", height)
        .with("role", "img");
    svg.push(Element::new("title").text("What crates cost to compile: official and generated"));
    svg.push(Element::new("desc").text(described(panels)));
    svg.push(Element::new("style").text(STYLE));
    legend(&mut svg);
    let mut y = HEAD;
    for (title, unit, bars) in panels {
        svg.push(label(0.0, y, "title", &format!("{title}, {unit}")));
        y += PANEL_HEAD - 14.0;
        panel(&mut svg, bars, y);
        y += bars.len() as f64 * ROW + 14.0;
    }
    svg.push(label(0.0, height - 10.0, "note", caption));
    format!("{svg}\n")
}

fn legend(svg: &mut Element) {
    let entries = [("official", "official crate", 0.0), ("generated", "generated crate", 150.0)];
    for (class, text, x) in entries {
        svg.push(rect(x, 14.0, BAR, class));
        svg.push(label(x + BAR + 8.0, 25.0, "note", text));
    }
}

fn panel(svg: &mut Element, bars: &[Bars], y: f64) {
    let most = bars.iter().map(|it| it.official.max(it.generated)).fold(0.0, f64::max);
    let scale = if most > 0.0 { (WIDTH - NAMES - LABELS) / most } else { 0.0 };
    for (at, bars) in bars.iter().enumerate() {
        let top = y + at as f64 * ROW + 6.0;
        svg.push(
            label(NAMES - 10.0, top + BAR + 4.0, "name", &bars.name).with("text-anchor", "end"),
        );
        let times = ratio(bars.official, bars.generated).map(|it| format!(" · {it}"));
        let values = [
            ("official", bars.official, number(bars.official)),
            ("generated", bars.generated, number(bars.generated) + &times.unwrap_or_default()),
        ];
        for (line, (class, value, text)) in values.into_iter().enumerate() {
            let top = top + line as f64 * (BAR + 2.0);
            // The least that can be seen.
            let width = (value * scale).max(1.0);
            svg.push(rect(NAMES, top, width, class));
            svg.push(label(NAMES + width + 6.0, top + BAR - 2.0, "note", &text));
        }
    }
    let axis = Element::new("line").with("class", "axis").with("x1", NAMES).with("x2", NAMES);
    svg.push(axis.with("y1", y).with("y2", y + bars.len() as f64 * ROW));
}

fn rect(x: f64, y: f64, width: f64, class: &str) -> Element {
    let rect = Element::new("rect").with("class", class).with("x", x).with("y", y);
    rect.with("width", width).with("height", BAR)
}

fn label(x: f64, y: f64, class: &str, text: &str) -> Element {
    Element::new("text").with("class", class).with("x", x).with("y", y).text(text)
}

/// All of it in words, for those who don't see it.
fn described(panels: &[(&str, &str, Vec<Bars>)]) -> String {
    let panel = |(title, unit, bars): &(&str, &str, Vec<Bars>)| {
        let bars = bars.iter().map(|it| {
            let [official, generated] = [it.official, it.generated].map(number);
            format!("{}: {official} {unit} official, {generated} {unit} generated", it.name)
        });
        format!("{title}: {}.", bars.collect::<Vec<_>>().join("; "))
    };
    panels.iter().map(panel).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(values: &[(&str, f64, f64)]) -> Vec<Bars> {
        let bars = |(name, official, generated): &(&str, f64, f64)| Bars {
            name: (*name).to_owned(),
            official: *official,
            generated: *generated,
        };
        values.iter().map(bars).collect()
    }

    #[test]
    fn bars_are_as_long_as_their_values() {
        let times = bars(&[("ec2, all 775 operations", 400.0, 20.0), ("<sts>", 4.0, 0.0)]);
        let memory = bars(&[("ec2, all 775 operations", 8000.0, 2000.0)]);
        let text = picture(&[("Time", "s", times), ("Memory", "MiB", memory)], "Here & now");
        let document = roxmltree::Document::parse(&text).unwrap();
        let nodes = |name: &'static str| {
            document
                .descendants()
                .filter(move |it| it.has_tag_name(("http://www.w3.org/2000/svg", name)))
        };
        let widths: Vec<f64> = nodes("rect")
            .skip(2)
            .map(|rect| rect.attribute("width").unwrap().parse().unwrap())
            .collect();
        let room = WIDTH - NAMES - LABELS;
        assert_eq!(widths, [room, room / 20.0, 5.2, 1.0, room, room / 4.0]);
        let texts: Vec<&str> = nodes("text").filter_map(|it| it.text()).collect();
        for expected in ["Time, s", "400", "20.0 · 20×", "<sts>", "0.00", "8,000", "Here & now"] {
            assert!(texts.contains(&expected), "{expected} in {texts:?}");
        }
        let described = nodes("desc").next().unwrap().text().unwrap();
        assert!(described.contains("<sts>: 4.00 s official, 0.00 s generated."), "{described}");
        // Nothing lies outside.
        let all = document.root_element().attribute("height").unwrap().parse::<f64>().unwrap();
        for node in nodes("rect").chain(nodes("text")) {
            let y: f64 = node.attribute("y").unwrap().parse().unwrap();
            assert!(y > 0.0 && y < all, "{y}");
        }
    }

    #[test]
    fn nothing_measured_is_an_empty_chart() {
        let text = picture(&[("Time", "s", Vec::new()), ("Memory", "MiB", Vec::new())], "");
        assert!(roxmltree::Document::parse(&text).is_ok(), "{text}");
    }
}
