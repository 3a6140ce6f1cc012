//! What a case assumes of a client besides its parameters: `authScheme` and `vendorParams`. Where that can't be
//! honoured the case fails, since passing would mean nothing. It must not know messages.

use serde_json::Value;
use tinsmith_runtime::ErrorMetadata;

use crate::case::HttpCase;
use crate::compare::difference;

/// The code, and perhaps the type, that a client gives an error.
const ERROR_CODE: &str = "aws.protocoltests.config#ErrorCodeParams";

/// What the configuration of a client of AWS holds.
const AWS_CONFIG: &str = "aws.protocoltests.config#AwsConfig";

/// What can't be honoured of a request, or of a response that isn't an error.
pub(crate) fn of_message(case: &HttpCase) -> Vec<String> {
    let mut failures = auth_scheme(case);
    let honoured = match case.vendor_params_shape.as_deref() {
        Some(AWS_CONFIG) => is_default_config(&case.vendor_params),
        _ => is_empty(&case.vendor_params),
    };
    if !honoured {
        failures.push(unknown(case));
    }
    failures
}

/// Whether the configuration asks for nothing but what a request is made for anyway: a region, which the
/// case's host has in it, and buckets in the host's name.
fn is_default_config(params: &Value) -> bool {
    let Value::Object(scopes) = &params["scopedConfig"] else { return is_empty(params) };
    let scoped = params.as_object().is_some_and(|params| params.len() == 1);
    // What is said of the operation counts before what is said of the client.
    let mut style = None;
    for scope in ["client", "operation"] {
        for (name, value) in scopes.get(scope).and_then(Value::as_object).into_iter().flatten() {
            match (name.as_str(), value.as_object()) {
                ("region", None) => {}
                ("s3", Some(s3)) if s3.keys().all(|name| name == "addressing_style") => {
                    style = s3.get("addressing_style").or(style);
                }
                _ => return false,
            }
        }
    }
    scoped
        && scopes.keys().all(|scope| ["client", "operation"].contains(&&**scope))
        && style.is_none_or(|style| style == "virtual")
}

/// Whether code and type of an error are as the case says.
pub(crate) fn of_error(case: &HttpCase, error: &ErrorMetadata) -> Vec<String> {
    let mut failures = auth_scheme(case);
    if is_empty(&case.vendor_params) {
        return failures;
    }
    if case.vendor_params_shape.as_deref() != Some(ERROR_CODE) {
        failures.push(unknown(case));
        return failures;
    }
    for (name, expected) in case.vendor_params.as_object().into_iter().flatten() {
        let found = match name.as_str() {
            "code" => error.code(),
            // A client needn't show the type, but if it does it must be this one.
            "type" => match error.extra("type") {
                Some(found) => Some(found),
                None => continue,
            },
            _ => {
                failures.push(unknown(case));
                continue;
            }
        };
        if found != expected.as_str() {
            let expected = expected.as_str().unwrap_or("(no text)");
            let what = format!("the {name} of the error differs");
            failures.push(difference(&what, expected, found.unwrap_or("(none)")));
        }
    }
    failures
}

fn is_empty(params: &Value) -> bool {
    params.is_null() || params.as_object().is_some_and(serde_json::Map::is_empty)
}

fn auth_scheme(case: &HttpCase) -> Vec<String> {
    let failure = |scheme| format!("nothing is signed here, so authScheme {scheme} isn't honoured");
    case.auth_scheme.iter().map(failure).collect()
}

fn unknown(case: &HttpCase) -> String {
    let shape = case.vendor_params_shape.as_deref().unwrap_or("no shape");
    format!("vendorParams of {shape} aren't honoured here: {}", case.vendor_params)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(text: &str) -> HttpCase {
        let mut case: Value = serde_json::from_str(text).unwrap();
        case["id"] = "Id".into();
        case["protocol"] = "p#p".into();
        serde_json::from_value(case).unwrap()
    }

    fn error_params(params: &str) -> HttpCase {
        case(&format!("{{\"vendorParams\":{params},\"vendorParamsShape\":{ERROR_CODE:?}}}"))
    }

    #[test]
    fn cases_that_assume_nothing() {
        for text in ["{}", r#"{"vendorParams":{}}"#] {
            assert!(of_message(&case(text)).is_empty());
            assert!(of_error(&case(text), &ErrorMetadata::builder().build()).is_empty());
        }
    }

    #[test]
    fn what_is_not_honoured_fails() {
        for text in [
            r#"{"authScheme":"aws.auth#sigv4"}"#,
            r#"{"vendorParams":{"scopedConfig":{}},"vendorParamsShape":"a#AwsConfig"}"#,
            r#"{"vendorParams":{"code":"X"}}"#,
        ] {
            assert_eq!(of_message(&case(text)).len(), 1, "{text}");
            let error = ErrorMetadata::builder().code("X").build();
            assert_eq!(of_error(&case(text), &error).len(), 1, "{text}");
        }
    }

    #[test]
    fn only_the_default_configuration_is_honoured() {
        for (config, honoured) in [
            ("{}", true),
            (r#"{"scopedConfig":{"client":{"region":"us-west-2"}}}"#, true),
            (r#"{"scopedConfig":{"client":{"s3":{"addressing_style":"virtual"}}}}"#, true),
            (r#"{"scopedConfig":{"client":{"s3":{"addressing_style":"path"}}}}"#, false),
            (
                r#"{"scopedConfig":{"client":{"s3":{"addressing_style":"path"}},
                    "operation":{"s3":{"addressing_style":"virtual"}}}}"#,
                true,
            ),
            (r#"{"scopedConfig":{"client":{"s3":{"use_dualstack_endpoint":true}}}}"#, false),
            (r#"{"scopedConfig":{"client":{"retries":1}}}"#, false),
            (r#"{"scopedConfig":{"other":{}}}"#, false),
            (r#"{"scopedConfig":{},"clockTime":1}"#, false),
            (r#"{"clockTime":1}"#, false),
        ] {
            let text =
                format!("{{\"vendorParams\":{config},\"vendorParamsShape\":{AWS_CONFIG:?}}}");
            assert_eq!(of_message(&case(&text)).is_empty(), honoured, "{config}");
        }
    }

    #[test]
    fn code_and_type_of_an_error() {
        let plain = ErrorMetadata::builder().code("A").build();
        let typed = ErrorMetadata::builder().code("A").custom("type", "Sender").build();
        let none = ErrorMetadata::builder().build();
        for (params, error, failures) in [
            (r#"{"code":"A"}"#, &plain, 0),
            (r#"{"code":"A","type":"Sender"}"#, &plain, 0),
            (r#"{"code":"A","type":"Sender"}"#, &typed, 0),
            (r#"{"code":"A","type":"Receiver"}"#, &typed, 1),
            (r#"{"code":"B","type":"Receiver"}"#, &typed, 2),
            (r#"{"code":"A"}"#, &none, 1),
            (r#"{"code":"A","else":"B"}"#, &plain, 1),
        ] {
            assert_eq!(of_error(&error_params(params), error).len(), failures, "{params}");
        }
    }
}
