//! Authentication of requests: [auth schemes](https://smithy.io/2.0/spec/authentication-traits.html),
//! identities and signers.
//!
//! Clients sign their requests themselves. A program that sends the requests of [`crate::operation`] on its
//! own signs them like this:
//!
//! ```
//! use farrier_runtime::auth::{AuthError, Identities, choose_signer};
//! use farrier_runtime::service::OperationSchema;
//! use farrier_runtime::types::Body;
//! use std::time::SystemTime;
//!
//! async fn sign(
//!     operation: &OperationSchema,
//!     request: &mut http::Request<Body>,
//! ) -> Result<(), AuthError> {
//!     let identities = Identities::new().api_key("the key");
//!     match choose_signer(operation, &[], Some("us-east-1"), &identities)? {
//!         Some(signer) => signer.sign(request, SystemTime::now()).await,
//!         None => Ok(()),
//!     }
//! }
//! ```

mod choose;
#[cfg(feature = "sigv4")]
mod credentials;
mod error;
mod header;
mod identities;
mod identity;
#[cfg(not(feature = "sigv4"))]
mod needs_feature;
mod plain_text;
mod query;
mod secret;
mod signer;
mod signing_times;
#[cfg(feature = "sigv4")]
mod sigv4;
mod token;

pub(crate) use choose::choose_named_signer;
pub use choose::choose_signer;
#[cfg(feature = "sigv4")]
pub use credentials::{Credentials, ProvideCredentials};
pub use error::{AuthError, IdentityKind};
pub use identities::Identities;
#[cfg(not(feature = "sigv4"))]
pub use needs_feature::NeedsFeatureSigV4;
pub(crate) use plain_text::check_scheme;
pub use signer::Signer;
pub(crate) use signing_times::SigningTimes;
pub use token::{ProvideToken, Token};

#[cfg(test)]
pub(crate) mod test_support;
