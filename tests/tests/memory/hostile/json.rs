//! Malicious JSON.

use super::*;

#[test]
fn truncated_body_is_an_error() {
    let _lock = lock();
    let body = serialized::<Echo>(everything());
    assert!(call::<Echo>(200, &body).result.is_ok());
    for end in 1..body.len() {
        assert_rejected::<Echo>(&format!("{end} bytes"), &body[..end]);
    }
}

#[test]
fn deep_nesting_is_an_error() {
    let _lock = lock();
    let deep = |start: &str, open: &str| start.to_owned() + &open.repeat(100_000);
    assert_rejected::<Echo>("a document of lists", deep(r#"{"requiredDocument":"#, "[").as_bytes());
    assert_rejected::<Echo>("a document of maps", deep(r#"{"requiredDocument":"#, r#"{"":"#).as_bytes());
    assert_rejected::<Echo>("an unknown member", deep(r#"{"unknown":"#, r#"[{"":"#).as_bytes());
    assert_rejected::<Echo>("an unknown variant", deep(r#"{"choice":{"unknown":"#, "[").as_bytes());
    assert_rejected::<Echo>("nested lists as a number", deep(r#"{"requiredBigDecimal":"#, "[").as_bytes());
    assert_rejected::<Grow>("structures", deep("", r#"{"left":"#).as_bytes());
    assert_rejected::<Grow>("lists", deep("", r#"{"children":["#).as_bytes());
    assert_rejected::<Grow>("maps", deep("", r#"{"byName":{"":"#).as_bytes());
    assert_rejected::<Grow>("unions", deep(r#"{"expression":"#, r#"{"negate":"#).as_bytes());
    let closed = deep(r#"{"requiredDocument":"#, "[") + &"]".repeat(100_000) + "}";
    assert_rejected::<Echo>("a closed document", closed.as_bytes());
}

#[test]
fn numbers_out_of_range_are_errors() {
    let _lock = lock();
    let many = "9".repeat(1_000_000);
    for number in ["128", "-129", "1e3", "9223372036854775808", "1e999", "1.5", "-0.5", many.as_str()] {
        assert_rejected::<Echo>("a byte", format!(r#"{{"requiredByte":{number}}}"#).as_bytes());
    }
    for number in ["9223372036854775808", "-9223372036854775809", "1e19", "1e999", many.as_str()] {
        assert_rejected::<Echo>("a long", format!(r#"{{"requiredLong":{number}}}"#).as_bytes());
        assert_rejected::<Echo>("a level", format!(r#"{{"level":{number}}}"#).as_bytes());
    }
    for number in ["1e999", "-1e999", many.as_str()] {
        assert_rejected::<Echo>("a double", format!(r#"{{"requiredDouble":{number}}}"#).as_bytes());
        assert_rejected::<Echo>("a document", format!(r#"{{"requiredDocument":{number}}}"#).as_bytes());
    }
    for number in ["1e999", "9223372036854775808", "1e99999999999999999999", many.as_str()] {
        assert_rejected::<Echo>("a timestamp", format!(r#"{{"requiredTimestamp":{number}}}"#).as_bytes());
    }
    assert_rejected::<Echo>("a float", br#"{"requiredFloat":1e39}"#);
}

#[test]
fn long_numbers_use_linear_memory() {
    let _lock = lock();
    let (many, small) = ("9".repeat(1_000_000), format!("0.{}1", "0".repeat(1_000_000)));
    assert_reads::<Echo>("an integer", format!(r#"{{"requiredBigInteger":{many}}}"#).as_bytes(), 4);
    assert_reads::<Echo>("a decimal", format!(r#"{{"requiredBigDecimal":{small}}}"#).as_bytes(), 4);
    assert_reads::<Echo>("a double", format!(r#"{{"requiredDouble":{small}}}"#).as_bytes(), 4);
}

/// Members of every type, with values of every other type.
#[test]
fn wrong_types_are_errors() {
    let _lock = lock();
    for (member, wrong) in [
        ("requiredBlob", "1 true [] {} \"*\""),
        ("requiredBoolean", "1 \"true\" [] {}"),
        ("requiredString", "1 true [] {}"),
        ("requiredByte", "true \"1\" [] {}"),
        ("requiredShort", "true \"1\" [] {}"),
        ("requiredInteger", "true \"1\" [] {}"),
        ("requiredLong", "true \"1\" [] {}"),
        ("requiredFloat", "true \"1\" [] {} \"nan\""),
        ("requiredDouble", "true \"1\" [] {} \"inf\""),
        ("requiredBigInteger", "true \"x\" [] {} 1.5"),
        ("requiredBigDecimal", "true \"x\" [] {}"),
        ("requiredTimestamp", "true \"x\" [] {}"),
        ("dateTime", "true \"2020-13-01T00:00:00Z\" [] {}"),
        ("httpDate", "true \"yesterday\" [] {}"),
        ("requiredList", "1 true \"\" {} [1]"),
        ("requiredMap", "1 true \"\" [] {\"a\":\"\"}"),
        ("requiredStructure", "1 true \"\" []"),
        ("choice", "1 true \"\" [] {} {\"text\":1}"),
        ("color", "1 true [] {}"),
        ("level", "true \"1\" [] {} 1.5"),
    ] {
        for value in wrong.split(' ') {
            assert_rejected::<Echo>(member, format!(r#"{{"{member}":{value}}}"#).as_bytes());
        }
    }
    for body in ["1", "true", "\"\"", "[]", "[{}]"] {
        assert_rejected::<Echo>(body, body.as_bytes());
    }
}

#[test]
fn invalid_json_or_utf8_is_an_error() {
    let _lock = lock();
    let texts = [
        "\u{feff}{}",
        "{}{}",
        "{} x",
        "{,}",
        "{\"a\":1,}",
        "{\"a\"}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        " ",
        "\0",
        "//",
        "<html><body>Bad gateway</body></html>",
        r#"{"requiredString":"\u12"}"#,
    ];
    for text in texts {
        assert_rejected::<Echo>(text, text.as_bytes());
    }
    for bytes in [&b"\xff"[..], b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"] {
        for (start, end) in
            [(r#"{"requiredString":""#, "\"}"), (r#"{"unknown":""#, "\"}"), ("{\"", "\":1}"), ("{}", "")]
        {
            assert_rejected::<Echo>("not UTF-8", &[start.as_bytes(), bytes, end.as_bytes()].concat());
        }
    }
}

#[test]
fn the_last_value_of_a_duplicate_key_is_read() {
    let _lock = lock();
    let read = |body: &str| assert_reads::<Echo>(body, body.as_bytes(), 16);
    for (body, once) in [
        (r#"{"requiredString":"a","requiredString":"b"}"#, r#"{"requiredString":"b"}"#),
        (
            r#"{"requiredString":"a","integer":1,"requiredString":"b"}"#,
            r#"{"requiredString":"b","integer":1}"#,
        ),
        (r#"{"map":{"a":1,"b":2,"a":3}}"#, r#"{"map":{"a":3,"b":2}}"#),
        (r#"{"sparseMap":{"a":1.5,"a":null}}"#, r#"{"sparseMap":{"a":null}}"#),
        (r#"{"structure":{"name":"a","value":1,"name":"b"}}"#, r#"{"structure":{"name":"b","value":1}}"#),
        (r#"{"choice":{"text":"a","text":"b"}}"#, r#"{"choice":{"text":"b"}}"#),
    ] {
        assert_eq!(format!("{:?}", read(body)), format!("{:?}", read(once)), "{body}");
    }
    let several = r#"{"choice":{"text":"a","number":1}}"#;
    assert_rejected::<Echo>(several, several.as_bytes());
    let body = r#"{"unknownMember":1,"requiredString":"a","unknownMember":2}"#;
    assert_eq!(assert_reads::<Echo>("unknown members", body.as_bytes(), 2).required_string, "a");
}

#[test]
fn memory_is_proportional_to_the_body() {
    let _lock = lock();
    let repeat = |start: &str, item: &str, end: &str| {
        let count = (1 << 20) / item.len();
        start.to_owned() + &item.repeat(count) + item.trim_end_matches(',') + end
    };
    let echo = |name, body: String, memory_ratio| {
        assert_reads::<Echo>(name, body.as_bytes(), memory_ratio);
    };
    echo("a string", repeat(r#"{"requiredString":""#, "x", "\"}"), 2);
    echo("a string of escapes", repeat(r#"{"requiredString":""#, r"\n", "\"}"), 3);
    echo("a blob", repeat(r#"{"requiredBlob":""#, "AAAA", "\"}"), 3);
    echo("unknown members", repeat("{", r#""x":{"y":[1,2]},"#, "}"), 2);
    echo("nulls", repeat(r#"{"list":["#, "null,", "]}"), 2);
    echo("numbers", repeat(r#"{"levels":["#, "0,", "]}"), MAX_MEMORY_RATIO);
    echo("strings", repeat(r#"{"list":["#, "\"the text\",", "]}"), MAX_MEMORY_RATIO);
    echo("documents", repeat(r#"{"requiredDocument":["#, "\"the text\",", "]}"), MAX_MEMORY_RATIO);
}

#[test]
fn memory_is_bounded_if_values_are_larger_than_the_body() {
    let _lock = lock();
    let bounded = |name, start: &str, item: &str, end: &str| {
        let items = item.repeat(LARGE / item.len());
        assert_bounded::<Echo>(
            name,
            (start.to_owned() + &items + item.trim_end_matches(',') + end).as_bytes(),
        );
    };
    bounded("empty strings", r#"{"list":["#, "\"\",", "]}");
    bounded("empty lists", r#"{"listOfLists":["#, "[],", "]}");
    bounded("lists of one item", r#"{"listOfLists":["#, "[\"\"],", "]}");
    bounded("maps of one entry", r#"{"listOfMaps":["#, r#"{"":0},"#, "]}");
    bounded("documents", r#"{"requiredDocument":["#, "0,", "]}");
    bounded("documents of lists", r#"{"requiredDocument":["#, "[0],", "]}");
    bounded("documents of one entry", r#"{"requiredDocument":["#, r#"{"":0},"#, "]}");
    bounded("unknown variants", r#"{"choice":{"unknown":["#, r#"{"":0},"#, "]}}");
    bounded("empty structures in a list", r#"{"structures":["#, "{},", "]}");
    let entries: String = (0..300_000).map(|n| format!(r#""{n:x}":{{}},"#)).collect();
    let entries = format!(r#"{{"mapOfStructures":{{{}}}}}"#, entries.trim_end_matches(','));
    assert_bounded::<Echo>("empty structures in a map", entries.as_bytes());
    let trees = |item: &str| {
        let items = item.repeat(LARGE / item.len());
        format!(r#"{{"children":[{}]}}"#, items.trim_end_matches(','))
    };
    assert_bounded::<Grow>("large empty structures", trees("{},").as_bytes());
    let boxed = trees(r#"{"left":{"left":{"left":{"left":{"left":{}}}}}},"#);
    assert_bounded::<Grow>("boxed structures", boxed.as_bytes());
}
