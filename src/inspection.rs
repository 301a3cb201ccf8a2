//! Tests the video systems with throwaway rooms: at the start, daily, and soon after an opening that failed.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::Timestamp;

use crate::app::{App, random};
use crate::backend::Configured;
use crate::backend::examination::Examination;
use crate::id::RoomId;
use crate::store::StoreError;

const PAUSE: Duration = Duration::from_mins(1);

/// Looks every minute, and on every signal, whose turn it is; until the process ends.
pub async fn run(app: Arc<App>) {
    loop {
        pass(&app, clock()).await;
        tokio::select! {
            () = app.inspect.notified() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Tests what is due, all at once, so that a slow system delays no other.
pub async fn pass(app: &App, now: Timestamp) {
    let due = app.backends.iter().filter(|configured| configured.is_due(now));
    join_all(due.map(|configured| inspect(app, configured, now))).await;
}

/// Makes a self-test, and keeps it. Its rooms are known to the reaper meanwhile: a process that dies in the middle leaves none.
pub async fn examine(app: &App, configured: &Configured, now: Timestamp) -> Result<Examination, StoreError> {
    let room = RoomId::new(random());
    let rooms = configured.backend.throwaways(&room);
    if rooms.is_empty() {
        return Ok(configured.examine(&room, now).await);
    }
    let holder = &app.replica.holder;
    app.store
        .begin_throwaways(holder, &configured.name, &rooms, now)
        .await?;
    let examination = configured.examine(&room, now).await;
    if examination.outcome.unreached.is_none() && !examination.outcome.lacks().is_empty() {
        // it cannot say what has become of them
        app.store.doubt_throwaways(&rooms, now).await?;
        app.reap.notify_one();
    } else {
        app.store.bury(&rooms).await?;
    }
    Ok(examination)
}

async fn inspect(app: &App, configured: &Configured, now: Timestamp) {
    let examination = match examine(app, configured, now).await {
        Ok(examination) => examination,
        Err(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "a video system cannot be tested without the database; tried again"
            );
            return;
        }
    };
    let rules = examination.outcome.broken_rules();
    let (backend, kind) = (configured.name.as_str(), configured.backend.kind());
    if rules.is_empty() {
        tracing::info!(backend, kind, "the video system keeps every rule");
        return;
    }
    for step in &examination.outcome.steps {
        if let Some(failed) = &step.failed {
            tracing::warn!(
                backend,
                step = step.does,
                reason = failed.as_str(),
                "a step of the self-test failed"
            );
        }
    }
    tracing::error!(backend, kind, rules = ?rules, "the video system is refused: it has not shown that it keeps these rules");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the loop reads the clock for everything below it"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
