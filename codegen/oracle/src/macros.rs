//! What a program that compares two crates says of each of their types, in a line. They only delegate.

/// [`To`](crate::To) for a structure: the official builder gets what the fields hold.
#[macro_export]
macro_rules! to_structure {
    (
        $by:ty: $ours:ty => $theirs:ty,
        optional { $($set:ident $field:ident)* }
        required { $($set_required:ident $required:ident)* }
    ) => {
        impl $crate::To<$theirs, $by> for $ours {
            fn to(&self) -> ::core::result::Result<$theirs, $crate::BuildError> {
                let builder = <$theirs>::builder()
                    $(.$set($crate::To::<_, $by>::to(&self.$field)?))*
                    $(.$set_required(::core::option::Option::Some(
                        $crate::To::<_, $by>::to(&self.$required)?,
                    )))*;
                $crate::Built::built(builder.build())
            }
        }
    };
}

/// [`Same`](crate::Same) for a structure: field by field.
#[macro_export]
macro_rules! same_structure {
    ($by:ty: $ours:ty, $theirs:ty { $($field:ident)* }) => {
        impl $crate::Same<$theirs, $by> for $ours {
            fn same(&self, _theirs: &$theirs) -> ::core::result::Result<(), $crate::Mismatch> {
                $(
                    $crate::Same::<_, $by>::same(&self.$field, &_theirs.$field)
                        .map_err(|mismatch| mismatch.within(::core::stringify!($field)))?;
                )*
                ::core::result::Result::Ok(())
            }
        }
    };
}

/// [`To`](crate::To) for a union: variant by variant, and none for one that isn't known.
#[macro_export]
macro_rules! to_union {
    ($by:ty: $ours:ty => $theirs:ty, { $($variant:ident)* } units { $($unit:ident)* }) => {
        impl $crate::To<$theirs, $by> for $ours {
            fn to(&self) -> ::core::result::Result<$theirs, $crate::BuildError> {
                type Ours = $ours;
                type Theirs = $theirs;
                match self {
                    $(Ours::$variant(value) => {
                        $crate::To::<_, $by>::to(value).map(Theirs::$variant)
                    })*
                    $(Ours::$unit => ::core::result::Result::Ok(Theirs::$unit),)*
                    _ => ::core::result::Result::Err($crate::BuildError::other(
                        "the union is of no known variant",
                    )),
                }
            }
        }
    };
}

/// [`Same`](crate::Same) for a union: the same variant with the same value.
#[macro_export]
macro_rules! same_union {
    ($by:ty: $ours:ty, $theirs:ty, { $($variant:ident)* } units { $($unit:ident)* }) => {
        impl $crate::Same<$theirs, $by> for $ours {
            fn same(&self, theirs: &$theirs) -> ::core::result::Result<(), $crate::Mismatch> {
                type Ours = $ours;
                type Theirs = $theirs;
                match (self, theirs) {
                    $((Ours::$variant(ours), Theirs::$variant(theirs)) => {
                        $crate::Same::<_, $by>::same(ours, theirs)
                            .map_err(|mismatch| mismatch.within(::core::stringify!($variant)))
                    })*
                    $((Ours::$unit, Theirs::$unit) => ::core::result::Result::Ok(()),)*
                    (ours, theirs) if ours.is_unknown() && theirs.is_unknown() => {
                        ::core::result::Result::Ok(())
                    }
                    (ours, theirs) => ::core::result::Result::Err($crate::Mismatch::new(
                        ::std::format!("{ours:?}"),
                        ::std::format!("{theirs:?}"),
                    )),
                }
            }
        }
    };
}

/// [`To`](crate::To) and [`Same`](crate::Same) for a string enum: by its text.
#[macro_export]
macro_rules! string_enum {
    ($by:ty: $ours:ty, $theirs:ty) => {
        impl $crate::To<$theirs, $by> for $ours {
            fn to(&self) -> ::core::result::Result<$theirs, $crate::BuildError> {
                ::core::result::Result::Ok(<$theirs>::from(self.as_str()))
            }
        }

        impl $crate::Same<$theirs, $by> for $ours {
            fn same(&self, theirs: &$theirs) -> ::core::result::Result<(), $crate::Mismatch> {
                if self.as_str() == theirs.as_str() {
                    return ::core::result::Result::Ok(());
                }
                ::core::result::Result::Err($crate::Mismatch::new(self.as_str(), theirs.as_str()))
            }
        }
    };
}

/// [`Same`](crate::Same) for the error enum of an operation: its structures. Which variant it is shows in
/// its text.
#[macro_export]
macro_rules! same_error {
    ($by:ty: $ours:ty, $theirs:ty { $($variant:ident)* }) => {
        impl $crate::Same<$theirs, $by> for $ours {
            fn same(&self, theirs: &$theirs) -> ::core::result::Result<(), $crate::Mismatch> {
                type Ours = $ours;
                type Theirs = $theirs;
                match (self, theirs) {
                    $((Ours::$variant(ours), Theirs::$variant(theirs)) => {
                        $crate::Same::<_, $by>::same(ours, theirs)
                            .map_err(|mismatch| mismatch.within(::core::stringify!($variant)))
                    })*
                    _ => ::core::result::Result::Ok(()),
                }
            }
        }
    };
}
