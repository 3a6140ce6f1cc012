//! `paginators-1.json`: how operations are asked for page after page. It must not know how that is done.

use serde_json::{Map, Value};

use super::object::{Text, object};
use super::operations::Operations;
use super::reader::{Reader, Subject};
use super::{Converter, WithExtras};
use crate::json::Entries;
use crate::names::shorten;
use crate::traits::{botocore_trait_id, trait_id};

object! {
    /// The file.
    File { "pagination" => pagination: Entries<'a, Paginator<'a>>, }
    ignored { "version": "there is one version", }
}

object! {
    /// What is said of an operation: a name or several of the input's tokens, expressions for the output's.
    Paginator {
        "input_token" => input_token: Value,
        "output_token" => output_token: Value,
        "limit_key" => limit_key: Text<'a>,
        "result_key" => result_key: Value,
        "more_results" => more_results: Value,
        "non_aggregate_keys" => non_aggregate_keys: Value,
    }
}

/// Gives each operation its `paginated` trait and, where that does not say it all, the facts as they are written.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    converter: &Converter<'_, 'a>,
    files: Option<&'a WithExtras>,
    operations: &mut Operations,
) {
    let Some(file) = files.and_then(|files| reader.parse_merged::<File<'a>>(files)) else { return };
    for (key, paginator) in file.pagination.into_iter().flat_map(|entries| entries.0) {
        let on = Subject::operation(&key.text);
        let Some(operation) = operations.get_mut(&*key.text) else {
            let help = reader.mend(&key.text, operations.keys().map(String::as_str), "remove it");
            reader.report(on, &key, "there is no such operation to paginate", help);
            continue;
        };
        check(reader, converter, &key, &paginator);
        let has_items = has_items(converter, &key, &paginator);
        if let Some(paginated) = paginated(&paginator, has_items) {
            operation.traits.insert(trait_id::PAGINATED, paginated);
        }
        if let Some(rest) = paginator.beyond_smithy(has_items) {
            operation.traits.insert(botocore_trait_id::PAGINATOR, rest);
        }
    }
}

/// Reports names that the operation's input does not have.
fn check<'a>(
    reader: &mut Reader<'a>,
    converter: &Converter<'_, 'a>,
    key: &Text<'a>,
    paginator: &Paginator<'a>,
) {
    let on = Subject::operation(&key.text);
    let operation = converter.document.operations.get(&key.text);
    let input = operation.and_then(|operation| operation.value.input.as_ref()?.shape.as_ref());
    let input = input.and_then(|input| converter.document.shapes.get(&input.text));
    let members = input.iter().flat_map(|input| &input.value.members).flat_map(|it| &it.0);
    let members: Vec<&str> = members.map(|(name, _)| &*name.text).collect();
    let tokens = paginator.input_token.iter().flat_map(strings);
    let limit = paginator.limit_key.iter().map(|limit| &*limit.text);
    for name in tokens.chain(limit).filter(|name| !members.contains(name)) {
        let help = reader.mend(name, members.iter().copied(), "name a member of the input");
        let message =
            format!("its paginator names `{}`, which the input does not have", shorten(name));
        reader.report(on, key, message, help);
    }
    for (name, value) in
        [("input_token", &paginator.input_token), ("output_token", &paginator.output_token)]
    {
        if value.as_ref().is_none_or(|value| strings(value).next().is_none()) {
            let help = "a paginator says where its tokens come from and go to";
            reader.report(on, key, format!("its paginator has no `{name}`"), help);
        }
    }
}

/// The text, or each text of the list.
fn strings(value: &Value) -> impl Iterator<Item = &str> {
    let several = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    value.as_str().into_iter().chain(several)
}

/// Whether the results are not known to be something else than a list or map, which Smithy's items have to be.
fn has_items(converter: &Converter<'_, '_>, key: &Text<'_>, paginator: &Paginator<'_>) -> bool {
    let shapes = &converter.document.shapes;
    let kind = || {
        let operation = &converter.document.operations.get(&key.text)?.value;
        let mut shape = shapes.get(&operation.output.as_ref()?.shape.as_ref()?.text)?;
        for name in paginator.result_key.as_ref().and_then(path)?.split('.') {
            let mut members = shape.value.members.iter().flat_map(|members| &members.0);
            let (_, member) = members.find(|(member, _)| member.text == name)?;
            shape = shapes.get(&member.shape.as_ref()?.text)?;
        }
        shape.value.kind.as_ref().map(|kind| &*kind.text)
    };
    kind().is_none_or(|kind| matches!(kind, "list" | "map"))
}

/// Smithy specification, "Behavior traits: paginated": one token each way, found by a path of names.
fn paginated(paginator: &Paginator<'_>, has_items: bool) -> Option<Value> {
    let input_token = paginator.input_token.as_ref().and_then(Value::as_str)?;
    let output_token = paginator.output_token.as_ref().and_then(path)?;
    let mut trait_value = Map::new();
    let mut insert = |key: &str, value: &str| {
        trait_value.insert(key.to_owned(), Value::from(value));
    };
    insert("inputToken", input_token);
    insert("outputToken", output_token);
    if let Some(items) = paginator.result_key.as_ref().filter(|_| has_items).and_then(path) {
        insert("items", items);
    }
    if let Some(limit) = &paginator.limit_key {
        insert("pageSize", &limit.text);
    }
    Some(Value::Object(trait_value))
}

/// The text, if it is names with dots between and no other expression.
fn path(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| text.split('.').all(crate::id::is_identifier))
}

impl Paginator<'_> {
    /// The paginator as it is written, if Smithy's trait says less: several tokens, or results, expressions, results that
    /// are no list, a flag that says whether there is more, members that are the same on each page.
    fn beyond_smithy(&self, has_items: bool) -> Option<Value> {
        let is_said = |value: &Option<Value>| value.as_ref().is_none_or(|it| path(it).is_some());
        let is_said = has_items
            && self.more_results.is_none()
            && self.non_aggregate_keys.is_none()
            && is_said(&self.input_token)
            && is_said(&self.output_token)
            && is_said(&self.result_key);
        if is_said {
            return None;
        }
        let limit = self.limit_key.as_ref().map(|limit| Value::from(&*limit.text));
        let facts = [
            ("input_token", self.input_token.clone()),
            ("output_token", self.output_token.clone()),
            ("limit_key", limit),
            ("result_key", self.result_key.clone()),
            ("more_results", self.more_results.clone()),
            ("non_aggregate_keys", self.non_aggregate_keys.clone()),
        ];
        let facts = facts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        Some(Value::Object(facts.collect()))
    }
}
