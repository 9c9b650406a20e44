//! A connection that measures throughput, and finds responses that are sent before the request is read.

use super::progress::{self, set_response_early};
use std::time::Duration;
use ureq::Error;
use ureq::unversioned::transport::{Buffers, NextTimeout, Transport, time};

/// The wait for a response after sending has failed. It has arrived by then.
const EARLY_RESPONSE_WAIT: Duration = Duration::from_millis(10);

/// A connection within the limits of the exchange that is running on the current thread.
///
/// If the request cannot be sent but there is a response, it is the outcome: a server may reject a request
/// before it has read its body
/// ([RFC 9112, section 9.5](https://www.rfc-editor.org/rfc/rfc9112#section-9.5)).
#[derive(Debug)]
pub(super) struct Exchange<T> {
    connection: T,
    /// True if sending has failed.
    is_send_closed: bool,
    /// True if an early response is in the input buffer.
    has_early_input: bool,
}

impl<T: Transport> Exchange<T> {
    pub(super) fn new(connection: T) -> Self {
        Self { connection, is_send_closed: false, has_early_input: false }
    }

    fn receive(&mut self, timeout: NextTimeout) -> Result<usize, Error> {
        let before = self.connection.buffers().input().len();
        match self.connection.await_input(timeout)? {
            false => Ok(0),
            true => Ok(self.connection.buffers().input().len().saturating_sub(before)),
        }
    }

    /// Returns true if a part of a response has arrived.
    fn has_response(&mut self) -> bool {
        let wait =
            NextTimeout { after: time::Duration::Exact(EARLY_RESPONSE_WAIT), ..NextTimeout::default() };
        !self.connection.buffers().input().is_empty() || self.receive(wait).is_ok_and(|bytes| bytes > 0)
    }
}

impl<T: Transport> Transport for Exchange<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.connection.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if self.is_send_closed {
            return Ok(());
        }
        let sent =
            progress::send(timeout, amount, |timeout| self.connection.transmit_output(amount, timeout));
        if sent.is_ok() || !self.has_response() {
            return sent;
        }
        (self.is_send_closed, self.has_early_input) = (true, true);
        set_response_early();
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        if std::mem::take(&mut self.has_early_input) {
            return Ok(true);
        }
        progress::receive(timeout, |timeout| self.receive(timeout)).map(|bytes| bytes > 0)
    }

    fn is_open(&mut self) -> bool {
        !self.is_send_closed && self.connection.is_open()
    }

    fn is_tls(&self) -> bool {
        self.connection.is_tls()
    }
}
