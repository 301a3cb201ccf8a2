//! Whether the process lives, and whether it can serve.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use super::guard::Now;
use crate::app::App;
use crate::backend::embedded::certificate::{Presented, Standing};
use crate::backend::{Configured, Fitness};

pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// Ready as long as talks can be opened in one of the video systems. Names what is missing, without any detail that belongs in
/// the log.
pub(super) async fn ready(State(app): State<Arc<App>>, Now(now): Now) -> Response {
    let mut missing: Vec<String> = app.backends.iter().filter_map(|system| trouble(system, now)).collect();
    let mut ready = app.backends.iter().any(is_usable);
    if let Some(trouble) = app.certificate.as_ref().and_then(|own| certificate(own, now)) {
        missing.insert(0, trouble.to_owned());
    }
    if app.leaving.has_begun() {
        missing.insert(0, "this process is about to stop".to_owned());
        ready = false;
    }
    if let Err(error) = app.store.ping().await {
        tracing::error!(error = &error as &dyn std::error::Error, "not ready");
        missing.insert(0, "database".to_owned());
        ready = false;
    }
    let missing = missing.join("; ");
    match (ready, missing.as_str()) {
        (true, "") => "ready\n".into_response(),
        (true, missing) => format!("ready, but: {missing}\n").into_response(),
        (false, missing) => {
            let text = format!("not ready: {missing}\n");
            (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
        }
    }
}

/// Whoever asks here does not look at it; a browser does. Another process would have the same one, so we stay ready.
fn certificate(own: &Presented, now: Timestamp) -> Option<&'static str> {
    match own.now().standing(now) {
        Standing::Valid | Standing::EndsSoon => None,
        Standing::Ended => Some("the certificate of this service has expired"),
        Standing::NotYetValid => Some("the certificate of this service is not yet valid"),
    }
}

/// It has shown that it keeps the rules; one that does not answer at this moment may do so in the next.
fn is_usable(system: &Configured) -> bool {
    let latest = system.latest();
    latest.is_some_and(|latest| latest.outcome.lacks().is_empty())
}

/// What a video system is not seen to keep, by the numbers of the rules, or why it is left alone.
fn trouble(system: &Configured, now: Timestamp) -> Option<String> {
    let name = &system.name;
    match system.fitness(now) {
        Fitness::Fit => None,
        Fitness::Untested => Some(format!("video system {name}, not tested yet")),
        Fitness::Unfit(rules) => {
            let rules: Vec<String> = rules.iter().map(ToString::to_string).collect();
            let why = system.latest().and_then(|latest| latest.outcome.unreached);
            let why = why.map(|error| format!(": {error}")).unwrap_or_default();
            Some(format!("video system {name}, rule {}{why}", rules.join(", ")))
        }
        Fitness::Resting(until, error) => {
            let seconds = until.duration_since(now).as_secs();
            Some(format!("video system {name}, left alone for {seconds} s: {error}"))
        }
    }
}
