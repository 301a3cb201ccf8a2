//! Where the fake server leads a browser: a page instead of the talk, on which one waits, lets in, leaves and ends.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;

use super::FakeServer;
use crate::http::guard::Reader;
use crate::page::{Frame, show as render};

#[derive(Template)]
#[template(path = "demo_bigbluebutton.html")]
struct TalkPage {
    page: Frame,
    token: String,
    banner: String,
    waits: bool,
    leads: bool,
    people: Vec<String>,
    /// Token and name of whoever waits in the lobby.
    lobby: Vec<(String, String)>,
}

pub(super) async fn show(State(server): State<FakeServer>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    let path = format!("/html5client/{token}");
    let page = Frame::new(Reader::of(&headers).language, "BigBlueButton", &path);
    let shown = {
        let now = server.now();
        let mut inner = server.inner();
        // the room may be gone: then everybody is led to where they were to go
        let exit = inner.exits.get(&token).cloned();
        let Some((room, me)) = inner.rooms.page(&token, now) else {
            return Redirect::to(exit.as_deref().unwrap_or(server.0.base.as_str())).into_response();
        };
        let inside = room.people.iter().filter(|person| !person.waits);
        let lobby = room.people.iter().filter(|person| person.waits && me.leads);
        TalkPage {
            page,
            banner: room.banner.clone(),
            waits: me.waits,
            leads: me.leads,
            people: inside.map(|person| person.name.clone()).collect(),
            lobby: lobby
                .map(|person| (person.token.clone(), person.name.clone()))
                .collect(),
            token,
        }
    };
    let mut response = render(&shown).unwrap_or_else(IntoResponse::into_response);
    let refresh = HeaderName::from_static("refresh");
    response.headers_mut().insert(refresh, HeaderValue::from_static("3"));
    response
}

/// What somebody does on the page: leave, end, or let in whoever has the token.
pub(super) async fn act(State(server): State<FakeServer>, Path((token, act)): Path<(String, String)>) -> Response {
    let stay = Redirect::to(&format!("/html5client/{token}")).into_response();
    let now = server.now();
    let mut inner = server.inner();
    let Some((room, me)) = inner.rooms.page(&token, now) else {
        return stay;
    };
    match act.as_str() {
        "leave" => {
            room.people.retain(|person| person.token != token);
            return Redirect::to(me.logout()).into_response();
        }
        "end" if me.leads => inner.rooms.end_of(&token),
        other if me.leads => {
            let waiting = room.people.iter_mut().find(|person| person.token == other);
            if let Some(person) = waiting {
                person.waits = false;
            }
        }
        _ => {}
    }
    stay
}
