//! The configured video systems: what each is asked to do, and what must be true of each.

pub mod configured;
pub mod embedded;
pub mod examination;
pub mod guarantees;
pub mod profile;

use crate::id::{ParticipantId, RoomId};
use crate::participant::Seat;
use embedded::Embedded;
use examination::Outcome;

pub use configured::{Backends, Configured};

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

/// What is still there of a room, as each video system counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Residue {
    Embedded(embedded::Residue),
}

impl Residue {
    /// The proof that the room is gone.
    pub fn is_nothing(self) -> bool {
        match self {
            Self::Embedded(residue) => residue.is_nothing(),
        }
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

/// One video system.
#[derive(Clone, Debug)]
pub enum Backend {
    Embedded(Embedded),
}

#[expect(
    clippy::unused_async,
    reason = "the room inside this process answers at once; the other systems wait for a server"
)]
impl Backend {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Embedded(_) => "embedded",
        }
    }

    /// What is enforced in every room; none of it can be switched off.
    pub fn settings(&self) -> &'static [Setting] {
        match self {
            Self::Embedded(_) => &[
                Setting {
                    rule: 2,
                    code: "only-tickets",
                },
                Setting {
                    rule: 3,
                    code: "waiting-room",
                },
                Setting {
                    rule: 4,
                    code: "one-moderator",
                },
                Setting {
                    rule: 5,
                    code: "fresh-room",
                },
                Setting {
                    rule: 6,
                    code: "memory-only",
                },
                Setting {
                    rule: 7,
                    code: "one-seat",
                },
                Setting {
                    rule: 9,
                    code: "no-recording",
                },
            ],
        }
    }

    /// Tries out with a throwaway room, and without anybody's data, what can be relied on. `room` must never have existed.
    pub async fn examine(&self, room: &RoomId) -> Outcome {
        match self {
            Self::Embedded(embedded) => embedded.examine(room),
        }
    }

    /// Makes the room of this id, which must never have existed.
    pub async fn create(&self, room: &RoomId) -> Result<(), BackendError> {
        match self {
            Self::Embedded(embedded) => embedded.create(room),
        }
    }

    /// Ends the live room; ending what is gone already is no error.
    pub async fn end(&self, room: &RoomId) -> Result<(), BackendError> {
        match self {
            Self::Embedded(embedded) => embedded.end(room),
        }
        Ok(())
    }

    /// What is still there after `end`.
    pub async fn residue(&self, room: &RoomId) -> Result<Residue, BackendError> {
        match self {
            Self::Embedded(embedded) => Ok(Residue::Embedded(embedded.residue(room))),
        }
    }

    pub async fn occupants(&self, room: &RoomId) -> Result<Vec<Occupant>, BackendError> {
        match self {
            Self::Embedded(embedded) => Ok(embedded.occupants(room)),
        }
    }

    /// Takes a participant out of the room, who may wait again.
    pub async fn send_back(&self, room: &RoomId, participant: &ParticipantId) -> Result<(), BackendError> {
        match self {
            Self::Embedded(embedded) => embedded.send_back(room, participant),
        }
        Ok(())
    }

    /// Takes a participant out of the room for good.
    pub async fn turn_away(&self, room: &RoomId, participant: &ParticipantId) -> Result<(), BackendError> {
        match self {
            Self::Embedded(embedded) => embedded.turn_away(room, participant),
        }
        Ok(())
    }
}
