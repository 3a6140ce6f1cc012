//! Whether two values of one type are equal, reflectively: what a derived `PartialEq` would say, once for all types. It must
//! not know any type.

use crate::value::{List, Map, Ref, Structure, Union};

/// Whether all members of two structures of one type are equal, and the request ID after them.
#[must_use]
pub fn structures(one: &dyn Structure, other: &dyn Structure) -> bool {
    let schema = one.schema();
    let mut places = (0..schema.members().len()).chain(schema.request_id_position());
    places.all(|index| refs(one.member(index).get(), other.member(index).get()))
}

/// Whether two unions of one type have the same variant, with equal values.
#[must_use]
pub fn unions(one: &dyn Union, other: &dyn Union) -> bool {
    match (one.variant(), other.variant()) {
        (Some((index, one)), Some((other_index, other))) => {
            index == other_index && refs(one.get(), other.get())
        }
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn refs(one: Ref<'_>, other: Ref<'_>) -> bool {
    match (one, other) {
        (Ref::Unset, Ref::Unset) => true,
        (Ref::Boolean(one), Ref::Boolean(other)) => one == other,
        (Ref::Byte(one), Ref::Byte(other)) => one == other,
        (Ref::Short(one), Ref::Short(other)) => one == other,
        (Ref::Integer(one), Ref::Integer(other)) => one == other,
        (Ref::Long(one), Ref::Long(other)) => one == other,
        (Ref::Float(one), Ref::Float(other)) => one == other,
        (Ref::Double(one), Ref::Double(other)) => one == other,
        (Ref::BigInteger(one), Ref::BigInteger(other)) => one == other,
        (Ref::BigDecimal(one), Ref::BigDecimal(other)) => one == other,
        (Ref::String(one), Ref::String(other)) => one == other,
        (Ref::Enum(one), Ref::Enum(other)) => one.as_str() == other.as_str(),
        (Ref::Blob(one), Ref::Blob(other)) => one == other,
        (Ref::Timestamp(one), Ref::Timestamp(other)) => one == other,
        (Ref::Document(one), Ref::Document(other)) => one == other,
        (Ref::List(one), Ref::List(other)) => lists(one, other),
        (Ref::Map(one), Ref::Map(other)) => maps(one, other),
        (Ref::Structure(one), Ref::Structure(other)) => structures(one, other),
        (Ref::Union(one), Ref::Union(other)) => unions(one, other),
        // Streams are like nothing else, not even themselves: types that have one aren't compared.
        _ => false,
    }
}

fn lists(one: &dyn List, other: &dyn List) -> bool {
    let elements = 0..one.len();
    one.len() == other.len()
        && elements.into_iter().all(|index| match (one.get(index), other.get(index)) {
            (Some(one), Some(other)) => refs(one.get(), other.get()),
            _ => false,
        })
}

fn maps(one: &dyn Map, other: &dyn Map) -> bool {
    one.len() == other.len()
        && one.entries().all(|(key, value)| {
            other.value(key).is_some_and(|other| refs(value.get(), other.get()))
        })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use crate::value::Value;

    fn same(one: &dyn Value, other: &dyn Value) -> bool {
        super::refs(one.get(), other.get())
    }

    #[test]
    fn values_are_equal_as_their_types_say() {
        assert!(same(&"a".to_owned(), &"a".to_owned()) && !same(&"a".to_owned(), &"b".to_owned()));
        assert!(same(&None::<i32>, &None::<i32>) && !same(&None::<i32>, &Some(0)));
        assert!(!same(&f64::NAN, &f64::NAN) && same(&0.0_f64, &-0.0_f64));
        assert!(same(&vec![1, 2], &vec![1, 2]) && !same(&vec![1, 2], &vec![1, 3]));
        assert!(!same(&vec![1], &vec![1, 2]) && !same(&vec![1, 2], &vec![1]));
    }

    #[test]
    fn maps_are_equal_in_any_order() {
        let map = |entries: &[(&str, i32)]| -> HashMap<String, i32> {
            entries.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()
        };
        assert!(same(&map(&[("a", 1), ("b", 2)]), &map(&[("b", 2), ("a", 1)])));
        assert!(!same(&map(&[("a", 1), ("b", 2)]), &map(&[("a", 1), ("c", 2)])));
        assert!(!same(&map(&[("a", 1), ("b", 2)]), &map(&[("a", 1), ("b", 3)])));
        assert!(!same(&map(&[("a", 1)]), &map(&[("a", 1), ("b", 2)])));
    }
}
