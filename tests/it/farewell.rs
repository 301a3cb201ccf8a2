//! The real program, asked to stop: nothing new begins, open talks come to their end, and then it is gone.

use crate::databases::{both, sqlite};
use crate::world::{AUNT, World, until};

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
