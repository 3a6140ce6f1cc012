//! The [partitions](https://smithy.io/2.0/aws/rules-engine/library-functions.html#partition-structure) of AWS, and which
//! of them a region belongs to. It must not know any service.

/// What the rules may ask of a partition.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Partition {
    pub(super) name: &'static str,
    pub(super) dns_suffix: &'static str,
    pub(super) dual_stack_dns_suffix: &'static str,
    pub(super) implicit_global_region: &'static str,
    pub(super) supports_fips: bool,
    pub(super) supports_dual_stack: bool,
    /// What regions are called: one of these, a word, and a number, as in `us-east-1`.
    prefixes: &'static [&'static str],
    /// The region whose name is of another kind, if there is one.
    global_region: Option<&'static str>,
}

/// In the order in which they are asked.
static PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        implicit_global_region: "us-east-1",
        supports_fips: true,
        supports_dual_stack: true,
        prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
        global_region: Some("aws-global"),
    },
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        implicit_global_region: "cn-northwest-1",
        supports_fips: true,
        supports_dual_stack: true,
        prefixes: &["cn"],
        global_region: Some("aws-cn-global"),
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        implicit_global_region: "eusc-de-east-1",
        supports_fips: true,
        supports_dual_stack: true,
        prefixes: &["eusc-de"],
        global_region: None,
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        implicit_global_region: "us-iso-east-1",
        supports_fips: true,
        supports_dual_stack: true,
        prefixes: &["us-iso"],
        global_region: Some("aws-iso-global"),
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        implicit_global_region: "us-isob-east-1",
        supports_fips: true,
        supports_dual_stack: true,
        prefixes: &["us-isob"],
        global_region: Some("aws-iso-b-global"),
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        implicit_global_region: "eu-isoe-west-1",
        supports_fips: true,
        supports_dual_stack: true,
        prefixes: &["eu-isoe"],
        global_region: Some("aws-iso-e-global"),
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        implicit_global_region: "us-isof-south-1",
        supports_fips: true,
        supports_dual_stack: true,
        prefixes: &["us-isof"],
        global_region: Some("aws-iso-f-global"),
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        implicit_global_region: "us-gov-west-1",
        supports_fips: true,
        supports_dual_stack: true,
        prefixes: &["us-gov"],
        global_region: Some("aws-us-gov-global"),
    },
];

impl Partition {
    /// The partition of a region; that of an unknown one is `aws`.
    pub(super) fn of(region: &str) -> &'static Self {
        let has = |partition: &&Self| partition.has(region);
        PARTITIONS.iter().find(has).unwrap_or(&PARTITIONS[0])
    }

    fn has(&self, region: &str) -> bool {
        self.global_region == Some(region)
            || self.prefixes.iter().any(|prefix| is_named(region, prefix))
    }
}

/// Whether a region is called by this prefix, a word and a number, with hyphens between.
fn is_named(region: &str, prefix: &str) -> bool {
    let rest = region.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
    let Some((word, number)) = rest.and_then(|rest| rest.split_once('-')) else { return false };
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !word.is_empty()
        && word.bytes().all(is_word)
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(region: &str, partition: &str) {
        assert_eq!(Partition::of(region).name, partition, "{region}");
    }

    #[test]
    fn a_region_belongs_to_the_partition_that_its_name_says() {
        for (region, partition) in [
            ("us-east-1", "aws"),
            ("ap-southeast-7", "aws"),
            ("mx-central-1", "aws"),
            ("il-central-10", "aws"),
            ("cn-northwest-1", "aws-cn"),
            ("eusc-de-east-1", "aws-eusc"),
            ("us-iso-west-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-south-1", "aws-iso-f"),
            ("us-gov-west-1", "aws-us-gov"),
        ] {
            check(region, partition);
        }
    }

    #[test]
    fn global_regions_are_called_after_their_partition() {
        for partition in &PARTITIONS {
            if let Some(region) = partition.global_region {
                assert_eq!(region, format!("{}-global", partition.name));
                check(region, partition.name);
            }
            check(partition.implicit_global_region, partition.name);
        }
    }

    #[test]
    fn what_no_partition_knows_is_in_the_first() {
        for region in [
            "",
            "us",
            "cn",
            "cn-north",
            "cn-north-",
            "cn--1",
            "cn-north-1a",
            "cn-no rth-1",
            "mars-1",
            "aws-eusc-global",
        ] {
            check(region, "aws");
        }
    }
}
