//! Model files, and locations in them.

/// A model file.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    invalid_utf8: Option<(usize, usize)>,
}

impl Source {
    /// Creates a source from the bytes of a file and its name, such as its path, for messages.
    ///
    /// A byte order mark is removed. Invalid UTF-8 is replaced; [`generate`](crate::generate) and
    /// [`survey`](crate::survey) report it.
    pub fn new(name: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = String::from_utf8_lossy(bytes).into_owned();
        let invalid_utf8 = std::str::from_utf8(bytes).err().map(|error| {
            let start = error.valid_up_to();
            (start, start.saturating_add(char::REPLACEMENT_CHARACTER.len_utf8()))
        });
        Self { name: name.into(), text, invalid_utf8 }
    }

    /// Returns the name for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the text that spans refer to.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the range in the text of the first replacement of invalid UTF-8.
    pub(crate) fn invalid_utf8(&self) -> Option<(usize, usize)> {
        self.invalid_utf8
    }
}

/// The index of a file in the sources of a model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(u32);

impl FileId {
    /// Creates the id of the file with this index.
    pub fn new(index: usize) -> Self {
        Self(saturated(index))
    }

    /// Returns the index of the file.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes in the text of a file. Spans are ordered by file, then by position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Creates a span. Offsets are limited to 4 GiB.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start: saturated(start), end: saturated(end) }
    }

    /// Returns the range of bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

fn saturated(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_a_byte_order_mark() {
        let source = Source::new("a.json", b"\xEF\xBB\xBF{}");
        assert_eq!((source.name(), source.text(), source.invalid_utf8()), ("a.json", "{}", None));
        assert_eq!(Source::new("", b"").text(), "");
    }

    #[test]
    fn locates_invalid_utf8_in_the_text() {
        let source = Source::new("", b"{\"a\":\xFF}");
        assert_eq!((source.text(), source.invalid_utf8()), ("{\"a\":\u{fffd}}", Some((5, 8))));
        let truncated = Source::new("", "{\"é".as_bytes().split_last().unwrap().1);
        assert_eq!((truncated.text(), truncated.invalid_utf8()), ("{\"\u{fffd}", Some((2, 5))));
    }

    #[test]
    fn orders_spans_by_file_then_position() {
        let span = |file, start, end| Span::new(FileId::new(file), start, end);
        assert!(span(0, 7, 9) < span(1, 0, 1));
        assert!(span(1, 0, 1) < span(1, 0, 2));
        assert_eq!(span(1, 0, usize::MAX).range(), 0..u32::MAX as usize);
    }
}
