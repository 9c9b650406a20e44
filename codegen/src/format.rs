//! Stage 5: formatting of token streams as source files with headers.

use crate::emit::{ModuleSource, Source};
use crate::{Diagnostic, Diagnostics, Span};
use proc_macro2::TokenStream;
use std::collections::BTreeMap;
use syn::{File, ImplItem, Item, ItemImpl, Visibility};

/// Generated files, by path in the crate with `/` as the separator.
pub type Files = BTreeMap<String, String>;

/// Formats all files. Rust files begin with the header line.
///
/// # Errors
/// Returns an error if generated tokens are not valid Rust, which is a bug in the generator.
pub(crate) fn files(header: &str, sources: Vec<(String, Source)>) -> Result<Files, Diagnostics> {
    let mut files = Files::new();
    for (path, source) in sources {
        let text = match source {
            Source::Text(text) => text,
            Source::Rust(file) => {
                format!("// {header}\n\n{}", items(file).map_err(|error| invalid(&path, &error))?)
            }
            Source::Module(source) => {
                format!("// {header}\n\n{}", module(source).map_err(|error| invalid(&path, &error))?)
            }
        };
        files.insert(path, text);
    }
    Ok(files)
}

fn invalid(path: &str, error: &syn::Error) -> Diagnostic {
    let message = format!("generated `{path}` is not valid Rust: {error}");
    let help = "this is a bug in the generator; please report it with the model";
    Diagnostic::new(Span::default(), message).help(help)
}

/// Formats a module with the modules in it.
fn module(source: ModuleSource) -> Result<String, syn::Error> {
    let mut own = source.items.into_iter();
    let mut parts = vec![items(own.next().into_iter().collect())?];
    for (declaration, contents) in source.modules {
        parts.push(block(&declaration, &items(contents)?));
    }
    let rest = items(own.collect())?;
    parts.push(rest.trim_start_matches('\n').to_owned());
    Ok(block(&source.declaration, &parts.join("\n")))
}

/// Returns a block with indented contents. Generated literals have no line breaks.
fn block(declaration: &str, contents: &str) -> String {
    let indented = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") };
    format!("{declaration} {{\n{}}}\n", contents.lines().map(indented).collect::<String>())
}

/// Formats the items of a file, with blank lines between items and between methods, which prettyplease omits.
///
/// Each item is parsed, printed and dropped before the next: the syntax tree of a whole file of a large service
/// takes hundreds of megabytes.
fn items(tokens: Vec<TokenStream>) -> Result<String, syn::Error> {
    let mut text = String::new();
    let mut previous = None;
    for tokens in tokens {
        let mut file: File = syn::parse2(tokens)?;
        let items = std::mem::take(&mut file.items);
        text.push_str(&prettyplease::unparse(&file));
        for item in items {
            let group = group(&item);
            if group.is_none() || group != previous {
                text.push('\n');
            }
            previous = group;
            match item {
                Item::Impl(block) => text.push_str(&format_impl(block)),
                item => text.push_str(&prettyplease::unparse(&file_of(item))),
            }
        }
    }
    Ok(text)
}

/// Returns the group of an item. Consecutive items of a group have no blank line between them.
fn group(item: &Item) -> Option<u8> {
    match item {
        Item::Use(item) if matches!(item.vis, Visibility::Inherited) => Some(0),
        Item::Use(_) => Some(1),
        Item::Mod(_) => Some(2),
        _ => None,
    }
}

fn file_of(item: Item) -> File {
    File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] }
}

/// Formats an `impl` block with blank lines between its methods. Each member is formatted in a block of its
/// own, and the contents of the blocks are joined.
fn format_impl(mut block: ItemImpl) -> String {
    let members = std::mem::take(&mut block.items);
    let mut file = file_of(Item::Impl(block));
    let empty = prettyplease::unparse(&file);
    let mut text = String::new();
    for member in members {
        if !text.is_empty() && matches!(member, ImplItem::Fn(_)) {
            text.push('\n');
        }
        if let Some(Item::Impl(block)) = file.items.first_mut() {
            block.items = vec![member];
        }
        let formatted = prettyplease::unparse(&file);
        let contents = formatted.split_once("{\n").and_then(|(_, rest)| rest.strip_suffix("}\n"));
        text.push_str(contents.unwrap_or_default());
    }
    match empty.strip_suffix("{}\n") {
        Some(head) if !text.is_empty() => format!("{head}{{\n{text}}}\n"),
        _ => empty,
    }
}
