//! Every Rust name: how words are split, what is a keyword, what collides.

use crate::model::ShapeId;
use crate::{Diagnostic, Diagnostics, Span};
use heck::{ToKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use std::collections::BTreeMap;

/// Words that their own capitals would split.
const WORDS: &[&str] = &[
    "OAuth",
    "OpenID",
    "IPv4",
    "IPv6",
    "DynamoDB",
    "GraphQL",
    "MySQL",
    "PostgreSQL",
    "NoSQL",
    "WiFi",
    "IoT",
];

/// The name of a type: the shape's own, when it is one already.
pub(crate) fn type_name(shape: &str) -> String {
    let first_is_upper = shape.starts_with(|c: char| c.is_ascii_uppercase());
    let plain = first_is_upper && !shape.contains('_');
    identifier(if plain { shape.to_owned() } else { one_word_each(shape).to_upper_camel_case() })
}

/// The name of an enum's or union's variant, beside `Unknown`, which stands for what the model does not
/// list.
pub(crate) fn variant_name(member: &str) -> String {
    match one_word_each(member).to_upper_camel_case() {
        name if name == "Unknown" => "UnknownValue".to_owned(),
        name => identifier(name),
    }
}

/// The name of a field, argument or method.
pub(crate) fn snake_name(member: &str) -> String {
    identifier(one_word_each(member).to_snake_case())
}

/// The name of a static.
pub(crate) fn static_name(shape: &str) -> String {
    identifier(one_word_each(shape).to_shouty_snake_case())
}

/// The name of a field's setter, beside the constructor `new`.
pub(crate) fn setter_name(field: &str) -> String {
    if field == "new" { "new_".to_owned() } else { field.to_owned() }
}

/// The name of a client's method, beside the functions `builder` and `from_env`.
pub(crate) fn method_name(operation: &str) -> String {
    match snake_name(operation) {
        name if name == "builder" || name == "from_env" => format!("{name}_"),
        name => name,
    }
}

/// The methods that a client's builder has of its own: they would hide one of the same name.
const BUILDER_METHODS: &[&str] = &[
    "api_key",
    "app_id",
    "attempt_timeout",
    "basic_auth",
    "build",
    "connect_timeout",
    "credentials",
    "endpoint_param",
    "endpoint_url",
    "from_env",
    "from_vars",
    "hook",
    "new",
    "read_timeout",
    "region",
    "request_options",
    "retries",
    "timeout",
    "token",
    "transport",
    "use_dualstack",
    "use_fips",
];

/// The name of a method that a client's builder gets for a parameter of the endpoint rules.
pub(crate) fn builder_method_name(parameter: &str) -> String {
    match snake_name(parameter) {
        name if BUILDER_METHODS.contains(&name.as_str()) => format!("{name}_param"),
        name => name,
    }
}

/// The name of the enum that holds the errors of an operation.
pub(crate) fn error_name(operation: &ShapeId) -> String {
    format!("{}Error", type_name(operation.name()))
}

/// The name of a client's package, of what Cargo takes in one: it begins with a letter.
pub(crate) fn crate_name(service: &str) -> String {
    let name = one_word_each(service).to_kebab_case();
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let name = name.trim_matches('-');
    let prefix = if name.starts_with(|c: char| c.is_ascii_alphabetic()) { "" } else { "service-" };
    format!("{prefix}{name}-client").replace("--", "-")
}

/// An identifier that Rust takes: a keyword becomes raw, or gets an underscore where it cannot be raw.
/// `syn` knows the keywords, but for `gen`, which is one since the edition of 2024.
fn identifier(name: String) -> String {
    let keyword = name == "gen" || syn::parse_str::<syn::Ident>(&name).is_err();
    if !keyword {
        return name;
    }
    if syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_ok() {
        return format!("r#{name}");
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("_{name}");
    }
    format!("{name}_")
}

/// Rewrites words so that the case conversion sees one word where a reader does: `OAuth2` as `Oauth2`,
/// `VPCs` as `Vpcs`.
fn one_word_each(name: &str) -> String {
    let mut text = name.to_owned();
    for word in WORDS {
        if text.contains(word) {
            let (first, rest) = word.split_at(1);
            text = text.replace(word, &format!("{first}{}", rest.to_ascii_lowercase()));
        }
    }
    lower_plural_acronyms(&text)
}

fn lower_plural_acronyms(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut out = String::with_capacity(name.len());
    let mut i = 0;
    while i < bytes.len() {
        let run = bytes[i..].iter().take_while(|b| b.is_ascii_uppercase()).count();
        let after = i + run;
        let plural = run >= 2
            && bytes.get(after) == Some(&b's')
            && bytes.get(after + 1).is_none_or(|b| !b.is_ascii_lowercase());
        if plural {
            out.push(bytes[i] as char);
            out.push_str(&name[i + 1..=after].to_ascii_lowercase());
            i = after + 1;
        } else {
            let step = run.max(1);
            out.push_str(&String::from_utf8_lossy(&bytes[i..i + step]));
            i += step;
        }
    }
    out
}

/// Names that must differ. Inserting one twice is a mistake of the model that names both shapes.
pub(crate) struct Namespace {
    what: &'static str,
    taken: BTreeMap<String, (String, Span)>,
}

impl Namespace {
    /// A namespace of `what`, such as "types", in the messages.
    pub(crate) fn new(what: &'static str) -> Self {
        Self { what, taken: BTreeMap::new() }
    }

    /// Takes a name for a shape or member; a name that is taken is reported.
    pub(crate) fn insert(&mut self, name: &str, origin: &str, span: Span, diagnostics: &mut Diagnostics) {
        if let Some((other, other_span)) = self.taken.get(name) {
            let message =
                format!("`{origin}` and `{other}` are both `{name}` among the {} in Rust", self.what);
            diagnostics.push(
                Diagnostic::new(span, message)
                    .label("the second of the two")
                    .related(*other_span, "the first")
                    .help("give one of them another name, with `rename` on the service if it is a shape"),
            );
            return;
        }
        self.taken.insert(name.to_owned(), (origin.to_owned(), span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_field_stay_whole() {
        let cases = [
            ("CreateOAuth2Token", "create_oauth2_token"),
            ("IPv6CidrBlock", "ipv6_cidr_block"),
            ("assignIPv4", "assign_ipv4"),
            ("DescribeVPCs", "describe_vpcs"),
            ("ARNsForUser", "arns_for_user"),
            ("DynamoDBTable", "dynamodb_table"),
            ("S3Bucket", "s3_bucket"),
            ("HTTPSPort", "https_port"),
            ("MFADevices", "mfa_devices"),
            ("x_y", "x_y"),
        ];
        for (wire, rust) in cases {
            assert_eq!(snake_name(wire), rust, "{wire}");
        }
    }

    #[test]
    fn every_service_gives_a_name_of_a_package() {
        assert_eq!(crate_name("Signin"), "signin-client");
        assert_eq!(crate_name("SSO OIDC"), "sso-oidc-client");
        assert_eq!(crate_name("3D \"Things\"/é"), "service-3d-things-client");
        assert_eq!(crate_name("é"), "service-client");
    }

    #[test]
    fn types_keep_the_name_of_their_shape() {
        assert_eq!(type_name("CreateOAuth2TokenRequest"), "CreateOAuth2TokenRequest");
        assert_eq!(type_name("s3Location"), "S3Location");
        assert_eq!(type_name("Foo_Bar"), "FooBar");
    }

    #[test]
    fn every_keyword_becomes_an_identifier() {
        for name in
            ["type", "match", "async", "gen", "self", "Self", "crate", "super", "try", "box", "abstract"]
        {
            let snake = snake_name(name);
            assert!(syn::parse_str::<syn::Ident>(&snake).is_ok(), "{snake}");
        }
        assert_eq!(snake_name("gen"), "r#gen");
        assert_eq!(snake_name("type"), "r#type");
        assert_eq!(snake_name("self"), "self_");
        assert_eq!(variant_name("self"), "Self_");
        assert_eq!(variant_name("1st"), "_1st");
        assert_eq!(variant_name("1x"), "_1x");
        assert_eq!(snake_name("_9"), "_9");
    }

    #[test]
    fn a_name_taken_twice_is_reported_with_both_origins() {
        let (mut names, mut diagnostics) = (Namespace::new("types"), Diagnostics::default());
        names.insert("FooBar", "a#FooBar", Span::default(), &mut diagnostics);
        names.insert("FooBar", "a#Foo_Bar", Span { start: 7, end: 9 }, &mut diagnostics);
        let found: Vec<_> = diagnostics.iter().collect();
        assert_eq!(found.len(), 1);
        assert!(
            found[0].message.contains("`a#Foo_Bar` and `a#FooBar` are both `FooBar`"),
            "{}",
            found[0].message
        );
    }
}
