//! What a source file says of the values of variables, fields and functions: types, and where values come from. It must
//! not know what the types are.

use syn::visit::{self, Visit};
use syn::{Expr, FnArg, Generics, Member, Pat, ReturnType, Signature};

use super::uses::{Path, Uses, plain, segments};

/// Where a value comes from, as far as its expression says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Value {
    /// A variable.
    Local(String),
    /// A field.
    Field(String),
    /// What a method of this name gives.
    Method(String),
    /// What a function, or an associated one, gives.
    Function(Path),
    Unknown,
}

/// What a name stands for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Hint {
    /// A variable, field or function.
    pub(super) name: String,
    /// Of a variable, the function that it is in; zero for all else.
    pub(super) scope: usize,
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

/// The paths that a type has in it.
#[derive(Default)]
pub(super) struct TypePaths(pub(super) Vec<Path>);

impl<'a> Visit<'a> for TypePaths {
    fn visit_path(&mut self, path: &'a syn::Path) {
        self.0.push(segments(path));
        visit::visit_path(self, path);
    }
}

impl Uses {
    /// The paths in a type, with those of what `Self` and generic parameters stand for.
    pub(super) fn paths_of(&self, ty: &syn::Type) -> Vec<Path> {
        let mut paths = TypePaths::default();
        paths.visit_type(ty);
        let mut all = paths.0;
        for at in 0..all.len() {
            let [only] = &all[at][..] else { continue };
            let behind = match only.as_str() {
                "Self" => self.reading.own.clone(),
                name => self.reading.generics.get(name).cloned().unwrap_or_default(),
            };
            all.extend(behind);
        }
        all
    }

    /// Notes the type of a field, function or the like.
    pub(super) fn hint(&mut self, name: String, ty: &syn::Type) {
        let is = Is::Type(self.paths_of(ty));
        self.hints.push(Hint { name, scope: 0, is });
    }

    /// Notes what a variable of this function is.
    fn variable(&mut self, name: String, is: Is) {
        self.hints.push(Hint { name, scope: self.reading.scope, is });
    }

    /// Looks at the items of an `impl` or a trait.
    pub(super) fn within(
        &mut self,
        own: Vec<Path>,
        generics: &Generics,
        visit: impl FnOnce(&mut Self),
    ) {
        let before = (self.reading.own.clone(), self.reading.generics.clone());
        self.bounds(generics);
        self.reading.own = own;
        visit(self);
        (self.reading.own, self.reading.generics) = before;
    }

    /// Looks at a function: its parameters, its result, its body.
    pub(super) fn function(&mut self, signature: &Signature, visit: impl FnOnce(&mut Self)) {
        let generics = self.reading.generics.clone();
        self.bounds(&signature.generics);
        if let ReturnType::Type(_, ty) = &signature.output {
            self.hint(plain(&signature.ident), ty);
        }
        self.reading.scopes += 1;
        let outer = std::mem::replace(&mut self.reading.scope, self.reading.scopes);
        for input in &signature.inputs {
            match input {
                FnArg::Typed(typed) => self.pattern(&typed.pat, Some(&typed.ty), None),
                FnArg::Receiver(_) => {
                    let own = self.reading.own.clone();
                    self.variable("self".to_owned(), Is::Type(own));
                }
            }
        }
        visit(self);
        self.reading.scope = outer;
        self.reading.generics = generics;
    }

    /// The bounds of generic parameters: `C: AsRef<Client>`, `where C: Deref<Target = Client>`.
    fn bounds(&mut self, generics: &Generics) {
        let mut found: Vec<(String, Vec<Path>)> = Vec::new();
        for parameter in generics.type_params() {
            let mut paths = TypePaths::default();
            parameter.bounds.iter().for_each(|bound| paths.visit_type_param_bound(bound));
            found.push((plain(&parameter.ident), paths.0));
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            if let syn::WherePredicate::Type(predicate) = predicate
                && let syn::Type::Path(bounded) = &predicate.bounded_ty
                && let Some(name) = segments(&bounded.path).into_iter().next()
            {
                let mut paths = TypePaths::default();
                predicate.bounds.iter().for_each(|bound| paths.visit_type_param_bound(bound));
                found.push((name, paths.0));
            }
        }
        for (name, paths) in found {
            self.reading.generics.entry(name).or_default().extend(paths);
        }
    }

    /// A variable with its type, or with what it is set to.
    pub(super) fn pattern(&mut self, pattern: &Pat, ty: Option<&syn::Type>, value: Option<&Expr>) {
        let each = |uses: &mut Self, patterns: &mut dyn Iterator<Item = &Pat>| {
            patterns.for_each(|pattern| uses.pattern(pattern, ty, value));
        };
        match pattern {
            Pat::Type(typed) => self.pattern(&typed.pat, Some(&typed.ty), value),
            Pat::Ident(named) => {
                let is = match (ty, value) {
                    (Some(ty), _) => Is::Type(self.paths_of(ty)),
                    (None, Some(value)) => Is::Value(source(value)),
                    (None, None) => Is::Value(Value::Unknown),
                };
                self.variable(plain(&named.ident), is);
                if let Some((_, inner)) = &named.subpat {
                    self.pattern(inner, ty, value);
                }
            }
            Pat::Reference(inner) => self.pattern(&inner.pat, ty, value),
            Pat::Paren(inner) => self.pattern(&inner.pat, ty, value),
            // Each may be it: a tuple of clients, `Some(client)`.
            Pat::Tuple(tuple) => match value {
                Some(Expr::Tuple(values)) => {
                    for (pattern, value) in tuple.elems.iter().zip(&values.elems) {
                        self.pattern(pattern, None, Some(value));
                    }
                }
                _ => each(self, &mut tuple.elems.iter()),
            },
            Pat::TupleStruct(tuple) => each(self, &mut tuple.elems.iter()),
            Pat::Slice(slice) => each(self, &mut slice.elems.iter()),
            Pat::Or(or) => each(self, &mut or.cases.iter()),
            Pat::Struct(fields) => {
                for field in &fields.fields {
                    self.field_pattern(field);
                }
            }
            _ => {}
        }
    }

    /// `client` or `client: c` of `Clients { client: c }`.
    fn field_pattern(&mut self, field: &syn::FieldPat) {
        let mut inner = &*field.pat;
        while let Pat::Reference(reference) = inner {
            inner = &reference.pat;
        }
        match inner {
            Pat::Ident(named) => {
                let of = Value::Field(member(&field.member));
                self.variable(plain(&named.ident), Is::Value(of));
            }
            other => self.pattern(other, None, None),
        }
    }
}

fn member(member: &Member) -> String {
    match member {
        Member::Named(name) => plain(name),
        Member::Unnamed(index) => index.index.to_string(),
    }
}

/// Where the value of an expression comes from, whatever unwraps, borrows or copies it.
pub(super) fn source(expression: &Expr) -> Value {
    match expression {
        Expr::Path(path) if path.path.segments.len() == 1 && path.qself.is_none() => {
            Value::Local(segments(&path.path).pop().unwrap_or_default())
        }
        Expr::Field(field) => Value::Field(member(&field.member)),
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
