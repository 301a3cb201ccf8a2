//! What a video system is asked for: a room, or the way into one for a single person.

use url::Url;

use crate::id::RoomId;
use crate::participant::Seat;
use crate::private::Private;

/// A room to be made.
#[derive(Clone, Debug)]
pub struct Order {
    pub room: RoomId,
    /// Everybody who may be in it, the initiator included.
    pub people: usize,
    /// How long it may exist at most, in minutes from now.
    pub minutes: u32,
    pub notices: Notices,
    /// Where people are led when it has ended.
    pub over: Url,
}

/// What is said in the room itself, where it is not a page of ours (rules 1 and 9). Plain text.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    pub welcome: String,
    /// Stands above the talk all the time.
    pub banner: String,
    pub for_moderator: String,
}

/// One person who comes in now.
#[derive(Clone, Debug)]
pub struct Entrance {
    pub seat: Seat,
    pub name: Private<String>,
    /// BCP 47, as `de`.
    pub language: &'static str,
    /// Where this person is led when they leave, or cannot come in.
    pub back: Url,
}
