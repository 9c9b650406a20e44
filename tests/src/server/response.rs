//! What the server answers, well or badly.

use super::End;
use std::io::{self, Write};

/// One answer of a server.
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
    /// How many bytes more are announced than sent.
    missing: usize,
}

impl ScriptedResponse {
    /// A response with a status, whole and well formed.
    pub fn new(status: u16) -> Self {
        let response = Response { status, headers: Vec::new(), body: Vec::new(), chunked: false, missing: 0 };
        Self { content: Content::Response(response), end: End::KeepAlive }
    }

    /// A response with a JSON body.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status).header("content-type", "application/json").body(body)
    }

    /// These bytes, and the end of the connection.
    pub fn raw(text: &'static str) -> Self {
        Self { content: Content::Raw(text), end: End::Close }
    }

    /// These bytes, and a reset of the connection.
    pub fn raw_then_reset(text: &'static str) -> Self {
        Self { end: End::Reset, ..Self::raw(text) }
    }

    /// These bytes, and nothing after them: the connection stays open.
    pub fn raw_then_hang(text: &'static str) -> Self {
        Self { end: End::Hang, ..Self::raw(text) }
    }

    /// No response: the connection stays open.
    pub fn silence() -> Self {
        Self { end: End::Hang, ..Self::raw("") }
    }

    /// No response: the connection is reset.
    pub fn reset() -> Self {
        Self { end: End::Reset, ..Self::raw("") }
    }

    /// No response: the connection is closed.
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

    /// Sends the body in chunks, without saying how long it is.
    pub fn chunked(self) -> Self {
        self.map(|response| response.chunked = true)
    }

    /// Announces more than the body, and closes the connection after it.
    pub fn then_close(self) -> Self {
        Self { end: End::Close, ..self.map(|response| response.missing = 100) }
    }

    /// Announces more than the body, and resets the connection after it.
    pub fn then_reset(self) -> Self {
        Self { end: End::Reset, ..self.map(|response| response.missing = 100) }
    }

    /// Announces more than the body, and sends nothing after it.
    pub fn then_hang(self) -> Self {
        Self { end: End::Hang, ..self.map(|response| response.missing = 100) }
    }

    fn map(mut self, change: impl FnOnce(&mut Response)) -> Self {
        match &mut self.content {
            Content::Response(response) => change(response),
            Content::Raw(_) => panic!("this answer is no response"),
        }
        self
    }

    /// Writes the answer. A client that has gone does not get the rest of it.
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
