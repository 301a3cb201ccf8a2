//! The router: every way in, on one screen.

mod assets;
pub mod guard;
mod headers;
mod health;
mod incident;
mod invitation;
mod language;
mod mishap;
mod over;
mod room;
mod uninvited;
mod waiting;
mod when;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

use crate::app::App;

/// No form of ours is larger.
const LARGEST_BODY: usize = 64 * 1024;

pub fn router(app: Arc<App>) -> Router {
    // these come from elsewhere by design: the learning platform posts to them
    let foreign = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/static/{version}/{*file}", get(assets::serve));
    let own = Router::new()
        .route("/language", post(language::choose))
        .merge(participant())
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
