//! The example in the crate's documentation and README, and the paragraph on blocking calls.

use crate::plan::{Example, Plan};

/// The paragraph on blocking calls.
pub(super) const BLOCKING: &str = "\
With the `blocking` feature, `blocking::Client` has the same methods for use without an async
runtime. End each call with `.send()` instead of `.await`.";

/// The maximum length of a line, without the indentation of documentation.
const WIDTH: usize = 96;

/// The maximum length of an argument that is not a variable.
const MAX_ARGUMENT: usize = 64;

const SIGNATURE: &str = "async fn example() -> Result<(), Box<dyn std::error::Error>> {";

/// Returns an async function that makes the call, as Rust source. `None` if a line would be too long.
pub(super) fn function(plan: &Plan) -> Option<String> {
    let (imports, body) = parts(plan)?;
    Some(format!("{imports}\n{SIGNATURE}\n{body}    Ok(())\n}}"))
}

/// Returns [`function`] as a doctest, of which rustdoc shows the body. Without the feature `async`, it is empty.
pub(super) fn doctest(plan: &Plan) -> Option<String> {
    let (imports, body) = parts(plan)?;
    let body = body.lines().map(|line| line.strip_prefix("    ").unwrap_or(line));
    let body: Vec<&str> = body.collect();
    Some(format!(
        "# #[cfg(feature = \"async\")]\n# {SIGNATURE}\n{imports}\n{}\n# Ok(())\n# }}",
        body.join("\n")
    ))
}

/// Returns the imports, and the indented statements of the function except the last.
fn parts(plan: &Plan) -> Option<(String, String)> {
    let example = plan.krate.example.as_ref()?;
    let file = syn::parse_str(&source(plan, example)).ok()?;
    let text = prettyplease::unparse(&file);
    let (imports, function) = text.split_once(SIGNATURE)?;
    let mut body = function.strip_prefix('\n')?.strip_suffix("    Ok(())\n}\n")?.to_owned();
    if let Some(comment) = example.comment {
        body.insert_str(0, &format!("    // {comment}\n"));
    }
    let fits = |text: &str| text.lines().all(|line| line.chars().count() <= WIDTH);
    (fits(imports) && fits(&body)).then(|| (imports.to_owned(), body))
}

fn source(plan: &Plan, example: &Example) -> String {
    let krate = plan.krate.name.replace('-', "_");
    let mut text = format!("use {krate}::Client;\n");
    let mut imports = example.imports.iter().peekable();
    while let Some((module, name)) = imports.next() {
        let mut names = vec![name.as_str()];
        while let Some((_, name)) = imports.next_if(|(next, _)| next == module) {
            names.push(name);
        }
        text.push_str(&match names[..] {
            [name] => format!("use {krate}::{module}::{name};\n"),
            _ => format!("use {krate}::{module}::{{{}}};\n", names.join(", ")),
        });
    }
    let Example { settings, method, argument, .. } = example;
    let (input, argument) = match argument.chars().count() > MAX_ARGUMENT {
        true => (format!("let input = {argument};"), "input"),
        false => (String::new(), argument.as_str()),
    };
    let call = match example.has_output {
        true => {
            format!("{input} let output = client.{method}({argument}).await?; println!(\"{{output:?}}\");")
        }
        false => format!("{input} client.{method}({argument}).await?;"),
    };
    text + &format!("{SIGNATURE} let client = Client::builder(){settings}.build()?; {call} Ok(()) }}")
}
