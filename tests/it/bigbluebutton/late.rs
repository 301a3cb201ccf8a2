//! What was asked for may be made when nobody waits for it any more: whoever gave up meanwhile, no room is left (rules 5 and 6).

use std::time::Duration;

use tokio::time::{Instant, timeout};

use crate::databases::both;
use crate::world::{AUNT, Talk, World, recovered, until};

const TICKS: [(&str, &str); 4] = [
    ("people", "yes"),
    ("cameras", "yes"),
    ("announcement", "yes"),
    ("consent", "yes"),
];

async fn phases(database: &crate::databases::Database) -> Vec<String> {
    database.texts("select phase from consultation").await
}

/// Somebody presses the button and does not wait for the answer.
async fn press(talk: &Talk) {
    let path = talk.path("/open");
    let opening = talk.teacher.try_post_form(&path, &TICKS);
    let _ = timeout(Duration::from_millis(300), opening).await;
}

#[tokio::test]
async fn a_room_that_is_made_after_the_opening_was_given_up_does_not_stay() {
    both("late_given_up", async |database| {
        let (world, server, way) = World::with_bigbluebutton_far_away(database).await;
        world.is_ready().await;
        let made = server.fake.calls("create").len();
        let talk = world.sealed(&[AUNT]).await;
        way.hold("/create");
        let page = talk.try_to_open().await;
        assert_eq!(page.status, 503, "{}", page.text());
        assert_eq!(phases(database).await, ["sealed"], "it can be opened once more");
        until("it was looked for and not found", async || {
            let tries = database.texts("select cast(attempts as TEXT) from orphan_room").await;
            tries.iter().any(|tries| tries != "0").then_some(())
        })
        .await;
        assert_eq!(server.fake.rooms(), 0);
        way.deliver().await;
        let made_late = Instant::now();
        assert_eq!(server.fake.calls("create").len(), made + 1, "only now");
        until("the late room is ended", async || {
            (server.fake.rooms() == 0).then_some(())
        })
        .await;
        recovered("a room is made late: ended", made_late);
        talk.open().await;
        assert_eq!(server.fake.rooms(), 1, "the room of the talk stays");
        talk.end().await;
        talk.proof().await;
    })
    .await;
}

#[tokio::test]
async fn a_talk_that_is_called_off_while_its_room_is_made_is_erased_when_the_room_is_gone() {
    both("late_called_off", async |database| {
        let (world, server, way) = World::with_bigbluebutton_far_away(database).await;
        world.is_ready().await;
        let talk = world.sealed(&[AUNT]).await;
        way.hold("/create");
        press(&talk).await;
        until("it is on its way", async || way.holds_something().then_some(())).await;
        assert_eq!(phases(database).await, ["opening"]);
        talk.post("/cancel").await;
        until("a try that found nothing", async || {
            let problems = database
                .texts("select coalesce(reap_problem, '') from consultation")
                .await;
            (problems == ["unanswered"]).then_some(())
        })
        .await;
        assert!(talk.get("").await.text().contains("Nächster Versuch"));
        way.deliver().await;
        talk.proof().await;
        assert_eq!(server.fake.rooms(), 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_closes_the_page_while_the_room_is_made_finds_the_talk_open() {
    both("late_closed_page", async |database| {
        let (world, server, way) = World::with_bigbluebutton_far_away(database).await;
        world.is_ready().await;
        let talk = world.sealed(&[AUNT]).await;
        way.slow_down(Duration::from_secs(1));
        press(&talk).await;
        assert_eq!(phases(database).await, ["opening"]);
        let began = Instant::now();
        until("it is open", async || {
            (phases(database).await == ["open"]).then_some(())
        })
        .await;
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
        assert_eq!(server.fake.rooms(), 1);
        talk.end().await;
        talk.proof().await;
    })
    .await;
}
