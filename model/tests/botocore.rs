//! Models of botocore's from files: where they may lie, and what can be wrong with a compressed one.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;
use tinsmith_model::{Errors, Model, botocore_trait_id, trait_id};

const BOOKS: &str = r#"{
    "metadata": {"protocol": "rest-json", "serviceId": "Books", "apiVersion": "2020-02-02"},
    "operations": {"List": {
        "http": {"method": "GET", "requestUri": "/"},
        "input": {"shape": "In"}
    }},
    "shapes": {
        "In": {"type": "structure", "members": {"next": {"shape": "Text"}}},
        "Text": {"type": "string"}
    }
}"#;
const PAGINATORS: &str =
    r#"{"pagination": {"List": {"input_token": "next", "output_token": "a || b"}}}"#;

fn compressed(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Whether the model is the one above, with its paginator if that was beside it.
fn is_books(model: &Model, has_paginator: bool) -> bool {
    let list = model.shape(model.find("com.amazonaws.books#List").unwrap());
    list.traits.has(trait_id::HTTP)
        && list.traits.has(botocore_trait_id::PAGINATOR) == has_paginator
}

fn failure(bytes: &[u8]) -> Errors {
    let folder = folder(&[("service-2.json.gz", bytes)]);
    Model::load(folder.path()).expect_err("an error")
}

#[test]
fn a_model_loads_from_wherever_it_lies() {
    let (service, paginators) = (compressed(BOOKS.as_bytes()), compressed(PAGINATORS.as_bytes()));
    let wheel = folder(&[
        ("botocore/data/books/2020-02-02/service-2.json.gz", &service),
        ("botocore/data/books/2020-02-02/paginators-1.json.gz", &paginators),
        ("botocore/data/books/2019-02-02/service-2.json", b"{}"),
        ("botocore/data/other/2020-02-02/service-2.json", b"{}"),
        ("botocore/data/endpoints.json", b"{}"),
    ]);
    let load = |path: &str, service: Option<&str>| {
        Model::load_service(&wheel.path().join(path), service).unwrap()
    };
    for path in ["", "botocore", "botocore/data"] {
        let model = load(path, Some("books"));
        assert!(is_books(&model, true), "{path}");
        for name in ["books", "Books", "com.amazonaws.books#Books"] {
            assert!(model.service(Some(name)).is_ok(), "{path} {name}");
        }
        assert!(model.service(Some("other")).is_err());
        assert_eq!(Model::services_in(&wheel.path().join(path)).unwrap(), ["books", "other"]);
    }
    let versions = load("botocore/data/books", Some("books"));
    assert!(is_books(&versions, true) && versions.service(Some("books")).is_ok());
    for path in [
        "botocore/data/books",
        "botocore/data/books/2020-02-02",
        "botocore/data/books/2020-02-02/service-2.json.gz",
    ] {
        let model = load(path, None);
        assert!(is_books(&model, true), "{path}");
        assert!(model.name().ends_with("service-2.json.gz"));
        assert_eq!(model.origin(), "botocore's service-2.json");
        assert!(Model::services_in(&wheel.path().join(path)).unwrap().is_empty());
    }
}

#[test]
fn a_folder_of_one_service_needs_no_name() {
    let data = folder(&[("books/2020-02-02/service-2.json", BOOKS.as_bytes())]);
    assert!(is_books(&Model::load(data.path()).unwrap(), false));
}

#[test]
fn a_file_of_another_name_is_known_by_its_text() {
    let files = folder(&[
        ("books.json", BOOKS.as_bytes()),
        ("books.json.gz", &compressed(BOOKS.as_bytes())),
        ("smithy.json.gz", &compressed(b"{\"smithy\": \"2.0\", \"shapes\": {}}")),
        ("paginators-1.json", PAGINATORS.as_bytes()),
    ]);
    for name in ["books.json", "books.json.gz"] {
        // What lies beside it may belong to another model.
        assert!(is_books(&Model::load(&files.path().join(name)).unwrap(), false));
    }
    let smithy = Model::load(&files.path().join("smithy.json.gz")).unwrap();
    assert_eq!(smithy.origin(), "smithy.json.gz");
    assert!(is_books(&Model::from_botocore_json("text", BOOKS).unwrap(), false));
}

#[test]
fn several_members_of_a_gzip_file_are_one_text() {
    let (head, tail) = BOOKS.split_at(100);
    let both = [compressed(head.as_bytes()), compressed(tail.as_bytes())].concat();
    let folder = folder(&[("service-2.json.gz", &both)]);
    assert!(is_books(&Model::load(folder.path()).unwrap(), false));
}

#[test]
fn broken_gzip_files_are_named() {
    let sound = compressed(BOOKS.as_bytes());
    let mut changed = sound.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 0xff;
    for bytes in [&b""[..], b"{}", b"\x1f\x8b", &sound[..sound.len() / 2], &changed] {
        let text = failure(bytes).to_string();
        assert!(text.contains("service-2.json.gz: "), "{text}");
        assert!(text.contains("cannot be decompressed"), "{text}");
        assert!(text.contains("(help: "), "{text}");
    }
}

#[test]
fn a_file_that_holds_far_more_than_its_own_size_is_refused() {
    let text = failure(&compressed(&vec![b' '; 50_000_000])).to_string();
    assert!(text.contains("the file holds more than"), "{text}");
}

#[test]
fn compressed_bytes_that_are_not_utf8_are_refused() {
    let text = failure(&compressed(b"{\"metadata\": \"\xff\"}")).to_string();
    assert!(text.contains("not UTF-8: byte 14"), "{text}");
}

#[test]
fn a_packed_wheel_is_not_opened() {
    let folder = folder(&[("botocore-9.9.9-py3-none-any.whl", b"PK")]);
    let path = folder.path().join("botocore-9.9.9-py3-none-any.whl");
    let text = Model::load(&path).unwrap_err().to_string();
    assert!(text.contains("this is a wheel") && text.contains("unpack it"), "{text}");
}

#[test]
fn a_missing_file_is_no_matter_of_format() {
    let text = Model::load(Path::new("no/such/service-2.json")).unwrap_err().to_string();
    assert!(text.contains("no/such/service-2.json: there is no such file"), "{text}");
}

#[test]
fn deep_nesting_is_an_error() {
    let deep = "[".repeat(200_000) + &"]".repeat(200_000);
    let text = BOOKS.replace("\"shapes\"", &format!("\"clientContextParams\": {deep}, \"shapes\""));
    let text = Model::from_botocore_json("deep", text).unwrap_err().to_string();
    assert!(text.contains("recursion limit"), "{text}");
}
