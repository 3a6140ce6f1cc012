//! What builders are made of: what they hold until they build, and what comes of it. A generated crate has one generic
//! `Builder`, whose setters are on the instances; it must not know any of them.

use std::fmt::{Formatter, Result as FmtResult};

use aws_smithy_types::error::operation::BuildError;

use crate::debug;
use crate::value::{StructureShape, Value};

/// A structure that has a builder.
pub trait Build: Sized {
    /// What `build` gives: the structure, or a [`Result`] of it.
    type Built;
    /// What the builder holds until then: the structure itself where all of its fields are `Option`s.
    type Fields: Fields<Self::Built>;
}

/// What a builder holds.
pub trait Fields<B> {
    /// Nothing yet.
    fn none() -> Self;

    /// What is built of it.
    fn build(self) -> B;

    /// The same again, but for streams, of which there is none then.
    fn copy(&self) -> Self;

    /// What `Debug` prints of the builder.
    ///
    /// # Errors
    /// Those of `f`.
    fn fmt_builder(&self, f: &mut Formatter<'_>) -> FmtResult;
}

/// What `build` gives of a structure: itself, or a [`Result`] of it where the API has one.
pub trait BuiltFrom<T> {
    /// What is built.
    fn built_from(structure: T) -> Self;
}

impl<T: StructureShape> BuiltFrom<T> for T {
    #[inline]
    fn built_from(structure: T) -> Self {
        structure
    }
}

impl<T> BuiltFrom<T> for Result<T, BuildError> {
    #[inline]
    fn built_from(structure: T) -> Self {
        Ok(structure)
    }
}

impl<T: StructureShape + Clone, B: BuiltFrom<T>> Fields<B> for T {
    #[inline]
    fn none() -> Self {
        T::empty()
    }
    #[inline]
    fn build(self) -> B {
        B::built_from(self)
    }
    fn copy(&self) -> Self {
        self.clone()
    }
    fn fmt_builder(&self, f: &mut Formatter<'_>) -> FmtResult {
        debug::builder(self, f)
    }
}

/// A builder with nothing in it. Generated code asks for it by this function, because an associated one of the type, which has
/// an `impl` for each structure, would be looked for in all of these.
#[inline]
#[must_use]
pub fn builder<B: Default>() -> B {
    B::default()
}

/// The content of a crate's module `builder`.
#[macro_export]
macro_rules! builder {
    () => {
        /// Builds a `T`. The modules `builders` have names for its instances.
        ///
        /// What else it does than build, `S` is for.
        pub struct Builder<T: $crate::Build, S = ()> {
            pub(crate) fields: T::Fields,
            state: S,
        }

        impl<T: $crate::Build> Builder<T> {
            /// What was built. Where this is a `Result`, it is an error if something was not given that the structure
            /// can't be without.
            #[inline]
            pub fn build(self) -> T::Built {
                $crate::Fields::build(self.fields)
            }
        }

        impl<T: $crate::Build> ::core::default::Default for Builder<T> {
            #[inline]
            fn default() -> Self {
                Self { fields: $crate::Fields::none(), state: () }
            }
        }

        impl<T: $crate::Build> ::core::fmt::Debug for Builder<T> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::Fields::fmt_builder(&self.fields, f)
            }
        }

        impl<T: $crate::Build<Fields: ::core::clone::Clone>, S: ::core::clone::Clone>
            ::core::clone::Clone for Builder<T, S>
        {
            fn clone(&self) -> Self {
                Self { fields: self.fields.clone(), state: self.state.clone() }
            }
        }

        impl<T: $crate::Build<Fields: ::core::cmp::PartialEq>> ::core::cmp::PartialEq
            for Builder<T>
        {
            fn eq(&self, other: &Self) -> bool {
                self.fields == other.fields
            }
        }
    };
}
