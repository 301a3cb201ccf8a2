//! What everything stands on fails for a while: the disk, the clock, the database's speed, a video system for a whole day.

use jiff::{SignedDuration, Timestamp};
use sprechzimmer::id::ConsultationId;
use sprechzimmer::reaper::{self, Proof};
use sprechzimmer::watch::Watch;
use tokio::time::Instant;

use crate::databases::{both, postgres, sqlite};
use crate::world::{AUNT, Wire, World, now, recovered, until};

fn at_once() -> Timestamp {
    Timestamp::from_second(now().seconds()).unwrap() + SignedDuration::from_secs(1)
}

#[tokio::test]
async fn a_full_disk_is_told_in_plain_words_and_the_talk_is_erased_when_there_is_room_again() {
    let database = sqlite();
    let world = World::program(&database).await;
    let (talk, _initiator, _people) = world.talking(&[AUNT]).await;
    world.fill_disk();
    let full = talk.post("/end").await;
    assert_eq!(full.status, 503, "{}", full.text());
    assert!(
        full.text().contains("Wir kommen gerade nicht an unsere Daten."),
        "{}",
        full.text()
    );
    assert_eq!(talk.get("").await.status, 200, "what is there can be read");
    world.clear_disk();
    let cleared = Instant::now();
    talk.end().await;
    talk.proof().await;
    recovered("there is room on the disk again: erased", cleared);
    for table in ["consultation", "participant", "ticket"] {
        let rows = format!("select cast(count(*) as TEXT) from {table}");
        assert_eq!(database.texts(&rows).await, ["0"], "{table}");
    }
}

#[tokio::test]
async fn a_slow_database_slows_everything_and_breaks_nothing() {
    let database = postgres("outage_slow").await;
    let wire = Wire::to(&database).await;
    let url = wire.url.clone();
    let world = World::program_with(&database, |config| config.database = url).await;
    let (talk, _initiator, people) = world.talking(&[AUNT]).await;
    wire.slow_down(std::time::Duration::from_millis(150));
    let began = Instant::now();
    talk.act(AUNT, "send-back").await;
    let (guest, _call) = people.into_iter().next().unwrap();
    assert_eq!(
        guest.ask_ticket().await.status,
        409,
        "the way in is closed all the same"
    );
    talk.end().await;
    talk.proof().await;
    recovered("from a click to the proof, with 150 ms for each message", began);
}

#[tokio::test]
async fn a_video_system_that_is_away_for_a_day_is_asked_again_and_again_and_shown_as_pending() {
    both("outage_day", async |database| {
        let (world, app) = World::unattended(database).await;
        let (talk, _initiator, _people) = world.talking(&[AUNT]).await;
        talk.end().await;
        let plug = async |system: &str| {
            let sql = format!("update consultation set backend = '{system}'");
            database.execute(&sql).await.unwrap();
        };
        plug("unplugged").await;
        let mut moment = at_once();
        let day = moment + SignedDuration::from_hours(24);
        let mut longest = SignedDuration::ZERO;
        while moment < day {
            reaper::pass(&app, moment).await;
            let pending = app.store.pending().await.unwrap();
            assert_eq!(pending.len(), 1, "it is never given up");
            let wait = pending[0].try_at.duration_since(moment);
            longest = longest.max(wait);
            // the tries of a day are the same again and again: a few of each hour are enough
            moment = pending[0].try_at + SignedDuration::from_mins(if pending[0].attempts > 40 { 30 } else { 0 });
        }
        assert_eq!(longest, SignedDuration::from_mins(1), "never longer than a minute");
        assert!(talk.get("").await.has(".notice.alert"), "the initiator sees it");
        plug("embedded").await;
        reaper::pass(&app, moment).await;
        let record = app
            .store
            .record(&ConsultationId::parse(&talk.id).unwrap())
            .await
            .unwrap();
        let proof: Proof = serde_json::from_str(&record.proof).unwrap();
        assert!(proof.attempts > 40, "{proof:?}");
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_ends_talks_and_one_that_falls_back_forgets_nothing() {
    both("outage_clock", async |database| {
        let (world, app) = World::unattended(database).await;
        let (talk, _initiator, _people) = world.talking(&[AUNT]).await;
        let (right, day) = (at_once(), SignedDuration::from_hours(24));
        // back: nothing ends and nobody is sent away
        Watch::default().look(&app, right - day).await;
        assert_eq!(talk.standing(AUNT).await, "inside");
        // a failed try that was noted while the clock was a day ahead does not wait for a day
        talk.end().await;
        let plug = async |system: &str| {
            let sql = format!("update consultation set backend = '{system}'");
            database.execute(&sql).await.unwrap();
        };
        plug("unplugged").await;
        reaper::pass(&app, right + day).await;
        plug("embedded").await;
        reaper::pass(&app, right).await;
        assert!(
            app.store.pending().await.unwrap().is_empty(),
            "it is tried as soon as the clock is right"
        );
        // ahead: an open talk is over by then
        let next = world.opened(&[AUNT]).await;
        Watch::default().look(&app, right + day).await;
        reaper::pass(&app, right + day).await;
        until("the proof", async || {
            let record = app.store.record(&ConsultationId::parse(&next.id).unwrap()).await;
            record.ok()
        })
        .await;
    })
    .await;
}
