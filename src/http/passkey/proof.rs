//! Asks for a proof by passkey, takes it, and leads on to where somebody wanted to go.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Query, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use i18n_embed_fl::fl;
use serde::Deserialize;
use serde_json::json;
use url::form_urlencoded;

use super::{Fields, Problem, Told, descriptors, field, patience, question, relying_party, spend, told};
use crate::app::App;
use crate::error::Failure;
use crate::http::guard::{Arrived, own_path};
use crate::page::{Frame, show_with};
use crate::passkey::{Assertion, Mistake};
use crate::private::SecretHash;
use crate::store::{Purpose, StoreError, Trust};

const PROVE: &str = "/passkey/prove";
const OVERVIEW: &str = "/overview";

#[derive(Template)]
#[template(path = "passkey/prove.html")]
struct ProvePage {
    page: Frame,
    /// `PublicKeyCredentialRequestOptionsJSON` (Web Authentication Level 3 §5.5).
    options: String,
    to: String,
    told: Vec<Told>,
    officer: String,
    failed: bool,
}

/// Where a request wanted to go, before it is answered.
pub(in crate::http) enum Way {
    /// A page of its own; afterwards it is shown.
    Page(String),
    /// A form, a fragment, a stream: nothing that another page could stand in for.
    Other,
}

impl Way {
    pub(in crate::http) fn of(request: &Request) -> Self {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        let is_page = match header("sec-fetch-dest") {
            Some(destination) => destination == "document",
            None => header("accept").is_some_and(|accepted| accepted.starts_with("text/html")),
        };
        match request.uri().path_and_query() {
            Some(path) if is_page && request.method() == Method::GET => Self::Page(path.to_string()),
            _ => Self::Other,
        }
    }

    /// The page that asks for what is missing.
    pub(in crate::http) fn instead_of(&self, failure: &Failure) -> Option<Response> {
        let Self::Page(to) = self else {
            return None;
        };
        match failure {
            Failure::Unproven => {
                let to: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
                Some(Redirect::to(&format!("{PROVE}?to={to}")).into_response())
            }
            Failure::PasskeyMissing => Some(Redirect::to("/passkey/new").into_response()),
            _ => None,
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::http) struct Wish {
    to: Option<String>,
}

fn onward(to: Option<&str>) -> &str {
    to.and_then(own_path).unwrap_or(OVERVIEW)
}

pub(in crate::http) async fn ask(
    State(app): State<Arc<App>>,
    arrived: Arrived,
    Query(wish): Query<Wish>,
    page: Frame,
) -> Result<Response, Failure> {
    let to = onward(wish.to.as_deref());
    if arrived.sight.trust() != Trust::Unproven {
        return Ok(Redirect::to(to).into_response());
    }
    show(&app, &arrived, page, (StatusCode::OK, to)).await
}

pub(in crate::http) async fn prove(
    State(app): State<Arc<App>>,
    arrived: Arrived,
    jar: CookieJar,
    page: Frame,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let wish = field(&fields, "to");
    let to = onward(wish.as_deref());
    let (browser, cookie) = arrived.browser();
    match check(&app, &arrived, &fields, &browser).await {
        Ok(()) => Ok((jar.add(cookie), Redirect::to(to)).into_response()),
        Err(problem) => {
            problem.noted()?;
            show(&app, &arrived, page, (StatusCode::UNPROCESSABLE_ENTITY, to)).await
        }
    }
}

async fn check(app: &App, arrived: &Arrived, fields: &Fields, browser: &SecretHash) -> Result<(), Problem> {
    let person = &arrived.visit.person;
    let answer = Assertion::read(|name| field(fields, name))?;
    spend(app, arrived, &answer.client, Purpose::Prove).await?;
    let own = app.store.passkeys(person).await.map_err(wrong)?;
    let passkey = own
        .iter()
        .find(|passkey| passkey.credential.id == answer.id)
        .ok_or(Mistake::SomebodyElse)?;
    let counter = relying_party(app).prove(&passkey.credential, passkey.counter, &answer)?;
    let proven = app
        .store
        .prove_passkey((&passkey.id, counter), (person, browser), arrived.now);
    match proven.await {
        // removed meanwhile, or its counter was used by another request
        Err(StoreError::NotFound) => Err(Mistake::Counter.into()),
        other => other.map_err(wrong),
    }
}

fn wrong(error: StoreError) -> Problem {
    Problem::Failure(error.into())
}

async fn show(
    app: &App,
    arrived: &Arrived,
    page: Frame,
    (status, to): (StatusCode, &str),
) -> Result<Response, Failure> {
    let own = app.store.passkeys(&arrived.visit.person).await?;
    let options = json!({
        "challenge": question(app, arrived, Purpose::Prove).await?,
        "rpId": relying_party(app).id,
        "allowCredentials": descriptors(&own),
        "userVerification": "required",
        "timeout": patience(),
    });
    let shown = ProvePage {
        told: told(app, &arrived.sight, &page, arrived.now).await?,
        officer: app.config.school.officer.name.clone(),
        options: options.to_string(),
        to: to.to_owned(),
        failed: status != StatusCode::OK,
        page,
    };
    show_with(status, &shown)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn instead_of(method: Method, headers: &[(&str, &str)]) -> Option<String> {
        let mut request = Request::builder().method(method).uri("/consultations/x?check=1");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let way = Way::of(&request.body(Body::empty()).unwrap());
        let response = way.instead_of(&Failure::Unproven)?;
        Some(response.headers()["location"].to_str().unwrap().to_owned())
    }

    #[test]
    fn only_a_page_is_led_to_the_question_and_comes_back() {
        let question = Some("/passkey/prove?to=%2Fconsultations%2Fx%3Fcheck%3D1".to_owned());
        assert_eq!(instead_of(Method::GET, &[("sec-fetch-dest", "document")]), question);
        assert_eq!(instead_of(Method::GET, &[("accept", "text/html,*/*;q=0.8")]), question);
        // a stream of events, a fragment, a ticket, a form
        assert_eq!(instead_of(Method::GET, &[("sec-fetch-dest", "empty")]), None);
        assert_eq!(instead_of(Method::GET, &[("accept", "text/event-stream")]), None);
        assert_eq!(instead_of(Method::GET, &[]), None);
        assert_eq!(instead_of(Method::POST, &[("sec-fetch-dest", "document")]), None);
    }
}
