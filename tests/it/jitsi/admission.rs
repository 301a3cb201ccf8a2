//! Rules 2, 3, 5 and 8: a room is there only for a talk, and in it is only whom the service has let in.

use serde_json::json;
use sprechzimmer::backend::jitsi::xmpp::{Account, Standing, XmppError};

use super::prosody::{DOMAIN, MODERATOR, Prosody, SIGNING, claims, token};

fn is_refused(answer: &Result<Standing, String>) -> bool {
    answer.as_ref().is_err_and(|condition| condition == "not-allowed")
}

#[tokio::test]
async fn a_name_that_the_service_has_not_begun_does_not_come_to_life() {
    let prosody = Prosody::start().await;
    let room = format!("fremd@conference.{DOMAIN}");
    let mut person = prosody.person("fremd", MODERATOR).await;
    let mut focus = prosody.account("focus").await;
    let mut operator = prosody.account("operator").await;
    assert!(is_refused(&focus.join(&room, "focus").await));
    assert!(is_refused(&person.join(&room, "a").await));
    assert!(is_refused(&operator.join(&room, "b").await));
    assert_eq!(prosody.look("fremd").await, None);
}

#[tokio::test]
async fn the_health_check_of_the_focus_works_and_is_no_way_in() {
    let prosody = Prosody::start().await;
    let name = "__jicofo-health-check-1";
    let room = format!("{name}@conference.{DOMAIN}");
    let mut focus = prosody.account("focus").await;
    let mut person = prosody.person(name, MODERATOR).await;
    assert!(is_refused(&person.join(&room, "a").await), "not before");
    assert!(focus.join(&room, "focus").await.is_ok());
    assert!(is_refused(&person.join(&room, "a").await), "and not after");
}

#[tokio::test]
async fn only_whom_the_service_has_let_in_comes_in() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    prosody.talk("r2").await;
    prosody.let_in("r2", "p2").await;
    let mut moderator = prosody.person("r1", MODERATOR).await;
    assert_eq!(moderator.join(&room, "m").await.unwrap().affiliation, "owner");
    let mut listed = prosody.person("r1", "p1").await;
    assert!(is_refused(&listed.join(&room, "p").await), "signed, but not let in");
    prosody.let_in("r1", "p1").await;
    let standing = listed.join(&room, "p").await.unwrap();
    assert_eq!(
        (standing.affiliation.as_str(), standing.role.as_str()),
        ("member", "participant")
    );
    // let in elsewhere, and signed for elsewhere
    let mut other = prosody.person("r2", "p2").await;
    assert!(is_refused(&other.join(&room, "o").await));
    let mut other = prosody.person("r2", "p1").await;
    assert!(is_refused(&other.join(&room, "o").await));
    let mut operator = prosody.account("operator").await;
    assert!(
        is_refused(&operator.join(&room, "o").await),
        "an administrator of the server"
    );
    let mut guest = prosody
        .open(&format!("guest.{DOMAIN}"), None, Account::Anonymous)
        .await
        .unwrap();
    assert!(
        is_refused(&guest.join(&room, "g").await),
        "another door of the same server"
    );
    assert_eq!(prosody.inside("r1").await, [MODERATOR, "p1"]);
}

#[tokio::test]
async fn nobody_takes_the_seat_of_the_focus() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    prosody.let_in("r1", "p1").await;
    let mut person = prosody.person("r1", "p1").await;
    assert!(person.join(&room, "focus").await.is_err());
    person.join(&room, "p").await.unwrap();
    assert!(
        is_refused(&person.join(&room, "focus").await),
        "nor by a change of seats"
    );
    assert_eq!(prosody.inside("r1").await, ["p1"]);
}

#[tokio::test]
async fn a_token_opens_one_room_for_one_person_in_its_time() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    let change = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut changed = claims("r1", MODERATOR);
        change(&mut changed);
        SIGNING.sign(&changed).unwrap()
    };
    let now = claims("r1", MODERATOR)["nbf"].as_i64().unwrap();
    let mut forged = token("r1", MODERATOR);
    let last = forged.pop().unwrap();
    let place = forged.rfind('.').unwrap() + 9;
    let swapped = if forged.as_bytes()[place] == b'A' { "B" } else { "A" };
    forged.replace_range(place..=place, swapped);
    forged.push(last);
    let refused = [
        change(&|it| it["exp"] = json!(now - 60)),
        change(&|it| it["nbf"] = json!(now + 600)),
        change(&|it| it["aud"] = json!("other")),
        change(&|it| it["iss"] = json!("other")),
        forged,
        "nothing.of.value".to_owned(),
    ];
    for token in refused {
        assert!(matches!(prosody.connect(&token).await, Err(XmppError::NotLetIn)));
    }
    // what the service never signs is no way in either
    for token in [
        change(&|it| it["room"] = json!("*")),
        change(&|it| {
            it["room"] = json!("r%d");
            it["context"]["room"] = json!({"regex": true});
        }),
        change(&|it| it["context"]["room"] = json!({"regex": false})),
        change(&|it| it["context"] = json!({"group": MODERATOR})),
        change(&|it| it["context"]["user"]["id"] = json!({"id": MODERATOR})),
    ] {
        let mut person = prosody.connect(&token).await.unwrap();
        assert!(is_refused(&person.join(&room, "a").await));
    }
    assert!(prosody.inside("r1").await.is_empty());
}

#[tokio::test]
async fn no_recorder_comes_in() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    prosody.let_in("r1", "p1").await;
    let mut moderator = prosody.person("r1", MODERATOR).await;
    moderator.join(&room, "m").await.unwrap();
    // as Jibri comes: an account of the operator, unseen by others and at the wish of the moderator
    let unseen = "<x xmlns='http://jabber.org/protocol/muc'/><item xmlns='http://jitsi.org/visitors'/>";
    let mut recorder = prosody.account("operator").await;
    assert!(is_refused(&recorder.join(&room, "jibri").await));
    assert!(is_refused(&recorder.join_as(&room, "jibri", unseen).await));
    let wish = "<query xmlns='http://jabber.org/protocol/muc#admin'>\
                <item affiliation='member' jid='operator@auth.meet.test'/></query>";
    let _ = moderator.ask("set", &room, wish).await;
    assert!(is_refused(&recorder.join(&room, "jibri").await));
    assert_eq!(prosody.inside("r1").await, [MODERATOR]);
}

#[tokio::test]
async fn whoever_is_sent_out_is_out_and_stays_out() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    prosody.let_in("r1", "p1").await;
    let mut moderator = prosody.person("r1", MODERATOR).await;
    let mut person = prosody.person("r1", "p1").await;
    moderator.join(&room, "m").await.unwrap();
    person.join(&room, "p").await.unwrap();
    prosody.send_out("r1", "p1").await;
    person.put_out(&room).await;
    assert!(is_refused(&person.join(&room, "p").await));
    let mut again = prosody.person("r1", "p1").await;
    assert!(is_refused(&again.join(&room, "p").await));
    assert_eq!(prosody.inside("r1").await, [MODERATOR]);
    prosody.let_in("r1", "p1").await;
    assert!(
        again.join(&room, "p").await.is_ok(),
        "until the service lets them in again"
    );
}

#[tokio::test]
async fn the_newest_connection_of_a_person_has_the_one_seat() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    prosody.let_in("r1", "p1").await;
    let mut first = prosody.person("r1", "p1").await;
    first.join(&room, "a").await.unwrap();
    let mut second = prosody.person("r1", "p1").await;
    second.join(&room, "b").await.unwrap();
    first.put_out(&room).await;
    assert_eq!(prosody.inside("r1").await, ["p1"]);
}

#[tokio::test]
async fn whoever_is_not_inside_sees_nothing() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    let mut moderator = prosody.person("r1", MODERATOR).await;
    moderator.join(&room, "m").await.unwrap();
    let mut outside = prosody.person("r1", "p1").await;
    let questions = [
        "<query xmlns='http://jabber.org/protocol/disco#info'/>",
        "<query xmlns='http://jabber.org/protocol/disco#items'/>",
        "<query xmlns='http://jabber.org/protocol/muc#owner'/>",
        "<query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='owner'/></query>",
    ];
    for question in questions {
        let there = outside.ask("get", &room, question).await.unwrap_err();
        let nowhere = outside
            .ask("get", &format!("nowhere@conference.{DOMAIN}"), question)
            .await;
        assert_eq!(nowhere.unwrap_err(), there, "an answer tells whether there is a room");
    }
    let list = outside.ask("get", &format!("conference.{DOMAIN}"), questions[1]).await;
    assert!(!list.is_ok_and(|list| list.holds("item")));
    assert!(
        outside
            .ask("get", &format!("{room}/m"), "<ping xmlns='urn:xmpp:ping'/>")
            .await
            .is_err()
    );
}

#[tokio::test]
async fn lobby_and_all_other_rooms_are_closed_to_whoever_is_not_let_in() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    let lobby = format!("r1@lobby.{DOMAIN}");
    let mut person = prosody.person("r1", "p1").await;
    let mut moderator = prosody.person("r1", MODERATOR).await;
    moderator.join(&room, "m").await.unwrap();
    assert!(
        moderator.join(&lobby, "m").await.is_ok(),
        "as the moderator's browser does"
    );
    assert!(is_refused(&person.join(&lobby, "p").await));
    assert!(is_refused(&person.join(&format!("r2@lobby.{DOMAIN}"), "p").await));
    for side in [&format!("r1@breakout.{DOMAIN}"), &format!("anything@breakout.{DOMAIN}")] {
        assert!(is_refused(&moderator.join(side, "m").await));
        assert!(is_refused(&person.join(side, "p").await));
    }
    // what a moderator could do in Jitsi to let somebody in behind the service's back
    let grant = format!(
        "<query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='member' jid='{}'/></query>",
        person.account()
    );
    let _ = moderator.ask("set", &room, &grant).await;
    let invite = format!(
        "<message xmlns='jabber:client' to='{room}'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='{}'/></x></message>",
        person.address()
    );
    moderator.say(&invite).await;
    assert!(is_refused(&person.join(&room, "p").await));
    assert_eq!(prosody.inside("r1").await, [MODERATOR]);
}
