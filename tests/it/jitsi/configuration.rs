//! Rules 3 and 8: nobody changes a room from inside, and nobody chooses the name that others see.

use super::prosody::{DOMAIN, MODERATOR, Prosody};
use super::talking::Talking;

const OWNER: &str = "http://jabber.org/protocol/muc#owner";

fn form(fields: &[(&str, &str)]) -> String {
    let kind = ("FORM_TYPE", "http://jabber.org/protocol/muc#roomconfig");
    let field = |(name, value): &(&str, &str)| format!("<field var='{name}'><value>{value}</value></field>");
    let fields: String = [kind].iter().chain(fields).map(field).collect();
    format!("<query xmlns='{OWNER}'><x xmlns='jabber:x:data' type='submit'>{fields}</x></query>")
}

#[tokio::test]
async fn the_waiting_room_cannot_be_switched_off_nor_passed_by_a_password() {
    let prosody = Prosody::start().await;
    let Talking {
        room,
        mut focus,
        mut moderator,
        mut person,
    } = prosody.talking("r1").await;
    let mut operator = prosody.account("operator").await;
    let forms = [
        form(&[("muc#roomconfig_membersonly", "0")]),
        form(&[]),
        form(&[
            ("muc#roomconfig_membersonly", "1"),
            ("muc#roomconfig_roomsecret", "geheim"),
        ]),
        form(&[("muc#roomconfig_membersonly", "1"), ("muc#roomconfig_publicroom", "1")]),
        format!("<query xmlns='{OWNER}'><x xmlns='jabber:x:data' type='submit'/></query>"),
        format!("<query xmlns='{OWNER}'><destroy/></query>"),
    ];
    for client in [&mut moderator, &mut person, &mut operator] {
        for form in &forms {
            assert!(client.ask("set", &room, form).await.is_err(), "{form}");
        }
    }
    // the focus configures each room once; what would weaken it is left out of its form
    for form in &forms[..4] {
        assert!(focus.ask("set", &room, form).await.is_ok(), "{form}");
    }
    let seen = prosody.look("r1").await.unwrap();
    assert_eq!(
        (&seen["waiting_room"], &seen["password"]),
        (&true.into(), &false.into())
    );
    let mut outside = prosody.person("r1", "p2").await;
    assert!(outside.join(&room, "o").await.is_err());
    let password = "<x xmlns='http://jabber.org/protocol/muc'><password>geheim</password></x>";
    assert!(outside.join_as(&room, "o", password).await.is_err());
    let listed = "<query xmlns='http://jabber.org/protocol/disco#items'/>";
    let list = outside.ask("get", &format!("conference.{DOMAIN}"), listed).await;
    assert!(!list.is_ok_and(|list| list.holds("item")), "no list names the room");
}

#[tokio::test]
async fn others_see_the_name_that_the_service_gave() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    prosody.let_in("r1", "p1").await;
    let mut moderator = prosody.person("r1", MODERATOR).await;
    moderator.join(&room, "m").await.unwrap();
    let mut person = prosody.person("r1", "p1").await;
    let pretended = "<nick xmlns='http://jabber.org/protocol/nick'>Name of moderator</nick>";
    person.join_as(&room, "p", pretended).await.unwrap();
    let seat = format!("{room}/p");
    let from_person = |stanza: &sprechzimmer::backend::jitsi::xmpp::Stanza, name: &str| {
        stanza.is(name) && stanza.attribute("from").as_deref() == Some(&seat)
    };
    let shown = moderator.hear(|stanza| from_person(stanza, "presence")).await;
    assert_eq!(shown.text("nick").as_deref(), Some("Name of p1"));
    // a change of the presence later, and what is written
    person
        .say(&format!(
            "<presence xmlns='jabber:client' to='{seat}'>{pretended}<later xmlns='urn:test'/></presence>"
        ))
        .await;
    let shown = moderator
        .hear(|stanza| from_person(stanza, "presence") && stanza.holds("later"))
        .await;
    assert_eq!(shown.text("nick").as_deref(), Some("Name of p1"));
    for (to, kind) in [(room.clone(), "groupchat"), (format!("{room}/m"), "chat")] {
        person
            .say(&format!(
                "<message xmlns='jabber:client' to='{to}' type='{kind}'>{pretended}<body>{kind}</body></message>"
            ))
            .await;
        let shown = moderator
            .hear(|stanza| from_person(stanza, "message") && stanza.text("body").as_deref() == Some(kind))
            .await;
        // Jitsi's own modules take it out altogether
        assert!(shown.text("nick").is_none_or(|name| name == "Name of p1"), "{kind}");
    }
}
