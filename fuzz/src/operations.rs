//! Operations with shapes of the snapshot models and other protocols than the models'.

use farrier_runtime::operation::{NoError, Operation};
use farrier_runtime::protocol::{RestJson1, RpcV2Cbor, RpcV2Json};
use farrier_runtime::service::{HttpBinding, OperationSchema, ServiceSchema};
use snapshot_errors::{error::FailError, operation::Fail};
use snapshot_http_bindings::{operation::Get, types::GetInput};
use snapshot_recursion::{operation::Grow, types::Tree};
use snapshot_types::{operation::Echo, types::Everything};

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident: $shape:ty, $error:ty, $like:ty, $protocol:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $name;

        impl Operation for $name {
            type Service = snapshot_types::client::Service;
            type Input = $shape;
            type Output = $shape;
            type Error = $error;
            const SCHEMA: &'static OperationSchema = &OperationSchema {
                id: "fuzz#Operation",
                service: &ServiceSchema::new("fuzz#Service", "", &$protocol),
                input: <$like>::SCHEMA.input,
                output: <$like>::SCHEMA.input,
                errors: <$like>::SCHEMA.errors,
                http: Some(HttpBinding { method: "POST", uri: "/", code: 200 }),
                traits: &[],
            };
        }
    )*};
}

operations! {
    RestTypes: Everything, NoError, Echo, RestJson1;
    RestTree: Tree, NoError, Grow, RestJson1;
    RpcJsonTypes: Everything, NoError, Echo, RpcV2Json;
    RpcJsonTree: Tree, NoError, Grow, RpcV2Json;
    CborTypes: Everything, NoError, Echo, RpcV2Cbor;
    CborTree: Tree, NoError, Grow, RpcV2Cbor;
    CborFail: (), FailError, Fail, RpcV2Cbor;
    /// Has the same headers in the input and the output.
    Headers: GetInput, NoError, Get, RestJson1;
}
