//! Random values of any shape, by its schema: every kind of member, set and unset, plain and odd. It must
//! not know any service, format or protocol.

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::{Blob, DateTime, Document, Number};
use fastrand::Rng;
use tinsmith_runtime::value::{List, Map};
use tinsmith_runtime::{Binding, Member, Slot, Structure, StructureShape, Union};

use crate::text;

/// Below this nesting nothing is set that nests further.
const MAX_DEPTH: usize = 6;

/// So many values a message has, about.
const MAX_VALUES: usize = 400;

/// The values of the enums that a member is made of: the keys of its maps, and all else.
#[derive(Clone, Copy, Debug, Default)]
pub struct Enums {
    /// The values of keys.
    pub keys: &'static [&'static str],
    /// The values of what isn't a key.
    pub values: &'static [&'static str],
}

/// The enums of a member, by the Rust names of its type and itself.
pub type EnumsOf = fn(&str, &str) -> Enums;

/// How odd a message is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Style {
    /// Nothing is set.
    Empty,
    /// All is set, to what one would expect.
    Full,
    /// Anything that the types allow.
    Any,
}

/// Fills structures in.
pub struct Filler {
    rng: Rng,
    enums: EnumsOf,
    style: Style,
    /// How likely a member is set, in percent.
    fullness: u8,
    /// Whether a map may have more than one entry, whose order is then anyone's guess.
    long_maps: bool,
    values: usize,
}

/// Where a value is.
#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    enums: Enums,
    /// Whether it is part of the head of a message, where little can be said.
    head: bool,
}

impl Filler {
    pub(crate) fn new(seed: u64, style: Style, enums: EnumsOf) -> Self {
        let mut rng = Rng::with_seed(seed);
        let fullness = match style {
            Style::Empty => 0,
            Style::Full => 100,
            Style::Any => [15, 40, 80][rng.usize(0..3)],
        };
        let long_maps = style == Style::Any && rng.u8(0..8) == 0;
        Self { rng, enums, style, fullness, long_maps, values: 0 }
    }

    /// Whether maps may have several entries.
    pub(crate) fn has_long_maps(&self) -> bool {
        self.long_maps
    }

    pub(crate) fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    /// Fills a structure in.
    pub fn fill(&mut self, structure: &mut dyn Structure) {
        self.structure(structure, 0);
    }

    /// A structure that is filled in.
    pub fn filled<T: StructureShape>(&mut self) -> T {
        let mut structure = T::empty_structure();
        self.fill(&mut structure);
        structure
    }

    fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(0..100) < percent
    }

    fn structure(&mut self, structure: &mut dyn Structure, depth: usize) {
        let schema = structure.schema();
        for (index, member) in schema.members().iter().enumerate() {
            if !self.sets(member) {
                continue;
            }
            let value = structure.member_mut(index);
            let nests = matches!(
                value.slot(),
                Slot::Structure(_) | Slot::Union(_) | Slot::List(_) | Slot::Map(_)
            );
            if nests && self.is_deep(depth) {
                value.unset();
                continue;
            }
            let enums = (self.enums)(schema.type_name(), member.rust_name());
            let head = member.is_bound() && member.binding() != Binding::Payload;
            self.value(value.slot(), Place { depth, enums, head });
        }
    }

    fn is_deep(&self, depth: usize) -> bool {
        depth >= MAX_DEPTH || self.values >= MAX_VALUES
    }

    fn sets(&mut self, member: &Member) -> bool {
        // Without its labels there is no request, so that nothing else would be seen.
        if member.binding() == Binding::Label {
            self.chance(98)
        } else {
            self.chance(self.fullness)
        }
    }

    fn union(&mut self, union: &mut dyn Union, depth: usize) {
        let schema = union.schema();
        // Now and then it stays what it is: of no variant that is known.
        if schema.members().is_empty() || self.style == Style::Any && self.chance(1) {
            return;
        }
        // A variant that doesn't nest ends what is deep.
        let tries = if self.is_deep(depth) { 20 } else { 1 };
        for _ in 0..tries {
            let index = self.rng.usize(0..schema.members().len());
            let enums = (self.enums)(schema.type_name(), schema.members()[index].rust_name());
            let Some(value) = union.select(index) else { return };
            let nests = matches!(value.slot(), Slot::Structure(_) | Slot::Union(_));
            if !nests || tries == 1 {
                self.value(value.slot(), Place { depth, enums, head: false });
                return;
            }
        }
    }

    fn value(&mut self, slot: Slot<'_>, place: Place) {
        self.values += 1;
        let style = self.text_style(place);
        match slot {
            Slot::Boolean(value) => *value = self.rng.bool(),
            Slot::Byte(value) => *value = self.integer() as i8,
            Slot::Short(value) => *value = self.integer() as i16,
            Slot::Integer(value) => *value = self.integer() as i32,
            Slot::Long(value) => *value = self.integer(),
            Slot::Float(value) => *value = self.float() as f32,
            Slot::Double(value) => *value = self.float(),
            Slot::BigInteger(value) => {
                *value = self.integer().to_string().parse().unwrap_or_default();
            }
            Slot::BigDecimal(value) => {
                let number = format!("{}.5", self.integer());
                *value = number.parse().unwrap_or_default();
            }
            Slot::String(value) => *value = text::any(&mut self.rng, style),
            Slot::Enum(value) => value.set(&self.enum_value(place.enums.values, style)),
            Slot::Blob(value) => *value = Blob::new(self.bytes()),
            Slot::Timestamp(value) => *value = self.timestamp(),
            Slot::Document(value) => *value = self.document(place.depth),
            Slot::List(list) => self.list(list, place),
            Slot::Map(map) => self.map(map, place),
            Slot::Structure(structure) => self.structure(structure, place.depth + 1),
            Slot::Union(union) => self.union(union, place.depth + 1),
            Slot::Stream(value) => *value = ByteStream::from(self.bytes()),
            _ => {}
        }
    }

    fn text_style(&mut self, place: Place) -> text::Style {
        let odd = if place.head { 10 } else { 50 };
        if self.style == Style::Any && self.chance(odd) {
            text::Style::Any
        } else {
            text::Style::Word
        }
    }

    fn enum_value(&mut self, known: &[&'static str], style: text::Style) -> String {
        if !known.is_empty() && (self.style == Style::Full || self.chance(85)) {
            return known[self.rng.usize(0..known.len())].to_owned();
        }
        text::any(&mut self.rng, style)
    }

    fn list(&mut self, list: &mut dyn List, place: Place) {
        list.clear();
        let (most, least) = if self.style == Style::Full { (2, 1) } else { (3, 0) };
        let mut length = self.rng.usize(least..=most);
        if self.is_deep(place.depth) {
            length = 0;
        }
        for _ in 0..length {
            let element = list.push();
            if self.style == Style::Any && self.chance(10) {
                // Only sparse lists take it; in others the element is empty.
                element.unset();
                continue;
            }
            self.value(element.slot(), Place { depth: place.depth + 1, ..place });
        }
    }

    fn map(&mut self, map: &mut dyn Map, place: Place) {
        map.clear();
        let most = if self.long_maps { 4 } else { 1 };
        let least = usize::from(self.style == Style::Full);
        let mut length = self.rng.usize(least..=most);
        if self.is_deep(place.depth) {
            length = 0;
        }
        for _ in 0..length {
            let style = self.text_style(place);
            let key = self.enum_value(place.enums.keys, style);
            let value = map.insert(&key);
            if self.style == Style::Any && self.chance(10) {
                value.unset();
                continue;
            }
            self.value(value.slot(), Place { depth: place.depth + 1, ..place });
        }
    }

    fn integer(&mut self) -> i64 {
        match self.rng.u8(0..8) {
            0 => [0, 1, -1, i64::MAX, i64::MIN][self.rng.usize(0..5)],
            1 => self.rng.i64(..),
            2 => i64::from(self.rng.i32(..)),
            3 => -self.rng.i64(0..1000),
            _ => self.rng.i64(0..1000),
        }
    }

    fn float(&mut self) -> f64 {
        if self.style == Style::Full {
            return f64::from(self.rng.i32(0..1000)) / 8.0;
        }
        const ODD: [f64; 14] = [
            0.0,
            -0.0,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            1e16,
            1e15,
            1e-5,
            1e-7,
            9_007_199_254_740_993.0,
            0.1,
        ];
        match self.rng.u8(0..4) {
            0 => ODD[self.rng.usize(0..ODD.len())],
            1 => self.rng.i32(-1000..1000).into(),
            2 => (self.rng.f64() - 0.5) * 1e3,
            _ => f64::from_bits(self.rng.u64(..)),
        }
    }

    fn bytes(&mut self) -> Vec<u8> {
        let length = self.rng.usize(0..40);
        (0..length).map(|_| self.rng.u8(..)).collect()
    }

    fn timestamp(&mut self) -> DateTime {
        let secs = match (self.style, self.rng.u8(0..20)) {
            (Style::Any, 0) => self.rng.i64(-70_000_000_000..0),
            (Style::Any, 1) => self.rng.i64(250_000_000_000..260_000_000_000),
            (Style::Any, 2) => self.rng.i64(..),
            _ => self.rng.i64(0..5_000_000_000),
        };
        let nanos = match self.rng.u8(0..8) {
            0 => self.rng.u32(0..1_000_000_000),
            1 => self.rng.u32(0..1_000_000) * 1000,
            2..=4 => self.rng.u32(0..1000) * 1_000_000,
            _ => 0,
        };
        DateTime::from_secs_and_nanos(secs, nanos)
    }

    fn document(&mut self, depth: usize) -> Document {
        self.values += 1;
        let kinds = if self.is_deep(depth) { 6 } else { 8 };
        let rng = &mut self.rng;
        match rng.u8(0..kinds) {
            0 => Document::Null,
            1 => Document::Bool(rng.bool()),
            2 => Document::Number(Number::PosInt(rng.u64(..))),
            3 => Document::Number(Number::NegInt(-rng.i64(1..i64::MAX))),
            4 => Document::Number(Number::Float((rng.f64() - 0.5) * 1e6)),
            5 => Document::String(text::any(rng, text::Style::Any)),
            6 => {
                let length = self.rng.usize(0..3);
                Document::Array((0..length).map(|_| self.document(depth + 1)).collect())
            }
            _ => {
                let length = self.rng.usize(0..=usize::from(self.long_maps) + 1);
                let entries = (0..length).map(|_| {
                    (text::any(&mut self.rng, text::Style::Any), self.document(depth + 1))
                });
                Document::Object(entries.collect())
            }
        }
    }
}
