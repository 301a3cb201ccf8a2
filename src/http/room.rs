//! The room page of each seat, for whoever has been let in.

pub(super) mod elsewhere;
mod socket;
mod ticket;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;
use jiff::Timestamp;

pub(super) use socket::enter;
pub(super) use ticket::{for_guest, for_moderator};

use super::guard::{Guest, Moderator};
use super::invitation::{over, own_path};
use crate::app::App;
use crate::consultation::Phase;
use crate::error::Failure;
use crate::page::{Frame, show};
use crate::participant::Standing;

#[derive(Template)]
#[template(path = "room.html")]
struct RoomPage {
    page: Frame,
    form: &'static str,
    ticket: String,
    socket: &'static str,
    waiting: String,
    left: String,
    ended: String,
    denied: String,
    incident: String,
    until: Timestamp,
    moderator: bool,
    sheet: Option<Sheet>,
}

/// The cockpit beside the talk.
struct Sheet {
    fragment: String,
    live: String,
}

const SOCKET: &str = "/room/socket";

pub(super) async fn guest_room(State(app): State<Arc<App>>, guest: Guest, page: Frame) -> Result<Response, Failure> {
    if let Some(over) = over(guest.consultation()) {
        return Ok(over);
    }
    let own = own_path(&guest.participant);
    if !matches!(guest.participant.standing, Standing::Admitted { .. }) {
        return Ok(Redirect::to(&format!("{own}/waiting")).into_response());
    }
    let backend = app.backends.named(&guest.consultation().backend)?;
    if backend.is_elsewhere() {
        return elsewhere::lead_guest(&app, backend, &guest, page).await;
    }
    show(&RoomPage {
        page,
        form: guest.participant.title.form(),
        ticket: format!("{own}/ticket"),
        socket: SOCKET,
        waiting: format!("{own}/waiting?again"),
        left: own.clone(),
        ended: format!("/over/{}", guest.consultation().id),
        denied: own.clone(),
        incident: format!("{own}/incident"),
        until: guest.consultation().plan.end(),
        moderator: false,
        sheet: None,
    })
}

pub(super) async fn moderator_room(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    page: Frame,
) -> Result<Response, Failure> {
    let consultation = moderator.consultation();
    let cockpit = format!("/consultations/{}", consultation.id);
    if !matches!(consultation.phase, Phase::Open(_)) {
        return Ok(Redirect::to(&cockpit).into_response());
    }
    let backend = app.backends.named(&consultation.backend)?;
    if backend.is_elsewhere() {
        return elsewhere::lead_moderator(&app, backend, &moderator, &page);
    }
    show(&RoomPage {
        page,
        form: "sie",
        ticket: format!("{cockpit}/ticket"),
        socket: SOCKET,
        left: cockpit.clone(),
        ended: cockpit.clone(),
        denied: cockpit.clone(),
        incident: format!("{cockpit}/incident"),
        until: consultation.plan.end(),
        moderator: true,
        sheet: Some(Sheet {
            fragment: format!("{cockpit}/people"),
            live: format!("{cockpit}/live"),
        }),
        waiting: cockpit,
    })
}
