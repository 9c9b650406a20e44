//! The server of a call, for error messages.

use super::prepare::PreparedCall;
use crate::operation::host_prefix_pattern;
use crate::service::OperationSchema;
use crate::transport::TransportError;
use http::Uri;
use std::fmt::Write;

/// Adds scheme, host and port to an error of connecting, with the client's region if it is part of the host.
pub(super) fn add_to(error: TransportError, call: &PreparedCall) -> TransportError {
    let region = call.endpoints().region();
    match describe(&call.endpoint.uri, call.operation, region).filter(|_| error.is_connect()) {
        Some(target) => error.with_target(target),
        None => error,
    }
}

/// Shows the pattern of a host prefix, not the values of its labels.
fn describe(endpoint: &Uri, operation: &OperationSchema, region: Option<&str>) -> Option<String> {
    let (scheme, host) = (endpoint.scheme_str()?, endpoint.host()?);
    let port = endpoint.port_u16().unwrap_or(if scheme == "https" { 443 } else { 80 });
    let prefix = host_prefix_pattern(operation, host).unwrap_or_default();
    let mut target = format!("`{scheme}://{prefix}{host}:{port}`");
    if let Some(region) = region.filter(|region| host.contains(region)) {
        write!(target, " (region `{region}`)").ok()?;
    }
    Some(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::RestJson1;
    use crate::schema::UNIT;
    use crate::service::{OperationTrait, ServiceSchema};

    static SERVICE: ServiceSchema = ServiceSchema::new("test#Service", "1", &RestJson1);

    fn describe(uri: &'static str, traits: &'static [OperationTrait], region: &str) -> String {
        let operation = OperationSchema {
            id: "test#Operation",
            service: &SERVICE,
            input: &UNIT,
            output: &UNIT,
            errors: &[],
            http: None,
            traits,
        };
        super::describe(&Uri::from_static(uri), &operation, Some(region)).unwrap()
    }

    #[test]
    fn names_scheme_host_port_and_the_region_of_the_host() {
        let region = "us-esat-1";
        let uri = "https://us-esat-1.signin.test/secret";
        assert_eq!(describe(uri, &[], region), "`https://us-esat-1.signin.test:443` (region `us-esat-1`)");
        assert_eq!(describe("http://signin.test/", &[], region), "`http://signin.test:80`");
        assert_eq!(describe("http://[::1]:8080/", &[], region), "`http://[::1]:8080`");
    }

    #[test]
    fn shows_the_pattern_of_a_host_prefix() {
        let prefix = &[OperationTrait::HostPrefix("{Bucket}.data.")];
        assert_eq!(describe("https://a.test", prefix, "x"), "`https://{Bucket}.data.a.test:443`");
        assert_eq!(describe("http://127.0.0.1", prefix, "x"), "`http://127.0.0.1:80`");
    }
}
