//! Creates, lists and reads tasks with the generated client.
//!
//! Run it with `cargo run -p todo-example`: it starts a Todo server on loopback.

use todo_example::server::{Server, TOKEN};
use todo_example::todo::error::GetTaskError;
use todo_example::todo::runtime::types::{Body, Timestamp};
use todo_example::todo::types::{
    AttachFileInput, CreateTaskInput, ListTasksInput, Place, Priority, Reminder,
};
use todo_example::todo::{Client, SetOptional};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::start().await?;

    // A token is sent over plain HTTP to this machine only. In a service mesh that encrypts by itself, add
    // `.allow_secrets_over_http(true)`.
    let client = Client::builder().endpoint_url(server.url()).token(TOKEN).build()?;

    let shop = Reminder::Place(Place::new("supermarket").radius(200));
    let milk = CreateTaskInput::new("Buy milk").priority(Priority::High).reminder(shop);
    let milk = client.create_task(milk).await?.task;
    let morning: Timestamp = "2026-12-24T08:00:00Z".parse()?;
    client.create_task(CreateTaskInput::new("Wrap gifts").reminder(Reminder::Time(morning))).await?;
    client.create_task(CreateTaskInput::new("Clean the window").priority(Priority::Low)).await?;

    // Each page has the token of the next one.
    let mut next_token = None;
    loop {
        let input = ListTasksInput::new().page_size(2).set_optional(next_token, ListTasksInput::next_token);
        let page = client.list_tasks(input).await?;
        for task in page.tasks {
            println!("{}: {}, priority {}", task.id, task.title, task.priority);
            match task.reminder {
                Some(Reminder::Time(time)) => println!("   at {time}"),
                Some(Reminder::Place(place)) => println!("   near the {}", place.name),
                _ => {}
            }
        }
        next_token = page.next_token;
        if next_token.is_none() {
            break;
        }
    }

    // `Body::from_path` sends a file, `Body::stream` a stream.
    let note = Body::from("Oat milk, two liters");
    let file = client.attach_file(AttachFileInput::new(milk.id, "note.txt", note)).await?.file;
    println!("attached {}, {} bytes", file.name, file.length);

    let Err(error) = client.get_task("17").await else {
        return Err("there should be no task 17".into());
    };
    println!("error: {error}");
    match error.service_error() {
        Some(GetTaskError::NoSuchTask(no_such_task)) => println!("   id {}", no_such_task.id),
        _ => return Err(error.into()),
    }
    Ok(())
}
