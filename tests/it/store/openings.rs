//! An opening is somebody's until they die, and what was asked for and not made is remembered until it is buried.

use std::time::Duration;

use sprechzimmer::consultation::EndReason;
use sprechzimmer::id::ConsultationId;
use sprechzimmer::store::{Holder, Orphan, Store, StoreError};

use super::{at, open, room, sealed};
use crate::databases::both;

async fn opening(store: &Store, number: u8) -> ConsultationId {
    let id = sealed(store, number).await;
    let open = store.change(&id, |kept| Ok(kept.consultation.open(room(number), at(2))?));
    open.await.unwrap();
    id
}

fn holder(name: &str) -> Holder {
    Holder {
        name: name.to_owned(),
        term: Duration::from_mins(1),
    }
}

fn orphan(number: u8) -> Orphan {
    Orphan {
        room: room(number),
        backend: "embedded".to_owned(),
        since: at(3),
        attempts: 0,
    }
}

#[tokio::test]
async fn a_room_that_was_not_made_is_remembered_until_it_is_buried_and_one_that_was_made_never_is() {
    both("orphan", async |database| {
        let store = database.store().await;
        let id = opening(&store, 7).await;
        store.not_made(&id, &room(7), at(3)).await.unwrap();
        assert_eq!(store.load(&id).await.unwrap().consultation.phase.code(), "sealed");
        assert_eq!(store.orphans(at(3)).await.unwrap(), [orphan(7)]);
        store.orphan_later(&room(7), at(9)).await.unwrap();
        assert_eq!(store.orphans(at(8)).await.unwrap(), [], "not before its time");
        let tried = Orphan {
            attempts: 1,
            ..orphan(7)
        };
        assert_eq!(store.orphans(at(9)).await.unwrap(), [tried]);
        store.bury(&[room(7)]).await.unwrap();
        assert_eq!(store.orphans(at(9)).await.unwrap(), []);

        let made = open(&store, 8).await;
        let late = store.not_made(&made, &room(8), at(3)).await;
        assert!(matches!(late, Err(StoreError::Refused(_))), "{late:?}");
        assert_eq!(store.orphans(at(9)).await.unwrap(), [], "a talk goes on in it");
    })
    .await;
}

#[tokio::test]
async fn an_opening_is_left_behind_only_when_its_process_is_gone() {
    both("left_behind", async |database| {
        let first = database.store().await;
        first.take_name(&holder("one"), None).await.unwrap();
        let id = opening(&first, 7).await;
        assert!(!first.is_left_behind(&id).await.unwrap(), "it is just being made here");
        let next = database.store().await;
        if !database.is_sqlite() {
            next.take_name(&holder("two"), None).await.unwrap();
            assert!(!next.is_left_behind(&id).await.unwrap(), "the other one lives");
        }
        // somebody else changes something meanwhile: it stays whose it was
        next.change(&id, |kept| {
            kept.consultation.incidents += 1;
            Ok(())
        })
        .await
        .unwrap();
        next.take_name(&holder("one"), None).await.unwrap();
        assert!(next.is_left_behind(&id).await.unwrap(), "its name has another life");
        next.not_made(&id, &room(7), at(3)).await.unwrap();
        assert!(!next.is_left_behind(&id).await.unwrap(), "nothing is being opened");
        let again = next.change(&id, |kept| Ok(kept.consultation.open(room(9), at(4))?));
        again.await.unwrap();
        assert!(
            !next.is_left_behind(&id).await.unwrap(),
            "opened once more, by this one"
        );
        next.change(&id, |kept| Ok(kept.consultation.end(EndReason::Cancelled, at(5))?))
            .await
            .unwrap();
        assert!(!next.is_left_behind(&id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_opening_of_a_replica_whose_lease_has_run_out_is_left_behind() {
    let database = crate::databases::postgres("left_behind_lease").await;
    let first = database.store().await;
    let brief = Holder {
        term: Duration::from_millis(1),
        ..holder("one")
    };
    first.take_name(&brief, None).await.unwrap();
    let id = opening(&first, 7).await;
    let other = database.store().await;
    crate::world::until("the lease has run out", async || {
        other.is_left_behind(&id).await.unwrap().then_some(())
    })
    .await;
    assert!(!first.is_left_behind(&id).await.unwrap(), "nobody takes it from itself");
}

#[tokio::test]
async fn rooms_of_a_self_test_are_due_when_its_process_starts_again_or_after_a_while() {
    both("throwaways", async |database| {
        let store = database.store().await;
        let (own, rooms) = (holder("one"), [room(1), room(2)]);
        store.begin_throwaways(&own, "bbb", &rooms, at(0)).await.unwrap();
        for seconds in [-20, 0, 60] {
            assert_eq!(
                store.orphans(at(seconds)).await.unwrap(),
                [],
                "it goes on, by any clock"
            );
        }
        store.take_up_orphans(&holder("two"), at(61)).await.unwrap();
        assert_eq!(store.orphans(at(61)).await.unwrap(), [], "another one has not died");
        assert_eq!(
            store.orphans(at(90)).await.unwrap().len(),
            2,
            "nobody tests for so long"
        );
        store.take_up_orphans(&own, at(62)).await.unwrap();
        let due = store.orphans(at(62)).await.unwrap();
        assert_eq!(due.len(), 2);
        assert!(
            due.iter().all(|orphan| orphan.since == at(62)),
            "what it sent last may still arrive"
        );
        store.bury(&rooms).await.unwrap();
        assert_eq!(store.orphans(at(999)).await.unwrap(), []);
    })
    .await;
}
