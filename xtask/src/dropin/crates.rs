//! The services that the programs of `codegen/dropin` call: one table. It must not know the programs.

/// A service, of which a crate is generated.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Service {
    /// The official crate, whose place the generated one takes.
    pub(crate) package: &'static str,
    /// Its model, in the folder of models.
    pub(crate) model: &'static str,
    /// The folder of botocore's model of it, which will do where the other one is missing.
    pub(crate) botocore: Option<&'static str>,
    /// The operations that the programs call, `aws-config` among them.
    pub(crate) operations: &'static [&'static str],
}

const fn service(
    package: &'static str,
    model: &'static str,
    operations: &'static [&'static str],
) -> Service {
    Service { package, model, botocore: None, operations }
}

pub(crate) static SERVICES: [Service; 22] = [
    service(
        "aws-sdk-apigateway",
        "api-gateway.json",
        &["CreateRestApi", "DeleteRestApi", "GetRestApis", "UpdateRestApi"],
    ),
    service("aws-sdk-bedrockruntime", "bedrock-runtime.json", &["InvokeModel", "ListAsyncInvokes"]),
    service(
        "aws-sdk-cloudwatch",
        "cloudwatch.json",
        &[
            "DeleteAlarms",
            "DescribeAlarms",
            "GetDashboard",
            "GetMetricData",
            "GetMetricStatistics",
            "ListMetrics",
            "PutDashboard",
            "PutMetricAlarm",
            "PutMetricData",
            "SetAlarmState",
        ],
    ),
    service("aws-sdk-codecatalyst", "codecatalyst.json", &["VerifySession"]),
    service("aws-sdk-dsql", "dsql.json", &["GetCluster"]),
    service(
        "aws-sdk-dynamodb",
        "dynamodb.json",
        &[
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
    ),
    Service {
        botocore: Some("ec2"),
        ..service(
            "aws-sdk-ec2",
            "ec2.json",
            &[
                "AuthorizeSecurityGroupIngress",
                "CreateSecurityGroup",
                "CreateTags",
                "DeleteSecurityGroup",
                "DescribeImages",
                "DescribeInstances",
                "DescribeSecurityGroups",
                "RunInstances",
                "TerminateInstances",
            ],
        )
    },
    service(
        "aws-sdk-glacier",
        "glacier.json",
        &["DescribeVault", "ListVaults", "UploadArchive", "UploadMultipartPart"],
    ),
    service(
        "aws-sdk-iam",
        "iam.json",
        &[
            "AttachRolePolicy",
            "CreatePolicy",
            "CreateRole",
            "CreateUser",
            "DeleteUser",
            "GetPolicy",
            "GetRole",
            "GetUser",
            "ListAttachedRolePolicies",
            "ListPolicies",
            "ListRoles",
        ],
    ),
    service(
        "aws-sdk-lambda",
        "lambda.json",
        &[
            "CreateAlias",
            "CreateFunction",
            "DeleteFunction",
            "GetFunction",
            "GetFunctionConfiguration",
            "Invoke",
            "ListFunctions",
            "ListTags",
            "ListVersionsByFunction",
            "PublishVersion",
            "UpdateFunctionConfiguration",
        ],
    ),
    service("aws-sdk-polly", "polly.json", &["ListSpeechSynthesisTasks", "SynthesizeSpeech"]),
    service(
        "aws-sdk-route53",
        "route-53.json",
        &[
            "ChangeResourceRecordSets",
            "CreateHostedZone",
            "DeleteHostedZone",
            "GetChange",
            "GetHealthCheck",
            "GetHostedZone",
            "ListHostedZones",
            "ListResourceRecordSets",
        ],
    ),
    service(
        "aws-sdk-s3control",
        "s3-control.json",
        &["CreateAccessPoint", "DeleteAccessPoint", "GetBucket", "ListAccessPoints"],
    ),
    service("aws-sdk-signin", "signin.json", &["CreateOAuth2Token"]),
    service(
        "aws-sdk-sns",
        "sns.json",
        &[
            "CreateTopic",
            "GetTopicAttributes",
            "ListSubscriptionsByTopic",
            "ListTagsForResource",
            "ListTopics",
            "Publish",
            "PublishBatch",
            "Subscribe",
            "TagResource",
        ],
    ),
    service(
        "aws-sdk-sqs",
        "sqs.json",
        &[
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
    ),
    service("aws-sdk-sso", "sso.json", &["GetRoleCredentials"]),
    service("aws-sdk-ssooidc", "sso-oidc.json", &["CreateToken"]),
    service(
        "aws-sdk-sts",
        "sts.json",
        &["AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity"],
    ),
    service("aws-sdk-timestreamquery", "timestream-query.json", &["DescribeEndpoints", "Query"]),
    service(
        "aws-sdk-timestreamwrite",
        "timestream-write.json",
        &["DescribeEndpoints", "ListDatabases", "WriteRecords"],
    ),
    service(
        "aws-sdk-transcribestreaming",
        "transcribe-streaming.json",
        &["StartStreamTranscription"],
    ),
];
