//! Requests through a proxy.

use farrier_runtime::transport::{Proxy, UreqTransport};
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, token_response};
use signin_client::ErrorKind;
use signin_client::blocking::Client;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Heads of the requests that a proxy received.
type Heads = Arc<Mutex<Vec<String>>>;

/// Starts a proxy that opens tunnels for clients with the right password. Returns its address and the heads.
fn proxy() -> (SocketAddr, Heads) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heads = Heads::default();
    let seen = Arc::clone(&heads);
    thread::spawn(move || {
        while let Ok((client, _)) = listener.accept() {
            let heads = Arc::clone(&seen);
            thread::spawn(move || relay(client, &heads));
        }
    });
    (address, heads)
}

fn relay(mut client: TcpStream, heads: &Heads) {
    let lines = BufReader::new(client.try_clone().unwrap()).lines().map(Result::unwrap);
    let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
    heads.lock().unwrap().push(head.join("\n"));
    // `printf user:pass | base64`
    if !head.iter().any(|line| line == "Proxy-Authorization: Basic dXNlcjpwYXNz") {
        return client.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n").unwrap();
    }
    let port = head[0].split([':', ' ']).nth(2).unwrap().parse().unwrap();
    let server = TcpStream::connect(("127.0.0.1", port)).unwrap();
    client.write_all(b"HTTP/1.1 200 Connection Established\r\n\r\n").unwrap();
    let back = thread::spawn({
        let (server, client) = (server.try_clone().unwrap(), client.try_clone().unwrap());
        move || copy(server, client)
    });
    copy(client, server);
    back.join().unwrap();
}

/// Copies one direction of a tunnel. Ignores errors: either side may close at any time.
fn copy(mut from: TcpStream, mut to: TcpStream) {
    drop(io::copy(&mut from, &mut to));
    drop(to.shutdown(Shutdown::Both));
}

fn client(url: String, proxy: Proxy) -> Client {
    let transport = UreqTransport::builder().proxy(proxy).build().unwrap();
    Client::builder().endpoint_url(url).transport(transport).build().unwrap()
}

#[test]
fn requests_go_through_an_authenticated_tunnel() {
    let server = Server::always(token_response());
    let (address, heads) = proxy();
    // The proxy resolves the host name.
    let url = server.url().replace("127.0.0.1", "service.test");
    let client = client(url.clone(), Proxy::all(format!("http://user:pass@{address}")));
    for _ in 0..2 {
        client.create_oauth2_token(refresh_grant()).send().unwrap();
    }
    let heads = heads.lock().unwrap();
    assert_eq!((heads.len(), server.connections()), (1, 1), "the tunnel is reused");
    let authority = url.strip_prefix("http://").unwrap();
    assert!(heads[0].starts_with(&format!("CONNECT {authority} HTTP/1.1\n")), "{}", heads[0]);
    assert!(server.requests().iter().all(|request| request.header("proxy-authorization").is_none()));
}

#[test]
fn no_proxy_hosts_are_reached_directly() {
    let server = Server::always(token_response());
    let (address, heads) = proxy();
    let proxy = Proxy::all(format!("http://user:pass@{address}")).no_proxy("127.0.0.0/8");
    client(server.url(), proxy).create_oauth2_token(refresh_grant()).send().unwrap();
    assert!(heads.lock().unwrap().is_empty());
}

#[test]
fn proxy_failures_are_reported_as_such() {
    let (address, _) = proxy();
    let refusing = RefusingPort::new();
    for (proxy, name, expected) in [
        (
            format!("http://user:hunter2@{address}"),
            format!("http://{address}"),
            "the proxy responded with status 407: check the user name and password in its URL",
        ),
        (refusing.url(), refusing.url(), "Connection refused"),
    ] {
        let client = client("https://service.test".to_owned(), Proxy::all(proxy));
        let error = client.create_oauth2_token(refresh_grant()).retries(0).send().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection);
        let expected = format!(
            "CreateOAuth2Token: could not connect through the proxy `{name}` to `https://service.test:443`: \
             {expected}"
        );
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert!(!format!("{error} {error:?} {client:?}").contains("hunter2"));
    }
}

#[test]
fn refusal_of_a_proxy_is_not_retried() {
    for (status, attempts) in [(403, 1), (407, 1), (502, 3)] {
        let proxy = Server::always(ScriptedResponse::new(status));
        let client = client("https://service.test".to_owned(), Proxy::all(proxy.url()));
        let error = client.create_oauth2_token(refresh_grant()).send().unwrap_err();
        let text = format!("the proxy responded with status {status}");
        assert!(error.to_string().contains(&text), "{error}");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, attempts));
        assert_eq!(proxy.connections(), attempts as usize);
    }
}
