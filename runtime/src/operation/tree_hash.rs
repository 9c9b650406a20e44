//! SHA-256, of a whole body and as a
//! [tree](https://docs.aws.amazon.com/amazonglacier/latest/dev/checksum-calculations.html) of its mebibytes.

use ring::digest::{Context, Digest, SHA256, digest};

const LEAF_BYTES: usize = 1 << 20;

/// The hash of the bytes, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&digest(&SHA256, bytes))
}

/// The hash of the hashes of each mebibyte, paired until one is left, in hexadecimal. An odd one goes up as
/// it is.
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
    fn one_leaf_is_the_plain_hash() {
        let hash = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
        assert_eq!((sha256(b"hello world"), tree_hash(b"hello world")), (hash.to_owned(), hash.to_owned()));
    }

    #[test]
    fn leaves_are_paired_and_an_odd_one_goes_up() {
        let bytes = vec![7; 2 * LEAF_BYTES + 5];
        let (a, b) = (digest(&SHA256, &bytes[..LEAF_BYTES]), digest(&SHA256, &bytes[2 * LEAF_BYTES..]));
        let pair = digest(&SHA256, &[a.as_ref(), a.as_ref()].concat());
        assert_eq!(tree_hash(&bytes), sha256(&[pair.as_ref(), b.as_ref()].concat()));
    }
}
