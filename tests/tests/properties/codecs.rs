//! The codecs, as each protocol sets them.

use crate::arbitrary::Entropy;
use crate::{config, entropy};
use farrier_runtime::codec::cbor::Cbor;
use farrier_runtime::codec::json::Json;
use farrier_runtime::codec::{Members, ReadError};
use farrier_runtime::operation;
use farrier_runtime::shape::{Structure, Value};
use proptest::prelude::*;
use signin_client::operation::CreateOAuth2Token;
use std::fmt::Debug;

/// A codec, as a protocol sets it.
#[derive(Clone, Copy, Debug)]
enum Codec {
    Json(Json),
    Cbor,
}

const REST_JSON: Codec =
    Codec::Json(Json { json_names: true, timestamp_formats: true, big_numbers_as_text: false });
const AWS_JSON: Codec =
    Codec::Json(Json { json_names: false, timestamp_formats: true, big_numbers_as_text: false });
const RPC_JSON: Codec =
    Codec::Json(Json { json_names: false, timestamp_formats: false, big_numbers_as_text: true });

const CODECS: [Codec; 4] = [REST_JSON, AWS_JSON, RPC_JSON, Codec::Cbor];

impl Codec {
    fn write(self, value: &dyn Structure) -> Vec<u8> {
        let written = match self {
            Self::Json(json) => json.write_structure(value, Members::All),
            Self::Cbor => Cbor.write_structure(value, Members::All),
        };
        written.expect("every value of these types has a form")
    }

    fn read(self, bytes: &[u8], value: &mut dyn Structure) -> Result<(), ReadError> {
        match self {
            Self::Json(json) => json.read_structure(bytes, value, Members::All),
            Self::Cbor => Cbor.read_structure(bytes, value, Members::All),
        }
    }
}

/// What no error may show.
const SECRET: &str = "S3CR3T";

/// What makes the most of a place in a document.
const SYNTAX: [&str; 15] =
    ["{", "}", "[", "]", ":", ",", "\"", "\\", "null", "1", "-", "1e999", "true", "\"x\":", "\u{feff}"];

/// Asserts that a value made from bytes is the same after it was written and read.
fn comes_back<T: Structure + Value + Debug + PartialEq>(bytes: &[u8]) -> Result<(), TestCaseError> {
    for codec in CODECS {
        let mut entropy = match codec {
            Codec::Json(_) => Entropy::new(bytes),
            Codec::Cbor => Entropy::new(bytes).canonical(),
        };
        let value: T = entropy.make();
        let written = codec.write(&value);
        let mut read = T::blank();
        let result = codec.read(&written, &mut read);
        prop_assert!(result.is_ok(), "{:?}: {:?} of {}", codec, result, String::from_utf8_lossy(&written));
        let again = codec.write(&read);
        prop_assert_eq!(String::from_utf8_lossy(&again), String::from_utf8_lossy(&written), "{:?}", codec);
        prop_assert!(entropy.has_nan || read == value, "{:?}: {:?} is not {:?}", codec, read, value);
    }
    Ok(())
}

/// Asserts that an error shows nothing of the value.
fn shows_no_secret(error: &(impl std::fmt::Display + Debug)) -> Result<(), TestCaseError> {
    for text in [error.to_string(), format!("{error:?}")] {
        prop_assert!(!text.contains(SECRET), "{}", text);
    }
    Ok(())
}

/// Asserts that reading a value's bytes after some were changed does not panic, nor tell what they were.
fn survives<T: Structure + Value>(bytes: &[u8], mutations: &[Mutation]) -> Result<(), TestCaseError> {
    let value: T = Entropy::marked(bytes, SECRET).make();
    for codec in CODECS {
        let written = mutated(codec.write(&value), mutations);
        if let Err(error) = codec.read(&written, &mut T::blank()) {
            shows_no_secret(&error)?;
        }
    }
    Ok(())
}

/// A change to bytes. Positions are taken modulo the length.
#[derive(Clone, Debug)]
enum Mutation {
    Flip {
        at: usize,
        bit: u8,
    },
    Truncate {
        at: usize,
    },
    Insert {
        at: usize,
        what: &'static str,
    },
    /// Copies a part over another place.
    Splice {
        from: usize,
        length: usize,
        to: usize,
    },
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let mutation = prop_oneof![
        (any::<usize>(), 0..8u8).prop_map(|(at, bit)| Mutation::Flip { at, bit }),
        any::<usize>().prop_map(|at| Mutation::Truncate { at }),
        (any::<usize>(), proptest::sample::select(&SYNTAX[..]))
            .prop_map(|(at, what)| Mutation::Insert { at, what }),
        (any::<usize>(), 0..64usize, any::<usize>()).prop_map(|(from, length, to)| Mutation::Splice {
            from,
            length,
            to
        }),
    ];
    proptest::collection::vec(mutation, 1..4)
}

fn mutated(mut bytes: Vec<u8>, mutations: &[Mutation]) -> Vec<u8> {
    for mutation in mutations {
        let place = |at: usize| at % bytes.len().max(1);
        match *mutation {
            Mutation::Flip { at, bit } => {
                let at = place(at);
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << bit);
            }
            Mutation::Truncate { at } => bytes.truncate(place(at)),
            Mutation::Insert { at, what } => {
                let at = place(at).min(bytes.len());
                bytes.splice(at..at, what.bytes());
            }
            Mutation::Splice { from, length, to } => {
                let (from, to) = (place(from), place(to));
                let part: Vec<u8> = bytes.iter().copied().skip(from).take(length).collect();
                let end = (to + length).min(bytes.len());
                bytes.splice(to.min(end)..end, part);
            }
        }
    }
    bytes
}

macro_rules! for_each_type {
    ($($name:ident: $type:ty),* $(,)?) => {
        mod comes_back {
            use super::*;

            proptest! {
                #![proptest_config(config(128))]
                $(#[test]
                fn $name(bytes in entropy()) {
                    super::comes_back::<$type>(&bytes)?;
                })*
            }
        }

        mod survives_mutation {
            use super::*;

            proptest! {
                #![proptest_config(config(128))]
                $(#[test]
                fn $name(bytes in entropy(), mutations in mutations()) {
                    survives::<$type>(&bytes, &mutations)?;
                })*
            }
        }
    };
}

for_each_type! {
    every_type: golden_types::types::Everything,
    recursion: golden_recursion::types::Tree,
    defaults: golden_defaults::types::Nested,
    input_with_defaults: golden_defaults::types::PutInput,
    output_with_defaults: golden_defaults::types::PutOutput,
    token_request: signin_client::types::CreateOAuth2TokenRequest,
    token_response: signin_client::types::CreateOAuth2TokenResponse,
    access_denied: signin_client::error::AccessDeniedException,
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn a_mutated_answer_is_an_output_or_an_error_that_tells_no_secret(
        bytes in entropy(),
        mutations in mutations(),
        status in proptest::sample::select(&[200, 400, 401, 500][..]),
    ) {
        let body: signin_client::types::CreateOAuth2TokenResponseBody = Entropy::marked(&bytes, SECRET).make();
        let body = mutated(REST_JSON.write(&body), &mutations);
        let response = http::Response::builder().status(status).body(body.into()).unwrap();
        if let Err(error) = operation::response::<CreateOAuth2Token>(response) {
            shows_no_secret(&error)?;
        }
    }
}
