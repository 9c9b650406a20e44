//! Intermediate representation between the AST and the [`Model`](crate::model::Model): `apply` statements and
//! mixins are merged into it, and trait values are not parsed yet.

use crate::ast::{Arena, Ast, Body, Node, Shape, ShapeType, Target, Trait, Value, Version};
use crate::model::suggest;
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Span};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// The trait that marks a mixin.
pub(super) const MIXIN: &str = "smithy.api#mixin";

/// The shapes of a model and of the prelude, by shape id.
pub(super) struct RawModel<'a> {
    pub(super) by_id: BTreeMap<ShapeId, RawShape<'a>>,
    /// The memory for values that are not in the syntax tree.
    pub(super) arena: &'a Arena,
    /// The shapes that could not be read, or only in part.
    pub(super) invalid_shapes: BTreeSet<ShapeId>,
    /// True if any part of the model could not be read.
    pub(super) incomplete: bool,
    /// The remaining budget for name suggestions.
    suggestion_budget: Cell<usize>,
}

/// A shape with unparsed traits.
pub(super) struct RawShape<'a> {
    pub(super) id: ShapeId,
    pub(super) span: Span,
    /// The Smithy version of the file.
    pub(super) version: Version,
    pub(super) ty: ShapeType,
    pub(super) traits: TraitMap<'a>,
    pub(super) mixins: Vec<Target>,
    pub(super) members: Members<'a>,
    pub(super) body: Body<'a>,
}

/// A member with unparsed traits. A member without a target only adds traits to a mixed-in member.
#[derive(Clone)]
pub(super) struct RawMember<'a> {
    pub(super) name: &'a str,
    pub(super) span: Span,
    pub(super) target: Option<Target>,
    pub(super) traits: TraitMap<'a>,
}

/// Members with unique names, in order.
#[derive(Clone, Default)]
pub(super) struct Members<'a> {
    list: Vec<RawMember<'a>>,
    index: BTreeMap<&'a str, usize>,
}

/// Traits by shape id.
pub(super) type TraitMap<'a> = BTreeMap<&'a str, AppliedTrait<'a>>;

/// An applied trait.
#[derive(Clone, Copy)]
pub(super) struct AppliedTrait<'a> {
    /// The location of the trait's id.
    pub(super) span: Span,
    pub(super) value: Node<'a>,
}

impl<'a> RawModel<'a> {
    /// Creates the model of a syntax tree and the shapes of the prelude.
    pub(super) fn new(ast: &Ast<'a>, prelude: BTreeMap<ShapeId, RawShape<'a>>) -> Self {
        let mut by_id = prelude;
        by_id.extend(ast.shapes.iter().map(|shape| (shape.id.clone(), RawShape::new(shape))));
        Self {
            by_id,
            arena: ast.arena,
            invalid_shapes: ast.invalid_shapes.clone(),
            incomplete: !ast.diagnostics.is_empty(),
            suggestion_budget: Cell::new(suggest::BUDGET),
        }
    }

    pub(super) fn get(&self, id: &ShapeId) -> Option<&RawShape<'a>> {
        self.by_id.get(id)
    }

    /// Returns the diagnostic for a reference to an undefined shape. Returns `None` if the shape is defined
    /// but could not be read, which is already reported.
    pub(super) fn missing(&self, id: &ShapeId, span: Span) -> Option<Diagnostic> {
        if self.invalid_shapes.contains(id) {
            return None;
        }
        let diagnostic =
            Diagnostic::new(span, format!("shape `{id}` does not exist")).label("not found in the model");
        let mut budget = self.suggestion_budget.get();
        let similar = suggest::similar(id, self.by_id.keys(), &mut budget);
        self.suggestion_budget.set(budget);
        Some(match similar {
            Some(similar) => diagnostic.help(format!("did you mean `{similar}`?")),
            None => diagnostic.help("define the shape, or use the id of an existing shape"),
        })
    }

    /// Returns the location of a trait of a shape or member: of its value, or of its id if the value is an
    /// object. Returns the location of the member or shape if the trait is not applied.
    pub(super) fn trait_span(&self, shape: &ShapeId, member: Option<&str>, id: &str) -> Span {
        let Some(shape) = self.get(shape) else { return Span::default() };
        let (traits, span) = match member {
            None => (&shape.traits, shape.span),
            Some(name) => match shape.members.get(name) {
                Some(member) => (&member.traits, member.span),
                None => return shape.span,
            },
        };
        match traits.get(id) {
            None => span,
            Some(applied) if applied.value.is_object() => applied.span,
            Some(applied) => applied.value.span(),
        }
    }
}

impl<'a> RawShape<'a> {
    fn new(shape: &Shape<'a>) -> Self {
        let mut members = Members::default();
        for member in &shape.members {
            members.push(RawMember {
                name: member.name,
                span: member.span,
                target: Some(member.target.clone()),
                traits: trait_map(&member.traits),
            });
        }
        Self {
            id: shape.id.clone(),
            span: shape.span,
            version: shape.version,
            ty: shape.ty,
            traits: trait_map(&shape.traits),
            mixins: shape.mixins.clone(),
            members,
            body: shape.body.clone(),
        }
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.traits.contains_key(id)
    }

    pub(super) fn is_mixin(&self) -> bool {
        self.has(MIXIN)
    }
}

impl<'a> AppliedTrait<'a> {
    /// Creates a trait that is not written in the model. It is reported at `span`.
    pub(super) fn implicit(span: Span, value: Value<'a>) -> Self {
        Self { span, value: Node::new(span, value) }
    }
}

impl<'a> Members<'a> {
    pub(super) fn get(&self, name: &str) -> Option<&RawMember<'a>> {
        self.list.get(*self.index.get(name)?)
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut RawMember<'a>> {
        self.list.get_mut(*self.index.get(name)?)
    }

    /// Appends a member, unless there already is one with this name.
    pub(super) fn push(&mut self, member: RawMember<'a>) {
        if !self.index.contains_key(member.name) {
            self.index.insert(member.name, self.list.len());
            self.list.push(member);
        }
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, RawMember<'a>> {
        self.list.iter()
    }

    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, RawMember<'a>> {
        self.list.iter_mut()
    }
}

fn trait_map<'a>(traits: &[Trait<'a>]) -> TraitMap<'a> {
    let entry = |t: &Trait<'a>| (t.id, AppliedTrait { span: t.span, value: t.value });
    traits.iter().map(entry).collect()
}
