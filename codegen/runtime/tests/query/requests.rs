//! What requests look like: every shape of the protocol tests of
//! [awsQuery](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html) and
//! [ec2Query](https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html), and what they leave
//! out; each is read again.

use std::collections::HashMap;

use tinsmith_runtime::operation::RequestView;
use tinsmith_runtime::protocol::{AWS_QUERY, EC2_QUERY, Protocol};
use tinsmith_runtime::{
    Blob, ByteStream, DateTime, Document, Operation, Structure, StructureShape,
    UnknownVariantValue, http,
};

use crate::shapes::*;

/// The parameters of the request that carries this input.
fn body(protocol: &dyn Protocol, input: &dyn Structure) -> String {
    let request = protocol.request(&operation("Op"), input).unwrap();
    assert_eq!(request.method(), http::Method::POST);
    assert_eq!(request.uri(), "/");
    let header = |name: &str| request.headers()[name].to_str().unwrap();
    assert_eq!(header("content-type"), "application/x-www-form-urlencoded");
    // Without members it has no length: see the protocol.
    let length = request.headers().get("content-length");
    let expected = (!input.schema().members().is_empty()).then(|| request.body().len().into());
    assert_eq!(length, expected.as_ref());
    let body = String::from_utf8(request.into_body()).unwrap();
    body.strip_prefix("Action=Op&Version=2020-01-08").unwrap().to_owned()
}

/// The input that a request with these parameters carries.
pub(crate) fn parsed<T: StructureShape>(
    protocol: &dyn Protocol,
    parameters: &str,
) -> Result<T, tinsmith_runtime::Error> {
    let body = format!("Action=Op&Version=2020-01-08{parameters}");
    let request = http::Request::post("/").body(body).unwrap();
    let mut input = T::empty_structure();
    let view = RequestView {
        method: request.method(),
        uri: request.uri(),
        headers: request.headers(),
        body: request.body().as_bytes(),
    };
    protocol.parse_request(&operation("Op"), view, &mut input)?;
    Ok(input)
}

/// The input becomes these parameters, and they become the input.
#[track_caller]
fn check<T: StructureShape + PartialEq + std::fmt::Debug>(
    protocol: &dyn Protocol,
    input: &T,
    expected: &str,
) {
    assert_eq!(body(protocol, input), expected);
    assert_eq!(&parsed::<T>(protocol, expected).unwrap(), input);
}

#[track_caller]
fn aws<T: StructureShape + PartialEq + std::fmt::Debug>(input: &T, expected: &str) {
    check(&AWS_QUERY, input, expected);
}

#[track_caller]
fn ec2<T: StructureShape + PartialEq + std::fmt::Debug>(input: &T, expected: &str) {
    check(&EC2_QUERY, input, expected);
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn texts(texts: &[&str]) -> Option<Vec<String>> {
    Some(texts.iter().map(|&text| text.to_owned()).collect())
}

fn map<V: Clone>(entries: &[(&str, V)]) -> Option<HashMap<String, V>> {
    Some(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

#[test]
fn identities() {
    assert_eq!(AWS_QUERY.id(), "aws.protocols#awsQuery");
    assert_eq!(EC2_QUERY.id(), "aws.protocols#ec2Query");
    assert_eq!(AWS_QUERY.codec().media_type(), "application/xml");
    assert_eq!(EC2_QUERY.codec().media_type(), "application/xml");
}

#[test]
fn nothing() {
    aws(&Nothing {}, "");
    ec2(&Nothing {}, "");
    aws(&Lists::default(), "");
}

#[test]
fn simple_members() {
    for check in [aws::<Simple>, ec2::<Simple>] {
        let simple = Simple { foo: text("val1"), bar: text("val2"), ..Simple::default() };
        check(&simple, "&Foo=val1&Bar=val2");
        let simple = Simple { foo: text("val1"), baz: Some(true), ..Simple::default() };
        check(&simple, "&Foo=val1&Baz=true");
        check(&Simple { baz: Some(false), ..Simple::default() }, "&Baz=false");
        check(&Simple { bam: Some(10), ..Simple::default() }, "&Bam=10");
        check(&Simple { boo: Some(10.8), ..Simple::default() }, "&Boo=10.8");
        let qux = Some(Blob::new("value"));
        check(&Simple { qux, ..Simple::default() }, "&Qux=dmFsdWU%3D");
        let foo_enum = Some(FooEnum::Foo);
        check(&Simple { foo_enum, ..Simple::default() }, "&FooEnum=Foo");
        let foo_enum = Some(FooEnum::Unknown(UnknownVariantValue::new("A new one")));
        check(&Simple { foo_enum, ..Simple::default() }, "&FooEnum=A%20new%20one");
    }
}

#[test]
fn numbers() {
    for check in [aws::<Simple>, ec2::<Simple>] {
        let simple = Simple {
            bam: Some(i32::MIN),
            float_value: Some(10.8),
            boo: Some(1e300),
            byte: Some(i8::MIN),
            short: Some(i16::MAX),
            long: Some(i64::MIN),
            big_integer: Some("-123456789012345678901234567890".parse().unwrap()),
            big_decimal: Some("1.5e+30".parse().unwrap()),
            ..Simple::default()
        };
        check(
            &simple,
            "&Bam=-2147483648&FloatValue=10.8&Boo=1e300&Byte=-128&Short=32767\
             &Long=-9223372036854775808&BigInteger=-123456789012345678901234567890\
             &BigDecimal=1.5e%2B30",
        );
        for (float, double, word) in [
            (f32::INFINITY, f64::INFINITY, "Infinity"),
            (f32::NEG_INFINITY, f64::NEG_INFINITY, "-Infinity"),
        ] {
            let simple =
                Simple { float_value: Some(float), boo: Some(double), ..Simple::default() };
            check(&simple, &format!("&FloatValue={word}&Boo={word}"));
        }
    }
    let simple = Simple { float_value: Some(f32::NAN), boo: Some(f64::NAN), ..Simple::default() };
    let expected = "&FloatValue=NaN&Boo=NaN";
    for protocol in [&AWS_QUERY as &dyn Protocol, &EC2_QUERY] {
        assert_eq!(body(protocol, &simple), expected);
        let simple: Simple = parsed(protocol, expected).unwrap();
        assert!(simple.float_value.unwrap().is_nan() && simple.boo.unwrap().is_nan());
    }
}

#[test]
fn text_is_percent_encoded() {
    let simple = Simple {
        foo: text("a b+c&d=e%f;g\u{0}\n\u{E9}\u{1F980}"),
        bar: text("AZaz09-._~"),
        baz: None,
        ..Simple::default()
    };
    let expected = "&Foo=a%20b%2Bc%26d%3De%25f%3Bg%00%0A%C3%A9%F0%9F%A6%80&Bar=AZaz09-._~";
    aws(&simple, expected);
    ec2(&simple, expected);
    aws(&Simple { foo: text(""), ..Simple::default() }, "&Foo=");
}

#[test]
fn names() {
    let simple = Simple {
        has_query_name: text("a"),
        has_query_and_xml_name: text("b"),
        uses_xml_name: text("c"),
        distinct_query_name: text("d"),
        distinct_query_and_xml_name: text("e"),
        distinct_xml_name: text("f"),
        lower: text("g"),
        with_prefix: text("h"),
        ..Simple::default()
    };
    aws(
        &simple,
        "&HasQueryName=a&hasQueryAndXmlName=b&usesXmlName=c&DistinctQueryName=d\
         &xmlAndQueryName=e&xmlNameOnly=f&lower=g&ns%3Aname=h",
    );
    ec2(
        &simple,
        "&HasQueryName=a&HasQueryAndXmlName=b&UsesXmlName=c&QueryName=d&queryAndXmlName=e\
         &XmlNameOnly=f&Lower=g&Ns%3Aname=h",
    );
}

#[test]
fn nested_structures() {
    let inner = Recursive { string_arg: text("baz"), ..Recursive::default() };
    let nested = Nested {
        nested: Some(Recursive {
            string_arg: text("foo"),
            other_arg: Some(true),
            recursive_arg: Some(Box::new(inner)),
        }),
    };
    let expected = "&Nested.StringArg=foo&Nested.OtherArg=true&Nested.RecursiveArg.StringArg=baz";
    aws(&nested, expected);
    ec2(&nested, expected);
}

#[test]
fn lists() {
    let greeting = |hi| Greeting { hi: text(hi) };
    let simple = Lists {
        list_arg: texts(&["foo", "bar", "baz"]),
        complex: Some(vec![greeting("hello"), greeting("hola")]),
        ..Lists::default()
    };
    aws(
        &simple,
        "&ListArg.member.1=foo&ListArg.member.2=bar&ListArg.member.3=baz\
         &ComplexListArg.member.1.hi=hello&ComplexListArg.member.2.hi=hola",
    );
    ec2(
        &simple,
        "&ListArg.1=foo&ListArg.2=bar&ListArg.3=baz&ComplexListArg.1.Hi=hello\
         &ComplexListArg.2.Hi=hola",
    );
    let others = Lists {
        flattened: texts(&["A", "B"]),
        items: texts(&["A", "B"]),
        renamed: texts(&["A", "B"]),
        nested: Some(WithList { list_arg: texts(&["A", "B"]) }),
        lists: Some(vec![vec!["A".to_owned()], vec!["B".to_owned(), "C".to_owned()]]),
        sparse: Some(vec![text("A")]),
        ..Lists::default()
    };
    aws(
        &others,
        "&FlattenedListArg.1=A&FlattenedListArg.2=B\
         &ListArgWithXmlNameMember.item.1=A&ListArgWithXmlNameMember.item.2=B&Hi.1=A&Hi.2=B\
         &NestedWithList.ListArg.member.1=A&NestedWithList.ListArg.member.2=B\
         &Lists.member.1.member.1=A&Lists.member.2.member.1=B&Lists.member.2.member.2=C\
         &Sparse.member.1=A",
    );
    ec2(
        &others,
        "&FlattenedListArg.1=A&FlattenedListArg.2=B\
         &ListArgWithXmlNameMember.1=A&ListArgWithXmlNameMember.2=B&Hi.1=A&Hi.2=B\
         &NestedWithList.ListArg.1=A&NestedWithList.ListArg.2=B\
         &Lists.1.1=A&Lists.2.1=B&Lists.2.2=C&Sparse.1=A",
    );
}

#[test]
fn long_lists_are_numbered_in_tens_and_hundreds() {
    let list: Vec<String> = (1..=1234).map(|n| format!("v{n}")).collect();
    let expected =
        |part: &str| -> String { (1..=1234).map(|n| format!("&ListArg{part}.{n}=v{n}")).collect() };
    let lists = Lists { list_arg: Some(list), ..Lists::default() };
    aws(&lists, &expected(".member"));
    ec2(&lists, &expected(""));
}

#[test]
fn empty_lists() {
    let lists = Lists { list_arg: texts(&[]), flattened: texts(&[]), ..Lists::default() };
    aws(&lists, "&ListArg=&FlattenedListArg=");
    let nested = Lists { lists: Some(vec![vec![], vec![]]), ..Lists::default() };
    aws(&nested, "&Lists.member.1=&Lists.member.2=");
    assert_eq!(body(&EC2_QUERY, &lists), "");
    assert_eq!(parsed::<Lists>(&EC2_QUERY, "&ListArg=&FlattenedListArg=").unwrap(), lists);
}

#[test]
fn maps() {
    let strings = map(&[("foo", "Foo".to_owned()), ("bar", "Bar".to_owned())]);
    let greeting = |hi| Greeting { hi: text(hi) };
    let maps = Maps {
        map_arg: strings.clone(),
        renamed: map(&[("foo", "Foo".to_owned())]),
        complex: map(&[("bar", greeting("Bar")), ("foo", greeting("Foo"))]),
        ..Maps::default()
    };
    aws(
        &maps,
        "&MapArg.entry.1.key=bar&MapArg.entry.1.value=Bar\
         &MapArg.entry.2.key=foo&MapArg.entry.2.value=Foo\
         &Foo.entry.1.key=foo&Foo.entry.1.value=Foo\
         &ComplexMapArg.entry.1.key=bar&ComplexMapArg.entry.1.value.hi=Bar\
         &ComplexMapArg.entry.2.key=foo&ComplexMapArg.entry.2.value.hi=Foo",
    );
    let maps = Maps {
        with_names: strings.clone(),
        flattened: strings.clone(),
        flattened_with_names: strings.clone(),
        lists: map(&[
            ("bar", vec!["C".to_owned(), "D".to_owned()]),
            ("foo", vec!["A".to_owned(), "B".to_owned()]),
        ]),
        nested: Some(WithMap { map_arg: strings }),
        ..Maps::default()
    };
    aws(
        &maps,
        "&MapWithXmlMemberName.entry.1.K=bar&MapWithXmlMemberName.entry.1.V=Bar\
         &MapWithXmlMemberName.entry.2.K=foo&MapWithXmlMemberName.entry.2.V=Foo\
         &FlattenedMap.1.key=bar&FlattenedMap.1.value=Bar\
         &FlattenedMap.2.key=foo&FlattenedMap.2.value=Foo\
         &Hi.1.K=bar&Hi.1.V=Bar&Hi.2.K=foo&Hi.2.V=Foo\
         &MapOfLists.entry.1.key=bar&MapOfLists.entry.1.value.member.1=C\
         &MapOfLists.entry.1.value.member.2=D\
         &MapOfLists.entry.2.key=foo&MapOfLists.entry.2.value.member.1=A\
         &MapOfLists.entry.2.value.member.2=B\
         &NestedStructWithMap.MapArg.entry.1.key=bar&NestedStructWithMap.MapArg.entry.1.value=Bar\
         &NestedStructWithMap.MapArg.entry.2.key=foo&NestedStructWithMap.MapArg.entry.2.value=Foo",
    );
}

#[test]
fn odd_maps() {
    let strings = map(&[("", String::new())]);
    let maps = Maps {
        complex: map(&[("nothing", Greeting::default())]),
        maps: map(&[("a", HashMap::new()), ("b", strings.unwrap())]),
        sparse: map(&[("null", None), ("one", text("1"))]),
        ..Maps::default()
    };
    aws(
        &maps,
        "&ComplexMapArg.entry.1.key=nothing\
         &MapOfMaps.entry.1.key=a&MapOfMaps.entry.2.key=b\
         &MapOfMaps.entry.2.value.entry.1.key=&MapOfMaps.entry.2.value.entry.1.value=\
         &SparseMap.entry.1.key=null&SparseMap.entry.2.key=one&SparseMap.entry.2.value=1",
    );
    let empty = Maps { map_arg: map(&[]), ..Maps::default() };
    assert_eq!(body(&AWS_QUERY, &empty), "");
    assert_eq!(parsed::<Maps>(&AWS_QUERY, "&MapArg=").unwrap(), empty);
    let error = EC2_QUERY.request(&operation("Op"), &maps).unwrap_err();
    assert_eq!(error.to_string(), "ComplexMapArg: ec2Query has no maps");
}

#[test]
fn timestamps() {
    let time = Some(DateTime::from_secs(1_422_172_800));
    let timestamps =
        Timestamps { normal: time, epoch_member: time, epoch_target: time, http: None };
    aws(
        &timestamps,
        "&normalFormat=2015-01-25T08%3A00%3A00Z&epochMember=1422172800&epochTarget=1422172800",
    );
    ec2(
        &timestamps,
        "&NormalFormat=2015-01-25T08%3A00%3A00Z&EpochMember=1422172800&EpochTarget=1422172800",
    );
    let fraction = Some(DateTime::from_secs_and_nanos(-1, 500_000_000));
    let timestamps =
        Timestamps { normal: fraction, epoch_member: fraction, epoch_target: None, http: time };
    aws(
        &timestamps,
        "&normalFormat=1969-12-31T23%3A59%3A59.5Z&epochMember=-0.5\
         &httpDate=Sun%2C%2025%20Jan%202015%2008%3A00%3A00%20GMT",
    );
    let offset = parsed::<Timestamps>(&AWS_QUERY, "&normalFormat=2015-01-25T10:00:00%2B02:00");
    assert_eq!(offset.unwrap().normal, time);
}

#[test]
fn tokens_and_bound_members() {
    let mut token = Token::default();
    aws(&token, "");
    token.token = text("00000000-0000-4000-8000-000000000123");
    aws(&token, "&token=00000000-0000-4000-8000-000000000123");
    ec2(&token, "&Token=00000000-0000-4000-8000-000000000123");
    // HTTP bindings don't count.
    let put = PutWithContentEncoding { encoding: text("custom"), data: text("x") };
    aws(&put, "&encoding=custom&data=x");
    ec2(&put, "&Encoding=custom&Data=x");
}

#[test]
fn unions() {
    let chosen = |choice| Chosen { choice: Some(choice), required: text("") };
    let greeting = Greeting { hi: text("hello") };
    aws(&chosen(Choice::Text("x".to_owned())), "&Choice.text=x&Required=");
    ec2(&chosen(Choice::Text("x".to_owned())), "&Choice.Text=x&Required=");
    aws(&chosen(Choice::Greeting(greeting)), "&Choice.greeting.hi=hello&Required=");
    aws(&chosen(Choice::Greeting(Greeting::default())), "&Choice.greeting=&Required=");
    ec2(&chosen(Choice::Lists(vec![])), "&Choice.Lists=&Required=");
    aws(&chosen(Choice::Lists(vec!["a".to_owned()])), "&Choice.lists.member.1=a&Required=");
    let error = AWS_QUERY.request(&operation("Op"), &chosen(Choice::Unknown)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Choice: the `Unknown` variant of `Choice` can't be sent: it stands for values from a \
         newer service"
    );
}

#[test]
fn streams_and_documents() {
    let mut odd = Odd { stream: ByteStream::from_static(b"value"), document: None };
    assert_eq!(body(&AWS_QUERY, &odd), "&Stream=dmFsdWU%3D");
    let read: Odd = parsed(&AWS_QUERY, "&Stream=dmFsdWU%3D").unwrap();
    assert_eq!(read.stream.bytes(), Some(&b"value"[..]));
    odd.document = Some(Document::Null);
    let error = AWS_QUERY.request(&operation("Op"), &odd).unwrap_err();
    assert_eq!(error.to_string(), "Document: a form can't hold a document");
    let error = parsed::<Odd>(&AWS_QUERY, "&Document=1").err().unwrap();
    assert_eq!(error.to_string(), "Document: text can't hold a document, at byte 38");
}

#[test]
fn nulls_in_lists_are_errors() {
    let lists = Lists { sparse: Some(vec![text("A"), None]), ..Lists::default() };
    let error = AWS_QUERY.request(&operation("Op"), &lists).unwrap_err();
    assert_eq!(error.to_string(), "Sparse[1]: a form can't say that a value is absent");
}

#[test]
fn operations() {
    let request = GreetingWithErrors::request(&Greeting { hi: text("x") }).unwrap();
    assert_eq!(request.body(), b"Action=GreetingWithErrors&Version=2020-01-08&hi=x");
    assert_eq!(GreetingWithErrors::parse_request(&request).unwrap().hi, text("x"));
    let request = GreetingWithErrors::via(&EC2_QUERY).request(&Greeting { hi: text("x") }).unwrap();
    assert_eq!(request.body(), b"Action=GreetingWithErrors&Version=2020-01-08&Hi=x");
}
