//! A launch by a placed link: to which consultation it belongs, and what is said when it belongs to none.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use i18n_embed_fl::fl;
use lti13_tool::Launch;

use super::{CONSULTATION, COURSE, mark};
use crate::app::App;
use crate::consultation::Phase;
use crate::error::Failure;
use crate::http::headers::Framed;
use crate::id::{ConsultationId, CourseTag, ParticipantId};
use crate::page::{Frame, show_with};
use crate::private::Secret;
use crate::store::{Kept, StoreError, Visit};

/// What the link of a launch names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::http) enum Link {
    /// No consultation: it is a door.
    Door,
    /// This consultation, in the very course it was offered in.
    Here(ConsultationId),
    /// Something of another course: the link was copied.
    Copied,
    /// A consultation that is over, or never was.
    Gone,
}

#[derive(Template)]
#[template(path = "placing/nowhere.html")]
struct NowherePage {
    page: Frame,
    title: String,
    text: String,
    /// For whoever edits the course.
    advice: Option<String>,
}

impl Link {
    /// Reads the custom parameters of a launch in this course.
    pub(in crate::http) async fn of(app: &App, launch: &Launch, course: Option<&CourseTag>) -> Result<Self, Failure> {
        let named = launch.custom(CONSULTATION).filter(|named| !named.trim().is_empty());
        let Some((named, course)) = named.zip(course) else {
            return Ok(Self::Door);
        };
        let home = launch.custom(COURSE).map(str::trim);
        if home.is_some_and(|home| home != mark(app, course)) {
            return Ok(Self::Copied);
        }
        let Some(secret) = Secret::parse(named) else {
            return Ok(Self::Gone);
        };
        match app.store.by_link(&secret.hash()).await {
            Ok((id, home)) if home == *course => Ok(Self::Here(id)),
            Ok(_) => Ok(Self::Copied),
            Err(StoreError::NotFound) => Ok(Self::Gone),
            Err(error) => Err(error.into()),
        }
    }
}

/// The consultation of the link that somebody came by, as long as there is one.
pub(in crate::http) async fn linked(app: &App, visit: &Visit) -> Result<Option<Kept>, Failure> {
    let Some(id) = &visit.link else {
        return Ok(None);
    };
    match app.store.load(id).await {
        Ok(kept) => Ok(Some(kept)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Who of the list this visit is; a draft is nobody's business yet.
pub(in crate::http) fn listed(kept: &Kept, visit: &Visit) -> Option<ParticipantId> {
    if kept.consultation.phase == Phase::Draft {
        return None;
    }
    let mut people = kept.consultation.participants.iter();
    let listed = people.find(|listed| listed.person.as_ref() == Some(&visit.person))?;
    Some(listed.id.clone())
}

/// Where somebody goes first: straight to their invitation, if they are on the list of the consultation whose link they came by.
/// Its initiator comes to the overview like every teacher: a launch does not tell whose browser it is, and whoever acts in the
/// initiator's name shall not learn from the way that the consultation is theirs (rule 4).
pub(in crate::http) async fn first_page(app: &App, visit: &Visit) -> Result<String, Failure> {
    let linked = linked(app, visit).await?;
    let listed = linked.as_ref().and_then(|kept| listed(kept, visit));
    Ok(listed.map_or_else(|| "/overview".to_owned(), |person| format!("/invited/{person}")))
}

/// The page for a link that belongs to no consultation here; `None` for one that does.
pub(in crate::http) fn nowhere(link: &Link, page: Frame) -> Result<Option<Response>, Failure> {
    let l = page.words;
    let (status, title, text, advice) = match link {
        Link::Door | Link::Here(_) => return Ok(None),
        Link::Copied => (
            StatusCode::NOT_FOUND,
            fl!(l, "placed-copied-title"),
            fl!(l, "placed-copied"),
            Some(fl!(l, "placed-copied-teacher")),
        ),
        Link::Gone => (
            StatusCode::GONE,
            fl!(l, "placed-gone-title"),
            fl!(l, "placed-gone"),
            Some(fl!(l, "placed-gone-teacher")),
        ),
    };
    framed(
        status,
        &NowherePage {
            page,
            title,
            text,
            advice,
        },
    )
    .map(Some)
}

/// The choice was made already, or too long ago.
pub(super) fn too_late(page: Frame) -> Result<Response, Failure> {
    let l = page.words;
    let (title, text) = (fl!(l, "choice-late-title"), fl!(l, "choice-late"));
    let advice = None;
    framed(
        StatusCode::GONE,
        &NowherePage {
            page,
            title,
            text,
            advice,
        },
    )
}

fn framed(status: StatusCode, page: &NowherePage) -> Result<Response, Failure> {
    let mut shown = show_with(status, page)?;
    shown.extensions_mut().insert(Framed);
    Ok(shown)
}
