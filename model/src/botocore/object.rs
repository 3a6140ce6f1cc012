//! JSON objects of which every key is known: parsed once, strange keys kept with their places, a later object laid
//! over an earlier one. It must not know what any key means.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::json::{Entries, Key};

/// A string value with its place.
pub(super) type Text<'a> = Key<'a>;

/// A key that should not be where it is.
#[derive(Clone, Debug)]
pub(super) enum Strange<'a> {
    /// The object has no such key; it may have these.
    Unknown(Key<'a>, &'static [&'static str]),
    /// The object has the key already.
    Repeated(Key<'a>),
}

/// A value of a known form.
pub(super) trait Node<'a>: Sized {
    /// Lays a value over this one: objects are merged key by key, anything else is replaced.
    fn merge(&mut self, over: Self) {
        *self = over;
    }

    /// Collects the strange keys in it, however deep.
    fn strange(&self, _found: &mut Vec<Strange<'a>>) {}
}

impl Node<'_> for bool {}
impl<'a> Node<'a> for Text<'a> {}

impl<'a, T: Node<'a>> Node<'a> for Vec<T> {
    fn strange(&self, found: &mut Vec<Strange<'a>>) {
        self.iter().for_each(|value| value.strange(found));
    }
}

impl Node<'_> for Value {
    fn merge(&mut self, over: Self) {
        match (self, over) {
            (Value::Object(own), Value::Object(over)) => {
                for (key, value) in over {
                    match own.get_mut(&key) {
                        Some(present) => present.merge(value),
                        None => drop(own.insert(key, value)),
                    }
                }
            }
            (own, over) => *own = over,
        }
    }
}

impl<'a, T: Node<'a>> Node<'a> for Entries<'a, T> {
    fn merge(&mut self, over: Self) {
        let own = self.0.iter().enumerate();
        let mut positions: HashMap<String, usize> =
            own.map(|(at, (key, _))| (key.text.to_string(), at)).collect();
        for (key, value) in over.0 {
            if let Some(at) = positions.get(&*key.text) {
                self.0[*at].1.merge(value);
            } else {
                positions.insert(key.text.to_string(), self.0.len());
                self.0.push((key, value));
            }
        }
    }

    fn strange(&self, found: &mut Vec<Strange<'a>>) {
        let mut seen = HashSet::with_capacity(self.0.len());
        for (key, value) in &self.0 {
            if !seen.insert(&*key.text) {
                found.push(Strange::Repeated(key.clone()));
            }
            value.strange(found);
        }
    }
}

impl<'a, T: Node<'a>> Node<'a> for Option<T> {
    fn merge(&mut self, over: Self) {
        match (self, over) {
            (Some(own), Some(over)) => own.merge(over),
            (own, Some(over)) => *own = Some(over),
            (_, None) => {}
        }
    }

    fn strange(&self, found: &mut Vec<Strange<'a>>) {
        if let Some(value) = self {
            value.strange(found);
        }
    }
}

/// Declares an object by its keys: those that are read, each with its field and type, and those that are not, each
/// with the reason.
macro_rules! object {
    (
        $(#[$doc:meta])*
        $name:ident { $($key:literal => $field:ident: $kind:ty,)* }
        $(ignored { $($ignored:literal: $reason:literal,)* })?
    ) => {
        $(#[$doc])*
        $($(#[doc = concat!("\n\n`", $ignored, "` is not read: ", $reason, ".")])*)?
        #[derive(Debug, Default)]
        pub(super) struct $name<'a> {
            $(pub(super) $field: Option<$kind>,)*
            strange: Vec<$crate::json::Key<'a>>,
        }

        impl $name<'_> {
            const KEYS: &'static [&'static str] = &[$($key,)* $($($ignored,)*)?];
        }

        impl<'de> serde::Deserialize<'de> for $name<'de> {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct ObjectVisitor;

                impl<'de> serde::de::Visitor<'de> for ObjectVisitor {
                    type Value = $name<'de>;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<Self::Value, A::Error> {
                        let mut object = $name::default();
                        while let Some(key) = map.next_key::<$crate::json::Key<'de>>()? {
                            match &*key.text {
                                $($key if object.$field.is_none() => {
                                    object.$field = Some(map.next_value()?);
                                })*
                                $($($ignored => drop(map.next_value::<serde::de::IgnoredAny>()?),)*)?
                                _ => {
                                    map.next_value::<serde::de::IgnoredAny>()?;
                                    object.strange.push(key);
                                }
                            }
                        }
                        Ok(object)
                    }
                }

                deserializer.deserialize_map(ObjectVisitor)
            }
        }

        impl<'a> $crate::botocore::object::Node<'a> for $name<'a> {
            fn merge(&mut self, over: Self) {
                $(self.$field.merge(over.$field);)*
                self.strange.extend(over.strange);
            }

            fn strange(&self, found: &mut Vec<$crate::botocore::object::Strange<'a>>) {
                use $crate::botocore::object::Strange;
                for key in &self.strange {
                    found.push(if Self::KEYS.contains(&&*key.text) {
                        Strange::Repeated(key.clone())
                    } else {
                        Strange::Unknown(key.clone(), Self::KEYS)
                    });
                }
                $(self.$field.strange(found);)*
            }
        }
    };
}

pub(super) use object;

#[cfg(test)]
mod tests {
    use super::*;

    object! {
        /// For the tests.
        Inner { "a" => a: Text<'a>, "on" => on: bool, }
        ignored { "old": "nobody needs it", }
    }

    object! {
        /// For the tests.
        Outer { "list" => list: Vec<Text<'a>>, "by_name" => by_name: Entries<'a, Inner<'a>>, }
    }

    fn outer(text: &str) -> Outer<'_> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn strange_keys_are_kept_however_deep() {
        let read = outer(
            r#"{"lst": 1, "by_name": {"x": {"b": [2], "old": 3, "a": "4", "a": "5"}, "x": {}}}"#,
        );
        let mut found = Vec::new();
        read.strange(&mut found);
        let found: Vec<String> = found
            .into_iter()
            .map(|strange| match strange {
                Strange::Unknown(key, known) => format!("{} of {known:?}", key.text),
                Strange::Repeated(key) => format!("{} again", key.text),
            })
            .collect();
        let expected = [
            "lst of [\"list\", \"by_name\"]",
            "b of [\"a\", \"on\", \"old\"]",
            "a again",
            "x again",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn objects_are_merged_and_lists_replaced() {
        let mut read = outer(r#"{"list": ["1", "2"], "by_name": {"x": {"a": "3"}}}"#);
        read.merge(outer(r#"{"list": ["4"], "by_name": {"x": {"on": true}, "y": {"a": "5"}}}"#));
        assert_eq!(read.list.unwrap().len(), 1);
        let entries = read.by_name.unwrap().0;
        assert_eq!(entries[0].1.a.as_ref().unwrap().text, "3");
        assert_eq!(entries[0].1.on, Some(true));
        assert_eq!(entries[1].0.text, "y");
    }

    #[test]
    fn values_are_merged_as_deep() {
        let mut value = serde_json::json!({"a": {"b": [1], "c": 2}});
        value.merge(serde_json::json!({"a": {"b": [3]}, "d": 4}));
        assert_eq!(value, serde_json::json!({"a": {"b": [3], "c": 2}, "d": 4}));
    }

    #[test]
    fn a_value_of_another_type_is_an_error() {
        for text in [r#"{"on": 1}"#, r#"{"a": 1}"#, "[]"] {
            assert!(serde_json::from_str::<Inner<'_>>(text).is_err(), "{text}");
        }
    }
}
