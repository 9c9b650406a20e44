//! Rust names: case conversion, keywords and collisions.

use crate::{Diagnostic, Diagnostics, Span};
use heck::{ToKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use std::collections::BTreeMap;

/// Words with capitals inside, which case conversion would split, in lower case. Compared ignoring case, as models
/// write `DynamoDB` and `DynamoDb`.
const COMPOUND_WORDS: &[&str] = &[
    "aws",
    "bbox",
    "bitbucket",
    "crc32c",
    "dynamodb",
    "etag",
    "fsx",
    "gib",
    "github",
    "gitlab",
    "graphql",
    "iframe",
    "influxdb",
    "iot",
    "ipv4",
    "ipv6",
    "javascript",
    "kib",
    "lorawan",
    "mariadb",
    "mib",
    "mongodb",
    "mysql",
    "nan",
    "nosql",
    "oauth",
    "odata",
    "openid",
    "postgresql",
    "qna",
    "rstudio",
    "saas",
    "sslv3",
    "tib",
    "tlsv1",
    "ttl",
    "vcpu",
    "wifi",
    "xray",
    "youtube",
];

/// Returns the name of a type: the shape's name with its first letter in upper case, or in camel case if it has no
/// upper case. Underscores are kept, except in camel case.
pub(crate) fn type_name(shape: &str) -> String {
    if !shape.contains(|c: char| c.is_ascii_uppercase()) {
        return identifier(shape.to_upper_camel_case());
    }
    let (underscores, rest) = split_underscores(shape);
    identifier(format!("{underscores}{}", capitalized(rest)))
}

/// Returns the name of an enum or union variant. `Unknown` is reserved for values that are not in the model.
pub(crate) fn variant_name(member: &str) -> String {
    match upper_after_digits(join_compound_words(member).to_upper_camel_case(), member) {
        name if name == "Unknown" => "UnknownValue".to_owned(),
        name => identifier(name),
    }
}

/// Restores capitals after digits, which case conversion lowers: `A10G` stays `A10G`, `CRC64NVME` becomes `Crc64Nvme`.
fn upper_after_digits(name: String, member: &str) -> String {
    let original: Vec<char> = member.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    if original.len() != name.len() {
        return name;
    }
    let mut after_digit = false;
    let restore = |(index, c): (usize, char)| {
        let ends = !original.get(index + 1).is_some_and(char::is_ascii_lowercase);
        let restored = after_digit && ends && original.get(index).is_some_and(char::is_ascii_uppercase);
        after_digit = c.is_ascii_digit();
        if restored { c.to_ascii_uppercase() } else { c }
    };
    name.chars().enumerate().map(restore).collect()
}

/// Returns the name of a field, argument or method. Leading underscores are kept: a structure may have members `id`
/// and `_id`.
pub(crate) fn snake_name(member: &str) -> String {
    let (underscores, name) = split_underscores(member);
    identifier(format!("{underscores}{}", join_compound_words(name).to_snake_case()))
}

/// Splits a name after its leading underscores.
fn split_underscores(name: &str) -> (&str, &str) {
    name.split_at(name.len() - name.trim_start_matches('_').len())
}

/// Returns a shape's name with its first letter in upper case.
pub(crate) fn capitalized(shape: &str) -> String {
    let (first, rest) = shape.split_at(shape.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}", first.to_ascii_uppercase())
}

/// Returns the name of a field that the runtime derives for `Debug`.
pub(crate) fn plain_field_name(member: &str) -> String {
    member.to_snake_case()
}

/// Returns the name of a variant that the runtime derives for `Debug`.
pub(crate) fn plain_variant_name(member: &str) -> String {
    member.to_upper_camel_case()
}

/// Returns the name of a static.
pub(crate) fn static_name(shape: &str) -> String {
    identifier(join_compound_words(shape).to_shouty_snake_case())
}

/// The constructor, and methods of traits that programs call on any structure, which a setter of the same name would hide.
const STRUCTURE_METHODS: &[&str] = &["clone", "into", "new", "set_optional"];

/// Returns the name of a field's setter.
pub(crate) fn setter_name(field: &str) -> String {
    if STRUCTURE_METHODS.contains(&field) { format!("{field}_") } else { field.to_owned() }
}

/// The methods of clients, also of those that have no `from_env`, and `new`, which would not return a client.
const CLIENT_METHODS: &[&str] = &["builder", "clone", "from_env", "new"];

/// Returns the name of a client method.
pub(crate) fn method_name(operation: &str) -> String {
    match snake_name(operation) {
        name if CLIENT_METHODS.contains(&name.as_str()) => format!("{name}_"),
        name => name,
    }
}

/// The methods of the runtime's builder, which would hide a generated trait method of the same name.
const BUILDER_METHODS: &[&str] = &[
    "allow_secrets_over_http",
    "api_key",
    "app_id",
    "attempt_timeout",
    "auth_scheme_preference",
    "basic_auth",
    "build",
    "connect_timeout",
    "credentials",
    "endpoint_discovery",
    "endpoint_param",
    "endpoint_url",
    "from_env",
    "from_vars",
    "hook",
    "identities",
    "max_error_body",
    "max_parsed_memory",
    "max_response_body",
    "min_throughput",
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

/// Returns the name of the builder method for an endpoint parameter.
pub(crate) fn builder_method_name(parameter: &str) -> String {
    match snake_name(parameter) {
        name if BUILDER_METHODS.contains(&name.as_str()) => format!("{name}_param"),
        name => name,
    }
}

/// The maximum length of a derived package name, which becomes the name of files.
const MAX_CRATE_NAME: usize = 100;

/// Returns the package name of a client. It contains only characters that Cargo accepts, starts with a
/// letter, and is at most 115 characters long.
pub(crate) fn crate_name(service: &str) -> String {
    let name = join_compound_words(service).to_kebab_case();
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let name = name.get(..MAX_CRATE_NAME).unwrap_or(&name).trim_matches('-');
    let prefix = if name.starts_with(|c: char| c.is_ascii_alphabetic()) { "" } else { "service-" };
    format!("{prefix}{name}-client").replace("--", "-")
}

/// Returns the name of the module of a service's client.
pub(crate) fn module_name(service: &str) -> String {
    let name = crate_name(service);
    identifier(name.strip_suffix("-client").unwrap_or(&name).replace('-', "_"))
}

/// Returns true if the name is a keyword, or not an identifier. `syn` recognizes all keywords except `gen`, which is
/// reserved since edition 2024.
pub(super) fn is_keyword(name: &str) -> bool {
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}

/// Returns a valid identifier: keywords become raw identifiers, or get an underscore if they cannot be raw.
fn identifier(name: String) -> String {
    if !is_keyword(&name) {
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

/// Lowercases the inner capitals of compound words and plural acronyms, which case conversion would split:
/// `OAuth2` becomes `Oauth2`, `VPCs` becomes `Vpcs`.
fn join_compound_words(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let at_start = first.is_ascii_uppercase() || !text.ends_with(|c: char| c.is_ascii_alphabetic());
        let in_capitals = text.ends_with(|c: char| c.is_ascii_uppercase());
        let word = COMPOUND_WORDS.iter().find(|word| at_start && starts_with_word(rest, word, in_capitals));
        // `2D` and `3D` are words too.
        let dimension = || {
            let is_dimension = matches!(rest.as_bytes(), [b'2' | b'3', b'D', after @ ..] if ends_word(after));
            is_dimension.then_some(2)
        };
        match word.map(|word| word.len()).or_else(dimension) {
            Some(len) => {
                text.push(first);
                text.push_str(&rest.get(1..len).unwrap_or_default().to_ascii_lowercase());
                rest = rest.get(len..).unwrap_or_default();
                if word.is_some() && rest.starts_with('s') {
                    text.push('s');
                    rest = &rest[1..];
                }
            }
            None => {
                text.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    lower_plural_acronyms(&text)
}

/// Returns true if the text starts with the word, ignoring case, and the word ends there, perhaps with a plural `s`.
/// Part of a word in capitals is not a word: `THROTTLED` contains no `TTL`.
fn starts_with_word(text: &str, word: &str, in_capitals: bool) -> bool {
    let Some((start, after)) = text.split_at_checked(word.len()) else { return false };
    let after = after.as_bytes();
    let starts_new_word = |after: &[u8]| {
        !after.first().is_some_and(u8::is_ascii_uppercase) || after.get(1).is_some_and(u8::is_ascii_lowercase)
    };
    let is_whole = start.bytes().any(|b| b.is_ascii_lowercase()) || (!in_capitals && starts_new_word(after));
    let ends = ends_word(after) || after.first() == Some(&b's') && ends_word(&after[1..]);
    start.eq_ignore_ascii_case(word) && is_whole && ends
}

/// Returns true if a word can end before these bytes.
fn ends_word(after: &[u8]) -> bool {
    !after.first().is_some_and(u8::is_ascii_lowercase)
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

/// A set of names that must be unique. A duplicate is reported with the ids of both shapes.
pub(crate) struct Namespace {
    kind: &'static str,
    names: BTreeMap<String, (String, Span)>,
}

impl Namespace {
    /// Creates an empty namespace. Messages call its names by `kind`, such as "type".
    pub(crate) fn new(kind: &'static str) -> Self {
        Self { kind, names: BTreeMap::new() }
    }

    /// Adds the name of the shape or member `origin`; reports a duplicate.
    pub(crate) fn insert(&mut self, name: &str, origin: &str, span: Span, diagnostics: &mut Diagnostics) {
        if let Some((first, first_span)) = self.names.get(name) {
            let message = format!("`{first}` and `{origin}` have the same Rust {} name `{name}`", self.kind);
            diagnostics.push(
                Diagnostic::new(span, message)
                    .label("second use of the name")
                    .related(*first_span, "first use of the name")
                    .help("choose another name for one of them with the setting `names`"),
            );
            return;
        }
        self.names.insert(name.to_owned(), (origin.to_owned(), span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compound_words_are_not_split() {
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
            ("sizeInGiB", "size_in_gib"),
            ("disallowIngestNullNaN", "disallow_ingest_null_nan"),
            ("OAuthToken", "oauth_token"),
            ("oAuth2Properties", "oauth2_properties"),
            ("NoAuthentication", "no_authentication"),
            ("DynamoDbTable", "dynamodb_table"),
            ("GitHubLocation", "github_location"),
            ("aWSManagedClientApplicationReference", "aws_managed_client_application_reference"),
            ("AWSServiceAccess", "aws_service_access"),
            ("THROTTLEDKeys", "throttled_keys"),
            ("NANOSECONDS", "nanoseconds"),
            ("useAWSIoT", "use_aws_iot"),
            ("TTL", "ttl"),
            ("FilterBBox", "filter_bbox"),
            ("ETags", "etags"),
            ("DateTag", "date_tag"),
            ("eTagAlgorithmFamily", "etag_algorithm_family"),
            ("MemoryGiBPerVCpu", "memory_gib_per_vcpu"),
            ("Use2DSolver", "use2d_solver"),
            ("SAPODataGeneric", "sap_odata_generic"),
            ("TLSv1_2", "tlsv1_2"),
            ("ChecksumCRC32C", "checksum_crc32c"),
            ("sourceServerIDs", "source_server_ids"),
            ("_id", "_id"),
        ];
        for (wire, rust) in cases {
            assert_eq!(snake_name(wire), rust, "{wire}");
        }
    }

    #[test]
    fn variants_are_in_camel_case() {
        for (wire, rust) in [
            ("nodejs10x", "Nodejs10x"),
            ("A10G", "A10G"),
            ("CRC64NVME", "Crc64Nvme"),
            ("CRC32C", "Crc32C"),
            ("MB", "Mb"),
            ("M3XLarge", "M3XLarge"),
            ("IN_PROGRESS", "InProgress"),
            ("PER_TENANT", "PerTenant"),
            ("AWSVPC", "Awsvpc"),
            ("t4g_micro", "T4gMicro"),
            ("Unknown", "UnknownValue"),
        ] {
            assert_eq!(variant_name(wire), rust, "{wire}");
        }
    }

    #[test]
    fn crate_names_are_valid_package_names() {
        assert_eq!(crate_name("Signin"), "signin-client");
        assert_eq!(crate_name("SSO OIDC"), "sso-oidc-client");
        assert_eq!(crate_name("3D \"Things\"/é"), "service-3d-things-client");
        assert_eq!(crate_name("é"), "service-client");
        assert_eq!(crate_name(&"x".repeat(300)).len(), 107);
    }

    #[test]
    fn type_names_keep_the_shape_name() {
        assert_eq!(type_name("CreateOAuth2TokenRequest"), "CreateOAuth2TokenRequest");
        assert_eq!(type_name("s3Location"), "S3Location");
        assert_eq!(type_name("Foo_Bar"), "Foo_Bar");
        assert_eq!(type_name("__listOfThings"), "__ListOfThings");
        assert_eq!(type_name("foo_bar"), "FooBar");
    }

    #[test]
    fn keywords_become_identifiers() {
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
    fn methods_of_all_structures_and_clients_are_reserved() {
        assert_eq!(["new", "clone", "cloned"].map(setter_name), ["new_", "clone_", "cloned"]);
        assert_eq!(["Clone", "FromEnv", "Ping"].map(method_name), ["clone_", "from_env_", "ping"]);
    }

    #[test]
    fn duplicate_names_are_reported_with_both_origins() {
        let (mut names, mut diagnostics) = (Namespace::new("type"), Diagnostics::default());
        names.insert("FooBar", "a#FooBar", Span::default(), &mut diagnostics);
        names.insert("FooBar", "a#Foo_Bar", Span::new(crate::FileId::default(), 7, 9), &mut diagnostics);
        let found: Vec<_> = diagnostics.iter().collect();
        assert_eq!(found.len(), 1);
        assert!(
            found[0].message.contains("`a#FooBar` and `a#Foo_Bar` have the same Rust type name `FooBar`"),
            "{}",
            found[0].message
        );
    }
}
