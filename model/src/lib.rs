//! What a service model says, whatever format it came in.
//!
//! A file is read into raw shapes (by `smithy_json` or `botocore`), which are merged, bound and validated (`finish`) into a
//! [`Model`]; then a [`Selection`] names operations of a service, and [`closure`](fn@closure) gives the shapes they
//! need. What is wrong comes back as [`Errors`], several at a time, each with its place in the file.
//!
//! ```
//! use tinsmith_model::{Model, Selection, closure};
//!
//! # fn main() -> Result<(), tinsmith_model::Errors> {
//! let model = Model::from_smithy_json(
//!     "weather.json",
//!     r#"{"smithy": "2.0", "shapes": {
//!         "example.weather#Weather": {
//!             "type": "service",
//!             "version": "1",
//!             "operations": [{"target": "example.weather#GetTime"}]
//!         },
//!         "example.weather#GetTime": {
//!             "type": "operation",
//!             "output": {"target": "example.weather#Time"}
//!         },
//!         "example.weather#Time": {
//!             "type": "structure",
//!             "members": {"now": {"target": "smithy.api#Timestamp"}}
//!         }
//!     }}"#,
//! )?;
//! let service = model.service(None)?;
//! let operations = Selection::parse(&["Get*"])?.resolve(&model, service)?;
//! let names: Vec<&str> = closure(&model, service, &operations)
//!     .into_iter()
//!     .map(|shape| model.shape(shape).id.name())
//!     .collect();
//! assert_eq!(names, ["Unit", "Time", "Timestamp"]);
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod ast;
mod botocore;
mod closure;
pub mod compare;
mod errors;
mod finish;
mod id;
mod json;
mod load;
mod locate;
mod model;
mod names;
mod prelude;
mod select;
mod shape;
mod smithy_json;
mod source;
mod text;
mod traits;

pub use closure::{closure, reachable};
pub use errors::{Error, Errors};
pub use id::{InvalidShapeId, ShapeId};
pub use model::Model;
pub use names::{did_you_mean, nearest};
pub use select::{Selection, glob};
pub use shape::{Member, Members, Operation, Resource, Service, Shape, ShapeKind, ShapeRef};
pub use source::{Source, Span};
pub use traits::{Traits, botocore_trait_id, trait_id};
