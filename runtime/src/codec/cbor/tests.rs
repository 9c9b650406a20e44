use super::*;
use crate::codec::{Codec, Members, Source};
use crate::shape::{Structure, Value};
use crate::test_shapes::{Choice, Color, Everything, Size, Token};
use crate::types::{BigDecimal, BigInteger, Timestamp, UnknownVariant};
use serde_json::json;

fn write(value: &dyn Structure) -> Vec<u8> {
    Cbor.write_structure(value, Members::All).unwrap()
}

fn try_read(body: &[u8]) -> Result<Everything, String> {
    let mut value = Everything::default_value();
    Cbor.read_structure(Source::new(body), &mut value, Members::All).map_err(|error| error.to_string())?;
    Ok(value)
}

/// Creates a map with one entry. `value` is hexadecimal.
fn entry(key: &str, value: &str) -> Vec<u8> {
    let mut body = vec![0xa1, 0x60 + u8::try_from(key.len()).unwrap()];
    body.extend(key.as_bytes());
    body.extend(bytes(value));
    body
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(|c| !c.is_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
}

fn read(key: &str, value: &str) -> Everything {
    try_read(&entry(key, value)).unwrap_or_else(|error| panic!("{key} {value}: {error}"))
}

fn read_err(key: &str, value: &str) -> String {
    try_read(&entry(key, value)).expect_err(value)
}

fn default_value() -> Everything {
    Everything::default_value()
}

/// Returns the encoded value of one member in hexadecimal.
fn written(value: Everything, key: &str) -> String {
    let body = write(&value);
    let name = [&[0x60 + u8::try_from(key.len()).unwrap()], key.as_bytes()].concat();
    let at = body.windows(name.len()).position(|window| window == name).unwrap() + name.len();
    let mut rest = CborDeserializer::new(&body[at..]);
    let raw = Raw::deserialize(&mut rest).unwrap().0;
    raw.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn at(seconds: i64, nanos: u32) -> Timestamp {
    Timestamp::from_secs_and_nanos(seconds, nanos)
}

#[test]
fn writes_every_kind() {
    for (value, key, expected) in [
        (Everything { blob: Some(vec![1, 2].into()), ..default_value() }, "blob", "420102"),
        (Everything { boolean: Some(true), ..default_value() }, "boolean", "f5"),
        (Everything { string: Some("é".into()), ..default_value() }, "string", "62c3a9"),
        (Everything { byte: Some(-1), ..default_value() }, "byte", "20"),
        (Everything { short: Some(256), ..default_value() }, "short", "190100"),
        (Everything { integer: Some(1), ..default_value() }, "integer", "01"),
        (Everything { long: Some(1), ..default_value() }, "long", "01"),
        (Everything { long: Some(i64::MIN), ..default_value() }, "long", "3b7fffffffffffffff"),
        (Everything { float: Some(7.625), ..default_value() }, "float", "fa40f40000"),
        (Everything { float: Some(f32::NAN), ..default_value() }, "float", "fa7fc00000"),
        (Everything { double: Some(1.889), ..default_value() }, "double", "fb3ffe395810624dd3"),
        (Everything { double: Some(0.5), ..default_value() }, "double", "fa3f000000"),
        (Everything { double: Some(f64::NEG_INFINITY), ..default_value() }, "double", "faff800000"),
        (Everything { double: Some(-0.0), ..default_value() }, "double", "fa80000000"),
        (Everything { timestamp: Some(at(0, 0)), ..default_value() }, "timestamp", "c100"),
        (Everything { timestamp: Some(at(-2, 500_000_000)), ..default_value() }, "timestamp", "c1fabfc00000"),
        (Everything { date_time: Some(at(1, 0)), ..default_value() }, "dateTime", "c101"),
        (Everything { strings: Some(vec!["a".into()]), ..default_value() }, "strings", "816161"),
        (Everything { sparse_strings: Some(vec![None]), ..default_value() }, "sparseStrings", "81f6"),
        (Everything { choice: Some(Choice::Quit(())), ..default_value() }, "choice", "a16471756974bfff"),
        (Everything { size: Some(Size(7)), ..default_value() }, "size", "07"),
        (Everything { color: Some(Color::Red), ..default_value() }, "color", "63524544"),
        (Everything { renamed: Some("r".into()), ..default_value() }, "renamed", "6172"),
    ] {
        assert_eq!(written(value, key), expected, "{key}");
    }
}

#[test]
fn round_trips_values() {
    let mut value = Everything::sample();
    value.big_decimal = Some("-0.012345678901234567890123456789".parse().unwrap());
    // A double has no higher precision.
    value.timestamp = Some(at(1_515_531_081, 123_000_000));
    value.date_time = Some(at(-1, 1_000_000));
    assert_eq!(try_read(&write(&value)).unwrap(), value);
    for choice in [
        Choice::Quit(()),
        Choice::Strings(vec![]),
        Choice::Document(json!({ "__type": "x", "n": [-1, 18_446_744_073_709_551_615_u64, 1.5, null] })),
        Choice::Unknown(UnknownVariant::new("later", json!([1, { "a": null }]))),
    ] {
        value.choice = Some(choice);
        assert!(try_read(&write(&value)).unwrap() == value);
    }
    for double in [0.1, f64::MIN_POSITIVE, f64::MAX, f64::from(f32::MIN_POSITIVE), 1e300, f64::INFINITY] {
        value = Everything { double: Some(double), float: Some(double as f32), ..default_value() };
        assert_eq!(try_read(&write(&value)).unwrap(), value);
    }
}

#[test]
fn reads_integers_of_any_width() {
    for hex in ["05", "1805", "190005", "1a00000005", "1b0000000000000005", "fa40a00000", "f94500"] {
        assert_eq!(read("byte", hex).byte, Some(5), "{hex}");
        assert_eq!(read("short", hex).short, Some(5), "{hex}");
        assert_eq!(read("integer", hex).integer, Some(5), "{hex}");
        assert_eq!(read("long", hex).long, Some(5), "{hex}");
        assert_eq!(read("size", hex).size, Some(Size(5)), "{hex}");
        assert_eq!(read("float", hex).float, Some(5.0), "{hex}");
        assert_eq!(read("double", hex).double, Some(5.0), "{hex}");
    }
    assert_eq!(read("long", "3b7fffffffffffffff").long, Some(i64::MIN));
    assert_eq!(read("byte", "387f").byte, Some(i8::MIN));
}

#[test]
fn rejects_out_of_range_integers() {
    for (key, hex) in [
        ("byte", "1880"),
        ("byte", "3880"),
        ("short", "198000"),
        ("integer", "1a80000000"),
        ("size", "3a80000000"),
        ("long", "1b8000000000000000"),
        ("long", "3b8000000000000000"),
        ("long", "3bffffffffffffffff"),
        ("long", "fb7fe0000000000000"),
        ("float", "fb7fe0000000000000"),
    ] {
        assert!(read_err(key, hex).contains("number out of range"), "{key} {hex}");
    }
    for hex in ["fa3fc00000", "f97e00", "f97c00"] {
        assert!(try_read(&entry("integer", hex)).is_err(), "{hex}");
    }
    assert_eq!(read("double", "3bffffffffffffffff").double, Some(-18_446_744_073_709_551_616.0));
}

#[test]
fn reads_half_precision_floats() {
    for (hex, expected) in [
        ("f90000", 0.0),
        ("f93c00", 1.0),
        ("f9c400", -4.0),
        ("f97bff", 65504.0),
        ("f90001", 5.960_464_477_539_063e-8),
        ("f90400", 0.000_061_035_156_25),
        ("f93e00", 1.5),
        ("f97c00", f64::INFINITY),
        ("f9fc00", f64::NEG_INFINITY),
    ] {
        assert_eq!(read("double", hex).double, Some(expected), "{hex}");
        assert_eq!(read("float", hex).float, Some(expected as f32), "{hex}");
    }
    for hex in ["f97e00", "f97e01", "f9fe00", "f97c01", "fa7fc00000", "fb7ff8000000000000"] {
        assert!(read("double", hex).double.unwrap().is_nan(), "{hex}");
        assert!(read("float", hex).float.unwrap().is_nan(), "{hex}");
    }
}

#[test]
fn reads_indefinite_lengths() {
    assert_eq!(read("string", "7f 6161 60 62c3a9 ff").string.as_deref(), Some("aé"));
    assert_eq!(read("blob", "5f 4101 40 420203 ff").blob.as_deref(), Some(&[1, 2, 3][..]));
    let strings = vec!["ab".to_owned(), "c".to_owned()];
    for hex in ["9f 7f61616162ff 6163 ff", "82 7f61616162ff 6163", "9b0000000000000002 626162 6163"] {
        assert_eq!(read("strings", hex).strings.as_ref(), Some(&strings), "{hex}");
    }
    for hex in ["bf 6161 01 7f6162ff 02 ff", "a2 6161 01 6162 02"] {
        assert_eq!(read("numbers", hex).numbers, [("a".into(), 1), ("b".into(), 2)].into(), "{hex}");
    }
    assert_eq!(read("choice", "bf 64 74657874 6161 ff").choice, Some(Choice::Text("a".into())));
    let body = bytes("bf 7f 6364 6f75 63626c65 ff fb3ff0000000000000 ff");
    assert_eq!(try_read(&body).unwrap().double, Some(1.0));
}

#[test]
fn reads_timestamps_as_tagged_numbers() {
    for (hex, expected) in [
        ("c100", at(0, 0)),
        ("c11a386fb0f0", at(946_843_888, 0)),
        ("c120", at(-1, 0)),
        ("c1fabfc00000", at(-2, 500_000_000)),
        ("c1f93e00", at(1, 500_000_000)),
        ("c1fb41cc37db383fbe77", at(946_845_296, 498_000_000)),
        ("d9d9f7c101", at(1, 0)),
    ] {
        for key in ["timestamp", "dateTime", "httpDate"] {
            let value = read(key, hex);
            let found = value.timestamp.or(value.date_time).or(value.http_date);
            assert_eq!(found, Some(expected), "{hex}");
        }
    }
    for hex in
        ["01", "c001", "c16131", "c1f97e00", "c1f97c00", "c1fb7fefffffffffffff", "c11bffffffffffffffff"]
    {
        assert_eq!(
            read_err("timestamp", hex),
            "timestamp: expected an epoch timestamp with tag 1, within range"
        );
    }
    assert_eq!(read("timestamp", "f6"), default_value());
}

#[test]
fn encodes_big_integers_without_tag_if_they_fit() {
    for (text, hex) in [
        ("0", "00"),
        ("-1", "20"),
        ("18446744073709551615", "1bffffffffffffffff"),
        ("18446744073709551616", "c249010000000000000000"),
        ("-9223372036854775808", "3b7fffffffffffffff"),
        ("-18446744073709551617", "c349010000000000000000"),
    ] {
        let number: BigInteger = text.parse().unwrap();
        assert_eq!(
            written(Everything { big_integer: Some(number.clone()), ..default_value() }, "bigInteger"),
            hex
        );
        assert_eq!(read("bigInteger", hex).big_integer, Some(number));
    }
    for (hex, text) in [
        ("3bffffffffffffffff", "-18446744073709551616"),
        ("c240", "0"),
        ("c340", "-1"),
        ("c2420001", "1"),
        ("c25f41014100ff", "256"),
        ("c344ffffffff", "-4294967296"),
    ] {
        assert_eq!(read("bigInteger", hex).big_integer.unwrap().as_str(), text, "{hex}");
    }
    for hex in ["6131", "fa3f800000", "4101", "c26131", "c48200 01", "f5"] {
        assert_eq!(
            read_err("bigInteger", hex),
            "bigInteger: expected an integer of at most 1024 bytes",
            "{hex}"
        );
    }
}

#[test]
fn round_trips_big_integers_of_every_length() {
    let mut digits = String::new();
    for length in 1..=700 {
        digits.push(char::from(b'0' + u8::try_from(length * 7 % 9 + 1).unwrap()));
        for text in [digits.clone(), format!("-{digits}"), format!("1{}", "0".repeat(length))] {
            let number: BigInteger = text.parse().unwrap();
            let value = Everything { big_integer: Some(number), ..default_value() };
            assert_eq!(try_read(&write(&value)).unwrap(), value);
        }
    }
    let longest: BigInteger = "9".repeat(2466).parse().unwrap();
    let value = Everything { big_integer: Some(longest), ..default_value() };
    assert_eq!(try_read(&write(&value)).unwrap(), value);
    let too_long: BigInteger = "9".repeat(2467).parse().unwrap();
    let value = Everything { big_integer: Some(too_long), ..default_value() };
    let error = Cbor.write_structure(&value, Members::All).unwrap_err();
    assert_eq!(error.to_string(), "bigInteger: number has too many digits");
    assert!(try_read(&entry("bigInteger", &format!("c2590401{}", "ff".repeat(1025)))).is_err());
}

#[test]
fn encodes_big_decimals_as_decimal_fractions() {
    for (text, hex) in [
        ("1.50", "c482211896"),
        ("-0.001", "c4822220"),
        ("0.0", "c4822000"),
        ("15", "c482000f"),
        ("15e3", "c482030f"),
        ("1e-20", "c4823301"),
        ("18446744073709551616.5", "c48220c2490a0000000000000005"),
    ] {
        let number: BigDecimal = text.parse().unwrap();
        assert_eq!(
            written(Everything { big_decimal: Some(number.clone()), ..default_value() }, "bigDecimal"),
            hex
        );
        assert_eq!(read("bigDecimal", hex).big_decimal, Some(number));
    }
    for (hex, text) in [
        ("c49f2005ff", "0.5"),
        ("07", "7"),
        ("c24101", "1"),
        ("fb3ff8000000000000", "1.5"),
        ("d9d9f7c4822005", "0.5"),
    ] {
        assert_eq!(read("bigDecimal", hex).big_decimal.unwrap().as_str(), text, "{hex}");
    }
    for (text, canonical) in [("1.5e-3", "0.0015"), ("1.5E+3", "15e2"), ("1e-400", "1e-400")] {
        let value = Everything { big_decimal: Some(text.parse().unwrap()), ..default_value() };
        assert_eq!(try_read(&write(&value)).unwrap().big_decimal.unwrap().as_str(), canonical);
    }
    for hex in ["c4810 0", "c483000000", "c49f000000ff", "c4821bffffffffffffffff01", "f97e00", "6131", "c59f"]
    {
        assert!(try_read(&entry("bigDecimal", hex)).is_err(), "{hex}");
    }
    let out_of_range: BigDecimal = "1e9223372036854775808".parse().unwrap();
    assert!(
        Cbor.write_structure(
            &Everything { big_decimal: Some(out_of_range), ..default_value() },
            Members::All
        )
        .is_err()
    );
    let smallest_exponent = read("bigDecimal", "c4823b7fffffffffffffff01").big_decimal.unwrap();
    assert_eq!(smallest_exponent.as_str(), "1e-9223372036854775808");
}

#[test]
fn ignores_other_tags() {
    assert_eq!(read("string", "d9d9f7 d818 6161").string.as_deref(), Some("a"));
    assert_eq!(try_read(&[&[0xd9, 0xd9, 0xf7][..], &entry("byte", "c501")].concat()).unwrap().byte, Some(1));
}

#[test]
fn keeps_nulls_only_in_sparse_collections() {
    for null in ["f6", "f7"] {
        assert_eq!(read("string", null), default_value());
        let hex = format!("83 {null} 6161 {null}");
        assert_eq!(read("strings", &hex).strings, Some(vec!["a".into()]));
        assert_eq!(read("sparseStrings", &hex).sparse_strings, Some(vec![None, Some("a".into()), None]));
        let hex = format!("a2 6161 {null} 6162 01");
        assert_eq!(read("numbers", &hex).numbers, [("b".into(), 1)].into());
        let expected = [("a".into(), None), ("b".into(), Some(1))].into();
        assert_eq!(read("sparseNumbers", &hex).sparse_numbers, Some(expected));
    }
}

#[test]
fn reads_unions_with_exactly_one_member() {
    let hex = "a3 665f5f74797065 6178 64746578 74 f6 6471756974 a0";
    assert_eq!(read("choice", hex).choice, Some(Choice::Quit(())));
    assert_eq!(read_err("choice", "a0"), "choice: union has no member set");
    let several = "a2 6474657874 6161 6471756974 a0";
    assert_eq!(read_err("choice", several), "choice.quit: union has more than one member set");
    let unknown = read("choice", "a1 656c61746572 83 4101 c101 f6").choice;
    assert_eq!(unknown, Some(Choice::Unknown(UnknownVariant::new("later", json!(["AQ==", 1, null])))));
}

#[test]
fn ignores_unknown_members() {
    for hex in [
        "00",
        "20",
        "4101",
        "6161",
        "5f4101ff",
        "7f6161ff",
        "80",
        "9fff",
        "a0",
        "bfff",
        "a1 01 02",
        "c101",
        "d81800",
        "f4",
        "f5",
        "f6",
        "f7",
        "e0",
        "f3",
        "f8ff",
        "f93c00",
        "fa3f800000",
        "fb3ff0000000000000",
        "82 81 9f ff bf 6161 81 f8 20 ff",
    ] {
        assert_eq!(read("other", hex), default_value(), "{hex}");
    }
    assert!(try_read(&entry("integer", "e0")).is_err());
}

#[test]
fn the_last_value_of_a_duplicate_key_is_used() {
    let body = bytes("a3 6462797465 01 61 78 02 6462797465 03");
    assert_eq!(try_read(&body).unwrap().byte, Some(3));
    assert!(read("numbers", "a2 6161 01 6161 02") == read("numbers", "a1 6161 02"));
}

#[test]
fn rejects_values_of_another_kind() {
    for (key, hex) in [
        ("blob", "6461414141"),
        ("string", "4161"),
        ("boolean", "01"),
        ("integer", "6131"),
        ("integer", "f5"),
        ("double", "634e614e"),
        ("float", "f4"),
        ("strings", "a0"),
        ("strings", "6161"),
        ("numbers", "80"),
        ("token", "80"),
        ("choice", "6161"),
        ("color", "01"),
        ("size", "6131"),
    ] {
        assert!(read_err(key, hex).starts_with(&format!("{key}: expected")), "{key} {hex}");
    }
    for hex in ["a1 01 02", "a1 4161 02", "a1 f6 02", "80", "01", "6161"] {
        assert!(try_read(&bytes(hex)).is_err(), "{hex}");
    }
    assert_eq!(try_read(&bytes("f6")).unwrap(), default_value());
}

#[test]
fn rejects_malformed_bodies() {
    for hex in [
        "",
        "a1",
        "ff",
        "bf",
        "bf61",
        "a161",
        "1c",
        "1f",
        "3f",
        "df00",
        "fc",
        "f8",
        "f81f00",
        "5f6161ff",
        "7f4161ff",
        "7f7f6161ffff",
        "bf 6161 ff",
        "a0 00",
        "bfff ff",
        "a1 6461 01",
    ] {
        assert!(try_read(&bytes(hex)).is_err(), "{hex}");
    }
    for hex in ["61ff", "7f61c361a9ff", "63eda080", "7f61ffff"] {
        let result = try_read(&entry("string", hex));
        // A character may be split across the chunks of an indefinite-length string.
        assert_eq!(result.is_ok(), hex == "7f61c361a9ff", "{hex}");
        assert!(try_read(&entry("other", hex)).is_ok() == (hex == "7f61c361a9ff"), "{hex}");
    }
    assert_eq!(try_read(&bytes("a000")).unwrap_err(), "trailing bytes after the CBOR value at byte 1");
    assert_eq!(try_read(&bytes("bf")).unwrap_err(), "malformed or truncated CBOR at byte 1");
}

#[test]
fn rejects_excessive_declared_lengths() {
    for head in ["5b", "7b", "9b", "bb"] {
        for len in ["ffffffffffffffff", "7fffffffffffffff", "8000000000000000", "0000000100000000"] {
            for key in ["blob", "string", "strings", "numbers", "token", "choice", "document", "other"] {
                assert!(try_read(&entry(key, &format!("{head}{len}"))).is_err(), "{head}{len} {key}");
                assert!(try_read(&entry(key, &format!("{head}{len}00"))).is_err(), "{head}{len} {key}");
            }
            assert!(try_read(&bytes(&format!("{head}{len}"))).is_err());
            assert!(try_read(&entry("strings", &format!("9f{head}{len}"))).is_err());
            assert!(try_read(&entry("string", &format!("7f{head}{len}"))).is_err());
        }
    }
}

#[test]
fn limits_nesting_depth() {
    let nested = |head: &[u8], count: usize, tail: &[u8]| [&head.repeat(count), tail].concat();
    for key in ["other", "document", "token", "strings", "bigInteger", "timestamp"] {
        for head in
            [&b"\x81"[..], b"\x9f", b"\xa1\x61a", b"\xbf\x61a", b"\xc1", b"\x5f", b"\x7f", b"\x81\xc1"]
        {
            let mut body = entry(key, "");
            body.extend(nested(head, 100_000, b""));
            assert!(try_read(&body).is_err(), "{key} {head:?}");
            body.push(0);
            let result = try_read(&body);
            // Tags alone do not nest.
            assert!(result.is_err() || head == b"\xc1", "{key} {head:?}");
        }
    }
    let chain = nested(b"\xa1\x65child", 100_000, b"\xa0");
    let error = try_read(&[entry("token", ""), chain].concat()).unwrap_err();
    assert!(error.contains("child: CBOR nested too deeply at byte "), "{error}");
    let mut deep = Token { id: "x".into(), child: None };
    for _ in 0..120 {
        deep = Token { id: "x".into(), child: Some(Box::new(deep)) };
    }
    let value = Everything { token: deep, ..default_value() };
    assert_eq!(try_read(&write(&value)).unwrap(), value);
}

#[test]
fn rejects_truncated_bodies() {
    let body = write(&Everything::sample());
    for end in 0..body.len() {
        assert!(try_read(&body[..end]).is_err(), "{end}");
    }
}

#[test]
fn does_not_panic_on_mutated_bodies() {
    let body = write(&Everything::sample());
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % bound as u64).unwrap()
    };
    for _ in 0..50_000 {
        let mut mutant = body.clone();
        for _ in 0..=random(4) {
            let at = random(mutant.len());
            match random(3) {
                0 => mutant[at] = u8::try_from(random(256)).unwrap(),
                1 => mutant[at] ^= 1 << random(8),
                _ => mutant.truncate(at + 1),
            }
        }
        let _ = try_read(&mutant);
    }
}

#[test]
fn errors_do_not_contain_values() {
    let secret = "6468757368";
    for key in ["blob", "boolean", "integer", "double", "bigInteger", "bigDecimal", "timestamp", "strings"] {
        let error = read_err(key, secret);
        assert!(!error.contains("hush") && error.starts_with(key), "{error}");
    }
    let error = try_read(&bytes("a1 6468757368 63")).unwrap_err();
    assert_eq!(error, "malformed or truncated CBOR at byte 7");
    let error = read_err("numbers", "a1 6468757368 6161");
    assert_eq!(error, "numbers.[0]: expected an integer, found a string");
}
