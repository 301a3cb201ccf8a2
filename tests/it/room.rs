//! The way into the room: a ticket only after admission, once, for a minute, and out again at once (rules 1, 3, 4, 6 and 8).

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sprechzimmer::id::ParticipantId;
use sprechzimmer::private::Secret;
use sprechzimmer::store::Ticket;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::talk::{Invited, Talk, store};
use crate::world::{Browser, COLLEAGUE, Page, World};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

#[tokio::test]
async fn there_is_a_ticket_only_after_admission() {
    let world = World::start().await;
    let talk = Talk::open(&world).await;
    let pupil = &talk.invited[0];
    let browser = pupil.wait(&world).await;
    assert_eq!(ask(&browser, pupil).await.status, 409);
    talk.decide(pupil, "admit").await;
    assert_eq!(ask(&browser, pupil).await.status, 200);
    let mother = &talk.invited[1];
    assert_eq!(ask(&browser, mother).await.status, 404, "a ticket is for one person");
}

#[tokio::test]
async fn only_the_initiator_gets_the_moderators_ticket_and_only_while_it_is_open() {
    let world = World::start().await;
    let talk = Talk::sealed(&world).await;
    assert_eq!(talk.act("/ticket", &[]).await.status, 409);
    let talk = Talk::open(&world).await;
    let colleague = world.launch(COLLEAGUE).await;
    let path = format!("{}/ticket", talk.path);
    assert_eq!(colleague.post(&path, &[]).await.status, 404);
    let mut socket = enter(&world, &secret(&talk.act("/ticket", &[]).await)).await;
    let admitted = next(&mut socket).await.unwrap();
    assert_eq!(
        (&admitted["t"], &admitted["seat"]),
        (&json!("admitted"), &json!("moderator"))
    );
}

#[tokio::test]
async fn a_ticket_opens_the_room_once() {
    let world = World::start().await;
    let (_talk, _browser, ticket) = admitted(&world).await;
    let mut first = enter(&world, &ticket).await;
    assert_eq!(next(&mut first).await.unwrap()["t"], "admitted");
    let mut second = enter(&world, &ticket).await;
    assert_eq!(next(&mut second).await, Err(4403));
}

#[tokio::test]
async fn a_newer_ticket_voids_the_older_one() {
    let world = World::start().await;
    let (talk, browser, older) = admitted(&world).await;
    let newer = secret(&ask(&browser, &talk.invited[0]).await);
    assert_eq!(next(&mut enter(&world, &older).await).await, Err(4403));
    assert_eq!(next(&mut enter(&world, &newer).await).await.unwrap()["t"], "admitted");
}

#[tokio::test]
async fn a_ticket_is_void_after_a_minute() {
    let world = World::start().await;
    let (talk, _browser, _) = admitted(&world).await;
    let store = store(&world).await;
    let person = ParticipantId::parse(&talk.invited[0].id).unwrap();
    let kept = store.of_participant(&person).await.unwrap().consultation;
    let ticket = Ticket {
        consultation: kept.id.clone(),
        participant: Some(person),
        room: kept.opened().unwrap().room.id.clone(),
    };
    for (age, expected) in [(61, Err(4403)), (50, Ok(json!("admitted")))] {
        let secret = Secret::new([age; 32]);
        let made_at = clock() - SignedDuration::from_secs(age.into());
        store.issue_ticket(&secret.hash(), &ticket, made_at).await.unwrap();
        let mut socket = enter(&world, &secret.expose()).await;
        let answer = next(&mut socket).await.map(|frame| frame["t"].clone());
        assert_eq!(answer, expected, "{age} seconds");
    }
}

#[tokio::test]
async fn without_a_valid_ticket_not_a_single_frame_comes() {
    let world = World::start().await;
    let talk = Talk::open(&world).await;
    let _waiting = talk.invited[0].wait(&world).await;
    let firsts = [
        json!({ "t": "hello", "ticket": "" }),
        json!({ "t": "hello", "ticket": talk.invited[0].secret }),
        json!({ "t": "resume", "key": talk.invited[0].secret }),
        json!({ "t": "state", "d": { "mic": true, "cam": true, "screen": false } }),
    ];
    for first in firsts {
        let mut socket = connect(&world, world.url.origin().ascii_serialization()).await.unwrap();
        socket.send(Message::text(first.to_string())).await.unwrap();
        assert_eq!(next(&mut socket).await, Err(4403), "{first}");
    }
}

#[tokio::test]
async fn another_sites_page_cannot_open_the_socket() {
    let world = World::start().await;
    let refused = connect(&world, "https://stranger.example".to_owned()).await;
    let Err(Error::Http(answer)) = refused else {
        panic!("the socket opened");
    };
    assert_eq!(answer.status(), 403);
}

#[tokio::test]
async fn somebody_sent_back_is_cut_and_needs_a_new_admission() {
    let world = World::start().await;
    let (talk, browser, ticket) = admitted(&world).await;
    let pupil = &talk.invited[0];
    let mut socket = enter(&world, &ticket).await;
    assert_eq!(next(&mut socket).await.unwrap()["t"], "admitted");
    let unused = secret(&ask(&browser, pupil).await);
    talk.decide(pupil, "send-back").await;
    assert_eq!(next(&mut socket).await.unwrap()["t"], "returned");
    assert_eq!(next(&mut socket).await, Err(4408));
    assert_eq!(next(&mut enter(&world, &unused).await).await, Err(4403));
    assert_eq!(ask(&browser, pupil).await.status, 409);
    let room = browser.get(&format!("{}/room", pupil.own())).await;
    assert_eq!(room.path, format!("{}/waiting", pupil.own()));
    talk.decide(pupil, "admit").await;
    assert_eq!(ask(&browser, pupil).await.status, 200);
}

#[tokio::test]
async fn somebody_who_withdraws_their_consent_is_out_at_once() {
    let world = World::start().await;
    let (talk, browser, ticket) = admitted(&world).await;
    let pupil = &talk.invited[0];
    let mut socket = enter(&world, &ticket).await;
    next(&mut socket).await.unwrap();
    browser.post(&format!("{}/decline", pupil.own()), &[]).await;
    assert_eq!(next(&mut socket).await.unwrap()["t"], "returned");
    assert_eq!(ask(&browser, pupil).await.status, 409);
}

#[tokio::test]
async fn somebody_who_left_waits_again() {
    let world = World::start().await;
    let (talk, browser, ticket) = admitted(&world).await;
    let pupil = &talk.invited[0];
    let mut socket = enter(&world, &ticket).await;
    next(&mut socket).await.unwrap();
    socket.send(Message::text(r#"{"t":"leave"}"#)).await.unwrap();
    assert_eq!(next(&mut socket).await, Err(1000));
    drop(socket);
    for _ in 0..100 {
        if ask(&browser, pupil).await.status == 409 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("still admitted after five seconds");
}

#[tokio::test]
async fn at_the_end_everybody_is_cut_and_no_ticket_opens_anything() {
    let world = World::start().await;
    let (talk, browser, ticket) = admitted(&world).await;
    let mut socket = enter(&world, &ticket).await;
    next(&mut socket).await.unwrap();
    let unused = secret(&ask(&browser, &talk.invited[0]).await);
    talk.act("/end", &[]).await;
    assert_eq!(next(&mut socket).await.unwrap()["t"], "ended");
    assert_eq!(next(&mut socket).await, Err(4410));
    assert_eq!(next(&mut enter(&world, &unused).await).await, Err(4403));
    assert!(matches!(ask(&browser, &talk.invited[0]).await.status, 404 | 409));
}

/// An open talk whose pupil was let in, with their first ticket.
async fn admitted(world: &World) -> (Talk, Browser, String) {
    let talk = Talk::open(world).await;
    let pupil = &talk.invited[0];
    let browser = pupil.wait(world).await;
    talk.decide(pupil, "admit").await;
    let ticket = secret(&ask(&browser, pupil).await);
    (talk, browser, ticket)
}

async fn ask(browser: &Browser, person: &Invited) -> Page {
    browser.post(&format!("{}/ticket", person.own()), &[]).await
}

fn secret(page: &Page) -> String {
    let answer: Value = serde_json::from_str(&page.body).unwrap_or_else(|_| panic!("{}", page.text()));
    answer["ticket"].as_str().unwrap().to_owned()
}

async fn enter(world: &World, ticket: &str) -> Socket {
    let mut socket = connect(world, world.url.origin().ascii_serialization()).await.unwrap();
    let hello = json!({ "t": "hello", "ticket": ticket });
    socket.send(Message::text(hello.to_string())).await.unwrap();
    socket
}

async fn connect(world: &World, origin: String) -> Result<Socket, Error> {
    let address = format!("ws://localhost:{}/room/socket", world.url.port().unwrap());
    let mut request = address.into_client_request()?;
    request.headers_mut().insert("origin", origin.parse().unwrap());
    Ok(connect_async(request).await?.0)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the service on the other side lives by this clock"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}

/// The next frame, or the code with which the server closes.
async fn next(socket: &mut Socket) -> Result<Value, u16> {
    loop {
        let message = tokio::time::timeout(Duration::from_secs(10), socket.next());
        match message.await.unwrap().unwrap().unwrap() {
            Message::Text(text) => return Ok(serde_json::from_str(&text).unwrap()),
            Message::Close(frame) => return Err(frame.map_or(1005, |frame| frame.code.into())),
            _ => {}
        }
    }
}
