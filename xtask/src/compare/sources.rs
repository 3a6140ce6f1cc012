//! The models to compare: Smithy's files, and the services of the releases of botocore. It must not know what is
//! compared.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use miette::{WrapErr, miette};
use tinsmith_codegen::{Errors, Model};
use tinsmith_model::{ShapeRef, trait_id};

use crate::parallel;

/// A service in Smithy's format, and in botocore's, once for each release that has it.
pub(super) struct Pair {
    pub(super) first: Rc<Model>,
    pub(super) service: ShapeRef,
    pub(super) second: Vec<Second>,
}

/// A service of a release.
pub(super) struct Second {
    pub(super) model: Model,
    pub(super) service: ShapeRef,
    /// The name of its folder.
    pub(super) name: String,
    /// The name of the release's folder.
    pub(super) release: String,
}

/// The services of unpacked wheels: for each, by its ID, the wheels and the names of the folders there.
pub(super) struct Releases(BTreeMap<String, Vec<(PathBuf, String)>>);

impl Releases {
    /// All services, or the one of this name.
    pub(super) fn find(wheels: &[PathBuf], wanted: Option<&str>) -> miette::Result<Self> {
        // From release to release a folder holds the same service: its ID is read once.
        let mut folders: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for wheel in wheels {
            let names = Model::services_in(wheel).map_err(Errors::into_report)?;
            if names.is_empty() {
                return Err(miette!(
                    help = "unpack a wheel of botocore there",
                    "{} holds no services",
                    wheel.display()
                ));
            }
            for name in names.into_iter().filter(|name| wanted.is_none_or(|wanted| wanted == name))
            {
                folders.entry(name).or_default().push(wheel.clone());
            }
        }
        let folders: Vec<(String, Vec<PathBuf>)> = folders.into_iter().collect();
        let id = |(name, wheels): &(String, Vec<PathBuf>)| -> miette::Result<Option<String>> {
            let (model, services) = load(&wheels[0], Some(name))?;
            Ok(services.first().map(|service| sdk_id(&model, *service)))
        };
        let ids = parallel::map(&folders, id);
        let mut found: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
        for ((name, wheels), id) in folders.into_iter().zip(ids) {
            let Some(id) = id? else { continue };
            let wheels = wheels.into_iter().map(|wheel| (wheel, name.clone()));
            found.entry(id).or_default().extend(wheels);
        }
        Ok(Releases(found))
    }

    /// The services of a Smithy model that botocore has as well.
    pub(super) fn pairs(&self, path: &Path) -> miette::Result<Vec<Pair>> {
        let (first, services) = load(path, None)?;
        let first = Rc::new(first);
        let mut pairs = Vec::new();
        for service in services {
            let Some(known) = self.0.get(&sdk_id(&first, service)) else { continue };
            let second = known.iter().map(|(wheel, name)| Second::load(wheel, name));
            let second = second.filter_map(Result::transpose).collect::<miette::Result<_>>()?;
            pairs.push(Pair { first: Rc::clone(&first), service, second });
        }
        Ok(pairs)
    }
}

impl Second {
    fn load(wheel: &Path, name: &str) -> miette::Result<Option<Self>> {
        let (model, services) = load(wheel, Some(name))?;
        let release = wheel.file_name().unwrap_or(wheel.as_os_str()).to_string_lossy().into_owned();
        let service = services.first().copied();
        let name = name.to_owned();
        Ok(service.map(|service| Second { model, service, name, release }))
    }
}

fn load(path: &Path, service: Option<&str>) -> miette::Result<(Model, Vec<ShapeRef>)> {
    let model = Model::load_service(path, service)
        .map_err(Errors::into_report)
        .wrap_err_with(|| format!("cannot load {}", path.display()))?;
    let services = model.services();
    Ok((model, services))
}

fn sdk_id(model: &Model, service: ShapeRef) -> String {
    let shape = model.shape(service);
    let id = shape.traits.get(trait_id::SERVICE).and_then(|it| it.get("sdkId"));
    id.and_then(serde_json::Value::as_str).unwrap_or(shape.id.name()).to_owned()
}
