//! A Todo server on loopback, which keeps its tasks in memory.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

/// The bearer token that the server accepts.
pub const TOKEN: &str = "token-of-the-example";

/// A server on a free port. Shut down on drop.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    accepting: JoinHandle<()>,
}

impl Server {
    /// Starts a server without tasks.
    ///
    /// # Errors
    /// Returns an error if no port is free.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let state = Arc::default();
        let accepting = tokio::spawn(accept(listener, Arc::clone(&state)));
        Ok(Self { address, state, accepting })
    }

    /// Returns the URL of the server.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Responds with `TooManyTasks` to the next requests that create a task.
    pub fn throttle(&self, requests: u32) {
        lock(&self.state).throttled = requests;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>) {
    // Dropped with this future, which closes the connections.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let state = Arc::clone(&state);
        let service = service_fn(move |request| respond(request, Arc::clone(&state)));
        connections.spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        while connections.try_join_next().is_some() {}
    }
}

async fn respond(
    request: Request<Incoming>,
    state: Arc<Mutex<State>>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let (status, error, body) = match lock(&state).handle(&head, &body) {
        Ok((status, body)) => (status, None, body),
        Err(ServiceError(status, name, body)) => (status, Some(name), body),
    };
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(name) = error {
        response.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(name));
    }
    Ok(response)
}

/// The status and body of a response.
type Outcome = Result<(StatusCode, Value), ServiceError>;

/// The status, name and body of an error.
struct ServiceError(StatusCode, &'static str, Value);

#[derive(Debug, Default)]
struct State {
    tasks: BTreeMap<usize, Value>,
    last_id: usize,
    /// The ids of created tasks, by the idempotency token of the request.
    created: BTreeMap<String, usize>,
    throttled: u32,
}

impl State {
    fn handle(&mut self, head: &Parts, body: &[u8]) -> Outcome {
        let token = head.headers.get(AUTHORIZATION).map(HeaderValue::as_bytes);
        if token != Some(format!("Bearer {TOKEN}").as_bytes()) {
            return Err(ServiceError(StatusCode::UNAUTHORIZED, "AccessDenied", json!({})));
        }
        let path: Vec<_> = head.uri.path().split('/').skip(1).map(decode).collect();
        let path: Vec<_> = path.iter().map(String::as_str).collect();
        match (head.method.as_str(), &path[..]) {
            ("POST", ["tasks"]) => self.create(&parse(body)?),
            ("GET", ["tasks"]) => self.list(&query(head)),
            ("GET", ["tasks", id]) => Ok((StatusCode::OK, json!({ "task": self.task(id)? }))),
            ("PATCH", ["tasks", id]) => update(self.task(id)?, &parse(body)?),
            ("DELETE", ["tasks", id]) => self.delete(id),
            ("PUT", ["tasks", id, "files", name]) if head.headers.contains_key(CONTENT_LENGTH) => {
                attach(self.task(id)?, name, body.len())
            }
            _ => Err(ServiceError(StatusCode::BAD_REQUEST, "UnknownOperation", json!({}))),
        }
    }

    fn create(&mut self, input: &Value) -> Outcome {
        if self.throttled > 0 {
            self.throttled -= 1;
            let body = json!({ "message": "create tasks more slowly" });
            return Err(ServiceError(StatusCode::TOO_MANY_REQUESTS, "TooManyTasks", body));
        }
        let token = input["clientToken"].as_str().unwrap_or_default();
        if let Some(task) = self.created.get(token).and_then(|id| self.tasks.get(id)) {
            return Ok((StatusCode::CREATED, json!({ "task": task })));
        }
        let id = self.last_id + 1;
        let mut task = json!({ "id": id.to_string(), "priority": "normal", "done": false });
        change(&mut task, input)?;
        self.last_id = id;
        self.tasks.insert(id, task.clone());
        if !token.is_empty() {
            self.created.insert(token.to_owned(), id);
        }
        Ok((StatusCode::CREATED, json!({ "task": task })))
    }

    fn list(&self, query: &BTreeMap<&str, String>) -> Outcome {
        let number = |name| query.get(name).and_then(|value| value.parse().ok());
        let start = number("nextToken").unwrap_or(0);
        let page_size = number("pageSize").unwrap_or(20).clamp(1, 100);
        let priority = query.get("priority");
        let selected = |task: &Value| priority.is_none_or(|priority| task["priority"] == **priority);
        let mut rest = self.tasks.range(start..).filter(|(_, task)| selected(task));
        let page: Vec<_> = rest.by_ref().take(page_size).map(|(_, task)| task).collect();
        let next_token = rest.next().map(|(id, _)| id.to_string());
        Ok((StatusCode::OK, json!({ "tasks": page, "nextToken": next_token })))
    }

    fn delete(&mut self, id: &str) -> Outcome {
        if let Ok(id) = id.parse() {
            self.tasks.remove(&id);
        }
        Ok((StatusCode::NO_CONTENT, Value::Null))
    }

    fn task(&mut self, id: &str) -> Result<&mut Value, ServiceError> {
        let body = json!({ "id": id, "message": format!("there is no task {id}") });
        let task = id.parse().ok().and_then(|id| self.tasks.get_mut(&id));
        task.ok_or(ServiceError(StatusCode::NOT_FOUND, "NoSuchTask", body))
    }
}

fn update(task: &mut Value, input: &Value) -> Outcome {
    change(task, input)?;
    Ok((StatusCode::OK, json!({ "task": task })))
}

/// Copies the members of the input to the task, if its title will be valid.
fn change(task: &mut Value, input: &Value) -> Result<(), ServiceError> {
    let title = input.get("title").unwrap_or(&task["title"]).as_str().unwrap_or_default();
    if !(1..=200).contains(&title.chars().count()) {
        let body = json!({ "member": "title", "message": "a title has 1 to 200 characters" });
        return Err(ServiceError(StatusCode::BAD_REQUEST, "InvalidTask", body));
    }
    for member in ["title", "priority", "done", "reminder"] {
        if let Some(value) = input.get(member) {
            task[member] = value.clone();
        }
    }
    Ok(())
}

/// Stores the length of a file.
fn attach(task: &mut Value, name: &str, length: usize) -> Outcome {
    let file = json!({ "name": name, "length": length });
    let mut files = task["files"].as_array().cloned().unwrap_or_default();
    files.retain(|file| file["name"] != name);
    files.push(file.clone());
    task["files"] = files.into();
    Ok((StatusCode::OK, json!({ "file": file })))
}

fn parse(body: &[u8]) -> Result<Value, ServiceError> {
    let invalid = |_| ServiceError(StatusCode::BAD_REQUEST, "SerializationException", json!({}));
    serde_json::from_slice(body).map_err(invalid)
}

fn query(head: &Parts) -> BTreeMap<&str, String> {
    let pairs = head.uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name, decode(value))).collect()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
