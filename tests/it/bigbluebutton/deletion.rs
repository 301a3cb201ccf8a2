//! The end is believed only when the room is neither found nor listed, and nothing is recorded (rule 6).

use sprechzimmer::demo::bigbluebutton::{Habit, Mood};

use crate::world::bigbluebutton::Server;
use crate::world::{AUNT, Talk, World, until};

/// The deletion is shown as pending, with the next try, and nothing claims that it is done.
async fn is_pending(world: &World, talk: &Talk, problem: &str) {
    let store = world.store().await;
    let pending = until("a failed try", async || {
        let pending = store.pending().await.unwrap();
        pending.into_iter().find(|pending| pending.attempts > 0)
    })
    .await;
    assert_eq!(pending.problem.as_deref(), Some(problem));
    let page = talk.get("").await;
    assert!(page.has(".notice.alert"), "{}", page.text());
    assert!(page.text().contains("Nächster Versuch"), "{}", page.text());
    assert_eq!(talk.teacher.get(&format!("/records/{}", talk.id)).await.status, 404);
}

async fn begun() -> (World, Server, Talk) {
    let (world, server) = World::with_bigbluebutton().await;
    let talk = world.opened(&[AUNT]).await;
    talk.go_in().await;
    (world, server, talk)
}

#[tokio::test]
async fn a_server_that_says_it_ends_a_room_and_does_not_is_found_out() {
    let (world, server, talk) = begun().await;
    server.fake.acquire(Habit::NeverEnds);
    talk.end().await;
    is_pending(&world, &talk, "residue").await;
    server.fake.lose(Habit::NeverEnds);
    talk.proof().await;
    assert_eq!(server.fake.rooms(), 0);
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_delays_the_proof_and_no_more() {
    for mood in [
        Mood::Broken,
        Mood::WebPage,
        Mood::InvalidXml,
        Mood::Empty,
        Mood::Redirect,
        Mood::Unauthorized,
    ] {
        let (world, server, talk) = begun().await;
        server.fake.set("", Some(mood));
        talk.end().await;
        is_pending(&world, &talk, "backend").await;
        server.fake.set("", None);
        talk.proof().await;
        assert_eq!(server.fake.rooms(), 0, "{mood:?}");
    }
}

#[tokio::test]
async fn a_balancer_that_forgets_a_room_too_early_is_not_believed() {
    let (world, server, talk) = begun().await;
    server.fake.acquire(Habit::Balancer);
    server.fake.set("end", Some(Mood::InternalError));
    talk.end().await;
    is_pending(&world, &talk, "backend").await;
    server.fake.set("end", None);
    // the balancer knows no such room any more, but its server still lists it
    let store = world.store().await;
    until("a try that found it listed", async || {
        let pending = store.pending().await.unwrap();
        let problem = pending.first()?.problem.clone()?;
        (problem == "residue").then_some(())
    })
    .await;
    assert_eq!(server.fake.rooms(), 1, "the room goes on there");
    assert_eq!(talk.teacher.get(&format!("/records/{}", talk.id)).await.status, 404);
    server.fake.end_every_room();
    talk.proof().await;
}

#[tokio::test]
async fn what_was_recorded_against_our_will_is_deleted_and_stands_in_the_record() {
    let (_world, server, talk) = begun().await;
    // after the opening, in which it would have been noticed
    server.fake.acquire(Habit::Records);
    server.fake.record_every_room();
    talk.end().await;
    let proof = talk.proof().await;
    assert_eq!(server.fake.calls("deleteRecordings").len(), 1);
    let rule = proof.part(".proof > li", "Keine Aufnahmen");
    assert!(rule.text().contains("vermerkt"), "{}", rule.text());
    assert!(rule.text().contains("aufgezeichnet"), "{}", rule.text());
}

#[tokio::test]
async fn one_server_that_hangs_delays_no_other_deletion() {
    let (world, server, talk) = begun().await;
    let other = world.opened(&[AUNT]).await;
    server
        .fake
        .set("getRecordings", Some(Mood::Slow(std::time::Duration::from_secs(30))));
    talk.end().await;
    is_pending(&world, &talk, "backend").await;
    let never_opened = world.sealed(&[AUNT]).await;
    never_opened.post("/cancel").await;
    never_opened.proof().await;
    server.fake.set("getRecordings", None);
    talk.proof().await;
    other.end().await;
    other.proof().await;
}
