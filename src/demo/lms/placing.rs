//! What stands in the course beside its first activity: put there by deep linking, and the same in a copy of the course.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::Router;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;
use lti13_tool::KeySet;
use lti13_tool::testing::{LaunchClaims, PlacedLink};
use serde::Deserialize;

use super::{COURSE, School, answer, clock, frame};
use crate::outgoing::Outgoing;
use crate::page::Frame;

/// Course and links of the copy.
const COPY: &str = "8";

/// What somebody clicked. It goes to the tool and comes back as `lti_message_hint`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Click {
    /// The activity that is there from the beginning.
    Door,
    /// The activity of the tool that a link has registered.
    Registered,
    /// "Add an activity".
    Choose,
    /// A placed activity.
    Link(usize),
    /// The same activity in the copy of the course.
    Copy(usize),
}

impl fmt::Display for Click {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Door => formatter.write_str("door"),
            Self::Registered => formatter.write_str("registered"),
            Self::Choose => formatter.write_str("choose"),
            Self::Link(number) => write!(formatter, "link-{number}"),
            Self::Copy(number) => write!(formatter, "copy-{number}"),
        }
    }
}

/// What was clicked is none of those.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnknownClick;

impl FromStr for Click {
    type Err = UnknownClick;

    fn from_str(text: &str) -> Result<Self, UnknownClick> {
        let number = |digits: &str| digits.parse().map_err(|_| UnknownClick);
        match text.split_once('-') {
            None if text == "door" => Ok(Self::Door),
            None if text == "registered" => Ok(Self::Registered),
            None if text == "choose" => Ok(Self::Choose),
            Some(("link", digits)) => Ok(Self::Link(number(digits)?)),
            Some(("copy", digits)) => Ok(Self::Copy(number(digits)?)),
            _ => Err(UnknownClick),
        }
    }
}

/// The links that were placed, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Placed(Mutex<Vec<PlacedLink>>);

impl Placed {
    pub(super) fn all(&self) -> Vec<PlacedLink> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn add(&self, links: Vec<PlacedLink>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(links);
    }
}

impl School {
    /// What the platform says about the place of this click; nothing, if there is no such activity.
    pub(super) fn claims(
        &self,
        person: LaunchClaims,
        click: Click,
        words: &FluentLanguageLoader,
    ) -> Option<LaunchClaims> {
        let here = |claims: LaunchClaims| {
            let listed = claims.with_names_and_roles(self.platform_of(click).names_and_roles_claim(COURSE));
            listed.in_course(COURSE, &fl!(words, "demo-course"))
        };
        let link = |number: usize| self.placed.all().get(number).cloned();
        Some(match click {
            Click::Door => here(person).at_link("1", &fl!(words, "demo-activity")),
            Click::Registered => here(person).at_link("3", &self.registered()?.name),
            Click::Choose => here(person).choosing(self.platform.deep_linking_settings()),
            Click::Link(number) => here(person).by_link(&format!("1{number:02}"), &link(number)?),
            Click::Copy(number) => person
                .in_course(COPY, &fl!(words, "demo-copy"))
                .by_link(&format!("2{number:02}"), &link(number)?),
        })
    }
}

pub(super) fn routes() -> Router<Arc<School>> {
    Router::new().route("/contentitem_return", post(place))
}

#[derive(Template)]
#[template(path = "demo_placed.html")]
struct PlacedPage {
    page: Frame,
    sentence: String,
    done: bool,
}

#[derive(Deserialize)]
struct Returned {
    #[serde(rename = "JWT")]
    jwt: String,
}

/// Takes the tool's answer: what was chosen stands in the course from now on.
async fn place(State(school): State<Arc<School>>, headers: HeaderMap, Form(returned): Form<Returned>) -> Response {
    let Some(keys) = tool_keys(&school).await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let placement = match school.platform.place(&returned.jwt, &keys, clock()) {
        Ok(placement) => placement,
        Err(refused) => return (StatusCode::BAD_REQUEST, refused.to_string()).into_response(),
    };
    let page = frame(&headers, "/");
    let done = !placement.links.is_empty();
    let sentence = match placement.error_message {
        Some(sentence) => sentence,
        None if done => fl!(page.words, "demo-placed"),
        None => fl!(page.words, "demo-placed-nothing"),
    };
    school.placed.add(placement.links);
    answer(&PlacedPage { page, sentence, done })
}

/// The tool's signature is checked with the keys that it publishes.
async fn tool_keys(school: &School) -> Option<KeySet> {
    let mut url = school.tool.clone();
    url.set_path("/lti/keys");
    let published = Outgoing::default().read(&url).await.ok()?;
    KeySet::parse(published.body.expose()).ok()
}
