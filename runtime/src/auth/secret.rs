//! Secrets in memory.

use bytes::Bytes;
use zeroize::Zeroizing;

/// A secret text. It is wiped from memory when it is dropped. Not `Debug`, so that no message shows it.
#[derive(Clone)]
pub(super) struct Secret(Zeroizing<String>);

impl Secret {
    /// Concatenates texts, without copies that are not wiped.
    pub(super) fn concat(parts: &[&str]) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(parts.iter().map(|part| part.len()).sum()));
        parts.iter().for_each(|part| text.push_str(part));
        Self(text)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the bytes. They are wiped when the last clone is dropped.
    pub(super) fn into_bytes(self) -> Bytes {
        Bytes::from_owner(self.0)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<Zeroizing<String>> for Secret {
    fn from(text: Zeroizing<String>) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::Token;
    use crate::auth::identity::{ApiKey, Basic};

    /// Compiles only for types whose memory is wiped.
    fn is_wiped(_: &impl zeroize::ZeroizeOnDrop) -> bool {
        true
    }

    /// The types of all identities name the parts that are secret: this does not compile if one of them holds
    /// a plain string.
    #[test]
    fn identities_are_wiped_when_dropped() {
        let Token { value: Secret(token), .. } = Token::new("the-token");
        let secret = |text: &str| Secret::from(text.to_owned());
        let ApiKey(Secret(key)) = ApiKey(secret("the-key"));
        let Basic { user: Secret(user), password: Secret(password) } =
            Basic { user: secret("me"), password: secret("the-password") };
        for text in [&token, &key, &user, &password] {
            assert!(is_wiped(text));
        }
    }

    #[test]
    fn concatenates_without_growing() {
        let secret = Secret::concat(&["Bearer ", "the-token"]);
        assert_eq!((secret.as_str(), secret.0.capacity()), ("Bearer the-token", 16));
        assert_eq!(secret.into_bytes(), "Bearer the-token");
    }
}
