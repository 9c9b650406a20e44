//! An HTTP/1.1 server on loopback that can misbehave in every way a test asks for.
//!
//! It is a thread for each connection and no runtime, so that a test may pause tokio's clock.

mod refusing;
mod request;
mod response;

pub use refusing::RefusingPort;
pub use request::Request;
pub use response::ScriptedResponse;

use socket2::SockRef;
use std::collections::BTreeMap;
use std::io::{self, BufReader};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// More than it takes a client to close its connections.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);

/// A server on a port of its own. It is shut down when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    listening: Option<JoinHandle<()>>,
}

/// What the threads of a server share.
#[derive(Debug, Default)]
struct Shared {
    record: Mutex<Record>,
    /// A connection has ended.
    ended: Condvar,
}

/// What a server has seen.
#[derive(Debug, Default)]
struct Record {
    requests: Vec<Request>,
    forgets_requests: bool,
    /// Those that are open, by their number.
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

    fn note(&mut self, request: &Request) {
        if !self.forgets_requests {
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
    /// Answers each request with what a function gives for it.
    pub fn start(answer: impl Fn(&Request) -> ScriptedResponse + Send + Sync + 'static) -> Self {
        Self::listen(move |connection, open| serve(connection, open, &answer))
    }

    /// Does on each connection what a function does, then reads what comes until the client leaves.
    pub fn raw(serve: impl Fn(&TcpStream) + Send + Sync + 'static) -> Self {
        Self::listen(move |mut connection, _| {
            serve(&connection);
            drop(io::copy(&mut connection, &mut io::sink()));
        })
    }

    fn listen(serve: impl Fn(TcpStream, &Open) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let shared = Arc::new(Shared::default());
        let listening = {
            let (shared, serve) = (Arc::clone(&shared), Arc::new(serve));
            std::thread::spawn(move || listen(&listener, &shared, &serve))
        };
        Self { address, shared, listening: Some(listening) }
    }

    /// Keeps no requests from now on, where there are many.
    pub fn forgetting_requests(self) -> Self {
        self.shared.record().forgets_requests = true;
        self
    }

    /// Gives the answers in order, then the last of them again and again.
    pub fn script(answers: impl IntoIterator<Item = ScriptedResponse>) -> Self {
        let mut answers = answers.into_iter();
        let state =
            Mutex::new((answers.next().expect("a script has an answer"), answers.collect::<Vec<_>>()));
        Self::start(move |_| {
            let (next, rest) = &mut *lock(&state);
            let answer = next.clone();
            if !rest.is_empty() {
                *next = rest.remove(0);
            }
            answer
        })
    }

    /// Always gives the same answer.
    pub fn always(answer: ScriptedResponse) -> Self {
        Self::script([answer])
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same, as if there were TLS: `https://localhost:PORT`.
    pub fn https_url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.record().requests.clone()
    }

    /// How many connections were made to it so far.
    pub fn connections(&self) -> usize {
        self.shared.record().accepted
    }

    /// Closes all connections that are open, and waits until they are.
    pub fn hang_up(&self) {
        self.shared.record().close_connections();
        self.wait_until_left();
    }

    /// Waits until its clients have closed all their connections.
    pub fn wait_until_left(&self) {
        let open = |record: &mut Record| !record.connections.is_empty();
        let waited = self.shared.ended.wait_timeout_while(self.shared.record(), LONG_TIMEOUT, open);
        let (record, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(!waited.timed_out(), "{} connections are still open", record.connections.len());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.record().closing = true;
        // Wakes the thread that waits for a connection.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.listening.take() {
            drop(thread.join());
        }
        self.shared.record().close_connections();
    }
}

fn listen<F>(listener: &TcpListener, shared: &Arc<Shared>, serve: &Arc<F>)
where
    F: Fn(TcpStream, &Open) + Send + Sync + 'static,
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
        let (open, serve) = (Open { shared: Arc::clone(shared), number }, Arc::clone(serve));
        std::thread::spawn(move || serve(connection, &open));
    }
}

/// A connection that is in the record until this is dropped.
struct Open {
    shared: Arc<Shared>,
    number: usize,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.shared.record().connections.remove(&self.number);
        self.shared.ended.notify_all();
    }
}

/// Serves a connection until the client or an answer ends it.
fn serve(connection: TcpStream, open: &Open, answer: &dyn Fn(&Request) -> ScriptedResponse) {
    let mut reader = BufReader::new(&connection);
    while let Some(request) = Request::read(&mut reader) {
        open.shared.record().note(&request);
        match answer(&request).write(&connection) {
            End::KeepAlive => continue,
            End::Close => drop(connection.shutdown(Shutdown::Write)),
            End::Reset => return reset(&connection, open),
            End::Hang => {}
        }
        // Waits for the client to leave, or for the server to be dropped.
        drop(io::copy(&mut reader, &mut io::sink()));
        return;
    }
}

/// Drops the connection so that the client is told of a reset. The last handle to a socket decides how it
/// is closed, so the one kept in the record goes first.
fn reset(connection: &TcpStream, open: &Open) {
    let linger = SockRef::from(connection).set_linger(Some(Duration::ZERO));
    linger.expect("a socket can be told how to close");
    open.shared.record().connections.remove(&open.number);
}

/// What becomes of a connection after an answer.
#[derive(Clone, Copy, Debug)]
enum End {
    KeepAlive,
    Close,
    Reset,
    Hang,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
