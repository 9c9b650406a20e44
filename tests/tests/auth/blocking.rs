//! Clients whose calls block: providers are driven without a runtime.

use crate::support::{Authenticated, Bare, REGION, credentials, verifier};
use farrier_runtime::auth::{Credentials, ProvideCredentials, future};
use farrier_runtime::client::{Blocking, Builder, Call, Handle, ServiceClient};
use farrier_runtime::schema::ServiceSchema;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{granted, refresh_grant};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

struct BareBlocking(Handle<Blocking>);

impl ServiceClient for BareBlocking {
    type Mode = Blocking;
    const SERVICE: &'static ServiceSchema = <Bare as ServiceClient>::SERVICE;

    fn from_handle(handle: Handle<Blocking>) -> Self {
        Self(handle)
    }
}

/// Gives credentials from another thread, and counts.
#[derive(Clone, Debug, Default)]
struct Elsewhere(Arc<AtomicU32>);

impl ProvideCredentials for Elsewhere {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.0.fetch_add(1, Ordering::SeqCst);
        let given: Arc<std::sync::OnceLock<Credentials>> = Arc::default();
        let mut asked = false;
        future::ProvideCredentials::new(std::future::poll_fn(move |context| {
            if let Some(credentials) = given.get() {
                return std::task::Poll::Ready(Ok(credentials.clone()));
            }
            if !std::mem::replace(&mut asked, true) {
                let (given, waker) = (Arc::clone(&given), context.waker().clone());
                thread::spawn(move || {
                    drop(given.set(credentials(None)));
                    waker.wake();
                });
            }
            std::task::Poll::Pending
        }))
    }
}

#[test]
fn threads_that_call_at_the_same_time_ask_a_provider_once() {
    let server = Server::start(|request| match verifier("execute-api").verify(request) {
        Ok(()) => granted(),
        Err(_) => ScriptedResponse::new(403),
    });
    let asked = Elsewhere::default();
    let builder = Builder::<BareBlocking>::new().endpoint_url(server.url()).region(REGION);
    let client = builder.credentials(asked.clone()).build().unwrap();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| Call::<Authenticated, _>::new(&client.0, refresh_grant().into()).send().unwrap());
        }
    });
    assert_eq!(asked.0.load(Ordering::SeqCst), 1);
    assert_eq!(server.requests().len(), 8);
}
