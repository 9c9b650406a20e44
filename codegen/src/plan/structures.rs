//! Structures and their fields.

use super::context::Context;
use super::data::{Field, Presence, Structure};
use super::types::RustType;
use super::value::Value;
use super::{arguments, defaults, documentation, names, prose};
use crate::docs::Names;
use crate::model::{Member, Shape, ShapeId, ShapeKind};

/// Maximum number of required members that are arguments of the constructor. More are named.
const MAX_ARGUMENTS: usize = 4;

/// Plans every structure of the model, sorted by name.
pub(super) fn structures(context: &Context<'_>) -> Vec<Structure> {
    let mut structures: Vec<_> = context
        .model
        .shapes
        .values()
        .filter_map(|shape| match &shape.kind {
            ShapeKind::Structure(members) => structure(context, shape, members),
            _ => None,
        })
        .collect();
    structures.sort_by(|a, b| a.name.cmp(&b.name));
    structures
}

fn structure(context: &Context<'_>, shape: &Shape, members: &[Member]) -> Option<Structure> {
    let name = context.types.name(&shape.id)?.clone();
    let mut prose = prose::of_shape(context, shape);
    let names = context.members.of(&shape.id);
    let schema = context.statics.aggregate(shape, members, (&name, names))?;
    let fields = members.iter().zip(names).map(|(member, name)| {
        prose::of_member(&mut prose, member, |prose| field(context, shape, member, name, prose))
    });
    let fields: Vec<_> = fields.collect();
    let required: Vec<_> = fields.iter().filter(|field| field.is_required()).collect();
    let has_optional = fields.iter().any(|field| field.presence == Presence::Optional);
    let from = match required[..] {
        [field] if is_input(context, &shape.id) => from(&field.ty),
        _ => Vec::new(),
    };
    Some(Structure {
        required: (required.len() > MAX_ARGUMENTS).then(|| context.types.required_name(&name)),
        must_use: fields.len() > required.len() && !is_output(context, &shape.id),
        name,
        docs: documentation::shape(context, shape, &prose),
        deprecated: documentation::deprecation(&shape.traits),
        constructor_docs: constructor_docs(!required.is_empty(), has_optional),
        is_error: shape.traits.error.is_some(),
        has_default: required.is_empty(),
        from,
        fields,
        schema,
    })
}

fn constructor_docs(has_required: bool, has_optional: bool) -> &'static str {
    match (has_required, has_optional) {
        (true, true) => "Creates a value from its required members; optional members are unset.",
        (true, false) => "Creates a value from its required members.",
        (false, true) => "Creates a value with all optional members unset.",
        (false, false) => "Creates the default value.",
    }
}

/// Returns the types that an input with one required member of type `ty` implements `From` for.
fn from(ty: &RustType) -> Vec<RustType> {
    let text = (*ty == RustType::Std("String")).then_some(RustType::Str);
    std::iter::once(ty.clone()).chain(text).collect()
}

/// Returns true if the structure is the input of an operation.
fn is_input(context: &Context<'_>, id: &ShapeId) -> bool {
    context.model.operations.values().any(|operation| &operation.input == id)
}

/// Returns true if the structure is the output of an operation.
fn is_output(context: &Context<'_>, id: &ShapeId) -> bool {
    context.model.operations.values().any(|operation| &operation.output == id)
}

fn field(context: &Context<'_>, shape: &Shape, member: &Member, name: &str, prose: &Names) -> Field {
    Field {
        setter: names::setter_name(name),
        name: name.to_owned(),
        docs: documentation::member(context.model, member, prose),
        deprecated: documentation::deprecation(&member.traits),
        ty: context.types.rust_type(&member.target),
        argument: arguments::argument(context.model, &context.types, &member.target),
        boxed: context.cycles.must_box(&shape.id, &member.target),
        presence: presence(context, shape, member),
    }
}

/// Returns how the field of a member is initialized.
///
/// A required member is a constructor argument, even if it has a default: the service needs a value, and the default is
/// often a zero that it rejects. So is a member with an added default, which was required before, except in inputs. Other
/// defaults are applied by the service in inputs, which may change them, and by the client in other structures. See
/// [nullability](https://smithy.io/2.0/spec/aggregate-types.html#structure-member-optionality).
fn presence(context: &Context<'_>, shape: &Shape, member: &Member) -> Presence {
    let traits = &member.traits;
    if traits.client_optional || traits.idempotency_token {
        return Presence::Optional;
    }
    let default = default(context, member);
    match default {
        default if traits.required => Presence::Required(default),
        Some(value) if traits.added_default && !shape.traits.input => Presence::Required(Some(value)),
        Some(value) if !context.omits_defaults(shape) => Presence::Default(value),
        _ => Presence::Optional,
    }
}

/// Returns the default of a member, as an expression of its target's type.
fn default(context: &Context<'_>, member: &Member) -> Option<Value> {
    let traits = &member.traits;
    let kind = &context.model.shape(&member.target).kind;
    let ty = context.types.rust_type(&member.target);
    let number = traits.default_number.as_deref();
    defaults::value(traits.default.as_ref()?, number, kind, &ty, traits.timestamp_format)
}

impl Field {
    /// Returns true if the field is an argument of the constructor.
    pub(crate) fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required(_))
    }

    /// Returns the type of the field, including `Option` and `Box`.
    pub(crate) fn full_type(&self) -> RustType {
        let ty = if self.boxed { self.ty.clone().boxed() } else { self.ty.clone() };
        if self.presence == Presence::Optional { ty.option() } else { ty }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;
    use crate::model::testing::{input, resolved};
    use crate::{NestedDefaults, Settings};

    fn settings(nested_defaults: Option<NestedDefaults>) -> Settings {
        Settings { nested_defaults, ..Settings::default() }
    }

    /// Returns the presence of member `x` of a type.
    fn presence_in(model: &Model, settings: &Settings, ty: &str) -> Presence {
        let structures = structures(&Context::new(model, settings));
        let structure = structures.iter().find(|structure| structure.name == ty).unwrap();
        structure.fields.iter().find(|field| field.name == "x").unwrap().presence.clone()
    }

    const X: &str = r#""x": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 7}}"#;

    #[test]
    fn required_member_with_a_default_is_an_argument() {
        let member = X.replace("7}", r#"7, "smithy.api#required": {}}"#);
        let model = resolved(
            &(input(&format!(r#"{member}, "nested": {{"target": "a#Nested"}}"#))
                + &format!(r#", "a#Nested": {{"type": "structure", "members": {{{member}}}}}"#)),
        );
        for ty in ["In", "Nested"] {
            let expected = Presence::Required(Some(Value::Int(7)));
            assert_eq!(presence_in(&model, &settings(None), ty), expected, "{ty}");
        }
    }

    #[test]
    fn member_with_an_added_default_stays_an_argument_except_in_inputs() {
        let member = X.replace("7}", r#"7, "smithy.api#addedDefault": {}}"#);
        let model = resolved(
            &(input(&format!(r#"{member}, "nested": {{"target": "a#Nested"}}"#))
                + &format!(r#", "a#Nested": {{"type": "structure", "members": {{{member}}}}}"#)),
        );
        assert_eq!(presence_in(&model, &settings(None), "In"), Presence::Optional);
        for nested in [None, Some(NestedDefaults::Omit)] {
            let expected = Presence::Required(Some(Value::Int(7)));
            assert_eq!(presence_in(&model, &settings(nested), "Nested"), expected);
        }
    }

    #[test]
    fn more_than_four_required_members_are_named() {
        let member = |name: &usize| {
            format!(
                r#""x{name}": {{"target": "smithy.api#Integer", "traits": {{"smithy.api#required": {{}}}}}}"#
            )
        };
        let required = |count: usize, shapes: &str| {
            let members: Vec<_> = (0..count).collect::<Vec<_>>().iter().map(member).collect();
            let model = resolved(&(input(&members.join(", ")) + shapes));
            let structures = structures(&Context::new(&model, &settings(None)));
            structures.into_iter().find(|structure| structure.name == "In").unwrap().required
        };
        assert_eq!(required(4, ""), None);
        assert_eq!(required(5, "").as_deref(), Some("InRequired"));
        let shapes = r#", "a#InRequired": {"type": "structure", "members": {}}"#;
        assert_eq!(required(5, shapes).as_deref(), Some("InRequired"), "the shape is not in the closure");
    }

    #[test]
    fn default_of_an_input_is_left_to_the_service() {
        let model = resolved(&input(X));
        assert_eq!(presence_in(&model, &settings(None), "In"), Presence::Optional);
        let shared = resolved(&input(&format!(r#"{X}, "self": {{"target": "a#In"}}"#)));
        assert_eq!(presence_in(&shared, &settings(None), "In"), Presence::Default(Value::Int(7)));
    }

    #[test]
    fn nested_defaults_are_omitted_for_services_of_aws_or_by_setting() {
        let shapes = input(r#""list": {"target": "a#List"}"#)
            + r#", "a#List": {"type": "list", "member": {"target": "a#Nested"}}"#
            + &format!(r#", "a#Nested": {{"type": "structure", "members": {{{X}}}}}"#);
        let mut model = resolved(&shapes);
        let sent = Presence::Default(Value::Int(7));
        assert_eq!(presence_in(&model, &settings(None), "Nested"), sent);
        let omitted = settings(Some(NestedDefaults::Omit));
        assert_eq!(presence_in(&model, &omitted, "Nested"), Presence::Optional);
        model.service.omits_nested_defaults = true;
        assert_eq!(presence_in(&model, &settings(None), "Nested"), Presence::Optional);
        assert_eq!(presence_in(&model, &settings(Some(NestedDefaults::Send)), "Nested"), sent);
    }
}
