//! Response bodies: right ones in every spelling, wrong ones, and damaged ones.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A response body with jobs.
pub(crate) struct Body;

impl Body {
    /// A body of so many jobs, all members set.
    pub(crate) fn example(jobs: usize) -> Value {
        let jobs: Vec<Value> = (0..jobs).map(job_example).collect();
        json!({ "ForecastExportJobs": jobs, "NextToken": "token" })
    }
}

fn job_example(index: usize) -> Value {
    json!({
        "ForecastExportJobArn": format!("arn:aws:forecast:eu-west-1:123456789012:forecast-export-job/f/{index}"),
        "ForecastExportJobName": format!("export_{index}"),
        "Destination": { "S3Config": {
            "Path": format!("s3://bucket/exports/{index}"),
            "RoleArn": "arn:aws:iam::123456789012:role/forecast",
            "KMSKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/k",
        } },
        "Status": "ACTIVE",
        "Message": "done \"well\"\n",
        "CreationTime": 1_690_000_000.25,
        "LastModificationTime": 1_690_003_600,
    })
}

/// A member that is set, null, or left out.
fn member<S>(name: &'static str, value: S) -> impl Strategy<Value = Option<(String, Value)>>
where
    S: Strategy<Value = Value>,
{
    prop_oneof![
        6 => value.prop_map(Some),
        1 => Just(Some(Value::Null)),
        2 => Just(None),
    ]
    .prop_map(move |value| value.map(|value| (name.to_owned(), value)))
}

fn text() -> impl Strategy<Value = Value> {
    prop_oneof!["[ -~]{0,30}", any::<String>(), "[\"\\\\\u{0}-\u{1f}é😀/]{0,10}"]
        .prop_map(Value::String)
}

fn time() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0..4_000_000_000_i64).prop_map(Value::from),
        (-1e10..1e11_f64).prop_map(Value::from),
        (0..4_000_000_000_000_i64).prop_map(|ms| json!(ms as f64 / 1000.0)),
    ]
}

/// Any JSON value.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text(),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-zA-Z]{0,6}", inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// The members in some order, with some that the model doesn't have.
fn object(
    members: impl Strategy<Value = Vec<Option<(String, Value)>>>,
) -> impl Strategy<Value = Value> {
    let unknown = prop::option::weighted(0.3, ("[a-z]{1,8}", any_value()));
    (members, unknown)
        .prop_map(|(mut members, unknown)| {
            members.push(unknown);
            members.into_iter().flatten().collect::<Vec<_>>()
        })
        .prop_shuffle()
        .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>()))
}

fn destination() -> impl Strategy<Value = Value> {
    let config = object(
        (member("Path", text()), member("RoleArn", text()), member("KMSKeyArn", text()))
            .prop_map(|(a, b, c)| vec![a, b, c]),
    );
    object(member("S3Config", config).prop_map(|a| vec![a]))
}

fn job() -> impl Strategy<Value = Value> {
    let members = (
        member("ForecastExportJobArn", text()),
        member("ForecastExportJobName", text()),
        member("Destination", destination()),
        member("Status", text()),
        member("Message", text()),
        member("CreationTime", time()),
        member("LastModificationTime", time()),
    );
    object(members.prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g]))
}

fn tree() -> impl Strategy<Value = Value> {
    let jobs = prop::collection::vec(job(), 0..4).prop_map(Value::from);
    object(
        (member("ForecastExportJobs", jobs), member("NextToken", text()))
            .prop_map(|(a, b)| vec![a, b]),
    )
}

/// A right body, spelled in some way.
pub(crate) fn jobs_body() -> impl Strategy<Value = String> {
    (tree(), prop::collection::vec(any::<u8>(), 1..64)).prop_map(|(tree, choices)| {
        let mut spelling = Spelling { choices, next: 0, out: String::new() };
        spelling.value(&tree);
        spelling.out
    })
}

/// A body in which one value is of any type.
pub(crate) fn any_body() -> impl Strategy<Value = String> {
    (tree(), any_value(), any::<prop::sample::Index>()).prop_map(|(mut tree, value, index)| {
        let count = places(&tree);
        replace(&mut tree, index.index(count), value);
        tree.to_string()
    })
}

fn places(value: &Value) -> usize {
    1 + match value {
        Value::Array(values) => values.iter().map(places).sum(),
        Value::Object(entries) => entries.values().map(places).sum::<usize>(),
        _ => 0,
    }
}

/// Replaces the value at a place, counted from the outside; true when it is done.
fn replace(value: &mut Value, mut at: usize, new: Value) -> bool {
    if at == 0 {
        *value = new;
        return true;
    }
    at -= 1;
    let children: Vec<&mut Value> = match value {
        Value::Array(values) => values.iter_mut().collect(),
        Value::Object(entries) => entries.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        let count = places(child);
        if at < count {
            return replace(child, at, new);
        }
        at -= count;
    }
    false
}

/// Writes JSON with white space and escapes wherever the grammar has room for them.
struct Spelling {
    choices: Vec<u8>,
    next: usize,
    out: String,
}

impl Spelling {
    fn choice(&mut self, of: u8) -> u8 {
        self.next += 1;
        self.choices[self.next % self.choices.len()] % of
    }

    fn space(&mut self) {
        let space = ["", "", "", " ", "\n  ", "\t\r"][usize::from(self.choice(6))];
        self.out.push_str(space);
    }

    fn value(&mut self, value: &Value) {
        self.space();
        match value {
            Value::String(text) => self.string(text),
            Value::Array(values) => {
                self.out.push('[');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        self.out.push(',');
                    }
                    self.value(value);
                }
                self.space();
                self.out.push(']');
            }
            Value::Object(entries) => {
                self.out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 {
                        self.out.push(',');
                    }
                    self.space();
                    self.string(key);
                    self.space();
                    self.out.push(':');
                    self.value(value);
                }
                self.space();
                self.out.push('}');
            }
            other => self.out.push_str(&other.to_string()),
        }
        self.space();
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            if self.choice(8) == 0 {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    self.out.push_str(&format!("\\u{unit:04X}"));
                }
            } else {
                let quoted = Value::String(c.to_string()).to_string();
                self.out.push_str(&quoted[1..quoted.len() - 1]);
            }
        }
        self.out.push('"');
    }
}

/// What happens to a body on the way.
#[derive(Clone, Debug)]
pub(crate) enum Damage {
    /// The end is missing.
    Truncated(prop::sample::Index),
    /// A byte is another one.
    Flipped(prop::sample::Index, u8),
    /// There is a byte too many.
    Inserted(prop::sample::Index, u8),
}

/// Some damage; bytes that JSON gives a meaning come more often.
pub(crate) fn damage() -> impl Strategy<Value = Damage> {
    let byte = || prop_oneof![any::<u8>(), prop::sample::select(b"{}[]\",:\\ntf".to_vec())];
    let place = any::<prop::sample::Index>;
    prop_oneof![
        place().prop_map(Damage::Truncated),
        (place(), byte()).prop_map(|(at, byte)| Damage::Flipped(at, byte)),
        (place(), byte()).prop_map(|(at, byte)| Damage::Inserted(at, byte)),
    ]
}

impl Damage {
    /// The body as it arrives.
    pub(crate) fn apply(&self, body: &[u8]) -> Vec<u8> {
        let mut body = body.to_vec();
        match self {
            Self::Truncated(at) => body.truncate(at.index(body.len())),
            Self::Flipped(at, byte) => {
                let at = at.index(body.len());
                body[at] = *byte;
            }
            Self::Inserted(at, byte) => body.insert(at.index(body.len() + 1), *byte),
        }
        body
    }
}
