//! What a video system tells about a room at one moment: who is in it, by our own ids, and what must not be there.

use crate::participant::Seat;

/// Who somebody in a room is, as far as the video system knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Came by a way in that we made for this seat.
    Seated(Seat),
    /// Dialled in by telephone, past every waiting room.
    Telephone,
    /// Came by no way of ours.
    Unknown,
}

/// One presence in a room; the same person may be there twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupant {
    pub who: Who,
    /// The connection stands; a lost one keeps its seat for a moment.
    pub connected: bool,
    /// Has the rights of a moderator there.
    pub leads: bool,
}

impl Occupant {
    /// Somebody with a seat that we gave.
    pub fn seated(seat: Seat, connected: bool) -> Self {
        Self {
            leads: seat == Seat::Moderator,
            who: Who::Seated(seat),
            connected,
        }
    }

    /// Their seat, if they came by one of ours, and whether the connection stands.
    pub fn seat(&self) -> Option<(Seat, bool)> {
        match &self.who {
            Who::Seated(seat) => Some((seat.clone(), self.connected)),
            Who::Telephone | Who::Unknown => None,
        }
    }

    pub fn sits_on(&self, seat: &Seat) -> bool {
        matches!(&self.who, Who::Seated(theirs) if theirs == seat)
    }
}

/// A room as it is seen from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    pub occupants: Vec<Occupant>,
    /// It is recorded, or the video system is ready to.
    pub recording: bool,
    /// There are rooms beside it that nobody sees.
    pub breakouts: bool,
}

impl View {
    /// A room with these people and nothing else in it.
    pub fn of(occupants: Vec<Occupant>) -> Self {
        Self {
            occupants,
            ..Self::default()
        }
    }

    /// Whether somebody with this seat is in the room and connected.
    pub fn shows(&self, seat: &Seat) -> bool {
        self.occupants
            .iter()
            .any(|occupant| occupant.connected && occupant.sits_on(seat))
    }
}
