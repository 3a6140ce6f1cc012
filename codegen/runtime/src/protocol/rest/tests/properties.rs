//! What holds for any value and any bytes.

use http::{Request, Response, Uri};
use proptest::prelude::*;

use super::super::uri::Pattern;
use super::shapes::*;
use super::*;
use crate::protocol::REST_JSON_1;

static LABELS: OperationSchema = operation("GET", "/foo/{foo}/baz/{baz+}", 200);
static QUERY: OperationSchema = operation("GET", "/q?fixed=1", 200);
static HEADERS: OperationSchema = operation("GET", "/h", 200);

/// Text that a header can hold.
fn field() -> impl Strategy<Value = String> {
    prop_oneof!["[ \"\\\\(),a\u{e9}\u{a0}\t]{1,8}", "[^\\x00-\\x1F\\x7F]{1,12}"]
}

proptest! {
    #[test]
    fn labels_come_back(foo in ".+", baz in "\\PC*[/\\PC]+") {
        let input = Greedy { foo: Some(foo), baz: Some(baz) };
        let request = REST_JSON_1.request(&LABELS, &input).unwrap();
        let mut found = Greedy::empty();
        REST_JSON_1.parse_request(&LABELS, view(&request), &mut found).unwrap();
        prop_assert_eq!((found.foo, found.baz), (input.foo, input.baz));
    }

    #[test]
    fn queries_come_back(
        string in prop::option::of("(?s).*"),
        strings in prop::collection::vec("(?s).*", 1..4),
        map in prop::collection::hash_map("(?s).*", prop::collection::vec("(?s).*", 1..3), 0..4),
    ) {
        let input = Queries { string, strings: Some(strings), ..Queries::empty() };
        let request = REST_JSON_1.request(&QUERY, &input).unwrap();
        let mut found = Queries::empty();
        REST_JSON_1.parse_request(&QUERY, view(&request), &mut found).unwrap();
        prop_assert_eq!((found.string, found.strings), (input.string, input.strings));

        let mut map = map;
        map.remove("fixed");
        map.remove("corge");
        let input = ListParams { map: Some(map), named: None };
        let request = REST_JSON_1.request(&QUERY, &input).unwrap();
        let mut found = ListParams::empty();
        REST_JSON_1.parse_request(&QUERY, view(&request), &mut found).unwrap();
        let mut found = found.map.unwrap();
        found.remove("fixed");
        prop_assert_eq!(Some(found), input.map);
    }

    #[test]
    fn header_lists_come_back(strings in prop::collection::vec(field(), 1..5), joined: bool) {
        let input = Headers { strings: Some(strings.clone()), ..Headers::empty() };
        let mut request = REST_JSON_1.request(&HEADERS, &input).unwrap();
        if joined {
            let fields = request.headers().get_all("x-stringlist").iter();
            let line = fields.map(|field| field.as_bytes()).collect::<Vec<_>>().join(&b", "[..]);
            request.headers_mut().insert("x-stringlist", line.try_into().unwrap());
        }
        let mut found = Headers::empty();
        REST_JSON_1.parse_request(&HEADERS, view(&request), &mut found).unwrap();
        prop_assert_eq!(found.strings, Some(strings));
    }

    #[test]
    fn no_text_is_a_second_header(string in "(?s).*", strings in prop::collection::vec("(?s).*", 0..3)) {
        let input = Headers { string: Some(string), strings: Some(strings), ..Headers::empty() };
        if let Ok(request) = REST_JSON_1.request(&HEADERS, &input) {
            for (name, value) in request.headers() {
                prop_assert!(name == "x-string" || name == "x-stringlist");
                prop_assert!(!value.as_bytes().iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)));
            }
        }
    }

    #[test]
    fn any_request_is_read_or_refused(
        path in "/[/a-z%0-9{}+.]{0,24}",
        query in "[a-zA-Z=&%0-9+]{0,24}",
        name in prop::sample::select(vec![
            "x-stringlist", "x-integerlist", "x-timestamplist", "x-timestamp", "x-epochlist",
            "x-byte", "x-json", "x-double", "x-foo-a",
        ]),
        value in prop::collection::vec(any::<u8>(), 0..40),
        body in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let Ok(uri) = format!("{path}?{query}").parse::<Uri>() else { return Ok(()) };
        let Ok(request) = Request::get(uri).header(name, value).body(body) else { return Ok(()) };
        let _ = parsed::<Greedy>(&REST_JSON_1, &LABELS, &request);
        let mut request = request;
        let parts = |path: &str| format!("{path}?fixed=1&{query}").parse::<Uri>();
        *request.uri_mut() = parts("/q").unwrap();
        let _ = parsed::<Queries>(&REST_JSON_1, &QUERY, &request);
        let _ = parsed::<ListParams>(&REST_JSON_1, &QUERY, &request);
        let _ = parsed::<Body>(&REST_JSON_1, &QUERY, &request);
        *request.uri_mut() = parts("/h").unwrap();
        let _ = parsed::<Headers>(&REST_JSON_1, &HEADERS, &request);
        let _ = parsed::<Prefixed>(&REST_JSON_1, &HEADERS, &request);
        let _ = parsed::<TextPayload>(&REST_JSON_1, &HEADERS, &request);
    }

    #[test]
    fn any_response_is_read_or_refused(
        values in prop::collection::vec("[ -~\u{e9}\t]{0,30}", 0..3),
        body in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut response = Response::new(body);
        for value in values {
            for name in ["x-stringlist", "x-timestamplist", "x-integerlist", "x-booleanlist"] {
                response.headers_mut().append(name, value.parse().unwrap());
            }
        }
        let _ = output::<Headers>(&REST_JSON_1, &HEADERS, &response);
        let _ = output::<Body>(&REST_JSON_1, &HEADERS, &response);
        let _ = REST_JSON_1.read_error_head(&HEADERS, View::of(&response));
    }

    #[test]
    fn any_pattern_is_matched_or_not(
        pattern in "[/a{}+?=&]{0,16}",
        path in "[/a%0-9]{0,16}",
    ) {
        let pattern = Pattern::new(&pattern);
        let _ = pattern.match_path(&path);
        let mut uri = String::new();
        let _ = pattern.write_path(&Empty::empty(), &mut uri, &mut String::new());
    }
}
