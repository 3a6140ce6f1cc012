//! What STS answers.

use dropin::Reply;

pub const IDENTITY: &str = "\
<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
<Arn>arn:aws:iam::123456789012:user/Ann</Arn><UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account>\
</GetCallerIdentityResult><ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId>\
</ResponseMetadata></GetCallerIdentityResponse>";

const ROLE: &str = "\
<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>\
<SourceIdentity>Ann</SourceIdentity><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/demo/Ann</Arn>\
<AssumedRoleId>ARO123EXAMPLE123:Ann</AssumedRoleId></AssumedRoleUser><Credentials>\
<AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>a secret &amp; more</SecretAccessKey>\
<SessionToken>a token</SessionToken><Expiration>2026-03-01T13:00:00.5Z</Expiration></Credentials>\
<PackedPolicySize>6</PackedPolicySize></AssumeRoleResult><ResponseMetadata><RequestId>a-request</RequestId>\
</ResponseMetadata></AssumeRoleResponse>";

/// Who is calling.
pub fn identity() -> Reply {
    Reply::new(200, IDENTITY).with("content-type", "text/xml").with("x-amzn-requestid", "a-request")
}

/// A role's credentials.
pub fn role() -> Reply {
    Reply::new(200, ROLE).with("content-type", "text/xml").with("x-amzn-requestid", "a-request")
}

/// An error with this code.
pub fn error(status: u16, code: &str) -> Reply {
    let body = format!(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
         <Code>{code}</Code><Message>This is a message.</Message></Error><RequestId>a-request</RequestId>\
         </ErrorResponse>"
    );
    Reply::new(status, body).with("content-type", "text/xml").with("x-amzn-requestid", "a-request")
}
