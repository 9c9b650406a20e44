//! Documentation of generated items: the model's documentation and constraints.

use super::context::Context;
use super::data::{Deprecation, OperationErrors};
use super::types::RustType;
use crate::docs::{Names, to_rustdoc, to_rustdoc_with};
use crate::model::{self, Length, Member, Model, Range, Shape, ShapeKind, SimpleKind, Skipped, Traits};
use crate::text::{code_span, one_line};

/// Returns the documentation of a shape's type, with the names of its members.
pub(super) fn shape(context: &Context<'_>, shape: &Shape, names: &Names) -> String {
    let text = documentation(&shape.traits, names)
        .or_else(|| context.uses.describe(&context.types, &context.operations, &shape.id))
        .unwrap_or_else(|| format!("The `{}` shape.", shape.id.name()));
    paragraphs([Some(text), notes(&shape.traits), links(&shape.traits)])
}

/// Returns the documentation of an operation's method, with an example call and links to its output and errors.
pub(super) fn operation(
    operation: &model::Operation,
    names: &Names,
    example: Option<&str>,
    output: &RustType,
    errors: Option<&OperationErrors>,
) -> String {
    let text = documentation(&operation.traits, names)
        .unwrap_or_else(|| format!("Calls the `{}` operation.", operation.id.name()));
    let errors = errors.map(|OperationErrors { name, .. }| {
        format!("# Errors\nErrors declared by the service: [`{name}`](super::error::{name}).")
    });
    let example = example.map(|call| format!("Example: {}", code_span(call)));
    let output = match output {
        RustType::Generated(_, name) => Some(format!("Returns [`{name}`](super::types::{name}).")),
        _ => None,
    };
    paragraphs([Some(text), notes(&operation.traits), links(&operation.traits), example, output, errors])
}

/// Returns the documentation of a service; empty if the model has none.
pub(super) fn service(service: &model::Service) -> String {
    paragraphs([
        documentation(&service.traits, &Names::new()),
        notes(&service.traits),
        links(&service.traits),
    ])
}

/// Returns the description of a skipped part of the service, one line.
pub(super) fn skipped(skipped: &Skipped) -> String {
    format!("{} `{}`: {}", skipped.part, skipped.operation.name(), skipped.reason)
}

/// Returns the documentation of an enum value, by default its value on the wire.
pub(super) fn enum_value(value: &str, traits: &Traits) -> String {
    let text = documentation(traits, &Names::new());
    let text = text.unwrap_or_else(|| format!("The value {}.", code_span(value)));
    paragraphs([Some(text), notes(traits), links(traits)])
}

/// Returns the documentation of a member with the names of its shape, else of its target, with the constraints of both.
pub(super) fn member(model: &Model, member: &Member, names: &Names) -> String {
    let target = model.shape(&member.target);
    let text = documentation(&member.traits, names)
        .or_else(|| documentation(&target.traits, &Names::new()))
        .unwrap_or_else(|| format!("The `{}` member.", member.name));
    paragraphs([
        Some(text),
        notes(&member.traits),
        constraints(&member.traits, target),
        links(&member.traits),
    ])
}

/// Returns the deprecation, if the shape or member is deprecated.
pub(super) fn deprecation(traits: &Traits) -> Option<Deprecation> {
    let deprecated = traits.deprecated.as_ref()?;
    // Not Rust's `since`, which is a version of the crate: models have dates and versions of the service.
    let line = |text: &str| one_line(&to_rustdoc(text));
    let since = deprecated.since.as_deref().map(|since| format!("since {}", line(since)));
    let message = deprecated.message.as_deref().map(line);
    let note = [since, message].into_iter().flatten().collect::<Vec<_>>().join(": ");
    Some(Deprecation { note })
}

fn documentation(traits: &Traits, names: &Names) -> Option<String> {
    let text = to_rustdoc_with(traits.documentation.as_deref()?, names);
    (!text.is_empty()).then_some(text)
}

/// Returns the [documentation traits](https://smithy.io/2.0/spec/documentation-traits.html) that say who should use a
/// shape or member, and since when.
fn notes(traits: &Traits) -> Option<String> {
    let line = |text: &String| one_line(&to_rustdoc(text));
    let recommended = traits.recommended.as_ref().map(|reason| match line(reason) {
        reason if reason.is_empty() => "Recommended.".to_owned(),
        reason => format!("Recommended: {reason}"),
    });
    let notes = [
        traits.internal.then(|| "Internal: not for use outside the service's owner.".to_owned()),
        traits.unstable.then(|| "Unstable: may change without notice.".to_owned()),
        traits.since.as_ref().map(|since| format!("Since {}.", line(since))),
        recommended,
    ];
    let notes: Vec<_> = notes.into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}

fn links(traits: &Traits) -> Option<String> {
    let see = |(name, url): &(String, String)| to_rustdoc(&format!("See [{name}]({url})."));
    let links: Vec<_> = traits.external_documentation.iter().map(see).collect();
    (!links.is_empty()).then(|| links.join("\n\n"))
}

fn constraints(own: &Traits, target: &Shape) -> Option<String> {
    let length = own.length.as_ref().or(target.traits.length.as_ref()).and_then(|l| length(l, &target.kind));
    let range = own.range.as_ref().or(target.traits.range.as_ref()).and_then(range);
    let pattern = own
        .pattern
        .as_ref()
        .or(target.traits.pattern.as_ref())
        .map(|p| format!("Pattern: {}.", code_span(p)));
    let default = own.default.as_ref().map(|value| {
        let text = own.default_number.clone().unwrap_or_else(|| value.to_string());
        format!("Default: {}.", code_span(&text))
    });
    let list: Vec<_> = [length, range, pattern, default].into_iter().flatten().collect();
    (!list.is_empty()).then(|| list.join(" "))
}

fn length(length: &Length, kind: &ShapeKind) -> Option<String> {
    let (unit, units) = match kind {
        ShapeKind::List(_) => ("item", "items"),
        ShapeKind::Map(..) => ("entry", "entries"),
        ShapeKind::Simple(SimpleKind::Blob) => ("byte", "bytes"),
        _ => ("character", "characters"),
    };
    let unit = |count: u64| if count == 1 { unit } else { units };
    match (length.min, length.max) {
        (Some(min), Some(max)) if min == max => Some(format!("Length: {min} {}.", unit(max))),
        (Some(min), Some(max)) => Some(format!("Length: {min} to {max} {}.", unit(max))),
        (Some(min), None) => Some(format!("Length: at least {min} {}.", unit(min))),
        (None, Some(max)) => Some(format!("Length: at most {max} {}.", unit(max))),
        (None, None) => None,
    }
}

fn range(range: &Range) -> Option<String> {
    match (&range.min, &range.max) {
        (Some(min), Some(max)) => Some(format!("Range: {min} to {max}.")),
        (Some(min), None) => Some(format!("Range: at least {min}.")),
        (None, Some(max)) => Some(format!("Range: at most {max}.")),
        (None, None) => None,
    }
}

fn paragraphs<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_units() {
        let bounds = |min, max| Length { min, max };
        let text = ShapeKind::Simple(SimpleKind::String);
        assert_eq!(length(&bounds(Some(1), Some(512)), &text).unwrap(), "Length: 1 to 512 characters.");
        assert_eq!(
            length(&bounds(None, Some(4)), &ShapeKind::Simple(SimpleKind::Blob)).unwrap(),
            "Length: at most 4 bytes."
        );
        assert_eq!(length(&bounds(None, None), &text), None);
        assert_eq!(length(&bounds(Some(1), None), &text).unwrap(), "Length: at least 1 character.");
        assert_eq!(length(&bounds(Some(0), Some(1)), &text).unwrap(), "Length: 0 to 1 character.");
    }

    #[test]
    fn methods_link_their_output() {
        let model = crate::model::testing::resolved(&crate::model::testing::input(""));
        let operation = model.operations.values().next().unwrap();
        let output = RustType::Generated(super::super::types::Module::Types, "CityOutput".to_owned());
        let docs = super::operation(operation, &crate::docs::Names::new(), None, &output, None);
        assert!(docs.ends_with("\n\nReturns [`CityOutput`](super::types::CityOutput)."), "{docs}");
        assert!(
            !super::operation(operation, &crate::docs::Names::new(), None, &RustType::Unit, None)
                .contains("Returns")
        );
    }
}
