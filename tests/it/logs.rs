//! Every log line of the test process is caught, and none may name a person or hold a secret.

use std::fmt::Write as _;
use std::mem;
use std::sync::{Mutex, Once, PoisonError};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::world;

/// What was written and not yet looked through.
static FRESH: Mutex<Vec<String>> = Mutex::new(Vec::new());
static SECRETS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static SEEN: Mutex<Seen> = Mutex::new(Seen {
    lines: String::new(),
    secrets: 0,
});

/// What was looked through already: the lines, and how many secrets they were held against.
struct Seen {
    lines: String,
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
    let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let fresh = FRESH.lock().unwrap_or_else(PoisonError::into_inner);
    let lines = seen.lines.lines().chain(fresh.iter().map(String::as_str));
    lines.filter(|line| line.contains(text)).map(str::to_owned).collect()
}

/// Every line is held against every name and every secret, each pair once in the life of the process.
pub(crate) fn assert_nobody_is_named() {
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let fresh = mem::take(&mut *FRESH.lock().unwrap_or_else(PoisonError::into_inner)).join("\n");
    let secrets = SECRETS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let names = world::personal().map(str::to_owned).collect::<Vec<_>>();
    let known = names.iter().chain(&secrets).map(String::as_str);
    let leak = leak(&fresh, known).or_else(|| leak(&seen.lines, secrets.iter().skip(seen.secrets).map(String::as_str)));
    let leak = leak.map(str::to_owned);
    seen.lines.push_str(&fresh);
    seen.lines.push('\n');
    seen.secrets = secrets.len();
    assert!(leak.is_none(), "stands in the log: {leak:?}");
}

/// The line with something forbidden in it. All are looked for at once: there are thousands of either.
fn leak<'line, 'text>(lines: &'line str, forbidden: impl Iterator<Item = &'text str>) -> Option<&'line str> {
    let forbidden = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::NoncontiguousNFA)) // the fastest to build
        .build(forbidden)
        .unwrap();
    let found = forbidden.find(lines)?;
    lines[found.start()..].lines().next()
}

#[test]
fn a_name_in_a_line_or_in_the_cause_of_an_error_would_be_noticed() {
    capture();
    let cause = std::io::Error::other("Zacharias Unterholzer was here");
    let error = std::io::Error::other(cause);
    tracing::debug!(error = &error as &dyn std::error::Error, "a test of the tests");
    tracing::debug_span!("visit", who = "Zacharias Unterholzer is here").in_scope(|| {});
    assert_eq!(lines_with("Zacharias Unterholzer").len(), 2);
    let lines = lines_with("Zacharias").join("\n");
    assert!(leak(&lines, ["Unterholzer"].into_iter()).is_some());
    assert!(leak("INFO sprechzimmer serving", ["Unterholzer"].into_iter()).is_none());
}

struct Capture;

impl<S: Subscriber> Layer<S> for Capture {
    fn on_new_span(&self, span: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        let mut line = Line(span.metadata().target().to_owned());
        span.record(&mut line);
        FRESH.lock().unwrap_or_else(PoisonError::into_inner).push(line.0);
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line(format!("{} {}", event.metadata().level(), event.metadata().target()));
        event.record(&mut line);
        // our own reading, which shows names by design, is no log of the service
        if READER.iter().any(|module| line.0.contains(module)) {
            return;
        }
        FRESH.lock().unwrap_or_else(PoisonError::into_inner).push(line.0);
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
