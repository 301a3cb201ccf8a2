//! The room page of each seat, for whoever has been let in.

pub(super) mod elsewhere;
mod socket;
mod ticket;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;
use jiff::Timestamp;

pub(super) use socket::enter;
pub(super) use ticket::{for_guest, for_moderator};

use super::guard::{Guest, Moderator};
use super::headers::ConnectTo;
use super::invitation::{over, own_path};
use crate::app::App;
use crate::consultation::Phase;
use crate::error::Failure;
use crate::page::{Frame, show};
use crate::participant::Standing;

#[derive(Template)]
#[template(path = "room.html")]
struct RoomPage {
    page: Frame,
    form: &'static str,
    ticket: String,
    socket: String,
    waiting: String,
    left: String,
    ended: String,
    denied: String,
    incident: String,
    until: Timestamp,
    moderator: bool,
    sheet: Option<Sheet>,
}

/// The cockpit beside the talk.
struct Sheet {
    fragment: String,
    live: String,
}

/// What `room/main.js` imports, and what that imports: all named at once, the browser need not find them one after another.
const MODULES: [&str; 12] = [
    "awake.js",
    "status.js",
    "choice.js",
    "level.js",
    "room/signal.js",
    "room/media.js",
    "room/code.js",
    "room/peers.js",
    "room/panels.js",
    "room/speaking.js",
    "room/stats.js",
    "room/view.js",
];

pub(super) async fn guest_room(State(app): State<Arc<App>>, guest: Guest, page: Frame) -> Result<Response, Failure> {
    if let Some(over) = over(guest.consultation()) {
        return Ok(over);
    }
    let own = own_path(&guest.participant);
    if !matches!(guest.participant.standing, Standing::Admitted { .. }) {
        return Ok(Redirect::to(&format!("{own}/waiting")).into_response());
    }
    let system = app.backends.configured(&guest.consultation().backend)?;
    if system.backend.is_elsewhere() {
        return elsewhere::lead_guest(&app, system, &guest, page).await;
    }
    let socket = app.socket_of(&guest.consultation().opened()?.room).await?;
    let shown = show(&RoomPage {
        page,
        form: guest.participant.title.form(),
        ticket: format!("{own}/ticket"),
        socket: socket.address,
        waiting: format!("{own}/waiting?again"),
        left: own.clone(),
        ended: format!("/over/{}", guest.consultation().id),
        denied: own.clone(),
        incident: format!("{own}/incident"),
        until: guest.consultation().plan.end(),
        moderator: false,
        sheet: None,
    })?;
    Ok(connecting(shown, socket.origin))
}

pub(super) async fn moderator_room(
    State(app): State<Arc<App>>,
    moderator: Moderator,
    page: Frame,
) -> Result<Response, Failure> {
    let consultation = moderator.consultation();
    let cockpit = format!("/consultations/{}", consultation.id);
    let Phase::Open(opened) = &consultation.phase else {
        return Ok(Redirect::to(&cockpit).into_response());
    };
    let backend = app.backends.named(&consultation.backend)?;
    if backend.is_elsewhere() {
        return elsewhere::lead_moderator(&app, backend, &moderator, &page).await;
    }
    let socket = app.socket_of(&opened.room).await?;
    let shown = show(&RoomPage {
        page,
        form: "sie",
        ticket: format!("{cockpit}/ticket"),
        socket: socket.address,
        left: cockpit.clone(),
        ended: cockpit.clone(),
        denied: cockpit.clone(),
        incident: format!("{cockpit}/incident"),
        until: consultation.plan.end(),
        moderator: true,
        sheet: Some(Sheet {
            fragment: format!("{cockpit}/people"),
            live: format!("{cockpit}/live"),
        }),
        waiting: cockpit,
    })?;
    Ok(connecting(shown, socket.origin))
}

/// Lets the page connect to the process in which its room lives, if that has an origin of its own.
fn connecting(mut shown: Response, origin: Option<String>) -> Response {
    if let Some(origin) = origin {
        shown.extensions_mut().insert(ConnectTo(origin));
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use url::Url;

    use super::*;
    use crate::page::Assets;

    /// The modules that a module imports, as names of assets.
    fn imports(module: &str) -> Vec<String> {
        let file = Assets::get(module).unwrap();
        let text = std::str::from_utf8(&file.data).unwrap();
        let lines = text.lines().filter(|line| line.starts_with("import "));
        let base = Url::parse("https://assets/").unwrap().join(module).unwrap();
        let found = lines.map(|line| base.join(line.split('\'').nth(1).unwrap()).unwrap());
        found.map(|url| url.path().trim_start_matches('/').to_owned()).collect()
    }

    #[test]
    fn every_module_of_the_room_is_named_at_once_and_no_other() {
        let mut found = BTreeSet::new();
        let mut open = imports("room/main.js");
        while let Some(module) = open.pop() {
            open.extend(imports(&module));
            found.insert(module);
        }
        assert_eq!(found, MODULES.map(str::to_owned).into());
    }
}
