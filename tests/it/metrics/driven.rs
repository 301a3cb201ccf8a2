//! Each number is driven to a value by what it counts, up to the one at which somebody is woken.

use jiff::{SignedDuration, Timestamp};
use sprechzimmer::app::App;
use sprechzimmer::demo::bigbluebutton::{Habit, Mood};
use sprechzimmer::watch::Watch;
use sprechzimmer::{inspection, metrics, reaper, rotation};

use super::{is, now, only_known_labels, value};
use crate::databases::{both, sqlite};
use crate::world::{AUNT, UNCLE, World};

const BBB: &str = "{backend=\"bbb\",kind=\"bigbluebutton\"}";

fn after(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

async fn number(app: &App, series: &str) -> f64 {
    value(&metrics::text(app, now()).await, series)
}

fn equal(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}

#[tokio::test]
async fn a_video_system_that_fails_is_left_alone_for_as_long_as_the_number_says() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    let talk = world.opened(&[AUNT]).await;
    talk.go_in().await;
    let series = format!("sprechzimmer_backend_left_alone_seconds{BBB}");
    let mut watch = Watch::default();
    watch.look(&app, after(0)).await;
    assert!(equal(number(&app, &series).await, 0.0));
    server.fake.set("getMeetingInfo", Some(Mood::Broken));
    let mut second = 0;
    for wait in [2, 4, 8, 16, 32, 60, 60] {
        watch.look(&app, after(second)).await;
        assert!(equal(number(&app, &series).await, f64::from(wait)), "{wait}");
        second += i64::from(wait);
        // still so at the moment in which it is asked again
        assert!(equal(
            value(&metrics::text(&app, after(second)).await, &series),
            f64::from(wait)
        ));
    }
    only_known_labels(&metrics::text(&app, now()).await, &world);
    server.fake.set("getMeetingInfo", None);
    watch.look(&app, after(second)).await;
    assert!(equal(number(&app, &series).await, 0.0), "it has answered");
}

#[tokio::test]
async fn what_must_not_be_in_a_room_is_counted_once_by_rule_and_kind() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    let talk = world.opened(&[AUNT]).await;
    talk.go_in().await;
    let mut watch = Watch::default();
    watch.look(&app, after(0)).await;
    let text = metrics::text(&app, now()).await;
    assert!(!text.contains("sprechzimmer_violations_total{"), "{text}");
    server.fake.intrude("w_somebody", false);
    server.fake.record_every_room();
    for second in 1..4 {
        watch.look(&app, after(second)).await;
    }
    let text = metrics::text(&app, now()).await;
    assert!(
        is(&text, "sprechzimmer_violations_total{rule=\"8\",kind=\"intruder\"}", 1),
        "{text}"
    );
    assert!(
        is(&text, "sprechzimmer_violations_total{rule=\"9\",kind=\"recording\"}", 1),
        "{text}"
    );
    only_known_labels(&text, &world);
    assert!(!text.contains("w_somebody"), "{text}");
}

#[tokio::test]
async fn what_the_relay_carries_in_a_talk_is_counted_to_the_byte() {
    let database = sqlite();
    let (world, app) = World::unattended(&database).await;
    let (_talk, _initiator, people) = world.talking(&[AUNT, UNCLE]).await;
    let [(_, aunt), (_, uncle)] = people.as_slice() else {
        panic!("two are there");
    };
    let (mut one, mut other) = (aunt.telephone().await, uncle.telephone().await);
    let (from, to) = (one.allocate().await.unwrap(), other.allocate().await.unwrap());
    one.bind(0x4000, to).await;
    other.bind(0x4001, from).await;
    let before = metrics::text(&app, now()).await;
    for name in ["bytes", "dropped_packets"] {
        assert!(is(&before, &format!("sprechzimmer_relay_{name}_total"), 0), "{before}");
    }
    for length in [1_000, 500] {
        one.send(0x4000, &vec![7; length]).await;
        assert!(other.receive().await.unwrap().ends_with(&[7; 500]));
    }
    let text = metrics::text(&app, now()).await;
    assert!(equal(value(&text, "sprechzimmer_relay_bytes_total"), 1_500.0), "{text}");
    let refused = value(&text, "sprechzimmer_relay_refused_requests_total");
    drop(other);
    crate::world::until("nobody listens there any more", async || {
        one.send(0x4000, &[7; 10]).await;
        let text = metrics::text(&app, now()).await;
        (value(&text, "sprechzimmer_relay_dropped_packets_total") >= 1.0).then_some(())
    })
    .await;
    let mut stranger = aunt.telephone().await;
    stranger.caller.password = "guessed".to_owned();
    assert_eq!(stranger.allocate().await, Err(401));
    let text = metrics::text(&app, now()).await;
    assert!(
        equal(value(&text, "sprechzimmer_relay_refused_requests_total"), refused + 1.0),
        "{text}"
    );
}

#[tokio::test]
async fn a_deletion_that_has_to_be_repeated_and_a_room_that_nobody_needs_are_counted() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    inspection::pass(&app, now()).await;
    let talk = world.opened(&[AUNT]).await;
    server.fake.set("", Some(Mood::Broken));
    talk.end().await;
    reaper::pass(&app, after(1)).await;
    reaper::pass(&app, after(120)).await;
    let text = metrics::text(&app, now()).await;
    assert!(
        is(&text, "sprechzimmer_failed_deletions_total{problem=\"backend\"}", 2),
        "{text}"
    );
    assert!(is(&text, "sprechzimmer_orphan_rooms", 0), "{text}");
    server.fake.set("", None);
    server.fake.set("getMeetingInfo", Some(Mood::Broken));
    let next = world.sealed(&[AUNT]).await;
    assert_eq!(next.try_to_open().await.status, 503);
    let text = metrics::text(&app, now()).await;
    assert!(is(&text, "sprechzimmer_orphan_rooms", 1), "{text}");
    server.fake.set("getMeetingInfo", None);
    reaper::pass(&app, after(300)).await;
    let text = metrics::text(&app, now()).await;
    for gone in ["sprechzimmer_orphan_rooms", "sprechzimmer_pending_deletions"] {
        assert!(is(&text, gone, 0), "{text}");
    }
}

/// As `SprechzimmerBackendRefused` wants it: one rule of one system is enough.
#[tokio::test]
async fn the_one_rule_that_a_video_system_does_not_keep_is_the_one_that_is_told() {
    let (_world, app, server) = World::unattended_with_bigbluebutton().await;
    server.fake.acquire(Habit::NobodyIsAGuest);
    inspection::pass(&app, now()).await;
    let text = metrics::text(&app, after(90)).await;
    for rule in [2, 3, 4, 5, 6, 8, 9] {
        let series =
            format!("sprechzimmer_backend_keeps_rule{{backend=\"bbb\",kind=\"bigbluebutton\",rule=\"{rule}\"}}");
        assert!(is(&text, &series, u8::from(rule != 4)), "{series}: {text}");
    }
    let age = value(&text, &format!("sprechzimmer_backend_test_age_seconds{BBB}"));
    assert!((90.0..=91.0).contains(&age), "{text}");
}

/// As `SprechzimmerKeysExpiring` wants it: 60 days before the end, which nobody sees where they renew themselves.
#[tokio::test]
async fn the_end_of_our_signing_keys_stays_90_days_ahead_or_comes_near() {
    both("metrics_keys", async |database| {
        let (_world, app) = World::unattended(database).await;
        let day = SignedDuration::from_hours(24);
        let left = async |at: Timestamp| {
            let end = value(
                &metrics::text(&app, at).await,
                "sprechzimmer_signing_keys_end_timestamp_seconds",
            );
            (end - at.as_duration().as_secs_f64()) / day.as_secs_f64()
        };
        rotation::pass(&app, now()).await;
        let at_first = left(now()).await;
        assert!((90.0..=181.0).contains(&at_first), "{at_first}");
        let mut late = now();
        while left(late).await >= 60.0 {
            late += day;
        }
        assert!(late > now() + day * 30, "not in the first month");
        rotation::pass(&app, late).await;
        assert!(left(late).await >= 89.0, "renewed at {late}: {}", left(late).await);
    })
    .await;
}
