//! The whole main job on a BigBlueButton at the wire, and everything that can go wrong with one.

mod bad_input;
pub(crate) mod command;
mod deletion;
mod examination;
mod late;
mod talk;
mod watch;
mod wire;
