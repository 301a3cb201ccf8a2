//! The schema: one set of files for both databases.

use std::borrow::Cow;
use std::str::FromStr;

use sqlx::error::DatabaseError;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::{Database, Dialect, Result};

const FILES: [(i64, &str, &str); 11] = [
    (1, "life", include_str!("../../migrations/0001_life.sql")),
    (4, "placement", include_str!("../../migrations/0004_placement.sql")),
    (5, "platforms", include_str!("../../migrations/0005_platforms.sql")),
    (6, "passkey", include_str!("../../migrations/0006_passkey.sql")),
    (
        7,
        "signing_keys",
        include_str!("../../migrations/0007_signing_keys.sql"),
    ),
    (8, "room", include_str!("../../migrations/0008_room.sql")),
    (
        9,
        "platform_hosts",
        include_str!("../../migrations/0009_platform_hosts.sql"),
    ),
    (11, "restoration", include_str!("../../migrations/0011_restoration.sql")),
    (12, "key_check", include_str!("../../migrations/0012_key_check.sql")),
    (13, "replicas", include_str!("../../migrations/0013_replicas.sql")),
    (14, "opening", include_str!("../../migrations/0014_opening.sql")),
];

const APPLIED: &str = "select max(version) from _sqlx_migrations";

/// How the schema of a database stands to this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// There is none yet.
    New,
    Older,
    Current,
    Newer,
}

/// Brings the database to the newest schema; several processes may do so at once, and a database newer than this program is refused.
pub(super) async fn migrate(database: &Database) -> std::result::Result<(), MigrateError> {
    match database {
        Database::Sqlite { writer, .. } => {
            // sqlx takes no lock on SQLite: without this one, two processes that start at once would both make the tables
            // (`run` asks for more of its connection than an async function can promise, see sqlx on `run_direct`)
            let mut turn = writer.turn().await?;
            let mut whole = Connection::begin_with(&mut *turn, "BEGIN IMMEDIATE").await?;
            migrator(Dialect::Sqlite).run_direct(None, &mut *whole, false).await?;
            Ok(whole.commit().await?)
        }
        Database::Postgres(pool) => migrator(Dialect::Postgres).run(pool).await,
    }
}

/// Looks at the schema of a database without changing anything. A database file that does not exist yet is new.
pub(super) async fn inspect(url: &str) -> Result<SchemaState> {
    let applied: sqlx::Result<Option<i64>> = if url.starts_with("sqlite:") {
        let options = SqliteConnectOptions::from_str(url)?;
        if !options.get_filename().exists() {
            return Ok(SchemaState::New);
        }
        let mut connection = options.read_only(true).connect().await?;
        let applied = sqlx::query_scalar(APPLIED).fetch_one(&mut connection).await;
        connection.close().await?;
        applied
    } else {
        let mut connection = PgConnectOptions::from_str(url)?.connect().await?;
        let applied = sqlx::query_scalar(APPLIED).fetch_one(&mut connection).await;
        connection.close().await?;
        applied
    };
    let newest = FILES.iter().map(|(version, _, _)| *version).max();
    match applied {
        Ok(None) => Ok(SchemaState::New),
        Err(sqlx::Error::Database(error)) if no_such_table(&*error) => Ok(SchemaState::New),
        Err(error) => Err(error.into()),
        Ok(version) if version < newest => Ok(SchemaState::Older),
        Ok(version) if version == newest => Ok(SchemaState::Current),
        Ok(_) => Ok(SchemaState::Newer),
    }
}

/// SQLite says so in words, PostgreSQL by `undefined_table`.
fn no_such_table(error: &dyn DatabaseError) -> bool {
    error.code().as_deref() == Some("42P01") || error.message().starts_with("no such table")
}

fn migrator(dialect: Dialect) -> Migrator {
    let migrations = FILES
        .into_iter()
        .map(|(version, name, text)| {
            let sql = AssertSqlSafe(adapted(dialect, text)).into_sql_str();
            Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql, false)
        })
        .collect();
    Migrator::with_migrations(migrations)
}

fn adapted(dialect: Dialect, text: &str) -> String {
    if dialect == Dialect::Postgres {
        return text.to_owned();
    }
    text.replace(" BIGINT", " INTEGER")
        .replace(" BOOLEAN", " INTEGER")
        .replace(" BYTEA", " BLOB")
        .replace("\n);", "\n) STRICT;")
}
