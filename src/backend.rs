//! The configured video systems: what each is asked to do, and what must be true of each.

pub mod embedded;

use crate::participant::Seat;

/// Why a backend could not do it. Never carries what a foreign server wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    #[error("the room id was used before")]
    Used,
    #[error("the backend does not know this room")]
    NoRoom,
    #[error("the backend does not answer")]
    Unreachable,
}

/// What is still there of a room; all zero is the proof that it is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Residue {
    /// People with a seat.
    pub seats: usize,
    /// Credentials that still open the relay.
    pub credentials: usize,
    /// Open paths through the relay.
    pub paths: usize,
}

impl Residue {
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// Somebody in a room, by our own ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupant {
    pub seat: Seat,
    /// The connection stands; a lost one keeps its seat for a moment.
    pub connected: bool,
}

/// One setting that a backend applies to every room, with the rule it serves; the words are in the locales (`setting-…`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    pub rule: u8,
    pub code: &'static str,
}
