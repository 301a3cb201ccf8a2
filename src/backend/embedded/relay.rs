//! TURN inside the process: encrypted packets travel between admitted people of one room, and nowhere else.
//!
//! Why not a general relay: nothing outside this process is reachable (no open relay, no way into the school's
//! network), nobody learns anybody's address, and whoever is cut gets no further packet even with a patched client.
//! A subset of RFC 8656 over RFC 8489; [`Core`] does no IO, [`sockets`] does all of it.

mod allocation;
mod codec;
mod core;
mod credential;
mod nonce;
mod path;
mod request;
pub mod sockets;
mod stream;
mod throttle;

pub use self::core::{Core, Delivery, RELAY_ADDRESS, Tables, Tally};
pub use credential::{Credential, Group, HolderId};
pub use path::{Line, Path};
pub use request::ALLOCATIONS_PER_PERSON;
pub use sockets::Relay;
