//! The endpoint rules beside a model, which have one form in both formats. It must not know what they say.

use std::sync::Arc;

use serde_json::Value;

use super::Files;
use super::reader::Reader;
use crate::source::Source;
use crate::traits::{Traits, trait_id};

/// Gives the rules to the service as traits: Smithy specification, "Rules engine".
pub(super) fn read<'a>(reader: &mut Reader<'a>, files: &'a Files, service: &mut Traits) {
    let rules = [
        (trait_id::ENDPOINT_RULE_SET, &files.endpoint_rule_set, "rules"),
        (trait_id::ENDPOINT_BDD, &files.endpoint_bdd, "nodes"),
    ];
    for (id, file, key) in rules {
        if let Some(file) = file
            && let Some(value) = rule_set(reader, file, key)
        {
            service.insert(id, value);
        }
    }
}

fn rule_set<'a>(reader: &mut Reader<'a>, file: &'a Arc<Source>, key: &str) -> Option<Value> {
    let value: Value = reader.parse_file(file)?;
    for key in ["version", "parameters", key] {
        if value.get(key).is_none() {
            let message = format!("this is no endpoint rule set: it has no `{key}`");
            reader.report_file(file, &message, "is it the right file?");
            return None;
        }
    }
    Some(value)
}
