//! Why a request could not be authenticated.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What proves who calls.
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
    fn setter(self) -> &'static str {
        match self {
            Self::Credentials => {
                "`.credentials(…)`, for example with the provider of the crate `aws-config`,"
            }
            Self::Token => "`.token(…)`",
            Self::ApiKey => "`.api_key(…)`",
            Self::Basic => "`.basic_auth(…)`",
        }
    }
}

impl fmt::Display for IdentityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Credentials => "AWS credentials",
            Self::Token => "a token",
            Self::ApiKey => "an API key",
            Self::Basic => "a user name and password",
        })
    }
}

/// Why a request could not be authenticated. Nothing was sent.
#[derive(Clone)]
#[non_exhaustive]
pub enum AuthError {
    /// The operation asks who calls, and the client was not told.
    NoIdentity(IdentityKind),
    /// The operation can be called only by an authentication scheme that is not supported, and which.
    UnsupportedScheme(String),
    /// The operation asks for AWS signatures, which the cargo feature `sigv4` brings, and that is off.
    SigV4IsOff,
    /// A signature names a region, and the client was not told one.
    NoRegion,
    /// The provider of an identity failed. Its error is the
    /// [source](std::error::Error::source) of this one, and not part of the text.
    ProviderFailed(IdentityKind, Arc<dyn Error + Send + Sync>),
    /// The provider gave an identity that had expired.
    Expired(IdentityKind),
    /// A presigned URL cannot be good for so long or so short a time.
    InvalidExpiresIn(Duration),
    /// Only AWS signatures make a URL that is good for a while by itself.
    NotPresignable(IdentityKind),
    /// The identity or the body would go over plain HTTP, where anybody on the way could read or change it.
    Insecure(&'static str),
    /// The request or the identity cannot be signed or sent as it is, and why.
    Invalid(&'static str),
}

impl AuthError {
    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::ProviderFailed(..))
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoIdentity(kind) => {
                write!(f, "the operation needs {kind}: call {} when building the client", kind.setter())
            }
            Self::UnsupportedScheme(name) => {
                write!(f, "the service asks for the authentication scheme `{name}`, which is not supported")
            }
            Self::SigV4IsOff => f.write_str(
                "the operation needs AWS signatures: enable the cargo feature `sigv4` of the client's crate",
            ),
            Self::NoRegion => f.write_str(
                "the request cannot be signed without a region: call `.region(\"…\")` when building the client",
            ),
            Self::ProviderFailed(kind, _) => {
                write!(f, "the provider of {kind} failed; its error is the source of this one")
            }
            Self::Expired(kind) => write!(
                f,
                "the provider gave {kind}, already expired: see that it renews what it gives, and that the clock of \
                 this machine is right"
            ),
            Self::InvalidExpiresIn(duration) => {
                write!(f, "a presigned URL is good for 1 second to 7 days, and not for {duration:?}")
            }
            Self::NotPresignable(kind) => write!(
                f,
                "only AWS signatures can be presigned, and the operation is authenticated with {kind}"
            ),
            Self::Insecure(why) | Self::Invalid(why) => f.write_str(why),
        }
    }
}

/// Leaves out what providers say: their errors may quote what they read.
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
