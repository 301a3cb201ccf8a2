//! Rule 2: the initiator fixes beforehand who takes part; whoever is not on the list finds nothing, and the list stays.

use crate::world::{AUNT, MOTHER, PUPIL, TEACHER, UNCLE, World};

#[tokio::test]
async fn somebody_who_is_not_on_the_list_cannot_tell_that_there_is_one() {
    let world = World::start().await;
    let (somewhere, without) = world.arrive(&PUPIL.claims().at_link("77", "Leer")).await;
    let talk = world.opened(&[AUNT]).await;
    let (here, with) = world.arrive(&PUPIL.claims()).await;
    assert_eq!(with.path, "/uninvited");
    assert_eq!(with.sealed(), without.sealed());
    for page in ["/uninvited", "/overview"] {
        assert_eq!(
            here.get(page).await.sealed(),
            somewhere.get(page).await.sealed(),
            "{page}"
        );
    }
    let (asked_here, asked_somewhere) = (
        here.post("/uninvited", &[]).await,
        somewhere.post("/uninvited", &[]).await,
    );
    assert_eq!(asked_here.sealed(), asked_somewhere.sealed());
    let person = talk.person(AUNT).await;
    assert_eq!(here.get(&format!("/invited/{person}")).await.status, 404);
}

#[tokio::test]
async fn a_draft_is_nobodys_business_yet() {
    let world = World::start().await;
    let (_, before) = world.arrive(&PUPIL.claims()).await;
    let talk = world.draft().await;
    let page = talk.pick(&PUPIL.name()).await;
    assert!(
        page.part("li.person .who", &PUPIL.name()).has(".role"),
        "she is on the list of the draft"
    );
    let (_, with) = world.arrive(&PUPIL.claims()).await;
    assert_eq!(with.sealed(), before.sealed());
    talk.seal().await;
    let (_, invited) = world.arrive(&PUPIL.claims()).await;
    assert!(invited.path.starts_with("/invited/"), "{}", invited.path);
}

#[tokio::test]
async fn a_sealed_list_stays_as_it_is_whatever_is_sent() {
    let world = World::start().await;
    let talk = world.draft().await;
    talk.add(AUNT, "link").await;
    let form = talk.get("").await.form(&talk.path("/participants"));
    talk.seal().await;
    let form = form.set("name", UNCLE).set("title", "parent").set("way", "link");
    let person = talk.person(AUNT).await;
    for phase in ["sealed", "open"] {
        for action in [
            "/participants",
            "/plan",
            "/seal",
            &format!("/participants/{person}/remove"),
        ] {
            let page = form.clone().to(&talk.path(action)).send(&talk.teacher).await;
            assert_eq!(page.status, 409, "{action} when {phase}");
        }
        if phase == "sealed" {
            talk.open().await;
        }
    }
    let page = talk.get("/people").await;
    assert!(page.body.contains(AUNT) && !page.body.contains(UNCLE));
}

#[tokio::test]
async fn no_room_opens_for_a_list_that_is_not_sealed() {
    let world = World::start().await;
    let talk = world.draft().await;
    talk.add(AUNT, "link").await;
    let ticks = ["people", "cameras", "announcement", "consent"].map(|tick| (tick, "yes"));
    let page = talk.teacher.post(&talk.path("/open"), &ticks).await;
    assert!(
        page.has(&format!("form[action='{}']", talk.path("/participants"))),
        "still the draft"
    );
    assert_eq!(talk.post("/ticket").await.status, 409);
    let empty = world.draft().await;
    let form = empty.get("").await.form(&empty.path("/participants"));
    let page = form.to(&empty.path("/seal")).send(&empty.teacher).await;
    assert_eq!(page.status, 422, "an empty list cannot be sealed");
}

#[tokio::test]
async fn a_name_typed_by_the_teacher_is_bound_to_an_account_by_the_teacher_alone() {
    let world = World::start().await;
    let talk = world.draft().await;
    talk.add(&PUPIL.name(), "launch").await;
    talk.seal().await;
    let (pupil, page) = world.arrive(&PUPIL.claims()).await;
    assert_eq!(page.path, "/uninvited", "the right name alone is no proof");
    let (mother, _) = world.arrive(&MOTHER.claims()).await;
    pupil.post("/uninvited", &[]).await;
    mother.post("/uninvited", &[]).await;
    let people = talk.get("/people").await;
    let wish = |name: &str| {
        let notice = people.part(".notice", name);
        let confirm = notice.attribute("form[action$='/confirm']", "action").unwrap();
        notice.form(&confirm)
    };
    let (right, wrong) = (wish(&PUPIL.name()), wish(&MOTHER.name()));
    // somebody else's click is not the teacher's
    assert_eq!(right.send(&pupil).await.status, 404);
    assert_eq!(pupil.get("/overview").await.path, "/uninvited");
    right.send(&talk.teacher).await;
    assert!(pupil.get("/overview").await.path.starts_with("/invited/"));
    assert_eq!(wrong.send(&talk.teacher).await.status, 409, "one name, one account");
    assert_eq!(mother.get("/overview").await.path, "/uninvited");
}

#[tokio::test]
async fn the_same_person_is_not_on_a_list_twice_and_the_initiator_never() {
    let world = World::start().await;
    let talk = world.draft().await;
    talk.add(AUNT, "link").await;
    assert_eq!(talk.add(&AUNT.to_uppercase(), "link").await.status, 422);
    world.arrive(&TEACHER.claims()).await;
    let page = talk.get("").await;
    assert!(!page.has(".pickable li"), "the initiator cannot be chosen");
}
