//! Responses of the server, valid or not.

use super::End;
use std::io::{self, Write};

/// A response of a [`Server`](super::Server), valid or not.
#[derive(Clone, Debug)]
pub struct ScriptedResponse {
    content: Content,
    end: End,
}

#[derive(Clone, Debug)]
enum Content {
    Response(Response),
    Raw(&'static str),
}

#[derive(Clone, Debug)]
struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    chunked: bool,
    /// The number of announced bytes that are not sent.
    missing: usize,
}

impl ScriptedResponse {
    /// Creates a valid response with a status and no body.
    pub fn new(status: u16) -> Self {
        let response = Response { status, headers: Vec::new(), body: Vec::new(), chunked: false, missing: 0 };
        Self { content: Content::Response(response), end: End::KeepAlive }
    }

    /// Creates a valid response with a JSON body.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status).header("content-type", "application/json").body(body)
    }

    /// Sends these bytes and closes the connection.
    pub fn raw(text: &'static str) -> Self {
        Self { content: Content::Raw(text), end: End::Close }
    }

    /// Sends these bytes and resets the connection.
    pub fn raw_then_reset(text: &'static str) -> Self {
        Self { end: End::Reset, ..Self::raw(text) }
    }

    /// Sends these bytes, then nothing. The connection stays open.
    pub fn raw_then_hang(text: &'static str) -> Self {
        Self { end: End::Hang, ..Self::raw(text) }
    }

    /// Sends these bytes, then a space every few milliseconds.
    pub fn raw_then_trickle(text: &'static str) -> Self {
        Self { end: End::Trickle, ..Self::raw(text) }
    }

    /// Sends nothing. The connection stays open.
    pub fn hang() -> Self {
        Self { end: End::Hang, ..Self::raw("") }
    }

    /// Resets the connection without a response.
    pub fn reset() -> Self {
        Self { end: End::Reset, ..Self::raw("") }
    }

    /// Closes the connection without a response.
    pub fn close() -> Self {
        Self::raw("")
    }

    /// Adds a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.map(|response| response.headers.push((name.to_owned(), value.to_owned())))
    }

    /// Sets the body.
    pub fn body(self, body: impl Into<Vec<u8>>) -> Self {
        self.map(|response| response.body = body.into())
    }

    /// Sends the body with chunked transfer encoding.
    pub fn chunked(self) -> Self {
        self.map(|response| response.chunked = true)
    }

    /// Truncates the response: announces a longer body and closes the connection after the actual one.
    pub fn then_close(self) -> Self {
        Self { end: End::Close, ..self.map(|response| response.missing = 100) }
    }

    /// Truncates the response: announces a longer body and resets the connection after the actual one.
    pub fn then_reset(self) -> Self {
        Self { end: End::Reset, ..self.map(|response| response.missing = 100) }
    }

    /// Truncates the response: announces a longer body and sends nothing after the actual one.
    pub fn then_hang(self) -> Self {
        Self { end: End::Hang, ..self.map(|response| response.missing = 100) }
    }

    /// Announces a body that is a megabyte longer, and sends a space of it every few milliseconds.
    pub fn then_trickle(self) -> Self {
        Self { end: End::Trickle, ..self.map(|response| response.missing = 1 << 20) }
    }

    fn map(mut self, change: impl FnOnce(&mut Response)) -> Self {
        match &mut self.content {
            Content::Response(response) => change(response),
            Content::Raw(_) => panic!("a raw response has no status, headers or body"),
        }
        self
    }

    /// Writes the response. Errors are ignored: the client may have disconnected.
    pub(super) fn write(&self, mut connection: impl Write) -> End {
        let written = match &self.content {
            Content::Response(response) => response.write(io::BufWriter::new(connection)),
            Content::Raw(text) => connection.write_all(text.as_bytes()),
        };
        match written {
            Ok(()) => self.end,
            Err(_) => End::Close,
        }
    }
}

impl Response {
    fn write(&self, mut out: impl Write) -> io::Result<()> {
        write!(out, "HTTP/1.1 {} Status\r\n", self.status)?;
        for (name, value) in &self.headers {
            write!(out, "{name}: {value}\r\n")?;
        }
        if self.chunked {
            out.write_all(b"transfer-encoding: chunked\r\n\r\n")?;
            self.write_chunks(&mut out)?;
        } else {
            write!(out, "content-length: {}\r\n\r\n", self.body.len() + self.missing)?;
            out.write_all(&self.body)?;
        }
        out.flush()
    }

    fn write_chunks(&self, out: &mut impl Write) -> io::Result<()> {
        for chunk in self.body.chunks(60_000) {
            write!(out, "{:x}\r\n", chunk.len())?;
            out.write_all(chunk)?;
            out.write_all(b"\r\n")?;
        }
        match self.missing {
            0 => out.write_all(b"0\r\n\r\n"),
            missing => write!(out, "{missing:x}\r\n"),
        }
    }
}
