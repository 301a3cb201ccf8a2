//! Rule 3: the waiting room is on before and during the whole talk; every way into the room goes through it, each time.

use jiff::SignedDuration;
use sprechzimmer::config::Config;
use sprechzimmer::consultation::{INITIATOR_PRESENT, Refusal};
use sprechzimmer::id::{ConsultationId, ParticipantId};
use sprechzimmer::participant::Seat;
use sprechzimmer::store::StoreError;
use sprechzimmer::watch::Watch;

use crate::databases::sqlite;
use crate::world::{AUNT, Call, UNCLE, World, until};

#[tokio::test]
async fn whoever_waits_gets_no_ticket_before_being_admitted() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT, UNCLE]).await;
    let aunt = world.guest(&talk.link(AUNT).await).await;
    let uncle = world.guest(&talk.link(UNCLE).await).await;
    for guest in [&aunt, &uncle] {
        guest.consent().await;
        guest.wait().await;
        assert_eq!(guest.ask_ticket().await.status, 409);
        assert_eq!(guest.get("/room").await.path, format!("{}/waiting", guest.own));
    }
    talk.admit(AUNT).await;
    aunt.enter().await.inside().await;
    assert_eq!(
        uncle.ask_ticket().await.status,
        409,
        "the admission of one is not that of another"
    );
}

#[tokio::test]
async fn an_admission_is_told_to_the_waiting_page() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let guest = world.guest(&talk.link(AUNT).await).await;
    guest.consent().await;
    guest.wait().await;
    let mut page = guest.follow().await;
    assert_eq!(page.next().await.0, "page");
    talk.admit(AUNT).await;
    page.leads_to(&format!("{}/room", guest.own)).await;
}

#[tokio::test]
async fn a_ticket_opens_the_door_once_and_only_the_newest_does() {
    let world = World::start().await;
    let (_talk, mut initiator, people) = world.talking(&[AUNT]).await;
    let (guest, _call) = people.first().unwrap();
    let (older, newer) = (guest.ticket().await, guest.ticket().await);
    assert_eq!(
        Call::hello(&world.url, &older).await.closed().await,
        4403,
        "an older ticket is void"
    );
    let _inside = Call::hello(&world.url, &newer).await.inside().await;
    assert_eq!(
        Call::hello(&world.url, &newer).await.closed().await,
        4403,
        "a ticket is used up"
    );
    initiator.hear("peer-joined").await;
}

#[tokio::test]
async fn a_ticket_lasts_for_a_minute() {
    let database = sqlite();
    let world = World::on(&database).await;
    let (_talk, _initiator, people) = world.talking(&[AUNT]).await;
    let (guest, _call) = people.first().unwrap();
    let ticket = guest.ticket().await;
    let age = "update ticket set expires_at = expires_at - 60000";
    assert_eq!(database.execute(age).await.unwrap(), 1);
    assert_eq!(Call::hello(&world.url, &ticket).await.closed().await, 4403);
}

#[tokio::test]
async fn whoever_leaves_needs_a_new_admission() {
    let world = World::start().await;
    let (talk, _initiator, mut people) = world.talking(&[AUNT, UNCLE]).await;
    let (uncle, by_page) = people.pop().unwrap();
    let (aunt, by_frame) = people.pop().unwrap();
    by_frame.leave().await;
    talk.sees(AUNT, "consented").await;
    uncle.post("/leave").await;
    assert_eq!(talk.standing(UNCLE).await, "consented");
    for guest in [&aunt, &uncle] {
        assert_eq!(guest.ask_ticket().await.status, 409);
    }
    drop(by_page);
}

#[tokio::test]
async fn whoever_leaves_after_a_lost_connection_needs_a_new_admission_too() {
    let world = World::start().await;
    let (talk, mut initiator, mut people) = world.talking(&[AUNT]).await;
    let (guest, call) = people.pop().unwrap();
    let key = call.key();
    drop(call); // no close frame, as in a tunnel
    initiator.hear("peer-away").await;
    let back = Call::first(&world.url, &key).await.inside().await;
    initiator.hear("peer-back").await;
    back.leave().await;
    talk.sees(AUNT, "consented").await;
    assert_eq!(guest.ask_ticket().await.status, 409);
}

#[tokio::test]
async fn whoever_is_sent_back_waits_again_and_old_tickets_are_void() {
    let world = World::start().await;
    let (talk, _initiator, mut people) = world.talking(&[AUNT]).await;
    let (guest, mut call) = people.pop().unwrap();
    let unused = guest.ticket().await;
    talk.act(AUNT, "send-back").await;
    assert_eq!(call.closed().await, 4408);
    assert_eq!(talk.standing(AUNT).await, "waiting");
    assert_eq!(Call::hello(&world.url, &unused).await.closed().await, 4403);
    assert_eq!(call.resume().await.closed().await, 4403);
    assert_eq!(guest.ask_ticket().await.status, 409);
    talk.admit(AUNT).await;
    assert_eq!(
        Call::hello(&world.url, &unused).await.closed().await,
        4403,
        "a new admission wakes no old ticket"
    );
    guest.enter().await.inside().await;
}

#[tokio::test]
async fn whoever_is_turned_away_stays_outside() {
    let world = World::start().await;
    let (talk, _initiator, mut people) = world.talking(&[AUNT]).await;
    let (guest, mut call) = people.pop().unwrap();
    talk.act(AUNT, "turn-away").await;
    assert_eq!(call.closed().await, 4403);
    for step in ["/consent", "/wait", "/ticket"] {
        assert_eq!(guest.post(step).await.status, 409, "{step}");
    }
    assert_eq!(talk.act(AUNT, "admit").await.status, 409);
    assert_eq!(talk.standing(AUNT).await, "gone");
}

#[tokio::test]
async fn a_locked_waiting_room_lets_nobody_in() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let guest = world.guest(&talk.link(AUNT).await).await;
    guest.consent().await;
    guest.wait().await;
    talk.post("/lock").await;
    assert_eq!(talk.act(AUNT, "admit").await.status, 409);
    assert_eq!(talk.standing(AUNT).await, "waiting");
    assert_eq!(guest.ask_ticket().await.status, 409);
    talk.post("/unlock").await;
    assert_eq!(guest.ask_ticket().await.status, 409, "unlocking admits nobody");
    talk.admit(AUNT).await;
    guest.enter().await.inside().await;
}

#[tokio::test]
async fn while_the_initiator_is_gone_nobody_is_admitted_and_everybody_is_outside() {
    let database = sqlite();
    let (world, app) = World::unattended(&database).await;
    let (talk, initiator, mut people) = world.talking(&[AUNT]).await;
    let (guest, mut call) = people.pop().unwrap();
    let id = ConsultationId::parse(&talk.id).unwrap();
    let person = ParticipantId::parse(&talk.person(AUNT).await).unwrap();
    let opened = app
        .store
        .load(&id)
        .await
        .unwrap()
        .consultation
        .opened()
        .unwrap()
        .clone();
    initiator.leave().await;
    talk.close_page();
    until("the page is closed", async || {
        (!app.live.is_present(&id, &Seat::Moderator)).then_some(())
    })
    .await;
    let mut watch = Watch::default();
    let seen = opened.initiator_seen_at;
    watch.look(&app, seen + INITIATOR_PRESENT).await;
    assert_eq!(talk.standing(AUNT).await, "inside", "half a minute is granted");
    let gone = seen + INITIATOR_PRESENT + SignedDuration::from_secs(1);
    watch.look(&app, gone).await;
    call.hear("returned").await;
    assert_eq!(call.closed().await, 4408);
    assert_eq!(talk.standing(AUNT).await, "waiting");
    assert_eq!(guest.ask_ticket().await.status, 409);
    let admitted = app
        .store
        .change(&id, |kept| Ok(kept.consultation.admit(&person, gone)?))
        .await;
    assert!(matches!(admitted, Err(StoreError::Refused(Refusal::InitiatorGone))));
}

#[tokio::test]
async fn an_initiator_who_was_not_seen_for_half_a_minute_admits_nobody() {
    let database = sqlite();
    let (world, _app) = World::unattended(&database).await;
    let talk = world.opened(&[AUNT]).await;
    let guest = world.guest(&talk.link(AUNT).await).await;
    guest.consent().await;
    guest.wait().await;
    let away = "update consultation set initiator_seen_at = initiator_seen_at - 31000";
    assert_eq!(database.execute(away).await.unwrap(), 1);
    let page = talk.act(AUNT, "admit").await;
    assert_eq!(page.status, 409);
    assert!(page.has(".notice[role=alert]"), "the page says why");
    assert_eq!(talk.standing(AUNT).await, "waiting");
}

#[tokio::test]
async fn no_setting_switches_the_waiting_room_off() {
    let example = include_str!("../../sprechzimmer.example.toml");
    let folder = tempfile::tempdir().unwrap();
    assert!(Config::parse(example, folder.path()).is_ok());
    for key in ["waiting_room", "lobby", "auto_admit"] {
        let refused = Config::parse(&format!("{example}\n[policy]\n{key} = false\n"), folder.path());
        assert!(refused.is_err(), "{key}");
    }
}
