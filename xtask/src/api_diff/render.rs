//! Types, bounds and signatures as text: the same text means the same thing, whatever crate it was written in. Aliases
//! are what they stand for, items go by their names in `Names`, parameters by their places, bounds are sorted. It must
//! not know what is compared.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rustdoc_types::{
    AssocItemConstraintKind, Function, FunctionPointer, GenericArg, GenericArgs, GenericBound,
    GenericParamDef, GenericParamDefKind, Generics, ItemEnum, Path, Term, TraitBoundModifier, Type,
    TypeAlias, WherePredicate,
};

use super::docs::{At, Def, World};
use super::paths::Names;

/// Aliases of the standard library: their documentation isn't there.
const STD_ALIASES: [(&str, &str); 2] = [
    ("core::fmt::Result", "core::result::Result<(), core::fmt::Error>"),
    ("std::io::error::Result", "core::result::Result<{}, std::io::error::Error>"),
];

/// What is needed to tell types apart.
#[derive(Clone, Copy)]
pub(super) struct Context<'w> {
    pub(super) world: &'w World,
    pub(super) names: &'w Names,
    /// Crates whose items have no other names than those in `names`.
    pub(super) own: &'w [&'w str],
}

/// Bounds by what they are of.
pub(super) type Predicates = BTreeMap<String, BTreeSet<String>>;

/// A place in which types are written: its crate, and its parameters.
pub(super) struct Scope<'w> {
    pub(super) context: Context<'w>,
    docs: usize,
    types: HashMap<String, String>,
    /// Those of them that stand for a type.
    bound: HashSet<String>,
    lifetimes: HashMap<String, String>,
    /// How often each lifetime has been written.
    seen: RefCell<HashMap<String, usize>>,
    /// Something was written that users can't name.
    private: Cell<bool>,
}

impl<'w> Scope<'w> {
    pub(super) fn new(context: Context<'w>, docs: usize) -> Self {
        Scope {
            context,
            docs,
            types: HashMap::new(),
            bound: HashSet::new(),
            lifetimes: HashMap::new(),
            seen: RefCell::default(),
            private: Cell::new(false),
        }
    }

    /// The same place with more parameters.
    pub(super) fn inner(&self) -> Self {
        let Scope { types, bound, lifetimes, .. } = self;
        let (types, bound, lifetimes) = (types.clone(), bound.clone(), lifetimes.clone());
        Scope { types, bound, lifetimes, ..Scope::new(self.context, self.docs) }
    }

    /// Whether something that users can't name was written since this was asked last.
    pub(super) fn took_private(&self) -> bool {
        self.private.replace(false)
    }

    /// Lets a parameter stand for a type.
    pub(super) fn bind(&mut self, parameter: &str, text: &str) {
        self.types.insert(parameter.to_owned(), text.to_owned());
        self.bound.insert(parameter.to_owned());
    }

    /// Whether a parameter stands for a type.
    pub(super) fn is_bound(&self, parameter: &str) -> bool {
        self.bound.contains(parameter)
    }

    /// Whether some of the parameters stand for nothing else.
    pub(super) fn has_parameters(&self, generics: &[GenericParamDef]) -> bool {
        generics.iter().any(|it| !self.bound.contains(&it.name))
    }

    /// Names parameters by their places: `T0` or `'l0` with the prefixes `T` and `l`. Those that stand for something
    /// already keep it.
    pub(super) fn declare(&mut self, generics: &[GenericParamDef], prefixes: (&str, &str)) {
        let (mut types, mut lifetimes) = (0, 0);
        for GenericParamDef { name, kind } in generics {
            match kind {
                GenericParamDefKind::Lifetime { .. } => {
                    let text = format!("'{}{lifetimes}", prefixes.1);
                    self.lifetimes.entry(name.clone()).or_insert(text);
                    lifetimes += 1;
                }
                GenericParamDefKind::Type { is_synthetic: true, .. } => {}
                _ => {
                    let text = format!("{}{types}", prefixes.0);
                    self.types.entry(name.clone()).or_insert(text);
                    types += 1;
                }
            }
        }
    }

    /// The parameters, without their bounds, as `<'l0, T0>`, with their defaults; nothing if there are none.
    pub(super) fn parameters(&self, generics: &[GenericParamDef]) -> String {
        let open = generics.iter().filter(|it| !self.bound.contains(&it.name));
        let text = open.filter_map(|it| match &it.kind {
            GenericParamDefKind::Lifetime { .. } => {
                self.lifetimes.get(&it.name).filter(|text| !text.is_empty()).cloned()
            }
            GenericParamDefKind::Type { is_synthetic: true, .. } => None,
            GenericParamDefKind::Type { default, .. } => {
                let default = default.as_ref().map(|it| format!(" = {}", self.type_(it)));
                Some(self.types.get(&it.name)?.clone() + &default.unwrap_or_default())
            }
            GenericParamDefKind::Const { type_, default } => {
                let default = default.as_ref().map(|it| format!(" = {it}")).unwrap_or_default();
                let name = self.types.get(&it.name)?;
                Some(format!("const {name}: {}{default}", self.type_(type_)))
            }
        });
        let text: Vec<String> = text.collect();
        if text.is_empty() { String::new() } else { format!("<{}>", text.join(", ")) }
    }

    /// All bounds, wherever they are written.
    pub(super) fn predicates(&self, generics: &Generics, into: &mut Predicates) {
        let mut add = |of: String, bound: String| {
            into.entry(of).or_default().insert(bound);
        };
        for GenericParamDef { name, kind } in &generics.params {
            match kind {
                GenericParamDefKind::Lifetime { outlives } => {
                    outlives.iter().for_each(|it| add(self.lifetime(name), self.lifetime(it)));
                }
                GenericParamDefKind::Type { bounds, is_synthetic: false, .. } => {
                    let of = self.types.get(name).unwrap_or(name);
                    bounds.iter().for_each(|it| add(of.clone(), self.bound(it)));
                }
                _ => {}
            }
        }
        for predicate in &generics.where_predicates {
            match predicate {
                WherePredicate::BoundPredicate { type_, bounds, generic_params } => {
                    let mut scope = self.inner();
                    scope.declare(generic_params, ("H", "h"));
                    let of = scope.type_(type_);
                    bounds.iter().for_each(|it| add(of.clone(), scope.bound(it)));
                    self.take(&scope);
                }
                WherePredicate::LifetimePredicate { lifetime, outlives } => {
                    outlives.iter().for_each(|it| add(self.lifetime(lifetime), self.lifetime(it)));
                }
                WherePredicate::EqPredicate { lhs, rhs } => {
                    add(self.type_(lhs), format!("= {}", self.term(rhs)));
                }
            }
        }
    }

    /// A function, without its attributes.
    pub(super) fn function(&self, name: &str, function: &Function, outer: &Predicates) -> String {
        let first = self.in_function(function);
        let _ = first.signature(name, function, outer);
        // A lifetime that is used once says no more than one that isn't written.
        let mut scope = self.in_function(function);
        scope.elide(&function.generics.params, &first);
        let text = scope.signature(name, function, outer);
        self.take(&scope);
        text
    }

    /// Leaves out those of the lifetimes that another scope has written once.
    pub(super) fn elide(&mut self, generics: &[GenericParamDef], other: &Self) {
        for GenericParamDef { name, kind } in generics {
            if matches!(kind, GenericParamDefKind::Lifetime { outlives } if outlives.is_empty())
                && other.seen.borrow().get(name).copied().unwrap_or_default() < 2
            {
                self.lifetimes.insert(name.clone(), String::new());
            }
        }
    }

    fn in_function(&self, function: &Function) -> Self {
        let mut scope = self.inner();
        scope.declare(&function.generics.params, ("F", "f"));
        scope
    }

    fn signature(&self, name: &str, function: &Function, outer: &Predicates) -> String {
        let Function { sig, generics, header, .. } = function;
        let mut text = String::new();
        for (is, word) in [
            (header.is_const, "const "),
            (header.is_async, "async "),
            (header.is_unsafe, "unsafe "),
        ] {
            text.push_str(if is { word } else { "" });
        }
        text += &format!("fn {name}{}", self.parameters(&generics.params));
        let inputs = sig.inputs.iter().enumerate();
        let inputs: Vec<String> =
            inputs.map(|(at, (name, type_))| self.input(at, name, type_)).collect();
        text += &format!("({})", inputs.join(", "));
        if let Some(output) = &sig.output {
            text += &format!(" -> {}", self.type_(output));
        }
        let mut predicates = outer.clone();
        self.predicates(generics, &mut predicates);
        text + &where_clause(&predicates)
    }

    fn input(&self, at: usize, name: &str, type_: &Type) -> String {
        let is_self = |type_: &Type| matches!(type_, Type::Generic(name) if name == "Self");
        if at > 0 || name != "self" {
            return self.type_(type_);
        }
        match type_ {
            type_ if is_self(type_) => "self".to_owned(),
            Type::BorrowedRef { lifetime, is_mutable, type_ } if is_self(type_) => {
                self.reference(lifetime.as_deref(), *is_mutable) + "self"
            }
            type_ => format!("self: {}", self.type_(type_)),
        }
    }

    fn reference(&self, lifetime: Option<&str>, is_mutable: bool) -> String {
        let lifetime = lifetime.map(|it| self.lifetime(it)).filter(|it| !it.is_empty());
        let lifetime = lifetime.map(|it| it + " ").unwrap_or_default();
        format!("&{lifetime}{}", if is_mutable { "mut " } else { "" })
    }

    fn lifetime(&self, name: &str) -> String {
        *self.seen.borrow_mut().entry(name.to_owned()).or_default() += 1;
        match name {
            "'_" => String::new(),
            name => self.lifetimes.get(name).cloned().unwrap_or_else(|| name.to_owned()),
        }
    }

    pub(super) fn type_(&self, type_: &Type) -> String {
        match type_ {
            Type::ResolvedPath(path) => self.path(path),
            Type::DynTrait(it) => {
                let mut bounds: Vec<String> = it
                    .traits
                    .iter()
                    .map(|it| self.poly_trait(&it.trait_, &it.generic_params))
                    .collect();
                bounds.sort();
                bounds.extend(it.lifetime.as_deref().map(|it| self.lifetime(it)));
                bounds.retain(|it| !it.is_empty());
                format!("dyn {}", bounds.join(" + "))
            }
            Type::Generic(name) => self.types.get(name).unwrap_or(name).clone(),
            Type::Primitive(name) if name == "never" => "!".to_owned(),
            Type::Primitive(name) => name.clone(),
            Type::FunctionPointer(it) => self.function_pointer(it),
            Type::Tuple(types) => {
                let comma = if types.len() == 1 { "," } else { "" };
                format!("({}{comma})", self.types(types))
            }
            Type::Slice(it) => format!("[{}]", self.type_(it)),
            Type::Array { type_, len } => format!("[{}; {len}]", self.type_(type_)),
            Type::Pat { type_, .. } => self.type_(type_),
            Type::ImplTrait(bounds) => format!("impl {}", self.bounds(bounds)),
            Type::Infer => "_".to_owned(),
            Type::RawPointer { is_mutable, type_ } => {
                let word = if *is_mutable { "mut" } else { "const" };
                format!("*{word} {}", self.type_(type_))
            }
            Type::BorrowedRef { lifetime, is_mutable, type_ } => {
                self.reference(lifetime.as_deref(), *is_mutable) + &self.type_(type_)
            }
            Type::QualifiedPath { name, args, self_type, trait_ } => {
                let of = self.type_(self_type);
                let args = args.as_ref().map(|it| self.args(it)).unwrap_or_default();
                let of = match trait_ {
                    Some(it) => format!("<{of} as {}>", self.path(it)),
                    None => of,
                };
                let text = format!("{of}::{name}{args}");
                self.context.names.projections.get(&text).cloned().unwrap_or(text)
            }
        }
    }

    fn types(&self, types: &[Type]) -> String {
        types.iter().map(|it| self.type_(it)).collect::<Vec<_>>().join(", ")
    }

    fn function_pointer(&self, pointer: &FunctionPointer) -> String {
        let mut scope = self.inner();
        scope.declare(&pointer.generic_params, ("H", "h"));
        let inputs: Vec<String> =
            pointer.sig.inputs.iter().map(|(_, type_)| scope.type_(type_)).collect();
        let output = pointer.sig.output.as_ref().map(|it| format!(" -> {}", scope.type_(it)));
        self.take(&scope);
        format!("fn({}){}", inputs.join(", "), output.unwrap_or_default())
    }

    /// A type or trait with its arguments.
    pub(super) fn path(&self, path: &Path) -> String {
        let args = |scope: &Self| match &path.args {
            Some(it) => scope.args(it),
            None => String::new(),
        };
        let Some((def, at)) = self.context.world.resolve(self.docs, path.id) else {
            return format!("{}{}", path.path, args(self));
        };
        if let Some((at, alias)) = at.and_then(|at| self.alias(at)) {
            return self.aliased(at, alias, path.args.as_deref());
        }
        let args = match at.and_then(|at| self.defaults(at, path)) {
            Some(all) => format!("<{}>", all.join(", ")),
            None => args(self),
        };
        if let Some((_, meaning)) = STD_ALIASES.iter().find(|(path, _)| *path == def.path) {
            return meaning.replace("{}", args.trim_matches(['<', '>']));
        }
        let text = format!("{}{args}", self.name(&def));
        self.context.names.aliased.get(&text).cloned().unwrap_or(text)
    }

    /// The types among the arguments of a path, and those that stand for what isn't written.
    pub(super) fn all_arguments(&self, path: &Path) -> Vec<String> {
        let at = self.context.world.resolve(self.docs, path.id).and_then(|(_, at)| at);
        at.and_then(|at| self.defaults(at, path)).unwrap_or_else(|| self.written(path))
    }

    fn written(&self, path: &Path) -> Vec<String> {
        let args = match path.args.as_deref() {
            Some(GenericArgs::AngleBracketed { args, .. }) => args.as_slice(),
            _ => &[],
        };
        let types = args.iter().filter_map(|it| match it {
            GenericArg::Type(it) => Some(self.type_(it)),
            _ => None,
        });
        types.collect()
    }

    /// All types that a structure or enum has as arguments, if not all of them are written.
    fn defaults(&self, at: At, path: &Path) -> Option<Vec<String>> {
        let generics = match &self.context.world.item(at)?.inner {
            ItemEnum::Struct(it) => &it.generics,
            ItemEnum::Enum(it) => &it.generics,
            _ => return None,
        };
        let mut all = self.written(path);
        let mut scope = Scope::new(self.context, at.docs);
        let types = generics.params.iter().filter_map(|it| match &it.kind {
            GenericParamDefKind::Type { default, .. } => Some((&it.name, default)),
            _ => None,
        });
        let (mut places, mut added) = (all.len(), false);
        for (index, (name, default)) in types.enumerate() {
            if index >= places {
                all.push(scope.type_(default.as_ref()?));
                (places, added) = (places + 1, true);
            }
            scope.bind(name, &all[index]);
        }
        self.private.set(self.private.get() | scope.private.get());
        added.then_some(all)
    }

    fn alias(&self, at: At) -> Option<(At, &'w TypeAlias)> {
        match &self.context.world.item(at)?.inner {
            ItemEnum::TypeAlias(alias) => Some((at, alias)),
            _ => None,
        }
    }

    /// What an alias stands for, with these arguments.
    fn aliased(&self, at: At, alias: &TypeAlias, args: Option<&GenericArgs>) -> String {
        let mut scope = Scope::new(self.context, at.docs);
        let args = match args {
            Some(GenericArgs::AngleBracketed { args, .. }) => args.as_slice(),
            _ => &[],
        };
        let mut lifetimes = args.iter().filter_map(|it| match it {
            GenericArg::Lifetime(name) => Some(self.lifetime(name)),
            _ => None,
        });
        let mut types = args.iter().filter_map(|it| match it {
            GenericArg::Type(it) => Some(self.type_(it)),
            GenericArg::Const(it) => Some(it.expr.clone()),
            _ => None,
        });
        for GenericParamDef { name, kind } in &alias.generics.params {
            match kind {
                GenericParamDefKind::Lifetime { .. } => {
                    scope.lifetimes.insert(name.clone(), lifetimes.next().unwrap_or_default());
                }
                GenericParamDefKind::Type { default, .. } => {
                    let default = || default.as_ref().map(|it| scope.type_(it));
                    let text = types.next().or_else(default).unwrap_or_else(|| "_".to_owned());
                    scope.types.insert(name.clone(), text);
                }
                GenericParamDefKind::Const { default, .. } => {
                    let text = types.next().or_else(|| default.clone());
                    scope.types.insert(name.clone(), text.unwrap_or_else(|| "_".to_owned()));
                }
            }
        }
        let text = scope.type_(&alias.type_);
        self.private.set(self.private.get() | scope.private.get());
        text
    }

    /// What an item is called.
    fn name(&self, def: &Def) -> String {
        match self.context.names.public(def) {
            Some(name) => name.to_owned(),
            None => {
                let own = self.context.own.contains(&def.krate());
                self.private.set(self.private.get() | own);
                def.path.clone()
            }
        }
    }

    pub(super) fn args(&self, args: &GenericArgs) -> String {
        match args {
            GenericArgs::AngleBracketed { args, constraints } => {
                let args = args.iter().map(|it| match it {
                    GenericArg::Lifetime(name) => self.lifetime(name),
                    GenericArg::Type(it) => self.type_(it),
                    GenericArg::Const(it) => it.value.as_ref().unwrap_or(&it.expr).clone(),
                    GenericArg::Infer => "_".to_owned(),
                });
                let mut texts: Vec<String> = args.filter(|text| !text.is_empty()).collect();
                let mut bound: Vec<String> = constraints
                    .iter()
                    .map(|it| {
                        let args = it.args.as_ref().map(|it| self.args(it)).unwrap_or_default();
                        let binding = match &it.binding {
                            AssocItemConstraintKind::Equality(term) => {
                                format!(" = {}", self.term(term))
                            }
                            AssocItemConstraintKind::Constraint(bounds) => {
                                format!(": {}", self.bounds(bounds))
                            }
                        };
                        format!("{}{args}{binding}", it.name)
                    })
                    .collect();
                bound.sort();
                texts.append(&mut bound);
                if texts.is_empty() { String::new() } else { format!("<{}>", texts.join(", ")) }
            }
            GenericArgs::Parenthesized { inputs, output } => {
                let output = output.as_ref().map(|it| format!(" -> {}", self.type_(it)));
                format!("({}){}", self.types(inputs), output.unwrap_or_default())
            }
            GenericArgs::ReturnTypeNotation => "(..)".to_owned(),
        }
    }

    fn term(&self, term: &Term) -> String {
        match term {
            Term::Type(it) => self.type_(it),
            Term::Constant(it) => it.value.as_ref().unwrap_or(&it.expr).clone(),
        }
    }

    pub(super) fn bounds(&self, bounds: &[GenericBound]) -> String {
        let texts: BTreeSet<String> =
            bounds.iter().map(|it| self.bound(it)).filter(|it| !it.is_empty()).collect();
        texts.into_iter().collect::<Vec<_>>().join(" + ")
    }

    fn bound(&self, bound: &GenericBound) -> String {
        match bound {
            GenericBound::TraitBound { trait_, generic_params, modifier } => {
                let sign = if *modifier == TraitBoundModifier::Maybe { "?" } else { "" };
                format!("{sign}{}", self.poly_trait(trait_, generic_params))
            }
            GenericBound::Outlives(lifetime) => self.lifetime(lifetime),
            // It says which lifetimes are captured; since edition 2024 all of them are without a word.
            GenericBound::Use(_) => String::new(),
        }
    }

    fn poly_trait(&self, trait_: &Path, generics: &[GenericParamDef]) -> String {
        let mut scope = self.inner();
        scope.declare(generics, ("H", "h"));
        let text = scope.path(trait_);
        self.take(&scope);
        text
    }

    /// Remembers what an inner scope has seen.
    fn take(&self, inner: &Self) {
        self.private.set(self.private.get() | inner.private.get());
        let mut seen = self.seen.borrow_mut();
        for (name, count) in inner.seen.borrow().iter() {
            *seen.entry(name.clone()).or_default() += count;
        }
    }
}

/// ` where …`, or nothing.
pub(super) fn where_clause(predicates: &Predicates) -> String {
    let bounds = predicates.iter().filter_map(|(of, bounds)| {
        let bounds: Vec<&str> =
            bounds.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        (!bounds.is_empty()).then(|| format!("{of}: {}", bounds.join(" + ")))
    });
    let bounds: Vec<String> = bounds.collect();
    if bounds.is_empty() { String::new() } else { format!(" where {}", bounds.join(", ")) }
}
