//! Random changes to bytes.

use proptest::prelude::*;

/// Tokens that a mutation inserts.
const TOKENS: [&str; 15] =
    ["{", "}", "[", "]", ":", ",", "\"", "\\", "null", "1", "-", "1e999", "true", "\"x\":", "\u{feff}"];

/// A change to bytes. Positions are taken modulo the length.
#[derive(Clone, Debug)]
pub enum Mutation {
    /// Flips a bit of a byte.
    Flip {
        /// The byte.
        at: usize,
        /// The bit.
        bit: u8,
    },
    /// Removes all bytes from a position on.
    Truncate {
        /// The position.
        at: usize,
    },
    /// Inserts a token.
    Insert {
        /// The position.
        at: usize,
        /// The token.
        token: &'static str,
    },
    /// Copies a range over another position.
    Splice {
        /// The start of the range.
        from: usize,
        /// The length of the range.
        length: usize,
        /// The position.
        to: usize,
    },
}

/// Returns a strategy for one to three mutations.
pub fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
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

/// Returns mutated bytes.
pub fn mutated(mut bytes: Vec<u8>, mutations: &[Mutation]) -> Vec<u8> {
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
