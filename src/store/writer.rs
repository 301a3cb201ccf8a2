//! The one writing connection to an SQLite file, and whose turn it is.

use std::sync::Arc;
use std::time::Duration;

use sqlx::error::DatabaseError;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, SqliteConnection};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};
use tokio::time::{Instant, sleep, timeout};

use super::launches::LAUNCH_TRIGGER;

/// A write that has to wait longer has failed.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often a file is tried that another process holds at this moment.
const PAUSE: Duration = Duration::from_millis(20);

/// SQLite has one writer at a time. A pool of one would also ask the connection after every use whether it is still there, and
/// crossing to its thread and back costs more than most writes. `None` once it is closed.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    connection: Arc<Mutex<Option<SqliteConnection>>>,
    options: Arc<SqliteConnectOptions>,
}

impl Writer {
    pub(super) async fn connect(options: &SqliteConnectOptions) -> sqlx::Result<Self> {
        let connection = open(options).await?;
        Ok(Self {
            connection: Arc::new(Mutex::new(Some(connection))),
            options: Arc::new(options.clone()),
        })
    }

    /// Waits for its turn, first come, first served.
    pub(super) async fn turn(&self) -> sqlx::Result<MappedMutexGuard<'_, SqliteConnection>> {
        let turn = timeout(PATIENCE, self.connection.lock()).await;
        let turn = turn.map_err(|_| sqlx::Error::PoolTimedOut)?;
        let mut turn = MutexGuard::try_map(turn, Option::as_mut).map_err(|_| sqlx::Error::PoolClosed)?;
        if turn.is_in_transaction() {
            // the last one is still being rolled back; where SQLite has done so by itself, on a full disk, sqlx does not notice
            turn.ping().await?;
            if turn.is_in_transaction() {
                *turn = open(&self.options).await?;
            }
        }
        Ok(turn)
    }

    /// Whether a write would begin: nobody else holds the file, and it may be written.
    pub(super) async fn ping(&self) -> sqlx::Result<()> {
        let mut turn = self.turn().await?;
        turn.begin_with("BEGIN IMMEDIATE").await?.rollback().await
    }

    /// Lets the last write finish.
    pub(super) async fn close(&self) {
        if let Some(connection) = self.connection.lock().await.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the database was not closed in order"
            );
        }
    }
}

/// SQLite does not wait by itself where two processes make one file a file with a write-ahead log, or where the last process is
/// closing it: it says at once that it is busy, whatever the `busy_timeout`.
async fn open(options: &SqliteConnectOptions) -> sqlx::Result<SqliteConnection> {
    let until = Instant::now() + PATIENCE;
    let mut connection = loop {
        match options.connect().await {
            Err(error) if busy(&error) && Instant::now() < until => sleep(PAUSE).await,
            outcome => break outcome?,
        }
    };
    connection.execute(LAUNCH_TRIGGER).await?;
    Ok(connection)
}

/// `SQLITE_BUSY` and the finer codes of it, which share its lowest byte.
fn busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.and_then(|code| code.parse::<u32>().ok())
        .is_some_and(|code| code & 0xff == 5)
}
