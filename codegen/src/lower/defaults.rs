//! `@default` → the value that a member holds unless something else is said. It must not know
//! structures.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tinsmith_model::{Shape, ShapeKind};

use crate::ir::Default;

/// The default of a member that targets this shape; `Err` says why it can't be one.
pub(super) fn default(target: &Shape, value: &Value) -> Result<Default, String> {
    let wrong = || format!("`{value}` can't be the default of a {}", target.type_name());
    Ok(match (&target.kind, value) {
        (ShapeKind::Boolean, Value::Bool(false)) => Default::Empty,
        (ShapeKind::Boolean, Value::Bool(true)) => Default::Boolean(true),
        (
            ShapeKind::Byte
            | ShapeKind::Short
            | ShapeKind::Integer
            | ShapeKind::Long
            | ShapeKind::IntEnum(_),
            value,
        ) => {
            let whole = value.as_i64().or_else(|| whole(value.as_f64()?)).ok_or_else(wrong)?;
            let (low, high) = match target.kind {
                ShapeKind::Byte => (i64::from(i8::MIN), i64::from(i8::MAX)),
                ShapeKind::Short => (i64::from(i16::MIN), i64::from(i16::MAX)),
                ShapeKind::Long => (i64::MIN, i64::MAX),
                _ => (i64::from(i32::MIN), i64::from(i32::MAX)),
            };
            match whole {
                0 => Default::Empty,
                _ if (low..=high).contains(&whole) => Default::Integer(whole),
                _ => return Err(wrong()),
            }
        }
        (ShapeKind::Float | ShapeKind::Double, value) => match value.as_f64().ok_or_else(wrong)? {
            0.0 => Default::Empty,
            float => Default::Float(float),
        },
        (ShapeKind::BigInteger, value) => big_number(value, true).ok_or_else(wrong)?,
        (ShapeKind::BigDecimal, value) => big_number(value, false).ok_or_else(wrong)?,
        (ShapeKind::Enum(_), Value::String(text)) => Default::Enum(text.clone()),
        (ShapeKind::String, Value::String(text)) if super::is_string_enum(target) => {
            Default::Enum(text.clone())
        }
        (ShapeKind::String, Value::String(text)) => match text.as_str() {
            "" => Default::Empty,
            text => Default::String(text.to_owned()),
        },
        (ShapeKind::Blob, Value::String(text)) => {
            match STANDARD.decode(text).map_err(|_| wrong())? {
                bytes if bytes.is_empty() => Default::Empty,
                bytes => Default::Blob(bytes),
            }
        }
        (ShapeKind::List(_), Value::Array(values)) if values.is_empty() => Default::Empty,
        (ShapeKind::Map { .. }, Value::Object(entries)) if entries.is_empty() => Default::Empty,
        (ShapeKind::Document, value) => document(value).ok_or_else(wrong)?,
        (ShapeKind::Timestamp, value) => match value.as_i64().ok_or_else(wrong)? {
            0 => Default::Empty,
            seconds => Default::Timestamp(seconds, 0),
        },
        _ => return Err(wrong()),
    })
}

/// The default as a number or boolean, if the shape is one of a size that Rust has.
pub(super) fn scalar(target: &Shape, default: &Default) -> Option<Default> {
    match (default, &target.kind) {
        (Default::Boolean(_) | Default::Integer(_) | Default::Float(_), _) => Some(default.clone()),
        (Default::Empty, ShapeKind::Boolean) => Some(Default::Boolean(false)),
        (
            Default::Empty,
            ShapeKind::Byte
            | ShapeKind::Short
            | ShapeKind::Integer
            | ShapeKind::Long
            | ShapeKind::IntEnum(_),
        ) => Some(Default::Integer(0)),
        (Default::Empty, ShapeKind::Float | ShapeKind::Double) => Some(Default::Float(0.0)),
        _ => None,
    }
}

/// A number of any size; a text may give what no JSON number can.
fn big_number(value: &Value, whole: bool) -> Option<Default> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let fits = if whole {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    } else {
        digits.starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok()
    };
    match fits {
        true if digits == "0" => Some(Default::Empty),
        true => Some(Default::BigNumber(text)),
        false => None,
    }
}

/// A document's default: a simple value, or an array or object with nothing in it.
fn document(value: &Value) -> Option<Default> {
    let simple = match value {
        Value::Null => return Some(Default::Empty),
        Value::Array(values) => return values.is_empty().then_some(Default::EmptyArray),
        Value::Object(entries) => return entries.is_empty().then_some(Default::EmptyObject),
        Value::Bool(value) => Default::Boolean(*value),
        Value::String(text) => Default::String(text.clone()),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Default::Integer(whole),
            None => Default::Float(number.as_f64()?),
        },
    };
    Some(Default::Document(Box::new(simple)))
}

/// A float that is a whole number.
fn whole(float: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and in range")]
    (float.fract() == 0.0 && float.abs() < 9e15).then_some(float as i64)
}
