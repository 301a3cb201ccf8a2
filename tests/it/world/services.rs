//! The services of a learning platform at the wire: access tokens and the members of a course, and every way in which they fail.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use lti13_tool::testing::{LaunchClaims, ServiceAnswer, ServiceRequest, SimulatedCourse, SimulatedPlatform};
use lti13_tool::{KeySet, UnixTime};
use url::Url;

/// The course of [`LaunchClaims::person`].
pub(crate) const COURSE: &str = "2";

/// What is wrong with the services.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fault {
    #[default]
    None,
    /// No answer to whoever asks for a token.
    TokenHangs,
    /// This instead of a token.
    Token(u16, &'static str, &'static str),
    /// The platform's clock is so many seconds ahead, or behind.
    Clock(i64),
    /// This instead of the list.
    List(u16, &'static str, String),
    /// After the list it goes on here.
    Next(String),
    /// Every page of the list takes so long.
    Slow(Duration),
}

/// What was asked for the list.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) query: String,
    pub(crate) accept: String,
}

/// Both services of one platform with one course.
pub(crate) struct Services {
    platform: SimulatedPlatform,
    tool: Url,
    state: Mutex<Now>,
}

struct Now {
    course: SimulatedCourse,
    fault: Fault,
    /// The tokens that the platform remembers.
    tokens: Vec<String>,
    tokens_given: usize,
    asked: Vec<Asked>,
}

impl Services {
    pub(crate) fn new(platform: &SimulatedPlatform, tool: &Url) -> Arc<Self> {
        Arc::new(Self {
            platform: platform.clone(),
            tool: tool.clone(),
            state: Mutex::new(Now {
                course: SimulatedCourse::new(COURSE, "Beratung"),
                fault: Fault::None,
                tokens: Vec::new(),
                tokens_given: 0,
                asked: Vec::new(),
            }),
        })
    }

    pub(crate) fn routes(self: &Arc<Self>) -> Router {
        Router::new()
            .route("/token", post(token))
            .route("/services.php/{*path}", get(members))
            .with_state(self.clone())
    }

    /// Claims of a launch in this course, with the offer of the list.
    pub(crate) fn offer(&self, claims: LaunchClaims) -> LaunchClaims {
        claims.with_names_and_roles(self.platform.names_and_roles_claim(COURSE))
    }

    pub(crate) fn set_course(&self, course: SimulatedCourse) {
        self.state.lock().unwrap().course = course;
    }

    pub(crate) fn set_fault(&self, fault: Fault) {
        self.state.lock().unwrap().fault = fault;
    }

    /// The platform forgets every token it gave.
    pub(crate) fn forget_tokens(&self) {
        self.state.lock().unwrap().tokens.clear();
    }

    pub(crate) fn tokens_given(&self) -> usize {
        self.state.lock().unwrap().tokens_given
    }

    /// Every request for the list so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.state.lock().unwrap().asked.clone()
    }

    fn fault(&self) -> Fault {
        self.state.lock().unwrap().fault.clone()
    }

    /// The platform's own time, which may be wrong.
    fn clock(&self) -> Timestamp {
        let ahead = match self.fault() {
            Fault::Clock(seconds) => seconds,
            _ => 0,
        };
        now() + SignedDuration::from_secs(ahead)
    }

    fn send(&self, answer: ServiceAnswer) -> Response {
        let date = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&self.clock());
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
        headers.insert(header::DATE, date.unwrap().parse().unwrap());
        if let Some(link) = answer.link {
            headers.insert(header::LINK, link.parse().unwrap());
        }
        let status = StatusCode::from_u16(answer.status).unwrap();
        (status, headers, answer.body).into_response()
    }
}

async fn token(State(services): State<Arc<Services>>, form: Bytes) -> Response {
    match services.fault() {
        Fault::TokenHangs => return std::future::pending().await,
        Fault::Token(status, content_type, body) => {
            return services.send(plain(status, content_type, body));
        }
        _ => {}
    }
    let keys = reqwest::get(services.tool.join("/lti/keys").unwrap()).await.unwrap();
    let keys = KeySet::parse(keys.text().await.unwrap()).unwrap();
    let now = UnixTime::from_seconds(services.clock().as_second());
    let answer = services.platform.token_answer(&form, &keys, now);
    if answer.status == 200 {
        let granted: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let token = format!("Bearer {}", granted["access_token"].as_str().unwrap());
        let mut state = services.state.lock().unwrap();
        state.tokens.push(token);
        state.tokens_given += 1;
    }
    services.send(answer)
}

async fn members(State(services): State<Arc<Services>>, OriginalUri(uri): OriginalUri, headers: HeaderMap) -> Response {
    let text = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap());
    let (accept, authorization) = (text(header::ACCEPT), text(header::AUTHORIZATION));
    let (course, known) = {
        let mut state = services.state.lock().unwrap();
        state.asked.push(Asked {
            query: uri.query().unwrap_or_default().to_owned(),
            accept: accept.unwrap_or_default().to_owned(),
        });
        let known = state.tokens.iter().any(|token| Some(token.as_str()) == authorization);
        (state.course.clone(), known)
    };
    match services.fault() {
        Fault::Slow(pause) => tokio::time::sleep(pause).await,
        Fault::List(status, content_type, body) => return services.send(plain(status, content_type, &body)),
        _ => {}
    }
    if !known {
        return services.send(plain(401, "application/json", "{}"));
    }
    let url = Url::parse(services.platform.issuer())
        .unwrap()
        .join(&uri.to_string())
        .unwrap();
    let request = ServiceRequest {
        url: &url,
        accept,
        authorization,
    };
    let now = UnixTime::from_seconds(services.clock().as_second());
    let mut answer = services.platform.membership_answer(&course, &request, now);
    if let Fault::Next(link) = services.fault() {
        answer.link = Some(format!("<{link}>; rel=\"next\""));
    }
    services.send(answer)
}

fn plain(status: u16, content_type: &'static str, body: &str) -> ServiceAnswer {
    ServiceAnswer {
        status,
        content_type,
        link: None,
        body: body.to_owned(),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the service under test reads the real clock, so its platform must as well"
)]
fn now() -> Timestamp {
    Timestamp::now()
}
