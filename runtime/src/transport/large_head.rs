//! Responses with too large headers.

use std::error::Error;
use std::fmt;

/// The error of a response whose status line and headers exceed the transport's limits.
#[derive(Debug)]
pub(super) struct HeadTooLarge;

impl fmt::Display for HeadTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("headers exceed the client's limits")
    }
}

impl Error for HeadTooLarge {}

/// Returns true if the headers of a response exceed the transport's limits.
pub(super) fn is_large_head(error: &(dyn Error + 'static)) -> bool {
    #[cfg(feature = "async")]
    if let Some(error) = error.downcast_ref::<hyper::Error>() {
        // hyper exposes this case only by its text.
        return error.is_parse() && error.to_string() == "message head is too large";
    }
    error.is::<HeadTooLarge>()
}
