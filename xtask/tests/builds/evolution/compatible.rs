//! Compatible changes, and code that uses what they add.

use super::{Change, Edit};

pub(super) const COMPATIBLE: &[Change] = &[
    Change {
        name: "input-member",
        edits: &[
            Edit::Insert(
                "CreateCityInput",
                "members",
                r#""motto": {"target": "smithy.api#String"},
                   "founder": {"target": "smithy.api#String",
                       "traits": {"smithy.api#required": {}, "smithy.api#clientOptional": {}}},
                   "height": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 0}},
                   "clone": {"target": "smithy.api#Boolean"}, "setOptional": {"target": "smithy.api#Boolean"}"#,
            ),
            Edit::Insert(
                "GetCityInput",
                "members",
                r#""detail": {"target": "smithy.api#Boolean", "traits": {"smithy.api#httpQuery": "detail"}}"#,
            ),
            Edit::Insert("ListCitiesInput", "members", r#""prefix": {"target": "smithy.api#String"}"#),
            Edit::Insert("SearchRequest", "members", r#""kind": {"target": "example#Kind"}"#),
        ],
        program: "use cities::types::*;
            pub fn inputs(input: CreateCityInput) -> (CreateCityInput, GetCityInput, ListCitiesInput, SearchRequest) {
                let list = ListCitiesInput::new().prefix(\"R\");
                let search = SearchRequest::new(\"Rome\").kind(Kind::Town);
                (input.motto(\"SPQR\").founder(\"Romulus\").height(21), GetCityInput::new(\"Rome\").detail(true), list, search)
            }",
    },
    Change {
        name: "output-member",
        edits: &[
            Edit::Insert("CreateCityOutput", "members", r#""id": {"target": "smithy.api#String"}"#),
            Edit::Insert("GetCityOutput", "members", r#""found": {"target": "smithy.api#Timestamp"}"#),
            Edit::Insert("ListCitiesOutput", "members", r#""next": {"target": "smithy.api#String"}"#),
            Edit::Insert(
                "DownloadMapOutput",
                "members",
                r#""scale": {"target": "smithy.api#Integer", "traits": {"smithy.api#httpHeader": "x-scale"}}"#,
            ),
            Edit::Insert(
                "City",
                "members",
                r#""flag": {"target": "smithy.api#Blob"}, "extra": {"target": "smithy.api#Document"},
                   "districts": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 1}}"#,
            ),
            Edit::Insert("Position", "members", r#""altitude": {"target": "smithy.api#Double"}"#),
            Edit::Insert("Options", "members", r#""verbose": {"target": "smithy.api#Boolean"}"#),
            Edit::Insert("Square", "members", r#""position": {"target": "example#Position"}"#),
        ],
        program: "use cities::types::*;
            pub fn outputs(city: City) -> (CreateCityOutput, Position, Options) {
                let position = city.position.clone().altitude(21.0);
                (CreateCityOutput::new(city.flag(\"flag\").districts(7)).id(\"id\"), position, Options::new().verbose(true))
            }",
    },
    Change {
        name: "error-member",
        edits: &[
            Edit::Insert("NoSuchCity", "members", r#""similar": {"target": "example#Tags"}"#),
            Edit::Insert("AlreadyExists", "members", r#""name": {"target": "smithy.api#String"}"#),
            Edit::Insert("Denied", "members", r#""message": {"target": "smithy.api#String"}"#),
        ],
        program: "use cities::types::*;
            pub fn errors() -> (NoSuchCity, AlreadyExists, Denied) {
                let exists = AlreadyExists::new(\"exists\").name(\"Rome\");
                (NoSuchCity::new(\"Rom\").similar([(\"1\", \"Rome\")]), exists, Denied::new().message(\"denied\"))
            }",
    },
    Change {
        name: "enum-value",
        edits: &[
            Edit::Insert(
                "Kind",
                "members",
                r#""VILLAGE": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "village"}},
                   "UNKNOWN": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "unknown"}}"#,
            ),
            Edit::Insert(
                "Level",
                "members",
                r#""MIDDLE": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 3}}"#,
            ),
            Edit::Insert(
                "Reason",
                "members",
                r#""POLICY": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "policy"}}"#,
            ),
        ],
        program: "use cities::types::*;
            pub const VALUES: (Kind, Kind, Level, Reason) =
                (Kind::Village, Kind::UnknownValue, Level::Middle, Reason::Policy);",
    },
    Change {
        name: "union-member",
        edits: &[Edit::Insert(
            "Area",
            "members",
            r#""triangle": {"target": "example#Position"}, "unknown": {"target": "smithy.api#String"},
               "everything": {"target": "smithy.api#Unit"}"#,
        )],
        program: "use cities::types::*;
            pub fn is_everything(area: &Area) -> bool {
                area.is_everything() || area.as_triangle().is_some() || matches!(area, Area::UnknownValue(_))
            }",
    },
    Change {
        name: "error",
        edits: &[
            Edit::Insert("GetCity", "errors", r#"{"target": "example#Moved"}"#),
            Edit::Insert("CreateCity", "errors", r#"{"target": "example#Moved"}"#),
            // The errors of a service are errors of each operation, also of those that had none.
            Edit::Insert("Cities", "errors", r#"{"target": "example#Busy"}"#),
            Edit::Shapes(
                r#""example#Moved": {"type": "structure", "members": {"to": {"target": "smithy.api#String"}},
                       "traits": {"smithy.api#error": "client", "smithy.api#httpError": 410}},
                   "example#Busy": {"type": "structure", "members": {},
                       "traits": {"smithy.api#error": "server", "smithy.api#httpError": 503}}"#,
            ),
        ],
        program: "use cities::error::*;
            pub fn is_new(get: &GetCityError, ping: &PingError) -> bool {
                matches!(get, GetCityError::Moved(moved) if moved.to.is_some()) && matches!(ping, PingError::Busy(_))
            }",
    },
    Change {
        name: "operation",
        edits: &[
            Edit::Insert(
                "Cities",
                "operations",
                r#"{"target": "example#DeleteCity"}, {"target": "example#Clone"}"#,
            ),
            Edit::Insert("Cities", "resources", r#"{"target": "example#District"}"#),
            Edit::Shapes(
                r#""example#DeleteCity": {"type": "operation",
                       "input": {"target": "example#DeleteCityInput"}, "output": {"target": "example#DeleteCityOutput"},
                       "traits": {"smithy.api#http": {"method": "POST", "uri": "/delete"}}},
                   "example#DeleteCityInput": {"type": "structure", "members": {
                       "city": {"target": "example#City", "traits": {"smithy.api#required": {}}},
                       "mode": {"target": "example#Mode"}, "area": {"target": "example#Area"}}},
                   "example#DeleteCityOutput": {"type": "structure", "members": {"city": {"target": "example#City"}}},
                   "example#Mode": {"type": "enum", "members": {"NOW": {"target": "smithy.api#Unit"}}},
                   "example#District": {"type": "resource", "operations": [{"target": "example#CountDistricts"}]},
                   "example#Clone": {"type": "operation",
                       "input": {"target": "smithy.api#Unit"}, "output": {"target": "smithy.api#Unit"},
                       "traits": {"smithy.api#http": {"method": "POST", "uri": "/clone"}}},
                   "example#CountDistricts": {"type": "operation",
                       "input": {"target": "smithy.api#Unit"}, "output": {"target": "smithy.api#Unit"},
                       "traits": {"smithy.api#http": {"method": "GET", "uri": "/districts"}}}"#,
            ),
        ],
        program: "use cities::types::*;
            pub async fn delete(client: &cities::Client, city: City) -> Result<Option<City>, cities::AnyError> {
                client.count_districts().await?;
                Ok(client.delete_city(DeleteCityInput::new(city).mode(Mode::Now)).await?.city)
            }",
    },
    Change {
        name: "default",
        edits: &[
            Edit::Replace(
                "City",
                r#""rank": {"target": "smithy.api#Integer", "traits": {"smithy.api#required": {}}}"#,
                r#""rank": {"target": "smithy.api#Integer",
                       "traits": {"smithy.api#default": 0, "smithy.api#addedDefault": {}}}"#,
            ),
            Edit::Replace(
                "Position",
                r#""latitude": {"target": "smithy.api#Double", "traits": {"#,
                r#""latitude": {"target": "smithy.api#Double", "traits": {"smithy.api#default": 0, "#,
            ),
            Edit::Replace(
                "CreateCityInput",
                r#""population": {"target": "smithy.api#Long", "traits": {"#,
                r#""population": {"target": "smithy.api#Long", "traits": {"smithy.api#default": 0, "#,
            ),
            Edit::Replace(
                "CreateCityInput",
                r#""nickname": {"target": "smithy.api#String"}"#,
                r#""nickname": {"target": "smithy.api#String",
                       "traits": {"smithy.api#default": "none", "smithy.api#addedDefault": {}}}"#,
            ),
        ],
        program: "",
    },
    Change {
        name: "client-optional",
        edits: &[
            Edit::Replace(
                "CreateCityInput",
                r#"{"smithy.api#required": {}, "smithy.api#clientOptional": {}}"#,
                r#"{"smithy.api#clientOptional": {}}"#,
            ),
            Edit::Replace(
                "CreateCityInput",
                r#""twin": {"target": "smithy.api#String", "traits": {"#,
                r#""twin": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}, "#,
            ),
        ],
        program: "",
    },
];
