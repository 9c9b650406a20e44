//! Compatible changes after which some code must change. `runtime/src/guide/model_changes.md` names them.

use super::{Change, Edit};

pub(super) const EXCEPTIONS: &[Change] = &[
    Change {
        name: "input-member-relaxed",
        edits: &[Edit::Replace(
            "CreateCityInput",
            r#""population": {"target": "smithy.api#Long", "traits": {"smithy.api#required": {}}}"#,
            r#""population": {"target": "smithy.api#Long"}"#,
        )],
        program: "use cities::types::*;
            pub fn population(input: CreateCityInput) -> i64 { input.population }",
    },
    Change {
        name: "structure-relaxed",
        edits: &[Edit::Replace(
            "City",
            r#""position": {"target": "example#Position", "traits": {"smithy.api#required": {}}}"#,
            r#""position": {"target": "example#Position"}"#,
        )],
        program: "use cities::types::*;
            pub fn latitude(city: City) -> f64 { city.position.latitude }",
    },
    Change {
        name: "input-member-tightened",
        edits: &[Edit::Replace(
            "CreateCityInput",
            r#""nickname": {"target": "smithy.api#String"}"#,
            r#""nickname": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}"#,
        )],
        program: "use cities::types::*;
            pub fn nickname(input: CreateCityInput) -> CreateCityInput { input.nickname(\"the eternal city\") }",
    },
    Change {
        name: "member-with-a-default-instead",
        edits: &[Edit::Replace(
            "City",
            r#""rank": {"target": "smithy.api#Integer", "traits": {"smithy.api#required": {}}}"#,
            r#""rank": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 0}}"#,
        )],
        program: "use cities::types::*;
            pub fn city() -> City { City::new(\"Rome\", 1, Position::new(41.9, 12.5)) }",
    },
    Change {
        name: "order-of-members",
        edits: &[
            Edit::Replace(
                "City",
                r#""rank": {"target": "smithy.api#Integer", "traits": {"smithy.api#required": {}}},"#,
                "",
            ),
            Edit::Insert(
                "City",
                "members",
                r#""rank": {"target": "smithy.api#Integer", "traits": {"smithy.api#required": {}}}"#,
            ),
        ],
        program: "use cities::types::*;
            pub fn city() -> City { City::new(\"Rome\", 1, Position::new(41.9, 12.5)) }",
    },
    Change {
        name: "first-error",
        edits: &[
            Edit::Insert("Cities", "errors", r#"{"target": "example#Busy"}"#),
            Edit::Shapes(
                r#""example#Busy": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "server"}}"#,
            ),
        ],
        program: "use cities::runtime::operation::NoError;
            pub async fn ping(client: &cities::Client) -> Result<(), cities::Error<NoError>> { client.ping().await }",
    },
    Change {
        name: "recursion",
        edits: &[Edit::Insert("Square", "members", r#""city": {"target": "example#City"}"#)],
        program: "use cities::types::*;
            pub fn area(city: City) -> Option<Area> { city.area }",
    },
    Change {
        name: "input-in-another-place",
        edits: &[Edit::Insert("Options", "members", r#""search": {"target": "example#SearchRequest"}"#)],
        program: "use cities::types::*;
            pub fn limit(request: SearchRequest) -> Option<i32> { request.limit }",
    },
    Change {
        name: "similar-type-name",
        edits: &[
            Edit::Insert("Options", "members", r#""map": {"target": "example#StreetMap"}"#),
            Edit::Shapes(r#""example#StreetMap": {"type": "structure", "members": {}}"#),
        ],
        program: "use cities::types::*;
            pub fn title(map: StreetMap) -> Option<String> { map.title }",
    },
    Change {
        name: "type-of-named-members",
        edits: &[
            Edit::Insert("Options", "members", r#""required": {"target": "example#CreateCityInputRequired"}"#),
            Edit::Shapes(r#""example#CreateCityInputRequired": {"type": "structure", "members": {}}"#),
        ],
        program: "use cities::types::*;
            pub fn create(required: CreateCityInputRequired) -> CreateCityInput { CreateCityInput::new(required) }",
    },
    Change {
        name: "glob-import",
        edits: &[
            Edit::Insert("Options", "members", r#""result": {"target": "example#Result"}"#),
            Edit::Shapes(r#""example#Result": {"type": "structure", "members": {}}"#),
        ],
        program: "use cities::types::*;
            pub fn square(side: &str) -> Result<Square, std::num::ParseFloatError> { Ok(Square::new(side.parse()?)) }",
    },
    Change {
        name: "own-method",
        edits: &[Edit::Insert("Position", "members", r#""altitude": {"target": "smithy.api#Double"}"#)],
        program: "use cities::types::*;
            pub trait Altitude { fn altitude(&self) -> f64 { 0.0 } }
            impl Altitude for Position {}
            pub fn altitude(position: Position) -> f64 { position.altitude() }",
    },
    Change {
        name: "deprecation",
        edits: &[Edit::Replace(
            "City",
            r#""note": {"target": "smithy.api#String", "traits": {"#,
            r#""note": {"target": "smithy.api#String", "traits": {"smithy.api#deprecated": {}, "#,
        )],
        program: "#![deny(warnings)]
            pub fn note(city: cities::types::City) -> String { city.note }",
    },
];
