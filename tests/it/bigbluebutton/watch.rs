//! Whatever must not be in a room on another server alarms the cockpit, stands in the record, and ends the room when it stays.

use jiff::{SignedDuration, Timestamp};
use sprechzimmer::app::App;
use sprechzimmer::consultation::EndReason;
use sprechzimmer::demo::bigbluebutton::Mood;
use sprechzimmer::id::ConsultationId;
use sprechzimmer::reaper;
use sprechzimmer::watch::Watch;

use crate::world::bigbluebutton::{Server, Tab, time};
use crate::world::{AUNT, Guest, Talk, World};

fn after(seconds: i64) -> Timestamp {
    time() + SignedDuration::from_secs(seconds)
}

fn id(talk: &Talk) -> ConsultationId {
    ConsultationId::parse(&talk.id).unwrap()
}

async fn incidents(app: &App, talk: &Talk) -> Vec<String> {
    let incidents = app.store.incidents(&id(talk)).await.unwrap();
    incidents.into_iter().map(|(kind, _)| kind).collect()
}

async fn phase(app: &App, talk: &Talk) -> &'static str {
    app.store.load(&id(talk)).await.unwrap().consultation.phase.code()
}

async fn talking(world: &World, server: &Server) -> (Talk, Guest) {
    let talk = world.opened(&[AUNT]).await;
    talk.go_in().await;
    let aunt = world.guest(&talk.link(AUNT).await).await;
    talk.lets_in(server, AUNT, &aunt).await;
    (talk, aunt)
}

#[tokio::test]
async fn whoever_or_whatever_must_not_be_there_alarms_at_once_and_ends_the_room_when_it_stays() {
    type Act = fn(&Server, &str);
    let cases: [(Act, &str, &str); 5] = [
        (
            |server, _| server.fake.intrude("w_somebody", false),
            "intruder",
            "w_somebody",
        ),
        (
            |server, _| server.fake.intrude("v_telephone", false),
            "intruder",
            "v_telephone",
        ),
        (
            |server, _| server.fake.intrude(&format!("p-{}", "0".repeat(32)), false),
            "intruder",
            "",
        ),
        (|server, aunt| server.fake.intrude(aunt, true), "second_moderator", ""),
        (|server, _| server.fake.record_every_room(), "recording", ""),
    ];
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    for (act, kind, _) in cases {
        let (talk, aunt) = talking(&world, &server).await;
        let mut watch = Watch::default();
        watch.look(&app, after(0)).await;
        assert_eq!(incidents(&app, &talk).await, [""; 0], "{kind}");
        act(&server, &format!("p-{}", aunt.own.strip_prefix("/invited/").unwrap()));
        watch.look(&app, after(1)).await;
        // somebody of no list is given a moment, in case they were just sent back
        watch.look(&app, after(22)).await;
        watch.look(&app, after(23)).await;
        assert_eq!(incidents(&app, &talk).await, [kind], "told once");
        assert!(talk.get("").await.has(".notice.danger[role=alert]"));
        assert_eq!(phase(&app, &talk).await, "open");
        watch.look(&app, after(60)).await;
        assert_eq!(phase(&app, &talk).await, "ended", "{kind}");
        reaper::pass(&app, after(61)).await;
        reaper::pass(&app, after(90)).await;
        let proof = talk.proof().await;
        assert!(
            proof.text().contains("im Raum blieb etwas, was nicht sein darf"),
            "{}",
            proof.text()
        );
        assert!(proof.has(".state.noted"));
        assert_eq!(server.fake.rooms(), 0);
    }
}

#[tokio::test]
async fn whoever_goes_in_time_is_noted_and_the_talk_goes_on() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    let (talk, _aunt) = talking(&world, &server).await;
    let mut watch = Watch::default();
    server.fake.intrude("w_somebody", false);
    watch.look(&app, after(1)).await;
    server.fake.expel("w_somebody");
    for seconds in [20, 40, 60] {
        watch.look(&app, after(seconds)).await;
    }
    assert_eq!(incidents(&app, &talk).await, ["intruder"]);
    assert_eq!(phase(&app, &talk).await, "open");
}

#[tokio::test]
async fn a_way_in_that_is_used_twice_is_seen_after_a_minute_and_a_half() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    let (talk, aunt) = talking(&world, &server).await;
    let mut watch = Watch::default();
    server
        .fake
        .intrude(&format!("p-{}", aunt.own.strip_prefix("/invited/").unwrap()), false);
    for seconds in [1, 60, 89] {
        watch.look(&app, after(seconds)).await;
    }
    assert_eq!(incidents(&app, &talk).await, [""; 0]);
    for seconds in [92, 200] {
        watch.look(&app, after(seconds)).await;
    }
    assert_eq!(incidents(&app, &talk).await, ["twice"]);
    assert_eq!(phase(&app, &talk).await, "open");
}

#[tokio::test]
async fn whoever_was_sent_back_must_be_taken_out_there_and_the_cockpit_says_so() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    let (talk, aunt) = talking(&world, &server).await;
    let mut watch = Watch::default();
    talk.act(AUNT, "send-back").await;
    let page = talk.get("/people").await;
    assert!(page.text().contains("ist noch im Raum"), "{}", page.text());
    assert_ne!(aunt.get("/room").await.status, 303, "no new way in");
    watch.look(&app, after(1)).await;
    server
        .fake
        .expel(&format!("p-{}", aunt.own.strip_prefix("/invited/").unwrap()));
    for seconds in [15, 60] {
        watch.look(&app, after(seconds)).await;
    }
    assert_eq!(incidents(&app, &talk).await, [""; 0], "done in time is no incident");
    assert_eq!(phase(&app, &talk).await, "open");
}

#[tokio::test]
async fn a_server_that_does_not_answer_sends_nobody_away_and_ends_nothing() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    let (talk, _aunt) = talking(&world, &server).await;
    let mut watch = Watch::default();
    watch.look(&app, after(0)).await;
    server.fake.set("", Some(Mood::Broken));
    for seconds in [60, 200, 400] {
        watch.look(&app, after(seconds)).await;
    }
    assert_eq!(phase(&app, &talk).await, "open");
    assert!(
        talk.get("")
            .await
            .text()
            .contains("Das Videosystem antwortet gerade nicht")
    );
    server.fake.set("", None);
    talk.sees(AUNT, "inside").await;
}

#[tokio::test]
async fn an_address_that_is_opened_a_second_time_is_seen_as_a_second_presence() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    let talk = world.opened(&[AUNT]).await;
    talk.go_in().await;
    let aunt = world.guest(&talk.link(AUNT).await).await;
    let first = talk.lets_in(&server, AUNT, &aunt).await;
    let mut watch = Watch::default();
    watch.look(&app, after(0)).await;
    // she passes on what her browser was led to, or clicks once more
    let second = Tab::open(&aunt.get("/room").await).await;
    server.fake.let_everybody_in();
    for tab in [&first, &second] {
        tab.look().await;
    }
    for seconds in [1, 60, 90] {
        watch.look(&app, after(seconds)).await;
    }
    assert_eq!(
        incidents(&app, &talk).await,
        [""; 0],
        "a lost connection may be seen twice for a while"
    );
    watch.look(&app, after(93)).await;
    assert_eq!(incidents(&app, &talk).await, ["twice"]);
    assert!(talk.get("").await.has(".notice.danger[role=alert]"));
    second.leave().await;
    watch.look(&app, after(94)).await;
    watch.look(&app, after(200)).await;
    assert_eq!(incidents(&app, &talk).await, ["twice"], "told once");
}

#[tokio::test]
async fn rooms_beside_the_room_alarm_the_cockpit_and_stand_in_the_record() {
    let (world, app, server) = World::unattended_with_bigbluebutton().await;
    let (talk, _aunt) = talking(&world, &server).await;
    let mut watch = Watch::default();
    server.fake.open_breakout_rooms();
    watch.look(&app, after(1)).await;
    watch.look(&app, after(2)).await;
    assert_eq!(incidents(&app, &talk).await, ["breakouts"]);
    assert!(talk.get("").await.has(".notice.danger[role=alert]"));
    reaper::end(&app, &id(&talk), EndReason::Initiator, after(3))
        .await
        .unwrap();
    reaper::pass(&app, after(4)).await;
    reaper::pass(&app, after(30)).await;
    let proof = talk.proof().await;
    let rule = proof.part(".proof > li", "Teilnehmende");
    assert!(rule.has(".state.noted"), "{}", proof.text());
}
