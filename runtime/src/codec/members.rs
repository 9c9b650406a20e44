//! Selection of a structure's members for a document.

use crate::schema::Member;

/// The members of a structure that its document contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    /// All members.
    All,
    /// All members of an error. The key of the member `message` is matched case-insensitively.
    AllOfError,
    /// Members of an input without an [HTTP binding](https://smithy.io/2.0/spec/http-bindings.html).
    RequestBody,
    /// Members of an output without an HTTP binding.
    ResponseBody,
    /// Members of an error without an HTTP binding. The key of the member `message` is matched
    /// case-insensitively.
    ErrorBody,
}

impl Members {
    pub(super) fn filter(self) -> MemberFilter {
        let skip: fn(&Member) -> bool = match self {
            Self::All | Self::AllOfError => |_| false,
            Self::RequestBody => Member::is_request_bound,
            Self::ResponseBody | Self::ErrorBody => Member::is_response_bound,
        };
        MemberFilter { skip, ignore_message_case: matches!(self, Self::ErrorBody | Self::AllOfError) }
    }
}

/// Selects the members of a structure that are in its document, and sets how keys are matched to them.
#[derive(Clone, Copy)]
pub(super) struct MemberFilter {
    /// Returns true if a member is skipped.
    pub(super) skip: fn(&Member) -> bool,
    /// True if the key of the member `message` is matched case-insensitively, as in errors.
    pub(super) ignore_message_case: bool,
}

impl MemberFilter {
    /// Selects all members and matches their keys exactly.
    pub(super) const ALL: Self = Self { skip: |_| false, ignore_message_case: false };
}
