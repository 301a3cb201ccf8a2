//! What must not be in a room, and how long it is borne (rules 2, 4, 8 and 9).

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::backend::{Backend, View, Who};
use crate::consultation::Consultation;
use crate::id::ParticipantId;
use crate::participant::{Seat, Standing};
use crate::reaper::RECORDING;

/// Kinds of incidents that nobody reports: the watch sees them.
pub const INTRUDER: &str = "intruder";
pub const SECOND_MODERATOR: &str = "second_moderator";
pub const TWICE: &str = "twice";
pub const BREAKOUTS: &str = "breakouts";

/// A moment of confusion is no violation yet.
const STAYS: SignedDuration = SignedDuration::from_secs(30);
/// Whoever was just sent back is taken out by the initiator, by hand.
const BY_HAND: SignedDuration = SignedDuration::from_secs(20);
/// A lost connection may be seen twice for a while.
const TWO_CONNECTIONS: SignedDuration = SignedDuration::from_secs(90);

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Violation {
    /// Somebody on the list whom nobody has let in, or who was sent away.
    NotAdmitted(ParticipantId),
    /// Somebody by no way of ours.
    Stranger,
    Telephone,
    /// Somebody but the initiator has the rights of a moderator.
    SecondModerator,
    /// The same way in was used twice.
    Twice(Seat),
    Recording,
    Breakouts,
}

/// Since when it is seen, and whether somebody was told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Since {
    at: Timestamp,
    told: bool,
}

impl From<Timestamp> for Since {
    fn from(at: Timestamp) -> Self {
        Self { at, told: false }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Bear,
    Alarm,
    End,
}

impl Violation {
    pub(super) fn rule(&self) -> u8 {
        match self {
            Self::NotAdmitted(_) | Self::Stranger | Self::Telephone => 8,
            Self::SecondModerator => 4,
            Self::Twice(_) => 7,
            Self::Recording => 9,
            Self::Breakouts => 2,
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::NotAdmitted(_) | Self::Stranger | Self::Telephone => INTRUDER,
            Self::SecondModerator => SECOND_MODERATOR,
            Self::Twice(_) => TWICE,
            Self::Recording => RECORDING,
            Self::Breakouts => BREAKOUTS,
        }
    }

    /// First it is borne, then told once, then the room ends.
    pub(super) fn verdict(&self, since: &mut Since, now: Timestamp) -> Verdict {
        let (tell_after, end_after) = match self {
            Self::NotAdmitted(_) => (BY_HAND, Some(BY_HAND + STAYS)),
            Self::Stranger | Self::Telephone | Self::SecondModerator | Self::Recording => {
                (SignedDuration::ZERO, Some(STAYS))
            }
            Self::Twice(_) => (TWO_CONNECTIONS, None),
            Self::Breakouts => (SignedDuration::ZERO, None),
        };
        let lasts = now.duration_since(since.at);
        if end_after.is_some_and(|after| lasts >= after) {
            Verdict::End
        } else if lasts >= tell_after && !since.told {
            since.told = true;
            Verdict::Alarm
        } else {
            Verdict::Bear
        }
    }
}

/// Everything that must not be and is. Where single people can be taken out, that is done at once, and is no matter of time.
pub(super) fn seen(consultation: &Consultation, backend: &Backend, view: &View) -> Vec<Violation> {
    let mut seen = Vec::new();
    let mut presences: HashMap<&Seat, usize> = HashMap::new();
    for occupant in view.occupants.iter().filter(|occupant| occupant.connected) {
        match &occupant.who {
            Who::Unknown => seen.push(Violation::Stranger),
            Who::Telephone => seen.push(Violation::Telephone),
            Who::Seated(seat) => {
                *presences.entry(seat).or_default() += 1;
                if let Seat::Participant(id) = seat
                    && !backend.removes_people()
                    && !is_admitted(consultation, id)
                {
                    seen.push(Violation::NotAdmitted(id.clone()));
                }
            }
        }
        if occupant.leads && !occupant.sits_on(&Seat::Moderator) {
            seen.push(Violation::SecondModerator);
        }
    }
    let twice = presences.into_iter().filter(|(_, times)| *times > 1);
    seen.extend(twice.map(|(seat, _)| Violation::Twice(seat.clone())));
    if view.recording {
        seen.push(Violation::Recording);
    }
    if view.breakouts {
        seen.push(Violation::Breakouts);
    }
    seen
}

fn is_admitted(consultation: &Consultation, id: &ParticipantId) -> bool {
    let participant = consultation.participant(id);
    participant.is_some_and(|participant| matches!(participant.standing, Standing::Admitted { .. }))
}
