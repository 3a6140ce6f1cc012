//! The partitions of the runtime beside a `partitions.json`, which botocore has: the facts that the rules' function
//! `aws.partition` goes by. It must not know services.

use serde::Deserialize;
use serde_json::{Map, Value};
use tinsmith_runtime::endpoint::rules::{
    Attr, Condition, EndpointRule, Expr, Kind, Outcome, Parameter, Property,
};
use tinsmith_runtime::endpoint::{Params, Rules};

/// The content of the file, as far as it counts.
#[derive(Debug, Deserialize)]
struct Document {
    partitions: Vec<Partition>,
}

#[derive(Debug, Deserialize)]
struct Partition {
    outputs: Map<String, Value>,
    /// What single regions have of their own.
    regions: Map<String, Value>,
}

const REGION: Expr = Expr::Ref(0);

/// A part of the region's partition.
macro_rules! part {
    ($name:literal, $attr:ident) => {
        ($name, Property::Value(Expr::Attr(&Expr::Partition(&REGION), Attr::$attr)))
    };
}

/// What the function gives for a region, as the properties of an endpoint.
static RULES: Rules = Rules::new(
    &[Parameter::new("Region", "region", Kind::String)],
    0,
    &[Condition::when(Expr::IsSet(&REGION))],
    &[Outcome::Endpoint(EndpointRule::new(Expr::String("https://partition")).properties(&[
        part!("name", Name),
        part!("dnsSuffix", DnsSuffix),
        part!("dualStackDnsSuffix", DualStackDnsSuffix),
        part!("implicitGlobalRegion", ImplicitGlobalRegion),
        part!("supportsFIPS", SupportsFips),
        part!("supportsDualStack", SupportsDualStack),
    ]))],
    &[[0, 1, 2]],
);

/// Compares the text of a `partitions.json`: how many regions it has, and which of them are elsewhere or not as it says.
///
/// # Errors
/// If the text isn't that of such a file.
pub fn compare(text: &str) -> Result<(usize, Vec<String>), serde_json::Error> {
    let document: Document = serde_json::from_str(text)?;
    let (mut regions, mut failures) = (0, Vec::new());
    for partition in &document.partitions {
        for (region, own) in &partition.regions {
            regions += 1;
            let mut expected = partition.outputs.clone();
            let own = own.as_object().into_iter().flatten();
            expected.extend(
                own.filter(|(key, _)| *key != "description").map(|(k, v)| (k.clone(), v.clone())),
            );
            failures.extend(difference(region, &expected));
            // A region that is still to come has the name of one that is there, with another number.
            if let Some((before, number)) = region.rsplit_once('-')
                && number.parse::<u8>().is_ok()
            {
                failures.extend(difference(&format!("{before}-99"), &partition.outputs));
            }
        }
    }
    Ok((regions, failures))
}

fn difference(region: &str, expected: &Map<String, Value>) -> Option<String> {
    let mut params = Params::builder(&RULES);
    params.set_named("Region", Some(region.into()));
    let endpoint = match params.build().map_err(|error| error.to_string()) {
        Ok(params) => params.resolve().map_err(|error| error.to_string()),
        Err(error) => Err(error),
    };
    let endpoint = match endpoint {
        Ok(endpoint) => endpoint,
        Err(error) => return Some(format!("{region}: {error}")),
    };
    let found = |name: &str| {
        let value = endpoint.properties().get(name)?;
        let text = value.as_string().map(Value::from);
        text.or_else(|| value.as_bool().map(Value::from))
    };
    let differs = |(name, value): &(&String, &Value)| found(name).as_ref() != Some(*value);
    let (name, value) = expected.iter().find(differs)?;
    let found = found(name).map_or("nothing".to_owned(), |found| found.to_string());
    Some(format!("{region}: {name} is {found}, not {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures(region: &str, own: &str, output: &str) -> Vec<String> {
        let text = format!(
            r#"{{"partitions":[{{"id":"x","outputs":{{{output}}},"regions":{{"{region}":{{{own}}}}}}}]}}"#
        );
        compare(&text).unwrap().1
    }

    #[test]
    fn a_region_is_where_the_file_says() {
        let output = r#""name":"aws-cn","supportsFIPS":true"#;
        assert!(failures("cn-north-1", r#""description":"Beijing""#, output).is_empty());
        let elsewhere = failures("us-east-1", "", output);
        assert_eq!(elsewhere[0], "us-east-1: name is \"aws\", not \"aws-cn\"");
        assert_eq!(elsewhere[1], "us-east-99: name is \"aws\", not \"aws-cn\"");
        let own = failures("cn-north-1", r#""supportsFIPS":false"#, output);
        assert_eq!(own, ["cn-north-1: supportsFIPS is true, not false"]);
        let more = failures("aws-cn-global", "", r#""more":1"#);
        assert_eq!(more, ["aws-cn-global: more is nothing, not 1"]);
    }

    #[test]
    fn another_file_is_an_error() {
        assert!(compare("{}").is_err());
    }
}
