//! The paths in a source file.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;

/// A reference to a module or item of the crate.
pub(super) struct Reference {
    /// The absolute path, without `crate`.
    pub(super) path: Vec<String>,
    /// The name of an import in the importing module. `None` for globs and for paths outside of imports.
    pub(super) name: Option<String>,
    /// True for `pub use`, with any visibility.
    pub(super) exported: bool,
}

/// The contents of a source file.
#[derive(Default)]
pub(super) struct Contents {
    /// The names of the modules that it declares.
    pub(super) children: Vec<String>,
    pub(super) references: Vec<Reference>,
    /// The names outside of imports.
    pub(super) names: BTreeSet<String>,
}

/// Reads the source of the module at a path.
pub(super) fn parse(text: &str, module: &[String]) -> Contents {
    let tokens = without_tests(text.parse().unwrap());
    let mut contents = Contents { children: children(&tokens), ..Contents::default() };
    Scope { module, inline: false }.read(&tokens, &mut contents);
    contents
}

/// Removes the items under `#[cfg(test)]`.
fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        let text = token.to_string().replace(' ', "");
        if text.starts_with("[cfg(test)") || text.starts_with("[cfg(all(test") {
            // The `#` before the attribute, and the item after it.
            kept.pop();
            tokens.find(|token| is_group(token, Delimiter::Brace) || is_punct(token, ';'));
        } else {
            kept.push(token);
        }
    }
    kept
}

/// Returns the names of modules in other files: `mod name;`.
fn children(tokens: &[TokenTree]) -> Vec<String> {
    let is_declaration = |window: &&[TokenTree]| is_ident(&window[0], "mod") && is_punct(&window[2], ';');
    tokens.windows(3).filter(is_declaration).map(|window| window[1].to_string()).collect()
}

/// A module, or an inline module in its file.
#[derive(Clone, Copy)]
struct Scope<'m> {
    module: &'m [String],
    inline: bool,
}

/// The statement that contains a path.
#[derive(Clone, Copy, PartialEq)]
enum Statement {
    Import,
    Export,
    Other,
}

impl Scope<'_> {
    fn read(self, tokens: &[TokenTree], contents: &mut Contents) {
        let mut statement = Statement::Other;
        let mut rest = tokens;
        while let [token, after @ ..] = rest {
            rest = after;
            match (token, after) {
                (TokenTree::Ident(ident), _) if ident == "use" => {
                    let before = &tokens[..tokens.len() - after.len() - 1];
                    statement = if is_public(before) { Statement::Export } else { Statement::Import };
                }
                // The path in `pub(in path)`.
                (TokenTree::Ident(ident), [scope, after @ ..])
                    if ident == "pub" && is_group(scope, Delimiter::Parenthesis) =>
                {
                    rest = after;
                }
                (TokenTree::Ident(ident), [_, TokenTree::Group(body), after @ ..]) if ident == "mod" => {
                    let body = without_tests(body.stream());
                    Self { inline: true, ..self }.read(&body, contents);
                    rest = after;
                }
                (TokenTree::Ident(ident), [a, b, ..]) if is_separator(a, b) => {
                    match self.start(&ident.to_string(), &contents.children) {
                        Some(path) => rest = read_path(path, after, statement, contents),
                        None => drop(contents.names.insert(ident.to_string())),
                    }
                }
                (TokenTree::Ident(ident), _) => drop(contents.names.insert(ident.to_string())),
                (TokenTree::Group(group), _) => {
                    self.read(&without_tests(group.stream()), contents);
                }
                (token, _) if is_punct(token, ';') => statement = Statement::Other,
                _ => {}
            }
            // The segments after the first.
            while let [a, b, TokenTree::Ident(_), after @ ..] = rest {
                if !is_separator(a, b) {
                    break;
                }
                rest = after;
            }
        }
    }

    /// Returns the absolute path of the first segment of a path, if it is in the crate.
    fn start(self, first: &str, children: &[String]) -> Option<Vec<String>> {
        match first {
            "crate" => Some(Vec::new()),
            "self" => Some(self.module.to_vec()),
            "super" if self.inline => Some(self.module.to_vec()),
            "super" => Some(self.module[..self.module.len().checked_sub(1)?].to_vec()),
            child if children.iter().any(|name| name == child) => {
                Some([self.module, &[child.to_owned()]].concat())
            }
            _ => None,
        }
    }
}

/// Adds the path that continues after its first segment, or several if it ends in braces. Returns the tokens
/// after it.
fn read_path<'t>(
    mut path: Vec<String>,
    mut tokens: &'t [TokenTree],
    statement: Statement,
    contents: &mut Contents,
) -> &'t [TokenTree] {
    let mut is_glob = false;
    while let [a, b, next, rest @ ..] = tokens {
        if !is_separator(a, b) {
            break;
        }
        tokens = rest;
        match next {
            TokenTree::Ident(ident) if ident == "super" => drop(path.pop()),
            TokenTree::Ident(ident) => path.push(ident.to_string()),
            TokenTree::Group(group) if statement != Statement::Other => {
                let items: Vec<_> = group.stream().into_iter().collect();
                for item in items.split(|token| is_punct(token, ',')) {
                    let [TokenTree::Ident(first), rest @ ..] = item else { continue };
                    let mut path = path.clone();
                    if first != "self" {
                        path.push(first.to_string());
                    }
                    read_path(path, rest, statement, contents);
                }
                return tokens;
            }
            // A glob, or generic arguments.
            _ => is_glob = true,
        }
    }
    let alias = match tokens {
        [word, alias, ..] if is_ident(word, "as") => Some(alias.to_string()),
        _ => path.last().cloned(),
    };
    let name = alias.filter(|_| statement != Statement::Other && !is_glob);
    contents.references.push(Reference { path, name, exported: statement == Statement::Export });
    tokens
}

/// Returns true if an item that starts after these tokens is public, with any visibility.
fn is_public(before: &[TokenTree]) -> bool {
    match before {
        [.., last] if is_ident(last, "pub") => true,
        [.., last, scope] => is_ident(last, "pub") && is_group(scope, Delimiter::Parenthesis),
        _ => false,
    }
}

fn is_separator(a: &TokenTree, b: &TokenTree) -> bool {
    is_punct(a, ':') && is_punct(b, ':')
}

fn is_ident(token: &TokenTree, text: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == text)
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}
