//! Generates the client from the model.

fn main() -> Result<(), farrier::build::Error> {
    farrier::build::Config::new().compile(&["model/todo.json"])
}
