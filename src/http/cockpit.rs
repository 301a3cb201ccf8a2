//! The initiator's page of one consultation, whatever phase it is in.

pub(super) mod actions;
pub(super) mod live;
mod people;
pub(super) mod petitions;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;
use serde::Deserialize;

use super::guard::{Initiator, Moderator};
use super::paths::ConsultationPath;
use super::when::When;
use super::{draft, words};
use crate::app::App;
use crate::backend::{Backend, Configured};
use crate::consultation::{Phase, Refusal};
use crate::error::Failure;
use crate::page::{Frame, show as render, show_with};
use people::People;

pub(super) use people::show as people;

#[derive(Template)]
#[template(path = "cockpit/cockpit.html")]
struct CockpitPage {
    page: Frame,
    id: String,
    moment: String,
    minutes: String,
    state: words::State,
    is_sealed: bool,
    is_open: bool,
    /// The room is not a page of ours: it opens in a tab of its own.
    elsewhere: bool,
    /// Where there is more than one to choose.
    system: Option<String>,
    /// The video system cannot be used at this moment.
    trouble: Option<String>,
    /// What to know about a room on another server.
    hints: Vec<String>,
    opened_at: String,
    until: String,
    refusal: Option<String>,
    people: People,
}

#[derive(Template)]
#[template(path = "cockpit/ended.html")]
struct EndedPage {
    page: Frame,
    id: String,
    people: String,
}

#[derive(Template)]
#[template(path = "cockpit/end.html")]
struct EndPage {
    page: Frame,
    id: String,
    is_open: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Question {
    check: Option<String>,
}

/// The draft, the cockpit, what is being erased, or the way to the proof.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    moderator: Result<Moderator, Failure>,
    Query(question): Query<Question>,
    page: Frame,
    after: Result<After, Failure>,
) -> Result<Response, Failure> {
    let moderator = match moderator {
        Ok(moderator) => moderator,
        Err(Failure::NotFound) => return after?.proof(&app).await,
        Err(failure) => return Err(failure),
    };
    match &moderator.consultation().phase {
        Phase::Draft => draft::show(&app, moderator, page, question.check.map(drop)).await,
        Phase::Sealed { .. } | Phase::Opening { .. } | Phase::Open(_) => {
            cockpit(&app, &moderator, page, (StatusCode::OK, None)).await
        }
        Phase::Ended(_) => render(&EndedPage {
            id: moderator.consultation().id.to_string(),
            people: people::ended(&app, &moderator, &page).await?,
            page,
        }),
    }
}

/// Asks before a consultation is ended, or called off when it was never opened.
pub(super) async fn end(moderator: Moderator, page: Frame) -> Result<Response, Failure> {
    render(&EndPage {
        id: moderator.consultation().id.to_string(),
        is_open: moderator.consultation().opened().is_ok(),
        page,
    })
}

/// The cockpit with a sentence on why the last click was refused.
async fn refused(app: &App, moderator: &Moderator, page: Frame, refusal: Refusal) -> Result<Response, Failure> {
    let moderator = Moderator {
        kept: app.store.load(&moderator.consultation().id).await?,
        ..moderator.clone()
    };
    cockpit(app, &moderator, page, (StatusCode::CONFLICT, Some(refusal))).await
}

async fn cockpit(
    app: &App,
    moderator: &Moderator,
    page: Frame,
    (status, refusal): (StatusCode, Option<Refusal>),
) -> Result<Response, Failure> {
    let consultation = moderator.consultation();
    let when = When::new(page.language, &app.config.school.time_zone);
    let opened = consultation.opened().ok();
    let configured = app.backends.configured(&consultation.backend).ok();
    let backend = configured.map(|configured| &configured.backend);
    let system = system(&page, configured);
    let shown = CockpitPage {
        id: consultation.id.to_string(),
        moment: when.moment(consultation.plan.start),
        minutes: when.minutes(consultation.plan.minutes),
        state: people::room_state(&page, consultation),
        is_sealed: matches!(consultation.phase, Phase::Sealed { .. }),
        is_open: opened.is_some(),
        elsewhere: backend.is_some_and(Backend::is_elsewhere),
        system: app.backends.iter().nth(1).map(|_| system.clone()),
        trouble: trouble(app, moderator, &page, &system),
        hints: backend.map_or_else(Vec::new, |backend| hints(&page, backend)),
        opened_at: opened.map_or_else(String::new, |opened| opened.at.to_string()),
        until: consultation.plan.end().to_string(),
        refusal: refusal.map(|refusal| people::refusal(&page, refusal)),
        people: people::of(app, moderator, &page).await?,
        page,
    };
    show_with(status, &shown)
}

/// Somebody who may have begun a consultation that is erased by now.
#[derive(Debug)]
pub(super) struct After {
    initiator: Initiator,
    path: ConsultationPath,
}

impl axum::extract::FromRequestParts<Arc<App>> for After {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let Path(path) = Path::from_request_parts(parts, app)
            .await
            .map_err(|_| Failure::NotFound)?;
        Ok(Self {
            initiator: Initiator::from_request_parts(parts, app).await?,
            path,
        })
    }
}

impl After {
    /// Leads to the proof; whoever has none here finds nothing.
    async fn proof(self, app: &App) -> Result<Response, Failure> {
        let id = self.path.consultation()?;
        let receipts = app.store.receipts(&self.initiator.sight, self.initiator.now).await?;
        if receipts.iter().any(|record| record.id == id) {
            Ok(Redirect::to(&format!("/records/{id}")).into_response())
        } else {
            Err(Failure::NotFound)
        }
    }
}

/// What the video system of a consultation is called.
fn system(page: &Frame, configured: Option<&Configured>) -> String {
    let label = configured.and_then(|configured| configured.label.as_deref());
    let kind = configured.map_or("", |configured| configured.backend.kind());
    words::video_system(page.words, label, kind)
}

/// Why a room could not be opened now; said before anybody tries.
fn trouble(app: &App, moderator: &Moderator, page: &Frame, system: &str) -> Option<String> {
    let consultation = moderator.consultation();
    let Phase::Sealed { .. } = consultation.phase else {
        return None;
    };
    match app.backends.configured(&consultation.backend) {
        Ok(configured) if configured.fitness(moderator.now).is_usable() => None,
        Ok(_) => Some(fl!(page.words, "system-trouble", system = system)),
        Err(_) => Some(fl!(page.words, "error-backend-none")),
    }
}

fn hints(page: &Frame, backend: &Backend) -> Vec<String> {
    let mut hints = Vec::new();
    if backend.is_elsewhere() {
        hints.push(fl!(page.words, "elsewhere-tab"));
    }
    if backend.admits_again() {
        hints.push(fl!(page.words, "elsewhere-again-there"));
    }
    hints
}
