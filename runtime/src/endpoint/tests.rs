//! Tests of the interpreter as a whole.

use super::*;
use crate::types::Document;

const fn parameter(name: &'static str, kind: ParameterKind) -> Parameter {
    Parameter { name, kind, built_in: None, required: false, default: None }
}

/// `Text`, `Flag` and `List`. Variable indexes start at 3.
static PARAMETERS: [Parameter; 3] = [
    parameter("Text", ParameterKind::String),
    parameter("Flag", ParameterKind::Boolean),
    parameter("List", ParameterKind::StringArray),
];
const TEXT: Expr = Expr::Ref(0);
const FLAG: Expr = Expr::Ref(1);
const LIST: Expr = Expr::Ref(2);

const fn tree(rules: &'static [Rule]) -> RuleSet {
    RuleSet { parameters: &PARAMETERS, variables: 2, rules: Rules::Tree(rules) }
}

const fn at(url: Expr) -> Outcome {
    Outcome::Endpoint(Endpoint { url, headers: &[], properties: &[] })
}

const fn test(test: Expr) -> Condition {
    Condition { test, assign: None }
}

fn params(text: Option<&str>, flag: Option<bool>, list: Option<&[&str]>) -> Params {
    let mut params = Params::new(&tree(&[]));
    let list = list.map(|list| list.iter().map(|&item| item.to_owned()).collect::<Vec<_>>());
    let values = [
        ("Text", text.map(ParamValue::from)),
        ("Flag", flag.map(ParamValue::from)),
        ("List", list.map(ParamValue::from)),
    ];
    for (name, value) in values {
        if let Some(value) = value {
            params.set(name, value).unwrap();
        }
    }
    params
}

/// Resolves an endpoint whose URL is the expression.
fn url(expr: Expr, params: &Params) -> Result<String, EndpointError> {
    let rules = Box::leak(Box::new([Rule { conditions: &[], outcome: at(expr) }]));
    resolve(&tree(rules), params).map(|endpoint| endpoint.url)
}

#[test]
fn required_parameters_need_a_value_or_a_default() {
    static RULES: RuleSet = RuleSet {
        parameters: &[
            Parameter {
                required: true,
                built_in: Some("AWS::Region"),
                ..parameter("Region", ParameterKind::String)
            },
            Parameter {
                required: true,
                default: Some(StaticValue::String("d")),
                ..parameter("Word", ParameterKind::String)
            },
        ],
        variables: 0,
        rules: Rules::Tree(&[Rule {
            conditions: &[],
            outcome: at(Expr::Template(&[Expr::Ref(0), Expr::Ref(1)])),
        }]),
    };
    let mut params = Params::new(&RULES);
    let missing = EndpointError::Missing { parameter: "Region", built_in: Some("AWS::Region") };
    assert_eq!(missing.to_string(), "required endpoint parameter `Region` (AWS::Region) is not set");
    assert_eq!(resolve(&RULES, &params), Err(missing));
    params.set("Region", "r").unwrap();
    assert_eq!(resolve(&RULES, &params).unwrap().url, "rd");
    params.set("Word", "w").unwrap();
    assert_eq!(resolve(&RULES, &params).unwrap().url, "rw");
}

#[test]
fn rejects_unknown_parameters_and_wrong_types() {
    let mut set = params(None, None, None);
    assert_eq!(set.set("Other", true), Err(EndpointError::UnknownParameter("Other".to_owned())));
    let expected = ParameterKind::Boolean;
    assert_eq!(set.set("Flag", "true"), Err(EndpointError::WrongType { parameter: "Flag", expected }));
    assert_eq!(format!("{:?}", params(Some("secret"), None, Some(&[]))), r#"{"Text", "List"}"#);
}

#[test]
fn selects_the_first_matching_rule_without_leaving_a_matching_tree() {
    static RULES: RuleSet = tree(&[
        Rule {
            conditions: &[test(Expr::Call(Function::IsSet, &[TEXT]))],
            outcome: Outcome::Tree(&[Rule {
                conditions: &[test(Expr::Call(Function::StringEquals, &[TEXT, Expr::Str("a")]))],
                outcome: at(Expr::Str("inner")),
            }]),
        },
        Rule { conditions: &[test(FLAG)], outcome: Outcome::Error(Expr::Str("flagged")) },
        Rule { conditions: &[], outcome: at(Expr::Str("last")) },
    ]);
    let found = |text, flag| resolve(&RULES, &params(text, flag, None)).map(|endpoint| endpoint.url);
    assert_eq!(found(Some("a"), None).as_deref(), Ok("inner"));
    assert_eq!(found(Some("b"), Some(true)), Err(EndpointError::NoMatch));
    assert_eq!(found(None, Some(true)), Err(EndpointError::Rules("flagged".to_owned())));
    assert_eq!(found(None, Some(false)).as_deref(), Ok("last"));
    assert_eq!(found(None, None).as_deref(), Ok("last"));
}

#[test]
fn later_conditions_and_the_outcome_read_assigned_variables() {
    static RULES: RuleSet = tree(&[Rule {
        conditions: &[
            Condition { test: Expr::Call(Function::AwsParseArn, &[TEXT]), assign: Some(3) },
            Condition { test: Expr::GetAttr(&Expr::Ref(3), &[Step::Key("region")]), assign: Some(4) },
        ],
        outcome: Outcome::Endpoint(Endpoint {
            url: Expr::Template(&[Expr::Str("https://"), Expr::Ref(4), Expr::Str(".example.com")]),
            headers: &[(
                "x-id",
                &[Expr::GetAttr(&Expr::Ref(3), &[Step::Key("resourceId"), Step::Index(-1)])],
            )],
            properties: &[(
                "authSchemes",
                Property::List(&[Property::Record(&[
                    ("name", Property::Value(Expr::Str("sigv4"))),
                    ("signingRegion", Property::Value(Expr::Ref(4))),
                    ("disableDoubleEncoding", Property::Value(Expr::Bool(true))),
                    ("order", Property::Value(Expr::Int(1))),
                ])]),
            )],
        }),
    }]);
    let endpoint = resolve(&RULES, &params(Some("arn:aws:s3:eu-west-1:1:a/b"), None, None)).unwrap();
    assert_eq!(endpoint.url, "https://eu-west-1.example.com");
    assert_eq!(endpoint.headers, [("x-id", vec!["b".to_owned()])]);
    let scheme = serde_json::json!(
        {"name": "sigv4", "signingRegion": "eu-west-1", "disableDoubleEncoding": true, "order": 1}
    );
    assert_eq!(endpoint.auth_schemes(), [scheme]);
    assert_eq!(endpoint.property("other"), None::<&Document>);
    assert!(!format!("{endpoint:?}").contains("eu-west-1"));
    assert_eq!(resolve(&RULES, &params(Some("not an arn"), None, None)), Err(EndpointError::NoMatch));
}

#[test]
fn list_indexes_count_from_either_end() {
    let item = |index, list: &[&str]| {
        let path = Box::leak(Box::new([Step::Index(index)]));
        let item = Box::leak(Box::new([Expr::GetAttr(&LIST, path), Expr::Str("none")]));
        url(Expr::Call(Function::Coalesce, item), &params(None, None, Some(list))).unwrap()
    };
    assert_eq!(item(0, &["a", "b"]), "a");
    assert_eq!(item(1, &["a", "b"]), "b");
    assert_eq!(item(-1, &["a", "b"]), "b");
    assert_eq!(item(-2, &["a", "b"]), "a");
    for index in [2, -3, i64::MAX, i64::MIN] {
        assert_eq!(item(index, &["a", "b"]), "none", "{index}");
    }
    assert_eq!(item(-1, &[]), "none");
}

#[test]
fn ite_selects_a_branch_and_coalesce_the_first_set_value() {
    const SUFFIX: Expr = Expr::Call(
        Function::Ite,
        &[Expr::Call(Function::Coalesce, &[FLAG, Expr::Bool(true)]), Expr::Str("-fips"), Expr::Str("")],
    );
    assert_eq!(url(SUFFIX, &params(None, Some(true), None)).as_deref(), Ok("-fips"));
    assert_eq!(url(SUFFIX, &params(None, Some(false), None)).as_deref(), Ok(""));
    assert_eq!(url(SUFFIX, &params(None, None, None)).as_deref(), Ok("-fips"));
}

#[test]
fn not_and_equality_are_unset_if_an_argument_is_unset() {
    for expr in [
        Expr::Call(Function::Not, &[FLAG]),
        Expr::Call(Function::BooleanEquals, &[FLAG, Expr::Bool(false)]),
        Expr::Call(Function::StringEquals, &[TEXT, Expr::Str("")]),
    ] {
        let conditions = Box::leak(Box::new([test(expr)]));
        let rules = Box::leak(Box::new([Rule { conditions, outcome: at(Expr::Str("matches")) }]));
        let rules = tree(rules);
        assert_eq!(resolve(&rules, &params(None, None, None)), Err(EndpointError::NoMatch));
        assert_eq!(resolve(&rules, &params(Some(""), Some(false), None)).unwrap().url, "matches");
        assert_eq!(resolve(&rules, &params(Some("a"), Some(true), None)), Err(EndpointError::NoMatch));
    }
}

#[test]
fn resolves_with_other_partitions() {
    static PARTITIONS: &[Partition] = &[Partition {
        name: "other",
        dns_suffix: "example.org",
        dual_stack_dns_suffix: "example.net",
        supports_fips: false,
        supports_dual_stack: false,
        implicit_global_region: "home",
        prefixes: &[],
        regions: &[],
    }];
    static RULES: RuleSet = tree(&[Rule {
        conditions: &[],
        outcome: at(Expr::GetAttr(&Expr::Call(Function::AwsPartition, &[TEXT]), &[Step::Key("dnsSuffix")])),
    }]);
    let params = params(Some("us-east-1"), None, None);
    assert_eq!(resolve(&RULES, &params).unwrap().url, "amazonaws.com");
    assert_eq!(resolve_with(&RULES, &params, PARTITIONS).unwrap().url, "example.org");
    assert!(resolve_with(&RULES, &params, &[]).is_err());
}

/// If `Text` is set, `Flag` selects the first (true) or second (false) result; otherwise the reverse.
static DECISIONS: [BddNode; 3] = [[-1, 1, -1], [0, 3, -3], [1, 100_000_001, 100_000_002]];
static CONDITIONS: [Condition; 2] =
    [test(Expr::Call(Function::IsSet, &[TEXT])), Condition { test: FLAG, assign: Some(3) }];
static RESULTS: [Outcome; 2] = [at(Expr::Str("yes")), Outcome::Error(Expr::Str("no"))];

fn decide(root: i32, nodes: &'static [BddNode], params: &Params) -> Result<String, EndpointError> {
    let bdd = Bdd { root, nodes, conditions: &CONDITIONS, results: &RESULTS };
    let rules = RuleSet { parameters: &PARAMETERS, variables: 1, rules: Rules::Bdd(bdd) };
    resolve(&rules, params).map(|endpoint| endpoint.url)
}

#[test]
fn evaluates_decision_diagrams() {
    let no = || Err(EndpointError::Rules("no".to_owned()));
    assert_eq!(decide(2, &DECISIONS, &params(Some("t"), Some(true), None)).as_deref(), Ok("yes"));
    assert_eq!(decide(2, &DECISIONS, &params(Some("t"), Some(false), None)), no());
    assert_eq!(decide(2, &DECISIONS, &params(None, Some(true), None)), no());
    assert_eq!(decide(2, &DECISIONS, &params(None, Some(false), None)).as_deref(), Ok("yes"));
    for root in [1, -1, Bdd::NO_MATCH] {
        assert_eq!(decide(root, &DECISIONS, &params(None, None, None)), Err(EndpointError::NoMatch));
    }
}

#[test]
fn rejects_decision_diagrams_with_invalid_references_or_cycles() {
    static CYCLE: [BddNode; 2] = [DECISIONS[0], [0, 2, -2]];
    static NO_CONDITION: [BddNode; 2] = [DECISIONS[0], [2, 1, 1]];
    let set = params(None, None, None);
    for root in [0, 4, -4, i32::MIN, i32::MAX, 100_000_003] {
        assert!(matches!(decide(root, &DECISIONS, &set), Err(EndpointError::InvalidRules(_))), "{root}");
    }
    assert!(matches!(decide(2, &CYCLE, &set), Err(EndpointError::InvalidRules(_))));
    assert!(matches!(decide(2, &NO_CONDITION, &set), Err(EndpointError::InvalidRules(_))));
}

#[test]
fn rejects_rule_trees_with_a_cycle() {
    static CYCLE: [Rule; 1] = [Rule { conditions: &[], outcome: Outcome::Tree(&CYCLE) }];
    let found = resolve(&tree(&CYCLE), &params(None, None, None));
    assert_eq!(found, Err(EndpointError::InvalidRules("rules are nested too deeply")));
}

#[test]
fn rejects_expressions_and_properties_with_a_cycle() {
    static CYCLE: [Expr; 1] = [Expr::Call(Function::UriEncode, &CYCLE)];
    let found = url(Expr::Template(&CYCLE), &params(None, None, None));
    assert_eq!(found, Err(EndpointError::InvalidRules("an expression is nested too deeply")));

    static PROPERTIES: [Property; 1] = [Property::List(&PROPERTIES)];
    static RULES: RuleSet = tree(&[Rule {
        conditions: &[],
        outcome: Outcome::Endpoint(Endpoint {
            url: Expr::Str(""),
            headers: &[],
            properties: &[("cycle", Property::List(&PROPERTIES))],
        }),
    }]);
    let found = resolve(&RULES, &params(None, None, None));
    assert_eq!(found, Err(EndpointError::InvalidRules("a property is nested too deeply")));
}

#[test]
fn rejects_invalid_rule_sets() {
    let set = params(Some("t"), Some(true), Some(&["item"]));
    for expr in [
        Expr::Ref(5),
        Expr::Ref(3),
        FLAG,
        LIST,
        Expr::Int(1),
        Expr::List(&[TEXT]),
        Expr::Template(&[TEXT, FLAG]),
        Expr::Call(Function::UriEncode, &[]),
        Expr::Call(Function::UriEncode, &[FLAG]),
        Expr::Call(Function::Coalesce, &[]),
        Expr::Call(Function::IsSet, &[]),
        Expr::Call(Function::Ite, &[TEXT, TEXT, TEXT]),
        Expr::GetAttr(&TEXT, &[Step::Key("name")]),
        Expr::GetAttr(&LIST, &[Step::Key("name")]),
        Expr::GetAttr(&Expr::Call(Function::AwsPartition, &[TEXT]), &[Step::Key("color")]),
    ] {
        let text = format!("{expr:?}");
        assert!(matches!(url(expr, &set), Err(EndpointError::InvalidRules(_))), "{text}");
    }
    let other = Params::new(&RuleSet { parameters: &[], variables: 0, rules: Rules::Tree(&[]) });
    assert!(matches!(resolve(&tree(&[]), &other), Err(EndpointError::InvalidRules(_))));
    static OUT_OF_RANGE: RuleSet = tree(&[Rule {
        conditions: &[Condition { test: Expr::Bool(true), assign: Some(5) }],
        outcome: at(Expr::Str("")),
    }]);
    assert!(matches!(resolve(&OUT_OF_RANGE, &set), Err(EndpointError::InvalidRules(_))));
}
