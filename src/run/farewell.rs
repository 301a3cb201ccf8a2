//! The way out: nothing new begins, open talks of this process end in their time, and what is begun is finished.

use std::time::Duration;

use futures_util::{Stream, StreamExt};
use tokio::time::{sleep, timeout};

use crate::app::App;
use crate::backend::embedded::Embedded;

/// After the last talk, whoever was in it reads that it is over and gone.
const AFTERWORD: Duration = Duration::from_secs(5);

/// Completes when it is time to close the doors. The first item of `stop` is the wish to leave, the second one the wish to leave
/// at once. Talks on other servers do not need this process, so nobody waits for them.
pub(super) async fn until_time(app: &App, embedded: Option<&Embedded>, stop: impl Stream<Item = ()>) {
    let mut stop = std::pin::pin!(stop.fuse());
    wish(&mut stop).await;
    app.leaving.begin();
    let talks = embedded.map_or(0, Embedded::rooms);
    let patience = app.config.stop_within.unsigned_abs();
    if let Some(embedded) = embedded
        && talks > 0
    {
        tracing::info!(
            talks,
            seconds = patience.as_secs(),
            "asked to stop: nothing new begins, and open talks may go on for so long; asked once more, it stops at once"
        );
        tokio::select! {
            () = all_over(embedded) => {}
            () = sleep(patience) => tracing::warn!(
                talks = embedded.rooms(),
                "talks are still open: their people wait again until this process is back"
            ),
            () = wish(&mut stop) => tracing::warn!(talks = embedded.rooms(), "asked to stop at once"),
        }
    }
    app.leaving.finish();
}

/// A stream that ends wishes nothing more.
async fn wish(stop: &mut (impl Stream<Item = ()> + Unpin)) {
    if stop.next().await.is_none() {
        std::future::pending::<()>().await;
    }
}

async fn all_over(embedded: &Embedded) {
    let mut changed = embedded.changed();
    while embedded.rooms() > 0 {
        if changed.changed().await.is_err() {
            return;
        }
    }
    sleep(AFTERWORD).await;
}

/// Waits for a loop that finishes by itself, but not for ever: what stays undone stands in the database.
pub(super) async fn finished(work: tokio::task::JoinHandle<()>, patience: Duration) {
    let abort = work.abort_handle();
    if timeout(patience, work).await.is_err() {
        tracing::warn!("what has ended is not erased yet; that is taken up at the next start, or by another replica");
        abort.abort();
    }
}
