//! Deeply nested types in a program with the recursion limit that their crate states.
#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use farrier_tests::json::read;
use model_deep::types::{Level0, SendInput};

fn assert_send(_: impl Send) {}

#[test]
fn futures_with_deeply_nested_types_are_send() {
    let client = model_deep::Client::builder().endpoint_url("https://example.com").build().unwrap();
    assert_send(async move {
        let level = Level0::new();
        let output = client.send(SendInput::new("id").deep(level.clone())).await;
        drop(level);
        output.is_ok()
    });
}

#[test]
fn deeply_nested_values_are_read_and_shown() {
    let json = (0..40).fold("{}".to_owned(), |inner, _| format!(r#"{{"next":{inner}}}"#));
    let level: Level0 = read(&json);
    assert_eq!(format!("{level:?}").matches("next").count(), 40);
    assert!(level.clone() == level);
}
