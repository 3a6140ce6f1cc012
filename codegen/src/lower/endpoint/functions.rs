//! The functions that rules call, and the parts of what they give: a row each, with the name in the runtime. It must not
//! know how rules are read.

/// What kind of value an expression has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Any,
    Boolean,
    Integer,
    String,
    Array,
    Partition,
    Arn,
    Url,
}

impl Kind {
    /// Whether a value of one kind may stand where the other is asked for.
    pub(super) fn fits(self, asked: Self) -> bool {
        self == asked || self == Self::Any || asked == Self::Any
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Any => "anything",
            Self::Boolean => "a boolean",
            Self::Integer => "a number",
            Self::String => "a string",
            Self::Array => "an array of strings",
            Self::Partition => "a partition",
            Self::Arn => "an ARN",
            Self::Url => "a URL",
        }
    }
}

/// A function of the standard library, or of AWS's.
pub(super) struct Function {
    pub(super) name: &'static str,
    /// The variant of `Expr` in the runtime.
    pub(super) runtime: &'static str,
    pub(super) arguments: &'static [Kind],
    /// What it gives; `Any` stands for the kind of its last argument.
    pub(super) gives: Kind,
    /// Whether it takes more arguments of the last one's kind.
    pub(super) variadic: bool,
}

const fn function(
    name: &'static str,
    runtime: &'static str,
    arguments: &'static [Kind],
    gives: Kind,
) -> Function {
    Function { name, runtime, arguments, gives, variadic: false }
}

use Kind::{Any, Arn, Array, Boolean, Integer, Partition, String, Url};

/// All but `getAttr`, whose second argument is a path.
static FUNCTIONS: [Function; 14] = [
    function("isSet", "IsSet", &[Any], Boolean),
    function("not", "Not", &[Boolean], Boolean),
    function("booleanEquals", "BooleanEquals", &[Boolean, Boolean], Boolean),
    function("stringEquals", "StringEquals", &[String, String], Boolean),
    Function { variadic: true, ..function("coalesce", "Coalesce", &[Any, Any], Any) },
    function("ite", "Ite", &[Boolean, Any, Any], Any),
    function("substring", "Substring", &[String, Integer, Integer, Boolean], String),
    function("split", "Split", &[String, String, Integer], Array),
    function("uriEncode", "UriEncode", &[String], String),
    function("parseURL", "ParseUrl", &[String], Url),
    function("isValidHostLabel", "IsValidHostLabel", &[String, Boolean], Boolean),
    function("aws.partition", "Partition", &[String], Partition),
    function("aws.parseArn", "ParseArn", &[String], Arn),
    function(
        "aws.isVirtualHostableS3Bucket",
        "IsVirtualHostableS3Bucket",
        &[String, Boolean],
        Boolean,
    ),
];

/// A part: of what kind, its name, its name in the runtime, and its own kind.
static ATTRS: [(Kind, &str, &str, Kind); 16] = [
    (Partition, "name", "Name", String),
    (Partition, "dnsSuffix", "DnsSuffix", String),
    (Partition, "dualStackDnsSuffix", "DualStackDnsSuffix", String),
    (Partition, "supportsFIPS", "SupportsFips", Boolean),
    (Partition, "supportsDualStack", "SupportsDualStack", Boolean),
    (Partition, "implicitGlobalRegion", "ImplicitGlobalRegion", String),
    (Arn, "partition", "Partition", String),
    (Arn, "service", "Service", String),
    (Arn, "region", "Region", String),
    (Arn, "accountId", "AccountId", String),
    (Arn, "resourceId", "ResourceId", Array),
    (Url, "scheme", "Scheme", String),
    (Url, "authority", "Authority", String),
    (Url, "path", "Path", String),
    (Url, "normalizedPath", "NormalizedPath", String),
    (Url, "isIp", "IsIp", Boolean),
];

/// The function with this name.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// The names of all functions.
pub(super) fn names() -> std::string::String {
    let names: Vec<&str> = FUNCTIONS.iter().map(|function| function.name).collect();
    format!("{} and getAttr", names.join(", "))
}

/// The name in the runtime, and the kind, of a part of a value of this kind.
pub(super) fn attr(of: Kind, name: &str) -> Option<(&'static str, Kind)> {
    ATTRS
        .iter()
        .find(|(kind, attr, _, _)| *kind == of && *attr == name)
        .map(|(_, _, runtime, kind)| (*runtime, *kind))
}
