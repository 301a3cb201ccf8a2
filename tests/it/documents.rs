//! The documents for the school say what the program does: their tables are written from it, and a table that has drifted is named.
//!
//! `SPRECHZIMMER_WRITE_DOCUMENTS=1 cargo test --test it documents::` writes them anew.

mod tables;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use sprechzimmer::app::own_keys::SIGNS;
use sprechzimmer::config::{self, Config};
use sprechzimmer::store::periods::PERIODS;

use crate::databases::sqlite;
use tables::End::{After, Remember, When};
use tables::TABLES;

const EXAMPLE: &str = include_str!("../../sprechzimmer.example.toml");

/// What the school decides, and where the value of the program comes from.
fn policy() -> Vec<(&'static str, &'static str, String)> {
    let Config { policy, .. } = Config::parse(EXAMPLE, Path::new("")).unwrap();
    let roles = "membership#Instructor";
    assert_eq!(policy.create_roles, [roles.parse().unwrap()]);
    vec![
        (
            "create_roles",
            "Rollen im Kurs, die eine Beratung beginnen dürfen",
            format!("`{roles}`"),
        ),
        (
            "early",
            "so lange vor dem geplanten Beginn darf man warten",
            german(policy.limits.early),
        ),
        (
            "grace",
            "so lange nach dem geplanten Ende endet ein offenes Gespräch",
            german(policy.limits.grace),
        ),
        (
            "empty",
            "so lange nachdem die letzte Person gegangen ist",
            german(policy.limits.empty),
        ),
        (
            "absence",
            "so lange nachdem die beratende Lehrkraft zuletzt gesehen wurde",
            german(policy.limits.absence),
        ),
        (
            "people",
            "Personen in einem Raum, die Lehrkraft eingeschlossen",
            policy.limits.people.to_string(),
        ),
        (
            "remember",
            "so lange werden Personen, die gestartet sind, in ihrem Kurs zum Auswählen angeboten",
            german(policy.remember),
        ),
        (
            "passkey",
            "ob beratende Lehrkräfte einen Passkey brauchen (`offered`: angeboten, `required`: verlangt)",
            format!("{:?}", policy.passkey).to_lowercase(),
        ),
    ]
}

fn german(length: SignedDuration) -> String {
    let (seconds, minute, hour, day) = (length.as_secs(), 60, 3600, 86_400);
    let (number, unit) = match seconds {
        _ if seconds % day == 0 && seconds > day => (seconds / day, "Tage"),
        _ if seconds % hour == 0 => (seconds / hour, "Stunden"),
        _ if seconds % minute == 0 && seconds > minute => (seconds / minute, "Minuten"),
        _ => (seconds, "Sekunden"),
    };
    format!("{number} {unit}")
}

fn period(code: &str) -> String {
    let found = PERIODS.iter().find(|(name, _)| *name == code);
    german(found.unwrap_or_else(|| panic!("no period of the name {code}")).1)
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The part of a document between its marks is this, or is written.
fn holds(document: &str, part: &str, wanted: &str) {
    let path = file(document);
    let text = fs::read_to_string(&path).unwrap();
    let begin = format!("<!-- {part}: generated, see tests/it/documents.rs -->\n");
    let (before, rest) = text
        .split_once(&begin)
        .unwrap_or_else(|| panic!("{document} has no mark {part}"));
    let (found, after) = rest.split_once("<!-- end -->").unwrap();
    if std::env::var_os("SPRECHZIMMER_WRITE_DOCUMENTS").is_some() {
        fs::write(&path, format!("{before}{begin}{wanted}<!-- end -->{after}")).unwrap();
        return;
    }
    assert_eq!(
        found, wanted,
        "{document}, {part}: write it anew as the head of tests/it/documents.rs says"
    );
}

#[test]
fn the_periods_in_the_data_protection_file_are_those_of_the_program() {
    let mut table = String::from("| Daten | Form | Frist | Tabelle |\n|---|---|---|---|\n");
    for (name, what, form, end) in &TABLES {
        let until = match end {
            After(code, "") => period(code),
            After(code, sooner) => format!("{}, {sooner}", period(code)),
            Remember => "`remember` (siehe Abschnitt 6), nach dem letzten Start".to_owned(),
            When("SIGNS") => format!(
                "{} als Unterschrift, danach noch einen Tag veröffentlicht",
                german(SIGNS)
            ),
            When(text) => (*text).to_owned(),
        };
        writeln!(table, "| {what} | {form} | {until} | `{name}` |").unwrap();
    }
    holds("docs/datenschutz.md", "periods", &table);
}

#[test]
fn the_settings_in_the_data_protection_file_are_those_of_the_program() {
    let mut table = String::from("| `[policy]` | legt fest | ohne Angabe |\n|---|---|---|\n");
    let rows = policy();
    for (key, meaning, default) in &rows {
        writeln!(table, "| `{key}` | {meaning} | {default} |").unwrap();
    }
    holds("docs/datenschutz.md", "policy", &table);
    let told: BTreeSet<String> = rows.iter().map(|(key, ..)| format!("policy.{key}")).collect();
    let known = config::keys(&format!("{EXAMPLE}\n[policy]\n"), Path::new(""));
    let known: BTreeSet<String> = known.into_iter().filter(|key| key.starts_with("policy.")).collect();
    assert_eq!(told, known, "a setting of [policy] is missing in tests/it/documents.rs");
}

/// Whoever adds a table says in `TABLES` what it holds of people, and for how long.
#[tokio::test]
async fn every_table_of_the_database_stands_in_the_data_protection_file() {
    let database = sqlite();
    database.store().await.close().await;
    let tables = database
        .texts("select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name <> '_sqlx_migrations'")
        .await;
    let tables: BTreeSet<String> = tables.into_iter().collect();
    let told: BTreeSet<String> = TABLES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(told, tables, "tables and TABLES of tests/it/documents.rs differ");
}

#[test]
fn every_setting_stands_in_the_example_and_in_the_readme() {
    let readme = fs::read_to_string(file("README.md")).unwrap();
    let section = readme.split("\n## Configuration").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let others =
        ["bigbluebutton", "jitsi"].map(|kind| format!("{EXAMPLE}\n[policy]\n[[backend]]\nkind = \"{kind}\"\n"));
    let embedded = format!("{EXAMPLE}\n[policy]\n[tls]\n[[backend]]\nkind = \"embedded\"\n");
    let keys: BTreeSet<String> = others
        .iter()
        .chain([&embedded])
        .flat_map(|text| config::keys(text, Path::new("")))
        .collect();
    assert!(keys.len() > 30 && keys.contains("school.officer.email"), "{keys:?}");
    for key in keys {
        let name = key.rsplit('.').next().unwrap();
        let named = ["`", "]"].iter().any(|end| section.contains(&format!("{name}{end}")));
        assert!(named, "{key} is missing in the README");
        let shown = |line: &str| {
            let line = line.trim_start_matches(['#', ' ', '[']);
            line.strip_prefix(name)
                .is_some_and(|rest| rest.trim_start().starts_with(['=', ']']))
                || line.ends_with(&format!(".{name}]"))
        };
        assert!(
            EXAMPLE.lines().any(shown),
            "{key} is missing in sprechzimmer.example.toml"
        );
    }
}

#[test]
fn everybody_builds_with_the_same_toolchain() {
    let read = |name: &str| fs::read_to_string(file(name)).unwrap();
    let toolchain = read("rust-toolchain.toml");
    let number = toolchain.split('"').nth(1).unwrap();
    let (short, _) = number.rsplit_once('.').unwrap();
    assert!(number.split('.').count() == 3, "a number, not a channel: {number}");
    assert!(read("Cargo.toml").contains(&format!("rust-version = \"{short}\"")));
    assert!(read("Dockerfile").contains(&format!("FROM rust:{short}-")));
}

/// Commands in the documents are commands of the program.
#[test]
fn every_command_that_a_document_names_is_one() {
    for document in [
        "README.md",
        "SECURITY.md",
        "docs/installation.md",
        "docs/sicherung.md",
        "docs/ueberwachung.md",
        "docs/datenschutz.md",
    ] {
        let text = fs::read_to_string(file(document)).unwrap();
        for command in text.split("sprechzimmer admin ").skip(1) {
            let word: String = command
                .chars()
                .take_while(|letter| letter.is_ascii_lowercase() || *letter == '-')
                .collect();
            let known = ["pending", "records", "acts", "after-restore"].contains(&word.as_str()) || word.is_empty();
            assert!(known, "{document}: sprechzimmer admin {word}");
        }
    }
}
