//! Names of types in a generated file: unqualified if in scope, else with a path.

use crate::plan::{Deprecation, Module, Plan, RustType};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// The scope of a generated file: its module and imports.
pub(super) struct Scope<'a> {
    plan: &'a Plan,
    module: Module,
    imports: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(plan: &'a Plan, module: Module) -> Self {
        Self { plan, module, imports: RefCell::default() }
    }

    /// Returns the `use` items for the types emitted so far.
    pub(super) fn imports(&self) -> Vec<TokenStream> {
        let imports = self.imports.borrow();
        let runtime: Vec<_> =
            imports.iter().filter(|name| **name != "BTreeMap").map(|name| ident(name)).collect();
        let map = imports.contains("BTreeMap").then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let types = match &runtime[..] {
            [] => None,
            [one] => Some(quote!(use farrier_runtime::types::#one;)),
            many => Some(quote!(use farrier_runtime::types::{#(#many),*};)),
        };
        let uses = quote!(#types #map);
        if uses.is_empty() { Vec::new() } else { vec![uses] }
    }

    /// Emits a type.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Unit => quote!(()),
            RustType::Std(name) => self.prelude(name),
            RustType::Runtime(name) => self.runtime(name),
            RustType::Generated(module, name) => self.generated(*module, name),
            RustType::Vec(item) => {
                let (vec, item) = (self.prelude("Vec"), self.ty(item));
                quote!(#vec<#item>)
            }
            RustType::Map(key, value) => {
                let (map, key, value) = (self.map(), self.ty(key), self.ty(value));
                quote!(#map<#key, #value>)
            }
            RustType::Option(inner) => {
                let (option, inner) = (self.prelude("Option"), self.ty(inner));
                quote!(#option<#inner>)
            }
            RustType::Boxed(inner) => {
                let (boxed, inner) = (self.prelude("Box"), self.ty(inner));
                quote!(#boxed<#inner>)
            }
        }
    }

    /// Emits a type or trait of the standard prelude, with its path if a generated type shadows it.
    pub(super) fn prelude(&self, name: &'static str) -> TokenStream {
        let short = ident(name);
        if !self.plan.shadows.contains(name) {
            return quote!(#short);
        }
        let module = ident(match name {
            "Option" => "option",
            "Vec" => "vec",
            "Box" => "boxed",
            "String" => "string",
            "Into" | "From" => "convert",
            "Default" => "default",
            _ => "iter",
        });
        quote!(std::#module::#short)
    }

    /// Emits a type of `farrier_runtime::types`, imported unless a generated type shadows it.
    pub(super) fn runtime(&self, name: &'static str) -> TokenStream {
        let short = ident(name);
        if self.plan.shadows.contains(name) {
            return quote!(farrier_runtime::types::#short);
        }
        self.imports.borrow_mut().insert(name);
        quote!(#short)
    }

    /// Returns true if a generated type is an enum or intEnum, which implement `From`.
    pub(super) fn is_enum(&self, name: &str) -> bool {
        self.plan.enums.iter().any(|e| e.name == name) || self.plan.int_enums.iter().any(|e| e.name == name)
    }

    /// Emits `BTreeMap`, imported unless a generated type shadows it.
    pub(super) fn map(&self) -> TokenStream {
        if self.plan.shadows.contains("BTreeMap") {
            return quote!(std::collections::BTreeMap);
        }
        self.imports.borrow_mut().insert("BTreeMap");
        quote!(BTreeMap)
    }

    fn generated(&self, module: Module, name: &str) -> TokenStream {
        let name = ident(name);
        if module == self.module {
            return quote!(#name);
        }
        path(module, &name)
    }
}

/// Emits the path of a generated type, valid anywhere in the crate.
pub(super) fn path(module: Module, name: &Ident) -> TokenStream {
    match module {
        Module::Types => quote!(crate::types::#name),
        Module::Error => quote!(crate::error::#name),
    }
}

/// Returns the identifier for a name of the plan, which is always a valid identifier.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Emits `/// …` for each line.
pub(super) fn doc(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Emits `//! …` for each line.
pub(super) fn inner_doc(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#![doc = #lines])*)
}

/// Emits `#[deprecated(note = "…")]`.
pub(super) fn deprecated(deprecation: Option<&Deprecation>) -> Option<TokenStream> {
    let deprecation = deprecation?;
    let note = &deprecation.note;
    Some(if note.is_empty() { quote!(#[deprecated]) } else { quote!(#[deprecated(note = #note)]) })
}
