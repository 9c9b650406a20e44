//! A page of a query, in the types that a program would derive for it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many items make a megabyte of JSON.
const ITEMS: usize = 3_000;

/// An answer of `Query`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Page {
    /// The items that were found.
    pub items: Vec<Item>,
    /// How many they are.
    pub count: usize,
    /// How many were looked at.
    pub scanned_count: usize,
}

/// An item by its attributes.
pub type Item = BTreeMap<String, Attribute>;

/// The value of an attribute.
#[derive(Debug, Deserialize, Serialize)]
pub enum Attribute {
    /// Text.
    S(String),
    /// A number.
    N(String),
    /// True or false.
    #[serde(rename = "BOOL")]
    Bool(bool),
    /// A list.
    L(Vec<Attribute>),
    /// A map.
    M(Item),
}

/// A page of about a megabyte.
pub fn page() -> Page {
    Page { items: (0..ITEMS).map(item).collect(), count: ITEMS, scanned_count: ITEMS }
}

fn item(number: usize) -> Item {
    let text = |text: String| Attribute::S(text);
    let place =
        [("city", text("København \"K\"".to_owned())), ("floor", Attribute::N((number % 9).to_string()))];
    let tags = ["new", "large", "to be looked at\nonce more"].map(|tag| text(tag.to_owned()));
    let attributes = [
        ("id", text(format!("5b0c1f36-8f0e-4f2c-9f55-{number:012}"))),
        ("amount", Attribute::N(format!("{}.25", number * 37))),
        (
            "description",
            text(format!("The item of number {number}, as it was described by whoever put it there.")),
        ),
        ("is_open", Attribute::Bool(number.is_multiple_of(2))),
        ("place", Attribute::M(place.map(|(name, value)| (name.to_owned(), value)).into())),
        ("tags", Attribute::L(tags.into())),
    ];
    attributes.map(|(name, value)| (name.to_owned(), value)).into()
}
