//! The public keys of the learning platforms: fetched when needed, kept for a while, each platform for itself.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use lti13_tool::{InvalidKeySet, KeySet, Platform};
use tokio::sync::Mutex as Turn;
use url::Url;

use crate::outgoing::{Answer, Outgoing, OutgoingError};

/// How long a key set counts as fresh when the platform does not say it (Moodle does not).
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// Within these bounds the platform's own word counts (Security Framework 1.0 §6.3).
const FRESH_AT_LEAST: SignedDuration = SignedDuration::from_mins(5);
const FRESH_AT_MOST: SignedDuration = SignedDuration::from_hours(24);
/// A platform that is down does not stop the school: keys of the last day still verify.
const USABLE: SignedDuration = SignedDuration::from_hours(24);
/// Anybody can invent a `kid`; a platform is asked no more often than this.
const PAUSE: SignedDuration = SignedDuration::from_mins(1);

/// Why there are no keys to verify with.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error("the platform's keys cannot be fetched")]
    Outgoing(#[from] OutgoingError),
    #[error("what the platform publishes as its keys is not usable")]
    Invalid(#[from] InvalidKeySet),
    #[error("the platform's keys could not be fetched a moment ago")]
    Lately,
    #[error("the platform's keys could not be fetched a moment ago, as its certificate has expired")]
    ExpiredLately,
}

impl KeysError {
    /// Nobody can be sure that it is the platform that answers.
    pub fn is_expired(&self) -> bool {
        matches!(self, Self::Outgoing(OutgoingError::Expired(_)) | Self::ExpiredLately)
    }

    fn lately(&self) -> Self {
        if self.is_expired() {
            Self::ExpiredLately
        } else {
            Self::Lately
        }
    }
}

/// Key sets of all registered platforms.
#[derive(Debug, Default)]
pub struct PlatformKeys {
    outgoing: Outgoing,
    sets: Mutex<Vec<Arc<Slot>>>,
}

/// One address of keys. Who fetches holds `turn`; who only reads never waits.
#[derive(Debug)]
struct Slot {
    url: Url,
    kept: Mutex<Kept>,
    turn: Turn<()>,
}

#[derive(Debug, Default)]
struct Kept {
    keys: Option<Arc<KeySet>>,
    fetched_at: Option<Timestamp>,
    fresh_for: SignedDuration,
    /// So far its clock was ahead of ours then.
    clock_ahead: Option<SignedDuration>,
    tried_at: Option<Timestamp>,
    /// What whoever comes within the pause is told.
    failed: Option<KeysError>,
}

impl PlatformKeys {
    pub fn new(outgoing: Outgoing) -> Self {
        Self {
            outgoing,
            sets: Mutex::default(),
        }
    }

    /// The keys to verify a token with this `kid`. Keys that are fresh and hold it cost no waiting.
    pub async fn find(&self, platform: &Platform, key_id: &str, now: Timestamp) -> Result<Arc<KeySet>, KeysError> {
        let slot = self.slot(platform.keys_url());
        if let Some(keys) = slot.kept().fresh(key_id, now) {
            return Ok(keys);
        }
        // a known key need not wait for somebody else's fetch
        let known = slot.kept().usable(now).filter(|keys| keys.contains(key_id));
        let turn = match (slot.turn.try_lock(), known) {
            (Ok(turn), _) => turn,
            (Err(_), Some(keys)) => return Ok(keys),
            (Err(_), None) => slot.turn.lock().await,
        };
        let keys = slot.renew(&self.outgoing, key_id, now).await;
        drop(turn);
        keys
    }

    /// So far the platform's clock was ahead of ours when it gave its keys, if it told the time.
    pub fn clock_ahead(&self, platform: &Platform) -> Option<SignedDuration> {
        self.slot(platform.keys_url()).kept().clock_ahead
    }

    fn slot(&self, url: &Url) -> Arc<Slot> {
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = sets.iter().find(|slot| slot.url == *url) {
            return slot.clone();
        }
        let slot = Arc::new(Slot {
            url: url.clone(),
            kept: Mutex::default(),
            turn: Turn::default(),
        });
        sets.push(slot.clone());
        slot
    }
}

impl Slot {
    /// Fetches, unless somebody just did. To be called by the one whose turn it is.
    async fn renew(&self, outgoing: &Outgoing, key_id: &str, now: Timestamp) -> Result<Arc<KeySet>, KeysError> {
        {
            let mut kept = self.kept();
            if let Some(keys) = kept.fresh(key_id, now) {
                return Ok(keys);
            }
            if kept.tried_at.is_some_and(|tried| now.duration_since(tried) < PAUSE) {
                let failed = || kept.failed.as_ref().map_or(KeysError::Lately, KeysError::lately);
                return kept.usable(now).ok_or_else(failed);
            }
            kept.tried_at = Some(now);
        }
        match self.fetch(outgoing).await {
            Ok((keys, answer)) => {
                let said = answer.max_age.and_then(|age| SignedDuration::try_from(age).ok());
                let mut kept = self.kept();
                kept.fresh_for = said.unwrap_or(FRESH).clamp(FRESH_AT_LEAST, FRESH_AT_MOST);
                kept.fetched_at = Some(now);
                kept.clock_ahead = answer.date.map(|date| date.duration_since(now));
                kept.keys = Some(keys.clone());
                kept.failed = None;
                Ok(keys)
            }
            Err(error) => {
                let mut kept = self.kept();
                let Some(keys) = kept.usable(now) else {
                    kept.failed = Some(error.lately());
                    return Err(error);
                };
                drop(kept);
                tracing::warn!(platform = %self.url.origin().ascii_serialization(),
                    error = &error as &dyn std::error::Error, "the platform's keys are the old ones");
                Ok(keys)
            }
        }
    }

    async fn fetch(&self, outgoing: &Outgoing) -> Result<(Arc<KeySet>, Answer), KeysError> {
        let answer = outgoing.read(&self.url).await?;
        Ok((Arc::new(KeySet::parse(answer.body.expose())?), answer))
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn fresh(&self, key_id: &str, now: Timestamp) -> Option<Arc<KeySet>> {
        let keys = self.younger(self.fresh_for, now)?;
        keys.contains(key_id).then_some(keys)
    }

    fn usable(&self, now: Timestamp) -> Option<Arc<KeySet>> {
        self.younger(USABLE, now)
    }

    fn younger(&self, age: SignedDuration, now: Timestamp) -> Option<Arc<KeySet>> {
        let fetched_at = self.fetched_at?;
        self.keys.clone().filter(|_| now.duration_since(fetched_at) < age)
    }
}
