//! Rule 9: everybody is told that recording is forbidden: before they agree, in the room, and by the initiator's own words.

use crate::world::{AUNT, Browser, PUPIL, World};

const LAWS: &str = "sections 201, 201a of the German Criminal Code";

async fn in_english(browser: &Browser, path: &str) -> String {
    let page = browser.post("/language", &[("language", "en"), ("back", path)]).await;
    assert_eq!((page.status, page.path.as_str()), (200, path));
    page.text()
}

#[tokio::test]
async fn the_ban_is_read_before_anybody_agrees_in_every_language() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let guest = world.guest(&talk.link(AUNT).await).await;
    let page = guest.get("").await;
    let rules = page.part("section", "§§ 201");
    assert!(
        rules.has(&format!("form[action='{}/consent']", guest.own)),
        "beside the button that agrees"
    );
    assert!(rules.text().contains("Bildschirmfotos"));
    let english = in_english(&guest.browser, &guest.own).await;
    assert!(english.contains(LAWS), "{english}");
    assert!(english.to_lowercase().contains("screenshot"));
}

#[tokio::test]
async fn the_ban_stands_in_the_waiting_room_and_in_the_room() {
    let world = World::start().await;
    let (talk, _initiator, mut people) = world.talking(&[AUNT]).await;
    let (guest, _call) = people.pop().unwrap();
    let rooms = [guest.get("/room").await, talk.get("/room").await];
    talk.act(AUNT, "send-back").await;
    let waiting = guest.get("/waiting").await;
    for page in rooms.iter().chain([&waiting]) {
        let ban = page.part(".ban", "§§ 201").text();
        assert!(
            ban.contains("Aufnahmen") && ban.contains("Bildschirmfotos"),
            "{}: {ban}",
            page.path
        );
    }
    let english = in_english(&talk.teacher, &talk.path("/room")).await;
    assert!(english.contains(LAWS), "{english}");
}

#[tokio::test]
async fn without_the_promise_to_say_it_the_room_stays_shut() {
    let world = World::start().await;
    let talk = world.sealed(&[AUNT]).await;
    let page = talk.get("/opening").await;
    let sentence = page.part("blockquote.say", "Strafgesetzbuch").text();
    assert_eq!(
        sentence,
        "„Bitte nehmen Sie dieses Gespräch nicht auf, auch nicht den Ton allein, und machen Sie keine Bildschirmfotos. \
         Wer es trotzdem tut, kann sich nach §§ 201 und 201a des Strafgesetzbuchs strafbar machen.“"
    );
    let ticks = [("people", "yes"), ("cameras", "yes"), ("consent", "yes")];
    let page = talk.teacher.post(&talk.path("/open"), &ticks).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#announcement[aria-invalid=true]"));
    assert_eq!(talk.post("/ticket").await.status, 409, "no room was opened");
}

#[tokio::test]
async fn pupils_are_told_in_words_for_them() {
    let world = World::start().await;
    world.arrive(&PUPIL.claims()).await;
    let talk = world.draft().await;
    let form = talk.get("").await;
    let row = form.attribute("input[name=pick]", "value").unwrap();
    let form = form
        .form(&talk.path("/participants"))
        .set(&format!("title-{row}"), "pupil")
        .add("pick", &row);
    form.send(&talk.teacher).await;
    talk.seal().await;
    let sentence = talk
        .get("/opening")
        .await
        .part("blockquote.say", "Strafgesetzbuch")
        .text();
    assert!(sentence.contains("Bitte nehmt"), "{sentence}");
}

#[tokio::test]
async fn the_proof_says_that_the_video_system_does_not_record() {
    let world = World::start().await;
    let (talk, _initiator, _people) = world.talking(&[AUNT]).await;
    talk.end().await;
    let proof = talk.proof().await;
    assert!(proof.has(".proof > li[value='9'] ul li"), "the setting is named");
    assert!(proof.has(".proof > li[value='9'] .state.kept"));
}
