//! Blocking clients: credentials providers run without an async runtime.

use super::support::{AuthService, Authenticated, REGION, credentials, verifier};
use farrier_runtime::auth::{Credentials, ProvideCredentials};
use farrier_runtime::client::{Blocking, Builder, Call, Handle, ServiceClient};
use farrier_runtime::transport::{BoxError, BoxFuture};
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, token_response};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

struct BlockingAuthClient(Handle<Blocking>);

impl ServiceClient for BlockingAuthClient {
    type Mode = Blocking;
    type Service = AuthService;

    fn from_handle(handle: Handle<Blocking>) -> Self {
        Self(handle)
    }
}

/// Provides credentials from another thread, and counts its calls.
#[derive(Clone, Debug, Default)]
struct ThreadedProvider(Arc<AtomicU32>);

impl ProvideCredentials for ThreadedProvider {
    fn provide_credentials(&self) -> BoxFuture<'_, Result<Credentials, BoxError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        let result: Arc<std::sync::OnceLock<Credentials>> = Arc::default();
        let mut started = false;
        Box::pin(std::future::poll_fn(move |context| {
            if let Some(credentials) = result.get() {
                return std::task::Poll::Ready(Ok(credentials.clone()));
            }
            if !std::mem::replace(&mut started, true) {
                let (result, waker) = (Arc::clone(&result), context.waker().clone());
                thread::spawn(move || {
                    drop(result.set(credentials(None)));
                    waker.wake();
                });
            }
            std::task::Poll::Pending
        }))
    }
}

#[test]
fn concurrent_threads_share_one_provider_call() {
    let server = Server::start(|request| match verifier("execute-api").verify(request) {
        Ok(()) => token_response(),
        Err(_) => ScriptedResponse::new(403),
    });
    let provider = ThreadedProvider::default();
    let builder = Builder::<BlockingAuthClient>::new().endpoint_url(server.url()).region(REGION);
    let client = builder.credentials(provider.clone()).build().unwrap();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| Call::<Authenticated, _>::new(&client.0, refresh_grant().into()).send().unwrap());
        }
    });
    assert_eq!(provider.0.load(Ordering::SeqCst), 1);
    assert_eq!(server.requests().len(), 8);
}
