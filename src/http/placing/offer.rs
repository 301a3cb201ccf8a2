//! The initiator lets a consultation be placed in its course, or takes that back.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Redirect;

use crate::app::App;
use crate::consultation::{Phase, Refusal};
use crate::error::Failure;
use crate::http::guard::Moderator;

/// From now on it can be chosen in the learning platform. Only there is it seen that this consultation exists, so the initiator
/// decides it, and in a browser that is proven to be theirs: the frame of the learning platform proves nothing of the kind.
pub(in crate::http) async fn offer(State(app): State<Arc<App>>, moderator: Moderator) -> Result<Redirect, Failure> {
    let consultation = moderator.consultation();
    if matches!(consultation.phase, Phase::Draft | Phase::Ended(_)) {
        return Err(Refusal::WrongPhase.into());
    }
    let course = moderator.visit.course.as_ref().ok_or(Failure::NotFound)?;
    let link = moderator.kept.link().hash();
    app.store.offer(consultation, course, &link).await?;
    Ok(back(&moderator))
}

pub(in crate::http) async fn withdraw(State(app): State<Arc<App>>, moderator: Moderator) -> Result<Redirect, Failure> {
    app.store.withdraw(&moderator.consultation().id).await?;
    Ok(back(&moderator))
}

fn back(moderator: &Moderator) -> Redirect {
    Redirect::to(&format!("/consultations/{}/links#course", moderator.consultation().id))
}
