//! Shapes between the AST and the model: merged step by step, traits still undecoded.

use crate::ast::{Ast, Body, Node, Shape, ShapeType, Target, Trait};
use crate::model::{ShapeId, prelude, suggest};
use crate::{Diagnostic, Span};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// All shapes of the file and of the prelude, by id.
pub(super) struct Drafts<'a> {
    pub(super) by_id: BTreeMap<ShapeId, Draft<'a>>,
    /// Shapes that the file has but that could not be read, or not in full.
    pub(super) unread: BTreeSet<ShapeId>,
    /// Whether anything in the file could not be read.
    pub(super) incomplete: bool,
    /// What may still be spent on looking for similar names.
    effort: Cell<usize>,
}

/// A shape.
pub(super) struct Draft<'a> {
    pub(super) id: ShapeId,
    pub(super) span: Span,
    pub(super) ty: ShapeType,
    pub(super) traits: TraitMap<'a>,
    pub(super) mixins: Vec<Target>,
    pub(super) members: Members<'a>,
    pub(super) body: Body<'a>,
}

/// A member. One without a target only adds traits to a member that a mixin has.
#[derive(Clone)]
pub(super) struct DraftMember<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) span: Span,
    pub(super) target: Option<Target>,
    pub(super) traits: TraitMap<'a>,
}

/// Members in order, each name once.
#[derive(Clone, Default)]
pub(super) struct Members<'a> {
    list: Vec<DraftMember<'a>>,
    index: BTreeMap<Cow<'a, str>, usize>,
}

/// Traits by their shape id.
pub(super) type TraitMap<'a> = BTreeMap<Cow<'a, str>, Applied<'a>>;

/// A trait as it is applied.
#[derive(Clone, Copy)]
pub(super) struct Applied<'a> {
    /// Where its id stands.
    pub(super) span: Span,
    pub(super) value: Node<'a>,
}

impl<'a> Drafts<'a> {
    pub(super) fn new(ast: &Ast<'a>) -> Self {
        let mut by_id = prelude::shapes();
        by_id.extend(ast.shapes.iter().map(|shape| (shape.id.clone(), Draft::new(shape))));
        Self {
            by_id,
            unread: ast.unread.clone(),
            incomplete: !ast.diagnostics.is_empty(),
            effort: Cell::new(suggest::EFFORT),
        }
    }

    pub(super) fn get(&self, id: &ShapeId) -> Option<&Draft<'a>> {
        self.by_id.get(id)
    }

    /// The mistake of naming a shape that does not exist; none when the shape only could not be read.
    pub(super) fn missing(&self, id: &ShapeId, span: Span) -> Option<Diagnostic> {
        if self.unread.contains(id) {
            return None;
        }
        let diagnostic =
            Diagnostic::new(span, format!("shape `{id}` does not exist")).label("no such shape in the model");
        let mut effort = self.effort.get();
        let similar = suggest::similar(id, self.by_id.keys(), &mut effort);
        self.effort.set(effort);
        Some(match similar {
            Some(similar) => diagnostic.help(format!("did you mean `{similar}`?")),
            None => diagnostic.help("define the shape, or name one that is defined"),
        })
    }

    /// Where a trait of a shape or member stands: its value if that says something, else its id; failing
    /// that, the member or shape.
    pub(super) fn place(&self, shape: &ShapeId, member: Option<&str>, id: &str) -> Span {
        let Some(draft) = self.get(shape) else { return Span::default() };
        let (traits, span) = match member {
            None => (&draft.traits, draft.span),
            Some(name) => match draft.members.get(name) {
                Some(member) => (&member.traits, member.span),
                None => return draft.span,
            },
        };
        match traits.get(id) {
            None => span,
            Some(applied) if applied.value.raw().starts_with('{') => applied.span,
            Some(applied) => applied.value.span(),
        }
    }
}

impl<'a> Draft<'a> {
    fn new(shape: &Shape<'a>) -> Self {
        let mut members = Members::default();
        for member in &shape.members {
            members.push(DraftMember {
                name: member.name.clone(),
                span: member.span,
                target: Some(member.target.clone()),
                traits: trait_map(&member.traits),
            });
        }
        Self {
            id: shape.id.clone(),
            span: shape.span,
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
}

impl<'a> Members<'a> {
    pub(super) fn get(&self, name: &str) -> Option<&DraftMember<'a>> {
        self.list.get(*self.index.get(name)?)
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut DraftMember<'a>> {
        self.list.get_mut(*self.index.get(name)?)
    }

    /// Adds a member at the end, unless there is one of that name.
    pub(super) fn push(&mut self, member: DraftMember<'a>) {
        if !self.index.contains_key(&member.name) {
            self.index.insert(member.name.clone(), self.list.len());
            self.list.push(member);
        }
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, DraftMember<'a>> {
        self.list.iter()
    }

    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, DraftMember<'a>> {
        self.list.iter_mut()
    }
}

fn trait_map<'a>(traits: &[Trait<'a>]) -> TraitMap<'a> {
    traits.iter().map(|t| (t.id.clone(), Applied { span: t.span, value: t.value })).collect()
}
