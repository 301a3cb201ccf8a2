//! The router: every way in, on one screen.

mod assets;
pub mod guard;
mod headers;
mod health;
mod language;
mod mishap;

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
