//! Examples in the crate's documentation and README.

use super::scope::ident;
use crate::Layout;
use crate::plan::{Example, ExampleIdentity, Plan};
use std::collections::BTreeSet;

/// The paragraph on blocking calls.
pub(super) const BLOCKING: &str = "\
With the `blocking` feature, `blocking::Client` has the same methods for use without an async
runtime. End each call with `.send()` instead of `.await`.";

/// The maximum length of a line, without the indentation of documentation.
const WIDTH: usize = 96;

/// The maximum length of an argument that is not a variable.
const MAX_ARGUMENT: usize = 64;

/// A piece of a program: the imports and the statements of an async function.
pub(super) struct Snippet {
    /// The path of the client.
    krate: String,
    /// True if the client is a module, of a crate whose name is unknown.
    is_module: bool,
    /// Modules of the crate, empty for its root, and names to import from them.
    imports: BTreeSet<(&'static str, String)>,
    /// The parameter of the function, which rustdoc does not show.
    parameter: Option<String>,
    /// The statements, except the last: `Ok(())`.
    body: String,
    /// The comment above the first statement.
    comment: Option<&'static str>,
    /// The features of the crate that the snippet needs.
    features: &'static [&'static str],
}

impl Snippet {
    fn new(plan: &Plan, names: &[(&'static str, &str)], body: String) -> Self {
        Self {
            krate: match plan.krate.layout {
                Layout::Crate(_) => plan.krate.name.replace('-', "_"),
                Layout::Module { .. } => format!("crate::{}", plan.krate.name),
            },
            is_module: matches!(plan.krate.layout, Layout::Module { .. }),
            imports: names.iter().map(|(module, name)| (*module, (*name).to_owned())).collect(),
            parameter: None,
            body,
            comment: None,
            features: &["async"],
        }
    }

    /// Returns the snippet as an async function, formatted. `None` if a line is too long.
    pub(super) fn function(&self) -> Option<String> {
        let (imports, body) = self.formatted()?;
        Some(format!("{imports}\n{}\n{body}    Ok(())\n}}", self.signature()))
    }

    /// Returns the snippet as a doctest that compiles only with the features it needs. In a module, it is text.
    /// `None` if a line is too long.
    pub(super) fn doctest(&self, recursion_limit: Option<usize>) -> Option<String> {
        let (imports, body) = self.formatted()?;
        let body = body.lines().map(|line| line.strip_prefix("    ").unwrap_or(line));
        let body: Vec<&str> = body.collect();
        if self.is_module {
            return Some(format!("```text\n{imports}\n{}\n```", body.join("\n")));
        }
        let attribute =
            recursion_limit.map(|limit| format!("#![recursion_limit = \"{limit}\"]\n")).unwrap_or_default();
        let features: Vec<_> = self.features.iter().map(|name| format!("feature = \"{name}\"")).collect();
        let condition = match &features[..] {
            [] => String::new(),
            [feature] => format!("# #[cfg({feature})]\n"),
            features => format!("# #[cfg(all({}))]\n", features.join(", ")),
        };
        Some(format!(
            "```no_run\n{attribute}{condition}# {}\n{imports}\n{}\n# Ok(())\n# }}\n```",
            self.signature(),
            body.join("\n")
        ))
    }

    fn signature(&self) -> String {
        let parameter = self.parameter.as_deref().unwrap_or_default();
        format!("async fn example({parameter}) -> Result<(), Box<dyn std::error::Error>> {{")
    }

    /// Returns the imports, and the indented statements of the function except the last.
    fn formatted(&self) -> Option<(String, String)> {
        const SIGNATURE: &str = "async fn example() {";
        let file = syn::parse_str(&format!("{}{SIGNATURE} {} }}", self.imports(), self.body)).ok()?;
        let text = prettyplease::unparse(&file);
        let (imports, function) = text.split_once(SIGNATURE)?;
        let mut body = function.strip_prefix('\n')?.strip_suffix("}\n")?.to_owned();
        if let Some(comment) = self.comment {
            body.insert_str(0, &format!("    // {comment}\n"));
        }
        let fits = |text: &str| text.lines().all(|line| line.chars().count() <= WIDTH);
        (fits(imports) && fits(&body)).then(|| (imports.to_owned(), body))
    }

    fn imports(&self) -> String {
        let mut text = String::new();
        let mut imports = self.imports.iter().peekable();
        while let Some((module, name)) = imports.next() {
            let mut names = vec![name.as_str()];
            while let Some((_, name)) = imports.next_if(|(next, _)| next == module) {
                names.push(name);
            }
            let path =
                if module.is_empty() { self.krate.clone() } else { format!("{}::{module}", self.krate) };
            text.push_str(&match names[..] {
                [name] => format!("use {path}::{name};\n"),
                _ => format!("use {path}::{{{}}};\n", names.join(", ")),
            });
        }
        text
    }
}

/// Returns a call of an operation.
pub(super) fn call(plan: &Plan) -> Option<Snippet> {
    let example = plan.krate.example.as_ref()?;
    let Example { endpoint, method, argument, .. } = example;
    let identity = match example.identity {
        Some(ExampleIdentity::Credentials) => ".from_env()",
        Some(ExampleIdentity::Token) => ".token(std::env::var(\"TOKEN\")?)",
        Some(ExampleIdentity::ApiKey) => ".api_key(std::env::var(\"API_KEY\")?)",
        Some(ExampleIdentity::Basic) => ".basic_auth(\"user\", std::env::var(\"PASSWORD\")?)",
        None => "",
    };
    let (input, argument) = match argument.chars().count() > MAX_ARGUMENT {
        true => (format!("let input = {argument};"), "input"),
        false => (String::new(), argument.as_str()),
    };
    let call = match example.output.is_some() {
        true => format!("let output = client.{method}({argument}).await?; println!(\"{{output:?}}\");"),
        false => format!("client.{method}({argument}).await?;"),
    };
    let body = format!("let client = Client::builder(){identity}{endpoint}.build()?; {input} {call}");
    let mut snippet = Snippet::new(plan, &[("", "Client")], body);
    snippet.imports.extend(example.imports.iter().cloned());
    if example.identity == Some(ExampleIdentity::Credentials) {
        snippet.comment = Some("Credentials: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN");
    }
    Some(snippet)
}

const KEYS: &str = "Credentials::from_keys(\"the access key id\", \"the secret key\")";

/// Returns a client with static AWS credentials, if the service supports AWS signatures.
pub(super) fn credentials(plan: &Plan) -> Option<Snippet> {
    let endpoint = plan.krate.example.as_ref()?.endpoint;
    plan.service.supports.contains("SigV4").then(|| {
        let body = format!(
            "let credentials = {KEYS}; let client = Client::builder(){endpoint}.credentials(credentials).build()?;"
        );
        let mut snippet = Snippet::new(plan, &[("", "Client"), ("runtime::auth", "Credentials")], body);
        snippet.features = &["async", "sigv4"];
        snippet
    })
}

/// Returns a match on the error of an operation that declares some.
pub(super) fn errors(plan: &Plan) -> Option<Snippet> {
    let (error, variant) = plan.krate.example.as_ref()?.error.as_ref()?;
    let body = format!(
        "match error.service_error() {{
            Some({error}::{variant}(declared)) => println!(\"{{declared}}\"),
            _ => println!(\"{{error}}\"),
        }}",
        variant = ident(variant),
    );
    let mut snippet = Snippet::new(plan, &[("error", error.as_str())], body);
    snippet.parameter =
        Some(format!("error: {krate}::Error<{krate}::error::{error}>", krate = snippet.krate));
    snippet.features = &[];
    Some(snippet)
}

/// Returns a client whose calls of an operation return an output without a network.
pub(super) fn mock(plan: &Plan) -> Option<Snippet> {
    let example = plan.krate.example.as_ref()?;
    let identity = match example.identity {
        Some(ExampleIdentity::Credentials) => ".credentials(Credentials::from_keys(\"id\", \"key\"))",
        Some(ExampleIdentity::Token) => ".token(\"token\")",
        Some(ExampleIdentity::ApiKey) => ".api_key(\"key\")",
        Some(ExampleIdentity::Basic) => ".basic_auth(\"user\", \"password\")",
        None => "",
    };
    let Example { operation, endpoint, .. } = example;
    let output = example.mock_output.as_ref().map_or("output", |(_, output)| output);
    let body = format!(
        "let mock = MockTransport::new().once::<{operation}>(|_| Ok({output}));
         let client = Client::builder(){identity}{endpoint}.transport(mock).build()?;"
    );
    let names = [("", "Client"), ("operation", operation.as_str()), ("runtime::testing", "MockTransport")];
    let mut snippet = Snippet::new(plan, &names, body);
    match (&example.mock_output, &example.output) {
        (Some((imports, _)), _) => snippet.imports.extend(imports.iter().cloned()),
        (None, Some(output)) => {
            snippet.parameter = Some(format!("output: {}::types::{output}", snippet.krate));
        }
        (None, None) => return None,
    }
    if example.identity == Some(ExampleIdentity::Credentials) {
        snippet.imports.insert(("runtime::auth", "Credentials".to_owned()));
        snippet.features = &["async", "sigv4"];
    }
    let names: BTreeSet<_> = snippet.imports.iter().map(|(_, name)| name).collect();
    // Two imports of the same name do not compile.
    (names.len() == snippet.imports.len()).then_some(snippet)
}
