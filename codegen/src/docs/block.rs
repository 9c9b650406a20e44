//! Markdown writer for paragraphs, lists, quotes, tables and code blocks.

use super::html::{Token, decode};
use super::inline::{Emphasis, Inline, MAX_DEPTH, Paragraph};
use super::names::Names;
use super::words::{heading, longest_backticks, words, wrap};

/// Maximum width of a line: less than 100 with `///` and the indentation of a method.
const WIDTH: usize = 88;
/// Minimum width of a line in deeply nested blocks.
const MIN_WIDTH: usize = 40;

/// An open block that contains the next block.
enum Container {
    Quote {
        started: bool,
    },
    List {
        ordered: bool,
        items: usize,
    },
    /// An item of the enclosing list; its marker is written with its first block.
    Item {
        marker_width: Option<usize>,
    },
}

impl Container {
    fn is_started(&self) -> bool {
        match self {
            Container::Quote { started } => *started,
            Container::List { .. } => true,
            Container::Item { marker_width } => marker_width.is_some(),
        }
    }
}

/// Writes each block when its last token has been read.
pub(super) struct Writer<'n> {
    output: String,
    containers: Vec<Container>,
    paragraph: Paragraph<'n>,
    /// Prefix of the next paragraph, such as the term that it defines.
    lead: Vec<Inline>,
    /// True if the paragraph is a term.
    in_term: bool,
    /// The heading level, if the paragraph is a heading.
    heading: Option<usize>,
    /// The rows of the open table.
    table: Option<Vec<Vec<String>>>,
    /// The text of the open code block.
    code_block: Option<String>,
    /// True if the last block is in an item.
    after_item: bool,
}

impl<'n> Writer<'n> {
    /// Creates a writer that replaces these names in code spans.
    pub(super) fn new(names: &'n Names) -> Self {
        Self {
            output: String::new(),
            containers: Vec::new(),
            paragraph: Paragraph::new(names),
            lead: Vec::new(),
            in_term: false,
            heading: None,
            table: None,
            code_block: None,
            after_item: false,
        }
    }

    pub(super) fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Comment => {}
            Token::Text(text) => self.text(&decode(text)),
            Token::Close("pre") => self.end_code_block(),
            Token::Open("br", _) if self.code_block.is_some() => self.text("\n"),
            _ if self.code_block.is_some() => {}
            Token::Open(name, href) => self.open(name, href),
            Token::Close(name) => self.close(name),
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.end_code_block();
        self.end_table();
        self.close_containers(0);
        self.output.truncate(self.output.trim_end().len());
        self.output
    }

    fn text(&mut self, text: &str) {
        match &mut self.code_block {
            Some(code) => code.push_str(text),
            None => self.paragraph.text(text),
        }
    }

    fn open(&mut self, name: &'static str, href: Option<&str>) {
        match name {
            "b" | "strong" => self.paragraph.open_emphasis(Emphasis::Strong),
            "i" | "em" | "var" | "replaceable" => self.paragraph.open_emphasis(Emphasis::Weak),
            "code" | "tt" | "kbd" | "samp" => self.paragraph.open_code(),
            "a" => self.paragraph.open_link(decode(href.unwrap_or_default()).trim()),
            "br" => self.paragraph.line_break(),
            "sup" => self.paragraph.text("^"),
            "span" | "sub" | "u" | "font" | "small" | "img" => {}
            "tr" => self.begin_row(),
            "td" | "th" => self.end_open_cell(),
            _ if self.table.is_some() => self.paragraph.space(),
            _ => self.open_block(name),
        }
    }

    fn open_block(&mut self, name: &'static str) {
        self.end_paragraph();
        self.in_term = name == "dt" || (name == "p" && self.in_term);
        match name {
            "ul" | "dl" => self.open_list(false),
            "ol" => self.open_list(true),
            "li" => self.open_item(),
            "dt" => {
                self.open_item();
                self.paragraph.open_emphasis(Emphasis::Strong);
            }
            "fullname" => self.paragraph.open_emphasis(Emphasis::Strong),
            "note" => self.open_quote("Note:"),
            "important" => self.open_quote("Important:"),
            "caution" => self.open_quote("Caution:"),
            "warning" => self.open_quote("Warning:"),
            "tip" => self.open_quote("Tip:"),
            "blockquote" => self.open_quote(""),
            "pre" => {
                self.end_lead();
                self.code_block = Some(String::new());
            }
            "table" => {
                self.end_lead();
                self.table = Some(Vec::new());
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_lead();
                self.heading = name[1..].parse().ok();
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &'static str) {
        match name {
            "b" | "strong" => self.paragraph.close_emphasis(Emphasis::Strong),
            "i" | "em" | "var" | "replaceable" => self.paragraph.close_emphasis(Emphasis::Weak),
            "code" | "tt" | "kbd" | "samp" => self.paragraph.close_code(),
            "a" => self.paragraph.close_link(),
            "sup" | "span" | "sub" | "u" | "font" | "small" | "img" => {}
            "td" | "th" => self.end_cell(),
            "tr" => self.end_open_cell(),
            "table" => self.end_table(),
            _ if self.table.is_some() => self.paragraph.space(),
            _ => self.close_block(name),
        }
    }

    fn close_block(&mut self, name: &str) {
        if name == "dt" && std::mem::take(&mut self.in_term) {
            return self.end_term();
        }
        self.end_paragraph();
        match name {
            "ul" | "ol" | "dl" => {
                self.close_innermost(|container| matches!(container, Container::List { .. }))
            }
            "li" => self.close_item(),
            "note" | "important" | "caution" | "warning" | "tip" | "blockquote" => {
                self.drop_label();
                self.close_innermost(|container| matches!(container, Container::Quote { .. }));
            }
            _ => self.heading = None,
        }
    }

    fn open_list(&mut self, ordered: bool) {
        self.end_lead();
        self.push_container(Container::List { ordered, items: 0 });
    }

    fn open_item(&mut self) {
        self.close_item();
        if !matches!(self.containers.last(), Some(Container::List { .. })) {
            self.open_list(false);
        }
        self.push_container(Container::Item { marker_width: None });
    }

    fn open_quote(&mut self, label: &str) {
        self.end_lead();
        self.push_container(Container::Quote { started: false });
        if !label.is_empty() {
            self.lead = vec![
                Inline::Open(Emphasis::Strong),
                Inline::Text(label.to_owned()),
                Inline::Close(Emphasis::Strong),
                Inline::Space,
            ];
        }
    }

    /// Drops the label of an otherwise empty quote.
    fn drop_label(&mut self) {
        if let Some(Container::Quote { started: false }) = self.containers.last() {
            self.lead.clear();
        }
    }

    fn push_container(&mut self, container: Container) {
        if self.containers.len() < MAX_DEPTH {
            self.containers.push(container);
        }
    }

    /// Closes the open item of the innermost list.
    fn close_item(&mut self) {
        let innermost =
            self.containers.iter().rposition(|container| !matches!(container, Container::Quote { .. }));
        if let Some(at) = innermost
            && matches!(self.containers[at], Container::Item { .. })
        {
            self.close_containers(at);
        }
    }

    fn close_innermost(&mut self, is_wanted: impl Fn(&Container) -> bool) {
        if let Some(at) = self.containers.iter().rposition(is_wanted) {
            self.close_containers(at);
        }
    }

    fn close_containers(&mut self, outermost: usize) {
        self.end_paragraph();
        self.end_lead();
        self.containers.truncate(outermost);
    }

    /// Makes the term the prefix of the paragraph that defines it.
    fn end_term(&mut self) {
        self.end_lead();
        self.lead = self.paragraph.take();
        if !self.lead.is_empty() {
            self.lead.extend([Inline::Text(":".to_owned()), Inline::Space]);
        }
    }

    fn end_lead(&mut self) {
        let lead = std::mem::take(&mut self.lead);
        self.write_paragraph(&lead);
    }

    fn end_paragraph(&mut self) {
        let rest = self.paragraph.take();
        if rest.is_empty() {
            return;
        }
        let mut items = std::mem::take(&mut self.lead);
        items.extend(rest);
        self.write_paragraph(&items);
    }

    fn write_paragraph(&mut self, items: &[Inline]) {
        if items.is_empty() {
            return;
        }
        let lines = words(items, false);
        match self.heading.take() {
            Some(level) => {
                let text = heading(&lines);
                if !text.is_empty() {
                    self.write_block(&[format!("{} {text}", "#".repeat(level))]);
                }
            }
            None => {
                let width = WIDTH.saturating_sub(4 * self.containers.len()).max(MIN_WIDTH);
                self.write_block(&wrap(&lines, width));
            }
        }
    }

    fn begin_row(&mut self) {
        self.end_open_cell();
        if let Some(rows) = &mut self.table {
            rows.push(Vec::new());
        }
    }

    /// Ends an unclosed cell, if there is one.
    fn end_open_cell(&mut self) {
        if !self.paragraph.is_empty() {
            self.end_cell();
        }
    }

    fn end_cell(&mut self) {
        let Some(rows) = &mut self.table else {
            return self.end_paragraph();
        };
        let cell = words(&self.paragraph.take(), true).concat().join(" ");
        match rows.last_mut() {
            Some(row) => row.push(cell),
            None => rows.push(vec![cell]),
        }
    }

    fn end_table(&mut self) {
        self.end_open_cell();
        let mut rows = self.table.take().unwrap_or_default();
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if let Some(head) = rows.first_mut() {
            head.resize(columns, String::new());
            rows.insert(1, vec!["---".to_owned(); columns]);
        }
        let lines: Vec<_> = rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
        self.write_block(&lines);
    }

    /// Writes a code block with the language `text`, so that rustdoc does not compile it.
    fn end_code_block(&mut self) {
        let Some(code) = self.code_block.take() else {
            return;
        };
        let fence = "`".repeat(longest_backticks(&code).max(2) + 1);
        let mut lines = vec![format!("{fence}text")];
        for line in code.split('\n').map(str::trim_end) {
            let after_text = lines.len() > 1 && lines.last().is_some_and(|last| !last.is_empty());
            if !line.is_empty() || after_text {
                lines.push(line.to_owned());
            }
        }
        lines.pop_if(|last| last.is_empty());
        if lines.len() > 1 {
            lines.push(fence);
            self.write_block(&lines);
        }
    }

    fn write_block(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        let joins = self.after_item && self.joins_list();
        if !self.output.is_empty() && !joins {
            self.write_blank_line();
        }
        let first = self.first_prefix();
        self.write_line(&first, &lines[0]);
        let prefix = self.prefix();
        for line in &lines[1..] {
            self.write_line(&prefix, line);
        }
        self.after_item = self.is_in_item();
    }

    fn is_in_item(&self) -> bool {
        let is_item = |container: &Container| matches!(container, Container::Item { .. });
        self.containers.iter().any(is_item)
    }

    fn write_line(&mut self, prefix: &str, line: &str) {
        match line {
            "" => self.output.push_str(prefix.trim_end()),
            _ => self.output.extend([prefix, line]),
        }
        self.output.push('\n');
    }

    fn write_blank_line(&mut self) {
        let started = self.containers.iter().take_while(|container| container.is_started()).count();
        let prefix = prefix(&self.containers[..started]);
        self.write_line(&prefix, "");
    }

    /// Returns true if no blank line precedes the next block: it starts an item that follows another
    /// item, or a list nested in an item.
    fn joins_list(&self) -> bool {
        let Some(item) = self
            .containers
            .iter()
            .position(|container| matches!(container, Container::Item { marker_width: None }))
        else {
            return false;
        };
        let outer = &self.containers[..item];
        let follows = matches!(outer.last(), Some(Container::List { items, .. }) if *items > 0);
        follows || outer.iter().any(|container| matches!(container, Container::Item { .. }))
    }

    /// Returns the prefix of the first line of a block, including the markers of new items.
    fn first_prefix(&mut self) -> String {
        let mut first = String::new();
        let mut list = None;
        for container in &mut self.containers {
            match container {
                Container::Quote { started } => {
                    *started = true;
                    first.push_str("> ");
                }
                Container::List { ordered, items } => list = Some((*ordered, items)),
                Container::Item { marker_width: Some(width) } => first.push_str(&" ".repeat(*width)),
                Container::Item { marker_width } => {
                    let marker = next_marker(list.take());
                    *marker_width = Some(marker.len());
                    first.push_str(&marker);
                }
            }
        }
        first
    }

    fn prefix(&self) -> String {
        prefix(&self.containers)
    }
}

fn next_marker(list: Option<(bool, &mut usize)>) -> String {
    let Some((ordered, items)) = list else {
        return "- ".to_owned();
    };
    *items += 1;
    if ordered { format!("{items}. ") } else { "- ".to_owned() }
}

fn prefix(containers: &[Container]) -> String {
    let mut prefix = String::new();
    for container in containers {
        match container {
            Container::Quote { .. } => prefix.push_str("> "),
            Container::Item { marker_width } => prefix.push_str(&" ".repeat(marker_width.unwrap_or(0))),
            Container::List { .. } => {}
        }
    }
    prefix
}
