//! STS and SSO: their credentials are secrets as a whole, which their models don't say.

use crate::ir::{Crate, Structure, Type};

/// STS.
pub(super) fn sts(lowered: &mut Crate) {
    redact(lowered, "Credentials");
    // A provider that can't be reached may be reachable a moment later.
    lowered.service.client.transient_errors.push("IDPCommunicationError".to_owned());
}

/// SSO.
pub(super) fn sso(lowered: &mut Crate) {
    redact(lowered, "RoleCredentials");
}

/// Makes a structure sensitive, as `@sensitive` would: its members, and members that hold it.
fn redact(lowered: &mut Crate, secret: &str) {
    for operation in &mut lowered.operations {
        let holds = |ty: &Type| matches!(ty, Type::Shape(path) if path.name == secret);
        operation.sensitive_output |= operation.output.members.iter().any(|m| holds(&m.ty));
    }
    for Structure { type_name, members, .. } in lowered.all_structures_mut() {
        for member in members {
            let holds = matches!(&member.ty, Type::Shape(path) if path.name == secret);
            member.schema.sensitive |= type_name == secret || holds;
        }
    }
}

#[cfg(test)]
mod tests {
    use tinsmith_model::Model;

    use crate::{Settings, generate};

    const MODEL: &str = r#"{"smithy":"2.0","shapes":{
        "a#S":{"type":"service","version":"1","operations":[{"target":"a#Get"}],
            "traits":{"aws.protocols#awsJson1_1":{},"aws.api#service":{"sdkId":"STS"}}},
        "a#Get":{"type":"operation","input":{"target":"smithy.api#Unit"},"output":{"target":"a#Got"}},
        "a#Got":{"type":"structure","members":{
            "secret":{"target":"a#Credentials"},"open":{"target":"smithy.api#String"}}},
        "a#Credentials":{"type":"structure","members":{"key":{"target":"smithy.api#String"}}}}}"#;

    /// The lines of the schemas in a file.
    fn schema(sdk_id: &str, path: &str) -> Vec<String> {
        let model = MODEL.replace("STS", sdk_id);
        let model = Model::from_smithy_json("model.json", model).unwrap();
        let files = generate(&model, &Settings::default()).unwrap();
        let lines = files.get(path).unwrap().lines().map(str::trim);
        lines.filter(|line| line.contains("Member::new")).map(str::to_owned).collect()
    }

    #[test]
    fn credentials_are_redacted_where_they_are_secrets() {
        let credentials = schema("STS", "src/types/credentials.rs");
        assert!(credentials[0].contains(".sensitive()"), "{credentials:?}");
        let output = schema("STS", "src/operation/get/output.rs");
        assert!(output[0].contains(".sensitive()"), "{output:?}");
        assert!(!output[1].contains(".sensitive()"), "{output:?}");
        let elsewhere = schema("Other", "src/types/credentials.rs");
        assert!(!elsewhere[0].contains(".sensitive()"), "{elsewhere:?}");
    }
}
