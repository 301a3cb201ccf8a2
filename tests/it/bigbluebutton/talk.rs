//! From the checklist to the proof: the initiator goes first, each person is led in by an address of their own.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sprechzimmer::id::ConsultationId;
use url::form_urlencoded;

use crate::databases::both;
use crate::world::bigbluebutton::Tab;
use crate::world::{AUNT, TEACHER, UNCLE, World, until};

#[tokio::test]
async fn a_talk_runs_on_a_bigbluebutton_and_is_proven_to_be_gone() {
    both("bigbluebutton_talk", async |database| {
        let (world, server) = World::with_bigbluebutton_on(database).await;
        let talk = world.opened(&[AUNT, UNCLE]).await;
        let page = talk.get("").await;
        assert_eq!(page.attribute("a[href$='/room']", "target").as_deref(), Some("_blank"));
        let cockpit = talk.go_in().await;
        let (aunt, uncle) = (
            world.guest(&talk.link(AUNT).await).await,
            world.guest(&talk.link(UNCLE).await).await,
        );
        let inside = talk.lets_in(&server, AUNT, &aunt).await;
        let outside = talk.lets_in(&server, UNCLE, &uncle).await;
        for name in [AUNT, UNCLE] {
            talk.sees(name, "inside").await;
        }
        talk.end().await;
        let proof = talk.proof().await;
        assert_eq!(server.fake.rooms(), 0);
        assert!(proof.text().contains("BigBlueButton"), "{}", proof.text());
        assert!(
            proof.text().contains("Protokolle des Videoservers"),
            "the operator's part"
        );
        // whoever sits there is led back to our end
        for tab in [inside, outside] {
            let last = tab.look().await;
            assert!(last.contains("Der Raum ist gelöscht"), "{last}");
        }
        drop(cockpit);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_led_into_the_room_before_the_initiator_is_there() {
    let (world, server) = World::with_bigbluebutton().await;
    let talk = world.opened(&[AUNT]).await;
    let aunt = world.guest(&talk.link(AUNT).await).await;
    aunt.consent().await;
    aunt.wait().await;
    assert_eq!(
        aunt.get("/room").await.path,
        format!("{}/waiting", aunt.own),
        "not admitted"
    );
    talk.admit(AUNT).await;
    let page = aunt.get("/room").await;
    assert_eq!(
        (page.status, page.header("refresh")),
        (200, "3"),
        "admitted, but nobody is there"
    );
    assert!(!page.body.contains("checksum"));
    talk.go_in().await;
    let led = aunt.get("/room").await;
    assert_eq!(led.status, 303);
    for (name, value) in [("cache-control", "no-store"), ("referrer-policy", "no-referrer")] {
        assert_eq!(led.header(name), value);
    }
    assert!(led.body.is_empty(), "the address stands in no page");
    assert_ne!(aunt.ask_ticket().await.status, 500);
    drop(server);
}

#[tokio::test]
async fn whoever_leaves_comes_back_to_our_pages() {
    let (world, server) = World::with_bigbluebutton().await;
    let talk = world.opened(&[AUNT]).await;
    talk.go_in().await;
    let aunt = world.guest(&talk.link(AUNT).await).await;
    let tab = talk.lets_in(&server, AUNT, &aunt).await;
    let back = tab.leave().await;
    assert_eq!(back.path(), format!("{}/left/{}", aunt.own, talk.id));
    let page = aunt.browser.get(back.path()).await;
    assert!(page.has(&format!("a[href='{}/room']", aunt.own)), "{}", page.text());
    let again = aunt.get("/room").await;
    Tab::open(&again).await;
    aunt.post("/leave").await;
    let page = aunt.browser.get(back.path()).await;
    assert!(page.has("a[href$='/waiting?again']"), "{}", page.text());
    assert_eq!(
        aunt.get("/room").await.path,
        format!("{}/waiting", aunt.own),
        "out is out"
    );
    talk.end().await;
    talk.proof().await;
    let page = aunt.browser.get(back.path()).await;
    assert_eq!(
        page.path,
        format!("/over/{}", talk.id),
        "even when nothing of them is left"
    );
}

/// Every value that means something, with what differs between any two talks taken out.
fn parameters(query: &str, ids: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
    let plain = pairs.map(|(name, mut value)| {
        for (id, stands_for) in ids {
            value = value.replace(id, stands_for);
        }
        (name, value)
    });
    plain.collect()
}

#[tokio::test]
async fn the_requests_are_exactly_these() {
    let (world, server) = World::with_bigbluebutton().await;
    let talk = world.opened(&[AUNT]).await;
    talk.go_in().await;
    let aunt = world.guest(&talk.link(AUNT).await).await;
    talk.lets_in(&server, AUNT, &aunt).await;
    let store = world.store().await;
    let id = ConsultationId::parse(&talk.id).unwrap();
    let kept = store.load(&id).await.unwrap().consultation;
    let room = kept.opened().unwrap().room.clone();
    let created: Vec<&str> = room.mark.split(' ').collect();
    let create = server.fake.calls("create").pop().unwrap();
    let pairs = parameters(&create, &[]);
    let ended = pairs["meta_endCallbackUrl"].rsplit_once('/').unwrap().1.to_owned();
    let ids = [
        (pairs["meetingID"].as_str(), "<room>"),
        (room.id.as_str(), "<room id>"),
        (ended.as_str(), "<tag>"),
        (created[0], "<create time>"),
        (talk.id.as_str(), "<consultation>"),
        (aunt.own.strip_prefix("/invited/").unwrap(), "<person>"),
        (world.url.as_str(), "<us>/"),
    ];
    let joins = server.fake.calls("join");
    let last: Vec<&String> = joins.iter().rev().take(2).collect();
    let mut seen = String::new();
    for (call, query) in [("create", &create), ("join", last[1]), ("join", last[0])] {
        seen.push_str(call);
        seen.push('\n');
        for (name, value) in parameters(query, &ids) {
            let value = if value == created[1] { "<minutes>" } else { &value };
            writeln!(seen, "  {name} = {value}").unwrap();
        }
    }
    let seen = seen
        .replace(AUNT, "<name>")
        .replace(TEACHER.given, "<given>")
        .replace(TEACHER.family, "<family>");
    assert_eq!(seen, include_str!("requests.txt"));
}

#[tokio::test]
async fn a_hint_that_the_room_has_ended_makes_us_look_and_nothing_more() {
    let (world, server) = World::with_bigbluebutton().await;
    let talk = world.opened(&[AUNT]).await;
    let create = server.fake.calls("create").pop().unwrap();
    let hint = parameters(&create, &[])["meta_endCallbackUrl"].clone();
    let path = url::Url::parse(&hint).unwrap().path().to_owned();
    // anybody may have sent it: the room is there, so the talk goes on
    assert_eq!(world.browser().get(&path).await.status, 204);
    assert_eq!(talk.get("").await.path, talk.path(""));
    let wrong = format!("{}0", path.trim_end_matches(char::is_alphanumeric));
    assert_eq!(world.browser().get(&wrong).await.status, 404);
    server.fake.end_every_room();
    assert_eq!(world.browser().get(&path).await.status, 204);
    let proof = talk.proof().await;
    assert!(
        proof.text().contains("das Videosystem hatte den Raum nicht mehr"),
        "{}",
        proof.text()
    );
}

#[tokio::test]
async fn whatever_people_are_called_they_come_in_by_their_name() {
    let long = "Ä".repeat(80);
    let names = ["Zoë 👩‍👧 Ünal", "ליאורה כהן", long.as_str(), "Ann\u{202e}a & <b>"];
    let (world, server) = World::with_bigbluebutton().await;
    let talk = world.opened(&names).await;
    talk.go_in().await;
    for name in names {
        let guest = world.guest(&talk.link(name).await).await;
        talk.lets_in(&server, name, &guest).await;
        let join = server.fake.calls("join").pop().unwrap();
        let shown = &parameters(&join, &[])["fullName"];
        assert_eq!(*shown, name.replace('\u{202e}', ""));
        talk.sees(name, "inside").await;
    }
}

#[tokio::test]
async fn a_room_that_somebody_else_ends_ends_the_talk_with_its_proof() {
    let (world, server) = World::with_bigbluebutton().await;
    for lost in [
        (|server: &crate::world::bigbluebutton::Server| server.fake.end_every_room()) as fn(&_),
        |server| server.fake.forget_everything(),
    ] {
        let talk = world.opened(&[AUNT]).await;
        talk.go_in().await;
        lost(&server);
        let proof = talk.proof().await;
        assert!(
            proof.text().contains("das Videosystem hatte den Raum nicht mehr"),
            "{}",
            proof.text()
        );
    }
}

#[tokio::test]
async fn another_room_of_the_same_id_is_not_ours() {
    let (world, server) = World::with_bigbluebutton().await;
    let talk = world.opened(&[AUNT]).await;
    talk.go_in().await;
    // as after a backup that was restored, or when somebody else makes a room of this id
    server.fake.make_every_room_anew();
    let proof = talk.proof().await;
    assert!(
        proof.text().contains("das Videosystem hatte den Raum nicht mehr"),
        "{}",
        proof.text()
    );
    assert_eq!(server.fake.rooms(), 0, "and it does not stay either");
}

#[tokio::test]
async fn after_a_crash_of_ours_the_talk_there_goes_on() {
    both("bigbluebutton_crash", async |database| {
        let (mut world, server) = World::with_bigbluebutton_on(database).await;
        let talk = world.opened(&[AUNT]).await;
        talk.go_in().await;
        let aunt = world.guest(&talk.link(AUNT).await).await;
        talk.lets_in(&server, AUNT, &aunt).await;
        world.crash();
        world.restart(|_| {}).await;
        until("the talk is seen again", async || {
            let page = talk.get("/people").await;
            (page.status == 200 && page.body.contains("state inside")).then_some(())
        })
        .await;
        assert_eq!(aunt.get("/room").await.status, 303, "the same room");
        talk.end().await;
        talk.proof().await;
        assert_eq!(server.fake.rooms(), 0);
    })
    .await;
}
