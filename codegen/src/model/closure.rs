//! Walks the [closure](https://smithy.io/2.0/spec/service-types.html#service-closure) of a service: its
//! operations, those of its resources, and every data shape that they reach.

use super::draft::{Draft, Drafts};
use super::targets::{Use, check};
use super::{trait_values, typed};
use crate::Diagnostics;
use crate::ast::{Body, ShapeType, Target};
use crate::model::{Operation, Shape, ShapeId, prelude};
use std::collections::{BTreeMap, BTreeSet};

/// What a service reaches.
#[derive(Default)]
pub(super) struct Closure {
    pub(super) operations: BTreeMap<ShapeId, Operation>,
    pub(super) shapes: BTreeMap<ShapeId, Shape>,
    pub(super) skipped: Vec<String>,
}

/// Walks the closure of a service. Each shape in it is checked once, whatever leads to it.
pub(super) fn walk(drafts: &Drafts<'_>, service: &Draft<'_>, diagnostics: &mut Diagnostics) -> Closure {
    let mut walk = Walk { drafts, diagnostics, closure: Closure::default(), waiting: Vec::new() };
    walk.service(service);
    walk.shapes();
    walk.closure
}

struct Walk<'w, 'a> {
    drafts: &'w Drafts<'a>,
    diagnostics: &'w mut Diagnostics,
    closure: Closure,
    /// Data shapes that were reached.
    waiting: Vec<ShapeId>,
}

impl<'w, 'a> Walk<'w, 'a> {
    fn check(&mut self, target: &Target, what: Use) -> Option<&'w Draft<'a>> {
        check(self.drafts, target, what, self.diagnostics)
    }

    fn service(&mut self, service: &Draft<'_>) {
        let Body::Service(body) = &service.body else { return };
        let errors = self.errors(&body.errors);
        for operation in self.operations(&body.operations, &body.resources) {
            self.operation(operation, &errors);
        }
    }

    /// The operations of the service and, level by level, of its resources.
    fn operations(&mut self, operations: &[Target], resources: &[Target]) -> Vec<&'w Draft<'a>> {
        let mut found: Vec<&Draft<'a>> = Vec::new();
        found.extend(operations.iter().filter_map(|target| self.check(target, Use::Operation)));
        let mut waiting: Vec<Target> = resources.to_vec();
        let mut seen = BTreeSet::new();
        while let Some(target) = waiting.pop() {
            let Some(resource) = self.check(&target, Use::Resource) else { continue };
            let Body::Resource(body) = &resource.body else { continue };
            if seen.insert(&resource.id) {
                found.extend(body.operations.iter().filter_map(|target| self.check(target, Use::Operation)));
                waiting.extend(body.resources.iter().cloned());
            }
        }
        let mut seen = BTreeSet::new();
        found.retain(|operation| seen.insert(&operation.id));
        found
    }

    fn operation(&mut self, draft: &Draft<'_>, service_errors: &[ShapeId]) {
        let Body::Operation(body) = &draft.body else { return };
        let input = self.structure(body.input.as_ref(), Use::Input);
        let output = self.structure(body.output.as_ref(), Use::Output);
        let (Some(input), Some(output)) = (input, output) else { return };
        if let Some(side) = self.event_stream(input, output) {
            let name = &draft.id;
            self.closure.skipped.push(format!("operation `{name}`: its {side} has an event stream"));
            return;
        }
        let mut errors = self.errors(&body.errors);
        errors.extend_from_slice(service_errors);
        let mut seen = BTreeSet::new();
        errors.retain(|error| seen.insert(error.clone()));
        self.waiting.extend([&input.id, &output.id].into_iter().chain(&errors).cloned());
        let operation = Operation {
            id: draft.id.clone(),
            input: input.id.clone(),
            output: output.id.clone(),
            auth: None,
            errors,
            traits: trait_values::read(&draft.traits, self.diagnostics),
            span: draft.span,
        };
        self.closure.operations.insert(draft.id.clone(), operation);
    }

    /// An input or output; the unit shape when there is none.
    fn structure(&mut self, target: Option<&Target>, what: Use) -> Option<&'w Draft<'a>> {
        match target {
            Some(target) => self.check(target, what),
            None => self.drafts.get(&ShapeId::prelude(prelude::UNIT)),
        }
    }

    fn errors(&mut self, targets: &[Target]) -> Vec<ShapeId> {
        targets.iter().filter_map(|target| Some(self.check(target, Use::Error)?.id.clone())).collect()
    }

    /// Which side has an [event stream](https://smithy.io/2.0/spec/streaming.html#event-streams).
    fn event_stream(&self, input: &Draft<'_>, output: &Draft<'_>) -> Option<&'static str> {
        let streams = |structure: &Draft<'_>| {
            let mut targets = structure.members.iter().filter_map(|member| member.target.as_ref());
            targets.any(|target| {
                let union = self.drafts.get(&target.id).filter(|draft| draft.ty == ShapeType::Union);
                union.is_some_and(|union| union.has("smithy.api#streaming"))
            })
        };
        match (streams(input), streams(output)) {
            (true, _) => Some("input"),
            (_, true) => Some("output"),
            _ => None,
        }
    }

    /// Every data shape that is reached through members.
    fn shapes(&mut self) {
        let mut seen = BTreeSet::new();
        while let Some(id) = self.waiting.pop() {
            let Some(draft) = self.drafts.get(&id) else { continue };
            if !seen.insert(id.clone()) {
                continue;
            }
            if !matches!(draft.ty, ShapeType::Enum | ShapeType::IntEnum) {
                self.members(draft);
            }
            if let Some(shape) = typed::shape(draft, self.diagnostics) {
                self.closure.shapes.insert(id, shape);
            }
        }
    }

    fn members(&mut self, draft: &Draft<'_>) {
        for member in draft.members.iter() {
            let is_key = draft.ty == ShapeType::Map && member.name == "key";
            let what = if is_key { Use::MapKey } else { Use::Member };
            if let Some(target) = member.target.as_ref().and_then(|target| self.check(target, what)) {
                self.waiting.push(target.id.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, diagnostics_in, helps, input, load, model, resolved};

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
    fn operations_of_resources_are_found_and_errors_of_the_service_added() {
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
    fn a_missing_target_is_reported_at_its_place_with_the_name_that_was_meant() {
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
            ["did you mean `a#Token`?", "define the shape, or name one that is defined"]
        );
    }

    #[test]
    fn targets_of_the_wrong_kind_are_errors() {
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
                "2:73 «\"a#T\"» only operations can be bound here, and `a#T` is a structure",
                "3:26 «\"a#O\"» only resources can be bound here, and `a#O` is an operation",
                "3:57 «\"a#T\"» an error must be a structure with the trait `smithy.api#error`, and `a#T` is a structure without that trait",
                "4:50 «\"smithy.api#String\"» an operation's input must be a structure, and `smithy.api#String` is a string",
            ]
        );
        let shapes = input(r#""x": {"target": "a#t"}"#)
            + r#", "a#t": {"type": "string", "traits": {"smithy.api#trait": {}}}"#;
        assert_eq!(
            diagnostics(&shapes),
            ["2:59 «\"a#t\"» a member must target a data shape, and `a#t` is a trait"]
        );
    }

    #[test]
    fn an_operation_with_an_event_stream_is_left_out_with_what_only_it_reaches() {
        let shapes = input(r#""x": {"target": "a#Events"}"#)
            + r#", "a#Events": {"type": "union", "members": {"e": {"target": "a#In"}},
                "traits": {"smithy.api#streaming": {}}}"#;
        let model = resolved(&shapes);
        assert!(model.operations.is_empty() && model.shapes.is_empty());
        assert_eq!(model.skipped, ["operation `a#Op`: its input has an event stream"]);
    }
}
