//! From a generated crate's value to the official crate's, and whether the two are the same. It must not know
//! any service: what is implemented here are the types that both crates share, and what holds others.
//!
//! The program that compares two crates implements both traits for their structures, unions and enums.
//! Neither the traits nor the types are its own, so the parameter `By` is a type of the program.

use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// A value that becomes the `T` of the official crate.
pub trait To<T, By> {
    /// The value as a `T`.
    ///
    /// # Errors
    /// If the official crate can't build one of what there is.
    fn to(&self) -> Result<T, BuildError>;
}

/// A value that compares with the `T` of the official crate, what `Debug` redacts included.
pub trait Same<T, By> {
    /// Whether both are the same.
    ///
    /// # Errors
    /// Where they differ.
    fn same(&self, theirs: &T) -> Result<(), Mismatch>;
}

/// Where two values differ.
#[derive(Debug)]
pub struct Mismatch(Box<Inner>);

#[derive(Debug)]
struct Inner {
    /// Innermost first.
    path: Vec<String>,
    ours: String,
    theirs: String,
}

impl Mismatch {
    /// The two values, as texts.
    pub fn new(ours: impl Into<String>, theirs: impl Into<String>) -> Self {
        Self(Box::new(Inner { path: Vec::new(), ours: ours.into(), theirs: theirs.into() }))
    }

    /// Says that the place lies in this field, variant, element or entry.
    #[must_use]
    pub fn within(mut self, step: impl Into<String>) -> Self {
        self.0.path.push(step.into());
        self
    }

    /// The path to the place.
    #[must_use]
    pub fn path(&self) -> String {
        let path: Vec<&str> = self.0.path.iter().rev().map(String::as_str).collect();
        path.join(".")
    }

    /// What the generated crate has there.
    #[must_use]
    pub fn ours(&self) -> &str {
        &self.0.ours
    }

    /// What the official crate has there.
    #[must_use]
    pub fn theirs(&self) -> &str {
        &self.0.theirs
    }
}

/// What a builder's `build` gives: some can't fail.
pub trait Built<T> {
    /// The same for all of them.
    ///
    /// # Errors
    /// What `build` says.
    fn built(self) -> Result<T, BuildError>;
}

impl<T> Built<T> for T {
    fn built(self) -> Result<T, BuildError> {
        Ok(self)
    }
}

impl<T> Built<T> for Result<T, BuildError> {
    fn built(self) -> Result<T, BuildError> {
        self
    }
}

macro_rules! shared {
    ($($type:ty),*; $same:expr) => {$(
        impl<By> To<$type, By> for $type {
            fn to(&self) -> Result<$type, BuildError> {
                Ok(self.clone())
            }
        }

        impl<By> Same<$type, By> for $type {
            fn same(&self, theirs: &$type) -> Result<(), Mismatch> {
                let same: fn(&$type, &$type) -> bool = $same;
                if same(self, theirs) { Ok(()) } else { Err(texts(self, theirs)) }
            }
        }
    )*};
}

shared!(bool, i8, i16, i32, i64, String, Blob, DateTime; |a, b| a == b);
// A document may hold a number that isn't one.
shared!(BigInteger, BigDecimal, Document; |a, b| a == b || format!("{a:?}") == format!("{b:?}"));
shared!(f32; |a, b| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan());
shared!(f64; |a, b| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan());

fn texts(ours: &dyn Debug, theirs: &dyn Debug) -> Mismatch {
    Mismatch::new(format!("{ours:?}"), format!("{theirs:?}"))
}

impl<By> To<ByteStream, By> for ByteStream {
    fn to(&self) -> Result<ByteStream, BuildError> {
        match self.bytes() {
            Some(bytes) => Ok(ByteStream::from(bytes.to_vec())),
            None => Err(BuildError::other("the stream isn't in memory")),
        }
    }
}

impl<By> Same<ByteStream, By> for ByteStream {
    fn same(&self, theirs: &ByteStream) -> Result<(), Mismatch> {
        let (ours, theirs) = (self.bytes(), theirs.bytes());
        if ours.is_some() && ours == theirs { Ok(()) } else { Err(texts(&ours, &theirs)) }
    }
}

impl<A: To<B, By>, B, By> To<Option<B>, By> for Option<A> {
    fn to(&self) -> Result<Option<B>, BuildError> {
        self.as_ref().map(To::to).transpose()
    }
}

impl<A: Same<B, By>, B, By> Same<Option<B>, By> for Option<A> {
    fn same(&self, theirs: &Option<B>) -> Result<(), Mismatch> {
        match (self, theirs) {
            (Some(ours), Some(theirs)) => ours.same(theirs),
            (None, None) => Ok(()),
            (ours, theirs) => Err(Mismatch::new(presence(ours), presence(theirs))),
        }
    }
}

fn presence<T>(value: &Option<T>) -> &'static str {
    if value.is_some() { "Some(…)" } else { "None" }
}

impl<A: To<B, By>, B, By> To<Box<B>, By> for Box<A> {
    fn to(&self) -> Result<Box<B>, BuildError> {
        (**self).to().map(Box::new)
    }
}

impl<A: Same<B, By>, B, By> Same<Box<B>, By> for Box<A> {
    fn same(&self, theirs: &Box<B>) -> Result<(), Mismatch> {
        (**self).same(theirs)
    }
}

impl<A: To<B, By>, B, By> To<Vec<B>, By> for Vec<A> {
    fn to(&self) -> Result<Vec<B>, BuildError> {
        self.iter().map(To::to).collect()
    }
}

impl<A: Same<B, By>, B, By> Same<Vec<B>, By> for Vec<A> {
    fn same(&self, theirs: &Vec<B>) -> Result<(), Mismatch> {
        for (index, (ours, theirs)) in self.iter().zip(theirs).enumerate() {
            ours.same(theirs).map_err(|mismatch| mismatch.within(index.to_string()))?;
        }
        if self.len() == theirs.len() {
            return Ok(());
        }
        Err(Mismatch::new(length(self.len()), length(theirs.len())))
    }
}

fn length(length: usize) -> String {
    format!("a length of {length}")
}

impl<K, L, A, B, By> To<HashMap<L, B>, By> for HashMap<K, A>
where
    K: To<L, By>,
    L: Eq + Hash,
    A: To<B, By>,
{
    fn to(&self) -> Result<HashMap<L, B>, BuildError> {
        self.iter().map(|(key, value)| Ok((key.to()?, value.to()?))).collect()
    }
}

impl<K, L, A, B, By> Same<HashMap<L, B>, By> for HashMap<K, A>
where
    K: To<L, By> + Debug,
    L: Eq + Hash,
    A: Same<B, By>,
{
    fn same(&self, theirs: &HashMap<L, B>) -> Result<(), Mismatch> {
        for (key, ours) in self {
            let name = || format!("[{key:?}]");
            let their_key = key.to().map_err(|error| Mismatch::new(error.to_string(), ""))?;
            match theirs.get(&their_key) {
                Some(theirs) => ours.same(theirs).map_err(|mismatch| mismatch.within(name()))?,
                None => return Err(Mismatch::new("Some(…)", "None").within(name())),
            }
        }
        if self.len() == theirs.len() {
            return Ok(());
        }
        Err(Mismatch::new(length(self.len()), length(theirs.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Here;

    fn same<A: Same<B, Here>, B>(ours: &A, theirs: &B) -> Option<String> {
        let mismatch = ours.same(theirs).err()?;
        Some(format!("{}: {} / {}", mismatch.path(), mismatch.ours(), mismatch.theirs()))
    }

    #[test]
    fn values_keep_what_they_are() {
        let ours = HashMap::from([("a".to_owned(), vec![Some(f64::NAN), None])]);
        let theirs: HashMap<String, Vec<Option<f64>>> = To::<_, Here>::to(&ours).unwrap();
        assert_eq!(same(&ours, &theirs), None);
        let stream = ByteStream::from(b"abc".to_vec());
        let copy: ByteStream = To::<_, Here>::to(&stream).unwrap();
        assert_eq!(same(&stream, &copy), None);
    }

    #[test]
    fn a_mismatch_names_its_place() {
        let ours = HashMap::from([("a".to_owned(), vec![Some(0.0), None])]);
        let theirs = HashMap::from([("a".to_owned(), vec![Some(-0.0), None])]);
        assert_eq!(same(&ours, &theirs).unwrap(), "[\"a\"].0: 0.0 / -0.0");
        let theirs = HashMap::from([("a".to_owned(), vec![Some(0.0)])]);
        assert_eq!(same(&ours, &theirs).unwrap(), "[\"a\"]: a length of 2 / a length of 1");
        let theirs = HashMap::<String, Vec<Option<f64>>>::new();
        assert_eq!(same(&ours, &theirs).unwrap(), "[\"a\"]: Some(…) / None");
    }

    #[test]
    fn builders_of_both_kinds() {
        let plain: Result<u8, _> = 1_u8.built();
        let fallible: Result<u8, _> = Ok::<_, BuildError>(1_u8).built();
        assert_eq!((plain.unwrap(), fallible.unwrap()), (1, 1));
    }
}
