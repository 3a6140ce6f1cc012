//! What an expression finds in a value. It must not know how values are compared, nor what functions do.

use std::cmp::Ordering;

use super::compare::equal;
use super::{Absence, Comparator, Expression, Found, Literal};
use crate::value::Ref;

/// An evaluation in which absence counts for what is said.
#[derive(Clone, Copy)]
pub(super) struct Evaluation(pub(super) Absence);

impl Evaluation {
    pub(super) fn evaluate<'a>(self, expression: &Expression, current: &Found<'a>) -> Found<'a> {
        match *expression {
            Expression::Current => current.clone(),
            Expression::Literal(literal) => literal.into(),
            Expression::Fields(names) => fields(names, current),
            Expression::Index(index) => element(current, index),
            Expression::Slice(start, stop, step) => slice(current, start, stop, step),
            Expression::Within(outer, inner) => {
                self.evaluate(inner, &self.evaluate(outer, current))
            }
            Expression::Flatten(list) => flatten(&self.evaluate(list, current)),
            Expression::Values(object) => {
                let entries = self.evaluate(object, current).entries();
                let value = |(_, value)| value;
                entries.map_or(Found::NULL, |it| Found::List(it.into_iter().map(value).collect()))
            }
            Expression::Each(list, within) => self.each(within, &self.evaluate(list, current)),
            Expression::When(condition, then) => {
                match self.evaluate(condition, current).is_true() {
                    true => self.evaluate(then, current),
                    false => Found::NULL,
                }
            }
            Expression::List(elements) => match current.is_null() {
                true => Found::NULL,
                false => Found::List(elements.iter().map(|e| self.evaluate(e, current)).collect()),
            },
            Expression::Object(entries) => match current.is_null() {
                true => Found::NULL,
                false => {
                    let entry = |(key, e): &(&'static str, _)| (*key, self.evaluate(e, current));
                    Found::Object(entries.iter().map(entry).collect())
                }
            },
            Expression::Not(operand) => self.not(&self.evaluate(operand, current)),
            Expression::And(one, other) => {
                let one = self.evaluate(one, current);
                if one.is_true() { self.evaluate(other, current) } else { one }
            }
            Expression::Or(one, other) => {
                let one = self.evaluate(one, current);
                if one.is_true() { one } else { self.evaluate(other, current) }
            }
            Expression::Compare(comparator, one, other) => {
                self.compare(comparator, (one, other), current)
            }
            Expression::Call(function, arguments) => {
                let arguments: Vec<_> =
                    arguments.iter().map(|argument| self.evaluate(argument, current)).collect();
                function.call(&arguments)
            }
        }
    }

    fn each<'a>(self, within: &Expression, list: &Found<'a>) -> Found<'a> {
        let Some(elements) = list.elements() else { return Found::NULL };
        let found = elements.map(|element| self.evaluate(within, &element));
        Found::List(found.filter(|found| !found.is_null()).collect())
    }

    fn not<'a>(self, operand: &Found<'a>) -> Found<'a> {
        match self.0 {
            Absence::Unknown if operand.is_null() => Found::NULL,
            _ => Found::Value(Ref::Boolean(!operand.is_true())),
        }
    }

    fn compare<'a>(
        self,
        comparator: Comparator,
        (one, other): (&Expression, &Expression),
        current: &Found<'a>,
    ) -> Found<'a> {
        let null = Expression::Literal(Literal::Null);
        let asks = *one == null || *other == null;
        let (one, other) = (self.evaluate(one, current), self.evaluate(other, current));
        if self.0 == Absence::Unknown && !asks && (one.is_null() || other.is_null()) {
            return Found::NULL;
        }
        let ordering = || one.number()?.cmp(other.number()?);
        let holds = match comparator {
            Comparator::Equal => Some(equal(&one, &other)),
            Comparator::NotEqual => Some(!equal(&one, &other)),
            Comparator::Less => ordering().map(Ordering::is_lt),
            Comparator::LessOrEqual => ordering().map(Ordering::is_le),
            Comparator::Greater => ordering().map(Ordering::is_gt),
            Comparator::GreaterOrEqual => ordering().map(Ordering::is_ge),
        };
        holds.map_or(Found::NULL, |holds| Found::Value(Ref::Boolean(holds)))
    }
}

fn fields<'a>(names: &[&str], current: &Found<'a>) -> Found<'a> {
    let Some((first, rest)) = names.split_first() else { return current.clone() };
    rest.iter().fold(current.field(first), |found, name| found.field(name))
}

/// The element at an index, which counts from the end if it is negative.
fn element<'a>(list: &Found<'a>, index: i32) -> Found<'a> {
    let Some(elements) = list.elements() else { return Found::NULL };
    let from_end = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
    let index = match index {
        0.. => Some(from_end),
        _ => elements.len().checked_sub(from_end),
    };
    index.and_then(|index| elements.at(index)).unwrap_or(Found::NULL)
}

fn flatten<'a>(list: &Found<'a>) -> Found<'a> {
    let Some(elements) = list.elements() else { return Found::NULL };
    let mut flat = Vec::with_capacity(elements.len());
    for element in elements {
        match element.elements() {
            Some(inner) => flat.extend(inner),
            None => flat.push(element),
        }
    }
    Found::List(flat)
}

/// [Slices](https://jmespath.org/specification.html#slices) as they are in Python.
fn slice<'a>(list: &Found<'a>, start: Option<i32>, stop: Option<i32>, step: i32) -> Found<'a> {
    let Some(elements) = list.elements().filter(|_| step != 0) else { return Found::NULL };
    let len = i64::try_from(elements.len()).unwrap_or(i64::MAX);
    // Going back begins at the last element and ends before the first.
    let (lowest, highest) = if step > 0 { (0, len) } else { (-1, len - 1) };
    let bound = |bound: i32| {
        let bound = i64::from(bound);
        (if bound < 0 { bound + len } else { bound }).clamp(lowest, highest)
    };
    let (first, last) = if step > 0 { (lowest, highest) } else { (highest, lowest) };
    let (mut at, stop) = (start.map_or(first, bound), stop.map_or(last, bound));
    let mut found = Vec::new();
    while if step > 0 { at < stop } else { at > stop } {
        found.extend(usize::try_from(at).ok().and_then(|at| elements.at(at)));
        at += i64::from(step);
    }
    Found::List(found)
}
