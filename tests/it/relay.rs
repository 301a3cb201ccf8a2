//! The embedded video system: only admitted people of one room reach each other, and nobody once cut.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that goes wrong should stop where it went wrong"
)]

mod caller;
mod exchange;
mod hostile;
mod one_port;
mod rooms;
mod vectors;
pub(crate) mod wire;
