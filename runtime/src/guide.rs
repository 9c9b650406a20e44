//! Guide to generated clients. The examples use the generated crate `signin_client`. Generated crates re-export
//! this crate as `runtime`: `farrier_runtime::client` is `signin_client::runtime::client`.

pub mod configuration {
    #![doc = include_str!("guide/configuration.md")]
}

pub mod requests {
    #![doc = include_str!("guide/requests.md")]
}

pub mod errors {
    #![doc = include_str!("guide/errors.md")]
}

pub mod retries {
    #![doc = include_str!("guide/retries.md")]
}

pub mod limits {
    #![doc = include_str!("guide/limits.md")]
}

pub mod authentication {
    #![doc = include_str!("guide/authentication.md")]
}

pub mod plain_text {
    #![doc = include_str!("guide/plain_text.md")]
}

pub mod hooks {
    #![doc = include_str!("guide/hooks.md")]
}

pub mod testing {
    #![doc = include_str!("guide/testing.md")]
}

pub mod transport {
    #![doc = include_str!("guide/transport.md")]
}

pub mod troubleshooting {
    #![doc = include_str!("guide/troubleshooting.md")]
}

pub mod comparison {
    #![doc = include_str!("guide/comparison.md")]
}

pub mod model_changes {
    #![doc = include_str!("guide/model_changes.md")]
}

pub mod without_io {
    #![doc = include_str!("guide/without_io.md")]
}
