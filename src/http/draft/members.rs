//! Whom the initiator can pick: the members of the course, and who was here before. Nobody else sees them, and who is not
//! picked is kept nowhere.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use i18n_embed_fl::fl;
use jiff::Timestamp;
use lti13_tool::PersonName;

use super::form::Typed;
use super::notice::{self, Notice};
use super::page::{Choice, titles};
use super::{Fields, pick};
use crate::app::App;
use crate::app::rosters::{self, Outcome};
use crate::consultation::Phase;
use crate::error::Failure;
use crate::http::guard::Moderator;
use crate::id::PersonTag;
use crate::page::Frame;
use crate::participant::Title;
use crate::private::Private;
use crate::roster::{Listing, Member, Search};

/// So many are shown at once; for the rest there is the search.
const MOST_SHOWN: usize = 30;

/// The part of the page in which people are picked; the page fetches it again while somebody types.
#[derive(Template)]
#[template(path = "draft/members.html")]
pub(super) struct Members {
    page: Frame,
    id: String,
    notice: Option<Notice>,
    rows: Vec<Row>,
    /// How many more there are.
    more: usize,
    nobody: bool,
    announce: String,
}

/// Somebody who can be picked, unless another has the same name.
struct Row {
    id: String,
    pick: String,
    name: Private<String>,
    chosen: bool,
    titles: Vec<Choice>,
    twice: bool,
}

/// What the whole page needs to know about it.
pub(super) struct Offered {
    /// The part itself.
    pub(super) html: String,
    /// Whether there is anything to search in.
    pub(super) searchable: bool,
    /// Whether there is something to say about the list.
    pub(super) speaks: bool,
    /// The list of the course is still to be fetched.
    pub(super) pending: bool,
}

/// Whether the platform may be asked now, or only what is in memory be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Patience {
    /// The page comes at once and fetches the list itself.
    Memory,
    /// Somebody is searching and waits for the answer.
    Platform,
}

/// The part alone, for the page's own script.
pub(in crate::http) async fn show(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    page: Frame,
    Form(fields): Fields,
) -> Result<Response, Failure> {
    in_draft(&moderator)?;
    let offered = offer(&app, &moderator, &page, (&Typed::read(fields), Patience::Platform)).await?;
    Ok(Html(offered.html).into_response())
}

/// After the draft this part is as unknown as everything else that is not there.
pub(super) fn in_draft(moderator: &Moderator) -> Result<(), Failure> {
    if moderator.consultation().phase == Phase::Draft {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

pub(super) async fn offer(
    app: &App,
    moderator: &Moderator,
    page: &Frame,
    (typed, patience): (&Typed, Patience),
) -> Result<Offered, Failure> {
    let outcome = outcome(app, &moderator.visit.listing, patience, moderator.now).await;
    let people = people(app, moderator, outcome.as_ref()).await?;
    let l = page.words;
    let search = Search::new(typed.search.expose());
    let picks = picked(app, moderator, typed);
    let found: Vec<&Member> = people
        .iter()
        .filter(|member| member.matches(&search) && picks.iter().all(|(pick, _)| pick.person != member.person))
        .collect();
    let names = names(&people);
    let row = |member: &Member, title: Option<Title>| -> Option<Row> {
        let draft = &moderator.consultation().id;
        Some(Row {
            id: pick::row(app.vault(), draft, &member.person),
            pick: pick::seal(app.vault(), draft, member)?,
            name: member.name.clone(),
            chosen: title.is_some(),
            titles: titles(l, title.or(Some(member.title))),
            twice: title.is_none() && names.get(member.key()).is_some_and(|people| *people > 1),
        })
    };
    let chosen = picks.iter().filter_map(|(member, title)| row(member, Some(*title)));
    let rest = found.iter().take(MOST_SHOWN).filter_map(|member| row(member, None));
    let rows: Vec<Row> = chosen.chain(rest).collect();
    let part = Members {
        id: moderator.consultation().id.to_string(),
        nobody: found.is_empty() && !search.is_empty(),
        announce: if people.is_empty() {
            String::new()
        } else {
            fl!(l, "draft-found", people = found.len())
        },
        more: found.len().saturating_sub(MOST_SHOWN),
        notice: notice::of(page, &moderator.visit.listing, outcome.as_ref()),
        rows,
        page: page.clone(),
    };
    let pending = matches!((&moderator.visit.listing, &outcome), (Listing::Offered(_), None));
    Ok(Offered {
        html: part
            .render()
            .map_err(|_| Failure::Unexpected("a page could not be rendered"))?,
        searchable: pending || !people.is_empty(),
        speaks: part.notice.is_some(),
        pending,
    })
}

/// The people that are ticked in the form, with the role word beside each.
pub(super) fn picked(app: &App, moderator: &Moderator, typed: &Typed) -> Vec<(Member, Title)> {
    let draft = &moderator.consultation().id;
    let mut seen = HashSet::new();
    let members = typed
        .picks
        .iter()
        .filter_map(|pick| pick::open(app.vault(), draft, pick));
    members
        .filter(|member| seen.insert(member.person.clone()))
        .map(|member| {
            let row = pick::row(app.vault(), draft, &member.person);
            let title = typed.title_of(&row).unwrap_or(member.title);
            (member, title)
        })
        .collect()
}

async fn outcome(app: &App, listing: &Listing, patience: Patience, now: Timestamp) -> Option<Outcome> {
    let Listing::Offered(offer) = listing else {
        return None;
    };
    match patience {
        Patience::Memory => app.rosters.kept(offer, now),
        Patience::Platform => Some(rosters::find(app, offer, now).await),
    }
}

/// Everybody who can be picked, by name: not the initiator, nobody who is on the list already, nobody twice. Who was here
/// before may be missing in the platform's list, as a manager of Moodle is.
async fn people(app: &App, moderator: &Moderator, outcome: Option<&Outcome>) -> Result<Vec<Member>, Failure> {
    let consultation = moderator.consultation();
    let listed = consultation
        .participants
        .iter()
        .filter_map(|person| person.person.clone());
    let mut left_out: HashSet<PersonTag> = listed.chain([consultation.initiator.clone()]).collect();
    let mut people: Vec<Member> = match outcome {
        Some(Outcome::Read(roster)) => roster.members.clone(),
        _ => Vec::new(),
    };
    people.retain(|member| left_out.insert(member.person.clone()));
    for known in app.store.acquaintances(&consultation.place).await? {
        if left_out.insert(known.person.clone()) {
            people.extend(Member::new(
                known.person,
                &PersonName::whole(known.name.expose()),
                Title::Pupil,
            ));
        }
    }
    Member::sort(&mut people);
    Ok(people)
}

/// How many people have the same name: they could not be told apart.
fn names(people: &[Member]) -> HashMap<&str, usize> {
    people.iter().fold(HashMap::new(), |mut names, member| {
        *names.entry(member.key()).or_default() += 1;
        names
    })
}
