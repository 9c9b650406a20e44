//! Malicious CBOR.

use super::*;

/// Returns a CBOR map of one entry.
fn map_of_one(key: &str, value: &[u8]) -> Vec<u8> {
    [&[0xa1, 0x78, key.len() as u8], key.as_bytes(), value].concat()
}

fn text(text: &str) -> Vec<u8> {
    [&[0x78, text.len() as u8], text.as_bytes()].concat()
}

#[test]
fn truncated_body_is_an_error() {
    let _lock = lock();
    let body = serialized::<CborEcho>(everything());
    assert!(call::<CborEcho>(200, &body).result.is_ok());
    for end in 1..body.len() {
        assert_rejected::<CborEcho>(&format!("{end} bytes"), &body[..end]);
    }
}

#[test]
fn deep_nesting_is_an_error() {
    let _lock = lock();
    let echo =
        |name, key, open: &[u8]| assert_rejected::<CborEcho>(name, &map_of_one(key, &open.repeat(100_000)));
    for (name, open) in [
        ("lists", &b"\x81"[..]),
        ("lists without a length", b"\x9f"),
        ("maps", b"\xa1\x60"),
        ("keys", b"\xa1"),
        ("maps without a length", b"\xbf\x60"),
        ("tags", b"\xc1"),
        ("tagged lists", b"\xc4\x81"),
        ("chunks", b"\x5f"),
        ("chunks of text", b"\x7f"),
    ] {
        for member in ["requiredDocument", "unknown", "requiredBigDecimal", "requiredTimestamp", "choice"] {
            echo(name, member, open);
        }
    }
    assert_rejected::<CborGrow>("structures", &map_of_one("left", b"").repeat(100_000));
    assert_rejected::<CborGrow>("lists", &map_of_one("children", b"\x81").repeat(100_000));
    assert_rejected::<CborGrow>("maps", &map_of_one("byName", b"\xa1\x60").repeat(100_000));
    assert_rejected::<CborGrow>(
        "unions",
        &map_of_one("expression", &map_of_one("negate", b"").repeat(100_000)),
    );
}

#[test]
fn lengths_beyond_the_body_are_errors() {
    let _lock = lock();
    let lengths = [
        &b"\x18\xff"[..],
        b"\x19\xff\xff",
        b"\x1a\xff\xff\xff\xff",
        b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x1b\x7f\xff\xff\xff\xff\xff\xff\xff",
        b"\x1b\0\0\0\x01\0\0\0\0",
    ];
    for (member, major) in [
        ("requiredString", 0x60),
        ("requiredBlob", 0x40),
        ("requiredList", 0x80),
        ("requiredMap", 0xa0),
        ("requiredStructure", 0xa0),
        ("structures", 0x80),
        ("requiredDocument", 0x40),
        ("requiredDocument", 0x60),
        ("requiredDocument", 0x80),
        ("requiredDocument", 0xa0),
        ("unknown", 0x40),
        ("unknown", 0x60),
        ("unknown", 0x80),
        ("unknown", 0xa0),
        ("requiredBigInteger", 0x40),
    ] {
        for length in lengths {
            let mut value = length.to_vec();
            value[0] |= major;
            assert_rejected::<CborEcho>(member, &map_of_one(member, &value));
            let in_chunks = if major < 0x80 { [&[major | 0x1f], &value[..]].concat() } else { value };
            assert_rejected::<CborEcho>(member, &map_of_one(member, &in_chunks));
        }
    }
}

#[test]
fn numbers_out_of_range_are_errors() {
    let _lock = lock();
    for value in
        [&b"\x18\x80"[..], b"\x38\x80", b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff", b"\xf9\x7e\0", b"\xf9\x3e\0"]
    {
        assert_rejected::<CborEcho>("a byte", &map_of_one("requiredByte", value));
    }
    for value in [b"\x1b\x80\0\0\0\0\0\0\0", b"\x3b\x80\0\0\0\0\0\0\0", b"\xfb\x7f\xf0\0\0\0\0\0\0"] {
        assert_rejected::<CborEcho>("a long", &map_of_one("requiredLong", value));
        assert_rejected::<CborEcho>("a level", &map_of_one("level", value));
    }
    for value in [
        &b"\xc1\x1b\xff\xff\xff\xff\xff\xff\xff\xff"[..],
        b"\xc1\xfb\x7f\xf8\0\0\0\0\0\0",
        b"\xc1\xfb\x7f\xef\xff\xff\xff\xff\xff\xff",
    ] {
        assert_rejected::<CborEcho>("a timestamp", &map_of_one("requiredTimestamp", value));
    }
    let digits = [&b"\xc2\x5a\0\x10\0\0"[..], &vec![0xff; 1 << 20]].concat();
    assert_rejected::<CborEcho>("a big integer of a megabyte", &map_of_one("requiredBigInteger", &digits));
    assert_rejected::<CborEcho>(
        "a mantissa of a megabyte",
        &map_of_one("requiredBigDecimal", &[b"\xc4\x82\0", &digits[..]].concat()),
    );
}

#[test]
fn wrong_types_are_errors() {
    let _lock = lock();
    let values: [(&str, &[u8]); 9] = [
        ("number", b"\x01"),
        ("blob", b"\x41a"),
        ("string", b"\x61a"),
        ("list", b"\x81\xf6"),
        ("map", b"\xa1\x60\xa0"),
        ("boolean", b"\xf5"),
        ("float", b"\xf9\x3e\0"),
        ("simple", b"\xe0"),
        ("time", b"\xc1\x61a"),
    ];
    for (member, right) in [
        ("requiredBlob", "blob"),
        ("requiredBoolean", "boolean"),
        ("requiredString", "string time"),
        ("requiredByte", "number"),
        ("requiredShort", "number"),
        ("requiredInteger", "number"),
        ("requiredLong", "number"),
        ("requiredFloat", "number float"),
        ("requiredDouble", "number float"),
        ("requiredBigInteger", "number"),
        ("requiredBigDecimal", "number float"),
        ("requiredTimestamp", ""),
        ("requiredList", "list"),
        ("requiredMap", ""),
        ("requiredStructure", "map"),
        ("choice", "map"),
        ("color", "string time"),
        ("level", "number"),
    ] {
        for (name, value) in values.iter().filter(|(name, _)| !right.split(' ').any(|right| right == *name)) {
            assert_rejected::<CborEcho>(&format!("a {name} as {member}"), &map_of_one(member, value));
        }
    }
    for (name, value) in values.iter().filter(|(name, _)| *name != "map") {
        assert_rejected::<CborEcho>(&format!("a {name}"), value);
    }
    for key in [&b"\x01"[..], b"\x41a", b"\xf6", b"\x80", b"\xa0", b"\xf5"] {
        assert_rejected::<CborEcho>("a key that is not text", &[b"\xa1", key, b"\x01"].concat());
    }
}

#[test]
fn invalid_cbor_or_utf8_is_an_error() {
    let _lock = lock();
    for bytes in [&b"\xff"[..], b"\x1c", b"\xfc", b"\xa1", b"\xbf\x60\xff", b"\xa0\0", b"{}", b"\xdf"] {
        assert_rejected::<CborEcho>("not CBOR", bytes);
    }
    for bytes in [
        &b"\x61\xff"[..],
        b"\x62\xc0\x80",
        b"\x63\xed\xa0\x80",
        b"\x7f\x61\xe2\x61\x82\xff",
        b"\x7f\x41a\xff",
    ] {
        assert_rejected::<CborEcho>("a string", &map_of_one("requiredString", bytes));
        assert_rejected::<CborEcho>("a document", &map_of_one("requiredDocument", bytes));
        assert_rejected::<CborEcho>("a key", &map_of_one("map", &[b"\xa1", bytes, b"\x01"].concat()));
        assert_rejected::<CborEcho>("an enum", &map_of_one("color", bytes));
    }
}

#[test]
fn the_last_value_of_a_duplicate_key_is_read() {
    let _lock = lock();
    let twice =
        [&b"\xa2"[..], &text("requiredString"), &text("a"), &text("requiredString"), &text("b")].concat();
    assert_eq!(assert_reads::<CborEcho>("members", &twice, 16).required_string, "b");
    let map = [&b"\xa2"[..], &text("a"), b"\x01", &text("a"), b"\x02"].concat();
    let read = assert_reads::<CborEcho>("keys of a map", &map_of_one("map", &map), 16);
    assert_eq!(read.map.unwrap_or_default().into_values().collect::<Vec<_>>(), [2]);
    let several = [&b"\xa2"[..], &text("text"), &text("a"), &text("number"), b"\x01"].concat();
    assert_rejected::<CborEcho>("members of a union", &map_of_one("choice", &several));
}

#[test]
fn memory_is_proportional_to_the_body() {
    let _lock = lock();
    let filled = |key: &str, open: &[u8], item: &[u8]| {
        map_of_one(key, &[open, &item.repeat((1 << 20) / item.len()), b"\xff"].concat())
    };
    let echo = |name, body: Vec<u8>, memory_ratio| {
        assert_reads::<CborEcho>(name, &body, memory_ratio);
    };
    echo("a string of chunks", filled("requiredString", b"\x7f", b"\x61x"), 4);
    echo("a blob of empty chunks", filled("requiredBlob", b"\x5f", b"\x40"), 2);
    echo("unknown items", filled("unknown", b"\x9f", b"\x82\x01\x80"), 2);
    echo("nulls", filled("list", b"\x9f", b"\xf6"), 2);
    echo("numbers", filled("levels", b"\x9f", b"\x18\x80"), MAX_MEMORY_RATIO);
}

#[test]
fn memory_is_bounded_if_values_are_larger_than_the_body() {
    let _lock = lock();
    let filled = |key: &str, open: &[u8], item: &[u8]| {
        map_of_one(key, &[open, &item.repeat(LARGE / item.len()), b"\xff"].concat())
    };
    let bounded = |name, body: Vec<u8>| assert_bounded::<CborEcho>(name, &body);
    bounded("empty strings", filled("list", b"\x9f", b"\x60"));
    bounded("nulls in a sparse list", filled("sparseList", b"\x9f", b"\xf6"));
    bounded("maps of one entry", filled("listOfMaps", b"\x9f", b"\xa1\x60\0"));
    bounded("documents", filled("requiredDocument", b"\x9f", b"\0"));
    bounded("documents of one entry", filled("requiredDocument", b"\x9f", b"\xa1\x60\0"));
    assert_bounded::<CborGrow>("empty structures", &filled("children", b"\x9f", b"\xa0"));
    let boxed = [&map_of_one("left", b"").repeat(100)[..], b"\xa0"].concat();
    assert_bounded::<CborGrow>("boxed structures", &filled("children", b"\x9f", &boxed));
}
