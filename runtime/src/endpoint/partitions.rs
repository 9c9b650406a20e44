//! AWS partitions.

/// An AWS partition: the result of
/// [`aws.partition`](https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-partition-function), and
/// the regions of the partition.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition {
    /// The name of the partition, such as `aws`.
    pub name: &'static str,
    /// The DNS suffix of its endpoints.
    pub dns_suffix: &'static str,
    /// The DNS suffix of its dual-stack endpoints.
    pub dual_stack_dns_suffix: &'static str,
    /// True if the partition has FIPS endpoints.
    pub supports_fips: bool,
    /// True if the partition has dual-stack endpoints.
    pub supports_dual_stack: bool,
    /// The signing region of global services.
    pub implicit_global_region: &'static str,
    /// Prefixes of its region names, which have the format `{prefix}-{word}-{digits}`.
    pub prefixes: &'static [&'static str],
    /// Regions whose names do not have this format.
    pub regions: &'static [&'static str],
}

impl Partition {
    fn matches_format(&self, region: &str) -> bool {
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        self.prefixes.iter().any(|prefix| {
            let rest = region.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
            rest.and_then(|rest| rest.split_once('-'))
                .is_some_and(|(word, number)| is_word(word) && is_number(number))
        })
    }
}

/// Returns the partition of a region: the one that lists it, otherwise the first one whose format it
/// matches, otherwise the first partition, as in the AWS SDKs.
pub(super) fn of_region(region: &str, partitions: &'static [Partition]) -> Option<&'static Partition> {
    let listed = || partitions.iter().find(|partition| partition.regions.contains(&region));
    let matching = || partitions.iter().find(|partition| partition.matches_format(region));
    listed().or_else(matching).or(partitions.first())
}

/// The AWS partitions. The first one is `aws`.
pub static PARTITIONS: &[Partition] = &[
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-east-1",
        prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
        regions: &["aws-global"],
    },
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "cn-northwest-1",
        prefixes: &["cn"],
        regions: &["aws-cn-global"],
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eusc-de-east-1",
        prefixes: &["eusc-de"],
        regions: &[],
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-iso-east-1",
        prefixes: &["us-iso"],
        regions: &["aws-iso-global"],
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isob-east-1",
        prefixes: &["us-isob"],
        regions: &["aws-iso-b-global"],
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eu-isoe-west-1",
        prefixes: &["eu-isoe"],
        regions: &["aws-iso-e-global"],
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isof-south-1",
        prefixes: &["us-isof"],
        regions: &["aws-iso-f-global"],
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-gov-west-1",
        prefixes: &["us-gov"],
        regions: &["aws-us-gov-global"],
    },
];

#[cfg(test)]
mod tests {
    use super::{PARTITIONS, Partition};

    fn of_region(region: &str) -> &'static Partition {
        super::of_region(region, PARTITIONS).unwrap()
    }

    #[test]
    fn finds_partitions_of_known_regions() {
        let known: &[(&str, &[&str])] = &[
            (
                "aws",
                &[
                    "af-south-1",
                    "ap-east-1",
                    "ap-east-2",
                    "ap-northeast-1",
                    "ap-northeast-2",
                    "ap-northeast-3",
                    "ap-south-1",
                    "ap-south-2",
                    "ap-southeast-1",
                    "ap-southeast-2",
                    "ap-southeast-3",
                    "ap-southeast-4",
                    "ap-southeast-5",
                    "ap-southeast-6",
                    "ap-southeast-7",
                    "aws-global",
                    "ca-central-1",
                    "ca-west-1",
                    "eu-central-1",
                    "eu-central-2",
                    "eu-north-1",
                    "eu-south-1",
                    "eu-south-2",
                    "eu-west-1",
                    "eu-west-2",
                    "eu-west-3",
                    "il-central-1",
                    "me-central-1",
                    "me-south-1",
                    "mx-central-1",
                    "sa-east-1",
                    "us-east-1",
                    "us-east-2",
                    "us-west-1",
                    "us-west-2",
                ],
            ),
            ("aws-cn", &["aws-cn-global", "cn-north-1", "cn-northwest-1"]),
            ("aws-eusc", &["eusc-de-east-1"]),
            ("aws-iso", &["aws-iso-global", "us-iso-east-1", "us-iso-west-1"]),
            ("aws-iso-b", &["aws-iso-b-global", "us-isob-east-1"]),
            ("aws-iso-e", &["aws-iso-e-global", "eu-isoe-west-1"]),
            ("aws-iso-f", &["aws-iso-f-global", "us-isof-east-1", "us-isof-south-1"]),
            ("aws-us-gov", &["aws-us-gov-global", "us-gov-east-1", "us-gov-west-1"]),
        ];
        for (partition, regions) in known {
            for region in *regions {
                assert_eq!(of_region(region).name, *partition, "{region}");
            }
        }
    }

    #[test]
    fn matches_new_regions_by_format_and_defaults_to_aws() {
        for (region, partition) in [
            ("us-middle-7", "aws"),
            ("il-north_east-12", "aws"),
            ("cn-new-3", "aws-cn"),
            ("us-gov-south-1", "aws-us-gov"),
            ("us-iso-new-1", "aws-iso"),
            ("us-isob-new-1", "aws-iso-b"),
            ("eu-isoe-new-1", "aws-iso-e"),
            ("us-isof-new-1", "aws-iso-f"),
            ("eusc-de-west-2", "aws-eusc"),
            ("eusc-fr-west-2", "aws"),
            ("cn-new", "aws"),
            ("cn-new-x", "aws"),
            ("cn--1", "aws"),
            ("cn-a-b-1", "aws"),
            ("xcn-new-1", "aws"),
            ("", "aws"),
            ("\u{e9}", "aws"),
        ] {
            assert_eq!(of_region(region).name, partition, "{region}");
        }
    }
}
