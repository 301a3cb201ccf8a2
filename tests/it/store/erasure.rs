//! Rule 6: what is erased is gone, down to the bytes of the files; what ends by time goes by itself.

use jiff::SignedDuration;
use sprechzimmer::id::{IncidentId, ParticipantId, PetitionId};
use sprechzimmer::private::Private;
use sprechzimmer::store::{Petition, Record, Store, StoreError, Ticket, VISIT_LIFE};

use super::{
    MOTHER, PUPIL, TEACHER, at, end, id, keep_launch, meet, open, person, place, record, room, sealed, secret, sight,
    visit,
};
use crate::databases::{Database, both};

/// Everything that holds a name somewhere.
async fn fill(store: &Store) {
    open(store, 1).await;
    keep_launch(store, 9, 1).await;
    store.keep_visit(&secret(2), &visit(), at(0)).await.unwrap();
    meet(store, 51, PUPIL, at(0)).await;
    let petition = Petition {
        id: PetitionId::new([1; 16]),
        person: person(52),
        name: Private::new(MOTHER.to_owned()),
        made_at: at(0),
    };
    store.ask(&place(), &petition).await.unwrap();
    let incident = IncidentId::new([1; 16]);
    store.keep_incident(&incident, &id(1), "stranger", at(5)).await.unwrap();
}

async fn nowhere(database: &Database, texts: &[&str], when: &str) {
    for text in texts {
        let found = database.files_with(text).await;
        assert!(found.is_empty(), "{text} stands in {found:?} {when}");
    }
}

#[tokio::test]
async fn no_name_ever_stands_in_a_raw_file() {
    both("raw_files", async |database| {
        let store = database.store().await;
        // the search finds what is there: this id stands in the database until it is erased
        let names = [TEACHER, PUPIL, MOTHER, "Obstmoser", "moodle.example.org"];
        fill(&store).await;
        assert!(!database.files_with(id(1).as_str()).await.is_empty());
        nowhere(database, &names, "while the talk runs").await;
        end(&store, &id(1)).await;
        nowhere(database, &names, "after its end").await;
        store.erase(&record(&id(1), 101), &person(1)).await.unwrap();
        store.purge(at(0) + VISIT_LIFE, at(0)).await.unwrap();
        assert!(store.scrub().await.unwrap());
        nowhere(database, &names, "after the erasure").await;
    })
    .await;
}

#[tokio::test]
async fn after_an_erasure_the_files_of_sqlite_hold_nothing_of_the_people() {
    let database = crate::databases::sqlite();
    let store = database.store().await;
    fill(&store).await;
    let people = [ParticipantId::new([51; 16]), ParticipantId::new([101; 16])];
    for participant in &people {
        assert!(
            !database.files_with(participant.as_str()).await.is_empty(),
            "the search finds it before"
        );
    }
    end(&store, &id(1)).await;
    store.erase(&record(&id(1), 101), &person(1)).await.unwrap();
    assert!(store.scrub().await.unwrap());
    for participant in &people {
        let found = database.files_with(participant.as_str()).await;
        assert!(found.is_empty(), "{participant} stands in {found:?}");
    }
}

#[tokio::test]
async fn an_erasure_takes_every_row_and_leaves_the_record() {
    both("erasure", async |database| {
        let store = database.store().await;
        fill(&store).await;
        let ticket = Ticket {
            consultation: id(1),
            participant: None,
            room: room(1),
        };
        store.issue_ticket(&secret(9), &ticket, at(10)).await.unwrap();
        let early = store.erase(&record(&id(1), 50), &person(1)).await;
        assert!(
            matches!(early, Err(StoreError::NotFound)),
            "an open consultation is not erased"
        );
        assert_eq!(store.incidents(&id(1)).await.unwrap(), [("stranger".to_owned(), at(5))]);
        end(&store, &id(1)).await;
        store.erase(&record(&id(1), 101), &person(1)).await.unwrap();
        assert!(matches!(store.load(&id(1)).await, Err(StoreError::NotFound)));
        for table in ["consultation", "participant", "ticket", "incident"] {
            let left = format!("select cast(count(*) as TEXT) from {table}");
            assert_eq!(database.texts(&left).await, ["0"], "{table}");
        }
        assert_eq!(store.records(None).await.unwrap(), [record(&id(1), 101)]);
        let again = store.erase(&record(&id(1), 102), &person(1)).await;
        assert!(
            matches!(again, Err(StoreError::NotFound)),
            "there is one record of one erasure"
        );
    })
    .await;
}

#[tokio::test]
async fn the_record_is_shown_to_the_initiator_for_a_day_and_to_nobody_else() {
    both("receipt", async |database| {
        let store = database.store().await;
        open(&store, 1).await;
        end(&store, &id(1)).await;
        store.erase(&record(&id(1), 101), &person(1)).await.unwrap();
        assert_eq!(
            store.receipts(&sight(&store, 1).await, at(102)).await.unwrap(),
            [record(&id(1), 101)]
        );
        assert_eq!(store.receipts(&sight(&store, 51).await, at(102)).await.unwrap(), []);
        let later = at(101) + SignedDuration::from_hours(24);
        assert_eq!(store.receipts(&sight(&store, 1).await, later).await.unwrap(), []);
        store.purge(later, at(0)).await.unwrap();
        assert_eq!(
            database.texts("select cast(count(*) as TEXT) from receipt").await,
            ["0"]
        );
        assert_eq!(store.records(None).await.unwrap().len(), 1, "the record stays");
    })
    .await;
}

#[tokio::test]
async fn what_ends_by_time_goes_and_the_rest_stays() {
    both("purge", async |database| {
        let store = database.store().await;
        fill(&store).await;
        let count = async |table: &str| {
            let sql = format!("select cast(count(*) as TEXT) from {table}");
            database.texts(&sql).await.concat()
        };
        assert_eq!(store.purge(at(1), at(-1)).await.unwrap(), 0, "nothing has ended yet");
        assert_eq!(store.purge(at(30), at(-1)).await.unwrap(), 2, "both hand-overs");
        assert_eq!(count("handover").await, "0");
        assert_eq!(store.purge(at(600), at(-1)).await.unwrap(), 2, "both nonces");
        assert_eq!(store.purge(at(0) + VISIT_LIFE, at(-1)).await.unwrap(), 1, "the visit");
        assert_eq!(
            store.purge(at(0) + VISIT_LIFE, at(0)).await.unwrap(),
            3,
            "the petition, and the two acquaintances that the launches left"
        );
        assert_eq!(
            (count("visit").await, count("spent_nonce").await),
            ("0".into(), "0".into())
        );
        assert_eq!(
            (count("acquaintance").await, count("petition").await),
            ("0".into(), "0".into())
        );
        assert_eq!(
            (count("consultation").await, count("participant").await),
            ("1".into(), "2".into())
        );
    })
    .await;
}

#[tokio::test]
async fn no_record_is_left_out_between_two_pages() {
    both("pages", async |database| {
        let store = database.store().await;
        for number in 0..150_u8 {
            sealed(&store, number).await;
            end(&store, &id(number)).await;
            // many at the very same time, as after a restart
            store.erase(&record(&id(number), 200), &person(1)).await.unwrap();
        }
        let mut listed: Vec<Record> = Vec::new();
        loop {
            let page = store.records(listed.last()).await.unwrap();
            if page.is_empty() {
                break;
            }
            listed.extend(page);
        }
        let different: std::collections::BTreeSet<_> = listed.iter().map(|record| &record.id).collect();
        assert_eq!((listed.len(), different.len()), (150, 150));
    })
    .await;
}
