//! Three processes of the real program on one PostgreSQL: any request on any of them, a room in one, and nothing forgotten when one goes.

mod elsewhere;
mod once;
mod payload;

use std::time::Duration;

use sprechzimmer::reaper::Proof;
use tokio::time::{Instant, timeout};

use crate::databases::{Database, postgres};
use crate::world::{AUNT, Call, Guest, Replicas, Talk, recovered, until};

/// Long enough for a loaded machine, short enough to wait for.
const LEASE: &str = "12 s";
/// Until the others count a process as gone, and have erased what lived there.
const TAKEN_OVER: Duration = Duration::from_secs(90);

/// A talk whose pages come from everywhere, with its people in the one room.
struct UnderWay {
    talk: Talk,
    place: usize,
    guest: Guest,
    initiator: Call,
    call: Call,
}

async fn under_way(replicas: &Replicas) -> UnderWay {
    let talk = replicas.world.opened(&[AUNT]).await;
    let place = replicas.place_of(&talk).await;
    let initiator = replicas.call(place, &talk.ticket().await).await;
    let guest = replicas.world.guest(&talk.link(AUNT).await).await;
    guest.consent().await;
    guest.wait().await;
    talk.admit(AUNT).await;
    let call = replicas.call(place, &guest.ticket().await).await;
    UnderWay {
        talk,
        place,
        guest,
        initiator,
        call,
    }
}

/// Like `until`, for what takes as long as a lease.
async fn in_time<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let asking = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(TAKEN_OVER, asking)
        .await
        .unwrap_or_else(|_| panic!("never: {what}"))
}

/// The one record of a talk whose process has gone; nothing else of it is left.
async fn erased(database: &Database, talk: &Talk) -> Proof {
    let record = format!("select proof from record where id = '{}'", talk.id);
    let proof = in_time("the others erase it", async || {
        database.texts(&record).await.into_iter().next()
    })
    .await;
    for (table, column) in [
        ("consultation", "id"),
        ("participant", "consultation"),
        ("ticket", "consultation"),
        ("open_page", "consultation"),
        ("sighting", "consultation"),
    ] {
        let left = format!("select {column} from {table} where {column} = '{}'", talk.id);
        assert_eq!(database.texts(&left).await, Vec::<String>::new(), "{table}");
    }
    serde_json::from_str(&proof).unwrap()
}

#[tokio::test]
async fn any_request_goes_to_any_replica_and_the_room_is_one() {
    let database = postgres("replicas_any").await;
    let replicas = Replicas::start(&database, LEASE).await;
    let mut others = Vec::new();
    let UnderWay {
        talk,
        place,
        guest,
        mut initiator,
        mut call,
    } = under_way(&replicas).await;
    assert_eq!(
        call.admitted["peers"].as_array().unwrap().len(),
        1,
        "both are in one room"
    );
    // whoever shows the cockpit, it shows who is in the room
    for _ in 0..6 {
        talk.sees(AUNT, "inside").await;
        others.push(replicas.place_of(&talk).await);
    }
    assert!(others.iter().all(|other| *other == place), "{others:?}");
    // a page on any replica hears at once what happens on any other
    let mut pages = [talk.follow().await, talk.follow().await, talk.follow().await];
    talk.act(AUNT, "send-back").await;
    call.hear("returned").await;
    for page in &mut pages {
        while page.next().await != ("page".to_owned(), "changed".to_owned()) {}
    }
    talk.sees(AUNT, "waiting").await;
    let mut waiting = [guest.follow().await, guest.follow().await, guest.follow().await];
    talk.admit(AUNT).await;
    for page in &mut waiting {
        page.leads_to(&format!("{}/room", guest.own)).await;
    }
    let mut again = replicas.call(place, &guest.ticket().await).await;
    talk.end().await;
    assert_eq!((again.closed().await, initiator.closed().await), (4410, 4410));
    for page in &mut pages {
        // to the page of what has ended, or to its record
        while page.next().await.0 != "go" {}
    }
    let proof = erased(&database, &talk).await;
    assert_eq!((proof.reason.as_str(), proof.attempts), ("initiator", 0));
}

#[tokio::test]
async fn a_talk_whose_replica_is_killed_is_ended_and_erased_by_another() {
    let database = postgres("replicas_killed").await;
    let mut replicas = Replicas::start(&database, LEASE).await;
    let lost = under_way(&replicas).await;
    let mut page = lost.guest.follow().await;
    replicas.kill(lost.place);
    let killed = Instant::now();
    let proof = erased(&database, &lost.talk).await;
    recovered("a replica is killed: its talk is erased by another one", killed);
    assert_eq!(proof.reason, "room_lost");
    // the page may have been on the one that died
    if !timeout(Duration::from_secs(1), page.next())
        .await
        .is_ok_and(|(event, _)| event == "go")
    {
        let over = lost.guest.get("").await;
        assert_eq!(over.status, 404, "{}", over.text());
    }
    assert_eq!(lost.talk.proof().await.status, 200);
    // the others go on, and the one that died comes back under its name
    let next = under_way(&replicas).await;
    replicas.run(lost.place).await;
    next.talk.end().await;
    assert_eq!(erased(&database, &next.talk).await.reason, "initiator");
    let records = database.texts("select cast(count(*) as TEXT) from record").await;
    assert_eq!(records, ["2"], "nothing is done twice");
}

#[tokio::test]
async fn a_talk_whose_replica_comes_back_in_time_goes_on() {
    let database = postgres("replicas_back").await;
    let mut replicas = Replicas::start(&database, "60 s").await;
    let talk = under_way(&replicas).await;
    replicas.kill(talk.place);
    let killed = Instant::now();
    replicas.run(talk.place).await;
    assert_eq!(replicas.place_of(&talk.talk).await, talk.place);
    let _again = replicas.call(talk.place, &talk.talk.ticket().await).await;
    recovered(
        "a replica is killed and comes back: its initiator is in the room again",
        killed,
    );
    talk.talk.end().await;
    assert_eq!(erased(&database, &talk.talk).await.reason, "initiator");
}

#[tokio::test]
async fn a_frozen_replica_closes_its_rooms_before_anything_else_when_it_goes_on() {
    let database = postgres("replicas_frozen").await;
    let replicas = Replicas::start(&database, LEASE).await;
    let mut frozen = under_way(&replicas).await;
    replicas.freeze(frozen.place);
    let stood = Instant::now();
    assert_eq!(erased(&database, &frozen.talk).await.reason, "room_lost");
    recovered("a replica stands still: its talk is erased by another one", stood);
    replicas.thaw(frozen.place);
    let thawed = Instant::now();
    assert_eq!(
        (frozen.call.closed().await, frozen.initiator.closed().await),
        (4410, 4410),
        "what counts as gone is gone"
    );
    recovered("a replica goes on: its rooms are closed", thawed);
    replicas.is_ready(frozen.place).await;
    replicas.put_in(frozen.place);
    let log = replicas.log(frozen.place);
    assert!(log.contains("cannot vouch for its rooms"), "{log}");
    let next = under_way(&replicas).await;
    next.talk.end().await;
    erased(&database, &next.talk).await;
    let records = database.texts("select cast(count(*) as TEXT) from record").await;
    assert_eq!(records, ["2"], "nothing is done twice");
}

#[tokio::test]
async fn a_replica_that_is_asked_to_stop_hands_everything_over_at_once() {
    let database = postgres("replicas_leave").await;
    let mut replicas = Replicas::start(&database, "5 min").await;
    let talk = under_way(&replicas).await;
    let place = (talk.place + 1) % 3;
    replicas.terminate(place);
    assert!(replicas.left(place).await.success());
    let gone = format!(
        "select name from replica where lease_until = 0 and name = '{}'",
        crate::world::NAMES[place]
    );
    assert_eq!(database.texts(&gone).await.len(), 1);
    // nobody waits five minutes for what it had in its hands
    talk.talk.end().await;
    assert_eq!(erased(&database, &talk.talk).await.reason, "initiator");
}

#[tokio::test]
async fn two_processes_of_one_name_do_not_share_it() {
    let database = postgres("replicas_twin").await;
    let mut replicas = Replicas::start(&database, LEASE).await;
    let mut talk = under_way(&replicas).await;
    let _twin = replicas.take_name_of(talk.place);
    let taken = Instant::now();
    assert_eq!(replicas.left(talk.place).await.code(), Some(1));
    recovered("a name is given twice: the older one has gone", taken);
    let log = replicas.log(talk.place);
    assert!(log.contains("another process has taken the name"), "{log}");
    // its rooms went with it, and with them everybody who was there
    assert!(talk.call.is_cut().await);
}

#[tokio::test]
async fn pages_hear_each_other_again_after_postgresql_was_started_anew() {
    let server = crate::world::Server::start();
    let database = server.database();
    let replicas = Replicas::start(&database, "60 s").await;
    let talk = under_way(&replicas).await;
    let mut pages = [
        talk.talk.follow().await,
        talk.talk.follow().await,
        talk.talk.follow().await,
    ];
    server.restart();
    let restarted = Instant::now();
    // every page looks again by itself, as something may have been missed
    for page in &mut pages {
        while page.next().await != ("page".to_owned(), "changed".to_owned()) {}
    }
    for place in 0..3 {
        replicas.is_ready(place).await;
    }
    let stays = async || (talk.talk.standing(AUNT).await == "inside").then_some(());
    until("the talk goes on", stays).await;
    recovered(
        "PostgreSQL is started anew: three replicas are ready, the talk goes on",
        restarted,
    );
    talk.talk.act(AUNT, "send-back").await;
    for page in &mut pages {
        while page.next().await != ("page".to_owned(), "changed".to_owned()) {}
    }
    talk.talk.end().await;
    erased(&database, &talk.talk).await;
}
