//! When a signing key of ours is made, signs and goes.

use jiff::{SignedDuration, Timestamp};

use crate::store::SigningKey;

/// How long a key signs.
pub const SIGNS: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How long a key is published before it signs: platforms keep a key set for a day at most, whatever we allow them.
pub const AHEAD: SignedDuration = SignedDuration::from_hours(24);
/// How long a key is still published when it signs no more. What it signed last is good for five minutes.
pub const AFTER: SignedDuration = SignedDuration::from_hours(24);

/// What is due.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Keys that have been published for long enough after their last signature.
    pub(super) gone: Vec<String>,
    /// From when each key signs that is still to be made.
    pub(super) missing: Vec<Timestamp>,
}

impl Plan {
    pub(super) fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.missing.is_empty()
    }
}

/// The place of the key that signs now, in a list in the order of signing: the latest whose time has come. A clock that was
/// set back must not leave us without one.
pub(super) fn signer(keys: &[SigningKey], now: Timestamp) -> usize {
    keys.iter().rposition(|key| key.signs_from <= now).unwrap_or(0)
}

/// What is due now, so that there is always one key that signs and one that is known before it does.
pub(super) fn plan(keys: &[SigningKey], now: Timestamp) -> Plan {
    let signer = signer(keys, now);
    let Some(signing) = keys.get(signer) else {
        // nobody knows us yet: the first key can sign at once
        return Plan {
            gone: Vec::new(),
            missing: vec![now, later(now, SIGNS)],
        };
    };
    let successors = keys.iter().skip(1);
    let gone = keys.iter().zip(successors).take(signer);
    let gone = gone.filter(|(_, successor)| later(successor.signs_from, AFTER) <= now);
    let next = later(signing.signs_from, SIGNS).max(later(now, AHEAD));
    Plan {
        gone: gone.map(|(key, _)| key.kid.clone()).collect(),
        missing: if signer + 1 < keys.len() {
            Vec::new()
        } else {
            vec![next]
        },
    }
}

/// When the next key can sign at the earliest: soon, but not before every platform can know it.
pub(super) fn hurried(next: &SigningKey, now: Timestamp) -> Timestamp {
    later(next.published_at, AHEAD).max(now).min(next.signs_from)
}

fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.saturating_add(by).unwrap_or(time)
}
