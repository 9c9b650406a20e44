//! The paths of
//! [`operationContextParams`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait):
//! the part of [JMESPath](https://jmespath.org/specification.html) that the specification has for them.

/// How deep lists of paths may nest.
const MAX_DEPTH: usize = 4;

/// A step of a path into the input of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// To the member of a structure.
    Field(String),
    /// To each item of a list: what follows is done for each. `[*]`
    Items,
    /// To each value of a map. `*`
    Values,
    /// The items of a list, and of the lists that are its items: what follows is done for each. It ends what was begun
    /// by the steps before. `[]`
    Flatten,
    /// To what each of these paths leads to, as a list.
    Select(Vec<Vec<PathStep>>),
    /// To the keys of a map.
    Keys,
}

/// Reads a path.
///
/// # Errors
/// What is outside of the part that is supported.
pub(crate) fn parse(text: &str) -> Result<Vec<PathStep>, String> {
    let mut parser = Parser { rest: text.trim() };
    let path = parser.path(0)?;
    match parser.rest {
        "" => Ok(path),
        rest => Err(format!("`{}` is not understood", rest.escape_debug())),
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
            false => Err(format!("`{token}` is missing before `{}`", self.rest.escape_debug())),
        }
    }

    fn path(&mut self, depth: usize) -> Result<Vec<PathStep>, String> {
        if depth > MAX_DEPTH {
            return Err("its lists nest too deep".to_owned());
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

    /// `[*]` or `[]`
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
                return Err(format!("the function `{name}` is none that paths have, which is `keys` alone"));
            }
        }
        Ok(())
    }

    /// A name, in quotes or not.
    fn identifier(&mut self) -> Result<String, String> {
        let (name, rest) = match self.rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or("a quote is not closed")?,
            None => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
                self.rest.split_at(self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len()))
            }
        };
        let begins = |c: char| c.is_ascii_alphabetic() || c == '_';
        if !name.starts_with(begins) || name.contains('\\') {
            return Err(format!("a name is missing before `{}`", self.rest.escape_debug()));
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
    fn paths_of_the_specification_are_read() {
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
    fn what_is_outside_of_the_part_is_refused() {
        let deep = format!("{}a{}", "[".repeat(9), "]".repeat(9));
        for (path, reason) in [
            ("", "a name is missing before ``"),
            ("a.", "a name is missing before ``"),
            ("a[0]", "`[0]` is not understood"),
            ("a[?b]", "`[?b]` is not understood"),
            ("a || b", "`|| b` is not understood"),
            ("a | b", "`| b` is not understood"),
            ("length(a)", "the function `length` is none that paths have, which is `keys` alone"),
            ("{x: a}", "a name is missing before `{x: a}`"),
            ("a.[b, c", "`]` is missing before ``"),
            ("\"a", "a quote is not closed"),
            ("keys(a", "`)` is missing before ``"),
            (&deep, "its lists nest too deep"),
        ] {
            assert_eq!(parse(path), Err(reason.to_owned()), "{path}");
        }
    }
}
