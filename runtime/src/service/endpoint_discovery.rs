//! [Endpoint discovery](https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery).

use super::OperationSchema;

/// The discovery of an operation's endpoints.
#[derive(Clone, Copy, Debug)]
pub struct EndpointDiscovery {
    /// The operation that returns the endpoints.
    pub operation: &'static OperationSchema,
    /// The name of the error that the service returns for an endpoint that is no longer valid.
    pub error: Option<&'static str>,
    /// True if the operation cannot use the endpoint of the endpoint rules.
    pub required: bool,
    /// The indices of the input members that the endpoints depend on: those with
    /// [`clientEndpointDiscoveryId`](https://smithy.io/2.0/aws/aws-core.html#aws-api-clientendpointdiscoveryid-trait).
    pub identifiers: &'static [usize],
}

impl PartialEq for EndpointDiscovery {
    fn eq(&self, other: &Self) -> bool {
        let parts = |this: &Self| (this.operation.id, this.error, this.required, this.identifiers);
        parts(self) == parts(other)
    }
}
