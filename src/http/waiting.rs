//! Before the room: the check of camera and microphone, and the waiting room (rule 3).

mod follow;

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;
use jiff::Timestamp;

pub(super) use follow::follow;

use super::guard::Guest;
use super::invitation::{change, leave_room, over, own_path};
use super::when::When;
use crate::app::App;
use crate::consultation::{Consultation, INITIATOR_PRESENT, Phase, Refusal};
use crate::error::Failure;
use crate::page::{Frame, show};
use crate::participant::Standing;

#[derive(Template)]
#[template(path = "devices.html")]
struct DevicesPage {
    page: Frame,
    own: String,
    form: &'static str,
}

#[derive(Template)]
#[template(path = "waiting.html")]
struct WaitingPage {
    page: Frame,
    own: String,
    form: &'static str,
    /// `None` for somebody who was out of sight and has to say that they are there again.
    since: Option<Timestamp>,
    /// Comes back from the room.
    again: bool,
    now: WaitingState,
}

#[derive(Template)]
#[template(path = "waiting_state.html")]
struct WaitingState {
    initiator: String,
    sentence: String,
    next: String,
}

/// What the initiator is doing, as far as somebody who waits needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Initiative {
    NotThereYet,
    SeesYou,
    /// The connection is gone; nobody is admitted meanwhile.
    Away,
    /// Nobody new is let in at the moment.
    Locked,
}

pub(super) async fn devices(guest: Guest, page: Frame) -> Result<Response, Failure> {
    if let Some(over) = over(guest.consultation()) {
        return Ok(over);
    }
    if !guest.participant.has_consented() {
        return Ok(Redirect::to(&own_path(&guest.participant)).into_response());
    }
    show(&DevicesPage {
        page,
        own: own_path(&guest.participant),
        form: guest.participant.title.form(),
    })
}

/// Into the waiting room. Who is admitted already goes on to the room; who is too early reads from when on.
pub(super) async fn wait(State(app): State<Arc<App>>, guest: Guest) -> Result<Redirect, Failure> {
    let own = own_path(&guest.participant);
    let (limits, now) = (&app.config.policy.limits, guest.now);
    if guest.consultation().may_wait(limits, now) == Err(Refusal::TooEarly) {
        return Ok(Redirect::to(&own));
    }
    change(&app, &guest, |participant| match participant.standing {
        Standing::Admitted { .. } => Ok(()),
        _ => Ok(participant.wait(now)?),
    })
    .await?;
    Ok(Redirect::to(&format!("{own}/waiting")))
}

/// Goes by themselves; the consent stands.
pub(super) async fn leave(State(app): State<Arc<App>>, guest: Guest) -> Result<Redirect, Failure> {
    change(&app, &guest, |participant| {
        participant.leave();
        Ok(())
    })
    .await?;
    leave_room(&app, &guest).await?;
    Ok(Redirect::to(&own_path(&guest.participant)))
}

pub(super) async fn waiting(
    State(app): State<Arc<App>>,
    guest: Guest,
    page: Frame,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let since = match stay(&app, &guest) {
        Stay::Here(since) => since,
        Stay::Elsewhere(path) => return Ok(Redirect::to(&path).into_response()),
    };
    show(&WaitingPage {
        own: own_path(&guest.participant),
        form: guest.participant.title.form(),
        since,
        again: query.as_deref() == Some("again"),
        now: waiting_state(&app, &guest, &page),
        page,
    })
}

/// The part of the page that changes. Elsewhere the page itself leads on, so this does too.
pub(super) async fn state(State(app): State<Arc<App>>, guest: Guest, page: Frame) -> Result<Response, Failure> {
    match stay(&app, &guest) {
        Stay::Here(Some(_)) => show(&waiting_state(&app, &guest, &page)),
        Stay::Here(None) => Ok(Redirect::to(&format!("{}/waiting", own_path(&guest.participant))).into_response()),
        Stay::Elsewhere(path) => Ok(Redirect::to(&path).into_response()),
    }
}

/// Whether this person belongs into the waiting room now.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stay {
    /// Since when; `None` for somebody who may wait and does not at the moment.
    Here(Option<Timestamp>),
    Elsewhere(String),
}

fn stay(app: &App, guest: &Guest) -> Stay {
    let consultation = guest.consultation();
    let own = own_path(&guest.participant);
    if matches!(consultation.phase, Phase::Ended(_)) {
        return Stay::Elsewhere(format!("/over/{}", consultation.id));
    }
    match guest.participant.standing {
        Standing::Waiting { since, .. } => Stay::Here(Some(since)),
        Standing::Admitted { .. } => Stay::Elsewhere(format!("{own}/room")),
        Standing::Consented { .. } if consultation.may_wait(&app.config.policy.limits, guest.now).is_ok() => {
            Stay::Here(None)
        }
        _ => Stay::Elsewhere(own),
    }
}

fn waiting_state(app: &App, guest: &Guest, page: &Frame) -> WaitingState {
    let (words, form) = (page.words, guest.participant.title.form());
    let consultation = guest.consultation();
    let name = consultation.initiator_name.expose().as_str();
    let start = When::new(page.language, &app.config.school.time_zone).time(consultation.plan.start);
    let calm = fl!(words, "waiting-calm", form = form);
    let (sentence, next) = match initiative(consultation, guest.now) {
        Initiative::NotThereYet => (
            fl!(words, "waiting-not-yet", initiator = name),
            fl!(words, "waiting-start", form = form, start = start),
        ),
        Initiative::SeesYou => (fl!(words, "waiting-sees", form = form, initiator = name), calm),
        Initiative::Away => (fl!(words, "waiting-initiator-away", initiator = name), calm),
        Initiative::Locked => (fl!(words, "waiting-locked", initiator = name), calm),
    };
    WaitingState {
        initiator: name.to_owned(),
        sentence,
        next,
    }
}

fn initiative(consultation: &Consultation, now: Timestamp) -> Initiative {
    match &consultation.phase {
        Phase::Open(opened) if now.duration_since(opened.initiator_seen_at) > INITIATOR_PRESENT => Initiative::Away,
        Phase::Open(opened) if opened.locked => Initiative::Locked,
        Phase::Open(_) => Initiative::SeesYou,
        _ => Initiative::NotThereYet,
    }
}
