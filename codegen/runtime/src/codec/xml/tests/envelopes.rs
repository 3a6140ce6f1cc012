//! Documents that hold more than a structure, or less, as the query protocols and S3 have them.

use super::compact;
use super::shapes::*;
use crate::codec::Part;
use crate::codec::xml::{
    ANY, Writer, error_head, is_root, read_at, read_part_at, read_unwrapped, write_unwrapped,
};
use crate::error::Error;
use crate::schema::XmlNamespace;
use crate::value::{Structure, Value};

fn at<T: Structure + Value>(document: &str, path: &[&str]) -> Result<T, Error> {
    let mut value = T::empty();
    read_at(document.as_bytes(), path, &mut value)?;
    Ok(value)
}

fn greeting(text: &str) -> Greeting {
    Greeting { hi: Some(text.to_owned()) }
}

#[test]
fn results_of_aws_query() {
    let path = ["FooResponse", "FooResult"];
    let read = |document| at::<Greeting>(document, &path).unwrap();
    let document = "<FooResponse xmlns=\"https://example.com/\">
        <ResponseMetadata><RequestId>abc-123</RequestId></ResponseMetadata>
        <FooResult><hi>Hello</hi></FooResult>
        <FooResult><hi>not the first</hi></FooResult>
        <hi>not this</hi>
    </FooResponse>";
    assert_eq!(read(document), greeting("Hello"));
    for nothing in ["", " \n", "<FooResponse><FooResult/></FooResponse>"] {
        assert_eq!(read(nothing), Greeting::default());
    }
    for missing in [
        "<FooResponse/>",
        "<FooResponse><ResponseMetadata><hi>not this</hi></ResponseMetadata></FooResponse>",
    ] {
        let error = at::<Greeting>(missing, &path).unwrap_err();
        assert_eq!(error.to_string(), "expected the element `FooResponse/FooResult`, found none");
    }
    let corrected: Corrected = at("", &path).unwrap();
    assert_eq!(corrected.inner, Some(Greeting::default()));
    let error = at::<Greeting>("<BarResponse/>", &path).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected the root element `FooResponse`, found `BarResponse`, at byte 0"
    );
    assert!(at::<Greeting>("<FooResponse><FooResult></FooResult>", &path).is_err());
    assert!(at::<Greeting>("<FooResponse><FooResult/>", &path).is_err());
    assert!(at::<Greeting>("<FooResponse/>", &[]).is_err());
}

#[test]
fn roots_of_any_name() {
    let read = |path: &[&str]| at::<Greeting>("<a><b><hi>x</hi></b></a>", path);
    assert_eq!(read(&["a", "b"]).unwrap(), greeting("x"));
    assert_eq!(read(&[ANY, ANY]).unwrap(), greeting("x"));
    assert_eq!(read(&[ANY]).unwrap(), Greeting::default());
    assert!(read(&[ANY, "c"]).is_err());
    assert!(read(&[ANY, "b", "c", "d"]).is_err());
}

#[test]
fn parts() {
    let document = b"<Scalars><header>x</header><byteValue>1</byteValue></Scalars>";
    let mut whole = Scalars::default();
    read_part_at(document, &["Scalars"], Part::Whole, &mut whole).unwrap();
    assert_eq!(whole.header.as_deref(), Some("x"));
    let mut unbound = Scalars::default();
    read_part_at(document, &["Scalars"], Part::Unbound, &mut unbound).unwrap();
    assert_eq!(unbound, Scalars { byte: Some(1), ..Scalars::default() });
}

const ERROR: &str = "<ErrorResponse>
    <Error>
        <Type>Sender</Type>
        <Code>InvalidGreeting</Code>
        <Message>Hi &amp; bye</Message>
        <hi>setting</hi>
        <Nested><Code>not this</Code></Nested>
    </Error>
    <RequestId>foo-id</RequestId>
</ErrorResponse>";

#[test]
fn errors() {
    let both = |code: &str, message: &str| (Some(code.to_owned()), Some(message.to_owned()));
    let head = |document: &str, path: &[&str]| error_head(document.as_bytes(), path);
    let wrapped = ["ErrorResponse", "Error"];
    assert_eq!(head(ERROR, &wrapped).unwrap(), both("InvalidGreeting", "Hi & bye"));
    assert_eq!(at::<Greeting>(ERROR, &wrapped).unwrap(), greeting("setting"));
    let unwrapped =
        "<Error><message>not this</message><Message>Hi</Message><Code> NoSuchBucket</Code></Error>";
    assert_eq!(head(unwrapped, &["Error"]).unwrap(), both(" NoSuchBucket", "Hi"));
    let ec2 =
        "<Response><Errors><Error><Code>A</Code><Message>B</Message><hi>C</hi></Error></Errors>
        <RequestID>foo-id</RequestID></Response>";
    assert_eq!(head(ec2, &["Response", "Errors", "Error"]).unwrap(), both("A", "B"));
    assert_eq!(at::<Greeting>(ec2, &["Response", "Errors", "Error"]).unwrap(), greeting("C"));
    for nothing in ["", "<ErrorResponse/>", "<ErrorResponse><Error/></ErrorResponse>"] {
        assert_eq!(head(nothing, &wrapped).unwrap(), (None, None));
    }
    let error = head("<html><body>503</body></html>", &wrapped).unwrap_err();
    assert!(error.message().contains("found `html`"));
    assert!(head("{}", &wrapped).is_err());
    assert!(is_root(b"<?xml version='1.0'?> <s:Error>", "Error"));
    for other in [&b""[..], b"<Errors/>", b"Error", b"<!DOCTYPE x><Error/>", b"\xFF"] {
        assert!(!is_root(other, "Error"));
    }
}

#[test]
fn written_envelopes() {
    let namespace = XmlNamespace { prefix: None, uri: "https://example.com/" };
    let mut writer = Writer::new();
    writer.start("FooResponse", Some(namespace));
    writer.start("FooResult", None);
    writer.members(&greeting("Hello"), Part::Whole).unwrap();
    writer.end("FooResult");
    writer.start("ResponseMetadata", None);
    writer.text_element("RequestId", "<id>").unwrap();
    writer.end("ResponseMetadata");
    writer.end("FooResponse");
    let document = String::from_utf8(writer.into_bytes()).unwrap();
    assert_eq!(
        document,
        compact(
            "<FooResponse xmlns=\"https://example.com/\">
                <FooResult><hi>Hello</hi></FooResult>
                <ResponseMetadata><RequestId>&lt;id&gt;</RequestId></ResponseMetadata>
            </FooResponse>"
        )
    );
    let read: Greeting = at(&document, &["FooResponse", "FooResult"]).unwrap();
    assert_eq!(read, greeting("Hello"));
    assert!(Writer::default().text_element("a", "\0").is_err());
}

#[test]
fn unwrapped_members() {
    let location =
        |text: &str| Location { location: Some(Suit::from(text)), ..Location::default() };
    let mut read = Location::default();
    let document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
        <LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">us-west-2</LocationConstraint>";
    read_unwrapped(document.as_bytes(), &mut read).unwrap();
    assert_eq!(read, location("us-west-2"));
    let namespace = Some(XmlNamespace { prefix: None, uri: "urn:s3" });
    let written = write_unwrapped(
        &Location { bound: Some("elsewhere".to_owned()), ..location("eu") },
        namespace,
    );
    assert_eq!(written.unwrap(), b"<LocationConstraint xmlns=\"urn:s3\">eu</LocationConstraint>");
    assert_eq!(write_unwrapped(&Location::default(), namespace).unwrap(), b"");
    let mut none = Location::default();
    read_unwrapped(b"", &mut none).unwrap();
    assert_eq!(none, Location::default());
    for (bad, message) in [
        ("<Other>x</Other>", "the root element `Other` isn't a member's"),
        ("<bound>x</bound>", "the root element `bound` isn't a member's"),
    ] {
        let error = read_unwrapped(bad.as_bytes(), &mut Location::default()).unwrap_err();
        assert_eq!(error.message(), message);
    }
    let two = Pair { a: Some("a".to_owned()), b: Some("b".to_owned()) };
    assert_eq!(write_unwrapped(&two, None).unwrap_err().path(), "b");
}
