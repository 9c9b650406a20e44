//! Tokenizer for HTML, in linear time and without recursion.
//!
//! Documentation is often malformed HTML: tags are unclosed, and prose contains placeholders such
//! as `<bucket-name>`. Anything other than a known tag is text.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// A token of HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Text, with entities not decoded.
    Text(&'a str),
    /// A start tag, and the `href` of an `<a>`.
    Open(&'static str, Option<&'a str>),
    /// An end tag.
    Close(&'static str),
    /// A comment.
    Comment,
}

/// The known tags. Any other is text, such as a placeholder.
const TAGS: &[&str] = &[
    "p",
    "code",
    "a",
    "li",
    "ul",
    "i",
    "note",
    "b",
    "dt",
    "dd",
    "important",
    "dl",
    "ol",
    "fullname",
    "em",
    "strong",
    "br",
    "pre",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "caution",
    "warning",
    "tip",
    "hr",
    "span",
    "div",
    "section",
    "center",
    "sup",
    "sub",
    "u",
    "tt",
    "kbd",
    "samp",
    "var",
    "replaceable",
    "thead",
    "tbody",
    "tfoot",
    "caption",
    "colgroup",
    "col",
    "img",
    "font",
    "small",
];

/// Returns the tokens of `html`.
pub(super) fn tokens(html: &str) -> Tokens<'_> {
    Tokens { rest: html, comments_end: true }
}

pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// False after an unclosed comment: no later comment is closed either, and searching again for
    /// each would take quadratic time.
    comments_end: bool,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.rest;
        let mut from = 0;
        while let Some(at) = rest[from..].find('<').map(|found| from + found) {
            match self.markup(&rest[at..]) {
                Some(_) if at > 0 => return Some(self.text(at)),
                Some((token, length)) => {
                    self.rest = &rest[length..];
                    return Some(token);
                }
                None => from = at + 1,
            }
        }
        (!rest.is_empty()).then(|| self.text(rest.len()))
    }
}

impl<'a> Tokens<'a> {
    fn text(&mut self, length: usize) -> Token<'a> {
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        Token::Text(text)
    }

    /// Returns the tag or comment at the start of `input`, which begins with `<`, and its length.
    fn markup(&mut self, input: &'a str) -> Option<(Token<'a>, usize)> {
        if !input.starts_with("<!--") {
            return tag(input);
        }
        let end = self.comments_end.then(|| input.find("-->")).flatten();
        self.comments_end = end.is_some();
        Some((Token::Comment, end? + 3))
    }
}

fn tag(input: &str) -> Option<(Token<'_>, usize)> {
    let closing = input[1..].starts_with('/');
    let start = 1 + usize::from(closing);
    let length = input[start..].find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, body) = input[start..].split_at(length);
    let name = TAGS.iter().find(|tag| tag.eq_ignore_ascii_case(name))?;
    if !body.starts_with(|c: char| c.is_whitespace() || c == '/' || c == '>') {
        return None;
    }
    let end = tag_end(body)?;
    let href = (!closing && *name == "a").then(|| href(&body[..end])).flatten();
    let token = if closing { Token::Close(name) } else { Token::Open(name, href) };
    Some((token, start + length + end + 1))
}

/// Returns the position of the `>` of a tag; `None` if the tag is unclosed, as before an unquoted `<`.
fn tag_end(body: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in body.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            _ => {}
        }
    }
    None
}

fn href(attributes: &str) -> Option<&str> {
    let at = attributes.to_ascii_lowercase().find("href")?;
    let value = attributes[at + 4..].trim_start().strip_prefix('=')?.trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split_whitespace().next(),
    }
}

/// Decodes entities and removes control characters and bidirectional formatting characters, which
/// rustc rejects in comments.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c == '&' || is_removed(c)) {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let length = entity_length(&rest[at..]).unwrap_or(1);
        decoded.push_str(&decode_entity(&rest[at..at + length]));
        rest = &rest[at + length..];
    }
    decoded.push_str(rest);
    decoded.retain(|c| !is_removed(c));
    Cow::Owned(decoded)
}

/// Returns the length of an entity at the start of `text`, which begins with `&`.
pub(super) fn entity_length(text: &str) -> Option<usize> {
    const MAX_LENGTH: usize = 33;
    let end = text.bytes().take(MAX_LENGTH).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let valid = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    (valid && !name.is_empty()).then_some(end + 1)
}

/// Decodes an entity. The most frequent are matched here; the CommonMark parser decodes the others.
fn decode_entity(entity: &str) -> Cow<'_, str> {
    match entity {
        "&" => "&".into(),
        "&lt;" => "<".into(),
        "&gt;" => ">".into(),
        "&amp;" => "&".into(),
        "&quot;" => "\"".into(),
        _ => Parser::new(entity)
            .filter_map(|event| match event {
                Event::Text(text) => Some(text.into_string()),
                _ => None,
            })
            .collect::<String>()
            .into(),
    }
}

fn is_removed(c: char) -> bool {
    let control = c.is_control() && c != '\n' && c != '\t';
    control || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(html: &str) -> Vec<Token<'_>> {
        tokens(html).collect()
    }

    #[test]
    fn tokenizes_tags_in_any_case_with_attributes() {
        let expected = [
            Token::Open("p", None),
            Token::Open("a", Some("https://x.y/?a>b")),
            Token::Text("z"),
            Token::Close("a"),
            Token::Open("br", None),
        ];
        assert_eq!(all("<P class='c'><a title=x HREF = \"https://x.y/?a>b\">z</A ><br/>"), expected);
    }

    #[test]
    fn unknown_and_unclosed_tags_are_text() {
        for text in ["Vec<T>", "<p-x>", "a < b", "<p", "<p <", "<!-- x", "</", "<", "<a href='x>"] {
            assert_eq!(all(text), [Token::Text(text)]);
        }
    }

    #[test]
    fn decodes_entities_once() {
        assert_eq!(decode("&lt;a&gt; &amp;lt; &eacute;&#65; &none; R&D &;"), "<a> &lt; éA &none; R&D &;");
    }

    #[test]
    fn removes_characters_that_rustc_rejects() {
        assert_eq!(decode("a\u{202e}b&#8238;c\u{7}d\r\n"), "abcd\n");
    }
}
