//! Decoding of base64 as services send it.

use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Base64 with the standard alphabet. Padding is optional when decoding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Decodes base64 with or without padding. Ignores white space, such as the line breaks of
/// [MIME](https://www.rfc-editor.org/rfc/rfc2045#section-6.8). Returns `None` if the text is not base64.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    if let Ok(bytes) = BASE64.decode(text) {
        return Some(bytes);
    }
    let dense: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    if dense.len() == text.len() { None } else { BASE64.decode(dense).ok() }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn ignores_white_space_and_missing_padding() {
        for text in ["Zm9vYg==", "Zm9vYg", " Zm9v\r\nYg==\n", "Z m 9 v Y g = =", "\tZm9vYg"] {
            assert_eq!(decode(text).as_deref(), Some(&b"foob"[..]), "{text:?}");
        }
        assert_eq!(decode(" \n"), Some(Vec::new()));
        for text in ["Zm9vY", "Zm9v*g==", "Zm9v\u{a0}Yg==", "Zm9v_g=="] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }
}
