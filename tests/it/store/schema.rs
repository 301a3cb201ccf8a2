//! The schema: the same on both databases, and it refuses what may never be.

use sprechzimmer::store::{SchemaState, Store, StoreError};
use sprechzimmer::vault::{Vault, VaultError};

use super::{TEACHER, id, open, sealed, sight};
use crate::databases::{both, postgres, sqlite};

const LITE: &str = "select t.name || '.' || c.name || case when c.\"notnull\" = 1 then ' not null' else '' end \
     from sqlite_master t, pragma_table_info(t.name) c \
     where t.type = 'table' and t.name not like '\\_sqlx%' escape '\\' and t.name not like 'sqlite%' order by 1";
const POSTGRES: &str = "select (table_name || '.' || column_name || case when is_nullable = 'NO' then ' not null' else '' end) collate \"C\" \
     from information_schema.columns where table_schema = 'public' and table_name not like '\\_sqlx%' order by 1";

#[tokio::test]
async fn both_databases_have_the_same_columns() {
    let (lite, postgres) = (sqlite(), postgres("columns").await);
    lite.store().await.close().await;
    postgres.store().await.close().await;
    let columns = lite.texts(LITE).await;
    assert!(columns.len() > 60, "{columns:?}");
    assert_eq!(columns, postgres.texts(POSTGRES).await);
}

#[tokio::test]
async fn every_table_of_sqlite_is_strict() {
    let lite = sqlite();
    lite.store().await.close().await;
    let loose = "select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0 \
         and name not like 'sqlite%' and name not like '\\_sqlx%' escape '\\'";
    assert_eq!(lite.texts(loose).await, Vec::<String>::new());
}

/// Rows that no code of ours would write; the database refuses them all the same.
const IMPOSSIBLE: [(&str, &str); 12] = [
    (
        "a room in the draft",
        "update consultation set phase = 'draft', sealed_at = null",
    ),
    ("open without a room (rule 5)", "update consultation set room = null"),
    (
        "open without the initiator's consent (rule 1)",
        "update consultation set initiator_consented_at = null",
    ),
    (
        "open without having been sealed (rule 2)",
        "update consultation set sealed_at = null",
    ),
    ("open although it has ended", "update consultation set ended_at = 5"),
    (
        "ended without a reason",
        "update consultation set phase = 'ended', ended_at = 5",
    ),
    (
        "a phase that does not exist",
        "update consultation set phase = 'paused'",
    ),
    ("a talk of a whole day", "update consultation set minutes = 1440"),
    (
        "waiting without consent (rule 1)",
        "update participant set standing = 'waiting', consented_at = null",
    ),
    (
        "admitted without consent (rule 1)",
        "update participant set standing = 'admitted', consented_at = null",
    ),
    (
        "a link for somebody who comes by launch",
        "update participant set way = 'launch' where invitation is not null",
    ),
    (
        "an account behind a link",
        "update participant set way = 'link' where person is not null",
    ),
];

#[tokio::test]
async fn rows_that_may_never_be_are_refused() {
    both("impossible", async |database| {
        let store = database.store().await;
        open(&store, 1).await;
        for (what, sql) in IMPOSSIBLE {
            let outcome = database.execute(sql).await;
            let error = outcome.expect_err(what);
            let kind = error.as_database_error().map(sqlx::error::DatabaseError::kind);
            assert!(
                matches!(kind, Some(sqlx::error::ErrorKind::CheckViolation)),
                "{what}: {error}"
            );
        }
        assert_eq!(store.load(&id(1)).await.unwrap().consultation.participants.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_room_is_never_given_to_two_consultations() {
    both("room_twice", async |database| {
        let store = database.store().await;
        open(&store, 1).await;
        sealed(&store, 2).await;
        let again = store
            .change(&id(2), |kept| {
                Ok(kept.consultation.open(super::room(1), super::at(2))?)
            })
            .await;
        assert!(matches!(again, Err(StoreError::Database(_))), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    both("newer", async |database| {
        assert_eq!(Store::inspect(&database.url).await.unwrap(), SchemaState::New);
        database.store().await.close().await;
        assert_eq!(Store::inspect(&database.url).await.unwrap(), SchemaState::Current);
        let moment = if database.is_sqlite() { "'2030-01-01'" } else { "now()" };
        let newer = format!(
            "insert into _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
             select 9999, 'future', {moment}, success, checksum, 0 from _sqlx_migrations where version = 1"
        );
        assert_eq!(database.execute(&newer).await.unwrap(), 1);
        assert_eq!(Store::inspect(&database.url).await.unwrap(), SchemaState::Newer);
        let refused = Store::connect(&database.url, database.vault()).await;
        assert!(matches!(refused, Err(StoreError::Newer(9999))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn looking_at_a_database_changes_nothing() {
    let lite = sqlite();
    assert_eq!(Store::inspect(&lite.url).await.unwrap(), SchemaState::New);
    let path = lite.url.strip_prefix("sqlite:").unwrap();
    assert!(!std::path::Path::new(path).exists(), "no file was made");
}

#[tokio::test]
async fn the_wrong_key_file_is_told_from_a_broken_database() {
    both("wrong_key", async |database| {
        open(&database.store().await, 1).await;
        for keys in [Vault::key_line(1, &[8; 32]), Vault::key_line(2, &[7; 32])] {
            let other = std::sync::Arc::new(Vault::parse(&keys).unwrap());
            let error = Store::connect(&database.url, other).await.expect_err("the wrong key");
            assert!(matches!(error, StoreError::Vault(VaultError::Foreign)), "{error:?}");
            assert!(error.to_string().contains("key"), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn after_a_rotation_old_rows_are_read_and_new_ones_are_sealed_with_the_new_key() {
    both("rotation", async |database| {
        open(&database.store().await, 1).await;
        let keys = format!("{}{}", database.keys, Vault::key_line(2, &[8; 32]));
        let rotated = std::sync::Arc::new(Vault::parse(&keys).unwrap());
        let store = Store::connect(&database.url, rotated).await.unwrap();
        assert_eq!(
            store.load(&id(1)).await.unwrap().consultation.initiator_name.expose(),
            TEACHER
        );
        sealed(&store, 2).await;
        let by_initiator = store
            .of_initiator(&sight(&store, 1).await, &super::place())
            .await
            .unwrap();
        assert_eq!(by_initiator.len(), 2, "the same people are recognised");
        let old = database.store().await;
        assert!(matches!(
            old.load(&id(2)).await,
            Err(StoreError::Vault(VaultError::UnknownKey(2)))
        ));
    })
    .await;
}
