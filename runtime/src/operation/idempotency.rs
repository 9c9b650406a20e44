//! [Idempotency tokens](https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait): one per
//! call, shared by all its attempts. The service uses it to recognize retries.

use crate::codec::WriteError;
use crate::schema::Trait;
use crate::shape::{Slot, Structure, View};
use crate::system;

const NO_TOKEN: &str = "could not generate an idempotency token: set the member, or \
                        `RequestOptions::idempotency_tokens`";

/// Sets the idempotency tokens that the input leaves unset.
pub(super) fn fill(input: &mut dyn Structure, source: &dyn Fn() -> Option<String>) -> Result<(), WriteError> {
    for (index, member) in input.schema().members.iter().enumerate() {
        if !member.has(Trait::IdempotencyToken) {
            continue;
        }
        let Some(value) = input.member_mut(index).filter(|value| matches!(value.view(), View::Absent)) else {
            continue;
        };
        let token = source().ok_or_else(|| WriteError::new(NO_TOKEN).within(member.name))?;
        if let Slot::String(slot) = value.slot() {
            *slot = token;
        }
    }
    Ok(())
}

/// Returns a random UUID, or `None` if there is no random number generator, or if it fails.
pub(super) fn random_token() -> Option<String> {
    String::from_utf8(random_uuid()?.to_vec()).ok()
}

/// Returns a random UUID ([version 4](https://www.rfc-editor.org/rfc/rfc9562#section-5.4)) in text form, or
/// `None` if there is no random number generator, or if it fails.
pub(crate) fn random_uuid() -> Option<[u8; 36]> {
    let mut bytes = system::random_bytes()?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut digits = [0u8; 32];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[hex_digit(byte >> 4), hex_digit(byte & 0x0f)]);
    }
    let mut text = [b'-'; 36];
    text[..8].copy_from_slice(&digits[..8]);
    text[9..13].copy_from_slice(&digits[8..12]);
    text[14..18].copy_from_slice(&digits[12..16]);
    text[19..23].copy_from_slice(&digits[16..20]);
    text[24..].copy_from_slice(&digits[20..]);
    Some(text)
}

/// Returns the digit of a number below 16. Without a table, the compiler converts several at once.
fn hex_digit(number: u8) -> u8 {
    let letter = if number > 9 { b'a' - b'0' - 10 } else { 0 };
    b'0' + number + letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_distinct_version_4_uuids() {
        let (a, b) = (random_token().unwrap(), random_token().unwrap());
        assert_ne!(a, b);
        assert_eq!(a.len(), 36);
        assert_eq!(&a[14..15], "4");
        assert!(["8", "9", "a", "b"].contains(&&a[19..20]));
        assert_eq!(a.match_indices('-').map(|(i, _)| i).collect::<Vec<_>>(), [8, 13, 18, 23]);
    }
}
