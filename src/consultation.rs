//! The life of a consultation, pure: draft, sealed, opening, open, ended.

use jiff::{SignedDuration, Timestamp};

use crate::id::{ConsultationId, ParticipantId, PersonTag, PlaceTag, Room, RoomId};
use crate::participant::{Participant, WrongStanding};
use crate::private::Private;

/// When and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    pub start: Timestamp,
    pub minutes: u32,
}

impl Plan {
    pub fn end(self) -> Timestamp {
        add(self.start, SignedDuration::from_mins(i64::from(self.minutes)))
    }
}

/// Why a consultation came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// The initiator pressed the button.
    Initiator,
    /// Nobody was in the room any more.
    Empty,
    /// Planned end and grace have passed.
    PlannedEnd,
    /// The initiator did not come back.
    InitiatorAbsent,
    /// The video system had the room no longer: somebody ended it there, or it was started anew.
    RoomLost,
    /// Something stayed in the room that must not be there.
    Violation,
    /// Never opened.
    Expired,
    /// Called off before it was opened.
    Cancelled,
    /// It came back with a backup, and nobody can say what has become of it since.
    Restored,
}

impl EndReason {
    pub const ALL: [Self; 9] = [
        Self::Initiator,
        Self::Empty,
        Self::PlannedEnd,
        Self::InitiatorAbsent,
        Self::RoomLost,
        Self::Violation,
        Self::Expired,
        Self::Cancelled,
        Self::Restored,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Initiator => "initiator",
            Self::Empty => "empty",
            Self::PlannedEnd => "planned_end",
            Self::InitiatorAbsent => "initiator_absent",
            Self::RoomLost => "room_lost",
            Self::Violation => "violation",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Restored => "restored",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// Where a consultation stands; each variant holds what exists then. After the end it becomes a record and is no consultation any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    Draft,
    Sealed {
        at: Timestamp,
    },
    /// The fresh room id is committed, the room is being made.
    Opening {
        sealed_at: Timestamp,
        since: Timestamp,
        room: RoomId,
    },
    Open(Opened),
    Ended(Ended),
}

/// An open consultation has exactly one room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub sealed_at: Timestamp,
    pub at: Timestamp,
    pub room: Room,
    /// The waiting room is locked: nobody new is admitted (rule 10).
    pub locked: bool,
    /// When the initiator's page or seat was last seen.
    pub initiator_seen_at: Timestamp,
    /// When somebody was last in the room; `None` while nobody has entered yet.
    pub occupied_at: Option<Timestamp>,
}

/// Over, but not yet proven to be gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    pub at: Timestamp,
    pub reason: EndReason,
    pub sealed_at: Option<Timestamp>,
    pub opened_at: Option<Timestamp>,
    pub room: Option<Room>,
}

impl Phase {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sealed { .. } => "sealed",
            Self::Opening { .. } => "opening",
            Self::Open(_) => "open",
            Self::Ended(_) => "ended",
        }
    }
}

/// One confidential talk with its fixed people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    pub id: ConsultationId,
    pub place: PlaceTag,
    pub initiator: PersonTag,
    pub initiator_name: Private<String>,
    pub initiator_consented_at: Option<Timestamp>,
    pub plan: Plan,
    pub backend: String,
    pub created_at: Timestamp,
    /// Reports to the data-protection officer so far.
    pub incidents: u32,
    /// How many people were let in, counted without who.
    pub admissions: u32,
    pub phase: Phase,
    pub participants: Vec<Participant>,
}

/// How long things may last; from `[policy]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// After the planned end an open consultation is ended.
    pub grace: SignedDuration,
    /// After the last one has left the room.
    pub empty: SignedDuration,
    /// After the initiator was last seen.
    pub absence: SignedDuration,
    /// How long before the planned start people may wait.
    pub early: SignedDuration,
    /// People in a room, the initiator included.
    pub people: usize,
}

/// Nobody new is admitted when the initiator was last seen longer ago than this.
pub const INITIATOR_PRESENT: SignedDuration = SignedDuration::from_secs(30);

/// Why a step is refused; the page words each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("this step does not fit the phase of the consultation")]
    WrongPhase,
    #[error(transparent)]
    WrongStanding(#[from] WrongStanding),
    #[error("no such participant")]
    NotListed,
    #[error("the list is empty")]
    NobodyListed,
    #[error("two participants have the same name")]
    NameTwice,
    #[error("the list is full")]
    Full,
    #[error("the initiator has not confirmed the checklist")]
    NoConsent,
    #[error("the waiting room is locked")]
    Locked,
    #[error("the initiator is not present")]
    InitiatorGone,
    #[error("it is too early to wait")]
    TooEarly,
}

impl Consultation {
    pub fn participant(&self, id: &ParticipantId) -> Option<&Participant> {
        self.participants.iter().find(|participant| &participant.id == id)
    }

    pub fn participant_mut(&mut self, id: &ParticipantId) -> Result<&mut Participant, Refusal> {
        self.participants
            .iter_mut()
            .find(|participant| &participant.id == id)
            .ok_or(Refusal::NotListed)
    }

    /// Puts a person on the list; in the draft only (rule 2).
    pub fn add(&mut self, participant: Participant, limits: &Limits) -> Result<(), Refusal> {
        self.in_draft()?;
        if self.participants.len() + 1 >= limits.people {
            return Err(Refusal::Full);
        }
        if self.participants.iter().any(|listed| same_name(listed, &participant)) {
            return Err(Refusal::NameTwice);
        }
        self.participants.push(participant);
        Ok(())
    }

    pub fn remove(&mut self, id: &ParticipantId) -> Result<(), Refusal> {
        self.in_draft()?;
        self.participants.retain(|participant| &participant.id != id);
        Ok(())
    }

    pub fn replan(&mut self, plan: Plan) -> Result<(), Refusal> {
        self.in_draft()?;
        self.plan = plan;
        Ok(())
    }

    /// Says in which video system the talk will be; from the sealing on, in this one and no other.
    pub fn choose(&mut self, backend: &str) -> Result<(), Refusal> {
        self.in_draft()?;
        backend.clone_into(&mut self.backend);
        Ok(())
    }

    /// Fixes the list for good (rule 2).
    pub fn seal(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.in_draft()?;
        if self.participants.is_empty() {
            return Err(Refusal::NobodyListed);
        }
        self.phase = Phase::Sealed { at: now };
        Ok(())
    }

    /// Commits a fresh room id before the room is made (rule 5). The initiator's consent is part of the checklist (rule 1).
    pub fn open(&mut self, room: RoomId, now: Timestamp) -> Result<(), Refusal> {
        let Phase::Sealed { at } = self.phase else {
            return Err(Refusal::WrongPhase);
        };
        if self.initiator_consented_at.is_none() {
            return Err(Refusal::NoConsent);
        }
        self.phase = Phase::Opening {
            sealed_at: at,
            since: now,
            room,
        };
        Ok(())
    }

    /// The backend has made this very room.
    pub fn made(&mut self, made: &Room, now: Timestamp) -> Result<(), Refusal> {
        match &self.phase {
            Phase::Opening { sealed_at, room, .. } if *room == made.id => {
                self.phase = Phase::Open(Opened {
                    sealed_at: *sealed_at,
                    at: now,
                    room: made.clone(),
                    locked: false,
                    initiator_seen_at: now,
                    occupied_at: None,
                });
                Ok(())
            }
            _ => Err(Refusal::WrongPhase),
        }
    }

    /// The room could not be made: back to sealed. The room id is burnt; the caller hands it to the reaper.
    pub fn not_made(&mut self, tried: &RoomId) -> Result<(), Refusal> {
        match &self.phase {
            Phase::Opening { sealed_at, room, .. } if room == tried => {
                self.phase = Phase::Sealed { at: *sealed_at };
                Ok(())
            }
            _ => Err(Refusal::WrongPhase),
        }
    }

    /// Whether people may wait already: shortly before the planned start, or whenever it is open.
    pub fn may_wait(&self, limits: &Limits, now: Timestamp) -> Result<(), Refusal> {
        match &self.phase {
            Phase::Open(_) | Phase::Opening { .. } => Ok(()),
            Phase::Sealed { .. } if add(now, limits.early) >= self.plan.start => Ok(()),
            Phase::Sealed { .. } => Err(Refusal::TooEarly),
            Phase::Draft | Phase::Ended(_) => Err(Refusal::WrongPhase),
        }
    }

    /// Lets this one person in: only from the waiting room, only while the initiator is there (rule 3).
    pub fn admit(&mut self, id: &ParticipantId, now: Timestamp) -> Result<(), Refusal> {
        let opened = self.opened()?;
        if opened.locked {
            return Err(Refusal::Locked);
        }
        if now.duration_since(opened.initiator_seen_at) > INITIATOR_PRESENT {
            return Err(Refusal::InitiatorGone);
        }
        self.participant_mut(id)?.admit(now)?;
        self.admissions += 1;
        Ok(())
    }

    /// Everyone in the room goes back to waiting; used when the initiator is gone or the room was lost.
    pub fn all_back(&mut self, now: Timestamp) {
        for participant in &mut self.participants {
            // whoever is not in the room stays where they are
            let _ = participant.send_back(now);
        }
    }

    /// Ends an opened consultation, or calls off one that was never opened.
    pub fn end(&mut self, reason: EndReason, now: Timestamp) -> Result<(), Refusal> {
        let (sealed_at, opened_at, room) = match &self.phase {
            Phase::Draft => (None, None, None),
            Phase::Sealed { at } => (Some(*at), None, None),
            Phase::Opening { sealed_at, room, .. } => (Some(*sealed_at), None, Some(Room::unmarked(room.clone()))),
            Phase::Open(opened) => (Some(opened.sealed_at), Some(opened.at), Some(opened.room.clone())),
            Phase::Ended(_) => return Err(Refusal::WrongPhase),
        };
        self.phase = Phase::Ended(Ended {
            at: now,
            reason,
            sealed_at,
            opened_at,
            room,
        });
        Ok(())
    }

    /// Whether time has come to end this consultation by itself.
    pub fn due(&self, limits: &Limits, now: Timestamp) -> Option<EndReason> {
        match &self.phase {
            Phase::Draft | Phase::Sealed { .. } | Phase::Opening { .. } => {
                (now >= add(self.plan.end(), limits.grace)).then_some(EndReason::Expired)
            }
            Phase::Open(opened) if now >= add(self.plan.end().max(opened.at), limits.grace) => {
                Some(EndReason::PlannedEnd)
            }
            Phase::Open(opened) if now >= add(opened.initiator_seen_at, limits.absence) => {
                Some(EndReason::InitiatorAbsent)
            }
            Phase::Open(opened) => {
                let left_at = opened.occupied_at?;
                (now >= add(left_at, limits.empty)).then_some(EndReason::Empty)
            }
            Phase::Ended(_) => None,
        }
    }

    pub fn opened(&self) -> Result<&Opened, Refusal> {
        if let Phase::Open(opened) = &self.phase {
            Ok(opened)
        } else {
            Err(Refusal::WrongPhase)
        }
    }

    pub fn opened_mut(&mut self) -> Result<&mut Opened, Refusal> {
        if let Phase::Open(opened) = &mut self.phase {
            Ok(opened)
        } else {
            Err(Refusal::WrongPhase)
        }
    }

    fn in_draft(&self) -> Result<(), Refusal> {
        if self.phase == Phase::Draft {
            Ok(())
        } else {
            Err(Refusal::WrongPhase)
        }
    }
}

fn same_name(one: &Participant, other: &Participant) -> bool {
    one.name.expose().trim().to_lowercase() == other.name.expose().trim().to_lowercase()
        || (one.person.is_some() && one.person == other.person)
}

/// Adds without overflow; a time beyond the calendar stays at its edge.
fn add(time: Timestamp, duration: SignedDuration) -> Timestamp {
    time.saturating_add(duration).unwrap_or(time)
}

#[cfg(test)]
mod tests;
