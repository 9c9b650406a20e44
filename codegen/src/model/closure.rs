//! The [closure](https://smithy.io/2.0/spec/service-types.html#service-closure) of a service: its operations,
//! those of its resources, and every data shape reachable from them.

use super::raw::{RawModel, RawShape};
use super::targets::{TargetRole, check};
use super::{data_shape, suggest, trait_values};
use crate::ast::{Body, ShapeType, Target};
use crate::model::{Operation, Shape, Skipped, names, prelude};
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet};

/// The closure of a service.
#[derive(Default)]
pub(super) struct Closure {
    pub(super) operations: BTreeMap<ShapeId, Operation>,
    pub(super) shapes: BTreeMap<ShapeId, Shape>,
    pub(super) skipped: Vec<Skipped>,
}

/// Collects the closure of a service, or that of the selected operations, and checks the targets in it. Each shape is
/// visited once.
pub(super) fn walk(
    raw_model: &RawModel<'_>,
    service: &RawShape<'_>,
    selected: Option<&[String]>,
    diagnostics: &mut Diagnostics,
) -> Closure {
    let mut walk = Walk { raw_model, diagnostics, closure: Closure::default(), pending: Vec::new() };
    walk.service(service, selected);
    walk.shapes();
    walk.closure
}

struct Walk<'w, 'a> {
    raw_model: &'w RawModel<'a>,
    diagnostics: &'w mut Diagnostics,
    closure: Closure,
    /// Reached data shapes that are not processed yet.
    pending: Vec<ShapeId>,
}

impl<'w, 'a> Walk<'w, 'a> {
    fn check(&mut self, target: &Target, role: TargetRole) -> Option<&'w RawShape<'a>> {
        check(self.raw_model, target, role, self.diagnostics)
    }

    fn service(&mut self, service: &RawShape<'_>, selected: Option<&[String]>) {
        let Body::Service(body) = &service.body else { return };
        let errors = self.errors(&body.errors);
        let mut operations = self.operations(&body.operations, &body.resources);
        if let Some(selected) = selected {
            self.select(service, selected, &mut operations);
        }
        for operation in &operations {
            self.operation(operation, &errors);
        }
        // With other errors, operations may be missing because of them.
        let is_complete = !self.raw_model.incomplete && self.diagnostics.is_empty();
        if is_complete && !operations.is_empty() && operations.len() == self.closure.skipped.len() {
            self.diagnostics.push(unsupported(service, &self.closure.skipped));
        }
    }

    /// Keeps the selected operations, and the one that returns the service's endpoints.
    fn select(
        &mut self,
        service: &RawShape<'_>,
        selected: &[String],
        operations: &mut Vec<&'w RawShape<'a>>,
    ) {
        let is = |operation: &RawShape<'_>, name: &str| {
            operation.id.as_str() == name || operation.id.name() == name
        };
        for name in selected {
            let is_known = operations.iter().any(|operation| is(operation, name));
            // The operation may be among the shapes that could not be read.
            if !is_known && !self.raw_model.incomplete {
                self.diagnostics.push(unknown_operation(service, name, operations));
            }
        }
        let discovery = trait_values::read(&service.traits, &mut Diagnostics::default()).endpoint_discovery;
        operations.retain(|operation| {
            selected.iter().any(|name| is(operation, name))
                || discovery.as_ref().is_some_and(|discovery| is(operation, &discovery.operation))
        });
    }

    /// Returns the operations of the service and of its resources at any depth.
    fn operations(&mut self, operations: &[Target], resources: &[Target]) -> Vec<&'w RawShape<'a>> {
        let mut found: Vec<&RawShape<'a>> = Vec::new();
        found.extend(operations.iter().filter_map(|target| self.check(target, TargetRole::Operation)));
        let mut pending: Vec<Target> = resources.to_vec();
        let mut seen = BTreeSet::new();
        while let Some(target) = pending.pop() {
            let Some(resource) = self.check(&target, TargetRole::Resource) else { continue };
            let Body::Resource(body) = &resource.body else { continue };
            if seen.insert(&resource.id) {
                found.extend(
                    body.operations.iter().filter_map(|target| self.check(target, TargetRole::Operation)),
                );
                pending.extend(body.resources.iter().cloned());
            }
        }
        let mut seen = BTreeSet::new();
        found.retain(|operation| seen.insert(&operation.id));
        found
    }

    fn operation(&mut self, raw_shape: &RawShape<'_>, service_errors: &[ShapeId]) {
        let Body::Operation(body) = &raw_shape.body else { return };
        let input = self.structure(body.input.as_ref(), TargetRole::Input);
        let output = self.structure(body.output.as_ref(), TargetRole::Output);
        let (Some(input), Some(output)) = (input, output) else { return };
        if let Some(side) = self.event_stream(input, output) {
            self.closure.skipped.push(Skipped {
                part: "operation",
                operation: raw_shape.id.clone(),
                reason: format!("unsupported event stream in its {side}"),
            });
            return;
        }
        let mut errors = self.errors(&body.errors);
        errors.extend_from_slice(service_errors);
        let mut seen = BTreeSet::new();
        errors.retain(|error| seen.insert(error.clone()));
        self.pending.extend([&input.id, &output.id].into_iter().chain(&errors).cloned());
        let operation = Operation {
            id: raw_shape.id.clone(),
            input: input.id.clone(),
            output: output.id.clone(),
            auth: None,
            errors,
            traits: trait_values::read(&raw_shape.traits, self.diagnostics),
            span: raw_shape.span,
        };
        self.closure.operations.insert(raw_shape.id.clone(), operation);
    }

    /// Returns an input or output, or the unit shape if there is none.
    fn structure(&mut self, target: Option<&Target>, role: TargetRole) -> Option<&'w RawShape<'a>> {
        match target {
            Some(target) => self.check(target, role),
            None => self.raw_model.get(&ShapeId::prelude(prelude::UNIT)),
        }
    }

    fn errors(&mut self, targets: &[Target]) -> Vec<ShapeId> {
        targets.iter().filter_map(|target| Some(self.check(target, TargetRole::Error)?.id.clone())).collect()
    }

    /// Returns "input" or "output" if that structure has an
    /// [event stream](https://smithy.io/2.0/spec/streaming.html#event-streams).
    fn event_stream(&self, input: &RawShape<'_>, output: &RawShape<'_>) -> Option<&'static str> {
        let streams = |structure: &RawShape<'_>| {
            let mut targets = structure.members.iter().filter_map(|member| member.target.as_ref());
            targets.any(|target| {
                let union =
                    self.raw_model.get(&target.id).filter(|raw_shape| raw_shape.ty == ShapeType::Union);
                union.is_some_and(|union| union.has("smithy.api#streaming"))
            })
        };
        match (streams(input), streams(output)) {
            (true, _) => Some("input"),
            (_, true) => Some("output"),
            _ => None,
        }
    }

    /// Converts the pending data shapes and every shape reachable through their members.
    fn shapes(&mut self) {
        let mut seen = BTreeSet::new();
        while let Some(id) = self.pending.pop() {
            let Some(raw_shape) = self.raw_model.get(&id) else { continue };
            if !seen.insert(id.clone()) {
                continue;
            }
            if !matches!(raw_shape.ty, ShapeType::Enum | ShapeType::IntEnum) {
                self.members(raw_shape);
            }
            if let Some(shape) = data_shape::convert(raw_shape, self.diagnostics) {
                self.closure.shapes.insert(id, shape);
            }
        }
    }

    fn members(&mut self, raw_shape: &RawShape<'_>) {
        for member in raw_shape.members.iter() {
            let is_key = raw_shape.ty == ShapeType::Map && member.name == "key";
            let role = if is_key { TargetRole::MapKey } else { TargetRole::Member };
            if let Some(target) = member.target.as_ref().and_then(|target| self.check(target, role)) {
                self.pending.push(target.id.clone());
            }
        }
    }
}

fn unknown_operation(service: &RawShape<'_>, name: &str, operations: &[&RawShape<'_>]) -> Diagnostic {
    let message = format!("service `{}` has no operation `{}`", service.id, name.escape_debug());
    let diagnostic = Diagnostic::new(service.span, message).label("service defined here");
    let id = if name.contains('#') { name.to_owned() } else { format!("{}#{name}", service.id.namespace()) };
    let ids = operations.iter().map(|operation| &operation.id);
    let similar =
        ShapeId::parse(&id).and_then(|id| suggest::similar(&id, ids, &mut { suggest::BUDGET }).cloned());
    match similar {
        Some(similar) => diagnostic.help(format!("did you mean `{}`?", similar.name())),
        None => diagnostic.help("select an operation of the service by its name or shape id"),
    }
}

/// Returns the diagnostic for a service whose operations are all unsupported.
fn unsupported(service: &RawShape<'_>, skipped: &[Skipped]) -> Diagnostic {
    let message = format!("service `{}` has no supported operation", service.id);
    let operations = names::list(skipped.iter().map(|skipped| skipped.operation.name()));
    Diagnostic::new(service.span, message)
        .label(format!("skipped: {operations}"))
        .help("event streams are not supported yet: add an operation without one, or select another service")
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, diagnostics_in, helps, input, load, model};

    const RESOURCES: &str = r#"{"smithy": "2", "shapes": {
        "a#S": {"type": "service", "resources": [{"target": "a#R"}], "errors": [{"target": "a#E"}],
            "traits": {"aws.protocols#restJson1": {}}},
        "a#R": {"type": "resource", "create": {"target": "a#C"}, "read": {"target": "a#G"},
            "operations": [{"target": "a#P"}], "collectionOperations": [{"target": "a#L"}],
            "resources": [{"target": "a#Sub"}]},
        "a#Sub": {"type": "resource", "delete": {"target": "a#D"}, "resources": [{"target": "a#R"}]},
        "a#C": {"type": "operation", "errors": [{"target": "a#F"}, {"target": "a#E"}], "traits": {HTTP}},
        "a#G": {"type": "operation", "traits": {HTTP}},
        "a#P": {"type": "operation", "traits": {HTTP}},
        "a#L": {"type": "operation", "traits": {HTTP}},
        "a#D": {"type": "operation", "traits": {HTTP}},
        "a#Unreached": {"type": "structure", "members": {"x": {"target": "a#Gone"}}},
        "a#E": {"type": "structure", "traits": {"smithy.api#error": "client"}},
        "a#F": {"type": "structure", "traits": {"smithy.api#error": "client"}}}}"#;

    #[test]
    fn collects_resource_operations_and_service_errors() {
        let source = RESOURCES.replace("HTTP", r#""smithy.api#http": {"method": "GET", "uri": "/"}"#);
        let model = load(&source).unwrap();
        let operations: Vec<&str> = model.operations.keys().map(|id| id.name()).collect();
        assert_eq!(operations, ["C", "D", "G", "L", "P"]);
        let errors: Vec<Vec<&str>> =
            model.operations.values().map(|o| o.errors.iter().map(|id| id.name()).collect()).collect();
        assert_eq!(errors, [vec!["F", "E"], vec!["E"], vec!["E"], vec!["E"], vec!["E"]]);
        assert!(model.shapes.keys().all(|id| id.name() != "Unreached"));
    }

    #[test]
    fn suggests_similar_names_for_missing_targets() {
        let shapes = input(r#""x": {"target": "a#Tokn"}, "y": {"target": "b#Nothing"}"#)
            + r#", "a#Token": {"type": "string"}"#;
        assert_eq!(
            diagnostics(&shapes),
            [
                "2:59 «\"a#Tokn\"» shape `a#Tokn` does not exist",
                "2:86 «\"b#Nothing\"» shape `b#Nothing` does not exist",
            ]
        );
        assert_eq!(
            helps(&model(&shapes)),
            ["did you mean `a#Token`?", "define the shape, or use the id of an existing shape"]
        );
    }

    #[test]
    fn rejects_targets_of_wrong_type() {
        let source = r#"{"smithy": "2", "shapes": {
"a#S": {"type": "service", "operations": [{"target": "a#O"}, {"target": "a#T"}],
"resources": [{"target": "a#O"}], "errors": [{"target": "a#T"}], "traits": {"aws.protocols#restJson1": {}}},
"a#O": {"type": "operation", "input": {"target": "smithy.api#String"}, "traits": {
"smithy.api#http": {"method": "GET", "uri": "/"}}},
"a#P": {"type": "operation"},
"a#T": {"type": "structure", "members": {}}}}"#;
        assert_eq!(
            diagnostics_in(source),
            [
                "2:73 «\"a#T\"» an operation binding must target an operation, but `a#T` is a structure",
                "3:26 «\"a#O\"» a resource binding must target a resource, but `a#O` is an operation",
                "3:57 «\"a#T\"» an error must target a structure with `smithy.api#error`, but `a#T` is a structure without it",
                "4:50 «\"smithy.api#String\"» an operation input must target a structure, but `smithy.api#String` is a string",
            ]
        );
        let shapes = input(r#""x": {"target": "a#t"}"#)
            + r#", "a#t": {"type": "string", "traits": {"smithy.api#trait": {}}}"#;
        assert_eq!(
            diagnostics(&shapes),
            ["2:59 «\"a#t\"» a member must target a data shape, but `a#t` is a trait definition"]
        );
    }

    #[test]
    fn skips_operations_with_event_streams() {
        let model = load(&streams(r#"{"target": "a#Op"}, {"target": "a#Other"}"#)).unwrap();
        let operations: Vec<&str> = model.operations.keys().map(|id| id.as_str()).collect();
        assert_eq!(operations, ["a#Other"]);
        assert!(!model.shapes.keys().any(|id| id.as_str() == "a#Events"));
        let skipped: Vec<String> = model.skipped.iter().map(ToString::to_string).collect();
        assert_eq!(skipped, ["operation `a#Op`: unsupported event stream in its input"]);
    }

    #[test]
    fn rejects_services_whose_operations_are_all_skipped() {
        let source = streams(r#"{"target": "a#Op"}"#);
        assert_eq!(diagnostics_in(&source), ["2:1 «\"a#S\"» service `a#S` has no supported operation"]);
        assert!(load(&streams("")).is_ok(), "a service without operations is valid");
        let gone = diagnostics_in(&streams(r#"{"target": "a#Op"}, {"target": "a#Gone"}"#));
        assert_eq!(gone.len(), 1, "{gone:?}");
        assert!(gone[0].contains("shape `a#Gone` does not exist"), "{gone:?}");
    }

    /// Returns a model with operations `a#Op`, whose input has an event stream, and `a#Other`.
    fn streams(operations: &str) -> String {
        format!(
            r##"{{"smithy": "2", "shapes": {{
"a#S": {{"type": "service", "operations": [{operations}], "traits": {{"aws.protocols#awsJson1_0": {{}}}}}},
"a#Op": {{"type": "operation", "input": {{"target": "a#In"}}}},
"a#Other": {{"type": "operation"}},
"a#In": {{"type": "structure", "members": {{"x": {{"target": "a#Events"}}}}}},
"a#Events": {{"type": "union", "members": {{"e": {{"target": "smithy.api#Unit"}}}},
    "traits": {{"smithy.api#streaming": {{}}}}}}}}}}"##
        )
    }
}
