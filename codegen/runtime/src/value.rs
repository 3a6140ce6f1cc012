//! How a value of any Smithy type is looked at ([`Ref`]) and filled in ([`Slot`]) without knowing its
//! Rust type. It must not know any format: codecs, `Debug` and bridges all read these.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Debug;
use std::hash::Hash;

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

use crate::error::Error;
use crate::event_stream::EventStream;
use crate::schema::Schema;
use crate::unknown::UnknownVariantError;

/// A value of a Smithy shape: what a member of a structure holds.
///
/// Implemented here for the types that stand for simple shapes, lists and maps, and for `Option` and
/// `Box` around them; a generated structure, union or enum implements it in a line a method.
pub trait Value {
    /// The value as it is.
    fn get(&self) -> Ref<'_>;

    /// The place to read a value into. Where the value is absent, [`empty`](Value::empty) is put
    /// there first.
    fn slot(&mut self) -> Slot<'_>;

    /// Makes the value absent. One that can't be absent stays as it is.
    fn unset(&mut self) {}

    /// The value that reading starts from: zero, `false`, nothing in it, absent. It is also what
    /// [client error correction](https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction)
    /// puts in the place of a missing `@required` member.
    fn empty() -> Self
    where
        Self: Sized;
}

/// A look at a [`Value`].
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Ref<'a> {
    /// Absent: `None`.
    Unset,
    /// `boolean`
    Boolean(bool),
    /// `byte`
    Byte(i8),
    /// `short`
    Short(i16),
    /// `integer` and `intEnum`
    Integer(i32),
    /// `long`
    Long(i64),
    /// `float`
    Float(f32),
    /// `double`
    Double(f64),
    /// `bigInteger`
    BigInteger(&'a BigInteger),
    /// `bigDecimal`
    BigDecimal(&'a BigDecimal),
    /// `string`
    String(&'a str),
    /// `enum`
    Enum(&'a dyn StringEnum),
    /// `blob`
    Blob(&'a Blob),
    /// `timestamp`
    Timestamp(&'a DateTime),
    /// `document`
    Document(&'a Document),
    /// `list`
    List(&'a dyn List),
    /// `map`
    Map(&'a dyn Map),
    /// `structure`
    Structure(&'a dyn Structure),
    /// `union`
    Union(&'a dyn Union),
    /// A [`@streaming`](https://smithy.io/2.0/spec/streaming.html#streaming-trait) `blob`
    Stream(&'a ByteStream),
    /// A `@streaming` `union`: a stream of events
    EventStream(&'a dyn EventStream),
}

/// A place of a known type to read into.
#[non_exhaustive]
pub enum Slot<'a> {
    /// `boolean`
    Boolean(&'a mut bool),
    /// `byte`
    Byte(&'a mut i8),
    /// `short`
    Short(&'a mut i16),
    /// `integer` and `intEnum`
    Integer(&'a mut i32),
    /// `long`
    Long(&'a mut i64),
    /// `float`
    Float(&'a mut f32),
    /// `double`
    Double(&'a mut f64),
    /// `bigInteger`
    BigInteger(&'a mut BigInteger),
    /// `bigDecimal`
    BigDecimal(&'a mut BigDecimal),
    /// `string`
    String(&'a mut String),
    /// `enum`
    Enum(&'a mut dyn StringEnum),
    /// `blob`
    Blob(&'a mut Blob),
    /// `timestamp`
    Timestamp(&'a mut DateTime),
    /// `document`
    Document(&'a mut Document),
    /// `list`
    List(&'a mut dyn List),
    /// `map`
    Map(&'a mut dyn Map),
    /// `structure`
    Structure(&'a mut dyn Structure),
    /// `union`
    Union(&'a mut dyn Union),
    /// A `@streaming` `blob`
    Stream(&'a mut ByteStream),
    /// A `@streaming` `union`: a stream of events
    EventStream(&'a mut dyn EventStream),
}

/// A [structure](https://smithy.io/2.0/spec/aggregate-types.html#structure) with its members by
/// position.
pub trait Structure {
    /// What the structure says of itself.
    fn schema(&self) -> &'static Schema;

    /// The member at `index` of [`Schema::members`].
    ///
    /// # Panics
    /// If there is none.
    fn member(&self, index: usize) -> &dyn Value;

    /// The same, to read into.
    fn member_mut(&mut self, index: usize) -> &mut dyn Value;

    /// A field that `Debug` shows after the members though the model doesn't have it.
    fn extra(&self) -> Option<(&'static str, &dyn std::fmt::Debug)> {
        None
    }
}

/// What a type says of itself to be a [`Structure`] and a [`Value`]: all of it that is not the same for every structure.
pub trait StructureShape: Sized {
    /// What the structure says of itself.
    const SCHEMA: &'static Schema;

    /// As [`Structure::member`].
    fn member(&self, index: usize) -> &dyn Value;

    /// As [`Structure::member_mut`].
    fn member_mut(&mut self, index: usize) -> &mut dyn Value;

    /// The structure that reading starts from: each member [empty](Value::empty), or its default.
    fn empty_structure() -> Self;

    /// As [`Structure::extra`].
    #[inline]
    fn extra(&self) -> Option<(&'static str, &dyn std::fmt::Debug)> {
        None
    }
}

impl<T: StructureShape> Structure for T {
    #[inline]
    fn schema(&self) -> &'static Schema {
        T::SCHEMA
    }
    #[inline]
    fn member(&self, index: usize) -> &dyn Value {
        StructureShape::member(self, index)
    }
    #[inline]
    fn member_mut(&mut self, index: usize) -> &mut dyn Value {
        StructureShape::member_mut(self, index)
    }
    #[inline]
    fn extra(&self) -> Option<(&'static str, &dyn std::fmt::Debug)> {
        StructureShape::extra(self)
    }
}

impl<T: StructureShape> Value for T {
    #[inline]
    fn get(&self) -> Ref<'_> {
        Ref::Structure(self)
    }
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Structure(self)
    }
    #[inline]
    fn empty() -> Self {
        T::empty_structure()
    }
}

/// A [union](https://smithy.io/2.0/spec/aggregate-types.html#union).
pub trait Union {
    /// What the union says of itself; its members are the variants.
    fn schema(&self) -> &'static Schema;

    /// The variant that is set with its position, or `None` if it is one this crate doesn't know.
    fn variant(&self) -> Option<(usize, &dyn Value)>;

    /// Makes the variant at `index` the one that is set, with an empty value to read into; `None` if
    /// there is none.
    fn select(&mut self, index: usize) -> Option<&mut dyn Value>;
}

/// A string [enum](https://smithy.io/2.0/spec/simple-types.html#enum), which keeps values it
/// doesn't know.
pub trait StringEnum: Debug {
    /// The value on the wire.
    fn as_str(&self) -> &str;

    /// Takes the value from the wire.
    fn set(&mut self, value: &str);
}

/// What a string enum whose values have names says of itself to be a [`StringEnum`] and a [`Key`]: nothing that it can't anyway.
pub trait EnumShape: Debug + Eq + Hash + AsRef<str> + for<'a> From<&'a str> {}

/// The enum's value with this text, if it is among those that the enum knows.
///
/// # Errors
/// If it isn't.
pub fn known<T: EnumShape>(text: &str, values: &[&str]) -> Result<T, UnknownVariantError> {
    if values.contains(&text) { Ok(T::from(text)) } else { Err(UnknownVariantError::new(text)) }
}

impl<T: EnumShape> StringEnum for T {
    #[inline]
    fn as_str(&self) -> &str {
        self.as_ref()
    }
    #[inline]
    fn set(&mut self, value: &str) {
        *self = T::from(value);
    }
}

impl<T: EnumShape> Key for T {
    #[inline]
    fn as_str(&self) -> &str {
        self.as_ref()
    }
    #[inline]
    fn from_str(text: &str) -> Self {
        T::from(text)
    }
}

/// A list of any elements.
pub trait List {
    /// How many elements there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at `index`.
    fn get(&self, index: usize) -> Option<&dyn Value>;

    /// Removes all elements.
    fn clear(&mut self);

    /// Appends an empty element to read into.
    fn push(&mut self) -> &mut dyn Value;
}

/// A map from strings, or string enums, to any values.
pub trait Map {
    /// How many entries there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries, in the map's order.
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, &dyn Value)> + '_>;

    /// Calls `visit` with each entry, in the map's order, until it fails: cheaper than [`entries`](Map::entries).
    ///
    /// # Errors
    /// That of `visit`.
    fn visit(
        &self,
        visit: &mut dyn FnMut(&str, &dyn Value) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.entries().try_for_each(|(key, value)| visit(key, value))
    }

    /// The value at `key`.
    fn value(&self, key: &str) -> Option<&dyn Value>;

    /// The keys, in the same order: an enum shows as what it is, not as its text.
    fn keys(&self) -> Box<dyn Iterator<Item = &dyn Debug> + '_>;

    /// Removes all entries.
    fn clear(&mut self);

    /// The empty value that now stands at `key`, to read into.
    fn insert(&mut self, key: &str) -> &mut dyn Value;
}

/// The key of a map: a string or a string enum.
pub trait Key: Debug + Eq + Hash {
    /// The key's text.
    fn as_str(&self) -> &str;

    /// The key of this text.
    fn from_str(text: &str) -> Self;
}

impl Key for String {
    fn as_str(&self) -> &str {
        self
    }
    fn from_str(text: &str) -> Self {
        text.to_owned()
    }
}

macro_rules! simple {
    ($($type:ty: $get:expr, $kind:ident, $empty:expr;)*) => {$(
        impl Value for $type {
            #[inline]
            fn get(&self) -> Ref<'_> {
                let get: fn(&$type) -> Ref<'_> = $get;
                get(self)
            }
            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::$kind(self)
            }
            #[inline]
            fn empty() -> Self {
                $empty
            }
        }
    )*};
}

simple! {
    bool: |v| Ref::Boolean(*v), Boolean, false;
    i8: |v| Ref::Byte(*v), Byte, 0;
    i16: |v| Ref::Short(*v), Short, 0;
    i32: |v| Ref::Integer(*v), Integer, 0;
    i64: |v| Ref::Long(*v), Long, 0;
    f32: |v| Ref::Float(*v), Float, 0.0;
    f64: |v| Ref::Double(*v), Double, 0.0;
    BigInteger: |v| Ref::BigInteger(v), BigInteger, BigInteger::default();
    BigDecimal: |v| Ref::BigDecimal(v), BigDecimal, BigDecimal::default();
    String: |v| Ref::String(v), String, String::new();
    Blob: |v| Ref::Blob(v), Blob, Blob::new(Vec::new());
    DateTime: |v| Ref::Timestamp(v), Timestamp, DateTime::from_secs(0);
    Document: |v| Ref::Document(v), Document, Document::Null;
    ByteStream: |v| Ref::Stream(v), Stream, ByteStream::default();
}

impl<T: Value> Value for Option<T> {
    #[inline]
    fn get(&self) -> Ref<'_> {
        match self {
            Some(value) => value.get(),
            None => Ref::Unset,
        }
    }
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::empty).slot()
    }
    #[inline]
    fn unset(&mut self) {
        *self = None;
    }
    #[inline]
    fn empty() -> Self {
        None
    }
}

/// So that a structure which is in a box, because it has others like itself in it, is a [`Value`] as well.
impl<T: StructureShape> StructureShape for Box<T> {
    const SCHEMA: &'static Schema = T::SCHEMA;

    #[inline]
    fn member(&self, index: usize) -> &dyn Value {
        StructureShape::member(&**self, index)
    }
    #[inline]
    fn member_mut(&mut self, index: usize) -> &mut dyn Value {
        StructureShape::member_mut(&mut **self, index)
    }
    #[inline]
    fn empty_structure() -> Self {
        Box::new(T::empty_structure())
    }
    #[inline]
    fn extra(&self) -> Option<(&'static str, &dyn std::fmt::Debug)> {
        StructureShape::extra(&**self)
    }
}

impl<T: Value> Value for Vec<T> {
    #[inline]
    fn get(&self) -> Ref<'_> {
        Ref::List(self)
    }
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
    #[inline]
    fn empty() -> Self {
        Vec::new()
    }
}

impl<T: Value> List for Vec<T> {
    #[inline]
    fn len(&self) -> usize {
        Vec::len(self)
    }
    #[inline]
    fn get(&self, index: usize) -> Option<&dyn Value> {
        <[T]>::get(self, index).map(|value| value as &dyn Value)
    }
    #[inline]
    fn clear(&mut self) {
        Vec::clear(self);
    }
    #[inline]
    fn push(&mut self) -> &mut dyn Value {
        let last = self.len();
        Vec::push(self, T::empty());
        &mut self[last]
    }
}

impl<K: Key, V: Value> Value for HashMap<K, V> {
    #[inline]
    fn get(&self) -> Ref<'_> {
        Ref::Map(self)
    }
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
    #[inline]
    fn empty() -> Self {
        HashMap::new()
    }
}

impl<K: Key, V: Value> Map for HashMap<K, V> {
    #[inline]
    fn len(&self) -> usize {
        HashMap::len(self)
    }
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, &dyn Value)> + '_> {
        Box::new(self.iter().map(|(key, value)| (key.as_str(), value as &dyn Value)))
    }
    fn visit(
        &self,
        visit: &mut dyn FnMut(&str, &dyn Value) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.iter().try_for_each(|(key, value)| visit(key.as_str(), value))
    }
    fn value(&self, key: &str) -> Option<&dyn Value> {
        HashMap::get(self, &K::from_str(key)).map(|value| value as &dyn Value)
    }
    fn keys(&self) -> Box<dyn Iterator<Item = &dyn Debug> + '_> {
        Box::new(HashMap::keys(self).map(|key| key as &dyn Debug))
    }
    #[inline]
    fn clear(&mut self) {
        HashMap::clear(self);
    }
    fn insert(&mut self, key: &str) -> &mut dyn Value {
        match self.entry(K::from_str(key)) {
            Entry::Vacant(entry) => entry.insert(V::empty()),
            Entry::Occupied(entry) => {
                let value = entry.into_mut();
                *value = V::empty();
                value
            }
        }
    }
}

/// Nothing: the target of members that carry no value.
/// See [unit type](https://smithy.io/2.0/spec/model.html#unit-type).
#[derive(Clone, Copy, Debug)]
pub enum Unit {}

/// The value of a union's variant without a payload. It takes no memory, so that a place to read
/// into exists without one: `&mut []`.
pub type NoPayload = [Unit; 0];

impl StructureShape for NoPayload {
    const SCHEMA: &'static Schema = &Schema::new("smithy.api#Unit", "Unit", &[]);

    fn member(&self, index: usize) -> &dyn Value {
        no_member(index)
    }
    fn member_mut(&mut self, index: usize) -> &mut dyn Value {
        no_member(index)
    }
    fn empty_structure() -> Self {
        []
    }
}

/// Fills in the members that a response lacks though they are `@required`, as far as their empty
/// value isn't there already.
/// See [client error correction](https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction).
#[inline]
pub fn correct(structure: &mut dyn Structure) {
    if structure.schema().has_corrected() {
        correct_members(structure);
    }
}

fn correct_members(structure: &mut dyn Structure) {
    for (index, member) in structure.schema().members().iter().enumerate() {
        if member.is_corrected() {
            let value = structure.member_mut(index);
            if matches!(value.get(), Ref::Unset)
                && let Slot::Structure(nested) = value.slot()
            {
                correct(nested);
            }
        }
    }
}

/// There is no such member: the code that asks doesn't go by the schema.
///
/// # Panics
/// Always.
#[cold]
#[inline(never)]
#[track_caller]
pub fn no_member(index: usize) -> ! {
    panic!("the structure has no member at {index}")
}
