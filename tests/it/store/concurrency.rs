//! Many at once: what may happen once happens once.

use futures_util::future::join_all;
use sprechzimmer::consultation::{Phase, Refusal};
use sprechzimmer::store::{NonceUse, Store, StoreError, Ticket};

use super::{at, id, keep_launch, open, place, room, sealed, secret, sight};
use crate::databases::both;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_parallel_clicks_on_open_give_one_room() {
    both("parallel_open", async |database| {
        let stores = [database.store().await, database.store().await];
        let id = sealed(&stores[0], 1).await;
        let clicks = (0..20_u8).map(|number| {
            let (store, id): (Store, _) = (stores[usize::from(number % 2)].clone(), id.clone());
            tokio::spawn(async move {
                let open = |kept: &mut sprechzimmer::store::Kept| Ok(kept.consultation.open(room(number), at(2))?);
                store.change(&id, open).await
            })
        });
        let outcomes: Vec<_> = join_all(clicks).await.into_iter().map(Result::unwrap).collect();
        let winners: Vec<usize> = (0..20).filter(|number| outcomes[*number].is_ok()).collect();
        assert_eq!(winners.len(), 1, "{outcomes:?}");
        let refused =
            |outcome: &&Result<(), StoreError>| matches!(outcome, Err(StoreError::Refused(Refusal::WrongPhase)));
        assert_eq!(outcomes.iter().filter(refused).count(), 19, "{outcomes:?}");
        let Phase::Opening { room: kept, .. } = stores[1].load(&id).await.unwrap().consultation.phase else {
            panic!("a room is being made");
        };
        assert_eq!(kept, room(u8::try_from(winners[0]).unwrap()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_step_of_two_processes_is_lost() {
    both("parallel_steps", async |database| {
        let stores = [database.store().await, database.store().await];
        let id = open(&stores[0], 1).await;
        let steps = (0..40_usize).map(|number| {
            let (store, id) = (stores[number % 2].clone(), id.clone());
            tokio::spawn(async move {
                let count = |kept: &mut sprechzimmer::store::Kept| {
                    kept.consultation.incidents += 1;
                    Ok(())
                };
                store.change(&id, count).await.unwrap();
            })
        });
        join_all(steps).await.into_iter().for_each(Result::unwrap);
        assert_eq!(stores[0].load(&id).await.unwrap().consultation.incidents, 40);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_nonce_is_spent_once_among_twenty_launches() {
    both("parallel_nonce", async |database| {
        let store = database.store().await;
        let launches = (0..20_u8).map(|number| {
            let store = store.clone();
            tokio::spawn(async move { keep_launch(&store, 9, number).await })
        });
        let uses: Vec<NonceUse> = join_all(launches).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(uses.iter().filter(|spent| **spent == NonceUse::First).count(), 1);
        let first = uses.iter().position(|spent| *spent == NonceUse::First).unwrap();
        for number in 0..20_u8 {
            let kept = store.take_handover(&secret(number), at(1)).await.is_ok();
            assert_eq!(
                kept,
                usize::from(number) == first,
                "a replayed launch leaves nothing behind"
            );
        }
        assert_eq!(keep_launch(&store, 9, 30).await, NonceUse::Seen);
        assert_eq!(keep_launch(&store, 10, 31).await, NonceUse::First);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_ticket_opens_the_room_once_among_twenty_tries() {
    both("parallel_ticket", async |database| {
        let store = database.store().await;
        let ticket = Ticket {
            consultation: open(&store, 1).await,
            participant: None,
            room: room(1),
        };
        store.issue_ticket(&secret(1), &ticket, at(10)).await.unwrap();
        let tries = (0..20).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.redeem_ticket(&secret(1), at(11)).await.is_ok() })
        });
        let redeemed = join_all(tries).await.into_iter().filter(|done| *done.as_ref().unwrap());
        assert_eq!(redeemed.count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_handover_leads_into_one_tab_among_twenty() {
    both("parallel_handover", async |database| {
        let store = database.store().await;
        keep_launch(&store, 9, 1).await;
        let tries = (0..20).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.take_handover(&secret(1), at(1)).await.is_ok() })
        });
        let taken = join_all(tries).await.into_iter().filter(|done| *done.as_ref().unwrap());
        assert_eq!(taken.count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_that_start_at_once_make_one_schema() {
    both("parallel_start", async |database| {
        let starts = (0..8).map(|_| {
            let (url, vault) = (database.url.clone(), database.vault());
            tokio::spawn(async move { Store::connect(&url, vault).await })
        });
        let stores: Vec<Store> = join_all(starts)
            .await
            .into_iter()
            .map(|store| store.unwrap().unwrap())
            .collect();
        sealed(&stores[0], 1).await;
        for store in &stores {
            let seen = store.of_initiator(&sight(store, 1).await, &place()).await.unwrap();
            assert_eq!(seen[0].consultation.id, id(1));
        }
    })
    .await;
}
