//! What each shape looks like as a document.

use std::collections::HashMap;

use aws_smithy_types::{Blob, DateTime};

use super::shapes::*;
use super::{Xml, assert_both, assert_reads, compact, read, write};
use crate::codec::{Codec as _, Part};
use crate::schema::{Member, XmlNamespace};
use crate::value::Value;

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn map<V>(entries: impl IntoIterator<Item = (&'static str, V)>) -> Option<HashMap<String, V>> {
    Some(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

#[test]
fn scalars() {
    let scalars = Scalars {
        string: some("string"),
        yes: Some(true),
        no: Some(false),
        byte: Some(1),
        short: Some(2),
        integer: Some(3),
        long: Some(4),
        float: Some(5.5),
        double: Some(6.5),
        big: Some("123456789012345678901234567890".parse().unwrap()),
        decimal: Some("1.25e-30".parse().unwrap()),
        blob: Some(Blob::new("value")),
        suit: Some(Suit::from("clubs")),
        ..Scalars::default()
    };
    let document = "<Scalars>
        <stringValue>string</stringValue>
        <trueBooleanValue>true</trueBooleanValue>
        <falseBooleanValue>false</falseBooleanValue>
        <byteValue>1</byteValue>
        <shortValue>2</shortValue>
        <integerValue>3</integerValue>
        <longValue>4</longValue>
        <floatValue>5.5</floatValue>
        <DoubleDribble>6.5</DoubleDribble>
        <bigIntegerValue>123456789012345678901234567890</bigIntegerValue>
        <bigDecimalValue>1.25e-30</bigDecimalValue>
        <blobValue>dmFsdWU=</blobValue>
        <suitValue>clubs</suitValue>
    </Scalars>";
    assert_both(&scalars, document);
    // What HTTP binds elsewhere isn't part of the document.
    let bound = Scalars { header: some("x"), ..scalars.clone() };
    assert_eq!(write(&bound).unwrap(), compact(document));
    assert_reads(&scalars, &document.replace("<stringValue>", "<header>x</header><stringValue>"));
}

#[test]
fn text_keeps_its_white_space_and_numbers_lose_it() {
    let text = |text: &str| Scalars { string: some(text), ..Scalars::default() };
    let document = |text: &str| format!("<Scalars><stringValue>{text}</stringValue></Scalars>");
    for (value, written) in [
        ("  string with white    space  ", "  string with white    space  "),
        ("   ", "   "),
        ("", ""),
        ("<string>", "&lt;string&gt;"),
        ("&lt;\r\n", "&amp;lt;&#xD;&#xA;"),
        ("]]>", "]]&gt;"),
        ("\u{e9}\u{1F600}\u{2028}", "\u{e9}\u{1F600}&#x2028;"),
    ] {
        assert_both(&text(value), &document(written));
    }
    for (value, read) in [
        ("escaped data: &lt;\r\n", "escaped data: &amp;lt;&#xD;&#10;"),
        ("a&b", "<![CDATA[a&b]]>"),
        ("one two three", "one<!-- a comment --> two<?pi?><![CDATA[ three]]>"),
        ("'\"<>&A", "&apos;&quot;&lt;&gt;&amp;&#x41;"),
        ("a\nb\r\n", "a\nb\r\n"),
    ] {
        assert_eq!(super::read::<Scalars>(&document(read)).unwrap(), text(value));
    }
    assert_eq!(read::<Scalars>("<Scalars><stringValue/></Scalars>").unwrap(), text(""));
    let padded = "<Scalars><longValue>\n 7 </longValue><trueBooleanValue> true\t</trueBooleanValue>
        <blobValue> dmFsdWU= </blobValue><DoubleDribble> -0.5 </DoubleDribble></Scalars>";
    let scalars = Scalars {
        long: Some(7),
        yes: Some(true),
        blob: Some(Blob::new("value")),
        double: Some(-0.5),
        ..Scalars::default()
    };
    assert_eq!(read::<Scalars>(padded).unwrap(), scalars);
}

#[test]
fn numbers_that_are_none() {
    for (value, text) in
        [(f64::NAN, "NaN"), (f64::INFINITY, "Infinity"), (f64::NEG_INFINITY, "-Infinity")]
    {
        #[expect(clippy::cast_possible_truncation, reason = "there is nothing to lose")]
        let scalars =
            Scalars { float: Some(value as f32), double: Some(value), ..Scalars::default() };
        let document = format!(
            "<Scalars><floatValue>{text}</floatValue><DoubleDribble>{text}</DoubleDribble></Scalars>"
        );
        assert_eq!(write(&scalars).unwrap(), document);
        let read: Scalars = read(&document).unwrap();
        assert_eq!(read.double.unwrap().to_bits(), value.to_bits());
        assert_eq!(f64::from(read.float.unwrap()).is_nan(), value.is_nan());
    }
    let small = Scalars { float: Some(0.1), double: Some(1e21), ..Scalars::default() };
    assert_both(
        &small,
        "<Scalars><floatValue>0.1</floatValue><DoubleDribble>1e21</DoubleDribble></Scalars>",
    );
}

#[test]
fn timestamps() {
    let at = DateTime::from_secs(1_398_796_238);
    assert_both(
        &Timestamps {
            normal: Some(at),
            date_time: Some(at),
            epoch_seconds: Some(at),
            http_date: Some(at),
            list: Some(vec![at, DateTime::from_secs_and_nanos(-1, 500_000_000)]),
        },
        "<Timestamps>
            <normal>2014-04-29T18:30:38Z</normal>
            <dateTime>2014-04-29T18:30:38Z</dateTime>
            <epochSeconds>1398796238</epochSeconds>
            <httpDate>Tue, 29 Apr 2014 18:30:38 GMT</httpDate>
            <list>
            <member>1398796238</member>
            <member>-0.5</member>
            </list>
        </Timestamps>",
    );
    for (text, at) in [
        ("2019-12-16T22:48:18-01:00", DateTime::from_secs(1_576_540_098)),
        ("2019-12-17T00:48:18+01:00", DateTime::from_secs(1_576_540_098)),
        ("2000-01-02T20:34:56.123Z", DateTime::from_secs_and_nanos(946_845_296, 123_000_000)),
    ] {
        let document = format!("<Timestamps><normal> {text} </normal></Timestamps>");
        assert_reads(&Timestamps { normal: Some(at), ..Timestamps::default() }, &document);
    }
}

#[test]
fn lists() {
    let strings = |values: [&str; 2]| Some(values.map(str::to_owned).to_vec());
    let pair = |a: &str, b: &str| Pair { a: some(a), b: some(b) };
    let at = DateTime::from_secs(1_398_796_238);
    assert_both(
        &Lists {
            strings: strings(["foo", "bar"]),
            integers: Some(vec![1, 2]),
            booleans: Some(vec![true, false]),
            timestamps: Some(vec![at, at]),
            suits: Some(vec![Suit::from("clubs"), Suit::from("0")]),
            nested: Some(vec![
                vec!["foo".to_owned(), "bar".to_owned()],
                vec!["baz".to_owned(), "qux".to_owned()],
            ]),
            renamed: strings(["foo", "bar"]),
            flattened: strings(["hi", "bye"]),
            flattened_too: strings(["yep", "nope"]),
            flattened_namespace: strings(["a", "b"]),
            structures: Some(vec![pair("1", "2"), pair("3", "4")]),
            flattened_structures: Some(vec![pair("5", "6"), pair("7", "8")]),
        },
        "<Lists>
            <stringList><member>foo</member><member>bar</member></stringList>
            <integerList><member>1</member><member>2</member></integerList>
            <booleanList><member>true</member><member>false</member></booleanList>
            <timestampList>
                <member>2014-04-29T18:30:38Z</member>
                <member>2014-04-29T18:30:38Z</member>
            </timestampList>
            <enumList><member>clubs</member><member>0</member></enumList>
            <nestedStringList>
                <member><member>foo</member><member>bar</member></member>
                <member><member>baz</member><member>qux</member></member>
            </nestedStringList>
            <renamed><item>foo</item><item>bar</item></renamed>
            <flattenedList>hi</flattenedList>
            <flattenedList>bye</flattenedList>
            <customName>yep</customName>
            <customName>nope</customName>
            <flattenedListWithMemberNamespace xmlns=\"https://xml-member.example.com\">a</flattenedListWithMemberNamespace>
            <flattenedListWithMemberNamespace xmlns=\"https://xml-member.example.com\">b</flattenedListWithMemberNamespace>
            <myStructureList>
                <item><value>1</value><other>2</other></item>
                <item><value>3</value><other>4</other></item>
            </myStructureList>
            <flattenedStructureList><value>5</value><other>6</other></flattenedStructureList>
            <flattenedStructureList><value>7</value><other>8</other></flattenedStructureList>
        </Lists>",
    );
}

#[test]
fn lists_without_elements() {
    let empty = Lists { strings: Some(vec![]), renamed: Some(vec![]), ..Lists::default() };
    assert_both(&empty, "<Lists><stringList></stringList><renamed></renamed></Lists>");
    assert_reads(&empty, "<Lists><stringList/><renamed> </renamed></Lists>");
    // A flattened list has no element of its own.
    let flattened = Lists { flattened: Some(vec![]), ..Lists::default() };
    assert_eq!(write(&flattened).unwrap(), "<Lists></Lists>");
    let maps = Maps { plain: map([]), ..Maps::default() };
    assert_both(&maps, "<Maps><myMap></myMap></Maps>");
    assert_reads(&maps, "<Maps><myMap/></Maps>");
}

#[test]
fn elements_in_any_order_and_more_than_once() {
    let lists: Lists = read(
        "<Lists>
            <flattenedList>a</flattenedList>
            <customName>x</customName>
            <unknown><stringList><member>no</member></stringList></unknown>
            <flattenedList>b</flattenedList>
            <stringList><member>first</member></stringList>
            <customName/>
            <stringList><item>no</item><member>second</member></stringList>
        </Lists>",
    )
    .unwrap();
    assert_eq!(lists.flattened.unwrap(), ["a", "b"]);
    assert_eq!(lists.flattened_too.unwrap(), ["x", ""]);
    assert_eq!(lists.strings.unwrap(), ["second"]);
    let pair: Pair = read("<Pair><other>1</other><value>2</value><other>3</other></Pair>").unwrap();
    assert_eq!(pair, Pair { a: some("2"), b: some("3") });
}

#[test]
fn sparse_lists_and_maps() {
    let sparse = Sparse {
        strings: Some(vec![some("a"), some("")]),
        integers: Some(vec![Some(1), None]),
        map: map([("k", None)]),
    };
    assert_both(
        &sparse,
        "<Sparse>
            <strings><member>a</member><member></member></strings>
            <integers><member>1</member><member></member></integers>
            <map><entry><key>k</key><value></value></entry></map>
        </Sparse>",
    );
}

#[test]
fn maps() {
    let greeting = |text: &str| Greeting { hi: some(text) };
    let text = |text: &str| text.to_owned();
    assert_both(
        &Maps {
            plain: map([("foo", greeting("there"))]),
            renamed: map([("baz", greeting("bye"))]),
            nested: map([("foo", map([("bar", text("Baz"))]).unwrap())]),
            flattened: Some([(Suit::from("clubs"), text("Foo"))].into()),
            flattened_named: map([("a", text("A"))]),
            named: map([("<a>", text("A"))]),
            flattened_nested: map([("foo", map([("bar", text("Bar"))]).unwrap())]),
        },
        "<Maps>
            <myMap><entry><key>foo</key><value><hi>there</hi></value></entry></myMap>
            <renamed>
                <entry><Attribute>baz</Attribute><Setting><hi>bye</hi></Setting></entry>
            </renamed>
            <nestedMap>
                <entry>
                    <OuterKey>foo</OuterKey>
                    <value>
                        <entry><InnerKey>bar</InnerKey><InnerValue>Baz</InnerValue></entry>
                    </value>
                </entry>
            </nestedMap>
            <flattened><key>clubs</key><value>Foo</value></flattened>
            <KVP xmlns=\"https://the-member.example.com\">
                <K xmlns=\"https://the-key.example.com\">a</K>
                <V xmlns=\"https://the-value.example.com\">A</V>
            </KVP>
            <MAP xmlns=\"https://the-member.example.com\">
                <entry>
                    <K xmlns=\"https://the-key.example.com\">&lt;a&gt;</K>
                    <V xmlns=\"https://the-value.example.com\">A</V>
                </entry>
            </MAP>
            <flatNestedMap>
                <key>foo</key>
                <value><entry><key>bar</key><value>Bar</value></entry></value>
            </flatNestedMap>
        </Maps>",
    );
}

#[test]
fn maps_of_many_entries_in_any_order() {
    let maps: Maps = read(
        "<Maps>
            <flattened><key>a</key><value>1</value></flattened>
            <myMap>
                <entry><value><hi>there</hi></value><key>x</key></entry>
                <unknown/>
                <entry><other/><key>y</key><value><hi>bye</hi></value></entry>
                <entry><key>y</key><value/></entry>
                <entry><value/><key>z</key><value><hi>last</hi></value></entry>
            </myMap>
            <flattened><value>2</value><key>b</key></flattened>
        </Maps>",
    )
    .unwrap();
    let flattened = maps.flattened.unwrap();
    assert_eq!(flattened.len(), 2);
    assert_eq!(flattened[&Suit::from("b")], "2");
    let plain = maps.plain.unwrap();
    assert_eq!(plain["x"], Greeting { hi: some("there") });
    assert_eq!(plain["y"], Greeting::default());
    assert_eq!(plain["z"], Greeting { hi: some("last") });
}

#[test]
fn recursive_shapes() {
    let inner = Recursive { foo: some("Foo2"), ..Recursive::default() };
    let outer = Recursive {
        foo: some("Foo1"),
        nested: Some(Box::new(Recursive {
            nested: Some(Box::new(inner.clone())),
            ..Recursive::default()
        })),
        list: Some(vec![inner.clone(), Recursive::default()]),
        map: map([("k", inner.clone())]),
        flattened: Some(vec![inner.clone(), inner]),
        ..Recursive::default()
    };
    assert_both(
        &outer,
        "<Recursive>
            <foo>Foo1</foo>
            <nested><nested><foo>Foo2</foo></nested></nested>
            <list><member><foo>Foo2</foo></member><member></member></list>
            <map><entry><key>k</key><value><foo>Foo2</foo></value></entry></map>
            <flat><foo>Foo2</foo></flat>
            <flat><foo>Foo2</foo></flat>
        </Recursive>",
    );
}

#[test]
fn unions() {
    let holder = |choice| ChoiceHolder { choice: Some(choice) };
    let around =
        |inner: &str| format!("<ChoiceHolder><unionValue>{inner}</unionValue></ChoiceHolder>");
    for (choice, inner) in [
        (Choice::Text("some string".to_owned()), "<stringValue>some string</stringValue>"),
        (Choice::Flag(true), "<booleanValue>true</booleanValue>"),
        (
            Choice::Scalars(Box::new(Scalars { byte: Some(1), ..Scalars::default() })),
            "<structValue><byteValue>1</byteValue></structValue>",
        ),
        (
            Choice::Inner(Box::new(Choice::Flag(false))),
            "<unionValue><booleanValue>false</booleanValue></unionValue>",
        ),
        (Choice::Nothing(NothingPayload([])), "<nothing></nothing>"),
        (Choice::Flattened(vec![1, 2]), "<flattened>1</flattened><flattened>2</flattened>"),
    ] {
        assert_both(&holder(choice), &around(inner));
    }
    assert_reads(&holder(Choice::Unknown), &around("<newer><a/></newer>"));
    assert_reads(&holder(Choice::Flag(true)), &around("<newer/><booleanValue>true</booleanValue>"));
    assert_reads(
        &holder(Choice::Flag(true)),
        &around("<flattened>1</flattened><booleanValue>true</booleanValue><newer/>"),
    );
    let error = write(&holder(Choice::Unknown)).unwrap_err();
    assert_eq!(error.path(), "unionValue");
    assert!(error.message().contains("`Unknown` variant of `Choice`"));
}

#[test]
fn attributes() {
    let attributes = Attributes {
        foo: some("hi"),
        attribute: some("<test&mock>\""),
        number: Some(7),
        kind: Some(Suit::from("clubs")),
        test: some("an element of the same name"),
        ..Attributes::default()
    };
    assert_both(
        &attributes,
        "<Attributes test=\"&lt;test&amp;mock&gt;&quot;\" number=\"7\" xsi:type=\"clubs\">
            <foo>hi</foo>
            <test>an element of the same name</test>
        </Attributes>",
    );
    assert_reads(
        &attributes,
        "<p:Attributes xmlns:p='urn:x' number = ' 7 ' p:test='&lt;test&#38;mock>&#34;' other='&amp;'
            xsi:type='clubs' bound='no'><foo>hi</foo>
            <test>an element of the same name</test></p:Attributes>",
    );
    // A name with a prefix is meant with it.
    let read: Attributes = read("<Attributes type='clubs' n:type='clubs'/>").unwrap();
    assert_eq!(read, Attributes::default());
}

#[test]
fn names_and_namespaces_of_roots() {
    let payload = Payload { name: some("Phreddy") };
    assert_both(&payload, "<Hello><name>Phreddy</name></Hello>");
    let named = NamedPayload { name: some("Phreddy") };
    let document = "<NamedPayload xmlns:baz=\"http://foo.com\"><name>Phreddy</name></NamedPayload>";
    assert_both(&named, document);
    let namespace = Some(XmlNamespace { prefix: None, uri: "https://example.com" });
    // The structure's own namespace takes precedence over the service's.
    assert_eq!(Xml.write(&named, Part::Whole, namespace).unwrap(), document.as_bytes());
    assert_eq!(
        Xml.write(&payload, Part::Whole, namespace).unwrap(),
        b"<Hello xmlns=\"https://example.com\"><name>Phreddy</name></Hello>"
    );
    assert_reads(
        &payload,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
        <!-- a comment -->
        <s:Hello xmlns:s=\"urn:s\">
            <![CDATA[characters]]>
            <s:name>Phreddy</s:name >
            <!--xml comment--><?pi?>
        </s:Hello>
        <!-- the end -->",
    );
}

#[test]
fn namespaces_of_members() {
    let inner = Namespaces { foo: some("Foo"), ..Namespaces::default() };
    assert_both(
        &Namespaces {
            values: Some(vec!["Bar".to_owned(), "Baz".to_owned()]),
            nested: Some(Box::new(inner.clone())),
            attributes: Some(Attributes { attribute: some("x"), ..Attributes::default() }),
            ..inner
        },
        "<Namespaces xmlns=\"http://foo.com\">
            <foo xmlns:baz=\"http://baz.com\">Foo</foo>
            <values xmlns=\"http://qux.com/?a&amp;b\">
                <member xmlns=\"http://bux.com\">Bar</member>
                <member xmlns=\"http://bux.com\">Baz</member>
            </values>
            <nested><foo xmlns:baz=\"http://baz.com\">Foo</foo></nested>
            <attributes xmlns:xsi=\"https://example.com\" test=\"x\"></attributes>
        </Namespaces>",
    );
}

#[track_caller]
fn assert_payload<T: Value + PartialEq + std::fmt::Debug>(
    member: &'static Member,
    value: &T,
    document: &str,
) {
    let bytes = Xml.write_payload(member, value.get(), None).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), document);
    let mut read = T::empty();
    Xml.read_payload(document.as_bytes(), member, &mut read).unwrap();
    assert_eq!(&read, value);
}

#[test]
fn payloads() {
    static PLAIN: Member = m("nested");
    static NAMED: Member = m("nested").xml_name("Hola");
    let payload = Some(Payload { name: some("Phreddy") });
    assert_payload(&PLAIN, &payload, "<Hello><name>Phreddy</name></Hello>");
    assert_payload(&NAMED, &payload, "<Hola><name>Phreddy</name></Hola>");
    let named = Some(NamedPayload { name: some("Phreddy") });
    assert_payload(
        &PLAIN,
        &named,
        "<NamedPayload xmlns:baz=\"http://foo.com\"><name>Phreddy</name></NamedPayload>",
    );
    let attributes = Some(Attributes { attribute: some("a"), ..Attributes::default() });
    assert_payload(&PLAIN, &attributes, "<Attributes test=\"a\"></Attributes>");
    let choice = Some(Choice::Text("hello".to_owned()));
    assert_payload(&PLAIN, &choice, "<Choice><stringValue>hello</stringValue></Choice>");
    let list = Some(vec![1, 2]);
    assert_payload(&NAMED, &list, "<Hola><member>1</member><member>2</member></Hola>");
    let entries = map([("a", 1.5)]);
    assert_payload(
        &PLAIN,
        &entries,
        "<nested><entry><key>a</key><value>1.5</value></entry></nested>",
    );
    let mut value: Option<Payload> = None;
    let error = Xml.read_payload(b"<Hola/>", &PLAIN, &mut value).unwrap_err();
    assert_eq!(error.message(), "expected the root element `Hello`, found `Hola`");
}

#[test]
fn missing_members_are_filled_in() {
    let filled = Corrected { number: 0, text: None, inner: Some(Greeting::default()), items: None };
    for document in ["", "  \n", "<Corrected/>", "<Corrected></Corrected>"] {
        let mut value = Corrected::empty();
        Xml.read(document.as_bytes(), Part::Whole, &mut value).unwrap();
        // Client error correction fills in what it can build.
        assert_eq!(value.number, filled.number, "{document}");
        assert_eq!(value.inner, filled.inner, "{document}");
        assert_eq!(value.text.as_deref(), Some(""), "{document}");
        assert_eq!(value.items.as_deref(), Some(&[][..]), "{document}");
    }
}
