//! An HTTP/1.1 server on loopback that can misbehave in every way a test asks for.
//!
//! It is a thread for each connection and no runtime, so that a test may pause tokio's clock.

mod answer;
mod request;

pub use answer::Answer;
pub use request::Request;

use socket2::{Domain, SockRef, Socket, Type};
use std::io::{BufReader, Read};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// A server on a port of its own. It is shut down when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    record: Arc<Mutex<Record>>,
    listening: Option<JoinHandle<()>>,
}

/// What a server has seen.
#[derive(Debug, Default)]
struct Record {
    requests: Vec<Request>,
    connections: Vec<TcpStream>,
    accepted: usize,
    closing: bool,
}

impl Server {
    /// Answers each request with what a function gives for it.
    pub fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let record = Arc::new(Mutex::new(Record::default()));
        let listening = {
            let (record, answer) = (Arc::clone(&record), Arc::new(answer));
            std::thread::spawn(move || listen(&listener, &record, &answer))
        };
        Self { address, record, listening: Some(listening) }
    }

    /// Gives the answers in order, then the last of them again and again.
    pub fn script(answers: impl IntoIterator<Item = Answer>) -> Self {
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
    pub fn always(answer: Answer) -> Self {
        Self::script([answer])
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.record).requests.clone()
    }

    /// How many connections were made to it so far.
    pub fn connections(&self) -> usize {
        lock(&self.record).accepted
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        lock(&self.record).closing = true;
        // Wakes the thread that waits for a connection.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.listening.take() {
            drop(thread.join());
        }
        for connection in &lock(&self.record).connections {
            drop(connection.shutdown(Shutdown::Both));
        }
    }
}

/// A port on loopback that refuses connections for as long as this is kept.
#[derive(Debug)]
pub struct RefusingPort(Socket);

impl RefusingPort {
    /// Takes a free port, and does not listen on it.
    pub fn new() -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket can be made");
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).expect("loopback has a free port");
        Self(socket)
    }

    /// Where connections are refused.
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

fn listen<A>(listener: &TcpListener, record: &Arc<Mutex<Record>>, answer: &Arc<A>)
where
    A: Fn(&Request) -> Answer + Send + Sync + 'static,
{
    for connection in listener.incoming() {
        let connection = connection.expect("a connection can be accepted");
        let mut guard = lock(record);
        if guard.closing {
            return;
        }
        guard.accepted += 1;
        guard.connections.push(connection.try_clone().expect("a socket can be shared"));
        let (record, answer) = (Arc::clone(record), Arc::clone(answer));
        std::thread::spawn(move || serve(connection, &record, answer.as_ref()));
    }
}

/// Serves a connection until the client or an answer ends it.
fn serve(connection: TcpStream, record: &Mutex<Record>, answer: &dyn Fn(&Request) -> Answer) {
    let mut reader = BufReader::new(&connection);
    while let Some(request) = Request::read(&mut reader) {
        lock(record).requests.push(request.clone());
        let end = answer(&request).write(&connection);
        match end {
            End::KeepAlive => continue,
            End::Close => drop(connection.shutdown(Shutdown::Both)),
            End::Reset => reset(&connection, record),
            // Waits for the client to leave, or for the server to be dropped.
            End::Hang => drop(reader.read(&mut [0])),
        }
        return;
    }
}

/// Drops the connection so that the client is told of a reset. The last handle to a socket decides how it
/// is closed, so the one kept in the record goes first.
fn reset(connection: &TcpStream, record: &Mutex<Record>) {
    let linger = SockRef::from(connection).set_linger(Some(Duration::ZERO));
    linger.expect("a socket can be told how to close");
    let peer = connection.peer_addr().ok();
    lock(record).connections.retain(|kept| kept.peer_addr().ok() != peer);
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
