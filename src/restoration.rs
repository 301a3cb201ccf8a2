//! Notices that a backup was put in the place of the database, before anybody comes back who was erased.

use std::io;

use jiff::Timestamp;

use crate::app::own_keys::{self, OwnKeyError, Renewal};
use crate::app::random;
use crate::app::witness::Witness;
use crate::id::ActId;
use crate::store::{Decision, Record, Restored, Store, StoreError};

/// How a database stands to what was last seen of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was noted of it yet.
    New,
    Known,
    /// It lies elsewhere than when it was last used.
    Moved,
    /// It does not know a deletion that was proven.
    Older,
}

/// Why it cannot be told, or what is wrong with it.
#[derive(Debug, thiserror::Error)]
pub enum RestorationError {
    #[error(
        "this is not the database that was used last: a backup was put in its place, or it was moved. Nothing is served, so that \
         nobody comes back who was erased since. Run `sprechzimmer admin after-restore`; if it was only moved while the service \
         stood still, `sprechzimmer admin after-restore --moved`"
    )]
    Moved,
    #[error(
        "this database does not know of a deletion that was proven: an older backup was put in its place. Nothing is served, so \
         that nobody comes back who was erased since. Run `sprechzimmer admin after-restore`"
    )]
    Older,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("our signing keys cannot be renewed")]
    Keys(#[from] OwnKeyError),
    #[error("the witness file cannot be used")]
    Witness(#[from] io::Error),
}

impl Standing {
    /// A database that was restored is not.
    pub fn accepted(self) -> Result<(), RestorationError> {
        match self {
            Self::New | Self::Known => Ok(()),
            Self::Moved => Err(RestorationError::Moved),
            Self::Older => Err(RestorationError::Older),
        }
    }
}

/// Looks, and changes nothing.
pub async fn look(store: &Store, witness: &Witness) -> Result<Standing, RestorationError> {
    let Some(home) = store.home().await? else {
        return Ok(Standing::New);
    };
    if let Some(latest) = witness.latest().await? {
        match store.record(&latest).await {
            Err(StoreError::NotFound) => return Ok(Standing::Older),
            known => known?,
        };
    }
    if home == store.place().await? {
        Ok(Standing::Known)
    } else {
        Ok(Standing::Moved)
    }
}

/// Before anything is served: a database that was restored is refused, a new one is at home from now on.
pub async fn refuse(store: &Store, witness: &Witness) -> Result<(), RestorationError> {
    let standing = look(store, witness).await?;
    if standing == Standing::New {
        witness.forget().await?;
        store.settle(&store.place().await?).await?;
    }
    standing.accepted()
}

/// The administrator says that nothing was lost: the database was only moved.
pub async fn moved(store: &Store, witness: &Witness, now: Timestamp) -> Result<(), RestorationError> {
    if look(store, witness).await? == Standing::Older {
        return Err(RestorationError::Older);
    }
    store.settle(&store.place().await?).await?;
    Ok(store.note("database-moved", &decision(now)).await?)
}

/// The administrator says that a backup was put back. Whatever the database holds of consultations may have been erased, taken
/// back or refused since: what the records prove is erased at once, everything else ends. A key that signs may have been
/// withdrawn since, so it is.
pub async fn settle(
    store: &Store,
    witness: &Witness,
    records: &[Record],
    now: Timestamp,
) -> Result<Restored, RestorationError> {
    let restored = store.after_restore(records, &store.place().await?, now).await?;
    own_keys::renew(store, Renewal::Stolen, now).await?;
    witness.forget().await?;
    store.note("database-restored", &decision(now)).await?;
    store.scrub().await?;
    Ok(restored)
}

fn decision(now: Timestamp) -> Decision {
    Decision {
        id: ActId::new(random()),
        at: now,
    }
}
