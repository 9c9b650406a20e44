//! Optional values in chains of setters.

/// Passes an [`Option`] to a setter. Implemented for every type, such as inputs and builders.
///
/// ```
/// use signin_client::SetOptional;
/// use signin_client::types::CreateOAuth2TokenRequestBody as Request;
///
/// let code: Option<&str> = Some("code");
/// let redirect_uri: Option<String> = None;
/// let request = Request::new("client", "authorization_code")
///     .set_optional(code, Request::code)
///     .set_optional(redirect_uri, Request::redirect_uri);
/// assert_eq!(request.code.as_deref(), Some("code"));
/// assert_eq!(request.redirect_uri, None);
/// ```
pub trait SetOptional: Sized {
    /// Calls `setter` if there is a value. Returns `self` unchanged if there is none.
    #[must_use]
    fn set_optional<T>(self, value: Option<T>, setter: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => setter(self, value),
            None => self,
        }
    }
}

impl<T> SetOptional for T {}
