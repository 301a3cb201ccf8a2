//! Rows of a consultation and its participants, to and from the types of the domain.

use jiff::Timestamp;

use super::{Result, StoreError, count, time};
use crate::consultation::{Consultation, EndReason, Ended, Opened, Phase, Plan};
use crate::id::{ConsultationId, ParticipantId, PersonTag, PlaceTag, Room, RoomId};
use crate::participant::{Participant, Standing, Title, Way};
use crate::private::{Private, SecretHash};
use crate::vault::DataKey;

#[derive(sqlx::FromRow)]
pub(super) struct ConsultationRow {
    pub(super) id: String,
    place: Vec<u8>,
    initiator: Vec<u8>,
    pub(super) data_key: Vec<u8>,
    sealed_initiator: Vec<u8>,
    initiator_consented_at: Option<i64>,
    starts_at: i64,
    minutes: i64,
    backend: String,
    phase: String,
    created_at: i64,
    sealed_at: Option<i64>,
    opening_at: Option<i64>,
    opened_at: Option<i64>,
    ended_at: Option<i64>,
    end_reason: Option<String>,
    room: Option<String>,
    room_mark: Option<String>,
    locked: bool,
    initiator_seen_at: Option<i64>,
    occupied_at: Option<i64>,
    incidents: i64,
    admissions: i64,
    pub(super) browser: Option<Vec<u8>>,
}

impl ConsultationRow {
    pub(super) fn read(self, key: &DataKey, participants: Vec<Participant>) -> Result<Consultation> {
        let phase = self.phase()?;
        Ok(Consultation {
            initiator_name: open_text(key, &initiator_place(&self.id), &self.sealed_initiator)?,
            id: ConsultationId::parse(&self.id).ok_or(StoreError::Corrupt("consultation id"))?,
            place: PlaceTag(tag(&self.place)?),
            initiator: PersonTag(tag(&self.initiator)?),
            initiator_consented_at: optional(self.initiator_consented_at)?,
            plan: Plan {
                start: time(self.starts_at)?,
                minutes: count(self.minutes)?,
            },
            backend: self.backend,
            created_at: time(self.created_at)?,
            incidents: count(self.incidents)?,
            admissions: count(self.admissions)?,
            phase,
            participants,
        })
    }

    fn phase(&self) -> Result<Phase> {
        let room = self
            .room
            .as_deref()
            .map(|room| RoomId::parse(room).ok_or(StoreError::Corrupt("room id")))
            .transpose()?;
        let marked = |id| Room {
            id,
            mark: self.room_mark.clone().unwrap_or_default(),
        };
        Ok(match (self.phase.as_str(), room) {
            ("draft", None) => Phase::Draft,
            ("sealed", None) => Phase::Sealed {
                at: required(self.sealed_at)?,
            },
            ("opening", Some(room)) => Phase::Opening {
                sealed_at: required(self.sealed_at)?,
                since: required(self.opening_at)?,
                room,
            },
            ("open", Some(room)) => Phase::Open(Opened {
                sealed_at: required(self.sealed_at)?,
                at: required(self.opened_at)?,
                room: marked(room),
                locked: self.locked,
                initiator_seen_at: required(self.initiator_seen_at)?,
                occupied_at: optional(self.occupied_at)?,
            }),
            ("ended", room) => Phase::Ended(Ended {
                at: required(self.ended_at)?,
                reason: self
                    .end_reason
                    .as_deref()
                    .and_then(EndReason::parse)
                    .ok_or(StoreError::Corrupt("end reason"))?,
                sealed_at: optional(self.sealed_at)?,
                opened_at: optional(self.opened_at)?,
                room: room.map(marked),
            }),
            _ => return Err(StoreError::Corrupt("phase")),
        })
    }
}

/// The columns that the phase decides, as they are written.
#[derive(Default)]
pub(super) struct PhaseColumns {
    pub(super) sealed_at: Option<i64>,
    pub(super) opening_at: Option<i64>,
    pub(super) opened_at: Option<i64>,
    pub(super) ended_at: Option<i64>,
    pub(super) end_reason: Option<&'static str>,
    pub(super) room: Option<String>,
    pub(super) room_mark: Option<String>,
    pub(super) locked: bool,
    pub(super) initiator_seen_at: Option<i64>,
    pub(super) occupied_at: Option<i64>,
}

impl PhaseColumns {
    pub(super) fn of(phase: &Phase) -> Self {
        match phase {
            Phase::Draft => Self::default(),
            Phase::Sealed { at } => Self {
                sealed_at: Some(at.as_millisecond()),
                ..Self::default()
            },
            Phase::Opening { sealed_at, since, room } => Self {
                sealed_at: Some(sealed_at.as_millisecond()),
                opening_at: Some(since.as_millisecond()),
                room: Some(room.to_string()),
                ..Self::default()
            },
            Phase::Open(opened) => Self {
                sealed_at: Some(opened.sealed_at.as_millisecond()),
                opened_at: Some(opened.at.as_millisecond()),
                room: Some(opened.room.id.to_string()),
                room_mark: mark(Some(&opened.room)),
                locked: opened.locked,
                initiator_seen_at: Some(opened.initiator_seen_at.as_millisecond()),
                occupied_at: opened.occupied_at.map(Timestamp::as_millisecond),
                ..Self::default()
            },
            Phase::Ended(ended) => Self {
                sealed_at: ended.sealed_at.map(Timestamp::as_millisecond),
                opened_at: ended.opened_at.map(Timestamp::as_millisecond),
                ended_at: Some(ended.at.as_millisecond()),
                end_reason: Some(ended.reason.code()),
                room: ended.room.as_ref().map(|room| room.id.to_string()),
                room_mark: mark(ended.room.as_ref()),
                ..Self::default()
            },
        }
    }
}

fn mark(room: Option<&Room>) -> Option<String> {
    room.map(|room| room.mark.clone()).filter(|mark| !mark.is_empty())
}

#[derive(sqlx::FromRow)]
pub(super) struct ParticipantRow {
    id: String,
    sealed_name: Vec<u8>,
    title: String,
    way: String,
    person: Option<Vec<u8>>,
    invitation: Option<Vec<u8>>,
    generation: i64,
    browser: Option<Vec<u8>>,
    standing: String,
    standing_at: i64,
    consented_at: Option<i64>,
}

impl ParticipantRow {
    pub(super) fn read(self, key: &DataKey) -> Result<Participant> {
        Ok(Participant {
            name: open_text(key, &name_place(&self.id), &self.sealed_name)?,
            standing: self.standing()?,
            id: ParticipantId::parse(&self.id).ok_or(StoreError::Corrupt("participant id"))?,
            title: Title::parse(&self.title).ok_or(StoreError::Corrupt("title"))?,
            way: if self.way == "launch" { Way::Launch } else { Way::Link },
            person: self.person.as_deref().map(tag).transpose()?.map(PersonTag),
            invitation: self.invitation.as_deref().map(hash).transpose()?,
            generation: count(self.generation)?,
            browser: self.browser.as_deref().map(hash).transpose()?,
        })
    }

    fn standing(&self) -> Result<Standing> {
        let at = time(self.standing_at)?;
        let consented_at = || required(self.consented_at);
        Ok(match self.standing.as_str() {
            "invited" => Standing::Invited,
            "declined" => Standing::Declined { at },
            "consented" => Standing::Consented { at: consented_at()? },
            "waiting" => Standing::Waiting {
                consented_at: consented_at()?,
                since: at,
            },
            "admitted" => Standing::Admitted {
                consented_at: consented_at()?,
                at,
            },
            "turned_away" => Standing::TurnedAway { at },
            _ => return Err(StoreError::Corrupt("standing")),
        })
    }
}

/// When the standing began, and the consent in it, as they are written.
pub(super) fn standing_columns(standing: &Standing) -> (i64, Option<i64>) {
    match standing {
        Standing::Invited => (0, None),
        Standing::Declined { at } | Standing::TurnedAway { at } => (at.as_millisecond(), None),
        Standing::Consented { at } => (at.as_millisecond(), Some(at.as_millisecond())),
        Standing::Waiting {
            consented_at,
            since: at,
        }
        | Standing::Admitted { consented_at, at } => (at.as_millisecond(), Some(consented_at.as_millisecond())),
    }
}

pub(super) fn way_code(way: Way) -> &'static str {
    match way {
        Way::Launch => "launch",
        Way::Link => "link",
    }
}

/// Where an encrypted name stands; bound to the ciphertext.
pub(super) fn name_place(participant: &str) -> String {
    format!("participant.sealed_name|{participant}")
}

pub(super) fn initiator_place(consultation: &str) -> String {
    format!("consultation.sealed_initiator|{consultation}")
}

fn open_text(key: &DataKey, place: &str, sealed: &[u8]) -> Result<Private<String>> {
    let plain = key.open(place, sealed)?;
    let text = std::str::from_utf8(&plain).map_err(|_| StoreError::Corrupt("text"))?;
    Ok(Private::new(text.to_owned()))
}

pub(super) fn tag(bytes: &[u8]) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| StoreError::Corrupt("tag"))
}

fn hash(bytes: &[u8]) -> Result<SecretHash> {
    SecretHash::from_stored(bytes).ok_or(StoreError::Corrupt("hash"))
}

fn required(value: Option<i64>) -> Result<Timestamp> {
    time(value.ok_or(StoreError::Corrupt("missing time"))?)
}

fn optional(value: Option<i64>) -> Result<Option<Timestamp>> {
    value.map(time).transpose()
}
