//! `/readyz` says no as long as the database would take no write, though it still answers.

use sqlx::{ConnectOptions, Connection, Executor};

use crate::databases;
use crate::world::{Page, World, until};

const NAME: &str = "health_read_only";

async fn ready(world: &World) -> Page {
    world.browser().get("/readyz").await
}

#[tokio::test]
async fn a_database_file_that_somebody_else_holds_is_not_ready() {
    let database = databases::sqlite();
    let (world, _app) = World::unattended(&database).await;
    assert!(!ready(&world).await.text().contains("database"));

    let options: sqlx::sqlite::SqliteConnectOptions = database.url.parse().unwrap();
    let mut other = options.connect().await.unwrap();
    other.execute("begin immediate").await.unwrap();
    let held = ready(&world).await;
    assert_eq!(held.status, 503);
    assert!(held.text().contains("not ready: database"), "{}", held.text());

    other.execute("rollback").await.unwrap();
    other.close().await.unwrap();
    assert!(!ready(&world).await.text().contains("database"));
}

#[tokio::test]
async fn a_postgresql_that_only_reads_is_not_ready() {
    let database = databases::postgres(NAME).await;
    let (world, _app) = World::unattended(&database).await;
    assert!(!ready(&world).await.text().contains("database"));

    read_only("on").await;
    // more often than there are connections, which broke just now
    for _ in 0..20 {
        let standby = ready(&world).await;
        assert_eq!(standby.status, 503);
        assert!(standby.text().contains("not ready: database"), "{}", standby.text());
    }

    read_only("off").await;
    until("it is ready", async || {
        (!ready(&world).await.text().contains("database")).then_some(())
    })
    .await;
}

/// For every connection from now on; those there are end.
async fn read_only(value: &str) {
    databases::server(&format!(
        "alter database {NAME} set default_transaction_read_only = {value}"
    ))
    .await;
    databases::server(&format!(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{NAME}'"
    ))
    .await;
}
