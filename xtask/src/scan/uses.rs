//! What a source file names: imports, paths, calls without arguments, and what it says of the types of variables. It
//! must not know which of these are an official crate's.

use std::path::PathBuf;

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Expr, FnArg, Item, Member, Pat, ReturnType, UseTree, Visibility};

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
    /// The macros that call a method whose name they are given.
    pub(super) calling_macros: Vec<String>,
    /// Words in the invocation of a macro.
    pub(super) words: Vec<At<Word>>,
    /// What cannot be seen.
    pub(super) blind: Vec<At<&'static str>>,
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
}

/// Where a value comes from, as far as its expression says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Value {
    /// A variable or a field.
    Name(String),
    /// What a method of this name gives.
    Method(String),
    /// What a function, or an associated one, gives.
    Function(Path),
    Unknown,
}

/// A word in a macro's invocation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Word {
    pub(super) of: String,
    pub(super) word: String,
}

/// What a name stands for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Hint {
    /// A variable, field or function.
    pub(super) name: String,
    pub(super) is: Is,
}

/// What a hint says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Is {
    /// Its type has these paths in it.
    Type(Vec<Path>),
    /// It is what this is.
    Value(Value),
}

impl Uses {
    /// Reads a file's text; what is no Rust is looked through as tokens, and what is none of these is not read.
    pub(super) fn of(file: PathBuf, text: &str) -> Self {
        let lines = text.lines().map(str::to_owned).collect();
        let mut uses = Uses { file, lines, ..Uses::default() };
        match syn::parse_file(text) {
            Ok(parsed) => uses.visit_file(&parsed),
            Err(_) => match text.parse() {
                Ok(tokens) => tokens::scan(&mut uses, "", &tokens),
                Err(_) => uses.blind.push(At { line: 1, what: "the file is not Rust" }),
            },
        }
        uses
    }

    /// The text of a line, for people.
    pub(super) fn shown(&self, line: usize) -> String {
        const MOST: usize = 80;
        let text = line.checked_sub(1).and_then(|at| self.lines.get(at));
        let text = text.map_or("", |text| text.trim());
        if text.chars().count() <= MOST {
            return text.to_owned();
        }
        let cut: String = text.chars().take(MOST - 1).collect();
        format!("{}…", cut.trim_end())
    }

    pub(super) fn path(&mut self, span: Span, path: Path) {
        self.paths.push(At { line: line(span), what: path });
    }

    fn hint(&mut self, name: String, ty: &syn::Type) {
        let mut paths = TypePaths::default();
        paths.visit_type(ty);
        if !paths.0.is_empty() {
            self.hints.push(Hint { name, is: Is::Type(paths.0) });
        }
    }

    fn import(&mut self, tree: &UseTree, before: &mut Path, public: bool) {
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

    /// A function's parameters and result.
    fn signature(&mut self, signature: &syn::Signature) {
        for input in &signature.inputs {
            if let FnArg::Typed(typed) = input {
                self.pattern(&typed.pat, Some(&typed.ty), None);
            }
        }
        if let ReturnType::Type(_, ty) = &signature.output {
            self.hint(plain(&signature.ident), ty);
        }
    }

    /// A variable with its type, or with what it is set to.
    fn pattern(&mut self, pattern: &Pat, ty: Option<&syn::Type>, value: Option<&Expr>) {
        match pattern {
            Pat::Type(typed) => self.pattern(&typed.pat, Some(&typed.ty), value),
            Pat::Ident(named) => {
                let name = plain(&named.ident);
                match (ty, value) {
                    (Some(ty), _) => self.hint(name, ty),
                    (None, Some(value)) => {
                        let is = Is::Value(source(value));
                        self.hints.push(Hint { name, is });
                    }
                    (None, None) => {}
                }
            }
            Pat::Reference(inner) => self.pattern(&inner.pat, ty, value),
            // Each may be it: a tuple of clients, `Some(client)`.
            Pat::Tuple(tuple) => match value {
                Some(Expr::Tuple(values)) => {
                    for (pattern, value) in tuple.elems.iter().zip(&values.elems) {
                        self.pattern(pattern, None, Some(value));
                    }
                }
                _ => tuple.elems.iter().for_each(|pattern| self.pattern(pattern, ty, value)),
            },
            Pat::TupleStruct(tuple) => {
                tuple.elems.iter().for_each(|pattern| self.pattern(pattern, ty, value));
            }
            _ => {}
        }
    }
}

/// The paths that a type has in it.
#[derive(Default)]
struct TypePaths(Vec<Path>);

impl<'a> Visit<'a> for TypePaths {
    fn visit_path(&mut self, path: &'a syn::Path) {
        self.0.push(segments(path));
        visit::visit_path(self, path);
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
            Item::Impl(it) => self.hint("self".to_owned(), &it.self_ty),
            Item::Static(it) => self.hint(plain(&it.ident), &it.ty),
            Item::Const(it) => self.hint(plain(&it.ident), &it.ty),
            _ => {}
        }
        visit::visit_item(self, item);
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
            let what = Call { method: plain(&call.method), receiver: source(&call.receiver) };
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

    fn visit_signature(&mut self, signature: &'a syn::Signature) {
        self.signature(signature);
        visit::visit_signature(self, signature);
    }

    fn visit_field_value(&mut self, field: &'a syn::FieldValue) {
        if let Member::Named(name) = &field.member {
            let is = Is::Value(source(&field.expr));
            self.hints.push(Hint { name: plain(name), is });
        }
        visit::visit_field_value(self, field);
    }

    fn visit_macro(&mut self, invocation: &'a syn::Macro) {
        let name = segments(&invocation.path).pop().unwrap_or_default();
        // A definition is looked at by itself.
        if name != "macro_rules" {
            tokens::scan(self, &name, &invocation.tokens);
        }
        visit::visit_macro(self, invocation);
    }
}

/// Where the value of an expression comes from, whatever unwraps, borrows or copies it.
fn source(expression: &Expr) -> Value {
    match expression {
        Expr::Path(path) if path.path.segments.len() == 1 && path.qself.is_none() => {
            Value::Name(segments(&path.path).pop().unwrap_or_default())
        }
        Expr::Field(field) => match &field.member {
            Member::Named(name) => Value::Name(plain(name)),
            Member::Unnamed(index) => Value::Name(index.index.to_string()),
        },
        Expr::Await(it) => source(&it.base),
        Expr::Try(it) => source(&it.expr),
        Expr::Paren(it) => source(&it.expr),
        Expr::Group(it) => source(&it.expr),
        Expr::Reference(it) => source(&it.expr),
        Expr::Unary(it) => source(&it.expr),
        Expr::Index(it) => source(&it.expr),
        Expr::MethodCall(call) => {
            let method = plain(&call.method);
            if hands_on(&method) { source(&call.receiver) } else { Value::Method(method) }
        }
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => {
                let path = segments(&path.path);
                // `Arc::new(client)` is the client.
                match (path.last().map(String::as_str), call.args.first()) {
                    (Some("new" | "clone" | "from" | "Some" | "Ok"), Some(only))
                        if call.args.len() == 1 && wraps(&path) =>
                    {
                        source(only)
                    }
                    _ => Value::Function(path),
                }
            }
            _ => Value::Unknown,
        },
        _ => Value::Unknown,
    }
}

/// Whether a method gives what it is called on, in other wrapping.
fn hands_on(method: &str) -> bool {
    const HAND_ON: [&str; 23] = [
        "as_deref",
        "as_mut",
        "as_ref",
        "await",
        "borrow",
        "borrow_mut",
        "by_ref",
        "clone",
        "cloned",
        "copied",
        "deref",
        "expect",
        "get",
        "into",
        "iter",
        "lock",
        "read",
        "to_owned",
        "unwrap",
        "unwrap_or_default",
        "upgrade",
        "write",
        "load",
    ];
    HAND_ON.contains(&method)
}

fn wraps(path: &[String]) -> bool {
    const WRAPPERS: [&str; 9] = ["Arc", "Rc", "Box", "Some", "Ok", "Mutex", "RwLock", "Cow", "Pin"];
    path.iter().any(|segment| WRAPPERS.contains(&segment.as_str()))
}

pub(super) fn line(span: Span) -> usize {
    span.start().line
}

pub(super) fn plain(ident: &syn::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}

fn segments(path: &syn::Path) -> Path {
    path.segments.iter().map(|segment| plain(&segment.ident)).collect()
}
