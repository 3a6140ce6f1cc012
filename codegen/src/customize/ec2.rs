//! EC2: no member can be relied on, whatever the model says of it, as if each were
//! [`@clientOptional`](https://smithy.io/2.0/spec/type-refinement-traits.html#clientoptional-trait).

use crate::ir::{Crate, Role, Type};

pub(super) fn customize(lowered: &mut Crate) {
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
            "nested":{"target":"a#Nested"}}}}}"#;

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
        let input = generated("EC2", "src/operation/get/input.rs");
        assert!(input.contains("pub name: Option<String>") && !input.contains("corrected"));
    }
}
