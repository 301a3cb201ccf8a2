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

/// The published key set, for as long as it is known.
#[derive(Debug, Default)]
pub struct OwnKeys(Mutex<Option<(Timestamp, Arc<str>)>>);

impl OwnKeys {
    /// The key set document (Security Framework 1.0 §6.3). The first call of all makes the key.
    pub async fn document(&self, store: &Store, now: Timestamp) -> Result<Arc<str>, OwnKeyError> {
        // one request makes the key, the others wait for it
        let mut known = self.0.lock().await;
        if let Some((since, document)) = &*known
            && now.duration_since(*since) < KNOWN_FOR
        {
            return Ok(document.clone());
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
        let document: Arc<str> = ToolKey::key_set(&keys).into();
        *known = Some((now, document.clone()));
        Ok(document)
    }
}

async fn make(store: &Store, now: Timestamp) -> Result<(), OwnKeyError> {
    // takes a good part of a second, during which this thread shall serve others
    let pem = Zeroizing::new(tokio::task::spawn_blocking(ToolKey::generate_pem).await??);
    let key = ToolKey::from_pem(&pem)?;
    store.keep_signing_key(key.key_id(), pem.as_bytes(), now).await?;
    Ok(())
}
