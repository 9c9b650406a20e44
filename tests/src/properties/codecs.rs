//! Codecs, as configured by each protocol.

use super::arbitrary::Entropy;
use super::mutations::{Mutation, mutated};
use crate::json;
use farrier_runtime::codec::cbor::Cbor;
use farrier_runtime::codec::json::Json;
use farrier_runtime::codec::{Codec as _, Members, ReadError, Source};
use farrier_runtime::schema::NameKind;
use farrier_runtime::shape::{Structure, Value};
use proptest::prelude::*;
use std::fmt::Debug;

/// A codec, as configured by a protocol.
#[derive(Clone, Copy, Debug)]
pub enum Codec {
    /// JSON.
    Json(Json),
    /// CBOR.
    Cbor,
}

/// The codec of restJson1.
pub const REST_JSON: Codec = Codec::Json(json::REST_JSON);

/// The codec of awsJson.
const AWS_JSON: Codec = Codec::Json(Json { name_kind: NameKind::Member, ..json::REST_JSON });

/// The codec of rpcv2Json.
const RPC_JSON: Codec = Codec::Json(Json {
    name_kind: NameKind::Member,
    timestamp_formats: false,
    big_numbers_as_text: true,
    ..json::REST_JSON
});

const CODECS: [Codec; 4] = [REST_JSON, AWS_JSON, RPC_JSON, Codec::Cbor];

impl Codec {
    /// Writes a value.
    ///
    /// # Panics
    /// Panics if the value cannot be written.
    pub fn write(self, value: &dyn Structure) -> Vec<u8> {
        let written = match self {
            Self::Json(json) => json.write_structure(value, Members::All),
            Self::Cbor => Cbor.write_structure(value, Members::All),
        };
        written.expect("every value of these types can be written")
    }

    /// Reads into a value.
    ///
    /// # Errors
    /// Returns an error if the bytes do not encode such a value.
    pub fn read(self, bytes: &[u8], value: &mut dyn Structure) -> Result<(), ReadError> {
        match self {
            Self::Json(json) => json.read_structure(Source::new(bytes), value, Members::All),
            Self::Cbor => Cbor.read_structure(Source::new(bytes), value, Members::All),
        }
    }
}

/// Text that no error may contain.
pub const SECRET: &str = "S3CR3T";

/// Asserts that a generated value is the same after writing and reading it.
///
/// # Errors
/// Returns an error if the assertion fails.
pub fn round_trips<T: Structure + Value + Debug + PartialEq>(bytes: &[u8]) -> Result<(), TestCaseError> {
    for codec in CODECS {
        let mut entropy = match codec {
            Codec::Json(_) => Entropy::new(bytes),
            Codec::Cbor => Entropy::new(bytes).canonical(),
        };
        let value: T = entropy.make();
        let written = codec.write(&value);
        let mut read = T::default_value();
        let result = codec.read(&written, &mut read);
        prop_assert!(result.is_ok(), "{:?}: {:?} of {}", codec, result, String::from_utf8_lossy(&written));
        let rewritten = codec.write(&read);
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
///
/// # Errors
/// Returns an error if the assertion fails.
pub fn assert_hides_secret(error: &(impl std::fmt::Display + Debug)) -> Result<(), TestCaseError> {
    for text in [error.to_string(), format!("{error:?}")] {
        prop_assert!(!text.contains(SECRET), "{}", text);
    }
    Ok(())
}

/// Asserts that reading mutated bytes of a value does not panic, and that no error contains the secret.
///
/// # Errors
/// Returns an error if the assertion fails.
pub fn survives_mutations<T: Structure + Value>(
    bytes: &[u8],
    mutations: &[Mutation],
) -> Result<(), TestCaseError> {
    let value: T = Entropy::with_marker(bytes, SECRET).make();
    for codec in CODECS {
        let written = mutated(codec.write(&value), mutations);
        if let Err(error) = codec.read(&written, &mut T::default_value()) {
            assert_hides_secret(&error)?;
        }
    }
    Ok(())
}

/// Tests [`round_trips`](crate::properties::codecs::round_trips) and
/// [`survives_mutations`](crate::properties::codecs::survives_mutations) for each type.
#[macro_export]
macro_rules! test_codecs {
    ($($name:ident: $type:ty),* $(,)?) => {
        mod round_trips {
            #[allow(unused_imports, reason = "types may have absolute paths")]
            use super::*;
            use $crate::properties::{codecs, config, entropy};

            proptest::proptest! {
                #![proptest_config(config(128))]
                $(#[test]
                fn $name(bytes in entropy()) {
                    codecs::round_trips::<$type>(&bytes)?;
                })*
            }
        }

        mod survives_mutations {
            #[allow(unused_imports, reason = "types may have absolute paths")]
            use super::*;
            use $crate::properties::{codecs, config, entropy, mutations};

            proptest::proptest! {
                #![proptest_config(config(128))]
                $(#[test]
                fn $name(bytes in entropy(), mutations in mutations::mutations()) {
                    codecs::survives_mutations::<$type>(&bytes, &mutations)?;
                })*
            }
        }
    };
}
