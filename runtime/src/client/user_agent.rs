//! The `user-agent` header.

use super::BuildError;
use crate::service::ServiceSchema;
use http::HeaderValue;

/// In bytes.
const MAX_APP_ID_LEN: usize = 50;

/// Returns the value of `user-agent` in the format of AWS SDKs: product and version, format version, service
/// and its version, operating system, language, application id.
pub(super) fn user_agent(service: &ServiceSchema, app_id: Option<&str>) -> Result<HeaderValue, BuildError> {
    let name = service.sdk_id.unwrap_or(service.name());
    let mut text = format!(
        "farrier/{version} ua/2.1 api/{name}#{service_version} os/{os} lang/rust",
        version = env!("CARGO_PKG_VERSION"),
        name = sanitize_token(&name.to_lowercase()),
        service_version = sanitize_token(service.version),
        os = std::env::consts::OS,
    );
    if let Some(id) = app_id {
        if !is_app_id(id) {
            return Err(BuildError::InvalidAppId);
        }
        text.push_str(" app/");
        text.push_str(id);
    }
    HeaderValue::try_from(text).map_err(|_| BuildError::InvalidAppId)
}

/// Returns true if the text is a valid application id.
pub(super) fn is_app_id(id: &str) -> bool {
    (1..=MAX_APP_ID_LEN).contains(&id.len()) && id.bytes().all(is_token)
}

/// Replaces characters that are invalid in a [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)
/// with hyphens.
fn sanitize_token(text: &str) -> String {
    text.bytes().map(|b| if is_token(b) { char::from(b) } else { '-' }).collect()
}

fn is_token(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"!$%&'*+-.^_`|~".contains(&b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::RestJson1;

    static SERVICE: ServiceSchema = ServiceSchema {
        sdk_id: Some("API Gateway"),
        ..ServiceSchema::new("a#Gate", "2015-07-09", &RestJson1)
    };

    fn text(app_id: Option<&str>) -> Result<String, BuildError> {
        user_agent(&SERVICE, app_id).map(|value| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn user_agent_contains_service_os_language_and_app_id() {
        let text = text(Some("shop-1")).unwrap();
        assert!(text.starts_with("farrier/0."), "{text}");
        assert!(text.contains(" ua/2.1 api/api-gateway#2015-07-09 os/"), "{text}");
        assert!(text.ends_with(" lang/rust app/shop-1"), "{text}");
    }

    #[test]
    fn rejects_invalid_app_ids() {
        for id in ["", "a b", "a\nb", "a/b", &"x".repeat(51)] {
            assert_eq!(text(Some(id)), Err(BuildError::InvalidAppId), "{id:?}");
        }
        assert!(text(Some(&"x".repeat(50))).is_ok());
    }
}
