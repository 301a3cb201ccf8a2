//! The configured video systems: what each is asked to do, and what must be true of each.

pub mod bigbluebutton;
pub mod clock;
pub mod configured;
pub mod embedded;
pub mod examination;
pub mod guarantees;
pub mod jitsi;
pub mod order;
pub mod profile;
mod rest;
pub mod systems;
pub mod view;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::id::{ParticipantId, Room, RoomId};
use crate::private::Private;
use bigbluebutton::BigBlueButton;
use embedded::Embedded;
use examination::Outcome;
use jitsi::Jitsi;

pub use configured::{Backends, Configured, Entry, Fitness};
pub use order::{Entrance, Notices, Order};
pub use view::{Occupant, View, Who};

/// Why a backend could not do it. Never carries what a foreign server wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    #[error("the room id was used before")]
    Used,
    #[error("the backend does not know this room")]
    NoRoom,
    #[error("the backend does not answer")]
    Unreachable,
    #[error("the backend does not answer in time")]
    Slow,
    #[error("the certificate of the backend has expired: whoever runs that server has to renew it")]
    Expired,
    #[error(
        "the certificate of the backend is not valid: it is for another name, or nobody known vouches for it, or its time has not come"
    )]
    Certificate,
    #[error(
        "the backend does not accept the signature: the secret is wrong, or the checksum algorithm is not allowed there"
    )]
    Secret,
    #[error(
        "a web page answers instead of the interface: the address may be that of a login page, a learning platform or a proxy"
    )]
    WebPage,
    #[error("the address leads elsewhere by a redirect; write the one it leads to")]
    Redirect,
    #[error("the backend answers with status {0}")]
    Status(u16),
    #[error("the answer of the backend cannot be understood")]
    Garbled,
    #[error("the backend refuses the call")]
    Refused,
    #[error("this video system is not, or no longer, in the configuration")]
    NotConfigured,
    #[error("there is no key of our own to sign with yet: the service makes it when it starts")]
    NoKey,
    #[error("the backend did not do what it was asked: {0} is not as wished")]
    Ignored(&'static str),
}

impl BackendError {
    /// It will not pass by itself: somebody has to set something right.
    pub fn needs_administrator(self) -> bool {
        match self {
            Self::Used | Self::NoRoom | Self::NoKey | Self::Unreachable | Self::Slow | Self::Status(_) => false,
            Self::Expired
            | Self::Certificate
            | Self::Secret
            | Self::WebPage
            | Self::Redirect
            | Self::Garbled
            | Self::Refused
            | Self::NotConfigured
            | Self::Ignored(_) => true,
        }
    }

    /// The video system as a whole does not do its work; it is of no use to ask for another room at once.
    pub fn is_outage(self) -> bool {
        match self {
            Self::Unreachable
            | Self::Slow
            | Self::Expired
            | Self::Certificate
            | Self::Secret
            | Self::WebPage
            | Self::Redirect
            | Self::Status(_)
            | Self::Garbled => true,
            Self::Used | Self::NoRoom | Self::Refused | Self::NotConfigured | Self::NoKey | Self::Ignored(_) => false,
        }
    }
}

/// How a backend has answered the wish to end a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The room was there.
    Ended,
    /// There is no such room, says the one who knows all of its rooms. It may be made late, if somebody has just asked for it.
    Gone,
    /// It knew no such room. No proof: a balancer forgets a room before the room has ended.
    NotKnown,
}

/// What is still there of a room, as each video system counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Residue {
    Embedded(embedded::Residue),
    BigBlueButton(bigbluebutton::Residue),
    Jitsi(jitsi::Residue),
}

impl Residue {
    /// The proof that the room is gone.
    pub fn is_nothing(self) -> bool {
        match self {
            Self::Embedded(residue) => residue.is_nothing(),
            Self::BigBlueButton(residue) => residue.is_nothing(),
            Self::Jitsi(residue) => residue.is_nothing(),
        }
    }

    /// A recording was there, although there must be none (rule 9).
    pub fn holds_recording(self) -> bool {
        match self {
            Self::Embedded(_) | Self::Jitsi(_) => false,
            Self::BigBlueButton(residue) => residue.recordings > 0,
        }
    }
}

/// One setting that a backend applies to every room, with the rule it serves; the words are in the locales (`setting-…`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    pub rule: u8,
    pub code: &'static str,
}

impl Setting {
    const fn new(rule: u8, code: &'static str) -> Self {
        Self { rule, code }
    }
}

/// One video system.
#[derive(Clone, Debug)]
pub enum Backend {
    Embedded(Embedded),
    BigBlueButton(BigBlueButton),
    Jitsi(Jitsi),
}

impl Backend {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Embedded(_) => "embedded",
            Self::BigBlueButton(_) => "bigbluebutton",
            Self::Jitsi(_) => "jitsi",
        }
    }

    /// What is enforced in every room; none of it can be switched off.
    pub fn settings(&self) -> &'static [Setting] {
        match self {
            Self::Embedded(_) => &embedded::SETTINGS,
            Self::BigBlueButton(_) => &bigbluebutton::SETTINGS,
            Self::Jitsi(_) => &jitsi::SETTINGS,
        }
    }

    /// Tries out with throwaway rooms, and without anybody's data, what can be relied on. `room` must never have existed.
    pub async fn examine(&self, room: &RoomId, now: Timestamp) -> Outcome {
        match self {
            Self::Embedded(embedded) => embedded.examine(room),
            Self::BigBlueButton(bigbluebutton) => bigbluebutton.examine(room).await,
            Self::Jitsi(jitsi) => jitsi.examine(room, now).await,
        }
    }

    /// The rooms that [`Backend::examine`] makes of this one, where they outlive our process.
    pub fn throwaways(&self, room: &RoomId) -> Vec<RoomId> {
        match self {
            Self::Embedded(_) => Vec::new(),
            Self::BigBlueButton(_) => bigbluebutton::throwaways(room),
            Self::Jitsi(_) => vec![room.clone()],
        }
    }

    /// Makes the room of this id, which must never have existed.
    pub async fn create(&self, order: &Order) -> Result<Room, BackendError> {
        match self {
            Self::Embedded(embedded) => {
                embedded.create(&order.room)?;
                Ok(embedded.own(order.room.clone()))
            }
            Self::BigBlueButton(bigbluebutton) => bigbluebutton.create(order).await,
            Self::Jitsi(jitsi) => jitsi.create(order).await,
        }
    }

    /// Ends the live room; ending what is gone already is no error.
    pub async fn end(&self, room: &Room) -> Result<Ending, BackendError> {
        match self {
            Self::Embedded(embedded) => {
                embedded.end(&room.id);
                Ok(Ending::Ended)
            }
            Self::BigBlueButton(bigbluebutton) => bigbluebutton.end(room).await,
            Self::Jitsi(jitsi) => jitsi.end(room).await,
        }
    }

    /// What is still there after `end`.
    pub async fn residue(&self, room: &Room, now: Timestamp) -> Result<Residue, BackendError> {
        match self {
            Self::Embedded(embedded) => Ok(Residue::Embedded(embedded.residue(&room.id))),
            Self::BigBlueButton(bigbluebutton) => Ok(Residue::BigBlueButton(bigbluebutton.residue(room).await?)),
            Self::Jitsi(jitsi) => Ok(Residue::Jitsi(jitsi.residue(room, now).await?)),
        }
    }

    /// When the room is over by itself, whatever anybody says; `None` where `end` can be relied on. `opened_at` is by our own clock.
    pub fn over_by_itself(&self, room: &Room, opened_at: Option<Timestamp>) -> Option<Timestamp> {
        match self {
            Self::Embedded(_) | Self::Jitsi(_) => None,
            Self::BigBlueButton(_) => bigbluebutton::over_by_itself(room, opened_at),
        }
    }

    /// Who and what is in the room at this moment.
    pub async fn view(&self, room: &Room) -> Result<View, BackendError> {
        match self {
            Self::Embedded(embedded) => embedded.view(room),
            Self::BigBlueButton(bigbluebutton) => bigbluebutton.view(room).await,
            Self::Jitsi(jitsi) => jitsi.view(room).await,
        }
    }

    /// Whether people leave our pages for the talk.
    pub fn is_elsewhere(&self) -> bool {
        match self {
            Self::Embedded(_) => false,
            Self::BigBlueButton(_) | Self::Jitsi(_) => true,
        }
    }

    /// An address for this one person and click, where the talk is not on a page of ours. It opens the room: nobody keeps it.
    pub async fn way_in(
        &self,
        room: &Room,
        entrance: &Entrance,
        now: Timestamp,
    ) -> Result<Option<Private<Url>>, BackendError> {
        match self {
            Self::Embedded(_) => Ok(None),
            Self::BigBlueButton(bigbluebutton) => bigbluebutton.way_in(room, entrance).map(Some),
            Self::Jitsi(jitsi) => jitsi.way_in(room, entrance, now).await.map(Some),
        }
    }

    /// Whether the moderator lets everybody in there once more, in a waiting room of the video system itself.
    pub fn admits_again(&self) -> bool {
        match self {
            Self::Embedded(_) | Self::Jitsi(_) => false,
            Self::BigBlueButton(_) => true,
        }
    }

    /// Whether a single person can be taken out of the room; otherwise only its end helps.
    pub fn removes_people(&self) -> bool {
        match self {
            Self::Embedded(_) | Self::Jitsi(_) => true,
            Self::BigBlueButton(_) => false,
        }
    }

    /// How long somebody admitted may be out of sight before they count as gone. A waiting room of the video system itself
    /// shows nobody who is in it.
    pub fn coming_in(&self) -> SignedDuration {
        match self {
            Self::Embedded(_) | Self::Jitsi(_) => SignedDuration::from_secs(90),
            Self::BigBlueButton(_) => SignedDuration::from_mins(15),
        }
    }

    /// How long somebody may be out of sight (a reload, a tunnel) before they no longer count as inside.
    pub fn out_of_sight(&self) -> SignedDuration {
        match self {
            Self::Embedded(_) => SignedDuration::from_secs(20),
            Self::BigBlueButton(_) | Self::Jitsi(_) => SignedDuration::from_mins(2),
        }
    }

    /// Takes a participant out of the room, who may wait again. Without effect where single people cannot be taken out.
    pub async fn send_back(&self, room: &Room, participant: &ParticipantId) -> Result<(), BackendError> {
        match self {
            Self::Embedded(embedded) => embedded.send_back(&room.id, participant),
            Self::BigBlueButton(_) => {}
            Self::Jitsi(jitsi) => jitsi.send_out(room, participant).await?,
        }
        Ok(())
    }

    /// Takes a participant out of the room for good. Without effect where single people cannot be taken out.
    pub async fn turn_away(&self, room: &Room, participant: &ParticipantId) -> Result<(), BackendError> {
        match self {
            Self::Embedded(embedded) => embedded.turn_away(&room.id, participant),
            Self::BigBlueButton(_) => {}
            Self::Jitsi(jitsi) => jitsi.send_out(room, participant).await?,
        }
        Ok(())
    }
}
