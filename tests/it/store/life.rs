//! Consultations are kept as they are, and a refused step changes nothing.

use sprechzimmer::consultation::{Phase, Refusal};
use sprechzimmer::id::Room;
use sprechzimmer::participant::Way;
use sprechzimmer::private::Private;
use sprechzimmer::store::{Binding, Petition, StoreError};
use sprechzimmer::vault::DataKey;

use super::{
    MOTHER, PUPIL, at, draft, end, id, insert, limits, meet, open, participant, person, place, room, sealed, sight,
};
use crate::databases::both;

#[tokio::test]
async fn what_is_kept_comes_back_the_same() {
    both("roundtrip", async |database| {
        let store = database.store().await;
        let id = open(&store, 1).await;
        let step = |kept: &mut sprechzimmer::store::Kept| {
            let consultation = &mut kept.consultation;
            consultation.participants[0].consent(at(4)).map_err(Refusal::from)?;
            consultation.participants[0].wait(at(5)).map_err(Refusal::from)?;
            consultation.participants[1].consent(at(5)).map_err(Refusal::from)?;
            consultation.participants[1].decline(at(6)).map_err(Refusal::from)?;
            let pupil = consultation.participants[0].id.clone();
            consultation.admit(&pupil, at(7))?;
            Ok(consultation.clone())
        };
        let after = store.change(&id, step).await.unwrap();
        assert_eq!(after, store.load(&id).await.unwrap().consultation);
        let back = |kept: &mut sprechzimmer::store::Kept| {
            kept.consultation.all_back(at(8));
            Ok(kept.consultation.clone())
        };
        let after = store.change(&id, back).await.unwrap();
        assert_eq!(after, store.load(&id).await.unwrap().consultation);
        end(&store, &id).await;
        let ended = store.load(&id).await.unwrap().consultation;
        let Phase::Ended(ended) = ended.phase else {
            panic!("it has ended");
        };
        assert_eq!(
            (ended.sealed_at, ended.opened_at, ended.room),
            (Some(at(1)), Some(at(3)), Some(Room::unmarked(room(1))))
        );
    })
    .await;
}

#[tokio::test]
async fn a_refused_step_changes_nothing() {
    both("refused", async |database| {
        let store = database.store().await;
        let id = sealed(&store, 1).await;
        let before = store.load(&id).await.unwrap().consultation;
        let refused = store
            .change(&id, |kept| {
                kept.consultation.incidents += 1;
                kept.consultation.participants[0]
                    .consent(at(4))
                    .map_err(Refusal::from)?;
                kept.consultation.participants.pop();
                kept.consultation.replan(before.plan)?; // not any more: it is sealed
                Ok(())
            })
            .await;
        assert!(
            matches!(refused, Err(StoreError::Refused(Refusal::WrongPhase))),
            "{refused:?}"
        );
        assert_eq!(store.load(&id).await.unwrap().consultation, before);
    })
    .await;
}

#[tokio::test]
async fn the_list_keeps_its_order_when_somebody_is_taken_off_it() {
    both("order", async |database| {
        let store = database.store().await;
        insert(&store, 1).await;
        // ids against the order of the list, so that no order by id hides a mistake
        for (number, name) in [(90, "A"), (80, "B"), (70, "C")] {
            let somebody = participant(number, name, Way::Link);
            store
                .change(&id(1), |kept| Ok(kept.consultation.add(somebody, &limits())?))
                .await
                .unwrap();
        }
        let first = store.load(&id(1)).await.unwrap().consultation.participants[0]
            .id
            .clone();
        store
            .change(&id(1), |kept| Ok(kept.consultation.remove(&first)?))
            .await
            .unwrap();
        let last = participant(60, "D", Way::Link);
        let listed = store
            .change(&id(1), |kept| {
                kept.consultation.add(last, &limits())?;
                Ok(kept.consultation.participants.clone())
            })
            .await
            .unwrap();
        assert_eq!(store.load(&id(1)).await.unwrap().consultation.participants, listed);
        let positions = database
            .texts("select cast(position as TEXT) from participant order by position")
            .await;
        assert_eq!(positions, ["0", "1", "2"]);
    })
    .await;
}

#[tokio::test]
async fn a_consultation_that_does_not_begin_empty_is_not_kept() {
    both("not_empty", async |database| {
        let store = database.store().await;
        let mut full = draft(1);
        full.participants.push(participant(2, PUPIL, Way::Link));
        assert!(
            store
                .insert(&full, DataKey::new([1; 32]), &Binding::Passkey)
                .await
                .is_err()
        );
        assert!(matches!(store.load(&id(1)).await, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn consultations_are_found_by_initiator_by_participant_and_by_place() {
    both("found", async |database| {
        let store = database.store().await;
        sealed(&store, 1).await;
        open(&store, 2).await;
        insert(&store, 3).await;
        let ids = |found: Vec<sprechzimmer::store::Kept>| {
            let mut ids: Vec<_> = found.into_iter().map(|kept| kept.consultation.id).collect();
            ids.sort();
            ids
        };
        let elsewhere = sprechzimmer::id::PlaceTag([201; 32]);
        assert_eq!(
            ids(store.of_initiator(&sight(&store, 1).await, &place()).await.unwrap()),
            [id(1), id(2), id(3)]
        );
        assert_eq!(
            ids(store.of_initiator(&sight(&store, 1).await, &elsewhere).await.unwrap()),
            []
        );
        assert_eq!(
            ids(store.of_initiator(&sight(&store, 51).await, &place()).await.unwrap()),
            []
        );
        assert_eq!(ids(store.of_person(&person(51), &place()).await.unwrap()), [id(1)]);
        assert_eq!(ids(store.of_person(&person(51), &elsewhere).await.unwrap()), []);
        assert_eq!(ids(store.of_place(&place()).await.unwrap()), [id(1), id(2)]);
    })
    .await;
}

#[tokio::test]
async fn a_petition_is_decided_once_and_at_its_own_place() {
    both("petition", async |database| {
        let store = database.store().await;
        let petition = Petition {
            id: sprechzimmer::id::PetitionId::new([1; 16]),
            person: person(5),
            name: Private::new(MOTHER.to_owned()),
            made_at: at(0),
        };
        store.ask(&place(), &petition).await.unwrap();
        let again = Petition {
            id: sprechzimmer::id::PetitionId::new([2; 16]),
            ..petition.clone()
        };
        store.ask(&place(), &again).await.unwrap();
        assert!(store.has_asked(&place(), &person(5)).await.unwrap());
        let waiting = store.petitions(&place()).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].name.expose().as_str()), (1, MOTHER));
        let elsewhere = sprechzimmer::id::PlaceTag([201; 32]);
        assert!(store.take_petition(&elsewhere, &petition.id).await.is_err());
        assert_eq!(
            store.take_petition(&place(), &petition.id).await.unwrap().person,
            person(5)
        );
        assert!(store.take_petition(&place(), &petition.id).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn whoever_launched_is_known_by_the_latest_name() {
    both("acquaintance", async |database| {
        let store = database.store().await;
        for (number, name, seconds) in [(5, "Old Name", 0), (5, PUPIL, 5), (6, MOTHER, 9)] {
            meet(&store, number, name, at(seconds)).await;
        }
        let known = store.acquaintances(&place()).await.unwrap();
        let names: Vec<&str> = known.iter().map(|known| known.name.expose().as_str()).collect();
        assert_eq!(names, [MOTHER, PUPIL]);
    })
    .await;
}
