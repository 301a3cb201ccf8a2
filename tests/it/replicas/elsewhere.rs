//! Rooms on another server belong to no replica: whoever dies, another one looks into them, and ends and erases once what is over.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{LEASE, erased, in_time};
use crate::databases::{Database, postgres};
use crate::world::bigbluebutton::{Server, means, uses};
use crate::world::{AUNT, Guest, NAMES, Replicas, Talk, recovered};

struct UnderWay {
    database: Database,
    server: Server,
    replicas: Replicas,
    talk: Talk,
    guest: Guest,
}

async fn under_way(name: &str) -> UnderWay {
    let (database, server) = (postgres(name).await, Server::start().await);
    let replicas = Replicas::start_with(&database, LEASE, |config| uses(config, &server)).await;
    let talk = replicas.world.opened(&[AUNT]).await;
    talk.go_in().await;
    let guest = replicas.world.guest(&talk.link(AUNT).await).await;
    talk.lets_in(&server, AUNT, &guest).await;
    talk.sees(AUNT, "inside").await;
    UnderWay {
        database,
        server,
        replicas,
        talk,
        guest,
    }
}

impl UnderWay {
    /// Which replica has it in its hands: `watched` or `reaped`; never the one that is not there any more.
    async fn holder(&self, turn: &str, gone: Option<usize>) -> usize {
        let holder = format!(
            "select coalesce({turn}_by, '') from consultation where id = '{}'",
            self.talk.id
        );
        in_time("somebody has it", async || {
            let name = self.database.texts(&holder).await.into_iter().next()?;
            let place = NAMES.iter().position(|known| *known == name)?;
            (Some(place) != gone).then_some(place)
        })
        .await
    }

    /// How often the room itself was asked for so far.
    async fn looks(&self) -> usize {
        let room = format!("select room from consultation where id = '{}'", self.talk.id);
        let room = self.database.texts(&room).await.remove(0);
        let calls = self.server.fake.calls("getMeetingInfo");
        calls.iter().filter(|call| means(call, &room)).count()
    }

    async fn erased_once(&self, reason: &str) {
        let proof = erased(&self.database, &self.talk).await;
        assert_eq!(proof.reason, reason);
        assert_eq!(self.server.fake.rooms(), 0);
        let records = self.database.texts("select cast(count(*) as TEXT) from record").await;
        assert_eq!(records, ["1"]);
    }
}

#[tokio::test]
async fn a_talk_whose_watcher_is_killed_goes_on_and_another_one_looks_into_it_alone() {
    let mut it = under_way("replicas_elsewhere").await;
    let place = it.holder("watched", None).await;
    it.replicas.kill(place);
    let killed = Instant::now();
    it.holder("watched", Some(place)).await;
    recovered("a replica is killed: another one watches its talk elsewhere", killed);
    assert_eq!(it.talk.standing(AUNT).await, "inside");
    assert_eq!(
        it.guest.get("/room").await.status,
        303,
        "the room is there for everybody"
    );
    // every five seconds by one of them; by two it would be six or more
    let before = it.looks().await;
    sleep(Duration::from_secs(15)).await;
    let looks = it.looks().await - before;
    assert!((2..=5).contains(&looks), "{looks}");
    it.server.fake.end_every_room();
    it.erased_once("room_lost").await;
    // the one that died comes back, and finds nothing to do
    it.replicas.run(place).await;
    it.erased_once("room_lost").await;
}

#[tokio::test]
async fn an_erasure_whose_replica_is_killed_is_done_by_another_and_once() {
    let mut it = under_way("replicas_erasing").await;
    let slow = sprechzimmer::demo::bigbluebutton::Mood::Slow(Duration::from_secs(4));
    it.server.fake.set("end", Some(slow));
    it.talk.end().await;
    let place = it.holder("reaped", None).await;
    it.replicas.kill(place);
    let killed = Instant::now();
    it.server.fake.set("end", None);
    it.erased_once("initiator").await;
    recovered("a replica is killed while it erases: another one has done it", killed);
    assert_eq!(it.guest.get("").await.status, 404);
    it.replicas.run(place).await;
    it.erased_once("initiator").await;
}
