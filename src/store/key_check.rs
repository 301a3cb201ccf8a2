//! Whether the key file is the one this database was begun with. Asked before anything is read or written.

use super::{Result, Store, StoreError, read, write};
use crate::vault::VaultError;

const KEPT: &str = "select sealed from key_check where id = 1";
const KEEP: &str = "insert into key_check (id, sealed) values (1, $1) on conflict (id) do nothing";
const PLACE: &str = "key_check.sealed|1";

impl Store {
    /// The first process on an empty database leaves what its key has sealed, with a keyed hash in it, as both must stay readable.
    /// Nothing is ever written over.
    pub(super) async fn check_key(&self) -> Result<()> {
        let expected = self.vault.tag("key check", &[]);
        if self.kept_check().await?.is_none() {
            let sealed = self.vault.seal(PLACE, &expected);
            write!(self, |transaction, _dialect| {
                sqlx::query(KEEP).bind(sealed).execute(&mut *transaction).await?;
            });
        }
        // another process may have been faster, with another key
        let kept = self.kept_check().await?.ok_or(StoreError::Corrupt("key check"))?;
        match self.vault.open(PLACE, &kept) {
            Ok(found) if found.as_slice() == expected => Ok(()),
            Ok(_) | Err(_) => Err(VaultError::Foreign.into()),
        }
    }

    async fn kept_check(&self) -> Result<Option<Vec<u8>>> {
        Ok(read!(self, |pool| sqlx::query_scalar(KEPT).fetch_optional(pool).await)?)
    }
}
