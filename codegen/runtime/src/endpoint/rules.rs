//! What a service says of its endpoints, as `static` plain data: parameters, and a graph of conditions whose ways end
//! at endpoints or errors. It must not know how it is evaluated.
//!
//! A generator makes the same graph of either form that models have: of the tree of
//! [`endpointRuleSet`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointruleset-trait)
//! and of the binary decision diagram of
//! [`endpointBdd`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointbdd-trait).

/// The endpoint rules of a service.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    parameters: &'static [Parameter],
    variables: u8,
    conditions: &'static [Condition],
    outcomes: &'static [Outcome],
    nodes: &'static [Node],
}

/// A condition by its position, the place to go on at if it holds, and that if it doesn't.
///
/// Places count the nodes, and after them the outcomes; a place behind the last outcome means that no rule matches.
pub type Node = [u16; 3];

impl Rules {
    /// Rules that begin at the first node, or, if there is none, end at the first outcome. References count the
    /// parameters, and after them so many variables.
    ///
    /// # Panics
    /// If a way doesn't lead forward, or a node's condition isn't there; in a `static`, when it is compiled.
    #[must_use]
    pub const fn new(
        parameters: &'static [Parameter],
        variables: u8,
        conditions: &'static [Condition],
        outcomes: &'static [Outcome],
        nodes: &'static [Node],
    ) -> Self {
        let mut index = 0;
        while index < nodes.len() {
            let [condition, yes, no] = nodes[index];
            assert!((condition as usize) < conditions.len(), "a node's condition isn't there");
            assert!(yes as usize > index && no as usize > index, "a way doesn't lead forward");
            index += 1;
        }
        Self { parameters, variables, conditions, outcomes, nodes }
    }

    /// The parameters.
    #[must_use]
    pub const fn parameters(&self) -> &'static [Parameter] {
        self.parameters
    }

    /// The position of the parameter with this name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.parameters.iter().position(|parameter| parameter.name == name)
    }

    /// The position of the parameter that is bound to this
    /// [built-in](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#rules-engine-built-ins).
    #[must_use]
    pub fn built_in(&self, built_in: &str) -> Option<usize> {
        self.parameters.iter().position(|parameter| parameter.built_in == Some(built_in))
    }

    pub(super) const fn variables(&self) -> usize {
        self.variables as usize
    }

    /// The node at a place, with its condition.
    pub(super) fn node(&self, place: usize) -> Option<(&'static Condition, [usize; 2])> {
        let [condition, yes, no] = *self.nodes.get(place)?;
        Some((self.conditions.get(usize::from(condition))?, [yes.into(), no.into()]))
    }

    /// The outcome at a place where no node is.
    pub(super) fn outcome(&self, place: usize) -> Option<&'static Outcome> {
        self.outcomes.get(place.checked_sub(self.nodes.len())?)
    }
}

/// A [parameter](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#parameter-object) of the rules.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    name: &'static str,
    field: &'static str,
    kind: Kind,
    required: bool,
    default: Option<Literal>,
    built_in: Option<&'static str>,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// `string`
    String,
    /// `boolean`
    Boolean,
    /// `stringArray`
    StringArray,
}

impl Parameter {
    /// A parameter with the name that the rules call it by, and that of the Rust field.
    #[must_use]
    pub const fn new(name: &'static str, field: &'static str, kind: Kind) -> Self {
        Self { name, field, kind, required: false, default: None, built_in: None }
    }

    /// It must have a value.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With the value it has unless another is given; it is `required`, then.
    #[must_use]
    pub const fn default(mut self, value: Literal) -> Self {
        self.required = true;
        self.default = Some(value);
        self
    }

    /// Bound to this built-in.
    #[must_use]
    pub const fn built_in(mut self, name: &'static str) -> Self {
        self.built_in = Some(name);
        self
    }

    /// The name in the rules.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The name of the Rust field.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// The type.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether it must have a value.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.required
    }

    /// Its default.
    #[must_use]
    pub const fn modeled_default(&self) -> Option<Literal> {
        self.default
    }

    /// The built-in it is bound to.
    #[must_use]
    pub const fn modeled_built_in(&self) -> Option<&'static str> {
        self.built_in
    }
}

/// The value of a parameter as a model writes it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Literal {
    /// Of a `string`.
    String(&'static str),
    /// Of a `boolean`.
    Boolean(bool),
    /// Of a `stringArray`.
    StringArray(&'static [&'static str]),
}

/// A [condition](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#condition-object): it holds
/// if its expression has a value that isn't `false`.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    pub(super) test: Expr,
    pub(super) variable: Option<u8>,
}

impl Condition {
    /// The condition that this expression holds.
    #[must_use]
    pub const fn when(test: Expr) -> Self {
        Self { test, variable: None }
    }

    /// The same, and the value becomes that of the variable at this position.
    #[must_use]
    pub const fn assign(variable: u8, test: Expr) -> Self {
        Self { test, variable: Some(variable) }
    }
}

/// An expression: a literal, a reference, a template, or a call of a function of the
/// [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html) or of
/// [AWS's](https://smithy.io/2.0/aws/rules-engine/library-functions.html). It may have no value, such as a parameter
/// that isn't set.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Expr {
    /// A text.
    String(&'static str),
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Integer(i32),
    /// The parameter or variable at this position.
    Ref(u8),
    /// The texts in a row.
    Template(&'static [Expr]),
    /// `getAttr`
    Attr(&'static Expr, Attr),
    /// `isSet`
    IsSet(&'static Expr),
    /// `not`
    Not(&'static Expr),
    /// `booleanEquals`
    BooleanEquals(&'static [Expr; 2]),
    /// `stringEquals`
    StringEquals(&'static [Expr; 2]),
    /// `coalesce`
    Coalesce(&'static [Expr]),
    /// `ite`
    Ite(&'static [Expr; 3]),
    /// `substring`
    Substring(&'static [Expr; 4]),
    /// `split`
    Split(&'static [Expr; 3]),
    /// `uriEncode`
    UriEncode(&'static Expr),
    /// `parseURL`
    ParseUrl(&'static Expr),
    /// `isValidHostLabel`
    IsValidHostLabel(&'static [Expr; 2]),
    /// `aws.partition`
    Partition(&'static Expr),
    /// `aws.parseArn`
    ParseArn(&'static Expr),
    /// `aws.isVirtualHostableS3Bucket`
    IsVirtualHostableS3Bucket(&'static [Expr; 2]),
}

/// A part of a value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Attr {
    /// `name` of a partition.
    Name,
    /// `dnsSuffix` of a partition.
    DnsSuffix,
    /// `dualStackDnsSuffix` of a partition.
    DualStackDnsSuffix,
    /// `supportsFIPS` of a partition.
    SupportsFips,
    /// `supportsDualStack` of a partition.
    SupportsDualStack,
    /// `implicitGlobalRegion` of a partition.
    ImplicitGlobalRegion,
    /// `partition` of an ARN.
    Partition,
    /// `service` of an ARN.
    Service,
    /// `region` of an ARN.
    Region,
    /// `accountId` of an ARN.
    AccountId,
    /// `resourceId` of an ARN.
    ResourceId,
    /// `scheme` of a URL.
    Scheme,
    /// `authority` of a URL.
    Authority,
    /// `path` of a URL.
    Path,
    /// `normalizedPath` of a URL.
    NormalizedPath,
    /// `isIp` of a URL.
    IsIp,
    /// An element of an array; one below zero counts from the end.
    Element(i32),
}

/// Where a way through the rules ends.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// At an error with this message.
    Error(Expr),
    /// At an endpoint.
    Endpoint(EndpointRule),
}

/// What an endpoint is made of.
#[derive(Clone, Copy, Debug)]
pub struct EndpointRule {
    pub(super) url: Expr,
    pub(super) headers: &'static [(&'static str, &'static [Expr])],
    pub(super) properties: Properties,
    pub(super) auth_schemes: &'static [AuthScheme],
}

/// Properties by name.
pub type Properties = &'static [(&'static str, Property)];

/// The name and the other properties of an
/// [authentication scheme](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-authschemes-list-property).
pub type AuthScheme = (Expr, Properties);

impl EndpointRule {
    /// An endpoint with this URL.
    #[must_use]
    pub const fn new(url: Expr) -> Self {
        Self { url, headers: &[], properties: &[], auth_schemes: &[] }
    }

    /// With headers.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static [Expr])]) -> Self {
        self.headers = headers;
        self
    }

    /// With properties, `authSchemes` aside.
    #[must_use]
    pub const fn properties(mut self, properties: Properties) -> Self {
        self.properties = properties;
        self
    }

    /// With the property `authSchemes`.
    #[must_use]
    pub const fn auth_schemes(mut self, auth_schemes: &'static [AuthScheme]) -> Self {
        self.auth_schemes = auth_schemes;
        self
    }
}

/// A property of an endpoint.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Property {
    /// A text, a number, `true` or `false`.
    Value(Expr),
    /// An array.
    List(&'static [Property]),
    /// An object.
    Record(Properties),
}
