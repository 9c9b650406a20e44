//! Uploads to servers that do not read them, in both modes.

use crate::case::{TIMEOUT, min_throughput};
use bytes::Bytes;
use farrier_runtime::operation::NoError;
use farrier_runtime::types::Body;
use farrier_tests::server::Server;
use http_body_util::{BodyExt, Full};
use snapshot_requests::types::UploadInput;
use snapshot_requests::{Client, Error, ErrorKind, blocking};
use std::io::{BufRead, BufReader, Cursor, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// More than the system buffers of a connection.
const LARGE: usize = 32 << 20;

/// A rejection of the request.
const TOO_LARGE: &[u8] =
    b"HTTP/1.1 413 Too Large\r\nx-amzn-errortype: TooLarge\r\ncontent-length: 2\r\n\r\n{}";

/// Returns bodies in memory, of a known length, and of unknown length.
fn bodies() -> [Body; 3] {
    let bytes = Bytes::from(vec![1; LARGE]);
    let unknown = Full::new(bytes.clone()).map_frame(|frame| frame).boxed_unsync();
    [bytes.clone().into(), Body::from_reader(Cursor::new(bytes), Some(LARGE as u64)), Body::stream(unknown)]
}

/// Makes an upload of each body in both modes. Returns the errors.
fn upload_errors(server: &Server) -> Vec<Error<NoError>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut errors = Vec::new();
    for body in bodies() {
        let client = Client::builder().endpoint_url(server.url()).min_throughput(min_throughput());
        let client = client.build().unwrap();
        let input = UploadInput::new().body(body);
        errors.push(runtime.block_on(async { client.upload(input).retries(0).await }).unwrap_err());
    }
    for body in bodies() {
        let client = blocking::Client::builder().endpoint_url(server.url()).min_throughput(min_throughput());
        errors.push(
            client.build().unwrap().upload(UploadInput::new().body(body)).retries(0).send().unwrap_err(),
        );
    }
    errors
}

/// Reads the head of a request, and a part of its body.
fn read_head(connection: &TcpStream) {
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap() > 2 {
        line.clear();
    }
}

/// Starts a server that sends a response once it has the head of a request, and does not read the rest until the
/// sender is dropped.
fn serve_without_reading(response: &'static [u8]) -> (Server, Sender<()>) {
    let (end, ended) = channel();
    let ended = Mutex::new(ended);
    let server = Server::raw(move |mut connection| {
        read_head(connection);
        connection.write_all(response).unwrap();
        // Each call has a connection, which waits here.
        while let Err(RecvTimeoutError::Timeout) =
            ended.lock().unwrap().recv_timeout(Duration::from_millis(1))
        {}
    });
    (server, end)
}

#[test]
fn upload_to_a_server_that_does_not_read_it_stalls() {
    let (server, end) = serve_without_reading(b"");
    for error in upload_errors(&server) {
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1), "{error}");
        let message = format!("upload stalled: slower than 1000000 bytes per second for {TIMEOUT:?}");
        assert!(error.to_string().contains(&message), "{error}");
        assert!(error.is_retryable());
    }
    drop(end);
}

#[test]
fn response_before_the_upload_is_read_is_the_outcome() {
    let (keeps_open, end) = serve_without_reading(TOO_LARGE);
    let closes = Server::raw(|mut connection| {
        read_head(connection);
        connection.write_all(TOO_LARGE).unwrap();
        // What was not read makes the system reset the connection.
        connection.shutdown(std::net::Shutdown::Both).unwrap();
    });
    for (name, server) in [("keeps open", &keeps_open), ("closes", &closes)] {
        for (index, error) in upload_errors(server).iter().enumerate() {
            assert_eq!(error.kind(), ErrorKind::Service, "{name}, {index}: {error}");
            assert_eq!((error.status().unwrap().as_u16(), error.code()), (413, Some("TooLarge")), "{name}");
        }
    }
    drop(end);
}
