//! What has ended is erased, whatever happens on the way: crashes, a video system that does not answer, two reapers at once.

use jiff::{SignedDuration, Timestamp};
use sprechzimmer::app::App;
use sprechzimmer::id::ConsultationId;
use sprechzimmer::participant::Seat;
use sprechzimmer::reaper::{self, Proof};
use sprechzimmer::store::Record;
use sprechzimmer::watch::Watch;
use sqlx::Connection;

use crate::databases::{Database, both, sqlite};
use crate::world::{AUNT, PUPIL, TEACHER, Talk, UNCLE, World, until};

const TABLES: [&str; 4] = ["consultation", "participant", "ticket", "incident"];

async fn nothing_left(database: &Database) {
    for table in TABLES {
        let rows = database
            .texts(&format!("select cast(count(*) as TEXT) from {table}"))
            .await;
        assert_eq!(rows, ["0"], "{table}");
    }
}

/// A name is looked for by its words, so that half a name is found too.
async fn nobody_in_the_files(database: &Database, when: &str) {
    let names = [AUNT, UNCLE].into_iter().flat_map(str::split_whitespace);
    for name in names.chain([TEACHER.family, PUPIL.family]) {
        let found = database.files_with(name).await;
        assert!(found.is_empty(), "{name} stands in {found:?} {when}");
    }
}

/// On SQLite the files hold not even an id or a key any more; PostgreSQL keeps dead rows of ciphertext for a while.
async fn gone_from_the_files(database: &Database, texts: &[String]) {
    for text in texts.iter().filter(|_| database.is_sqlite()) {
        let gone = async || database.files_with(text).await.is_empty().then_some(());
        until("the files are clean", gone).await;
    }
}

fn now() -> Timestamp {
    Timestamp::from_second(crate::world::now().seconds()).unwrap()
}

async fn proof(app: &App, talk: &Talk) -> Proof {
    let record = app.store.record(&id(talk)).await.unwrap();
    serde_json::from_str(&record.proof).unwrap()
}

fn id(talk: &Talk) -> ConsultationId {
    ConsultationId::parse(&talk.id).unwrap()
}

#[tokio::test]
async fn after_the_end_the_raw_files_name_nobody() {
    both("erasure_talk", async |database| {
        let world = World::on(database).await;
        world.arrive(&PUPIL.claims()).await;
        let (talk, _initiator, _people) = world.talking(&[AUNT, UNCLE]).await;
        let ids = [talk.person(AUNT).await, talk.person(UNCLE).await];
        assert!(
            !database.files_with(&ids[0]).await.is_empty(),
            "the search finds what is there"
        );
        nobody_in_the_files(database, "during the talk").await;
        talk.end().await;
        talk.proof().await;
        nobody_in_the_files(database, "after the proof").await;
        nothing_left(database).await;
        gone_from_the_files(database, &ids).await;
    })
    .await;
}

#[tokio::test]
async fn a_crash_after_the_end_only_delays_the_erasure() {
    both("erasure_crash", async |database| {
        let (mut world, _app) = World::unattended(database).await;
        let (talk, _initiator, people) = world.talking(&[AUNT]).await;
        let link = talk.link(AUNT).await;
        let ids = [talk.person(AUNT).await];
        let page = talk.end().await;
        assert!(page.has(".state.pending"), "the page does not claim what is not done");
        assert_eq!(talk.teacher.get(&format!("/records/{}", talk.id)).await.status, 404);
        let (guest, _call) = people.first().unwrap();
        assert_eq!(guest.ask_ticket().await.status, 409, "nobody gets in meanwhile");
        world.crash();
        world.restart(|_| {}).await;
        talk.proof().await;
        nothing_left(database).await;
        gone_from_the_files(database, &ids).await;
        assert_eq!(crate::world::redeem(&world.browser(), &link).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_crash_between_erasing_and_cleaning_the_files_leaves_nothing_in_them() {
    let database = sqlite();
    let (mut world, app) = World::unattended(&database).await;
    let (talk, _initiator, _people) = world.talking(&[AUNT]).await;
    let ids = [talk.person(AUNT).await];
    talk.end().await;
    let initiator = app.store.load(&id(&talk)).await.unwrap().consultation.initiator;
    let record = Record {
        id: id(&talk),
        erased_at: now(),
        proof: "{}".to_owned(),
    };
    app.store.erase(&record, &initiator).await.unwrap();
    // as long as somebody else has the files open, an orderly end of the connections cleans nothing
    let other = database.store().await;
    drop(app);
    world.crash();
    assert!(
        !database.files_with(&ids[0]).await.is_empty(),
        "the rows are gone, their bytes are not"
    );
    world.restart(|_| {}).await;
    gone_from_the_files(&database, &ids).await;
    other.close().await;
}

#[tokio::test]
async fn a_reader_delays_the_cleaning_of_the_files_and_no_more() {
    let database = sqlite();
    let (world, app) = World::unattended(&database).await;
    let (talk, _initiator, _people) = world.talking(&[AUNT]).await;
    let person = talk.person(AUNT).await;
    let reader = database.reader().await;
    talk.end().await;
    let at = now() + SignedDuration::from_secs(1);
    reaper::pass(&app, at).await;
    assert!(app.store.record(&id(&talk)).await.is_ok());
    assert!(!database.files_with(&person).await.is_empty(), "a reader keeps the log");
    reader.close().await.unwrap();
    reaper::pass(&app, at).await;
    assert!(database.files_with(&person).await.is_empty(), "the next pass cleans it");
}

#[tokio::test]
async fn a_video_system_that_does_not_answer_keeps_the_erasure_pending_and_visible() {
    both("erasure_backend", async |database| {
        let (world, app) = World::unattended(database).await;
        let (talk, _initiator, people) = world.talking(&[AUNT]).await;
        talk.end().await;
        database
            .execute("update consultation set backend = 'unplugged'")
            .await
            .unwrap();
        let at = now() + SignedDuration::from_secs(1);
        reaper::pass(&app, at).await;
        let pending = app.store.pending().await.unwrap();
        assert_eq!((pending.len(), pending[0].attempts), (1, 1));
        assert_eq!(pending[0].problem.as_deref(), Some("backend"));
        assert!(talk.get("").await.has(".notice.alert"), "the initiator sees it");
        let (guest, _call) = people.first().unwrap();
        let over = guest.browser.get(&format!("/over/{}", talk.id)).await;
        assert!(over.headers.contains_key("refresh"), "and so does everybody else");
        assert_eq!(guest.ask_ticket().await.status, 409);
        database
            .execute("update consultation set backend = 'embedded'")
            .await
            .unwrap();
        reaper::pass(&app, at).await;
        assert_eq!(app.store.pending().await.unwrap().len(), 1, "not before its time");
        reaper::pass(&app, pending[0].try_at).await;
        assert_eq!(
            proof(&app, &talk).await.attempts,
            1,
            "the proof says how often it was tried"
        );
        nothing_left(database).await;
        drop(world);
    })
    .await;
}

#[tokio::test]
async fn two_reapers_at_once_make_one_record() {
    both("erasure_twice", async |database| {
        let (world, app) = World::unattended(database).await;
        let (talk, _initiator, _people) = world.talking(&[AUNT]).await;
        talk.end().await;
        let at = now() + SignedDuration::from_secs(1);
        futures_util::future::join_all((0..3).map(|_| reaper::pass(&app, at))).await;
        assert_eq!(app.store.records(None).await.unwrap().len(), 1);
        assert_eq!(proof(&app, &talk).await.reason, "initiator");
        nothing_left(database).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_never_opened_is_erased_as_well() {
    let world = World::start().await;
    let (draft, sealed) = (world.draft().await, world.sealed(&[UNCLE]).await);
    draft.add(AUNT, "link").await;
    let link = sealed.link(UNCLE).await;
    for talk in [&draft, &sealed] {
        talk.post("/cancel").await;
        let proof = talk.proof().await;
        assert!(!proof.body.contains(AUNT) && !proof.body.contains(UNCLE));
    }
    assert_eq!(crate::world::redeem(&world.browser(), &link).await.status, 404);
}

/// Not a second earlier, and then to the end.
async fn ends_by_itself(app: &App, talk: &Talk, (at, reason): (Timestamp, &str)) {
    Watch::default().look(app, at - SignedDuration::from_secs(1)).await;
    assert!(
        app.store.pending().await.unwrap().is_empty(),
        "{reason}: not before its time"
    );
    Watch::default().look(app, at).await;
    reaper::pass(app, at).await;
    assert_eq!(proof(app, talk).await.reason, reason);
}

#[tokio::test]
async fn an_empty_room_ends_by_itself() {
    let database = sqlite();
    let (world, app) = World::unattended(&database).await;
    let talk = world.opened(&[AUNT]).await;
    let left_at = now();
    let sql = format!(
        "update consultation set occupied_at = {}, initiator_seen_at = {}",
        left_at.as_millisecond(),
        (left_at + app.config.policy.limits.empty).as_millisecond()
    );
    database.execute(&sql).await.unwrap();
    ends_by_itself(&app, &talk, (left_at + app.config.policy.limits.empty, "empty")).await;
}

#[tokio::test]
async fn a_room_without_its_initiator_ends_by_itself() {
    let database = sqlite();
    let (world, app) = World::unattended(&database).await;
    let talk = world.opened(&[AUNT]).await;
    talk.close_page();
    let id = id(&talk);
    until("the page is closed", async || {
        (!app.live.is_present(&id, &Seat::Moderator)).then_some(())
    })
    .await;
    let seen_at = app
        .store
        .load(&id)
        .await
        .unwrap()
        .consultation
        .opened()
        .unwrap()
        .initiator_seen_at;
    ends_by_itself(
        &app,
        &talk,
        (seen_at + app.config.policy.limits.absence, "initiator_absent"),
    )
    .await;
}

#[tokio::test]
async fn a_talk_ends_some_time_after_its_planned_end() {
    let database = sqlite();
    let (world, app) = World::unattended(&database).await;
    let talk = world.opened(&[AUNT]).await;
    let end = app.store.load(&id(&talk)).await.unwrap().consultation.plan.end() + app.config.policy.limits.grace;
    let present = format!("update consultation set initiator_seen_at = {}", end.as_millisecond());
    database.execute(&present).await.unwrap();
    ends_by_itself(&app, &talk, (end, "planned_end")).await;
}

#[tokio::test]
async fn a_talk_that_was_never_opened_expires() {
    let database = sqlite();
    let (world, app) = World::unattended(&database).await;
    let talk = world.sealed(&[AUNT]).await;
    let end = app.store.load(&id(&talk)).await.unwrap().consultation.plan.end() + app.config.policy.limits.grace;
    ends_by_itself(&app, &talk, (end, "expired")).await;
}

#[tokio::test]
async fn after_a_crash_in_the_middle_of_a_talk_everybody_waits_again() {
    both("erasure_restart", async |database| {
        let mut world = World::on(database).await;
        let (talk, _initiator, mut people) = world.talking(&[AUNT]).await;
        let (guest, call) = people.pop().unwrap();
        let unused = guest.ticket().await;
        world.crash();
        world.restart(|_| {}).await;
        talk.sees(AUNT, "waiting").await;
        assert_eq!(call.resume().await.closed().await, 4403);
        assert_eq!(
            crate::world::Call::hello(&world.url, &unused).await.closed().await,
            4403
        );
        assert_eq!(guest.ask_ticket().await.status, 409);
        talk.admit(AUNT).await;
        guest.enter().await.inside().await;
        talk.end().await;
        talk.proof().await;
        nothing_left(database).await;
    })
    .await;
}
