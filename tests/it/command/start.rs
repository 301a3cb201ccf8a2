//! What `serve` refuses to start with, in words, and that it changes nothing then.

use std::fs;
use std::path::Path;

use sprechzimmer::vault::Vault;

use super::{folder, run};
use crate::databases::{Database, both, sqlite};

/// Starts the service on this database, and answers with what it says when it gives up.
async fn refused(folder: &Path, database: &Database) -> String {
    let file = folder.join("sprechzimmer.toml");
    let text = fs::read_to_string(&file).unwrap();
    let written = "database_file = \"sprechzimmer.db\"";
    let address = match database.url.strip_prefix("sqlite:") {
        Some(path) => format!("database_file = \"{path}\""),
        None => format!("database = \"{}\"", database.url),
    };
    fs::write(&file, text.replacen(written, &address, 1)).unwrap();
    let folder = folder.to_owned();
    let started = tokio::task::spawn_blocking(move || run(&folder, &["serve"]));
    let (code, said) = started.await.unwrap();
    assert_eq!(code, 1, "{said}");
    said
}

async fn rows(database: &Database) -> Vec<String> {
    let all = "select cast(count(*) as TEXT) from _sqlx_migrations union all \
         select cast(count(*) as TEXT) from signing_key union all select cast(count(*) as TEXT) from key_check";
    database.texts(all).await
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    both("start_newer", async |database| {
        database.store().await.close().await;
        let moment = if database.is_sqlite() { "'2030-01-01'" } else { "now()" };
        let checksum = if database.is_sqlite() { "x'00'" } else { "'\\x00'" };
        let newer = format!(
            "insert into _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
             values (9999, 'newer', {moment}, true, {checksum}, 0)"
        );
        database.execute(&newer).await.unwrap();
        let before = rows(database).await;
        let folder = folder("http://localhost:9/keys");
        fs::write(folder.path().join("sprechzimmer.key"), &database.keys).unwrap();
        let said = refused(folder.path(), database).await;
        assert!(said.contains("of a newer version of this program"), "{said}");
        assert!(
            said.contains("change 9999") && said.contains("nothing was changed"),
            "{said}"
        );
        assert_eq!(rows(database).await, before);
    })
    .await;
}

#[tokio::test]
async fn without_its_key_file_nothing_is_made() {
    let (folder, database) = (folder("http://localhost:9/keys"), sqlite());
    let key = folder.path().join("sprechzimmer.key");
    fs::remove_file(&key).unwrap();
    let said = refused(folder.path(), &database).await;
    assert!(said.contains("sprechzimmer.key cannot be read; put it back"), "{said}");
    assert!(said.contains("No such file"), "{said}");
    assert!(!key.exists(), "a key was made, and whoever had the old one has lost it");
    let made = Path::new(database.url.strip_prefix("sqlite:").unwrap()).exists();
    assert!(!made, "a database was made");
}

#[tokio::test]
async fn with_another_key_file_than_it_was_begun_with_nothing_is_read_or_written() {
    both("start_foreign", async |database| {
        database.store().await.close().await;
        let before = rows(database).await;
        let folder = folder("http://localhost:9/keys");
        let key = folder.path().join("sprechzimmer.key");
        let other = Vault::key_line(2, &[8; 32]);
        for wrong in [fs::read_to_string(&key).unwrap(), format!("{other}{}", database.keys)] {
            fs::write(&key, &wrong).unwrap();
            let said = refused(folder.path(), database).await;
            assert!(said.contains("begun with another key file"), "{said}");
            assert_eq!(fs::read_to_string(&key).unwrap(), wrong);
            assert_eq!(rows(database).await, before);
        }
    })
    .await;
}
