//! Everybody's way in, for the initiator to hand out: links, codes, calendar files, letters.

mod calendar;
mod code;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;

use super::cockpit::petitions::{Wish, wishes};
use super::guard::Moderator;
use super::paths::PersonPath;
use super::when::When;
use super::words;
use crate::app::App;
use crate::consultation::{Phase, Refusal};
use crate::error::Failure;
use crate::id::ParticipantId;
use crate::page::{Frame, show as render};
use crate::participant::{Participant, Standing, Way};
use crate::private::Private;
use crate::store::Kept;
use code::Drawing;

/// One person's way in.
struct Entrance {
    id: String,
    name: Private<String>,
    title: String,
    state: words::State,
    link: Option<Link>,
    by_launch: bool,
    turned_away: bool,
}

/// A personal link with its code; it opens one consultation for one person.
struct Link {
    address: Private<String>,
    code: Drawing,
}

#[derive(Template)]
#[template(path = "links/links.html")]
struct LinksPage {
    page: Frame,
    id: String,
    moment: String,
    people: Vec<Entrance>,
    wishes: Vec<Wish>,
    /// It can be chosen in the learning platform, to be placed in the course.
    offered: bool,
}

#[derive(Template)]
#[template(path = "links/letter.html")]
struct LetterPage {
    page: Frame,
    id: String,
    name: Private<String>,
    initiator: Private<String>,
    form: &'static str,
    moment: String,
    minutes: String,
    link: Link,
}

pub(super) async fn show(State(app): State<Arc<App>>, moderator: Moderator, page: Frame) -> Result<Response, Failure> {
    let consultation = moderator.consultation();
    if !handed_out(&consultation.phase) {
        return Ok(back(&moderator, ""));
    }
    let people: Vec<Entrance> = consultation
        .participants
        .iter()
        .map(|person| entrance(&app, &moderator.kept, person, &page))
        .collect::<Result<_, _>>()?;
    render(&LinksPage {
        id: consultation.id.to_string(),
        moment: When::new(page.language, &app.config.school.time_zone).moment(consultation.plan.start),
        people,
        offered: app.store.is_offered(&consultation.id).await?,
        wishes: wishes(&app, consultation).await?,
        page,
    })
}

/// A page to print and hand over, for one person.
pub(super) async fn letter(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    Path(path): Path<PersonPath>,
    page: Frame,
) -> Result<Response, Failure> {
    let consultation = moderator.consultation();
    let person = consultation.participant(&path.person()?).ok_or(Failure::NotFound)?;
    let when = When::new(page.language, &app.config.school.time_zone);
    render(&LetterPage {
        id: consultation.id.to_string(),
        name: person.name.clone(),
        initiator: consultation.initiator_name.clone(),
        form: person.title.form(),
        moment: when.moment(consultation.plan.start),
        minutes: when.minutes(consultation.plan.minutes),
        link: link(&app, &moderator.kept, person)?.ok_or(Failure::NotFound)?,
        page,
    })
}

pub(super) async fn calendar(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    Path(path): Path<PersonPath>,
    page: Frame,
) -> Result<Response, Failure> {
    let consultation = moderator.consultation();
    let person = consultation.participant(&path.person()?).ok_or(Failure::NotFound)?;
    let address = address(&app, &moderator.kept, person).ok_or(Failure::NotFound)?;
    let entry = calendar::Entry {
        uid: person.id.as_str(),
        title: &fl!(page.words, "links-calendar-title"),
        link: address.expose(),
        start: consultation.plan.start,
        minutes: consultation.plan.minutes,
    };
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"termin.ics\""),
    ];
    Ok((headers, entry.write(moderator.now)).into_response())
}

/// A new link; the old one is dead at once, and so is what came in by it.
pub(super) async fn renew(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    Path(path): Path<PersonPath>,
) -> Result<Response, Failure> {
    let id = path.person()?;
    replace(&app, &moderator, &id, |kept| {
        let person = kept.consultation.participant_mut(&id)?;
        person.generation += 1;
        let copy = person.clone();
        let hash = kept.invitation(&copy).hash();
        kept.consultation.participant_mut(&id)?.invitation = Some(hash);
        Ok(())
    })
    .await?;
    Ok(back(&moderator, &format!("/links#{id}")))
}

pub(super) async fn revoke(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    Path(path): Path<PersonPath>,
) -> Result<Response, Failure> {
    let id = path.person()?;
    replace(&app, &moderator, &id, |_| Ok(())).await?;
    Ok(back(&moderator, &format!("/links#{id}")))
}

/// Voids the link and everything that came in by it, then lets the caller make a new one, in one step.
async fn replace(
    app: &App,
    moderator: &Moderator,
    id: &ParticipantId,
    then: impl FnOnce(&mut Kept) -> Result<(), Refusal>,
) -> Result<(), Failure> {
    let consultation = &moderator.consultation().id;
    let room = app.store.change(consultation, |kept| {
        if !handed_out(&kept.consultation.phase) {
            return Err(Refusal::WrongPhase.into());
        }
        kept.consultation
            .participant_mut(id)?
            .void_link()
            .map_err(Refusal::from)?;
        then(kept)?;
        Ok(kept.consultation.opened().ok().map(|opened| opened.room.clone()))
    });
    let room = room.await?;
    app.store.void_ticket(consultation, id).await?;
    if let Some(room) = room {
        let backend = app.backends.named(&moderator.consultation().backend)?;
        backend.send_back(&room, id).await?;
    }
    app.live.nudge(consultation);
    Ok(())
}

fn entrance(app: &App, kept: &Kept, person: &Participant, page: &Frame) -> Result<Entrance, Failure> {
    Ok(Entrance {
        id: person.id.to_string(),
        name: person.name.clone(),
        title: words::title(page.words, person.title),
        state: words::standing(page.words, person),
        link: link(app, kept, person)?,
        by_launch: person.way == Way::Launch,
        turned_away: matches!(person.standing, Standing::TurnedAway { .. }),
    })
}

fn link(app: &App, kept: &Kept, person: &Participant) -> Result<Option<Link>, Failure> {
    let Some(address) = address(app, kept, person) else {
        return Ok(None);
    };
    let code = code::draw(address.expose())?;
    Ok(Some(Link { address, code }))
}

/// The personal link, with its secret in the fragment, which no server ever sees in a request line.
fn address(app: &App, kept: &Kept, person: &Participant) -> Option<Private<String>> {
    person.invitation.as_ref()?;
    let mut address = app.config.public_url.join("/i").ok()?;
    address.set_fragment(Some(&kept.invitation(person).expose()));
    Some(Private::new(address.to_string()))
}

/// Ways in exist from the moment the list is fixed until the end.
fn handed_out(phase: &Phase) -> bool {
    matches!(phase, Phase::Sealed { .. } | Phase::Opening { .. } | Phase::Open(_))
}

fn back(moderator: &Moderator, rest: &str) -> Response {
    Redirect::to(&format!("/consultations/{}{rest}", moderator.consultation().id)).into_response()
}
