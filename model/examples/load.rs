//! Loads the models named on the command line and says what each holds; of a folder of services, all of them.
//!
//!     cargo run --release -p tinsmith-model --example load -- some/models/*.json
//!     cargo run --release -p tinsmith-model --example load -- botocore/data

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use tinsmith_model::{Model, Selection, closure};

fn main() -> ExitCode {
    let (mut loaded, mut failed, mut operations, mut shapes) = (0, 0, 0, 0);
    let start = Instant::now();
    for (path, service) in std::env::args().skip(1).flat_map(services) {
        let begin = Instant::now();
        let model = match Model::load_service(Path::new(&path), service.as_deref()) {
            Ok(model) => model,
            Err(errors) => {
                failed += 1;
                eprintln!("{:?}", errors.into_report());
                continue;
            }
        };
        let taken = begin.elapsed();
        loaded += 1;
        shapes += model.shapes().count();
        for service in model.services() {
            let selected = Selection::all().resolve(&model, service).unwrap_or_default();
            operations += selected.len();
            println!(
                "{}: {} has {} operations, which need {} of {} shapes ({taken:.1?})",
                model.name(),
                model.shape(service).id,
                selected.len(),
                closure(&model, service, &selected).len(),
                model.shapes().count(),
            );
        }
    }
    println!(
        "{loaded} models with {operations} operations and {shapes} shapes in {:.2?}; {failed} failed",
        start.elapsed()
    );
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The services of a folder of them, or what else the path stands for.
fn services(path: String) -> Vec<(String, Option<String>)> {
    match Model::services_in(Path::new(&path)) {
        Ok(services) if !services.is_empty() => {
            services.into_iter().map(|service| (path.clone(), Some(service))).collect()
        }
        _ => vec![(path, None)],
    }
}
