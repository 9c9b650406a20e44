//! The generated client against the server, and with a mock.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::path::Path;
use std::process::Command;
use std::time::Duration;
use todo_example::server::{Server, TOKEN};
use todo_example::todo::error::{AttachFileError, CreateTaskError, GetTaskError, UpdateTaskError};
use todo_example::todo::operation::{CreateTask, GetTask};
use todo_example::todo::runtime::client::Retries;
use todo_example::todo::runtime::testing::{MockError, MockTransport};
use todo_example::todo::runtime::types::{Body, Timestamp};
use todo_example::todo::types::*;
use todo_example::todo::{AnyError, Client, ErrorKind, SetOptional};

/// Starts a server, and returns it with a client that retries without delay.
async fn start() -> (Server, Client) {
    let server = Server::start().await.unwrap();
    let client = client(&server, TOKEN);
    (server, client)
}

fn client(server: &Server, token: &'static str) -> Client {
    Client::builder().endpoint_url(server.url()).token(token).retries(without_delay()).build().unwrap()
}

fn client_of_mock(mock: &MockTransport) -> Client {
    let builder = Client::builder().endpoint_url("https://todo.example").token(TOKEN);
    builder.transport(mock.clone()).retries(without_delay()).build().unwrap()
}

fn without_delay() -> Retries {
    Retries::standard().max_backoff(Duration::ZERO)
}

async fn create(client: &Client, input: impl Into<CreateTaskInput>) -> Task {
    client.create_task(input).await.unwrap().task
}

#[tokio::test]
async fn creates_a_task_with_defaults_of_the_service() {
    let (_server, client) = start().await;
    let created = create(&client, "Buy milk").await;
    assert_eq!(created, Task::new("1", "Buy milk", Priority::Normal, false));
    assert_eq!(client.get_task("1").await.unwrap().task, created);
}

#[tokio::test]
async fn stores_each_kind_of_reminder() {
    let (_server, client) = start().await;
    let time = Reminder::Time(Timestamp::from_secs_and_nanos(1_798_099_200, 500_000_000));
    let place = Reminder::Place(Place::new("Café „Ö“").radius(200));
    for reminder in [time, place] {
        let task = create(&client, CreateTaskInput::new("Meet").reminder(reminder.clone())).await;
        let read = client.get_task(task.id).await.unwrap().task;
        assert_eq!(read.reminder, Some(reminder));
    }
}

#[tokio::test]
async fn updates_only_members_that_are_set() {
    let (_server, client) = start().await;
    let task = create(&client, CreateTaskInput::new("Buy milk").priority(Priority::High)).await;
    let updated = client.update_task(UpdateTaskInput::new(task.id).done(true)).await.unwrap().task;
    assert_eq!(updated, Task::new("1", "Buy milk", Priority::High, true));
}

#[tokio::test]
async fn deletes_a_task_also_if_it_is_gone() {
    let (_server, client) = start().await;
    let task = create(&client, "Buy milk").await;
    client.delete_task(task.id.as_str()).await.unwrap();
    let error = client.get_task(task.id.as_str()).await.unwrap_err();
    assert!(matches!(error.service_error(), Some(GetTaskError::NoSuchTask(_))), "{error}");
    client.delete_task(task.id.as_str()).await.unwrap();
}

/// Returns the titles of all pages.
async fn titles(client: &Client, input: ListTasksInput) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut next_token = None;
    loop {
        let input = input.clone().set_optional(next_token, ListTasksInput::next_token);
        let page = client.list_tasks(input).await.unwrap();
        pages.push(page.tasks.into_iter().map(|task| task.title).collect());
        next_token = page.next_token;
        if next_token.is_none() {
            return pages;
        }
    }
}

#[tokio::test]
async fn lists_all_pages() {
    let (_server, client) = start().await;
    assert_eq!(titles(&client, ListTasksInput::new()).await, [[""; 0]]);
    for title in ["a", "b", "c", "d", "e"] {
        client.create_task(title).await.unwrap();
    }
    let pages = titles(&client, ListTasksInput::new().page_size(2)).await;
    assert_eq!(pages, [&["a", "b"][..], &["c", "d"], &["e"]]);
    assert_eq!(titles(&client, ListTasksInput::new()).await, [["a", "b", "c", "d", "e"]]);
}

#[tokio::test]
async fn lists_tasks_of_one_priority() {
    let (_server, client) = start().await;
    for (title, priority) in [("a", Priority::High), ("b", Priority::Low), ("c", Priority::High)] {
        client.create_task(CreateTaskInput::new(title).priority(priority)).await.unwrap();
    }
    let input = ListTasksInput::new().priority(Priority::High).page_size(1);
    assert_eq!(titles(&client, input).await, [["a"], ["c"]]);
}

#[tokio::test]
async fn keeps_a_priority_that_the_model_does_not_have() {
    let (_server, client) = start().await;
    let created = create(&client, CreateTaskInput::new("Put out the fire").priority("very urgent")).await;
    assert!(matches!(created.priority, Priority::Unknown(_)));
    assert_eq!(created.priority.as_str(), "very urgent");

    let copy =
        create(&client, CreateTaskInput::new("Open the window").priority(created.priority.clone())).await;
    assert_eq!(copy.priority, created.priority);
    let listed = titles(&client, ListTasksInput::new().priority(created.priority)).await;
    assert_eq!(listed, [["Put out the fire", "Open the window"]]);
}

#[tokio::test]
async fn uploads_a_file_of_several_megabytes() {
    const LENGTH: usize = 5_000_000;
    let (_server, client) = start().await;
    let task = create(&client, "Look at pictures").await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), vec![7; LENGTH]).unwrap();

    let content = Body::from_path(file.path()).unwrap();
    let input = AttachFileInput::new(task.id.as_str(), "pictures/summer 100%.zip", content);
    let attached = client.attach_file(input).await.unwrap().file;
    assert_eq!(attached, File::new("pictures/summer 100%.zip", LENGTH as i64));
    let read = client.get_task(task.id).await.unwrap().task;
    assert_eq!(read.files, Some(vec![attached]));
}

#[tokio::test]
async fn replaces_a_file_of_the_same_name() {
    let (_server, client) = start().await;
    let task = create(&client, "Read").await;
    for text in ["the first text", "the next"] {
        client.attach_file(AttachFileInput::new(task.id.as_str(), "text", text)).await.unwrap();
    }
    let read = client.get_task(task.id).await.unwrap().task;
    assert_eq!(read.files, Some(vec![File::new("text", 8)]));
}

#[tokio::test]
async fn reports_a_missing_task_as_typed_error() {
    let (_server, client) = start().await;
    let missing = NoSuchTask::new("there is no task 17", "17");

    let error = client.get_task("17").await.unwrap_err();
    assert_eq!(error.service_error(), Some(&GetTaskError::NoSuchTask(missing.clone())));
    assert_eq!(error.to_string(), "GetTask: NoSuchTask: there is no task 17 (HTTP 404)");
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));

    let error = client.update_task(UpdateTaskInput::new("17").done(true)).await.unwrap_err();
    assert_eq!(error.service_error(), Some(&UpdateTaskError::NoSuchTask(missing.clone())));

    let error = client.attach_file(AttachFileInput::new("17", "text", "a text")).await.unwrap_err();
    assert_eq!(error.service_error(), Some(&AttachFileError::NoSuchTask(missing)));
}

#[tokio::test]
async fn reports_an_invalid_task_as_typed_error() {
    let (_server, client) = start().await;
    let invalid = InvalidTask::new("a title has 1 to 200 characters", "title");

    let error = client.create_task("").await.unwrap_err();
    assert_eq!(error.service_error(), Some(&CreateTaskError::InvalidTask(invalid.clone())));

    let task = create(&client, "Buy milk").await;
    let error = client.update_task(UpdateTaskInput::new(task.id).title("x".repeat(201))).await.unwrap_err();
    assert_eq!(error.service_error(), Some(&UpdateTaskError::InvalidTask(invalid)));
}

#[tokio::test]
async fn retries_after_throttling() {
    let (server, client) = start().await;
    server.throttle(1);
    let response = client.create_task("Buy milk").with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 2);
    assert_eq!(response.output.task.title, "Buy milk");
}

#[tokio::test]
async fn reports_throttling_as_typed_error_after_three_attempts() {
    let (server, client) = start().await;
    server.throttle(3);
    let error = client.create_task("Buy milk").await.unwrap_err();
    let throttled = TooManyTasks::new("create tasks more slowly");
    assert_eq!(error.service_error(), Some(&CreateTaskError::TooManyTasks(throttled)));
    assert_eq!((error.attempts(), error.is_retryable()), (3, true));
    assert_eq!(titles(&client, ListTasksInput::new()).await, [[""; 0]]);
}

#[tokio::test]
async fn creates_one_task_per_idempotency_token() {
    let (_server, client) = start().await;
    let with_token = CreateTaskInput::new("Buy milk").client_token("token-1");
    let first = create(&client, with_token.clone()).await;
    assert_eq!(create(&client, with_token).await, first);
    assert_ne!(create(&client, "Buy milk").await.id, create(&client, "Buy milk").await.id);
}

#[tokio::test]
async fn a_call_without_token_sends_nothing() {
    let mock = MockTransport::new();
    let client =
        Client::builder().endpoint_url("https://todo.example").transport(mock.clone()).build().unwrap();
    let error = client.get_task("1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert_eq!(mock.requests().len(), 0);
}

#[tokio::test]
async fn reports_a_wrong_token_as_error_that_no_operation_declares() {
    let (server, _) = start().await;
    let error = client(&server, "wrong").get_task("1").await.unwrap_err();
    assert_eq!((error.kind(), error.service_error()), (ErrorKind::Service, None));
    assert_eq!(
        (error.code(), error.status().map(|status| status.as_u16())),
        (Some("AccessDenied"), Some(401))
    );
}

#[tokio::test]
async fn sends_a_token_in_a_mesh_without_tls_only_if_allowed() {
    let mock = MockTransport::new().on::<GetTask>(|input| {
        Ok(GetTaskOutput::new(Task::new(input.id.as_str(), "Buy milk", Priority::Low, false)))
    });
    let builder = || Client::builder().endpoint_url("http://todo.mesh").token(TOKEN).transport(mock.clone());

    let error = builder().build().unwrap().get_task("1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert_eq!(mock.requests().len(), 0);

    builder().allow_secrets_over_http(true).build().unwrap().get_task("1").await.unwrap();
    let authorization = format!("Bearer {TOKEN}");
    assert_eq!(mock.requests()[0].headers()["authorization"], authorization.as_str());
}

/// Code under test: returns the title of a task, if there is one.
async fn title(client: &Client, id: &str) -> Result<Option<String>, AnyError> {
    match client.get_task(id).await {
        Ok(output) => Ok(Some(output.task.title)),
        Err(error) if matches!(error.service_error(), Some(GetTaskError::NoSuchTask(_))) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[tokio::test]
async fn a_mock_takes_inputs_and_returns_outputs_and_errors() {
    let mock = MockTransport::new().on::<GetTask>(|input| match input.id.as_str() {
        "1" => Ok(GetTaskOutput::new(Task::new("1", "Buy milk", Priority::High, false))),
        "2" => Err(GetTaskError::NoSuchTask(NoSuchTask::new("there is no task 2", "2")).into()),
        _ => Err(MockError::undeclared(403, "Forbidden", "not yours")),
    });
    let client = client_of_mock(&mock);
    assert_eq!(title(&client, "1").await.unwrap().as_deref(), Some("Buy milk"));
    assert_eq!(title(&client, "2").await.unwrap(), None);
    assert_eq!(title(&client, "3").await.unwrap_err().code(), Some("Forbidden"));
    let ids: Vec<_> = mock.inputs::<GetTask>().into_iter().map(|input| input.id).collect();
    assert_eq!(ids, ["1", "2", "3"]);
}

#[tokio::test]
async fn retries_send_the_same_idempotency_token() {
    let throttled = CreateTaskError::TooManyTasks(TooManyTasks::new("create tasks more slowly"));
    let mock = MockTransport::new().once::<CreateTask>(|_| Err(throttled.into())).on::<CreateTask>(|input| {
        Ok(CreateTaskOutput::new(Task::new("1", input.title.as_str(), Priority::Normal, false)))
    });
    let client = client_of_mock(&mock);
    client.create_task("Buy milk").await.unwrap();
    let bodies: Vec<_> = mock.requests().iter().filter_map(|request| request.json()).collect();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0]["clientToken"].as_str().map(str::len), Some(36));
}

#[tokio::test]
async fn a_dropped_server_closes_its_connections() {
    let (server, client) = start().await;
    client.create_task("Buy milk").await.unwrap();
    drop(server);
    let error = client.get_task("1").retries(0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
}

#[test]
fn readmes_show_the_build_script_and_the_output() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file| std::fs::read_to_string(folder.join(file)).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_todo-example")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let output = format!("```text\n{}```", String::from_utf8(output.stdout).unwrap());
    let (script, library) = (read("build.rs"), read("src/lib.rs"));
    let script = script.find("fn main").map(|start| &script[start..]).unwrap();
    let include = library.lines().find(|line| line.contains("include_client!")).unwrap();
    for file in ["README.md", "../../README.md"] {
        let readme = read(file);
        for text in [output.as_str(), script, include] {
            assert!(readme.contains(text), "{file} does not contain:\n{text}");
        }
    }
}
