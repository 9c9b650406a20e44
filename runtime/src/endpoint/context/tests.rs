use super::PathStep::{Field, Flatten, Items, Keys, Select, Values};
use super::*;
use crate::endpoint::{Parameter, ParameterKind, RuleSet, Rules, StaticValue};
use crate::protocol::RestJson1;
use crate::schema::{BOOLEAN, Kind, STRING, Schema, ServiceSchema};
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

structure!(Asked, ASKED {
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
        id: "test#Ask",
        service: &SERVICE,
        input: &ASKED,
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

fn asked() -> Asked {
    Asked {
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

/// The list that a path leads to.
fn list(path: &'static [PathStep]) -> Option<Vec<String>> {
    let input = asked();
    match follow(Found::View(View::Structure(&input)), path).and_then(Found::param) {
        Some(ParamValue::StringArray(values)) => Some(values),
        _ => None,
    }
}

fn filled(input: &Asked, traits: &'static [OperationTrait]) -> Result<Params, EndpointError> {
    let mut params = Params::new(&RULES);
    params.set("Text", "setting").unwrap();
    params.set("Flag", true).unwrap();
    fill(&operation(traits), input, &mut params).map(|()| params)
}

fn expected(text: &str, flag: bool) -> Params {
    let mut params = Params::new(&RULES);
    params.set("Text", text).unwrap();
    params.set("Flag", flag).unwrap();
    params
}

#[test]
fn paths_lead_into_the_input() {
    let is = |expected: &[&str]| Some(expected.iter().map(|&text| text.to_owned()).collect::<Vec<_>>());
    assert_eq!(list(&[Field("byName"), Keys]), is(&["x", "y"]));
    assert_eq!(list(&[Field("byName"), Values, Field("one")]), is(&["7", "8"]));
    assert_eq!(list(&[Field("entries"), Items, Field("other")]), is(&["2"]));
    assert_eq!(list(&[Field("entries"), Items, Field("more"), Flatten]), is(&["3", "4", "6"]));
    let both = Select(&[&[Field("one")], &[Field("other")]]);
    let path: &'static [_] = Box::leak(Box::new([Field("entries"), Items, both, Flatten]));
    assert_eq!(list(path), is(&["1", "2", "5"]));
    assert_eq!(list(&[Select(&[&[Field("Bucket")], &[Field("entry"), Field("one")]])]), is(&["b"]));
    for nowhere in [
        &[Field("entry"), Field("one")] as &'static [_],
        &[Field("gone")],
        &[Field("Bucket"), Items],
        &[Field("entries"), Keys],
        &[Field("entries"), Values],
    ] {
        assert_eq!(list(nowhere), None, "{nowhere:?}");
    }
}

#[test]
fn what_the_model_gives_an_operation_wins_over_its_input_and_that_over_settings() {
    const PATH: OperationTrait = OperationTrait::OperationContextParam("Text", &[Field("entries"), Items]);
    const OTHER: OperationTrait =
        OperationTrait::OperationContextParam("Text", &[Field("entry"), Field("one")]);
    const TEXT: OperationTrait = OperationTrait::StaticContextParam("Text", StaticValue::String("static"));
    const FLAG: OperationTrait = OperationTrait::StaticContextParam("Flag", StaticValue::Boolean(false));

    let mut input = asked();
    assert_eq!(filled(&input, &[]), Ok(expected("b", true)));
    input.flag = Some(false);
    assert_eq!(filled(&input, &[]), Ok(expected("b", false)));
    input.entry = Some(entry("path", None, &[]));
    assert_eq!(filled(&input, &[OTHER]), Ok(expected("b", false)));
    input.flag = Some(true);
    assert_eq!(filled(&input, &[TEXT, FLAG, OTHER]), Ok(expected("static", false)));
    let kind = EndpointError::WrongKind { parameter: "Text", expected: ParameterKind::String };
    assert_eq!(filled(&input, &[PATH]), Err(kind));
}

#[test]
fn a_required_member_must_say_something() {
    for text in ["", " \t"] {
        let input = Asked { bucket: text.to_owned(), ..asked() };
        let error = filled(&input, &[]).unwrap_err();
        assert_eq!(error, EndpointError::Empty { member: "Bucket" });
        assert!(error.to_string().contains("the member `Bucket` of the input, which is empty"));
    }
}

#[test]
fn only_what_comes_from_the_input_may_differ_between_calls() {
    static PLAIN: Schema = Schema::new("test#Plain", Kind::Structure, &[], &[]);
    const TEXT: OperationTrait = OperationTrait::StaticContextParam("Text", StaticValue::String("static"));
    const PATH: OperationTrait = OperationTrait::OperationContextParam("List", &[Field("byName"), Keys]);
    assert!(has_params(&operation(&[])));
    assert!(has_params(&OperationSchema { input: &PLAIN, ..operation(&[TEXT]) }));
    assert!(!has_params(&OperationSchema { input: &PLAIN, ..operation(&[]) }));
    assert!(has_params(&OperationSchema { input: &PLAIN, ..operation(&[PATH]) }));
}

#[test]
fn values_that_are_the_same_are_found_in_a_cache() {
    let mut cache = std::collections::HashMap::new();
    cache.insert(expected("a", true), 1);
    let clone = expected("a", true);
    let mut changed = clone.clone();
    changed.set("Text", "b").unwrap();
    assert_eq!((cache.get(&clone), cache.get(&changed)), (Some(&1), None));
}
