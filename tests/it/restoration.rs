//! A backup that was put back revives no room and no person: it is noticed, refused, and everything in it ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;
use sprechzimmer::app::random;
use sprechzimmer::app::witness::Witness;
use sprechzimmer::id::ConsultationId;
use sprechzimmer::restoration::{self, Standing};

use crate::command::run;
use crate::databases::{Database, both, sqlite};
use crate::world::{AUNT, UNCLE, World, redeem, until};

/// A copy of the database at this moment, as an administrator makes one.
async fn backup(database: &Database, to: &Path) {
    if database.is_sqlite() {
        let _ = fs::remove_file(to);
        database
            .execute(&format!("vacuum into '{}'", to.display()))
            .await
            .unwrap();
    } else {
        let file = to.to_str().unwrap();
        postgres(
            "pg_dump",
            &["--format=custom", "--file", file, "--dbname", &database.url],
        );
    }
}

/// Puts the copy in the place of the database. Nobody uses it meanwhile.
fn restore(database: &Database, from: &Path) {
    if let Some(file) = database.url.strip_prefix("sqlite:") {
        for gone in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{file}{gone}"));
        }
        fs::copy(from, file).unwrap();
    } else {
        let file = from.to_str().unwrap();
        let into = [
            "--clean",
            "--if-exists",
            "--single-transaction",
            "--dbname",
            &database.url,
            file,
        ];
        postgres("pg_restore", &into);
    }
}

fn postgres(program: &str, arguments: &[&str]) {
    let versions = fs::read_dir("/usr/lib/postgresql").unwrap();
    let programs = versions.map(|version| version.unwrap().path().join("bin").join(program));
    let newest: PathBuf = programs.filter(|program| program.exists()).max().unwrap();
    let output = Command::new(newest).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

async fn count(database: &Database, table: &str) -> String {
    let rows = database
        .texts(&format!("select cast(count(*) as TEXT) from {table}"))
        .await;
    rows[0].clone()
}

/// The program says why it does not start.
fn refused(world: &World) -> String {
    let (code, said) = run(world.folder.path(), &["serve"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("sprechzimmer admin after-restore"), "{said}");
    said
}

#[tokio::test]
async fn after_a_restoration_nobody_comes_back_and_every_deletion_is_recorded_once() {
    both("restored", async |database| {
        let mut world = World::program(database).await;
        let folder = world.folder.path().to_owned();
        let (talk, _initiator, _people) = world.talking(&[AUNT]).await;
        let planned = world.draft_by(world.launch(crate::world::COLLEAGUE).await).await;
        planned.add(UNCLE, "link").await;
        planned.seal().await;
        let links = [talk.link(AUNT).await, planned.link(UNCLE).await];
        backup(database, &folder.join("backup")).await;

        talk.end().await;
        talk.proof().await;
        let (code, records) = run(&folder, &["admin", "records", "--export", "json"]);
        assert_eq!((code, records.lines().count()), (0, 1), "{records}");
        fs::write(folder.join("records.jsonl"), &records).unwrap();
        world.kill();
        restore(database, &folder.join("backup"));
        assert_eq!(count(database, "participant").await, "2", "the backup holds both");

        refused(&world);
        let (code, said) = run(&folder, &["admin", "after-restore", "--records", "records.jsonl"]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("1 record(s) of deletions"), "{said}");
        assert!(said.contains("1 consultation(s) that they prove"), "{said}");
        assert!(said.contains("1 further consultation(s) have ended"), "{said}");
        for table in ["visit", "ticket", "known_browser", "acquaintance"] {
            assert_eq!(count(database, table).await, "0", "{table}");
        }

        world.run_program().await;
        let nobody = async || (count(database, "participant").await == "0").then_some(());
        until("everybody is erased", nobody).await;
        for link in &links {
            assert_eq!(redeem(&world.browser(), link).await.status, 404);
        }
        let (_, records) = run(&folder, &["admin", "records", "--export", "json"]);
        for (id, reason) in [(&talk.id, "initiator"), (&planned.id, "restored")] {
            let of_it: Vec<&str> = records.lines().filter(|line| line.contains(id.as_str())).collect();
            assert_eq!(of_it.len(), 1, "{records}");
            assert!(of_it[0].contains(&format!("\"reason\":\"{reason}\"")), "{records}");
        }
        let (_, acts) = run(&folder, &["admin", "acts"]);
        assert!(acts.contains("database-restored"), "{acts}");
        let (_, pending) = run(&folder, &["admin", "pending"]);
        assert!(pending.contains("nothing is pending"), "{pending}");
        let again = run(&folder, &["admin", "records", "--export", "csv"]).1;
        assert_eq!(again.lines().count(), 3, "{again}");
        let columns = again.lines().next().unwrap().split(',').count();
        assert!(again.lines().all(|line| line.split(',').count() == columns), "{again}");
    })
    .await;
}

#[tokio::test]
async fn a_database_that_was_only_moved_goes_on_when_the_administrator_says_so() {
    both("moved", async |database| {
        let mut world = World::program(database).await;
        let folder = world.folder.path().to_owned();
        let talk = world.sealed(&[AUNT]).await;
        let link = talk.link(AUNT).await;
        world.kill();
        backup(database, &folder.join("copy")).await;
        restore(database, &folder.join("copy"));
        refused(&world);
        let (code, said) = run(&folder, &["admin", "after-restore", "--moved"]);
        assert_eq!(code, 0, "{said}");
        world.run_program().await;
        assert_eq!(redeem(&world.browser(), &link).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_was_overwritten_with_an_older_one_is_betrayed_by_the_witness() {
    let database = sqlite();
    let mut world = World::program(&database).await;
    let folder = world.folder.path().to_owned();
    let talk = world.sealed(&[AUNT]).await;
    backup(&database, &folder.join("backup")).await;
    talk.post("/cancel").await;
    talk.proof().await;
    let file = database.url.strip_prefix("sqlite:").unwrap().to_owned();
    let witness = format!("{file}-witness");
    until("the witness knows it", async || {
        let noted = fs::read_to_string(&witness).unwrap_or_default();
        (noted.trim() == talk.id).then_some(())
    })
    .await;
    world.kill();
    let _ = (
        fs::remove_file(format!("{file}-wal")),
        fs::remove_file(format!("{file}-shm")),
    );
    // the same file, with what it held before
    fs::write(&file, fs::read(folder.join("backup")).unwrap()).unwrap();
    let said = refused(&world);
    assert!(said.contains("does not know of a deletion that was proven"), "{said}");
    let (code, said) = run(&folder, &["admin", "after-restore", "--moved"]);
    assert_eq!(code, 1, "something was lost: {said}");
    let (code, said) = run(&folder, &["admin", "after-restore"]);
    assert_eq!(code, 0, "{said}");
    world.run_program().await;
    let nobody = async || (count(&database, "participant").await == "0").then_some(());
    until("everybody is erased", nobody).await;
}

#[tokio::test]
async fn the_witness_counts_on_both_databases_and_a_new_one_has_none() {
    both("witness", async |database| {
        let store = database.store().await;
        let folder = tempfile::tempdir().unwrap();
        let witness = Witness::new(Some(folder.path().join("witness")));
        let standing = async || restoration::look(&store, &witness).await.unwrap();
        assert_eq!(standing().await, Standing::New);
        witness.note(&ConsultationId::new(random())).await.unwrap();
        restoration::refuse(&store, &witness).await.unwrap();
        assert_eq!(
            standing().await,
            Standing::Known,
            "what was noted of a database before is forgotten"
        );
        witness.note(&ConsultationId::new(random())).await.unwrap();
        assert_eq!(standing().await, Standing::Older);
        witness.forget().await.unwrap();
        store.settle("elsewhere").await.unwrap();
        assert_eq!(standing().await, Standing::Moved);
        let now = Timestamp::from_second(crate::world::now().seconds()).unwrap();
        restoration::moved(&store, &witness, now).await.unwrap();
        assert_eq!(standing().await, Standing::Known);
        store.close().await;
    })
    .await;
}

#[test]
fn a_file_that_holds_no_records_changes_nothing() {
    let folder = crate::command::folder("http://localhost:9/keys");
    fs::write(folder.path().join("records.jsonl"), "{\"id\":\"1\"}\n").unwrap();
    let (code, said) = run(folder.path(), &["admin", "after-restore", "--records", "records.jsonl"]);
    assert_eq!(code, 1);
    assert!(
        said.contains("records.jsonl, line 1: is no record of a deletion"),
        "{said}"
    );
}
