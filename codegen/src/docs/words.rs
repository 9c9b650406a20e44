//! Conversion of paragraph contents to Markdown words, and line wrapping.
//!
//! Text is escaped for CommonMark and the extensions that rustdoc enables (tables, footnotes,
//! strikethrough, task lists, smart punctuation).

use super::html::entity_length;
use super::inline::{Emphasis, Inline};

/// Code spans of at least this many bytes are not joined with the next one.
const JOIN_LIMIT: usize = 1_000;

/// Words between two line breaks. A word can contain spaces in a code span.
pub(super) type Words = Vec<String>;

/// Returns the Markdown words of `items`, split at hard line breaks. In a table cell, `|` in code is
/// escaped too.
pub(super) fn words(items: &[Inline], in_table: bool) -> Vec<Words> {
    let mut output =
        Output { lines: vec![Words::new()], new_word: true, in_link: false, in_table, last_code: None };
    let mut emphasized = false;
    let mut skip = 0;
    for (at, item) in items.iter().enumerate() {
        if at < skip {
            continue;
        }
        match item {
            Inline::Space => output.new_word = true,
            Inline::Break => output.line_break(),
            Inline::Text(text) => output.text(text),
            Inline::Code(code) => output.code(code),
            Inline::Open(emphasis) => {
                emphasized = can_emphasize(items, at);
                output.emphasis(*emphasis, emphasized);
            }
            Inline::Close(emphasis) => output.emphasis(*emphasis, emphasized),
            Inline::OpenLink => match autolink(&items[at + 1..]) {
                Some(url) => {
                    output.push(&format!("<{url}>"));
                    skip = at + 3;
                }
                None => output.open_link(),
            },
            Inline::CloseLink(url) => output.close_link(url),
        }
    }
    output.lines
}

struct Output {
    lines: Vec<Words>,
    /// True if the next item starts a new word.
    new_word: bool,
    in_link: bool,
    in_table: bool,
    /// The start, end and content of the last code span in the current word.
    last_code: Option<(usize, usize, String)>,
}

impl Output {
    fn word(&mut self) -> &mut String {
        if self.lines.is_empty() {
            self.lines.push(Words::new());
        }
        let last = self.lines.len() - 1;
        let words = &mut self.lines[last];
        if std::mem::take(&mut self.new_word) || words.is_empty() {
            words.push(String::new());
            self.last_code = None;
        }
        let last = words.len() - 1;
        &mut words[last]
    }

    fn push(&mut self, piece: &str) {
        self.word().push_str(piece);
    }

    fn line_break(&mut self) {
        self.lines.push(Words::new());
        self.new_word = true;
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while !self.in_link
            && let Some((start, end)) = find_url(rest)
        {
            escape(&rest[..start], self.word());
            let url = &rest[start..end];
            if url.chars().all(is_url_char) {
                self.push(&format!("<{url}>"));
            } else {
                self.code(url);
            }
            rest = &rest[end..];
        }
        escape(rest, self.word());
    }

    fn code(&mut self, code: &str) {
        let mut content = code.to_owned();
        let mut start = self.word().len();
        match self.last_code.take() {
            // Adjacent code spans must be joined: their fences would merge. Limited to keep this linear.
            Some((earlier, end, first)) if end == start && first.len() < JOIN_LIMIT => {
                content.insert_str(0, &first);
                start = earlier;
            }
            Some((_, end, _)) if end == start => {
                self.new_word = true;
                start = 0;
            }
            _ => {}
        }
        let span = code_span(&content);
        let span = if self.in_table { span.replace('|', "\\|") } else { span };
        let word = self.word();
        word.truncate(start);
        word.push_str(&span);
        self.last_code = Some((start, start + span.len(), content));
    }

    fn emphasis(&mut self, emphasis: Emphasis, rendered: bool) {
        match emphasis {
            Emphasis::Strong if rendered => self.push("**"),
            Emphasis::Weak if rendered => self.push("*"),
            _ => {}
        }
    }

    fn open_link(&mut self) {
        self.in_link = true;
        let word = self.word();
        if word.ends_with('!') {
            // `![` would start an image.
            word.pop();
            word.push_str("\\!");
        }
        word.push('[');
    }

    fn close_link(&mut self, url: &str) {
        self.in_link = false;
        let mut target = String::from("](");
        for (at, c) in url.char_indices() {
            match c {
                '&' if entity_length(&url[at..]).is_some() => target.push_str("&amp;"),
                c if is_url_char(c) && !"()[]".contains(c) => target.push(c),
                c if c.is_alphanumeric() => target.push(c),
                c => percent_encode(c, &mut target),
            }
        }
        target.push(')');
        self.push(&target);
    }
}

fn code_span(code: &str) -> String {
    let fence = "`".repeat(longest_backticks(code) + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{code}{pad}{fence}")
}

fn percent_encode(c: char, output: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        output.push_str(&format!("%{byte:02X}"));
    }
}

/// Returns the URL if `items` are the content and end of a link whose text is its URL.
fn autolink(items: &[Inline]) -> Option<&str> {
    match items {
        [Inline::Text(text), Inline::CloseLink(url), ..] if text == url && url.chars().all(is_url_char) => {
            Some(url)
        }
        _ => None,
    }
}

/// Returns the range of a URL in a word, without surrounding punctuation.
fn find_url(word: &str) -> Option<(usize, usize)> {
    word.match_indices("http").find_map(|(start, _)| {
        let rest = &word[start..];
        let scheme = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme))?;
        let url = rest.split(['"', '\'']).next()?;
        let url = url.trim_end_matches(|c| ".,;:!?)]*".contains(c));
        (url.len() > scheme.len()).then_some((start, start + url.len()))
    })
}

/// Returns true if the character needs no escape in a URL, including in `<url>`.
fn is_url_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,=%()[]".contains(c)
}

pub(super) fn longest_backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Returns true if Markdown can express the emphasis that opens at `open`. This depends on the
/// characters around both delimiters ("flanking" in the CommonMark specification).
fn can_emphasize(items: &[Inline], open: usize) -> bool {
    let close = items[open..].iter().position(|item| matches!(item, Inline::Close(_)));
    let Some(close) = close.map(|found| open + found) else {
        return false;
    };
    let around = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| items.get(before)).map_or(' ', last_char);
        let after = items.get(at + 1).map_or(' ', first_char);
        (before, after)
    };
    let (outside, first) = around(open);
    let (last, beyond) = around(close);
    flanks(edge_char(first, items.get(open + 1)), outside)
        && flanks(edge_char(last, items.get(close - 1)), beyond)
}

/// Returns `<` if `item` contains a URL, which is written as `<url>`, else `edge`.
fn edge_char(edge: char, item: Option<&Inline>) -> char {
    match item {
        Some(Inline::Text(text)) if find_url(text).is_some() => '<',
        _ => edge,
    }
}

/// Returns true if a delimiter between these two characters opens or closes emphasis.
fn flanks(inside: char, outside: char) -> bool {
    let is_punctuation = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let is_adjacent = outside == '*' || inside == '*';
    !inside.is_whitespace() && !is_adjacent && (!is_punctuation(inside) || !outside.is_alphanumeric())
}

fn first_char(item: &Inline) -> char {
    match item {
        Inline::Space | Inline::Break => ' ',
        Inline::Text(text) => text.chars().next().unwrap_or(' '),
        Inline::Code(_) => '`',
        Inline::OpenLink | Inline::CloseLink(_) => '[',
        Inline::Open(_) | Inline::Close(_) => '*',
    }
}

fn last_char(item: &Inline) -> char {
    match item {
        Inline::Text(text) => text.chars().next_back().unwrap_or(' '),
        other => first_char(other),
    }
}

/// Appends `text`, escaped for Markdown.
fn escape(text: &str, output: &mut String) {
    let mut before = output.chars().next_back();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, after)| after);
        if needs_escape(before, c, after, &text[at..]) {
            output.push('\\');
        }
        output.push(c);
        before = Some(c);
    }
}

fn needs_escape(before: Option<char>, c: char, after: Option<char>, rest: &str) -> bool {
    let alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
        // `snake_case` is not emphasis; escapes would only make it harder to read.
        '_' => !(alphanumeric(before) && alphanumeric(after)),
        '&' => entity_length(rest).is_some(),
        // Smart punctuation: rustdoc replaces `--` with a dash.
        '-' => after == Some('-'),
        _ => false,
    }
}

/// Returns the text of a heading as one line. A trailing `#` is escaped.
pub(super) fn heading(lines: &[Words]) -> String {
    let mut words = lines.concat();
    if let Some(last) = words.last_mut()
        && last.chars().all(|c| c == '#')
    {
        last.insert(0, '\\');
    }
    words.join(" ")
}

/// Wraps a paragraph. No line is wider than `width`, except for a single longer word.
pub(super) fn wrap(lines: &[Words], width: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    for words in lines.iter().filter(|words| !words.is_empty()) {
        if let Some(line) = wrapped.last_mut() {
            line.push('\\');
        }
        wrap_words(words, width, &mut wrapped);
    }
    wrapped
}

fn wrap_words(words: &[String], width: usize, wrapped: &mut Vec<String>) {
    let mut line = String::new();
    let mut used = 0;
    for word in words {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            wrapped.push(std::mem::take(&mut line));
            used = 0;
        }
        if used == 0 {
            let word = escape_block_start(word);
            used = word.chars().count();
            line.push_str(&word);
        } else {
            used += 1 + length;
            line.push(' ');
            line.push_str(word);
        }
    }
    if used > 0 {
        wrapped.push(line);
    }
}

/// Escapes a word that would start a block, such as a list, at the start of a line.
fn escape_block_start(word: &str) -> String {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let numbers_item = digits > 0 && matches!(&word[digits..], "." | ")");
    let starts_block = word.starts_with('>') || word.chars().all(|c| "-+#=:".contains(c));
    match () {
        () if numbers_item => format!("{}\\{}", &word[..digits], &word[digits..]),
        () if starts_block => format!("\\{word}"),
        () => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: usize) -> Vec<String> {
        let names = super::super::names::Names::new();
        let mut paragraph = super::super::inline::Paragraph::new(&names);
        paragraph.text(text);
        wrap(&words(&paragraph.take(), false), width)
    }

    #[test]
    fn wraps_at_width() {
        assert_eq!(lines("aa bb cc dddddddd e", 5), ["aa bb", "cc", "dddddddd", "e"]);
    }

    #[test]
    fn escapes_block_markers_at_line_start_only() {
        assert_eq!(lines("a - - 1. 1.5 > #", 1), ["a", "\\-", "\\-", "1\\.", "1.5", "\\>", "\\#"]);
        assert_eq!(lines("a - 1. > # =", 80), ["a - 1. > # ="]);
    }

    #[test]
    fn snake_case_and_lone_ampersands_are_not_escaped() {
        assert_eq!(lines("a_b _c R&D &lt;", 80), ["a_b \\_c R&D \\&lt;"]);
    }

    #[test]
    fn links_urls_without_surrounding_punctuation() {
        assert_eq!(lines("(see https://x.y/a_b?c=d&e=f).", 80), ["(see <https://x.y/a_b?c=d&e=f>)."]);
        assert_eq!(lines("https://{bucket}.x.y, https://", 80), ["`https://{bucket}.x.y`, https://"]);
    }
}
