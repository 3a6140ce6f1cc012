//! Two small crates, documented and compared: what is written in another way is the same, and what differs is found.

use std::path::Path;

use super::accepted::Accepted;
use super::compare::compare;
use super::surface::Kind;
use super::{Surfaces, build, surfaces};
use crate::workspace;

const STAND_INS: &str = "
    [[stands-in]]
    official = 'crate::error::sealed::Unhandled'
    ours = 'runtime::deep::Unhandled'
    reason = 'it cannot be named'
";

fn surfaces_of(folder: &Path) -> Surfaces {
    let fixtures = workspace::root().unwrap().join("xtask/tests/fixtures/api-diff");
    let packages = ["official", "ours", "runtime"].map(str::to_owned);
    let artifacts = build::doc(&fixtures, folder, packages.into_iter()).unwrap();
    let json = |package: &str| build::json(folder, package);
    let accepted = Accepted::parse(STAND_INS).unwrap();
    let runtime = json("runtime");
    surfaces(&json("official"), &json("ours"), ("runtime", &runtime), &artifacts, &accepted)
        .unwrap()
}

/// Everything else is the same: re-exports, aliases, macros, derives, the order and the place of bounds, elided
/// lifetimes, names of parameters, a generic type of the runtime behind an alias, a type that can't be named.
const EXPECTED: &str = include_str!("../../tests/fixtures/api-diff/expected.txt");

#[test]
fn what_differs_is_found_and_nothing_else() {
    let target = tempfile::tempdir().unwrap();
    let Surfaces { official, ours } = surfaces_of(target.path());
    let comparison = compare(&official, &ours);
    let found: Vec<String> = comparison
        .differences
        .iter()
        .map(|it| match &it.ours {
            Some(ours) => format!("{}: {} | {ours}", it.item(), it.official),
            None => format!("{}: {}", it.item(), it.official),
        })
        .collect();
    assert_eq!(found.join("\n"), EXPECTED.trim_end());
    assert!(official.keys().all(|(_, name)| !name.contains("hidden")), "hidden items don't count");
    assert!(ours.contains_key(&(Kind::Module, "crate::more".to_owned())));
    assert!(comparison.extra > 0);
}
