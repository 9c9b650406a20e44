//! Parser for the subset of [JMESPath](https://jmespath.org/specification.html) that is allowed in
//! [`operationContextParams`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait).

/// The maximum nesting depth of lists of paths.
const MAX_DEPTH: usize = 4;

/// A step of a path into the input of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathStep {
    /// `name`: selects a member of a structure.
    Field(String),
    /// `[*]`: applies the following steps to each item of a list.
    Items,
    /// `*`: applies the following steps to each value of a map.
    Values,
    /// `[]`: ends the preceding projection, flattens its list by one level, and applies the following steps
    /// to each item.
    Flatten,
    /// `[a, b]`: creates a list of the results of these paths.
    Select(Vec<Vec<PathStep>>),
    /// `keys(…)`: returns the keys of a map.
    Keys,
}

/// Parses a path.
///
/// # Errors
/// Returns a description of the first syntax error or unsupported expression.
pub(crate) fn parse(text: &str) -> Result<Vec<PathStep>, String> {
    let mut parser = Parser { rest: text.trim() };
    let path = parser.path(0)?;
    match parser.rest {
        "" => Ok(path),
        rest => Err(format!("unsupported syntax `{}`", rest.escape_debug())),
    }
}

struct Parser<'t> {
    rest: &'t str,
}

impl Parser<'_> {
    fn eat(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        match self.eat(token) {
            true => Ok(()),
            false => Err(format!("expected `{token}`, found {}", self.found())),
        }
    }

    /// Describes the remaining text, for error messages.
    fn found(&self) -> String {
        match self.rest {
            "" => "the end of the path".to_owned(),
            rest => format!("`{}`", rest.escape_debug()),
        }
    }

    fn path(&mut self, depth: usize) -> Result<Vec<PathStep>, String> {
        if depth > MAX_DEPTH {
            return Err("lists are nested too deeply".to_owned());
        }
        let mut steps = Vec::new();
        if !self.brackets(&mut steps) && !self.eat("@") {
            self.step(&mut steps, depth)?;
        }
        loop {
            if self.eat(".") {
                self.step(&mut steps, depth)?;
            } else if !self.brackets(&mut steps) {
                return Ok(steps);
            }
        }
    }

    /// Parses `[*]` or `[]`. Returns false if neither follows.
    fn brackets(&mut self, steps: &mut Vec<PathStep>) -> bool {
        let step = match (self.eat("[*]"), self.rest) {
            (true, _) => PathStep::Items,
            (false, rest) if rest.starts_with("[]") && self.eat("[]") => PathStep::Flatten,
            _ => return false,
        };
        steps.push(step);
        true
    }

    fn step(&mut self, steps: &mut Vec<PathStep>, depth: usize) -> Result<(), String> {
        if self.eat("*") {
            steps.push(PathStep::Values);
        } else if self.eat("[") {
            let mut paths = vec![self.path(depth + 1)?];
            while self.eat(",") {
                paths.push(self.path(depth + 1)?);
            }
            self.expect("]")?;
            steps.push(PathStep::Select(paths));
        } else {
            let name = self.identifier()?;
            if !self.eat("(") {
                steps.push(PathStep::Field(name));
            } else if name == "keys" {
                steps.extend(self.path(depth + 1)?);
                self.expect(")")?;
                steps.push(PathStep::Keys);
            } else {
                return Err(format!("unsupported function `{name}`"));
            }
        }
        Ok(())
    }

    /// Parses a name, with or without quotes.
    fn identifier(&mut self) -> Result<String, String> {
        let (name, rest) = match self.rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or("unterminated quoted name")?,
            None => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
                self.rest.split_at(self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len()))
            }
        };
        let is_start = |c: char| c.is_ascii_alphabetic() || c == '_';
        if !name.starts_with(is_start) || name.contains('\\') {
            return Err(format!("expected a name, found {}", self.found()));
        }
        let name = name.to_owned();
        self.rest = rest.trim_start();
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::PathStep::{Field, Flatten, Items, Keys, Select, Values};
    use super::{PathStep, parse};

    fn field(name: &str) -> PathStep {
        Field(name.to_owned())
    }

    #[test]
    fn parses_supported_paths() {
        let a = || field("a");
        assert_eq!(parse("a"), Ok(vec![a()]));
        assert_eq!(parse(" a . \"b\" "), Ok(vec![a(), field("b")]));
        assert_eq!(parse("a[*].b"), Ok(vec![a(), Items, field("b")]));
        assert_eq!(parse("a.*.b"), Ok(vec![a(), Values, field("b")]));
        assert_eq!(parse("keys(a)"), Ok(vec![a(), Keys]));
        assert_eq!(parse("a.keys(@)"), Ok(vec![a(), Keys]));
        assert_eq!(parse("keys"), Ok(vec![field("keys")]));
        let select = Select(vec![vec![field("b"), field("c")], vec![field("d")]]);
        assert_eq!(parse("a[*].[b.c, d][]"), Ok(vec![a(), Items, select.clone(), Flatten]));
        assert_eq!(parse("[b.c, d]"), Ok(vec![select]));
    }

    #[test]
    fn rejects_unsupported_paths() {
        let deep = format!("{}a{}", "[".repeat(9), "]".repeat(9));
        for (path, reason) in [
            ("", "expected a name, found the end of the path"),
            ("a.", "expected a name, found the end of the path"),
            ("a[0]", "unsupported syntax `[0]`"),
            ("a[?b]", "unsupported syntax `[?b]`"),
            ("a || b", "unsupported syntax `|| b`"),
            ("a | b", "unsupported syntax `| b`"),
            ("length(a)", "unsupported function `length`"),
            ("{x: a}", "expected a name, found `{x: a}`"),
            ("a.[b, c", "expected `]`, found the end of the path"),
            ("\"a", "unterminated quoted name"),
            ("keys(a", "expected `)`, found the end of the path"),
            (&deep, "lists are nested too deeply"),
        ] {
            assert_eq!(parse(path), Err(reason.to_owned()), "{path}");
        }
    }
}
