//! The living part of the cockpit: who is where, what may be done, and what is wrong. The room shows it as a side sheet.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use i18n_embed_fl::fl;
use jiff::Timestamp;

use super::petitions::{Wish, wishes};
use crate::app::App;
use crate::backend::{Backend, BackendError, Fitness, View};
use crate::consultation::{Consultation, Phase, Refusal};
use crate::error::Failure;
use crate::http::guard::Moderator;
use crate::http::when::When;
use crate::http::words::{self, State as Word};
use crate::page::Frame;
use crate::participant::{Participant, Seat, Standing};
use crate::private::Private;
use crate::reaper::{self, RECORDING};
use crate::watch::{BREAKOUTS, INTRUDER, SECOND_MODERATOR, TWICE};

/// A video system that answers later than this is called slow, and the page goes on without it.
const PATIENCE: Duration = Duration::from_secs(2);

/// The part itself, and what the whole page needs of it.
#[derive(Template)]
#[template(path = "cockpit/people.html")]
pub(super) struct People {
    page: Frame,
    id: String,
    announce: String,
    waiting: usize,
    /// What was seen, and what to do.
    alarms: Vec<(String, String)>,
    /// Why nobody knows who is in the room, if nobody does.
    silence: Option<String>,
    /// What the initiator has to do beside the clicks here.
    hints: Vec<String>,
    is_open: bool,
    locked: bool,
    wishes: Vec<Wish>,
    list: Vec<Person>,
}

struct Person {
    id: String,
    name: Private<String>,
    title: String,
    state: Word,
    waits_since: Option<String>,
    may_enter: bool,
    inside: bool,
    may_be_turned_away: bool,
}

#[derive(Template)]
#[template(path = "cockpit/ended_part.html")]
struct EndedPart {
    page: Frame,
    ended_at: String,
    attempts: u32,
    /// When it is tried again, after a failed attempt.
    next: Option<String>,
    /// The video system is not asked, as nobody can be sure that it is the right one.
    expired: bool,
    announce: String,
}

pub(in crate::http) async fn show(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    page: Frame,
) -> Result<Response, Failure> {
    let html = match &moderator.consultation().phase {
        Phase::Ended(_) => ended(&app, &moderator, &page).await?,
        _ => rendered(&of(&app, &moderator, &page).await?)?,
    };
    Ok(Html(html).into_response())
}

pub(super) async fn of(app: &App, moderator: &Moderator, page: &Frame) -> Result<People, Failure> {
    let consultation = moderator.consultation();
    let view = view(app, consultation, moderator.now).await;
    let incidents = app.store.incidents(&consultation.id).await?;
    let when = When::new(page.language, &app.config.school.time_zone);
    let opened = consultation.opened().ok();
    let locked = opened.is_some_and(|opened| opened.locked);
    let people: Vec<Person> = consultation
        .participants
        .iter()
        .map(|participant| person(page, consultation, participant, view.as_ref()))
        .collect();
    let names: Vec<&str> = people
        .iter()
        .filter(|person| person.waits_since.is_some())
        .map(|person| person.name.expose().as_str())
        .collect();
    let announce = if names.is_empty() {
        String::new()
    } else {
        fl!(page.words, "cockpit-waiting-names", names = names.join(", "))
    };
    Ok(People {
        page: page.clone(),
        id: consultation.id.to_string(),
        announce,
        waiting: names.len(),
        alarms: incidents
            .iter()
            .filter_map(|(kind, at)| alarm(app, consultation, page, (kind, &when.time(*at))))
            .collect(),
        silence: view.is_none().then(|| silence(app, consultation, page, moderator.now)),
        hints: hints(app, consultation, page, view.as_ref()),
        is_open: opened.is_some(),
        locked,
        wishes: wishes(app, consultation).await?,
        list: people,
    })
}

/// What is shown between the end and the proof.
pub(super) async fn ended(app: &App, moderator: &Moderator, page: &Frame) -> Result<String, Failure> {
    let id = &moderator.consultation().id;
    let pending = app.store.pending().await?;
    let pending = pending.iter().find(|pending| &pending.id == id);
    let attempts = pending.map_or(0, |pending| pending.attempts);
    let when = When::new(page.language, &app.config.school.time_zone);
    let next = pending.filter(|pending| pending.attempts > 0).map(|pending| {
        let system = app.backends.configured(&pending.backend).ok();
        let rests_until = system.and_then(|system| system.rests_until(moderator.now));
        when.exact(rests_until.map_or(pending.try_at, |until| until.max(pending.try_at)))
    });
    let ended_at = match &moderator.consultation().phase {
        Phase::Ended(ended) => ended.at,
        _ => moderator.now,
    };
    rendered(&EndedPart {
        page: page.clone(),
        ended_at: when.time(ended_at),
        attempts,
        next,
        expired: pending.is_some_and(|pending| pending.problem.as_deref() == Some(reaper::CERTIFICATE)),
        announce: fl!(page.words, "ended-pending"),
    })
}

pub(super) fn room_state(page: &Frame, consultation: &Consultation) -> Word {
    let l = page.words;
    let (class, word) = match &consultation.phase {
        Phase::Draft | Phase::Sealed { .. } => ("planned", fl!(l, "cockpit-room-planned")),
        Phase::Opening { .. } => ("pending", fl!(l, "cockpit-room-opening")),
        Phase::Open(_) => ("open", fl!(l, "cockpit-room-open")),
        Phase::Ended(_) => ("pending", fl!(l, "overview-pending")),
    };
    Word { class, word }
}

/// Why a click was not followed.
pub(super) fn refusal(page: &Frame, refusal: Refusal) -> String {
    let l = page.words;
    match refusal {
        Refusal::Locked => fl!(l, "cockpit-refused-locked"),
        Refusal::InitiatorGone => fl!(l, "cockpit-refused-gone"),
        Refusal::WrongStanding(_) => fl!(l, "cockpit-refused-standing"),
        _ => fl!(l, "cockpit-refused-phase"),
    }
}

/// What the watch has seen, as the initiator reads it; reports by people are no alarms.
fn alarm(app: &App, consultation: &Consultation, page: &Frame, (kind, time): (&str, &str)) -> Option<(String, String)> {
    let l = page.words;
    let cut = app
        .backends
        .named(&consultation.backend)
        .is_ok_and(Backend::removes_people);
    let by_hand = || fl!(l, "cockpit-alarm-by-hand");
    Some(match kind {
        INTRUDER if cut => (fl!(l, "cockpit-alarm", time = time), fl!(l, "cockpit-alarm-hint")),
        INTRUDER => (fl!(l, "cockpit-alarm", time = time), by_hand()),
        SECOND_MODERATOR => (fl!(l, "cockpit-alarm-moderator", time = time), by_hand()),
        RECORDING => (fl!(l, "cockpit-alarm-recording", time = time), by_hand()),
        TWICE => (fl!(l, "cockpit-alarm-twice", time = time), fl!(l, "cockpit-alarm-look")),
        BREAKOUTS => (
            fl!(l, "cockpit-alarm-breakouts", time = time),
            fl!(l, "cockpit-alarm-look"),
        ),
        _ => return None,
    })
}

/// In a room that is not a page of ours the initiator goes first, and takes people out there.
fn hints(app: &App, consultation: &Consultation, page: &Frame, view: Option<&View>) -> Vec<String> {
    let backend = app.backends.named(&consultation.backend).ok();
    let backend = backend.filter(|backend| backend.is_elsewhere() && consultation.opened().is_ok());
    let (Some(backend), Some(view)) = (backend, view) else {
        return Vec::new();
    };
    let still_inside = consultation.participants.iter().filter(|participant| {
        let admitted = matches!(participant.standing, Standing::Admitted { .. });
        !admitted && !backend.removes_people() && view.shows(&Seat::Participant(participant.id.clone()))
    });
    let mut hints: Vec<String> = still_inside
        .map(|participant| {
            fl!(
                page.words,
                "elsewhere-still-inside",
                name = participant.name.expose().as_str()
            )
        })
        .collect();
    if !view.shows(&Seat::Moderator) {
        hints.push(fl!(page.words, "elsewhere-first"));
    }
    hints
}

/// Who sits in the room; `None` when the video system does not say so in time. Another server is asked only where the watch of
/// this process has not just done so.
async fn view(app: &App, consultation: &Consultation, now: Timestamp) -> Option<View> {
    let Phase::Open(opened) = &consultation.phase else {
        return Some(View::default());
    };
    let system = app.backends.configured(&consultation.backend).ok()?;
    if system.backend.is_elsewhere() {
        if let Some(view) = app.views.fresh(&consultation.id, now) {
            return Some(view);
        }
        if system.rests_until(now).is_some() {
            return None;
        }
    }
    let answer = tokio::time::timeout(PATIENCE, system.backend.view(&opened.room)).await;
    match answer.ok()? {
        // the room lives in another process, which has told what it saw
        Err(BackendError::NoRoom) if !system.backend.is_elsewhere() => app.sighting(&consultation.id).await,
        view => view.ok(),
    }
}

fn silence(app: &App, consultation: &Consultation, page: &Frame, now: Timestamp) -> String {
    let system = app.backends.configured(&consultation.backend).ok();
    match system.map(|system| system.fitness(now)) {
        Some(Fitness::Resting(_, BackendError::Expired)) => fl!(page.words, "cockpit-expired"),
        _ => fl!(page.words, "cockpit-slow"),
    }
}

fn person(page: &Frame, of: &Consultation, participant: &Participant, view: Option<&View>) -> Person {
    let seat = Seat::Participant(participant.id.clone());
    let connected = view.is_some_and(|view| view.shows(&seat));
    let admitted = matches!(participant.standing, Standing::Admitted { .. });
    let state = if admitted && connected {
        Word {
            class: "inside",
            word: fl!(page.words, "standing-inside"),
        }
    } else {
        words::standing(page.words, participant)
    };
    let opened = of.opened().ok();
    let waits_since = match participant.standing {
        Standing::Waiting { since, .. } => Some(since.to_string()),
        _ => None,
    };
    Person {
        id: participant.id.to_string(),
        name: participant.name.clone(),
        title: words::title(page.words, participant.title),
        state,
        may_enter: waits_since.is_some() && opened.is_some_and(|opened| !opened.locked),
        may_be_turned_away: waits_since.is_some() || admitted,
        inside: admitted,
        waits_since,
    }
}

fn rendered(part: &impl Template) -> Result<String, Failure> {
    part.render()
        .map_err(|_| Failure::Unexpected("a part of a page could not be rendered"))
}
