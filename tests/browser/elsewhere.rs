//! The pages around a room on another server: the choice of it, the wait for the initiator, and after leaving.

use crate::eye::Eye;
use crate::person::Person;
use crate::talk::Stage;
use crate::talk::Talk;
use crate::world::{MOTHER, World};

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
    talk.close().await;
}

/// The page looks again by itself every few seconds, which is no moment to look at it. Answers its path.
async fn stand_still(person: &Person) -> String {
    person.driver.execute("window.stop()", []).await.unwrap();
    person.path().await
}
