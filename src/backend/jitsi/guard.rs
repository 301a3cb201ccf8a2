//! What we ask our module in Prosody (`prosody/mod_sprechzimmer/api.lib.lua`), over HTTP and by a key.

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use url::Url;

use crate::backend::BackendError;
use crate::id::RoomId;
use crate::outgoing::{Answer, Command, Outgoing, OutgoingError, Question};
use crate::private::Private;

/// The version of the questions, as the module tells it.
const VERSION: u32 = 1;
/// A room full of people fits many times, in bytes.
const LARGEST: usize = 64 * 1024;

/// Our module at one address.
#[derive(Debug)]
pub(super) struct Guard {
    /// Ends with `/`.
    pub(super) url: Url,
    pub(super) key: Private<String>,
}

/// What it watches over.
#[derive(Debug, Deserialize)]
pub(super) struct Status {
    version: u32,
    /// The domain on which people connect.
    pub(super) domain: String,
    rooms: String,
    lobby: Option<String>,
    /// Its clock, as the answer tells it.
    #[serde(skip)]
    pub(super) clock: Option<Timestamp>,
}

impl Status {
    /// The address of a room.
    pub(super) fn room(&self, room: &RoomId) -> String {
        format!("{room}@{}", self.rooms)
    }

    /// The address of the lobby before a room, where Jitsi has one.
    pub(super) fn lobby(&self, room: &RoomId) -> Option<String> {
        Some(format!("{room}@{}", self.lobby.as_ref()?))
    }
}

/// A talk as the module sees it.
#[derive(Debug, Deserialize)]
pub(super) struct Talk {
    pub(super) waiting_room: bool,
    pub(super) password: bool,
    pub(super) inside: Vec<Person>,
    pub(super) waiting: Vec<Person>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Person {
    /// Our own id; none for whoever came by no way of ours.
    pub(super) id: Option<String>,
    pub(super) moderator: bool,
}

/// Whether there was something to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Here,
    Nowhere,
}

impl Guard {
    /// Whether it is our module that answers, and what it watches over.
    pub(super) async fn status(&self, outgoing: &Outgoing) -> Result<Status, BackendError> {
        let answer = self.read(outgoing, "status").await?;
        match answer.status {
            // a server without the module says so, and so does any other web server
            404 => Err(BackendError::WebPage),
            status => {
                understood(status)?;
                let told: Status = parsed(&answer)?;
                if told.version == VERSION {
                    Ok(Status {
                        clock: answer.date,
                        ..told
                    })
                } else {
                    Err(BackendError::Ignored("the version of the module"))
                }
            }
        }
    }

    pub(super) async fn begin(
        &self,
        outgoing: &Outgoing,
        room: &RoomId,
        moderator: &str,
        seconds: u64,
    ) -> Result<(), BackendError> {
        let body = json!({"moderator": moderator, "seconds": seconds});
        let answer = self.tell(outgoing, &format!("rooms/{room}"), Some(&body)).await?;
        match answer.status {
            201 => Ok(()),
            409 => Err(BackendError::Used),
            404 => Err(BackendError::WebPage),
            status => Err(understood(status).err().unwrap_or(BackendError::Garbled)),
        }
    }

    pub(super) async fn look(&self, outgoing: &Outgoing, room: &RoomId) -> Result<Talk, BackendError> {
        let answer = self.read(outgoing, &format!("rooms/{room}")).await?;
        found(answer.status)?;
        parsed(&answer)
    }

    /// From now on this person may come in, and others see this name.
    pub(super) async fn let_in(
        &self,
        outgoing: &Outgoing,
        room: &RoomId,
        id: &str,
        name: &Private<String>,
    ) -> Result<(), BackendError> {
        let body = json!({"name": name.expose()});
        let answer = self
            .tell(outgoing, &format!("rooms/{room}/people/{id}"), Some(&body))
            .await?;
        found(answer.status)
    }

    pub(super) async fn send_out(&self, outgoing: &Outgoing, room: &RoomId, id: &str) -> Result<Known, BackendError> {
        self.remove(outgoing, &format!("rooms/{room}/people/{id}")).await
    }

    pub(super) async fn end(&self, outgoing: &Outgoing, room: &RoomId) -> Result<Known, BackendError> {
        self.remove(outgoing, &format!("rooms/{room}")).await
    }

    async fn remove(&self, outgoing: &Outgoing, path: &str) -> Result<Known, BackendError> {
        match found(self.tell(outgoing, path, None).await?.status) {
            Ok(()) => Ok(Known::Here),
            Err(BackendError::NoRoom) => Ok(Known::Nowhere),
            Err(error) => Err(error),
        }
    }

    async fn read(&self, outgoing: &Outgoing, path: &str) -> Result<Answer, BackendError> {
        let question = Question {
            url: &self.address(path)?,
            accept: "application/json",
            authorization: Some(self.authorization()),
            form: None,
            largest: LARGEST,
        };
        outgoing.ask(question).await.map_err(|error| failed(&error))
    }

    /// Puts a body there, or deletes what is there.
    async fn tell(
        &self,
        outgoing: &Outgoing,
        path: &str,
        body: Option<&serde_json::Value>,
    ) -> Result<Answer, BackendError> {
        let command = Command {
            url: &self.address(path)?,
            authorization: self.authorization(),
            put: body.map(|body| Private::new(body.to_string())),
        };
        outgoing.tell(command).await.map_err(|error| failed(&error))
    }

    fn address(&self, path: &str) -> Result<Url, BackendError> {
        self.url.join(path).map_err(|_| BackendError::Unreachable)
    }

    fn authorization(&self) -> Private<String> {
        Private::new(format!("Bearer {}", self.key.expose()))
    }
}

pub(super) fn failed(error: &OutgoingError) -> BackendError {
    match error {
        OutgoingError::Slow => BackendError::Slow,
        OutgoingError::Expired(_) => BackendError::Expired,
        OutgoingError::Certificate(_) => BackendError::Certificate,
        OutgoingError::TooLarge => BackendError::Garbled,
        OutgoingError::Status(status) => BackendError::Status(*status),
        OutgoingError::Unusable | OutgoingError::Unreachable(_) | OutgoingError::Inward => BackendError::Unreachable,
    }
}

fn found(status: u16) -> Result<(), BackendError> {
    if status == 404 {
        return Err(BackendError::NoRoom);
    }
    understood(status)
}

fn understood(status: u16) -> Result<(), BackendError> {
    match status {
        200 | 204 => Ok(()),
        300..=399 => Err(BackendError::Redirect),
        401 | 403 => Err(BackendError::Secret),
        400 => Err(BackendError::Refused),
        status => Err(BackendError::Status(status)),
    }
}

fn parsed<T: DeserializeOwned>(answer: &Answer) -> Result<T, BackendError> {
    serde_json::from_slice(answer.body.expose()).map_err(|_| BackendError::WebPage)
}
