//! The router: every way in, on one screen.

mod assets;
mod client;
pub mod guard;
mod headers;
mod health;
mod landing;
mod language;
mod launch;
mod mishap;
mod start;

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
        .route("/static/{version}/{*file}", get(assets::serve))
        .route("/lti/login", get(launch::login_by_query).post(launch::login_by_form))
        .route("/lti/launch", post(launch::launch))
        .route("/lti/keys", get(launch::keys));
    let own = Router::new()
        .route("/language", post(language::choose))
        .route("/", get(landing::show))
        .route("/start", post(start::open))
        .route("/start/renew", post(start::renew))
        .route("/leave", post(start::leave))
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
