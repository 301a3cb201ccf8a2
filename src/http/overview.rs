//! The first page after a launch: one's own consultations and one's invitations, and nobody else's.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;
use jiff::Timestamp;

use super::guard::Initiator;
use super::passkey::{Told, told};
use super::placing::{linked, listed};
use super::when::When;
use super::words;
use crate::app::App;
use crate::consultation::{Consultation, Phase};
use crate::error::Failure;
use crate::id::ParticipantId;
use crate::page::{Frame, show as render};
use crate::store::{Kept, Record, Sight, Trust, Visit};

/// One consultation in a list.
struct Row {
    href: String,
    title: String,
    detail: String,
    state: words::State,
}

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    page: Frame,
    may_create: bool,
    outside: bool,
    open: Vec<Row>,
    planned: Vec<Row>,
    ending: Vec<Row>,
    proven: Vec<Row>,
    invitations: Vec<Row>,
    /// Without a passkey, only what was begun in this browser is seen.
    protected: bool,
    told: Vec<Told>,
    officer: String,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    Initiator { visit, sight, now }: Initiator,
    page: Frame,
) -> Result<Response, Failure> {
    let may_create = visit.may_create && visit.place.is_some();
    let protected = sight.trust() == Trust::Proven;
    if may_create && !protected && !app.store.was_asked(&visit.person).await? {
        return Ok(Redirect::to("/passkey/new").into_response());
    }
    let (own, invited) = at_this_place(&app, &visit, &sight).await?;
    let records = app.store.receipts(&sight, now).await?;
    if !visit.may_create && own.is_empty() && records.is_empty() {
        match invited.as_slice() {
            [] => return Ok(Redirect::to("/uninvited").into_response()),
            [(_, only)] => return Ok(Redirect::to(&format!("/invited/{only}")).into_response()),
            _ => {}
        }
    }
    let when = When::new(page.language, &app.config.school.time_zone);
    let rows = |wanted: fn(&Phase) -> bool| -> Vec<Row> {
        own.iter()
            .map(|kept| &kept.consultation)
            .filter(|consultation| wanted(&consultation.phase))
            .map(|consultation| row(&page, &when, consultation))
            .collect()
    };
    let overview = Overview {
        may_create,
        protected,
        told: told(&app, &sight, &page, now).await?,
        officer: app.config.school.officer.name.clone(),
        outside: visit.place.is_none(),
        open: rows(|phase| matches!(phase, Phase::Opening { .. } | Phase::Open(_))),
        planned: rows(|phase| matches!(phase, Phase::Draft | Phase::Sealed { .. })),
        ending: rows(|phase| matches!(phase, Phase::Ended(_))),
        proven: records.iter().map(|record| proven(&page, &when, record)).collect(),
        invitations: invited
            .iter()
            .map(|(kept, person)| invitation(&page, &when, (kept, person), now))
            .collect(),
        page: page.clone(),
    };
    render(&overview)
}

/// What this person began here, and what they are invited to here.
async fn at_this_place(
    app: &App,
    visit: &Visit,
    sight: &Sight,
) -> Result<(Vec<Kept>, Vec<(Kept, ParticipantId)>), Failure> {
    let Some(place) = &visit.place else {
        return Ok((Vec::new(), Vec::new()));
    };
    let mut own = app.store.of_initiator(sight, place).await?;
    let mut concerning = app.store.of_person(&visit.person, place).await?;
    if let Some(kept) = linked(app, visit)
        .await?
        .filter(|kept| kept.consultation.place != *place)
    {
        if kept.consultation.initiator == visit.person {
            // the link says which one is meant, not whose browser this is
            own.extend(sight.shows(&kept.binding).then_some(kept));
        } else if !matches!(kept.consultation.phase, Phase::Ended(_)) {
            concerning.push(kept);
        }
    }
    let invited = concerning.into_iter().filter_map(|kept| {
        let id = listed(&kept, visit)?;
        Some((kept, id))
    });
    Ok((own, invited.collect()))
}

fn row(page: &Frame, when: &When, consultation: &Consultation) -> Row {
    let l = page.words;
    let (class, word) = match &consultation.phase {
        Phase::Draft => ("planned", fl!(l, "overview-draft")),
        Phase::Sealed { .. } => ("planned", fl!(l, "overview-planned")),
        Phase::Opening { .. } | Phase::Open(_) => ("open", fl!(l, "overview-open")),
        Phase::Ended(_) => ("pending", fl!(l, "overview-pending")),
    };
    let names: Vec<&str> = consultation
        .participants
        .iter()
        .map(|participant| participant.name.expose().as_str())
        .collect();
    let detail = if names.is_empty() {
        fl!(l, "overview-nobody")
    } else {
        fl!(l, "overview-with", names = names.join(", "))
    };
    Row {
        href: format!("/consultations/{}", consultation.id),
        title: when.moment(consultation.plan.start),
        detail,
        state: words::State { class, word },
    }
}

fn proven(page: &Frame, when: &When, record: &Record) -> Row {
    Row {
        href: format!("/records/{}", record.id),
        title: fl!(page.words, "overview-proof"),
        detail: fl!(page.words, "overview-proof-at", moment = when.moment(record.erased_at)),
        state: words::State {
            class: "erased",
            word: fl!(page.words, "overview-erased"),
        },
    }
}

fn invitation(page: &Frame, when: &When, (kept, person): (&Kept, &ParticipantId), now: Timestamp) -> Row {
    let consultation = &kept.consultation;
    let (class, word) = if matches!(consultation.phase, Phase::Open(_)) || consultation.plan.start <= now {
        ("open", fl!(page.words, "overview-invited-now"))
    } else {
        ("invited", fl!(page.words, "overview-invited"))
    };
    Row {
        href: format!("/invited/{person}"),
        title: when.moment(consultation.plan.start),
        detail: fl!(
            page.words,
            "overview-by",
            name = consultation.initiator_name.expose().as_str()
        ),
        state: words::State { class, word },
    }
}
