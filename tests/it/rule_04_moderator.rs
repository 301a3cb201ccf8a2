//! Rule 4: the person who began the consultation leads it, and nobody else, whatever the learning platform says they are.
//!
//! Somebody who uses "log in as" in the learning platform comes with the teacher's own token. What tells the two apart is the
//! browser, and a passkey: see also `passkey.rs`.

use serde_json::json;

use crate::world::{
    ADMINISTRATOR, AUNT, Browser, COLLEAGUE, Call, MANAGER, MOTHER, PUPIL, Page, TEACHER, Talk, UNCLE, World,
};

const NEVER: &str = "00000000000000000000000000000000";

/// Every page and every button of the initiator.
pub(crate) fn everything(person: &str) -> (Vec<String>, Vec<String>) {
    let pages = [
        "",
        "/links",
        "/opening",
        "/people",
        "/live",
        "/end",
        "/room",
        "/incident",
    ];
    let buttons = [
        "/plan",
        "/participants",
        "/seal",
        "/cancel",
        "/open",
        "/lock",
        "/unlock",
        "/end",
        "/ticket",
        "/incident",
    ];
    let of_person = ["remove", "renew", "revoke", "admit", "send-back", "turn-away"];
    let people = of_person.iter().map(|verb| format!("/participants/{person}/{verb}"));
    let petitions = ["confirm", "dismiss"]
        .iter()
        .map(|verb| format!("/petitions/{NEVER}/{verb}"));
    let own = ["letter", "calendar.ics"]
        .iter()
        .map(|page| format!("/participants/{person}/{page}"));
    (
        pages.into_iter().map(str::to_owned).chain(own).collect(),
        buttons
            .into_iter()
            .map(str::to_owned)
            .chain(people)
            .chain(petitions)
            .collect(),
    )
}

/// The same answer for both ids, apart from the id itself and the reference number.
async fn nothing_there(browser: &Browser, talk: &Talk, person: &str) {
    let (pages, buttons) = everything(person);
    let anonymous = |page: Page| {
        assert_eq!(page.status, 404, "{}", page.path);
        let body = page.sealed().replace(&page.reference(), "");
        body.replace(&talk.id, NEVER).replace(person, NEVER)
    };
    let never = |path: &str| format!("/consultations/{NEVER}{}", path.replace(person, NEVER));
    for path in &pages {
        let (there, nowhere) = (browser.get(&talk.path(path)).await, browser.get(&never(path)).await);
        assert_eq!(anonymous(there), anonymous(nowhere), "{path}");
    }
    let form = [("kind", "other"), ("participant", person), ("people", "yes")];
    for path in &buttons {
        let (there, nowhere) = (
            browser.post(&talk.path(path), &form).await,
            browser.post(&never(path), &form).await,
        );
        assert_eq!(anonymous(there), anonymous(nowhere), "{path}");
    }
}

#[tokio::test]
async fn for_everybody_else_the_consultation_does_not_exist() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT, UNCLE]).await;
    let person = talk.person(AUNT).await;
    let guest = world.guest(&talk.link(AUNT).await).await;
    guest.consent().await;
    guest.wait().await;
    nothing_there(&world.browser(), &talk, &person).await;
    nothing_there(&guest.browser, &talk, &person).await;
    for persona in [COLLEAGUE, MANAGER, ADMINISTRATOR, PUPIL] {
        let (browser, page) = world.arrive(&persona.claims()).await;
        assert!(
            !page.body.contains(&talk.id) && !page.body.contains(AUNT),
            "{persona:?}"
        );
        nothing_there(&browser, &talk, &person).await;
    }
    assert_eq!(talk.standing(AUNT).await, "waiting", "none of it did anything");
    assert_eq!(talk.standing(UNCLE).await, "invited");
    talk.admit(AUNT).await;
}

#[tokio::test]
async fn whoever_comes_with_the_teachers_own_token_from_another_browser_finds_nothing() {
    let world = World::start().await;
    let (before, nothing) = world.arrive(&TEACHER.claims()).await;
    let talk = world.opened(&[AUNT]).await;
    let person = talk.person(AUNT).await;
    let (other, page) = world.arrive(&TEACHER.claims()).await;
    assert_eq!(page.sealed(), nothing.sealed(), "not even that there is something");
    assert_eq!(before.get("/overview").await.sealed(), page.sealed());
    nothing_there(&other, &talk, &person).await;
    let planned = world.draft_by(other).await;
    nothing_there(&planned.teacher, &talk, &person).await;
    assert!(!planned.teacher.get("/overview").await.body.contains(&talk.id));
    nothing_there(&talk.teacher, &planned, NEVER).await;
    let page = world.launch_again(&talk.teacher, TEACHER).await;
    assert!(
        page.body.contains(&talk.id),
        "the teacher's own browser sees it: {}",
        page.text()
    );
    talk.end().await;
    talk.proof().await;
    let (other, page) = world.arrive(&TEACHER.claims()).await;
    assert_eq!(page.sealed(), nothing.sealed(), "nor that there was something");
    assert_eq!(other.get(&format!("/records/{}", talk.id)).await.status, 404);
}

#[tokio::test]
async fn even_the_initiator_is_nobody_in_another_course() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let person = talk.person(AUNT).await;
    let (elsewhere, page) = world.arrive(&TEACHER.claims().in_course("3", "Kopie")).await;
    assert!(!page.body.contains(&talk.id));
    nothing_there(&elsewhere, &talk, &person).await;
}

#[tokio::test]
async fn only_a_teacher_of_the_course_begins_a_consultation() {
    let world = World::start().await;
    for persona in [PUPIL, MOTHER, ADMINISTRATOR] {
        let (browser, _) = world.arrive(&persona.claims()).await;
        assert_eq!(browser.get("/consultations/new").await.status, 404);
        let form = [("date", "2099-01-01"), ("time", "10:00"), ("minutes", "45")];
        assert_eq!(browser.post("/consultations", &form).await.status, 404);
    }
}

#[tokio::test]
async fn a_teacher_who_is_invited_takes_part_like_everybody_else() {
    let world = World::start().await;
    world.arrive(&COLLEAGUE.claims()).await;
    let talk = world.draft().await;
    talk.pick(&COLLEAGUE.name()).await;
    talk.seal().await;
    talk.open().await;
    let (browser, _) = world.arrive(&COLLEAGUE.claims()).await;
    let person = talk.person(&COLLEAGUE.name()).await;
    let page = browser.get(&format!("/invited/{person}")).await;
    let guest = world.invited(browser, &page);
    guest.consent().await;
    assert_eq!(guest.ask_ticket().await.status, 409);
    guest.wait().await;
    talk.admit(&COLLEAGUE.name()).await;
    let call = guest.enter().await.inside().await;
    assert_eq!(call.admitted["seat"], "participant");
    assert!(
        !guest.get("/room").await.has("[data-toggle=screen]"),
        "and shares no screen"
    );
    nothing_there(&guest.browser, &talk, &person).await;
}

#[tokio::test]
async fn nobody_acts_as_the_initiator_from_inside_the_room() {
    let world = World::start().await;
    let (talk, mut initiator, people) = world.talking(&[AUNT]).await;
    assert_eq!(initiator.admitted["seat"], "moderator");
    initiator.hear("peer-joined").await;
    let (guest, _) = people.first().unwrap();
    for frame in [
        json!({"t": "end"}),
        json!({"t": "admit", "id": guest.own}),
        json!({"t": "send-back", "id": "moderator"}),
        json!({"t": "state", "d": {"mic": true, "cam": true, "screen": false}, "seat": "moderator"}),
    ] {
        let mut call = guest.enter().await.inside().await;
        call.say(frame.clone()).await;
        assert_eq!(call.closed().await, 4403, "{frame}");
    }
    assert_eq!(guest.browser.post("/consultations", &[]).await.status, 404);
    assert!(
        talk.get("").await.has(&format!("a[href='{}']", talk.path("/room"))),
        "the talk goes on"
    );
    let mut again = Call::hello(&world.url, &guest.ticket().await).await.inside().await;
    again
        .say(json!({"t": "state", "d": {"mic": true, "cam": true, "screen": false}}))
        .await;
    initiator.hear("state").await;
}
