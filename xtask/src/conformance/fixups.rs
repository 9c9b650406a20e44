//! Fixes of errors in the suite's JSON.

/// Cases that test numbers beyond the precision of a double: the id, the number in the JSON AST, and the
/// number in the case's body. Smithy's tools write the numbers of an AST as doubles.
const BIG_DECIMALS: [(&str, &str, &str); 2] = [
    ("RpcV2JsonRequestBigDecimalHighPrecision", "0.1", "0.100000000000000000000001"),
    ("RpcV2JsonResponseBigDecimalNegativeHighPrecision", "-0.1", "-0.100000000000000000000001"),
];

/// Restores the digits in the parameters of these cases and prints each fix. A correct suite is not changed.
pub(super) fn restore_big_decimals(source: Vec<u8>) -> Vec<u8> {
    let Ok(mut text) = String::from_utf8(source.clone()) else { return source };
    for (id, rounded, exact) in BIG_DECIMALS {
        if let Some(start) = find_param(&text, id, rounded) {
            text.replace_range(start..start + rounded.len(), exact);
            println!("fixed {id}: the parameter is {rounded} in the suite's JSON but {exact} in the body");
        }
    }
    text.into_bytes()
}

/// Returns the offset of a number in the parameters of a case.
fn find_param(text: &str, id: &str, number: &str) -> Option<usize> {
    let case = text.find(&format!("\"{id}\""))?;
    let params = case + text.get(case..)?.find("\"params\"")?;
    let end = params + text.get(params..)?.find('}')?;
    let start = params + text.get(params..end)?.rfind(number)?;
    let before = text.get(params..start)?.trim_end().ends_with(':');
    let after = text.get(start + number.len()..end)?.trim().is_empty();
    (before && after).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::restore_big_decimals;

    #[test]
    fn restores_only_the_rounded_numbers_of_known_cases() {
        let case = |id: &str, number: &str| {
            format!("{{\"id\": \"{id}\", \"body\": \"0.1\", \"params\": {{\n \"value\": {number}\n}} }}")
        };
        let fixed = |id: &str, number: &str| {
            String::from_utf8(restore_big_decimals(case(id, number).into_bytes())).unwrap()
        };
        let id = "RpcV2JsonRequestBigDecimalHighPrecision";
        let exact = "0.100000000000000000000001";
        assert_eq!(fixed(id, "0.1"), case(id, exact));
        assert_eq!(fixed(id, exact), case(id, exact));
        assert_eq!(fixed(id, "0.2"), case(id, "0.2"));
        assert_eq!(fixed("Other", "0.1"), case("Other", "0.1"));
    }
}
