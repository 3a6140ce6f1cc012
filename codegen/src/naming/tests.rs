//! Names of published crates and the hazards: every keyword, odd casing, digits first, no characters at all.

use proptest::prelude::*;

use super::reserved::{BUILDER_METHODS, PATH_KEYWORDS, RAW_KEYWORDS};
use super::*;

fn assert_all(convert: fn(&str) -> String, cases: &[(&str, &str)]) {
    for (name, expected) in cases {
        assert_eq!(convert(name), *expected, "of {name:?}");
    }
}

#[test]
fn snake_case_agrees_with_published_members() {
    assert_all(
        snake_case,
        &[
            ("ARN", "arn"),
            ("ACLs", "acls"),
            ("ACLsEnabled", "acls_enabled"),
            ("DBv2", "dbv2"),
            ("Ec2InstanceId", "ec2_instance_id"),
            ("EC2InstanceId", "ec2_instance_id"),
            ("GetMFADevice", "get_mfa_device"),
            ("KMSKeyArn", "kms_key_arn"),
            ("MasterUserPassword", "master_user_password"),
            ("SSEKMSKeyId", "ssekms_key_id"),
            ("TTL", "ttl"),
            ("already_snake", "already_snake"),
            ("dotted.name-and space", "dotted_name_and_space"),
            ("md5OfBody", "md5_of_body"),
            ("s3key", "s3_key"),
            ("x-amz-id-2", "x_amz_id_2"),
            ("__", ""),
            ("", ""),
        ],
    );
}

#[test]
fn units_and_protocols_stay_one_word() {
    assert_all(
        snake_case,
        &[
            ("Ipv6Address", "ipv6_address"),
            ("ipv6address", "ipv6_address"),
            ("IPv4", "ipv4"),
            ("IpVersion", "ip_version"),
            ("TunnelInsideIpVersion", "tunnel_inside_ip_version"),
            ("sigv4", "sigv4"),
            ("SigV4Signing", "sigv4_signing"),
            ("MemoryGiB", "memory_gib"),
            ("SizeInMiB", "size_in_mib"),
            ("KiBPerSecond", "kib_per_second"),
            ("timeToLiveTTL", "time_to_live_ttl"),
        ],
    );
}

#[test]
fn pascal_case_agrees_with_published_types() {
    assert_all(
        pascal_case,
        &[
            ("KMSKeyArn", "KmsKeyArn"),
            ("ACLs", "AcLs"),
            ("AutoMLOverrideStrategy", "AutoMlOverrideStrategy"),
            ("SSES3", "Sses3"),
            ("A_A_COMPROMISE", "AACompromise"),
            ("http-1.1 only", "Http11Only"),
            ("m5a.large", "M5aLarge"),
            ("_leading", "Leading"),
            ("", ""),
        ],
    );
}

#[test]
fn types_that_shadow_the_prelude_keep_their_names() {
    for name in ["Option", "Result", "String", "Vec", "Box", "Error"] {
        assert_eq!(type_name(name), name);
    }
    assert_all(type_name, &[("Self", "SelfValue"), ("SelfValue", "SelfValue_")]);
}

#[test]
fn variants_leave_unknown_to_the_generator() {
    assert_all(
        enum_variant,
        &[
            ("A_A_COMPROMISE", "AaCompromise"),
            ("Unknown", "UnknownValue"),
            ("UNKNOWN", "UnknownValue"),
            ("UNKNOWN_VALUE", "UnknownValue_"),
            ("SELF", "SelfValue"),
            ("eu-west-1", "EuWest1"),
        ],
    );
    assert_all(
        union_variant,
        &[
            ("S", "S"),
            ("NS", "Ns"),
            ("unknown", "UnknownValue"),
            ("unknownValue", "UnknownValue_"),
            ("Self", "SelfValue"),
        ],
    );
}

#[test]
fn fields_avoid_builder_methods_and_setters_need_not() {
    for method in BUILDER_METHODS {
        assert_eq!(field(method), format!("{method}_value"));
        assert_eq!(setter_suffix(method), method);
    }
    assert_all(
        field,
        &[
            ("Default", "default_value"),
            ("Type", "type"),
            ("crate", "crate_"),
            ("Self", "self_"),
            ("super", "super_"),
        ],
    );
    assert_eq!(setter_suffix("Type"), "type");
}

#[test]
fn every_keyword_becomes_an_identifier() {
    for keyword in RAW_KEYWORDS {
        assert_eq!(ident(keyword).to_string(), format!("r#{keyword}"));
        let suffix = if keyword == "gen" { "" } else { "_" };
        assert_eq!(module(keyword), format!("{keyword}{suffix}"));
    }
    for keyword in PATH_KEYWORDS {
        assert_eq!(ident(keyword).to_string(), format!("{keyword}_"));
        assert_eq!(module(keyword), format!("{}_", keyword.to_lowercase()));
    }
    for plain in ["union", "raw", "safe", "auto", "macro_rules", "r"] {
        assert_eq!(ident(plain).to_string(), plain);
    }
}

#[test]
fn any_text_becomes_an_identifier() {
    let cases = [
        ("", "_empty"),
        ("_", "_empty"),
        ("__", "__empty"),
        ("1st", "_1st"),
        ("é", "ue9"),
        ("a.b", "au2eb"),
        ("日本", "u65e5u672c"),
    ];
    for (text, expected) in cases {
        assert_eq!(ident(text).to_string(), expected, "of {text:?}");
    }
}

#[test]
fn packages_are_named_by_sdk_id() {
    assert_all(
        package,
        &[
            ("forecast", "aws-sdk-forecast"),
            ("ACM PCA", "aws-sdk-acmpca"),
            ("Directory Service", "aws-sdk-directory"),
            ("Bedrock Runtime", "aws-sdk-bedrockruntime"),
            ("SSO OIDC", "aws-sdk-ssooidc"),
        ],
    );
}

#[test]
fn operations_change_only_their_first_letter() {
    assert_all(
        operation,
        &[("getMFADevice", "GetMFADevice"), ("ListACLs", "ListACLs"), ("", ""), ("ßa", "SSa")],
    );
}

#[test]
fn file_stems_are_distinct_and_portable() {
    let mut stems = FileStems::new();
    let given: Vec<_> = [
        "Error", "Builders", "Mod", "Type", "Aux", "Com1", "FooBar", "FOOBar", "Foobar", "foo_bar",
    ]
    .into_iter()
    .map(|name| stems.allocate(name))
    .collect();
    assert_eq!(
        given,
        [
            "error_",
            "builders_",
            "mod_",
            "type_",
            "aux_",
            "com1_",
            "foo_bar",
            "foo_bar_2",
            "foobar",
            "foo_bar_3"
        ]
    );
}

proptest! {
    #[test]
    fn no_text_defeats_the_names(text in any::<String>()) {
        let names = [snake_case, pascal_case, type_name, field, setter_suffix, module, enum_variant, union_variant, operation];
        for name in names {
            let ident = ident(&name(&text)).to_string();
            prop_assert!(syn::parse_str::<syn::Ident>(&ident).is_ok() || ident.starts_with("r#"), "{}", ident);
        }
        prop_assert!(syn::parse_str::<syn::Expr>(&ident(&text).to_string()).is_ok());
    }

    #[test]
    fn conversions_of_wordlike_text_are_stable(text in "[A-Za-z][A-Za-z0-9_]{0,24}") {
        let pascal = pascal_case(&pascal_case(&text));
        prop_assert_eq!(pascal_case(&pascal), pascal);
    }

    #[test]
    fn stems_never_clash(names in proptest::collection::vec("[a-bA-B1_]{0,4}", 0..40)) {
        let mut stems = FileStems::new();
        let given: std::collections::BTreeSet<_> = names.iter().map(|n| stems.allocate(n).to_lowercase()).collect();
        prop_assert_eq!(given.len(), names.len());
    }
}
