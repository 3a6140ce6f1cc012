//! Forms that nobody writes who means well: each is an error that says where.

use tinsmith_runtime::http;
use tinsmith_runtime::operation::RequestView;
use tinsmith_runtime::protocol::{AWS_QUERY, EC2_QUERY, Protocol};
use tinsmith_runtime::{Error, StructureShape};

use crate::requests::parsed;
use crate::shapes::*;

/// What [`parsed`] puts before the parameters.
const HEAD: usize = "Action=Op&Version=2020-01-08".len();

#[track_caller]
fn fails<T: StructureShape>(protocol: &dyn Protocol, parameters: &str, message: &str, at: usize) {
    let error = parsed::<T>(protocol, parameters).err().expect("an error");
    assert_eq!(error.to_string(), format!("{message}, at byte {}", HEAD + at));
}

#[track_caller]
fn aws<T: StructureShape>(parameters: &str, message: &str, at: usize) {
    fails::<T>(&AWS_QUERY, parameters, message, at);
}

#[test]
fn indexes() {
    let (path, what) = ("ListArg[0]", "expected the index 1, found");
    aws::<Lists>("&ListArg.member.999999999=a", &format!("{path}: {what} `999999999`"), 1);
    aws::<Lists>("&ListArg.member.0=a", &format!("{path}: {what} `0`"), 1);
    aws::<Lists>("&ListArg.member.01=a", &format!("{path}: {what} `01`"), 1);
    aws::<Lists>("&ListArg.member.-1=a", &format!("{path}: {what} `-1`"), 1);
    aws::<Lists>("&ListArg.member.%2B1=a", &format!("{path}: {what} `+1`"), 1);
    aws::<Lists>("&ListArg.member.=a", &format!("{path}: {what} ``"), 1);
    aws::<Lists>("&ListArg.member.one=a", &format!("{path}: {what} `one`"), 1);
    let huge = "9".repeat(1000);
    aws::<Lists>(
        &format!("&ListArg.member.{huge}=a"),
        &format!("{path}: {what} `{}`", &huge[..64]),
        1,
    );
    aws::<Lists>(
        "&ListArg.member.1=a&ListArg.member.3=c",
        "ListArg[1]: expected the index 2, found `3`",
        20,
    );
    aws::<Lists>(
        "&ListArg.member.1=a&ListArg.member.1=b",
        "ListArg[0]: the parameter `ListArg.member.1` comes twice",
        20,
    );
    aws::<Maps>(
        "&MapArg.entry.2.key=a&MapArg.entry.2.value=b",
        "MapArg: expected the index 1, found `2`",
        1,
    );
    fails::<Lists>(&EC2_QUERY, "&ListArg.member.1=a", &format!("ListArg[0]: {what} `member`"), 1);
}

#[test]
fn any_order_is_right() {
    let parameters = "&ListArg.member.2=b&Hi.1=x&ListArg.member.10=j&ListArg.member.1=a\
        &ListArg.member.3=c&ListArg.member.4=d&ListArg.member.5=e&ListArg.member.6=f\
        &ListArg.member.9=i&ListArg.member.8=h&ListArg.member.7=g";
    let lists: Lists = parsed(&AWS_QUERY, parameters).unwrap();
    assert_eq!(lists.list_arg.unwrap().concat(), "abcdefghij");
    assert_eq!(lists.renamed.unwrap(), ["x"]);
}

#[test]
fn names_within_lists_and_maps() {
    let message = "ListArg: expected `member`, found the parameter `ListArg.item.1`";
    aws::<Lists>("&ListArg.item.1=a", message, 1);
    aws::<Lists>("&ListArg.member.1=a&ListArg.item.1=a", message, 20);
    aws::<Lists>("&ListArg.1=a", "ListArg: expected `member`, found the parameter `ListArg.1`", 1);
    let message = "MapArg: expected `key` and `value`, found the parameter `MapArg.entry.1.other`";
    aws::<Maps>("&MapArg.entry.1.key=a&MapArg.entry.1.other=a", message, 22);
    aws::<Maps>("&MapArg.entry.1.value=a", "MapArg: an entry without `key`", 1);
    aws::<Maps>("&MapArg.entry.1.key=a", "MapArg[\"a\"]: an entry without `value`", 1);
    aws::<Maps>("&MapOfLists.entry.1.key=a", "MapOfLists[\"a\"]: an entry without `value`", 1);
    aws::<Maps>(
        "&Hi.1.K=a&Hi.1.V=b&Hi.2.K=a&Hi.2.V=b",
        "FlattenedMapWithXmlName[\"a\"]: the key comes twice",
        19,
    );
    fails::<Maps>(&EC2_QUERY, "&MapArg.1.key=a", "MapArg: ec2Query has no maps", 1);
}

#[test]
fn conflicts() {
    aws::<Nested>(
        "&Nested=1&Nested.StringArg=2",
        "Nested: expected either a value of `Nested` or what it is made of, found the parameter \
         `Nested.StringArg`",
        10,
    );
    aws::<Nested>(
        "&Nested=1",
        "Nested: expected parameters that start with `Nested.`, found a value",
        8,
    );
    aws::<Nested>(
        "&Nested.StringArg.X=1&Nested.StringArg=2",
        "Nested.StringArg: expected either a value of `Nested.StringArg` or what it is made of, \
         found the parameter `Nested.StringArg.X`",
        1,
    );
    aws::<Nested>(
        "&Nested.StringArg.X=1",
        "Nested.StringArg: expected a value, found the parameter `Nested.StringArg.X`",
        1,
    );
    aws::<Nested>(
        "&Nested.StringArg=1&Nested.StringArg=1",
        "Nested.StringArg: the parameter `Nested.StringArg` comes twice",
        20,
    );
    aws::<Chosen>(
        "&Choice.text=a&Choice.greeting.hi=b",
        "Choice: more than one variant of a union is set",
        1,
    );
    aws::<Chosen>("&Choice=", "Choice: no variant of a union is set", 1);
    // Nobody asks what lies in parameters that the model doesn't have.
    parsed::<Nested>(&AWS_QUERY, "&Other=1&Other.More=2&Other=3&Nested.Other.1=x&=&=x").unwrap();
    let chosen: Chosen = parsed(&AWS_QUERY, "&Choice.newer.member=x").unwrap();
    assert_eq!(chosen, Chosen { choice: Some(Choice::Unknown), required: Some(String::new()) });
}

#[test]
fn escapes() {
    let hex = "expected two hexadecimal digits after `%`";
    aws::<Simple>("&Foo=%", &format!("Foo: {hex}"), 5);
    aws::<Simple>("&Foo=ab%4", &format!("Foo: {hex}"), 7);
    aws::<Simple>("&Foo=%G0&Bar=1", &format!("Foo: {hex}"), 5);
    aws::<Simple>("&Foo=%&41", &format!("Foo: {hex}"), 5);
    aws::<Simple>("&Foo=%C3%28", "Foo: a value that isn't UTF-8", 5);
    aws::<Simple>("&F%6=1", hex, 2);
    aws::<Simple>("&F%FF=1", "a key that isn't UTF-8", 1);
    let simple: Simple = parsed(&AWS_QUERY, "&F%6fo=a+b=c%2B&&Bar").unwrap();
    assert_eq!(simple.foo.as_deref(), Some("a b=c+"));
    assert_eq!(simple.bar.as_deref(), Some(""));
    for body in [&b"Action=Op&Version=2020-01-08&Foo=\xFF"[..], b"\xFF=1", b"Action=\xFF"] {
        assert!(parse(&AWS_QUERY, body).is_err());
    }
}

#[test]
fn values() {
    let found = |expected: &str, found: &str| match found {
        "" => format!("expected {expected}, found no text"),
        found => format!("expected {expected}, found `{found}`"),
    };
    for text in ["True", "1", ""] {
        let message = format!("Baz: {}", found("`true` or `false`", text));
        aws::<Simple>(&format!("&Baz={text}"), &message, 5);
    }
    let whole = "a whole number in the range of the member's type";
    for text in ["", "x", "1.0", "2147483648", "1e3"] {
        aws::<Simple>(&format!("&Bam={text}"), &format!("Bam: {}", found(whole, text)), 5);
    }
    aws::<Simple>("&Byte=128", &format!("Byte: {}", found(whole, "128")), 6);
    aws::<Simple>("&BigInteger=1.5", "BigInteger: expected a whole number, found `1.5`", 12);
    aws::<Simple>("&BigDecimal=x", "BigDecimal: expected a number, found `x`", 12);
    let number = "a number in the range of the member's type";
    for text in ["", "x", "nan", "inf", "infinity", "1e999", "-1e999", "0x1", "1e"] {
        aws::<Simple>(&format!("&Boo={text}"), &format!("Boo: {}", found(number, text)), 5);
    }
    aws::<Simple>("&FloatValue=1e39", &format!("FloatValue: {}", found(number, "1e39")), 12);
    aws::<Simple>("&Qux=*", "Qux: not valid base64", 5);
    let timestamp = "a timestamp of the member's format";
    for (name, text) in [("normalFormat", "1"), ("epochMember", "NaN"), ("httpDate", "x")] {
        let message = format!("{name}: {}", found(timestamp, text));
        aws::<Timestamps>(&format!("&{name}={text}"), &message, name.len() + 2);
    }
    let list = "&ComplexListArg.member.1.hi=a&ListArg.member.1=%FF";
    aws::<Lists>(list, "ListArg[0]: a value that isn't UTF-8", 47);
}

#[test]
fn depth() {
    let deep = |levels: usize| format!("&Nested{}.StringArg=x", ".RecursiveArg".repeat(levels));
    let mut nested: Nested = parsed(&AWS_QUERY, &deep(127)).unwrap();
    let mut at = nested.nested.take().unwrap();
    for _ in 0..127 {
        at = *at.recursive_arg.take().unwrap();
    }
    assert_eq!(at.string_arg.as_deref(), Some("x"));
    let path = |levels: usize| format!("Nested{}", ".RecursiveArg".repeat(levels));
    aws::<Nested>(&deep(128), &format!("{}: nested too deeply", path(128)), 1);
    aws::<Nested>(&deep(100_000), &format!("{}: nested too deeply", path(128)), 1);
    parsed::<Nested>(&AWS_QUERY, &format!("&{}=x", "a.".repeat(100_000))).unwrap();
    let lists = format!("&Lists{}=x", ".member.1".repeat(100_000));
    assert!(parsed::<Lists>(&AWS_QUERY, &lists).is_err());
}

fn parse(protocol: &dyn Protocol, body: &[u8]) -> Result<Simple, Error> {
    let request = http::Request::post("/").body(()).unwrap();
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    let mut simple = Simple::default();
    let view = RequestView { method, uri, headers, body };
    protocol.parse_request(&operation("Op"), view, &mut simple)?;
    Ok(simple)
}

#[test]
fn actions_and_versions() {
    let version = "Version=2020-01-08";
    for (body, message) in [
        (String::new(), "expected the parameter Action to be `Op`, found none"),
        (version.to_owned(), "expected the parameter Action to be `Op`, found none"),
        (
            format!("Action=Other&{version}"),
            "expected the parameter Action to be `Op`, found `Other`",
        ),
        (format!("Action=op&{version}"), "expected the parameter Action to be `Op`, found `op`"),
        (format!("Action.X=Op&{version}"), "expected the parameter Action to be `Op`, found none"),
        ("Action=Op".to_owned(), "expected the parameter Version to be `2020-01-08`, found none"),
        (
            "Action=Op&Version=2010-01-01".to_owned(),
            "expected the parameter Version to be `2020-01-08`, found `2010-01-01`",
        ),
        (
            format!("Action=Op&{version}&Action=Op"),
            "the parameter `Action` comes twice, at byte 29",
        ),
    ] {
        for protocol in [&AWS_QUERY as &dyn Protocol, &EC2_QUERY] {
            assert_eq!(parse(protocol, body.as_bytes()).unwrap_err().to_string(), message);
        }
    }
    let simple = parse(&EC2_QUERY, format!("{version}&Foo=x&Action=Op").as_bytes()).unwrap();
    assert_eq!(simple.foo.as_deref(), Some("x"));
}
