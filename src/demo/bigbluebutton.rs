//! A BigBlueButton to try out, and to test with: it verifies every checksum, keeps rooms, and can fail in every way that is known.
//!
//! It speaks the interface of a server of version 3 at the wire. Instead of a talk it shows a page on which one can wait, let
//! somebody in, leave, and end the room.

mod client;
mod rooms;
mod steering;
mod xml;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use url::{Url, form_urlencoded};

use crate::backend::bigbluebutton::Algorithm;
use crate::private::Private;
use rooms::{Joined, Outcome, Rooms};
use xml::Xml;

/// How calls are answered while something is wrong at the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Slow(Duration),
    /// Status 500.
    Broken,
    /// The page of a proxy or a login, with status 200.
    WebPage,
    InvalidXml,
    Empty,
    /// To a login page elsewhere.
    Redirect,
    /// Plain text and status 401, as a balancer says that the checksum is wrong.
    Unauthorized,
    /// `internalError`, as a balancer says that its server fails.
    InternalError,
}

/// What the server is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Habit {
    /// Repeats another duration than was asked for.
    WrongEcho,
    /// Records whatever was asked for; a recording is there after the end.
    Records,
    /// Takes the rule for guests from its own settings: nobody waits.
    NoLobby,
    /// `authenticatedGuest=false`: whoever is not called a guest is let in at once, and guests can be promoted.
    NobodyIsAGuest,
    IgnoresCreateTime,
    /// Says that it ends a room, and does not.
    NeverEnds,
    /// A balancer: tells no version, sends joins on to a server, and forgets a room before its server has ended it.
    Balancer,
    /// Deletes no recording, whatever it says.
    KeepsRecordings,
}

/// One server; clones are the same.
#[derive(Clone, Debug)]
pub struct FakeServer(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// Origin of the server.
    base: Url,
    secret: Private<String>,
    allowed: Vec<Algorithm>,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    rooms: Rooms,
    /// By the name of the call; the empty one stands for every call.
    moods: HashMap<&'static str, Mood>,
    habits: HashSet<Habit>,
    /// So many milliseconds its clock is ahead.
    ahead: i64,
    /// The room whose server, behind a balancer, fails.
    failing: Option<String>,
    /// Name and query of every call, without its checksum.
    calls: Vec<(String, String)>,
    /// Where each person is led when the room has ended, by their token.
    exits: HashMap<String, String>,
}

impl FakeServer {
    pub fn new(base: Url, secret: &str) -> Self {
        Self::with_algorithms(base, secret, Algorithm::ALL.to_vec())
    }

    /// One that accepts these algorithms only.
    pub fn with_algorithms(base: Url, secret: &str, allowed: Vec<Algorithm>) -> Self {
        Self(Arc::new(Shared {
            base,
            secret: Private::new(secret.to_owned()),
            allowed,
            inner: Mutex::default(),
        }))
    }

    /// The address of the interface.
    pub fn url(&self) -> Url {
        self.at("/bigbluebutton/api/")
    }

    pub fn router(&self) -> Router {
        Router::new()
            .route("/bigbluebutton/api", get(root))
            .route("/bigbluebutton/api/{*call}", get(answer))
            .route("/html5client/{token}", get(client::show))
            .route("/html5client/{token}/{act}", post(client::act))
            .route("/static/{version}/{*file}", get(crate::http::assets::serve))
            .layer(middleware::map_response_with_state(self.clone(), tell_time))
            .with_state(self.clone())
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What its clock says, in milliseconds since 1970.
    fn now(&self) -> i64 {
        clock() + self.inner().ahead
    }

    fn at(&self, path: &str) -> Url {
        let mut url = self.0.base.clone();
        url.set_path(path);
        url
    }

    /// The query without its checksum, if that is right: one of the allowed hashes, told by its length.
    fn signed(&self, call: &str, query: &str) -> Option<String> {
        let (checksums, others): (Vec<&str>, Vec<&str>) =
            query.split('&').partition(|pair| pair.starts_with("checksum="));
        let others = others.join("&");
        let [checksum] = checksums.as_slice() else {
            return None;
        };
        let given = checksum.strip_prefix("checksum=")?;
        let mut algorithms = self.0.allowed.iter();
        let fits = |algorithm: &Algorithm| {
            let right = algorithm.checksum(call, &others, self.0.secret.expose());
            right.eq_ignore_ascii_case(given)
        };
        algorithms.any(fits).then_some(others)
    }
}

/// The parameters of a call.
struct Query(Vec<(String, String)>);

impl Query {
    fn parse(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        Self(pairs.collect())
    }

    fn text(&self, name: &str) -> Option<&str> {
        let mut pairs = self.0.iter();
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Names after a prefix, in small letters, with their values.
    fn prefixed<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (String, String)> + use<'a> {
        let pairs = self.0.iter();
        pairs.filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?.to_lowercase(), value.clone())))
    }
}

/// Every answer tells the time (RFC 9110 §6.6.1), as this server knows it.
async fn tell_time(State(server): State<FakeServer>, mut answer: Response) -> Response {
    let now = Timestamp::from_millisecond(server.now()).ok();
    let date = now.and_then(|now| rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now).ok());
    if let Some(date) = date.and_then(|date| HeaderValue::from_str(&date).ok()) {
        answer.headers_mut().insert(header::DATE, date);
    }
    answer
}

async fn root(State(server): State<FakeServer>) -> Response {
    if let Some(answer) = in_a_mood(&server, "").await {
        return answer;
    }
    let version = if server.inner().habits.contains(&Habit::Balancer) {
        Xml::success().text("version", "2.0").text("build", "v1.8.5")
    } else {
        let told = Xml::success().text("version", "2.0").text("apiVersion", "2.0");
        told.text("bbbVersion", "")
            .text("graphqlApiUrl", server.at("/api/rest").as_str())
    };
    version.into_response()
}

async fn answer(State(server): State<FakeServer>, Path(call): Path<String>, RawQuery(query): RawQuery) -> Response {
    if call.is_empty() {
        return root(State(server)).await;
    }
    let query = query.unwrap_or_default();
    let unsigned: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("checksum=")).collect();
    server.inner().calls.push((call.clone(), unsigned.join("&")));
    if let Some(answer) = in_a_mood(&server, &call).await {
        return answer;
    }
    let Some(signed) = server.signed(&call, &query) else {
        return not_signed(&server, &call, &Query::parse(&unsigned.join("&")));
    };
    let query = Query::parse(&signed);
    let asked = query.text("meetingID");
    if asked.is_some() && server.inner().failing.as_deref() == asked {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    match call.as_str() {
        "join" => join(&server, &query),
        call => {
            let now = server.now();
            let mut inner = server.inner();
            let Inner { rooms, habits, .. } = &mut *inner;
            rooms.answer(call, &query, habits, now).into_response()
        }
    }
}

fn not_signed(server: &FakeServer, call: &str, query: &Query) -> Response {
    if call == "join" {
        refuse_join(server, query, "checksumError")
    } else {
        Xml::failed("checksumError").into_response()
    }
}

/// What is wrong at the wire comes before everything else.
async fn in_a_mood(server: &FakeServer, call: &str) -> Option<Response> {
    let mood = {
        let inner = server.inner();
        inner.moods.get(call).or_else(|| inner.moods.get("")).copied()
    };
    Some(match mood? {
        Mood::Slow(time) => {
            tokio::time::sleep(time).await;
            return None;
        }
        Mood::Broken => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Mood::WebPage => axum::response::Html("<!DOCTYPE html><html><body>Anmelden</body></html>").into_response(),
        Mood::InvalidXml => "<response><returncode>SUCCESS</response>".into_response(),
        Mood::Empty => StatusCode::OK.into_response(),
        Mood::Redirect => (StatusCode::FOUND, [(header::LOCATION, "https://login.example/")]).into_response(),
        Mood::Unauthorized => (StatusCode::UNAUTHORIZED, "Unauthorized").into_response(),
        Mood::InternalError => {
            if call == "end" && server.inner().habits.contains(&Habit::Balancer) {
                server.inner().rooms.hide_all();
            }
            Xml::failed("internalError").into_response()
        }
    })
}

fn join(server: &FakeServer, query: &Query) -> Response {
    let mut inner = server.inner();
    let Inner { rooms, habits, .. } = &mut *inner;
    let balancer = habits.contains(&Habit::Balancer);
    // a balancer signs anew for its server and sends the browser there
    if balancer && query.text("node").is_none() {
        drop(inner);
        return on_to_the_server(server, query);
    }
    let joined = rooms.join(query, habits);
    if let Ok(joined) = &joined {
        inner.exits.insert(joined.token.clone(), joined.logout.clone());
    }
    drop(inner);
    match joined {
        Err(key @ ("invalidMeetingIdentifier" | "missingParamFullName")) => refuse_join(server, query, key),
        Err(key) => Xml::failed(key).into_response(),
        Ok(joined) if query.text("redirect") == Some("false") => told(server, &joined).into_response(),
        Ok(joined) => to(&server.at(&format!("/html5client/{}", joined.token))),
    }
}

fn told(server: &FakeServer, joined: &Joined) -> Xml {
    let status = if joined.waits { "WAIT" } else { "ALLOW" };
    Xml::success()
        .text("messageKey", "successfullyJoined")
        .text("meeting_id", &joined.internal)
        .text("user_id", "w_fake")
        .text("session_token", &joined.token)
        .text("guestStatus", status)
        .text("url", server.at(&format!("/html5client/{}", joined.token)).as_str())
}

fn on_to_the_server(server: &FakeServer, query: &Query) -> Response {
    let pairs = query.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut encoded = form_urlencoded::Serializer::new(String::new());
    let encoded = encoded.extend_pairs(pairs).append_pair("node", "1").finish();
    let checksum = Algorithm::Sha256.checksum("join", &encoded, server.0.secret.expose());
    let mut url = server.at("/bigbluebutton/api/join");
    url.set_query(Some(&format!("{encoded}&checksum={checksum}")));
    to(&url)
}

/// A join that is refused at once always leads to another page, with the reason in its address.
fn refuse_join(server: &FakeServer, query: &Query, key: &str) -> Response {
    let target = query.text("errorRedirectUrl").or(query.text("logoutURL"));
    let mut url = target
        .and_then(|target| target.parse().ok())
        .unwrap_or(server.0.base.clone());
    let reason = serde_json::json!([{ "key": key, "message": "no" }]).to_string();
    url.query_pairs_mut().append_pair("errors", &reason);
    to(&url)
}

fn to(url: &Url) -> Response {
    let mut headers = HeaderMap::new();
    if let Ok(location) = url.as_str().parse() {
        headers.insert(header::LOCATION, location);
    }
    (StatusCode::FOUND, headers).into_response()
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        match self {
            Self::Told(xml) => xml.into_response(),
            Self::Unknown => Xml::failed("unsupportedRequest").into_response(),
        }
    }
}

/// Milliseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "a server of its own has a clock of its own")]
fn clock() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
