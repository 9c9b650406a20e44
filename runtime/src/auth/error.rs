//! Authentication errors.

use crate::one_line::OneLine;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The kind of an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentityKind {
    /// AWS credentials, for
    /// [`sigv4`](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait).
    Credentials,
    /// A token, for
    /// [`httpBearerAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpbearerauth-trait).
    Token,
    /// A key, for
    /// [`httpApiKeyAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth-trait).
    ApiKey,
    /// A user name and password, for
    /// [`httpBasicAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpbasicauth-trait).
    Basic,
}

impl IdentityKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Credentials => "AWS credentials",
            Self::Token => "bearer token",
            Self::ApiKey => "API key",
            Self::Basic => "user name and password",
        }
    }

    fn setter(self) -> &'static str {
        match self {
            Self::Credentials => "`.credentials(…)`, for example with `Credentials::from_keys(…)`,",
            Self::Token => "`.token(…)`",
            Self::ApiKey => "`.api_key(…)`",
            Self::Basic => "`.basic_auth(…)`",
        }
    }
}

impl fmt::Display for IdentityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An error of authenticating a request. Nothing was sent.
#[derive(Clone)]
#[non_exhaustive]
pub enum AuthError {
    /// The operation requires an identity of this kind, but none is configured.
    NoIdentity(IdentityKind),
    /// The operation has no supported auth scheme. Holds the name of an unsupported one.
    UnsupportedScheme(String),
    /// Neither the operation nor its service has the auth scheme that the call chooses. Holds the name of the scheme.
    UnknownScheme(String),
    /// The operation requires AWS signatures, but the cargo feature `sigv4` is disabled.
    SigV4Disabled,
    /// The signature requires a region, but none is configured.
    NoRegion,
    /// The provider of an identity failed. Its error is the
    /// [source](std::error::Error::source) of this one, and not part of the text.
    ProviderFailed(IdentityKind, Arc<dyn Error + Send + Sync>),
    /// The provider returned an expired identity.
    Expired(IdentityKind),
    /// The lifetime of a presigned URL is out of range.
    InvalidExpiresIn(Duration),
    /// The auth scheme of the operation does not support presigned URLs: only AWS signatures do.
    NotPresignable(IdentityKind),
    /// A secret would be sent over plain HTTP to another machine. Holds the name of the secret. See
    /// [`plain_text`](crate::guide::plain_text).
    PlainHttp(&'static str),
    /// The unsigned body would be sent over plain HTTP. Holds the message.
    Insecure(&'static str),
    /// The request or the identity is invalid. Holds the message.
    Invalid(&'static str),
}

impl AuthError {
    /// Returns true if a retry may succeed.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::ProviderFailed(..))
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoIdentity(kind) => {
                write!(f, "no {kind} configured: call {} when building the client", kind.setter())
            }
            Self::UnsupportedScheme(name) => {
                write!(f, "unsupported authentication scheme `{}`", OneLine(name))
            }
            Self::UnknownScheme(name) => write!(
                f,
                "unknown authentication scheme `{}`: use the name of a scheme of the service, such as `sigv4`, or \
                 `noAuth`",
                OneLine(name)
            ),
            Self::SigV4Disabled => f.write_str(
                "AWS signatures are disabled: enable the cargo feature `sigv4` of the client's crate",
            ),
            Self::NoRegion => f.write_str(
                "no region configured for signing: call `.region(\"…\")` when building the client",
            ),
            Self::ProviderFailed(kind, _) => {
                write!(f, "the {kind} provider failed; see the source of this error")
            }
            Self::Expired(kind) => write!(
                f,
                "the {kind} provider returned an expired value: check that it renews them, and check the clock of \
                 this machine"
            ),
            Self::InvalidExpiresIn(duration) => {
                write!(f, "invalid lifetime {duration:?} of a presigned URL: it must be 1 second to 7 days")
            }
            Self::NotPresignable(kind) => write!(
                f,
                "cannot presign an operation authenticated with {kind}: only AWS signatures can be presigned"
            ),
            Self::PlainHttp(secret) => write!(
                f,
                "{secret} must not be sent over plain `http`: use an `https://` endpoint, or call \
                 `.allow_secrets_over_http(true)` when building the client"
            ),
            Self::Insecure(message) | Self::Invalid(message) => f.write_str(message),
        }
    }
}

/// Does not show the error of a provider, which may contain secrets.
impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthError({:?})", self.to_string())
    }
}

impl Error for AuthError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::ProviderFailed(_, source) => Some(source.as_ref()),
            _ => None,
        }
    }
}
