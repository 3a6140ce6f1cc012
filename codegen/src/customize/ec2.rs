//! EC2: no member can be relied on, whatever the model says of it, as if each were
//! [`@clientOptional`](https://smithy.io/2.0/spec/type-refinement-traits.html#clientoptional-trait). And its enums have
//! names for some values that botocore's model, the only one that is published with the SDKs, doesn't tell.

use crate::ir::{Crate, Role, Type};

/// Enums, with values whose names aren't those that the values would suggest.
const NAMES: [(&str, &[(&str, &str)]); 12] = [
    ("AcceleratorName", &[("a10g", "A10G"), ("l40s", "L40S"), ("t4g", "T4G"), ("vu9p", "Vu9P")]),
    ("BatchState", &[("cancelled_terminating", "CancelledTerminatingInstances")]),
    ("CapacityReservationInstancePlatform", &[("Ubuntu Pro", "UbuntuProLinux")]),
    ("EventType", &[("fleetRequestChange", "BatchChange")]),
    ("FleetStateCode", &[("deleted_terminating", "DeletedTerminatingInstances")]),
    (
        "ImageReferenceResourceType",
        &[
            ("imagebuilder:ContainerRecipe", "ImageBuilderContainerRecipe"),
            ("imagebuilder:ImageRecipe", "ImageBuilderImageRecipe"),
        ],
    ),
    ("InstanceHealthStatus", &[("healthy", "HealthyStatus"), ("unhealthy", "UnhealthyStatus")]),
    (
        "IpamPublicAddressAwsService",
        &[
            ("database-migration-service", "Dms"),
            ("elastic-container-service", "Ecs"),
            ("global-accelerator", "Aga"),
            ("load-balancer", "Ec2Lb"),
            ("relational-database-service", "Rds"),
            ("site-to-site-vpn", "S2SVpn"),
        ],
    ),
    ("MacModificationTaskState", &[("in-progress", "Inprogress")]),
    ("Scope", &[("Region", "Regional")]),
    (
        "SnapshotReturnCodes",
        &[
            ("client-error", "ErrorCodeClientError"),
            ("internal-error", "ErrorCodeInternalError"),
            ("missing-permissions", "ErrorMissingPermissions"),
            ("skipped", "WarnSkipped"),
        ],
    ),
    (
        "UnsuccessfulInstanceCreditSpecificationErrorCode",
        &[
            ("InvalidInstanceID.Malformed", "InvalidInstanceId"),
            ("InvalidInstanceID.NotFound", "InstanceNotFound"),
        ],
    ),
];

pub(super) fn customize(lowered: &mut Crate) {
    name_values(lowered);
    for structure in lowered.all_structures_mut() {
        let is_input = structure.role == Role::Input;
        for member in structure.members.iter_mut().filter(|m| !m.optional && m.ty != Type::Stream) {
            // What is `@required` is still filled in where a response lacks it.
            member.schema.corrected |= member.is_needed() && !is_input;
            member.optional = true;
            member.default = None;
            member.schema.unsent = None;
        }
    }
}

fn name_values(lowered: &mut Crate) {
    for shape in &mut lowered.enums {
        let Some((_, names)) = NAMES.iter().find(|(name, _)| shape.type_name == *name) else {
            continue;
        };
        for variant in shape.variants.iter_mut().flatten() {
            if let Some((_, name)) = names.iter().find(|(value, _)| *value == variant.value) {
                (*name).clone_into(&mut variant.variant);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tinsmith_model::Model;

    use crate::{Settings, generate};

    const MODEL: &str = r#"{"smithy":"2.0","shapes":{
        "a#S":{"type":"service","version":"1","operations":[{"target":"a#Get"}],
            "traits":{"aws.protocols#ec2Query":{},"aws.api#service":{"sdkId":"EC2"}}},
        "a#Get":{"type":"operation","input":{"target":"a#Nested"},"output":{"target":"a#Got"}},
        "a#Got":{"type":"structure","members":{"nested":{"target":"a#Nested"}}},
        "a#Nested":{"type":"structure","members":{
            "count":{"target":"smithy.api#Integer","traits":{"smithy.api#default":3}},
            "name":{"target":"smithy.api#String","traits":{"smithy.api#required":{}}},
            "scope":{"target":"a#Scope"},
            "nested":{"target":"a#Nested"}}},
        "a#Scope":{"type":"enum","members":{
            "Region":{"target":"smithy.api#Unit","traits":{"smithy.api#enumValue":"Region"}},
            "ZONE":{"target":"smithy.api#Unit","traits":{"smithy.api#enumValue":"zone"}}}}}}"#;

    #[test]
    fn no_member_can_be_relied_on() {
        let generated = |sdk_id: &str, path: &str| {
            let model = MODEL.replace("EC2", sdk_id);
            let model = Model::from_smithy_json("model.json", model).unwrap();
            generate(&model, &Settings::default()).unwrap().get(path).unwrap().to_owned()
        };
        let elsewhere = generated("Other", "src/types/nested.rs");
        assert!(elsewhere.contains("pub count: i32") && elsewhere.contains("pub name: String"));
        let nested = generated("EC2", "src/types/nested.rs");
        assert!(nested.contains("pub count: Option<i32>"), "{nested}");
        assert!(nested.contains("pub name: Option<String>"), "{nested}");
        assert!(!nested.contains("unsent"), "{nested}");
        let name = nested.lines().find(|line| line.contains(r#"Member::new("name""#)).unwrap();
        assert!(name.contains(".optional()") && name.contains(".corrected()"), "{name}");
        let operation = generated("EC2", "src/operation/get.rs");
        let input = operation.split_once("pub struct GetOutput").unwrap().0;
        assert!(input.contains("pub name: Option<String>") && !input.contains("corrected"));
    }
    #[test]
    fn values_have_the_names_that_users_know() {
        let model = Model::from_smithy_json("model.json", MODEL).unwrap();
        let files = generate(&model, &Settings::default()).unwrap();
        let scope = files.get("src/types/scope.rs").unwrap();
        assert!(scope.contains(r#""Region" => Self::Regional"#), "{scope}");
        assert!(scope.contains(r#""zone" => Self::Zone"#), "{scope}");
    }
}
