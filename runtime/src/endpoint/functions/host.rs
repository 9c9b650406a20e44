//! Host name functions.

use super::url::is_ip;

/// [`isValidHostLabel`](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#isvalidhostlabel-function).
/// A label may end with `-`, although RFC 1123 forbids it: Smithy's implementation accepts it, and endpoint
/// tests of services rely on that.
pub(super) fn is_valid_label(label: &str, allow_dots: bool) -> bool {
    match allow_dots {
        true => label.split('.').all(is_label),
        false => is_label(label),
    }
}

fn is_label(label: &str) -> bool {
    let bytes = label.as_bytes();
    (1..=63).contains(&bytes.len())
        && bytes[0].is_ascii_alphanumeric()
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// [`aws.isVirtualHostableS3Bucket`](https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-isvirtualhostables3bucket-function).
/// Returns true if a bucket name can be part of a host name.
pub(super) fn is_virtual_hostable_bucket(bucket: &str, allow_dots: bool) -> bool {
    let is_end =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let is_segment = |segment: &str| {
        let bytes = segment.as_bytes();
        is_end(bytes.first())
            && is_end(bytes.last())
            && bytes.iter().all(|byte| is_end(Some(byte)) || *byte == b'-')
    };
    (3..=63).contains(&bucket.len())
        && match allow_dots {
            true => bucket.split('.').all(is_segment) && !is_ip(bucket),
            false => is_segment(bucket),
        }
}

#[cfg(test)]
mod tests {
    use super::{is_valid_label, is_virtual_hostable_bucket};

    #[test]
    fn host_labels_contain_letters_digits_and_hyphens() {
        for label in ["a", "A1", "0-a", "a-", &"a".repeat(63)] {
            assert!(is_valid_label(label, false), "{label}");
            assert!(is_valid_label(label, true), "{label}");
        }
        for label in ["", "-a", "a_b", "a b", "\u{e9}", "a/b", &"a".repeat(64)] {
            assert!(!is_valid_label(label, false), "{label}");
            assert!(!is_valid_label(label, true), "{label}");
        }
    }

    #[test]
    fn dots_separate_labels_only_if_allowed() {
        assert!(is_valid_label("a.b-c.d", true));
        assert!(!is_valid_label("a.b", false));
        for label in [".", "a.", ".a", "a..b", "a.-b"] {
            assert!(!is_valid_label(label, true), "{label}");
        }
    }

    #[test]
    fn hostable_buckets_are_lower_case_and_not_addresses() {
        for bucket in ["abc", "a-b", "0bucket9", "a--b", &"a".repeat(63)] {
            assert!(is_virtual_hostable_bucket(bucket, false), "{bucket}");
        }
        for bucket in ["ab", "Abc", "abC", "-ab", "ab-", "a_b", "a.b", "", "\u{e9}\u{e9}", &"a".repeat(64)] {
            assert!(!is_virtual_hostable_bucket(bucket, false), "{bucket}");
        }
        assert!(is_virtual_hostable_bucket("my.own.bucket", true));
        assert!(is_virtual_hostable_bucket("a.b", true));
        for bucket in ["192.168.5.4", "a..b", "a-.b", "a.-b", ".ab", "ab."] {
            assert!(!is_virtual_hostable_bucket(bucket, true), "{bucket}");
        }
    }
}
