//! What the service costs, as one table: `cargo bench --bench service [launches]`; with PostgreSQL if `TEST_POSTGRES_URL` is set.
//!
//! The service runs as a process of its own, the platform and the browsers here; only the service's processor time counts.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a measurement, not a part of the service"
)]

#[expect(dead_code, reason = "shared with the tests, which need more of it")]
#[path = "../../tests/it/world/browser.rs"]
mod browser;
#[expect(dead_code, reason = "shared with the tests, which need more of it")]
#[path = "../../tests/browser/chromium.rs"]
mod chromium;
mod launches;
#[expect(dead_code, reason = "shared with the tests, which need more of it")]
#[path = "../../tests/it/world/lms.rs"]
mod lms;
#[expect(dead_code, reason = "shared with the tests, which need more of it")]
#[path = "../../tests/it/world/page.rs"]
mod page;
mod past;
mod process;
#[expect(dead_code, reason = "shared with the tests, which need more of it")]
#[path = "../../tests/it/world/services.rs"]
mod services;
mod sight;
mod talk;

use std::time::Duration;

use chromium::Chromium;
use process::Service;

/// Records in the database of a school authority after many years.
const PAST: u32 = 1_000_000;
/// People on waiting pages.
const WAITING: usize = 1_000;

#[tokio::main]
async fn main() {
    let launches = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(4_000);
    let postgres = std::env::var("TEST_POSTGRES_URL").ok();
    println!(
        "| database | past | idle MiB | ms CPU/launch | launches/s | p99 ms | peak MiB | open ms | admit → picture ms | end → proof ms |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for past in [0, PAST] {
        row("SQLite", None, past, launches).await;
        if let Some(url) = &postgres {
            row("PostgreSQL", Some(url), past, launches).await;
        }
    }
    if let Some(obstacle) = Chromium::obstacle() {
        println!("\nNo pictures were measured: {obstacle}");
    }
    let mut service = Service::start(None, 0).await;
    let before = service.resident();
    let pages = talk::wait_with(&service, WAITING).await;
    println!(
        "\n{WAITING} waiting pages: {:.1} MiB (before: {before:.1} MiB)",
        service.resident()
    );
    drop(pages);
    service.stop();
}

async fn row(name: &str, postgres: Option<&str>, past: u32, launches: usize) {
    let mut service = Service::start(postgres, past).await;
    let idle = service.resident();
    let load = launches::measure(&service, launches).await;
    let peak = service.peak();
    let talk = talk::measure(&service).await;
    let sight = sight::measure(&service).await;
    println!(
        "| {name} | {past} | {idle:.1} | {:.3} | {:.0} | {:.1} | {peak:.1} | {:.1} | {} | {:.1} |",
        milliseconds(load.processor),
        load.per_second,
        milliseconds(load.slowest_percent),
        milliseconds(talk.open),
        sight.map_or("–".to_owned(), |sight| format!("{:.0}", milliseconds(sight))),
        milliseconds(talk.end),
    );
    service.stop();
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
