//! What the small learning platform offers to its tool: access tokens, and the members of the course, as Moodle does.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use lti13_tool::KeySet;
use lti13_tool::testing::{ServiceAnswer, ServiceRequest, SimulatedCourse, SimulatedPlatform};

use super::people::{Role, everybody};
use super::{COURSE, School, clock};
use crate::outgoing::Outgoing;

pub(super) fn routes() -> Router<Arc<School>> {
    Router::new()
        .route("/token", post(token))
        .route("/services.php/{*path}", get(members))
}

/// The tool's signature is checked with the keys that it publishes.
async fn token(State(school): State<Arc<School>>, form: Bytes) -> Response {
    let mut keys = school.tool.clone();
    keys.set_path("/lti/keys");
    let published = Outgoing::default().read(&keys).await;
    let keys = published
        .ok()
        .and_then(|answer| KeySet::parse(answer.body.expose()).ok());
    match keys {
        Some(keys) => send(school.serve(|platform| platform.token_answer(&form, &keys, clock()))),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn members(State(school): State<Arc<School>>, OriginalUri(uri): OriginalUri, headers: HeaderMap) -> Response {
    let Ok(url) = school.course.join(&uri.to_string()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let request = ServiceRequest {
        url: &url,
        accept: text(header::ACCEPT),
        authorization: text(header::AUTHORIZATION),
    };
    send(school.serve(|platform| platform.membership_answer(&course(), &request, clock())))
}

impl School {
    /// Whichever of its two tools asks.
    fn serve(&self, serve: impl Fn(&SimulatedPlatform) -> ServiceAnswer) -> ServiceAnswer {
        let first = serve(&self.platform);
        match first.status {
            200 => first,
            _ => serve(&self.registering.platform),
        }
    }
}

/// By family name, and without the administrator, who is in no course: both as Moodle has it.
fn course() -> SimulatedCourse {
    let mut people: Vec<_> = everybody()
        .filter(|person| person.role != Role::Administrator)
        .collect();
    people.sort_by_key(|person| (person.family, person.given));
    people
        .into_iter()
        .fold(SimulatedCourse::new(COURSE, "Beratung"), |course, person| {
            let role = match person.role {
                Role::Counsellor | Role::Teacher => "Instructor",
                _ => "Learner",
            };
            course.with(person.id, (person.given, person.family), role)
        })
}

pub(super) fn send(answer: ServiceAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let link = answer.link.and_then(|link| HeaderValue::from_str(&link).ok());
    let link = link.map(|link| HeaderMap::from_iter([(header::LINK, link)]));
    let kind = [(header::CONTENT_TYPE, answer.content_type)];
    (status, kind, link.unwrap_or_default(), answer.body).into_response()
}
