//! The span of a call, with the name and the target that it has in the official crate: each operation's own, which
//! macros of `tracing` can't give where the code is the same for all. It must not know any operation.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

use tracing::callsite::{self, Callsite, Identifier};
use tracing::field::{FieldSet, Value};
use tracing::level_filters::{LevelFilter, STATIC_MAX_LEVEL};
use tracing::metadata::Kind;
use tracing::subscriber::Interest;
use tracing::{Level, Metadata, Span, dispatcher};

const FIELDS: &[&str] = &["rpc.service", "rpc.method", "sdk_invocation_id", "rpc.system"];

const NEVER: u8 = 0;
const SOMETIMES: u8 = 1;
const ALWAYS: u8 = 2;

/// Where the spans of an operation come from.
struct Site {
    interest: AtomicU8,
    /// Set as soon as the site has a place that the metadata can name.
    metadata: OnceLock<Metadata<'static>>,
}

impl Site {
    /// The site of this operation. It stays for ever, as subscribers expect it of one: there is one an operation.
    fn new(name: String, target: &'static str) -> &'static Self {
        let site: &'static Self =
            Box::leak(Box::new(Self { interest: AtomicU8::new(NEVER), metadata: OnceLock::new() }));
        site.metadata.get_or_init(|| {
            let fields = FieldSet::new(FIELDS, Identifier(site));
            let (name, module) = (name.leak(), Some(target));
            Metadata::new(name, target, Level::DEBUG, None, None, module, fields, Kind::SPAN)
        });
        callsite::register(site);
        site
    }

    fn is_enabled(&'static self) -> bool {
        match self.interest.load(Ordering::Relaxed) {
            NEVER => false,
            ALWAYS => true,
            _ => dispatcher::get_default(|dispatch| dispatch.enabled(self.metadata())),
        }
    }
}

impl Callsite for Site {
    fn set_interest(&self, interest: Interest) {
        let interest = match interest {
            interest if interest.is_never() => NEVER,
            interest if interest.is_always() => ALWAYS,
            _ => SOMETIMES,
        };
        self.interest.store(interest, Ordering::Relaxed);
    }

    fn metadata(&self) -> &Metadata<'static> {
        match self.metadata.get() {
            Some(metadata) => metadata,
            None => unreachable!("it is set before anybody knows the site"),
        }
    }
}

/// An operation, by the service's `sdkId`, its name, and the path of its input's type.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Called {
    pub(crate) service: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) path: &'static str,
}

static SITES: LazyLock<RwLock<HashMap<Called, &'static Site>>> = LazyLock::new(RwLock::default);

fn site(called: Called) -> &'static Site {
    if let Some(site) = SITES.read().unwrap_or_else(PoisonError::into_inner).get(&called) {
        return site;
    }
    // Subscribers are told of the site without the lock, lest one of them make a call.
    let Called { service, operation, path } = called;
    let module = path.rsplit_once("::").map_or(path, |(module, _)| module);
    // The module of inputs is private: no official crate has the same.
    let module = module.strip_suffix("::input").unwrap_or(module);
    let new = Site::new(format!("{service}.{operation}"), module);
    SITES.write().unwrap_or_else(PoisonError::into_inner).entry(called).or_insert(new)
}

/// The span of a call. Where nobody looks at spans of this level, it costs a comparison.
pub(crate) fn of(called: Called) -> Span {
    if Level::DEBUG > STATIC_MAX_LEVEL || Level::DEBUG > LevelFilter::current() {
        return Span::none();
    }
    let site = site(called);
    if !site.is_enabled() {
        return Span::none();
    }
    let metadata: &'static Metadata<'static> = match site.metadata.get() {
        Some(metadata) => metadata,
        None => return Span::none(),
    };
    // A number that tells calls apart in logs.
    let id = fastrand::u32(1_000_000..10_000_000);
    let values: [&dyn Value; 4] = [&called.service, &called.operation, &id, &"aws-api"];
    let mut fields = metadata.fields().iter();
    let values = values.map(|value| fields.next().map(|field| (field, Some(value))));
    match values {
        [Some(a), Some(b), Some(c), Some(d)] => {
            let values = [a, b, c, d];
            let values = values.each_ref().map(|(field, value)| (field, *value));
            Span::new(metadata, &metadata.fields().value_set(&values))
        }
        _ => unreachable!("there are four fields"),
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Site").field(&self.metadata().name()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Subscriber};

    use super::*;

    const CALLED: Called = Called {
        service: "S3",
        operation: "GetObject",
        path: "aws_sdk_s3::operation::get_object::GetObject",
    };

    /// Writes down spans whose targets begin with a text, and refuses others.
    struct Spans(&'static str, Arc<Mutex<Vec<String>>>);

    struct Fields(String);

    impl Visit for Fields {
        fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
            let value = if field.name() == "sdk_invocation_id" {
                format!("{} digits", format!("{value:?}").len())
            } else {
                format!("{value:?}")
            };
            self.0.push_str(&format!(" {}={value}", field.name()));
        }
    }

    impl Subscriber for Spans {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            metadata.target().starts_with(self.0)
        }

        fn new_span(&self, span: &Attributes<'_>) -> Id {
            let metadata = span.metadata();
            let mut fields = Fields(String::new());
            span.record(&mut fields);
            let (target, name) = (metadata.target(), metadata.name());
            self.1.lock().unwrap().push(format!("{target} {name}{}", fields.0));
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, _: &Record<'_>) {}
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, _: &Event<'_>) {}
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    #[test]
    fn a_span_has_the_name_and_the_target_of_its_operation() {
        let spans = Arc::default();
        assert!(of(CALLED).is_none());
        tracing::subscriber::with_default(Spans("aws_sdk_s3", Arc::clone(&spans)), || {
            assert!(!of(CALLED).is_none());
            assert!(!of(Called { operation: "PutObject", ..CALLED }).is_none());
            assert!(of(Called { path: "aws_sdk_sqs::X", ..CALLED }).is_none());
            assert!(!of(CALLED).is_none());
        });
        tracing::subscriber::with_default(Spans("aws_sdk_sqs", Arc::clone(&spans)), || {
            assert!(of(CALLED).is_none());
        });
        let rest = "sdk_invocation_id=7 digits rpc.system=\"aws-api\"";
        let span = |operation: &str| {
            format!(
                "aws_sdk_s3::operation::get_object S3.{operation} rpc.service=\"S3\" \
                 rpc.method=\"{operation}\" {rest}"
            )
        };
        let expected = [span("GetObject"), span("PutObject"), span("GetObject")];
        assert_eq!(*spans.lock().unwrap(), expected);
    }
}
