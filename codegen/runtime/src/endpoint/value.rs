//! What expressions stand for while rules are evaluated. Texts are borrowed from the parameters and the rules as long as
//! possible. It must not know which expressions there are.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use super::arn::Arn;
use super::params::ParamValue;
use super::partition::Partition;
use super::rules::Attr;
use super::url::Url;

/// The value of an expression that has one; it is small, for most are looked at once.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    Boolean(bool),
    Integer(i32),
    String(Cow<'a, str>),
    List(List<'a>),
    Partition(&'static Partition),
    Arn(Rc<Arn<'a>>),
    Url(Rc<Url<'a>>),
}

/// An array of texts.
#[derive(Clone, Debug)]
pub(super) enum List<'a> {
    Given(&'a [String]),
    Parts(Rc<[Cow<'a, str>]>),
}

/// A part of a text, borrowed if that is.
pub(super) fn part<'a>(text: &Cow<'a, str>, range: Range<usize>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(range).unwrap_or_default()),
        Cow::Owned(text) => Cow::Owned(text.get(range).unwrap_or_default().to_owned()),
    }
}

impl<'a> Value<'a> {
    /// The value of a parameter.
    pub(super) fn of(param: &'a ParamValue) -> Self {
        match param {
            ParamValue::Boolean(value) => Self::Boolean(*value),
            ParamValue::String(text) => Self::String(Cow::Borrowed(text)),
            ParamValue::StringArray(texts) => Self::List(List::Given(texts)),
        }
    }

    pub(super) fn text(text: &'static str) -> Self {
        Self::String(Cow::Borrowed(text))
    }

    /// Whether a condition holds that has this value.
    pub(super) fn holds(&self) -> bool {
        !matches!(self, Self::Boolean(false))
    }

    pub(super) fn boolean(self) -> Option<bool> {
        if let Self::Boolean(value) = self { Some(value) } else { None }
    }

    pub(super) fn string(self) -> Option<Cow<'a, str>> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    pub(super) fn index(self) -> Option<usize> {
        if let Self::Integer(number) = self { number.try_into().ok() } else { None }
    }

    /// A part of the value, if it has such a part.
    pub(super) fn attr(&self, attr: Attr) -> Option<Self> {
        match self {
            Self::Partition(partition) => of_partition(partition, attr),
            Self::Arn(arn) => of_arn(arn, attr),
            Self::Url(url) => of_url(url, attr),
            Self::List(list) => match attr {
                Attr::Element(index) => list.element(index).map(Self::String),
                _ => None,
            },
            Self::Boolean(_) | Self::Integer(_) | Self::String(_) => None,
        }
    }
}

fn of_partition<'a>(partition: &'static Partition, attr: Attr) -> Option<Value<'a>> {
    Some(match attr {
        Attr::Name => Value::text(partition.name),
        Attr::DnsSuffix => Value::text(partition.dns_suffix),
        Attr::DualStackDnsSuffix => Value::text(partition.dual_stack_dns_suffix),
        Attr::ImplicitGlobalRegion => Value::text(partition.implicit_global_region),
        Attr::SupportsFips => Value::Boolean(partition.supports_fips),
        Attr::SupportsDualStack => Value::Boolean(partition.supports_dual_stack),
        _ => return None,
    })
}

fn of_arn<'a>(arn: &Arn<'a>, attr: Attr) -> Option<Value<'a>> {
    Some(match attr {
        Attr::Partition => Value::String(arn.partition()),
        Attr::Service => Value::String(arn.service()),
        Attr::Region => Value::String(arn.region()),
        Attr::AccountId => Value::String(arn.account_id()),
        Attr::ResourceId => {
            Value::List(List::parts(&arn.resource(), |text| text.split([':', '/']).collect()))
        }
        _ => return None,
    })
}

fn of_url<'a>(url: &Url<'a>, attr: Attr) -> Option<Value<'a>> {
    Some(match attr {
        Attr::Scheme => Value::String(url.scheme()),
        Attr::Authority => Value::String(url.authority()),
        Attr::Path => Value::String(url.path()),
        Attr::NormalizedPath => Value::String(url.normalized_path()),
        Attr::IsIp => Value::Boolean(url.is_ip()),
        _ => return None,
    })
}

impl<'a> List<'a> {
    /// What a text is split into.
    pub(super) fn parts(text: &Cow<'a, str>, split: impl Fn(&str) -> Vec<&str>) -> Self {
        Self::Parts(match text {
            Cow::Borrowed(text) => split(text).into_iter().map(Cow::Borrowed).collect(),
            Cow::Owned(text) => {
                split(text).into_iter().map(|part| Cow::Owned(part.to_owned())).collect()
            }
        })
    }

    /// An element, from the front or, below zero, from the back.
    fn element(&self, index: i32) -> Option<Cow<'a, str>> {
        match self {
            Self::Given(texts) => {
                texts.get(position(index, texts.len())?).map(|text| Cow::Borrowed(&**text))
            }
            Self::Parts(texts) => texts.get(position(index, texts.len())?).cloned(),
        }
    }
}

/// The position that an index stands for in an array of this length.
fn position(index: i32, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(index) => Some(index),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}
