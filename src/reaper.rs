//! Ends what is over: terminates the room, verifies that it is gone, erases every personal datum, leaves the record.

mod proof;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use tokio::task::{self, JoinSet};

use crate::app::{App, random};
use crate::backend::{BackendError, Ending, Residue};
use crate::consultation::Phase;
use crate::id::{ConsultationId, IncidentId, Room};
use crate::store::{Orphan, Pending, Record, StoreError};

pub use proof::Proof;

/// Kind of the incident that a recording was found after the end, although there must be none (rule 9).
pub const RECORDING: &str = "recording";
/// So many rooms of one video system are worked on at once.
const AT_ONCE: usize = 8;

/// Between two looks without a signal.
const PAUSE: Duration = Duration::from_secs(5);
/// The same while a video system is left alone: its turn comes again in a moment.
const SHORT_PAUSE: Duration = Duration::from_secs(1);
/// A failed erasure is tried again after this many seconds per failed attempt, at most after a minute.
const BACKOFF: SignedDuration = SignedDuration::from_secs(2);
const LONGEST_BACKOFF: SignedDuration = SignedDuration::from_secs(60);
/// A room that was asked for, and that nobody has seen, may still be made so much later: the request waits in a server, or in front
/// of one, whoever has given up meanwhile.
const LATE: SignedDuration = SignedDuration::from_secs(60);
/// So often is looked for it.
const LOOK_FOR_IT: SignedDuration = SignedDuration::from_secs(2);

/// The code of a certificate that has expired, so that the video system is not asked.
pub const CERTIFICATE: &str = "certificate";

/// Why an erasure has to be tried again.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("the room could not be ended")]
    Backend(#[from] BackendError),
    #[error("the backend still holds something of the room")]
    Residue,
    #[error(
        "the backend could not end the room, and then knew it no longer; it is waited for until it is over by itself"
    )]
    Forgotten,
    #[error("the room was asked for and is not there; it is looked for until it cannot be made any more")]
    Unanswered,
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl Problem {
    fn code(&self) -> &'static str {
        match self {
            Self::Backend(BackendError::Expired) => CERTIFICATE,
            Self::Backend(_) => "backend",
            Self::Residue => "residue",
            Self::Forgotten => "forgotten",
            Self::Unanswered => "unanswered",
            Self::Store(_) => "store",
        }
    }

    /// Each failure waits a little longer, at most a minute.
    fn next_try(&self, attempts: u32, now: Timestamp) -> Timestamp {
        let wait = match self {
            Self::Unanswered => LOOK_FOR_IT,
            Self::Backend(_) | Self::Residue | Self::Forgotten | Self::Store(_) => BACKOFF
                .saturating_mul(i32::try_from(attempts + 1).unwrap_or(i32::MAX))
                .min(LONGEST_BACKOFF),
        };
        now.saturating_add(wait).unwrap_or(now)
    }
}

/// Something to bring to its end.
#[derive(Clone, Debug)]
enum Job {
    Erase(Pending),
    Bury(Orphan),
}

impl Job {
    fn backend(&self) -> &str {
        match self {
            Self::Erase(pending) => &pending.backend,
            Self::Bury(orphan) => &orphan.backend,
        }
    }

    fn asks_backend(&self) -> bool {
        match self {
            Self::Erase(pending) => pending.has_room,
            Self::Bury(_) => true,
        }
    }

    fn was_tried(&self) -> bool {
        match self {
            Self::Erase(pending) => pending.attempts > 0,
            Self::Bury(orphan) => orphan.attempts > 0,
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::Erase(pending) => pending.id.as_str(),
            Self::Bury(orphan) => orphan.room.as_str(),
        }
    }
}

/// Works on everything that is due, and looks again on every signal and every few seconds, until the process leaves and
/// nothing is under way. What waits for one video system delays nothing else. Several replicas may do so at once.
pub async fn run(app: Arc<App>) {
    let mut purged_at = Timestamp::MIN;
    let mut busy: HashMap<task::Id, Job> = HashMap::new();
    // tasks of their own: a deletion that waited for this loop would hold the one writer of the database
    let mut work = JoinSet::new();
    loop {
        let now = clock();
        for job in due(&app, now).await {
            // a video system that does not do it keeps nobody here: the next start, or another replica, tries again
            if app.leaving.is_finishing() && job.was_tried() {
                continue;
            }
            let with_same = busy.values().filter(|other| other.backend() == job.backend()).count();
            if with_same < AT_ONCE && busy.values().all(|other| other.id() != job.id()) {
                let (app, todo) = (app.clone(), job.clone());
                let begun = work.spawn(async move { bring_to_its_end(&app, todo, now).await });
                busy.insert(begun.id(), job);
            }
        }
        if now.duration_since(purged_at) > SignedDuration::from_secs(60) {
            purge(&app, now).await;
            app.rosters.forget_old(now);
            app.access_tokens.forget_old(now);
            purged_at = now;
        }
        scrub(&app).await;
        if app.leaving.is_finishing() && busy.is_empty() {
            return;
        }
        let rests = app.backends.iter().any(|system| system.rests_until(now).is_some());
        tokio::select! {
            () = app.leaving.finishing(), if !app.leaving.is_finishing() => {}
            Some(done) = work.join_next_with_id() => {
                let id = done.map_or_else(|error| error.id(), |(id, ())| id);
                busy.remove(&id);
            }
            () = app.reap.notified() => {}
            () = tokio::time::sleep(if rests { SHORT_PAUSE } else { PAUSE }) => {}
        }
    }
}

/// One look: everything that is due is brought to its end if it can be, all at once. What cannot is noted and tried again later.
pub async fn pass(app: &App, now: Timestamp) {
    let due = due(app, now).await;
    join_all(due.into_iter().map(|job| bring_to_its_end(app, job, now))).await;
    scrub(app).await;
}

async fn due(app: &App, now: Timestamp) -> Vec<Job> {
    let read = async {
        let holder = &app.replica.holder;
        let pending = app.store.due_erasures(holder, now).await?.into_iter().map(Job::Erase);
        let orphans = app.store.due_orphans(holder, now).await?.into_iter().map(Job::Bury);
        let awake = |job: &Job| {
            let system = app.backends.configured(job.backend());
            !job.asks_backend() || !system.is_ok_and(|system| system.rests_until(now).is_some())
        };
        Ok::<_, StoreError>(pending.chain(orphans).filter(awake).collect())
    };
    read.await.unwrap_or_else(|error| {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the reaper cannot read what has ended"
        );
        Vec::new()
    })
}

async fn bring_to_its_end(app: &App, job: Job, now: Timestamp) {
    match &job {
        Job::Erase(pending) => erase_or_note(app, pending, now).await,
        Job::Bury(orphan) => bury_or_note(app, orphan, now).await,
    }
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
            app.counters.deletion_failed(problem.code());
            tracing::warn!(consultation = %pending.id, backend = pending.backend, problem = problem.code(), error = &problem as &dyn std::error::Error, "erasure pending");
            let later = problem.next_try(pending.attempts, now);
            if let Err(error) = app.store.attempt(&pending.id, problem.code(), later).await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a failed erasure could not be noted"
                );
            }
            app.live.nudge(&pending.id);
        }
    }
}

/// A room that was begun and given up is ended like any other.
async fn bury_or_note(app: &App, orphan: &Orphan, now: Timestamp) {
    let buried = async {
        let room = Room::unmarked(orphan.room.clone());
        let (ending, residue) = end_and_look(app, &orphan.backend, &room, now).await?;
        if !residue.is_nothing() {
            return Err(Problem::Residue);
        }
        never_made(ending, orphan.since, now)?;
        Ok(app.store.bury(std::slice::from_ref(&orphan.room)).await?)
    };
    let Err(problem) = buried.await else {
        return;
    };
    // every two seconds for a minute, and nothing is wrong
    if !matches!(problem, Problem::Unanswered) {
        tracing::warn!(
            backend = orphan.backend,
            error = &problem as &dyn std::error::Error,
            "a room that nobody needs could not be ended yet"
        );
    }
    let later = problem.next_try(orphan.attempts, now);
    if let Err(error) = app.store.orphan_later(&orphan.room, later).await {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "a room that nobody needs could not be noted"
        );
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
        let ending = make_sure_it_is_gone(app, pending, (room, ended.opened_at), now).await?;
        // nobody was told that it was made
        if ended.opened_at.is_none() {
            never_made(ending, ended.at, now)?;
        }
    }
    let proof = Proof::of(app, &consultation, (ended, pending.attempts), now).await?;
    let text = serde_json::to_string(&proof).map_err(|_| StoreError::Corrupt("proof"))?;
    let record = Record {
        id: consultation.id.clone(),
        erased_at: proof.erased_at,
        proof: text,
    };
    app.store.erase(&record, &consultation.initiator).await?;
    app.counters.deleted(now.duration_since(ended.at));
    if let Err(error) = app.witness.note(&record.id).await {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the witness of the deletion could not be written"
        );
    }
    scrub(app).await;
    Ok(())
}

async fn make_sure_it_is_gone(
    app: &App,
    pending: &Pending,
    (room, opened_at): (&Room, Option<Timestamp>),
    now: Timestamp,
) -> Result<Ending, Problem> {
    let (ending, residue) = end_and_look(app, &pending.backend, room, now).await?;
    if residue.holds_recording() {
        note_recording(app, &pending.id, now).await?;
    }
    if !residue.is_nothing() {
        return Err(Problem::Residue);
    }
    // who could not end a room, and knows it no longer a moment later, may have forgotten it too early
    let over = app.backends.named(&pending.backend)?.over_by_itself(room, opened_at);
    if ending == Ending::NotKnown && pending.is_doubtful() && over.is_some_and(|over| now < over) {
        return Err(Problem::Forgotten);
    }
    Ok(ending)
}

/// A room that was asked for until then was there and has ended, or will not be made any more.
fn never_made(ending: Ending, asked_until: Timestamp, now: Timestamp) -> Result<(), Problem> {
    match ending {
        Ending::Ended => Ok(()),
        Ending::Gone | Ending::NotKnown if now.duration_since(asked_until) >= LATE => Ok(()),
        Ending::Gone | Ending::NotKnown => Err(Problem::Unanswered),
    }
}

async fn end_and_look(app: &App, backend: &str, room: &Room, now: Timestamp) -> Result<(Ending, Residue), Problem> {
    let system = app.backends.configured(backend)?;
    let ended = async {
        let ending = system.backend.end(room).await?;
        Ok((ending, system.backend.residue(room, now).await?))
    };
    Ok(system.note(ended.await, now)?)
}

/// Nothing may be recorded (rule 9): what was found is told to the administrator at once and stands in the record.
async fn note_recording(app: &App, id: &ConsultationId, now: Timestamp) -> Result<(), Problem> {
    app.counters.violated(9, RECORDING);
    tracing::error!(consultation = %id, rule = 9, "the video system had recorded; the recording is being deleted there");
    let incidents = app.store.incidents(id).await?;
    if incidents.iter().all(|(kind, _)| kind != RECORDING) {
        let incident = IncidentId::new(random());
        app.store.keep_incident(&incident, id, RECORDING, now).await?;
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
