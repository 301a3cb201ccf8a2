//! The schema: one set of files for both databases.

use std::borrow::Cow;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use super::{Database, Dialect};

const FILES: [(i64, &str, &str); 1] = [(1, "life", include_str!("../../migrations/0001_life.sql"))];

/// Brings the database to the newest schema; several processes may do so at once, and a database newer than this program is refused.
pub(super) async fn migrate(database: &Database) -> Result<(), MigrateError> {
    match database {
        Database::Sqlite { writer, .. } => migrator(Dialect::Sqlite).run(writer).await,
        Database::Postgres(pool) => migrator(Dialect::Postgres).run(pool).await,
    }
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
