//! Traits for what a service supports. They decide which settings the builder of its client and its calls have.
//!
//! Generated crates implement them for the type of their service, according to its model. AWS Sign-In has
//! [AWS settings](Aws) and no bearer tokens:
//!
//! ```
//! let builder = signin_client::Client::builder().region("us-east-1").use_fips(true);
//! # let _ = builder;
//! ```
//!
//! ```compile_fail,E0599
//! let builder = signin_client::Client::builder().token("the token");
//! ```

use super::Service;

/// AWS regions and signatures: a service of AWS, or one with AWS signatures or regional endpoint rules.
pub trait Aws: Service {}

/// [Endpoint rules](https://smithy.io/2.0/additional-specs/rules-engine/specification.html).
pub trait EndpointRules: Service {}

/// The auth scheme [`sigv4`](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait).
pub trait SigV4: Aws {}

/// The auth scheme
/// [`httpBearerAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpbearerauth-trait).
pub trait HttpBearer: Service {}

/// The auth scheme
/// [`httpApiKeyAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth-trait).
pub trait HttpApiKey: Service {}

/// The auth scheme [`httpBasicAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpbasicauth-trait).
pub trait HttpBasic: Service {}
