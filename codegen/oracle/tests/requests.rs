//! The same input gives the same request: method, URI, headers, body.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::collections::BTreeMap;

use generated::operation::Operation;
use generated::operation::list_forecast_export_jobs as ours;
use official::operation::list_forecast_export_jobs as theirs;
use proptest::prelude::*;
use tinsmith_oracle::Official;

#[derive(Clone, Debug)]
struct Input {
    next_token: Option<String>,
    max_results: Option<i32>,
    filters: Option<Vec<(String, String, String)>>,
}

/// Any text, with what JSON must escape more often than chance would have it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ -~]{0,40}", "[\"\\\\\u{0}-\u{1f}/\u{7f}é\u{2028}😀a]{0,20}"]
}

fn input() -> impl Strategy<Value = Input> {
    let condition = prop_oneof![Just("IS".to_owned()), Just("IS_NOT".to_owned()), text()];
    let filters = prop::collection::vec((text(), text(), condition), 0..5);
    (prop::option::of(text()), any::<Option<i32>>(), prop::option::of(filters))
        .prop_map(|(next_token, max_results, filters)| Input { next_token, max_results, filters })
}

fn their_input(input: &Input) -> theirs::ListForecastExportJobsInput {
    let filters = input.filters.as_ref().map(|filters| {
        let filter = |(key, value, condition): &(String, String, String)| {
            official::types::Filter::builder()
                .key(key)
                .value(value)
                .condition(condition.as_str().into())
                .build()
                .unwrap()
        };
        filters.iter().map(filter).collect()
    });
    theirs::ListForecastExportJobsInput::builder()
        .set_next_token(input.next_token.clone())
        .set_max_results(input.max_results)
        .set_filters(filters)
        .build()
        .unwrap()
}

fn our_input(input: &Input) -> ours::ListForecastExportJobsInput {
    let filters = input.filters.as_ref().map(|filters| {
        let filter = |(key, value, condition): &(String, String, String)| {
            generated::types::Filter::builder()
                .key(key)
                .value(value)
                .condition(condition.as_str().into())
                .build()
                .unwrap()
        };
        filters.iter().map(filter).collect()
    });
    ours::ListForecastExportJobsInput::builder()
        .set_next_token(input.next_token.clone())
        .set_max_results(input.max_results)
        .set_filters(filters)
        .build()
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn equal_requests(input in input()) {
        let theirs = Official::of(&theirs::ListForecastExportJobs::new())
            .request(their_input(&input))
            .unwrap();
        let ours_input = our_input(&input);
        let ours = ours::ListForecastExportJobs::request(&ours_input).unwrap();

        prop_assert_eq!(theirs.method(), ours.method().as_str());
        prop_assert_eq!(theirs.uri(), ours.uri().to_string());
        let mut headers: Vec<_> = theirs.headers().iter().collect();
        let mut our_headers: Vec<_> =
            ours.headers().iter().map(|(k, v)| (k.as_str(), v.to_str().unwrap())).collect();
        headers.sort_unstable();
        our_headers.sort_unstable();
        prop_assert_eq!(headers, our_headers);
        prop_assert_eq!(
            std::str::from_utf8(theirs.body().bytes().unwrap()).unwrap(),
            std::str::from_utf8(ours.body()).unwrap()
        );

        // The operation's type is a plugin, too, whose serializer makes the same.
        let plugged = Official::of(&ours::ListForecastExportJobs::new());
        let plugged = plugged.request(our_input(&input)).unwrap();
        prop_assert_eq!((theirs.method(), theirs.uri()), (plugged.method(), plugged.uri()));
        prop_assert_eq!(theirs.body().bytes(), plugged.body().bytes());
        let plugged: BTreeMap<_, _> = plugged.headers().iter().collect();
        prop_assert_eq!(theirs.headers().iter().collect::<BTreeMap<_, _>>(), plugged);

        // Debug prints the same, and the request can be read back.
        prop_assert_eq!(format!("{:?}", their_input(&input)), format!("{ours_input:?}"));
        prop_assert_eq!(format!("{:#?}", their_input(&input)), format!("{ours_input:#?}"));
        let back = ours::ListForecastExportJobs::parse_request(&ours).unwrap();
        prop_assert_eq!(back, ours_input);
    }
}
