//! One that fails or is refused is left alone with more and more patience, and takes neither the others nor their talks along.

use std::time::Duration;

use jiff::SignedDuration;
use sprechzimmer::demo::bigbluebutton::{Habit, Mood};
use sprechzimmer::id::ConsultationId;
use sprechzimmer::watch::Watch;

use super::{LABEL, both_systems, draft, school, seal_in};
use crate::databases::both;
use crate::world::bigbluebutton::{Server, time};
use crate::world::{AUNT, World, until};

#[tokio::test]
async fn one_that_is_dead_or_refused_leaves_the_other_at_work() {
    both("several_failing", async |database| {
        for refused in [false, true] {
            let server = Server::start().await;
            if refused {
                server.fake.acquire(Habit::NobodyIsAGuest);
            } else {
                server.fake.set("", Some(Mood::Broken));
            }
            let world = World::with(|config| {
                config.database.clone_from(&database.url);
                both_systems(config, &server);
                // the failing one comes first
                config.backends.reverse();
            })
            .await;
            until("both self-tests", async || {
                let page = world.browser().get("/readyz").await;
                (page.status == 200 && page.body.contains("video system bbb, rule")).then_some(())
            })
            .await;
            let talk = draft(&world).await;
            let page = talk.get("").await;
            assert_eq!(page.attributes("input[name=system][checked]", "value"), ["embedded"]);
            assert_eq!(page.attributes("input[name=system][disabled]", "value"), ["bbb"]);
            assert!(page.text().contains("Zurzeit nicht verfügbar"), "{}", page.text());
            assert_eq!(seal_in(&talk, "bbb").await.status, 422, "even by hand");
            talk.seal().await;
            talk.open().await;
            talk.end().await;
            talk.proof().await;
            assert_eq!(server.fake.rooms(), 0);
        }
    })
    .await;
}

#[tokio::test]
async fn a_talk_whose_video_system_dies_waits_for_it_and_moves_to_no_other() {
    both("several_bound", async |database| {
        let (world, server) = school(database).await;
        let talk = draft(&world).await;
        seal_in(&talk, "bbb").await;
        server.fake.set("", Some(Mood::Broken));
        let page = talk.try_to_open().await;
        assert_eq!(page.status, 503, "{}", page.text());
        assert!(page.text().contains("Es ist nichts verloren"), "{}", page.text());
        let page = talk.get("").await;
        assert!(
            page.text().contains(&format!("{LABEL} ist zurzeit nicht verfügbar")),
            "{}",
            page.text()
        );
        let ready = world.browser().get("/readyz").await;
        assert_eq!(ready.status, 200, "{}", ready.body);
        assert!(ready.body.contains("ready, but: video system bbb"), "{}", ready.body);
        let store = world.store().await;
        let kept = store.load(&ConsultationId::parse(&talk.id).unwrap()).await.unwrap();
        assert_eq!(
            (kept.consultation.backend.as_str(), kept.consultation.phase.code()),
            ("bbb", "sealed")
        );
        // meanwhile another talk is opened in the other system
        let other = draft(&world).await;
        other.seal().await;
        other.open().await;
        server.fake.set("", None);
        talk.open().await;
        assert_eq!(server.fake.rooms(), 1);
        for talk in [&talk, &other] {
            talk.end().await;
            talk.proof().await;
        }
        let proof = talk.proof().await;
        assert!(proof.text().contains(LABEL), "{}", proof.text());
    })
    .await;
}

#[tokio::test]
async fn a_server_that_fails_is_asked_less_and_less_often() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    let talk = world.opened(&[AUNT]).await;
    talk.go_in().await;
    let mut watch = Watch::default();
    let start = time();
    let asked = || server.fake.calls("getMeetingInfo").len();
    watch.look(&app, start).await;
    server.fake.set("getMeetingInfo", Some(Mood::Broken));
    let before = asked();
    for second in 1..=60 {
        watch.look(&app, start + SignedDuration::from_secs(second)).await;
    }
    // after 1, 3, 7, 15 and 31 seconds
    assert_eq!(asked() - before, 5);
    let page = talk.get("").await;
    assert!(
        page.text().contains("Das Videosystem antwortet gerade nicht"),
        "{}",
        page.text()
    );
    server.fake.set("getMeetingInfo", None);
    let before = asked();
    watch.look(&app, start + SignedDuration::from_secs(64)).await;
    watch.look(&app, start + SignedDuration::from_secs(65)).await;
    assert_eq!(asked() - before, 2, "once it answers, it is asked at every look");
}

#[tokio::test]
async fn one_failing_room_is_no_failing_server() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    let talks = [world.opened(&[AUNT]).await, world.opened(&[AUNT]).await];
    for talk in &talks {
        talk.go_in().await;
    }
    let mut watch = Watch::default();
    server.fake.fail_for_one_room();
    let (start, before) = (time(), server.fake.calls("getMeetingInfo").len());
    for second in 1..=10 {
        watch.look(&app, start + SignedDuration::from_secs(second)).await;
    }
    let page = world.browser().get("/readyz").await;
    assert!(!page.body.contains("left alone"), "{}", page.body);
    assert_eq!(
        server.fake.calls("getMeetingInfo").len() - before,
        20,
        "both, at every look"
    );
}

#[tokio::test]
async fn the_cockpit_shows_what_the_watch_has_seen_and_asks_nobody() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    let talk = world.opened(&[AUNT]).await;
    talk.go_in().await;
    let mut watch = Watch::default();
    watch.look(&app, time()).await;
    let before = server.fake.calls("getMeetingInfo").len();
    server
        .fake
        .set("getMeetingInfo", Some(Mood::Slow(Duration::from_secs(30))));
    for _ in 0..10 {
        let page = talk.get("/people").await;
        assert!(!page.text().contains("antwortet gerade nicht"), "{}", page.text());
    }
    assert_eq!(server.fake.calls("getMeetingInfo").len(), before);
}
