//! Rule 4: there is one moderator, whom the service has named, and nobody makes another one; without them nobody stays.

use reqwest::Method;
use serde_json::json;
use sprechzimmer::backend::jitsi::xmpp::Stanza;

use super::prosody::{Client, MODERATOR, Prosody, Settings};
use crate::world::until;

const ADMIN: &str = "http://jabber.org/protocol/muc#admin";

async fn set(client: &mut Client, room: &str, item: &str) -> Result<Stanza, String> {
    client
        .ask("set", room, &format!("<query xmlns='{ADMIN}'>{item}</query>"))
        .await
}

#[tokio::test]
async fn nobody_makes_another_moderator() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    prosody.let_in("r1", "p1").await;
    let mut focus = prosody.account("focus").await;
    focus.join(&room, "focus").await.unwrap();
    let mut person = prosody.person("r1", "p1").await;
    person.join(&room, "p").await.unwrap();
    let mut moderator = prosody.person("r1", MODERATOR).await;
    moderator.join(&room, "m").await.unwrap();
    let mut operator = prosody.account("operator").await;
    let person_account = person.account();
    // the focus does so for whoever comes first, where auto-owner is left on
    for client in [&mut moderator, &mut focus, &mut operator, &mut person] {
        for item in [
            format!("<item affiliation='owner' jid='{person_account}'/>"),
            format!("<item affiliation='admin' jid='{person_account}'/>"),
            "<item role='moderator' nick='p'/>".to_owned(),
        ] {
            assert!(set(client, &room, &item).await.is_err(), "{item}");
        }
    }
    let seen = prosody.look("r1").await.unwrap();
    let moderators = seen["inside"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["moderator"] == true);
    assert_eq!(
        moderators.map(|it| it["id"].as_str().unwrap()).collect::<Vec<_>>(),
        [MODERATOR]
    );
    assert_eq!(prosody.inside("r1").await, [MODERATOR, "p1"]);
}

#[tokio::test]
async fn the_moderator_may_still_put_somebody_out() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    prosody.let_in("r1", "p1").await;
    let mut moderator = prosody.person("r1", MODERATOR).await;
    moderator.join(&room, "m").await.unwrap();
    let mut person = prosody.person("r1", "p1").await;
    person.join(&room, "p").await.unwrap();
    set(&mut moderator, &room, "<item role='none' nick='p'/>")
        .await
        .unwrap();
    person.put_out(&room).await;
    assert_eq!(prosody.inside("r1").await, [MODERATOR]);
}

#[tokio::test]
async fn when_the_moderator_leaves_nobody_moves_up_and_everybody_has_to_be_let_in_again() {
    let settings = Settings {
        grace: 1,
        ..Settings::default()
    };
    let prosody = Prosody::with(settings).await;
    let room = prosody.talk("r1").await;
    prosody.let_in("r1", "p1").await;
    let mut moderator = prosody.person("r1", MODERATOR).await;
    moderator.join(&room, "m").await.unwrap();
    let mut person = prosody.person("r1", "p1").await;
    person.join(&room, "p").await.unwrap();
    moderator
        .say(&format!(
            "<presence xmlns='jabber:client' type='unavailable' to='{room}/m'/>"
        ))
        .await;
    person.put_out(&room).await;
    assert!(person.join(&room, "p").await.is_err());
    assert!(prosody.inside("r1").await.is_empty());
    assert!(moderator.join(&room, "m").await.is_ok(), "the moderator may come back");
    prosody.let_in("r1", "p1").await;
    assert_eq!(person.join(&room, "p").await.unwrap().role, "participant");
}

#[tokio::test]
async fn without_its_moderator_and_after_its_time_a_talk_is_over() {
    let settings = Settings {
        absence: 1,
        ..Settings::default()
    };
    let prosody = Prosody::with(settings).await;
    let room = prosody.begin("r1", 3600).await;
    over(&prosody, &room).await;
    let prosody = Prosody::start().await;
    let room = prosody.begin("r1", 2).await;
    over(&prosody, &room).await;
}

/// The talk is over by itself, and there is no way back.
async fn over(prosody: &Prosody, room: &str) {
    until("the talk is over", async || {
        prosody.look("r1").await.is_none().then_some(())
    })
    .await;
    let mut moderator = prosody.person("r1", MODERATOR).await;
    assert!(moderator.join(room, "m").await.is_err());
    let body = json!({"moderator": MODERATOR, "seconds": 3600});
    assert_eq!(prosody.ask(Method::PUT, "/rooms/r1", &body).await.0, 409);
}
