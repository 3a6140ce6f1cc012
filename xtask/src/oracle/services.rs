//! The services that are held against their official crates: one table, and where their models are. It must not know
//! what is compared.

use std::path::Path;

use miette::WrapErr;
use tinsmith_codegen::{Errors, Model};

use crate::botocore;
use crate::pip::Release;

/// A service, and the official crate of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Service {
    /// What the command line calls it.
    pub(crate) name: &'static str,
    /// Its model, in the folder of models.
    pub(crate) model: &'static str,
    /// Botocore's model of it, which will do where the other one is missing: the release that the official crate was
    /// made at the time of, and the service's folder there.
    pub(crate) botocore: Option<(Release<'static>, &'static str)>,
    /// The official crate.
    pub(crate) package: &'static str,
    /// The official crate's version: the authority is what is published, not what will be.
    pub(crate) version: &'static str,
    /// The protocol that the official crate speaks, where the model has several.
    pub(crate) protocol: Option<&'static str>,
    /// The operations; all of them if none is named.
    pub(crate) operations: &'static [&'static str],
    /// Operations that are left out, and why.
    pub(crate) without: &'static [(&'static str, &'static str)],
    /// Whether it is run where no service is named.
    pub(crate) by_default: bool,
    /// Whether its API is compared where no service is named.
    pub(crate) api: bool,
}

impl Service {
    /// Its model: the file in a folder of models, or else botocore's.
    pub(crate) fn load(&self, models: &Path) -> miette::Result<Model> {
        let file = models.join(self.model);
        let (path, folder) = match self.botocore {
            Some((release, folder)) if !file.exists() => (botocore::wheel(release)?, Some(folder)),
            _ => (file, None),
        };
        Model::load_service(&path, folder)
            .map_err(Errors::into_report)
            .wrap_err_with(|| format!("cannot load {}'s model from {}", self.name, path.display()))
    }
}

const PLAIN: Service = Service {
    name: "",
    model: "",
    botocore: None,
    package: "",
    version: "",
    protocol: None,
    operations: &[],
    without: &[],
    by_default: true,
    api: true,
};

/// A service of each protocol, and more for those who have the time.
pub(crate) static SERVICES: [Service; 10] = [
    Service {
        name: "dynamodb",
        model: "dynamodb.json",
        package: "aws-sdk-dynamodb",
        version: "1.136.0",
        ..PLAIN
    },
    Service {
        name: "lambda",
        model: "lambda.json",
        package: "aws-sdk-lambda",
        version: "1.156.0",
        without: &[(
            "InvokeWithResponseStream",
            "its output is a stream of events: conformance holds those to the protocol's tests",
        )],
        ..PLAIN
    },
    Service {
        name: "route53",
        model: "route-53.json",
        package: "aws-sdk-route53",
        version: "1.132.0",
        api: false,
        ..PLAIN
    },
    Service { name: "sts", model: "sts.json", package: "aws-sdk-sts", version: "1.124.0", ..PLAIN },
    Service {
        name: "arc-region-switch",
        model: "arc-region-switch.json",
        package: "aws-sdk-arcregionswitch",
        version: "1.48.0",
        protocol: Some("rpcv2Cbor"),
        api: false,
        ..PLAIN
    },
    Service {
        name: "iam",
        model: "iam.json",
        package: "aws-sdk-iam",
        version: "1.133.0",
        by_default: false,
        ..PLAIN
    },
    Service {
        name: "forecast",
        model: "forecast.json",
        package: "aws-sdk-forecast",
        version: "1.119.0",
        by_default: false,
        ..PLAIN
    },
    Service {
        name: "sqs",
        model: "sqs.json",
        package: "aws-sdk-sqs",
        version: "1.119.0",
        by_default: false,
        ..PLAIN
    },
    Service {
        name: "kms",
        model: "kms.json",
        package: "aws-sdk-kms",
        version: "1.129.0",
        by_default: false,
        ..PLAIN
    },
    // Its crate takes minutes and 8 GB to build.
    Service {
        name: "ec2",
        model: "ec2.json",
        botocore: Some((
            Release {
                package: "botocore",
                version: "1.44.1",
                sha256: "7a741074a78e28187c88d9f7f91db18731ea91725455873d863ae63ea35e75f3",
            },
            "ec2",
        )),
        package: "aws-sdk-ec2",
        version: "1.274.0",
        operations: &[
            "AuthorizeSecurityGroupIngress",
            "CreateFleet",
            "CreateLaunchTemplate",
            "CreateTags",
            "DescribeInstances",
            "DescribeInstanceTypes",
            "DescribeSecurityGroups",
            "DescribeSpotPriceHistory",
            "ModifyInstanceAttribute",
            "RunInstances",
        ],
        by_default: false,
        api: false,
        ..PLAIN
    },
];
