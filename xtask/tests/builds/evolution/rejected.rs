//! Programs that a compatible change would break, and that therefore never compile.

/// The name and the code of each.
pub(super) const REJECTED: &[(&str, &str)] = &[
    (
        "literal-of-a-structure",
        "use cities::types::*;
            pub fn position() -> Position { Position { latitude: 41.9, longitude: 12.5 } }",
    ),
    ("literal-of-an-empty-structure", "pub fn options() -> cities::types::Options { cities::types::Options {} }"),
    (
        "literal-of-an-error",
        "pub fn exists() -> cities::types::AlreadyExists { cities::types::AlreadyExists { message: String::new() } }",
    ),
    (
        "pattern-of-a-structure",
        "use cities::types::*;
            pub fn sum(Position { latitude, longitude }: Position) -> f64 { latitude + longitude }",
    ),
    (
        "match-on-an-enum",
        "use cities::types::*;
            pub fn is_town(kind: Kind) -> bool {
                match kind { Kind::Town => true, Kind::Capital | Kind::Unknown(_) => false }
            }",
    ),
    (
        "match-on-an-int-enum",
        "use cities::types::*;
            pub fn is_low(level: Level) -> bool {
                match level { Level::Low => true, Level::High | Level::Unknown(_) => false }
            }",
    ),
    (
        "match-on-a-union",
        "use cities::types::*;
            pub fn is_none(area: Area) -> bool {
                match area { Area::None => true, Area::Circle(_) | Area::Square(_) | Area::Unknown(_) => false }
            }",
    ),
    (
        "match-on-errors",
        "use cities::error::*;
            pub fn is_denied(error: GetCityError) -> bool {
                match error { GetCityError::Denied(_) => true, GetCityError::NoSuchCity(_) => false }
            }",
    ),
    (
        "unknown-value",
        "use cities::types::*;
            pub fn village() -> Kind { Kind::Unknown(\"village\".into()) }",
    ),
];
