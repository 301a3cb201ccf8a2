//! What the processes tell each other through PostgreSQL names no person.

use std::collections::BTreeSet;

use sqlx::postgres::PgListener;

use super::{LEASE, erased, under_way};
use crate::databases::postgres;
use crate::world::{AUNT, Replicas, personal};

/// As `src/store/signals.rs` names it.
const CHANNEL: &str = "sprechzimmer";

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[tokio::test]
async fn a_whole_talk_is_told_by_the_number_of_the_process_and_of_the_consultation_and_nothing_else() {
    let database = postgres("replicas_payload").await;
    let mut listener = PgListener::connect(&database.url).await.unwrap();
    listener.listen(CHANNEL).await.unwrap();
    let replicas = Replicas::start(&database, LEASE).await;
    let talk = under_way(&replicas).await;
    let mut ids = Vec::new();
    for (column, table) in [
        ("id", "participant"),
        ("room", "consultation"),
        ("encode(initiator, 'hex')", "consultation"),
        ("encode(place, 'hex')", "consultation"),
        ("encode(invitation, 'hex')", "participant where invitation is not null"),
        ("encode(browser, 'hex')", "participant where browser is not null"),
    ] {
        let found = database.texts(&format!("select {column} from {table}")).await;
        assert!(!found.is_empty(), "{column}");
        ids.extend(found);
    }
    talk.talk.act(AUNT, "send-back").await;
    talk.guest.wait().await;
    talk.talk.admit(AUNT).await;
    talk.talk.act(AUNT, "renew").await;
    talk.talk.end().await;
    erased(&database, &talk.talk).await;
    // whatever was told so far comes before this
    database
        .execute("select pg_notify('sprechzimmer', 'over')")
        .await
        .unwrap();

    let (mut lives, mut told) = (BTreeSet::new(), 0);
    loop {
        let heard = listener.recv().await.unwrap();
        let payload = heard.payload();
        if payload == "over" {
            break;
        }
        let (life, about) = payload.split_once(' ').unwrap_or_else(|| panic!("{payload}"));
        assert!(is_hex(life, 16), "a random number of the process: {payload}");
        assert!(about == "-" || about == talk.talk.id, "{payload}");
        lives.insert(life.to_owned());
        told += usize::from(about != "-");
        for secret in personal().map(str::to_owned).chain(ids.iter().cloned()) {
            assert!(!payload.contains(&secret), "{payload}");
        }
    }
    assert!(lives.len() >= 3, "every process is heard: {lives:?}");
    assert!(told >= 8, "every change is told: {told}");
    // the number of a process stands nowhere beside a person
    for life in &lives {
        for table in ["participant", "consultation", "visit"] {
            let rows = database
                .texts(&format!("select cast(t.* as TEXT) from {table} t"))
                .await;
            assert!(rows.iter().all(|row| !row.contains(life)), "{table}");
        }
    }
}
