//! Documents that are wrong, or meant to do harm, and values that can't be written.

use aws_smithy_types::{DateTime, Document};

use super::shapes::*;
use super::{Xml, error_of, read, write};
use crate::codec::xml::{MAX_DEPTH, error_head};
use crate::codec::{Codec as _, Part};
use crate::value::Value;

#[test]
fn errors_say_where() {
    for (document, message) in [
        (
            "<Scalars><byteValue>300</byteValue></Scalars>",
            "byteValue: expected a whole number in the range of the member's type, found `300`, at byte 20",
        ),
        (
            "<Scalars><longValue/></Scalars>",
            "longValue: expected a whole number in the range of the member's type, found no text, at byte 21",
        ),
        (
            "<Scalars><DoubleDribble>1e400</DoubleDribble></Scalars>",
            "doubleValue: expected a number in the range of the member's type, found `1e400`, at byte 24",
        ),
        (
            "<Scalars><floatValue>inf</floatValue></Scalars>",
            "floatValue: expected a number in the range of the member's type, found `inf`, at byte 21",
        ),
        (
            "<Scalars><trueBooleanValue>1</trueBooleanValue></Scalars>",
            "trueBooleanValue: expected `true` or `false`, found `1`, at byte 27",
        ),
        ("<Scalars><blobValue>?</blobValue></Scalars>", "blobValue: not valid base64, at byte 20"),
        (
            "<Scalars><bigIntegerValue>1.5</bigIntegerValue></Scalars>",
            "bigIntegerValue: expected a whole number, found `1.5`, at byte 26",
        ),
        (
            "<Scalars><documentValue/></Scalars>",
            "documentValue: text can't hold a document, at byte 25",
        ),
        (
            "<Scalars><stringValue>a<b/></stringValue></Scalars>",
            "stringValue: expected text, found the element `b`, at byte 23",
        ),
        (
            "\u{FEFF}<Scalars><stringValue>&nbsp;</stringValue></Scalars>",
            "stringValue: `&nbsp;` stands for no character, at byte 25",
        ),
        ("<Scalar/>", "expected the root element `Scalars`, found `Scalar`, at byte 0"),
        ("<Scalars></Scalars><a/>", "expected the end, found an element, at byte 23"),
        ("<Scalars></Scalars>a", "expected the end, found text, at byte 20"),
        ("a", "expected the root element, found text, at byte 1"),
        ("<!-- -->", "expected the root element, found the end, at byte 8"),
        ("<Scalars>", "expected the end of an element, found the end, at byte 9"),
    ] {
        assert_eq!(error_of::<Scalars>(document), message);
    }
    assert_eq!(
        error_of::<Timestamps>(
            "<Timestamps><list><member>0</member><member>x</member></list></Timestamps>"
        ),
        "list[1]: expected a timestamp of the member's format, found `x`, at byte 44"
    );
    assert_eq!(
        error_of::<Maps>("<Maps><myMap><entry><key>a</key></entry></myMap></Maps>"),
        "myMap[\"a\"]: an entry without `value`, at byte 20"
    );
    assert_eq!(
        error_of::<Maps>("<Maps><myMap><entry><value/></entry></myMap></Maps>"),
        "myMap: an entry without `key`, at byte 20"
    );
    assert_eq!(
        error_of::<ChoiceHolder>("<ChoiceHolder><unionValue/></ChoiceHolder>"),
        "unionValue: no variant of a union is set, at byte 27"
    );
    assert_eq!(
        error_of::<Attributes>("<Attributes number='x'/>"),
        "number: expected a whole number in the range of the member's type, found `x`, at byte 24"
    );
    assert_eq!(
        error_of::<Recursive>(
            "<Recursive><map><entry><value><list><member><choice><booleanValue>no</booleanValue></choice></member></list></value><key>k</key></entry></map></Recursive>"
        ),
        "map[\"k\"].list[0].choice.booleanValue: expected `true` or `false`, found `no`, at byte 66"
    );
}

#[test]
fn what_is_not_well_formed() {
    for document in [
        "<Scalars><byteValue>1</shortValue></Scalars>",
        "<Scalars></Scalar>",
        "</Scalars>",
        "<Scalars",
        "<Scalars><stringValue>a & b</stringValue></Scalars>",
        "<Scalars><stringValue>&amp</stringValue></Scalars>",
        "<Scalars><stringValue>&#0;</stringValue></Scalars>",
        "<Scalars><stringValue>&#xD800;</stringValue></Scalars>",
        "<Scalars><stringValue>&#x110000;</stringValue></Scalars>",
        "<Scalars><stringValue>&#;</stringValue></Scalars>",
        "<Scalars><stringValue>&;</stringValue></Scalars>",
        "<Scalars><unknown>&nbsp;</unknown></Scalars>",
        "<Scalars>&nbsp;</Scalars>",
        "<Scalars><![CDATA[</Scalars>",
        "<Scalars><!-- </Scalars>",
        "<Scalars><?pi </Scalars>",
        "<Scalars><!x></Scalars>",
        "<Scalars></Scalars></Scalars>",
        "<Scalars></Scalars><![CDATA[]]>",
        "&amp;<Scalars></Scalars>",
    ] {
        let error = read::<Scalars>(document).unwrap_err();
        assert!(error.offset().is_some(), "{document}: {error}");
    }
    for document in ["<Attributes test='&nbsp;'/>", "<Attributes test=x/>", "<Attributes test/>"] {
        let error = read::<Attributes>(document).unwrap_err();
        assert!(error.offset().is_some(), "{document}: {error}");
    }
    let mut value = Scalars::empty();
    let error = Xml.read(b"<Scalars>\xFF</Scalars>", Part::Whole, &mut value).unwrap_err();
    assert_eq!(error.to_string(), "not valid UTF-8, at byte 9");
}

#[test]
fn what_is_skipped_is_well_formed_too() {
    for (document, at) in [
        ("<Scalars><other>\u{8}</other></Scalars>", 16),
        ("\u{FEFF}<Scalars a='\0'/>", 15),
        ("<Scalars><!-- ï\u{FFFF} --></Scalars>", 16),
    ] {
        let error = read::<Scalars>(document).unwrap_err();
        assert!(error.message().ends_with(", which XML hasn't"), "{error}");
        assert!(error.to_string().ends_with(&format!("at byte {at}")), "{error}");
    }
    for document in [
        "<Scalars a='b'c>d</Scalars>",
        "<Scalars a=b/>",
        "<Scalars a/>",
        "<Scalars><other 1='b'/></Scalars>",
        "<Scalars><other a='<'/></Scalars>",
        "<Scalars><other a='b' =''/></Scalars>",
        "<Scalars><stringValue a=>b</stringValue></Scalars>",
    ] {
        let error = read::<Scalars>(document).unwrap_err();
        assert_eq!(error.message(), "an attribute isn't well-formed", "{document}");
    }
    let error = read::<Scalars>("<Scalars><other a='&b;'/></Scalars>").unwrap_err();
    assert!(error.to_string().ends_with("at byte 9"), "{error}");
    let fine = "<Scalars a = 'b'\n c:d='' é=\"\" ><other e=''/>\t\r\n\u{7F}\u{FFFD}</Scalars >";
    assert!(read::<Scalars>(fine).is_ok());
}

#[test]
fn document_type_declarations_are_refused() {
    for document in [
        "<!DOCTYPE Scalars><Scalars/>",
        "<!DOCTYPE Scalars [<!ENTITY a \"b\">]><Scalars><stringValue>&a;</stringValue></Scalars>",
        "<!DOCTYPE Scalars SYSTEM \"file:///etc/passwd\"><Scalars/>",
        "<Scalars><!DOCTYPE x></Scalars>",
        "<Scalars><stringValue><!DOCTYPE x></stringValue></Scalars>",
        "<Scalars/><!DOCTYPE x>",
    ] {
        let error = read::<Scalars>(document).unwrap_err();
        assert_eq!(error.message(), "a document type declaration, which isn't read");
        assert!(error_head(document.as_bytes(), &["Scalars"]).is_err());
    }
}

#[test]
fn nesting_is_limited() {
    let nested = |open: &str, close: &str, depth: usize| {
        format!("<Recursive>{}{}</Recursive>", open.repeat(depth), close.repeat(depth))
    };
    assert!(read::<Recursive>(&nested("<nested>", "</nested>", MAX_DEPTH)).is_ok());
    for document in [
        nested("<nested>", "</nested>", MAX_DEPTH + 1),
        nested("<flat>", "</flat>", MAX_DEPTH + 1),
        nested("<list><member>", "</member></list>", MAX_DEPTH / 2 + 1),
        nested("<map><entry><key/><value>", "</value></entry></map>", MAX_DEPTH / 2 + 1),
        nested("<map><entry><value>", "</value><key/></entry></map>", MAX_DEPTH / 2 + 1),
        nested("<nested>", "", 100_000),
        nested("<unknown>", "</unknown>", 100_000),
        nested("<flat>", "", 100_000),
    ] {
        let error = read::<Recursive>(&document).unwrap_err();
        assert_eq!(error.message(), "nested too deeply");
    }
    let choices = format!("<ChoiceHolder>{}", "<unionValue>".repeat(100_000));
    assert_eq!(read::<ChoiceHolder>(&choices).unwrap_err().message(), "nested too deeply");
}

#[test]
fn values_that_cannot_be_written() {
    let control = Scalars { string: Some("a\u{1}".to_owned()), ..Scalars::default() };
    assert_eq!(
        write(&control).unwrap_err().to_string(),
        "stringValue: the character U+0001 can't be written: XML has no way to say it"
    );
    let document = Scalars { document: Some(Document::Null), ..Scalars::default() };
    assert_eq!(write(&document).unwrap_err().to_string(), "documentValue: XML has no documents");
    let early = Timestamps { normal: Some(DateTime::from_secs(i64::MIN)), ..Timestamps::default() };
    assert_eq!(write(&early).unwrap_err().path(), "normal");
    let inside = Recursive {
        list: Some(vec![
            Recursive::default(),
            Recursive { choice: Some(Choice::Unknown), ..Recursive::default() },
        ]),
        ..Recursive::default()
    };
    assert_eq!(write(&inside).unwrap_err().path(), "list[1].choice");
    let attribute = Attributes { attribute: Some("\0".to_owned()), ..Attributes::default() };
    assert_eq!(write(&attribute).unwrap_err().path(), "attr");
}
