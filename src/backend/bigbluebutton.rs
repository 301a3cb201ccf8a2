//! BigBlueButton on a server of the school: rooms by its signed interface, and no more trust than a self-test has shown.
//!
//! Nobody gets an address of a room but by our own admission, and each address is made for one click. What the server tells
//! is believed only where every value that it repeats is the one that was asked for; the end only when the room is neither
//! found nor listed any more, and nothing is recorded.

mod answer;
mod examination;
mod meeting;
mod operator;
mod parameters;
mod signing;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::examination::Outcome;
use super::{BackendError, Ending, Entrance, Occupant, Order, Setting, View, Who};
use crate::id::{ParticipantId, Room, RoomId};
use crate::outgoing::{Answer, Outgoing, OutgoingError, Question};
use crate::participant::Seat;
use crate::private::Private;
use answer::{Key, Part, Verdict};
use meeting::{Made, Meeting};
use parameters::Mark;
use signing::{Parameters, Signer};

pub use examination::{CLAIM, throwaways};
pub use operator::OPERATORS_PART;
pub use parameters::{OPTIONAL_FEATURES, client_settings};
pub use signing::Algorithm;

/// A list of a thousand meetings fits; no answer that we need is larger.
const LARGEST: usize = 4 * 1024 * 1024;
/// After `end` the server takes a moment; whoever needs longer is asked again by the reaper.
const MOMENTS: [Duration; 4] = [
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
];

/// What holds in every room.
pub const SETTINGS: [Setting; 15] = [
    Setting::new(1, "announced-there"),
    Setting::new(2, "only-signed-ways"),
    Setting::new(2, "closed-features"),
    Setting::new(3, "waiting-room"),
    Setting::new(3, "second-lobby"),
    Setting::new(4, "one-moderator"),
    Setting::new(4, "no-promotion"),
    Setting::new(5, "fresh-room"),
    Setting::new(5, "this-very-room"),
    Setting::new(6, "end-checked"),
    Setting::new(6, "operators-part"),
    Setting::new(7, "way-for-one-click"),
    Setting::new(8, "watched-by-ids"),
    Setting::new(9, "no-recording-there"),
    Setting::new(9, "banner-there"),
];

/// What the administrator decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address of the interface, ending with `/api/`.
    pub url: Url,
    pub secret: Private<String>,
    pub algorithm: Algorithm,
    /// Features that are switched off unless they stand here; see [`OPTIONAL_FEATURES`].
    pub allowed: Vec<&'static str>,
    /// Our own origin, where the server can open addresses of it.
    pub calls_back: Option<Url>,
}

/// What is still there of a room; nothing is the proof that it is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Residue {
    /// The server answers for the room.
    pub found: bool,
    /// The room stands in the list of all meetings.
    pub listed: bool,
    pub recordings: usize,
}

impl Residue {
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// One server, or a balancer in front of several; clones are the same.
#[derive(Clone, Debug)]
pub struct BigBlueButton(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    signer: Signer,
    allowed: Vec<&'static str>,
    calls_back: Option<Url>,
    outgoing: Outgoing,
}

impl BigBlueButton {
    pub fn new(settings: Settings) -> Self {
        Self(Arc::new(Shared {
            signer: Signer {
                base: settings.url,
                secret: settings.secret,
                algorithm: settings.algorithm,
            },
            allowed: settings.allowed,
            calls_back: settings.calls_back,
            outgoing: Outgoing::default(),
        }))
    }

    pub async fn examine(&self, room: &RoomId) -> Outcome {
        examination::examine(self, room).await
    }

    /// Makes a room and compares everything that the server repeats. After an error the room may exist: it is to be ended.
    pub async fn create(&self, order: &Order) -> Result<Room, BackendError> {
        let made = self.make(order).await?;
        let wished = parameters::meeting_id(&order.room);
        let agree = [
            (made.key == Key::None, "messageKey"),
            (made.id == wished, "meetingID"),
            (!made.somebody_joined, "hasUserJoined"),
            (made.minutes == order.minutes, "duration"),
        ];
        all(&agree)?;
        let seen = self.look(&order.room).await?.success()?;
        let agree = [
            (seen.id == wished, "meetingID"),
            (seen.create_time == made.create_time, "createTime"),
            (seen.minutes == order.minutes, "duration"),
            (seen.most_people == parameters::most_people(order), "maxUsers"),
            (!seen.recording, "recording"),
            (seen.people == 0 && seen.attendees.is_empty(), "participantCount"),
            (!seen.is_breakout && !seen.breakouts, "isBreakout"),
            (self.is_our_metadata(&order.room, &seen.metadata), "metadata"),
        ];
        all(&agree)?;
        let mark = Mark {
            create_time: made.create_time,
            minutes: made.minutes,
            internal: made.internal,
        };
        Ok(Room {
            id: order.room.clone(),
            mark: mark.to_string(),
        })
    }

    /// Ends the room and waits a moment until the server has forgotten it.
    pub async fn end(&self, room: &Room) -> Result<Ending, BackendError> {
        match self.call("end", &of(&room.id), |_| Ok(())).await? {
            // a server itself knows all its rooms; a balancer may have forgotten one that goes on
            Verdict::Failed(Key::NotFound) if self.is_a_server().await? => return Ok(Ending::Gone),
            Verdict::Failed(Key::NotFound) => return Ok(Ending::NotKnown),
            Verdict::Failed(key) => return Err(key.as_error()),
            Verdict::Success(()) => {}
        }
        for moment in MOMENTS {
            if self.look(&room.id).await? == Verdict::Failed(Key::NotFound) {
                break;
            }
            tokio::time::sleep(moment).await;
        }
        Ok(Ending::Ended)
    }

    /// Asks in three ways. What was recorded against our will is deleted, and counts once more until it is gone.
    pub async fn residue(&self, room: &Room) -> Result<Residue, BackendError> {
        let found = match self.look(&room.id).await? {
            Verdict::Failed(Key::NotFound) => false,
            Verdict::Failed(key) => return Err(key.as_error()),
            Verdict::Success(_) => true,
        };
        let recordings = self.recordings(&room.id).await?;
        if !recordings.is_empty() {
            let which = Parameters::default().with("recordID", recordings.join(","));
            self.call("deleteRecordings", &which, meeting::deleted).await?;
        }
        Ok(Residue {
            found,
            listed: self.is_listed(room).await?,
            recordings: recordings.len(),
        })
    }

    /// Whoever is in the room, by our own ids. Another room of the same id, as after a restored backup, is not ours.
    pub async fn view(&self, room: &Room) -> Result<View, BackendError> {
        let seen = self.look(&room.id).await?.success()?;
        if Mark::parse(&room.mark).is_some_and(|mark| mark.create_time != seen.create_time) {
            return Err(BackendError::NoRoom);
        }
        let occupant = |attendee: &meeting::Attendee| Occupant {
            who: who(&room.id, &attendee.user),
            connected: true,
            leads: attendee.leads,
        };
        Ok(View {
            occupants: seen.attendees.iter().map(occupant).collect(),
            recording: seen.recording,
            breakouts: seen.breakouts || seen.is_breakout,
        })
    }

    /// The address that lets this one person in. It works until the room ends: it is made when it is used, and never kept.
    pub fn way_in(&self, room: &Room, entrance: &Entrance) -> Result<Private<Url>, BackendError> {
        let mark = Mark::parse(&room.mark).ok_or(BackendError::NoRoom)?;
        let join = parameters::join(&room.id, mark.create_time, entrance);
        Ok(Private::new(self.0.signer.address("join", &join)))
    }

    /// The server's clock, if it tells; for whoever compares.
    pub async fn clock(&self) -> Option<Timestamp> {
        self.ask(&self.0.signer.root()).await.ok()?.date
    }

    /// Whether this is the address that the server was given to call when the room has ended.
    pub fn called_back(&self, room: &RoomId, tag: &str) -> bool {
        parameters::callback_tag(&self.0.signer.secret, room) == tag
    }

    async fn make(&self, order: &Order) -> Result<Made, BackendError> {
        let create = parameters::create(order, &self.0.allowed, self.addresses(&order.room));
        self.call("create", &create, Made::read).await?.success()
    }

    async fn look(&self, room: &RoomId) -> Result<Verdict<Meeting>, BackendError> {
        self.call("getMeetingInfo", &of(room), Meeting::read).await
    }

    /// Whether a server answers, and not a balancer in front of several.
    async fn is_a_server(&self) -> Result<bool, BackendError> {
        let answer = self.ask(&self.0.signer.root()).await?;
        understand(&answer, meeting::is_a_server)?.success()
    }

    async fn recordings(&self, room: &RoomId) -> Result<Vec<String>, BackendError> {
        let any = of(room).with("state", "any");
        self.call("getRecordings", &any, meeting::recordings).await?.success()
    }

    async fn is_listed(&self, room: &Room) -> Result<bool, BackendError> {
        let all = self
            .call("getMeetings", &Parameters::default(), meeting::list)
            .await?
            .success()?;
        let ours = parameters::meeting_id(&room.id);
        let internal = Mark::parse(&room.mark).map(|mark| mark.internal);
        Ok(all
            .iter()
            .any(|(meeting, theirs)| *meeting == ours || internal.as_ref() == Some(theirs)))
    }

    fn addresses(&self, room: &RoomId) -> Option<parameters::Addresses> {
        let origin = self.0.calls_back.as_ref()?;
        Some(parameters::Addresses::new(origin, &self.0.signer.secret, room))
    }

    /// Exactly what was sent; a balancer for several schools adds its own name for ours.
    fn is_our_metadata(&self, room: &RoomId, seen: &[(String, String)]) -> bool {
        let sent = self.addresses(room).map(|addresses| addresses.ended);
        let ours = |(name, value): &(String, String)| match name.as_str() {
            "endcallbackurl" => sent.as_ref().is_some_and(|sent| sent.as_str() == value),
            name => name == "tenant-id",
        };
        let told = seen.iter().any(|(name, _)| name == "endcallbackurl");
        seen.iter().all(ours) && told == sent.is_some()
    }

    async fn call<T>(
        &self,
        call: &str,
        parameters: &Parameters,
        take: fn(Part<'_>) -> Result<T, BackendError>,
    ) -> Result<Verdict<T>, BackendError> {
        let answer = self.ask(&self.0.signer.address(call, parameters)).await?;
        understand(&answer, take)
    }

    async fn ask(&self, url: &Url) -> Result<Answer, BackendError> {
        let question = Question {
            url,
            accept: "text/xml",
            authorization: None,
            form: None,
            largest: LARGEST,
        };
        self.0.outgoing.ask(question).await.map_err(|error| match error {
            OutgoingError::Slow => BackendError::Slow,
            OutgoingError::Expired(_) => BackendError::Expired,
            OutgoingError::Certificate(_) => BackendError::Certificate,
            OutgoingError::TooLarge => BackendError::Garbled,
            OutgoingError::Status(status) => BackendError::Status(status),
            OutgoingError::Unusable | OutgoingError::Unreachable(_) | OutgoingError::Inward => {
                BackendError::Unreachable
            }
        })
    }
}

/// When the server itself has ended the room, by the time that was asked for: by its own clock, and by ours as well, as one of
/// the two may be wrong.
pub fn over_by_itself(room: &Room, opened_at: Option<Timestamp>) -> Option<Timestamp> {
    let mark = Mark::parse(&room.mark)?;
    let made = Timestamp::from_millisecond(i64::try_from(mark.create_time).ok()?).ok()?;
    let made = opened_at.map_or(made, |opened_at| opened_at.max(made));
    made.checked_add(SignedDuration::from_mins(i64::from(mark.minutes) + 1))
        .ok()
}

fn of(room: &RoomId) -> Parameters {
    Parameters::default().with("meetingID", parameters::meeting_id(room))
}

fn understand<T>(answer: &Answer, take: fn(Part<'_>) -> Result<T, BackendError>) -> Result<Verdict<T>, BackendError> {
    match answer.status {
        200 => answer::read(answer.body.expose(), take),
        300..=399 => Err(BackendError::Redirect),
        // a balancer says so in plain text
        401 | 403 => Err(BackendError::Secret),
        404 => Err(BackendError::WebPage),
        status => Err(BackendError::Status(status)),
    }
}

fn all(agree: &[(bool, &'static str)]) -> Result<(), BackendError> {
    match agree.iter().find(|(agrees, _)| !agrees) {
        Some((_, name)) => Err(BackendError::Ignored(name)),
        None => Ok(()),
    }
}

fn who(room: &RoomId, user: &str) -> Who {
    if user == parameters::user_id(room, &Seat::Moderator) {
        return Who::Seated(Seat::Moderator);
    }
    match user.strip_prefix("p-").and_then(ParticipantId::parse) {
        Some(participant) => Who::Seated(Seat::Participant(participant)),
        None if user.starts_with("v_") => Who::Telephone,
        None => Who::Unknown,
    }
}

#[cfg(test)]
mod tests;
