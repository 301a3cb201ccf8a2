//! Tickets are made one by one, per click, and only for a seat that is allowed now (rules 1, 3, 4).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;

use crate::app::{App, random};
use crate::consultation::{Consultation, Refusal};
use crate::error::Failure;
use crate::http::guard::{Guest, Moderator};
use crate::id::Room;
use crate::participant::{Seat, Standing, WrongStanding};
use crate::private::{Private, Secret};
use crate::store::Ticket;

/// The way in, for this page alone; it is never part of an address.
#[derive(Serialize)]
pub(in crate::http) struct Way {
    ticket: String,
}

pub(in crate::http) async fn for_guest(State(app): State<Arc<App>>, guest: Guest) -> Result<Json<Way>, Failure> {
    let seat = Seat::Participant(guest.participant.id.clone());
    issue(&app, guest.consultation(), seat, guest.now).await
}

pub(in crate::http) async fn for_moderator(
    State(app): State<Arc<App>>,
    moderator: Moderator,
) -> Result<Json<Way>, Failure> {
    issue(&app, moderator.consultation(), Seat::Moderator, moderator.now).await
}

async fn issue(app: &App, consultation: &Consultation, seat: Seat, now: Timestamp) -> Result<Json<Way>, Failure> {
    let Place { room, .. } = place(consultation, &seat)?;
    let secret = Secret::new(random());
    let ticket = Ticket {
        consultation: consultation.id.clone(),
        participant: match seat {
            Seat::Moderator => None,
            Seat::Participant(id) => Some(id),
        },
        room: room.id,
    };
    app.store.issue_ticket(&secret.hash(), &ticket, now).await?;
    Ok(Json(Way {
        ticket: secret.expose(),
    }))
}

/// A seat that somebody may take at this moment.
pub(super) struct Place {
    pub(super) room: Room,
    pub(super) name: Private<String>,
}

/// Asked when a ticket is made, and again when it is used: in between somebody may have been sent back, or the talk have ended.
pub(super) fn place(consultation: &Consultation, seat: &Seat) -> Result<Place, Refusal> {
    let room = consultation.opened()?.room.clone();
    let name = match seat {
        Seat::Moderator if consultation.initiator_consented_at.is_some() => consultation.initiator_name.clone(),
        Seat::Moderator => return Err(Refusal::NoConsent),
        Seat::Participant(id) => {
            let participant = consultation.participant(id).ok_or(Refusal::NotListed)?;
            if !matches!(participant.standing, Standing::Admitted { .. }) {
                return Err(WrongStanding.into());
            }
            participant.name.clone()
        }
    };
    Ok(Place { room, name })
}
