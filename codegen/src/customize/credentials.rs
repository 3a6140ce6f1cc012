//! STS and SSO: their credentials are secrets as a whole, and STS may be tried again, which their models don't say.

use crate::ir::{Crate, Role, Structure, Type};

/// STS.
pub(super) fn sts(lowered: &mut Crate) {
    redact(lowered, "Credentials");
    // A provider that can't be reached may be reachable a moment later.
    lowered.service.client.transient_errors.push("IDPCommunicationError".to_owned());
    let unreachable =
        lowered.errors.iter_mut().filter(|it| it.type_name == "IdpCommunicationErrorException");
    unreachable.for_each(|it| it.role = Role::Error { retry: Some("ServerError") });
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
        "a#Get":{"type":"operation","input":{"target":"smithy.api#Unit"},"output":{"target":"a#Got"},
            "errors":[{"target":"a#IDPCommunicationErrorException"}]},
        "a#IDPCommunicationErrorException":{"type":"structure","members":{},
            "traits":{"smithy.api#error":"client"}},
        "a#Got":{"type":"structure","members":{
            "secret":{"target":"a#Credentials"},"open":{"target":"smithy.api#String"}}},
        "a#Credentials":{"type":"structure","members":{"key":{"target":"smithy.api#String"}}}}}"#;

    fn file(sdk_id: &str, path: &str) -> String {
        let model = MODEL.replace("STS", sdk_id);
        let model = Model::from_smithy_json("model.json", model).unwrap();
        let files = generate(&model, &Settings::default()).unwrap();
        files.get(path).unwrap().to_owned()
    }

    /// The lines of the schemas in a file.
    fn schema(sdk_id: &str, path: &str) -> Vec<String> {
        let text = file(sdk_id, path);
        let lines = text.lines().map(str::trim);
        lines.filter(|line| line.contains("Member::new")).map(str::to_owned).collect()
    }

    #[test]
    fn credentials_are_redacted_where_they_are_secrets() {
        let credentials = schema("STS", "src/types/credentials.rs");
        assert!(credentials[0].contains(".sensitive()"), "{credentials:?}");
        let output = schema("STS", "src/operation/get.rs");
        assert!(output[0].contains(".sensitive()"), "{output:?}");
        assert!(!output[1].contains(".sensitive()"), "{output:?}");
        let elsewhere = schema("Other", "src/types/credentials.rs");
        assert!(!elsewhere[0].contains(".sensitive()"), "{elsewhere:?}");
    }

    #[test]
    fn a_provider_that_cannot_be_reached_is_tried_again() {
        let path = "src/types/error/idp_communication_error_exception.rs";
        assert!(file("STS", path).contains("ErrorKind::ServerError"));
        assert!(!file("Other", path).contains("retryable_error_kind"));
    }
}
