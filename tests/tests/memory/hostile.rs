//! Malicious responses cause an error, and never a panic, a hang or excessive memory use.

use crate::{ALLOCATOR, lock};
use bytes::Bytes;
use farrier_runtime::client::{Async, Builder, Call, Handle, ServiceClient};
use farrier_runtime::operation::{self, NoError, Operation, RequestOptions};
use farrier_runtime::protocol::RpcV2Cbor;
use farrier_runtime::service::{OperationSchema, ServiceSchema};
use farrier_runtime::shape::Value;
use farrier_runtime::testing::MockTransport;
use farrier_runtime::{Error, ErrorKind};
use snapshot_recursion::operation::Grow;
use snapshot_recursion::types::Tree;
use snapshot_types::operation::Echo;
use snapshot_types::types::Everything;
use std::time::{Duration, Instant};

/// Bytes of memory of a call that do not depend on its response.
const CALL_MEMORY: usize = 64 << 10;

/// Maximum bytes of memory per byte of a response, and the default of `max_parsed_memory`, which smaller
/// responses may take.
const MAX_MEMORY_RATIO: usize = 16;
const MAX_PARSED_MEMORY: usize = 16 << 20;

/// Longer than a response of a few megabytes takes to read, even unoptimized on a busy machine.
const MAX_DURATION: Duration = Duration::from_secs(30);

/// A client for any operation.
struct AnyClient(Handle<Async>);

impl ServiceClient for AnyClient {
    type Mode = Async;
    const SERVICE: &'static ServiceSchema = <signin_client::Client as ServiceClient>::SERVICE;

    fn from_handle(handle: Handle<Async>) -> Self {
        Self(handle)
    }
}

macro_rules! cbor_operations {
    ($($name:ident: $shape:ty, $like:ty;)*) => {$(
        struct $name;

        impl Operation for $name {
            type Input = $shape;
            type Output = $shape;
            type Error = NoError;
            const SCHEMA: &'static OperationSchema = &OperationSchema {
                id: "hostile#Operation",
                service: &ServiceSchema::new("hostile#Service", "", &RpcV2Cbor),
                input: <$like>::SCHEMA.input,
                output: <$like>::SCHEMA.output,
                errors: &[],
                http: None,
                traits: &[],
            };
        }
    )*};
}

cbor_operations! {
    CborEcho: Everything, Echo;
    CborGrow: Tree, Grow;
}

/// Result of a call, and the bytes of memory it used.
struct Outcome<O: Operation> {
    result: Result<O::Output, Error<O::Error>>,
    memory: usize,
}

impl<O: Operation> Outcome<O> {
    /// Asserts that the memory is at most a multiple of the body, or `at_least` if that is more.
    #[track_caller]
    fn assert_memory(&self, name: &str, body: &[u8], ratio: usize, at_least: usize) {
        let max = (body.len() * ratio).max(at_least);
        assert!(self.memory <= max, "{name}: {} bytes took {} bytes", body.len(), self.memory);
    }
}

fn call<O: Operation<Input: Value>>(status: u16, body: &[u8]) -> Outcome<O> {
    call_with(status, body, MAX_PARSED_MEMORY)
}

fn call_with<O: Operation<Input: Value>>(status: u16, body: &[u8], max_parsed_memory: usize) -> Outcome<O> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let response = http::Response::builder().status(status).header("smithy-protocol", "rpc-v2-cbor");
    let mock = MockTransport::new().reply_with(response.body(Bytes::copy_from_slice(body)).unwrap());
    let client: AnyClient =
        Builder::new().endpoint_url("https://example.com").transport(mock).build().unwrap();
    let call = Call::<O>::new(&client.0, O::Input::default_value()).max_parsed_memory(max_parsed_memory);

    let (start, before) = (Instant::now(), ALLOCATOR.current_usage());
    ALLOCATOR.reset_peak_usage();
    let result = runtime.block_on(call.into_future());
    let used = ALLOCATOR.peak_usage().saturating_sub(before + CALL_MEMORY);
    assert!(start.elapsed() < MAX_DURATION, "a response of {} bytes took {:?}", body.len(), start.elapsed());
    if let Err(error) = &result {
        let text = error.to_string();
        assert!(text.len() < 4096, "a message of {} bytes", text.len());
    }
    Outcome { result, memory: used }
}

/// Asserts that a body is a response error at status 200, and a service error at status 400.
#[track_caller]
fn assert_rejected<O: Operation<Input: Value>>(name: &str, body: &[u8]) {
    for (status, kind) in [(200, ErrorKind::Response), (400, ErrorKind::Service)] {
        let outcome = call::<O>(status, body);
        outcome.assert_memory(name, body, MAX_MEMORY_RATIO, MAX_PARSED_MEMORY);
        assert_eq!(outcome.result.err().map(|error| error.kind()), Some(kind), "{name}");
    }
}

/// Asserts that a body that is much smaller than its values is rejected in little memory, and that it can be
/// read with more memory.
#[track_caller]
fn assert_bounded<O: Operation<Input: Value>>(name: &str, body: &[u8]) {
    let outcome = call::<O>(200, body);
    outcome.assert_memory(name, body, MAX_MEMORY_RATIO, 0);
    let error = outcome.result.err().map(|error| (error.kind(), error.attempts(), error.to_string()));
    let (kind, attempts, text) = error.ok_or(name).unwrap();
    assert_eq!((kind, attempts), (ErrorKind::Response, 1), "{name}");
    assert!(text.contains("bytes of memory: raise `max_parsed_memory`"), "{name}: {text}");
    let outcome = call_with::<O>(200, body, usize::MAX);
    assert!(outcome.result.is_ok(), "{name}");
}

/// Asserts that a body can be read, with at most this memory ratio. Returns the output.
#[track_caller]
fn assert_reads<O: Operation<Input: Value>>(name: &str, body: &[u8], memory_ratio: usize) -> O::Output {
    let outcome = call::<O>(200, body);
    outcome.assert_memory(name, body, memory_ratio, 0);
    outcome.result.map_err(|error| format!("{name}: {error}")).unwrap()
}

/// Returns the request body of a value.
fn serialized<O: Operation<Error: std::fmt::Debug>>(value: O::Input) -> Bytes {
    let endpoint = http::Uri::from_static("https://example.com");
    let request = operation::request::<O>(value, &endpoint, &RequestOptions::default()).unwrap();
    request.body().as_bytes().unwrap().clone()
}

fn everything() -> Everything {
    let mut value = Everything::default_value();
    value.required_string = "text".into();
    value.list = Some(vec!["a".into(), "b".into()]);
    value.map = Some([("k".into(), 1)].into());
    value.documents = Some(vec![serde_json::json!({ "a": [1, null] })]);
    value
}

/// The size of a body whose values may take more memory than the minimum of the limit, in bytes.
const LARGE: usize = 5 << 18;

mod json {
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
        assert_rejected::<Echo>(
            "nested lists as a number",
            deep(r#"{"requiredBigDecimal":"#, "[").as_bytes(),
        );
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
}

mod cbor {
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
        let echo = |name, key, open: &[u8]| {
            assert_rejected::<CborEcho>(name, &map_of_one(key, &open.repeat(100_000)))
        };
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
            for member in ["requiredDocument", "unknown", "requiredBigDecimal", "requiredTimestamp", "choice"]
            {
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
        for value in [
            &b"\x18\x80"[..],
            b"\x38\x80",
            b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\xf9\x7e\0",
            b"\xf9\x3e\0",
        ] {
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
        assert_rejected::<CborEcho>(
            "a big integer of a megabyte",
            &map_of_one("requiredBigInteger", &digits),
        );
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
            for (name, value) in
                values.iter().filter(|(name, _)| !right.split(' ').any(|right| right == *name))
            {
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
}
