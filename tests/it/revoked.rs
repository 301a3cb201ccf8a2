//! What stands open in a browser whose right was taken away is cut at once: live pages, and the socket of the room.

use crate::passkey::recovery::{administrator, number};
use crate::passkey::{impersonator, protected};
use crate::world::{AUNT, Call, Events, UNCLE, World, until};

#[tokio::test]
async fn a_revoked_link_cuts_the_waiting_page_and_the_room_that_are_open_by_it() {
    let world = World::start().await;
    let (talk, _initiator, mut people) = world.talking(&[AUNT]).await;
    let (guest, mut call) = people.pop().unwrap();
    let (mut page, mut second) = (guest.follow().await, guest.follow().await);
    talk.act(AUNT, "revoke").await;
    assert_eq!(call.closed().await, 4408);
    assert_eq!(call.resume().await.closed().await, 4403, "no seat is kept");
    for page in [&mut page, &mut second] {
        page.leads_to(&guest.own).await;
        page.ends().await;
    }
    assert_eq!(guest.get("/live").await.status, 404);
    assert_eq!(talk.standing(AUNT).await, "revoked");
}

#[tokio::test]
async fn a_new_link_cuts_what_is_open_by_the_old_one_and_nobody_else() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT, UNCLE]).await;
    let (guest, other) = (
        world.guest(&talk.link(AUNT).await).await,
        world.guest(&talk.link(UNCLE).await).await,
    );
    for one in [&guest, &other] {
        one.consent().await;
        one.wait().await;
    }
    let (mut page, mut bystander) = (guest.follow().await, other.follow().await);
    talk.act(AUNT, "renew").await;
    page.leads_to(&guest.own).await;
    page.ends().await;
    assert_eq!(bystander.next().await.0, "page", "goes on");
    talk.admit(UNCLE).await;
    bystander.leads_to(&format!("{}/room", other.own)).await;
}

#[tokio::test]
async fn a_reset_cuts_the_cockpit_and_the_room_that_are_open_in_the_old_browser() {
    let world = World::start().await;
    let (teacher, _device) = protected(&world).await;
    let talk = world.open_with(teacher, &[AUNT]).await;
    let mut call = talk.enter().await.inside().await;
    let unused = talk.ticket().await;
    let (mut page, key) = (talk.follow().await, call.key());
    let new = impersonator(&world).await;
    let number = number(&new).await.replace(' ', "");
    assert_eq!(administrator(&world, &["passkey", "reset", &number]).0, 0);
    // they hear of it within seconds, by the log of administrative acts
    assert_eq!(call.closed().await, 4403);
    page.leads_to(&talk.path("")).await;
    page.ends().await;
    assert_eq!(talk.get("").await.status, 404);
    assert_eq!(Call::first(&world.url, &key).await.closed().await, 4403);
    assert_eq!(Call::hello(&world.url, &unused).await.closed().await, 4403);
    // whoever reads the number out goes on where the old browser was
    let path = talk.path("/ticket");
    until("the new browser", async || {
        (new.post(&path, &[]).await.status == 200).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_its_owner_forgets_is_cut_from_the_cockpit_and_the_room() {
    let world = World::start().await;
    let (teacher, device) = protected(&world).await;
    let talk = world.open_with(teacher, &[AUNT]).await;
    let second = impersonator(&world).await;
    let proven = device
        .answer(&second, &second.get("/passkey/prove").await, &world.url)
        .await;
    assert_eq!(proven.status, 200, "{}", proven.text());
    let mut page = Events::of(second.follow(&talk.path("/live")).await);
    let way = second.post(&talk.path("/ticket"), &[]).await;
    let way: serde_json::Value = serde_json::from_str(&way.body).unwrap();
    let mut call = Call::hello(&world.url, way["ticket"].as_str().unwrap())
        .await
        .inside()
        .await;
    let forgotten = talk.teacher.post("/passkeys/forget-browsers", &[]).await;
    assert_eq!(forgotten.status, 200, "{}", forgotten.text());
    page.leads_to(&talk.path("")).await;
    page.ends().await;
    assert_eq!(call.closed().await, 4403);
    assert_eq!(call.resume().await.closed().await, 4403);
    assert_eq!(second.post(&talk.path("/ticket"), &[]).await.status, 403);
    assert_eq!(talk.get("").await.status, 200, "their own goes on");
    talk.enter().await.inside().await;
}
