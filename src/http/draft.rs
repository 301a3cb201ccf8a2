//! A new consultation: when, who, and the moment the list is fixed.

mod form;
pub(super) mod members;
mod notice;
mod page;
mod pick;
mod system;

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use jiff::Timestamp;

use super::guard::{Creator, Moderator};
use super::paths::PersonPath;
use super::when::When;
use crate::app::{App, random};
use crate::consultation::{Consultation, Phase, Plan, Refusal};
use crate::error::Failure;
use crate::id::{ConsultationId, ParticipantId};
use crate::page::Frame;
use crate::participant::{Participant, Standing, Title, Way};
use crate::private::Private;
use crate::roster::Member;
use crate::store::{Kept, StoreError};
use crate::vault::DataKey;
use form::{Mistake, Typed, TypedPerson};

pub(super) use page::show;

/// The form as the browser sends it; it has a field per person who can be picked.
pub(super) type Fields = Form<Vec<(String, String)>>;

pub(super) async fn new(State(app): State<Arc<App>>, creator: Creator, frame: Frame) -> Result<Response, Failure> {
    app.leaving.refuse_new()?;
    let typed = Typed::proposed(&When::new(frame.language, &app.config.school.time_zone), creator.now);
    page::new(StatusCode::OK, frame, typed, (None, creator.trust))
}

pub(super) async fn create(
    State(app): State<Arc<App>>,
    creator: Creator,
    jar: CookieJar,
    frame: Frame,
    Form(fields): Fields,
) -> Result<Response, Failure> {
    app.leaving.refuse_new()?;
    let now = creator.now;
    let typed = Typed::read(fields);
    let when = When::new(frame.language, &app.config.school.time_zone);
    let plan = match typed.plan(&when, None, now) {
        Ok(plan) => plan,
        Err(mistake) => {
            let wrong = (Some(mistake), creator.trust);
            return page::new(StatusCode::UNPROCESSABLE_ENTITY, frame, typed, wrong);
        }
    };
    let draft = Consultation {
        id: ConsultationId::new(random()),
        place: creator.place,
        initiator: creator.visit.person,
        initiator_name: creator.visit.name,
        initiator_consented_at: None,
        plan,
        backend: app.backends.proposed(&creator.visit.platform, now)?.name.clone(),
        created_at: now,
        incidents: 0,
        admissions: 0,
        phase: Phase::Draft,
        participants: Vec::new(),
    };
    app.store
        .insert(&draft, DataKey::new(random()), &creator.binding)
        .await?;
    // the browser it was begun in is the one that sees it
    Ok((jar.add(creator.cookie), to(&draft.id, "")).into_response())
}

/// Keeps everything that stands in the form: the time, and whoever is named or chosen.
pub(super) async fn save(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    frame: Frame,
    Form(fields): Fields,
) -> Result<Response, Failure> {
    let typed = Typed::read(fields);
    if typed.only_searches() {
        return found(&app, moderator, frame, typed).await;
    }
    submit(&app, moderator, frame, (typed, Purpose::Keep)).await
}

/// Looks for somebody in the course, for browsers without scripts: nothing is kept, and everything typed stays.
pub(super) async fn search(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    frame: Frame,
    Form(fields): Fields,
) -> Result<Response, Failure> {
    found(&app, moderator, frame, Typed::read(fields)).await
}

async fn found(app: &App, moderator: Moderator, frame: Frame, typed: Typed) -> Result<Response, Failure> {
    members::in_draft(&moderator)?;
    page::typed(app, moderator, frame, (typed, None)).await
}

pub(super) async fn remove(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    Path(path): Path<PersonPath>,
    frame: Frame,
    Form(fields): Fields,
) -> Result<Response, Failure> {
    let person = path.person()?;
    submit(&app, moderator, frame, (Typed::read(fields), Purpose::Remove(person))).await
}

/// Fixes the list. Somebody who is only named in the form is put on it first, and the list shown once more (rule 2).
pub(super) async fn seal(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    frame: Frame,
    Form(fields): Fields,
) -> Result<Response, Failure> {
    let typed = Typed::read(fields);
    let purpose = if typed.names_somebody() {
        Purpose::Check
    } else {
        Purpose::Seal
    };
    submit(&app, moderator, frame, (typed, purpose)).await
}

/// What the pressed button is for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Purpose {
    Keep,
    Remove(ParticipantId),
    Check,
    Seal,
}

async fn submit(
    app: &App,
    moderator: Moderator,
    frame: Frame,
    (typed, purpose): (Typed, Purpose),
) -> Result<Response, Failure> {
    let id = moderator.consultation().id.clone();
    let outcome = match read(app, &moderator, &frame, (&typed, &purpose)) {
        Ok(wish) => apply(app, &moderator, (wish, &purpose)).await?,
        Err(mistake) => Err(mistake),
    };
    match (outcome, purpose) {
        (Err(mistake), _) => page::typed(app, moderator, frame, (typed, Some(mistake))).await,
        (Ok(()), Purpose::Seal) => Ok(to(&id, "/links")),
        (Ok(()), Purpose::Check) => Ok(to(&id, "?check=1#list")),
        (Ok(()), Purpose::Keep | Purpose::Remove(_)) => Ok(to(&id, "#list")),
    }
}

/// What the form says, once it is right.
struct Wish {
    plan: Plan,
    /// Name of the video system.
    system: String,
    people: Vec<Participant>,
}

/// The plan, the video system and the new people of the form, or what is wrong with them.
fn read(
    app: &App,
    moderator: &Moderator,
    frame: &Frame,
    (typed, purpose): (&Typed, &Purpose),
) -> Result<Wish, Mistake> {
    let when = When::new(frame.language, &app.config.school.time_zone);
    let kept = (*purpose != Purpose::Seal).then_some(moderator.consultation().plan);
    let plan = typed.plan(&when, kept, moderator.now)?;
    let mut people: Vec<Participant> = typed.person()?.map(by_name).into_iter().collect();
    let picked = members::picked(app, moderator, typed);
    people.extend(picked.into_iter().map(|(member, title)| by_account(member, title)));
    Ok(Wish {
        plan,
        system: system::chosen(app, moderator, typed)?,
        people,
    })
}

async fn apply(
    app: &App,
    moderator: &Moderator,
    (wish, purpose): (Wish, &Purpose),
) -> Result<Result<(), Mistake>, Failure> {
    let id = &moderator.consultation().id;
    let limits = &app.config.policy.limits;
    let changed = app.store.change(id, |kept| {
        kept.consultation.replan(wish.plan)?;
        kept.consultation.choose(&wish.system)?;
        if let Purpose::Remove(person) = purpose {
            kept.consultation.remove(person)?;
        }
        for person in wish.people {
            kept.consultation.add(person, limits)?;
        }
        if *purpose == Purpose::Seal {
            fix(kept, moderator.now)?;
        }
        Ok(())
    });
    let changed = changed.await;
    app.live.nudge(id);
    match changed {
        Ok(()) => Ok(Ok(())),
        Err(StoreError::Refused(refusal)) => match Mistake::of(refusal) {
            Some(mistake) => Ok(Err(mistake)),
            None => Err(refusal.into()),
        },
        Err(error) => Err(error.into()),
    }
}

/// Seals the list and makes the personal links in the same step: no link exists before, and none is missing after (rules 2 and 7).
fn fix(kept: &mut Kept, now: Timestamp) -> Result<(), Refusal> {
    kept.consultation.seal(now)?;
    let hashes: Vec<_> = kept
        .consultation
        .participants
        .iter()
        .map(|person| (person.way == Way::Link).then(|| kept.invitation(person).hash()))
        .collect();
    for (person, hash) in kept.consultation.participants.iter_mut().zip(hashes) {
        person.invitation = hash;
    }
    Ok(())
}

fn by_name(typed: TypedPerson) -> Participant {
    listed(typed.name, typed.title, typed.way)
}

/// Bound to this account from the beginning: recognised at launch by it and by nothing else.
fn by_account(member: Member, title: Title) -> Participant {
    Participant {
        person: Some(member.person),
        ..listed(member.name, title, Way::Launch)
    }
}

fn listed(name: Private<String>, title: Title, way: Way) -> Participant {
    Participant {
        id: ParticipantId::new(random()),
        name,
        title,
        way,
        person: None,
        invitation: None,
        generation: 0,
        browser: None,
        standing: Standing::Invited,
    }
}

fn to(id: &ConsultationId, rest: &str) -> Response {
    Redirect::to(&format!("/consultations/{id}{rest}")).into_response()
}
