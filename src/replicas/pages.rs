//! Tells the others who has a live page open here, as only one of them looks after a consultation.

use std::collections::HashSet;
use std::sync::Arc;

use tokio::time::{sleep, timeout};

use super::{PAUSE, beat};
use crate::app::App;
use crate::id::ConsultationId;
use crate::participant::Seat;
use crate::store::StoreError;

type Pages = HashSet<(ConsultationId, Seat)>;

/// Writes down what has changed, at once and once more with every beat.
pub(super) async fn keep(app: &Arc<App>) {
    if !app.store.is_shared() {
        return std::future::pending().await;
    }
    let mut changes = app.live.opened_or_closed();
    let mut written = Pages::new();
    loop {
        changes.borrow_and_update();
        let open: Pages = app.live.open_pages().into_iter().collect();
        if let Err(error) = write(app, &mut written, &open).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the other replicas do not know who waits here; tried again"
            );
            sleep(PAUSE).await;
            continue;
        }
        // the sender lives as long as the app
        let _changed_or_time = timeout(beat(app), changes.changed()).await;
    }
}

async fn write(app: &App, written: &mut Pages, open: &Pages) -> Result<(), StoreError> {
    let holder = &app.replica.holder;
    let mut changed = HashSet::new();
    let before = written.clone();
    for page in open.difference(&before) {
        app.store.page_opened(holder, &page.0, &page.1).await?;
        written.insert(page.clone());
        changed.insert(page.0.clone());
    }
    for page in before.difference(open) {
        app.store.page_closed(holder, &page.0, &page.1).await?;
        written.remove(page);
        changed.insert(page.0.clone());
    }
    if changed.is_empty() {
        return Ok(());
    }
    let changed: Vec<ConsultationId> = changed.into_iter().collect();
    app.store.tell(&changed).await
}
