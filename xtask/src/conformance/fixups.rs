//! What is wrong in the suite's JSON, mended.

/// Cases that test the digits of a number beyond a double's precision: the id, the number as the JSON AST has
/// it, and as the case's own body has it. Smithy's tools write the numbers of an AST as doubles.
const BIG_DECIMALS: [(&str, &str, &str); 2] = [
    ("RpcV2JsonRequestBigDecimalHighPrecision", "0.1", "0.100000000000000000000001"),
    ("RpcV2JsonResponseBigDecimalNegativeHighPrecision", "-0.1", "-0.100000000000000000000001"),
];

/// Gives the parameters of such cases their digits back, and says so. A suite that has them stays as it is.
pub(super) fn restore_big_decimals(source: Vec<u8>) -> Vec<u8> {
    let Ok(mut text) = String::from_utf8(source.clone()) else { return source };
    for (id, lost, whole) in BIG_DECIMALS {
        if let Some(start) = place(&text, id, lost) {
            text.replace_range(start..start + lost.len(), whole);
            println!("mended {id}: its parameter is {lost} in the suite's JSON, {whole} in its body");
        }
    }
    text.into_bytes()
}

/// Where the parameters of a case have that number.
fn place(text: &str, id: &str, number: &str) -> Option<usize> {
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
    fn only_the_lost_digits_of_those_cases_come_back() {
        let case = |id: &str, number: &str| {
            format!("{{\"id\": \"{id}\", \"body\": \"0.1\", \"params\": {{\n \"value\": {number}\n}} }}")
        };
        let mended = |id: &str, number: &str| {
            String::from_utf8(restore_big_decimals(case(id, number).into_bytes())).unwrap()
        };
        let id = "RpcV2JsonRequestBigDecimalHighPrecision";
        let whole = "0.100000000000000000000001";
        assert_eq!(mended(id, "0.1"), case(id, whole));
        assert_eq!(mended(id, whole), case(id, whole));
        assert_eq!(mended(id, "0.2"), case(id, "0.2"));
        assert_eq!(mended("Other", "0.1"), case("Other", "0.1"));
    }
}
