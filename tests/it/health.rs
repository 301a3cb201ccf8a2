//! `/readyz` says no as long as the database would take no write, though it still answers.

use sqlx::{ConnectOptions, Connection, Executor};
use tokio::time::Instant;

use crate::databases;
use crate::world::{AUNT, Page, World, recovered, until};

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
    let written = Instant::now();
    until("it is ready", async || {
        (!ready(&world).await.text().contains("database")).then_some(())
    })
    .await;
    recovered("the database can be written again: ready", written);
}

#[tokio::test]
async fn a_database_that_is_away_is_told_in_plain_words_and_the_talk_is_erased_when_it_is_back() {
    let name = "health_away";
    let database = databases::postgres(name).await;
    let mut world = World::on(&database).await;
    let (talk, mut initiator, _people) = world.talking(&[AUNT]).await;

    databases::server(&format!("alter database {name} with allow_connections false")).await;
    cut_connections(name).await;
    for page in [
        talk.post("/end").await,
        talk.get("").await,
        world.browser().get("/lti/keys").await,
    ] {
        assert_eq!(page.status, 503, "{}", page.text());
        assert!(
            page.text().contains("Wir kommen gerade nicht an unsere Daten."),
            "{}",
            page.text()
        );
    }

    databases::server(&format!("alter database {name} with allow_connections true")).await;
    let back = Instant::now();
    until("the talk goes on", async || {
        talk.get("").await.has("form[action$='/end']").then_some(())
    })
    .await;
    recovered("PostgreSQL is back: the talk goes on", back);
    talk.end().await;
    assert_eq!(initiator.closed().await, 4410, "the room is closed");
    talk.proof().await;
    assert_eq!(
        database.texts("select id from consultation").await,
        Vec::<String>::new()
    );
    world.crash();
}

/// For every connection from now on; those there are end.
async fn read_only(value: &str) {
    databases::server(&format!(
        "alter database {NAME} set default_transaction_read_only = {value}"
    ))
    .await;
    cut_connections(NAME).await;
}

async fn cut_connections(name: &str) {
    let all = format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
    databases::server(&all).await;
}
