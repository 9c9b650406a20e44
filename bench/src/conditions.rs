//! Measurement conditions of a section.

use serde::{Deserialize, Serialize};
use std::process::Command;

/// The conditions of a measurement: machine, toolchain and load.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Conditions {
    /// The output of `rustc --version`.
    pub(crate) rustc: String,
    /// The processor's name, if known.
    pub(crate) processor: String,
    /// The number of hardware threads.
    pub(crate) threads: usize,
    /// The load average of the minute before, if known.
    pub(crate) load: String,
    /// True for a quick run with fewer repetitions.
    pub(crate) quick: bool,
}

impl Conditions {
    /// The conditions on this machine now.
    pub(crate) fn now(quick: bool) -> Self {
        Self {
            rustc: rustc(),
            processor: processor(&read("/proc/cpuinfo")),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            load: read("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned(),
            quick,
        }
    }

    pub(crate) fn format(&self) -> String {
        let mut text = format!("{} threads", self.threads);
        if !self.processor.is_empty() {
            text.push_str(&format!(" of {}", self.processor));
        }
        if !self.rustc.is_empty() {
            text.push_str(&format!(", {}", self.rustc));
        }
        if !self.load.is_empty() {
            text.push_str(&format!(", load average {}", self.load));
        }
        if self.quick {
            text.push_str(", quick run");
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

/// Reads a system file. Empty if the system does not have it.
fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}
