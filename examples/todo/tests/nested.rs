//! The client as a module at another place of a crate, twice in it.

mod outer {
    pub(crate) mod inner {
        farrier_runtime::include_client!("todo");
    }
}

mod other {
    farrier_runtime::include_client!("todo");
}

#[test]
fn a_client_works_as_a_module_anywhere_in_a_crate() {
    let client = outer::inner::todo::Client::builder().endpoint_url("http://127.0.0.1:1").build();
    assert!(client.is_ok());
    assert!(other::todo::Client::builder().build().is_err());
}
