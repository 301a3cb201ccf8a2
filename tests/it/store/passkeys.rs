//! Which browser sees what (rule 4), on both databases.

use futures_util::future::join_all;
use jiff::SignedDuration;
use sprechzimmer::app::random;
use sprechzimmer::id::{ActId, ConsultationId, PasskeyId, PersonTag};
use sprechzimmer::passkey::{Algorithm, Credential};
use sprechzimmer::private::{Private, SecretHash};
use sprechzimmer::store::{BROWSER_LIFE, Binding, NewPasskey, Purpose, Store, StoreError, Trust};

use super::{at, draft, end, id, insert, open, person, place, record, secret};
use crate::databases::both;

const LABEL: &str = "Annegrets Taschencomputer";

fn passkey(number: u8) -> NewPasskey {
    NewPasskey {
        id: PasskeyId::new([number; 16]),
        credential: Credential {
            id: vec![number; 20],
            algorithm: Algorithm::Es256,
            public_key: vec![number; 91],
            synced: true,
        },
        counter: 0,
        label: Private::new(LABEL.to_owned()),
    }
}

async fn keep(store: &Store, number: u8, browser: u8) -> Result<(), StoreError> {
    let whose = (&person(1), &secret(browser));
    store.keep_passkey(&passkey(number), whose, at(0)).await
}

/// The consultations that the initiator sees in this browser.
async fn seen(store: &Store, browser: u8) -> Vec<ConsultationId> {
    let sight = store.sight(&person(1), Some(secret(browser)), at(0)).await.unwrap();
    let kept = store.of_initiator(&sight, &place()).await.unwrap();
    kept.into_iter().map(|kept| kept.consultation.id).collect()
}

async fn trust(store: &Store, who: &PersonTag, browser: Option<SecretHash>) -> Trust {
    store.sight(who, browser, at(0)).await.unwrap().trust()
}

async fn insert_guarded(store: &Store, number: u8) {
    let key = sprechzimmer::vault::DataKey::new([number; 32]);
    store.insert(&draft(number), key, &Binding::Passkey).await.unwrap();
}

#[tokio::test]
async fn without_a_passkey_only_the_browser_that_began_a_consultation_sees_it() {
    both("bound", async |database| {
        let store = database.store().await;
        insert(&store, 1).await;
        assert_eq!(seen(&store, 77).await, [id(1)]);
        assert_eq!(seen(&store, 78).await, []);
        let bare = store.sight(&person(1), None, at(0)).await.unwrap();
        assert!(store.of_initiator(&bare, &place()).await.unwrap().is_empty());
        assert_eq!(trust(&store, &person(1), Some(secret(77))).await, Trust::Open);
    })
    .await;
}

#[tokio::test]
async fn a_first_passkey_opens_only_what_was_begun_in_its_own_browser() {
    both("first_passkey", async |database| {
        let store = database.store().await;
        insert(&store, 1).await;
        // somebody in another browser is faster to make one
        keep(&store, 1, 66).await.unwrap();
        assert_eq!(trust(&store, &person(1), Some(secret(66))).await, Trust::Proven);
        assert_eq!(
            seen(&store, 66).await,
            [],
            "it proves nothing about what was there before"
        );
        assert_eq!(seen(&store, 77).await, [id(1)], "and takes nothing away");
        assert_eq!(trust(&store, &person(1), Some(secret(77))).await, Trust::Unproven);
        insert_guarded(&store, 2).await;
        assert_eq!(seen(&store, 66).await, [id(2)]);
        assert_eq!(seen(&store, 77).await, [id(1)]);
    })
    .await;
}

#[tokio::test]
async fn a_proof_makes_a_browser_known_for_this_person_and_for_half_a_year() {
    both("proof", async |database| {
        let store = database.store().await;
        insert(&store, 1).await;
        keep(&store, 1, 77).await.unwrap();
        insert_guarded(&store, 2).await;
        assert_eq!(seen(&store, 78).await, []);
        let passkey = PasskeyId::new([1; 16]);
        let whose = (&person(1), &secret(78));
        store.prove_passkey((&passkey, 0), whose, at(0)).await.unwrap();
        assert_eq!(
            seen(&store, 78).await,
            [id(1), id(2)],
            "also what was begun before, where the passkey was made"
        );
        let later = at(0) + BROWSER_LIFE;
        let sight = store.sight(&person(1), Some(secret(78)), later).await.unwrap();
        assert_eq!(sight.trust(), Trust::Unproven);
        assert_eq!(
            trust(&store, &person(2), Some(secret(78))).await,
            Trust::Open,
            "another person"
        );
        let stolen = store
            .prove_passkey((&passkey, 0), (&person(2), &secret(79)), at(0))
            .await;
        assert!(matches!(stolen, Err(StoreError::NotFound)), "{stolen:?}");
    })
    .await;
}

#[tokio::test]
async fn a_further_passkey_is_made_only_where_one_was_proven_and_of_two_first_ones_one_counts() {
    both("further_passkey", async |database| {
        let store = database.store().await;
        let (one, two) = tokio::join!(keep(&store, 1, 66), keep(&store, 2, 77));
        assert_ne!(one.is_ok(), two.is_ok(), "{one:?} {two:?}");
        let (number, browser) = if one.is_ok() { (1, 66) } else { (2, 77) };
        assert!(keep(&store, 3, 90).await.is_err());
        keep(&store, 3, browser).await.unwrap();
        let again = NewPasskey {
            id: PasskeyId::new(random()),
            ..passkey(number)
        };
        let twice = store.keep_passkey(&again, (&person(5), &secret(5)), at(0)).await;
        assert!(twice.is_err(), "one credential, one person");
        let kept = store.passkeys(&person(1)).await.unwrap();
        let ids: Vec<_> = kept.iter().map(|kept| kept.id.clone()).collect();
        assert_eq!(ids, [PasskeyId::new([number; 16]), PasskeyId::new([3; 16])]);
        assert_eq!(kept[0].label.expose(), LABEL);
        assert_eq!(kept[0].credential, passkey(number).credential);
        assert!(
            database.files_with(LABEL).await.is_empty(),
            "the name of a device is nobody's business"
        );
    })
    .await;
}

#[tokio::test]
async fn a_question_is_answered_once_in_time_by_the_one_who_was_asked() {
    both("question", async |database| {
        let store = database.store().await;
        let (hash, visit, who) = (secret(1), secret(2), person(1));
        let (other, elsewhere) = (person(2), secret(3));
        let ask = async || {
            let _ = store.take_challenge(&hash, (&who, &visit), Purpose::Prove, at(0)).await;
            store
                .keep_challenge(&hash, (&who, &visit), Purpose::Prove, at(0))
                .await
                .unwrap();
        };
        ask().await;
        let take = async |whose, purpose, now| store.take_challenge(&hash, whose, purpose, now).await.is_ok();
        assert!(!take((&other, &visit), Purpose::Prove, at(1)).await);
        assert!(!take((&who, &elsewhere), Purpose::Prove, at(1)).await);
        assert!(!take((&who, &visit), Purpose::Make, at(1)).await);
        let both = join_all([0, 1].map(|_| take((&who, &visit), Purpose::Prove, at(1)))).await;
        assert_eq!(both.iter().filter(|taken| **taken).count(), 1);
        ask().await;
        assert!(!take((&who, &visit), Purpose::Prove, at(600)).await, "too late");
    })
    .await;
}

#[tokio::test]
async fn a_counter_only_goes_on() {
    both("counter", async |database| {
        let store = database.store().await;
        keep(&store, 1, 77).await.unwrap();
        let (who, browser, passkey) = (person(1), secret(77), PasskeyId::new([1; 16]));
        let mut outcomes = Vec::new();
        for counter in [0, 5, 5, 4, 0, 6] {
            let used = store.prove_passkey((&passkey, counter), (&who, &browser), at(1)).await;
            outcomes.push(used.is_ok());
        }
        assert_eq!(outcomes, [true, true, false, false, false, true]);
    })
    .await;
}

#[tokio::test]
async fn with_the_last_passkey_everything_falls_to_the_browser_that_removed_it() {
    both("last_passkey", async |database| {
        let store = database.store().await;
        keep(&store, 1, 77).await.unwrap();
        keep(&store, 2, 77).await.unwrap();
        insert_guarded(&store, 1).await;
        let known = PasskeyId::new([1; 16]);
        store
            .prove_passkey((&known, 0), (&person(1), &secret(78)), at(0))
            .await
            .unwrap();
        let stranger = store.sight(&person(1), Some(secret(90)), at(0)).await.unwrap();
        assert!(store.remove_passkey(&known, &stranger).await.is_err());
        let sight = store.sight(&person(1), Some(secret(78)), at(0)).await.unwrap();
        assert_eq!(store.other_browsers(&sight, at(0)).await.unwrap(), 1);
        store.remove_passkey(&known, &sight).await.unwrap();
        assert_eq!(seen(&store, 77).await, [id(1)], "there is another one");
        store.forget_other_browsers(&sight).await.unwrap();
        assert_eq!(trust(&store, &person(1), Some(secret(77))).await, Trust::Unproven);
        store.remove_passkey(&PasskeyId::new([2; 16]), &sight).await.unwrap();
        assert_eq!(trust(&store, &person(1), Some(secret(78))).await, Trust::Open);
        assert_eq!(seen(&store, 78).await, [id(1)]);
        assert_eq!(seen(&store, 77).await, []);
        keep(&store, 3, 66).await.unwrap();
        assert_eq!(
            seen(&store, 66).await,
            [],
            "whoever makes the next first one sees nothing of it"
        );
    })
    .await;
}

#[tokio::test]
async fn a_number_resets_once_and_stands_in_the_log_and_before_the_person() {
    both("reset", async |database| {
        let store = database.store().await;
        insert(&store, 1).await;
        keep(&store, 1, 66).await.unwrap();
        insert_guarded(&store, 2).await;
        let (who, act) = (person(1), ActId::new([9; 16]));
        store
            .keep_recovery("000000001", (&who, &secret(77)), at(0))
            .await
            .unwrap();
        store
            .keep_recovery("123456789", (&who, &secret(78)), at(0))
            .await
            .unwrap();
        let early = store.reset_passkeys("000000001", &act, at(1)).await;
        assert!(matches!(early, Err(StoreError::NotFound)), "a newer number replaces it");
        store.reset_passkeys("123456789", &act, at(1)).await.unwrap();
        let again = store.reset_passkeys("123456789", &act, at(2)).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
        assert_eq!(seen(&store, 78).await, [id(1), id(2)]);
        assert_eq!((seen(&store, 66).await, seen(&store, 77).await), (vec![], vec![]));
        assert_eq!(
            trust(&store, &who, Some(secret(66))).await,
            Trust::Open,
            "no passkey is left"
        );
        let acts = store.acts(None).await.unwrap();
        assert_eq!(acts.len(), 1);
        assert_eq!(
            (acts[0].act.as_str(), &acts[0].person),
            ("passkey-reset", &Some(person(1)))
        );
        assert!(store.acts(Some(&acts[0])).await.unwrap().is_empty());
        for browser in [Some(secret(78)), Some(secret(77)), None] {
            assert_eq!(store.notices(&who, browser.as_ref(), at(2)).await.unwrap().len(), 1);
        }
        store.acknowledge(&act, (&person(2), &secret(78))).await.unwrap();
        assert_eq!(
            store.notices(&who, Some(&secret(78)), at(2)).await.unwrap().len(),
            1,
            "not theirs to read"
        );
        store.acknowledge(&act, (&who, &secret(78))).await.unwrap();
        store.acknowledge(&act, (&who, &secret(78))).await.unwrap();
        assert!(store.notices(&who, Some(&secret(78)), at(2)).await.unwrap().is_empty());
        assert_eq!(
            store.notices(&who, Some(&secret(77)), at(2)).await.unwrap().len(),
            1,
            "read elsewhere"
        );
    })
    .await;
}

#[tokio::test]
async fn a_number_is_good_for_half_an_hour() {
    both("late_number", async |database| {
        let (store, who) = (database.store().await, person(1));
        store
            .keep_recovery("555555555", (&who, &secret(78)), at(0))
            .await
            .unwrap();
        let late = store.reset_passkeys("555555555", &ActId::new([8; 16]), at(1800)).await;
        assert!(
            matches!(late, Err(StoreError::NotFound)),
            "after half an hour it is good for nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn the_proof_of_a_deletion_is_seen_where_the_consultation_was() {
    both("guarded_receipt", async |database| {
        let store = database.store().await;
        open(&store, 1).await;
        end(&store, &id(1)).await;
        store.erase(&record(&id(1), 101), &person(1)).await.unwrap();
        let seen = async |browser: u8| {
            let sight = store.sight(&person(1), Some(secret(browser)), at(102)).await.unwrap();
            store.receipts(&sight, at(102)).await.unwrap().len()
        };
        assert_eq!((seen(77).await, seen(78).await), (1, 0));
        keep(&store, 1, 77).await.unwrap();
        let passkey = PasskeyId::new([1; 16]);
        store
            .prove_passkey((&passkey, 0), (&person(1), &secret(78)), at(0))
            .await
            .unwrap();
        assert_eq!((seen(77).await, seen(78).await, seen(90).await), (1, 1, 0));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_used_goes_by_itself_but_never_before_what_it_guards() {
    both("passkey_purge", async |database| {
        let store = database.store().await;
        keep(&store, 1, 77).await.unwrap();
        insert_guarded(&store, 1).await;
        let (who, visit) = (person(1), secret(2));
        store
            .keep_challenge(&secret(1), (&who, &visit), Purpose::Make, at(0))
            .await
            .unwrap();
        store
            .keep_recovery("123456789", (&who, &secret(77)), at(0))
            .await
            .unwrap();
        store
            .reset_passkeys("123456789", &ActId::new([9; 16]), at(0))
            .await
            .unwrap();
        keep(&store, 2, 77).await.unwrap();
        let count = async |table: &str| {
            let texts = database
                .texts(&format!("select cast(count(*) as TEXT) from {table}"))
                .await;
            texts.into_iter().next().unwrap()
        };
        let day = SignedDuration::from_hours(24);
        store.purge(at(0) + day * 399, at(0)).await.unwrap();
        for (table, rows) in [
            ("passkey", "1"),
            ("known_browser", "0"),
            ("passkey_challenge", "0"),
            ("counsellor", "1"),
        ] {
            assert_eq!(count(table).await, rows, "{table}");
        }
        let acts = store.acts(None).await.unwrap();
        assert_eq!(
            acts[0].person, None,
            "after a year the log names nobody, not even by a hash"
        );
        store.purge(at(0) + day * 401, at(0)).await.unwrap();
        assert_eq!(count("passkey").await, "1", "something is still guarded by it");
        end(&store, &id(1)).await;
        store.erase(&record(&id(1), 101), &who).await.unwrap();
        store.purge(at(0) + day * 401, at(0)).await.unwrap();
        assert_eq!(
            (count("passkey").await, count("counsellor").await),
            ("0".to_owned(), "0".to_owned())
        );
    })
    .await;
}
