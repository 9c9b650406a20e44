//! The input and output of an operation that returns endpoints.

use crate::operation::ResponseSlot;
use crate::schema::{Kind, LONG, Member, STRING, Schema};
use crate::service::OperationSchema;
use crate::shape::{Slot, Structure, Value, View};
use std::any::Any;
use std::collections::BTreeMap;

/// The input, with the members that the operation declares.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::client) struct Input {
    schema: SchemaRef,
    operation: Option<String>,
    identifiers: Option<BTreeMap<String, String>>,
}

/// A schema, compared by its id.
#[derive(Clone, Copy, Debug)]
struct SchemaRef(&'static Schema);

impl PartialEq for SchemaRef {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for SchemaRef {}

impl std::hash::Hash for SchemaRef {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

const OPERATION: &str = "Operation";
const IDENTIFIERS: &str = "Identifiers";
const ENDPOINTS: &str = "Endpoints";

impl Input {
    /// Creates the input of `discovery` for a call of an operation with these identifiers.
    pub(in crate::client) fn new(
        discovery: &OperationSchema,
        operation: &OperationSchema,
        identifiers: impl FnOnce() -> BTreeMap<String, String>,
    ) -> Self {
        let declares = |name| discovery.input.members.iter().any(|member| member.name == name);
        Self {
            schema: SchemaRef(discovery.input),
            operation: declares(OPERATION).then(|| operation.name().to_owned()),
            identifiers: declares(IDENTIFIERS).then(identifiers),
        }
    }
}

impl Structure for Input {
    fn schema(&self) -> &'static Schema {
        self.schema.0
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        match self.schema.0.members.get(index)?.name {
            OPERATION => Some(&self.operation),
            IDENTIFIERS => Some(&self.identifiers),
            _ => None,
        }
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        match self.schema.0.members.get(index)?.name {
            OPERATION => Some(&mut self.operation),
            IDENTIFIERS => Some(&mut self.identifiers),
            _ => None,
        }
    }
}

/// The output.
#[derive(Debug)]
pub(in crate::client) struct Output {
    schema: &'static Schema,
    /// The endpoints in order of preference.
    pub(in crate::client) endpoints: Vec<Endpoint>,
}

impl Output {
    pub(in crate::client) fn new(discovery: &OperationSchema) -> Self {
        Self { schema: discovery.output, endpoints: Vec::new() }
    }
}

impl Structure for Output {
    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        (self.schema.members.get(index)?.name == ENDPOINTS).then_some(&self.endpoints)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        match self.schema.members.get(index)?.name {
            ENDPOINTS => Some(&mut self.endpoints),
            _ => None,
        }
    }
}

impl ResponseSlot for Output {
    fn output(&mut self) -> &mut dyn Structure {
        self
    }

    fn error(&mut self, _: usize) -> Option<&mut dyn Structure> {
        None
    }

    fn clear_error(&mut self) {}

    fn declared_error(&self) -> Option<&dyn Structure> {
        None
    }

    fn declared_error_any(&self) -> Option<&(dyn Any + Send + Sync)> {
        None
    }

    fn as_any(&mut self) -> &mut (dyn Any + Send) {
        self
    }
}

static ENDPOINT: Schema = Schema::new(
    "aws.api#DiscoveredEndpoint",
    Kind::Structure,
    &[],
    &[Member::new("Address", &STRING, &[]), Member::new("CachePeriodInMinutes", &LONG, &[])],
);

/// An endpoint.
#[derive(Debug)]
pub(in crate::client) struct Endpoint {
    /// The host, optionally with a scheme.
    pub(in crate::client) address: String,
    pub(in crate::client) cache_period_in_minutes: i64,
}

impl Structure for Endpoint {
    fn schema(&self) -> &'static Schema {
        &ENDPOINT
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        match index {
            0 => Some(&self.address),
            1 => Some(&self.cache_period_in_minutes),
            _ => None,
        }
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        match index {
            0 => Some(&mut self.address),
            1 => Some(&mut self.cache_period_in_minutes),
            _ => None,
        }
    }
}

impl Value for Endpoint {
    fn view(&self) -> View<'_> {
        View::Structure(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Structure(self)
    }

    fn default_value() -> Self {
        Self { address: String::new(), cache_period_in_minutes: 0 }
    }
}
