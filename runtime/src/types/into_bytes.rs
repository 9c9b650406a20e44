//! Conversions to bytes.

use bytes::Bytes;
use std::borrow::Cow;

/// A value that is taken as a [blob](https://smithy.io/2.0/spec/simple-types.html#blob): bytes or text, owned or
/// borrowed.
///
/// Owned values are moved; borrowed ones are copied. `Bytes::from_static` makes a blob of static data without a copy.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a blob",
    note = "pass `Bytes`, `Vec<u8>`, `&[u8]`, `String` or `&str`"
)]
pub trait IntoBytes {
    /// Converts the value.
    fn into_bytes(self) -> Bytes;
}

macro_rules! moved {
    ($($type:ty),*) => {$(
        impl IntoBytes for $type {
            fn into_bytes(self) -> Bytes {
                Bytes::from(self)
            }
        }
    )*};
}

moved!(Bytes, Vec<u8>, Box<[u8]>, String, bytes::BytesMut);

macro_rules! copied {
    ($($type:ty),*) => {$(
        impl IntoBytes for $type {
            fn into_bytes(self) -> Bytes {
                Bytes::copy_from_slice(self.as_ref())
            }
        }
    )*};
}

copied!(&[u8], &str, &Vec<u8>, &String);

impl IntoBytes for &Bytes {
    fn into_bytes(self) -> Bytes {
        self.clone()
    }
}

impl<const N: usize> IntoBytes for [u8; N] {
    fn into_bytes(self) -> Bytes {
        Bytes::copy_from_slice(&self)
    }
}

impl<const N: usize> IntoBytes for &[u8; N] {
    fn into_bytes(self) -> Bytes {
        Bytes::copy_from_slice(self)
    }
}

impl IntoBytes for Cow<'_, [u8]> {
    fn into_bytes(self) -> Bytes {
        Bytes::from(self.into_owned())
    }
}

impl IntoBytes for Cow<'_, str> {
    fn into_bytes(self) -> Bytes {
        Bytes::from(self.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_text_are_taken_owned_and_borrowed() {
        fn check(value: impl IntoBytes) {
            assert_eq!(value.into_bytes(), "hi");
        }
        let (text, bytes) = (String::from("hi"), Vec::from("hi"));
        check(text.as_str());
        check(bytes.as_slice());
        check(&text);
        check(&bytes);
        check(b"hi");
        check(*b"hi");
        check(Cow::Borrowed(text.as_str()));
        check(Cow::Borrowed(bytes.as_slice()));
        let shared = Bytes::from_static(b"hi");
        check(&shared);
        check(shared);
        check(bytes::BytesMut::from("hi"));
        check(bytes.clone().into_boxed_slice());
        check(text);
        check(bytes);
    }

    #[test]
    fn owned_values_are_not_copied() {
        let bytes = vec![7; 100];
        let address = bytes.as_ptr();
        assert_eq!(bytes.into_bytes().as_ptr(), address);
    }
}
