//! Every page in every state that a consultation passes through, looked at one after another.

use crate::chromium::Habit;
use crate::eye::Eye;
use crate::person::Person;
use crate::talk::{Talk, see_each_other};
use crate::world::{MOTHER, PUPIL};

pub(crate) async fn through_every_page(language: &'static str) {
    let talk = Talk::begin(language, Eye::open(language)).await;
    let link = talk.plan().await;
    letter(&talk).await;
    talk.pupil_comes().await;
    mother_hesitates(&talk, &link).await;
    let stranger = talk.stage.person(language, Habit::Usual).await;
    closed_doors(&talk, &stranger, &link).await;
    incident(&talk).await;
    talk.open().await;
    let look = async |person: &Person, name: &str| talk.eye.look(person, name).await;
    talk.teacher.see("button[id^=admit-]").await;
    look(&talk.teacher, "cockpit-waiting").await;
    ask_before_the_end(&talk).await;
    talk.enter().await;
    look(&talk.teacher, "room-alone").await;
    talk.admit(PUPIL).await;
    talk.pupil.arrive("/room").await;
    talk.admit(MOTHER).await;
    talk.mother.arrive("/room").await;
    for person in talk.everybody() {
        see_each_other(person, 2).await;
    }
    look(&talk.teacher, "room-teacher").await;
    look(&talk.pupil, "room-pupil").await;
    talk.pupil.click("[data-panel=code]").await;
    talk.pupil.see("#code-digits").await;
    look(&talk.pupil, "room-code").await;
    let record = talk.teacher.path().await;
    show_list(&talk.teacher).await;
    mother_is_turned_away(&talk).await;
    talk.end(&[&talk.pupil]).await;
    look(&talk.pupil, "over").await;
    talk.teacher
        .go(&record.replace("consultations", "records").replace("/room", ""))
        .await;
    talk.teacher.see(".proof li").await;
    look(&talk.teacher, "record").await;
    talk.teacher.go("/overview").await;
    look(&talk.teacher, "overview-ended").await;
    talk.open_link(&talk.mother, &link).await;
    talk.mother.see("[data-invitation-missing] input").await;
    look(&talk.mother, "link-old").await;
    stranger.close().await;
    talk.close().await;
}

/// The letter with the link, and the page with the list as it stands before anybody has come.
async fn letter(talk: &Talk) {
    let cockpit = talk.teacher.path().await;
    talk.teacher.go(&format!("{cockpit}/links")).await;
    talk.teacher.click("a[href$='/letter']").await;
    talk.teacher.arrive("/letter").await;
    talk.eye.look(&talk.teacher, "letter").await;
    talk.teacher.go("/overview").await;
    talk.eye.look(&talk.teacher, "overview-planned").await;
    talk.teacher.go(&cockpit).await;
}

/// Says no at first.
async fn mother_hesitates(talk: &Talk, link: &str) {
    let mother = &talk.mother;
    talk.open_link(mother, link).await;
    mother.see("form[action$='/decline'] button").await;
    talk.eye.look(mother, "invitation").await;
    mother.click("form[action$='/decline'] button").await;
    mother
        .until_script(
            "a page without the second no",
            "return !document.querySelector(\"form[action$='/decline']\")",
        )
        .await;
    talk.eye.look(mother, "declined").await;
    talk.consent_and_wait(mother, "mother").await;
}

/// What somebody sees who has no business here.
async fn closed_doors(talk: &Talk, stranger: &Person, link: &str) {
    let doors = [
        ("landing", "/"),
        ("not-found", "/nowhere"),
        ("no-visit", "/overview"),
        ("launch-refused", "/lti/login"),
        ("link-bare", "/i"),
    ];
    for (name, address) in doors {
        stranger.go(address).await;
        stranger.see("h1").await;
        talk.eye.look(stranger, name).await;
    }
    let unknown = "/i#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    for (name, link) in [("link-unknown", unknown), ("link-elsewhere", link)] {
        talk.open_link(stranger, link).await;
        stranger.see("[data-invitation-missing] input").await;
        talk.eye.look(stranger, name).await;
    }
}

/// The pupil looks at the page for incidents and writes a report, from the waiting room.
async fn incident(talk: &Talk) {
    let pupil = &talk.pupil;
    pupil.click("a[href$='/incident']").await;
    pupil.see("input[name=kind]").await;
    talk.eye.look(pupil, "incident").await;
    pupil.click("input[name=kind]").await;
    pupil.click("form[action$='/incident'] .primary").await;
    pupil.see("#report").await;
    talk.eye.look(pupil, "incident-report").await;
    let own = pupil.path().await.replace("/incident", "");
    pupil.go(&format!("{own}/waiting")).await;
    pupil.see("h1").await;
    talk.eye.look(pupil, "waiting-again").await;
}

/// The question before the end, as a page of its own and as a dialog.
async fn ask_before_the_end(talk: &Talk) {
    let teacher = &talk.teacher;
    teacher.click("#end").await;
    teacher.see("#end-dialog").await;
    talk.eye.look(teacher, "end-dialog").await;
    teacher.click("#end-dialog [data-close]").await;
    let cockpit = teacher.path().await;
    teacher.go(&format!("{cockpit}/end")).await;
    talk.eye.look(teacher, "end").await;
    teacher.go(&cockpit).await;
}

/// Sent back first, and then away.
async fn mother_is_turned_away(talk: &Talk) {
    talk.send_back(MOTHER).await;
    talk.mother.arrive("/waiting").await;
    talk.eye.look(&talk.mother, "waiting-returned").await;
    let row = format!("#sheet li:has(button[aria-label*='{}'])", MOTHER.family);
    talk.teacher.click(&format!("{row} details summary")).await;
    talk.teacher.click(&format!("{row} details .danger")).await;
    talk.mother
        .until("a page that is not the waiting room", async |driver| {
            let url = driver.current_url().await.ok()?;
            (!url.path().contains("/waiting")).then_some(())
        })
        .await;
    talk.mother.see("h1").await;
    talk.eye.look(&talk.mother, "turned-away").await;
}

/// On a telephone the list lies over the room and is closed at first.
async fn show_list(teacher: &Person) {
    if teacher
        .ask("return document.querySelector('[data-panel=sheet]').ariaExpanded === 'false'")
        .await
    {
        teacher.click("[data-panel=sheet]").await;
    }
}
