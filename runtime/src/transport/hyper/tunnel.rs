//! Tunnels through proxies
//! ([RFC 9110, section 9.3.6](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6)).

use super::proxy::HttpProxy;
use crate::transport::BoxError;
use crate::transport::proxy::TunnelRefused;
use http::{StatusCode, Uri};
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The maximum size of the response to `CONNECT`.
const MAX_HEAD: usize = 8192;

/// Opens a tunnel to the host of a URL on a connection to a proxy.
pub(super) async fn open(
    connection: &mut (impl AsyncRead + AsyncWrite + Unpin),
    proxy: &HttpProxy,
    url: &Uri,
) -> Result<(), BoxError> {
    write_all(connection, &request(proxy, url)).await?;
    let head = read_head(connection).await?;
    let status = head.strip_prefix(b"HTTP/1.").and_then(|rest| rest.get(2..5));
    match status.map(StatusCode::from_bytes) {
        Some(Ok(StatusCode::OK)) => Ok(()),
        Some(Ok(status)) => Err(TunnelRefused(status).into()),
        _ => Err("the proxy did not respond with HTTP/1.1".into()),
    }
}

fn request(proxy: &HttpProxy, url: &Uri) -> Vec<u8> {
    let (host, port) = (url.host().unwrap_or_default(), url.port_u16().unwrap_or(443));
    let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n").into_bytes();
    if let Some(credentials) = &proxy.authorization {
        request.extend_from_slice(b"Proxy-Authorization: ");
        request.extend_from_slice(credentials.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    request
}

async fn write_all(connection: &mut (impl AsyncWrite + Unpin), mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = poll_fn(|context| Pin::new(&mut *connection).poll_write(context, bytes)).await?;
        bytes = bytes.get(written..).filter(|_| written > 0).ok_or(ErrorKind::WriteZero)?;
    }
    poll_fn(|context| Pin::new(&mut *connection).poll_flush(context)).await
}

/// Reads up to the empty line. A server sends nothing after it: the client begins the TLS handshake.
async fn read_head(connection: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut chunk = [0; 1024];
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        let mut buffer = ReadBuf::new(&mut chunk);
        poll_fn(|context| Pin::new(&mut *connection).poll_read(context, &mut buffer)).await?;
        match buffer.filled() {
            [] => return Err(ErrorKind::UnexpectedEof.into()),
            _ if head.len() > MAX_HEAD => {
                return Err(io::Error::other("the headers of the proxy are too large"));
            }
            filled => head.extend_from_slice(filled),
        }
    }
    Ok(head)
}
