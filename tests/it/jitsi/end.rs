//! Rules 5 and 6: with its end a talk is gone for everybody and for ever, and no old token leads back.

use reqwest::Method;
use serde_json::{Value, json};

use super::prosody::{DOMAIN, MODERATOR, Prosody, token};
use super::talking::Talking;

#[tokio::test]
async fn after_the_end_everybody_is_out_and_no_old_way_leads_back() {
    let prosody = Prosody::start().await;
    let Talking {
        room,
        mut focus,
        mut moderator,
        mut person,
    } = prosody.talking("r1").await;
    let unused = token("r1", "p1");

    assert_eq!(prosody.end("r1").await, 204);

    for client in [&mut moderator, &mut person, &mut focus] {
        client.put_out(&room).await;
        assert!(client.join(&room, "again").await.is_err());
    }
    assert!(prosody.connect(&unused).await.unwrap().join(&room, "p").await.is_err());
    assert_eq!(prosody.look("r1").await, None);
    assert_eq!(prosody.end("r1").await, 404, "there is nothing left to end");
    // not even the service brings it back
    let body = json!({"moderator": MODERATOR, "seconds": 3600});
    assert_eq!(prosody.ask(Method::PUT, "/rooms/r1", &body).await.0, 409);
    let (status, _) = prosody
        .ask(Method::PUT, "/rooms/r1/people/p1", &json!({"name": "n"}))
        .await;
    assert_eq!(status, 404);
    let mut lobby = prosody.person("r1", MODERATOR).await;
    assert!(lobby.join(&format!("r1@lobby.{DOMAIN}"), "m").await.is_err());
}

#[tokio::test]
async fn a_talk_is_begun_once() {
    let prosody = Prosody::start().await;
    prosody.talk("r1").await;
    let body = json!({"moderator": "somebody-else", "seconds": 3600});
    assert_eq!(prosody.ask(Method::PUT, "/rooms/r1", &body).await.0, 409);
    let room = format!("r1@conference.{DOMAIN}");
    let mut moderator = prosody.person("r1", MODERATOR).await;
    assert_eq!(moderator.join(&room, "m").await.unwrap().affiliation, "owner");
}

#[tokio::test]
async fn an_empty_room_stays_for_its_people_and_what_ends_inside_is_made_again_as_safe() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    let mut moderator = prosody.person("r1", MODERATOR).await;
    for _ in 0..2 {
        moderator.join(&room, "m").await.unwrap();
        moderator
            .say(&format!(
                "<presence xmlns='jabber:client' type='unavailable' to='{room}/m'/>"
            ))
            .await;
        moderator.put_out(&room).await;
    }
    // the focus may destroy a room; the talk goes on in one that is made again, as closed as before
    let mut focus = prosody.account("focus").await;
    focus.join(&room, "focus").await.unwrap();
    let destroy = "<query xmlns='http://jabber.org/protocol/muc#owner'><destroy/></query>";
    focus.ask("set", &room, destroy).await.unwrap();
    focus.put_out(&room).await;
    focus.join(&room, "focus").await.unwrap();
    assert_eq!(moderator.join(&room, "m").await.unwrap().affiliation, "owner");
    let seen = prosody.look("r1").await.unwrap();
    assert_eq!(seen["waiting_room"], Value::Bool(true));
    let mut outside = prosody.person("r1", "p1").await;
    assert!(outside.join(&room, "o").await.is_err());
}
