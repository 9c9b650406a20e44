//! A Todo service: [`mod@todo`] is its generated client, [`server`] a server for tests.

pub mod server;

farrier_runtime::include_client!("todo");
