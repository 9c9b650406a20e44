//! The public API of generated crates.

use farrier_runtime::ErrorKind;
use farrier_runtime::operation;
use farrier_runtime::testing::unknown_member;
use farrier_runtime::types::{BigInteger, Bytes, Document, Timestamp};
use farrier_tests::json::{read, to_json};
use http::Response;
use std::error::Error;
use std::path::Path;

fn is_default<T: Default + PartialEq>(value: T) -> bool {
    value == T::default()
}

/// A client of a service without regions, signatures and endpoint rules.
#[test]
fn crates_of_other_services_do_not_mention_aws() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/http-bindings/crate");
    for file in ["Cargo.toml", "README.md", "src/client.rs", "src/lib.rs", "src/operation.rs"] {
        let text = std::fs::read_to_string(crates.join(file)).unwrap().to_lowercase();
        for word in ["aws", "region", "credential", "sigv4", "from_env", "endpoint_param", "supports"] {
            assert!(!text.contains(word), "`{file}` contains `{word}`");
        }
    }
}

mod inputs {
    use super::*;
    use snapshot_composition::types::{CityId, Info};
    use snapshot_defaults::types::{Nested, PutInput, PutOutput};
    use snapshot_types::types::Empty;

    #[test]
    fn input_with_one_required_member_converts_from_it() {
        assert_eq!(CityId::from("x").city_id, "x");
        let body = signin_client::types::CreateOAuth2TokenRequestBody::new("client", "grant");
        let request = signin_client::types::CreateOAuth2TokenRequest::from(body.clone());
        assert_eq!(request.token_input, body);
    }

    #[test]
    fn more_than_four_required_members_are_named() {
        use snapshot_types::types::{Everything, EverythingRequired, Inner};
        let value = Everything::new(EverythingRequired {
            required_blob: Bytes::from_static(b"x"),
            required_boolean: true,
            required_string: "text".into(),
            required_byte: 1,
            required_short: 2,
            required_integer: 3,
            required_long: 4,
            required_float: 0.5,
            required_double: 0.25,
            required_big_integer: 5.into(),
            required_big_decimal: 6.into(),
            required_timestamp: Timestamp::from_secs(7),
            required_document: Document::Null,
            required_list: vec!["item".into()],
            required_map: [("key".into(), 8)].into(),
            required_structure: Inner::new("inner"),
        });
        let value = value.optional_integer(9);
        assert_eq!((value.required_string.as_str(), value.required_long), ("text", 4));
        assert_eq!((value.optional_integer, value.optional_string), (Some(9), None));
    }

    #[test]
    fn structures_without_required_members_implement_default() {
        assert!(is_default(Empty::new()));
        assert!(is_default(Info::new()));
    }

    #[test]
    fn defaults_are_those_in_the_model() {
        let nested = Nested::new("required");
        assert_eq!(nested.blob, Bytes::from_static(b"hi"));
        assert!(nested.boolean);
        assert_eq!(nested.string, "text");
        assert_eq!((nested.byte, nested.short, nested.integer, nested.long), (1, -2, 3, 1 << 40));
        assert_eq!((nested.float, nested.double), (0.5, 1e100));
        assert_eq!(nested.big_integer, BigInteger::from(7));
        assert_eq!(nested.big_decimal.as_str(), "1.5");
        assert_eq!(nested.timestamp, Timestamp::from_secs_and_nanos(1, 250_000_000));
        assert_eq!((nested.document_true, nested.document_text), (true.into(), "x".into()));
        assert_eq!(nested.document_list, Document::Array(Vec::new()));
        assert_eq!(nested.color, snapshot_defaults::types::Color::Green);
        assert_eq!(nested.level, snapshot_defaults::types::Level::High);
        assert_eq!((nested.list, nested.map), (Vec::new(), [].into()));
        assert_eq!(nested.no_default, None);
        assert_eq!(nested.required_default, "required", "a required member has no default");
    }

    #[test]
    fn missing_output_member_has_its_default() {
        let output: PutOutput = read(r#"{"nested": {"integer": 5}}"#);
        assert_eq!(output.count, 1);
        assert_eq!(output.nested, Nested::new("r").integer(5));
    }

    #[test]
    fn client_optional_members_are_optional() {
        let input = PutInput::new(8, "x");
        assert_eq!((input.top, &input.token), (None, &None), "the service applies defaults of inputs");
        let nested = Nested::new("x");
        assert_eq!((nested.client_optional, nested.client_required), (None, None));
        assert_eq!(input.token("mine").token.as_deref(), Some("mine"));
    }
}

mod arguments {
    use super::*;
    use farrier_runtime::SetOptional;
    use snapshot_http_bindings::types::{BlobIo, BlobOut};

    #[test]
    fn setters_take_optional_values() {
        let body = |code: Option<&str>, uri: Option<String>| {
            signin_client::types::CreateOAuth2TokenRequestBody::new("client", "grant")
                .set_optional(code, signin_client::types::CreateOAuth2TokenRequestBody::code)
                .set_optional(uri, signin_client::types::CreateOAuth2TokenRequestBody::redirect_uri)
        };
        let set = body(Some("code"), None);
        assert_eq!((set.code.as_deref(), set.redirect_uri), (Some("code"), None));
        let set = body(None, Some("uri".to_owned()));
        assert_eq!((set.code, set.redirect_uri.as_deref()), (None, Some("uri")));
    }

    #[test]
    fn blobs_take_bytes_and_text_owned_and_borrowed() {
        let (text, bytes) = ("hi".to_owned(), b"hi".to_vec());
        let inputs = [
            BlobIo::new("x").data(text.as_str()),
            BlobIo::new("x").data(bytes.as_slice()),
            BlobIo::new("x").data(b"hi"),
            BlobIo::new("x").data(Bytes::from_static(b"hi")),
            BlobIo::new("x").data(text.clone()),
            BlobIo::new("x").data(bytes.clone()),
        ];
        for input in inputs {
            assert_eq!(input.data.as_deref(), Some(&b"hi"[..]));
        }
        assert_eq!(BlobOut::new().data(&bytes).data, Some(bytes.into()));
    }

    #[test]
    fn outputs_and_errors_are_built_as_inputs_are() {
        use signin_client::error::CreateOAuth2TokenError;
        use signin_client::types as signin;
        let token = signin::AccessToken::new("id", "key", "session");
        let body = signin::CreateOAuth2TokenResponseBody::new(token, "aws_sigv4", 900, "next").id_token("id");
        let output = signin::CreateOAuth2TokenResponse::new(body);
        assert_eq!(output.token_output.id_token.as_deref(), Some("id"));
        let denied = signin::AccessDeniedException::new("TOKEN_EXPIRED", "sign in again");
        let error = CreateOAuth2TokenError::AccessDeniedException(denied.clone());
        assert_eq!(error.to_string(), denied.to_string());
    }
}

mod unknown_values {
    use super::*;
    use snapshot_types::types::{Choice, Color, Everything, Level};

    #[test]
    fn unknown_enum_values_round_trip() {
        let json = r#""color":"mauve","level":77,"colors":["RED","mauve"],"byColor":{"RED":1,"mauve":77}"#;
        let value: Everything = read(&format!("{{{json}}}"));
        let Some(Color::Unknown(color)) = &value.color else { panic!("{:?}", value.color) };
        assert_eq!((color.as_str(), color.to_string()), ("mauve", "mauve".to_owned()));
        let Some(Level::Unknown(level)) = &value.level else { panic!("{:?}", value.level) };
        assert_eq!((level.value(), level.to_string()), (77, "77".to_owned()));
        assert_eq!(value.colors, Some(vec![Color::Red, Color::from("mauve")]));
        for part in [r#""color":"mauve","level":77,"colors":["RED","mauve"]"#, r#"{"RED":1,"mauve":77}"#] {
            assert!(to_json(&value).contains(part), "{}", to_json(&value));
        }
    }

    #[test]
    fn enums_are_parsed_from_text_and_displayed_as_it() {
        for (text, color) in [("RED", Color::Red), ("mauve", Color::from("mauve".to_owned()))] {
            assert_eq!(text.parse(), Ok(color.clone()));
            assert_eq!((color.as_str(), color.to_string()), (text, text.to_owned()));
        }
    }

    #[test]
    fn text_of_a_known_value_is_never_unknown() {
        for color in Color::VALUES {
            assert!(!matches!(Color::from(color.as_str()), Color::Unknown(_)), "{color}");
        }
        assert!(matches!(Level::from(2), Level::Unknown(_)));
        assert_eq!(Level::from(1), Level::Low);
    }

    #[test]
    fn union_members_have_methods() {
        let text = Choice::Text("hi".to_owned());
        assert_eq!(text.as_text().map(String::as_str), Some("hi"));
        assert_eq!((text.as_number(), text.is_nothing()), (None, false));
        assert!(Choice::Nothing.is_nothing());
        let boxed = snapshot_recursion::types::Expression::Number(2);
        let negated = snapshot_recursion::types::Expression::Negate(Box::new(boxed.clone()));
        assert_eq!(negated.as_negate(), Some(&boxed));
    }

    #[test]
    fn enum_value_named_unknown_is_a_known_value() {
        assert_eq!(Color::from("UNKNOWN"), Color::UnknownValue);
        assert_eq!(Color::UnknownValue.as_str(), "UNKNOWN");
        assert!(Color::VALUES.contains(&Color::UnknownValue));
    }

    #[test]
    fn unknown_union_members_round_trip() {
        let json = r#""choice":{"future":{"deep":[1,null]}}"#;
        let value: Everything = read(&format!("{{{json}}}"));
        let future = serde_json::json!({"deep": [1, null]});
        assert_eq!(value.choice, Some(Choice::Unknown(unknown_member("future", future))));
        assert!(to_json(&value).contains(json), "{}", to_json(&value));
    }

    #[test]
    fn unit_union_member_has_no_value() {
        let value: Everything = read(r#"{"choice": {"nothing": {}}}"#);
        assert_eq!(value.choice, Some(Choice::Nothing));
        assert!(to_json(&value).contains(r#""choice":{"nothing":{}}"#));
    }
}

#[test]
fn recursive_members_are_boxed_and_setters_take_unboxed_values() {
    use snapshot_recursion::types::{Chicken, Egg, Expression, Pair, Tree};
    let pair = Pair::new(Expression::Number(1), Expression::Negate(Box::new(Expression::Number(2))));
    let tree = Tree::new("root")
        .left(Tree::new("left").chicken(Chicken::new(Egg::new().chicken(Chicken::new(Egg::new())))))
        .children([Tree::new("a"), Tree::new("b").by_name([("c", Tree::new("c"))])])
        .expression(Expression::Sum(vec![Expression::Pair(Box::new(pair))]));
    let back: Tree = read(&to_json(&tree));
    assert_eq!(back, tree);
    assert_eq!(back.left.unwrap().label, "left");
    assert_eq!(back.expression, tree.expression);
}

mod debug {
    use super::*;
    use farrier_runtime::schema::{Member, STRING};
    use heck::{ToSnakeCase, ToUpperCamelCase};
    use snapshot_recursion::types::Pair;
    use snapshot_types::types::{Choice, Empty};

    #[test]
    fn debug_has_the_names_in_rust() {
        use snapshot_recursion::types::Expression::{Negate, Number};
        let pair = Pair::new(Number(1), Negate(Box::new(Number(2))));
        assert_eq!(format!("{pair:?}"), "Pair { first: Number(1), second: Negate(Number(2)) }");
        assert_eq!(format!("{:?}", (Choice::Nothing, Empty::new())), "(Nothing, Empty)");
        let when = Choice::When(Timestamp::from_secs_and_nanos(1_576_540_098, 500_000_000));
        assert_eq!(format!("{when:?}"), "When(2019-12-16T23:48:18.5Z)");
        let renamed = snapshot_composition::types::OtherInfo::new();
        assert!(format!("{renamed:?}").starts_with("OtherInfo"), "{renamed:?}");
        let nested = format!("{:?}", snapshot_defaults::types::Nested::new("x"));
        assert!(nested.contains("big_integer: 7") && nested.contains("document_list: Array []"), "{nested}");
    }

    #[test]
    fn names_are_derived_as_the_generator_derives_them() {
        for name in [
            "accessKeyId",
            "AWSVpc",
            "HTTPSPort",
            "S3Bucket",
            "a1B",
            "A1b",
            "A1Bc",
            "AB1c",
            "aB1Cd",
            "1Ab",
            "x_Y",
            "__x__y",
            "IPv6CidrBlock",
            "ETag",
            "VCpuMHz",
            "IN_PROGRESS",
            "CRC64NVME",
            "m5_2xlarge",
            "aBCd",
            "ABcD",
        ] {
            let member = Member::new(name, &STRING, &[]);
            assert_eq!(member.field_name(), name.to_snake_case(), "{name}");
            assert_eq!(member.variant_name(), name.to_upper_camel_case(), "{name}");
        }
    }
}

mod secrets {
    use super::*;
    use signin_client::types::{AccessToken, CreateOAuth2TokenRequestBody, CreateOAuth2TokenResponseBody};
    use snapshot_composition::types::CityData;
    use snapshot_errors::types::Secretive;

    const SECRET: &str = "S3CR3T";

    fn debug_without_secret(value: &impl std::fmt::Debug) -> String {
        let text = format!("{value:?} {value:#?}");
        assert!(!text.contains(SECRET), "{text}");
        text
    }

    #[test]
    fn sensitive_members_are_redacted() {
        let body = CreateOAuth2TokenRequestBody::new("client", "grant")
            .code(SECRET)
            .code_verifier(SECRET)
            .refresh_token(SECRET);
        let text = debug_without_secret(&body);
        assert!(text.contains("client") && text.contains("grant") && text.contains("redacted"), "{text}");
        let token = AccessToken::new(SECRET, SECRET, SECRET);
        debug_without_secret(&token);
        let response = CreateOAuth2TokenResponseBody::new(token, "aws_sigv4", 900, SECRET).id_token(SECRET);
        assert!(debug_without_secret(&response).contains("aws_sigv4"));
        debug_without_secret(&CityData::new(SECRET));
    }

    #[test]
    fn sensitive_message_is_redacted() {
        let error = Secretive::new().message(SECRET);
        debug_without_secret(&error);
        assert!(!error.to_string().contains(SECRET), "{error}");
        assert!(error.to_string().starts_with("Secretive"));
    }

    #[test]
    fn unknown_union_members_are_redacted() {
        let unknown = unknown_member("future", SECRET.into());
        assert!(debug_without_secret(&snapshot_types::types::Choice::Unknown(unknown)).contains("future"));
    }
}

mod errors {
    use super::*;
    use snapshot_errors::error::FailError;
    use snapshot_errors::operation::Fail;
    use snapshot_errors::types::Denied;

    fn error_of(status: u16, code: &str, body: &'static str) -> farrier_runtime::Error<FailError> {
        let response = Response::builder().status(status).header("x-amzn-errortype", code);
        let response = response.body(Bytes::from_static(body.as_bytes())).unwrap();
        operation::response::<Fail>(response).unwrap_err()
    }

    #[test]
    fn error_displays_its_name_and_message() {
        let denied = Denied::new("a").message("not you");
        assert_eq!(denied.to_string(), "Denied: not you");
        assert_eq!(Denied::new("a").to_string(), "Denied");
        assert_eq!(FailError::Denied(denied).to_string(), "Denied: not you");
        let _: &dyn Error = &Denied::new("a");
    }

    #[test]
    fn declared_error_is_typed() {
        let error = error_of(403, "Denied", r#"{"Message": "not you", "reason": "b"}"#);
        let Some(FailError::Denied(denied)) = error.service_error() else { panic!("{error:?}") };
        assert_eq!(denied.message.as_deref(), Some("not you"));
        assert_eq!(denied.reason.as_str(), "b");
        assert_eq!((error.kind(), error.code()), (ErrorKind::Service, Some("Denied")));
        assert!(!error.to_string().contains('\n'), "{error}");
    }

    #[test]
    fn service_errors_are_errors_of_each_operation() {
        let error = error_of(500, "Everywhere", r#"{"message": "down"}"#);
        assert!(matches!(error.into_service_error(), Ok(FailError::Everywhere(_))));
    }

    #[test]
    fn undeclared_error_is_an_untyped_error() {
        let error = error_of(418, "Teapot", r#"{"message": "short"}"#);
        assert_eq!((error.code(), error.message()), (Some("Teapot"), Some("short")));
        assert!(error.service_error().is_none());
    }
}

#[test]
#[allow(deprecated, reason = "tests that deprecated items are generated")]
fn deprecated_items_are_generated() {
    let client =
        snapshot_documentation::Client::builder().endpoint_url("https://example.com").build().unwrap();
    drop(client.read(snapshot_documentation::types::Text::new().old("still there")));
}
