//! [URI patterns](https://smithy.io/2.0/spec/http-bindings.html#uri) of the `http` trait.

use crate::shape_id::is_identifier;
use std::collections::BTreeSet;

/// A parsed URI pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UriPattern<'u> {
    /// The segments of the path, each preceded by a `/`. If the path ends in `/`, the last segment is an
    /// empty literal.
    pub(crate) segments: Vec<Segment<'u>>,
    /// The literal query parameters and their values.
    pub(crate) query: Vec<(&'u str, Option<&'u str>)>,
}

/// A path segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Segment<'u> {
    /// Literal text.
    Literal(&'u str),
    /// A label: the name of the member bound to it.
    Label(&'u str),
    /// A greedy label: the name of the member bound to it. Its value may contain `/`.
    Greedy(&'u str),
}

impl<'u> UriPattern<'u> {
    /// Parses a pattern.
    ///
    /// # Errors
    /// Returns a description of the problem that continues a sentence whose subject is the pattern, such as
    /// "does not start with `/`".
    pub(crate) fn parse(uri: &'u str) -> Result<Self, String> {
        if !uri.is_ascii() || uri.contains(|c: char| c.is_ascii_control() || c == ' ') {
            return Err("contains characters that are not allowed in a URI".to_owned());
        }
        if uri.contains('#') {
            return Err("contains a fragment (`#`)".to_owned());
        }
        let (path, query) = match uri.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (uri, None),
        };
        let path = path.strip_prefix('/').ok_or("does not start with `/`")?;
        let mut segments = Vec::new();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            if part.is_empty() && parts.peek().is_some() {
                return Err("contains an empty segment (`//`)".to_owned());
            }
            segments.push(Segment::parse(part)?);
        }
        check_labels(&segments)?;
        Ok(Self { segments, query: query.map_or(Ok(Vec::new()), parse_query)? })
    }

    /// Returns the names of the labels, in order.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &'u str> {
        self.segments.iter().filter_map(|segment| segment.label())
    }
}

impl<'u> Segment<'u> {
    fn parse(text: &'u str) -> Result<Self, String> {
        let Some(label) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) else {
            return match text {
                "." | ".." => Err(format!("contains the segment `{text}`")),
                _ if text.contains(['{', '}']) => {
                    Err(format!("contains a label that is not the entire segment: `{text}`"))
                }
                _ => Ok(Self::Literal(text)),
            };
        };
        let (name, segment) = match label.strip_suffix('+') {
            Some(name) => (name, Self::Greedy(name)),
            None => (label, Self::Label(label)),
        };
        if is_identifier(name) { Ok(segment) } else { Err(format!("contains the invalid label `{text}`")) }
    }

    /// Returns the name of the label, if the segment is one.
    pub(crate) fn label(&self) -> Option<&'u str> {
        match self {
            Self::Literal(_) => None,
            Self::Label(name) | Self::Greedy(name) => Some(name),
        }
    }
}

fn check_labels(segments: &[Segment<'_>]) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    let mut greedy = None;
    for segment in segments {
        let Some(name) = segment.label() else { continue };
        if let Some(greedy) = greedy {
            return Err(format!("contains the label `{name}` after the greedy label `{greedy}`"));
        }
        if !seen.insert(name) {
            return Err(format!("contains the label `{name}` twice"));
        }
        greedy = matches!(segment, Segment::Greedy(_)).then_some(name);
    }
    Ok(())
}

fn parse_query(query: &str) -> Result<Vec<(&str, Option<&str>)>, String> {
    if query.is_empty() {
        return Err("ends with `?`".to_owned());
    }
    if query.contains(['{', '}']) {
        return Err("contains a label in the query string".to_owned());
    }
    let mut seen = BTreeSet::new();
    let mut parameters = Vec::new();
    for parameter in query.split('&') {
        let (name, value) = match parameter.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (parameter, None),
        };
        if !seen.insert(name) {
            return Err(format!("contains the query parameter `{name}` twice"));
        }
        parameters.push((name, value));
    }
    Ok(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_valid_patterns() {
        let pattern = UriPattern::parse("/a/{b}/{c+}/?x&y=1").unwrap();
        assert_eq!(
            pattern.segments,
            [Segment::Literal("a"), Segment::Label("b"), Segment::Greedy("c"), Segment::Literal("")]
        );
        assert_eq!(pattern.query, [("x", None), ("y", Some("1"))]);
        assert_eq!(pattern.labels().collect::<Vec<_>>(), ["b", "c"]);
        assert_eq!(UriPattern::parse("/").unwrap().segments, [Segment::Literal("")]);
    }

    #[test]
    fn rejects_malformed_patterns() {
        for (uri, reason) in [
            ("", "does not start with `/`"),
            ("a", "does not start with `/`"),
            ("/a//b", "contains an empty segment (`//`)"),
            ("/a#b", "contains a fragment (`#`)"),
            ("/a?", "ends with `?`"),
            ("/../a", "contains the segment `..`"),
            ("/a{b}", "contains a label that is not the entire segment: `a{b}`"),
            ("/{}", "contains the invalid label `{}`"),
            ("/{a}/{a}", "contains the label `a` twice"),
            ("/{a+}/{b+}", "contains the label `b` after the greedy label `a`"),
            ("/?a={b}", "contains a label in the query string"),
            ("/?a&a=1", "contains the query parameter `a` twice"),
            ("/é", "contains characters that are not allowed in a URI"),
        ] {
            assert_eq!(UriPattern::parse(uri), Err(reason.to_owned()), "{uri}");
        }
    }
}
