//! The metrics tell how the service is, and never about whom.

mod driven;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use jiff::{SignedDuration, Timestamp};
use sprechzimmer::app::App;
use sprechzimmer::{inspection, metrics, reaper};

use crate::databases::{Database, both, sqlite};
use crate::world::{AUNT, PUPIL, TEACHER, UNCLE, World, personal};

fn now() -> Timestamp {
    Timestamp::from_second(crate::world::now().seconds()).unwrap()
}

/// The value of one line, which begins so up to the space before its number.
fn value(text: &str, series: &str) -> f64 {
    let line = text.lines().find(|line| line.split(' ').next() == Some(series));
    let line = line.unwrap_or_else(|| panic!("{series} is missing: {text}"));
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

fn is(text: &str, series: &str, number: u8) -> bool {
    (value(text, series) - f64::from(number)).abs() < f64::EPSILON
}

/// Every id, link and keyed hash that the database knows of somebody or of a talk.
async fn ids(database: &Database) -> Vec<String> {
    let hash = |column: &str| {
        if database.is_sqlite() {
            format!("lower(hex({column}))")
        } else {
            format!("encode({column}, 'hex')")
        }
    };
    let mut ids = Vec::new();
    for (column, table) in [
        ("id".to_owned(), "consultation"),
        ("room".to_owned(), "consultation where room is not null"),
        (hash("initiator"), "consultation"),
        (hash("place"), "consultation"),
        ("id".to_owned(), "participant"),
        (hash("invitation"), "participant where invitation is not null"),
    ] {
        ids.extend(database.texts(&format!("select {column} from {table}")).await);
    }
    ids
}

#[tokio::test]
async fn after_the_whole_main_job_nobody_is_named_and_everything_was_counted() {
    both("metrics_job", async |database| {
        let (world, app) = World::unattended(database).await;
        inspection::pass(&app, now()).await;
        world.arrive(&PUPIL.claims()).await;
        let talk = world.opened(&[AUNT, UNCLE]).await;
        let mut seen = metrics::text(&app, now()).await;
        assert!(is(&seen, "sprechzimmer_open_rooms", 1), "{seen}");
        let guest = world.guest(&talk.link(AUNT).await).await;
        guest.consent().await;
        guest.wait().await;
        seen += &metrics::text(&app, now()).await;
        assert!(seen.contains("\nsprechzimmer_waiting_people 1\n"), "{seen}");
        talk.admit(AUNT).await;
        let _call = guest.enter().await.inside().await;
        let ids = ids(database).await;
        assert!(ids.len() >= 8, "the list holds what must not be seen: {ids:?}");

        talk.end().await;
        let late = now() + SignedDuration::from_mins(10);
        let pending = metrics::text(&app, late).await;
        assert!(is(&pending, "sprechzimmer_pending_deletions", 1), "{pending}");
        let age = value(&pending, "sprechzimmer_oldest_pending_deletion_seconds");
        assert!((595.0..=610.0).contains(&age), "{pending}");
        reaper::pass(&app, now() + SignedDuration::from_secs(2)).await;
        let done = metrics::text(&app, late).await;
        assert!(is(&done, "sprechzimmer_pending_deletions", 0), "{done}");
        assert!(is(&done, "sprechzimmer_oldest_pending_deletion_seconds", 0), "{done}");
        assert!(is(&done, "sprechzimmer_deletion_seconds_count", 1), "{done}");
        assert!(value(&done, "sprechzimmer_deletion_seconds_sum") <= 30.0, "{done}");
        assert!(
            value(
                &done,
                "sprechzimmer_launches_total{outcome=\"accepted\",code=\"accepted\"}"
            ) >= 2.0,
            "{done}"
        );
        for text in [seen, pending, done] {
            for secret in personal().map(str::to_owned).chain(ids.iter().cloned()) {
                assert!(!text.contains(&secret), "{secret} stands in the metrics: {text}");
            }
            only_known_labels(&text, &world);
        }
    })
    .await;
}

/// A label that could take any value is one by which somebody could be found.
fn only_known_labels(text: &str, world: &World) {
    let issuer = world.lms.platform.registration().issuer;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((_, labels)) = line.split_once('{') else {
            continue;
        };
        let (labels, _) = labels.split_once('}').unwrap();
        for label in labels.split(',') {
            let (key, value) = label.split_once('=').unwrap();
            let value = value.trim_matches('"');
            let known = match key {
                "outcome" => ["accepted", "refused"].contains(&value),
                "code" | "problem" => value.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'),
                "kind" => !value.is_empty() && value.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'),
                "rule" => (1..=10).contains(&value.parse::<u8>().unwrap()),
                "backend" => ["embedded", "bbb"].contains(&value),
                "le" => value == "+Inf" || value.parse::<f64>().is_ok(),
                "version" => value == env!("CARGO_PKG_VERSION"),
                "platform" => value == issuer,
                _ => false,
            };
            assert!(known, "{line}");
        }
    }
}

async fn kept(app: &App) -> Vec<String> {
    let text = metrics::text(app, now()).await;
    let rules = text
        .lines()
        .filter(|line| line.starts_with("sprechzimmer_backend_keeps_rule{"));
    rules.map(|line| line.rsplit(' ').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_video_system_keeps_a_rule_only_when_a_test_has_shown_it() {
    let (_world, app) = World::unattended(&sqlite()).await;
    assert!(kept(&app).await.iter().all(|kept| kept == "0"), "not tested yet");
    inspection::pass(&app, now()).await;
    let rules = kept(&app).await;
    assert!(rules.len() == 7 && rules.iter().all(|kept| kept == "1"), "{rules:?}");
}

#[tokio::test]
async fn a_refused_launch_is_counted_by_its_code_and_a_wrong_clock_is_measured() {
    let (world, app) = World::unattended(&sqlite()).await;
    world.lms.put_clock_forward(180);
    let claims = TEACHER.claims();
    let page = world
        .lms
        .launch(&world.browser(), &claims, crate::world::Container::Tab)
        .await;
    assert_eq!(page.status, 401);
    let text = metrics::text(&app, now()).await;
    let refused = "sprechzimmer_launches_total{outcome=\"refused\",code=\"iat_future\"}";
    assert!(is(&text, refused, 1), "{text}");
    let issuer = world.lms.platform.registration().issuer;
    let series = format!("sprechzimmer_platform_clock_ahead_seconds{{platform=\"{issuer}\"}}");
    let ahead = value(&text, &series);
    assert!((170.0..=190.0).contains(&ahead), "{text}");
    only_known_labels(&text, &world);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_told_and_nothing_is_invented() {
    let (_world, app) = World::unattended(&sqlite()).await;
    app.store.close().await;
    let text = metrics::text(&app, now()).await;
    assert!(is(&text, "sprechzimmer_database_up", 0), "{text}");
    assert!(!text.contains("sprechzimmer_pending_deletions "), "{text}");
}

#[tokio::test]
async fn the_numbers_have_a_port_of_their_own_and_none_unless_it_is_written() {
    let folder = crate::command::folder("http://localhost:9/keys");
    let file = folder.path().join("sprechzimmer.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("metrics_listen = \"127.0.0.1:0\"\n{text}")).unwrap();
    let mut service = crate::command::program(folder.path(), &["serve", "--log", "json"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut addresses = [String::new(), String::new()];
    for line in BufReader::new(service.stderr.take().unwrap()).lines() {
        let line: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        match line["message"].as_str() {
            Some("serving") => addresses[0] = line["address"].as_str().unwrap().to_owned(),
            Some("metrics are served") => addresses[1] = line["address"].as_str().unwrap().to_owned(),
            _ => {}
        }
        if addresses.iter().all(|address| !address.is_empty()) {
            break;
        }
    }
    let [pages, numbers] = &addresses;
    let at = |address: &str, path: &str| reqwest::get(format!("http://{address}{path}"));
    let answer = at(numbers, "/metrics").await.unwrap();
    assert_eq!(answer.status(), 200);
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let text = answer.text().await.unwrap();
    assert!(text.ends_with("# EOF\n"), "{text}");
    assert_eq!(at(numbers, "/").await.unwrap().status(), 404);
    assert_eq!(
        at(pages, "/metrics").await.unwrap().status(),
        404,
        "not on the port of the pages"
    );
    let told = Command::new("kill").arg(service.id().to_string()).status().unwrap();
    assert!(told.success() && service.wait().unwrap().success());
    let config = sprechzimmer::config::Config::load(&folder.path().join("sprechzimmer.toml")).unwrap();
    assert!(config.metrics_listen.is_some());
    std::fs::write(
        &file,
        std::fs::read_to_string(&file)
            .unwrap()
            .replacen("metrics_listen", "# metrics_listen", 1),
    )
    .unwrap();
    let config = sprechzimmer::config::Config::load(&file).unwrap();
    assert!(config.metrics_listen.is_none());
}
