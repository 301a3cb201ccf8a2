//! A database of its own for each test, once on SQLite and once on PostgreSQL.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use sprechzimmer::store::Store;
use sprechzimmer::vault::Vault;
use sqlx::{ConnectOptions, Connection, Executor};
use tempfile::TempDir;
use url::Url;

/// An empty database; it goes with the value.
pub(crate) struct Database {
    /// As the configuration takes it.
    pub(crate) url: String,
    /// The text of the key file.
    pub(crate) keys: String,
    folder: TempDir,
}

/// Runs a test on a fresh SQLite database and on a fresh PostgreSQL database. `name` is short and unique among the tests.
pub(crate) async fn both(name: &str, test: impl AsyncFn(&Database)) {
    let lite = sqlite();
    eprintln!("{name}: on SQLite");
    test(&lite).await;
    let postgres = postgres(name).await;
    eprintln!("{name}: on PostgreSQL");
    test(&postgres).await;
    server(&format!("drop database \"{name}\" with (force)")).await;
}

pub(crate) fn sqlite() -> Database {
    let folder = TempDir::with_prefix("sprechzimmer-").unwrap();
    let url = format!("sqlite:{}/test.db", folder.path().display());
    let keys = Vault::key_line(1, &[7; 32]);
    Database { url, keys, folder }
}

/// A database on the server that `tests/postgres` has started.
pub(crate) async fn postgres(name: &str) -> Database {
    server(&format!("drop database if exists \"{name}\" with (force)")).await;
    server(&format!("create database \"{name}\"")).await;
    let mut url = Url::parse(&server_url()).unwrap();
    url.set_path(name);
    Database {
        url: url.into(),
        ..sqlite()
    }
}

/// A database of another server.
pub(crate) fn at(url: String) -> Database {
    Database { url, ..sqlite() }
}

impl Database {
    /// A store on it; every call makes a further one.
    pub(crate) async fn store(&self) -> Store {
        Store::connect(&self.url, self.vault()).await.unwrap()
    }

    pub(crate) fn vault(&self) -> Arc<Vault> {
        Arc::new(Vault::parse(&self.keys).unwrap())
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }

    /// Executes SQL that the store would never execute; answers how many rows it touched.
    pub(crate) async fn execute(&self, sql: &str) -> sqlx::Result<u64> {
        if self.is_sqlite() {
            let options: sqlx::sqlite::SqliteConnectOptions = self.url.parse()?;
            let mut connection = options.connect().await?;
            let done = connection.execute(sqlx::AssertSqlSafe(sql.to_owned())).await;
            connection.close().await?;
            Ok(done?.rows_affected())
        } else {
            let mut connection = connect(&self.url).await?;
            let done = connection.execute(sqlx::AssertSqlSafe(sql.to_owned())).await;
            connection.close().await?;
            Ok(done?.rows_affected())
        }
    }

    /// The first column of a query, as texts.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        if self.is_sqlite() {
            let options: sqlx::sqlite::SqliteConnectOptions = self.url.parse().unwrap();
            let mut connection = options.connect().await.unwrap();
            let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned()));
            query.fetch_all(&mut connection).await.unwrap()
        } else {
            let mut connection = connect(&self.url).await.unwrap();
            let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned()));
            query.fetch_all(&mut connection).await.unwrap()
        }
    }

    /// A connection that holds on to what an SQLite database is at this moment.
    pub(crate) async fn reader(&self) -> sqlx::SqliteConnection {
        let options: sqlx::sqlite::SqliteConnectOptions = self.url.parse().unwrap();
        let mut connection = options.connect().await.unwrap();
        connection.execute("begin").await.unwrap();
        connection.execute("select count(*) from consultation").await.unwrap();
        connection
    }

    /// The raw files in which a text stands as bytes: the database with its logs, on PostgreSQL the whole server.
    pub(crate) async fn files_with(&self, text: &str) -> Vec<PathBuf> {
        self.files_with_any(&[text]).await
    }

    /// The same with any of several texts.
    pub(crate) async fn files_with_any(&self, texts: &[&str]) -> Vec<PathBuf> {
        let mut folder = self.folder.path().to_owned();
        if !self.is_sqlite() {
            // what is still in memory is written out first, so that nothing is overlooked
            self.execute("checkpoint").await.unwrap();
            folder = PathBuf::from(required("TEST_POSTGRES_DATA"));
        }
        let search = Command::new("grep")
            .args([
                "--recursive",
                "--files-with-matches",
                "--text",
                "--fixed-strings",
                "--no-messages",
            ])
            .args(texts.iter().flat_map(|text| ["-e", text]))
            .arg(folder)
            .output()
            .unwrap();
        let listed = String::from_utf8(search.stdout).unwrap();
        listed.lines().map(PathBuf::from).collect()
    }
}

/// Asks the server that `tests/postgres` has started, outside every database of a test.
pub(crate) async fn server(sql: &str) {
    let mut connection = connect(&server_url()).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(sql.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}

async fn connect(url: &str) -> sqlx::Result<sqlx::PgConnection> {
    let options: sqlx::postgres::PgConnectOptions = url.parse()?;
    options.connect().await
}

fn server_url() -> String {
    required("TEST_POSTGRES_URL")
}

fn required(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: run the tests with PostgreSQL, as `tests/postgres cargo test` or `make test`")
    })
}
