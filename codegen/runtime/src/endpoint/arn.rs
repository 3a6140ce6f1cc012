//! `aws.parseArn`: the parts of an
//! [ARN](https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-parsearn-function). It must not know rules.

use std::borrow::Cow;

use super::value::part;

/// An ARN, as text and where its parts end.
#[derive(Clone, Debug)]
pub(super) struct Arn<'a> {
    text: Cow<'a, str>,
    /// The positions of the five colons between its six parts.
    colons: [usize; 5],
}

impl<'a> Arn<'a> {
    /// The ARN that this text is, if it is one.
    pub(super) fn parse(text: Cow<'a, str>) -> Option<Self> {
        let mut found = text.bytes().enumerate().filter(|(_, byte)| *byte == b':');
        let mut colons = [0; 5];
        for colon in &mut colons {
            *colon = found.next()?.0;
        }
        let [partition, service, ..] = [1, 2].map(|index| colons[index] - colons[index - 1] > 1);
        let resource = colons[4] + 1 < text.len();
        (text.starts_with("arn:") && partition && service && resource)
            .then_some(Self { text, colons })
    }

    pub(super) fn partition(&self) -> Cow<'a, str> {
        self.between(0)
    }

    pub(super) fn service(&self) -> Cow<'a, str> {
        self.between(1)
    }

    pub(super) fn region(&self) -> Cow<'a, str> {
        self.between(2)
    }

    pub(super) fn account_id(&self) -> Cow<'a, str> {
        self.between(3)
    }

    /// All of the resource.
    pub(super) fn resource(&self) -> Cow<'a, str> {
        part(&self.text, self.colons[4] + 1..self.text.len())
    }

    fn between(&self, colon: usize) -> Cow<'a, str> {
        part(&self.text, self.colons[colon] + 1..self.colons[colon + 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_has_six_parts() {
        for (text, parts) in [
            ("arn:aws:sns:us-west-2:0123:name", ["aws", "sns", "us-west-2", "0123", "name"]),
            ("arn:aws:s3:::bucket", ["aws", "s3", "", "", "bucket"]),
            ("arn:a:b:c:d:e:f/g", ["a", "b", "c", "d", "e:f/g"]),
        ] {
            let arn = Arn::parse(text.into()).unwrap();
            let found =
                [arn.partition(), arn.service(), arn.region(), arn.account_id(), arn.resource()];
            assert_eq!(found, parts, "{text}");
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "11111111-2222-3333-4444-555555555555",
            "arn:aws:s3:us-west-2:1",
            "arn:aws:s3:us-west-2:1:",
            "arn::s3:us-west-2:1:a",
            "arn:aws::us-west-2:1:a",
            "Arn:aws:s3:::a",
            "xarn:aws:s3:::a",
            ":::::a",
        ] {
            assert!(Arn::parse(text.into()).is_none(), "{text}");
        }
    }
}
