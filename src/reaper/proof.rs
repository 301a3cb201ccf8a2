//! The proof of an erasure, as it stays.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Problem;
use crate::app::App;
use crate::consultation::{Consultation, Ended};

/// What the record says. No person, no name, no account: times, counts, and what was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Kind of the video system.
    pub backend: String,
    /// What it is called in this school, where it has a name of its own.
    #[serde(default)]
    pub system: Option<String>,
    pub planned_start: Timestamp,
    pub planned_minutes: u32,
    pub created_at: Timestamp,
    pub sealed_at: Option<Timestamp>,
    pub opened_at: Option<Timestamp>,
    pub ended_at: Timestamp,
    /// A code of `EndReason`.
    pub reason: String,
    pub room: Option<String>,
    /// Rule and code of every setting that was enforced.
    pub settings: Vec<(u8, String)>,
    pub invited: usize,
    pub admissions: u32,
    /// Kind and time of what was reported to the data-protection officer.
    pub incidents: Vec<(String, Timestamp)>,
    /// When the backend was seen to hold nothing of the room any more; `None` when there never was a room.
    pub room_gone_at: Option<Timestamp>,
    /// When the data key and every row of the people were erased.
    pub erased_at: Timestamp,
    /// Failed attempts before.
    pub attempts: u32,
}

impl Proof {
    /// After the room was seen to be gone.
    pub(super) async fn of(
        app: &App,
        consultation: &Consultation,
        (ended, attempts): (&Ended, u32),
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let configured = app.backends.configured(&consultation.backend)?;
        let backend = &configured.backend;
        let settings = backend
            .settings()
            .iter()
            .map(|setting| (setting.rule, setting.code.to_owned()))
            .collect();
        Ok(Self {
            backend: backend.kind().to_owned(),
            system: configured.label.clone(),
            planned_start: consultation.plan.start,
            planned_minutes: consultation.plan.minutes,
            created_at: consultation.created_at,
            sealed_at: ended.sealed_at,
            opened_at: ended.opened_at,
            ended_at: ended.at,
            reason: ended.reason.code().to_owned(),
            room: ended.room.as_ref().map(|room| room.id.to_string()),
            settings,
            invited: consultation.participants.len(),
            admissions: consultation.admissions,
            incidents: app.store.incidents(&consultation.id).await?,
            room_gone_at: ended.room.as_ref().map(|_| now),
            erased_at: now,
            attempts,
        })
    }
}
