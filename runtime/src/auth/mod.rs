//! How requests are authenticated: which [scheme](https://smithy.io/2.0/spec/authentication-traits.html) a call
//! goes by, what proves who calls, and how it is put into the request.
//!
//! A client does all of this by itself. A program that sends the requests of [`crate::operation`] on its own
//! signs them so:
//!
//! ```
//! use farrier_runtime::auth::{AuthError, Identities, choose};
//! use farrier_runtime::schema::OperationSchema;
//! use farrier_runtime::types::Body;
//! use std::time::SystemTime;
//!
//! async fn authenticate(
//!     operation: &OperationSchema,
//!     request: &mut http::Request<Body>,
//! ) -> Result<(), AuthError> {
//!     let identities = Identities::new().api_key("the key");
//!     match choose(operation, &[], Some("us-east-1"), &identities)? {
//!         Some(signer) => signer.sign(request, SystemTime::now()).await,
//!         None => Ok(()),
//!     }
//! }
//! ```

mod cache;
mod choose;
mod error;
mod header;
mod identities;
mod query;
mod signer;
#[cfg(feature = "sigv4")]
mod sigv4;
mod token;

pub use choose::choose;
pub use error::{AuthError, IdentityKind};
pub use identities::Identities;
pub use signer::Signer;
pub use token::{ProvideToken, Token};

#[cfg(feature = "sigv4")]
pub use aws_credential_types::{
    Credentials,
    provider::{ProvideCredentials, SharedCredentialsProvider, error::CredentialsError, future},
};

#[cfg(test)]
mod test_support;
