//! The way in by a personal link: its secret arrives in the body of a request and is bound to the first browser (rule 7).

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use i18n_embed_fl::fl;
use serde::Deserialize;

use crate::app::{App, random};
use crate::consultation::Phase;
use crate::error::Failure;
use crate::http::client::Client;
use crate::http::guard::{GUEST, cookie};
use crate::id::{ConsultationId, ParticipantId};
use crate::page::{Frame, show_with};
use crate::private::{Secret, SecretHash};
use crate::store::{Kept, StoreError};

/// What the browser module sends, or what somebody types: the secret alone or the whole link.
#[derive(Deserialize)]
pub(in crate::http) struct Given {
    #[serde(default)]
    secret: String,
}

#[derive(Template)]
#[template(path = "link.html")]
struct LinkPage {
    page: Frame,
    problem: Option<Problem>,
}

/// Why a link does not lead on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Problem {
    /// Never existed, revoked, renewed or erased: nobody learns which.
    Unknown,
    OtherBrowser,
}

/// Where a link leads.
enum Way {
    In,
    /// The consultation has ended and is being erased.
    Over,
    /// Another browser was first.
    Elsewhere,
}

pub(in crate::http) async fn show(page: Frame) -> Result<Response, Failure> {
    show_with(StatusCode::OK, &LinkPage { page, problem: None })
}

pub(in crate::http) async fn redeem(
    State(app): State<Arc<App>>,
    Client(address): Client,
    page: Frame,
    jar: CookieJar,
    Form(given): Form<Given>,
) -> Result<Response, Failure> {
    app.limits.redeem(address)?;
    let Some(invitation) = secret_in(&given.secret).map(|secret| secret.hash()) else {
        return refuse(page, Problem::Unknown);
    };
    // one secret for the browser, whoever of a family uses it: siblings, or both parents on one telephone
    let browser = jar
        .get(GUEST)
        .and_then(|cookie| Secret::parse(cookie.value()))
        .unwrap_or_else(|| Secret::new(random()));
    match bind(&app, &invitation, &browser.hash()).await {
        Ok((person, _, Way::In)) => {
            let jar = jar.add(cookie(GUEST, &browser));
            Ok((jar, Redirect::to(&format!("/invited/{person}"))).into_response())
        }
        Ok((_, consultation, Way::Over)) => Ok(Redirect::to(&format!("/over/{consultation}")).into_response()),
        Ok((_, _, Way::Elsewhere)) => refuse(page, Problem::OtherBrowser),
        Err(StoreError::NotFound) => refuse(page, Problem::Unknown),
        Err(error) => Err(error.into()),
    }
}

async fn bind(
    app: &App,
    invitation: &SecretHash,
    browser: &SecretHash,
) -> Result<(ParticipantId, ConsultationId, Way), StoreError> {
    let (person, consultation) = app.store.by_invitation(invitation).await?;
    let way = app
        .store
        .change(&consultation, |kept| step_in(kept, &person, invitation, browser))
        .await?;
    app.live.nudge(&consultation);
    Ok((person, consultation, way))
}

fn step_in(
    kept: &mut Kept,
    person: &ParticipantId,
    invitation: &SecretHash,
    browser: &SecretHash,
) -> Result<Way, StoreError> {
    if matches!(kept.consultation.phase, Phase::Ended(_)) {
        return Ok(Way::Over);
    }
    let participant = kept.consultation.participant_mut(person)?;
    // the link may have been renewed since it was looked up
    if participant.invitation.as_ref() != Some(invitation) {
        return Err(StoreError::NotFound);
    }
    let bound = participant.browser.get_or_insert_with(|| browser.clone());
    Ok(if bound == browser { Way::In } else { Way::Elsewhere })
}

fn refuse(page: Frame, problem: Problem) -> Result<Response, Failure> {
    let status = match problem {
        Problem::Unknown => StatusCode::NOT_FOUND,
        Problem::OtherBrowser => StatusCode::CONFLICT,
    };
    show_with(
        status,
        &LinkPage {
            page,
            problem: Some(problem),
        },
    )
}

/// Reads the secret alone, or a whole link that was pasted.
fn secret_in(text: &str) -> Option<Secret> {
    Secret::parse(text.rsplit('#').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_link_and_its_code_alone_are_the_same_secret() {
        let secret = Secret::new([7; 32]);
        let link = format!("  https://beratung.example/i#{} \n", secret.expose());
        assert_eq!(secret_in(&link).map(|found| found.hash()), Some(secret.hash()));
        assert_eq!(
            secret_in(&secret.expose()).map(|found| found.hash()),
            Some(secret.hash())
        );
        assert!(secret_in("https://beratung.example/i").is_none());
    }
}
