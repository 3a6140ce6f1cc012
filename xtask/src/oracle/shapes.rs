//! The types of a generated crate, read from its source: their fields, variants and places. It must not know
//! what is done with them.

use std::collections::BTreeMap;

use miette::{IntoDiagnostic, WrapErr, miette};
use syn::{Fields, Item, ItemEnum, ItemStruct, Type};
use tinsmith_codegen::Files;

/// All types of a crate.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    /// Types by their path in the crate, such as `types::Filter`.
    pub(super) types: BTreeMap<String, Shape>,
    /// The operations, by name.
    pub(super) operations: Vec<Operation>,
    /// The waiters: the end of `wait_until_…`, and the module of the operation.
    pub(super) waiters: Vec<(String, String)>,
}

/// A type.
#[derive(Debug)]
pub(super) enum Shape {
    Structure(Vec<Field>),
    Union(Vec<Variant>),
    /// A string enum: whether it has known values.
    Enum(bool),
}

/// A field of a structure.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    /// The builder's method that sets it.
    pub(super) setter: String,
    pub(super) optional: bool,
    pub(super) uses: Uses,
}

/// A variant of a union.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) unit: bool,
    pub(super) uses: Uses,
}

/// The paths of the crate's own types in a type.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// Those that are keys of maps.
    pub(super) keys: Vec<String>,
    /// All others.
    pub(super) values: Vec<String>,
}

/// An operation: the names of its types, which are below `module`.
#[derive(Debug)]
pub(super) struct Operation {
    /// Such as `operation::list_filters`.
    pub(super) module: String,
    pub(super) name: String,
    pub(super) input: String,
    pub(super) output: String,
    pub(super) error: String,
    /// The error's variants, with the paths of their structures.
    pub(super) errors: Vec<(String, String)>,
    /// Whether it has a paginator, and that one items.
    pub(super) pages: Option<bool>,
}

/// Reads the files of a generated crate.
pub(super) fn read(files: &Files) -> miette::Result<Shapes> {
    let mut shapes = Shapes::default();
    for (path, text) in files.iter() {
        let Some(stem) = path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) else {
            continue;
        };
        if let Some(place) = Place::of(stem) {
            let file = syn::parse_file(text).into_diagnostic();
            let file = file.wrap_err_with(|| miette!("{path} isn't Rust"))?;
            read_file(&place, &file.items, &mut shapes)
                .ok_or_else(|| miette!("{path} isn't what the generator writes"))?;
        }
    }
    for operation in &mut shapes.operations {
        let module = operation.module.replace("::", "/");
        let paginator = files.get(&format!("src/{module}/paginator.rs"));
        operation.pages = paginator.map(|text| text.contains("PaginatedItems for"));
    }
    Ok(shapes)
}

/// Where a file's types are to be found.
enum Place<'a> {
    /// A file of `types` or `types::error`.
    Types(&'a str),
    /// An operation's, with its input and output.
    Operation(String),
    /// A waiter's.
    Waiter(String),
}

impl<'a> Place<'a> {
    fn of(stem: &'a str) -> Option<Self> {
        let parts: Vec<&str> = stem.split('/').collect();
        match parts[..] {
            ["types", "error"] => None,
            ["types", _] => Some(Self::Types("types")),
            ["types", "error", _] => Some(Self::Types("types::error")),
            ["waiters", module] => Some(Self::Waiter(module.to_owned())),
            ["operation", module] => Some(Self::Operation(format!("operation::{module}"))),
            _ => None,
        }
    }
}

fn read_file(place: &Place<'_>, items: &[Item], shapes: &mut Shapes) -> Option<()> {
    let module = match place {
        Place::Types(module) => *module,
        Place::Operation(module) => {
            shapes.operations.push(operation(module, items)?);
            module
        }
        Place::Waiter(module) => {
            shapes.waiters.push((module.clone(), waited_for(items)?));
            return Some(());
        }
    };
    // What the file says of its type is in the macro that it invokes for it.
    for (kind, name) in items.iter().filter_map(invocation) {
        let shape = match kind.as_str() {
            "structure" | "output" | "error_structure" => structure(&name, items)?,
            "union" => Shape::Union(variants(find_enum(&name, items)?)),
            "string_enum" => Shape::Enum(true),
            "unnamed_enum" => Shape::Enum(false),
            _ => continue,
        };
        shapes.types.insert(format!("{module}::{name}"), shape);
    }
    Some(())
}

/// `tinsmith_runtime::kind!(Name …)`
fn invocation(item: &Item) -> Option<(String, String)> {
    let Item::Macro(item) = item else { return None };
    let kind = item.mac.path.segments.last()?.ident.to_string();
    let first = item.mac.tokens.clone().into_iter().next()?;
    Some((kind, first.to_string()))
}

fn find_struct<'a>(name: &str, items: &'a [Item]) -> Option<&'a ItemStruct> {
    items.iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == name => Some(item),
        _ => None,
    })
}

fn find_enum<'a>(name: &str, items: &'a [Item]) -> Option<&'a ItemEnum> {
    items.iter().find_map(|item| match item {
        Item::Enum(item) if item.ident == name => Some(item),
        _ => None,
    })
}

/// The methods of a structure's builder that set a field as a whole: the second of the three that each field has.
fn setters(name: &str, items: &[Item]) -> Vec<String> {
    let own = items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() && first_argument(&item.self_ty)? == name => {
            Some(&item.items)
        }
        _ => None,
    });
    let names = own.flatten().filter_map(|item| match item {
        syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    let of_fields = |name: &String| !matches!(name.as_str(), "meta" | "set_meta");
    names.filter(of_fields).skip(1).step_by(3).collect()
}

fn structure(name: &str, items: &[Item]) -> Option<Shape> {
    let item = find_struct(name, items)?;
    let setters = setters(name, items);
    let public = item.fields.iter().filter(|f| matches!(f.vis, syn::Visibility::Public(_)));
    let public: Vec<_> = public.collect();
    // They come in the order of the fields.
    if public.len() != setters.len() {
        return None;
    }
    let field = |(field, setter): (&&syn::Field, String)| {
        Some(Field {
            name: field.ident.as_ref()?.to_string(),
            setter,
            optional: last(&field.ty)? == "Option",
            uses: uses(&field.ty),
        })
    };
    public.iter().zip(setters).map(field).collect::<Option<_>>().map(Shape::Structure)
}

fn variants(item: &ItemEnum) -> Vec<Variant> {
    let known = item.variants.iter().filter(|variant| variant.ident != "Unknown");
    known
        .map(|variant| Variant {
            name: variant.ident.to_string(),
            unit: matches!(variant.fields, Fields::Unit),
            uses: variant.fields.iter().next().map(|field| uses(&field.ty)).unwrap_or_default(),
        })
        .collect()
}

fn operation(module: &str, items: &[Item]) -> Option<Operation> {
    let item = items.iter().find_map(|item| match item {
        Item::Impl(item) if last_of(&item.trait_.as_ref()?.0)? == "OperationInput" => Some(item),
        _ => None,
    })?;
    let name = items.iter().find_map(|item| match item {
        Item::Type(item) if last(&item.ty)? == "OperationOf" => Some(item.ident.to_string()),
        _ => None,
    })?;
    let ty = |name: &str| {
        item.items.iter().find_map(|item| match item {
            syn::ImplItem::Type(item) if item.ident == name => last(&item.ty),
            _ => None,
        })
    };
    let error = ty("Error")?;
    // One that models no errors has no enum of its own.
    let variants = find_enum(&error, items).into_iter().flat_map(|item| &item.variants);
    let errors = variants.filter(|variant| variant.ident != "Unhandled").filter_map(|variant| {
        let structure = uses(&variant.fields.iter().next()?.ty).values.pop()?;
        Some((variant.ident.to_string(), structure))
    });
    Some(Operation {
        module: module.to_owned(),
        name,
        input: last(&item.self_ty)?,
        output: ty("Output")?,
        errors: errors.collect(),
        error,
        pages: None,
    })
}

/// The module of the operation that a waiter's builder has the input of: `Builder<crate::operation::module::Input, …>`.
fn waited_for(items: &[Item]) -> Option<String> {
    items.iter().find_map(|item| {
        let Item::Type(item) = item else { return None };
        let Type::Path(input) = argument(&item.ty)? else { return None };
        let names = input.path.segments.iter().map(|segment| segment.ident.to_string());
        match names.collect::<Vec<_>>().as_slice() {
            [first, operation, module, _] if first == "crate" && operation == "operation" => {
                Some(format!("operation::{module}"))
            }
            _ => None,
        }
    })
}

/// The first of a type's arguments.
fn argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let syn::PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments
    else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// Its last name.
fn first_argument(ty: &Type) -> Option<String> {
    last(argument(ty)?)
}

/// The last name of a type's path.
fn last(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => last_of(&path.path),
        _ => None,
    }
}

fn last_of(path: &syn::Path) -> Option<String> {
    path.segments.last().map(|segment| segment.ident.to_string())
}

/// The paths of the crate's own types in a type.
fn uses(ty: &Type) -> Uses {
    let mut found = Uses::default();
    collect(ty, false, &mut found);
    found
}

fn collect(ty: &Type, key: bool, found: &mut Uses) {
    let Type::Path(path) = ty else { return };
    let names: Vec<String> = path.path.segments.iter().map(|s| s.ident.to_string()).collect();
    if names.first().is_some_and(|first| first == "crate") {
        let list = if key { &mut found.keys } else { &mut found.values };
        list.push(names[1..].join("::"));
        return;
    }
    let Some(segment) = path.path.segments.last() else { return };
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else { return };
    let map = segment.ident == "HashMap";
    for (index, argument) in arguments.args.iter().enumerate() {
        if let syn::GenericArgument::Type(ty) = argument {
            collect(ty, key || map && index == 0, found);
        }
    }
}
