//! Numbers for Prometheus on a port of their own: gathered when somebody asks, so that they cost nothing while nobody does.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::app::own_keys::SIGNS;
use crate::backend::profile::rules;
use crate::backend::{Backend, Configured};
use crate::store::Tally;

/// <https://prometheus.io/docs/specs/om/open_metrics_spec/>, 1.0.0
const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Whoever asks gets an answer within this time, or none.
const PATIENCE: Duration = Duration::from_secs(8);

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Kept {
    backend: String,
    kind: &'static str,
    rule: u8,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct System {
    backend: String,
    kind: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Clock {
    platform: String,
}

/// One at a time: many who ask at once must not keep the database from those who talk.
#[derive(Clone, Debug)]
struct Desk {
    app: Arc<App>,
    turn: Arc<Mutex<()>>,
}

/// Answers `GET /metrics` and nothing else, until the process ends.
pub async fn serve(listener: TcpListener, app: Arc<App>) {
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, "metrics are served");
    }
    let desk = Desk {
        app,
        turn: Arc::default(),
    };
    let router = Router::new()
        .route("/metrics", get(answer))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            PATIENCE,
        ))
        .with_state(desk);
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!(error = &error as &dyn std::error::Error, "metrics are served no longer");
    }
}

async fn answer(State(desk): State<Desk>) -> Response {
    let _turn = desk.turn.lock().await;
    let headers = [
        (header::CONTENT_TYPE, TEXT),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
    ];
    (headers, text(&desk.app, clock()).await).into_response()
}

/// Everything as it stands at `now`, in the text format that Prometheus reads.
pub async fn text(app: &App, now: Timestamp) -> String {
    let mut registry = Registry::default();
    registry.register(
        "sprechzimmer_build",
        "The version of the program",
        Info::new([("version", env!("CARGO_PKG_VERSION"))]),
    );
    app.counters.register(&mut registry);
    let tally = app.store.tally().await;
    number(
        &mut registry,
        ("sprechzimmer_database_up", "Whether the database answers"),
        if tally.is_ok() { 1.0 } else { 0.0 },
    );
    match tally {
        Ok(tally) => installation(&mut registry, &tally, now),
        Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "the metrics are incomplete"),
    }
    video_systems(&mut registry, app, now);
    clocks(&mut registry, app);
    if let Some(certificate) = &app.certificate {
        number(
            &mut registry,
            (
                "sprechzimmer_certificate_end_timestamp_seconds",
                "Until when the certificate is valid that this process presents to browsers",
            ),
            moment(certificate.now().ends),
        );
    }
    let mut text = String::new();
    // writing into a String cannot fail
    let _ = encode(&mut text, &registry);
    text
}

/// What stands in the database; the same from every replica.
fn installation(registry: &mut Registry, tally: &Tally, now: Timestamp) {
    let age = tally
        .oldest_pending
        .map(|since| seconds(now.duration_since(since)).max(0.0));
    let counts = [
        (("sprechzimmer_open_rooms", "Rooms that are open"), tally.open_rooms),
        (
            ("sprechzimmer_waiting_people", "People in waiting rooms"),
            tally.waiting_people,
        ),
        (
            (
                "sprechzimmer_pending_deletions",
                "Consultations that have ended and are not yet proven to be gone",
            ),
            tally.pending_deletions,
        ),
        (
            (
                "sprechzimmer_orphan_rooms",
                "Rooms that nobody needs and that are not yet proven to be gone",
            ),
            tally.orphan_rooms,
        ),
    ];
    for (told, count) in counts {
        let gauge: Gauge = Gauge::default();
        gauge.set(count);
        registry.register(told.0, told.1, gauge);
    }
    number(
        registry,
        (
            "sprechzimmer_oldest_pending_deletion_seconds",
            "How long the oldest pending deletion has waited for its proof; 0 without any",
        ),
        age.unwrap_or_default(),
    );
    if let Some(end) = tally.last_key.and_then(|from| from.checked_add(SIGNS).ok()) {
        number(
            registry,
            (
                "sprechzimmer_signing_keys_end_timestamp_seconds",
                "Until when our published keys sign; keys that renew themselves keep it 90 days ahead",
            ),
            moment(end),
        );
    }
}

/// What each video system was seen to keep, and how much the relay of this process has carried.
fn video_systems(registry: &mut Registry, app: &App, now: Timestamp) {
    let kept = Family::<Kept, Gauge>::default();
    let tested = Family::<System, Gauge<f64, AtomicU64>>::default();
    let left_alone = Family::<System, Gauge<f64, AtomicU64>>::default();
    for configured in app.backends.iter() {
        let Configured { name, backend, .. } = configured;
        let (backend, kind) = (name.clone(), backend.kind());
        let latest = configured.latest();
        let broken = latest.as_ref().map(|latest| latest.outcome.broken_rules());
        for rule in rules() {
            let keeps = broken.as_ref().is_some_and(|broken| !broken.contains(&rule));
            let label = Kept {
                backend: backend.clone(),
                kind,
                rule,
            };
            kept.get_or_create(&label).set(keeps.into());
        }
        let system = System { backend, kind };
        left_alone.get_or_create(&system).set(seconds(configured.rest_length()));
        if let Some(latest) = latest {
            let age = seconds(now.duration_since(latest.at)).max(0.0);
            tested.get_or_create(&system).set(age);
        }
        if let Backend::Embedded(embedded) = &configured.backend {
            let tally = embedded.tally();
            relay(registry, &tally);
        }
    }
    registry.register(
        "sprechzimmer_backend_keeps_rule",
        "1 where the latest self-test has shown that the video system keeps the rule of this number, else 0",
        kept,
    );
    registry.register(
        "sprechzimmer_backend_test_age_seconds",
        "How long ago the latest self-test was",
        tested,
    );
    registry.register(
        "sprechzimmer_backend_left_alone_seconds",
        "How long the video system is left alone after its latest failure, doubled each time up to a minute; 0 since it has answered",
        left_alone,
    );
}

fn relay(registry: &mut Registry, tally: &crate::backend::embedded::relay::Tally) {
    let counts = [
        (
            "sprechzimmer_relay_bytes",
            "Encrypted bytes that the relay has passed on",
            tally.relayed_bytes,
        ),
        (
            "sprechzimmer_relay_dropped_packets",
            "Packets that had no way to go",
            tally.dropped,
        ),
        (
            "sprechzimmer_relay_refused_requests",
            "Requests to the relay with credentials that do not count",
            tally.refused,
        ),
    ];
    for (name, help, count) in counts {
        let counter: Counter = Counter::default();
        counter.inc_by(count);
        registry.register(name, help, counter);
    }
}

/// How far the clocks of the learning platforms are from ours, where they told the time.
fn clocks(registry: &mut Registry, app: &App) {
    let ahead = Family::<Clock, Gauge<f64, AtomicU64>>::default();
    for platform in app.platforms.known().iter() {
        if let Some(by) = app.platform_keys.clock_ahead(platform) {
            let label = Clock {
                platform: platform.issuer().to_owned(),
            };
            ahead.get_or_create(&label).set(seconds(by));
        }
    }
    registry.register(
        "sprechzimmer_platform_clock_ahead_seconds",
        "So far the clock of the learning platform was ahead of ours when it gave its keys",
        ahead,
    );
}

fn number(registry: &mut Registry, (name, help): (&str, &str), value: f64) {
    let gauge = Gauge::<f64, AtomicU64>::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

/// As Prometheus counts: seconds since 1970.
fn moment(at: Timestamp) -> f64 {
    seconds(at.duration_since(Timestamp::UNIX_EPOCH))
}

fn seconds(duration: jiff::SignedDuration) -> f64 {
    duration.as_secs_f64()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the desk reads the clock for everything below it"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
