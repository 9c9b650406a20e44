//! SHA-256 of a body, and its
//! [tree hash](https://docs.aws.amazon.com/amazonglacier/latest/dev/checksum-calculations.html).

use ring::digest::{Context, Digest, SHA256, digest};

const LEAF_BYTES: usize = 1 << 20;

/// Returns the SHA-256 hash in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&digest(&SHA256, bytes))
}

/// Returns the tree hash in hexadecimal: hashes of 1 MiB chunks, combined in pairs until one is left. A hash
/// without a pair moves up unchanged.
pub(super) fn tree_hash(bytes: &[u8]) -> String {
    let mut level: Vec<Digest> = bytes.chunks(LEAF_BYTES).map(|leaf| digest(&SHA256, leaf)).collect();
    while level.len() > 1 {
        level = level.chunks(2).map(parent).collect();
    }
    level.first().map_or_else(|| sha256(bytes), hex)
}

fn parent(pair: &[Digest]) -> Digest {
    match pair {
        [only] => *only,
        pair => {
            let mut context = Context::new(&SHA256);
            pair.iter().for_each(|hash| context.update(hash.as_ref()));
            context.finish()
        }
    }
}

fn hex(hash: &Digest) -> String {
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tree_hash_of_one_leaf_is_its_hash() {
        let hash = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
        assert_eq!((sha256(b"hello world"), tree_hash(b"hello world")), (hash.to_owned(), hash.to_owned()));
    }

    #[test]
    fn combines_leaves_in_pairs_and_moves_the_last_one_up() {
        let bytes = vec![7; 2 * LEAF_BYTES + 5];
        let (a, b) = (digest(&SHA256, &bytes[..LEAF_BYTES]), digest(&SHA256, &bytes[2 * LEAF_BYTES..]));
        let pair = digest(&SHA256, &[a.as_ref(), a.as_ref()].concat());
        assert_eq!(tree_hash(&bytes), sha256(&[pair.as_ref(), b.as_ref()].concat()));
    }
}
