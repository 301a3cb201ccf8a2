//! The whole main job in real browsers with fake cameras: what the people concerned see, and what nobody may see afterwards.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that goes wrong should stop where it went wrong"
)]

mod chromium;
mod course;
#[path = "../it/databases.rs"]
#[expect(dead_code, reason = "the other test binary needs more of it")]
mod databases;
mod demonstration;
mod elsewhere;
mod eye;
#[path = "../it/logs.rs"]
#[expect(dead_code, reason = "the other test binary needs more of it")]
mod logs;
mod passkey;
mod person;
mod placing;
mod refused;
mod register;
mod replicas;
mod roster;
mod storage;
mod talk;
mod walk;
mod world;

use chromium::Habit;
use course::Pace;
use eye::Eye;
use person::Person;
use serde_json::{Value, json};
use talk::{START, Stage, Talk, see_each_other, stats};
use world::{MOTHER, PUPIL, TEACHER, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_teacher_a_pupil_and_a_mother_talk_and_everything_is_gone_afterwards() {
    let talk = Talk::begin("de", Eye::Closed).await;
    let link = talk.plan().await;
    talk.pupil_comes().await;
    talk.mother_comes(&link).await;
    assert_only_waits(&talk.pupil).await;
    assert_only_waits(&talk.mother).await;
    talk.open().await;
    talk.enter().await;
    talk.admit(PUPIL).await;
    talk.pupil.arrive("/room").await;
    assert_only_waits(&talk.mother).await;
    talk.admit(MOTHER).await;
    talk.mother.arrive("/room").await;

    let mut codes = Vec::new();
    for person in talk.everybody() {
        codes.push(see_each_other(person, 2).await);
    }
    assert!(codes.iter().all(|code| *code == codes[0]), "{codes:?}");

    let both_inside = "return document.getElementById('sheet').innerText.match(/im Raum/g)?.length === 2";
    talk.teacher
        .until_script("the list to say who is inside", both_inside)
        .await;

    let own = talk.pupil.path().await;
    let own = own.trim_end_matches("/room");
    let ticket = format!("return fetch('{own}/ticket', {{ method: 'POST' }}).then((answer) => answer.json())");
    let unused: Value = talk.pupil.ask(&ticket).await;
    let room = talk.teacher.path().await;
    talk.end(&[&talk.pupil, &talk.mother]).await;

    assert_is_gone(&talk.pupil, own).await;
    assert_is_refused(&talk.pupil, unused["ticket"].as_str().unwrap()).await;
    talk.open_link(&talk.mother, &link).await;
    let refused = "return document.querySelector('h1')?.innerText === 'Dieser Link gilt nicht mehr'";
    talk.mother.until_script("that the old link is void", refused).await;
    assert_nobody_is_in_the_files(&talk);
    let record = room.replace("consultations", "records").replace("/room", "");
    talk.teacher.go(&record).await;
    talk.teacher.see(".proof li").await;
    talk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_sent_back_sees_and_hears_nothing_and_waits_again() {
    let talk = Talk::begin("de", Eye::Closed).await;
    talk.meet().await;
    talk.send_back(MOTHER).await;
    talk.mother.arrive("/waiting").await;
    assert_only_waits(&talk.mother).await;
    for person in [&talk.teacher, &talk.pupil] {
        let stats = person
            .until("one other person only", async |_| {
                stats(person).await.filter(|stats| stats.peers.len() == 1)
            })
            .await;
        assert_ne!(stats.peers[0].name, MOTHER.name());
    }
    talk.admit(MOTHER).await;
    for person in talk.everybody() {
        see_each_other(person, 2).await;
    }
    talk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_talk_on_a_bigbluebutton_leads_there_and_back() {
    let stage = Stage::on(World::with_bigbluebutton).await;
    let talk = Talk::on(stage, "de", Eye::Closed).await;
    let link = talk.plan().await;
    talk.mother_comes(&link).await;
    talk.open().await;
    let mother = &talk.mother;
    talk.admit(MOTHER).await;
    mother.arrive("/room").await;
    mother.see("[role=status]").await;
    // the cockpit stays open in its tab; course, cockpit, room
    talk.teacher.click("a[href$='/room']").await;
    talk.teacher.in_tab(3).await;
    talk.teacher.arrive("/html5client/").await;
    mother.arrive("/html5client/").await;
    talk.teacher.click("button.admit").await;
    mother
        .until_script("to be inside", "return document.querySelectorAll('li').length === 2")
        .await;
    mother.click("#leave").await;
    mother.arrive("/left/").await;
    mother.click("a[href$='/room']").await;
    mother.arrive("/html5client/").await;
    // the teacher ends it there, as people do
    talk.teacher.click("#end").await;
    talk.teacher.arrive("/records/").await;
    mother.arrive("/over/").await;
    mother.see(".notice.good time").await;
    talk.teacher.in_tab(2).await;
    talk.teacher.arrive("/records/").await;
    talk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_talk_on_one_of_two_replicas_goes_on_while_they_are_asked_to_stop() {
    replicas::talk_through_a_stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_around_a_room_elsewhere_can_be_used_by_everybody_in_german() {
    elsewhere::through_every_page("de").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_around_a_room_elsewhere_can_be_used_by_everybody_in_english() {
    elsewhere::through_every_page("en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_can_be_used_by_everybody_in_german() {
    walk::through_every_page("de").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_can_be_used_by_everybody_in_english() {
    walk::through_every_page("en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_made_and_proven_in_german() {
    passkey::from_the_first_question_to_the_way_back("de").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_made_and_proven_in_english() {
    passkey::from_the_first_question_to_the_way_back("en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deep_linking_can_be_clicked_through_in_german() {
    placing::clicked_through("de").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deep_linking_can_be_clicked_through_in_english() {
    placing::clicked_through("en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dynamic_registration_can_be_clicked_through_in_german() {
    register::clicked_through("de").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dynamic_registration_can_be_clicked_through_in_english() {
    register::clicked_through("en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_shuts_people_out_is_noticed() {
    let stage = Stage::begin().await;
    let person = stage.person("de", Habit::Usual).await;
    let eye = Eye::open("de");
    let page = "<html><p style='color: %23ccc'>pale</p><img src='x'><div style='width: 900px'>wide</div></html>";
    person.go(&format!("data:text/html,{page}")).await;
    eye.look(&person, "shut").await;
    let found = eye.found().join("\n");
    for expected in ["color-contrast", "image-alt", "html-has-lang", "wide"] {
        assert!(found.contains(expected), "{expected} is not in {found}");
    }
    person.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_launch_succeeds_in_a_frame_that_keeps_no_cookies() {
    let stage = Stage::begin().await;
    let teacher = stage.person("de", Habit::WithoutCookiesInFrames).await;
    let activity = stage.world.course.activity(TEACHER, "de", Pace::ByHand);
    teacher.go(activity.as_str()).await;
    teacher.see_in_frame("#go button").await;
    // partitioned cookies may live where others are blocked; not every browser has them
    teacher.command("Network.clearBrowserCookies", json!({})).await;
    teacher.click("#go button").await;
    teacher.see_in_frame(START).await;
    teacher.click(START).await;
    teacher.follow_into_new_tab().await;
    teacher.arrive("/passkey/new").await;
    teacher.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_a_launch_succeeds_and_a_personal_link_can_be_pasted() {
    let talk = Talk::begin("de", Eye::Closed).await;
    let link = talk.plan().await;
    let plain = talk.stage.person("de", Habit::WithoutScripts).await;
    let activity = talk.stage.world.course.activity(PUPIL, "de", Pace::ByHand);
    plain.go(activity.as_str()).await;
    plain.click("#go button").await;
    plain.see_in_frame("#go button").await;
    plain.click("#go button").await;
    plain.see_in_frame(START).await;
    plain.click(START).await;
    plain.follow_into_new_tab().await;
    plain.arrive("/uninvited").await;
    plain.go("/i").await;
    plain.fill("noscript input", &link).await;
    plain.click("noscript button").await;
    plain.click("form[action$='/consent'] button").await;
    plain.arrive("/devices").await;
    plain.click("form[action$='/wait'] button").await;
    plain.arrive("/waiting").await;
    plain.close().await;
    talk.close().await;
}

/// The waiting page has no connection and nothing of the room.
async fn assert_only_waits(person: &Person) {
    person.arrive("/waiting").await;
    assert!(stats(person).await.is_none());
    let opened: Vec<String> = person.ask("return window.openedConnections").await;
    assert!(opened.is_empty(), "{opened:?}");
    let loaded: Vec<String> = person
        .ask("return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)")
        .await;
    assert!(!loaded.iter().any(|path| path.contains("room")), "{loaded:?}");
}

/// No page of this person is there any more, and no ticket is given.
async fn assert_is_gone(person: &Person, own: &str) {
    for page in ["", "/devices", "/waiting", "/room"] {
        let status: u16 = person
            .ask(&format!("return fetch('{own}{page}').then(({{ status }}) => status)"))
            .await;
        assert_eq!(status, 404, "{page}");
    }
    let post = format!("return fetch('{own}/ticket', {{ method: 'POST' }}).then(({{ status }}) => status)");
    assert_eq!(person.ask::<u16>(&post).await, 404);
}

/// A ticket that was never used opens nothing after the end.
async fn assert_is_refused(person: &Person, ticket: &str) {
    let script = format!(
        "return new Promise((done) => {{
           const socket = new WebSocket(`ws://${{location.host}}/room/socket`);
           const heard = [];
           socket.onmessage = ({{ data }}) => heard.push(data);
           socket.onopen = () => socket.send(JSON.stringify({{ t: 'hello', ticket: '{ticket}' }}));
           socket.onclose = ({{ code }}) => done([code, ...heard]);
         }});"
    );
    let heard: Vec<Value> = person.ask(&script).await;
    assert_eq!(heard, [Value::from(4403)]);
}

/// The raw files of the database, as somebody reads them who steals the disk.
fn assert_nobody_is_in_the_files(talk: &Talk) {
    let mut files = 0;
    for entry in std::fs::read_dir(talk.stage.world.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        files += usize::from(path.to_string_lossy().contains(".db"));
        for name in world::personal() {
            let found = bytes.windows(name.len()).any(|window| window == name.as_bytes());
            assert!(!found, "{name} stands in {}", path.display());
        }
    }
    assert!(files > 0, "there must be a database to look into");
}
