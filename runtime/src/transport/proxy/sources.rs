//! The configuration of proxies.

/// The configured URLs, each with the name of the setting for error messages.
#[derive(Clone, Default)]
pub(super) struct Sources {
    pub(super) http: Option<Source>,
    pub(super) https: Option<Source>,
    pub(super) no_proxy: String,
}

pub(super) type Source = (&'static str, String);
