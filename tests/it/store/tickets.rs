//! Tickets, hand-overs, visits and invitations end when they should.

use jiff::SignedDuration;
use sprechzimmer::id::{ParticipantId, RoomId};
use sprechzimmer::store::{StoreError, TICKET_LIFE, Ticket, VISIT_LIFE};

use super::{at, end, id, keep_launch, open, record, room, sealed, secret, visit};
use crate::databases::both;

fn ticket(participant: Option<u8>) -> Ticket {
    Ticket {
        consultation: id(1),
        participant: participant.map(|number| ParticipantId::new([number; 16])),
        room: room(1),
    }
}

fn is_not_found<T>(outcome: &Result<T, StoreError>) -> bool {
    matches!(outcome, Err(StoreError::NotFound))
}

#[tokio::test]
async fn a_ticket_is_for_one_seat_once_and_for_sixty_seconds() {
    both("ticket", async |database| {
        let store = database.store().await;
        open(&store, 1).await;
        let last = at(10) + TICKET_LIFE - SignedDuration::from_millis(1);
        store.issue_ticket(&secret(1), &ticket(Some(51)), at(10)).await.unwrap();
        assert_eq!(store.redeem_ticket(&secret(1), last).await.unwrap(), ticket(Some(51)));
        assert!(is_not_found(&store.redeem_ticket(&secret(1), last).await), "used");
        store.issue_ticket(&secret(2), &ticket(Some(51)), at(10)).await.unwrap();
        let late = store.redeem_ticket(&secret(2), at(10) + TICKET_LIFE).await;
        assert!(is_not_found(&late), "too late");
        let late = store.redeem_ticket(&secret(2), at(11)).await;
        assert!(is_not_found(&late), "a ticket that came too late is gone");
    })
    .await;
}

#[tokio::test]
async fn a_new_ticket_voids_the_older_one_of_the_same_seat_only() {
    both("ticket_renewed", async |database| {
        let store = database.store().await;
        open(&store, 1).await;
        for (secret_number, seat) in [(1, None), (2, Some(51)), (3, Some(101)), (4, Some(51)), (5, None)] {
            store
                .issue_ticket(&secret(secret_number), &ticket(seat), at(10))
                .await
                .unwrap();
        }
        for (secret_number, works) in [(1, false), (2, false), (3, true), (4, true), (5, true)] {
            let redeemed = store.redeem_ticket(&secret(secret_number), at(11)).await;
            assert_eq!(redeemed.is_ok(), works, "ticket {secret_number}");
        }
    })
    .await;
}

#[tokio::test]
async fn voided_tickets_and_tickets_of_an_erased_consultation_are_refused() {
    both("ticket_voided", async |database| {
        let store = database.store().await;
        open(&store, 1).await;
        store.issue_ticket(&secret(1), &ticket(Some(51)), at(10)).await.unwrap();
        store.void_tickets(&id(1)).await.unwrap();
        assert!(is_not_found(&store.redeem_ticket(&secret(1), at(11)).await));
        store.issue_ticket(&secret(2), &ticket(None), at(10)).await.unwrap();
        end(&store, &id(1)).await;
        store.erase(&record(&id(1), 101), &super::person(1)).await.unwrap();
        assert!(is_not_found(&store.redeem_ticket(&secret(2), at(11)).await));
        let stray = store.issue_ticket(&secret(3), &ticket(None), at(102)).await;
        assert!(stray.is_err(), "there is no ticket for what is gone");
    })
    .await;
}

#[tokio::test]
async fn a_ticket_names_the_room_it_was_made_for() {
    both("ticket_room", async |database| {
        let store = database.store().await;
        open(&store, 1).await;
        store.issue_ticket(&secret(1), &ticket(None), at(10)).await.unwrap();
        let redeemed = store.redeem_ticket(&secret(1), at(11)).await.unwrap();
        assert_eq!(redeemed.room, RoomId::new([1; 16]));
    })
    .await;
}

#[tokio::test]
async fn a_handover_lasts_thirty_seconds_and_is_renewed_for_ten_minutes() {
    both("handover", async |database| {
        let store = database.store().await;
        let keep = async |nonce: u8, hash: u8| keep_launch(&store, nonce, hash).await;
        keep(1, 1).await;
        assert_eq!(store.take_handover(&secret(1), at(29)).await.unwrap().visit, visit());
        keep(2, 2).await;
        assert!(is_not_found(&store.take_handover(&secret(2), at(30)).await));
        keep(3, 3).await;
        for number in 3..33_u8 {
            let now = at(i64::from(number - 2) * 20);
            let renewed = store.renew_handover(&secret(number), &secret(number + 1), now).await;
            assert!(renewed.is_ok(), "{now}");
            assert!(
                is_not_found(&store.take_handover(&secret(number), now).await),
                "the old one is void"
            );
        }
        let renewed = store.renew_handover(&secret(33), &secret(34), at(601)).await;
        assert!(is_not_found(&renewed), "after ten minutes a new launch is due");
    })
    .await;
}

#[tokio::test]
async fn a_visit_ends_by_time_and_by_leaving() {
    both("visit", async |database| {
        let store = database.store().await;
        for number in [1, 2] {
            store.keep_visit(&secret(number), &visit(), at(0)).await.unwrap();
        }
        let last = at(0) + VISIT_LIFE - SignedDuration::from_millis(1);
        assert_eq!(store.visit(&secret(1), last).await.unwrap(), visit());
        assert!(is_not_found(&store.visit(&secret(1), at(0) + VISIT_LIFE).await));
        store.forget_visit(&secret(2)).await.unwrap();
        assert!(is_not_found(&store.visit(&secret(2), at(1)).await));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_leads_to_its_participant_until_it_is_renewed_or_turned_away() {
    both("invitation", async |database| {
        let store = database.store().await;
        sealed(&store, 1).await;
        sealed(&store, 2).await;
        let kept = store.load(&id(1)).await.unwrap();
        let mother = kept.consultation.participants[1].clone();
        let first = kept.invitation(&mother).hash();
        let found = store.by_invitation(&first).await.unwrap();
        assert_eq!(found, (mother.id.clone(), id(1)));
        assert!(is_not_found(&store.by_invitation(&secret(77)).await));
        let renewed = store
            .change(&id(1), |kept| {
                let mut mother = kept.consultation.participants[1].clone();
                mother.generation += 1;
                mother.invitation = Some(kept.invitation(&mother).hash());
                kept.consultation.participants[1] = mother.clone();
                Ok(kept.invitation(&mother).hash())
            })
            .await
            .unwrap();
        assert!(is_not_found(&store.by_invitation(&first).await), "the old link is void");
        assert_eq!(store.by_invitation(&renewed).await.unwrap().0, mother.id);
        store
            .change(&id(1), |kept| {
                kept.consultation.participants[1].turn_away(at(5));
                Ok(())
            })
            .await
            .unwrap();
        assert!(is_not_found(&store.by_invitation(&renewed).await));
    })
    .await;
}
