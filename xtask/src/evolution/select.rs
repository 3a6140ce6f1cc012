//! The APIs of the operations that are wanted, in each of two models. It must not know how they are compared.

use std::collections::BTreeSet;

use miette::WrapErr;
use tinsmith_codegen::api::Api;
use tinsmith_codegen::{Errors, Model, Selection, Settings, api, package_name};

use super::Args;
use crate::services::{self, Service};
use crate::{regenerate, workspace};

/// What is compared.
pub(super) struct Selected {
    pub(super) package: String,
    pub(super) old: Api,
    pub(super) new: Api,
    /// The operations that either of them has.
    pub(super) operations: Vec<String>,
}

/// The APIs, each with as many of the operations as its model has.
pub(super) fn apis(old: &Model, new: &Model, args: &Args) -> miette::Result<Selected> {
    let context = || format!("cannot compare {} and {}", args.old.display(), args.new.display());
    let patterns = match &args.operations[..] {
        [] => listed(new, args)?,
        given => given.to_vec(),
    };
    let names =
        names([old, new], args, &patterns).map_err(Errors::into_report).wrap_err_with(context)?;
    let [before, after] = [(old, &names[0]), (new, &names[1])].map(|(model, names)| {
        let part = |settings| api(model, &settings).map_err(Errors::into_report);
        match names.is_empty() {
            true => Ok(Api::default()),
            false => settings(args, names).and_then(part).wrap_err_with(context),
        }
    });
    let (before, after) = (before?, after?);
    let all: BTreeSet<&str> =
        names.iter().flatten().filter_map(|id| id.split('#').next_back()).collect();
    let service = new.service(args.service.as_deref()).map_err(Errors::into_report)?;
    Ok(Selected {
        package: package_name(new, service),
        old: before,
        new: after,
        operations: all.into_iter().map(str::to_owned).collect(),
    })
}

fn settings(args: &Args, names: &[String]) -> miette::Result<Settings> {
    Ok(Settings {
        service: args.service.clone(),
        operations: Selection::parse(names).map_err(Errors::into_report)?,
        protocol: args.protocol.clone(),
        ..Settings::default()
    })
}

/// The operations that the patterns name, model by model. One of the models must have each.
fn names(
    models: [&Model; 2],
    args: &Args,
    patterns: &[String],
) -> Result<[Vec<String>; 2], Errors> {
    let mut found = [BTreeSet::new(), BTreeSet::new()];
    for pattern in patterns {
        let selection = Selection::parse(&[pattern])?;
        let mut mistake = None;
        let mut matched = false;
        for (model, found) in models.iter().zip(&mut found) {
            let service = model.service(args.service.as_deref())?;
            match selection.resolve(model, service) {
                Ok(operations) => {
                    matched = true;
                    found.extend(operations.iter().map(|it| model.shape(*it).id.to_string()));
                }
                // Of the two, the newer one's names are those to suggest.
                Err(errors) => mistake = Some(errors),
            }
        }
        match mistake {
            Some(errors) if !matched => return Err(errors),
            _ => {}
        }
    }
    Ok(found.map(|names| names.into_iter().collect()))
}

/// The patterns that `services.toml` has for the service, or one that all operations match.
fn listed(model: &Model, args: &Args) -> miette::Result<Vec<String>> {
    let all = vec!["*".to_owned()];
    let services = services::read(&workspace::root()?.join(regenerate::FILE))?;
    let service = model.service(args.service.as_deref()).map_err(Errors::into_report)?;
    let package = package_name(model, service);
    let of_service = |listed: &&Service| {
        listed.package.as_deref() == Some(&*package) || Some(&listed.name) == args.service.as_ref()
    };
    let patterns = services.iter().find(of_service).map(|service| service.patterns.clone());
    Ok(patterns.unwrap_or(all))
}
