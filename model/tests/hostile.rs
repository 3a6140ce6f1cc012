//! Whatever the text, loading it gives a model or errors that can be printed, never a panic.

use proptest::prelude::*;
use tinsmith_model::{Errors, Model, Selection, closure};

/// Loads, asks everything and prints everything, in either format.
fn exercise(text: &str) {
    look_at(Model::from_smithy_json("hostile", text));
    look_at(Model::from_botocore_json("hostile", text));
}

fn look_at(loaded: Result<Model, Errors>) {
    match loaded {
        Ok(model) => {
            for service in model.services() {
                let operations = Selection::all().resolve(&model, service).unwrap_or_default();
                assert!(closure(&model, service, &operations).len() <= model.shapes().count());
            }
            for (r, shape) in model.shapes() {
                for member in shape.all_members() {
                    let error = model.error(r, Some(&member.name), "a remark", None);
                    assert_eq!(error.line().is_some(), shape.span.is_some());
                }
            }
        }
        Err(errors) => {
            assert!(!errors.to_string().is_empty());
            assert!(!format!("{:?}", errors.into_report()).is_empty());
        }
    }
}

const MODEL: &str = include_str!("fixtures/mixins/model.json");
const RESOURCES: &str = include_str!("fixtures/resources/model.json");
const BOTOCORE: [&str; 4] = [
    include_str!("fixtures/botocore_rest_json/model/service-2.json"),
    include_str!("fixtures/botocore_rest_xml/model/service-2.json"),
    include_str!("fixtures/botocore_query/model/service-2.json"),
    include_str!("fixtures/botocore_json/model/service-2.json"),
];

/// Pieces that JSON and Smithy give meaning to, so that random text gets past the first byte.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "\"smithy\"",
            "\"2.0\"",
            "\"1.0\"",
            "\"shapes\"",
            "\"type\"",
            "\"structure\"",
            "\"apply\"",
            "\"set\"",
            "\"list\"",
            "\"members\"",
            "\"member\"",
            "\"target\"",
            "\"mixins\"",
            "\"traits\"",
            "\"a#B\"",
            "\"a#B$c\"",
            "\"smithy.api#mixin\"",
            "null",
            "1e999",
            "-0",
            "\"\\ud800\"",
            "\"\\u0061#B\"",
            "\u{feff}",
            "é",
            "\n",
            " ",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(pieces in prop::collection::vec(piece(), 0..40)) {
        exercise(&pieces.concat());
    }

    #[test]
    fn any_text_in_a_shape(pieces in prop::collection::vec(piece(), 0..20)) {
        let shapes = format!("\"a#A\": {{{}}}", pieces.concat());
        exercise(&format!("{{\"smithy\": \"2.0\", \"shapes\": {{{shapes}}}}}"));
    }

    #[test]
    fn a_model_with_a_cut_and_a_piece(from in 0..MODEL.len(), length in 0..60usize, piece in piece()) {
        let head: String = MODEL.chars().take(from).collect();
        let tail: String = MODEL.chars().skip(from + length).collect();
        exercise(&format!("{head}{piece}{tail}"));
    }

    #[test]
    fn a_model_with_words_exchanged(a in 0..400usize, b in 0..400usize, resources in any::<bool>()) {
        // Exchanging strings keeps the JSON sound and breaks what it means.
        let text = if resources { RESOURCES } else { MODEL };
        let mut words: Vec<&str> = text.split('"').collect();
        let (a, b) = ((2 * a + 1) % (words.len() - 1), (2 * b + 1) % (words.len() - 1));
        words.swap(a | 1, b | 1);
        exercise(&words.join("\""));
    }

    #[test]
    fn a_model_of_botocore_with_a_cut_and_a_piece(
        which in 0..BOTOCORE.len(),
        from in 0..4000usize,
        length in 0..60usize,
        piece in piece(),
    ) {
        let head: String = BOTOCORE[which].chars().take(from).collect();
        let tail: String = BOTOCORE[which].chars().skip(from + length).collect();
        exercise(&format!("{head}{piece}{tail}"));
    }

    #[test]
    fn a_model_of_botocore_with_words_exchanged(which in 0..BOTOCORE.len(), a in 0..900usize, b in 0..900usize) {
        let mut words: Vec<&str> = BOTOCORE[which].split('"').collect();
        let (a, b) = ((2 * a + 1) % (words.len() - 1), (2 * b + 1) % (words.len() - 1));
        words.swap(a | 1, b | 1);
        exercise(&words.join("\""));
    }
}
