//! The error of any operation.

use super::OperationError;
use crate::error::Error;
use std::error::Error as StdError;
use std::fmt;

/// The error of a call of any operation, for functions that call several. `?` converts the error of each call.
///
/// ```
/// # use signin_client::types::CreateOAuth2TokenRequestBody;
/// use signin_client::error::CreateOAuth2TokenError;
/// use signin_client::{AnyError, Client};
///
/// async fn renew_twice(client: &Client, request: CreateOAuth2TokenRequestBody) -> Result<i32, AnyError> {
///     let first = client.create_oauth2_token(request).await?;
///     let next = CreateOAuth2TokenRequestBody::new("my-client", "refresh_token")
///         .refresh_token(first.token_output.refresh_token);
///     Ok(client.create_oauth2_token(next).await?.token_output.expires_in)
/// }
///
/// fn must_sign_in(error: &AnyError) -> bool {
///     matches!(
///         error.service_error_as::<CreateOAuth2TokenError>(),
///         Some(CreateOAuth2TokenError::AccessDeniedException(_))
///     )
/// }
/// ```
pub type AnyError = Error<AnyServiceError>;

/// An error that some operation declares in its model. [`downcast_ref`](Self::downcast_ref) returns it by its type.
pub struct AnyServiceError(Box<dyn StdError + Send + Sync>);

impl AnyServiceError {
    /// Returns the error if `E` is its type, the enum of the errors that an operation declares.
    pub fn downcast_ref<E: OperationError + StdError + 'static>(&self) -> Option<&E> {
        self.0.downcast_ref()
    }
}

impl fmt::Display for AnyServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for AnyServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for AnyServiceError {}

impl AnyError {
    /// Returns the error if the operation declares it in its model, and `E` is the enum of that operation's errors.
    pub fn service_error_as<E: OperationError + StdError + 'static>(&self) -> Option<&E> {
        self.service_error()?.downcast_ref()
    }
}

/// `E` is the type of the errors of an operation, which [`AnyServiceError`] is not.
impl<E: OperationError + StdError + Send + Sync + 'static> From<Error<E>> for AnyError {
    fn from(error: Error<E>) -> Self {
        let (failure, service) = error.into_parts();
        Self::new(failure, service.map(|service| AnyServiceError(Box::new(service))))
    }
}
