//! Generates a crate from a model, as a build script would: `generate MODEL OUT [OPERATION…]`.

use std::path::Path;

use tinsmith_codegen::{Generator, RuntimeDependency, Selection};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, out, operations @ ..] = arguments.as_slice() else {
        return Err("usage: generate MODEL OUT [OPERATION…]".into());
    };
    let mut generator = Generator::new().runtime(RuntimeDependency::Version("0.1".to_owned()));
    if !operations.is_empty() {
        generator = generator.operations(Selection::parse(operations)?);
    }
    generator.generate(model)?.write(Path::new(out))?;
    Ok(())
}
