//! The pages around a room on another server: the choice of it, the wait for the initiator, and after leaving.

use thirtyfour::By;

use crate::eye::Eye;
use crate::person::Person;
use crate::talk::Stage;
use crate::talk::Talk;
use crate::world::{MOTHER, PUPIL, World};

pub(crate) async fn through_every_page(language: &'static str) {
    let stage = Stage::on(World::with_bigbluebutton).await;
    let mut talk = Talk::on(stage, language, Eye::Closed).await;
    let link = talk.plan().await;
    talk.mother_comes(&link).await;
    talk.open().await;
    talk.eye = Eye::open(language);
    talk.eye.look(&talk.teacher, "cockpit-elsewhere").await;
    talk.admit(MOTHER).await;
    let mother = &talk.mother;
    mother.arrive("/room").await;
    mother.see("[role=status]").await;
    let soon = stand_still(mother).await;
    talk.eye.look(mother, "soon").await;
    talk.teacher.click("a[href$='/room']").await;
    talk.teacher.in_tab(3).await;
    talk.teacher.arrive("/html5client/").await;
    mother.go(&soon).await;
    mother.arrive("/html5client/").await;
    mother.click("#leave").await;
    mother.arrive("/left/").await;
    stand_still(mother).await;
    talk.eye.look(mother, "left").await;
    talk.teacher.in_tab(2).await;
    talk.teacher.go("/consultations/new").await;
    talk.teacher.click("form[action='/consultations'] .primary").await;
    talk.teacher.see("input[name=system]").await;
    talk.eye.look(&talk.teacher, "draft-systems").await;
    while_it_fails(&talk).await;
    talk.close().await;
}

/// The list is fixed for a video system that then fails: at the opening, in the cockpit, and where another talk is planned.
async fn while_it_fails(talk: &Talk) {
    let teacher = &talk.teacher;
    talk.list(&PUPIL.name(), "pupil", "link").await;
    teacher.click("button[formaction$='/seal']").await;
    teacher.arrive("/links").await;
    teacher.click("a.primary.large").await;
    teacher.see("a[href$='/opening']").await;
    let cockpit = teacher.path().await;
    talk.stage.world.break_video();
    teacher.click("a[href$='/opening']").await;
    for tick in ["people", "cameras", "announcement", "consent"] {
        teacher.click(&format!("#{tick}")).await;
    }
    teacher.click("form[action$='/open'] .primary").await;
    teacher.see("h1").await;
    talk.eye.look(teacher, "error-video").await;
    teacher.click("main a.primary").await;
    teacher.see("a[href$='/opening']").await;
    come_upon(teacher, &cockpit, "aside .notice.alert").await;
    talk.eye.look(teacher, "cockpit-trouble").await;
    teacher.go("/consultations/new").await;
    teacher.click("form[action='/consultations'] .primary").await;
    teacher.click("input[name=system][value=embedded]").await;
    teacher.click("button[formaction$='/plan']").await;
    teacher.see("input[name=system][value=embedded]:checked").await;
    let draft = teacher.path().await;
    come_upon(teacher, &draft, "input[name=system]:disabled").await;
    talk.eye.look(teacher, "draft-barred").await;
}

/// Opens the page until it shows this; between two failures a video system counts as well.
async fn come_upon(person: &Person, page: &str, css: &str) {
    person
        .until(css, async |driver| {
            person.go(page).await;
            driver.find(By::Css(css)).await.ok().map(drop)
        })
        .await;
}

/// The page looks again by itself every few seconds, which is no moment to look at it. Answers its path.
async fn stand_still(person: &Person) -> String {
    person.driver.execute("window.stop()", []).await.unwrap();
    person.path().await
}
