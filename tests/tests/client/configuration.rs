//! Client settings: effects, sources and precedence.

mod environment;
mod limits;
mod support;
mod user_agent;
mod variables;
