//! Conversion of model documentation to Markdown for rustdoc.
//!
//! The `smithy.api#documentation` trait is CommonMark. AWS models mostly use embedded HTML, often
//! malformed: <https://smithy.io/2.0/spec/documentation-traits.html#documentation-trait>.
//! The documentation is converted to HTML, then to wrapped Markdown in a uniform style. The result
//! causes no rustdoc warnings: text is always escaped, and only absolute URLs become links.

mod block;
mod html;
mod inline;
mod names;
mod words;

pub(crate) use names::{Name, Names};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// Converts the text of a documentation trait to Markdown, without trailing spaces and without
/// leading, trailing or repeated blank lines. Returns an empty string if there is no visible text.
pub(crate) fn to_rustdoc(documentation: &str) -> String {
    to_rustdoc_with(documentation, &Names::new())
}

/// Converts the text as [`to_rustdoc`] does, and replaces code spans that consist of a name.
pub(crate) fn to_rustdoc_with(documentation: &str, names: &Names) -> String {
    let html = to_html(documentation);
    let mut writer = block::Writer::new(names);
    for token in html::tokens(&html) {
        writer.token(token);
    }
    writer.finish()
}

fn to_html(documentation: &str) -> String {
    let mut html = String::with_capacity(documentation.len());
    let events = Parser::new(documentation);
    if documentation.contains("</") {
        pulldown_cmark::html::push_html(&mut html, without_indented_code(events));
    } else {
        pulldown_cmark::html::push_html(&mut html, events);
    }
    html
}

/// Converts indented code blocks to HTML. In CommonMark, a blank line ends an HTML block, so indented
/// HTML after it is parsed as code.
fn without_indented_code<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let mut indented = false;
    events.filter_map(move |event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
            indented = true;
            None
        }
        Event::End(TagEnd::CodeBlock) if indented => {
            indented = false;
            None
        }
        Event::Text(text) if indented => Some(Event::Html(text)),
        event => Some(event),
    })
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use pulldown_cmark::Options;

    use super::*;

    /// Renders the documentation as rustdoc does.
    fn rendered(documentation: &str) -> String {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        let markdown = to_rustdoc(documentation);
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, Parser::new_ext(&markdown, options));
        html.trim_end().to_owned()
    }

    /// Asserts that rustdoc renders `text` literally, in one paragraph.
    fn assert_literal(text: &str) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert_eq!(rendered(&format!("<p>{escaped}</p>")), format!("<p>{escaped}</p>"));
    }

    /// Like [`assert_literal`], for text that wraps.
    fn assert_literal_when_wrapped(text: &str) {
        let escaped = text.replace('<', "&lt;").replace('>', "&gt;");
        let actual = rendered(&format!("<p>{escaped}</p>")).replace('\n', " ");
        assert_eq!(actual, format!("<p>{escaped}</p>"));
    }

    #[test]
    fn invisible_documentation_is_empty() {
        for text in ["", " \n ", "<p></p>", "<fullname/>", "<b> </b>", "<!-- x -->", "<note></note>"] {
            assert_eq!(to_rustdoc(text), "", "{text}");
        }
    }

    #[test]
    fn preserves_commonmark() {
        let text = "# Title\n\nSome *weak*, **strong** and `code`,\na [link](https://x.y \"t\").\n\n\
                    1. one\n2. two\n   - inner\n\n> quote";
        let expected = "# Title\n\nSome *weak*, **strong** and `code`, a [link](https://x.y).\n\n\
                        1. one\n2. two\n   - inner\n\n> quote";
        assert_eq!(to_rustdoc(text), expected);
    }

    #[test]
    fn converts_html() {
        let text = "<p>Sets <code>a_b</code> of <i>the <b>key</b></i>;\n  see <a href=\"https://x.y\">\
                    <code>Put</code></a>.</p><ul><li><p>one</p></li><li><p>two</p><p>more</p>\
                    <ol><li>inner</li><li>last</li></ol></li></ul><p>End&nbsp;&eacute;</p>";
        let expected = "Sets `a_b` of *the key*; see [`Put`](https://x.y).\n\n\
                        - one\n- two\n\n  more\n  1. inner\n  2. last\n\nEnd é";
        assert_eq!(to_rustdoc(text), expected);
    }

    #[test]
    fn converts_notes_to_labelled_quotes() {
        let text = "a<note><p>b</p><p>c</p></note><important><ul><li>d</li></ul></important>";
        let expected = "a\n\n> **Note:** b\n>\n> c\n\n> **Important:**\n>\n> - d";
        assert_eq!(to_rustdoc(text), expected);
    }

    #[test]
    fn converts_definition_lists() {
        let text = "<dl><dt>Key</dt><dd><p>A <b>b</b>.</p><p>More.</p></dd><dt>Lone</dt></dl>";
        assert_eq!(to_rustdoc(text), "- **Key**: A **b**.\n\n  More.\n- **Lone**:");
    }

    #[test]
    fn converts_tables() {
        let text = "<table><tr><th>a</th><th>b|c</th></tr><tr><td></td><td><p><code>d|e</code></p>";
        assert_eq!(to_rustdoc(text), "| a | b\\|c |\n| --- | --- |\n|  | `d\\|e` |");
        assert!(rendered(text).contains("<td></td><td><code>d|e</code></td>"));
    }

    #[test]
    fn preserves_line_breaks() {
        assert_eq!(to_rustdoc("<p>a<br/> <br>b<br></p>"), "a\\\nb");
        assert_eq!(to_rustdoc("<p><i>a <br></i></p>"), "a");
    }

    #[test]
    fn code_blocks_are_not_doctests() {
        for text in ["    let x;", "```\nlet x;\n```", "```rust\nlet x;\n```", "<pre><code>let x;"] {
            assert_eq!(to_rustdoc(text), "```text\nlet x;\n```", "{text}");
        }
        assert_eq!(to_rustdoc("<pre>\n\n  a\n\n\n ``` \n</pre>"), "````text\n  a\n\n ```\n````");
    }

    #[test]
    fn indented_html_is_not_code() {
        assert_eq!(to_rustdoc("<p>a</p>\n\n    <p>b &amp;\n    c</p>"), "a\n\nb & c");
    }

    #[test]
    fn preserves_placeholders() {
        let text = "Vec<T> of <bucket>, <code>arn:<Region></code> and &lt;b&gt;";
        let expected = "<p>Vec&lt;T&gt; of &lt;bucket&gt;, <code>arn:&lt;Region&gt;</code> and &lt;b&gt;</p>";
        assert_eq!(rendered(text), expected);
    }

    #[test]
    fn escapes_text() {
        for text in [
            "[foo] and [bar][baz] [x]: y ![z](w) [^1]",
            "a * b *c* _d_ __e__ f_g_ ~~h~~ ~i~",
            "` `` ``` \\` \\",
            "- a",
            "+ a",
            "# a",
            "> a",
            "1. a",
            "1) a",
            "---",
            "===",
            "| a | b |",
            "[ ] a",
            "a &copy; &#65; R&D --x",
        ] {
            assert_literal(text);
        }
    }

    #[test]
    fn escapes_wrapped_text() {
        for word in ["-", "+", "*", "#", ">", "1.", "2)", "===", "---", "|", ":-", "```", "~~~", "[x]:"] {
            assert_literal_when_wrapped(&vec![word; 200].join(" "));
        }
    }

    #[test]
    fn drops_emphasis_that_markdown_cannot_express() {
        assert_eq!(to_rustdoc("<p>a<b>(b)</b>c <i>d</i><b>e</b> f<b>g</b>h</p>"), "a(b)c de f**g**h");
    }

    #[test]
    fn links_bare_urls_and_drops_relative_links() {
        let text = "See https://x.y/a_b?c=d, <a href=\"#top\">top</a>, <a>Op</a>, <a href=\"https://x.y/(a) b\">w!</a>!\
                    <a href='https://x.y'>https://x.y</a>";
        let expected = "See <https://x.y/a_b?c=d>, top, Op, [w!](https://x.y/%28a%29%20b)!<https://x.y>";
        assert_eq!(to_rustdoc(text), expected);
        assert_eq!(to_rustdoc("!<a href='https://x.y'>a</a>"), "\\![a](https://x.y)");
    }

    #[test]
    fn headings_are_one_line() {
        assert_eq!(to_rustdoc("<h2>a<br>b #</h2>c"), "## a b \\#\n\nc");
        assert_eq!(rendered("<h2>http://a.b/#</h2>").matches("http://a.b/#").count(), 2);
    }

    #[test]
    fn code_spans_hold_any_text() {
        assert_eq!(rendered("<p><code>`a``</code></p>"), "<p><code>`a``</code></p>");
        let code = "<p>https://{a}.b<code>c</code></p>";
        assert_eq!(rendered(code), "<p><code>https://{a}.bc</code></p>");
        let dropped_mark = "<p><code>a</code><b><code>b</code></b>c</p>";
        assert_eq!(rendered(dropped_mark), "<p><code>ab</code>c</p>");
    }

    #[test]
    fn malformed_documentation_takes_linear_time() {
        let pieces = [
            "<b>",
            "<b><code>a</code></b>",
            "<i></b>x",
            "<p><b><i>",
            "<code>",
            "<ul><li>",
            "<li>a",
            "<note>",
            "<dt>a<dd>b<note>",
            "<table><tr><td>",
            "<td>a|",
            "<pre>",
            "<h1>",
            "<a href='https://x.y'>z",
            "<!--",
            "<a \"",
            "<b <",
            "&",
            "> ",
            "- ",
            "[",
            "![",
            "`",
            "*a ",
            "**a*b_",
            "https://",
            "\\",
            "\0",
        ];
        // The fastest of three runs, and several attempts: a busy machine must not fail the test.
        let time = |text: &str| {
            let run = || {
                let start = Instant::now();
                let markdown = to_rustdoc(text);
                assert!(markdown.lines().all(|line| line.trim_end() == line), "{}", &text[..20]);
                start.elapsed()
            };
            run().min(run()).min(run())
        };
        for piece in pieces {
            // Quadratic time would be a factor of 256.
            let is_linear = || time(&piece.repeat(16_000)) < time(&piece.repeat(1_000)) * 96;
            assert!((0..5).any(|_| is_linear()), "{piece}");
        }
    }
}
