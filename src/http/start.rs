//! From the frame of the learning platform into an own tab, and out again.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use i18n_embed_fl::fl;
use serde::Deserialize;

use super::client::Client;
use super::guard::{self, Now};
use super::placing::first_page;
use crate::app::{App, random};
use crate::error::Failure;
use crate::page::{Frame, show_with};
use crate::private::Secret;
use crate::store::StoreError;

/// What stands in the frame after a launch.
#[derive(Template)]
#[template(path = "start.html")]
pub(super) struct StartPage {
    pub(super) page: Frame,
    /// Opens an own tab once, within 30 seconds; the page renews it.
    pub(super) handover: String,
}

#[derive(Template)]
#[template(path = "expired.html")]
struct ExpiredPage {
    page: Frame,
}

#[derive(Deserialize)]
pub(super) struct Handover {
    handover: String,
}

impl Handover {
    fn secret(&self) -> Result<Secret, StoreError> {
        Secret::parse(&self.handover).ok_or(StoreError::NotFound)
    }
}

/// Takes the hand-over and begins the visit. No cookie was needed so far; from here on it is a first-party one.
pub(super) async fn open(
    State(app): State<Arc<App>>,
    (Client(address), Now(now)): (Client, Now),
    jar: CookieJar,
    frame: Frame,
    Form(form): Form<Handover>,
) -> Result<Response, Failure> {
    app.limits.launch(address)?;
    let taken = match form.secret() {
        Ok(secret) => app.store.take_handover(&secret.hash(), now).await,
        Err(error) => Err(error),
    };
    let visit = match taken {
        Ok(handover) => handover.visit,
        Err(StoreError::NotFound) => return show_with(StatusCode::GONE, &ExpiredPage { page: frame }),
        Err(error) => return Err(error.into()),
    };
    let first = first_page(&app, &visit).await?;
    let secret = Secret::new(random());
    app.store.keep_visit(&secret.hash(), &visit, now).await?;
    let jar = jar.add(guard::cookie(guard::VISIT, &secret));
    let jar = guard::first_language(jar, &visit.language);
    Ok((jar, Redirect::to(&first)).into_response())
}

/// Keeps the start page usable while somebody looks at it: a fresh hand-over for an unused one.
pub(super) async fn renew(
    State(app): State<Arc<App>>,
    (Client(address), Now(now)): (Client, Now),
    Form(form): Form<Handover>,
) -> Result<String, Failure> {
    app.limits.launch(address)?;
    let fresh = Secret::new(random());
    app.store
        .renew_handover(&form.secret()?.hash(), &fresh.hash(), now)
        .await?;
    Ok(fresh.expose())
}

/// Forgets the visit: the next person at this computer finds nothing. The mark of the browser stays; it is worth nothing
/// without a launch.
pub(super) async fn leave(State(app): State<Arc<App>>, jar: CookieJar) -> Result<Response, Failure> {
    let visit = jar.get(guard::VISIT).and_then(|cookie| Secret::parse(cookie.value()));
    if let Some(secret) = visit {
        app.store.forget_visit(&secret.hash()).await?;
    }
    let cookies = [guard::VISIT, guard::GUEST, guard::LANGUAGE];
    let jar = cookies
        .into_iter()
        .fold(jar, |jar, name| jar.add(guard::no_cookie(name)));
    Ok((jar, Redirect::to("/?left")).into_response())
}
