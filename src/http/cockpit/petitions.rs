//! Somebody launched and asks to be recognised as a person typed by name; the initiator says who it is, or nobody.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::app::App;
use crate::consultation::{Consultation, Phase, Refusal};
use crate::error::Failure;
use crate::http::guard::Moderator;
use crate::http::paths::PetitionPath;
use crate::id::{ParticipantId, PersonTag};
use crate::participant::{Standing, Way};
use crate::private::Private;

/// A petition, with everybody it could mean.
pub(in crate::http) struct Wish {
    pub(in crate::http) id: String,
    pub(in crate::http) consultation: String,
    /// The name as the learning platform gave it.
    pub(in crate::http) name: Private<String>,
    pub(in crate::http) candidates: Vec<(String, Private<String>)>,
}

#[derive(Debug, Deserialize)]
pub(in crate::http) struct Answer {
    participant: String,
}

/// What is asked at this place, if anybody on this list is still to be recognised.
pub(in crate::http) async fn wishes(app: &App, consultation: &Consultation) -> Result<Vec<Wish>, Failure> {
    let candidates: Vec<(String, Private<String>)> = consultation
        .participants
        .iter()
        .filter(|person| person.way == Way::Launch && person.person.is_none())
        .filter(|person| !matches!(person.standing, Standing::TurnedAway { .. }))
        .map(|person| (person.id.to_string(), person.name.clone()))
        .collect();
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let petitions = app.store.petitions(&consultation.place).await?;
    let wishes = petitions
        .into_iter()
        .filter(|petition| !is_known(consultation, &petition.person))
        .map(|petition| Wish {
            id: petition.id.to_string(),
            consultation: consultation.id.to_string(),
            name: petition.name,
            candidates: candidates.clone(),
        });
    Ok(wishes.collect())
}

pub(in crate::http) async fn confirm(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    Path(path): Path<PetitionPath>,
    Form(answer): Form<Answer>,
) -> Result<Response, Failure> {
    let consultation = moderator.consultation();
    let participant = ParticipantId::parse(&answer.participant).ok_or(Failure::NotFound)?;
    let wanted = path.petition()?;
    let petitions = app.store.petitions(&consultation.place).await?;
    let petition = petitions
        .into_iter()
        .find(|petition| petition.id == wanted)
        .ok_or(Failure::NotFound)?;
    app.store
        .change(&consultation.id, |kept| {
            Ok(recognise(&mut kept.consultation, &participant, petition.person)?)
        })
        .await?;
    app.store.take_petition(&consultation.place, &wanted).await?;
    app.live.nudge(&consultation.id);
    Ok(back(&moderator))
}

pub(in crate::http) async fn dismiss(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    Path(path): Path<PetitionPath>,
) -> Result<Response, Failure> {
    let consultation = moderator.consultation();
    app.store.take_petition(&consultation.place, &path.petition()?).await?;
    app.live.nudge(&consultation.id);
    Ok(back(&moderator))
}

/// One account is one person on a list, and never the initiator.
fn recognise(consultation: &mut Consultation, id: &ParticipantId, person: PersonTag) -> Result<(), Refusal> {
    if !matches!(
        consultation.phase,
        Phase::Sealed { .. } | Phase::Opening { .. } | Phase::Open(_)
    ) {
        return Err(Refusal::WrongPhase);
    }
    if is_known(consultation, &person) {
        return Err(Refusal::NameTwice);
    }
    Ok(consultation.participant_mut(id)?.recognise(person)?)
}

fn is_known(consultation: &Consultation, person: &PersonTag) -> bool {
    let mut people = consultation.participants.iter();
    consultation.initiator == *person || people.any(|listed| listed.person.as_ref() == Some(person))
}

fn back(moderator: &Moderator) -> Response {
    Redirect::to(&format!("/consultations/{}", moderator.consultation().id)).into_response()
}
