//! Names of types in a generated file: unqualified if in scope, else with a path.

use crate::plan::{Deprecation, IN_SCOPE, Module, Plan, RustType};
use crate::text::visible;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The scope of a generated file: its module and imports.
pub(super) struct Scope<'a> {
    /// The generated types in scope.
    module: Option<Module>,
    /// The names of generated types in scope that shadow a name used unqualified.
    shadows: &'a BTreeSet<String>,
    imports: RefCell<BTreeSet<(&'static str, &'static str)>>,
}

static NONE: BTreeSet<String> = BTreeSet::new();

impl<'a> Scope<'a> {
    /// Creates the scope of a module with generated types.
    pub(super) fn new(plan: &'a Plan, module: Module) -> Self {
        Self { module: Some(module), shadows: &plan.shadows, imports: RefCell::default() }
    }

    /// Creates the scope of a file without generated types.
    pub(super) fn empty() -> Scope<'static> {
        Scope { module: None, shadows: &NONE, imports: RefCell::default() }
    }

    /// Returns the `use` items for the names emitted so far.
    pub(super) fn imports(&self) -> Vec<TokenStream> {
        let mut modules: BTreeMap<&str, Vec<Ident>> = BTreeMap::new();
        for (module, name) in self.imports.borrow().iter() {
            modules.entry(module).or_default().push(ident(name));
        }
        let uses = modules.iter().map(|(module, names)| {
            let module = plain_path(module);
            match &names[..] {
                [name] => quote!(use #module::#name;),
                names => quote!(use #module::{#(#names),*};),
            }
        });
        let uses = quote!(#(#uses)*);
        if uses.is_empty() { Vec::new() } else { vec![uses] }
    }

    /// Emits a type.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Unit => quote!(()),
            RustType::Str => quote!(&str),
            RustType::Std(name) | RustType::Runtime(name) => self.name(name),
            RustType::Generated(module, name) => self.generated(*module, name),
            RustType::Vec(item) => {
                let (vec, item) = (self.name("Vec"), self.ty(item));
                quote!(#vec<#item>)
            }
            RustType::Map(key, value) => {
                let (map, key, value) = (self.name("BTreeMap"), self.ty(key), self.ty(value));
                quote!(#map<#key, #value>)
            }
            RustType::Option(inner) => {
                let (option, inner) = (self.name("Option"), self.ty(inner));
                quote!(#option<#inner>)
            }
            RustType::Boxed(inner) => {
                let (boxed, inner) = (self.name("Box"), self.ty(inner));
                quote!(#boxed<#inner>)
            }
        }
    }

    /// Emits the name of a type or trait of the standard library or the runtime, with its path if a generated
    /// type has the same name.
    pub(super) fn name(&self, name: &'static str) -> TokenStream {
        let short = ident(name);
        let Some((_, module, is_imported)) = IN_SCOPE.iter().find(|(in_scope, ..)| *in_scope == name) else {
            return quote!(#short);
        };
        if self.shadows.contains(name) {
            let module = plain_path(module);
            return quote!(#module::#short);
        }
        if *is_imported {
            self.imports.borrow_mut().insert((module, name));
        }
        quote!(#short)
    }

    /// Returns true if a generated type has this name.
    pub(super) fn is_shadowed(&self, name: &str) -> bool {
        self.shadows.contains(name)
    }

    fn generated(&self, module: Module, name: &str) -> TokenStream {
        let name = ident(name);
        if Some(module) == self.module {
            return quote!(#name);
        }
        path(module, &name)
    }
}

/// Emits the path of a generated type, valid in each module of the client.
pub(super) fn path(module: Module, name: &Ident) -> TokenStream {
    let module = plain_path(match module {
        Module::Types => "super::types",
        Module::Error => "super::error",
    });
    quote!(#module::#name)
}

/// Returns the identifier for a name of the plan, which is always a valid identifier.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Emits a path such as `std::vec`.
pub(super) fn plain_path(path: &str) -> TokenStream {
    let parts = path.split("::").map(ident);
    quote!(#(#parts)::*)
}

/// Emits `/// …` for each line.
pub(super) fn doc(text: &str) -> TokenStream {
    let lines = doc_lines(text);
    quote!(#(#[doc = #lines])*)
}

/// Emits `//! …` for each line.
pub(super) fn inner_doc(text: &str) -> TokenStream {
    let lines = doc_lines(text);
    quote!(#(#![doc = #lines])*)
}

/// Returns the lines of documentation, without characters that do not belong into a comment.
fn doc_lines(text: &str) -> Vec<String> {
    let text = visible(text);
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
}

/// Emits `#[deprecated(note = "…")]`.
pub(super) fn deprecated(deprecation: Option<&Deprecation>) -> Option<TokenStream> {
    let deprecation = deprecation?;
    let note = &deprecation.note;
    Some(if note.is_empty() { quote!(#[deprecated]) } else { quote!(#[deprecated(note = #note)]) })
}
