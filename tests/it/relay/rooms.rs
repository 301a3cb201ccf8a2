//! Rooms over real sockets: who gets in, what they hear, and that an end is an end at the relay too.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::Response;
use axum::routing::get;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use sprechzimmer::backend::BackendError;
use sprechzimmer::backend::embedded::{Embedded, FirstFrame, SeatHolder, Settings, bounded, deny, first_frame};
use sprechzimmer::id::{ParticipantId, RoomId};
use sprechzimmer::participant::Seat;
use sprechzimmer::private::Private;
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::caller::channel_data;
use super::wire::{Telephone, udp};

const PATIENCE: Duration = Duration::from_secs(20);

/// A server that takes the seat's number as its ticket: 0 is the moderator.
struct World {
    embedded: Embedded,
    room: RoomId,
    address: SocketAddr,
}

impl World {
    async fn new() -> Self {
        Self::with_grace(Duration::from_secs(30)).await
    }

    async fn with_grace(moderator_grace: Duration) -> Self {
        let announce = vec!["turn:relay.example:3478?transport=udp".to_owned()];
        let udp = vec!["127.0.0.1:0".parse().unwrap()];
        let settings = Settings {
            udp,
            announce,
            moderator_grace,
            ..Settings::default()
        };
        let embedded = Embedded::start(settings).await.unwrap();
        let room = RoomId::new([7; 16]);
        embedded.create(&room).unwrap();
        let router = Router::new()
            .route("/room/socket", get(socket))
            .with_state((embedded.clone(), room.clone()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            embedded,
            room,
            address,
        }
    }

    async fn say_first(&self, frame: &Value) -> Page {
        let (mut socket, _) = connect_async(format!("ws://{}/room/socket", self.address))
            .await
            .unwrap();
        socket.send(Message::text(frame.to_string())).await.unwrap();
        Page {
            socket,
            admitted: Value::Null,
        }
    }

    async fn join(&self, number: u8) -> Page {
        let mut page = self
            .say_first(&json!({"t": "hello", "ticket": number.to_string()}))
            .await;
        page.admitted = page.hear("admitted").await;
        page
    }

    async fn telephone(&self, page: &Page) -> Telephone<UdpSocket> {
        let server = &page.admitted["ice"]["servers"][0];
        let (username, password) = (
            server["username"].as_str().unwrap(),
            server["credential"].as_str().unwrap(),
        );
        let mut telephone = Telephone::named(udp(&self.embedded.relay()).await, username, password);
        telephone.allocate().await.unwrap();
        telephone
    }
}

async fn socket(State((embedded, room)): State<(Embedded, RoomId)>, upgrade: WebSocketUpgrade) -> Response {
    bounded(upgrade).on_upgrade(async move |socket| match first_frame(socket).await {
        Some((FirstFrame::Hello { ticket }, socket)) => {
            let Ok(number) = ticket.expose().parse::<u8>() else {
                return deny(socket).await;
            };
            let seat = if number == 0 {
                Seat::Moderator
            } else {
                Seat::Participant(participant(number))
            };
            let name = Private::new(format!("Person {number}"));
            embedded.join(&room, SeatHolder { seat, name }, socket).await;
        }
        Some((FirstFrame::Resume { key }, socket)) => {
            embedded.resume(key.expose(), socket).await;
        }
        None => {}
    })
}

fn participant(number: u8) -> ParticipantId {
    ParticipantId::new([number; 16])
}

/// A room page without a browser.
struct Page {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    admitted: Value,
}

impl Page {
    /// The next frame, which must be of this kind.
    async fn hear(&mut self, kind: &str) -> Value {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.unwrap() {
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(&text).unwrap();
                    assert_eq!(frame["t"], kind, "{frame}");
                    return frame;
                }
                Some(Ok(Message::Ping(_))) => {}
                other => panic!("instead of {kind}: {other:?}"),
            }
        }
    }

    /// The code the server closes with, as the very next thing.
    async fn closed(&mut self) -> u16 {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.unwrap() {
                Some(Ok(Message::Close(Some(close)))) => return close.code.into(),
                Some(Ok(Message::Ping(_))) => {}
                other => panic!("instead of a close: {other:?}"),
            }
        }
    }

    async fn say(&mut self, frame: Value) {
        self.socket.send(Message::text(frame.to_string())).await.unwrap();
    }

    fn resume_key(&self) -> Value {
        json!({"t": "resume", "key": self.admitted["resume"]})
    }
}

#[tokio::test]
async fn the_end_is_an_end_for_sockets_credentials_and_packets() {
    let world = World::new().await;
    let (mut moderator, mut pupil) = (world.join(0).await, world.join(1).await);
    moderator.hear("peer-joined").await;
    let (mut one, mut other) = (world.telephone(&moderator).await, world.telephone(&pupil).await);
    one.bind(0x4000, other.caller.port).await;
    other.bind(0x4000, one.caller.port).await;
    one.send(0x4000, b"hello").await;
    assert_eq!(other.receive().await.unwrap(), channel_data(0x4000, b"hello"));
    let before = world.embedded.residue(&world.room);
    assert_eq!((before.seats, before.credentials, before.paths), (2, 2, 2));

    world.embedded.end(&world.room);

    assert!(world.embedded.residue(&world.room).is_nothing());
    assert!(world.embedded.occupants(&world.room).is_empty());
    for page in [&mut moderator, &mut pupil] {
        page.hear("ended").await;
        assert_eq!(page.closed().await, 4410);
    }
    // Patched clients that do not care.
    one.send(0x4000, b"after the end").await;
    assert_eq!(
        one.ask(one.caller.refresh_request(600)).await,
        Err(401),
        "the first thing to arrive"
    );
    assert_eq!(
        other.ask(other.caller.refresh_request(600)).await,
        Err(401),
        "the first thing to arrive"
    );
    let mut late = world.say_first(&json!({"t": "hello", "ticket": "1"})).await;
    late.hear("ended").await;
    assert_eq!(late.closed().await, 4410);
    assert_eq!(world.embedded.create(&world.room), Err(BackendError::Used));
    world.embedded.end(&world.room);
}

#[tokio::test]
async fn somebody_sent_back_gets_no_packet_and_no_frame_but_may_come_again() {
    let world = World::new().await;
    let (mut moderator, mut pupil) = (world.join(0).await, world.join(1).await);
    moderator.hear("peer-joined").await;
    let (mut one, mut other) = (world.telephone(&moderator).await, world.telephone(&pupil).await);
    one.bind(0x4000, other.caller.port).await;
    other.bind(0x4000, one.caller.port).await;
    world.embedded.send_back(&world.room, &participant(1));
    pupil.hear("returned").await;
    assert_eq!(pupil.closed().await, 4408);
    moderator.hear("peer-left").await;
    other.send(0x4000, b"still here?").await;
    one.send(0x4000, b"a secret").await;
    assert_eq!(
        other.ask(other.caller.refresh_request(600)).await,
        Err(401),
        "nothing came before this"
    );
    assert!(
        one.ask(one.caller.refresh_request(600)).await.is_ok(),
        "nothing came before this"
    );

    let again = world.join(1).await;
    assert_ne!(
        again.admitted["ice"]["servers"][0]["username"],
        pupil.admitted["ice"]["servers"][0]["username"]
    );
    assert_ne!(
        again.admitted["ice"]["servers"][0]["credential"],
        pupil.admitted["ice"]["servers"][0]["credential"]
    );
}

#[tokio::test]
async fn somebody_turned_away_is_told_nothing_more() {
    let world = World::new().await;
    let mut pupil = world.join(1).await;
    world.embedded.turn_away(&world.room, &participant(1));
    assert_eq!(pupil.closed().await, 4403);
    let mut back = world.say_first(&pupil.resume_key()).await;
    assert_eq!(back.closed().await, 4403);
}

#[tokio::test]
async fn signals_codes_and_states_reach_whom_they_should() {
    let world = World::new().await;
    let (mut moderator, mut pupil) = (world.join(0).await, world.join(1).await);
    assert_eq!(
        pupil.admitted["peers"],
        json!([{"id": "moderator", "name": "Person 0", "seat": "moderator"}])
    );
    let id = moderator.hear("peer-joined").await["id"].clone();
    assert_eq!(id, participant(1).as_str());
    let d = json!({"desc": {"type": "offer", "sdp": "v=0\r\n"}});
    pupil.say(json!({"t": "signal", "to": "moderator", "d": d})).await;
    assert_eq!(
        moderator.hear("signal").await,
        json!({"t": "signal", "from": id, "d": d})
    );
    let d = json!({"k": "r", "ep": "1", "fp": "AB", "n": "00"});
    moderator.say(json!({"t": "code", "to": id, "d": d})).await;
    assert_eq!(
        pupil.hear("code").await,
        json!({"t": "code", "from": "moderator", "d": d})
    );
    let d = json!({"mic": true, "cam": false, "screen": false});
    moderator.say(json!({"t": "state", "d": d})).await;
    assert_eq!(
        pupil.hear("state").await,
        json!({"t": "state", "from": "moderator", "d": d})
    );
    pupil.say(json!({"t": "leave"})).await;
    assert_eq!(pupil.closed().await, 1000);
    moderator.hear("peer-left").await;
}

#[tokio::test]
async fn a_lost_connection_comes_back_to_its_seat_and_its_relay() {
    let world = World::new().await;
    let (mut moderator, pupil) = (world.join(0).await, world.join(1).await);
    moderator.hear("peer-joined").await;
    let key = pupil.resume_key();
    let username = pupil.admitted["ice"]["servers"][0]["username"].clone();
    drop(pupil); // no close frame, as when a telephone leaves the building
    moderator.hear("peer-away").await;
    let mut back = world.say_first(&key).await;
    let admitted = back.hear("admitted").await;
    assert_eq!(admitted["ice"]["servers"][0]["username"], username);
    moderator.hear("peer-back").await;
    let mut thief = world.say_first(&key).await;
    assert_eq!(thief.closed().await, 4403, "a key works once");
}

#[tokio::test]
async fn a_second_tab_closes_the_first() {
    let world = World::new().await;
    let mut first = world.join(1).await;
    let _second = world.join(1).await;
    assert_eq!(first.closed().await, 4409);
    assert_eq!(world.embedded.residue(&world.room).credentials, 1);
}

#[tokio::test]
async fn whoever_breaks_the_protocol_is_out() {
    let world = World::new().await;
    let violations = [
        Message::text(r#"{"t":"end"}"#),
        Message::text(r#"{"t":"admit","id":"moderator"}"#),
        Message::text("not json"),
        Message::binary(vec![1, 2, 3]),
    ];
    for (count, violation) in (1..).zip(violations) {
        let mut pupil = world.join(1).await;
        pupil.socket.send(violation).await.unwrap();
        assert_eq!(pupil.closed().await, 4403);
        assert_eq!(world.embedded.violations(&world.room), count);
    }
    assert!(world.embedded.exists(&world.room), "the room goes on");
    assert!(world.embedded.occupants(&world.room).is_empty());
}

#[tokio::test]
async fn a_flood_of_frames_is_a_violation() {
    let world = World::new().await;
    let mut pupil = world.join(1).await;
    for _ in 0..1000 {
        let state = json!({"t": "state", "d": {"mic": true, "cam": true, "screen": false}});
        if pupil.socket.feed(Message::text(state.to_string())).await.is_err() {
            break; // already closed
        }
    }
    let _already_closed = pupil.socket.flush().await;
    assert_eq!(pupil.closed().await, 4403);
    assert_eq!(world.embedded.violations(&world.room), 1);
}

#[tokio::test]
async fn nobody_gets_in_without_a_ticket() {
    let world = World::new().await;
    for first in [
        json!({"t": "hello"}),
        json!({"t": "state"}),
        json!({"t": "hello", "ticket": "forged"}),
        json!(1),
    ] {
        let mut stranger = world.say_first(&first).await;
        assert_eq!(stranger.closed().await, 4403, "{first}");
    }
    let mut stranger = world.say_first(&json!({"t": "resume", "key": "A".repeat(43)})).await;
    assert_eq!(stranger.closed().await, 4403);
    assert!(world.embedded.residue(&world.room).is_nothing());
}

#[tokio::test]
async fn a_frame_that_is_too_large_ends_the_socket() {
    let world = World::new().await;
    let (mut moderator, mut pupil) = (world.join(0).await, world.join(1).await);
    moderator.hear("peer-joined").await;
    let sdp = "a".repeat(70_000);
    let _server_may_hang_up_first = pupil
        .socket
        .send(Message::text(
            json!({"t": "signal", "to": "moderator", "d": {"desc": {"type": "offer", "sdp": sdp}}}).to_string(),
        ))
        .await;
    moderator.hear("peer-away").await;
}

#[tokio::test]
async fn without_the_moderator_everybody_returns_to_the_waiting_room() {
    let world = World::with_grace(Duration::ZERO).await;
    let (mut moderator, mut pupil) = (world.join(0).await, world.join(1).await);
    moderator.hear("peer-joined").await;
    moderator.say(json!({"t": "leave"})).await;
    pupil.hear("peer-left").await;
    pupil.hear("returned").await;
    assert_eq!(pupil.closed().await, 4408);
    assert!(world.embedded.residue(&world.room).is_nothing());
}

#[tokio::test]
async fn every_change_in_the_room_is_announced() {
    let world = World::new().await;
    let mut changed = world.embedded.changed();
    changed.mark_unchanged();
    let pupil = world.join(1).await;
    timeout(PATIENCE, changed.changed()).await.unwrap().unwrap();
    drop(pupil);
    timeout(PATIENCE, changed.changed()).await.unwrap().unwrap();
    changed.mark_unchanged();
    world.embedded.end(&world.room);
    assert!(changed.has_changed().unwrap());
}
