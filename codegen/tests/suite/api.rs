//! What the API is said to be is what the crate's text has: every type, field and variant. It must not know how it is
//! found out.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Fields, Item, Visibility};
use tinsmith_codegen::Files;
use tinsmith_codegen::api::{Api, Kind};

use crate::cases::Case;

/// Names of fields or variants, and the types that they hold.
type Parts = BTreeMap<String, String>;

#[test]
fn the_api_is_what_is_generated() {
    let (mut structures, mut enums) = (0, 0);
    for case in Case::all().into_iter().filter(|case| !case.is_rejected()) {
        let (files, api) = (case.generate().unwrap(), case.api().unwrap());
        let written = written(&files);
        for (path, ty) in &api.types {
            let expected: Parts = match &ty.kind {
                Kind::Structure { fields, .. } => {
                    structures += 1;
                    fields.iter().map(|(name, field)| (name.clone(), field.ty.clone())).collect()
                }
                Kind::Union(variants) => variants.clone(),
                Kind::Enum(values) => values.keys().map(|it| (it.clone(), String::new())).collect(),
                Kind::Errors(names) => {
                    let held = |name: &String| (name.clone(), format!("types::error::{name}"));
                    names.iter().map(held).collect()
                }
                Kind::Newtype => continue,
            };
            enums += usize::from(!matches!(ty.kind, Kind::Structure { .. }));
            let there = written.get(path);
            assert_eq!(there, Some(&expected), "{}: {path}", case.name);
        }
        everything_is_known(&case.name, &api, &written);
        let operations: Vec<&str> = api.operations.keys().map(String::as_str).collect();
        let listed = files.get("src/operation.rs").unwrap_or_default();
        for (name, operation) in &api.operations {
            let module = format!("pub mod {};", operation.module);
            assert!(listed.contains(&module), "{}: {name} of {operations:?}", case.name);
        }
    }
    assert!(structures > 100 && enums > 50, "{structures} structures, {enums} enums");
}

/// Of the types of models; what builders hold isn't part of the API.
fn everything_is_known(case: &str, api: &Api, written: &BTreeMap<String, Parts>) {
    let of_builders = |path: &str| {
        path.strip_suffix("Fields").is_some_and(|of| api.types.contains_key(of))
            || path.ends_with("Builder")
    };
    let of_models = |path: &&String| path.starts_with("types::") && !of_builders(path);
    for path in written.keys().filter(of_models) {
        assert!(api.types.contains_key(path), "{case}: {path} is in the crate alone");
    }
}

/// All public types of the crate with their public parts.
fn written(files: &Files) -> BTreeMap<String, Parts> {
    let mut found = BTreeMap::new();
    for (path, text) in files.iter() {
        let parts: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
        let module = match parts[..] {
            ["src", "types", "error", _] => "types::error".to_owned(),
            ["src", "types", file] if file != "error" => "types".to_owned(),
            ["src", "operation", module] => format!("operation::{module}"),
            _ => continue,
        };
        for item in syn::parse_file(text).unwrap().items {
            if let Some((name, parts)) = type_of(&item) {
                found.insert(format!("{module}::{name}"), parts);
            }
        }
    }
    found
}

fn type_of(item: &Item) -> Option<(String, Parts)> {
    match item {
        // A structure of one field without a name is an enum without names.
        Item::Struct(item)
            if is_public(&item.vis) && !matches!(item.fields, Fields::Unnamed(_)) =>
        {
            let public = item.fields.iter().filter(|field| is_public(&field.vis));
            let part =
                |field: &syn::Field| (field.ident.as_ref().unwrap().to_string(), text(&field.ty));
            Some((item.ident.to_string(), public.map(part).collect()))
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let modeled = |it: &&syn::Variant| it.ident != "Unknown" && it.ident != "Unhandled";
            let part = |variant: &syn::Variant| {
                let held = variant.fields.iter().next().map(|field| text(&field.ty));
                (variant.ident.to_string(), held.unwrap_or_default())
            };
            let variants = item.variants.iter().filter(modeled).map(part).collect();
            Some((item.ident.to_string(), variants))
        }
        // The error of an operation that models none.
        Item::Type(item) if text(&item.ty).starts_with("UnmodeledError<") => {
            Some((item.ident.to_string(), Parts::new()))
        }
        _ => None,
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The type as its users would write it.
fn text(ty: &syn::Type) -> String {
    let text = ty.to_token_stream().to_string().replace(' ', "").replace(",>", ">");
    let text = text.replace(',', ", ");
    let modules = [
        "::std::option::",
        "::std::string::",
        "::std::vec::",
        "::std::boxed::",
        "std::collections::",
        "tinsmith_runtime::event_stream::",
        "tinsmith_runtime::",
        "crate::",
    ];
    modules.into_iter().fold(text, |text, module| text.replace(module, ""))
}
