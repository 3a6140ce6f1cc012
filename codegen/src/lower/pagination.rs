//! `@paginated` → how an operation is asked for page after page. It must not know what asks.

use serde_json::Value;
use tinsmith_model::{ShapeRef, botocore_trait_id, did_you_mean, nearest, trait_id};

use super::{Lowering, plain};
use crate::ir;
use crate::naming;
use crate::path::{self, Type};

/// What a paginator's facts are called in the trait that states them.
struct Keys {
    input_token: &'static str,
    output_token: &'static str,
    items: &'static str,
    page_size: &'static str,
}

/// [`@paginated`](https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait)
const SMITHY: Keys = Keys {
    input_token: "inputToken",
    output_token: "outputToken",
    items: "items",
    page_size: "pageSize",
};

/// An entry of botocore's `paginators-1.json`.
const BOTOCORE: Keys = Keys {
    input_token: "input_token",
    output_token: "output_token",
    items: "result_key",
    page_size: "limit_key",
};

impl Lowering<'_> {
    /// The operation's paginator. One with an idempotency token has none: each page would be asked for with the same.
    pub(super) fn paginator(&mut self, r: ShapeRef) -> Option<ir::Paginator> {
        let model = self.model;
        let shape = model.shape(r);
        let operation = shape.as_operation()?;
        let mut inputs = model.shape(operation.input).members().iter();
        if inputs.any(|member| member.traits.has(trait_id::IDEMPOTENCY_TOKEN)) {
            return None;
        }
        let beyond = shape.traits.get(botocore_trait_id::PAGINATOR);
        let (facts, keys) = match (shape.traits.get(trait_id::PAGINATED), beyond) {
            (Some(facts), _) => (facts, SMITHY),
            (None, Some(facts)) => (facts, BOTOCORE),
            (None, None) => return None,
        };
        if !self.can_be_asked_again(r) {
            return None;
        }
        let service = model.shape(self.service).traits.get(trait_id::PAGINATED);
        let fact = |key: &str| {
            let common = service.and_then(|service| service.get(key));
            facts.get(key).map(|fact| (fact, true)).or(common.map(|fact| (fact, false)))
        };
        let root = Type::of(model, operation.output);
        let tokens = self.tokens(r, &root, [fact(keys.input_token), fact(keys.output_token)])?;
        let more = beyond.and_then(|facts| facts.get("more_results")).and_then(Value::as_str);
        let more = more.and_then(|text| Some(self.expression(r, &root, text)?.0));
        // What the service says of all its operations needn't hold for each.
        let items = fact(keys.items).and_then(|(fact, own)| self.items(r, &root, fact, own));
        let page_size = fact(keys.page_size).and_then(|(fact, own)| {
            let name = fact.as_str()?;
            let there = || model.shape(operation.input).member(name).is_some();
            (own || there()).then(|| self.input_member(r, name).map(|_| name.to_owned()))?
        });
        let name = |what: &str| plain(&naming::pascal_case(&format!("{}{what}", shape.id.name())));
        Some(ir::Paginator {
            type_name: name("Paginator"),
            items_name: name("PaginatorItems"),
            tokens,
            more,
            items,
            page_size,
        })
    }

    /// Whether the same input can be sent several times; that it can't is reported.
    pub(super) fn can_be_asked_again(&mut self, r: ShapeRef) -> bool {
        let model = self.model;
        let input = model.shape(r).as_operation().map(|operation| model.shape(operation.input));
        let mut members = input.into_iter().flat_map(|input| input.members());
        let is_stream = |target| model.shape(target).traits.has(trait_id::STREAMING);
        if !members.any(|member| is_stream(member.target)) {
            return true;
        }
        let message = "the operation can't be asked again and again: its input has a stream";
        let help = "take the traits `smithy.api#paginated` and `smithy.waiters#waitable` off it";
        self.report(r, None, message, help);
        false
    }

    /// The tokens: botocore's paginators have several, with a place in the input for each.
    fn tokens(
        &mut self,
        r: ShapeRef,
        root: &Type,
        facts: [Option<(&Value, bool)>; 2],
    ) -> Option<Vec<ir::Token>> {
        let [inputs, outputs] =
            facts.map(|fact| fact.map(|(fact, _)| texts(fact)).unwrap_or_default());
        if inputs.is_empty() || inputs.len() != outputs.len() {
            let message =
                "the paginator doesn't say which token of the output goes where in the input";
            let help = "`inputToken` and `outputToken` of the trait `smithy.api#paginated` do, on the \
                        operation or its service";
            self.report(r, None, message, help);
            return None;
        }
        let mut tokens = Vec::with_capacity(inputs.len());
        for (input, output) in inputs.into_iter().zip(outputs) {
            let place = self.input_member(r, input)?;
            let (path, ty) = self.expression(r, root, output)?;
            if !self.fits(&ty, &place) {
                let (found, wanted) = (ty.describe(self.model), place.describe(self.model));
                let message =
                    format!("the paginator puts {found}, `{output}`, into {wanted}, `{input}`");
                self.report(r, None, message, "name tokens of the same type");
                return None;
            }
            tokens.push(ir::Token { input: input.to_owned(), output: path });
        }
        Some(tokens)
    }

    /// The type of the input's member of this name; that there is none is reported.
    fn input_member(&mut self, r: ShapeRef, name: &str) -> Option<Type> {
        let model = self.model;
        let input = model.shape(r).as_operation()?.input;
        if let Some(member) = model.shape(input).member(name) {
            return Some(Type::of(model, member.target));
        }
        let names: Vec<&str> =
            model.shape(input).members().iter().map(|m| m.name.as_str()).collect();
        let help = did_you_mean(&nearest(name, names.iter().copied()));
        let help = help.unwrap_or_else(|| format!("the input has {}", names.join(", ")));
        let message =
            format!("the paginator names `{name}`, which the operation's input doesn't have");
        self.report(r, None, message, &help);
        None
    }

    /// Whether a token of one type can be held by a member of another.
    fn fits(&self, token: &Type, place: &Type) -> bool {
        match (token, place) {
            (Type::Shape(_), Type::Shape(_)) => {
                // Lists and maps of the same are the same, whatever the shapes are called.
                let parts = |ty: &Type| {
                    let Type::Shape(shape) = ty else { return None };
                    let shape = self.model.shape(*shape);
                    let is_named = shape.is_structure() || shape.is_union();
                    let parts = shape.all_members().map(|member| member.target);
                    (!is_named).then(|| (shape.type_name(), parts.collect::<Vec<_>>()))
                };
                token == place || parts(token).is_some_and(|token| Some(token) == parts(place))
            }
            (Type::Boolean | Type::Number | Type::String, place) => token == place,
            _ => false,
        }
    }

    /// The names that lead to the list or map of items. botocore's results may be in several places, which no stream of
    /// items joins; then there is none.
    fn items(&mut self, r: ShapeRef, root: &Type, fact: &Value, own: bool) -> Option<Vec<String>> {
        let text = fact.as_str()?;
        let is_there = path::parse(self.model, root, text).is_ok();
        if !own && !is_there {
            return None;
        }
        let (path, ty) = self.expression(r, root, text)?;
        let is_collection = |shape: &ShapeRef| {
            let shape = self.model.shape(*shape);
            !shape.is_structure() && !shape.is_union()
        };
        match (path.names(), &ty) {
            (Some(names), Type::Shape(shape)) if is_collection(shape) => Some(names.to_vec()),
            _ => self.no_items(r, text, &ty),
        }
    }

    fn no_items(&mut self, r: ShapeRef, text: &str, ty: &Type) -> Option<Vec<String>> {
        // botocore finds results in texts and in parts of lists as well.
        if self.model.shape(r).traits.has(botocore_trait_id::PAGINATOR) {
            return None;
        }
        let message = format!("the paginator's items, `{text}`, are {}", ty.describe(self.model));
        self.report(r, None, message, "name members, one in another, that lead to a list or map");
        None
    }
}

/// The text, or each text of the list.
fn texts(value: &Value) -> Vec<&str> {
    let several = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    value.as_str().into_iter().chain(several).collect()
}
