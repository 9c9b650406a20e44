//! Connections that are used again.

use crate::support::fetch;
use farrier_runtime::transport::{HyperTransport, HyperTransportBuilder};
use farrier_tests::server::{ScriptedResponse, Server};
use std::time::Duration;

/// How many connections two requests take, between which time passes.
async fn connections(builder: HyperTransportBuilder, pause: Duration) -> usize {
    let server = Server::always(ScriptedResponse::new(200).body("ok"));
    let transport = builder.build().unwrap();
    fetch(&transport, server.url()).await.unwrap();
    // While the clock stands still, it would run ahead wherever a connection is waited for.
    tokio::time::pause();
    tokio::time::advance(pause).await;
    tokio::time::resume();
    fetch(&transport, server.url()).await.unwrap();
    server.connections()
}

#[tokio::test]
async fn a_connection_is_used_again_until_it_has_been_idle_for_too_long() {
    assert_eq!(connections(HyperTransport::builder(), Duration::from_secs(15)).await, 1);
    assert_eq!(connections(HyperTransport::builder(), Duration::from_secs(21)).await, 2);
    let patient = HyperTransport::builder().pool_idle_timeout(Duration::from_secs(60));
    assert_eq!(connections(patient, Duration::from_secs(21)).await, 1);
}

#[tokio::test]
async fn without_a_pool_no_connection_is_used_again() {
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
async fn a_connection_that_the_server_wants_closed_is_not_used_again() {
    let server = Server::always(ScriptedResponse::new(200).body("ok").header("connection", "close"));
    let transport = HyperTransport::new();
    for expected in 1..4 {
        fetch(&transport, server.url()).await.unwrap();
        assert_eq!(server.connections(), expected);
    }
}
