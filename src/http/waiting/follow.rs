//! The live events of a waiting page: "look again", or where to go.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::stream::{self, Stream};
use jiff::Timestamp;

use super::{Initiative, Stay, initiative, stay};
use crate::app::App;
use crate::http::guard::Guest;
use crate::http::invitation::own_path;
use crate::live::Listener;
use crate::participant::Seat;
use crate::store::StoreError;

/// Time alone changes what is true as well: the initiator may be gone.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

/// While this answer is open, its person counts as present.
pub(in crate::http) async fn follow(
    State(app): State<Arc<App>>,
    guest: Guest,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let seat = Seat::Participant(guest.participant.id.clone());
    let follower = Follower {
        listener: app.live.listen(&guest.consultation().id, seat),
        app,
        guest,
        told: None,
    };
    // what changed between the page and this connection is told at once
    Sse::new(stream::unfold(follower, Follower::next)).keep_alive(KeepAlive::default())
}

struct Follower {
    app: Arc<App>,
    guest: Guest,
    listener: Listener,
    told: Option<News>,
}

/// What the page has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
enum News {
    Page(Stay, Initiative),
    Go(String),
    /// The same, and nothing more: what this browser had was taken back, so it counts as nobody from now on.
    Gone(String),
}

impl Follower {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        if matches!(self.told, Some(News::Gone(_))) {
            return None;
        }
        loop {
            // a database that does not answer is no news
            if let Ok(news) = self.look(clock()).await
                && self.told.as_ref() != Some(&news)
            {
                let event = match &news {
                    News::Page(..) => Event::default().event("page").data("now"),
                    News::Go(path) | News::Gone(path) => Event::default().event("go").data(path),
                };
                self.told = Some(news);
                return Some((Ok(event), self));
            }
            let _changed_or_time = tokio::time::timeout(LOOK_AGAIN, self.listener.changed()).await;
        }
    }

    async fn look(&mut self, now: Timestamp) -> Result<News, StoreError> {
        let kept = match self.app.store.load(&self.guest.consultation().id).await {
            Err(StoreError::NotFound) => return Ok(News::Go(format!("/over/{}", self.guest.consultation().id))),
            other => other?,
        };
        let before = &self.guest.participant;
        let Some(participant) = kept.consultation.participant(&before.id).cloned() else {
            return Ok(News::Go(own_path(before)));
        };
        // a link that was revoked or renewed proves nothing any more
        if participant.browser != before.browser || participant.person != before.person {
            return Ok(News::Gone(own_path(before)));
        }
        self.guest = Guest { kept, participant, now };
        Ok(match stay(&self.app, &self.guest) {
            Stay::Elsewhere(path) => News::Go(path),
            here @ Stay::Here(_) => News::Page(here, initiative(self.guest.consultation(), now)),
        })
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a loop reads the clock for everything below it"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
