//! The room page without a browser: a WebSocket with the frames of the room, and the relay it leads to.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::Request;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use url::Url;

use super::live::PATIENCE;
use crate::logs;
use crate::relay::wire::{Framed, Telephone};

/// Somebody at the door of the room, or inside.
pub(crate) struct Call {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// The frame with which the room greeted, if it did.
    pub(crate) admitted: Value,
    service: Url,
}

impl Call {
    /// Shows a ticket at the door.
    pub(crate) async fn hello(service: &Url, ticket: &str) -> Self {
        logs::must_stay_secret(ticket);
        Self::first(service, &json!({"t": "hello", "ticket": ticket})).await
    }

    /// Shows a ticket at the door of one process, from a page of `service`.
    pub(crate) async fn hello_at(service: &Url, process: &Url, ticket: &str) -> Self {
        logs::must_stay_secret(ticket);
        Self::first_at(service, process, &json!({"t": "hello", "ticket": ticket})).await
    }

    /// What the page says first when it comes back after a lost connection.
    pub(crate) fn key(&self) -> Value {
        json!({"t": "resume", "key": self.admitted["resume"]})
    }

    /// Tries to come back to the kept seat.
    pub(crate) async fn resume(&self) -> Self {
        Self::first(&self.service, &self.key()).await
    }

    /// Says anything first.
    pub(crate) async fn first(service: &Url, frame: &Value) -> Self {
        Self::first_at(service, service, frame).await
    }

    /// Shows a ticket at the door of a service that may die meanwhile.
    pub(crate) async fn try_hello(service: &Url, ticket: &str) -> Option<()> {
        logs::must_stay_secret(ticket);
        let (mut socket, _) = connect_async(request(service, service)).await.ok()?;
        let hello = json!({"t": "hello", "ticket": ticket}).to_string();
        socket.send(Message::text(hello)).await.ok()?;
        socket.next().await?.ok().map(drop)
    }

    /// Whether the door of a process seats whoever says this.
    pub(crate) async fn is_seated(service: &Url, process: &Url, frame: &Value) -> bool {
        let mut call = Self::first_at(service, process, frame).await;
        let answer = timeout(PATIENCE, call.socket.next()).await.expect("an answer");
        matches!(answer, Some(Ok(Message::Text(text))) if text.contains("\"admitted\""))
    }

    async fn first_at(service: &Url, process: &Url, frame: &Value) -> Self {
        let (mut socket, _) = connect_async(request(service, process)).await.unwrap();
        socket.send(Message::text(frame.to_string())).await.unwrap();
        Self {
            socket,
            admitted: Value::Null,
            service: process.clone(),
        }
    }

    /// Waits for the greeting of the room.
    pub(crate) async fn inside(mut self) -> Self {
        self.admitted = self.hear("admitted").await;
        for secret in [
            &self.admitted["resume"],
            &self.admitted["ice"]["servers"][0]["credential"],
        ] {
            logs::must_stay_secret(secret.as_str().unwrap());
        }
        self
    }

    /// The next frame of this kind.
    pub(crate) async fn hear(&mut self, kind: &str) -> Value {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.unwrap() {
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(&text).unwrap();
                    if frame["t"] == kind {
                        return frame;
                    }
                }
                Some(Ok(Message::Ping(_))) => {}
                other => panic!("instead of {kind}: {other:?}"),
            }
        }
    }

    /// The code with which the room hangs up, whatever it says before.
    pub(crate) async fn closed(&mut self) -> u16 {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.unwrap() {
                Some(Ok(Message::Close(Some(close)))) => return close.code.into(),
                Some(Ok(Message::Text(_) | Message::Ping(_))) => {}
                other => panic!("instead of a close: {other:?}"),
            }
        }
    }

    /// Whether the connection breaks, whatever is said before.
    pub(crate) async fn is_cut(&mut self) -> bool {
        loop {
            match timeout(PATIENCE, self.socket.next()).await {
                Err(_) => return false,
                Ok(None | Some(Err(_) | Ok(Message::Close(_)))) => return true,
                Ok(Some(Ok(_))) => {}
            }
        }
    }

    pub(crate) async fn say(&mut self, frame: Value) {
        self.socket.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// Leaves on purpose.
    pub(crate) async fn leave(mut self) {
        self.say(json!({"t": "leave"})).await;
        assert_eq!(self.closed().await, 1000);
    }

    /// A telephone at the relay, with this person's credentials and without any respect for the page.
    pub(crate) async fn telephone(&self) -> Telephone<Framed<TcpStream>> {
        let server = &self.admitted["ice"]["servers"][0];
        let port = self.service.port().unwrap();
        let line = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let (name, password) = (
            server["username"].as_str().unwrap(),
            server["credential"].as_str().unwrap(),
        );
        Telephone::named(Framed(line), name, password)
    }
}

/// To the room socket of one process, from a page of the service.
fn request(service: &Url, process: &Url) -> Request<()> {
    let mut address = process.join("/room/socket").unwrap();
    address.set_scheme("ws").unwrap();
    let mut request = address.as_str().into_client_request().unwrap();
    let origin = service.origin().ascii_serialization();
    request.headers_mut().insert("origin", origin.parse().unwrap());
    request
}
