//! How a client introduces itself.

use super::BuildError;
use crate::schema::ServiceSchema;
use http::HeaderValue;

/// The longest application id that is sent.
const LONGEST_APP_ID: usize = 50;

/// The value of `user-agent`, in the form that AWS logs take apart: product and version, the version of the
/// form, then the service and its version, system, language and application.
pub(super) fn user_agent(service: &ServiceSchema, app_id: Option<&str>) -> Result<HeaderValue, BuildError> {
    let name = service.sdk_id.unwrap_or(service.name());
    let mut text = format!(
        "farrier/{version} ua/2.1 api/{name}#{service_version} os/{os} lang/rust",
        version = env!("CARGO_PKG_VERSION"),
        name = token(&name.to_lowercase()),
        service_version = token(service.version),
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

/// Whether a text can be sent as the id of an application.
pub(super) fn is_app_id(id: &str) -> bool {
    (1..=LONGEST_APP_ID).contains(&id.len()) && id.bytes().all(is_token)
}

/// The text with a hyphen for what may not stand in a
/// [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2).
fn token(text: &str) -> String {
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
    fn the_user_agent_names_service_system_language_and_application() {
        let text = text(Some("shop-1")).unwrap();
        assert!(text.starts_with("farrier/0."), "{text}");
        assert!(text.contains(" ua/2.1 api/api-gateway#2015-07-09 os/"), "{text}");
        assert!(text.ends_with(" lang/rust app/shop-1"), "{text}");
    }

    #[test]
    fn an_application_id_that_cannot_be_sent_is_refused() {
        for id in ["", "a b", "a\nb", "a/b", &"x".repeat(51)] {
            assert_eq!(text(Some(id)), Err(BuildError::InvalidAppId), "{id:?}");
        }
        assert!(text(Some(&"x".repeat(50))).is_ok());
    }
}
