//! A room that is made to be thrown away, and what comes of going in by every kind of address.

use serde::Deserialize;
use url::Url;

use super::super::answer::{Key, Verdict};
use super::super::meeting::{self, GuestStatus};
use super::super::parameters::{self, Mark};
use super::super::signing::Parameters;
use super::super::{BigBlueButton, understand};
use crate::backend::{BackendError, Ending, Entrance};
use crate::id::{ParticipantId, Room};
use crate::participant::Seat;
use crate::private::Private;

/// Not a name of anybody.
pub(super) const NAME: &str = "Selbsttest";

/// A throwaway room with the addresses by which the test goes in.
pub(super) struct Throwaway<'a> {
    pub(super) backend: &'a BigBlueButton,
    pub(super) room: Room,
    pub(super) create_time: u64,
}

/// What came of a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    Waits,
    Enters,
    Refused(Key),
    Unclear,
}

impl Joined {
    fn words(self) -> &'static str {
        match self {
            Self::Waits => "it waits",
            Self::Enters => "it is let in at once",
            Self::Refused(Key::NotFound) => "it is refused, as there is no such room",
            Self::Refused(Key::Checksum) => "it is refused, as the signature does not fit",
            Self::Refused(Key::CreateTime) => "it is refused, as it is for another room",
            Self::Refused(Key::GuestDenied) => "it is refused, as guests are",
            Self::Refused(_) => "it is refused for another reason",
            Self::Unclear => "the answer says neither",
        }
    }
}

pub(super) fn expect(seen: Result<Joined, BackendError>, wanted: Joined) -> Result<(), String> {
    match seen {
        Ok(seen) if seen == wanted => Ok(()),
        Ok(seen) => Err(format!("{}; expected: {}", seen.words(), wanted.words())),
        Err(error) => Err(error.to_string()),
    }
}

impl<'a> Throwaway<'a> {
    pub(super) fn of(backend: &'a BigBlueButton, room: Room) -> Option<Self> {
        let create_time = Mark::parse(&room.mark)?.create_time;
        Some(Self {
            backend,
            room,
            create_time,
        })
    }

    pub(super) fn guest(&self) -> Parameters {
        let nobody = ParticipantId::new([0; 16]);
        self.seat(Seat::Participant(nobody))
    }

    pub(super) fn viewer(&self) -> Parameters {
        self.guest().without("guest")
    }

    pub(super) fn moderator(&self) -> Parameters {
        self.seat(Seat::Moderator)
    }

    fn seat(&self, seat: Seat) -> Parameters {
        let entrance = Entrance {
            seat,
            name: Private::new(NAME.to_owned()),
            language: "de",
            back: self.backend.0.signer.root(),
        };
        parameters::join(&self.room.id, self.create_time, &entrance).with("redirect", "false")
    }

    pub(super) async fn join(&self, parameters: &Parameters) -> Result<Joined, BackendError> {
        self.open(self.backend.0.signer.address("join", parameters)).await
    }

    pub(super) async fn join_forged(&self) -> Result<Joined, BackendError> {
        let mut url = self.backend.0.signer.address("join", &self.moderator());
        let forged = url.query().map(|query| query.replace(NAME, "Jemand"));
        url.set_query(forged.as_deref());
        self.open(url).await
    }

    /// A balancer sends the browser on to one of its servers; that one step is followed.
    async fn open(&self, url: Url) -> Result<Joined, BackendError> {
        let mut answer = self.backend.ask(&url).await?;
        if let Some(node) = answer.location.as_deref().and_then(|location| node(&url, location)) {
            answer = self.backend.ask(&node).await?;
        }
        if let (300..=399, Some(location)) = (answer.status, &answer.location) {
            return Ok(refusal(&url, location).map_or(Joined::Unclear, Joined::Refused));
        }
        Ok(match understand(&answer, meeting::guest_status)? {
            Verdict::Failed(key) => Joined::Refused(key),
            Verdict::Success(GuestStatus::Waits) => Joined::Waits,
            Verdict::Success(GuestStatus::Enters) => Joined::Enters,
            Verdict::Success(GuestStatus::Other) => Joined::Unclear,
        })
    }

    pub(super) async fn ends(&self) -> Result<(), String> {
        let ended = async {
            let ending = self.backend.end(&self.room).await?;
            let residue = self.backend.residue(&self.room).await?;
            Ok((ending, residue))
        };
        match ended.await.map_err(|error: BackendError| error.to_string())? {
            (Ending::Gone | Ending::NotKnown, _) => Err("it was gone before".to_owned()),
            (_, residue) if residue.found || residue.listed => Err("it is still there".to_owned()),
            (_, residue) if residue.recordings > 0 => Err("it was recorded".to_owned()),
            _ => Ok(()),
        }
    }
}

/// The server that a balancer sends a browser to: the same call, on a host as safe as the first.
fn node(from: &Url, location: &str) -> Option<Url> {
    let to = from.join(location).ok()?;
    let safe = to.scheme() == "https" || (to.scheme() == from.scheme() && to.host() == from.host());
    let call = to.path().ends_with("/api/join") && refusal(from, location).is_none();
    (safe && call).then_some(to)
}

#[derive(Deserialize)]
struct Reason {
    key: String,
}

/// A join that is refused at once leads to another page, with the reason in its address.
pub(in super::super) fn refusal(from: &Url, location: &str) -> Option<Key> {
    let to = from.join(location).ok()?;
    let (_, errors) = to.query_pairs().find(|(name, _)| name == "errors")?;
    let reasons: Vec<Reason> = serde_json::from_str(&errors).ok()?;
    reasons.first().map(|reason| Key::parse(&reason.key))
}
