//! Rule 1: nobody takes part without having agreed, the initiator included; a no is free and can come at any time.

use serde_json::json;

use crate::databases::both;
use crate::world::{AUNT, Call, UNCLE, World};

#[tokio::test]
async fn without_a_yes_no_door_opens() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let guest = world.guest(&talk.link(AUNT).await).await;
    assert_eq!(guest.post("/wait").await.status, 409);
    assert_eq!(guest.ask_ticket().await.status, 409);
    for page in ["/devices", "/waiting", "/room"] {
        let shown = guest.get(page).await;
        assert_eq!((shown.status, &shown.path), (200, &guest.own), "{page} leads back");
    }
    assert_eq!(talk.act(AUNT, "admit").await.status, 409, "not even the initiator can");
    assert_eq!(talk.standing(AUNT).await, "invited");
    let mut forged = Call::hello(&world.url, &"A".repeat(43)).await;
    assert_eq!(forged.closed().await, 4403);
}

#[tokio::test]
async fn a_preview_of_the_page_agrees_to_nothing() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let guest = world.guest(&talk.link(AUNT).await).await;
    assert_eq!(guest.get("/consent").await.status, 405);
    assert_eq!(talk.standing(AUNT).await, "invited");
}

#[tokio::test]
async fn the_initiator_does_not_open_the_room_without_agreeing_too() {
    let world = World::start().await;
    let talk = world.sealed(&[AUNT]).await;
    let mut form = talk.get("/opening").await.form(&talk.path("/open"));
    for tick in ["people", "cameras", "announcement"] {
        form = form.set(tick, "yes");
    }
    let page = form.send(&talk.teacher).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#consent[aria-invalid=true]"), "the page says what is missing");
    assert!(talk.get("").await.has(&format!("a[href='{}']", talk.path("/opening"))));
    assert_eq!(talk.post("/ticket").await.status, 409);
}

#[tokio::test]
async fn a_no_has_no_reason_and_can_become_a_yes() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let guest = world.guest(&talk.link(AUNT).await).await;
    let page = guest.get("").await;
    let decline = format!("{}/decline", guest.own);
    assert!(
        !page.has(&format!("form[action='{decline}'] :is(input, textarea, select)")),
        "nobody is asked why"
    );
    page.form(&decline).send(&guest.browser).await;
    assert_eq!(talk.standing(AUNT).await, "declined");
    assert_eq!(guest.post("/wait").await.status, 409);
    guest.consent().await;
    assert_eq!(talk.standing(AUNT).await, "consented");
}

#[tokio::test]
async fn whoever_withdraws_is_out_of_the_room_at_once() {
    let world = World::start().await;
    let (talk, mut initiator, mut people) = world.talking(&[AUNT]).await;
    let (guest, call) = people.first_mut().unwrap();
    let unused = guest.ticket().await;
    guest.post("/decline").await;
    assert_eq!(call.closed().await, 4408);
    initiator.hear("peer-left").await;
    assert_eq!(talk.standing(AUNT).await, "declined");
    assert_eq!(call.resume().await.closed().await, 4403, "the kept seat is gone");
    assert_eq!(Call::hello(&world.url, &unused).await.closed().await, 4403);
    assert_eq!(guest.ask_ticket().await.status, 409);
    assert_eq!(talk.act(AUNT, "admit").await.status, 409);
}

#[tokio::test]
async fn one_persons_yes_is_nobody_elses() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT, UNCLE]).await;
    let aunt = world.guest(&talk.link(AUNT).await).await;
    let uncle = world.guest(&talk.link(UNCLE).await).await;
    aunt.consent().await;
    let forged = aunt.browser.post(&format!("{}/consent", uncle.own), &[]).await;
    assert_eq!(forged.status, 404);
    assert_eq!(talk.standing(UNCLE).await, "invited");
    assert_eq!(uncle.post("/wait").await.status, 409);
}

#[tokio::test]
async fn the_database_itself_knows_nobody_who_waits_without_a_yes() {
    both("rule_1", async |database| {
        let world = World::on(database).await;
        let talk = world.opened(&[AUNT]).await;
        let person = talk.person(AUNT).await;
        for standing in ["waiting", "admitted"] {
            let forged = format!("update participant set standing = '{standing}' where id = '{person}'");
            assert!(database.execute(&forged).await.is_err(), "{standing}");
        }
        let forged = format!(
            "update consultation set initiator_consented_at = null where id = '{}'",
            talk.id
        );
        assert!(
            database.execute(&forged).await.is_err(),
            "an open room without the initiator's yes"
        );
    })
    .await;
}

#[tokio::test]
async fn no_frame_in_the_room_stands_for_a_ticket() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    for frame in [
        json!({"t": "hello"}),
        json!({"t": "resume", "key": "A".repeat(43)}),
        json!({"t": "hello", "ticket": talk.id}),
    ] {
        let mut call = Call::first(&world.url, &frame).await;
        assert_eq!(call.closed().await, 4403, "{frame}");
    }
}
