//! The endpoint rules of a service as emitters see them: a graph of conditions, whatever form the model gave it, with
//! every reference a position. It must not know the model.

use crate::path::Expression;

/// Parameters and rules. Positions count the parameters and, after them, the variables.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub parameters: Vec<Parameter>,
    pub variables: usize,
    pub conditions: Vec<Condition>,
    pub outcomes: Vec<Outcome>,
    /// A condition, the place to go on at if it holds, and that if it doesn't. Places count the nodes and, after them,
    /// the outcomes; one behind the last outcome means that no rule matches.
    pub nodes: Vec<[usize; 3]>,
    /// The parameters that a client's configuration sets, by the names of their setters.
    pub client_params: Vec<ClientParam>,
}

#[derive(Debug)]
pub(crate) struct Parameter {
    /// The name in the rules.
    pub name: String,
    /// The accessor and setter; not yet `r#`.
    pub field: String,
    /// What `set_…` ends in.
    pub snake: String,
    pub docs: String,
    pub kind: ParamKind,
    pub required: bool,
    pub default: Option<Literal>,
    pub built_in: Option<String>,
    pub deprecated: Option<String>,
}

/// A parameter that `config::Builder` sets.
#[derive(Debug)]
pub(crate) struct ClientParam {
    /// The name in the rules.
    pub name: String,
    /// The setter; not yet `r#`.
    pub field: String,
    /// What `set_…` ends in.
    pub snake: String,
    pub docs: String,
    pub kind: ParamKind,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum ParamKind {
    String,
    Boolean,
    StringArray,
}

/// The value of a parameter.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Literal {
    String(String),
    Boolean(bool),
    StringArray(Vec<String>),
}

/// Where an operation's requests get a parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ContextParam {
    /// The parameter's name in the rules.
    pub name: String,
    pub source: Source,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// It is always the same.
    Static(Literal),
    /// A member of the input, by its Smithy name, and whether there is no request without it.
    Member(String, bool),
    /// What a JMESPath expression finds in the input.
    Path(Expression),
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Condition {
    pub test: Expr,
    /// The position of the variable that gets the value.
    pub variable: Option<usize>,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Expr {
    String(String),
    Boolean(bool),
    Integer(i32),
    Ref(usize),
    Template(Vec<Expr>),
    Attr(Box<Expr>, &'static str),
    Element(Box<Expr>, i32),
    /// A call of a function, by its name in the runtime.
    Call(&'static str, Vec<Expr>),
    /// The same, of one that takes any number of arguments.
    Variadic(&'static str, Vec<Expr>),
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Outcome {
    Error(Expr),
    Endpoint(Box<EndpointRule>),
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct EndpointRule {
    pub url: Expr,
    pub headers: Vec<(String, Vec<Expr>)>,
    /// Without `authSchemes`.
    pub properties: Vec<(String, Property)>,
    /// The names of the schemes and their other properties.
    pub auth_schemes: Vec<(Expr, Vec<(String, Property)>)>,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Property {
    Value(Expr),
    List(Vec<Property>),
    Record(Vec<(String, Property)>),
}
