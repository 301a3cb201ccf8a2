//! The proof for the file: rule by rule what was applied and seen, and no person.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use i18n_embed_fl::fl;
use jiff::Timestamp;

use super::guard::Initiator;
use super::paths::ConsultationPath;
use super::when::When;
use super::words;
use crate::app::App;
use crate::error::Failure;
use crate::page::{Frame, show as render};
use crate::reaper::{Proof, RECORDING};
use crate::watch::{BREAKOUTS, INTRUDER, SECOND_MODERATOR, TWICE};

/// What the service itself has seen to go wrong, with the rule it concerns; everything else was reported by people.
const SEEN: [(&str, u8); 5] = [
    (INTRUDER, 8),
    (SECOND_MODERATOR, 4),
    (TWICE, 7),
    (BREAKOUTS, 2),
    (RECORDING, 9),
];

/// One rule of the ministry.
struct Line {
    rule: u8,
    title: String,
    text: String,
    /// What the video system was made to do for it.
    settings: Vec<String>,
    state: words::State,
}

#[derive(Template)]
#[template(path = "record/record.html")]
struct RecordPage {
    page: Frame,
    id: String,
    facts: Vec<(String, String)>,
    lines: Vec<Line>,
}

/// The same, to be kept as one file.
#[derive(Template)]
#[template(path = "record/file.html")]
struct RecordFile {
    page: Frame,
    id: String,
    facts: Vec<(String, String)>,
    lines: Vec<Line>,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    initiator: Initiator,
    Path(path): Path<ConsultationPath>,
    page: Frame,
) -> Result<Response, Failure> {
    let proof = proof(&app, &initiator, &path).await?;
    let when = When::new(page.language, &app.config.school.time_zone);
    render(&RecordPage {
        id: path.consultation()?.to_string(),
        facts: facts(&page, &when, &proof),
        lines: lines(&page, &when, &proof),
        page,
    })
}

pub(super) async fn download(
    State(app): State<Arc<App>>,
    initiator: Initiator,
    Path(path): Path<ConsultationPath>,
    page: Frame,
) -> Result<Response, Failure> {
    let proof = proof(&app, &initiator, &path).await?;
    let when = When::new(page.language, &app.config.school.time_zone);
    let id = path.consultation()?;
    let short = id.as_str().get(..8).unwrap_or_default().to_owned();
    let mut response = render(&RecordFile {
        id: id.to_string(),
        facts: facts(&page, &when, &proof),
        lines: lines(&page, &when, &proof),
        page,
    })?;
    let disposition = format!("attachment; filename=\"nachweis-{short}.html\"");
    let disposition = disposition.parse().map_err(|_| Failure::Unexpected("a file name"))?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response.into_response())
}

/// The proof of the person who began the consultation, for a day; nobody else finds it here.
async fn proof(app: &App, initiator: &Initiator, path: &ConsultationPath) -> Result<Proof, Failure> {
    let id = path.consultation()?;
    let receipts = app.store.receipts(&initiator.sight, initiator.now).await?;
    let record = receipts
        .into_iter()
        .find(|record| record.id == id)
        .ok_or(Failure::NotFound)?;
    serde_json::from_str(&record.proof).map_err(|_| Failure::Unexpected("a stored proof cannot be read"))
}

fn facts(page: &Frame, when: &When, proof: &Proof) -> Vec<(String, String)> {
    let l = page.words;
    let opened = proof.opened_at.map(|at| when.exact(at));
    let mut facts = vec![
        (fl!(l, "record-school"), page.school.clone()),
        (
            fl!(l, "record-planned"),
            format!(
                "{} ({})",
                when.exact(proof.planned_start),
                when.minutes(proof.planned_minutes)
            ),
        ),
        (
            fl!(l, "record-opened"),
            opened.unwrap_or_else(|| fl!(l, "record-never-opened")),
        ),
        (fl!(l, "record-ended"), when.exact(proof.ended_at)),
        (fl!(l, "record-reason"), reason(page, &proof.reason)),
        (fl!(l, "record-erased"), when.exact(proof.erased_at)),
        (fl!(l, "record-invited"), proof.invited.to_string()),
        (fl!(l, "record-admissions"), proof.admissions.to_string()),
        (fl!(l, "record-backend"), backend(page, proof)),
    ];
    if let Some(room) = &proof.room {
        facts.push((fl!(l, "record-room"), room.clone()));
    }
    facts
}

fn reason(page: &Frame, code: &str) -> String {
    let l = page.words;
    match code {
        "initiator" => fl!(l, "record-reason-initiator"),
        "empty" => fl!(l, "record-reason-empty"),
        "planned_end" => fl!(l, "record-reason-planned-end"),
        "initiator_absent" => fl!(l, "record-reason-absent"),
        "room_lost" => fl!(l, "record-reason-room-lost"),
        "violation" => fl!(l, "record-reason-violation"),
        "expired" => fl!(l, "record-reason-expired"),
        "restored" => fl!(l, "record-reason-restored"),
        _ => fl!(l, "record-reason-cancelled"),
    }
}

/// By its own name too, where the school has given it one.
fn backend(page: &Frame, proof: &Proof) -> String {
    let kind = match proof.backend.as_str() {
        "embedded" => fl!(page.words, "record-backend-embedded"),
        kind => words::video_system(page.words, None, kind),
    };
    match &proof.system {
        Some(system) => format!("{system} ({kind})"),
        None => kind,
    }
}

fn lines(page: &Frame, when: &When, proof: &Proof) -> Vec<Line> {
    let l = page.words;
    let fixed = proof.sealed_at.map(|at| when.exact(at));
    let gone = proof.room_gone_at.map(|at| when.exact(at));
    let intruders = proof.incidents.iter().filter(|(kind, _)| kind == INTRUDER).count();
    let attempts: u32 = proof.attempts.saturating_add(1);
    let by_people = |(kind, _): &&(String, Timestamp)| SEEN.iter().all(|(seen, _)| seen != kind);
    let reported = proof.incidents.iter().filter(by_people).count();
    let texts = [
        (fl!(l, "record-rule-1"), fl!(l, "record-rule-1-text")),
        (
            fl!(l, "record-rule-2"),
            fixed.map_or_else(
                || fl!(l, "record-never-sealed"),
                |time| fl!(l, "record-rule-2-text", time = time, people = proof.invited),
            ),
        ),
        (
            fl!(l, "record-rule-3"),
            fl!(l, "record-rule-3-text", admissions = proof.admissions),
        ),
        (fl!(l, "record-rule-4"), fl!(l, "record-rule-4-text")),
        (fl!(l, "record-rule-5"), fl!(l, "record-rule-5-text")),
        (
            fl!(l, "record-rule-6"),
            gone.map_or_else(
                || fl!(l, "record-rule-6-no-room", erased = when.exact(proof.erased_at)),
                |gone| {
                    fl!(
                        l,
                        "record-rule-6-text",
                        gone = gone,
                        erased = when.exact(proof.erased_at),
                        attempts = attempts
                    )
                },
            ),
        ),
        (fl!(l, "record-rule-7"), fl!(l, "record-rule-7-text")),
        (
            fl!(l, "record-rule-8"),
            fl!(l, "record-rule-8-text", intruders = intruders),
        ),
        (fl!(l, "record-rule-9"), fl!(l, "record-rule-9-text")),
        (
            fl!(l, "record-rule-10"),
            fl!(l, "record-rule-10-text", reported = reported),
        ),
    ];
    let numbered = (1..).zip(texts);
    numbered
        .map(|(rule, said)| line(page, proof, (rule, said), reported))
        .collect()
}

fn line(page: &Frame, proof: &Proof, (rule, (title, text)): (u8, (String, String)), reported: usize) -> Line {
    let noted = noted(page, proof, rule);
    Line {
        rule,
        title,
        settings: settings(page, proof, rule),
        state: state(page, !noted.is_empty() || (rule == 10 && reported > 0)),
        text: [vec![text], noted].concat().join(" "),
    }
}

fn settings(page: &Frame, proof: &Proof, rule: u8) -> Vec<String> {
    let of_rule = proof.settings.iter().filter(|(kept, _)| *kept == rule);
    of_rule.map(|(_, code)| words::setting(page.words, code)).collect()
}

/// What the service has seen to go wrong with a rule, each once.
fn noted(page: &Frame, proof: &Proof, rule: u8) -> Vec<String> {
    let l = page.words;
    let of_rule = SEEN
        .into_iter()
        .filter(|(kind, of)| *of == rule && proof.incidents.iter().any(|(noted, _)| noted == kind));
    of_rule
        .map(|(kind, _)| match kind {
            INTRUDER => fl!(l, "record-noted-intruder"),
            SECOND_MODERATOR => fl!(l, "record-noted-moderator"),
            TWICE => fl!(l, "record-noted-twice"),
            BREAKOUTS => fl!(l, "record-noted-breakouts"),
            _ => fl!(l, "record-noted-recording"),
        })
        .collect()
}

/// What went wrong is noted, not hidden.
fn state(page: &Frame, is_noted: bool) -> words::State {
    if is_noted {
        words::State {
            class: "noted",
            word: fl!(page.words, "record-noted"),
        }
    } else {
        words::State {
            class: "kept",
            word: fl!(page.words, "record-kept"),
        }
    }
}
