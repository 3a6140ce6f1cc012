//! Expressions as `static` data. It must not know what they are about.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::naming::ident;
use crate::path::{Expression, Literal};

/// An expression as a constant one of the runtime's.
pub(super) fn expression(expression: &Expression) -> TokenStream {
    let of = |variant: &str, arguments: TokenStream| {
        let variant = ident(variant);
        quote!(tinsmith_runtime::path::Expression::#variant #arguments)
    };
    let two = |variant: &str, one: &Expression, other: &Expression| {
        let (one, other) = (self::expression(one), self::expression(other));
        of(variant, quote!((&#one, &#other)))
    };
    let one = |variant: &str, operand: &Expression| {
        let operand = self::expression(operand);
        of(variant, quote!((&#operand)))
    };
    match expression {
        Expression::Current => of("Current", quote!()),
        Expression::Literal(value) => {
            let value = literal(value);
            of("Literal", quote!((#value)))
        }
        Expression::Fields(names) => of("Fields", quote!((&[#(#names),*]))),
        Expression::Index(index) => {
            let index = Token::i32_unsuffixed(*index);
            of("Index", quote!((#index)))
        }
        Expression::Slice(start, stop, step) => {
            let [start, stop] = [start, stop].map(|bound| match bound {
                Some(bound) => {
                    let bound = Token::i32_unsuffixed(*bound);
                    quote!(Some(#bound))
                }
                None => quote!(None),
            });
            let step = Token::i32_unsuffixed(*step);
            of("Slice", quote!((#start, #stop, #step)))
        }
        Expression::Within(outer, inner) => two("Within", outer, inner),
        Expression::Flatten(list) => one("Flatten", list),
        Expression::Values(object) => one("Values", object),
        Expression::Each(list, within) => two("Each", list, within),
        Expression::When(condition, then) => two("When", condition, then),
        Expression::List(elements) => {
            let elements = elements.iter().map(self::expression);
            of("List", quote!((&[#(#elements),*])))
        }
        Expression::Object(entries) => {
            let names = entries.iter().map(|(name, _)| name);
            let values = entries.iter().map(|(_, value)| self::expression(value));
            of("Object", quote!((&[#((#names, #values)),*])))
        }
        Expression::Not(operand) => one("Not", operand),
        Expression::And(one, other) => two("And", one, other),
        Expression::Or(one, other) => two("Or", one, other),
        Expression::Compare(comparator, one, other) => {
            let comparator = ident(comparator);
            let (one, other) = (self::expression(one), self::expression(other));
            of("Compare", quote!((tinsmith_runtime::path::Comparator::#comparator, &#one, &#other)))
        }
        Expression::Call(function, arguments) => {
            let function = ident(function.variant);
            let arguments = arguments.iter().map(self::expression);
            of("Call", quote!((tinsmith_runtime::path::Function::#function, &[#(#arguments),*])))
        }
    }
}

fn literal(value: &Literal) -> TokenStream {
    let of = |variant: &str, value: TokenStream| {
        let variant = ident(variant);
        quote!(tinsmith_runtime::path::Literal::#variant(#value))
    };
    match value {
        Literal::Null => quote!(tinsmith_runtime::path::Literal::Null),
        Literal::Boolean(value) => of("Boolean", quote!(#value)),
        Literal::Integer(value) => {
            let value = Token::i64_unsuffixed(*value);
            of("Integer", quote!(#value))
        }
        Literal::Float(value) => {
            let value = Token::f64_unsuffixed(*value);
            of("Float", quote!(#value))
        }
        Literal::String(text) => of("String", quote!(#text)),
        Literal::List(values) => {
            let values = values.iter().map(literal);
            of("List", quote!(&[#(#values),*]))
        }
        Literal::Object(entries) => {
            let names = entries.iter().map(|(name, _)| name);
            let values = entries.iter().map(|(_, value)| literal(value));
            of("Object", quote!(&[#((#names, #values)),*]))
        }
    }
}
