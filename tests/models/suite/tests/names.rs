//! Names in the public API of generated crates.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use farrier_tests::json::read;
use model_keywords::types::{Fields, Levels, Types, Words};
use model_names::{Client, types};

#[test]
fn keywords_can_name_members_variants_and_values() {
    let fields = read::<Fields>(r#"{"type": "t", "match": "m", "self": "self", "crate": "c", "super": "s"}"#)
        .r#async("a")
        .r#move("loop");
    assert_eq!((fields.r#type.as_str(), fields.r#match.as_deref()), ("t", Some("m")));
    assert_eq!((fields.crate_.as_str(), fields.super_.as_str()), ("c", "s"));
    assert_eq!((fields.self_, fields.r#move), (Some(Words::Self_), Some(Words::Loop)));
    assert_eq!(Words::from("self"), Words::Self_);
    assert_eq!(Words::Type.as_str(), "type");
    assert_eq!(Levels::from(Levels::Self_.value()), Levels::Self_);
    assert!(matches!(Types::Self_("x".into()), Types::Self_(text) if text == "x"));
}

#[test]
fn keywords_can_name_operations() {
    let client = model_keywords::Client::builder().endpoint_url("https://example.com").build().unwrap();
    let input = || read::<Fields>("{}");
    let calls = [
        format!("{:?}", client.r#type(input())),
        format!("{:?}", client.r#match(input())),
        format!("{:?}", client.crate_(input())),
        format!("{:?}", client.r#await(input())),
    ];
    for (call, name) in calls.iter().zip(["Type", "Match", "Crate", "Await"]) {
        assert!(call.contains(name), "{call}");
    }
}

#[test]
fn names_are_split_into_words() {
    let client = Client::builder().endpoint_url("https://example.com").build().unwrap();
    drop(client.create_oauth2_token(types::SnakeCaseShape::new()));
    drop(client.get_ipv6_address("text"));
    drop(client.list_s3_buckets(7));
    let value = types::SnakeCaseShape::new().oauth_token("o").__type("t").new_("n");
    assert_eq!(value.new.as_deref(), Some("n"));
}

#[test]
fn operations_named_like_client_functions_get_a_suffix() {
    let client = Client::builder().endpoint_url("https://example.com").build().unwrap();
    let _ = (client.builder_(), client.from_env_());
}

#[test]
fn input_with_one_required_member_converts_from_it() {
    assert_eq!(types::OneText::from("x"), types::OneText::new("x"));
    assert_eq!(types::OneText::from(String::from("x")), types::OneText::new("x"));
    assert_eq!(types::OneNumber::from(7), types::OneNumber::new(7));
}

#[test]
fn setters_accept_conversions_and_any_collection() {
    let value = types::URLs::new().ids(["a", "b"]).instance("t2.micro");
    assert_eq!(value.ids, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(value.instance.map(|instance| instance.as_str().to_owned()), Some("t2.micro".to_owned()));
}
