use super::*;
use crate::codec::{Codec, Members, Source};
use crate::schema::{STRING, Trait};
use crate::shape::{Structure, Value};
use crate::test_shapes::{Choice, Color, Everything, Size, Token, structure};
use crate::types::{Document, UnknownVariant};
use serde_json::json;

const JSON: Json = Json {
    media_type: "application/json",
    name_kind: NameKind::Json,
    timestamp_formats: true,
    big_numbers_as_text: false,
};

fn write(value: &dyn Structure) -> String {
    String::from_utf8(JSON.write_structure(value, Members::All).unwrap()).unwrap()
}

fn write_err(value: &dyn Structure) -> String {
    JSON.write_structure(value, Members::All).unwrap_err().to_string()
}

fn try_read(body: &[u8]) -> Result<Everything, String> {
    let mut value = Everything::default_value();
    JSON.read_structure(Source::new(body), &mut value, Members::All).map_err(|error| error.to_string())?;
    Ok(value)
}

fn read(body: &str) -> Everything {
    try_read(body.as_bytes()).unwrap()
}

fn read_err(body: &str) -> String {
    try_read(body.as_bytes()).unwrap_err()
}

fn default_value() -> Everything {
    Everything::default_value()
}

#[test]
fn writes_every_kind() {
    let written: Document = serde_json::from_str(&write(&Everything::sample())).unwrap();
    for (name, expected) in [
        ("blob", json!("AP8/Pg==")),
        ("boolean", json!(true)),
        ("string", json!("a \"quoted\" \u{1F980}\n")),
        ("byte", json!(-128)),
        ("float", json!(0.1)),
        ("timestamp", json!(1_515_531_081.123)),
        ("dateTime", json!("1969-12-31T23:59:59.001Z")),
        ("httpDate", json!("Mon, 16 Dec 2019 23:48:18 GMT")),
        ("documents", json!([null, 1])),
        ("sparseStrings", json!([null, "b"])),
        ("sparseNumbers", json!({ "none": null, "three": 3 })),
        ("dates", json!(["1970-01-01T00:00:00Z", "2019-12-16T23:48:18.5Z"])),
        ("token", json!({ "id": "outer", "child": { "id": "inner" } })),
        ("choice", json!({ "t": "chosen" })),
        ("color", json!("GREEN")),
        ("size", json!(7)),
        ("re-named", json!("other")),
        ("unit", json!({})),
    ] {
        assert_eq!(written[name], expected, "{name}");
    }
    let text = write(&Everything::sample());
    assert!(text.contains(r#""timestamp":1515531081.123,"#), "{text}");
    assert!(text.contains(r#""bigInteger":-123456789012345678901234567890,"#), "{text}");
    assert!(text.contains(r#""bigDecimal":0.12345678901234567890123456789e-400,"#), "{text}");
}

#[test]
fn round_trips_values() {
    let mut value = Everything::sample();
    assert_eq!(read(&write(&value)), value);
    for choice in [
        Choice::Quit(()),
        Choice::Strings(vec![]),
        Choice::Document(json!({ "__type": "x" })),
        Choice::Document(Document::Null),
        Choice::Unknown(UnknownVariant::new("later", json!([1, { "a": null }]))),
    ] {
        value.choice = Some(choice);
        assert!(read(&write(&value)) == value, "{}", write(&value));
    }
    for (float, double) in
        [(f32::MIN_POSITIVE, 5e-324), (f32::MAX, 0.1 + 0.2), (f32::INFINITY, f64::NEG_INFINITY)]
    {
        (value.float, value.double) = (Some(float), Some(double));
        assert_eq!(read(&write(&value)), value);
    }
    assert_eq!(read(&write(&default_value())), default_value());
}

#[test]
fn skips_unset_members() {
    assert_eq!(write(&default_value()), r#"{"numbers":{},"dates":[],"token":{"id":""},"unit":{}}"#);
}

#[test]
fn applies_json_names_only_if_configured() {
    let value = Everything { renamed: Some("x".into()), ..default_value() };
    let plain = Json { name_kind: NameKind::Member, ..JSON };
    let body = plain.write_structure(&value, Members::All).unwrap();
    assert!(String::from_utf8_lossy(&body).contains(r#""renamed":"x""#));
    assert_eq!(read(r#"{"renamed":"x"}"#), default_value());
}

#[test]
fn represents_non_finite_numbers_as_strings() {
    let value = Everything { float: Some(f32::NAN), double: Some(f64::NEG_INFINITY), ..default_value() };
    let text = write(&value);
    assert!(text.contains(r#""float":"NaN","double":"-Infinity""#), "{text}");
    assert!(read(r#"{"float":"NaN"}"#).float.unwrap().is_nan());
    assert_eq!(read(r#"{"double":"Infinity"}"#).double, Some(f64::INFINITY));
    assert_eq!(read_err(r#"{"double":"infinity"}"#), "double: expected a double, found a string");
}

#[test]
fn rejects_fractional_and_out_of_range_integers() {
    let whole = read(r#"{"byte":127,"short":-32768,"integer":1.0,"long":1e3,"size":5e0}"#);
    assert_eq!(whole.byte, Some(127));
    assert_eq!(whole.short, Some(-32768));
    assert_eq!(whole.integer, Some(1));
    assert_eq!(whole.long, Some(1000));
    assert_eq!(whole.size, Some(Size(5)));
    for (body, expected) in [
        (r#"{"byte":128}"#, "byte: number out of range for a byte"),
        (r#"{"short":-32769}"#, "short: number out of range for a short"),
        (r#"{"integer":2147483648}"#, "integer: number out of range for an integer"),
        (r#"{"size":2147483648}"#, "size: number out of range for an integer"),
        (r#"{"long":9223372036854775808}"#, "long: number out of range for a long"),
        (r#"{"long":99999999999999999999999}"#, "long: number out of range for a long"),
        (r#"{"long":-9223372036854775809}"#, "long: number out of range for a long"),
        (r#"{"integer":1.5}"#, "integer: expected an integer, found a number with a fraction"),
        (r#"{"float":1e300}"#, "float: number out of range for a float"),
    ] {
        assert_eq!(read_err(body), expected);
    }
}

#[test]
fn reads_integers_into_floats() {
    let value = read(r#"{"float":3,"double":18446744073709551615}"#);
    assert_eq!((value.float, value.double), (Some(3.0), Some(18_446_744_073_709_551_615.0)));
}

#[test]
fn preserves_digits_of_big_numbers() {
    let value = read(r#"{"bigInteger": 10000000000000000000000001 ,"bigDecimal":1.000E+9999}"#);
    assert_eq!(value.big_integer.unwrap().as_str(), "10000000000000000000000001");
    assert_eq!(value.big_decimal.unwrap().as_str(), "1.000E+9999");
    let value = read(r#"{"bigInteger":null,"bigDecimal":null,"timestamp":null}"#);
    assert_eq!(value, default_value());
    for body in [r#"{"bigInteger":"1"}"#, r#"{"bigInteger":1.5}"#, r#"{"bigInteger":[]}"#] {
        assert_eq!(read_err(body), "bigInteger: expected a number without a fraction or exponent");
    }
    assert_eq!(read_err(r#"{"bigDecimal":{"secret":1}}"#), "bigDecimal: expected a number");
}

#[test]
fn reads_timestamps_in_their_format() {
    let value =
        read(r#"{"timestamp":-1.5,"dateTime":"2019-12-17T00:48:18+01:00","dates":["1970-01-01T00:00:00Z"]}"#);
    assert_eq!(value.timestamp, Some(Timestamp::from_secs_and_nanos(-2, 500_000_000)));
    assert_eq!(value.date_time, Some(Timestamp::from_secs(1_576_540_098)));
    assert_eq!(value.dates, [Timestamp::from_secs(0)]);
    for (body, expected) in [
        (r#"{"timestamp":"hush"}"#, "timestamp: invalid timestamp: expected format epoch-seconds"),
        (r#"{"timestamp":1e99}"#, "timestamp: timestamp out of range for its format"),
        (r#"{"dateTime":"hush"}"#, "dateTime: invalid timestamp: expected format date-time"),
        (r#"{"httpDate":1}"#, "httpDate: expected a timestamp, found a number"),
        (
            r#"{"dates":["1970-01-01T00:00:00Z","hush"]}"#,
            "dates.[1]: invalid timestamp: expected format date-time",
        ),
    ] {
        assert_eq!(read_err(body), expected);
    }
}

#[test]
fn rejects_writing_out_of_range_timestamps() {
    let value = Everything { date_time: Some(Timestamp::from_secs(i64::MAX)), ..default_value() };
    assert_eq!(write_err(&value), "dateTime: timestamp out of range for its format");
}

#[test]
fn reads_base64_with_and_without_padding() {
    assert_eq!(read(r#"{"blob":"aGk="}"#).blob.unwrap(), "hi");
    assert_eq!(read(r#"{"blob":"aGk"}"#).blob.unwrap(), "hi");
    assert_eq!(read_err(r#"{"blob":"***"}"#), "blob: invalid base64");
}

#[test]
fn nulls_do_not_change_members() {
    let names = ["blob", "string", "integer", "numbers", "token", "choice", "color", "size", "dates", "unit"];
    for name in names {
        assert_eq!(read(&format!("{{\"{name}\":null}}")), default_value(), "{name}");
    }
    assert_eq!(read("null"), default_value());
    assert_eq!(read(r#"{"document":null}"#).document, Some(Document::Null));
}

#[test]
fn keeps_nulls_only_in_sparse_collections() {
    let value = read(
        r#"{"strings":[null,"a",null],"sparseStrings":[null,"a"],"numbers":{"x":null,"y":1},"sparseNumbers":{"x":null}}"#,
    );
    assert_eq!(value.strings, Some(vec!["a".into()]));
    assert_eq!(value.sparse_strings, Some(vec![None, Some("a".into())]));
    assert_eq!(value.numbers, [("y".into(), 1)].into());
    assert_eq!(value.sparse_numbers, Some([("x".into(), None)].into()));
}

#[test]
fn reads_unions_with_exactly_one_member() {
    let choice = |json: &str| read(&format!("{{\"choice\":{json}}}")).choice;
    assert!(
        choice(r#"{"__type":"x","quit":null,"t":"a","other":null,"document":null}"#)
            == Some(Choice::Text("a".into()))
    );
    assert!(choice(r#"{"quit":{"more":[1]}}"#) == Some(Choice::Quit(())));
    assert!(choice(r#"{"t":"a","t":"b"}"#) == Some(Choice::Text("b".into())));
    assert!(choice(r#"{"new":[1]}"#) == Some(Choice::Unknown(UnknownVariant::new("new", json!([1])))));
    for several in
        [r#"{"t":"a","quit":{}}"#, r#"{"t":"a","new":1}"#, r#"{"new":1,"t":"a"}"#, r#"{"new":1,"newer":2}"#]
    {
        let error = read_err(&format!("{{\"choice\":{several}}}"));
        assert!(error.starts_with("choice"), "{error}");
        assert!(error.ends_with(": union has more than one member set"), "{error}");
    }
    for none in ["{}", r#"{"__type":"x"}"#, r#"{"t":null}"#] {
        let error = read_err(&format!("{{\"choice\":{none}}}"));
        assert_eq!(error, "choice: union has no member set");
    }
}

#[test]
fn reads_union_member_with_empty_name() {
    let value = read(r#"{"choice":{"":[1]}}"#);
    assert_eq!(value.choice, Some(Choice::Unknown(UnknownVariant::new("", json!([1])))));
    assert_eq!(read(&write(&value)), value);
}

#[test]
fn rejects_writing_unset_unions() {
    let value = Everything { choice: Some(Choice::default_value()), ..default_value() };
    assert_eq!(write_err(&value), "choice: union has no member set");
}

#[test]
fn keeps_unknown_enum_values() {
    let value = read(r#"{"color":"RED","size":99}"#);
    assert_eq!((value.color, value.size), (Some(Color::Red), Some(Size(99))));
    assert_eq!(read(r#"{"color":"PUCE"}"#).color, Some(Color::Unknown("PUCE".into())));
}

#[test]
fn ignores_unknown_members() {
    let value = read(r#"{"new":{"a":[1,{"b":null}]},"string":"x","newer":"y","unit":{"z":1}}"#);
    assert_eq!(value, Everything { string: Some("x".into()), ..default_value() });
    assert_eq!(read(r#"{"unit":[1,2]}"#), default_value());
}

#[test]
fn reads_members_in_any_order_and_escaped_keys() {
    let value = read(r#"{"unit":{},"byte":2,"b\u006fole\u0061n":true,"string":"\u0061"}"#);
    assert_eq!((value.boolean, value.byte, value.string), (Some(true), Some(2), Some("a".into())));
}

#[test]
fn the_last_value_of_a_duplicate_key_is_used() {
    for (json, once) in [
        (r#"{"string":"a","string":"b"}"#, r#"{"string":"b"}"#),
        (r#"{"string":"a","more":1,"string":"b"}"#, r#"{"string":"b"}"#),
        (r#"{"more":1,"string":"a","more":2}"#, r#"{"string":"a"}"#),
        (r#"{"strings":["a","b"],"strings":["c"]}"#, r#"{"strings":["c"]}"#),
        (r#"{"numbers":{"b":1,"a":0,"b":2}}"#, r#"{"numbers":{"a":0,"b":2}}"#),
        (r#"{"numbers":{"a":1},"numbers":{"b":2}}"#, r#"{"numbers":{"b":2}}"#),
    ] {
        assert!(read(json) == read(once), "{json}");
    }
}

#[test]
fn reads_lone_surrogates_as_replacement_characters() {
    let value = read(r#"{"string":"a\ud83d","numbers":{"\ude00":1},"\ud800":2,"strings":["\ud83d\ude00"]}"#);
    assert_eq!(value.string.as_deref(), Some("a\u{fffd}"));
    assert_eq!(value.strings, Some(vec!["\u{1f600}".to_owned()]));
    assert_eq!(value.numbers.into_keys().collect::<Vec<_>>(), ["\u{fffd}"]);
}

#[test]
fn reads_base64_with_white_space() {
    assert_eq!(read("{\"blob\":\"Zm9v\\r\\n Yg==\"}").blob, read(r#"{"blob":"Zm9vYg=="}"#).blob);
}

structure!(Bound, BOUND {
    header: Option<String> => Member::new("header", &STRING, &[Trait::HttpHeader("X-A")]),
    query: Option<String> => Member::new("query", &STRING, &[Trait::HttpQuery("q")]),
    body: Option<String> => Member::new("body", &STRING, &[]),
    message: Option<String> => Member::new("message", &STRING, &[]),
});

#[test]
fn skips_members_with_http_bindings() {
    let value =
        Bound { header: Some("h".into()), query: Some("q".into()), body: Some("b".into()), message: None };
    let body = JSON.write_structure(&value, Members::RequestBody).unwrap();
    assert_eq!(body, br#"{"body":"b"}"#);

    let mut value = Bound::default_value();
    let body = br#"{"header":{"x":1},"query":"q","body":"b","Message":"hi"}"#;
    JSON.read_structure(Source::new(body), &mut value, Members::ResponseBody).unwrap();
    let expected = Bound { header: None, query: Some("q".into()), body: Some("b".into()), message: None };
    assert_eq!(value, expected);
    JSON.read_structure(Source::new(body), &mut value, Members::ErrorBody).unwrap();
    assert_eq!(value.message, Some("hi".into()));
}

#[test]
fn round_trips_single_values() {
    static TOKEN: Member = Member::new("payload", &crate::test_shapes::TOKEN, &[]);
    let token = Token { id: "a".into(), child: None };
    let body = JSON.write_member(&TOKEN, token.view()).unwrap();
    assert_eq!(body, br#"{"id":"a"}"#);
    let mut read = None::<Token>;
    JSON.read_member(Source::new(&body), &TOKEN, &mut read).unwrap();
    assert_eq!(read, Some(token));
    let mut nothing = None::<Token>;
    JSON.read_member(Source::new(b"null"), &TOKEN, &mut nothing).unwrap();
    assert_eq!(nothing, None);
}

#[test]
fn errors_contain_path_and_kinds() {
    for (body, expected) in [
        (r#"{"token":{"child":{"id":7}}}"#, "token.child.id: expected a string, found a number"),
        (r#"{"token":{"child":[]}}"#, "token.child: expected a structure, found a list"),
        (r#"{"strings":["a",true]}"#, "strings.[1]: expected a string, found a boolean"),
        (r#"{"numbers":{"hush":1,"secret":"x"}}"#, "numbers.[1]: expected an integer, found a string"),
        (r#"{"strings":{"a":1}}"#, "strings: expected a list, found a map"),
        (r#"{"boolean":"true"}"#, "boolean: expected a boolean, found a string"),
        ("[]", "expected a structure, found a list"),
        (r#""hush""#, "expected a structure, found a string"),
    ] {
        assert_eq!(read_err(body), expected);
    }
}

#[test]
fn errors_do_not_contain_values() {
    let values = [
        r#""hush""#,
        r#"["hush"]"#,
        r#"{"hush":"hush"}"#,
        "424242",
        "4242.42",
        "true",
        "-424242424242424242424242",
    ];
    let schema = Everything::default_value().schema();
    for member in schema.members {
        for value in values {
            let name = member.wire_name(NameKind::Json);
            if let Err(error) = try_read(format!("{{\"{name}\":{value}}}").as_bytes()) {
                assert!(!error.contains("hush") && !error.contains("4242"), "{error}");
                assert!(error.starts_with(member.name), "{error}");
            }
        }
    }
    let truncated = try_read(br#"{"string":"hush"#).unwrap_err();
    assert_eq!(truncated, "string: EOF while parsing a string at line 1 column 15");
}

#[test]
fn rejects_trailing_characters() {
    assert!(read_err("{} {}").contains("trailing characters at line 1 column 4"));
    assert_eq!(read("\r\n\t {} \n"), default_value());
}

#[test]
fn rejects_truncated_documents() {
    let body = write(&Everything::sample());
    for length in 0..body.len() {
        assert!(
            try_read(&body.as_bytes()[..length]).is_err(),
            "{}",
            &body.as_bytes()[..length].escape_ascii()
        );
    }
}

#[test]
fn limits_nesting_depth_except_in_ignored_values() {
    const DEPTH: usize = 100_000;
    let lists = "[".repeat(DEPTH);
    for body in [
        lists.clone(),
        format!("{{\"document\":{lists}"),
        format!("{{\"strings\":{lists}"),
        format!("{{\"unit\":{lists}"),
        format!("{{\"unknown\":{lists}"),
        format!("{{\"bigDecimal\":{lists}"),
        format!("{{\"choice\":{{\"new\":{lists}"),
        "{\"token\":".repeat(DEPTH),
        format!("{{\"token\":{}", "{\"child\":".repeat(DEPTH)),
    ] {
        assert!(try_read(body.as_bytes()).is_err());
    }
    let ignored = format!("{{\"unknown\":{lists}{}}}", "]".repeat(DEPTH));
    assert_eq!(read(&ignored), default_value());
}

#[test]
fn rejects_invalid_utf8_everywhere() {
    for body in [&b"{\"string\":\"\xff\"}"[..], b"{\"unknown\":\"\xff\"}", b"{\"\xff\":1}", b"\xff"] {
        let error = try_read(body).unwrap_err();
        assert!(error.starts_with("invalid UTF-8 at byte "), "{error}");
    }
}

#[test]
fn rejects_malformed_documents() {
    for body in [
        "",
        " ",
        "<html></html>",
        "{\"string\"}",
        "{,}",
        "{'a':1}",
        "{\"string\":\"a\",}",
        "nul",
        "{\"a\":01}",
    ] {
        assert!(read_err(body).contains("at line 1 column"), "{}", read_err(body));
    }
}
