//! Ends what is over: terminates the room, verifies that it is gone, erases every personal datum, leaves the record.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::backend::BackendError;
use crate::consultation::{Consultation, Ended, Phase};
use crate::id::{ConsultationId, RoomId};
use crate::store::{Pending, Record, StoreError};

/// Between two looks without a signal.
const PAUSE: Duration = Duration::from_secs(5);
/// A failed erasure is tried again after this many seconds per failed attempt, at most after a minute.
const BACKOFF: SignedDuration = SignedDuration::from_secs(2);
const LONGEST_BACKOFF: SignedDuration = SignedDuration::from_secs(60);

/// What the record says. No person, no name, no account: times, counts, and what was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub backend: String,
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

/// Why an erasure has to be tried again.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("the room could not be ended")]
    Backend(#[from] BackendError),
    #[error("the backend still holds something of the room")]
    Residue,
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl Problem {
    fn code(&self) -> &'static str {
        match self {
            Self::Backend(_) => "backend",
            Self::Residue => "residue",
            Self::Store(_) => "store",
        }
    }
}

/// Looks again on every signal and every few seconds, until the process ends. Several replicas may do so at once.
pub async fn run(app: Arc<App>) {
    let mut purged_at = Timestamp::MIN;
    loop {
        let now = clock();
        pass(&app, now).await;
        if now.duration_since(purged_at) > SignedDuration::from_secs(60) {
            purge(&app, now).await;
            purged_at = now;
        }
        tokio::select! {
            () = app.reap.notified() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// One look: everything that has ended is erased if it can be. What cannot is noted and tried again later.
pub async fn pass(app: &App, now: Timestamp) {
    match app.store.pending().await {
        Ok(pending) => {
            for pending in pending.iter().filter(|pending| pending.try_at <= now) {
                erase_or_note(app, pending, now).await;
            }
        }
        Err(error) => tracing::error!(
            error = &error as &dyn std::error::Error,
            "the reaper cannot read what has ended"
        ),
    }
    if let Err(error) = bury_orphans(app).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "a room that nobody needs could not be ended yet"
        );
    }
    scrub(app).await;
}

async fn erase_or_note(app: &App, pending: &Pending, now: Timestamp) {
    match erase(app, pending, now).await {
        Ok(()) => {
            tracing::info!(consultation = %pending.id, "erased and proven");
            app.live.nudge(&pending.id);
        }
        // another replica was faster
        Err(Problem::Store(StoreError::NotFound)) => {}
        Err(problem) => {
            tracing::warn!(consultation = %pending.id, problem = problem.code(), error = &problem as &dyn std::error::Error, "erasure pending");
            if let Err(error) = app
                .store
                .attempt(&pending.id, problem.code(), next_try(pending.attempts, now))
                .await
            {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a failed erasure could not be noted"
                );
            }
        }
    }
}

async fn erase(app: &App, pending: &Pending, now: Timestamp) -> Result<(), Problem> {
    let consultation = app.store.load(&pending.id).await?.consultation;
    let Phase::Ended(ended) = &consultation.phase else {
        return Ok(());
    };
    // first no ticket opens the room any more, then the room goes
    app.store.void_tickets(&consultation.id).await?;
    if let Some(room) = &ended.room {
        make_sure_it_is_gone(app, &consultation.backend, room).await?;
    }
    let proof = proof(app, &consultation, ended, pending.attempts, now).await?;
    let text = serde_json::to_string(&proof).map_err(|_| StoreError::Corrupt("proof"))?;
    let record = Record {
        id: consultation.id.clone(),
        erased_at: proof.erased_at,
        proof: text,
    };
    app.store.erase(&record, &consultation.initiator).await?;
    scrub(app).await;
    Ok(())
}

async fn make_sure_it_is_gone(app: &App, backend: &str, room: &RoomId) -> Result<(), Problem> {
    let backend = app.backends.named(backend)?;
    backend.end(room).await?;
    if backend.residue(room).await?.is_nothing() {
        Ok(())
    } else {
        Err(Problem::Residue)
    }
}

async fn proof(
    app: &App,
    consultation: &Consultation,
    ended: &Ended,
    attempts: u32,
    now: Timestamp,
) -> Result<Proof, Problem> {
    let backend = app.backends.named(&consultation.backend)?;
    let settings = backend
        .settings()
        .iter()
        .map(|setting| (setting.rule, setting.code.to_owned()))
        .collect();
    Ok(Proof {
        backend: backend.kind().to_owned(),
        planned_start: consultation.plan.start,
        planned_minutes: consultation.plan.minutes,
        created_at: consultation.created_at,
        sealed_at: ended.sealed_at,
        opened_at: ended.opened_at,
        ended_at: ended.at,
        reason: ended.reason.code().to_owned(),
        room: ended.room.as_ref().map(ToString::to_string),
        settings,
        invited: consultation.participants.len(),
        admissions: consultation.admissions,
        incidents: app.store.incidents(&consultation.id).await?,
        room_gone_at: ended.room.as_ref().map(|_| now),
        erased_at: now,
        attempts,
    })
}

/// Rooms that were begun and given up are ended like any other.
async fn bury_orphans(app: &App) -> Result<(), Problem> {
    for orphan in app.store.orphans().await? {
        make_sure_it_is_gone(app, &orphan.backend, &orphan.room).await?;
        app.store.bury(&orphan.room).await?;
    }
    Ok(())
}

async fn purge(app: &App, now: Timestamp) {
    let forget_before = now.saturating_sub(app.config.policy.remember).unwrap_or(Timestamp::MIN);
    match app.store.purge(now, forget_before).await {
        Ok(0) => {}
        Ok(_) => scrub(app).await,
        Err(error) => tracing::error!(
            error = &error as &dyn std::error::Error,
            "what has expired could not be purged"
        ),
    }
}

/// Until the raw files hold nothing. A reader that blocks it is soon gone; every pass tries again.
async fn scrub(app: &App) {
    match app.store.scrub().await {
        Ok(_) => {}
        Err(error) => tracing::error!(
            error = &error as &dyn std::error::Error,
            "the database files could not be scrubbed"
        ),
    }
}

/// Each failure waits a little longer, at most a minute.
fn next_try(attempts: u32, now: Timestamp) -> Timestamp {
    let wait = BACKOFF
        .saturating_mul(i32::try_from(attempts + 1).unwrap_or(i32::MAX))
        .min(LONGEST_BACKOFF);
    now.saturating_add(wait).unwrap_or(now)
}

/// Ends a consultation and wakes the reaper. Ending twice is no error.
pub async fn end(
    app: &App,
    id: &ConsultationId,
    reason: crate::consultation::EndReason,
    now: Timestamp,
) -> Result<(), StoreError> {
    let ended = app
        .store
        .change(id, |kept| {
            kept.consultation.end(reason, now)?;
            Ok(())
        })
        .await;
    app.reap.notify_one();
    app.live.nudge(id);
    match ended {
        Err(StoreError::Refused(_) | StoreError::NotFound) => Ok(()),
        other => other,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the loop reads the clock for everything below it"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
