//! The real program, asked to stop: nothing new begins, open talks come to their end, and then it is gone.

use std::time::Duration;

use sprechzimmer::demo::bigbluebutton::Mood;
use tokio::time::Instant;

use crate::databases::{Database, both, sqlite};
use crate::world::bigbluebutton::Server;
use crate::world::{AUNT, Talk, World, recovered, until};

#[tokio::test]
async fn asked_to_stop_it_begins_nothing_new_and_leaves_when_the_last_talk_is_erased() {
    both("farewell", async |database| {
        let mut world = World::program_with(database, |config| {
            config.stop_within = jiff::SignedDuration::from_hours(1);
        })
        .await;
        let waiting = world.sealed(&[AUNT]).await;
        let (talk, _initiator, people) = world.talking(&[AUNT]).await;
        world.terminate();
        let refuses = async || (waiting.get("/opening").await.status == 503).then_some(());
        until("nothing new begins", refuses).await;

        let new = waiting.teacher.get("/consultations/new").await;
        assert_eq!(new.status, 503);
        assert_eq!(new.headers["retry-after"], "120");
        assert!(new.text().contains("Gerade beginnt nichts Neues"), "{}", new.text());
        assert_eq!(waiting.teacher.post("/consultations", &[]).await.status, 503);
        let ticks = [
            ("people", "yes"),
            ("cameras", "yes"),
            ("announcement", "yes"),
            ("consent", "yes"),
        ];
        assert_eq!(waiting.teacher.post(&waiting.path("/open"), &ticks).await.status, 503);
        let phases = database.texts("select phase from consultation order by phase").await;
        assert_eq!(phases, ["open", "sealed"]);
        let ready = reqwest::get(world.url.join("/readyz").unwrap()).await.unwrap();
        assert_eq!(ready.status(), 503);
        assert!(ready.text().await.unwrap().contains("about to stop"));
        assert_eq!(
            reqwest::get(world.url.join("/healthz").unwrap())
                .await
                .unwrap()
                .status(),
            200
        );

        // the talk itself goes on as before: people leave, wait and come in
        let (guest, mut call) = people.into_iter().next().unwrap();
        talk.act(AUNT, "send-back").await;
        assert_eq!(call.hear("returned").await["t"], "returned");
        guest.wait().await;
        talk.admit(AUNT).await;
        let _again = guest.enter().await.inside().await;
        talk.end().await;
        assert!(world.left().await.success());
        let left = "select phase from consultation union all select 'erased' from record";
        let mut left = database.texts(left).await;
        left.sort();
        assert_eq!(left, ["erased", "sealed"], "the talk is erased before the process goes");
    })
    .await;
}

#[tokio::test]
async fn a_talk_that_outlasts_the_patience_waits_again_after_the_next_start() {
    let database = sqlite();
    let mut world = World::program_with(&database, |config| {
        config.stop_within = jiff::SignedDuration::from_millis(200);
    })
    .await;
    let (talk, _initiator, _people) = world.talking(&[AUNT]).await;
    world.terminate();
    assert!(world.left().await.success());
    assert_eq!(database.texts("select phase from consultation").await, ["open"]);
    world.run_program().await;
    assert_ne!(talk.standing(AUNT).await, "inside");
    let _back = talk.enter().await.inside().await;
    talk.end().await;
    talk.proof().await;
}

#[tokio::test]
async fn asked_twice_it_leaves_at_once() {
    let database = sqlite();
    let mut world = World::program_with(&database, |config| {
        config.stop_within = jiff::SignedDuration::from_hours(1);
    })
    .await;
    let _talk = world.talking(&[AUNT]).await;
    world.terminate();
    let noted = async || world.log().contains("asked to stop: nothing new begins").then_some(());
    until("it has heard", noted).await;
    world.terminate();
    assert!(world.left().await.success());
    assert!(world.log().contains("asked to stop at once"));
}

#[tokio::test]
async fn a_second_process_on_the_same_file_is_refused_and_disturbs_nobody() {
    let database = sqlite();
    let world = World::program(&database).await;
    let (talk, _initiator, _people) = world.talking(&[AUNT]).await;
    let (code, said) = world.second_program().await;
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("another process serves"), "{said}");
    assert!(said.contains("use PostgreSQL for several"), "{said}");
    assert_eq!(talk.standing(AUNT).await, "inside");
}

/// The real program with a BigBlueButton, and a talk there that is open.
async fn on_bigbluebutton(database: &Database) -> (World, Server, Talk) {
    let (world, server) = World::program_with_bigbluebutton(database).await;
    let talk = world.opened(&[AUNT]).await;
    (world, server, talk)
}

#[tokio::test]
async fn a_video_system_that_hangs_does_not_keep_it_and_what_is_pending_is_erased_after_the_next_start() {
    both("farewell_hanging", async |database| {
        let (mut world, server, talk) = on_bigbluebutton(database).await;
        server.fake.set("end", Some(Mood::Slow(Duration::from_mins(10))));
        talk.end().await;
        until("it is asked to end the room", async || {
            (!server.fake.calls("end").is_empty()).then_some(())
        })
        .await;
        world.terminate();
        let asked = Instant::now();
        assert!(world.left().await.success());
        assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
        recovered("asked to stop while a video system hangs: gone", asked);
        assert_eq!(database.texts("select phase from consultation").await, ["ended"]);
        server.fake.set("end", None);
        let started = Instant::now();
        world.run_program().await;
        talk.proof().await;
        recovered("started again after that: erased", started);
        assert_eq!(server.fake.rooms(), 0);
        let records = database.texts("select cast(count(*) as TEXT) from record").await;
        assert_eq!(records, ["1"]);
    })
    .await;
}

#[tokio::test]
async fn an_opening_that_hangs_when_it_is_asked_to_stop_can_be_begun_again_after_the_next_start() {
    both("farewell_opening", async |database| {
        let (mut world, server, other) = on_bigbluebutton(database).await;
        let talk = world.sealed(&[AUNT]).await;
        let made = server.fake.calls("create").len();
        server.fake.set("create", Some(Mood::Slow(Duration::from_mins(10))));
        let ticks = ["people", "cameras", "announcement", "consent"].map(|tick| (tick, "yes"));
        let path = talk.path("/open");
        let stopping = async {
            until("the room is asked for", async || {
                (server.fake.calls("create").len() > made).then_some(())
            })
            .await;
            world.terminate();
            assert!(world.left().await.success());
        };
        // the answer may never come
        let _ = tokio::join!(talk.teacher.try_post_form(&path, &ticks), stopping);
        server.fake.set("create", None);
        let started = Instant::now();
        world.run_program().await;
        let phase = format!("select phase from consultation where id = '{}'", talk.id);
        until("the opening is given up", async || {
            (database.texts(&phase).await == ["sealed"]).then_some(())
        })
        .await;
        recovered(
            "started again after an opening that hung: it can be opened once more",
            started,
        );
        talk.open().await;
        for talk in [talk, other] {
            talk.end().await;
            talk.proof().await;
        }
        assert_eq!(server.fake.rooms(), 0);
    })
    .await;
}
