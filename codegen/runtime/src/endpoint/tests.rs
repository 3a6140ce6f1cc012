//! Rules written by hand: each function, each kind of outcome, and any text as a parameter.

use aws_smithy_types::Document;
use proptest::prelude::*;

use super::rules::{Attr, Condition, EndpointRule, Expr, Kind, Literal, Outcome, Parameter};
use super::rules::{Expr::*, Property};
use super::{Endpoint, ParamValue, Params, Rules};

const REGION: Expr = Ref(0);
const FIPS: Expr = Ref(1);
const TEXT: Expr = Ref(2);
const TEXTS: Expr = Ref(3);
const VARIABLE: Expr = Ref(4);

const PARAMETERS: &[Parameter] = &[
    Parameter::new("Region", "region", Kind::String).built_in("AWS::Region"),
    Parameter::new("UseFIPS", "use_fips", Kind::Boolean).default(Literal::Boolean(false)),
    Parameter::new("Text", "r#type", Kind::String),
    Parameter::new("Texts", "texts", Kind::StringArray)
        .default(Literal::StringArray(&["one", "two"])),
];

/// Rules with one condition: an endpoint if it holds, and an error if it doesn't.
const fn asking(conditions: &'static [Condition], outcomes: &'static [Outcome]) -> Rules {
    Rules::new(PARAMETERS, 1, conditions, outcomes, &[[0, 1, 2]])
}

fn params(rules: &'static Rules, values: &[(&str, ParamValue)]) -> Params {
    let mut params = Params::builder(rules);
    for (name, value) in values {
        assert!(params.set_named(name, Some(value.clone())), "{name}");
    }
    params.build_unvalidated().unwrap()
}

fn resolve(
    rules: &'static Rules,
    values: &[(&str, ParamValue)],
) -> Result<Endpoint, std::string::String> {
    params(rules, values).resolve().map_err(|error| error.to_string())
}

/// The value of an expression as the text of an error, with `-` for one that has none.
macro_rules! shows {
    ($values:expr, $($expr:expr => $shown:expr;)*) => {$({
        static RULES: Rules = asking(
            &[Condition::assign(4, $expr)],
            &[Outcome::Error(VARIABLE), Outcome::Error(String("-"))],
        );
        assert_eq!(resolve(&RULES, $values).unwrap_err(), $shown, "{}", stringify!($expr));
    })*};
}

/// The same of an expression that is a condition.
macro_rules! holds {
    ($values:expr, $($expr:expr => $holds:expr;)*) => {$({
        static RULES: Rules = asking(
            &[Condition::when($expr)],
            &[Outcome::Error(String("true")), Outcome::Error(String("false"))],
        );
        let error = resolve(&RULES, $values).unwrap_err();
        assert_eq!(error, stringify!($holds), "{}", stringify!($expr));
    })*};
}

#[test]
fn expressions_have_values() {
    let values = &[
        ("Region", "cn-north-1".into()),
        ("Text", "arn:aws:s3:eu-west-1::a/b:c".into()),
        ("Texts", vec!["x".to_owned(), "y".to_owned()].into()),
    ];
    shows! { values,
        String("a") => "a";
        REGION => "cn-north-1";
        Template(&[String("https://"), REGION, String("/")]) => "https://cn-north-1/";
        Attr(&Partition(&REGION), Attr::Name) => "aws-cn";
        Attr(&Partition(&REGION), Attr::DnsSuffix) => "amazonaws.com.cn";
        Attr(&Partition(&REGION), Attr::DualStackDnsSuffix) => "api.amazonwebservices.com.cn";
        Attr(&Partition(&REGION), Attr::ImplicitGlobalRegion) => "cn-northwest-1";
        Attr(&Partition(&REGION), Attr::Scheme) => "-";
        Attr(&ParseArn(&TEXT), Attr::Region) => "eu-west-1";
        Attr(&ParseArn(&TEXT), Attr::AccountId) => "";
        Attr(&Attr(&ParseArn(&TEXT), Attr::ResourceId), Attr::Element(2)) => "c";
        Attr(&Attr(&ParseArn(&TEXT), Attr::ResourceId), Attr::Element(-3)) => "a";
        Attr(&Attr(&ParseArn(&TEXT), Attr::ResourceId), Attr::Element(3)) => "-";
        Attr(&Attr(&ParseArn(&TEXT), Attr::ResourceId), Attr::Element(-4)) => "-";
        Attr(&TEXTS, Attr::Element(1)) => "y";
        Attr(&TEXTS, Attr::Element(-2)) => "x";
        Attr(&TEXTS, Attr::Name) => "-";
        Attr(&ParseUrl(&Template(&[String("http://"), REGION, String("/p")])), Attr::Authority)
            => "cn-north-1";
        Attr(&ParseUrl(&REGION), Attr::Authority) => "-";
        Attr(&Split(&[REGION, String("-"), Integer(2)]), Attr::Element(1)) => "north-1";
        Attr(&Split(&[Template(&[REGION, String("-z")]), String("-"), Integer(0)]), Attr::Element(-1))
            => "z";
        Substring(&[REGION, Integer(0), Integer(2), Boolean(false)]) => "cn";
        Substring(&[REGION, Integer(0), Integer(99), Boolean(false)]) => "-";
        Substring(&[REGION, Integer(-1), Integer(2), Boolean(false)]) => "-";
        UriEncode(&String("a/b")) => "a%2Fb";
        Coalesce(&[ParseUrl(&REGION), REGION, TEXT]) => "cn-north-1";
        Coalesce(&[ParseUrl(&REGION), ParseUrl(&TEXT)]) => "-";
        Ite(&[FIPS, String("yes"), String("no")]) => "no";
        Ite(&[ParseUrl(&REGION), String("yes"), String("no")]) => "-";
    }
}

#[test]
fn conditions_hold_for_what_is_there_and_not_false() {
    let values = &[("Region", "us-east-1".into())];
    holds! { values,
        Boolean(true) => true;
        Boolean(false) => false;
        FIPS => false;
        Not(&FIPS) => true;
        REGION => true;
        TEXT => false;
        IsSet(&REGION) => true;
        IsSet(&TEXT) => false;
        Not(&IsSet(&TEXT)) => true;
        IsSet(&FIPS) => true;
        Not(&TEXT) => false;
        BooleanEquals(&[FIPS, Boolean(false)]) => true;
        BooleanEquals(&[FIPS, TEXT]) => false;
        StringEquals(&[REGION, String("us-east-1")]) => true;
        StringEquals(&[REGION, String("us-east-2")]) => false;
        StringEquals(&[REGION, TEXT]) => false;
        IsValidHostLabel(&[REGION, Boolean(false)]) => true;
        IsValidHostLabel(&[String("a.b"), Boolean(false)]) => false;
        IsValidHostLabel(&[TEXT, Boolean(false)]) => false;
        IsVirtualHostableS3Bucket(&[REGION, Boolean(false)]) => true;
        IsVirtualHostableS3Bucket(&[String("A"), Boolean(true)]) => false;
        Attr(&Partition(&REGION), Attr::SupportsFips) => true;
        Attr(&ParseUrl(&String("http://[::1]:80")), Attr::IsIp) => true;
    }
}

static ENDPOINTS: Rules = asking(
    &[Condition::when(IsSet(&TEXT))],
    &[
        Outcome::Endpoint(
            EndpointRule::new(TEXT)
                .headers(&[("x-a", &[String("1"), REGION])])
                .properties(&[
                    ("backend", Property::Value(String("S3Express"))),
                    (
                        "more",
                        Property::List(&[Property::Record(&[
                            ("fips", Property::Value(FIPS)),
                            ("number", Property::Value(Integer(7))),
                        ])]),
                    ),
                ])
                .auth_schemes(&[
                    (
                        Template(&[String("sigv4"), Ite(&[FIPS, String(""), String("a")])]),
                        &[("signingRegionSet", Property::List(&[Property::Value(REGION)]))],
                    ),
                    (String("sigv4"), &[]),
                ]),
        ),
        Outcome::Endpoint(EndpointRule::new(String("https://example.com"))),
    ],
);

#[test]
fn an_endpoint_has_headers_properties_and_authentication_schemes() {
    let values = &[("Region", "r".into()), ("Text", "https://a".into())];
    let found = resolve(&ENDPOINTS, values).unwrap();
    assert_eq!(found.url(), "https://a");
    let headers: Vec<(&str, Vec<&str>)> =
        found.headers().map(|(name, values)| (name, values.collect())).collect();
    assert_eq!(headers, [("x-a", vec!["1", "r"])]);
    assert_eq!(found.properties()["backend"], Document::from("S3Express"));
    let more = found.properties()["more"].as_array().unwrap()[0].as_object().unwrap();
    assert_eq!((&more["fips"], &more["number"]), (&false.into(), &7.into()));
    let schemes: Vec<&str> = found.auth_schemes().iter().map(|scheme| scheme.name()).collect();
    assert_eq!(schemes, ["sigv4a", "sigv4"]);
    let regions = found.auth_schemes()[0].get("signingRegionSet");
    assert_eq!(regions, Some(&Document::Array(vec!["r".into()])));
    assert_eq!(resolve(&ENDPOINTS, &[]).unwrap().url(), "https://example.com");
}

#[test]
fn what_cannot_be_an_endpoint_is_an_error() {
    let error = resolve(&ENDPOINTS, &[("Text", "".into())]).unwrap_err();
    assert_eq!(error, "the endpoint's URL is empty");
    let error = resolve(&ENDPOINTS, &[("Text", "https://a".into())]).unwrap_err();
    assert_eq!(error, "an endpoint's header in the service's endpoint rules has no value");
    static UNSET: Rules = asking(
        &[Condition::when(FIPS)],
        &[Outcome::Error(TEXT), Outcome::Endpoint(EndpointRule::new(TEXT))],
    );
    let error = resolve(&UNSET, &[]).unwrap_err();
    assert_eq!(error, "an endpoint's URL in the service's endpoint rules has no value");
    let error = resolve(&UNSET, &[("UseFIPS", true.into())]).unwrap_err();
    assert_eq!(error, "the message of an error in the service's endpoint rules has no value");
}

#[test]
fn where_nothing_comes_next_no_rule_matches() {
    static NOTHING: Rules = Rules::new(PARAMETERS, 0, &[Condition::when(FIPS)], &[], &[[0, 1, 1]]);
    let expected = "no endpoint rule of the service matches the parameters";
    assert_eq!(resolve(&NOTHING, &[]).unwrap_err(), expected);
    static EMPTY: Rules = Rules::new(PARAMETERS, 0, &[], &[], &[]);
    assert_eq!(resolve(&EMPTY, &[]).unwrap_err(), expected);
    static AT_ONCE: Rules = Rules::new(PARAMETERS, 0, &[], &[Outcome::Error(String("no"))], &[]);
    assert_eq!(resolve(&AT_ONCE, &[]).unwrap_err(), "no");
}

#[test]
#[should_panic(expected = "a way doesn't lead forward")]
fn rules_that_never_end_are_refused() {
    let _ = Rules::new(PARAMETERS, 0, const { &[Condition::when(FIPS)] }, &[], &[[0, 0, 1]]);
}

#[test]
#[should_panic(expected = "a node's condition isn't there")]
fn nodes_have_conditions() {
    let _ = Rules::new(PARAMETERS, 0, &[], &[], &[[0, 1, 1]]);
}

#[test]
fn parameters_are_checked_and_shown() {
    let builder = || Params::builder(&ENDPOINTS);
    let shown = "Params { region: None, use_fips: false, r#type: None, texts: [\"one\", \"two\"] }";
    assert_eq!(format!("{:?}", builder().build().unwrap()), shown);
    let mut some = builder();
    some.set(0, Some("us-east-1".into()));
    some.set(9, Some("nowhere".into()));
    let shown =
        "ParamsBuilder { region: Some(\"us-east-1\"), use_fips: None, r#type: None, texts: None }";
    assert_eq!(format!("{some:?}"), shown);
    let built = some.clone().build().unwrap();
    assert_eq!(
        (built.string(0), built.boolean(1), built.string(2)),
        (Some("us-east-1"), Some(false), None)
    );
    assert_eq!(built.string_array(3).unwrap(), ["one", "two"]);
    assert_eq!((built.boolean(0), built.string(1), built.string_array(0)), (None, None, None));
    assert!(some != builder() && some == some.clone());
    assert!(built == some.build().unwrap() && built != builder().build().unwrap());
    assert!(!builder().set_named("Nothing", None));
}

#[test]
fn parameters_that_do_not_fit_are_refused() {
    let refused = |position, value: ParamValue| {
        let mut params = Params::builder(&ENDPOINTS);
        params.set(position, Some(value));
        params.build().unwrap_err().to_string()
    };
    for (found, expected) in [
        (refused(0, "a/b".into()), "the endpoint parameter `region` can't be part of a host name"),
        (refused(0, true.into()), "the endpoint parameter `region` takes a text"),
        (refused(1, "yes".into()), "the endpoint parameter `use_fips` takes `true` or `false`"),
        (refused(3, "one".into()), "the endpoint parameter `texts` takes a list of texts"),
    ] {
        assert_eq!(found, expected);
    }
    const NEEDED: &[Parameter] = &[Parameter::new("Needed", "needed", Kind::String).required()];
    static RULES: Rules = Rules::new(NEEDED, 0, &[], &[], &[]);
    let error = Params::builder(&RULES).build().unwrap_err();
    assert_eq!(error.to_string(), "the endpoint parameter `needed` is required, and not set");
}

/// Every function is asked for every text.
static ALL: Rules = Rules::new(
    PARAMETERS,
    1,
    &[
        Condition::assign(4, ParseArn(&TEXT)),
        Condition::when(StringEquals(&[
            Attr(&Attr(&VARIABLE, Attr::ResourceId), Attr::Element(-2)),
            Attr(&VARIABLE, Attr::Service),
        ])),
        Condition::assign(4, ParseUrl(&TEXT)),
        Condition::when(Attr(&VARIABLE, Attr::IsIp)),
        Condition::when(IsValidHostLabel(&[TEXT, Boolean(true)])),
        Condition::when(IsVirtualHostableS3Bucket(&[TEXT, Boolean(true)])),
        Condition::assign(4, Split(&[UriEncode(&TEXT), TEXT, Integer(0)])),
        Condition::when(Attr(&VARIABLE, Attr::Element(-1))),
        Condition::when(Substring(&[TEXT, Integer(1), Integer(3), Boolean(true)])),
    ],
    &[
        Outcome::Endpoint(EndpointRule::new(TEXT).headers(&[("x", &[UriEncode(&TEXT)])])),
        Outcome::Endpoint(EndpointRule::new(Template(&[
            TEXT,
            Attr(&ParseUrl(&TEXT), Attr::NormalizedPath),
            Attr(&Partition(&TEXT), Attr::Name),
        ]))),
        Outcome::Error(TEXT),
    ],
    &[
        [0, 1, 2],
        [1, 9, 2],
        [2, 3, 4],
        [3, 10, 4],
        [4, 5, 6],
        [5, 9, 6],
        [6, 7, 8],
        [7, 8, 10],
        [8, 9, 11],
    ],
);

proptest! {
    #[test]
    fn no_text_is_too_much(text in any::<std::string::String>(), fips in any::<bool>()) {
        let _ = resolve(&ALL, &[("Text", text.as_str().into()), ("UseFIPS", fips.into())]);
    }

    #[test]
    fn nor_is_one_that_is_almost_right(
        text in "(arn:|https?://|[a-z0-9.:@\\[\\]/?#-]{0,6}|[^a]{0,2}){0,8}",
    ) {
        let _ = resolve(&ALL, &[("Text", text.as_str().into())]);
    }
}
