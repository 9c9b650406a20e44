//! Answers that mean no good: an error, and never a panic, a hang, or more memory than they are worth.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use bytes::Bytes;
use farrier_runtime::ErrorKind;
use farrier_runtime::client::{Async, Builder, Call, Handle, ServiceClient};
use farrier_runtime::operation::{self, NoError, Operation, RequestOptions};
use farrier_runtime::protocol::RpcV2Cbor;
use farrier_runtime::schema::{OperationSchema, ServiceSchema};
use farrier_runtime::shape::Value;
use farrier_runtime::testing::MockTransport;
use golden_recursion::operation::Grow;
use golden_recursion::types::Tree;
use golden_types::operation::Echo;
use golden_types::types::Everything;
use peak_alloc::PeakAlloc;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Held by each test: the memory that is counted is the whole program's.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a call takes besides what its answer makes it take.
const BASE: usize = 64 << 10;

/// Bytes of memory for a byte of an answer at worst: an empty structure of CBOR in a list of them, which
/// costs the size of the structure, three times over while a vector grows.
const WORST: usize = 512;

/// No answer of a few megabytes takes this long to read, even unoptimized on a busy machine.
const FOREVER: Duration = Duration::from_secs(30);

/// Calls any operation.
struct Caller(Handle<Async>);

impl ServiceClient for Caller {
    type Mode = Async;
    const SERVICE: &'static ServiceSchema = <signin_client::Client as ServiceClient>::SERVICE;

    fn from_handle(handle: Handle<Async>) -> Self {
        Self(handle)
    }
}

macro_rules! over_cbor {
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

over_cbor! {
    CborEcho: Everything, Echo;
    CborGrow: Tree, Grow;
}

/// How a call ended, and how many bytes of memory it took for each byte of the answer's body.
struct Outcome<O: Operation> {
    result: Result<O::Output, ErrorKind>,
    multiple: usize,
}

fn call<O: Operation<Input: Value>>(status: u16, body: &[u8]) -> Outcome<O> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let response = http::Response::builder().status(status).header("smithy-protocol", "rpc-v2-cbor");
    let mock = MockTransport::new().reply_with(response.body(Bytes::copy_from_slice(body)).unwrap());
    let client: Caller = Builder::new().endpoint_url("https://example.com").transport(mock).build().unwrap();
    let call = Call::<O>::new(&client.0, O::Input::default_value());

    let (start, before) = (Instant::now(), ALLOCATOR.current_usage());
    ALLOCATOR.reset_peak_usage();
    let result = runtime.block_on(call.into_future());
    let taken = ALLOCATOR.peak_usage().saturating_sub(before + BASE);
    assert!(start.elapsed() < FOREVER, "an answer of {} bytes took {:?}", body.len(), start.elapsed());
    if let Err(error) = &result {
        let text = error.to_string();
        assert!(text.len() < 4096, "a message of {} bytes", text.len());
    }
    Outcome { result: result.map_err(|error| error.kind()), multiple: taken.div_ceil(body.len().max(1)) }
}

/// Asserts that an answer cannot be read as an output, and says that it is an error if its status does.
#[track_caller]
fn refused<O: Operation<Input: Value>>(what: &str, body: &[u8]) {
    let success = call::<O>(200, body);
    assert_eq!(success.result.err(), Some(ErrorKind::Response), "{what}");
    assert!(success.multiple <= WORST, "{what} took {} times its size", success.multiple);
    let failure = call::<O>(400, body);
    assert_eq!(failure.result.err(), Some(ErrorKind::Service), "{what}");
    assert!(failure.multiple <= WORST, "{what} took {} times its size as an error", failure.multiple);
}

/// Asserts that an answer can be read, and how much memory it takes at most.
#[track_caller]
fn read_within<O: Operation<Input: Value>>(what: &str, body: &[u8], multiple: usize) -> O::Output {
    let outcome = call::<O>(200, body);
    assert!(outcome.multiple <= multiple, "{what} took {} times its size", outcome.multiple);
    outcome.result.map_err(|kind| format!("{what}: {kind:?}")).unwrap()
}

/// The body that holds a value.
fn written<O: Operation<Error: std::fmt::Debug>>(value: O::Input) -> Bytes {
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

mod json {
    use super::*;

    #[test]
    fn cut_short_is_an_error() {
        let _alone = alone();
        let body = written::<Echo>(everything());
        read_within::<Echo>("the whole", &body, WORST);
        for end in 1..body.len() {
            refused::<Echo>(&format!("{end} bytes"), &body[..end]);
        }
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let _alone = alone();
        let deep = |start: &str, open: &str| start.to_owned() + &open.repeat(100_000);
        refused::<Echo>("a document of lists", deep(r#"{"requiredDocument":"#, "[").as_bytes());
        refused::<Echo>("a document of maps", deep(r#"{"requiredDocument":"#, r#"{"":"#).as_bytes());
        refused::<Echo>("an unknown member", deep(r#"{"unheard":"#, r#"[{"":"#).as_bytes());
        refused::<Echo>("an unknown variant", deep(r#"{"choice":{"unheard":"#, "[").as_bytes());
        refused::<Echo>("a number that is lists", deep(r#"{"requiredBigDecimal":"#, "[").as_bytes());
        refused::<Grow>("structures", deep("", r#"{"left":"#).as_bytes());
        refused::<Grow>("lists", deep("", r#"{"children":["#).as_bytes());
        refused::<Grow>("maps", deep("", r#"{"byName":{"":"#).as_bytes());
        refused::<Grow>("unions", deep(r#"{"expression":"#, r#"{"negate":"#).as_bytes());
        let closed = deep(r#"{"requiredDocument":"#, "[") + &"]".repeat(100_000) + "}";
        refused::<Echo>("a document that ends", closed.as_bytes());
    }

    #[test]
    fn numbers_out_of_range_are_errors() {
        let _alone = alone();
        let many = "9".repeat(1_000_000);
        for number in ["128", "-129", "1e3", "9223372036854775808", "1e999", "1.5", "-0.5", many.as_str()] {
            refused::<Echo>("a byte", format!(r#"{{"requiredByte":{number}}}"#).as_bytes());
        }
        for number in ["9223372036854775808", "-9223372036854775809", "1e19", "1e999", many.as_str()] {
            refused::<Echo>("a long", format!(r#"{{"requiredLong":{number}}}"#).as_bytes());
            refused::<Echo>("a level", format!(r#"{{"level":{number}}}"#).as_bytes());
        }
        for number in ["1e999", "-1e999", many.as_str()] {
            refused::<Echo>("a double", format!(r#"{{"requiredDouble":{number}}}"#).as_bytes());
            refused::<Echo>("a document", format!(r#"{{"requiredDocument":{number}}}"#).as_bytes());
        }
        for number in ["1e999", "9223372036854775808", "1e99999999999999999999", many.as_str()] {
            refused::<Echo>("a timestamp", format!(r#"{{"requiredTimestamp":{number}}}"#).as_bytes());
        }
        refused::<Echo>("a float", br#"{"requiredFloat":1e39}"#);
    }

    #[test]
    fn long_numbers_take_no_more_than_they_are_long() {
        let _alone = alone();
        let (many, small) = ("9".repeat(1_000_000), format!("0.{}1", "0".repeat(1_000_000)));
        read_within::<Echo>("an integer", format!(r#"{{"requiredBigInteger":{many}}}"#).as_bytes(), 4);
        read_within::<Echo>("a decimal", format!(r#"{{"requiredBigDecimal":{small}}}"#).as_bytes(), 4);
        read_within::<Echo>("a double", format!(r#"{{"requiredDouble":{small}}}"#).as_bytes(), 4);
    }

    /// Members of every kind, with values of every other.
    #[test]
    fn wrong_types_are_errors() {
        let _alone = alone();
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
                refused::<Echo>(member, format!(r#"{{"{member}":{value}}}"#).as_bytes());
            }
        }
        for body in ["1", "true", "\"\"", "[]", "[{}]"] {
            refused::<Echo>(body, body.as_bytes());
        }
    }

    #[test]
    fn what_is_not_json_or_not_utf_8_is_an_error() {
        let _alone = alone();
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
            r#"{"requiredString":"\ud800"}"#,
            r#"{"requiredString":"\udc00\ud800"}"#,
            r#"{"requiredString":"\u12"}"#,
        ];
        for text in texts {
            refused::<Echo>(text, text.as_bytes());
        }
        for bytes in [&b"\xff"[..], b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"] {
            for (start, end) in
                [(r#"{"requiredString":""#, "\"}"), (r#"{"unheard":""#, "\"}"), ("{\"", "\":1}"), ("{}", "")]
            {
                refused::<Echo>("not UTF-8", &[start.as_bytes(), bytes, end.as_bytes()].concat());
            }
        }
    }

    #[test]
    fn a_key_that_comes_twice_is_refused() {
        let _alone = alone();
        for body in [
            r#"{"requiredString":"a","requiredString":"b"}"#,
            r#"{"requiredString":"a","integer":1,"requiredString":null}"#,
            r#"{"map":{"a":1,"b":2,"a":1}}"#,
            r#"{"sparseMap":{"a":1.5,"a":null}}"#,
            r#"{"structure":{"name":"a","value":1,"name":"b"}}"#,
            r#"{"choice":{"text":"a","text":"b"}}"#,
            r#"{"choice":{"text":"a","number":1}}"#,
        ] {
            refused::<Echo>(body, body.as_bytes());
        }
        let body = r#"{"unheardOf":1,"requiredString":"a","unheardOf":2}"#;
        assert_eq!(read_within::<Echo>("unknown members", body.as_bytes(), 2).required_string, "a");
    }

    #[test]
    fn memory_is_bounded_by_the_body() {
        let _alone = alone();
        let repeat = |start: &str, item: &str, end: &str| {
            let count = (1 << 20) / item.len();
            start.to_owned() + &item.repeat(count) + item.trim_end_matches(',') + end
        };
        let echo = |what, body: String, multiple| {
            read_within::<Echo>(what, body.as_bytes(), multiple);
        };
        echo("a string", repeat(r#"{"requiredString":""#, "x", "\"}"), 2);
        echo("a string of escapes", repeat(r#"{"requiredString":""#, r"\n", "\"}"), 3);
        echo("a blob", repeat(r#"{"requiredBlob":""#, "AAAA", "\"}"), 3);
        echo("unknown members", repeat("{", r#""x":{"y":[1,2]},"#, "}"), 2);
        echo("empty strings", repeat(r#"{"list":["#, "\"\",", "]}"), 32);
        echo("nulls", repeat(r#"{"list":["#, "null,", "]}"), 2);
        echo("empty lists", repeat(r#"{"listOfLists":["#, "[],", "]}"), 32);
        echo("maps of one entry", repeat(r#"{"listOfMaps":["#, r#"{"":0},"#, "]}"), 96);
        echo("documents", repeat(r#"{"requiredDocument":["#, "0,", "]}"), 64);
        echo("documents of one entry", repeat(r#"{"requiredDocument":["#, r#"{"":0},"#, "]}"), 128);
        let trees = repeat(r#"{"children":["#, "{},", "]}");
        read_within::<Grow>("empty structures", trees.as_bytes(), WORST);
    }
}

mod cbor {
    use super::*;

    /// A map of one text key and a value.
    fn one(key: &str, value: &[u8]) -> Vec<u8> {
        [&[0xa1, 0x78, key.len() as u8], key.as_bytes(), value].concat()
    }

    fn text(text: &str) -> Vec<u8> {
        [&[0x78, text.len() as u8], text.as_bytes()].concat()
    }

    #[test]
    fn cut_short_is_an_error() {
        let _alone = alone();
        let body = written::<CborEcho>(everything());
        read_within::<CborEcho>("the whole", &body, WORST);
        for end in 1..body.len() {
            refused::<CborEcho>(&format!("{end} bytes"), &body[..end]);
        }
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let _alone = alone();
        let echo = |what, key, open: &[u8]| refused::<CborEcho>(what, &one(key, &open.repeat(100_000)));
        for (what, open) in [
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
            for member in ["requiredDocument", "unheard", "requiredBigDecimal", "requiredTimestamp", "choice"]
            {
                echo(what, member, open);
            }
        }
        refused::<CborGrow>("structures", &one("left", b"").repeat(100_000));
        refused::<CborGrow>("lists", &one("children", b"\x81").repeat(100_000));
        refused::<CborGrow>("maps", &one("byName", b"\xa1\x60").repeat(100_000));
        refused::<CborGrow>("unions", &one("expression", &one("negate", b"").repeat(100_000)));
    }

    #[test]
    fn lengths_beyond_the_body_are_errors() {
        let _alone = alone();
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
            ("unheard", 0x40),
            ("unheard", 0x60),
            ("unheard", 0x80),
            ("unheard", 0xa0),
            ("requiredBigInteger", 0x40),
        ] {
            for length in lengths {
                let mut value = length.to_vec();
                value[0] |= major;
                refused::<CborEcho>(member, &one(member, &value));
                let in_chunks = if major < 0x80 { [&[major | 0x1f], &value[..]].concat() } else { value };
                refused::<CborEcho>(member, &one(member, &in_chunks));
            }
        }
    }

    #[test]
    fn numbers_out_of_range_are_errors() {
        let _alone = alone();
        for value in [
            &b"\x18\x80"[..],
            b"\x38\x80",
            b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\xf9\x7e\0",
            b"\xf9\x3e\0",
        ] {
            refused::<CborEcho>("a byte", &one("requiredByte", value));
        }
        for value in [b"\x1b\x80\0\0\0\0\0\0\0", b"\x3b\x80\0\0\0\0\0\0\0", b"\xfb\x7f\xf0\0\0\0\0\0\0"] {
            refused::<CborEcho>("a long", &one("requiredLong", value));
            refused::<CborEcho>("a level", &one("level", value));
        }
        for value in [
            &b"\xc1\x1b\xff\xff\xff\xff\xff\xff\xff\xff"[..],
            b"\xc1\xfb\x7f\xf8\0\0\0\0\0\0",
            b"\xc1\xfb\x7f\xef\xff\xff\xff\xff\xff\xff",
        ] {
            refused::<CborEcho>("a timestamp", &one("requiredTimestamp", value));
        }
        let digits = [&b"\xc2\x5a\0\x10\0\0"[..], &vec![0xff; 1 << 20]].concat();
        refused::<CborEcho>("a big integer of a megabyte", &one("requiredBigInteger", &digits));
        refused::<CborEcho>(
            "a mantissa of a megabyte",
            &one("requiredBigDecimal", &[b"\xc4\x82\0", &digits[..]].concat()),
        );
    }

    #[test]
    fn wrong_types_are_errors() {
        let _alone = alone();
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
                refused::<CborEcho>(&format!("a {name} as {member}"), &one(member, value));
            }
        }
        for (name, value) in values.iter().filter(|(name, _)| *name != "map") {
            refused::<CborEcho>(&format!("a {name}"), value);
        }
        for key in [&b"\x01"[..], b"\x41a", b"\xf6", b"\x80", b"\xa0", b"\xf5"] {
            refused::<CborEcho>("a key that is no text", &[b"\xa1", key, b"\x01"].concat());
        }
    }

    #[test]
    fn what_is_not_cbor_or_not_utf_8_is_an_error() {
        let _alone = alone();
        for bytes in [&b"\xff"[..], b"\x1c", b"\xfc", b"\xa1", b"\xbf\x60\xff", b"\xa0\0", b"{}", b"\xdf"] {
            refused::<CborEcho>("not CBOR", bytes);
        }
        for bytes in [
            &b"\x61\xff"[..],
            b"\x62\xc0\x80",
            b"\x63\xed\xa0\x80",
            b"\x7f\x61\xe2\x61\x82\xff",
            b"\x7f\x41a\xff",
        ] {
            refused::<CborEcho>("a string", &one("requiredString", bytes));
            refused::<CborEcho>("a document", &one("requiredDocument", bytes));
            refused::<CborEcho>("a key", &one("map", &[b"\xa1", bytes, b"\x01"].concat()));
            refused::<CborEcho>("an enum", &one("color", bytes));
        }
    }

    #[test]
    fn a_key_that_comes_twice_is_refused() {
        let _alone = alone();
        let twice =
            [&b"\xa2"[..], &text("requiredString"), &text("a"), &text("requiredString"), &text("b")].concat();
        refused::<CborEcho>("members", &twice);
        let map = [&b"\xa2"[..], &text("a"), b"\x01", &text("a"), b"\x02"].concat();
        refused::<CborEcho>("keys of a map", &one("map", &map));
        let several = [&b"\xa2"[..], &text("text"), &text("a"), &text("number"), b"\x01"].concat();
        refused::<CborEcho>("members of a union", &one("choice", &several));
    }

    #[test]
    fn memory_is_bounded_by_the_body() {
        let _alone = alone();
        let filled = |key: &str, open: &[u8], item: &[u8]| {
            one(key, &[open, &item.repeat((1 << 20) / item.len()), b"\xff"].concat())
        };
        let echo = |what, body: Vec<u8>, multiple| {
            read_within::<CborEcho>(what, &body, multiple);
        };
        echo("a string of chunks", filled("requiredString", b"\x7f", b"\x61x"), 4);
        echo("a blob of empty chunks", filled("requiredBlob", b"\x5f", b"\x40"), 2);
        echo("unknown items", filled("unheard", b"\x9f", b"\x82\x01\x80"), 2);
        echo("empty strings", filled("list", b"\x9f", b"\x60"), 96);
        echo("nulls", filled("list", b"\x9f", b"\xf6"), 2);
        echo("maps of one entry", filled("listOfMaps", b"\x9f", b"\xa1\x60\0"), 200);
        echo("documents", filled("requiredDocument", b"\x9f", b"\0"), 128);
        echo("documents of one entry", filled("requiredDocument", b"\x9f", b"\xa1\x60\0"), 320);
        read_within::<CborGrow>("empty structures", &filled("children", b"\x9f", b"\xa0"), WORST);
    }
}
