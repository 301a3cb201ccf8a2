//! One WebSocket of the room page: frames in and out, pings, and the reasons to hang up.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use tokio::time::{self, MissedTickBehavior};

use super::hub::Inlet;
use super::pace::{Meter, Pace};
use super::protocol::{ClientFrame, FRAME_BYTES, Farewell, FirstFrame};
use super::{Embedded, clock};

/// For the first frame, and for each frame to be written.
const PATIENCE: Duration = Duration::from_secs(10);
const PING: Duration = Duration::from_secs(20);
/// Two pings without an answer.
const SILENCE: Duration = Duration::from_secs(45);
/// Offers and candidates come in bursts of some dozens per peer.
const FRAMES: Pace = Pace {
    unit: Duration::from_millis(20),
    burst: Duration::from_secs(8),
};

/// Bounds the frames of a socket to what the protocol allows. To be used on every upgrade to the room socket.
pub fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade.max_message_size(FRAME_BYTES).max_frame_size(FRAME_BYTES)
}

/// The first frame; without a valid one in time the socket is closed and there is nothing to do.
pub async fn first_frame(mut socket: WebSocket) -> Option<(FirstFrame, WebSocket)> {
    let first = match time::timeout(PATIENCE, socket.recv()).await {
        Ok(Some(Ok(Message::Text(text)))) => FirstFrame::read(&text),
        _ => None,
    };
    if let Some(first) = first {
        return Some((first, socket));
    }
    deny(socket).await;
    None
}

/// Closes a socket whose ticket is not valid.
pub async fn deny(socket: WebSocket) {
    say_farewell(socket, Farewell::Denied).await;
}

/// Serves a seated client until the socket ends, by either side. `None`: the connection was lost.
pub(super) async fn serve(embedded: &Embedded, mut inlet: Inlet, mut socket: WebSocket) -> Option<Farewell> {
    let farewell = exchange(embedded, &mut inlet, &mut socket).await;
    match farewell {
        Some(farewell) => say_farewell(socket, farewell).await,
        None => embedded.lost(inlet.client),
    }
    farewell
}

pub(super) async fn say_farewell(mut socket: WebSocket, farewell: Farewell) {
    let frame = farewell.frame().map(|frame| Message::Text(frame.text().into()));
    let close = Message::Close(Some(CloseFrame {
        code: farewell.code(),
        reason: "".into(),
    }));
    for message in frame.into_iter().chain([close]) {
        if send(&mut socket, message).await.is_none() {
            return;
        }
    }
    // Until the client answers the close frame, so that it is not lost with the connection.
    let answered = async { while let Some(Ok(_)) = socket.recv().await {} };
    let _gone_or_silent = time::timeout(PATIENCE, answered).await;
}

/// `None` when the connection is lost.
async fn exchange(embedded: &Embedded, inlet: &mut Inlet, socket: &mut WebSocket) -> Option<Farewell> {
    let mut ping = time::interval(PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut heard = clock::instant();
    let mut spent = Meter::new(heard);
    loop {
        tokio::select! {
            biased;
            farewell = &mut inlet.farewell => return farewell.ok(),
            frame = inlet.frames.recv() => send(socket, Message::Text(frame?.into())).await?,
            message = socket.recv() => {
                heard = clock::instant();
                match read(message?.ok()?) {
                    Read::Nothing => {}
                    Read::Closed => return None,
                    Read::Frame(frame) => {
                        let frame = if spent.spend(heard, 1, FRAMES) { frame } else { None };
                        embedded.frame(inlet.client, frame);
                    }
                }
            }
            _ = ping.tick() => {
                if clock::instant().duration_since(heard) > SILENCE {
                    return None;
                }
                send(socket, Message::Ping(axum::body::Bytes::new())).await?;
            }
        }
    }
}

enum Read {
    Nothing,
    Closed,
    /// `None` is a violation.
    Frame(Option<ClientFrame>),
}

fn read(message: Message) -> Read {
    match message {
        Message::Text(text) => Read::Frame(ClientFrame::read(&text)),
        Message::Binary(_) => Read::Frame(None),
        Message::Ping(_) | Message::Pong(_) => Read::Nothing,
        Message::Close(_) => Read::Closed,
    }
}

async fn send(socket: &mut WebSocket, message: Message) -> Option<()> {
    time::timeout(PATIENCE, socket.send(message)).await.ok()?.ok()
}
