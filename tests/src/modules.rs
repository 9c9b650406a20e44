//! The modules of a crate and the references between them, read from its source files.
//!
//! Code compiled only for tests is skipped: items under `#[cfg(test)]`, and the files they declare.

mod paths;

use paths::{Contents, Reference};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The path of a module, without `crate`. Empty for the root.
type ModulePath = Vec<String>;

/// The modules of a crate.
pub struct Modules(BTreeMap<ModulePath, Module>);

struct Module {
    contents: Contents,
    /// Names that the module re-exports, with the paths they refer to.
    exports: BTreeMap<String, ModulePath>,
}

impl Module {
    /// Returns true if the module re-exports a name and does not use it.
    fn only_exports(&self, reference: &Reference) -> bool {
        let is_used = reference.name.as_ref().is_some_and(|name| self.contents.names.contains(name));
        reference.exported && !is_used
    }
}

impl Modules {
    /// Reads a crate from the directory of its `lib.rs`.
    pub fn read(src: &Path) -> Self {
        let mut modules = BTreeMap::new();
        let mut pending = vec![(ModulePath::new(), src.join("lib.rs"), src.to_owned())];
        while let Some((path, file, directory)) = pending.pop() {
            let text = std::fs::read_to_string(&file).unwrap();
            let contents = paths::parse(&text, &path);
            for child in &contents.children {
                let (file, directory) = child_file(&directory, child);
                pending.push(([&path[..], std::slice::from_ref(child)].concat(), file, directory));
            }
            let exports = contents.references.iter().filter(|reference| reference.exported);
            let exports =
                exports.filter_map(|reference| Some((reference.name.clone()?, reference.path.clone())));
            let exports = exports.collect();
            modules.insert(path, Module { contents, exports });
        }
        Self(modules)
    }

    /// Returns a cycle for each directory that has one, such as `schema -> protocol -> schema`.
    ///
    /// The modules in a directory are compared with each other, and with the module that declares them, here
    /// called `self`. A re-export of their names counts only if it also uses them, and a name that it re-exports
    /// counts as one of the module that defines it.
    pub fn cycles(&self) -> Vec<String> {
        let mut cycles = Vec::new();
        for (directory, edges) in self.edges() {
            if let Some(cycle) = find_cycle(&edges) {
                let name = [&["crate".to_owned()], &directory[..]].concat().join("::");
                cycles.push(format!("{name}: {}", cycle.join(" -> ")));
            }
        }
        cycles
    }

    /// Returns the edges between the modules of each directory.
    fn edges(&self) -> BTreeMap<ModulePath, Edges> {
        let mut edges: BTreeMap<ModulePath, Edges> = BTreeMap::new();
        for (from, module) in &self.0 {
            for reference in &module.contents.references {
                let to = self.defining_module(&reference.path);
                if &to == from || to.starts_with(from) && module.only_exports(reference) {
                    continue;
                }
                let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
                let node = |path: &ModulePath| path.get(common).cloned().unwrap_or_else(|| "self".to_owned());
                // The root only declares and re-exports.
                if common > 0 || !from.is_empty() && !to.is_empty() {
                    let edges = edges.entry(from[..common].to_vec()).or_default();
                    edges.entry(node(from)).or_default().insert(node(&to));
                }
            }
        }
        edges
    }

    /// Returns the module that defines the item at a path.
    fn defining_module(&self, path: &ModulePath) -> ModulePath {
        let mut path = path.clone();
        // Re-exports of re-exports are few; a limit rules out loops.
        for _ in 0..8 {
            let depth = (0..=path.len()).rev().find(|depth| self.0.contains_key(&path[..*depth]));
            let (module, rest) = path.split_at(depth.unwrap_or_default());
            let exported = rest.first().and_then(|name| self.0.get(module)?.exports.get(name));
            match exported {
                Some(target) => path = [&target[..], &rest[1..]].concat(),
                None => return module.to_vec(),
            }
        }
        path
    }
}

/// The modules that each module of a directory refers to.
type Edges = BTreeMap<String, BTreeSet<String>>;

/// Returns the file of a child module and the directory of its own children.
fn child_file(directory: &Path, name: &str) -> (PathBuf, PathBuf) {
    let own = directory.join(name);
    let beside = directory.join(format!("{name}.rs"));
    if beside.exists() { (beside, own) } else { (own.join("mod.rs"), own) }
}

/// Returns a cycle, with its first module repeated at the end.
fn find_cycle(edges: &Edges) -> Option<Vec<String>> {
    let mut done = BTreeSet::new();
    edges.keys().find_map(|start| visit(start, edges, &mut Vec::new(), &mut done))
}

fn visit(
    node: &str,
    edges: &Edges,
    path: &mut Vec<String>,
    done: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    if let Some(start) = path.iter().position(|visited| visited == node) {
        return Some([&path[start..], &[node.to_owned()]].concat());
    }
    if done.contains(node) {
        return None;
    }
    path.push(node.to_owned());
    let cycle = edges.get(node).into_iter().flatten().find_map(|next| visit(next, edges, path, done));
    path.pop();
    done.insert(node.to_owned());
    cycle
}
