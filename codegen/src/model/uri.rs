//! [URI patterns](https://smithy.io/2.0/spec/http-bindings.html#uri) of the `http` trait.

use super::is_identifier;
use std::collections::BTreeSet;

/// A URI pattern, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UriPattern<'u> {
    /// The segments of the path. The path is each of them after a `/`: one that ends in `/` has an empty
    /// literal as its last.
    pub segments: Vec<Segment<'u>>,
    /// The query parameters that are always sent, with their values.
    pub query: Vec<(&'u str, Option<&'u str>)>,
}

/// A segment of the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'u> {
    /// Text, as it is.
    Literal(&'u str),
    /// The value of a member.
    Label(&'u str),
    /// The value of a member, which may have any number of segments.
    Greedy(&'u str),
}

impl<'u> UriPattern<'u> {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence whose subject is the pattern.
    pub fn parse(uri: &'u str) -> Result<Self, String> {
        if !uri.is_ascii() || uri.contains(|c: char| c.is_ascii_control() || c == ' ') {
            return Err("has characters that a URI cannot have".to_owned());
        }
        if uri.contains('#') {
            return Err("has a fragment (`#`)".to_owned());
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
                return Err("has an empty segment (`//`)".to_owned());
            }
            segments.push(Segment::parse(part)?);
        }
        check_labels(&segments)?;
        Ok(Self { segments, query: query.map_or(Ok(Vec::new()), parse_query)? })
    }

    /// The names of the labels, in order.
    pub fn labels(&self) -> impl Iterator<Item = &'u str> {
        self.segments.iter().filter_map(|segment| segment.label())
    }
}

impl<'u> Segment<'u> {
    fn parse(text: &'u str) -> Result<Self, String> {
        let Some(label) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) else {
            return match text {
                "." | ".." => Err(format!("has the segment `{text}`")),
                _ if text.contains(['{', '}']) => {
                    Err(format!("has a label that is only a part of the segment `{text}`"))
                }
                _ => Ok(Self::Literal(text)),
            };
        };
        let (name, segment) = match label.strip_suffix('+') {
            Some(name) => (name, Self::Greedy(name)),
            None => (label, Self::Label(label)),
        };
        if is_identifier(name) {
            Ok(segment)
        } else {
            Err(format!("has the label `{text}`, which is no name"))
        }
    }

    /// The name of the label, if it is one.
    pub fn label(&self) -> Option<&'u str> {
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
            return Err(format!(
                "has the label `{name}` after the greedy label `{greedy}`, which must be the last"
            ));
        }
        if !seen.insert(name) {
            return Err(format!("has the label `{name}` twice"));
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
        return Err("has a label in its query".to_owned());
    }
    let mut seen = BTreeSet::new();
    let mut parameters = Vec::new();
    for parameter in query.split('&') {
        let (name, value) = match parameter.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (parameter, None),
        };
        if !seen.insert(name) {
            return Err(format!("has the query parameter `{name}` twice"));
        }
        parameters.push((name, value));
    }
    Ok(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_taken_apart() {
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
    fn a_malformed_pattern_is_an_error() {
        for (uri, reason) in [
            ("", "does not start with `/`"),
            ("a", "does not start with `/`"),
            ("/a//b", "has an empty segment (`//`)"),
            ("/a#b", "has a fragment (`#`)"),
            ("/a?", "ends with `?`"),
            ("/../a", "has the segment `..`"),
            ("/a{b}", "has a label that is only a part of the segment `a{b}`"),
            ("/{}", "has the label `{}`, which is no name"),
            ("/{a}/{a}", "has the label `a` twice"),
            ("/{a+}/{b+}", "has the label `b` after the greedy label `a`, which must be the last"),
            ("/?a={b}", "has a label in its query"),
            ("/?a&a=1", "has the query parameter `a` twice"),
            ("/é", "has characters that a URI cannot have"),
        ] {
            assert_eq!(UriPattern::parse(uri), Err(reason.to_owned()), "{uri}");
        }
    }
}
