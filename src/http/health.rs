//! Whether the process lives, and whether it can serve.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::backend::Configured;

pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// Names what is missing, without any detail that belongs in the log.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Response {
    let mut missing: Vec<String> = app.backends.iter().filter_map(unfit).collect();
    if app.leaving.has_begun() {
        missing.insert(0, "this process is about to stop".to_owned());
    }
    if let Err(error) = app.store.ping().await {
        tracing::error!(error = &error as &dyn std::error::Error, "not ready");
        missing.insert(0, "database".to_owned());
    }
    if missing.is_empty() {
        "ready\n".into_response()
    } else {
        let text = format!("not ready: {}\n", missing.join("; "));
        (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
    }
}

/// What a video system is not seen to keep, by the numbers of the rules.
fn unfit(configured: &Configured) -> Option<String> {
    let name = &configured.name;
    let Some(latest) = configured.latest() else {
        return Some(format!("video system {name}, not tested yet"));
    };
    let rules = latest.outcome.broken_rules();
    let rules: Vec<String> = rules.iter().map(ToString::to_string).collect();
    (!rules.is_empty()).then(|| format!("video system {name}, rule {}", rules.join(", ")))
}
