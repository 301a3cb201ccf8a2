//! Our own signing keys: two at least, known before they sign, gone after their time, the same in every process.

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use lti13_tool::KeySet;
use sprechzimmer::app::own_keys::{AFTER, AHEAD, KNOWN_FOR, OwnKeys, Renewal, SIGNS, renew};
use sprechzimmer::store::Store;

use super::at;
use crate::databases::{Database, both};

const MOMENT: SignedDuration = SignedDuration::from_secs(1);

/// A process that knows nothing yet.
async fn process(database: &Database) -> (Store, OwnKeys) {
    (database.store().await, OwnKeys::default())
}

/// Which key signs at this moment, and which are published.
async fn seen(database: &Database, now: Timestamp) -> (String, Vec<String>) {
    let (store, own) = process(database).await;
    let signing = own.signing(&store, now).await.unwrap().key_id().to_owned();
    let document = own.document(&store, now).await.unwrap();
    let published: Vec<String> = kids(&store).await;
    let keys = KeySet::parse(&*document).unwrap();
    assert_eq!(keys.len(), published.len(), "what is stored is what is published");
    assert!(published.iter().all(|kid| keys.contains(kid)) && published.contains(&signing));
    store.close().await;
    (signing, published)
}

async fn kids(store: &Store) -> Vec<String> {
    let keys = store.signing_keys().await.unwrap();
    keys.into_iter().map(|key| key.kid).collect()
}

#[tokio::test]
async fn the_next_key_is_published_long_before_it_signs_and_the_old_one_stays_for_a_while() {
    both("key_life", async |database| {
        let (first, published) = seen(database, at(0)).await;
        let [_, second] = published.as_slice() else {
            panic!("two keys from the beginning: {published:?}")
        };
        let change = at(0) + SIGNS;
        assert_eq!(
            seen(database, change - MOMENT).await,
            (first.clone(), published.clone())
        );
        let (signing, after) = seen(database, change).await;
        assert_eq!(
            (&signing, after.len()),
            (second, 3),
            "the one after the next is published already"
        );
        assert_eq!(after[..2], published);
        assert_eq!(seen(database, change + AFTER - MOMENT).await.1, after);
        let (signing, last) = seen(database, change + AFTER).await;
        assert_eq!(
            (&signing, last.as_slice()),
            (second, &after[1..]),
            "the old key is gone from set and store"
        );
        let third = &last[1];
        assert_eq!(&seen(database, change + SIGNS).await.0, third);
    })
    .await;
}

#[tokio::test]
async fn a_key_never_signs_before_the_platforms_can_know_it() {
    both("key_ahead", async |database| {
        let (first, _) = seen(database, at(0)).await;
        // asleep for years: what is made now signs a day later, whatever was due before
        let late = at(0) + SIGNS * 5;
        let (second, published) = seen(database, late).await;
        assert_ne!(second, first);
        let third = published.last().unwrap();
        assert_eq!(seen(database, late + AHEAD - MOMENT).await.0, second);
        assert_eq!(&seen(database, late + AHEAD).await.0, third);
    })
    .await;
}

#[tokio::test]
async fn an_early_rotation_waits_until_the_next_key_can_be_known() {
    both("key_rotate", async |database| {
        let (first, published) = seen(database, at(0)).await;
        let store = database.store().await;
        renew(&store, Renewal::Routine, at(10)).await.unwrap();
        assert_eq!(seen(database, at(0) + AHEAD - MOMENT).await.0, first);
        let (signing, _) = seen(database, at(0) + AHEAD).await;
        assert_eq!(signing, published[1]);
        assert_eq!(seen(database, at(0) + AHEAD + AFTER).await.1.len(), 2);
        // a key that has been published for long enough signs at once
        let long_after = at(0) + AHEAD * 10;
        let (_, before) = seen(database, long_after).await;
        let kept = renew(&store, Renewal::Routine, long_after).await.unwrap();
        assert_eq!(kept.len(), 3, "the old one, the new one, and the one to come");
        assert_eq!(seen(database, long_after).await.0, before[1]);
        // again and again makes no heap of keys
        for _ in 0..3 {
            renew(&store, Renewal::Routine, long_after).await.unwrap();
        }
        assert_eq!(kids(&store).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_stolen_key_goes_at_once() {
    both("key_stolen", async |database| {
        let (first, published) = seen(database, at(0)).await;
        renew(&database.store().await, Renewal::Stolen, at(10)).await.unwrap();
        let (signing, after) = seen(database, at(10)).await;
        assert_eq!((&signing, after.len()), (&published[1], 2));
        assert!(!after.contains(&first));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_processes_make_each_key_once_and_publish_the_same() {
    both("key_many", async |database| {
        for now in [at(0), at(0) + SIGNS, at(0) + SIGNS + AFTER] {
            let asked = (0..3).map(|_| async move {
                let (store, own) = process(database).await;
                // a process that came too early looks again soon
                own.document(&store, now).await.unwrap();
                let later = now + KNOWN_FOR;
                let document = own.document(&store, later).await.unwrap().to_string();
                let signing = own.signing(&store, later).await.unwrap().key_id().to_owned();
                store.close().await;
                (document, signing)
            });
            let mut seen = join_all(asked).await;
            seen.dedup();
            assert_eq!(seen.len(), 1, "{now}");
            let (_, published) = self::seen(database, now + KNOWN_FOR).await;
            assert_eq!(published.len(), if now == at(0) + SIGNS { 3 } else { 2 });
        }
    })
    .await;
}

#[tokio::test]
async fn a_running_process_learns_of_a_rotation_within_minutes() {
    both("key_learns", async |database| {
        let (store, own) = process(database).await;
        let first = own.signing(&store, at(0)).await.unwrap().key_id().to_owned();
        renew(&database.store().await, Renewal::Stolen, at(1)).await.unwrap();
        let later = at(0) + KNOWN_FOR;
        assert_ne!(own.signing(&store, later).await.unwrap().key_id(), first);
        assert!(!own.document(&store, later).await.unwrap().contains(&first));
    })
    .await;
}

#[tokio::test]
async fn no_signing_key_stands_in_the_database_in_plain_text() {
    both("key_sealed", async |database| {
        seen(database, at(0)).await;
        let store = database.store().await;
        let key = store.signing_keys().await.unwrap().remove(0);
        let line = key.pem.expose().lines().nth(1).unwrap().to_owned();
        for text in [line.as_str(), "BEGIN PRIVATE KEY"] {
            assert!(database.files_with(text).await.is_empty());
        }
        assert!(!format!("{key:?}").contains(&line));
    })
    .await;
}
