//! The functions that expressions may call: those of the runtime's `path::Function`. It must not know how they are called.

use tinsmith_model::{Model, did_you_mean, nearest};

use super::{Problem, Type};

/// A function by its names in JMESPath and in the runtime.
#[derive(Debug)]
pub(crate) struct Function {
    pub name: &'static str,
    pub variant: &'static str,
    arguments: Arguments,
}

/// What a function takes.
#[derive(Debug)]
enum Arguments {
    /// A list and an element, or two strings.
    SubjectAndPart,
    /// Two strings.
    Strings,
    /// An object.
    Object,
    /// What has a length.
    Countable,
    /// One or more of anything.
    Anything,
}

static FUNCTIONS: [Function; 7] = [
    Function { name: "contains", variant: "Contains", arguments: Arguments::SubjectAndPart },
    Function { name: "ends_with", variant: "EndsWith", arguments: Arguments::Strings },
    Function { name: "keys", variant: "Keys", arguments: Arguments::Object },
    Function { name: "length", variant: "Length", arguments: Arguments::Countable },
    Function { name: "not_null", variant: "NotNull", arguments: Arguments::Anything },
    Function { name: "starts_with", variant: "StartsWith", arguments: Arguments::Strings },
    Function { name: "values", variant: "Values", arguments: Arguments::Object },
];

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Function {
    /// The function of this name.
    pub(super) fn named(name: &str) -> Result<&'static Self, Problem> {
        let found = FUNCTIONS.iter().find(|function| function.name == name);
        found.ok_or_else(|| {
            let names = FUNCTIONS.iter().map(|function| function.name);
            let all = || format!("it may call {}", names.clone().collect::<Vec<_>>().join(", "));
            let help = did_you_mean(&nearest(name, names.clone())).unwrap_or_else(all);
            Problem::new(format!("calls `{name}`, a function that isn't supported"), help)
        })
    }

    /// The type of its value for arguments of these types.
    pub(super) fn value(&self, model: &Model, arguments: &[Type]) -> Result<Type, Problem> {
        let takes = |what: &str| {
            let given: Vec<String> = arguments.iter().map(|ty| ty.describe(model)).collect();
            let given = if given.is_empty() { "nothing".to_owned() } else { given.join(" and ") };
            let message = format!("gives {given} to the function `{}`", self.name);
            Err(Problem::new(message, format!("it takes {what}")))
        };
        let is_string = |ty: &Type| matches!(ty, Type::String | Type::Any | Type::Null);
        match (&self.arguments, arguments) {
            (Arguments::SubjectAndPart, [subject, part]) => match subject.element(model) {
                Some(element) if element.overlaps(part) => Ok(Type::Boolean),
                None if is_string(subject) && is_string(part) => Ok(Type::Boolean),
                _ => takes("a list and what may be an element, or two strings"),
            },
            (Arguments::SubjectAndPart, _) => takes("a list and an element, or two strings"),
            (Arguments::Strings, [text, part]) if is_string(text) && is_string(part) => {
                Ok(Type::Boolean)
            }
            (Arguments::Strings, _) => takes("two strings"),
            (Arguments::Object, [object]) => match object.values(model) {
                Some(_) if self.name == "keys" => Ok(Type::List(Box::new(Type::String))),
                Some(value) => Ok(Type::List(Box::new(value))),
                None => takes("a structure, union, map or document"),
            },
            (Arguments::Object, _) => takes("one structure, union, map or document"),
            (Arguments::Countable, [subject])
                if is_string(subject)
                    || subject.element(model).is_some()
                    || subject.values(model).is_some() =>
            {
                Ok(Type::Number)
            }
            (Arguments::Countable, _) => takes("one string, list, map or structure"),
            (Arguments::Anything, []) => takes("one argument or more"),
            (Arguments::Anything, several) => {
                Ok(several.iter().cloned().fold(Type::Null, Type::join))
            }
        }
    }
}
