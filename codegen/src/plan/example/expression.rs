//! Rust expressions for example values: of `smithy.api#examples`, or placeholders for required members.

use crate::model::{Member, Shape, ShapeId, ShapeKind, SimpleKind};
use crate::plan::context::Context;
use crate::plan::data::{Argument, Enum, EnumVariant, Field, Form, Item, Presence, Structure, Union};
use crate::plan::defaults;
use crate::plan::types::{Module, RustType};
use crate::plan::value::Value;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum nesting depth of example values.
const MAX_DEPTH: usize = 8;

/// Maximum length of a string literal, in characters. Lines are not broken inside a literal.
const MAX_LITERAL: usize = 66;

/// Names that examples use for other items, so that they cannot be imported.
const RESERVED: &[&str] = &["Box", "Client", "Err", "Ok", "Result", "Some", "String", "Timestamp", "Vec"];

/// The planned types by name.
pub(in crate::plan) struct Types<'a> {
    structures: BTreeMap<&'a str, &'a Structure>,
    unions: BTreeMap<&'a str, &'a Union>,
    enums: BTreeMap<&'a str, &'a Enum<String>>,
    int_enums: BTreeMap<&'a str, &'a Enum<i32>>,
}

impl<'a> Types<'a> {
    pub(in crate::plan) fn new(
        structures: &'a [Structure],
        unions: &'a [Union],
        enums: &'a [Enum<String>],
        int_enums: &'a [Enum<i32>],
    ) -> Self {
        Self {
            structures: structures.iter().map(|plan| (plan.name.as_str(), plan)).collect(),
            unions: unions.iter().map(|plan| (plan.name.as_str(), plan)).collect(),
            enums: enums.iter().map(|plan| (plan.name.as_str(), plan)).collect(),
            int_enums: int_enums.iter().map(|plan| (plan.name.as_str(), plan)).collect(),
        }
    }
}

/// Writes expressions and collects the names that they need. Each method returns `None` if the value has no expression:
/// it is nested too deeply, does not fit the model, or needs a name that cannot be imported.
pub(super) struct Writer<'a> {
    context: &'a Context<'a>,
    types: &'a Types<'a>,
    /// The modules, relative to the crate, and names to import.
    pub(super) imports: BTreeSet<(&'static str, String)>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(context: &'a Context<'a>, types: &'a Types<'a>) -> Self {
        Self { context, types, imports: BTreeSet::new() }
    }

    /// Returns the argument of an operation's method, with these values or placeholders; empty if it has no input.
    pub(super) fn input(&mut self, id: &ShapeId, values: Option<&Json>) -> Option<String> {
        let RustType::Generated(_, name) = self.context.types.rust_type(id) else {
            return Some(String::new());
        };
        let structure = *self.types.structures.get(name.as_str())?;
        let mut set = set_fields(structure, members(self.context.model.shape(id))?, values)?;
        // `Into` converts the only required member; a number or list would need its exact type.
        let is_short = |field: &Field| {
            matches!(field.ty, RustType::Generated(..)) || field.ty == RustType::Std("String")
        };
        match (set.pop(), set.is_empty()) {
            (Some((field, member, value)), true) if !structure.from.is_empty() && is_short(field) => {
                match field.ty {
                    RustType::Generated(..) => self.exact(member, &member.target, value, MAX_DEPTH),
                    _ => self.item(member, &member.target, value, Form::IntoValue, MAX_DEPTH),
                }
            }
            (last, _) => {
                set.extend(last);
                self.constructor(structure, &set, MAX_DEPTH)
            }
        }
    }

    /// Returns an output of an operation, with placeholders.
    pub(super) fn output(&mut self, id: &ShapeId) -> Option<String> {
        match self.context.types.rust_type(id) {
            RustType::Generated(..) => self.structure(id, None, MAX_DEPTH),
            _ => Some("()".to_owned()),
        }
    }

    fn import(&mut self, module: Module, name: &str) -> Option<()> {
        let module = match module {
            Module::Types => "types",
            Module::Error => "error",
        };
        let is_free = !RESERVED.contains(&name) && !name.starts_with("r#");
        is_free.then(|| {
            self.imports.insert((module, name.to_owned()));
        })
    }

    fn structure(&mut self, id: &ShapeId, values: Option<&Json>, depth: usize) -> Option<String> {
        let name = self.context.types.name(id)?;
        let structure = *self.types.structures.get(name.as_str())?;
        let set = set_fields(structure, members(self.context.model.shape(id))?, values)?;
        self.constructor(structure, &set, depth)
    }

    /// Returns a call of the constructor with the required members, and calls of the setters of the others.
    fn constructor(&mut self, structure: &Structure, set: &[SetField<'_>], depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        self.import(Module::Types, &structure.name)?;
        let (mut arguments, mut setters) = (Vec::new(), String::new());
        for (field, member, value) in set {
            let is_named = field.is_required() && structure.required.is_some();
            let argument = match is_named {
                true => format!("{}: {}", field.name, self.exact(member, &member.target, *value, depth)?),
                false => self.argument(field, member, *value, depth)?,
            };
            match field.presence {
                Presence::Required(_) => arguments.push(argument),
                _ => setters.push_str(&format!(".{}({argument})", field.setter)),
            }
        }
        if let Some(required) = &structure.required {
            self.import(Module::Types, required)?;
            let arguments = arguments.join(", ");
            return Some(format!("{}::new({required} {{ {arguments} }}){setters}", structure.name));
        }
        Some(format!("{}::new({}){setters}", structure.name, arguments.join(", ")))
    }

    /// Returns the argument of a constructor or setter.
    fn argument(
        &mut self,
        field: &Field,
        member: &Member,
        value: Option<&Json>,
        depth: usize,
    ) -> Option<String> {
        match (&field.argument, &self.context.model.shape(&member.target).kind) {
            (Argument::Value(item), _) => self.item(member, &member.target, value, item.form, depth),
            (Argument::Items(item), ShapeKind::List(of)) => self.items(of, item, value, depth),
            (Argument::Entries(key, item), ShapeKind::Map(key_member, of)) => {
                self.entries(key, key_member, of, item, value, depth)
            }
            _ => None,
        }
    }

    fn items(&mut self, member: &Member, item: &Item, value: Option<&Json>, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let items: Option<Vec<_>> = match value {
            Some(value) => value
                .as_array()?
                .iter()
                .map(|value| self.collected(member, item, Some(value), depth))
                .collect(),
            None => self.collected(member, item, None, depth).map(|item| vec![item]),
        };
        let items = items?;
        match items.is_empty() {
            // `[]` has no type.
            true => Some(format!("Vec::<{}>::new()", self.type_name(&item.ty)?)),
            false => Some(format!("[{}]", items.join(", "))),
        }
    }

    fn entries(
        &mut self,
        key_type: &RustType,
        key: &Member,
        member: &Member,
        item: &Item,
        value: Option<&Json>,
        depth: usize,
    ) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let mut entries = Vec::new();
        match value {
            Some(value) => {
                for (name, value) in value.as_object()? {
                    let value = self.collected(member, item, Some(value), depth)?;
                    entries.push(format!("({}, {value})", literal(name)?));
                }
            }
            None => {
                let key = match self.context.model.shape(&key.target).kind {
                    ShapeKind::Enum(_) => self.exact(key, &key.target, None, depth)?,
                    _ => "\"key\"".to_owned(),
                };
                entries.push(format!("({key}, {})", self.collected(member, item, None, depth)?));
            }
        }
        match entries.is_empty() {
            true => {
                let types = (self.type_name(key_type)?, self.type_name(&item.ty)?);
                Some(format!("Vec::<({}, {})>::new()", types.0, types.1))
            }
            false => Some(format!("[{}]", entries.join(", "))),
        }
    }

    /// Returns an item of an array. All items of an array have the same type, so values of enums are strings.
    fn collected(
        &mut self,
        member: &Member,
        item: &Item,
        value: Option<&Json>,
        depth: usize,
    ) -> Option<String> {
        if let RustType::Option(_) = item.ty {
            return match value {
                Some(Json::Null) => Some("None".to_owned()),
                value => Some(format!("Some({})", self.exact(member, &member.target, value, depth)?)),
            };
        }
        let is_enum = matches!(self.context.model.shape(&member.target).kind, ShapeKind::Enum(_));
        match value {
            Some(value) if is_enum && item.form == Form::IntoValue => literal(value.as_str()?),
            value => self.item(member, &member.target, value, item.form, depth),
        }
    }

    /// Returns a value that is taken in a form.
    fn item(
        &mut self,
        member: &Member,
        target: &ShapeId,
        value: Option<&Json>,
        form: Form,
        depth: usize,
    ) -> Option<String> {
        let shape = self.context.model.shape(target);
        match &shape.kind {
            ShapeKind::Simple(SimpleKind::String) if form == Form::IntoValue => string(member, value),
            ShapeKind::Simple(SimpleKind::Blob) if form != Form::Exact => blob(value),
            ShapeKind::Simple(SimpleKind::BigInteger | SimpleKind::BigDecimal) if form == Form::IntoValue => {
                Some(format!("{}_i64", value.map_or(Some(1), Json::as_i64)?))
            }
            ShapeKind::Enum(_) if form == Form::IntoValue => {
                match (self.exact(member, target, value, depth), value) {
                    (None, Some(Json::String(text))) => literal(text),
                    (variant, _) => variant,
                }
            }
            _ => self.exact(member, target, value, depth),
        }
    }

    /// Returns a value of exactly the type of its shape.
    fn exact(
        &mut self,
        member: &Member,
        target: &ShapeId,
        value: Option<&Json>,
        depth: usize,
    ) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let shape = self.context.model.shape(target);
        match &shape.kind {
            ShapeKind::Structure(_) => self.structure(target, value, depth),
            ShapeKind::Union(members) => self.union(target, members, value, depth),
            ShapeKind::Enum(_) => {
                let plan = *self.types.enums.get(self.context.types.name(target)?.as_str())?;
                let wanted = value.map(|value| value.as_str().ok_or(())).transpose().ok()?;
                let name =
                    variant(&plan.variants, |variant| wanted.is_none_or(|text| variant.value == text))?;
                self.import(Module::Types, &plan.name)?;
                Some(format!("{}::{name}", plan.name))
            }
            ShapeKind::IntEnum(_) => {
                let plan = *self.types.int_enums.get(self.context.types.name(target)?.as_str())?;
                let wanted = value.map(|value| value.as_i64().ok_or(())).transpose().ok()?;
                let is_wanted = |variant: &EnumVariant<i32>| {
                    wanted.is_none_or(|number| i64::from(variant.value) == number)
                };
                let name = variant(&plan.variants, is_wanted)?;
                self.import(Module::Types, &plan.name)?;
                Some(format!("{}::{name}", plan.name))
            }
            ShapeKind::List(of) => {
                let item = self.exact_item(target)?;
                let items = self.items(of, &item, value, depth)?;
                Some(if items.starts_with('[') { format!("vec!{items}") } else { items })
            }
            ShapeKind::Map(key, of) => {
                let item = self.exact_item(target)?;
                let key_type = self.context.types.rust_type(&key.target);
                let entries = self.entries(&key_type, key, of, &item, value, depth)?;
                Some(format!("{entries}.map(|(key, value)| (key.into(), value)).into()"))
                    .filter(|_| entries.starts_with('['))
            }
            ShapeKind::Simple(kind) => self.simple(*kind, member, shape, value),
        }
    }

    /// Returns the item of a list or the value of a map, whose type is an `Option` in a sparse collection.
    fn exact_item(&self, collection: &ShapeId) -> Option<Item> {
        match self.context.types.rust_type(collection) {
            RustType::Vec(ty) | RustType::Map(_, ty) => Some(Item { ty: *ty, form: Form::Exact }),
            _ => None,
        }
    }

    fn simple(
        &mut self,
        kind: SimpleKind,
        member: &Member,
        shape: &Shape,
        value: Option<&Json>,
    ) -> Option<String> {
        Some(match kind {
            SimpleKind::Boolean => value.map_or(Some(true), Json::as_bool)?.to_string(),
            SimpleKind::String => format!("{}.to_owned()", string(member, value)?),
            SimpleKind::Blob => format!("{}.into()", blob(value)?),
            SimpleKind::Byte | SimpleKind::Short | SimpleKind::Integer | SimpleKind::Long => match value {
                Some(value) => value.as_i64()?.to_string(),
                None => number(member, shape).to_string(),
            },
            SimpleKind::Float | SimpleKind::Double => match value {
                Some(value) => format!("{:?}", value.as_f64()?),
                None => format!("{}.0", number(member, shape)),
            },
            SimpleKind::BigInteger | SimpleKind::BigDecimal => {
                format!("{}_i64.into()", value.map_or(Some(1), Json::as_i64)?)
            }
            SimpleKind::Timestamp => {
                let seconds = match value {
                    Some(value) => seconds(value, member, shape)?,
                    None => 1_750_000_000,
                };
                self.imports.insert(("runtime::types", "Timestamp".to_owned()));
                format!("Timestamp::from_secs({seconds})")
            }
            SimpleKind::Document => return None,
        })
    }

    fn union(
        &mut self,
        id: &ShapeId,
        members: &[Member],
        value: Option<&Json>,
        depth: usize,
    ) -> Option<String> {
        let plan = *self.types.unions.get(self.context.types.name(id)?.as_str())?;
        let mut variants = plan.variants.iter().zip(members);
        let (variant, member, value) = match value {
            Some(value) => {
                let (name, value) = value.as_object()?.iter().find(|(_, value)| !value.is_null())?;
                let (variant, member) = variants.find(|(_, member)| &member.name == name)?;
                (variant, member, Some(value))
            }
            None => {
                let (variant, member) = variants.find(|(variant, _)| variant.deprecated.is_none())?;
                (variant, member, None)
            }
        };
        self.import(Module::Types, &plan.name)?;
        let path = format!("{}::{}", plan.name, variant.name);
        Some(match &variant.ty {
            RustType::Unit => path,
            RustType::Boxed(_) => {
                format!("{path}(Box::new({}))", self.exact(member, &member.target, value, depth)?)
            }
            _ => format!("{path}({})", self.exact(member, &member.target, value, depth)?),
        })
    }

    /// Returns the name of a type that is the item of an empty list or map.
    fn type_name(&mut self, ty: &RustType) -> Option<String> {
        match ty {
            RustType::Std(name) => Some((*name).to_owned()),
            RustType::Generated(module, name) => {
                self.import(*module, name)?;
                Some(name.clone())
            }
            _ => None,
        }
    }
}

/// A field to set, its member, and its value; a placeholder if there is none.
type SetField<'s> = (&'s Field, &'s Member, Option<&'s Json>);

/// Returns the fields to set: those with a value and the required ones. `None` if a value does not belong to a member, or
/// a required member has no value.
fn set_fields<'s>(
    structure: &'s Structure,
    members: &'s [Member],
    values: Option<&'s Json>,
) -> Option<Vec<SetField<'s>>> {
    let fields = structure.fields.iter().zip(members);
    let Some(values) = values else {
        let required = fields.filter(|(field, _)| field.is_required());
        return Some(required.map(|(field, member)| (field, member, None)).collect());
    };
    let values = values.as_object()?;
    if !values.keys().all(|name| members.iter().any(|member| &member.name == name)) {
        return None;
    }
    let mut set = Vec::new();
    for (field, member) in fields {
        match values.get(&member.name).filter(|value| !value.is_null()) {
            Some(_) if field.deprecated.is_some() => return None,
            Some(value) => set.push((field, member, Some(value))),
            None if field.is_required() => return None,
            None => {}
        }
    }
    Some(set)
}

fn members(shape: &Shape) -> Option<&[Member]> {
    match &shape.kind {
        ShapeKind::Structure(members) => Some(members),
        _ => None,
    }
}

/// Returns the name of the first variant that is wanted and not deprecated.
fn variant<T>(variants: &[EnumVariant<T>], is_wanted: impl Fn(&EnumVariant<T>) -> bool) -> Option<&str> {
    let mut variants = variants.iter().filter(|variant| variant.deprecated.is_none());
    Some(variants.find(|variant| is_wanted(variant))?.name.as_str())
}

fn string(member: &Member, value: Option<&Json>) -> Option<String> {
    match value {
        Some(value) => literal(value.as_str()?),
        None if member.name == "member" => Some("\"item\"".to_owned()),
        None => Some(format!("{:?}", crate::plan::names::snake_name(&member.name).trim_start_matches("r#"))),
    }
}

/// Blobs of examples are base64 by the specification, but plain text in many models.
fn blob(value: Option<&Json>) -> Option<String> {
    let Some(value) = value else { return Some("\"content\"".to_owned()) };
    let text = value.as_str()?;
    let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text).ok();
    let decoded = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    literal(decoded.as_deref().unwrap_or(text))
}

/// Returns a string literal, unless it is too long for a line.
fn literal(text: &str) -> Option<String> {
    let literal = format!("{text:?}");
    (literal.chars().count() <= MAX_LITERAL).then_some(literal)
}

/// Returns an integer in the range of the member: 1 if possible.
fn number(member: &Member, shape: &Shape) -> i64 {
    let range = member.traits.range.as_ref().or(shape.traits.range.as_ref());
    let bound = |text: Option<&String>| text.and_then(|text| text.parse::<i64>().ok());
    let (min, max) =
        range.map_or((None, None), |range| (bound(range.min.as_ref()), bound(range.max.as_ref())));
    1.max(min.unwrap_or(1)).min(max.unwrap_or(i64::MAX))
}

/// Returns the whole seconds of a timestamp.
fn seconds(value: &Json, member: &Member, shape: &Shape) -> Option<i64> {
    let format = member.traits.timestamp_format.or(shape.traits.timestamp_format);
    let value = defaults::value(value, None, &shape.kind, &RustType::Runtime("Timestamp"), format)?;
    match value {
        Value::Call(_, arguments) => match arguments.first() {
            Some(Value::Int(seconds)) => Some(*seconds),
            _ => None,
        },
        _ => None,
    }
}
