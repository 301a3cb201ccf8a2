//! Server-sent events for the initiator's pages; while one is open, the initiator counts as present.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;

use crate::app::App;
use crate::http::guard::Moderator;
use crate::id::ConsultationId;
use crate::live::Listener;
use crate::participant::Seat;
use crate::store::StoreError;

/// A proxy closes what is silent for longer.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

struct Following {
    app: Arc<App>,
    id: ConsultationId,
    listener: Listener,
    /// The phase the page was made for; in another one it is another page.
    phase: &'static str,
    over: bool,
}

pub(in crate::http) async fn follow(
    State(app): State<Arc<App>>,
    moderator: Moderator,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let id = moderator.consultation().id.clone();
    let listener = app.live.listen(&id, Seat::Moderator);
    // waiting people learn that the initiator is there; and this page looks again, for something may have happened
    // between its making and now
    app.live.nudge(&id);
    app.look.notify_one();
    let following = Following {
        phase: moderator.consultation().phase.code(),
        over: false,
        app,
        id,
        listener,
    };
    Sse::new(unfold(following, next)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

async fn next(mut following: Following) -> Option<(Result<Event, Infallible>, Following)> {
    if following.over {
        // whoever follows is on the way to another page; the connection stays until then
        std::future::pending::<()>().await;
    }
    following.listener.changed().await;
    let event = match following.app.store.load(&following.id).await {
        Ok(kept) if kept.consultation.phase.code() == following.phase => Event::default().event("page").data("changed"),
        Err(StoreError::NotFound) => following.leave("/records"),
        // the page shows what is the matter
        Err(_) => Event::default().event("page").data("changed"),
        Ok(_) => following.leave("/consultations"),
    };
    Some((Ok(event), following))
}

impl Following {
    fn leave(&mut self, to: &str) -> Event {
        self.over = true;
        Event::default().event("go").data(format!("{to}/{}", self.id))
    }
}
