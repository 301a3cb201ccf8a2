//! Server-sent events for the initiator's pages; while one is open, the initiator counts as present.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use jiff::Timestamp;

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
    moderator: Moderator,
    listener: Listener,
    /// The phase the page was made for; in another one it is another page.
    phase: &'static str,
    then: Then,
}

/// What comes after the last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    More,
    /// Whoever follows is on the way to another page; the connection stays until then.
    Nothing,
    /// This browser is the initiator's no longer, and counts as nobody from now on.
    End,
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
        then: Then::More,
        app,
        id,
        moderator,
        listener,
    };
    Sse::new(unfold(following, next)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

async fn next(mut following: Following) -> Option<(Result<Event, Infallible>, Following)> {
    match following.then {
        Then::More => {}
        Then::Nothing => std::future::pending::<()>().await,
        Then::End => return None,
    }
    following.listener.changed().await;
    let event = following.look(clock()).await;
    Some((Ok(event), following))
}

impl Following {
    async fn look(&mut self, now: Timestamp) -> Event {
        let kept = match self.app.store.load(&self.id).await {
            Ok(kept) => kept,
            Err(StoreError::NotFound) => return self.leave("/records", Then::Nothing),
            // the page shows what is the matter
            Err(_) => return Event::default().event("page").data("changed"),
        };
        match self.moderator.still_sees(&self.app, &kept, now).await {
            Ok(false) => self.leave("/consultations", Then::End),
            Ok(true) if kept.consultation.phase.code() != self.phase => self.leave("/consultations", Then::Nothing),
            Ok(true) | Err(_) => Event::default().event("page").data("changed"),
        }
    }

    fn leave(&mut self, to: &str, then: Then) -> Event {
        self.then = then;
        Event::default().event("go").data(format!("{to}/{}", self.id))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "an answer that lives longer than its request reads the clock itself"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
