//! The room's WebSocket: nothing is said before a ticket was redeemed and its seat is still allowed.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use jiff::Timestamp;

use super::ticket::place;
use crate::app::App;
use crate::backend::Backend;
use crate::backend::embedded::{Embedded, Farewell, FirstFrame, SeatHolder, bounded, deny, first_frame};
use crate::error::Failure;
use crate::id::{ParticipantId, RoomId};
use crate::participant::{Seat, Standing};
use crate::private::Secret;
use crate::store::StoreError;

pub(in crate::http) async fn enter(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Failure> {
    // a WebSocket is not held back by the browser's same-origin rule, and no form protection covers a GET
    let own = app.config.public_url.origin().ascii_serialization();
    if headers.get(header::ORIGIN).is_none_or(|origin| origin != own.as_str()) {
        return Err(Failure::CrossSite);
    }
    Ok(bounded(upgrade).on_upgrade(|socket| async move {
        serve(&app, socket).await;
        // who came and went is seen at once
        app.look.notify_one();
    }))
}

async fn serve(app: &App, socket: WebSocket) {
    match first_frame(socket).await {
        None => {}
        Some((FirstFrame::Hello { ticket }, socket)) => hello(app, ticket.expose(), socket).await,
        Some((FirstFrame::Resume { key }, socket)) => match in_this_process(app) {
            Some(embedded) => resume(app, embedded, key.expose(), socket).await,
            None => deny(socket).await,
        },
    }
}

async fn hello(app: &App, ticket: &str, socket: WebSocket) {
    let admission = match Secret::parse(ticket) {
        Some(ticket) => redeem(app, &ticket, clock()).await,
        None => Err(Failure::NotFound),
    };
    match admission {
        Ok(admission) => admission.take_seat(app, socket).await,
        Err(failure) => {
            if matches!(failure, Failure::Store(_) | Failure::Backend(_)) {
                tracing::error!(
                    error = &failure as &dyn std::error::Error,
                    "a ticket could not be redeemed"
                );
            }
            deny(socket).await;
        }
    }
}

async fn resume(app: &App, embedded: &Embedded, key: &str, socket: WebSocket) {
    let kept = embedded.kept(key);
    let farewell = embedded.resume(key, socket).await;
    if let Some((room, seat)) = kept {
        gone(app, embedded, (&room, &seat), farewell).await;
    }
}

/// A redeemed ticket whose seat is allowed.
struct Admission {
    embedded: Embedded,
    room: RoomId,
    holder: SeatHolder,
}

async fn redeem(app: &App, ticket: &Secret, now: Timestamp) -> Result<Admission, Failure> {
    let ticket = app.store.redeem_ticket(&ticket.hash(), now).await?;
    let consultation = app.store.load(&ticket.consultation).await?.consultation;
    let seat = ticket.participant.map_or(Seat::Moderator, Seat::Participant);
    let place = place(&consultation, &seat)?;
    if place.room.id != ticket.room {
        return Err(Failure::NotFound);
    }
    let Backend::Embedded(embedded) = app.backends.named(&consultation.backend)?.clone() else {
        return Err(Failure::NotFound);
    };
    Ok(Admission {
        embedded,
        room: place.room.id,
        holder: SeatHolder { seat, name: place.name },
    })
}

impl Admission {
    async fn take_seat(self, app: &App, socket: WebSocket) {
        let seat = self.holder.seat.clone();
        let farewell = self.embedded.join(&self.room, self.holder, socket).await;
        gone(app, &self.embedded, (&self.room, &seat), farewell).await;
    }
}

/// A socket has ended: what that means for the person is written down.
async fn gone(app: &App, embedded: &Embedded, (room, seat): (&RoomId, &Seat), farewell: Option<Farewell>) {
    let seated = embedded.occupants(room);
    // by now the same person may have come in again
    if seated.iter().any(|occupant| occupant.sits_on(seat)) {
        return;
    }
    if let (Some(farewell), Seat::Participant(person)) = (farewell, seat)
        && let Err(error) = note(app, person, farewell).await
    {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "who left the room could not be noted"
        );
    }
}

/// Whoever has gone on purpose needs a new admission to come back, and so does whoever the room sent back by itself.
async fn note(app: &App, person: &ParticipantId, farewell: Farewell) -> Result<(), StoreError> {
    let now = clock();
    let id = match app.store.of_participant(person).await {
        Ok(kept) => kept.consultation.id,
        Err(StoreError::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    let noted = app
        .store
        .change(&id, |kept| {
            let participant = kept.consultation.participant_mut(person)?;
            match (farewell, &participant.standing) {
                (Farewell::Left, Standing::Admitted { .. }) => participant.leave(),
                (Farewell::Returned, Standing::Admitted { .. }) => {
                    // somebody who is admitted can always be sent back
                    let _ = participant.send_back(now);
                }
                _ => {}
            }
            Ok(())
        })
        .await;
    app.live.nudge(&id);
    match noted {
        Err(StoreError::NotFound) => Ok(()),
        other => other,
    }
}

fn in_this_process(app: &App) -> Option<&Embedded> {
    // the configuration allows one of this kind
    app.backends.iter().find_map(|configured| match &configured.backend {
        Backend::Embedded(embedded) => Some(embedded),
        Backend::BigBlueButton(_) | Backend::Jitsi(_) => None,
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "a socket lives longer than its request, so it reads the clock itself"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
