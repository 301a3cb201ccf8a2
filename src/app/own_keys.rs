//! Our own signing keys: made and renewed in time, kept encrypted, published for the platforms.
//!
//! There are always two: the one that signs, and the next one, published long before it does. Several instances share them.

mod plan;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use lti13_tool::{ToolKey, ToolKeyError};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

pub use plan::{AFTER, AHEAD, SIGNS};

use crate::private::Private;
use crate::store::{KeyChange, SigningKey, Store, StoreError};
use plan::{Plan, plan, signer};

/// Another instance may have changed the keys meanwhile; it is noticed after this time at the latest. For so long a platform may
/// keep the key set as well (`Cache-Control`), so that a key which had to be withdrawn is forgotten soon.
pub const KNOWN_FOR: SignedDuration = SignedDuration::from_mins(5);

// a key that signs has been known everywhere for hours
const _: () = assert!(KNOWN_FOR.as_secs() * 2 < AHEAD.as_secs());

/// Why there is no key of our own.
#[derive(Debug, thiserror::Error)]
pub enum OwnKeyError {
    #[error("the store failed")]
    Store(#[from] StoreError),
    #[error("the signing key cannot be used")]
    Key(#[from] ToolKeyError),
    #[error("the signing key could not be made")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// Why an administrator renews the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// In good order: the next key signs as soon as every platform can know it, and the old one stays published for a while.
    Routine,
    /// Somebody else has the key: it goes at once, and the next one signs. A platform that does not know it yet refuses us until
    /// it looks again.
    Stolen,
}

/// Our keys, for as long as they are known.
#[derive(Debug, Default)]
pub struct OwnKeys(Mutex<Option<Known>>);

#[derive(Clone, Debug)]
struct Known {
    since: Timestamp,
    document: Arc<str>,
    stored: Arc<[SigningKey]>,
    keys: Arc<[Arc<ToolKey>]>,
}

impl OwnKeys {
    /// The key set document (Security Framework 1.0 §6.3). The first call of all makes the keys.
    pub async fn document(&self, store: &Store, now: Timestamp) -> Result<Arc<str>, OwnKeyError> {
        Ok(self.known(store, now).await?.document)
    }

    /// The key that signs what we send to a platform.
    pub async fn signing(&self, store: &Store, now: Timestamp) -> Result<Arc<ToolKey>, OwnKeyError> {
        let Known { stored, keys, .. } = self.known(store, now).await?;
        Ok(keys.get(signer(&stored, now)).cloned().ok_or(ToolKeyError::NotRsa)?)
    }

    async fn known(&self, store: &Store, now: Timestamp) -> Result<Known, OwnKeyError> {
        // one request renews the keys, the others wait for it
        let mut kept = self.0.lock().await;
        if let Some(known) = &*kept
            && now.duration_since(known.since) < KNOWN_FOR
        {
            return Ok(known.clone());
        }
        let mut stored = store.signing_keys().await?;
        if !plan(&stored, now).is_empty() {
            stored = carry_out(store, now, |_| KeyChange::default()).await?;
        }
        let keys = stored
            .iter()
            .map(|key| ToolKey::from_pem(key.pem.expose()).map(Arc::new))
            .collect::<Result<Vec<_>, _>>()?;
        let known = Known {
            since: now,
            document: ToolKey::key_set(keys.iter().map(AsRef::as_ref)).into(),
            stored: stored.into(),
            keys: keys.into(),
        };
        *kept = Some(known.clone());
        Ok(known)
    }
}

/// Renews the keys before their time. Answers what there is then, in the order of signing.
pub async fn renew(store: &Store, renewal: Renewal, now: Timestamp) -> Result<Vec<SigningKey>, OwnKeyError> {
    // an installation that never had a key gets its first ones
    carry_out(store, now, |_| KeyChange::default()).await?;
    carry_out(store, now, |keys| {
        let position = signer(keys, now);
        let (old, next) = keys.split_at((position + 1).min(keys.len()));
        let Some(next) = next.first() else {
            return KeyChange::default();
        };
        match renewal {
            Renewal::Routine => KeyChange {
                start: vec![(next.kid.clone(), plan::hurried(next, now))],
                ..KeyChange::default()
            },
            Renewal::Stolen => KeyChange {
                start: vec![(next.kid.clone(), now)],
                remove: old.iter().map(|key| key.kid.clone()).collect(),
                ..KeyChange::default()
            },
        }
    })
    .await
}

/// Makes the change, and everything that is due besides. New keys are made before the store is locked, as that takes a while;
/// whoever comes second finds them there and drops their own.
async fn carry_out(
    store: &Store,
    now: Timestamp,
    change: impl Fn(&[SigningKey]) -> KeyChange,
) -> Result<Vec<SigningKey>, OwnKeyError> {
    let (_, plan) = due(&store.signing_keys().await?, &change, now);
    let mut fresh = Vec::new();
    for _ in &plan.missing {
        fresh.push(make(now).await?);
    }
    let kept = store.change_signing_keys(|keys| {
        let (mut change, plan) = due(keys, &change, now);
        change.remove.extend(plan.gone);
        let add = fresh.into_iter().zip(plan.missing);
        change.add = add.map(|(key, signs_from)| SigningKey { signs_from, ..key }).collect();
        change
    });
    Ok(kept.await?)
}

/// A change, and what is due when it has been made.
fn due(keys: &[SigningKey], change: &impl Fn(&[SigningKey]) -> KeyChange, now: Timestamp) -> (KeyChange, Plan) {
    let change = change(keys);
    let mut keys: Vec<SigningKey> = keys
        .iter()
        .filter(|key| !change.remove.contains(&key.kid))
        .cloned()
        .collect();
    for key in &mut keys {
        if let Some((_, from)) = change.start.iter().find(|(kid, _)| *kid == key.kid) {
            key.signs_from = *from;
        }
    }
    let plan = plan(&keys, now);
    (change, plan)
}

/// A key that signs at once, unless somebody decides otherwise.
async fn make(now: Timestamp) -> Result<SigningKey, OwnKeyError> {
    // takes a good part of a second, during which this thread shall serve others
    let pem = Zeroizing::new(tokio::task::spawn_blocking(ToolKey::generate_pem).await??);
    Ok(SigningKey {
        kid: ToolKey::from_pem(&pem)?.key_id().to_owned(),
        pem: Private::new(pem),
        published_at: now,
        signs_from: now,
    })
}
