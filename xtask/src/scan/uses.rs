//! What a source file names: imports, paths, calls without arguments, other files. It must not know which of these are
//! an official crate's.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Item, UseTree, Visibility};

use super::bindings::{Hint, TypePaths, Value, source};
use super::tokens;

/// The segments of a path, without `r#` and without generics.
pub(super) type Path = Vec<String>;

/// All that one file names.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// As it is shown.
    pub(super) file: PathBuf,
    /// Its lines, to show them.
    pub(super) lines: Vec<String>,
    pub(super) imports: Vec<Import>,
    pub(super) paths: Vec<At<Path>>,
    pub(super) calls: Vec<At<Call>>,
    /// What variables, fields and functions are, by their names.
    pub(super) hints: Vec<Hint>,
    /// Other files that it takes in, seen from its folder: `#[path]`, `include!`.
    pub(super) files: Vec<PathBuf>,
    /// The types that it defines.
    pub(super) defined: HashSet<String>,
    pub(super) macros: Macros,
    /// Words in the invocation of a macro.
    pub(super) words: Vec<At<Word>>,
    /// What cannot be seen.
    pub(super) blind: Vec<At<&'static str>>,
    /// Where the file is no Rust, and why.
    pub(super) unread: Option<At<String>>,
    pub(super) reading: Reading,
}

/// The macros that a file defines.
#[derive(Debug, Default)]
pub(super) struct Macros {
    /// Those that call a method whose name they are given.
    pub(super) calling: Vec<String>,
    /// Pairs: a macro, and one that it invokes.
    pub(super) invoking: Vec<(String, String)>,
}

/// Where in a file its reader is.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The function, counted from one; zero outside of functions.
    pub(super) scope: usize,
    pub(super) scopes: usize,
    /// What `Self` is: the paths of the type that is implemented, or the bounds of the trait.
    pub(super) own: Vec<Path>,
    /// The generic parameters that are in force, with the paths of their bounds.
    pub(super) generics: HashMap<String, Vec<Path>>,
}

/// Something, and the line it is on, from one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct At<T> {
    pub(super) line: usize,
    pub(super) what: T,
}

/// A `use`, or a `type` that is another name of a path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Import {
    pub(super) path: Path,
    /// What the file calls it; nothing if it is `*`.
    pub(super) name: Option<String>,
    /// Whether others may name it by this file's module.
    pub(super) public: bool,
    pub(super) line: usize,
}

/// A call of a method without arguments.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Call {
    pub(super) method: String,
    pub(super) receiver: Value,
    /// The function that it is in, see [`Hint::scope`].
    pub(super) scope: usize,
}

/// A word in a macro's invocation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Word {
    pub(super) of: String,
    pub(super) word: String,
}

impl Uses {
    /// Reads a file's text; what is no Rust is looked through as tokens, and what is none of these is not read.
    pub(super) fn of(file: PathBuf, text: &str) -> Self {
        let lines = text.lines().map(str::to_owned).collect();
        let mut uses = Uses { file, lines, ..Uses::default() };
        match syn::parse_file(text) {
            Ok(parsed) => uses.visit_file(&parsed),
            Err(error) => {
                if let Ok(tokens) = text.parse() {
                    tokens::scan(&mut uses, &tokens);
                }
                let line = line(error.span());
                uses.unread = Some(At { line, what: error.to_string() });
            }
        }
        uses
    }

    /// The text of a line, for people.
    pub(super) fn shown(&self, line: usize) -> String {
        const MOST: usize = 80;
        let text = line.checked_sub(1).and_then(|at| self.lines.get(at));
        // What a terminal would obey isn't shown.
        let text = text.map_or("", |text| text.trim()).replace(char::is_control, " ");
        if text.chars().count() <= MOST {
            return text;
        }
        let cut: String = text.chars().take(MOST - 1).collect();
        format!("{}…", cut.trim_end())
    }

    pub(super) fn path(&mut self, span: Span, path: Path) {
        let line = line(span);
        if path.len() > 1 && path[0] == "Self" {
            for own in &self.reading.own {
                let what = [&own[..], &path[1..]].concat();
                self.paths.push(At { line, what });
            }
        }
        self.paths.push(At { line, what: path });
    }

    pub(super) fn import(&mut self, tree: &UseTree, before: &mut Path, public: bool) {
        match tree {
            UseTree::Path(path) => {
                before.push(plain(&path.ident));
                self.import(&path.tree, before, public);
                before.pop();
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(tree, before, public));
            }
            UseTree::Name(name) => self.leaf(before, &name.ident, Some(&name.ident), public),
            UseTree::Rename(rename) => {
                self.leaf(before, &rename.ident, Some(&rename.rename), public);
            }
            UseTree::Glob(glob) => {
                let line = line(glob.star_token.span());
                let path = before.clone();
                self.imports.push(Import { path, name: None, public, line });
            }
        }
    }

    fn leaf(&mut self, before: &Path, ident: &syn::Ident, name: Option<&syn::Ident>, public: bool) {
        let mut path = before.clone();
        // `use a::{self}` is `use a`.
        let own = ident == "self";
        let name = if own && name.is_some_and(|name| name == "self") {
            before.last().cloned()
        } else {
            name.map(plain)
        };
        if !own {
            path.push(plain(ident));
        }
        self.imports.push(Import { path, name, public, line: line(ident.span()) });
    }

    /// A module whose file is named by an attribute.
    fn module(&mut self, module: &syn::ItemMod) {
        for attribute in module.attrs.iter().filter(|it| it.path().is_ident("path")) {
            if let syn::Meta::NameValue(pair) = &attribute.meta
                && let syn::Expr::Lit(literal) = &pair.value
                && let syn::Lit::Str(path) = &literal.lit
            {
                self.files.push(PathBuf::from(path.value()));
            }
        }
    }

    fn include(&mut self, invocation: &syn::Macro) {
        match invocation.parse_body::<syn::LitStr>() {
            Ok(path) => self.files.push(PathBuf::from(path.value())),
            Err(_) => {
                let what = "it includes a file by a name that is put together when it is built";
                self.blind.push(At { line: line(invocation.path.span()), what });
            }
        }
    }
}

impl<'a> Visit<'a> for Uses {
    fn visit_item(&mut self, item: &'a Item) {
        match item {
            Item::Use(it) => {
                let public = !matches!(it.vis, Visibility::Inherited);
                self.import(&it.tree, &mut Vec::new(), public);
            }
            Item::ExternCrate(it) => {
                let name = it.rename.as_ref().map_or(&it.ident, |(_, name)| name);
                let public = !matches!(it.vis, Visibility::Inherited);
                self.leaf(&Vec::new(), &it.ident, Some(name), public);
            }
            Item::Type(it) => {
                let mut paths = TypePaths::default();
                paths.visit_type(&it.ty);
                let public = !matches!(it.vis, Visibility::Inherited);
                let line = line(it.ident.span());
                self.imports.extend(paths.0.into_iter().map(|path| Import {
                    path,
                    name: Some(plain(&it.ident)),
                    public,
                    line,
                }));
            }
            Item::Macro(it) => {
                if let Some(name) = &it.ident {
                    tokens::definition(self, &plain(name), &it.mac.tokens);
                }
            }
            Item::Struct(syn::ItemStruct { ident, .. })
            | Item::Enum(syn::ItemEnum { ident, .. })
            | Item::Union(syn::ItemUnion { ident, .. })
            | Item::Trait(syn::ItemTrait { ident, .. }) => {
                self.defined.insert(plain(ident));
            }
            Item::Static(it) => self.hint(plain(&it.ident), &it.ty),
            Item::Const(it) => self.hint(plain(&it.ident), &it.ty),
            Item::Mod(it) if it.content.is_none() => self.module(it),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_item_impl(&mut self, it: &'a syn::ItemImpl) {
        let own = self.paths_of(&it.self_ty);
        self.within(own, &it.generics, |uses| visit::visit_item_impl(uses, it));
    }

    fn visit_item_trait(&mut self, it: &'a syn::ItemTrait) {
        let mut bounds = TypePaths::default();
        it.supertraits.iter().for_each(|bound| bounds.visit_type_param_bound(bound));
        self.within(bounds.0, &it.generics, |uses| visit::visit_item_trait(uses, it));
    }

    fn visit_item_fn(&mut self, it: &'a syn::ItemFn) {
        self.function(&it.sig, |uses| visit::visit_item_fn(uses, it));
    }

    fn visit_impl_item_fn(&mut self, it: &'a syn::ImplItemFn) {
        self.function(&it.sig, |uses| visit::visit_impl_item_fn(uses, it));
    }

    fn visit_trait_item_fn(&mut self, it: &'a syn::TraitItemFn) {
        self.function(&it.sig, |uses| visit::visit_trait_item_fn(uses, it));
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        self.path(path.span(), segments(path));
        visit::visit_path(self, path);
    }

    fn visit_expr_path(&mut self, expression: &'a syn::ExprPath) {
        // `<a::Client>::method` is `a::Client::method`.
        if let Some(own) = &expression.qself
            && let syn::Type::Path(ty) = &*own.ty
        {
            let mut whole = segments(&ty.path);
            whole.extend(segments(&expression.path).into_iter().skip(own.position));
            self.path(expression.path.span(), whole);
        }
        visit::visit_expr_path(self, expression);
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        if call.args.is_empty() {
            let receiver = source(&call.receiver);
            let scope = self.reading.scope;
            let what = Call { method: plain(&call.method), receiver, scope };
            self.calls.push(At { line: line(call.method.span()), what });
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_local(&mut self, local: &'a syn::Local) {
        let value = local.init.as_ref().map(|init| &*init.expr);
        self.pattern(&local.pat, None, value);
        visit::visit_local(self, local);
    }

    fn visit_expr_let(&mut self, it: &'a syn::ExprLet) {
        self.pattern(&it.pat, None, Some(&it.expr));
        visit::visit_expr_let(self, it);
    }

    fn visit_expr_match(&mut self, it: &'a syn::ExprMatch) {
        it.arms.iter().for_each(|arm| self.pattern(&arm.pat, None, Some(&it.expr)));
        visit::visit_expr_match(self, it);
    }

    fn visit_expr_for_loop(&mut self, it: &'a syn::ExprForLoop) {
        self.pattern(&it.pat, None, Some(&it.expr));
        visit::visit_expr_for_loop(self, it);
    }

    fn visit_expr_closure(&mut self, closure: &'a syn::ExprClosure) {
        closure.inputs.iter().for_each(|input| self.pattern(input, None, None));
        visit::visit_expr_closure(self, closure);
    }

    fn visit_field(&mut self, field: &'a syn::Field) {
        if let Some(name) = &field.ident {
            self.hint(plain(name), &field.ty);
        }
        visit::visit_field(self, field);
    }

    fn visit_fields_unnamed(&mut self, fields: &'a syn::FieldsUnnamed) {
        for (at, field) in fields.unnamed.iter().enumerate() {
            self.hint(at.to_string(), &field.ty);
        }
        visit::visit_fields_unnamed(self, fields);
    }

    fn visit_macro(&mut self, invocation: &'a syn::Macro) {
        let name = segments(&invocation.path).pop().unwrap_or_default();
        match name.as_str() {
            // A definition is looked at by itself.
            "macro_rules" => {}
            "include" => self.include(invocation),
            _ => tokens::invocation(self, &name, &invocation.tokens),
        }
        visit::visit_macro(self, invocation);
    }
}

pub(super) fn line(span: Span) -> usize {
    span.start().line
}

pub(super) fn plain(ident: &syn::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}

pub(super) fn segments(path: &syn::Path) -> Path {
    path.segments.iter().map(|segment| plain(&segment.ident)).collect()
}
