//! What services and their callers really send: names, ARNs, sentences, times, nested lists, of a wanted length and
//! always the same. It must not know any service, format or protocol, nor what is measured with it.

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::{Blob, DateTime, Document, Number};
use fastrand::Rng;
use tinsmith_runtime::value::{List, Map};
use tinsmith_runtime::{Binding, Member, Ref, Slot, Structure, Union, Value};

use crate::fill::{Enums, EnumsOf};

/// Below this nesting nothing is set that nests further.
const MAX_DEPTH: usize = 7;

/// In an element of a list, so many lists and maps have several entries.
const ELEMENTS: usize = 2;
const ENTRIES: usize = 4;

/// How likely an optional member of an element is set, in percent.
const FULLNESS: u8 = 85;

/// A structure's content: the same each time it is filled in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Content {
    /// The values of enums.
    pub(crate) enums: EnumsOf,
    /// About so many bytes of values; what a format writes around them comes on top.
    pub(crate) bytes: usize,
}

impl Content {
    /// A structure with this content.
    pub(crate) fn make<S: Structure + Value>(&self) -> S {
        let mut structure = S::empty();
        let mut filler = Filler { rng: Rng::with_seed(1), enums: self.enums, left: self.bytes };
        // Lists grow in turn, an element each time.
        let mut grows = filler.grow(&mut structure, true, 0);
        while grows && filler.left > 0 {
            grows = filler.grow(&mut structure, false, 0);
        }
        structure
    }
}

/// What a value is to say.
#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    enums: Enums,
    /// The name of the member that it is part of.
    name: &'static str,
    /// Whether it is part of the head of a message.
    head: bool,
}

struct Filler {
    rng: Rng,
    enums: EnumsOf,
    /// So many bytes are still wanted.
    left: usize,
}

impl Filler {
    fn place(&self, structure: &dyn Structure, member: &'static Member, depth: usize) -> Place {
        let name = member.rust_name();
        Place {
            depth,
            enums: (self.enums)(structure.schema().type_name(), name),
            name,
            head: member.is_bound() && member.binding() != Binding::Payload,
        }
    }

    /// Adds an element to each list that isn't part of another one; the first time, the rest is set. Whether there
    /// are such lists.
    fn grow(&mut self, structure: &mut dyn Structure, first: bool, depth: usize) -> bool {
        let mut grows = false;
        for (index, member) in structure.schema().members().iter().enumerate() {
            let place = self.place(structure, member, depth);
            let value = structure.member_mut(index);
            let skip = match place.head {
                true => !first,
                false => self.left == 0 && (!first || is_absent(value)),
            };
            if skip {
                continue;
            }
            if depth >= MAX_DEPTH && nests(value) {
                value.unset();
                continue;
            }
            match value.slot() {
                Slot::List(list) => {
                    self.element(list, place);
                    grows |= !place.head;
                }
                Slot::Structure(inner) => grows |= self.grow(inner, first, depth + 1),
                slot if first => self.value(slot, place),
                _ => {}
            }
        }
        grows
    }

    fn structure(&mut self, structure: &mut dyn Structure, depth: usize) {
        for (index, member) in structure.schema().members().iter().enumerate() {
            let place = self.place(structure, member, depth);
            let wanted = self.left > 0 && self.rng.u8(0..100) < FULLNESS;
            let value = structure.member_mut(index);
            if !wanted && is_absent(value) {
                continue;
            }
            if depth >= MAX_DEPTH && nests(value) {
                value.unset();
                continue;
            }
            self.value(value.slot(), place);
        }
    }

    fn union(&mut self, union: &mut dyn Union, depth: usize) {
        let schema = union.schema();
        let members = schema.members();
        // A variant that doesn't nest ends what is deep.
        let tries = if depth >= MAX_DEPTH { 20 } else { 1 };
        for _ in 0..tries {
            let index = self.rng.usize(0..members.len());
            let name = members[index].rust_name();
            let enums = (self.enums)(schema.type_name(), name);
            let Some(value) = union.select(index) else { return };
            if tries == 1 || !nests(value) {
                self.value(value.slot(), Place { depth, enums, name, head: false });
                return;
            }
        }
    }

    fn value(&mut self, slot: Slot<'_>, place: Place) {
        let rng = &mut self.rng;
        let mut length = 4;
        match slot {
            Slot::Boolean(value) => *value = rng.bool(),
            Slot::Byte(value) => *value = rng.i8(0..100),
            Slot::Short(value) => *value = rng.i16(0..10_000),
            Slot::Integer(value) => *value = rng.i32(0..100_000),
            Slot::Long(value) => *value = rng.i64(0..10_000_000_000),
            Slot::Float(value) => *value = f32::from(rng.u16(..)) / 8.0,
            Slot::Double(value) => *value = f64::from(rng.u32(0..10_000_000)) / 1000.0,
            Slot::BigInteger(value) => *value = digits(rng).parse().unwrap_or_default(),
            Slot::BigDecimal(value) => *value = digits(rng).parse().unwrap_or_default(),
            Slot::String(value) => {
                *value = text(rng, place.name, place.head);
                length = value.len();
            }
            Slot::Enum(value) => value.set(&enum_value(rng, place.enums.values)),
            Slot::Blob(value) => {
                *value = Blob::new(bytes(rng));
                length = value.as_ref().len();
            }
            Slot::Timestamp(value) => *value = timestamp(rng),
            Slot::Document(value) => *value = document(rng),
            Slot::List(list) => {
                length = 0;
                for _ in 0..self.rng.usize(1..=ELEMENTS) {
                    self.element(list, place);
                }
            }
            Slot::Map(map) => {
                length = 0;
                for _ in 0..self.rng.usize(1..=ENTRIES) {
                    self.entry(map, place);
                }
            }
            Slot::Structure(structure) => self.structure(structure, place.depth + 1),
            Slot::Union(union) => self.union(union, place.depth + 1),
            Slot::Stream(value) => *value = ByteStream::from(bytes(rng)),
            _ => {}
        }
        self.left = self.left.saturating_sub(length);
    }

    fn element(&mut self, list: &mut dyn List, place: Place) {
        self.value(list.push().slot(), Place { depth: place.depth + 1, ..place });
    }

    fn entry(&mut self, map: &mut dyn Map, place: Place) {
        let key = match place.enums.keys {
            [] => name(&mut self.rng),
            keys => enum_value(&mut self.rng, keys),
        };
        self.left = self.left.saturating_sub(key.len());
        self.value(map.insert(&key).slot(), Place { depth: place.depth + 1, ..place });
    }
}

/// Whether the member is optional and not set yet. All others are set, since what they are before is seldom sent.
fn is_absent(value: &dyn Value) -> bool {
    matches!(value.get(), Ref::Unset)
}

fn nests(value: &mut dyn Value) -> bool {
    matches!(value.slot(), Slot::Structure(_) | Slot::Union(_) | Slot::List(_) | Slot::Map(_))
}

const WORDS: [&str; 32] = [
    "account",
    "archive",
    "backup",
    "billing",
    "catalog",
    "daily",
    "delivery",
    "events",
    "export",
    "failover",
    "forecast",
    "gateway",
    "hourly",
    "import",
    "index",
    "invoice",
    "ledger",
    "metrics",
    "monthly",
    "orders",
    "payment",
    "primary",
    "production",
    "profile",
    "queue",
    "replica",
    "report",
    "search",
    "session",
    "staging",
    "stream",
    "warehouse",
];

/// What formats escape now and then.
const ODD: [&str; 6] = ["\"as is\"", "R&D", "<none>", "café", "don't", "a/b\n"];

fn word(rng: &mut Rng) -> &'static str {
    WORDS[rng.usize(0..WORDS.len())]
}

fn name(rng: &mut Rng) -> String {
    let (first, second) = (word(rng), word(rng));
    format!("{first}-{second}-{}", rng.u16(..))
}

fn digits(rng: &mut Rng) -> String {
    format!("{}.{:02}", rng.u32(0..1_000_000), rng.u8(0..100))
}

/// A text as a member of this name has it.
fn text(rng: &mut Rng, member: &str, head: bool) -> String {
    let any = |parts: &[&str]| parts.iter().any(|part| member.contains(part));
    match member {
        _ if head => name(rng),
        "n" | "ns" => digits(rng),
        _ if any(&["arn", "role"]) => {
            let (service, kind) = (word(rng), word(rng));
            format!("arn:aws:{service}:eu-west-1:123456789012:{kind}/{}", name(rng))
        }
        _ if any(&["document", "policy_input", "pattern"]) => policy(rng),
        _ if any(&["description", "comment", "reason", "message", "error"]) => sentence(rng),
        _ => name(rng),
    }
}

fn sentence(rng: &mut Rng) -> String {
    let mut text = word(rng).to_owned();
    for _ in 0..rng.usize(4..14) {
        text.push(' ');
        text.push_str(if rng.u8(0..20) == 0 { ODD[rng.usize(0..ODD.len())] } else { word(rng) });
    }
    text
}

fn policy(rng: &mut Rng) -> String {
    let (bucket, folder) = (name(rng), word(rng));
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":"arn:aws:s3:::{bucket}/{folder}/*"}}]}}"#
    )
}

fn enum_value(rng: &mut Rng, known: &[&'static str]) -> String {
    if known.is_empty() { name(rng) } else { known[rng.usize(0..known.len())].to_owned() }
}

fn bytes(rng: &mut Rng) -> Vec<u8> {
    (0..rng.usize(16..64)).map(|_| rng.u8(..)).collect()
}

/// Some time in this decade, to the millisecond.
fn timestamp(rng: &mut Rng) -> DateTime {
    let nanos = rng.u32(0..1000) * 1_000_000;
    DateTime::from_secs_and_nanos(rng.i64(1_577_836_800..1_893_456_000), nanos)
}

fn document(rng: &mut Rng) -> Document {
    let number = Document::Number(Number::PosInt(rng.u64(0..100_000)));
    Document::Object([(name(rng), number), (name(rng), Document::String(sentence(rng)))].into())
}
