//! A port that refuses connections.

use socket2::{Domain, Socket, Type};
use std::net::{Ipv4Addr, SocketAddr};

/// A port on loopback that refuses connections until this is dropped.
#[derive(Debug)]
pub struct RefusingPort(Socket);

impl RefusingPort {
    /// Binds a free port without listening on it.
    pub fn new() -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket can be created");
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).expect("loopback has a free port");
        Self(socket)
    }

    /// Returns the URL of the port.
    pub fn url(&self) -> String {
        let address = self.0.local_addr().ok().and_then(|address| address.as_socket());
        format!("http://{}", address.expect("a bound socket has an address"))
    }
}

impl Default for RefusingPort {
    fn default() -> Self {
        Self::new()
    }
}
