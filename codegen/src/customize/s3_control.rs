//! S3 Control: requests carry their body's SHA-256, as those of S3; the account goes before the host by the endpoint's
//! rules, so that the prefix which the operations model would be there twice.

use crate::ir::Crate;

const ACCOUNT: &str = "{AccountId}.";

pub(super) fn customize(lowered: &mut Crate) {
    lowered.service.client.content_sha256_header = true;
    for operation in &mut lowered.operations {
        operation.host_prefix.take_if(|prefix| prefix == ACCOUNT);
    }
}

#[cfg(test)]
mod tests {
    use tinsmith_model::Model;

    use crate::{Settings, generate};

    const MODEL: &str = r#"{"smithy":"2.0","shapes":{
        "a#S":{"type":"service","version":"1","operations":[{"target":"a#Get"},{"target":"a#Put"}],
            "traits":{"aws.protocols#awsJson1_1":{},"aws.api#service":{"sdkId":"S3 Control"}}},
        "a#Get":{"type":"operation","input":{"target":"a#Account"},"output":{"target":"smithy.api#Unit"},
            "traits":{"smithy.api#endpoint":{"hostPrefix":"{AccountId}."}}},
        "a#Put":{"type":"operation","input":{"target":"a#Account"},"output":{"target":"smithy.api#Unit"},
            "traits":{"smithy.api#endpoint":{"hostPrefix":"other."}}},
        "a#Account":{"type":"structure","members":{"AccountId":{"target":"smithy.api#String",
            "traits":{"smithy.api#required":{},"smithy.api#hostLabel":{}}}}}}}"#;

    #[test]
    fn the_account_goes_before_the_host_by_rules_alone() {
        let prefixed = |sdk_id: &str, operation: &str| {
            let model = MODEL.replace("S3 Control", sdk_id);
            let model = Model::from_smithy_json("model.json", model).unwrap();
            let files = generate(&model, &Settings::default()).unwrap();
            files.get(&format!("src/operation/{operation}.rs")).unwrap().contains("host_prefix")
        };
        assert!(!prefixed("S3 Control", "get"));
        assert!(prefixed("S3 Control", "put") && prefixed("Other", "get"));
    }
}
