//! `operations`: what a model offers, a line each. It must not know how code is generated.

use std::path::PathBuf;

use miette::WrapErr;
use tinsmith_codegen::{Errors, Model, Selection, summary};
use tinsmith_model::trait_id;

use crate::Outcome;
use crate::screen::{Screen, Style};

const EXAMPLES: &str = "\
Examples:
  All operations of a service, or some:
    cargo xtask operations --model model/services/forecast.json
    cargo xtask operations --model ec2.json 'Describe*' '*Volume*'
  The resources of a service, and all that can be done with one of them:
    cargo xtask operations --model lambda.json --resources
    cargo xtask operations --model lambda.json resource:Function";

/// Lists the operations of a service, each with the first sentence of its documentation.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The service model: a Smithy JSON AST file, or a file or folder of botocore's.
    #[arg(long, value_name = "PATH")]
    model: PathBuf,
    /// The service, where there are several: by name or shape ID in a model, by its folder in a wheel.
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// Lists the service's resources instead, each with its operations and those of the resources below it. Only
    /// Smithy's models have them.
    #[arg(long, conflicts_with = "patterns")]
    resources: bool,
    /// Names of operations, or of resources after `resource:`, in which `*` stands for any run of characters; all
    /// operations if there is none.
    #[arg(value_name = "PATTERN")]
    patterns: Vec<String>,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let listed = if args.resources { resources(args) } else { load(args) };
    let operations = listed
        .map_err(Errors::into_report)
        .wrap_err_with(|| format!("cannot list operations of {}", args.model.display()))?;
    let longest = operations.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    for (name, docs) in operations {
        let room = screen.width().map(|width| width.saturating_sub(longest + 2));
        let docs = cut(&docs, room);
        let padding = if docs.is_empty() { 0 } else { longest + 2 - name.len() };
        let name = screen.paint(Style::Bold, &name);
        screen.line(format_args!("{name}{:padding$}{docs}", ""));
    }
    Ok(Outcome::Done)
}

/// The operations' names and a sentence about each.
fn load(args: &Args) -> Result<Vec<(String, String)>, Errors> {
    let selection = match &args.patterns[..] {
        [] => Selection::all(),
        patterns => Selection::parse(patterns)?,
    };
    let model = Model::load_service(&args.model, args.service.as_deref())?;
    let service = model.service(args.service.as_deref())?;
    let operations = selection.resolve(&model, service)?.into_iter().map(|operation| {
        let shape = model.shape(operation);
        let docs = shape.traits.str(trait_id::DOCUMENTATION).unwrap_or_default();
        (shape.id.name().to_owned(), summary(docs))
    });
    Ok(operations.collect())
}

/// The resources' names as patterns have them, and their operations.
fn resources(args: &Args) -> Result<Vec<(String, String)>, Errors> {
    let model = Model::load_service(&args.model, args.service.as_deref())?;
    let service = model.service(args.service.as_deref())?;
    let name = |r| model.shape(r).id.name();
    let resources = model.resources(service).into_iter().map(|resource| {
        let operations: Vec<&str> =
            model.operations_of_resource(resource).into_iter().map(name).collect();
        (format!("resource:{}", name(resource)), operations.join(" "))
    });
    Ok(resources.collect())
}

/// The text in as many columns as there are, where that is known.
fn cut(text: &str, room: Option<usize>) -> String {
    match room {
        Some(room) if text.chars().count() > room => {
            let kept: String = text.chars().take(room.saturating_sub(1)).collect();
            if room == 0 { String::new() } else { format!("{}…", kept.trim_end()) }
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_only_where_there_is_a_width() {
        assert_eq!(cut("A list of jobs.", None), "A list of jobs.");
        assert_eq!(cut("A list of jobs.", Some(15)), "A list of jobs.");
        assert_eq!(cut("A list of jobs.", Some(8)), "A list…");
        assert_eq!(cut("A list of jobs.", Some(0)), "");
    }
}
