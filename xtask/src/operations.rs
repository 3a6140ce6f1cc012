//! `operations`: what a model offers, a line each. It must not know how code is generated.

use std::path::PathBuf;

use miette::WrapErr;
use tinsmith_codegen::{Errors, Model, Selection, summary};
use tinsmith_model::trait_id;

use crate::Outcome;
use crate::screen::{Screen, Style};

const EXAMPLES: &str = "\
Examples:
  cargo xtask operations --model model/services/forecast.json
  cargo xtask operations --model ec2.json 'Describe*' '*Volume*'";

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
    /// Names of operations, in which `*` stands for any run of characters; all of them if there is none.
    #[arg(value_name = "PATTERN")]
    patterns: Vec<String>,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let operations = load(args)
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
