//! A page of a query, in types with derived serde implementations.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The number of items in a megabyte of JSON.
const ITEMS: usize = 3_000;

/// A response of `Query`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Page {
    /// The items.
    pub items: Vec<Item>,
    /// The number of items.
    pub count: usize,
    /// The number of scanned items.
    pub scanned_count: usize,
}

/// An item: its attributes by name.
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

/// Returns a page of about a megabyte of JSON.
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
            text(format!("The item of number {number}, with a description of ordinary length and words.")),
        ),
        ("is_open", Attribute::Bool(number.is_multiple_of(2))),
        ("place", Attribute::M(place.map(|(name, value)| (name.to_owned(), value)).into())),
        ("tags", Attribute::L(tags.into())),
    ];
    attributes.map(|(name, value)| (name.to_owned(), value)).into()
}
