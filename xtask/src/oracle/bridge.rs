//! The source of a program that has both crates of a service: their operations side by side, and how the types
//! of one become those of the other. It must not know what the program does with them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::shapes::{Field, Operation, Shape, Shapes, Uses, Variant};

/// What the program calls the crates.
pub(super) const OURS: &str = "ours";
pub(super) const THEIRS: &str = "theirs";

const HEAD: &str = "\
//! Both crates of a service, side by side. Written by `cargo xtask`.

#![allow(deprecated, reason = \"models deprecate members that are compared all the same\")]

use tinsmith_oracle::{AnyPair, Enums, Pair};

/// Who makes the conversions.
struct Program;
";

/// The program's `main.rs`. `run` is the function that it calls with the operations, those that are asked again and again
/// if it is about clients, and the enums.
pub(super) fn program(shapes: &Shapes, run: &str, clients: bool) -> String {
    let mut text = HEAD.to_owned();
    operations(shapes, &mut text);
    enums(shapes, &mut text);
    conversions(shapes, &mut text);
    let arguments = if clients { "PAIRS, AGAIN, enums" } else { "PAIRS, enums" };
    if clients {
        again(shapes, &mut text);
    }
    // Writing to a string doesn't fail.
    let _ = write!(
        text,
        "\nfn main() -> Result<(), Box<dyn std::error::Error>> {{\n    {run}({arguments})\n}}\n"
    );
    text
}

/// What asks operations again and again.
fn again(shapes: &Shapes, text: &mut String) {
    text.push('\n');
    let mut count = 0;
    let mut invoke = |kind: &str, operation: &Operation, method: &str, more: &str| {
        let Operation { module, name, input, .. } = operation;
        let path = format!("{module}::{input}");
        let Some(Shape::Structure(fields)) = shapes.types.get(&path) else { return };
        let fields: Vec<_> = fields.iter().map(|f| format!("{} {}", f.setter, f.name)).collect();
        let _ = writeln!(
            text,
            "tinsmith_oracle::{kind}!(Again{count}: Program, {name:?}, {method}, {OURS}::{path} {{ {} }}{more});",
            fields.join(" ")
        );
        count += 1;
    };
    for operation in &shapes.operations {
        let method = operation.module.rsplit("::").next().unwrap_or_default();
        match operation.pages {
            Some(true) => invoke("pages", operation, method, " items"),
            Some(false) => invoke("pages", operation, method, ""),
            None => {}
        }
    }
    for (name, module) in &shapes.waiters {
        let asked = shapes.operations.iter().find(|operation| operation.module == *module);
        let method = format!("wait_until_{name}");
        if let Some(operation) = asked {
            invoke("waits", operation, &method, "");
        }
    }
    let all: String = (0..count).map(|number| format!("    &Again{number},\n")).collect();
    let _ = write!(text, "\nstatic AGAIN: &[&dyn tinsmith_oracle::AnyAgain] = &[\n{all}];\n");
}

fn operations(shapes: &Shapes, text: &mut String) {
    text.push_str("\nstatic PAIRS: &[&dyn AnyPair] = &[\n");
    for Operation { module, name, input, output, error, .. } in &shapes.operations {
        let theirs = |name: &str| format!("{THEIRS}::{module}::{name}");
        let types = [
            format!("{OURS}::{module}::{name}"),
            theirs(name),
            theirs(input),
            theirs(output),
            theirs(error),
            "Program".to_owned(),
        ];
        let _ = writeln!(text, "    &Pair::<{}>::new(),", types.join(", "));
    }
    text.push_str("];\n");
}

/// The function that knows the values of a member's enums.
fn enums(shapes: &Shapes, text: &mut String) {
    text.push_str("\nfn enums(name: &str, member: &str) -> Enums {\n    match (name, member) {\n");
    for (path, shape) in &shapes.types {
        let name = path.rsplit("::").next().unwrap_or(path);
        let members: Vec<(&str, &Uses)> = match shape {
            Shape::Structure(fields) => fields.iter().map(|f| (f.name.as_str(), &f.uses)).collect(),
            Shape::Union(variants) => variants.iter().map(|v| (v.name.as_str(), &v.uses)).collect(),
            Shape::Enum(_) => continue,
        };
        for (member, uses) in members {
            let values = |paths: &[String]| {
                let known =
                    |path: &&String| matches!(shapes.types.get(*path), Some(Shape::Enum(true)));
                match paths.iter().find(known) {
                    Some(path) => format!("{OURS}::{path}::values()"),
                    None => "&[]".to_owned(),
                }
            };
            let (keys, values) = (values(&uses.keys), values(&uses.values));
            if keys != "&[]" || values != "&[]" {
                let member = member.strip_prefix("r#").unwrap_or(member);
                let _ = writeln!(
                    text,
                    "        ({name:?}, {member:?}) => Enums {{ keys: {keys}, values: {values} }},"
                );
            }
        }
    }
    text.push_str("        _ => Enums::default(),\n    }\n}\n");
}

fn conversions(shapes: &Shapes, text: &mut String) {
    let inputs = shapes.operations.iter().map(|op| format!("{}::{}", op.module, op.input));
    let outputs = shapes.operations.iter().flat_map(|op| {
        let output = format!("{}::{}", op.module, op.output);
        std::iter::once(output).chain(op.errors.iter().map(|(_, path)| path.clone()))
    });
    let (inputs, outputs) = (closure(shapes, inputs), closure(shapes, outputs));
    text.push('\n');
    for path in inputs.iter().filter(|path| !matches!(shapes.types[*path], Shape::Enum(_))) {
        to(path, &shapes.types[path], text);
    }
    for path in outputs.iter().filter(|path| !matches!(shapes.types[*path], Shape::Enum(_))) {
        same(path, &shapes.types[path], text);
    }
    let enums = inputs.union(&outputs).filter(|path| matches!(shapes.types[*path], Shape::Enum(_)));
    for path in enums {
        let _ = writeln!(
            text,
            "tinsmith_oracle::string_enum!(Program: {OURS}::{path}, {THEIRS}::{path});"
        );
    }
    for Operation { module, error, errors, .. } in &shapes.operations {
        let variants: Vec<&str> = errors.iter().map(|(variant, _)| variant.as_str()).collect();
        let _ = writeln!(
            text,
            "tinsmith_oracle::same_error!(Program: {OURS}::{module}::{error}, {THEIRS}::{module}::{error} {{ {} }});",
            variants.join(" ")
        );
    }
}

/// The types that these are made of, themselves included.
fn closure(shapes: &Shapes, roots: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = roots.collect();
    while let Some(path) = open.pop() {
        let Some(shape) = shapes.types.get(&path) else { continue };
        if !found.insert(path) {
            continue;
        }
        let uses: Vec<&Uses> = match shape {
            Shape::Structure(fields) => fields.iter().map(|field| &field.uses).collect(),
            Shape::Union(variants) => variants.iter().map(|variant| &variant.uses).collect(),
            Shape::Enum(_) => Vec::new(),
        };
        open.extend(uses.iter().flat_map(|uses| uses.keys.iter().chain(&uses.values)).cloned());
    }
    found
}

fn to(path: &str, shape: &Shape, text: &mut String) {
    let types = format!("Program: {OURS}::{path} => {THEIRS}::{path}");
    let _ = match shape {
        Shape::Structure(fields) => {
            let list = |optional: bool| {
                let fields = fields.iter().filter(|field| field.optional == optional);
                let pairs = fields.map(|Field { name, setter, .. }| format!("{setter} {name}"));
                pairs.collect::<Vec<_>>().join(" ")
            };
            let (optional, required) = (list(true), list(false));
            writeln!(
                text,
                "tinsmith_oracle::to_structure!({types}, optional {{ {optional} }} required {{ {required} }});"
            )
        }
        Shape::Union(variants) => {
            writeln!(text, "tinsmith_oracle::to_union!({types}, {});", of_union(variants))
        }
        Shape::Enum(_) => Ok(()),
    };
}

fn same(path: &str, shape: &Shape, text: &mut String) {
    let types = format!("Program: {OURS}::{path}, {THEIRS}::{path}");
    let _ = match shape {
        Shape::Structure(fields) => {
            let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            writeln!(text, "tinsmith_oracle::same_structure!({types} {{ {} }});", names.join(" "))
        }
        Shape::Union(variants) => {
            writeln!(text, "tinsmith_oracle::same_union!({types}, {});", of_union(variants))
        }
        Shape::Enum(_) => Ok(()),
    };
}

fn of_union(variants: &[Variant]) -> String {
    let list = |unit: bool| {
        let names = variants.iter().filter(|variant| variant.unit == unit);
        names.map(|variant| variant.name.as_str()).collect::<Vec<_>>().join(" ")
    };
    format!("{{ {} }} units {{ {} }}", list(false), list(true))
}
