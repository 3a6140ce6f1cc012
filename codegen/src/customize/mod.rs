//! What single services need that no trait of their models says: one file a service, listed in one table.
//! It must not know how anything is written down.

mod api_gateway;
mod auth_token;
mod bedrock;
mod credentials;
mod ec2;
mod glacier;
mod lambda;
mod machine_learning;
mod polly;
mod route53;
mod s3;
mod s3_control;
mod timestream;

pub(crate) use timestream::TELLS_ENDPOINTS;

use crate::ir::Crate;

/// A service by the `sdkId` of its
/// [`aws.api#service`](https://smithy.io/2.0/aws/aws-core.html#aws-api-service-trait), and what is done to it.
type Customization = (&'static str, fn(&mut Crate));

static CUSTOMIZATIONS: [Customization; 17] = [
    ("API Gateway", api_gateway::customize),
    ("Bedrock", bedrock::customize),
    ("Bedrock Runtime", bedrock::customize),
    ("DSQL", auth_token::dsql),
    ("EC2", ec2::customize),
    ("Glacier", glacier::customize),
    ("Lambda", lambda::customize),
    ("Machine Learning", machine_learning::customize),
    ("Polly", polly::customize),
    ("RDS", auth_token::rds),
    ("Route 53", route53::customize),
    ("S3", s3::customize),
    ("S3 Control", s3_control::customize),
    ("SSO", credentials::sso),
    ("STS", credentials::sts),
    ("Timestream Query", timestream::customize),
    ("Timestream Write", timestream::customize),
];

/// Gives the service what it needs beyond its model.
pub(crate) fn customize(lowered: &mut Crate) {
    let Some(sdk_id) = lowered.service.sdk_id.clone() else { return };
    for (_, customize) in CUSTOMIZATIONS.iter().filter(|(service, _)| *service == sdk_id) {
        customize(lowered);
    }
}
