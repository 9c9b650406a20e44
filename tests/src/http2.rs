//! An HTTP/2 server on loopback that can also break streams and connections
//! ([RFC 9113](https://www.rfc-editor.org/rfc/rfc9113)).

use crate::server::Server;
use rustls::{ServerConfig, ServerConnection, Stream};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

const PREFACE_LEN: usize = 24;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

const ACK: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// A response of the server.
#[derive(Clone, Debug)]
pub struct Http2Response {
    /// `None` to send no response.
    status: Option<u16>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    end: StreamEnd,
}

/// The action after a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamEnd {
    /// Ends the stream, as a complete response does.
    EndStream,
    /// Resets the stream with this error code, without an end of the stream.
    Reset(u32),
    /// Sends `GOAWAY` with `NO_ERROR` and closes the connection, without an end of the stream.
    GoAway,
    /// Closes the connection, without an end of the stream.
    Close,
}

impl Http2Response {
    /// Creates a complete response.
    pub fn new(status: u16) -> Self {
        Self { status: Some(status), headers: Vec::new(), body: Vec::new(), end: StreamEnd::EndStream }
    }

    /// Sends no response.
    pub fn none(end: StreamEnd) -> Self {
        Self { status: None, ..Self::new(200).end(end) }
    }

    /// Adds a header, whose name must be in lower case, and shorter than 127 bytes as its value.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body, without adding a `content-length`.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sets the action after the response.
    pub fn end(mut self, end: StreamEnd) -> Self {
        self.end = end;
        self
    }

    /// Returns the header block ([RFC 7541, section 6.2.2](https://www.rfc-editor.org/rfc/rfc7541#section-6.2.2)).
    fn header_block(&self, status: u16) -> Vec<u8> {
        // Literals without indexing; name 8 of the static table is `:status`.
        let mut block = vec![8];
        push_text(&mut block, &status.to_string());
        for (name, value) in &self.headers {
            block.push(0);
            push_text(&mut block, name);
            push_text(&mut block, value);
        }
        block
    }

    fn write(&self, out: &mut impl Write, stream: u32) -> io::Result<()> {
        if let Some(status) = self.status {
            self.write_response(out, stream, status)?;
        }
        match self.end {
            StreamEnd::Reset(code) => write_frame(out, RST_STREAM, 0, stream, &code.to_be_bytes())?,
            StreamEnd::GoAway => {
                let payload = [stream.to_be_bytes(), 0u32.to_be_bytes()].concat();
                write_frame(out, GOAWAY, 0, 0, &payload)?;
            }
            StreamEnd::EndStream | StreamEnd::Close => {}
        }
        out.flush()
    }

    fn write_response(&self, out: &mut impl Write, stream: u32, status: u16) -> io::Result<()> {
        let end_stream = if self.end == StreamEnd::EndStream { END_STREAM } else { 0 };
        if self.body.is_empty() {
            write_frame(out, HEADERS, END_HEADERS | end_stream, stream, &self.header_block(status))
        } else {
            write_frame(out, HEADERS, END_HEADERS, stream, &self.header_block(status))?;
            write_frame(out, DATA, end_stream, stream, &self.body)
        }
    }

    fn closes_connection(&self) -> bool {
        matches!(self.end, StreamEnd::GoAway | StreamEnd::Close)
    }
}

fn push_text(block: &mut Vec<u8>, text: &str) {
    block.push(u8::try_from(text.len()).expect("a short text"));
    block.extend_from_slice(text.as_bytes());
}

/// Starts a server that responds to each request with the result of a function.
pub fn serve(
    mut config: ServerConfig,
    respond: impl Fn() -> Http2Response + Send + Sync + 'static,
) -> Server {
    config.alpn_protocols = vec![b"h2".to_vec()];
    let config = Arc::new(config);
    Server::raw(move |connection| {
        // The client may close the connection at any time.
        drop(serve_connection(connection, Arc::clone(&config), &respond));
    })
}

fn serve_connection(
    mut socket: &TcpStream,
    config: Arc<ServerConfig>,
    respond: &dyn Fn() -> Http2Response,
) -> io::Result<()> {
    let mut tls = ServerConnection::new(config).map_err(io::Error::other)?;
    let mut stream = Stream::new(&mut tls, &mut socket);
    stream.read_exact(&mut [0; PREFACE_LEN])?;
    write_frame(&mut stream, SETTINGS, 0, 0, &[])?;
    loop {
        let (kind, flags, id, payload) = read_frame(&mut stream)?;
        match kind {
            SETTINGS if flags & ACK == 0 => write_frame(&mut stream, SETTINGS, ACK, 0, &[])?,
            PING if flags & ACK == 0 => write_frame(&mut stream, PING, ACK, 0, &payload)?,
            HEADERS | DATA if flags & END_STREAM != 0 => {
                let response = respond();
                response.write(&mut stream, id)?;
                if response.closes_connection() {
                    return socket.shutdown(Shutdown::Write);
                }
            }
            _ => {}
        }
    }
}

fn write_frame(out: &mut impl Write, kind: u8, flags: u8, stream: u32, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len()).expect("a short payload").to_be_bytes();
    out.write_all(&length[1..])?;
    out.write_all(&[kind, flags])?;
    out.write_all(&stream.to_be_bytes())?;
    out.write_all(payload)
}

fn read_frame(input: &mut impl Read) -> io::Result<(u8, u8, u32, Vec<u8>)> {
    let mut head = [0; 9];
    input.read_exact(&mut head)?;
    let [a, b, c, kind, flags, id @ ..] = head;
    let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
    input.read_exact(&mut payload)?;
    Ok((kind, flags, u32::from_be_bytes(id), payload))
}
