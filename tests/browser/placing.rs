//! Deep linking in the demonstration's learning platform, clicked through: put into the course, opened from there, opened from a copy.

use serde_json::json;

use crate::chromium::Habit;
use crate::demonstration::Running;
use crate::eye::Eye;
use crate::person::Person;
use crate::talk::{START, Stage};

/// The pupil of the demonstration.
const MIA: &str = "Mia Sommer";

pub(crate) async fn clicked_through(language: &'static str) {
    let stage = Stage::begin().await;
    let demo = Running::start().await;
    let eye = Eye::open(language);
    let teacher = stage.person(language, Habit::Usual).await;
    let pupil = stage.person(language, Habit::Usual).await;

    refused(&demo, &pupil, &eye).await;
    let cockpit = plan(&demo, &teacher, &eye).await;
    place(&demo, &teacher, &eye).await;

    // only a name is known of her so far: she asks by the very link, and is recognised
    demo.open(&pupil, "/launch?link-1").await;
    pupil.arrive("/uninvited").await;
    pupil.click("form[action='/uninvited'] button").await;
    teacher.go(&cockpit).await;
    teacher.click("[id^=wish-] .secondary").await;
    pupil.arrive("/invited/").await;
    // from now on the link leads straight there, out of the frame by one click
    demo.open(&pupil, "/activity?link-1").await;
    pupil.see_in_frame(START).await;
    pupil.click(START).await;
    pupil.follow_into_new_tab().await;
    pupil.arrive("/invited/").await;
    pupil.see("form[action$='/consent'] button").await;

    demo.open(&pupil, "/activity?copy-1").await;
    pupil.see_in_frame("main h1").await;
    let foreign: bool = pupil.ask("return !document.querySelector('form')").await;
    assert!(foreign, "nothing but words");
    demo.open(&pupil, "/launch?copy-1").await;
    pupil.see("main details.more summary").await;
    eye.look(&pupil, "placed-copied").await;

    teacher.go(&format!("{cockpit}/links")).await;
    teacher.click("form[action$='/withdraw'] button").await;
    teacher.see("form[action$='/offer'] button").await;
    demo.open(&pupil, "/launch?link-1").await;
    pupil.see("main details.more summary").await;
    eye.look(&pupil, "placed-gone").await;

    teacher.close().await;
    pupil.close().await;
    assert!(eye.found().is_empty(), "{:#?}", eye.found());
}

/// A pupil who finds her way to the choice is brought back kindly.
async fn refused(demo: &Running, pupil: &Person, eye: &Eye) {
    demo.open(pupil, "/").await;
    pupil.click("button[value='103']").await;
    pupil.see("button[value='103'][aria-current]").await;
    demo.open(pupil, "/launch?choose").await;
    pupil.see("form[action='/lti/choice'] button[name=cancel]").await;
    eye.look(pupil, "choice-refused").await;
    pupil.click("form[action='/lti/choice'] button[name=cancel]").await;
    pupil.see("p[role=status]").await;
}

/// A consultation with the pupil on its list, released for the course. The answer is the address of its cockpit.
async fn plan(demo: &Running, teacher: &Person, eye: &Eye) -> String {
    demo.open(teacher, "/launch?door").await;
    // the first time a passkey is offered
    teacher.click("button[formaction='/passkey/later']").await;
    teacher.arrive("/overview").await;
    teacher.click("a[href='/consultations/new']").await;
    teacher.click("form[action='/consultations'] .primary").await;
    teacher.fill("#name", MIA).await;
    teacher.click("#title option[value=pupil]").await;
    teacher.click("input[name=way][value=launch]").await;
    teacher.click("section[aria-labelledby=add] .actions .button").await;
    let listed = format!("return document.querySelector('section[aria-labelledby=list]')?.innerText.includes('{MIA}')");
    teacher.until_script("her on the list", &listed).await;
    teacher.click("button[formaction$='/seal']").await;
    teacher.arrive("/links").await;
    teacher.click("form[action$='/offer'] button").await;
    teacher.see("form[action$='/withdraw'] button").await;
    eye.look(teacher, "links-offered").await;
    let links = teacher.driver.current_url().await.unwrap();
    let (cockpit, _) = links.as_str().split_once("/links").unwrap();
    cockpit.to_owned()
}

/// The door and the consultation, both at once, in the frame of the course.
async fn place(demo: &Running, teacher: &Person, eye: &Eye) {
    const CONSULTATION: &str = "input[name=pick]:not(#pick-door)";
    demo.open(teacher, "/launch?choose").await;
    teacher.see(CONSULTATION).await;
    eye.look(teacher, "choice").await;
    teacher.click("#pick-door").await;
    teacher.click("form[action='/lti/choice'] .primary").await;
    teacher.see(".errors").await;
    eye.look(teacher, "choice-wrong").await;
    passing_on(teacher, eye).await;

    demo.open(teacher, "/").await;
    teacher.click("a[href='/activity?choose']").await;
    teacher.see_in_frame(CONSULTATION).await;
    teacher.click(CONSULTATION).await;
    teacher.click("form[action='/lti/choice'] .primary").await;
    teacher
        .until("the course around the frame", async |driver| {
            driver.enter_default_frame().await.ok()?;
            let url = driver.current_url().await.ok()?;
            (url.path() == "/").then_some(())
        })
        .await;
    teacher.see("a[href='/activity?link-1']").await;
}

/// The page that passes the answer on is seen only where no script of ours runs; its button does the same.
async fn passing_on(teacher: &Person, eye: &Eye) {
    teacher.command("Network.enable", json!({})).await;
    teacher
        .command("Network.setBlockedURLs", json!({ "urls": ["*/send.js"] }))
        .await;
    teacher.click("form[action='/lti/choice'] button[name=cancel]").await;
    teacher.see("form[data-send] button").await;
    eye.look(teacher, "choice-answer").await;
    teacher.click("form[data-send] button").await;
    teacher.see("p[role=status]").await;
    teacher.command("Network.setBlockedURLs", json!({ "urls": [] })).await;
}
