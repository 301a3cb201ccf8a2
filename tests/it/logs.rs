//! Every log line of the test process is caught, and none may name a person or hold a secret.

use std::fmt::Write as _;
use std::sync::{Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::world;

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());
static SECRETS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static SEEN: Mutex<Seen> = Mutex::new(Seen { lines: 0, secrets: 0 });

/// How much was looked through already.
struct Seen {
    lines: usize,
    secrets: usize,
}

/// The libraries by which the tests read pages and sockets and drive browsers; the service keeps the latter quiet (`command::serve`).
const READER: [&str; 5] = [
    "log.target=\"html5ever",
    "log.target=\"selectors",
    "log.target=\"tungstenite",
    "log.target=\"tokio_tungstenite",
    "DEBUG thirtyfour::",
];

/// Begins to catch; once for the whole process.
pub(crate) fn capture() {
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| tracing_subscriber::registry().with(Capture).init());
}

/// From now on no line may hold this either.
pub(crate) fn must_stay_secret(text: &str) {
    SECRETS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(text.to_owned());
}

/// The lines so far that hold this text.
pub(crate) fn lines_with(text: &str) -> Vec<String> {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    lines.iter().filter(|line| line.contains(text)).cloned().collect()
}

/// Every line is held against every name and every secret, each pair once in the life of the process.
pub(crate) fn assert_nobody_is_named() {
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let secrets = SECRETS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let names: Vec<String> = world::personal().map(str::to_owned).collect();
    let (old, new) = lines.split_at(seen.lines);
    let leak = new
        .iter()
        .find_map(|line| leak(line, names.iter().chain(&secrets)))
        .or_else(|| {
            old.iter()
                .find_map(|line| leak(line, secrets.iter().skip(seen.secrets)))
        });
    assert!(leak.is_none(), "stands in the log: {leak:?}");
    *seen = Seen {
        lines: lines.len(),
        secrets: secrets.len(),
    };
}

fn leak<'a>(line: &'a str, mut forbidden: impl Iterator<Item = &'a String>) -> Option<(&'a str, &'a str)> {
    forbidden.find_map(|text| line.contains(text.as_str()).then_some((text.as_str(), line)))
}

#[test]
fn a_name_in_a_line_or_in_the_cause_of_an_error_would_be_noticed() {
    capture();
    let cause = std::io::Error::other("Zacharias Unterholzer was here");
    let error = std::io::Error::other(cause);
    tracing::debug!(error = &error as &dyn std::error::Error, "a test of the tests");
    tracing::debug_span!("visit", who = "Zacharias Unterholzer is here").in_scope(|| {});
    assert_eq!(lines_with("Zacharias Unterholzer").len(), 2);
    let names = ["Unterholzer".to_owned()];
    assert!(leak(&lines_with("Zacharias").concat(), names.iter()).is_some());
    assert!(leak("INFO sprechzimmer serving", names.iter()).is_none());
}

struct Capture;

impl<S: Subscriber> Layer<S> for Capture {
    fn on_new_span(&self, span: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        let mut line = Line(span.metadata().target().to_owned());
        span.record(&mut line);
        LINES.lock().unwrap_or_else(PoisonError::into_inner).push(line.0);
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line(format!("{} {}", event.metadata().level(), event.metadata().target()));
        event.record(&mut line);
        // our own reading, which shows names by design, is no log of the service
        if READER.iter().any(|module| line.0.contains(module)) {
            return;
        }
        LINES.lock().unwrap_or_else(PoisonError::into_inner).push(line.0);
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // writing into a String cannot fail
        let _ = write!(self.0, " {}={value:?}", field.name());
    }

    fn record_error(&mut self, field: &Field, error: &(dyn std::error::Error + 'static)) {
        let _ = write!(self.0, " {}={error}", field.name());
        let mut cause = error.source();
        while let Some(deeper) = cause {
            let _ = write!(self.0, ": {deeper}");
            cause = deeper.source();
        }
    }
}
