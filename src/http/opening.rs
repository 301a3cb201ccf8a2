//! The checklist before the room opens, and the opening: the room id is committed before the room is made (rule 5).

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;
use jiff::Timestamp;

use super::guard::Moderator;
use crate::app::{App, random};
use crate::backend::{BackendError, Notices, Order};
use crate::consultation::{Consultation, Phase, Refusal};
use crate::error::Failure;
use crate::id::{ConsultationId, RoomId};
use crate::inspection;
use crate::page::{Frame, Language, show_with};
use crate::participant::Title;
use crate::private::Private;
use crate::store::StoreError;

/// A room of another system may exist so many minutes longer than the talk.
const SPARE_MINUTES: u32 = 5;
/// What the initiator confirms, in the order of the page.
const TICKS: [&str; 4] = ["people", "cameras", "announcement", "consent"];

struct Tick {
    name: &'static str,
    words: String,
    hint: String,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "opening.html")]
struct OpeningPage {
    page: Frame,
    id: String,
    names: Vec<Private<String>>,
    ticks: Vec<Tick>,
    say: String,
    incomplete: bool,
}

pub(super) async fn show(State(app): State<Arc<App>>, moderator: Moderator, page: Frame) -> Result<Response, Failure> {
    match &moderator.consultation().phase {
        Phase::Sealed { .. } => {
            app.leaving.refuse_new()?;
            checklist(StatusCode::OK, moderator.consultation(), page, &[])
        }
        _ => Ok(to(&moderator.consultation().id)),
    }
}

/// Opens the room once, however often it is clicked.
pub(super) async fn open(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    page: Frame,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    app.leaving.refuse_new()?;
    let ticked: Vec<&str> = fields.iter().map(|(field, _)| field.as_str()).collect();
    if TICKS.iter().any(|tick| !ticked.contains(tick)) {
        return checklist(
            StatusCode::UNPROCESSABLE_ENTITY,
            moderator.consultation(),
            page,
            &ticked,
        );
    }
    fit(&app, &moderator).await?;
    let consultation = moderator.consultation().clone();
    let id = consultation.id.clone();
    // a task of its own: whoever closes the page meanwhile leaves nothing half made
    let opening = tokio::spawn(async move { commit_and_make(&app, &consultation, moderator.now).await });
    opening
        .await
        .map_err(|_| Failure::Unexpected("an opening that broke off"))??;
    Ok(to(&id))
}

async fn commit_and_make(app: &App, consultation: &Consultation, now: Timestamp) -> Result<(), Failure> {
    let room = RoomId::new(random());
    let committed = app
        .store
        .change(&consultation.id, |kept| commit(&mut kept.consultation, &room, now));
    match committed.await {
        Ok(()) => make(app, consultation, &room, now).await,
        // another click was faster, and its room is the one room
        Err(StoreError::Refused(Refusal::WrongPhase)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Nothing is opened in a video system that has not shown that it keeps every rule; the consultation stays fixed as it is.
async fn fit(app: &App, moderator: &Moderator) -> Result<(), Failure> {
    let configured = app.backends.configured(&moderator.consultation().backend)?;
    let examination = match configured.valid(moderator.now) {
        // a server that could not be reached may have come back: a person who clicks is always worth a try
        Some(examination) if examination.outcome.unreached.is_none() => examination,
        _ => inspection::examine(app, configured, moderator.now).await?,
    };
    let rules = examination.outcome.broken_rules();
    if rules.is_empty() {
        return Ok(());
    }
    doubt(app, &moderator.consultation().backend);
    Err(match examination.outcome.unreached {
        Some(error @ BackendError::Expired) => Failure::Backend(error),
        _ => Failure::Unfit(rules),
    })
}

/// After a failed opening the video system is tested again.
fn doubt(app: &App, backend: &str) {
    if let Ok(configured) = app.backends.configured(backend) {
        configured.doubt();
    }
    app.inspect.notify_one();
}

fn commit(consultation: &mut Consultation, room: &RoomId, now: Timestamp) -> Result<(), StoreError> {
    if !matches!(consultation.phase, Phase::Sealed { .. }) {
        return Err(Refusal::WrongPhase.into());
    }
    consultation.initiator_consented_at = Some(now);
    Ok(consultation.open(room.clone(), now)?)
}

/// Makes the room that was committed. If the video system fails, its id is burnt and nothing else is lost.
async fn make(app: &App, consultation: &Consultation, room: &RoomId, now: Timestamp) -> Result<(), Failure> {
    let id = &consultation.id;
    let configured = app.backends.configured(&consultation.backend)?;
    let made = configured.backend.create(&order(app, consultation, room, now)).await;
    let outcome = match configured.note(made, now) {
        Err(error) => {
            give_up(app, id, room, now).await?;
            doubt(app, &consultation.backend);
            Err(error.into())
        }
        Ok(made) => {
            let opened = app
                .store
                .change(id, |kept| Ok(kept.consultation.made(&made, now)?))
                .await;
            match opened {
                // ended in the meantime: the reaper knows the room and ends it
                Ok(()) | Err(StoreError::Refused(_)) => Ok(()),
                Err(error) => Err(error.into()),
            }
        }
    };
    app.live.nudge(id);
    app.look.notify_one();
    outcome
}

/// What the room must be like. It ends by itself a little after we would end it.
fn order(app: &App, consultation: &Consultation, room: &RoomId, now: Timestamp) -> Order {
    let until = consultation.plan.end().max(now).duration_since(now) + app.config.policy.limits.grace;
    let minutes = u32::try_from(until.as_mins())
        .unwrap_or_default()
        .saturating_add(SPARE_MINUTES);
    // in the languages of whoever may read it there
    let said = |say: fn(Language) -> String| Language::ALL.iter().copied().map(say).collect::<Vec<_>>().join(" · ");
    Order {
        room: room.clone(),
        people: consultation.participants.len() + 1,
        minutes,
        notices: Notices {
            welcome: said(|language| fl!(language.words(), "elsewhere-welcome")),
            banner: said(|language| fl!(language.words(), "elsewhere-banner")),
            for_moderator: said(|language| fl!(language.words(), "elsewhere-for-moderator")),
        },
        over: app.page_url(&format!("/over/{}", consultation.id)),
    }
}

async fn give_up(app: &App, id: &ConsultationId, room: &RoomId, now: Timestamp) -> Result<(), Failure> {
    let given_up = app.store.not_made(id, room, now).await;
    app.reap.notify_one();
    match given_up {
        // ended in the meantime: the reaper knows the room and ends it
        Err(StoreError::Refused(_)) => Ok(()),
        other => Ok(other?),
    }
}

fn checklist(
    status: StatusCode,
    consultation: &Consultation,
    page: Frame,
    ticked: &[&str],
) -> Result<Response, Failure> {
    let l = page.words;
    let pupils_only = consultation
        .participants
        .iter()
        .all(|participant| participant.title == Title::Pupil);
    let form = if pupils_only { "du" } else { "sie" };
    let words = [
        (fl!(l, "opening-people"), fl!(l, "opening-people-hint")),
        (fl!(l, "opening-cameras"), fl!(l, "opening-cameras-hint")),
        (fl!(l, "opening-announcement"), fl!(l, "opening-announcement-hint")),
        (fl!(l, "opening-consent"), fl!(l, "opening-consent-hint")),
    ];
    let ticks = TICKS.into_iter().zip(words).map(|(name, (words, hint))| Tick {
        name,
        words,
        hint,
        ticked: ticked.contains(&name),
    });
    let shown = OpeningPage {
        id: consultation.id.to_string(),
        names: consultation
            .participants
            .iter()
            .map(|participant| participant.name.clone())
            .collect(),
        ticks: ticks.collect(),
        say: fl!(l, "opening-say", form = form),
        incomplete: status != StatusCode::OK,
        page,
    };
    show_with(status, &shown)
}

fn to(id: &ConsultationId) -> Response {
    Redirect::to(&format!("/consultations/{id}")).into_response()
}
