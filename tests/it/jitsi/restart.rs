//! Prosody goes away in the middle of a talk, and tokens run out: the end is still proven, and every click makes a new way in.

use super::job::{School, way};
use super::prosody::{DOMAIN, claims};
use crate::world::{AUNT, now, until};

#[tokio::test]
async fn a_prosody_that_is_started_anew_ends_the_talk_with_its_proof() {
    let mut school = School::start().await;
    let talk = school.world.opened(&[AUNT]).await;
    let (name, token) = way(&talk.get("/room").await);
    let room = format!("{name}@conference.{DOMAIN}");
    let mut moderator = school.prosody.connect(&token).await.unwrap();
    moderator.join(&room, "m").await.unwrap();

    school.prosody.stop();
    school.prosody.start_again().await;

    // it knows of nothing any more, so nobody comes in by the token they hold
    let mut again = school.prosody.connect(&token).await.unwrap();
    assert!(again.join(&room, "m").await.is_err());
    let proof = talk.proof().await;
    assert!(
        proof.text().contains("das Videosystem hatte den Raum nicht mehr"),
        "{}",
        proof.text()
    );
    assert!(again.join(&room, "m").await.is_err());
    let next = school.world.opened(&[AUNT]).await;
    let (name, token) = way(&next.get("/room").await);
    let mut moderator = school.prosody.connect(&token).await.unwrap();
    let room = format!("{name}@conference.{DOMAIN}");
    assert!(moderator.join(&room, "m").await.is_ok(), "the next talk has its room");
}

#[tokio::test]
async fn while_prosody_is_away_the_deletion_is_pending_with_its_next_try() {
    let mut school = School::start().await;
    let talk = school.world.opened(&[AUNT]).await;
    let (name, token) = way(&talk.get("/room").await);
    let mut moderator = school.prosody.connect(&token).await.unwrap();
    let room = format!("{name}@conference.{DOMAIN}");
    moderator.join(&room, "m").await.unwrap();
    school.prosody.stop();
    talk.end().await;
    until("a failed try", async || {
        let page = talk.get("").await;
        page.text().contains("Nächster Versuch").then_some(())
    })
    .await;
    assert_eq!(talk.teacher.get(&format!("/records/{}", talk.id)).await.status, 404);
    school.prosody.start_again().await;
    talk.proof().await;
    let mut late = school.prosody.connect(&token).await.unwrap();
    assert!(late.join(&room, "l").await.is_err());
}

#[tokio::test]
async fn a_talk_outlives_its_tokens_and_every_click_makes_a_new_one() {
    let school = School::start().await;
    let (world, prosody) = (&school.world, &school.prosody);
    let talk = world.opened(&[AUNT]).await;
    let aunt = talk.person(AUNT).await;
    let (name, token) = way(&talk.get("/room").await);
    let room = format!("{name}@conference.{DOMAIN}");
    let mut moderator = prosody.connect(&token).await.unwrap();
    moderator.join(&room, "m").await.unwrap();
    let guest = world.guest(&talk.link(AUNT).await).await;
    guest.consent().await;
    guest.wait().await;
    talk.admit(AUNT).await;
    way(&guest.get("/room").await);
    // a token as the service makes it, but for a few seconds only
    let mut short = claims(&name, &aunt);
    short["exp"] = (now().seconds() + 3).into();
    let short = school.key.sign(&short).unwrap();
    let mut inside = prosody.connect(&short).await.unwrap();
    inside.join(&room, "a").await.unwrap();
    until("the token has run out", async || {
        prosody.connect(&short).await.is_err().then_some(())
    })
    .await;
    assert_eq!(prosody.inside(&name).await.len(), 2, "whoever is inside stays");
    talk.sees(AUNT, "inside").await;
    // the connection is lost, and the way in is asked for once more
    drop(inside);
    let (same, fresh) = way(&guest.get("/room").await);
    assert_eq!(same, name);
    assert!(prosody.connect(&short).await.is_err(), "the old token is worth nothing");
    let mut back = prosody.connect(&fresh).await.unwrap();
    assert_eq!(back.join(&room, "b").await.unwrap().role, "participant");
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_named_and_not_taken_for_a_wrong_key() {
    let school = School::start().await;
    let jitsi = school.jitsi();
    for hours in [1, -1] {
        let then = jiff::Timestamp::from_second(now().seconds()).unwrap() + jiff::SignedDuration::from_hours(hours);
        let room = sprechzimmer::id::RoomId::new(sprechzimmer::app::random());
        let outcome = jitsi.examine(&room, then).await;
        let failed: Vec<String> = outcome.steps.iter().filter_map(|step| step.failed.clone()).collect();
        let way = if hours > 0 { "behind" } else { "ahead of" };
        assert!(
            failed.concat().contains(&format!("s {way} the clock of this machine")),
            "{failed:?}"
        );
        assert!(!failed.concat().contains("cache_keys_url"), "{failed:?}");
        assert!(!outcome.broken_rules().is_empty());
    }
}

#[tokio::test]
async fn whatever_people_are_called_others_see_it_in_jitsi() {
    let school = School::start().await;
    let (world, prosody) = (&school.world, &school.prosody);
    let long = "Ä".repeat(80);
    let names = ["Zoë 👩‍👧 Ünal", "ליאורה כהן", long.as_str(), "Ann\u{202e}a & <b>"];
    let claims = crate::world::TEACHER.claims().named("Fr\u{7}au\u{0}", "L\u{1b}öwe");
    let teacher = world.launch_with(&claims).await;
    let talk = world.open_with(teacher, &names).await;
    let (name, token) = way(&talk.get("/room").await);
    let room = format!("{name}@conference.{DOMAIN}");
    let mut moderator = prosody.connect(&token).await.unwrap();
    moderator.join(&room, "m").await.unwrap();
    for (seat, name) in names.iter().enumerate() {
        let guest = world.guest(&talk.link(name).await).await;
        guest.consent().await;
        guest.wait().await;
        talk.admit(name).await;
        let (_, token) = way(&guest.get("/room").await);
        let mut person = prosody.connect(&token).await.unwrap();
        person.join(&room, &format!("p{seat}")).await.unwrap();
        let from = format!("{room}/p{seat}");
        let shown = moderator
            .hear(|stanza| stanza.is("presence") && stanza.attribute("from").as_deref() == Some(&from))
            .await;
        assert_eq!(shown.text("nick").unwrap(), name.replace('\u{202e}', ""));
    }
}
