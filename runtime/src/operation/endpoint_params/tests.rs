use super::*;
use crate::endpoint::PathStep::{Field, Flatten, Items, Keys, Select, Values};
use crate::endpoint::{Parameter, ParameterKind, RuleSet, Rules, StaticValue};
use crate::protocol::RestJson1;
use crate::schema::{BOOLEAN, Kind, STRING, Schema};
use crate::service::ServiceSchema;
use crate::test_shapes::structure;
use std::collections::BTreeMap;

static RULES: RuleSet = RuleSet {
    parameters: &[
        Parameter::new("Text", ParameterKind::String),
        Parameter::new("Flag", ParameterKind::Boolean),
        Parameter::new("List", ParameterKind::StringArray),
    ],
    variables: 0,
    rules: Rules::Tree(&[]),
};

static STRINGS: Schema = Schema::new("test#Strings", Kind::List, &[], &[Member::new("member", &STRING, &[])]);
static ENTRIES: Schema = Schema::new("test#Entries", Kind::List, &[], &[Member::new("member", &ENTRY, &[])]);
static BY_NAME: Schema = Schema::new(
    "test#ByName",
    Kind::Map,
    &[],
    &[Member::new("key", &STRING, &[]), Member::new("value", &ENTRY, &[])],
);

structure!(Entry, ENTRY {
    one: Option<String> => Member::new("one", &STRING, &[]),
    other: Option<String> => Member::new("other", &STRING, &[]),
    more: Vec<String> => Member::new("more", &STRINGS, &[]),
});

structure!(Input, INPUT {
    bucket: String =>
        Member::new("Bucket", &STRING, &[Trait::ContextParam { name: "Text", required: true }]),
    flag: Option<bool> =>
        Member::new("Flag", &BOOLEAN, &[Trait::ContextParam { name: "Flag", required: false }]),
    entry: Option<Entry> => Member::new("entry", &ENTRY, &[]),
    entries: Vec<Entry> => Member::new("entries", &ENTRIES, &[]),
    by_name: BTreeMap<String, Entry> => Member::new("byName", &BY_NAME, &[]),
});

static SERVICE: ServiceSchema = ServiceSchema::new("test#Service", "1", &RestJson1);

fn operation(traits: &'static [OperationTrait]) -> OperationSchema {
    OperationSchema {
        id: "test#Operation",
        service: &SERVICE,
        input: &INPUT,
        output: &crate::schema::UNIT,
        errors: &[],
        http: None,
        traits,
    }
}

fn entry(one: &str, other: Option<&str>, more: &[&str]) -> Entry {
    Entry {
        one: Some(one.to_owned()),
        other: other.map(str::to_owned),
        more: more.iter().map(|&text| text.to_owned()).collect(),
    }
}

fn input() -> Input {
    Input {
        bucket: "b".to_owned(),
        flag: None,
        entry: None,
        entries: vec![entry("1", Some("2"), &["3", "4"]), entry("5", None, &["6"])],
        by_name: [("x", "7"), ("y", "8")]
            .map(|(name, one)| (name.to_owned(), entry(one, None, &[])))
            .into_iter()
            .collect(),
    }
}

/// Returns the list value of a path.
fn list(path: &'static [PathStep]) -> Option<Vec<String>> {
    let input = input();
    match evaluate(PathValue::View(View::Structure(&input)), path).and_then(PathValue::into_param) {
        Some(ParamValue::StringArray(values)) => Some(values),
        _ => None,
    }
}

fn bound(input: &Input, traits: &'static [OperationTrait]) -> Result<Params, EndpointError> {
    let mut params = Params::new(&RULES);
    params.set("Text", "setting").unwrap();
    params.set("Flag", true).unwrap();
    bind_endpoint_params(&operation(traits), input, &mut params).map(|()| params)
}

fn expected(text: &str, flag: bool) -> Params {
    let mut params = Params::new(&RULES);
    params.set("Text", text).unwrap();
    params.set("Flag", flag).unwrap();
    params
}

#[test]
fn evaluates_paths() {
    let is = |expected: &[&str]| Some(expected.iter().map(|&text| text.to_owned()).collect::<Vec<_>>());
    assert_eq!(list(&[Field("byName"), Keys]), is(&["x", "y"]));
    assert_eq!(list(&[Field("byName"), Values, Field("one")]), is(&["7", "8"]));
    assert_eq!(list(&[Field("entries"), Items, Field("other")]), is(&["2"]));
    assert_eq!(list(&[Field("entries"), Items, Field("more"), Flatten]), is(&["3", "4", "6"]));
    let both = Select(&[&[Field("one")], &[Field("other")]]);
    let path: &'static [_] = Box::leak(Box::new([Field("entries"), Items, both, Flatten]));
    assert_eq!(list(path), is(&["1", "2", "5"]));
    assert_eq!(list(&[Select(&[&[Field("Bucket")], &[Field("entry"), Field("one")]])]), is(&["b"]));
    for absent in [
        &[Field("entry"), Field("one")] as &'static [_],
        &[Field("gone")],
        &[Field("Bucket"), Items],
        &[Field("entries"), Keys],
        &[Field("entries"), Values],
    ] {
        assert_eq!(list(absent), None, "{absent:?}");
    }
}

#[test]
fn static_parameters_override_the_input_and_the_input_overrides_settings() {
    const PATH: OperationTrait = OperationTrait::OperationContextParam("Text", &[Field("entries"), Items]);
    const OTHER: OperationTrait =
        OperationTrait::OperationContextParam("Text", &[Field("entry"), Field("one")]);
    const TEXT: OperationTrait = OperationTrait::StaticContextParam("Text", StaticValue::String("static"));
    const FLAG: OperationTrait = OperationTrait::StaticContextParam("Flag", StaticValue::Boolean(false));

    let mut input = input();
    assert_eq!(bound(&input, &[]), Ok(expected("b", true)));
    input.flag = Some(false);
    assert_eq!(bound(&input, &[]), Ok(expected("b", false)));
    input.entry = Some(entry("path", None, &[]));
    assert_eq!(bound(&input, &[OTHER]), Ok(expected("b", false)));
    input.flag = Some(true);
    assert_eq!(bound(&input, &[TEXT, FLAG, OTHER]), Ok(expected("static", false)));
    let kind = EndpointError::WrongType { parameter: "Text", expected: ParameterKind::String };
    assert_eq!(bound(&input, &[PATH]), Err(kind));
}

#[test]
fn rejects_blank_required_members() {
    for text in ["", " \t"] {
        let input = Input { bucket: text.to_owned(), ..input() };
        let error = bound(&input, &[]).unwrap_err();
        assert_eq!(error, EndpointError::EmptyMember { member: "Bucket" });
        assert!(error.to_string().contains("`Bucket` must not be empty"));
    }
}

#[test]
fn has_params_if_the_input_or_a_trait_binds_one() {
    static PLAIN: Schema = Schema::new("test#Plain", Kind::Structure, &[], &[]);
    const TEXT: OperationTrait = OperationTrait::StaticContextParam("Text", StaticValue::String("static"));
    const PATH: OperationTrait = OperationTrait::OperationContextParam("List", &[Field("byName"), Keys]);
    assert!(has_endpoint_params(&operation(&[])));
    assert!(has_endpoint_params(&OperationSchema { input: &PLAIN, ..operation(&[TEXT]) }));
    assert!(!has_endpoint_params(&OperationSchema { input: &PLAIN, ..operation(&[]) }));
    assert!(has_endpoint_params(&OperationSchema { input: &PLAIN, ..operation(&[PATH]) }));
}

#[test]
fn equal_params_have_equal_hashes() {
    let mut cache = std::collections::HashMap::new();
    cache.insert(expected("a", true), 1);
    let clone = expected("a", true);
    let mut changed = clone.clone();
    changed.set("Text", "b").unwrap();
    assert_eq!((cache.get(&clone), cache.get(&changed)), (Some(&1), None));
}
