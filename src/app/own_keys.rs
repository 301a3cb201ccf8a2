//! Our own signing key: made once, kept encrypted, published for the platforms.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use lti13_tool::{ToolKey, ToolKeyError};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use crate::store::{Store, StoreError};

/// Another instance may have made a key meanwhile; it is published after this time at the latest.
const KNOWN_FOR: SignedDuration = SignedDuration::from_mins(5);

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

/// Our keys, for as long as they are known.
#[derive(Debug, Default)]
pub struct OwnKeys(Mutex<Option<Known>>);

#[derive(Clone, Debug)]
struct Known {
    since: Timestamp,
    document: Arc<str>,
    newest: Arc<ToolKey>,
}

impl OwnKeys {
    /// The key set document (Security Framework 1.0 §6.3). The first call of all makes the key.
    pub async fn document(&self, store: &Store, now: Timestamp) -> Result<Arc<str>, OwnKeyError> {
        Ok(self.known(store, now).await?.document)
    }

    /// The key that signs what we send to a platform.
    pub async fn signing(&self, store: &Store, now: Timestamp) -> Result<Arc<ToolKey>, OwnKeyError> {
        Ok(self.known(store, now).await?.newest)
    }

    async fn known(&self, store: &Store, now: Timestamp) -> Result<Known, OwnKeyError> {
        // one request makes the key, the others wait for it
        let mut kept = self.0.lock().await;
        if let Some(known) = &*kept
            && now.duration_since(known.since) < KNOWN_FOR
        {
            return Ok(known.clone());
        }
        if store.signing_keys().await?.is_empty() {
            make(store, now).await?;
        }
        // read again, as two instances may have made one each
        let stored = store.signing_keys().await?;
        let keys = stored
            .iter()
            .map(|(_, pem)| ToolKey::from_pem(std::str::from_utf8(pem).unwrap_or_default()))
            .collect::<Result<Vec<_>, _>>()?;
        let known = Known {
            since: now,
            document: ToolKey::key_set(&keys).into(),
            newest: Arc::new(keys.into_iter().next().ok_or(ToolKeyError::NotRsa)?),
        };
        *kept = Some(known.clone());
        Ok(known)
    }
}

async fn make(store: &Store, now: Timestamp) -> Result<(), OwnKeyError> {
    // takes a good part of a second, during which this thread shall serve others
    let pem = Zeroizing::new(tokio::task::spawn_blocking(ToolKey::generate_pem).await??);
    let key = ToolKey::from_pem(&pem)?;
    store.keep_signing_key(key.key_id(), pem.as_bytes(), now).await?;
    Ok(())
}
