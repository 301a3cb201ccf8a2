//! The router: every way in, on one screen.

pub(crate) mod assets;
mod bigbluebutton;
mod client;
mod cockpit;
mod draft;
pub mod guard;
mod headers;
mod health;
mod incident;
mod invitation;
mod landing;
mod language;
mod launch;
mod links;
mod mishap;
mod onward;
mod opening;
mod over;
mod overview;
mod passkey;
mod paths;
mod placing;
mod record;
mod register;
mod room;
mod start;
mod uninvited;
mod waiting;
mod when;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

use crate::app::App;
use cockpit::{actions, live, petitions};

/// No form of ours is larger.
const LARGEST_BODY: usize = 64 * 1024;

pub fn router(app: Arc<App>) -> Router {
    // these come from elsewhere by design: the learning platform posts to them, a video server reads them
    let foreign = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/static/{version}/{*file}", get(assets::serve))
        .route("/lti/login", get(launch::login_by_query).post(launch::login_by_form))
        .route("/lti/launch", post(launch::launch))
        .route("/lti/keys", get(launch::keys))
        .route("/lti/configuration.json", get(register::configuration))
        .route("/lti/icon.svg", get(register::icon))
        .route("/lti/register/{secret}", get(register::show))
        .route("/bigbluebutton/ended/{room}/{tag}", get(bigbluebutton::ended))
        .route("/bigbluebutton/client.json", get(bigbluebutton::settings));
    let own = Router::new()
        .route("/language", post(language::choose))
        .merge(participant())
        .route("/", get(landing::show))
        .route("/start", post(start::open))
        .route("/start/renew", post(start::renew))
        .route("/leave", post(start::leave))
        .route("/lti/choice", post(placing::answer))
        .route("/lti/register", post(register::connect))
        .merge(initiator())
        .merge(passkeys())
        .layer(CsrfLayer::new());
    foreign
        .merge(own)
        .fallback(mishap::not_found)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(mishap::panicked))
        .layer(from_fn_with_state(app.clone(), mishap::explain))
        .layer(from_fn_with_state(app.clone(), headers::add))
        .with_state(app)
}

/// The pages of whoever begins a consultation.
fn initiator() -> Router<Arc<App>> {
    const ONE: &str = "/consultations/{id}";
    const PERSON: &str = "/consultations/{id}/participants/{person}";
    const PETITION: &str = "/consultations/{id}/petitions/{petition}";
    let on = |base: &str, rest: &str| format!("{base}{rest}");
    Router::new()
        .route("/overview", get(overview::show))
        .route("/consultations/new", get(draft::new))
        .route("/consultations", post(draft::create))
        .route(ONE, get(cockpit::show))
        .route(&on(ONE, "/plan"), post(draft::save))
        .route(&on(ONE, "/participants"), post(draft::save))
        .route(&on(PERSON, "/remove"), post(draft::remove))
        .route(&on(ONE, "/search"), post(draft::search))
        .route(&on(ONE, "/members"), post(draft::members::show))
        .route(&on(ONE, "/seal"), post(draft::seal))
        .route(&on(ONE, "/cancel"), post(actions::cancel))
        .route(&on(ONE, "/links"), get(links::show))
        .route(&on(ONE, "/offer"), post(placing::offer))
        .route(&on(ONE, "/withdraw"), post(placing::withdraw))
        .route(&on(PERSON, "/letter"), get(links::letter))
        .route(&on(PERSON, "/calendar.ics"), get(links::calendar))
        .route(&on(PERSON, "/renew"), post(links::renew))
        .route(&on(PERSON, "/revoke"), post(links::revoke))
        .route(&on(PETITION, "/confirm"), post(petitions::confirm))
        .route(&on(PETITION, "/dismiss"), post(petitions::dismiss))
        .route(&on(ONE, "/opening"), get(opening::show))
        .route(&on(ONE, "/open"), post(opening::open))
        .route(&on(ONE, "/people"), get(cockpit::people))
        .route(&on(ONE, "/live"), get(live::follow))
        .route(&on(PERSON, "/admit"), post(actions::admit))
        .route(&on(PERSON, "/send-back"), post(actions::send_back))
        .route(&on(PERSON, "/turn-away"), post(actions::turn_away))
        .route(&on(ONE, "/lock"), post(actions::lock))
        .route(&on(ONE, "/unlock"), post(actions::unlock))
        .route(&on(ONE, "/end"), get(cockpit::end).post(actions::end))
        .route("/records/{id}", get(record::show))
        .route("/records/{id}/download", get(record::download))
}

/// The second proof of whoever begins consultations.
fn passkeys() -> Router<Arc<App>> {
    Router::new()
        .route("/passkey/new", get(passkey::ask).post(passkey::make))
        .route("/passkey/later", post(passkey::later))
        .route("/passkey/prove", get(passkey::ask_proof).post(passkey::prove))
        .route("/passkey/recovery", post(passkey::show_number))
        .route("/passkey/acts/{act}/read", post(passkey::acknowledge))
        .route("/passkeys", get(passkey::list))
        .route("/passkeys/{id}/remove", post(passkey::remove))
        .route("/passkeys/forget-browsers", post(passkey::forget_browsers))
}

/// Whoever was invited: from the personal link to the end.
fn participant() -> Router<Arc<App>> {
    Router::new()
        .route("/i", get(invitation::link::show).post(invitation::link::redeem))
        .route("/invited/{person}", get(invitation::show_invitation))
        .route("/invited/{person}/consent", post(invitation::consent))
        .route("/invited/{person}/decline", post(invitation::decline))
        .route("/invited/{person}/devices", get(waiting::devices))
        .route("/invited/{person}/wait", post(waiting::wait))
        .route("/invited/{person}/waiting", get(waiting::waiting))
        .route("/invited/{person}/state", get(waiting::state))
        .route("/invited/{person}/live", get(waiting::follow))
        .route("/invited/{person}/leave", post(waiting::leave))
        .route("/invited/{person}/ticket", post(room::for_guest))
        .route("/invited/{person}/room", get(room::guest_room))
        .route("/invited/{person}/left/{consultation}", get(room::elsewhere::left))
        .route(
            "/invited/{person}/incident",
            get(incident::ask_guest).post(incident::tell_guest),
        )
        .route("/consultations/{id}/ticket", post(room::for_moderator))
        .route("/consultations/{id}/room", get(room::moderator_room))
        .route(
            "/consultations/{id}/incident",
            get(incident::ask_moderator).post(incident::tell_moderator),
        )
        .route("/room/socket", get(room::enter))
        .route("/over/{consultation}", get(over::show_end))
        .route("/uninvited", get(uninvited::show_uninvited).post(uninvited::ask))
}
