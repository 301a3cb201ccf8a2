//! The tokens by which people come in: signed by our own key, for one room and one person, for a few minutes.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};
use lti13_tool::ToolKey;
use serde::Serialize;

use crate::backend::BackendError;
use crate::id::RoomId;
use crate::private::Private;

/// `iss`: what Jitsi's Prosody accepts.
pub const ISSUER: &str = "sprechzimmer";
/// `aud`, as Jitsi is usually set up; one text, as its plugins refuse a list.
const AUDIENCE: &str = "jitsi";
/// Long enough to come in, and to come back after a short loss of the network; it is checked at each connection.
const LIFE: SignedDuration = SignedDuration::from_mins(5);
/// Clocks may differ by so much.
const LEEWAY: SignedDuration = SignedDuration::from_secs(30);

/// The key that signs at this moment. It is renewed from outside.
#[derive(Debug, Default)]
pub(super) struct Signing(RwLock<Option<Arc<ToolKey>>>);

/// What a token says: which room, which person, how long. Everything else is the module's, and no name is in it: a refused
/// token is written down by Jitsi's plugins.
#[derive(Serialize)]
pub(super) struct Claims {
    pub(super) iss: &'static str,
    pub(super) aud: &'static str,
    /// Any tenant of this one server.
    pub(super) sub: &'static str,
    pub(super) room: String,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    pub(super) context: Context,
}

#[derive(Serialize)]
pub(super) struct Context {
    pub(super) user: User,
    pub(super) features: Features,
}

#[derive(Serialize)]
pub(super) struct User {
    pub(super) id: String,
}

/// What Jitsi would offer by right of a token (rules 2 and 9).
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_excessive_bools, reason = "the names and types are Jitsi's")]
pub(super) struct Features {
    recording: bool,
    livestreaming: bool,
    transcription: bool,
    outbound_call: bool,
    sip_outbound_call: bool,
    file_upload: bool,
}

impl Signing {
    /// From now on this key signs.
    pub(super) fn renew(&self, key: Arc<ToolKey>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(key);
    }

    pub(super) fn token(&self, room: &RoomId, id: &str, now: Timestamp) -> Result<Private<String>, BackendError> {
        self.sign(&Claims::of(room, id, now))
    }

    pub(super) fn sign(&self, claims: &Claims) -> Result<Private<String>, BackendError> {
        let key = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        let signed = key.ok_or(BackendError::NoKey)?.sign(claims);
        signed.map(Private::new).map_err(|_| BackendError::NoKey)
    }
}

impl Claims {
    pub(super) fn of(room: &RoomId, id: &str, now: Timestamp) -> Self {
        Self {
            iss: ISSUER,
            aud: AUDIENCE,
            sub: "*",
            room: room.to_string(),
            nbf: (now - LEEWAY).as_second(),
            exp: (now + LIFE).as_second(),
            context: Context {
                user: User { id: id.to_owned() },
                features: Features::default(),
            },
        }
    }
}
