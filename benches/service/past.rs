//! A database with a long past.

use std::path::Path;
use std::str::FromStr;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection, SqliteConnection};

const PROOF: &str = "{\"backend\":\"embedded\",\"planned_start\":\"2026-01-01T08:00:00Z\",\"planned_minutes\":45}";

/// The line of the configuration that names an empty database.
pub(crate) async fn database(postgres: Option<&str>, folder: &Path) -> String {
    let Some(url) = postgres else {
        return format!("database_file = \"{}\"", folder.join("bench.db").display());
    };
    let name = format!("bench_{}", sprechzimmer::id::hex(&sprechzimmer::app::random::<6>()));
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}")))
        .execute(&mut connection)
        .await
        .unwrap();
    let mut url: url::Url = url.parse().unwrap();
    url.set_path(&name);
    format!("database = \"{url}\"")
}

/// Adds the records of that many consultations.
pub(crate) async fn fill(database: &str, folder: &Path, count: u32) {
    let numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < $1)";
    let insert = "insert into record (id, erased_at, proof)";
    if database.starts_with("database_file") {
        let file = folder.join("bench.db");
        let options = SqliteConnectOptions::from_str(&format!("sqlite:{}", file.display())).unwrap();
        let mut connection: SqliteConnection = options.connect().await.unwrap();
        let statement = format!("{insert} {numbers} select printf('%032x', i), 1700000000000 + i, $2 from n");
        let statement = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(i64::from(count))
            .bind(PROOF);
        statement.execute(&mut connection).await.unwrap();
    } else {
        let url = database.trim_start_matches("database = ").trim_matches('"');
        let mut connection = PgConnection::connect(url).await.unwrap();
        let statement = format!(
            "{insert} select lpad(to_hex(i), 32, '0'), 1700000000000 + i, $2 from generate_series(1, $1::bigint) i"
        );
        let statement = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(i64::from(count))
            .bind(PROOF);
        statement.execute(&mut connection).await.unwrap();
    }
}
