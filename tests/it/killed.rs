//! The real program, killed by SIGKILL at every moment of an erasure: what has ended is gone afterwards, and recorded once.

use std::time::{Duration, Instant};

use crate::databases::{Database, both};
use crate::world::{AUNT, Guest, TEACHER, Talk, World, personal, until};

/// So many moments, from the click on "end" until the proof stands.
const MOMENTS: u32 = 10;

#[tokio::test]
async fn killed_at_any_moment_of_an_erasure_the_program_erases_once_and_leaves_no_name() {
    both("killed", async |database| {
        let mut world = World::program(database).await;
        let whole = undisturbed(&world).await;
        for moment in 0..=MOMENTS {
            let talk = under_way(&world).await;
            let ids = [talk.talk.person(AUNT).await, talk.talk.id.clone()];
            let link = talk.talk.link(AUNT).await;
            killed_after(&mut world, &talk, whole * moment / MOMENTS).await;
            world.run_program().await;
            gone(&world, database, &talk, &ids).await;
            assert_eq!(crate::world::redeem(&world.browser(), &link).await.status, 404);
        }
        let log = world.log();
        for name in personal().chain([AUNT]) {
            assert!(!log.contains(name), "{name} stands in the log");
        }
    })
    .await;
}

/// A talk that goes on, as far as the rows of the database are concerned.
struct UnderWay {
    talk: Talk,
    _guest: Guest,
}

async fn under_way(world: &World) -> UnderWay {
    let talk = world.opened(&[AUNT]).await;
    let guest = world.guest(&talk.link(AUNT).await).await;
    guest.consent().await;
    guest.wait().await;
    talk.admit(AUNT).await;
    guest.ticket().await;
    UnderWay { talk, _guest: guest }
}

/// How long an erasure takes when nothing happens to it.
async fn undisturbed(world: &World) -> Duration {
    let UnderWay { talk, .. } = under_way(world).await;
    let started = now();
    talk.end().await;
    talk.proof().await;
    started.elapsed()
}

/// The initiator ends the talk, and so long after that click the program dies.
async fn killed_after(world: &mut World, UnderWay { talk, .. }: &UnderWay, moment: Duration) {
    let end = talk.path("/end");
    let ending = talk.teacher.try_post(&end);
    let dying = async {
        tokio::time::sleep(moment).await;
        world.kill();
    };
    // the answer may never come
    let _ = tokio::join!(ending, dying);
}

async fn gone(world: &World, database: &Database, UnderWay { talk, .. }: &UnderWay, ids: &[String; 2]) {
    // if it died before the end was written down, the talk goes on, and she clicks again
    talk.post("/end").await;
    talk.proof().await;
    let records = format!("select cast(count(*) as TEXT) from record where id = '{}'", talk.id);
    assert_eq!(database.texts(&records).await, ["1"]);
    for table in ["consultation", "participant", "ticket", "incident"] {
        let rows = format!("select cast(count(*) as TEXT) from {table}");
        assert_eq!(database.texts(&rows).await, ["0"], "{table}");
    }
    for name in [AUNT, TEACHER.family] {
        assert!(database.files_with(name).await.is_empty(), "{name}");
    }
    if database.is_sqlite() {
        let [person, _] = ids;
        let clean = async || database.files_with(person).await.is_empty().then_some(());
        until("the files hold nothing of the person", clean).await;
    }
    let pending = world.store().await.pending().await.unwrap();
    assert!(pending.is_empty());
}

#[expect(clippy::disallowed_methods, reason = "the real program runs by the real clock")]
fn now() -> Instant {
    Instant::now()
}
