//! What an expression can't find in its shapes is an error that says so, and how to mend it.

use std::fmt::Write as _;

use tinsmith_model::Model;

use super::super::{Type, parse};

const MODEL: &str = r#"{"smithy": "2.0", "shapes": {
    "a#Output": {"type": "structure", "members": {
        "Table": {"target": "a#Table"},
        "Tables": {"target": "a#Tables"},
        "ByName": {"target": "a#ByName"},
        "Choice": {"target": "a#Choice"},
        "Count": {"target": "smithy.api#Integer"},
        "Ready": {"target": "smithy.api#Boolean"},
        "Created": {"target": "smithy.api#Timestamp"},
        "Name": {"target": "smithy.api#String"},
        "Anything": {"target": "smithy.api#Document"},
        "Body": {"target": "a#Body"},
        "Nested": {"target": "a#Nested"}
    }},
    "a#Table": {"type": "structure", "members": {
        "TableStatus": {"target": "a#Status"},
        "Replicas": {"target": "a#Tables"}
    }},
    "a#Tables": {"type": "list", "member": {"target": "a#Table"}},
    "a#Nested": {"type": "list", "member": {"target": "a#Tables"}},
    "a#ByName": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "a#Table"}},
    "a#Choice": {"type": "union", "members": {"One": {"target": "a#Table"}}},
    "a#Status": {"type": "enum", "members": {"ACTIVE": {"target": "smithy.api#Unit"}}},
    "a#Body": {"type": "blob", "traits": {"smithy.api#streaming": {}}}
}}"#;

/// Holds the lines of the texts against a snapshot.
fn assert_lines(name: &str, texts: &[&str]) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, described(texts));
    });
}

/// A line for each text: the type of what it finds, or the problem and the mend.
fn described(texts: &[&str]) -> String {
    let model = Model::from_smithy_json("a.json", MODEL).unwrap();
    let root = Type::of(&model, model.find("a#Output").unwrap());
    let mut lines = String::new();
    for text in texts {
        match parse(&model, &root, text) {
            Ok((_, Type::List(element))) => {
                writeln!(lines, "{text}: a list of {}", element.describe(&model)).unwrap();
            }
            Ok((_, ty)) => writeln!(lines, "{text}: {}", ty.describe(&model)).unwrap(),
            Err(problem) => writeln!(lines, "{}\n    {}", problem.message, problem.help).unwrap(),
        }
    }
    lines
}

#[test]
fn what_is_found_has_a_type() {
    assert_lines(
        "found",
        &[
            "@",
            "Table.TableStatus",
            "Table | TableStatus",
            "Tables",
            "Tables[0]",
            "Tables[].TableStatus",
            "Tables[*].Replicas[].TableStatus",
            "Nested[][].TableStatus",
            "Tables[?TableStatus == 'ACTIVE'].Replicas",
            "Tables[1:]",
            "ByName.anything",
            "ByName.*.TableStatus",
            "Choice.One.TableStatus",
            "Table.*",
            "keys(ByName)",
            "values(ByName)",
            "length(Tables) > `0`",
            "length(Name)",
            "contains(Tables[].TableStatus, 'ACTIVE')",
            "not_null(Name, Table.TableStatus)",
            "Created > `1700000000`",
            "Name || 'none'",
            "Ready && Count",
            "[Name, Table.TableStatus]",
            "{a: Name, b: Count}.b",
            "Anything.whatever[0].more",
            "!Ready",
            "`[1, 2]`",
            "`{\"a\": 1}`.a",
            "Table == `null`",
            "Body",
        ],
    );
}

#[test]
fn what_cannot_be_found_is_an_error() {
    assert_lines(
        "not_found",
        &[
            "",
            "Table.",
            "Tables[",
            "Tabel.TableStatus",
            "Table.tableStatus",
            "Table.Whatever",
            "Choice.Two",
            "Tables.TableStatus",
            "Table[0]",
            "Name[]",
            "Name.length",
            "Body.size",
            "Table[].TableStatus",
            "Name.*",
            "Name[1:]",
            "Tables[::0]",
            "{a: Name}.b",
            "Name == Count",
            "Name > `1`",
            "Ready < `1`",
            "size(Tables)",
            "lenght(Tables)",
            "length(Count)",
            "length()",
            "length(Name, Name)",
            "keys(Name)",
            "starts_with(Name)",
            "ends_with(Count, 'a')",
            "contains(Count, 'a')",
            "contains(Tables[].TableStatus, `1`)",
            "contains(Name)",
            "not_null()",
            "sort_by(Tables, &TableStatus)",
            "&Name",
            "`1e999`",
        ],
    );
}
