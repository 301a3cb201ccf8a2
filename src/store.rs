//! All SQL, on SQLite and PostgreSQL with one text; decides nothing.

mod acts;
mod consultations;
mod key_check;
mod launches;
mod orphans;
mod passkeys;
mod people;
pub mod periods;
mod placements;
mod platforms;
mod records;
mod replicas;
mod restoration;
mod rows;
mod schema;
mod sight;
mod signals;
mod signing_keys;
mod tally;
mod tickets;
mod turns;
mod writer;

use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

pub use acts::{Act, Decision, Notice};
pub use consultations::{Kept, Pending};
pub use launches::{Arrival, Handover, Nonce, NonceUse, VISIT_LIFE, Visit, WayIn};
pub use orphans::Orphan;
pub use passkeys::{CHALLENGE_LIFE, NewPasskey, Passkey, Purpose};
pub use people::{Acquaintance, Petition};
pub use placements::Choice;
pub use platforms::{Approval, Deployment, INVITATION_LIFE, StoredPlatform};
pub use records::Record;
pub use replicas::{Holder, Whereabouts};
pub use restoration::Restored;
pub use schema::SchemaState;
pub use sight::{BROWSER_LIFE, Binding, Sight, Trust};
pub use signals::{Deaf, Signals};
pub use signing_keys::{KeyChange, SigningKey};
pub use tally::Tally;
pub use tickets::{TICKET_LIFE, Ticket};

use crate::consultation::Refusal;
use crate::id::hex;
use crate::vault::{Vault, VaultError};
use writer::Writer;

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database does not answer")]
    Database(#[from] sqlx::Error),
    #[error("the database could not be brought to the schema of this version")]
    Schema(#[source] sqlx::migrate::MigrateError),
    #[error(
        "the database is of a newer version of this program (it has change {0}, which this version does not know); \
         start that version, or restore a backup made before it: nothing was changed"
    )]
    Newer(i64),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error("a stored row cannot be read: {0}")]
    Corrupt(&'static str),
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the database can only be read")]
    ReadOnly,
    #[error("no such row")]
    NotFound,
}

/// So long a connection to PostgreSQL counts as sound without being asked.
const FRESH: Duration = Duration::from_secs(1);

/// PostgreSQL takes no writes: it is a standby, or was told so.
const STANDBY: &str = "select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on'";

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::VersionMissing(version) => Self::Newer(version),
            other => Self::Schema(other),
        }
    }
}

type Result<T> = std::result::Result<T, StoreError>;

/// Runs a read on whichever database it is; the body is type-checked once for each driver.
macro_rules! read {
    ($store:expr, |$pool:ident| $body:expr) => {
        match &$store.database {
            $crate::store::Database::Sqlite { readers: $pool, .. } => $body,
            $crate::store::Database::Postgres($pool) => $body,
        }
    };
}

/// Runs a write transaction; an early return rolls it back. On SQLite it must begin IMMEDIATE, else readers that become writers fail.
macro_rules! write {
    ($store:expr, |$transaction:ident, $dialect:ident| $body:expr) => {
        match &$store.database {
            $crate::store::Database::Sqlite { writer, .. } => {
                let $dialect = $crate::store::Dialect::Sqlite;
                let mut turn = writer.turn().await?;
                let mut $transaction = sqlx::Connection::begin_with(&mut *turn, "BEGIN IMMEDIATE").await?;
                let outcome = $body;
                $transaction.commit().await?;
                outcome
            }
            $crate::store::Database::Postgres(pool) => {
                let $dialect = $crate::store::Dialect::Postgres;
                let mut $transaction = pool.begin().await?;
                let outcome = $body;
                $transaction.commit().await?;
                outcome
            }
        }
    };
}

/// Runs one writing statement, which needs no transaction.
macro_rules! execute {
    ($store:expr, |$connection:ident, $dialect:ident| $body:expr) => {
        match &$store.database {
            $crate::store::Database::Sqlite { writer, .. } => {
                let $dialect = $crate::store::Dialect::Sqlite;
                let $connection = &mut *writer.turn().await?;
                $body.map(drop)
            }
            $crate::store::Database::Postgres($connection) => {
                let $dialect = $crate::store::Dialect::Postgres;
                $body.map(drop)
            }
        }
    };
}
/// The clock of PostgreSQL, in milliseconds since 1970: the one clock that all processes share.
macro_rules! now {
    () => {
        "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"
    };
}
use {execute, now, read, write};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// The two databases lock rows differently: SQLite by its one writer, PostgreSQL by a clause.
    fn pick(self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        if self == Self::Sqlite { sqlite } else { postgres }
    }
}

#[derive(Clone, Debug)]
enum Database {
    Sqlite { readers: SqlitePool, writer: Writer },
    Postgres(PgPool),
}

/// The database of this installation; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
    vault: Arc<Vault>,
    /// Random, of this process alone.
    life: Arc<str>,
    /// Something was deleted whose bytes may still stand in the files. A process before this one may have died at that point.
    unclean: Arc<AtomicBool>,
}

impl Store {
    /// Connects and brings the schema up to date. `url` is `sqlite:FILE` or `postgres://…`.
    pub async fn connect(url: &str, vault: Arc<Vault>) -> Result<Self> {
        let database = if url.starts_with("sqlite:") {
            sqlite(url).await?
        } else {
            postgres(url).await?
        };
        let unclean = Arc::new(AtomicBool::new(true));
        let mut life = [0; 8];
        aws_lc_rs::rand::fill(&mut life).map_err(|_| StoreError::Corrupt("randomness"))?;
        let store = Self {
            database,
            vault,
            life: hex(&life).into(),
            unclean,
        };
        schema::migrate(&store.database).await?;
        store.check_key().await?;
        Ok(store)
    }

    /// How the schema of a database stands to this program, without changing it; for `check`.
    pub async fn inspect(url: &str) -> Result<SchemaState> {
        schema::inspect(url).await
    }

    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    fn life(&self) -> &str {
        &self.life
    }

    /// Answers when the database reads and when it would write; for `/readyz`.
    pub async fn ping(&self) -> Result<()> {
        read!(self, |pool| sqlx::query("select 1").execute(pool).await.map(drop))?;
        match &self.database {
            Database::Sqlite { writer, .. } => writer.ping().await?,
            // a standby answers, and refuses every write
            Database::Postgres(pool) => {
                let standby: bool = sqlx::query_scalar(STANDBY).fetch_one(pool).await?;
                if standby {
                    return Err(StoreError::ReadOnly);
                }
            }
        }
        Ok(())
    }

    /// Makes sure that the raw files hold nothing of what was deleted: the write-ahead log is emptied into the file,
    /// whose freed pages are overwritten (`secure_delete`). Without effect on PostgreSQL, where only ciphertext remains.
    /// Answers whether it is done; a reader may block it, then it is to be repeated. Does nothing where nothing was deleted.
    pub async fn scrub(&self) -> Result<bool> {
        let Database::Sqlite { writer, .. } = &self.database else {
            return Ok(true);
        };
        let mut turn = writer.turn().await?;
        if !self.unclean.swap(false, Ordering::SeqCst) {
            return Ok(true);
        }
        let checkpoint = sqlx::query_as("pragma wal_checkpoint(truncate)")
            .fetch_one(&mut *turn)
            .await;
        let clean = checkpoint.map(|(busy, _, _): (i64, i64, i64)| busy == 0);
        if !matches!(clean, Ok(true)) {
            self.unclean.store(true, Ordering::SeqCst);
        }
        Ok(clean?)
    }

    pub async fn close(&self) {
        match &self.database {
            Database::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Database::Postgres(pool) => pool.close().await,
        }
    }
}

async fn sqlite(url: &str) -> Result<Database> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF")
        .pragma("cache_size", "-512");
    // the file keeps this mode: readers need not ask for it again
    let writer = Writer::connect(&options.clone().journal_mode(SqliteJournalMode::Wal)).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(4)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false) // a connection to a file does not break while nobody looks
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    Ok(Database::Sqlite { readers, writer })
}

async fn postgres(url: &str) -> Result<Database> {
    let pool = PgPoolOptions::new()
        .max_connections(9) // one of them listens
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        // a connection that was just used is still there
        .before_acquire(|connection, state| {
            Box::pin(async move {
                if state.idle_for < FRESH {
                    Ok(true)
                } else {
                    connection.ping().await.map(|()| true)
                }
            })
        })
        .connect_with(PgConnectOptions::from_str(url)?)
        .await?;
    Ok(Database::Postgres(pool))
}

/// A stored time. Times outside the calendar were never written by us.
fn time(milliseconds: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| StoreError::Corrupt("time"))
}

fn count(value: i64) -> Result<u32> {
    u32::try_from(value).map_err(|_| StoreError::Corrupt("count"))
}

/// Every write says how many rows it must touch.
fn touched(rows: u64, expected: u64) -> Result<()> {
    if rows == expected {
        Ok(())
    } else {
        Err(StoreError::NotFound)
    }
}
