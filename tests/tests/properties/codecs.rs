//! Codecs, as configured by each protocol.

use crate::arbitrary::Entropy;
use crate::{config, entropy};
use farrier_runtime::codec::cbor::Cbor;
use farrier_runtime::codec::json::Json;
use farrier_runtime::codec::{Codec, Members, ReadError};
use farrier_runtime::operation;
use farrier_runtime::schema::NameKind;
use farrier_runtime::shape::{Structure, Value};
use proptest::prelude::*;
use signin_client::operation::CreateOAuth2Token;
use std::fmt::Debug;

const REST_JSON: Json = Json {
    media_type: "application/json",
    name_kind: NameKind::Json,
    timestamp_formats: true,
    big_numbers_as_text: false,
};
const AWS_JSON: Json = Json { name_kind: NameKind::Member, ..REST_JSON };
const RPC_JSON: Json = Json { timestamp_formats: false, big_numbers_as_text: true, ..AWS_JSON };

const CODECS: [&dyn Codec; 4] = [&REST_JSON, &AWS_JSON, &RPC_JSON, &Cbor];

fn write(codec: &dyn Codec, value: &dyn Structure) -> Vec<u8> {
    codec.write_structure(value, Members::All).expect("every value of these types can be written")
}

fn read(codec: &dyn Codec, bytes: &[u8], value: &mut dyn Structure) -> Result<(), ReadError> {
    codec.read_structure(bytes, value, Members::All)
}

/// Text that no error may contain.
const SECRET: &str = "S3CR3T";

/// Tokens that a mutation inserts.
const TOKENS: [&str; 15] =
    ["{", "}", "[", "]", ":", ",", "\"", "\\", "null", "1", "-", "1e999", "true", "\"x\":", "\u{feff}"];

/// Asserts that a generated value is the same after writing and reading it.
fn round_trips<T: Structure + Value + Debug + PartialEq>(bytes: &[u8]) -> Result<(), TestCaseError> {
    for codec in CODECS {
        let mut entropy = match codec.media_type() {
            "application/cbor" => Entropy::new(bytes).canonical(),
            _ => Entropy::new(bytes),
        };
        let value: T = entropy.make();
        let written = write(codec, &value);
        let mut read = T::default_value();
        let result = self::read(codec, &written, &mut read);
        prop_assert!(result.is_ok(), "{:?}: {:?} of {}", codec, result, String::from_utf8_lossy(&written));
        let rewritten = write(codec, &read);
        prop_assert_eq!(
            String::from_utf8_lossy(&rewritten),
            String::from_utf8_lossy(&written),
            "{:?}",
            codec
        );
        prop_assert!(entropy.has_nan || read == value, "{:?}: {:?} is not {:?}", codec, read, value);
    }
    Ok(())
}

/// Asserts that an error does not contain the secret.
fn assert_hides_secret(error: &(impl std::fmt::Display + Debug)) -> Result<(), TestCaseError> {
    for text in [error.to_string(), format!("{error:?}")] {
        prop_assert!(!text.contains(SECRET), "{}", text);
    }
    Ok(())
}

/// Asserts that reading mutated bytes of a value does not panic, and that no error contains the secret.
fn survives_mutations<T: Structure + Value>(
    bytes: &[u8],
    mutations: &[Mutation],
) -> Result<(), TestCaseError> {
    let value: T = Entropy::with_marker(bytes, SECRET).make();
    for codec in CODECS {
        let written = mutated(write(codec, &value), mutations);
        if let Err(error) = read(codec, &written, &mut T::default_value()) {
            assert_hides_secret(&error)?;
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
        token: &'static str,
    },
    /// Copies a range over another position.
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
        (any::<usize>(), proptest::sample::select(&TOKENS[..]))
            .prop_map(|(at, token)| Mutation::Insert { at, token }),
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
        let position = |at: usize| at % bytes.len().max(1);
        match *mutation {
            Mutation::Flip { at, bit } => {
                let at = position(at);
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << bit);
            }
            Mutation::Truncate { at } => bytes.truncate(position(at)),
            Mutation::Insert { at, token } => {
                let at = position(at).min(bytes.len());
                bytes.splice(at..at, token.bytes());
            }
            Mutation::Splice { from, length, to } => {
                let (from, to) = (position(from), position(to));
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
        mod round_trips {
            use super::*;

            proptest! {
                #![proptest_config(config(128))]
                $(#[test]
                fn $name(bytes in entropy()) {
                    super::round_trips::<$type>(&bytes)?;
                })*
            }
        }

        mod survives_mutations {
            use super::*;

            proptest! {
                #![proptest_config(config(128))]
                $(#[test]
                fn $name(bytes in entropy(), mutations in mutations()) {
                    super::survives_mutations::<$type>(&bytes, &mutations)?;
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

/// Every shape of the protocol test suite, except streams, which are not part of a document.
mod protocol_tests {
    use super::*;
    use farrier_runtime::operation::Operation;
    use golden_rest_json_1::operation::{
        Aggregates, Checksum, Compressed, Defaults, Documents, Empty, Fail, Headers, Host, Labels, NoShapes,
        PayloadBlob, PayloadDocument, PayloadImage, PayloadKind, PayloadStructure, PayloadText, PayloadUnion,
        PrefixHeaders, Query, Required, Simple, Status, StatusOnly, Token, TokenQuery, Unions,
    };

    for_each_type! {
        aggregates_input: <Aggregates as Operation>::Input,
        aggregates_output: <Aggregates as Operation>::Output,
        checksum_input: <Checksum as Operation>::Input,
        checksum_output: <Checksum as Operation>::Output,
        compressed_input: <Compressed as Operation>::Input,
        compressed_output: <Compressed as Operation>::Output,
        defaults_input: <Defaults as Operation>::Input,
        defaults_output: <Defaults as Operation>::Output,
        documents_input: <Documents as Operation>::Input,
        documents_output: <Documents as Operation>::Output,
        empty_input: <Empty as Operation>::Input,
        empty_output: <Empty as Operation>::Output,
        fail_input: <Fail as Operation>::Input,
        fail_output: <Fail as Operation>::Output,
        headers_input: <Headers as Operation>::Input,
        headers_output: <Headers as Operation>::Output,
        host_input: <Host as Operation>::Input,
        host_output: <Host as Operation>::Output,
        labels_input: <Labels as Operation>::Input,
        labels_output: <Labels as Operation>::Output,
        no_shapes_input: <NoShapes as Operation>::Input,
        no_shapes_output: <NoShapes as Operation>::Output,
        payload_blob_input: <PayloadBlob as Operation>::Input,
        payload_blob_output: <PayloadBlob as Operation>::Output,
        payload_document_input: <PayloadDocument as Operation>::Input,
        payload_document_output: <PayloadDocument as Operation>::Output,
        payload_image_input: <PayloadImage as Operation>::Input,
        payload_image_output: <PayloadImage as Operation>::Output,
        payload_kind_input: <PayloadKind as Operation>::Input,
        payload_kind_output: <PayloadKind as Operation>::Output,
        payload_structure_input: <PayloadStructure as Operation>::Input,
        payload_structure_output: <PayloadStructure as Operation>::Output,
        payload_text_input: <PayloadText as Operation>::Input,
        payload_text_output: <PayloadText as Operation>::Output,
        payload_union_input: <PayloadUnion as Operation>::Input,
        payload_union_output: <PayloadUnion as Operation>::Output,
        prefix_headers_input: <PrefixHeaders as Operation>::Input,
        prefix_headers_output: <PrefixHeaders as Operation>::Output,
        query_input: <Query as Operation>::Input,
        query_output: <Query as Operation>::Output,
        required_input: <Required as Operation>::Input,
        required_output: <Required as Operation>::Output,
        simple_input: <Simple as Operation>::Input,
        simple_output: <Simple as Operation>::Output,
        status_input: <Status as Operation>::Input,
        status_output: <Status as Operation>::Output,
        status_only_input: <StatusOnly as Operation>::Input,
        status_only_output: <StatusOnly as Operation>::Output,
        token_input: <Token as Operation>::Input,
        token_output: <Token as Operation>::Output,
        token_query_input: <TokenQuery as Operation>::Input,
        token_query_output: <TokenQuery as Operation>::Output,
        unions_input: <Unions as Operation>::Input,
        unions_output: <Unions as Operation>::Output,
    }
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn mutated_response_is_an_output_or_an_error_without_the_secret(
        bytes in entropy(),
        mutations in mutations(),
        status in proptest::sample::select(&[200, 400, 401, 500][..]),
    ) {
        let body: signin_client::types::CreateOAuth2TokenResponseBody =
            Entropy::with_marker(&bytes, SECRET).make();
        let body = mutated(write(&REST_JSON, &body), &mutations);
        let response = http::Response::builder().status(status).body(body.into()).unwrap();
        if let Err(error) = operation::response::<CreateOAuth2Token>(response) {
            assert_hides_secret(&error)?;
        }
    }
}
