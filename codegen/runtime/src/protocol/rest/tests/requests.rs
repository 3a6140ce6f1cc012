//! Requests in restJson1.

use std::collections::HashMap;

use aws_smithy_types::DateTime;
use http::Request;

use super::shapes::*;
use super::*;
use crate::event_stream::Context;
use crate::finish::Finish;
use crate::operation::into_request;
use crate::protocol::REST_JSON_1;
use crate::{ByteStream, SdkBody};

fn get(uri: &str) -> Request<Vec<u8>> {
    Request::builder().uri(uri).body(Vec::new()).unwrap()
}

#[test]
fn labels() {
    static OPERATION: OperationSchema = operation(
        "GET",
        "/a/{string}/{byte}/{short}/{integer}/{long}/{float}/{double}/{boolean}/{timestamp}/{epoch}\
         /{date}/{kind}/{big}/{decimal}",
        200,
    );
    both_ways::<Labels>(
        &REST_JSON_1,
        &OPERATION,
        "{\"string\":\" %:/?#[]@!$&'()*+,;=😹\",\"byte\":-1,\"short\":1,\"integer\":2,\
         \"long\":3,\"float\":4.5,\"double\":5.1,\"boolean\":true,\"timestamp\":1576540098,\
         \"epoch\":1576540098,\"date\":1576540098,\"kind\":\"a b\",\"big\":1234567890123456789012,\
         \"decimal\":1.50}",
        "GET /a/%20%25%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%F0%9F%98%B9/-1/1/2/3\
         /4.5/5.1/true/2019-12-16T23%3A48%3A18Z/1576540098\
         /Mon%2C%2016%20Dec%202019%2023%3A48%3A18%20GMT/a%20b/1234567890123456789012/1.50",
    );
}

#[test]
fn floats_in_labels() {
    static OPERATION: OperationSchema = operation("GET", "/{float}/{double}", 200);
    for value in ["NaN", "Infinity", "-Infinity"] {
        let input = format!("{{\"float\":\"{value}\",\"double\":\"{value}\"}}");
        let expected = format!("GET /{value}/{value}");
        both_ways::<Labels>(&REST_JSON_1, &OPERATION, &input, &expected);
    }
    // A float is written as itself, not as the double that is nearest to it.
    both_ways::<Labels>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"float":0.25,"double":1e30}"#,
        "GET /0.25/1e30",
    );
    let input = Labels { float: Some(1.1), double: Some(1.0), ..Labels::empty() };
    assert_eq!(REST_JSON_1.request(&OPERATION, &input).unwrap().uri(), "/1.1/1.0");
    for path in ["/inf/1", "/1/nan", "/1/+", "/x/1", "/1,5/1"] {
        let error = message(parsed::<Labels>(&REST_JSON_1, &OPERATION, &get(path)));
        assert!(error.contains("expected a number"), "{error}");
    }
}

#[test]
fn greedy_labels() {
    static LAST: OperationSchema = operation("GET", "/foo/{foo}/baz/{baz+}", 200);
    for (baz, path) in [
        ("there/guy", "there/guy"),
        ("folder/", "folder/"),
        ("/rooted//twice/", "/rooted//twice/"),
        ("a b/%2F", "a%20b/%252F"),
        ("../..", "../.."),
    ] {
        both_ways::<Greedy>(
            &REST_JSON_1,
            &LAST,
            &format!(r#"{{"foo":"hello/escape","baz":"{baz}"}}"#),
            &format!("GET /foo/hello%2Fescape/baz/{path}"),
        );
    }
    static MIDDLE: OperationSchema = operation("GET", "/prefix/{baz+}/suffix/{foo}", 200);
    for (path, baz) in [
        ("/prefix/a/suffix/x", "a"),
        ("/prefix/a/b/suffix/x/", "a/b"),
        ("/prefix/a/suffix/b/suffix/x", "a/suffix/b"),
    ] {
        let found = parsed::<Greedy>(&REST_JSON_1, &MIDDLE, &get(path)).unwrap();
        assert_eq!(found, format!(r#"{{"foo":"x","baz":"{baz}"}}"#));
    }
    for path in ["/prefix/suffix/x", "/prefix//suffix/x", "/prefix/a/b/x", "/a/suffix/x", "/prefix"]
    {
        let error = message(parsed::<Greedy>(&REST_JSON_1, &MIDDLE, &get(path)));
        assert!(error.starts_with("expected a path of `/prefix/{baz+}"), "{error}");
    }
}

#[test]
fn labels_that_make_no_uri() {
    static OPERATION: OperationSchema = operation("GET", "/{foo}/{baz+}", 200);
    let error = |input| message(request::<Greedy>(&REST_JSON_1, &OPERATION, input));
    assert_eq!(error(r#"{"baz":"x"}"#), "foo: not set, though the URI can't be made without it");
    assert_eq!(
        error(r#"{"foo":"x","baz":""}"#),
        "baz: empty, though the URI can't be made without it"
    );
    static UNKNOWN: OperationSchema = operation("GET", "/{missing}", 200);
    assert_eq!(
        message(request::<Greedy>(&REST_JSON_1, &UNKNOWN, "{}")),
        "the URI has a label `missing`, the input no such member"
    );
    let long = format!(r#"{{"foo":"{}","baz":"y"}}"#, "x".repeat(70_000));
    assert_eq!(error(&long), "the URI can't be made");
    static NO_HTTP: OperationSchema = OperationSchema::new(&SERVICE, "Operation", &ERRORS);
    assert_eq!(
        message(request::<Greedy>(&REST_JSON_1, &NO_HTTP, "{}")),
        "Operation has no `@http`, without which this protocol can't carry it"
    );
}

#[test]
fn labels_with_a_default() {
    static OPERATION: OperationSchema = operation("GET", "/{account}/vaults", 200);
    for (input, uri) in [
        ("{}", "/-/vaults"),
        (r#"{"account":""}"#, "/-/vaults"),
        (r#"{"account":"a"}"#, "/a/vaults"),
    ] {
        assert_eq!(request::<Account>(&REST_JSON_1, &OPERATION, input).unwrap().uri(), uri);
    }
}

#[test]
fn labels_without_prefixes() {
    static OPERATION: OperationSchema = operation("GET", "/zones/{zone}", 200);
    for (zone, path) in
        [("a", "a"), ("/zone/a", "a"), ("zone/zone/a", "zone%2Fa"), ("/change/a", "%2Fchange%2Fa")]
    {
        let input = format!(r#"{{"zone":"{zone}"}}"#);
        let request = request::<Zone>(&REST_JSON_1, &OPERATION, &input).unwrap();
        assert_eq!(request.uri().path(), format!("/zones/{path}"));
    }
    let nothing = request::<Zone>(&REST_JSON_1, &OPERATION, r#"{"zone":"zone/"}"#);
    assert_eq!(message(nothing), "zone: empty, though the URI can't be made without it");
}

#[test]
fn paths_are_matched() {
    static OPERATION: OperationSchema = operation("GET", "/(a+)+/{foo}/c/", 200);
    // The official SDK leaves out a slash at the end.
    both_ways::<Greedy>(&REST_JSON_1, &OPERATION, r#"{"foo":"b"}"#, "GET /(a+)+/b/c");
    for path in ["/(a+)+/b/c/", "/%28a%2B%29+/b/%63"] {
        let found = parsed::<Greedy>(&REST_JSON_1, &OPERATION, &get(path)).unwrap();
        assert_eq!(found, r#"{"foo":"b"}"#);
    }
    for path in
        ["/", "/(a+)+/b", "/(a+)+//c", "/(a+)+/b/c/d", "/(a+)+/b/c//", "/aa/b/c", "/(A+)+/b/c"]
    {
        let error = message(parsed::<Greedy>(&REST_JSON_1, &OPERATION, &get(path)));
        assert_eq!(error, format!("expected a path of `/(a+)+/{{foo}}/c/`, found `{path}`"));
    }
    let post = Request::post("/(a+)+/b/c").body(Vec::new()).unwrap();
    assert_eq!(
        message(parsed::<Greedy>(&REST_JSON_1, &OPERATION, &post)),
        "expected the method GET, found POST"
    );
    let bytes = get("/(a+)+/%FF/c");
    assert_eq!(
        message(parsed::<Greedy>(&REST_JSON_1, &OPERATION, &bytes)),
        "foo: not percent-encoded UTF-8"
    );
    static ROOT: OperationSchema = operation("GET", "/", 200);
    both_ways::<Empty>(&REST_JSON_1, &ROOT, "{}", "GET /");
}

#[test]
fn query() {
    static OPERATION: OperationSchema = operation("GET", "/q", 200);
    both_ways::<Queries>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"string":"Hello there","strings":["a","b"],"integer":0,"doubles":[1.1,2.0],"boolean":false,"timestamp":1,"timestamps":[1,2.5],"epochs":[1.5],"kinds":["Foo","B/r"],"spaced":""}"#,
        "GET /q?String=Hello%20there&StringList=a&StringList=b&Integer=0&DoubleList=1.1\
         &DoubleList=2.0&Boolean=false&Timestamp=1970-01-01T00%3A00%3A01Z\
         &TimestampList=1970-01-01T00%3A00%3A01Z&TimestampList=1970-01-01T00%3A00%3A02.5Z\
         &EpochList=1.5&EnumList=Foo&EnumList=B%2Fr&a%20b%26c=",
    );
    both_ways::<Queries>(&REST_JSON_1, &OPERATION, "{}", "GET /q");
    // An empty list is like one that isn't set.
    let empty = request::<Queries>(&REST_JSON_1, &OPERATION, r#"{"strings":[]}"#).unwrap();
    assert_eq!(empty.uri(), "/q");
    // The first value counts; one without an equals sign is empty; a plus is itself.
    let found = get("/q?String=a+b&String=c&other&&a%20b%26c");
    assert_eq!(
        parsed::<Queries>(&REST_JSON_1, &OPERATION, &found).unwrap(),
        r#"{"string":"a+b","spaced":""}"#
    );
    for (uri, error) in [
        ("/q?Integer=x", "integer: expected a whole number in the range of the member's type"),
        ("/q?Integer=", "integer: expected a whole number in the range of the member's type"),
        (
            "/q?DoubleList=1&DoubleList=x",
            "doubles[1]: expected a number, `NaN`, `Infinity` or `-Infinity`",
        ),
        ("/q?Timestamp=1", "timestamp: not a timestamp of the expected format"),
        ("/q?x=%FF", "the query can't be read"),
    ] {
        assert_eq!(message(parsed::<Queries>(&REST_JSON_1, &OPERATION, &get(uri))), error);
    }
    let early = Queries { timestamp: Some(DateTime::from_secs(i64::MIN)), ..Queries::empty() };
    assert_eq!(
        message(REST_JSON_1.request(&OPERATION, &early)),
        "timestamp: the timestamp lies before the year 1"
    );
}

#[test]
fn query_of_the_pattern() {
    static OPERATION: OperationSchema = operation("GET", "/q?foo=bar&hello&x=", 200);
    both_ways::<Queries>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"string":"s"}"#,
        "GET /q?foo=bar&hello&x&String=s",
    );
    assert!(parsed::<Queries>(&REST_JSON_1, &OPERATION, &get("/q?x&hello=1&a&foo=bar")).is_ok());
    for (uri, error) in [
        ("/q?hello&x", "expected `foo=bar` in the query"),
        ("/q?foo=baz&hello&x", "expected `foo=bar` in the query"),
        ("/q?foo=bar&x", "expected `hello` in the query"),
        ("/q", "expected `foo=bar` in the query"),
    ] {
        assert_eq!(message(parsed::<Queries>(&REST_JSON_1, &OPERATION, &get(uri))), error);
    }
}

#[test]
fn query_params() {
    static OPERATION: OperationSchema = operation("POST", "/p?fixed=1", 200);
    let input = r#"{"named":"n","map":{"bar":"fromMap","fixed":"2","q/x":"a b"}}"#;
    let made = request::<Params>(&REST_JSON_1, &OPERATION, input).unwrap();
    // In the order of the official SDK; what a member of its own says counts.
    assert_eq!(made.uri(), "/p?fixed=1&q%2Fx=a%20b&bar=n");
    let unset =
        request::<Params>(&REST_JSON_1, &OPERATION, r#"{"map":{"bar":"fromMap"}}"#).unwrap();
    assert_eq!(unset.uri(), "/p?fixed=1");
    static PLAIN: OperationSchema = operation("POST", "/p", 200);
    let made = request::<Params>(&REST_JSON_1, &PLAIN, r#"{"map":{"a":""}}"#).unwrap();
    assert_eq!(made.uri(), "/p?a=");
    assert_eq!(request::<Params>(&REST_JSON_1, &PLAIN, r#"{"map":{}}"#).unwrap().uri(), "/p");
    // Servers put all of the query into the map, and the first of several values.
    let post = Request::post("/p?bar=named&qux=1&qux=2&none").body(Vec::new()).unwrap();
    let mut found = Params::empty();
    REST_JSON_1.parse_request(&PLAIN, view(&post), &mut found).unwrap();
    assert_eq!(found.named.as_deref(), Some("named"));
    let expected = [("bar", "named"), ("qux", "1"), ("none", "")];
    let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(found.map, Some(HashMap::from(expected)));
}

#[test]
fn query_params_of_lists() {
    static OPERATION: OperationSchema = operation("POST", "/p", 200);
    let input = r#"{"map":{"baz":["bar","qux"],"corge":["x"]},"named":"named"}"#;
    let made = request::<ListParams>(&REST_JSON_1, &OPERATION, input).unwrap();
    assert_eq!(made.uri(), "/p?baz=bar&baz=qux&corge=named");
    let mut found = ListParams::empty();
    REST_JSON_1.parse_request(&OPERATION, view(&made), &mut found).unwrap();
    let expected = [("baz", vec!["bar", "qux"]), ("corge", vec!["named"])];
    let expected = expected
        .map(|(key, value)| (key.to_owned(), value.into_iter().map(str::to_owned).collect()));
    assert_eq!(found.map, Some(HashMap::from(expected)));
}

#[test]
fn headers() {
    static OPERATION: OperationSchema = operation("POST", "/h", 200);
    both_ways::<Headers>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"string":"a, \"b\"","byte":1,"long":-123,"float":1.5,"double":"NaN","boolean":true,"strings":["b,c","\"d\\ef\"","a"," x ","(y)","i\\j"],"integers":[1,2,3],"booleans":[true,false],"timestamps":[1576540098,1576540098],"epochs":[1.5,2],"timestamp":1576540098,"datetime":1576540098,"kind":"Foo","kinds":["Foo","Bar"],"json":"true","blob":"bytes"}"#,
        concat!(
            "POST /h",
            "\nx-blob: Ynl0ZXM=",
            "\nx-boolean: true",
            "\nx-booleanlist: true, false",
            "\nx-byte: 1",
            "\nx-datetime: 2019-12-16T23:48:18Z",
            "\nx-double: NaN",
            "\nx-enum: Foo",
            "\nx-enumlist: Foo, Bar",
            "\nx-epochlist: 1.5, 2",
            "\nx-float: 1.5",
            "\nx-integerlist: 1, 2, 3",
            "\nx-json: dHJ1ZQ==",
            "\nx-long: -123",
            "\nx-string: a, \"b\"",
            "\nx-stringlist: \"b,c\", \"\\\"d\\\\ef\\\"\", a, \" x \", \"(y)\", i\\j",
            "\nx-timestamp: Mon, 16 Dec 2019 23:48:18 GMT",
            "\nx-timestamplist: Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT",
        ),
    );
    // No body is modeled, so nothing tells of one.
    both_ways::<Headers>(&REST_JSON_1, &OPERATION, "{}", "POST /h");
    // What is empty is sent; what isn't set is not.
    both_ways::<Headers>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"string":"","strings":[]}"#,
        "POST /h\nx-string: \nx-stringlist: ",
    );
}

#[test]
fn headers_of_other_senders() {
    static OPERATION: OperationSchema = operation("POST", "/h", 200);
    let parse = |headers: &[(&str, &[u8])]| {
        let mut request = Request::post("/h");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        parsed::<Headers>(&REST_JSON_1, &OPERATION, &request.body(Vec::new()).unwrap())
    };
    for (name, value, expected) in [
        ("X-StringList", "a, b ,\tc,", r#"{"strings":["a","b","c"]}"#),
        ("X-StringList", "a,,b", r#"{"strings":["a","","b"]}"#),
        ("X-StringList", r#""a" , "",b"#, r#"{"strings":["a","","b"]}"#),
        ("X-StringList", r#""a\\","\"","\n""#, r#"{"strings":["a\\","\"","\\n"]}"#),
        ("X-StringList", " ", r#"{"strings":[]}"#),
        ("X-IntegerList", r#"1, "2",3"#, r#"{"integers":[1,2,3]}"#),
        (
            "X-TimestampList",
            "Mon, 16 Dec 2019 23:48:18 GMT,  Mon, 16 Dec 2019 23:48:18 GMT",
            r#"{"timestamps":[1576540098,1576540098]}"#,
        ),
        ("X-EpochList", "1.5,2", r#"{"epochs":[1.5,2]}"#),
        ("X-Byte", "\"1\"", r#"{"byte":1}"#),
        ("X-Byte", "", "{}"),
        ("X-Timestamp", "", "{}"),
        ("X-String", "", r#"{"string":""}"#),
        ("X-String", "é", r#"{"string":"é"}"#),
        ("X-Json", "", r#"{"json":""}"#),
    ] {
        assert_eq!(parse(&[(name, value.as_bytes())]).unwrap(), expected, "{name}: {value}");
    }
    assert_eq!(
        parse(&[("X-StringList", b"a, b"), ("X-StringList", b"c")]).unwrap(),
        r#"{"strings":["a","b","c"]}"#
    );
    for (name, value, expected) in [
        ("X-StringList", &b"a, \"b"[..], "strings[1]: a quoted value without its end"),
        ("X-StringList", b"\"b\\\"", "strings[0]: a quoted value without its end"),
        ("X-StringList", b"\"a\"b", "strings[0]: expected a comma after a quoted value"),
        (
            "X-IntegerList",
            b"1,x",
            "integers[1]: expected a whole number in the range of the member's type",
        ),
        ("X-TimestampList", b"Mon, 16", "timestamps[0]: not a timestamp of the expected format"),
        ("X-Byte", b"128", "byte: expected a whole number in the range of the member's type"),
        ("X-Byte", b"1,2", "byte: more than one value in the header, expected one"),
        ("X-Boolean", b"True", "boolean: expected `true` or `false`"),
        ("X-Json", b"!", "json: not valid base64"),
        ("X-Json", b"/w==", "json: not base64 of UTF-8"),
        ("X-Blob", b"!", "blob: not valid base64"),
        ("X-String", b"\xFF", "string: the header isn't UTF-8"),
    ] {
        assert_eq!(message(parse(&[(name, value)])), expected);
    }
    assert_eq!(
        message(parse(&[("X-String", b"a"), ("X-String", b"b")])),
        "string: more than one header, expected one"
    );
}

#[test]
fn headers_are_never_injected() {
    static OPERATION: OperationSchema = operation("POST", "/h", 200);
    for bad in ["a\\r\\nX-Evil: 1", "\\n", "\\u0000", "\\u007f", "\\u001b"] {
        for (input, place) in [
            (format!(r#"{{"string":"{bad}"}}"#), "string"),
            (format!(r#"{{"kind":"{bad}"}}"#), "kind"),
            (format!(r#"{{"strings":["a","{bad}"]}}"#), "strings[1]"),
        ] {
            assert_eq!(
                message(request::<Headers>(&REST_JSON_1, &OPERATION, &input)),
                format!("{place}: a control character, which no header can hold")
            );
        }
        let input = format!(r#"{{"map":{{"key":"{bad}"}}}}"#);
        assert_eq!(
            message(request::<Prefixed>(&REST_JSON_1, &OPERATION, &input)),
            "map[\"key\"]: a control character, which no header can hold"
        );
        let input = format!(r#"{{"map":{{"{bad}":"value"}}}}"#);
        let error = message(request::<Prefixed>(&REST_JSON_1, &OPERATION, &input));
        assert!(error.ends_with(": the key can't be in a header's name"), "{error}");
        let input = format!(r#"{{"media_type":"{bad}"}}"#);
        assert!(request::<TypedPayload>(&REST_JSON_1, &OPERATION, &input).is_err());
    }
    let sparse = request::<Headers>(&REST_JSON_1, &OPERATION, r#"{"sparse":["a",null]}"#);
    assert_eq!(message(sparse), "sparse[1]: a value that isn't set has no text");
}

#[test]
fn prefix_headers() {
    static OPERATION: OperationSchema = operation("GET", "/h", 200);
    let input = r#"{"map":{"Abc":"Abc value","def":""},"foo":"Foo"}"#;
    let made = request::<Prefixed>(&REST_JSON_1, &OPERATION, input).unwrap();
    assert_eq!(shown(&made), "GET /h\nx-foo: Foo\nx-foo-abc: Abc value\nx-foo-def: ");
    let mut found = Prefixed::empty();
    REST_JSON_1.parse_request(&OPERATION, view(&made), &mut found).unwrap();
    let expected = [("abc", "Abc value"), ("def", "")];
    let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(found.map, Some(HashMap::from(expected)));
    both_ways::<Prefixed>(&REST_JSON_1, &OPERATION, r#"{"map":{}}"#, "GET /h");
    // A member of its own counts; the map gets every header.
    let input = r#"{"map":{"hello":"Hello","x-foo":"Foo"},"hello":"There"}"#;
    let made = request::<AllHeaders>(&REST_JSON_1, &OPERATION, input).unwrap();
    assert_eq!(shown(&made), "GET /h\nhello: There\nx-foo: Foo");
    let unset = request::<AllHeaders>(&REST_JSON_1, &OPERATION, r#"{"map":{"Hello":"Hello"}}"#);
    assert_eq!(shown(&unset.unwrap()), "GET /h\nhello: Hello");
    let twice = Request::get("/h").header("a", "1").header("a", "2").body(Vec::new()).unwrap();
    let found = parsed::<AllHeaders>(&REST_JSON_1, &OPERATION, &twice).unwrap();
    assert_eq!(found, r#"{"map":{"a":"1, 2"}}"#);
}

#[test]
fn payloads() {
    static OPERATION: OperationSchema = operation("POST", "/p", 200);
    macro_rules! case {
        ($type:ident, $value:expr, $media_type:expr, $body:expr) => {
            both_ways::<$type>(
                &REST_JSON_1,
                &OPERATION,
                concat!(r#"{"foo":"Foo","payload":"#, $value, "}"),
                &format!(
                    "POST /p\ncontent-length: {}\ncontent-type: {}\nx-foo: Foo\n\n{}",
                    $body.len(),
                    $media_type,
                    $body
                ),
            );
        };
    }
    case!(BlobPayload, r#""blobby blob""#, "application/octet-stream", "blobby blob");
    case!(JpegPayload, r#""1234""#, "image/jpeg", "1234");
    case!(TextPayload, r#""rawstring""#, "text/plain", "rawstring");
    case!(EnumPayload, r#""enumvalue""#, "text/plain", "enumvalue");
    case!(StructurePayload, r#"{"greeting":"hi"}"#, "application/json", r#"{"greeting":"hi"}"#);
    case!(UnionPayload, r#"{"greeting":"hi"}"#, "application/json", r#"{"greeting":"hi"}"#);
    case!(DocumentPayload, r#"{"foo":[1,"x"]}"#, "application/json", r#"{"foo":[1,"x"]}"#);
    case!(DocumentPayload, r#""hello""#, "application/json", r#""hello""#);
    case!(ListPayload, "[1,2]", "application/json", "[1,2]");
    case!(UnsaidPayload, "{}", "application/json", "{}");
    let stream = r#"{"foo":"Foo","payload":"blobby blob"}"#;
    let stream = request::<StreamPayload>(&REST_JSON_1, &OPERATION, stream).unwrap();
    let expected = "POST /p\ncontent-length: 11\ncontent-type: application/octet-stream\n\
        x-foo: Foo\n\nblobby blob";
    assert_eq!(shown(&stream), expected);
    let found = parsed::<StreamPayload>(&REST_JSON_1, &OPERATION, &stream).unwrap();
    assert_eq!(found, r#"{"foo":"Foo","length":11,"payload":"blobby blob"}"#);
}

#[test]
fn payloads_that_are_not_set() {
    static OPERATION: OperationSchema = operation("POST", "/p", 200);
    fn case<T: Structure + Value>(media_type: &str, body: &str) {
        let length = body.len();
        let gap = if body.is_empty() { "" } else { "\n\n" };
        both_ways::<T>(
            &REST_JSON_1,
            &OPERATION,
            "{}",
            &format!("POST /p\ncontent-length: {length}\ncontent-type: {media_type}{gap}{body}"),
        );
    }
    case::<BlobPayload>("application/octet-stream", "");
    case::<JpegPayload>("image/jpeg", "");
    case::<TextPayload>("text/plain", "");
    case::<EnumPayload>("text/plain", "");
    case::<StructurePayload>("application/json", "{}");
    case::<UnionPayload>("application/json", "");
    case::<DocumentPayload>("application/json", "");
    both_ways::<UnsaidPayload>(&REST_JSON_1, &OPERATION, "{}", "POST /p");
}

#[test]
fn a_media_type_of_the_callers() {
    static OPERATION: OperationSchema = operation("POST", "/p", 200);
    both_ways::<TypedPayload>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"media_type":"image/jpg","payload":"1234"}"#,
        "POST /p\ncontent-length: 4\ncontent-type: image/jpg\n\n1234",
    );
}

#[test]
fn payloads_that_cannot_be() {
    static OPERATION: OperationSchema = operation("POST", "/p", 200);
    let unknown = UnionPayload { foo: None, payload: Some(Choice::Unknown) };
    let error = message(REST_JSON_1.request(&OPERATION, &unknown));
    assert!(error.starts_with("payload: the `Unknown` variant of `Choice`"), "{error}");
    let payload = ByteStream::new(SdkBody::taken());
    let stream = StreamPayload { payload, ..StreamPayload::empty() };
    let error = message(REST_JSON_1.request(&OPERATION, &stream));
    assert!(error.starts_with("payload: the stream isn't in memory"), "{error}");
    let post = |body: &[u8]| Request::post("/p").body(body.to_vec()).unwrap();
    for (found, expected) in [
        (
            parsed::<TextPayload>(&REST_JSON_1, &OPERATION, &post(b"a\xFF")),
            "payload: the body isn't UTF-8, at byte 1",
        ),
        (
            parsed::<EnumPayload>(&REST_JSON_1, &OPERATION, &post(b"\xFF")),
            "payload: the body isn't UTF-8, at byte 0",
        ),
        (
            parsed::<StructurePayload>(&REST_JSON_1, &OPERATION, &post(b"[]")),
            "payload: expected an object, found an array, at byte 0",
        ),
    ] {
        assert_eq!(message(found), expected);
    }
}

#[test]
fn streams_that_are_not_in_memory() {
    static OPERATION: OperationSchema = operation("POST", "/p", 200);
    for (length, expected) in [
        // What has been taken out has a length, of nothing.
        (None, "content-length: 0\ncontent-type: application/octet-stream\n"),
        (Some(5), "content-length: 5\ncontent-type: application/octet-stream\n"),
    ] {
        let payload = ByteStream::new(SdkBody::taken());
        let mut input = StreamPayload { foo: Some("Foo".to_owned()), length, payload };
        let context = Context { protocol: &REST_JSON_1, operation: &OPERATION };
        let request = into_request(context, &mut input, None, Finish::Now).unwrap();
        assert!(request.body().bytes().is_none());
        let shown = shown(&request.map(|_| Vec::new()));
        assert_eq!(shown, format!("POST /p\n{expected}x-foo: Foo"));
    }
}

#[test]
fn documents() {
    static OPERATION: OperationSchema = operation("PUT", "/b", 200);
    both_ways::<Body>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"foo":"Foo","value":5,"renamed":"x"}"#,
        "PUT /b\ncontent-length: 25\ncontent-type: application/json\nx-foo: Foo\n\n\
         {\"Renamed\":\"x\",\"value\":5}",
    );
    // Members that could be there make a document.
    both_ways::<Body>(
        &REST_JSON_1,
        &OPERATION,
        "{}",
        "PUT /b\ncontent-length: 2\ncontent-type: application/json\n\n{}",
    );
    // A bound member isn't read from the document, nor is a document needed.
    let request = Request::put("/b").body(br#"{"foo":"x","value":1}"#.to_vec()).unwrap();
    let found = parsed::<Body>(&REST_JSON_1, &OPERATION, &request).unwrap();
    assert_eq!(found, r#"{"value":1}"#);
    let request = Request::put("/b").body(Vec::new()).unwrap();
    assert_eq!(parsed::<Body>(&REST_JSON_1, &OPERATION, &request).unwrap(), "{}");
    both_ways::<Empty>(&REST_JSON_1, &OPERATION, "{}", "PUT /b");
}
