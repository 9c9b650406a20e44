//! Which members of a structure a document is about.

use super::serde::MemberFilter;
use crate::schema::Member;

/// Which members of a structure its document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    /// All of them.
    All,
    /// All of them, of an error. A member `message` is found as `Message`, too.
    AllOfError,
    /// Those of an input that no [HTTP binding](https://smithy.io/2.0/spec/http-bindings.html) puts
    /// elsewhere.
    RequestBody,
    /// Those of an output that no HTTP binding puts elsewhere.
    ResponseBody,
    /// Those of an error that no HTTP binding puts elsewhere. A member `message` is found as `Message`, too.
    ErrorBody,
}

impl Members {
    pub(super) fn filter(self) -> MemberFilter {
        let skip: fn(&Member) -> bool = match self {
            Self::All | Self::AllOfError => |_| false,
            Self::RequestBody => Member::is_request_bound,
            Self::ResponseBody | Self::ErrorBody => Member::is_response_bound,
        };
        MemberFilter { skip, any_case_message: matches!(self, Self::ErrorBody | Self::AllOfError) }
    }
}
