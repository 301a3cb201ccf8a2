//! All rooms together: nothing crosses between them, the slow are dropped, and what is remembered is bounded.

use super::*;
use crate::backend::embedded::clock;
use crate::backend::embedded::relay::Credential;
use crate::id::ParticipantId;
use crate::private::Private;

async fn hub() -> Hub {
    Hub::new(Relay::bind(&[]).await.unwrap(), vec![], Duration::from_secs(30))
}

fn room(number: u8) -> RoomId {
    RoomId::new([number; 16])
}

fn participant(number: u8) -> Seat {
    Seat::Participant(ParticipantId::new([number; 16]))
}

fn enter(hub: &mut Hub, room: &RoomId, number: u8) -> Result<Inlet, Farewell> {
    let client = Client(u64::from(number));
    let entry = Entry {
        client,
        seat: participant(number),
        name: Private::new(format!("Person {number}")),
        credential: Credential::generate().unwrap(),
        resume: Secret::new([number; 32]),
    };
    hub.enter(clock::instant(), room, entry, Pair::new(client))
}

fn heard(inlet: &mut Inlet) -> Vec<String> {
    std::iter::from_fn(|| inlet.frames.try_recv().ok()).collect()
}

fn state() -> Option<ClientFrame> {
    ClientFrame::read(r#"{"t":"state","d":{"mic":true,"cam":true,"screen":false}}"#)
}

#[tokio::test]
async fn no_frame_crosses_from_one_room_to_another() {
    let (mut hub, now) = (hub().await, clock::instant());
    hub.create(&room(1)).unwrap();
    hub.create(&room(2)).unwrap();
    let mut one = enter(&mut hub, &room(1), 1).unwrap();
    let mut stranger = enter(&mut hub, &room(2), 2).unwrap();
    assert_eq!((heard(&mut one).len(), heard(&mut stranger).len()), (1, 1));
    hub.frame(now, one.client, state());
    let aimed = format!(r#"{{"t":"signal","to":"{}","d":{{"cand":null}}}}"#, "02".repeat(16));
    hub.frame(now, one.client, ClientFrame::read(&aimed));
    hub.end(now, &room(1));
    assert_eq!(heard(&mut stranger), Vec::<String>::new());
    assert!(stranger.farewell.try_recv().is_err());
    assert_eq!(one.farewell.try_recv(), Ok(Farewell::Ended));
    assert!(hub.residue(&room(1)).is_nothing());
    assert_eq!(hub.residue(&room(2)).credentials, 1);
}

#[tokio::test]
async fn a_client_that_does_not_read_is_dropped_and_the_others_hear_of_it() {
    let (mut hub, now) = (hub().await, clock::instant());
    hub.create(&room(1)).unwrap();
    let mut quick = enter(&mut hub, &room(1), 1).unwrap();
    let mut slow = enter(&mut hub, &room(1), 2).unwrap();
    heard(&mut quick);
    for _ in 0..QUEUE {
        hub.frame(now, quick.client, state());
    }
    assert!(heard(&mut quick).last().unwrap().contains("peer-away"));
    assert!(slow.farewell.try_recv().is_err());
    assert_eq!(heard(&mut slow).len(), QUEUE, "no more than the queue was kept for it");
    assert!(hub.occupants(&room(1)).iter().any(|occupant| !occupant.connected));
    assert_eq!(hub.residue(&room(1)).seats, 2, "the seat is kept for a moment");
}

#[tokio::test]
async fn an_ended_room_is_remembered_but_not_without_bound() {
    let (mut hub, now) = (hub().await, clock::instant());
    let first = RoomId::new([0xff; 16]);
    hub.create(&first).unwrap();
    hub.end(now, &first);
    hub.end(now, &first);
    assert_eq!(hub.create(&first), Err(BackendError::Used));
    assert!(matches!(enter(&mut hub, &first, 1), Err(Farewell::Ended)));
    let unheard_of = room(9);
    hub.end(now, &unheard_of);
    assert_eq!(
        hub.create(&unheard_of),
        Err(BackendError::Used),
        "an end that came before the room"
    );
    for number in 0..2 * REMEMBERED {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&number.to_be_bytes());
        hub.end(now, &RoomId::new(id));
    }
    assert_eq!((hub.ended.len(), hub.ended_in_order.len()), (REMEMBERED, REMEMBERED));
}

#[tokio::test]
async fn a_refused_entry_leaves_no_credential() {
    let mut hub = hub().await;
    hub.create(&room(1)).unwrap();
    let _inlets: Vec<_> = (0..6)
        .map(|number| enter(&mut hub, &room(1), number).unwrap())
        .collect();
    assert!(matches!(enter(&mut hub, &room(1), 6), Err(Farewell::Denied)));
    assert_eq!(hub.residue(&room(1)).credentials, 6);
}
