//! Request bodies from files, and responses stored in files.

use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use snapshot_requests::types::UploadInput;
use snapshot_requests::{Client, ErrorKind, blocking};
use std::error::Error;
use std::path::PathBuf;
use tempfile::TempDir;

/// Several chunks, of which the last is shorter.
const LARGE: usize = 300_001;

fn pattern() -> Vec<u8> {
    (0..LARGE).map(|index| (index % 251) as u8).collect()
}

/// Returns the path of a file with a content in a directory that is removed when it is dropped.
fn file(content: &[u8]) -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("content");
    std::fs::write(&path, content).unwrap();
    (directory, path)
}

fn client(server: &Server) -> Client {
    Client::builder().endpoint_url(server.url()).build().unwrap()
}

fn blocking_client(server: &Server) -> blocking::Client {
    blocking::Client::builder().endpoint_url(server.url()).build().unwrap()
}

fn names(directory: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(directory.path()).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Throttled first, so that the body is sent twice.
fn throttling_server() -> Server {
    Server::script([ScriptedResponse::json(429, "{}"), ScriptedResponse::json(200, "{}")])
}

fn assert_sent_twice(server: &Server, content: &[u8]) {
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert!(request.body == content);
        assert_eq!(request.header("content-length"), Some(content.len().to_string().as_str()));
    }
}

#[tokio::test]
async fn a_file_is_sent_with_its_length_and_again_in_a_retry() {
    for content in [pattern(), b"a".to_vec(), Vec::new()] {
        let (_directory, path) = file(&content);
        let server = throttling_server();
        let body = Body::from_path(path).unwrap();
        assert_eq!(body.content_length(), Some(content.len() as u64));
        client(&server).upload(UploadInput::new().body(body)).await.unwrap();
        assert_sent_twice(&server, &content);
    }
}

#[test]
fn a_blocking_client_sends_a_file() {
    let (_directory, path) = file(&pattern());
    let server = throttling_server();
    let input = UploadInput::new().body(Body::from_path(path).unwrap());
    blocking_client(&server).upload(input).send().unwrap();
    assert_sent_twice(&server, &pattern());
}

#[tokio::test]
async fn a_file_that_became_shorter_fails_the_call() {
    let (_directory, path) = file(&pattern());
    let server = Server::always(ScriptedResponse::json(200, "{}"));
    let body = Body::from_path(&path).unwrap();
    std::fs::write(&path, "short").unwrap();
    let error = client(&server).upload(UploadInput::new().body(body)).retries(0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    let mut causes = std::iter::successors(error.source(), |cause: &&dyn Error| (*cause).source())
        .map(ToString::to_string);
    assert!(causes.any(|cause| cause.contains("became shorter")), "{error}");
}

#[test]
fn a_missing_file_and_a_directory_are_errors() {
    let (directory, path) = file(b"");
    let missing = Body::from_path(path.with_file_name("missing")).unwrap_err();
    assert!(missing.to_string().starts_with("could not read the file"), "{missing}");
    let folder = Body::from_path(directory.path()).unwrap_err();
    assert!(folder.to_string().ends_with("not a regular file"), "{folder}");
}

#[tokio::test]
async fn clones_of_a_file_start_at_its_beginning() {
    let (_directory, path) = file(&pattern());
    let mut body = Body::from_path(path).unwrap();
    let first = body.chunk().await.unwrap().unwrap();
    assert_eq!(body.content_length(), Some((LARGE - first.len()) as u64));
    assert!(body.clone().collect().await.unwrap() == pattern());
    assert!(body.collect().await.unwrap() == pattern()[first.len()..]);
}

#[tokio::test]
async fn a_streamed_output_is_stored_in_a_file() {
    let server = Server::always(ScriptedResponse::new(200).body(pattern()).chunked());
    let (directory, path) = file(b"replaced");
    let length = client(&server).download().await.unwrap().body.save_to(&path).await.unwrap();
    assert_eq!(length, LARGE as u64);
    assert!(std::fs::read(&path).unwrap() == pattern());
    assert_eq!(names(&directory), ["content"]);
}

#[test]
fn a_blocking_client_stores_and_collects_an_output() {
    let server = Server::always(ScriptedResponse::new(200).body("text"));
    let (_directory, path) = file(b"");
    let body = || blocking_client(&server).download().send().unwrap().body;
    assert_eq!(body().blocking_save_to(&path).unwrap(), 4);
    assert_eq!(std::fs::read(&path).unwrap(), b"text");
    assert_eq!(body().blocking_collect_text(4).unwrap(), "text");
    assert_eq!(body().blocking_collect_bytes(4).unwrap(), "text");
    assert!(body().blocking_collect_bytes(3).unwrap_err().is_too_large());
}

#[tokio::test]
async fn a_failed_download_leaves_no_file() {
    let server = Server::always(ScriptedResponse::new(200).body("part").then_close());
    let (directory, path) = file(b"kept");
    client(&server).download().await.unwrap().body.save_to(&path).await.unwrap_err();
    assert_eq!(std::fs::read(&path).unwrap(), b"kept");
    assert_eq!(names(&directory), ["content"]);
    Body::from("a").save_to(directory.path()).await.unwrap_err();
}
