//! What the initiator does with a click: admit, send back, turn away, lock, end.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::refused;
use crate::app::App;
use crate::consultation::{Consultation, EndReason, Refusal};
use crate::error::Failure;
use crate::http::guard::Moderator;
use crate::http::paths::PersonPath;
use crate::id::Room;
use crate::page::Frame;
use crate::reaper;
use crate::store::StoreError;

/// Lets this one person in (rule 3).
pub(in crate::http) async fn admit(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    Path(path): Path<PersonPath>,
    page: Frame,
) -> Result<Response, Failure> {
    let person = path.person()?;
    let step = step(&app, &moderator, |consultation| {
        consultation.admit(&person, moderator.now)
    });
    match step.await {
        Ok(_) => Ok(back(&moderator)),
        Err(StoreError::Refused(Refusal::NotListed)) => Err(Failure::NotFound),
        Err(StoreError::Refused(refusal)) => refused(&app, &moderator, page, refusal).await,
        Err(error) => Err(error.into()),
    }
}

/// Back into the waiting room: first no ticket opens the room any more, then the seat is gone.
pub(in crate::http) async fn send_back(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    Path(path): Path<PersonPath>,
) -> Result<Response, Failure> {
    let person = path.person()?;
    let room = step(&app, &moderator, |consultation| {
        Ok(consultation.participant_mut(&person)?.send_back(moderator.now)?)
    })
    .await?;
    app.store.void_ticket(&moderator.consultation().id, &person).await?;
    if let Some(room) = room {
        let backend = app.backends.named(&moderator.consultation().backend)?;
        backend.send_back(&room, &person).await?;
    }
    Ok(back(&moderator))
}

/// Not let in, or taken out, for good.
pub(in crate::http) async fn turn_away(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    Path(path): Path<PersonPath>,
) -> Result<Response, Failure> {
    let person = path.person()?;
    let room = step(&app, &moderator, |consultation| {
        consultation.participant_mut(&person)?.turn_away(moderator.now);
        Ok(())
    })
    .await?;
    app.store.void_ticket(&moderator.consultation().id, &person).await?;
    if let Some(room) = room {
        let backend = app.backends.named(&moderator.consultation().backend)?;
        backend.turn_away(&room, &person).await?;
    }
    Ok(back(&moderator))
}

pub(in crate::http) async fn lock(State(app): State<Arc<App>>, moderator: Moderator) -> Result<Response, Failure> {
    step(&app, &moderator, |consultation| {
        consultation.opened_mut()?.locked = true;
        Ok(())
    })
    .await?;
    Ok(back(&moderator))
}

pub(in crate::http) async fn unlock(State(app): State<Arc<App>>, moderator: Moderator) -> Result<Response, Failure> {
    step(&app, &moderator, |consultation| {
        consultation.opened_mut()?.locked = false;
        Ok(())
    })
    .await?;
    Ok(back(&moderator))
}

pub(in crate::http) async fn end(State(app): State<Arc<App>>, moderator: Moderator) -> Result<Response, Failure> {
    let id = &moderator.consultation().id;
    reaper::end(&app, id, EndReason::Initiator, moderator.now).await?;
    Ok(back(&moderator))
}

/// Calls off what was never opened.
pub(in crate::http) async fn cancel(State(app): State<Arc<App>>, moderator: Moderator) -> Result<Response, Failure> {
    if moderator.consultation().opened().is_ok() {
        return Err(Refusal::WrongPhase.into());
    }
    let id = &moderator.consultation().id;
    reaper::end(&app, id, EndReason::Cancelled, moderator.now).await?;
    Ok(back(&moderator))
}

/// One step, and the room it concerns, if there is one. Every open page looks again.
async fn step(
    app: &App,
    moderator: &Moderator,
    change: impl FnOnce(&mut Consultation) -> Result<(), Refusal>,
) -> Result<Option<Room>, StoreError> {
    let id = &moderator.consultation().id;
    let changed = app.store.change(id, |kept| {
        change(&mut kept.consultation)?;
        Ok(kept.consultation.opened().ok().map(|opened| opened.room.clone()))
    });
    let changed = changed.await;
    app.live.nudge(id);
    app.look.notify_one();
    changed
}

fn back(moderator: &Moderator) -> Response {
    Redirect::to(&format!("/consultations/{}", moderator.consultation().id)).into_response()
}
