//! Rule 5: one talk, one room: made when the talk is opened, never used twice, and not copied with a course.

use futures_util::future::join_all;

use crate::databases::both;
use crate::world::{AUNT, PUPIL, TEACHER, World};

#[tokio::test]
async fn twenty_clicks_open_one_room() {
    both("rule_5", async |database| {
        let world = World::on(database).await;
        let talk = world.sealed(&[AUNT]).await;
        let ticks = ["people", "cameras", "announcement", "consent"].map(|tick| (tick, "yes"));
        let path = talk.path("/open");
        let pages = join_all((0..20).map(|_| talk.teacher.post(&path, &ticks))).await;
        for page in pages {
            assert_eq!(
                (page.status, page.path.as_str()),
                (200, talk.path("").as_str()),
                "{}",
                page.text()
            );
        }
        let rooms = database
            .texts("select room from consultation where phase = 'open'")
            .await;
        assert_eq!(rooms.len(), 1);
        assert!(
            database.texts("select room from orphan_room").await.is_empty(),
            "and no other was begun"
        );
        let _inside = talk.enter().await.inside().await;
    })
    .await;
}

#[tokio::test]
async fn every_talk_has_a_room_of_its_own_and_it_never_comes_back() {
    both("rule_5_again", async |database| {
        let world = World::on(database).await;
        let room = async |id: &str| {
            database
                .texts(&format!("select room from consultation where id = '{id}'"))
                .await
                .concat()
        };
        let (first, second) = (world.opened(&[AUNT]).await, world.opened(&[AUNT]).await);
        let (old, new) = (room(&first.id).await, room(&second.id).await);
        assert_ne!(old, new);
        let shared = format!("update consultation set room = '{old}' where id = '{}'", second.id);
        assert!(
            database.execute(&shared).await.is_err(),
            "the database refuses a shared room"
        );
        first.end().await;
        assert!(
            first.proof().await.body.contains(&old),
            "the proof names the room that is gone"
        );
        for step in ["/open", "/seal", "/ticket", "/unlock"] {
            let page = first.post(step).await;
            assert_ne!(page.status, 200, "{step}");
        }
        assert_eq!(room(&first.id).await, "");
        assert_eq!(room(&second.id).await, new, "the other talk goes on");
    })
    .await;
}

#[tokio::test]
async fn a_copied_course_or_activity_carries_nothing_over() {
    let world = World::start().await;
    world.arrive(&PUPIL.claims()).await;
    let talk = world.draft().await;
    talk.pick(&PUPIL.name()).await;
    talk.seal().await;
    talk.open().await;
    let copies = [
        (
            TEACHER.claims().in_course("9", "Kopie"),
            PUPIL.claims().in_course("9", "Kopie"),
        ),
        (
            TEACHER.claims().at_link("9", "Kopie"),
            PUPIL.claims().at_link("9", "Kopie"),
        ),
    ];
    for (teacher, pupil) in copies {
        let (teacher, overview) = world.arrive(&teacher).await;
        assert!(!overview.body.contains(&talk.id));
        assert_eq!(teacher.get(&talk.path("")).await.status, 404);
        assert!(
            !teacher.get("/consultations/new").await.body.contains(PUPIL.family),
            "not even who was there"
        );
        let (pupil, page) = world.arrive(&pupil).await;
        assert_eq!(page.path, "/uninvited");
        let person = talk.person(&PUPIL.name()).await;
        assert_eq!(pupil.get(&format!("/invited/{person}")).await.status, 404);
    }
    let (_, page) = world.arrive(&PUPIL.claims()).await;
    assert!(page.path.starts_with("/invited/"), "at its own place it is there");
}
