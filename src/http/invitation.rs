//! The invitation of one participant: what it is about, and their yes or no (rule 1).

pub(super) mod link;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;
use jiff::Timestamp;

use super::guard::Guest;
use super::when::When;
use crate::app::App;
use crate::backend::Backend;
use crate::consultation::{Consultation, Phase, Refusal};
use crate::error::Failure;
use crate::page::{Frame, show};
use crate::participant::{Participant, Standing, Title};

#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationPage<'a> {
    page: Frame,
    /// Path of this person's pages.
    own: String,
    /// "du" or "sie".
    form: &'static str,
    name: &'a str,
    initiator: &'a str,
    start: Moment,
    length: String,
    /// Role words of everybody else; never their names.
    others: Vec<String>,
    /// The talk is not on a page of ours.
    elsewhere: bool,
    remaining: Remaining,
}

/// A time, for people and for machines.
struct Moment {
    words: String,
    code: Timestamp,
}

impl Moment {
    fn of(at: Timestamp, when: &When) -> Self {
        Self {
            words: when.moment(at),
            code: at,
        }
    }
}

/// What is left to do for this person.
enum Remaining {
    Decide,
    Declined,
    /// The yes is there; people may wait from this time on.
    ComeBack(Moment),
    CheckDevices,
    Wait,
    Enter,
    Nothing,
}

pub(super) async fn show_invitation(
    State(app): State<Arc<App>>,
    guest: Guest,
    page: Frame,
) -> Result<Response, Failure> {
    if let Some(over) = over(guest.consultation()) {
        return Ok(over);
    }
    let consultation = guest.consultation();
    let when = When::new(page.language, &app.config.school.time_zone);
    show(&InvitationPage {
        own: own_path(&guest.participant),
        form: guest.participant.title.form(),
        name: guest.participant.name.expose(),
        initiator: consultation.initiator_name.expose(),
        start: Moment::of(consultation.plan.start, &when),
        length: when.minutes(consultation.plan.minutes),
        others: others(&guest, &page),
        elsewhere: app
            .backends
            .named(&consultation.backend)
            .is_ok_and(Backend::is_elsewhere),
        remaining: remaining(&app, &guest, &when),
        page,
    })
}

pub(super) async fn consent(State(app): State<Arc<App>>, guest: Guest) -> Result<Redirect, Failure> {
    let now = guest.now;
    change(&app, &guest, |participant| Ok(participant.consent(now)?)).await?;
    Ok(Redirect::to(&format!("{}/devices", own_path(&guest.participant))))
}

/// No, or no longer. Whoever is in the room is out of it at once.
pub(super) async fn decline(State(app): State<Arc<App>>, guest: Guest) -> Result<Redirect, Failure> {
    let now = guest.now;
    change(&app, &guest, |participant| Ok(participant.decline(now)?)).await?;
    leave_room(&app, &guest).await?;
    Ok(Redirect::to(&own_path(&guest.participant)))
}

/// Changes this one participant, in a consultation that is fixed and not over.
pub(super) async fn change(
    app: &App,
    guest: &Guest,
    step: impl FnOnce(&mut Participant) -> Result<(), Refusal>,
) -> Result<(), Failure> {
    let id = &guest.consultation().id;
    app.store
        .change(id, |kept| {
            if matches!(kept.consultation.phase, Phase::Draft | Phase::Ended(_)) {
                return Err(Refusal::WrongPhase.into());
            }
            step(kept.consultation.participant_mut(&guest.participant.id)?)?;
            Ok(())
        })
        .await?;
    app.live.nudge(id);
    Ok(())
}

/// Frees the seat of somebody who goes by themselves, and voids their ticket; without them nothing happens.
pub(super) async fn leave_room(app: &App, guest: &Guest) -> Result<(), Failure> {
    let id = &guest.consultation().id;
    app.store.void_ticket(id, &guest.participant.id).await?;
    if let Phase::Open(opened) = &guest.consultation().phase {
        app.backends
            .named(&guest.consultation().backend)?
            .send_back(&opened.room, &guest.participant.id)
            .await?;
    }
    Ok(())
}

/// Path of all pages of this person.
pub(super) fn own_path(participant: &Participant) -> String {
    format!("/invited/{}", participant.id)
}

/// Once it has ended, every page leads to the same end.
pub(super) fn over(consultation: &Consultation) -> Option<Response> {
    matches!(consultation.phase, Phase::Ended(_))
        .then(|| Redirect::to(&format!("/over/{}", consultation.id)).into_response())
}

fn remaining(app: &App, guest: &Guest, when: &When) -> Remaining {
    let limits = &app.config.policy.limits;
    match guest.participant.standing {
        Standing::Invited => Remaining::Decide,
        Standing::Declined { .. } => Remaining::Declined,
        Standing::Consented { .. } if guest.consultation().may_wait(limits, guest.now).is_ok() => {
            Remaining::CheckDevices
        }
        Standing::Consented { .. } => {
            let start = guest.consultation().plan.start;
            let from = start.saturating_sub(limits.early).unwrap_or(Timestamp::MIN);
            Remaining::ComeBack(Moment::of(from, when))
        }
        Standing::Waiting { .. } => Remaining::Wait,
        Standing::Admitted { .. } => Remaining::Enter,
        Standing::TurnedAway { .. } => Remaining::Nothing,
    }
}

fn others(guest: &Guest, page: &Frame) -> Vec<String> {
    guest
        .consultation()
        .participants
        .iter()
        .filter(|listed| listed.id != guest.participant.id)
        .map(|listed| role(listed.title, page))
        .collect()
}

fn role(title: Title, page: &Frame) -> String {
    match title {
        Title::Pupil => fl!(page.words, "invitation-with-pupil"),
        Title::Parent => fl!(page.words, "invitation-with-parent"),
        Title::Teacher => fl!(page.words, "invitation-with-teacher"),
        Title::Expert => fl!(page.words, "invitation-with-expert"),
        Title::Other => fl!(page.words, "invitation-with-other"),
    }
}
