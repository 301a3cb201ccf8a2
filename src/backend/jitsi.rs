//! A Jitsi Meet of the school's own, whose Prosody carries our module: rooms by the module, people by tokens that we sign.
//!
//! The module keeps the rules on the server, whatever a browser does. What is left to us is to begin a talk, to let each person
//! in by the click with which they come, and to end it; a self-test goes in as participants do, and tries to break each rule.

mod examination;
mod guard;
mod operator;
mod signing;
mod throwaway;
mod visitor;
pub mod xmpp;

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::Timestamp;
use lti13_tool::ToolKey;
use url::Url;

use super::examination::Outcome;
use super::{BackendError, Ending, Entrance, Occupant, Order, Setting, View, Who};
use crate::id::{ParticipantId, Room, RoomId};
use crate::outgoing::Outgoing;
use crate::participant::Seat;
use crate::private::Private;
use guard::{Guard, Known};
use signing::Signing;
use visitor::Visitor;

pub use examination::CLAIM;
pub use operator::OPERATORS_PART;
pub use signing::ISSUER;

/// The id of the initiator in every room; a token is for one room, so it tells nothing.
const MODERATOR: &str = "moderator";

/// What holds in every room.
pub const SETTINGS: [Setting; 11] = [
    Setting::new(2, "only-signed-ways"),
    Setting::new(2, "closed-server"),
    Setting::new(3, "waiting-room"),
    Setting::new(3, "locked-lobby"),
    Setting::new(4, "one-moderator"),
    Setting::new(4, "no-promotion"),
    Setting::new(5, "fresh-room"),
    Setting::new(6, "end-tried"),
    Setting::new(6, "operators-part"),
    Setting::new(7, "way-for-one-click"),
    Setting::new(8, "watched-by-ids"),
];

/// What the administrator decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The origin that browsers open.
    pub url: Url,
    /// Where our module answers, ending with `/sprechzimmer/`.
    pub module: Url,
    /// What the module knows us by.
    pub key: Private<String>,
}

/// What is still there of a room; nothing is the proof that it is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Residue {
    /// The module knows the talk.
    pub known: bool,
    /// An old token, tried at the door, leads in.
    pub lets_in: bool,
}

impl Residue {
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// One Jitsi; clones are the same.
#[derive(Clone, Debug)]
pub struct Jitsi(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    url: Url,
    outgoing: Outgoing,
    guard: Guard,
    signing: Signing,
}

impl Jitsi {
    pub fn new(settings: Settings) -> Self {
        Self(Arc::new(Shared {
            url: settings.url,
            outgoing: Outgoing::default(),
            guard: Guard {
                url: settings.module,
                key: settings.key,
            },
            signing: Signing::default(),
        }))
    }

    /// From now on this key signs; before the first one nobody comes in.
    pub fn sign_with(&self, key: Arc<ToolKey>) {
        self.0.signing.renew(key);
    }

    pub async fn examine(&self, room: &RoomId, now: Timestamp) -> Outcome {
        examination::examine(self, room, now).await
    }

    /// Begins a talk, and looks whether its room is as it must be. After an error it may exist: it is to be ended.
    pub async fn create(&self, order: &Order) -> Result<Room, BackendError> {
        let guard = &self.0.guard;
        guard
            .begin(&self.0.outgoing, &order.room, MODERATOR, u64::from(order.minutes) * 60)
            .await?;
        let seen = guard.look(&self.0.outgoing, &order.room).await?;
        let agree = [
            (seen.waiting_room, "the waiting room"),
            (!seen.password, "the password"),
            (seen.inside.is_empty() && seen.waiting.is_empty(), "the empty room"),
        ];
        match agree.iter().find(|(agrees, _)| !agrees) {
            Some((_, name)) => Err(BackendError::Ignored(name)),
            None => Ok(Room::unmarked(order.room.clone())),
        }
    }

    /// Throws everybody out and forgets the talk. Only the module itself is believed when it knows it no longer.
    pub async fn end(&self, room: &Room) -> Result<Ending, BackendError> {
        match self.0.guard.end(&self.0.outgoing, &room.id).await? {
            Known::Here => Ok(Ending::Ended),
            Known::Nowhere => self.0.guard.status(&self.0.outgoing).await.map(|_| Ending::Gone),
        }
    }

    /// Asks the module, and tries an old token at the door.
    pub async fn residue(&self, room: &Room, now: Timestamp) -> Result<Residue, BackendError> {
        let status = self.0.guard.status(&self.0.outgoing).await?;
        let known = match self.0.guard.look(&self.0.outgoing, &room.id).await {
            Ok(_) => true,
            Err(BackendError::NoRoom) => false,
            Err(error) => return Err(error),
        };
        let token = self.0.signing.token(&room.id, MODERATOR, now)?;
        let mut visitor = Visitor::connect(self, &status, Some(&token)).await?;
        let lets_in = visitor.join(&status.room(&room.id)).await?.is_ok();
        Ok(Residue { known, lets_in })
    }

    /// Whoever is in the room, by our own ids.
    pub async fn view(&self, room: &Room) -> Result<View, BackendError> {
        let seen = self.0.guard.look(&self.0.outgoing, &room.id).await?;
        let occupant = |person: &guard::Person| Occupant {
            who: who(person.id.as_deref()),
            connected: true,
            leads: person.moderator,
        };
        Ok(View::of(seen.inside.iter().map(occupant).collect()))
    }

    /// Lets this one person in, and makes the address by which they come. The token stands behind the hash, which browsers
    /// send to no server; the name goes to the module alone.
    pub async fn way_in(&self, room: &Room, entrance: &Entrance, now: Timestamp) -> Result<Private<Url>, BackendError> {
        let id = seat_id(&entrance.seat);
        let token = self.0.signing.token(&room.id, id, now)?;
        self.0
            .guard
            .let_in(&self.0.outgoing, &room.id, id, &Private::new(entrance.shown_name()))
            .await?;
        let mut url = self.0.url.clone();
        url.set_path(room.id.as_str());
        url.set_fragment(Some(&fragment(token.expose(), entrance.language)));
        Ok(Private::new(url))
    }

    /// Takes a person out, who has to be let in anew; nobody there is no error.
    pub async fn send_out(&self, room: &Room, participant: &ParticipantId) -> Result<(), BackendError> {
        let id = participant.as_str();
        self.0.guard.send_out(&self.0.outgoing, &room.id, id).await.map(drop)
    }
}

/// Jitsi reads JSON values behind the hash. What its page would offer in vain is hidden; nothing rests on that.
fn fragment(token: &str, language: &str) -> String {
    let mut fragment = format!("jwt=%22{token}%22&config.defaultLanguage=%22{language}%22");
    for (name, value) in [
        ("prejoinConfig.enabled", "false"),
        ("requireDisplayName", "false"),
        ("readOnlyName", "true"),
        ("doNotStoreRoom", "true"),
        ("disableDeepLinking", "true"),
        ("disableInviteFunctions", "true"),
        ("hideConferenceSubject", "true"),
        ("securityUi.hideLobbyButton", "true"),
        ("securityUi.disableLobbyPassword", "true"),
        ("localRecording.disable", "true"),
        ("fileSharing.enabled", "false"),
    ] {
        // writing into a String cannot fail
        let _ = write!(fragment, "&config.{name}={value}");
    }
    fragment
}

fn seat_id(seat: &Seat) -> &str {
    match seat {
        Seat::Moderator => MODERATOR,
        Seat::Participant(id) => id.as_str(),
    }
}

fn who(id: Option<&str>) -> Who {
    match id {
        Some(MODERATOR) => Who::Seated(Seat::Moderator),
        Some(id) => ParticipantId::parse(id).map_or(Who::Unknown, |id| Who::Seated(Seat::Participant(id))),
        None => Who::Unknown,
    }
}
