//! Our own signing keys, encrypted; changed by one process at a time.

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::{Result, Store, StoreError, read, time, touched, write};
use crate::private::Private;

const KEYS: &str = "select kid, sealed, created_at, signs_from from signing_key order by signs_from, created_at, kid";
const ADD: &str = "insert into signing_key (kid, sealed, created_at, signs_from) values ($1, $2, $3, $4)";
const START: &str = "update signing_key set signs_from = $2 where kid = $1";
const REMOVE: &str = "delete from signing_key where kid = $1";
/// Reading stays possible meanwhile. SQLite has one writer only.
const LOCK: &str = "lock table signing_key in share row exclusive mode";

/// One of our signing keys.
#[derive(Clone, Debug)]
pub struct SigningKey {
    pub kid: String,
    /// PKCS#8 in PEM.
    pub pem: Private<Zeroizing<String>>,
    pub published_at: Timestamp,
    pub signs_from: Timestamp,
}

/// What is to become of the keys.
#[derive(Debug, Default)]
pub struct KeyChange {
    /// By their `kid`.
    pub remove: Vec<String>,
    /// From when these sign instead.
    pub start: Vec<(String, Timestamp)>,
    pub add: Vec<SigningKey>,
}

#[derive(sqlx::FromRow)]
struct Row {
    kid: String,
    sealed: Vec<u8>,
    created_at: i64,
    signs_from: i64,
}

impl Store {
    /// All keys that are published, in the order in which they sign.
    pub async fn signing_keys(&self) -> Result<Vec<SigningKey>> {
        let rows: Vec<Row> = read!(self, |pool| sqlx::query_as(KEYS).fetch_all(pool).await)?;
        rows.into_iter().map(|row| self.open_key(row)).collect()
    }

    /// Changes the keys as `decide` says after a look at them, while no other process can. Answers what there is then.
    pub async fn change_signing_keys(
        &self,
        decide: impl FnOnce(&[SigningKey]) -> KeyChange,
    ) -> Result<Vec<SigningKey>> {
        write!(self, |transaction, dialect| {
            sqlx::query(dialect.pick("select 1", LOCK))
                .execute(&mut *transaction)
                .await?;
            let rows: Vec<Row> = sqlx::query_as(KEYS).fetch_all(&mut *transaction).await?;
            let keys: Vec<SigningKey> = rows.into_iter().map(|row| self.open_key(row)).collect::<Result<_>>()?;
            let change = decide(&keys);
            for kid in &change.remove {
                let gone = sqlx::query(REMOVE).bind(kid).execute(&mut *transaction).await?;
                touched(gone.rows_affected(), 1)?;
            }
            for (kid, signs_from) in &change.start {
                let query = sqlx::query(START).bind(kid).bind(signs_from.as_millisecond());
                touched(query.execute(&mut *transaction).await?.rows_affected(), 1)?;
            }
            for key in &change.add {
                let sealed = self.vault.seal(&place(&key.kid), key.pem.expose().as_bytes());
                sqlx::query(ADD)
                    .bind(&key.kid)
                    .bind(sealed)
                    .bind(key.published_at.as_millisecond())
                    .bind(key.signs_from.as_millisecond())
                    .execute(&mut *transaction)
                    .await?;
            }
        });
        self.unclean.store(true, std::sync::atomic::Ordering::SeqCst);
        self.signing_keys().await
    }

    fn open_key(&self, row: Row) -> Result<SigningKey> {
        let plain = self.vault.open(&place(&row.kid), &row.sealed)?;
        let pem = std::str::from_utf8(&plain).map_err(|_| StoreError::Corrupt("signing key"))?;
        Ok(SigningKey {
            pem: Private::new(Zeroizing::new(pem.to_owned())),
            published_at: time(row.created_at)?,
            signs_from: time(row.signs_from)?,
            kid: row.kid,
        })
    }
}

fn place(kid: &str) -> String {
    format!("signing_key.sealed|{kid}")
}
