//! The way in from a learning platform (LTI 1.3), also where third-party cookies are blocked.
//!
//! The server keeps nothing between login and launch: the browser carries the sealed [`lti13_tool::Pending`], in a cookie or,
//! where a frame has none, in the frame's own storage. Without either nobody comes in.

mod arrival;
mod binding;
mod caller;
pub(super) mod log;
mod login;
pub(super) mod refusal;
mod visitor;

pub(super) use arrival::launch;
pub(super) use login::{login_by_form, login_by_query};

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::guard::Now;
use crate::app::{App, own_keys};
use crate::error::Failure;

/// Our public keys (Security Framework 1.0 §6.3).
pub(super) async fn keys(State(app): State<Arc<App>>, Now(now): Now) -> Result<Response, Failure> {
    let document = app.own_keys.document(&app.store, now).await?;
    let caching = format!("public, max-age={}", own_keys::KNOWN_FOR.as_secs());
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, caching.as_str()),
    ];
    Ok((headers, document.to_string()).into_response())
}
