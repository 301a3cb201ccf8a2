//! A small learning platform: one course, one activity, a few people, and real signatures.

mod people;
mod placing;
mod registering;
mod services;

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use i18n_embed_fl::fl;
use lti13_tool::UnixTime;
use lti13_tool::testing::{Answer, LaunchClaims, SimulatedPlatform, claim};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use crate::config::Config;
use crate::http::assets;
use crate::http::guard::Reader;
use crate::page::{Frame, Language, show};
use people::{CLASSMATES, PEOPLE, Person, Role, find};
use placing::{Click, Placed};
use registering::{Registering, Tool, ToolState};

const PERSON: &str = "demo-person";
const LANGUAGE: &str = "demo-language";
const COURSE: &str = "7";

/// The platform with its tool.
#[derive(Debug)]
pub(super) struct School {
    platform: SimulatedPlatform,
    course: Url,
    tool: Url,
    placed: Placed,
    registering: Registering,
}

/// The platform, as the tool knows it from the beginning.
pub(super) fn platform(port: u16, lms_port: u16) -> SimulatedPlatform {
    let course = local("127.0.0.1", lms_port, "/");
    SimulatedPlatform::new(course.as_str(), &local("localhost", port, "/lti/launch"))
}

impl School {
    pub(super) fn new(port: u16, lms_port: u16, service: Config) -> Self {
        let platform = platform(port, lms_port);
        Self {
            course: local("127.0.0.1", lms_port, "/"),
            tool: local("localhost", port, "/lti/launch"),
            placed: Placed::default(),
            registering: Registering::new(&platform, service),
            platform,
        }
    }

    pub(super) fn course(&self) -> &Url {
        &self.course
    }

    /// The platform, as the tool behind this click knows it.
    fn platform_of(&self, click: Click) -> &SimulatedPlatform {
        match click {
            Click::Registered => &self.registering.platform,
            Click::Door | Click::Choose | Click::Link(_) | Click::Copy(_) => &self.platform,
        }
    }

    /// The tool that a link has registered, once it is active.
    fn registered(&self) -> Option<Tool> {
        self.registering.tool().filter(|tool| tool.state == ToolState::Active)
    }
}

pub(super) fn local(host: &str, port: u16, path: &str) -> Url {
    #[expect(
        clippy::expect_used,
        reason = "a host of this machine, a port and a path make an address"
    )]
    let url = format!("http://{host}:{port}{path}").parse().expect("an address");
    url
}

pub(super) fn router(school: School) -> Router {
    Router::new()
        .route("/", get(course))
        .route("/as", post(become_person))
        .route("/language", post(choose_language))
        .route("/activity", get(activity))
        .route("/launch", get(launch))
        .route("/authorize", get(authorize))
        .route("/keys", get(keys))
        .merge(placing::routes())
        .merge(registering::routes())
        .merge(services::routes())
        .route("/elements", get(elements))
        .route("/static/{version}/{*file}", get(assets::serve))
        .with_state(Arc::new(school))
}

#[derive(Template)]
#[template(path = "demo_course.html")]
struct CoursePage {
    page: Frame,
    me: Person,
    /// The activities that were added.
    placed: Vec<String>,
    /// Teachers and administrators add activities.
    may_add: bool,
    /// What an administrator sees of the tool that a link has registered.
    pending: Option<Tool>,
    /// Its activity, as everybody sees it.
    registered: Option<Tool>,
    frame: Option<Shown>,
}

/// The tool in a frame, with Moodle's permissions for its origin.
struct Shown {
    click: Click,
    title: String,
    tool: String,
}

#[derive(Template)]
#[template(path = "demo_forward.html")]
struct ForwardPage {
    page: Frame,
    action: String,
    fields: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "elements.html")]
struct ElementsPage {
    page: Frame,
}

async fn course(State(school): State<Arc<School>>, headers: HeaderMap) -> Response {
    answer(&CoursePage {
        frame: None,
        ..page(&school, &headers, "/")
    })
}

/// The activity that was clicked, in a frame.
async fn activity(State(school): State<Arc<School>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let click = clicked(query.as_deref());
    let page = page(&school, &headers, "/activity");
    let words = page.page.words;
    let title = match click {
        Click::Door => fl!(words, "demo-activity"),
        Click::Choose => fl!(words, "demo-add"),
        Click::Registered => page
            .registered
            .as_ref()
            .map(|tool| tool.name.clone())
            .unwrap_or_default(),
        Click::Link(number) | Click::Copy(number) => page.placed.get(number).cloned().unwrap_or_default(),
    };
    let tool = school.tool.origin().ascii_serialization();
    answer(&CoursePage {
        frame: Some(Shown { click, title, tool }),
        ..page
    })
}

fn page(school: &School, headers: &HeaderMap, path: &str) -> CoursePage {
    let me = me(headers);
    CoursePage {
        me,
        page: frame(headers, path),
        placed: school.placed.all().into_iter().map(|link| link.title).collect(),
        may_add: !matches!(me.role, Role::Pupil | Role::Mother),
        pending: school
            .registering
            .tool()
            .filter(|tool| tool.state == ToolState::Pending),
        registered: school.registered(),
        frame: None,
    }
}

fn clicked(query: Option<&str>) -> Click {
    query.and_then(|query| query.parse().ok()).unwrap_or(Click::Door)
}

#[derive(Deserialize)]
struct Choice {
    value: String,
    back: String,
}

async fn become_person(jar: CookieJar, Form(choice): Form<Choice>) -> Response {
    choose(jar, PERSON, choice)
}

async fn choose_language(jar: CookieJar, Form(choice): Form<Choice>) -> Response {
    choose(jar, LANGUAGE, choice)
}

fn choose(jar: CookieJar, name: &'static str, choice: Choice) -> Response {
    let cookie = Cookie::build((name, choice.value)).path("/").http_only(true).build();
    let back = if choice.back == "/activity" { "/activity" } else { "/" };
    (jar.add(cookie), Redirect::to(back)).into_response()
}

/// Begins the login at the tool, for whoever is logged in here.
async fn launch(State(school): State<Arc<School>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let click = clicked(query.as_deref());
    let platform = school.platform_of(click);
    let mut fields = platform.login_form(school.tool.as_str(), me(&headers).id);
    for (name, value) in &mut fields {
        if name == "lti_message_hint" {
            *value = click.to_string();
        }
    }
    let mut login = school.tool.clone();
    login.set_path("/lti/login");
    let registered = school.registered().filter(|_| click == Click::Registered);
    answer(&ForwardPage {
        page: frame(&headers, "/launch"),
        action: registered.map_or_else(|| login.into(), |tool| tool.login_url),
        fields,
    })
}

/// Answers the tool. Whom it is about stands in the hint: a cookie of this platform would be blocked in a frame of another site.
async fn authorize(State(school): State<Arc<School>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let mut url = school.course.clone();
    url.set_query(query.as_deref());
    let hint = url.query_pairs().find(|(name, _)| name == "lti_message_hint");
    let click = clicked(hint.as_ref().map(|(_, click)| click.as_ref()));
    let platform = school.platform_of(click);
    let request = match platform.receive(&url) {
        Ok(request) => request,
        Err(refused) => return (StatusCode::BAD_REQUEST, refused.to_string()).into_response(),
    };
    let Some(person) = find(request.login_hint()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let page = frame(&headers, "/authorize");
    let claims = LaunchClaims::person(person.id, person.role.uris())
        .named(person.given, person.family)
        .with(
            &claim("launch_presentation"),
            json!({ "locale": page.language.code(), "return_url": school.course.as_str() }),
        );
    let Some(claims) = school.claims(claims, click, page.words) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Answer { redirect_uri, fields } = platform.answer(&request, &claims, clock());
    answer(&ForwardPage {
        page,
        action: redirect_uri.into(),
        fields,
    })
}

async fn keys(State(school): State<Arc<School>>) -> String {
    school.platform.key_set_json()
}

/// Every element of the style sheet, for whoever changes it.
async fn elements(headers: HeaderMap) -> Response {
    answer(&ElementsPage {
        page: frame(&headers, "/elements"),
    })
}

fn answer(page: &impl Template) -> Response {
    show(page).unwrap_or_else(IntoResponse::into_response)
}

fn frame(headers: &HeaderMap, path: &str) -> Frame {
    let jar = CookieJar::from_headers(headers);
    let chosen = jar.get(LANGUAGE).and_then(|cookie| Language::parse(cookie.value()));
    let language = chosen.unwrap_or_else(|| Reader::of(headers).language);
    Frame::new(language, "Moodle am Stadtgarten", path)
}

fn me(headers: &HeaderMap) -> Person {
    let jar = CookieJar::from_headers(headers);
    let chosen = jar.get(PERSON).and_then(|cookie| find(cookie.value()));
    let [counsellor, ..] = PEOPLE;
    chosen.unwrap_or(counsellor)
}

#[expect(clippy::disallowed_methods, reason = "the platform signs with the time of now")]
fn clock() -> UnixTime {
    std::time::SystemTime::now().into()
}
