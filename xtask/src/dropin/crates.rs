//! The services that the programs of `codegen/dropin` call: one table. It must not know the programs.

/// A service, of which a crate is generated.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Service {
    /// The official crate, whose place the generated one takes.
    pub(crate) package: &'static str,
    /// Its model, in the folder of models.
    pub(crate) model: &'static str,
    /// The operations that the programs call, `aws-config` among them.
    pub(crate) operations: &'static [&'static str],
}

pub(crate) static SERVICES: [Service; 6] = [
    Service {
        package: "aws-sdk-dynamodb",
        model: "dynamodb.json",
        operations: &[
            "BatchGetItem",
            "BatchWriteItem",
            "CreateTable",
            "DeleteItem",
            "DeleteTable",
            "DescribeTable",
            "GetItem",
            "ListTables",
            "PutItem",
            "Query",
            "Scan",
            "TransactWriteItems",
            "UpdateItem",
        ],
    },
    Service { package: "aws-sdk-signin", model: "signin.json", operations: &["CreateOAuth2Token"] },
    Service {
        package: "aws-sdk-sqs",
        model: "sqs.json",
        operations: &[
            "CreateQueue",
            "DeleteMessage",
            "DeleteMessageBatch",
            "DeleteQueue",
            "GetQueueAttributes",
            "GetQueueUrl",
            "ListDeadLetterSourceQueues",
            "ListQueues",
            "PurgeQueue",
            "ReceiveMessage",
            "SendMessage",
            "SendMessageBatch",
            "SetQueueAttributes",
        ],
    },
    Service { package: "aws-sdk-sso", model: "sso.json", operations: &["GetRoleCredentials"] },
    Service { package: "aws-sdk-ssooidc", model: "sso-oidc.json", operations: &["CreateToken"] },
    Service {
        package: "aws-sdk-sts",
        model: "sts.json",
        operations: &["AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity"],
    },
];
