//! This process among others on one database: it hears what they change and tells them what changes here.

mod pages;
mod word;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::sleep;

use crate::app::App;
use crate::backend::embedded::Embedded;
use crate::id::ConsultationId;
use crate::store::Signals;

/// Before something is tried again that the database did not do.
const PAUSE: Duration = Duration::from_millis(500);

/// Completes only when another process has taken the name of this one, which then has to go.
pub async fn run(app: Arc<App>, embedded: Option<Embedded>) {
    tokio::select! {
        () = word::keep(&app, embedded.as_ref()) => {}
        () = hear(&app) => {}
        () = tell(&app) => {}
        () = pages::keep(&app) => {}
    }
}

/// Every few of these the word is renewed; the others believe it for six.
fn beat(app: &App) -> Duration {
    app.replica.holder.term / 6
}

/// Something may have happened that nobody told us: every open page looks again, and so do the loops.
fn catch_up(app: &App) {
    app.live.hear_everything();
    app.look.notify_one();
    app.reap.notify_one();
}

/// Hears the others; where the way was broken, what was missed meanwhile is looked for.
async fn hear(app: &App) {
    loop {
        match app.store.listen(beat(app) * 3).await {
            Ok(None) => std::future::pending::<()>().await,
            Ok(Some(signals)) => {
                catch_up(app);
                listen_to(app, signals).await;
            }
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the other replicas are not heard; tried again"
            ),
        }
        sleep(PAUSE).await;
    }
}

async fn listen_to(app: &App, mut signals: Signals) {
    loop {
        match signals.next().await {
            Ok(id) => {
                app.live.hear(&id);
                app.look.notify_one();
                app.reap.notify_one();
            }
            Err(deaf) => {
                return tracing::warn!(
                    error = &deaf as &dyn std::error::Error,
                    "the other replicas were not heard for a while"
                );
            }
        }
    }
}

/// Tells the others what changes here, until it is told. Whoever dies before that is missed by the others, who then look at everything.
async fn tell(app: &App) {
    if !app.store.is_shared() {
        return std::future::pending().await;
    }
    let mut changed = app.live.share();
    while let Some(ids) = next(&mut changed).await {
        while let Err(error) = app.store.tell(&ids).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the other replicas could not be told; tried again"
            );
            sleep(PAUSE).await;
        }
    }
}

/// Everything that waits to be told, each once.
async fn next(changed: &mut UnboundedReceiver<ConsultationId>) -> Option<Vec<ConsultationId>> {
    let mut ids = BTreeSet::from([changed.recv().await?]);
    while let Ok(id) = changed.try_recv() {
        ids.insert(id);
    }
    Some(ids.into_iter().collect())
}
