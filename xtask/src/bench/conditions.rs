//! Where and how a section was measured.

use serde::{Deserialize, Serialize};
use std::process::Command;

/// Where and how a section was measured: figures of time mean nothing without.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Conditions {
    /// What `rustc --version` says.
    pub(crate) rustc: String,
    /// The processor's name, if the system tells it.
    pub(crate) processor: String,
    /// How many threads it runs at once.
    pub(crate) threads: usize,
    /// How many programs ran or waited on average in the minute before, if the system tells it.
    pub(crate) load: String,
    /// Whether it was a quick run, with fewer repetitions.
    pub(crate) quick: bool,
}

impl Conditions {
    /// Here and now.
    pub(crate) fn now(quick: bool) -> Self {
        Self {
            rustc: rustc(),
            processor: processor(&read("/proc/cpuinfo")),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            load: read("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned(),
            quick,
        }
    }

    pub(crate) fn show(&self) -> String {
        let mut text = format!("{} threads", self.threads);
        if !self.processor.is_empty() {
            text.push_str(&format!(" of {}", self.processor));
        }
        if !self.rustc.is_empty() {
            text.push_str(&format!(", {}", self.rustc));
        }
        if !self.load.is_empty() {
            text.push_str(&format!(", load before {}", self.load));
        }
        if self.quick {
            text.push_str(", a quick run");
        }
        text
    }
}

fn rustc() -> String {
    let program = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(program).arg("--version").output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}

fn processor(cpuinfo: &str) -> String {
    let line = cpuinfo.lines().find(|line| line.starts_with("model name"));
    line.and_then(|line| line.split_once(": ")).map(|(_, name)| name.to_owned()).unwrap_or_default()
}

/// A file of the system, which not every system has.
fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}
