//! Something went wrong during the talk: what to do now, and a report for the data-protection officer (rule 10).

mod report;

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Redirect, Response};
use i18n_embed_fl::fl;
use serde::Deserialize;

use super::guard::{Guest, Moderator};
use super::invitation::own_path;
use crate::app::{App, random};
use crate::config::Officer;
use crate::consultation::{Consultation, Phase};
use crate::error::Failure;
use crate::id::IncidentId;
use crate::page::{Frame, show};
use report::{Kind, Report};

#[derive(Template)]
#[template(path = "incident.html")]
struct IncidentPage<'a> {
    page: Frame,
    form: &'static str,
    /// Path of the pages of whoever reports.
    own: String,
    officer: &'a Officer,
    kinds: &'static [Kind],
    /// "Say what happened" was left empty.
    unsaid: bool,
    report: Option<Report>,
    /// What only the initiator can do: paths to lock the waiting room and to end.
    powers: Option<Powers>,
}

struct Powers {
    lock: Option<String>,
    end: String,
}

/// Which report to show; without one the form.
#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    report: String,
    unsaid: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    kind: String,
}

pub(super) async fn ask_guest(
    State(app): State<Arc<App>>,
    guest: Guest,
    page: Frame,
    Query(which): Query<Which>,
) -> Result<Response, Failure> {
    let form = guest.participant.title.form();
    let report = find(&app, guest.consultation(), &which, &page).await?;
    show_incident(&app, page, &which, (form, own_path(&guest.participant), report, None))
}

pub(super) async fn ask_moderator(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    page: Frame,
    Query(which): Query<Which>,
) -> Result<Response, Failure> {
    let consultation = moderator.consultation();
    let own = format!("/consultations/{}", consultation.id);
    let report = find(&app, consultation, &which, &page).await?;
    let powers = powers(consultation, &own);
    show_incident(&app, page, &which, ("sie", own, report, powers))
}

pub(super) async fn tell_guest(
    State(app): State<Arc<App>>,
    guest: Guest,
    Form(told): Form<Told>,
) -> Result<Redirect, Failure> {
    let query = keep(&app, guest.consultation(), &told, guest.now).await?;
    Ok(Redirect::to(&format!(
        "{}/incident?{query}",
        own_path(&guest.participant)
    )))
}

pub(super) async fn tell_moderator(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    Form(told): Form<Told>,
) -> Result<Redirect, Failure> {
    let consultation = moderator.consultation();
    let query = keep(&app, consultation, &told, moderator.now).await?;
    Ok(Redirect::to(&format!(
        "/consultations/{}/incident?{query}",
        consultation.id
    )))
}

/// Keeps kind and time, nothing else, and answers what the next page shows.
async fn keep(app: &App, consultation: &Consultation, told: &Told, now: jiff::Timestamp) -> Result<String, Failure> {
    let Some(kind) = Kind::parse(&told.kind) else {
        return Ok("unsaid".to_owned());
    };
    let id = IncidentId::new(random());
    app.store.keep_incident(&id, &consultation.id, kind.code(), now).await?;
    app.store
        .change(&consultation.id, |kept| {
            kept.consultation.incidents += 1;
            Ok(())
        })
        .await?;
    app.live.nudge(&consultation.id);
    Ok(format!("report={id}"))
}

async fn find(app: &App, of: &Consultation, which: &Which, page: &Frame) -> Result<Option<Report>, Failure> {
    match IncidentId::parse(&which.report) {
        Some(id) => Ok(Some(Report::of(app, of, &id, page).await?)),
        None => Ok(None),
    }
}

fn powers(consultation: &Consultation, own: &str) -> Option<Powers> {
    match &consultation.phase {
        Phase::Open(opened) => Some(Powers {
            lock: (!opened.locked).then(|| format!("{own}/lock")),
            end: format!("{own}/end"),
        }),
        _ => None,
    }
}

fn show_incident(
    app: &App,
    page: Frame,
    which: &Which,
    (form, own, report, powers): (&'static str, String, Option<Report>, Option<Powers>),
) -> Result<Response, Failure> {
    show(&IncidentPage {
        page,
        form,
        own,
        officer: &app.config.school.officer,
        kinds: Kind::ALL,
        unsaid: which.unsaid.is_some(),
        report,
        powers,
    })
}
