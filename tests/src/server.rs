//! An HTTP/1.1 server on loopback that can also send invalid responses and break connections.
//!
//! It uses a thread per connection instead of tokio, so that tests can pause tokio's clock.

mod full;
mod refusing;
mod request;
mod response;

pub use full::FullPort;
pub use refusing::RefusingPort;
pub use request::Request;
pub use response::ScriptedResponse;

use socket2::SockRef;
use std::collections::BTreeMap;
use std::io::{self, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// The timeout for clients to close their connections.
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(60);

/// The time between two bytes of a response that trickles.
const TRICKLE_INTERVAL: Duration = Duration::from_millis(5);

/// A server on a free port. Shut down on drop.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener_thread: Option<JoinHandle<()>>,
}

/// The state shared by the threads of a server.
#[derive(Debug, Default)]
struct Shared {
    record: Mutex<Record>,
    /// Notified when a connection is closed.
    disconnected: Condvar,
}

/// The received requests and open connections.
#[derive(Debug, Default)]
struct Record {
    requests: Vec<Request>,
    discards_requests: bool,
    /// The open connections, by number.
    connections: BTreeMap<usize, TcpStream>,
    accepted: usize,
    closing: bool,
}

impl Record {
    fn close_connections(&self) {
        for connection in self.connections.values() {
            drop(connection.shutdown(Shutdown::Both));
        }
    }

    fn add(&mut self, request: &Request) {
        if !self.discards_requests {
            self.requests.push(request.clone());
        }
    }
}

impl Shared {
    fn record(&self) -> MutexGuard<'_, Record> {
        lock(&self.record)
    }
}

impl Server {
    /// Starts a server that responds to each request with the result of a function.
    pub fn start(respond: impl Fn(&Request) -> ScriptedResponse + Send + Sync + 'static) -> Self {
        Self::listen(move |connection, open| serve(connection, open, &respond))
    }

    /// Starts a server that calls a function for each connection, then reads until the client disconnects.
    pub fn raw(serve: impl Fn(&TcpStream) + Send + Sync + 'static) -> Self {
        Self::listen(move |mut connection, _| {
            serve(&connection);
            drop(io::copy(&mut connection, &mut io::sink()));
        })
    }

    fn listen(serve: impl Fn(TcpStream, &OpenConnection) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let shared = Arc::new(Shared::default());
        let listener_thread = {
            let (shared, serve) = (Arc::clone(&shared), Arc::new(serve));
            std::thread::spawn(move || listen(&listener, &shared, &serve))
        };
        Self { address, shared, listener_thread: Some(listener_thread) }
    }

    /// Stops recording requests, for tests with many of them.
    pub fn without_recording(self) -> Self {
        self.shared.record().discards_requests = true;
        self
    }

    /// Starts a server that sends the responses in order and then repeats the last one.
    pub fn script(responses: impl IntoIterator<Item = ScriptedResponse>) -> Self {
        let mut responses = responses.into_iter();
        let first = responses.next().expect("a script has a response");
        let state = Mutex::new((first, responses.collect::<Vec<_>>()));
        Self::start(move |_| {
            let (next, rest) = &mut *lock(&state);
            let response = next.clone();
            if !rest.is_empty() {
                *next = rest.remove(0);
            }
            response
        })
    }

    /// Starts a server that always sends the same response.
    pub fn always(response: ScriptedResponse) -> Self {
        Self::script([response])
    }

    /// Returns the URL, `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns an HTTPS URL of this server, `https://localhost:PORT`. The server itself does not support TLS.
    pub fn https_url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    /// Returns the requests received so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.record().requests.clone()
    }

    /// Returns the number of connections accepted so far.
    pub fn connections(&self) -> usize {
        self.shared.record().accepted
    }

    /// Closes all open connections and waits until they are closed.
    pub fn close_connections(&self) {
        self.shared.record().close_connections();
        self.wait_until_disconnected();
    }

    /// Waits until all connections are closed.
    ///
    /// # Panics
    /// Panics after a minute.
    pub fn wait_until_disconnected(&self) {
        let open = |record: &mut Record| !record.connections.is_empty();
        let waited =
            self.shared.disconnected.wait_timeout_while(self.shared.record(), DISCONNECT_TIMEOUT, open);
        let (record, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(!waited.timed_out(), "{} connections are still open", record.connections.len());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.record().closing = true;
        // Wakes the listener thread.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.listener_thread.take() {
            drop(thread.join());
        }
        self.shared.record().close_connections();
    }
}

fn listen<F>(listener: &TcpListener, shared: &Arc<Shared>, serve: &Arc<F>)
where
    F: Fn(TcpStream, &OpenConnection) + Send + Sync + 'static,
{
    for connection in listener.incoming() {
        let connection = connection.expect("a connection can be accepted");
        let mut record = shared.record();
        if record.closing {
            return;
        }
        record.accepted += 1;
        let number = record.accepted;
        record.connections.insert(number, connection.try_clone().expect("a socket can be shared"));
        let (open, serve) = (OpenConnection { shared: Arc::clone(shared), number }, Arc::clone(serve));
        std::thread::spawn(move || serve(connection, &open));
    }
}

/// An entry of an open connection in the record. Removed on drop.
struct OpenConnection {
    shared: Arc<Shared>,
    number: usize,
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.shared.record().connections.remove(&self.number);
        self.shared.disconnected.notify_all();
    }
}

/// Serves a connection until the client or a response ends it.
fn serve(connection: TcpStream, open: &OpenConnection, respond: &dyn Fn(&Request) -> ScriptedResponse) {
    let mut reader = BufReader::new(&connection);
    while let Some(request) = Request::read(&mut reader) {
        open.shared.record().add(&request);
        match respond(&request).write(&connection) {
            End::KeepAlive => continue,
            End::Close => drop(connection.shutdown(Shutdown::Write)),
            End::Reset => return reset(&connection, open),
            End::Hang => {}
            End::Trickle => return trickle(&connection),
        }
        // Waits until the client disconnects or the server is dropped.
        drop(io::copy(&mut reader, &mut io::sink()));
        return;
    }
}

/// Sends a space every few milliseconds until the client disconnects.
fn trickle(mut connection: &TcpStream) {
    connection.set_read_timeout(Some(TRICKLE_INTERVAL)).expect("a timeout can be set");
    loop {
        match connection.read(&mut [0]) {
            Ok(1..) => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            _ => return,
        }
        if connection.write_all(b" ").is_err() {
            return;
        }
    }
}

/// Closes the connection with a TCP reset. The linger option applies when the last handle to the socket is
/// closed, so the handle in the record is removed first.
fn reset(connection: &TcpStream, open: &OpenConnection) {
    let linger = SockRef::from(connection).set_linger(Some(Duration::ZERO));
    linger.expect("the linger option can be set");
    open.shared.record().connections.remove(&open.number);
}

/// The action on a connection after a response.
#[derive(Clone, Copy, Debug)]
enum End {
    KeepAlive,
    Close,
    Reset,
    Hang,
    Trickle,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
