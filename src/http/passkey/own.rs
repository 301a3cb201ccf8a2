//! One's own passkeys and known browsers, and what an administrator has decided about them.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use i18n_embed_fl::fl;
use serde::Deserialize;

use crate::app::App;
use crate::decisions;
use crate::error::Failure;
use crate::http::guard::{Arrived, Initiator};
use crate::http::when::When;
use crate::id::{ActId, PasskeyId};
use crate::page::{Frame, show};
use crate::store::Trust;

struct Row {
    id: String,
    label: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "passkey/own.html")]
struct OwnPage {
    page: Frame,
    rows: Vec<Row>,
    others: u32,
    /// One was made just now.
    made: bool,
}

#[derive(Deserialize)]
pub(in crate::http) struct PasskeyPath {
    id: String,
}

#[derive(Deserialize)]
pub(in crate::http) struct ActPath {
    act: String,
}

pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
    initiator: Initiator,
    RawQuery(query): RawQuery,
    page: Frame,
) -> Result<Response, Failure> {
    if initiator.sight.trust() == Trust::Open {
        return Ok(Redirect::to("/passkey/new").into_response());
    }
    let when = When::new(page.language, &app.config.school.time_zone);
    let passkeys = app.store.passkeys(initiator.sight.person()).await?;
    let rows = passkeys.iter().map(|passkey| {
        let label = passkey.label.expose();
        Row {
            id: passkey.id.to_string(),
            label: if label.is_empty() {
                fl!(page.words, "passkey-unnamed")
            } else {
                label.clone()
            },
            detail: fl!(
                page.words,
                "passkey-since",
                made = when.moment(passkey.made_at),
                used = when.moment(passkey.used_at)
            ),
        }
    });
    show(&OwnPage {
        rows: rows.collect(),
        others: app.store.other_browsers(&initiator.sight, initiator.now).await?,
        made: query.as_deref() == Some("made"),
        page,
    })
}

pub(in crate::http) async fn remove(
    State(app): State<Arc<App>>,
    initiator: Initiator,
    Path(path): Path<PasskeyPath>,
) -> Result<Redirect, Failure> {
    let id = PasskeyId::parse(&path.id).ok_or(Failure::NotFound)?;
    app.store.remove_passkey(&id, &initiator.sight).await?;
    Ok(Redirect::to("/passkeys"))
}

/// Every other browser has to prove a passkey again: one was lost, or somebody else sits in front of it now.
pub(in crate::http) async fn forget_browsers(
    State(app): State<Arc<App>>,
    initiator: Initiator,
) -> Result<Redirect, Failure> {
    app.store.forget_other_browsers(&initiator.sight).await?;
    decisions::cut(&app, initiator.sight.person()).await?;
    Ok(Redirect::to("/passkeys"))
}

/// Somebody has read what the administrator decided.
pub(in crate::http) async fn acknowledge(
    State(app): State<Arc<App>>,
    arrived: Arrived,
    jar: CookieJar,
    Path(path): Path<ActPath>,
) -> Result<Response, Failure> {
    let act = ActId::parse(&path.act).ok_or(Failure::NotFound)?;
    let (browser, cookie) = arrived.browser();
    app.store.acknowledge(&act, (&arrived.visit.person, &browser)).await?;
    Ok((jar.add(cookie), Redirect::to("/overview")).into_response())
}
