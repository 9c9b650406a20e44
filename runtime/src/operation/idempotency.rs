//! [Idempotency tokens](https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait): one per call,
//! the same in all its attempts, so that the service can tell a repetition from a new request.

use crate::codec::WriteError;
use crate::schema::Trait;
use crate::shape::{Slot, Structure, View};

/// Gives every token that the input does not set a value.
pub(super) fn fill(input: &mut dyn Structure, source: &dyn Fn() -> Option<String>) -> Result<(), WriteError> {
    for (index, member) in input.schema().members.iter().enumerate() {
        if !member.has(Trait::IdempotencyToken) {
            continue;
        }
        let Some(value) = input.member_mut(index).filter(|value| matches!(value.view(), View::Absent)) else {
            continue;
        };
        let no_token = || WriteError::new("no idempotency token can be made: set one").within(member.name);
        let token = source().ok_or_else(no_token)?;
        if let Slot::String(slot) = value.slot() {
            *slot = token;
        }
    }
    Ok(())
}

/// A random UUID (version 4); `None` when the system has no randomness to give.
pub(crate) fn random_token() -> Option<String> {
    let mut bytes = [0u8; 16];
    getrandom::getrandom(&mut bytes).ok()?;
    let bits = u128::from_be_bytes(bytes);
    let bits = bits & !(0xf << 76) | 0x4 << 76;
    let bits = bits & !(0x3 << 62) | 0x2 << 62;
    let hex = format!("{bits:032x}");
    Some(format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_uuids_of_version_4_and_differ() {
        let (a, b) = (random_token().unwrap(), random_token().unwrap());
        assert_ne!(a, b);
        assert_eq!(a.len(), 36);
        assert_eq!(&a[14..15], "4");
        assert!(["8", "9", "a", "b"].contains(&&a[19..20]));
        assert_eq!(a.match_indices('-').map(|(i, _)| i).collect::<Vec<_>>(), [8, 13, 18, 23]);
    }
}
