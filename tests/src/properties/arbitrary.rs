//! Arbitrary values of any shape, generated from bytes by its schema.

use farrier_runtime::schema::Member;
use farrier_runtime::shape::{Slot, Structure, Union, Value, View};
use farrier_runtime::testing::unknown_member;
use farrier_runtime::types::{Document, Timestamp, TimestampFormat};

/// Maximum nesting depth of generated values.
const MAX_DEPTH: usize = 7;

/// First and last second of the years 0000 to 9999, which date formats can represent.
const DATE_RANGE: (i64, i64) = (-62_167_219_200, 253_402_300_799);

/// Strings that are special to some format, and enum values of the models.
const TEXTS: [&str; 24] = [
    "",
    " ",
    "a",
    "RED",
    "green",
    "green-ish",
    "TOKEN_EXPIRED",
    "server_error",
    "null",
    "NaN",
    "__type",
    "\"",
    "\\",
    "/",
    "..",
    "%2F",
    "a/b?c#d&e=f+g",
    "a,b \"c\", d",
    "\u{0}\u{1f}\u{7f}",
    "\r\nX-Evil: 1",
    "\t tabs \t",
    "äöü \u{2028}\u{feff}",
    "🦀\u{10ffff}",
    "e\u{301}",
];

const FLOATS: [f64; 12] = [
    0.0,
    -0.0,
    1.0,
    -1.5,
    0.1,
    1e300,
    f64::MAX,
    f64::MIN_POSITIVE,
    5e-324,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
];

/// Bytes that determine a generated value. Once they are used up, every choice is the smallest value.
pub struct Entropy<'b> {
    bytes: &'b [u8],
    /// Prefix of every generated string.
    marker: &'static str,
    /// True if a value is NaN, which is not equal to itself.
    pub has_nan: bool,
    /// True to generate only values that CBOR preserves exactly: it writes timestamps as doubles of seconds,
    /// and normalizes the exponents of decimals.
    canonical: bool,
}

impl<'b> Entropy<'b> {
    /// Creates a source of values without a marker.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self::with_marker(bytes, "")
    }

    /// Creates a source whose strings all start with `marker`.
    pub fn with_marker(bytes: &'b [u8], marker: &'static str) -> Self {
        Self { bytes, marker, has_nan: false, canonical: false }
    }

    /// Generates a structure.
    pub fn make<T: Structure + Value>(&mut self) -> T {
        let mut value = T::default_value();
        self.structure(&mut value, 0);
        value
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        *first
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.byte())
    }

    /// Returns a number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        usize::from(self.byte()) % bound.max(1)
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn structure(&mut self, structure: &mut dyn Structure, depth: usize) {
        for (index, member) in structure.schema().members.iter().enumerate() {
            let value = structure.member_mut(index).expect("each member of the schema has a field");
            self.fill(value, member, depth);
        }
    }

    /// Fills a member. An optional member may stay unset.
    fn fill(&mut self, value: &mut dyn Value, member: &'static Member, depth: usize) {
        if matches!(value.view(), View::Absent) && (depth >= MAX_DEPTH || self.below(4) == 0) {
            return;
        }
        self.fill_slot(value.slot(), member, depth);
    }

    fn fill_slot(&mut self, slot: Slot<'_>, member: &'static Member, depth: usize) {
        let is_deep = depth >= MAX_DEPTH;
        match slot {
            Slot::Unit => {}
            Slot::Blob(slot) => *slot = self.blob().into(),
            Slot::Body(slot) => *slot = self.blob().into(),
            Slot::Boolean(slot) => *slot = self.byte() % 2 == 1,
            Slot::String(slot) => *slot = self.text(),
            Slot::Enum(slot) => slot.set(self.text()),
            Slot::Byte(slot) => *slot = i8::from_be_bytes(self.array()),
            Slot::Short(slot) => *slot = i16::from_be_bytes(self.array()),
            Slot::Integer(slot) => *slot = i32::from_be_bytes(self.array()),
            Slot::IntEnum(slot) => {
                let value = i32::from_be_bytes(self.array());
                slot.set(self.pick(&[1, 2, i32::MIN, value]));
            }
            Slot::Long(slot) => *slot = self.long(),
            Slot::Float(slot) => *slot = self.float(),
            Slot::Double(slot) => *slot = self.double(),
            Slot::BigInteger(slot) => *slot = self.integer_text().parse().unwrap(),
            Slot::BigDecimal(slot) if self.canonical => *slot = i64::from(self.byte()).into(),
            Slot::BigDecimal(slot) => *slot = self.decimal_text().parse().unwrap(),
            Slot::Timestamp(slot) => *slot = self.timestamp(member),
            Slot::Document(slot) => *slot = self.document(depth),
            Slot::List(list) => {
                list.clear();
                let element = member.target.element().expect("a list has a member");
                for _ in 0..self.length(is_deep) {
                    self.fill(list.push(), element, depth + 1);
                }
            }
            Slot::Map(map) => {
                map.clear();
                let element = member.target.element().expect("a map has a value");
                for _ in 0..self.length(is_deep) {
                    let key = self.text();
                    self.fill(map.insert(key), element, depth + 1);
                }
            }
            Slot::Structure(structure) => self.structure(structure, depth + 1),
            Slot::Union(union) => self.union(union, depth + 1),
        }
    }

    fn length(&mut self, is_deep: bool) -> usize {
        if is_deep { 0 } else { self.below(4) }
    }

    fn union(&mut self, union: &mut dyn Union, depth: usize) {
        let members = union.schema().members;
        let index = self.below(members.len() + 1);
        let Some(member) = members.get(index).filter(|_| depth < MAX_DEPTH) else {
            let value = self.document(depth);
            // A null member of a union counts as absent.
            let value = if value.is_null() { Document::Bool(true) } else { value };
            return union.set_unknown(unknown_member(format!("unknown {}", self.text()), value));
        };
        let slot = union.activate(index).expect("each member of the schema has a variant");
        self.fill_slot(slot, member, depth);
    }

    fn text(&mut self) -> String {
        let mut text = self.marker.to_owned();
        for _ in 0..self.below(3) {
            text.push_str(self.pick(&TEXTS));
        }
        if self.below(4) == 1 {
            text.push(
                char::from_u32(u32::from_be_bytes([0, self.byte() % 17, self.byte(), self.byte()]))
                    .unwrap_or('x'),
            );
        }
        text
    }

    fn blob(&mut self) -> Vec<u8> {
        let mut blob = self.marker.as_bytes().to_vec();
        for _ in 0..self.below(5) {
            blob.push(self.byte());
        }
        blob
    }

    fn long(&mut self) -> i64 {
        let any = i64::from_be_bytes(self.array());
        self.pick(&[any, i64::MIN, i64::MAX, (1 << 53) + 1])
    }

    fn double(&mut self) -> f64 {
        let any = f64::from_bits(u64::from_be_bytes(self.array()));
        let special = self.pick(&FLOATS);
        let value = self.pick(&[any, special]);
        self.has_nan |= value.is_nan();
        value
    }

    fn float(&mut self) -> f32 {
        let any = f32::from_bits(u32::from_be_bytes(self.array()));
        let special = self.pick(&FLOATS) as f32;
        let value = self.pick(&[any, special, f32::MAX, f32::MIN_POSITIVE, 1e-45]);
        self.has_nan |= value.is_nan();
        value
    }

    /// Returns an integer of up to sixty digits.
    fn integer_text(&mut self) -> String {
        let digits: String = (0..self.below(60)).map(|_| char::from(b'0' + self.byte() % 10)).collect();
        let digits = digits.trim_start_matches('0');
        let sign = self.pick(&["", "-"]);
        if digits.is_empty() && self.canonical {
            return "0".to_owned();
        }
        if digits.is_empty() { format!("{sign}0") } else { format!("{sign}{digits}") }
    }

    fn decimal_text(&mut self) -> String {
        let fraction = self.pick(&["", ".0", ".50", ".000000000000000000001"]);
        let exponent = self.pick(&["", "e5", "E-400", "e+999999"]);
        self.integer_text() + fraction + exponent
    }

    /// Generates only values that CBOR preserves exactly.
    pub fn canonical(self) -> Self {
        Self { canonical: true, ..self }
    }

    /// Returns a timestamp that the member's format can represent.
    fn timestamp(&mut self, member: &Member) -> Timestamp {
        let default =
            if member.is_request_bound() { TimestampFormat::HttpDate } else { TimestampFormat::EpochSeconds };
        let format = member.timestamp_format().unwrap_or(default);
        let (any, millis) = (self.long(), u32::from_be_bytes(self.array()) % 1_000);
        let nanos = self.pick(&[0, millis, 1, 999, 500]) * 1_000_000;
        let date = self.pick(&[
            DATE_RANGE.0,
            DATE_RANGE.1,
            0,
            -1,
            any.rem_euclid(DATE_RANGE.1 - DATE_RANGE.0) + DATE_RANGE.0,
        ]);
        if self.canonical {
            return Timestamp::from_secs_and_nanos(any >> 13, nanos / 500_000_000 * 500_000_000);
        }
        match format {
            TimestampFormat::EpochSeconds => Timestamp::from_secs_and_nanos(self.pick(&[any, date]), nanos),
            TimestampFormat::DateTime => Timestamp::from_secs_and_nanos(date, nanos),
            TimestampFormat::HttpDate => Timestamp::from_secs(date),
        }
    }

    fn document(&mut self, depth: usize) -> Document {
        match self.below(if depth < MAX_DEPTH { 9 } else { 7 }) {
            0 => Document::Null,
            1 => Document::Bool(self.byte() % 2 == 1),
            2 => Document::from(self.long()),
            3 => Document::from(u64::MAX - u64::from(self.byte())),
            4 => {
                let number = f64::from_bits(u64::from_be_bytes(self.array()));
                Document::from(if number.is_finite() { number } else { -0.5 })
            }
            5 | 6 => Document::String(self.text()),
            7 => (0..self.below(4)).map(|_| self.document(depth + 1)).collect(),
            _ => {
                let entries = (0..self.below(4)).map(|_| (self.text(), self.document(depth + 1)));
                Document::Object(entries.collect())
            }
        }
    }
}
