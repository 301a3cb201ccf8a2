//! For everybody whose launch finds no invitation: the same kind page, whether or not there is a consultation here.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;

use super::guard::Initiator;
use super::over::look_again;
use super::placing::{linked, listed};
use crate::app::{App, random};
use crate::error::Failure;
use crate::id::{PetitionId, PlaceTag};
use crate::page::{Frame, show};
use crate::store::{Petition, Visit};

#[derive(Template)]
#[template(path = "uninvited.html")]
struct UninvitedPage<'a> {
    page: Frame,
    name: &'a str,
    asked: bool,
}

pub(super) async fn show_uninvited(
    State(app): State<Arc<App>>,
    initiator: Initiator,
    page: Frame,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let visit = &initiator.visit;
    let mut asked = query.as_deref() == Some("asked");
    if let Some((place, invited)) = asking(&app, visit).await? {
        if invited {
            return Ok(Redirect::to("/overview").into_response());
        }
        asked = asked || app.store.has_asked(&place, &visit.person).await?;
    }
    let mut shown = show(&UninvitedPage {
        page,
        name: visit.name.expose(),
        asked,
    })?;
    if asked {
        // until the initiator has confirmed who this is
        look_again(&mut shown, HeaderValue::from_static("10"));
    }
    Ok(shown)
}

/// "I was invited": the initiators of this place see it. The answer is the same when there is none.
pub(super) async fn ask(
    State(app): State<Arc<App>>,
    Initiator { visit, now, .. }: Initiator,
) -> Result<Redirect, Failure> {
    if let Some((place, _)) = asking(&app, &visit).await? {
        let petition = Petition {
            id: PetitionId::new(random()),
            person: visit.person.clone(),
            name: visit.name.clone(),
            made_at: now,
        };
        app.store.ask(&place, &petition).await?;
        for kept in app.store.of_place(&place).await? {
            app.live.nudge(&kept.consultation.id);
        }
    }
    Ok(Redirect::to("/uninvited?asked"))
}

/// The place whose initiators are asked, that of the link if somebody came by one, and whether they are invited by now.
async fn asking(app: &App, visit: &Visit) -> Result<Option<(PlaceTag, bool)>, Failure> {
    let Some(place) = &visit.place else {
        return Ok(None);
    };
    let linked = linked(app, visit).await?;
    let by_link = linked.as_ref().is_some_and(|kept| listed(kept, visit).is_some());
    let invited = by_link || !app.store.of_person(&visit.person, place).await?.is_empty();
    let place = linked.map_or_else(|| place.clone(), |kept| kept.consultation.place);
    Ok(Some((place, invited)))
}
