//! What an administrator is told about a BigBlueButton, by the command line.

use std::fs;
use std::path::Path;
use std::process::Command;

use sprechzimmer::demo::bigbluebutton::Habit;
use tempfile::TempDir;

use crate::world::bigbluebutton::{SECRET, Server};

const EXAMPLE: &str = include_str!("../../../sprechzimmer.example.toml");

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sprechzimmer"));
    let output = command
        .current_dir(folder)
        .args(arguments)
        .env_remove("RUST_LOG")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// A folder with a configuration for this server.
pub(crate) fn folder(server: &Server, secret: &str) -> TempDir {
    let folder = TempDir::with_prefix("sprechzimmer-").unwrap();
    assert_eq!(run(folder.path(), &["keys", "new"]).0, 0);
    let backend = format!(
        "[[backend]]\nkind = \"bigbluebutton\"\nname = \"bbb\"\nurl = \"{}\"\nsecret_file = \"bbb.secret\"\n",
        server.fake.url()
    );
    let text = EXAMPLE
        .replacen("https://sprechzimmer.example.org", "http://localhost:9", 1)
        .replacen("# listen = \"127.0.0.1:8080\"", "listen = \"127.0.0.1:0\"", 1);
    fs::write(folder.path().join("sprechzimmer.toml"), text + &backend).unwrap();
    fs::write(folder.path().join("bbb.secret"), secret).unwrap();
    folder
}

async fn said(server: &Server, secret: &str, arguments: &'static [&'static str]) -> (i32, String) {
    let folder = folder(server, secret);
    let run = tokio::task::spawn_blocking(move || run(folder.path(), arguments));
    run.await.unwrap()
}

#[tokio::test]
async fn a_self_test_prints_what_each_step_proves() {
    let server = Server::start().await;
    let (code, text) = said(&server, SECRET, &["backend", "test", "bbb"]).await;
    assert_eq!(code, 0, "{text}");
    assert_eq!(text.matches("ok       ").count(), 11, "{text}");
    for part in [
        "(rule 3)",
        "authenticatedGuest=true",
        "(rules 2 and 7)",
        "keeps every rule",
    ] {
        assert!(text.contains(part), "{text}");
    }
    server.fake.acquire(Habit::NobodyIsAGuest);
    let (code, text) = said(&server, SECRET, &["backend", "test", "bbb"]).await;
    assert_eq!(code, 1);
    assert!(
        text.contains("refused  rule 4: not shown: the moderator cannot make another one"),
        "{text}"
    );
    let (code, text) = said(&server, "another-secret", &["backend", "test", "bbb"]).await;
    assert_eq!(code, 1);
    assert!(
        text.contains("the secret is wrong") && !text.contains("another-secret"),
        "{text}"
    );
}

#[test]
fn a_demonstration_on_a_jitsi_is_refused_with_the_reason() {
    let folder = TempDir::with_prefix("sprechzimmer-").unwrap();
    let (code, text) = run(folder.path(), &["demo", "--backend", "jitsi"]);
    assert_eq!(code, 1);
    assert!(
        text.contains("belong to Jitsi Meet") && text.contains("backend test NAME"),
        "{text}"
    );
}

#[tokio::test]
async fn check_names_what_is_to_be_set_on_the_server() {
    let server = Server::start().await;
    let (_, text) = said(&server, SECRET, &["check"]).await;
    for part in [
        "video system bbb keeps every rule",
        "access_log off",
        "sessionsCleanupDelayInMinutes=1",
        "/var/bigbluebutton",
        "disableRecordingDefault=true",
        "dynamicGuestPolicy: false",
        "chmod 600 bbb.secret",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains(SECRET));
}
