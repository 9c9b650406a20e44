//! Logs of authenticated calls. Events of `aws-sigv4` would show headers and URLs, so signing disables them.

use super::support::{AuthClient, credentials};
use farrier_tests::server::Server;
use farrier_tests::signin::token_response;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tracing_subscriber::fmt::format::FmtSpan;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn logs_contain_no_secret_or_signature() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);

    let server = Server::always(token_response());
    let builder = || AuthClient::builder(server.url());
    let client = builder().credentials(credentials(Some("5ecret-session-token"))).build().unwrap();
    // Other tests register the same callsites at the same time, and may do so without this subscriber.
    client.call().await.unwrap();
    tracing::callsite::rebuild_interest_cache();
    client.call().header("x-other", "5ecret-header").await.unwrap();
    client.call().presigned(Duration::from_secs(60)).await.unwrap();
    for builder in [
        builder().token("5ecret-token"),
        builder().api_key("5ecret-key"),
        builder().basic_auth("5ecret-user", "5ecret-password"),
    ] {
        builder.build().unwrap().call().await.unwrap();
    }
    drop(guard);

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains(r#"operation="CreateOAuth2Token""#), "the calls are not in the log:\n{text}");
    let signed = server.requests()[0].header("authorization").unwrap().to_owned();
    let (_, signature) = signed.rsplit_once('=').unwrap();
    // `NWVjcmV0` is the Base64 form of `5ecret`, as in basic authentication.
    for secret in ["5ecret", "wJalrXUtnFEMI", "AKIDEXAMPLE", "NWVjcmV0", signature] {
        assert!(!text.contains(secret), "{secret} is visible:\n{text}");
    }
}
