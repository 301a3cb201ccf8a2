//! The way into a room that is not a page of ours: an address for one person and one click, and the way back.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;
use serde::Deserialize;
use url::Url;

use super::ticket::{Place, place};
use crate::app::App;
use crate::backend::{Backend, BackendError, Configured, Entrance};
use crate::error::Failure;
use crate::http::guard::{Guest, Moderator};
use crate::http::invitation::{over, own_path};
use crate::http::over::look_again;
use crate::id::ConsultationId;
use crate::page::{Frame, show};
use crate::participant::{Seat, Standing};
use crate::private::Private;

/// Between our pages and the room: before it, or after it.
#[derive(Template)]
#[template(path = "elsewhere.html")]
struct BetweenPage {
    page: Frame,
    own: String,
    form: &'static str,
    initiator: Private<String>,
    between: Between,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// Nobody comes in before the initiator (rules 3 and 8).
    InitiatorNotInside,
    /// The video system does not say who is there.
    Silent,
    /// Left the room while the talk goes on; may go in again.
    Left,
    /// Left the room, and has to be let in anew.
    Outside,
}

/// Somebody who was let in goes into the room as soon as its initiator is there.
pub(super) async fn lead_guest(
    app: &App,
    system: &Configured,
    guest: &Guest,
    page: Frame,
) -> Result<Response, Failure> {
    let consultation = guest.consultation();
    let seat = Seat::Participant(guest.participant.id.clone());
    let Place { room, name } = place(consultation, &seat)?;
    let between = match system.note(system.backend.view(&room).await, guest.now) {
        Ok(view) if view.shows(&Seat::Moderator) => {
            let path = format!("{}/left/{}", own_path(&guest.participant), consultation.id);
            let entrance = Entrance {
                seat,
                name,
                language: page.language.code(),
                back: app.page_url(&path),
            };
            return lead(system.backend.way_in(&room, &entrance, guest.now).await?);
        }
        Ok(_) => Between::InitiatorNotInside,
        Err(error) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "nobody can be led into the room"
            );
            // if the room is gone, the watch ends the talk
            app.look.notify_one();
            Between::Silent
        }
    };
    between_page(guest, page, between)
}

/// The initiator goes in; the cockpit stays open in its own tab.
pub(super) async fn lead_moderator(
    app: &App,
    backend: &Backend,
    moderator: &Moderator,
    page: &Frame,
) -> Result<Response, Failure> {
    let consultation = moderator.consultation();
    let Place { room, name } = place(consultation, &Seat::Moderator)?;
    let entrance = Entrance {
        seat: Seat::Moderator,
        name,
        language: page.language.code(),
        back: app.page_url(&format!("/consultations/{}", consultation.id)),
    };
    lead(backend.way_in(&room, &entrance, moderator.now).await?)
}

#[derive(Deserialize)]
pub(in crate::http) struct LeftPath {
    consultation: String,
}

/// The video system leads people here when they leave; after the end there is nothing of them left to find.
pub(in crate::http) async fn left(
    State(app): State<Arc<App>>,
    Path(path): Path<LeftPath>,
    guest: Result<Guest, Failure>,
    page: Frame,
) -> Result<Response, Failure> {
    let id = ConsultationId::parse(&path.consultation).ok_or(Failure::NotFound)?;
    // somebody may have ended the room there
    app.look.notify_one();
    let guest = match guest {
        Ok(guest) => guest,
        Err(Failure::NotFound) => return Ok(Redirect::to(&format!("/over/{id}")).into_response()),
        Err(failure) => return Err(failure),
    };
    if let Some(over) = over(guest.consultation()) {
        return Ok(over);
    }
    let between = match guest.participant.standing {
        Standing::Admitted { .. } => Between::Left,
        _ => Between::Outside,
    };
    between_page(&guest, page, between)
}

fn between_page(guest: &Guest, page: Frame, between: Between) -> Result<Response, Failure> {
    let mut shown = show(&BetweenPage {
        own: own_path(&guest.participant),
        form: guest.participant.title.form(),
        initiator: guest.consultation().initiator_name.clone(),
        between,
        page,
    })?;
    // whoever waits is led on soon; whoever has left only learns that it is over
    let seconds = match between {
        Between::InitiatorNotInside | Between::Silent => "3",
        Between::Left | Between::Outside => "10",
    };
    look_again(&mut shown, HeaderValue::from_static(seconds));
    Ok(shown)
}

/// The address is never part of a page, and no log shows it.
fn lead(way: Option<Private<Url>>) -> Result<Response, Failure> {
    let way = way.ok_or(BackendError::NoRoom)?;
    let mut location = HeaderValue::from_str(way.expose().as_str())
        .map_err(|_| Failure::Unexpected("an address that is no header"))?;
    location.set_sensitive(true);
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}
