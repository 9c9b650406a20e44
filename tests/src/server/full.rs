//! A port whose queue of connections is full.

use socket2::{Domain, SockAddr, Socket, Type};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// Longer than connecting takes on loopback.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(200);

/// A port on loopback on which connecting neither succeeds nor fails.
#[derive(Debug)]
pub struct FullPort {
    listener: Socket,
    /// The connections in the queue.
    _connections: Vec<Socket>,
}

impl FullPort {
    /// Listens on a free port without accepting connections, and fills the queue.
    pub fn new() -> Self {
        let listener = socket();
        listener.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).expect("loopback has a free port");
        listener.listen(0).expect("a bound socket can listen");
        let address = listener.local_addr().expect("a bound socket has an address");
        let connections = std::iter::from_fn(|| connect(&address)).collect();
        Self { listener, _connections: connections }
    }

    /// Returns the URL of the port.
    pub fn url(&self) -> String {
        let address = self.listener.local_addr().ok().and_then(|address| address.as_socket());
        format!("http://{}", address.expect("a bound socket has an address"))
    }
}

impl Default for FullPort {
    fn default() -> Self {
        Self::new()
    }
}

fn socket() -> Socket {
    Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket can be created")
}

fn connect(address: &SockAddr) -> Option<Socket> {
    let socket = socket();
    socket.connect_timeout(address, CONNECT_TIMEOUT).ok()?;
    Some(socket)
}
