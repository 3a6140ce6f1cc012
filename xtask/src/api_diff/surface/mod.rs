//! What a crate offers: every public item under a key that the item it should equal has as well, with a text that
//! says all that its users rely on. It must not know another crate.

mod bounds;
mod impls;

use std::collections::{BTreeMap, HashMap};

use rustdoc_types::{
    Attribute, GenericParamDefKind, Generics, Id, Item, ItemEnum, StructKind, Type, VariantKind,
};

use super::docs::{At, Def, ROOT, Space, World, is_hidden};
use super::paths::{Names, Paths, Target};
use super::render::{Context, Predicates, Scope, where_clause};

/// What kind of item it is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum Kind {
    Feature,
    Module,
    /// A further path to an item, or one to an item of another crate.
    Path,
    Type,
    Value,
    Macro,
    Field,
    Variant,
    Method,
    TraitItem,
    Impl,
    /// The auto traits of a type.
    Auto,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Feature => "feature",
            Kind::Module => "mod",
            Kind::Path => "path",
            Kind::Type => "type",
            Kind::Value => "value",
            Kind::Macro => "macro",
            Kind::Field => "field",
            Kind::Variant => "variant",
            Kind::Method => "method",
            Kind::TraitItem => "trait item",
            Kind::Impl => "impl",
            Kind::Auto => "auto traits",
        }
    }
}

/// Items, by kind and name, with their texts.
pub(super) type Surface = BTreeMap<(Kind, String), String>;

/// The shape of a structure that isn't made, nor taken apart, but by its own crate.
const PRIVATE: &str = " { .. }";

const NON_EXHAUSTIVE: &str = "#[non_exhaustive] ";

/// Whose items they are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Side {
    /// Hidden items don't count.
    Official,
    /// They do: users can write what they allow. An alias may stand in for a type.
    Ours,
}

/// All items of a world's crate.
pub(super) fn of(context: Context<'_>, paths: &Paths, side: Side) -> Surface {
    let mut found = Found {
        context,
        side,
        impls: impls::by_type(context.world),
        generic: bounds::generic(context),
        surface: Surface::new(),
    };
    for ((space, path), target) in paths {
        if !target.hidden || side == Side::Ours {
            found.target(*space, path, target);
        }
    }
    found.foreign();
    found.surface
}

/// Adds to our items the official implementations that follow from more general ones of ours: they are the same to users.
pub(super) fn add_what_follows(context: Context<'_>, official: &Surface, ours: &mut Surface) {
    let generic = bounds::generic(context);
    let missing = official.iter().filter(|((kind, name), text)| {
        let key = (Kind::Impl, name.clone());
        let head = name.split_once(" for ");
        *kind == Kind::Impl
            && !ours.contains_key(&key)
            && head.is_some_and(|head| bounds::follows(context, &generic, head, text))
    });
    let missing: Vec<_> = missing.map(|(key, text)| (key.clone(), text.clone())).collect();
    ours.extend(missing);
}

struct Found<'w> {
    context: Context<'w>,
    side: Side,
    impls: HashMap<Option<Def>, Vec<At>>,
    generic: bounds::Generic,
    surface: Surface,
}

impl<'w> Found<'w> {
    fn add(&mut self, kind: Kind, name: String, text: String) {
        self.surface.entry((kind, name)).or_insert(text);
    }

    fn target(&mut self, space: Space, path: &str, target: &Target) {
        if target.is_module {
            return self.add(Kind::Module, path.to_owned(), "mod".to_owned());
        }
        let name = self.context.names.public(&target.def);
        let Some(item) = target.at.and_then(|at| self.context.world.item(at)) else {
            return self.add(Kind::Path, path.to_owned(), target.def.path.clone());
        };
        let at = target.at.unwrap_or(self.context.world.root());
        match name {
            Some(name) if name == path => self.item(at, item, path, &target.def),
            Some(name) => self.add(Kind::Path, path.to_owned(), name.to_owned()),
            None => self.add(Kind::Path, path.to_owned(), target.def.path.clone()),
        }
        debug_assert!(space == target.def.space);
    }

    fn item(&mut self, at: At, item: &'w Item, path: &str, def: &Def) {
        let mut scope = Scope::new(self.context, at.docs);
        let attributes = attributes(item);
        match &item.inner {
            ItemEnum::Struct(_) | ItemEnum::Enum(_) | ItemEnum::Union(_) => {
                self.type_(at, item, path, &mut scope);
                self.implemented(def, &[], path);
            }
            ItemEnum::TypeAlias(alias) => {
                scope.declare(&alias.generics.params, ("T", "l"));
                let parameters = scope.parameters(&alias.generics.params);
                let meaning = scope.type_(&alias.type_);
                if self.side == Side::Ours {
                    self.stands_in(at, &alias.type_, path, &scope);
                    if parameters.is_empty() {
                        self.add(Kind::Path, path.to_owned(), meaning.clone());
                    }
                }
                let text = format!("{attributes}type{parameters} = {meaning}");
                self.add(Kind::Type, path.to_owned(), text);
            }
            ItemEnum::Trait(_) => self.trait_(at, item, path, &mut scope),
            ItemEnum::Function(it) => {
                let name = item.name.as_deref().unwrap_or_default();
                let text = scope.function(name, it, &Predicates::new());
                self.add(Kind::Value, path.to_owned(), attributes + &text);
            }
            ItemEnum::Constant { type_, .. } => {
                let text = format!("{attributes}const: {}", scope.type_(type_));
                self.add(Kind::Value, path.to_owned(), text);
            }
            ItemEnum::Static(it) => {
                let text = format!("{attributes}static: {}", scope.type_(&it.type_));
                self.add(Kind::Value, path.to_owned(), text);
            }
            ItemEnum::Macro(_) | ItemEnum::ProcMacro(_) => {
                self.add(Kind::Macro, path.to_owned(), attributes + "macro");
            }
            _ => {}
        }
    }

    /// A structure, enum or union with what is in it; its parameters may stand for types in `scope`.
    fn type_(&mut self, at: At, item: &'w Item, path: &str, scope: &mut Scope<'w>) {
        let (word, generics, shape) = match &item.inner {
            ItemEnum::Struct(it) => {
                let shape = self.fields(at, &it.kind, path, scope);
                let open = item.attrs.contains(&Attribute::NonExhaustive);
                // Nobody can tell whether it has private fields then, or any.
                let named = matches!(it.kind, StructKind::Plain { .. } | StructKind::Unit);
                ("struct", &it.generics, if open && named { PRIVATE } else { shape })
            }
            ItemEnum::Union(it) => {
                let kind = StructKind::Plain {
                    fields: it.fields.clone(),
                    has_stripped_fields: it.has_stripped_fields,
                };
                ("union", &it.generics, self.fields(at, &kind, path, scope))
            }
            ItemEnum::Enum(it) => {
                scope.declare(&it.generics.params, ("T", "l"));
                for id in &it.variants {
                    self.variant(At { id: *id, ..at }, path, scope);
                }
                ("enum", &it.generics, "")
            }
            _ => return,
        };
        scope.declare(&generics.params, ("T", "l"));
        let mut predicates = Predicates::new();
        if scope.has_parameters(&generics.params) {
            scope.predicates(generics, &mut predicates);
        }
        // What has private fields can be made and taken apart by nobody else anyway.
        let attributes = match shape {
            PRIVATE => attributes(item).replace(NON_EXHAUSTIVE, ""),
            _ => attributes(item),
        };
        let text = format!(
            "{attributes}{word}{}{shape}{}",
            scope.parameters(&generics.params),
            where_clause(&predicates)
        );
        self.add(Kind::Type, path.to_owned(), text);
    }

    /// Adds fields, and says what the rest of the structure is like.
    fn fields(
        &mut self,
        at: At,
        kind: &StructKind,
        path: &str,
        scope: &mut Scope<'w>,
    ) -> &'static str {
        let (fields, shape): (Vec<Id>, _) = match kind {
            StructKind::Unit => return ";",
            // Nor whether private fields have names.
            StructKind::Tuple(fields) if fields.iter().all(Option::is_none) => return PRIVATE,
            StructKind::Tuple(fields) if fields.contains(&None) => {
                (fields.iter().flatten().copied().collect(), " (..)")
            }
            StructKind::Tuple(fields) => (fields.iter().flatten().copied().collect(), " ()"),
            StructKind::Plain { fields, has_stripped_fields: false } => (fields.clone(), " {}"),
            StructKind::Plain { fields, .. } => (fields.clone(), PRIVATE),
        };
        for id in fields {
            let Some(item) = self.context.world.item(At { id, ..at }) else { continue };
            if let (ItemEnum::StructField(type_), Some(name)) = (&item.inner, &item.name)
                && self.counts(item)
            {
                let text = format!("{}{name}: {}", attributes(item), scope.type_(type_));
                self.add(Kind::Field, format!("{path}::{name}"), text);
            }
        }
        shape
    }

    fn variant(&mut self, at: At, path: &str, scope: &Scope<'w>) {
        let Some(item) = self.context.world.item(at).filter(|item| self.counts(item)) else {
            return;
        };
        let (ItemEnum::Variant(variant), Some(name)) = (&item.inner, &item.name) else { return };
        let field = |id: &Id| match self.context.world.item(At { id: *id, ..at }) {
            Some(Item { name: Some(name), inner: ItemEnum::StructField(type_), .. }) => {
                (name.clone(), scope.type_(type_))
            }
            _ => ("_".to_owned(), "_".to_owned()),
        };
        let shape = match &variant.kind {
            VariantKind::Plain => String::new(),
            VariantKind::Tuple(fields) => {
                let types =
                    fields.iter().map(|it| it.as_ref().map_or("_".to_owned(), |it| field(it).1));
                format!("({})", types.collect::<Vec<_>>().join(", "))
            }
            VariantKind::Struct { fields, has_stripped_fields } => {
                let fields =
                    fields.iter().map(field).map(|(name, type_)| format!("{name}: {type_}"));
                let mut fields: Vec<String> = fields.collect();
                fields.sort();
                fields.extend(has_stripped_fields.then(|| "private fields".to_owned()));
                format!(" {{ {} }}", fields.join(", "))
            }
        };
        let text = format!("{}{name}{shape}", attributes(item));
        self.add(Kind::Variant, format!("{path}::{name}"), text);
    }

    fn trait_(&mut self, at: At, item: &'w Item, path: &str, scope: &mut Scope<'w>) {
        let ItemEnum::Trait(it) = &item.inner else { return };
        scope.declare(&it.generics.params, ("T", "l"));
        let mut predicates = Predicates::new();
        scope.predicates(&it.generics, &mut predicates);
        let bounds = scope.bounds(&it.bounds);
        let text = format!(
            "{}{}trait{}{}{bounds}{}{}",
            attributes(item),
            if it.is_unsafe { "unsafe " } else { "" },
            scope.parameters(&it.generics.params),
            if bounds.is_empty() { "" } else { ": " },
            where_clause(&predicates),
            if it.is_dyn_compatible { ", fit for dyn" } else { "" },
        );
        self.add(Kind::Type, path.to_owned(), text);
        for id in &it.items {
            let Some(item) = self.context.world.item(At { id: *id, ..at }) else { continue };
            if let Some(name) = &item.name
                && self.counts(item)
            {
                let text = attributes(item) + &trait_item(name, item, scope);
                self.add(Kind::TraitItem, format!("{path}::{name}"), text);
            }
        }
    }

    /// What a public alias has that stands for a type with arguments, as if it were a type of its own.
    fn stands_in(&mut self, at: At, type_: &Type, path: &str, scope: &Scope<'w>) {
        let Type::ResolvedPath(it) = type_ else { return };
        let Some((def, Some(target))) = self.context.world.resolve(at.docs, it.id) else { return };
        let Some(item) = self.context.world.item(target) else { return };
        let generics = match &item.inner {
            ItemEnum::Struct(it) => &it.generics,
            ItemEnum::Enum(it) => &it.generics,
            _ => return,
        };
        let args = scope.all_arguments(it);
        let mut scope = Scope::new(self.context, target.docs);
        bind_all(&mut scope, generics, &args);
        self.type_(target, item, path, &mut scope);
        self.implemented(&def, &args, path);
    }

    fn counts(&self, item: &Item) -> bool {
        self.side == Side::Ours || !is_hidden(item)
    }
}

fn trait_item(name: &str, item: &Item, scope: &Scope<'_>) -> String {
    match &item.inner {
        ItemEnum::Function(it) => {
            let text = scope.function(name, it, &Predicates::new());
            text + if it.has_body { " { default }" } else { ";" }
        }
        ItemEnum::AssocType { bounds, type_, .. } => {
            let default = type_.as_ref().map(|it| format!(" = {}", scope.type_(it)));
            format!("type {name}: {}{}", scope.bounds(bounds), default.unwrap_or_default())
        }
        ItemEnum::AssocConst { type_, value } => {
            let default = if value.is_some() { " = default" } else { "" };
            format!("const {name}: {}{default}", scope.type_(type_))
        }
        _ => String::new(),
    }
}

fn bind_all(scope: &mut Scope<'_>, generics: &Generics, args: &[String]) {
    let types = generics.params.iter().filter(|it| {
        matches!(it.kind, GenericParamDefKind::Type { .. } | GenericParamDefKind::Const { .. })
    });
    for (parameter, arg) in types.zip(args) {
        scope.bind(&parameter.name, arg);
    }
}

/// What users are told by attributes.
fn attributes(item: &Item) -> String {
    let mut text = String::new();
    for attribute in &item.attrs {
        text += match attribute {
            Attribute::NonExhaustive => NON_EXHAUSTIVE,
            Attribute::MustUse { .. } => "#[must_use] ",
            _ => "",
        };
    }
    if item.deprecation.is_some() {
        text += "#[deprecated] ";
    }
    text
}

/// The names of a world's items and what they need to be told from others.
pub(super) fn names<'w>(world: &'w World, own: &'w [&'w str], mut names: Names) -> Names {
    let found = impls::concrete(Context { world, names: &names, own });
    names.projections = found.projections;
    names.implemented = found.implemented;
    debug_assert!(own.contains(&ROOT));
    names
}
