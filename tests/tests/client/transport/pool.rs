//! Connection reuse.

use super::support::fetch;
use farrier_runtime::transport::{HyperTransport, HyperTransportBuilder};
use farrier_tests::server::{ScriptedResponse, Server};
use std::time::Duration;

/// Returns the number of connections opened by two requests with a pause between them.
async fn connections(builder: HyperTransportBuilder, pause: Duration) -> usize {
    let server = Server::always(ScriptedResponse::new(200).body("ok"));
    let transport = builder.build().unwrap();
    fetch(&transport, server.url()).await.unwrap();
    // A paused clock auto-advances while a connection is awaited, so it is paused only here.
    tokio::time::pause();
    tokio::time::advance(pause).await;
    tokio::time::resume();
    fetch(&transport, server.url()).await.unwrap();
    server.connections()
}

#[tokio::test]
async fn connection_is_reused_until_the_idle_timeout() {
    assert_eq!(connections(HyperTransport::builder(), Duration::from_secs(15)).await, 1);
    assert_eq!(connections(HyperTransport::builder(), Duration::from_secs(21)).await, 2);
    let long_idle = HyperTransport::builder().pool_idle_timeout(Duration::from_secs(60));
    assert_eq!(connections(long_idle, Duration::from_secs(21)).await, 1);
}

#[tokio::test]
async fn connections_are_not_reused_without_a_pool() {
    let none = HyperTransport::builder().pool_max_idle_per_host(0);
    assert_eq!(connections(none, Duration::ZERO).await, 2);
}

#[tokio::test]
async fn clones_share_a_pool() {
    let server = Server::always(ScriptedResponse::new(200).body("ok"));
    let transport = HyperTransport::new();
    fetch(&transport.clone(), server.url()).await.unwrap();
    fetch(&transport, server.url()).await.unwrap();
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn connection_close_prevents_reuse() {
    let server = Server::always(ScriptedResponse::new(200).body("ok").header("connection", "close"));
    let transport = HyperTransport::new();
    for expected in 1..4 {
        fetch(&transport, server.url()).await.unwrap();
        assert_eq!(server.connections(), expected);
    }
}
