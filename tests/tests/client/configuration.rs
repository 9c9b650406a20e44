//! Client settings: effects, sources and precedence.

mod environment;
mod support;
mod user_agent;
mod variables;
