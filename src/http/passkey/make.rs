//! Asks whether somebody wants a passkey, and takes the new one.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use i18n_embed_fl::fl;
use serde_json::json;

use super::{Fields, Problem, descriptors, field, patience, question, relying_party, spend, user_handle};
use crate::app::{App, random};
use crate::config::PasskeyPolicy;
use crate::error::Failure;
use crate::http::guard::Arrived;
use crate::id::PasskeyId;
use crate::page::{Frame, show_with};
use crate::passkey::{Algorithm, Mistake, Registration};
use crate::private::Private;
use crate::store::{NewPasskey, Purpose, StoreError, Trust};

/// Longer names are cut off.
const LONGEST_LABEL: usize = 40;

#[derive(Template)]
#[template(path = "passkey/new.html")]
struct NewPage {
    page: Frame,
    /// `PublicKeyCredentialCreationOptionsJSON` (Web Authentication Level 3 §5.4).
    options: String,
    /// The first one: it can wait, unless the school wants it.
    first: bool,
    required: bool,
    failed: bool,
}

/// Only who may begin consultations has something to protect, and only who has no passkey or has proven it may make one.
fn may_make(arrived: &Arrived) -> Result<(), Failure> {
    match arrived.sight.trust() {
        Trust::Unproven => Err(Failure::Unproven),
        Trust::Proven => Ok(()),
        Trust::Open if arrived.visit.may_create => Ok(()),
        Trust::Open => Err(Failure::NotFound),
    }
}

pub(in crate::http) async fn ask(
    State(app): State<Arc<App>>,
    arrived: Arrived,
    page: Frame,
) -> Result<Response, Failure> {
    may_make(&arrived)?;
    show(&app, &arrived, page, StatusCode::OK).await
}

/// Not now. It stays possible at any time.
pub(in crate::http) async fn later(State(app): State<Arc<App>>, arrived: Arrived) -> Result<Redirect, Failure> {
    may_make(&arrived)?;
    app.store.note_asked(&arrived.visit.person, arrived.now).await?;
    Ok(Redirect::to("/overview"))
}

pub(in crate::http) async fn make(
    State(app): State<Arc<App>>,
    arrived: Arrived,
    jar: CookieJar,
    page: Frame,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    may_make(&arrived)?;
    let (browser, cookie) = arrived.browser();
    match keep(&app, &arrived, &fields, &browser).await {
        Ok(()) => Ok((jar.add(cookie), Redirect::to("/passkeys?made")).into_response()),
        Err(problem) => {
            problem.noted()?;
            show(&app, &arrived, page, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

async fn keep(
    app: &App,
    arrived: &Arrived,
    fields: &Fields,
    browser: &crate::private::SecretHash,
) -> Result<(), Problem> {
    let answer = Registration::read(|name| field(fields, name))?;
    spend(app, arrived, &answer.client, Purpose::Make).await?;
    let (credential, counter) = relying_party(app).register(&answer)?;
    let label: String = field(fields, "label")
        .unwrap_or_default()
        .trim()
        .chars()
        .take(LONGEST_LABEL)
        .collect();
    let passkey = NewPasskey {
        id: PasskeyId::new(random()),
        credential,
        counter,
        label: Private::new(label),
    };
    let whose = (&arrived.visit.person, browser);
    match app.store.keep_passkey(&passkey, whose, arrived.now).await {
        Ok(()) => Ok(()),
        // it is there already, or somebody else was faster to make the first one
        Err(StoreError::NotFound) => Err(Mistake::SomebodyElse.into()),
        Err(error) => Err(Problem::Failure(error.into())),
    }
}

async fn show(app: &App, arrived: &Arrived, page: Frame, status: StatusCode) -> Result<Response, Failure> {
    let own = app.store.passkeys(&arrived.visit.person).await?;
    let name = format!("Sprechzimmer – {}", app.config.school.name);
    let kinds = Algorithm::ALL.map(|kind| json!({ "type": "public-key", "alg": kind.number() }));
    let options = json!({
        "challenge": question(app, arrived, Purpose::Make).await?,
        "rp": { "id": relying_party(app).id, "name": name },
        // the same for everybody: what a device shows or sends to its maker's cloud names nobody
        "user": { "id": URL_SAFE_NO_PAD.encode(user_handle(app, arrived)), "name": name, "displayName": name },
        "pubKeyCredParams": kinds,
        "timeout": patience(),
        "excludeCredentials": descriptors(&own),
        "authenticatorSelection": { "residentKey": "preferred", "userVerification": "required" },
        "attestation": "none",
    });
    let shown = NewPage {
        page,
        options: options.to_string(),
        first: arrived.sight.trust() == Trust::Open,
        required: app.config.policy.passkey == PasskeyPolicy::Required,
        failed: status != StatusCode::OK,
    };
    show_with(status, &shown)
}
