//! Somebody who comes to the door as a participant's browser does: for the self-test, and for the proof that a room is gone.

use std::future::Future;
use std::time::Duration;

use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::guard::{self, Status};
use super::xmpp::{Account, Client, Standing, Stanza, XmppError, limits};
use super::{BackendError, Jitsi};
use crate::outgoing::Upgraded;
use crate::private::Private;

/// For one step at the door; Jitsi's focus may have to come first.
const PATIENCE: Duration = Duration::from_secs(8);
/// For the focus to say whether it comes.
const FOCUS: Duration = Duration::from_secs(3);
const PATH: &str = "/xmpp-websocket";

/// One connection.
pub(super) struct Visitor {
    client: Client<Upgraded>,
    domain: String,
    /// The seat taken in rooms.
    nick: String,
}

/// Why one could not connect: refused, or something else went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connected {
    NotLetIn,
    Failed(BackendError),
}

impl From<Connected> for BackendError {
    fn from(connected: Connected) -> Self {
        match connected {
            Connected::NotLetIn => Self::Refused,
            Connected::Failed(error) => error,
        }
    }
}

impl Visitor {
    /// With a token, or without one. The token goes in a header, not in the address.
    pub(super) async fn connect(
        jitsi: &Jitsi,
        status: &Status,
        token: Option<&Private<String>>,
    ) -> Result<Self, Connected> {
        let mut url = jitsi.0.url.clone();
        url.set_path(PATH);
        let authorization = token.map(|token| Private::new(format!("Bearer {}", token.expose())));
        let socket = jitsi.0.outgoing.open_socket(&url, "xmpp", authorization).await;
        let socket = socket.map_err(|error| Connected::Failed(guard::failed(&error)))?;
        let socket = WebSocketStream::from_raw_socket(socket, Role::Client, Some(limits())).await;
        let connecting = Client::connect(socket, &status.domain, Account::Anonymous);
        match timeout(PATIENCE, connecting).await {
            Ok(Ok(client)) => Ok(Self {
                // as Jitsi's page does
                nick: client
                    .address
                    .chars()
                    .filter(char::is_ascii_alphanumeric)
                    .take(8)
                    .collect(),
                domain: status.domain.clone(),
                client,
            }),
            Ok(Err(XmppError::NotLetIn)) => Err(Connected::NotLetIn),
            Ok(Err(error)) => Err(Connected::Failed(error.into())),
            Err(_) => Err(Connected::Failed(BackendError::Slow)),
        }
    }

    /// Asks Jitsi's focus to come into a room, as a browser does. Where there is none, nobody comes.
    pub(super) async fn call_focus(&mut self, room: &str) {
        let focus = format!("focus.{}", self.domain);
        let conference =
            format!("<conference xmlns='http://jitsi.org/protocol/focus' room='{room}' machine-uid='selftest'/>");
        // whether it came shows in what follows
        let _ = timeout(FOCUS, self.client.ask("set", Some(&focus), &conference)).await;
    }

    /// Goes into a room; `Err` inside is the condition of a refusal.
    pub(super) async fn join(&mut self, room: &str) -> Result<Result<Standing, String>, BackendError> {
        in_time(self.client.join(room, &self.nick)).await
    }

    /// Asks; `Err` inside is the condition of a refusal.
    pub(super) async fn ask(
        &mut self,
        kind: &str,
        to: &str,
        body: &str,
    ) -> Result<Result<Stanza, String>, BackendError> {
        let answer = in_time(self.client.ask(kind, Some(to), body)).await?;
        Ok(match answer.error() {
            Some(condition) => Err(condition),
            None => Ok(answer),
        })
    }

    pub(super) async fn hear(&mut self, meant: impl Fn(&Stanza) -> bool) -> Result<Stanza, BackendError> {
        in_time(self.client.hear(meant)).await
    }

    pub(super) async fn put_out(&mut self, room: &str) -> Result<(), BackendError> {
        in_time(self.client.put_out(room)).await.map(drop)
    }

    pub(super) fn nick(&self) -> &str {
        &self.nick
    }

    /// The address without the connection.
    pub(super) fn account(&self) -> &str {
        self.client.address.split('/').next().unwrap_or_default()
    }
}

async fn in_time<T>(waiting: impl Future<Output = Result<T, XmppError>>) -> Result<T, BackendError> {
    match timeout(PATIENCE, waiting).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(BackendError::Slow),
    }
}

impl From<XmppError> for BackendError {
    fn from(error: XmppError) -> Self {
        match error {
            XmppError::Closed => Self::Unreachable,
            XmppError::Garbled => Self::Garbled,
            XmppError::NotLetIn => Self::Refused,
        }
    }
}
