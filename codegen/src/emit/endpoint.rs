//! The module `config::endpoint`: the rules as `static` data, and shells over the runtime for the parameters. It must not
//! know which form the model gave the rules.

use proc_macro2::{Literal as Number, TokenStream};
use quote::{format_ident, quote};

use super::path::expression;
use super::{deprecated, docs, module_docs};
use crate::ir::endpoint::{
    Condition, ContextParam, Endpoint, EndpointRule, Expr, Literal, Outcome, ParamKind, Parameter,
    Property, Source,
};
use crate::naming::ident;

/// The items of the module.
pub(super) fn endpoint(endpoint: &Endpoint) -> Vec<TokenStream> {
    let about =
        module_docs("Where requests go: endpoints, and the parameters that they depend on.");
    let accessors = endpoint.parameters.iter().enumerate().map(accessor);
    let setters = endpoint.parameters.iter().enumerate().map(setters);
    vec![
        about,
        quote! {
            pub use tinsmith_runtime::endpoint::{
                Endpoint, EndpointFuture, InvalidParams, SharedEndpointResolver,
            };
        },
        rules(endpoint),
        quote!(tinsmith_runtime::endpoints!();),
        quote!(impl Params { #(#accessors)* }),
        quote!(impl ParamsBuilder { #(#setters)* }),
    ]
}

/// The accessor of the parameter at a position.
fn accessor((position, parameter): (usize, &Parameter)) -> TokenStream {
    let fallback = format!("The endpoint parameter `{}`.", parameter.name);
    let about = docs(if parameter.docs.is_empty() { &fallback } else { &parameter.docs });
    let note = deprecated(parameter.deprecated.as_deref());
    let (field, position) = (ident(&parameter.field), Number::usize_unsuffixed(position));
    let (ty, get) = match parameter.kind {
        ParamKind::String => (quote!(&str), quote!(string)),
        ParamKind::Boolean => (quote!(bool), quote!(boolean)),
        ParamKind::StringArray => (quote!(&[String]), quote!(string_array)),
    };
    quote! {
        #about
        #note
        #[inline]
        pub fn #field(&self) -> Option<#ty> {
            self.inner.#get(#position)
        }
    }
}

/// The setters of the parameter at a position.
fn setters((position, parameter): (usize, &Parameter)) -> TokenStream {
    let (field, position) = (ident(&parameter.field), Number::usize_unsuffixed(position));
    let setter = format_ident!("set_{}", parameter.snake);
    let ty = match parameter.kind {
        ParamKind::String => quote!(String),
        ParamKind::Boolean => quote!(bool),
        ParamKind::StringArray => quote!(Vec<String>),
    };
    quote!(tinsmith_runtime::endpoint_param!(#position, #field, #setter, #ty);)
}

/// What binds an operation's parameters to values.
pub(super) fn context_param(param: &ContextParam) -> TokenStream {
    let name = &param.name;
    let source = match &param.source {
        Source::Static(value) => {
            let value = literal(value);
            quote!(fixed(#name, tinsmith_runtime::endpoint::rules::Literal::#value))
        }
        Source::Member(member, false) => quote!(member(#name, #member)),
        Source::Member(member, true) => quote!(required_member(#name, #member)),
        Source::Path(path) => {
            let path = expression(path);
            quote!(path(#name, &#path))
        }
    };
    quote!(tinsmith_runtime::endpoint::ContextParam::#source)
}

fn rules(endpoint: &Endpoint) -> TokenStream {
    let parameters = endpoint.parameters.iter().map(parameter);
    let variables = Number::usize_unsuffixed(endpoint.variables);
    let conditions = endpoint.conditions.iter().map(condition);
    let outcomes = endpoint.outcomes.iter().map(outcome);
    let nodes = endpoint.nodes.iter().map(|node| {
        let [condition, yes, no] = node.map(Number::usize_unsuffixed);
        quote!([#condition, #yes, #no])
    });
    // The names are known in the block only: a parameter has none of them.
    quote! {
        pub(crate) static RULES: tinsmith_runtime::endpoint::Rules = {
            #[allow(unused_imports)]
            use tinsmith_runtime::endpoint::rules::{
                Attr, Condition, EndpointRule, Expr::*, Kind, Literal, Outcome, Parameter, Property,
            };
            tinsmith_runtime::endpoint::Rules::new(
                &[#(#parameters),*],
                #variables,
                &[#(#conditions),*],
                &[#(#outcomes),*],
                &[#(#nodes),*],
            )
        };
    }
}

fn kind(kind: ParamKind) -> TokenStream {
    match kind {
        ParamKind::String => quote!(String),
        ParamKind::Boolean => quote!(Boolean),
        ParamKind::StringArray => quote!(StringArray),
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let (name, field, kind) = (&parameter.name, &parameter.field, kind(parameter.kind));
    let more = match &parameter.default {
        Some(value) => {
            let value = literal(value);
            quote!(.default(Literal::#value))
        }
        None if parameter.required => quote!(.required()),
        None => TokenStream::new(),
    };
    let built_in = parameter.built_in.as_ref().map(|name| quote!(.built_in(#name)));
    quote!(Parameter::new(#name, #field, Kind::#kind)#more #built_in)
}

fn literal(value: &Literal) -> TokenStream {
    match value {
        Literal::String(text) => quote!(String(#text)),
        Literal::Boolean(value) => quote!(Boolean(#value)),
        Literal::StringArray(texts) => quote!(StringArray(&[#(#texts),*])),
    }
}

fn condition(condition: &Condition) -> TokenStream {
    let test = expr(&condition.test);
    match condition.variable.map(Number::usize_unsuffixed) {
        Some(variable) => quote!(Condition::assign(#variable, #test)),
        None => quote!(Condition::when(#test)),
    }
}

fn expr(of: &Expr) -> TokenStream {
    match of {
        Expr::String(text) => quote!(String(#text)),
        Expr::Boolean(value) => quote!(Boolean(#value)),
        Expr::Integer(number) => {
            let number = Number::i32_unsuffixed(*number);
            quote!(Integer(#number))
        }
        Expr::Ref(position) => {
            let position = Number::usize_unsuffixed(*position);
            quote!(Ref(#position))
        }
        Expr::Template(parts) => {
            let parts = parts.iter().map(expr);
            quote!(Template(&[#(#parts),*]))
        }
        Expr::Attr(of, attr) => {
            let (of, attr) = (expr(of), ident(attr));
            quote!(Attr(&#of, Attr::#attr))
        }
        Expr::Element(of, index) => {
            let (of, index) = (expr(of), Number::i32_unsuffixed(*index));
            quote!(Attr(&#of, Attr::Element(#index)))
        }
        Expr::Call(function, arguments) => {
            let function = ident(function);
            let arguments: Vec<_> = arguments.iter().map(expr).collect();
            match arguments.as_slice() {
                [argument] => quote!(#function(&#argument)),
                arguments => quote!(#function(&[#(#arguments),*])),
            }
        }
        Expr::Variadic(function, arguments) => {
            let (function, arguments) = (ident(function), arguments.iter().map(expr));
            quote!(#function(&[#(#arguments),*]))
        }
    }
}

fn outcome(outcome: &Outcome) -> TokenStream {
    match outcome {
        Outcome::Error(message) => {
            let message = expr(message);
            quote!(Outcome::Error(#message))
        }
        Outcome::Endpoint(rule) => {
            let rule = endpoint_rule(rule);
            quote!(Outcome::Endpoint(#rule))
        }
    }
}

fn endpoint_rule(rule: &EndpointRule) -> TokenStream {
    let url = expr(&rule.url);
    let headers = (!rule.headers.is_empty()).then(|| {
        let headers = rule.headers.iter().map(|(name, values)| {
            let values = values.iter().map(expr);
            quote!((#name, &[#(#values),*]))
        });
        quote!(.headers(&[#(#headers),*]))
    });
    let more = (!rule.properties.is_empty()).then(|| {
        let properties = properties(&rule.properties);
        quote!(.properties(#properties))
    });
    let auth_schemes = (!rule.auth_schemes.is_empty()).then(|| {
        let schemes = rule.auth_schemes.iter().map(|(name, more)| {
            let (name, more) = (expr(name), properties(more));
            quote!((#name, #more))
        });
        quote!(.auth_schemes(&[#(#schemes),*]))
    });
    quote!(EndpointRule::new(#url)#headers #more #auth_schemes)
}

fn properties(properties: &[(String, Property)]) -> TokenStream {
    let properties = properties.iter().map(|(name, value)| {
        let value = property(value);
        quote!((#name, #value))
    });
    quote!(&[#(#properties),*])
}

fn property(of: &Property) -> TokenStream {
    match of {
        Property::Value(value) => {
            let value = expr(value);
            quote!(Property::Value(#value))
        }
        Property::List(items) => {
            let items = items.iter().map(property);
            quote!(Property::List(&[#(#items),*]))
        }
        Property::Record(members) => {
            let members = properties(members);
            quote!(Property::Record(#members))
        }
    }
}
