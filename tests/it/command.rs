//! The command line, run as an administrator runs it.

mod platform;
mod start;

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use axum::http::StatusCode;
use axum::http::header::{DATE, LOCATION};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use lti13_tool::testing::SimulatedPlatform;
use sprechzimmer::vault::Vault;
use tempfile::TempDir;
use url::Url;

const EXAMPLE: &str = include_str!("../../sprechzimmer.example.toml");

pub(crate) fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sprechzimmer"));
    command.current_dir(folder).args(arguments).env_remove("RUST_LOG");
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let Output { status, stdout, stderr } = program(folder, arguments).output().unwrap();
    let said = [stdout, stderr].concat();
    (status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// A folder with a key file and a configuration for a platform whose keys are at `keys_url`.
pub(crate) fn folder(keys_url: &str) -> TempDir {
    let folder = TempDir::with_prefix("sprechzimmer-").unwrap();
    assert_eq!(run(folder.path(), &["keys", "new"]).0, 0);
    let backend = "[[backend]]\nkind = \"embedded\"\nudp = []\nannounce = [\"turn:localhost:9?transport=tcp\"]\n";
    let text = EXAMPLE
        .replacen("https://sprechzimmer.example.org", "http://localhost:9", 1)
        .replacen("# listen = \"127.0.0.1:8080\"", "listen = \"127.0.0.1:0\"", 1)
        .replacen("https://moodle.example.org/mod/lti/certs.php", keys_url, 1);
    fs::write(folder.path().join("sprechzimmer.toml"), text + backend).unwrap();
    folder
}

/// A platform that answers one request for its keys in its own way.
async fn platform(answer: fn() -> Response) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = axum::Router::new().route("/keys", get(move || async move { answer() }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/keys")
}

fn key_set() -> String {
    let launch = Url::parse("http://localhost:9/lti/launch").unwrap();
    SimulatedPlatform::new("http://localhost:1", &launch).key_set_json()
}

/// `check` against a platform that answers so.
async fn check(answer: fn() -> Response) -> (i32, String) {
    let folder = folder(&platform(answer).await);
    tokio::task::spawn_blocking(move || run(folder.path(), &["check"]))
        .await
        .unwrap()
}

#[test]
fn a_new_key_file_is_for_its_owner_only_and_never_overwritten() {
    let folder = TempDir::with_prefix("sprechzimmer-").unwrap();
    let file = folder.path().join("other.key");
    assert_eq!(run(folder.path(), &["keys", "new", "--file", "other.key"]).0, 0);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(Vault::parse(&text).unwrap().newest(), 1);
    let (code, said) = run(folder.path(), &["keys", "new", "--file", "other.key"]);
    assert_eq!(code, 1);
    assert!(said.contains("File exists"), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn a_rotation_adds_a_key_and_keeps_the_older_ones() {
    let folder = TempDir::with_prefix("sprechzimmer-").unwrap();
    let file = folder.path().join("sprechzimmer.key");
    assert_eq!(
        run(folder.path(), &["keys", "new", "--rotate"]).0,
        1,
        "there is nothing to rotate"
    );
    assert_eq!(run(folder.path(), &["keys", "new"]).0, 0);
    let before = fs::read_to_string(&file).unwrap();
    let (code, said) = run(folder.path(), &["keys", "new", "--rotate"]);
    assert_eq!((code, said.contains("Key 2 was added")), (0, true), "{said}");
    let after = fs::read_to_string(&file).unwrap();
    assert!(after.starts_with(&before));
    assert_eq!(Vault::parse(&after).unwrap().newest(), 2);
    let key = after.lines().last().unwrap().split(' ').nth(1).unwrap();
    assert!(
        !before.contains(key) && !said.contains(key),
        "a fresh key, told to nobody"
    );
}

#[tokio::test]
async fn check_finds_nothing_wrong_where_nothing_is_and_changes_nothing() {
    let folder = folder(&platform(|| key_set().into_response()).await);
    let (folder, (code, said)) = tokio::task::spawn_blocking(move || {
        let outcome = run(folder.path(), &["check"]);
        (folder, outcome)
    })
    .await
    .unwrap();
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("All good"), "{said}");
    assert!(!folder.path().join("sprechzimmer.db").exists(), "check made a database");
}

#[tokio::test]
async fn check_names_what_is_wrong_with_a_platforms_keys() {
    let (code, said) = check(|| "<html>Log in first</html>".into_response()).await;
    assert_eq!((code, said.contains("not a JSON Web Key Set")), (1, true), "{said}");
    let (code, said) = check(|| "{\"keys\":[]}".into_response()).await;
    assert_eq!((code, said.contains("no key for RS256")), (1, true), "{said}");
    let (code, said) = check(|| StatusCode::NOT_FOUND.into_response()).await;
    assert_eq!((code, said.contains("status 404")), (1, true), "{said}");
    let elsewhere = || (StatusCode::FOUND, [(LOCATION, "/elsewhere")]).into_response();
    let (code, said) = check(elsewhere).await;
    assert_eq!(
        (code, said.contains("status 302")),
        (1, true),
        "a redirect is not followed: {said}"
    );
    let (code, said) = check(|| " ".repeat(2 * 1024 * 1024).into_response()).await;
    assert_eq!((code, said.contains("larger than")), (1, true), "{said}");
}

#[tokio::test]
async fn check_notices_a_clock_that_is_wrong() {
    let late = || ([(DATE, "Thu, 01 Jan 2026 00:00:00 GMT")], key_set()).into_response();
    let (code, said) = check(late).await;
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("the clock of https://moodle.example.org"), "{said}");
}

#[test]
fn check_takes_a_key_that_the_group_of_the_service_may_read_but_not_change() {
    let folder = folder("http://localhost:9/keys");
    let key = folder.path().join("sprechzimmer.key");
    let complains = |mode| {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
        let (_, said) = run(folder.path(), &["check"]);
        said.contains("can be read or changed by others")
    };
    assert!(!complains(0o600));
    assert!(!complains(0o440));
    assert!(complains(0o460));
    assert!(complains(0o604));
}

#[test]
fn check_names_every_problem_at_once() {
    let folder = folder("http://localhost:9/keys");
    let key = folder.path().join("sprechzimmer.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(
        folder.path().join("sprechzimmer.db"),
        "this is no database at all".repeat(100),
    )
    .unwrap();
    let (code, said) = run(folder.path(), &["check"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("can be read or changed by others"), "{said}");
    assert!(said.contains("the database does not answer"), "{said}");
    assert!(
        said.contains("http://localhost:9/keys: the other server does not answer"),
        "{said}"
    );
    assert!(said.contains("3 problem(s)"), "{said}");
    fs::remove_file(&key).unwrap();
    let (_, said) = run(folder.path(), &["check"]);
    assert!(said.contains("keys new"), "{said}");
}

#[test]
fn a_wrong_configuration_is_listed_by_every_command_with_exit_code_1() {
    let folder = folder("http://localhost:9/keys");
    let file = folder.path().join("sprechzimmer.toml");
    let text = fs::read_to_string(&file).unwrap();
    let text = text
        .replacen("key_file", "keyfile", 1)
        .replacen("email =", "e_mail =", 1);
    fs::write(&file, &text).unwrap();
    let line = |key: &str| 1 + text.lines().position(|line| line.starts_with(key)).unwrap();
    let wrong_names = [
        format!(
            "line {}: keyfile: is not known; did you mean key_file?",
            line("keyfile")
        ),
        format!(
            "line {}: school.officer.e_mail: is not known; did you mean email?",
            line("e_mail")
        ),
    ];
    for arguments in [&["serve"][..], &["check"], &["platform", "list"], &["admin", "records"]] {
        let (code, said) = run(folder.path(), arguments);
        assert_eq!(code, 1, "{arguments:?}");
        for problem in &wrong_names {
            assert!(said.contains(problem), "{problem}: {said}");
        }
    }
    let (code, said) = run(folder.path(), &["serve", "--config", "missing.toml"]);
    assert_eq!(
        (code, said.contains("missing.toml cannot be read")),
        (1, true),
        "{said}"
    );
    assert_eq!(run(folder.path(), &["sevre"]).0, 2, "exit code 2: not understood");
}

#[test]
fn signing_keys_are_renewed_with_an_overlap_or_at_once() {
    let folder = folder("http://localhost:9/keys");
    let kids = |said: &str| -> Vec<String> {
        let lines = said.lines().filter(|line| line.contains("sign"));
        let kids = lines.filter_map(|line| line.split_once("  "));
        kids.map(|(kid, _)| kid.to_owned()).collect()
    };
    let (code, said) = run(folder.path(), &["keys", "rotate"]);
    assert_eq!(code, 0, "{said}");
    let routine = kids(&said);
    assert_eq!(routine.len(), 2, "{said}");
    assert!(
        said.contains("signs since") && said.contains("will sign from"),
        "{said}"
    );
    let (code, said) = run(folder.path(), &["keys", "rotate", "--stolen"]);
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains(&routine[0]), "{said}");
    assert_eq!(
        (kids(&said)[0].as_str(), kids(&said).len()),
        (routine[1].as_str(), 2),
        "{said}"
    );
}

#[test]
fn a_video_system_is_tried_out_with_what_each_step_proves() {
    let folder = folder("http://localhost:9/keys");
    let (code, said) = run(folder.path(), &["backend", "test", "embedded"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("nothing of it is left (rule 6)"), "{said}");
    assert!(said.contains("keeps every rule"), "{said}");
    let (code, said) = run(folder.path(), &["backend", "test", "other"]);
    assert_eq!((code, said.contains("known are: embedded")), (1, true), "{said}");
}

#[test]
fn platforms_are_listed_with_what_to_enter_there() {
    let folder = folder("http://localhost:9/keys");
    let (code, said) = run(folder.path(), &["platform", "list"]);
    assert_eq!(code, 0);
    for part in [
        "https://moodle.example.org",
        "Ab3dEf6hIj9kLm2",
        "http://localhost:9/lti/login",
        "/lti/launch",
        "/lti/keys",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[tokio::test]
async fn serve_answers_until_it_is_told_to_stop() {
    let folder = folder("http://localhost:9/keys");
    let mut service = program(folder.path(), &["serve", "--log", "json"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(service.stderr.take().unwrap()).lines();
    let serving = lines
        .by_ref()
        .map(Result::unwrap)
        .find(|line| line.contains("serving"))
        .unwrap();
    let serving: serde_json::Value = serde_json::from_str(&serving).unwrap();
    let alive = format!("http://{}/healthz", serving["address"].as_str().unwrap());
    assert_eq!(reqwest::get(alive).await.unwrap().status(), 200);
    let told = Command::new("kill").arg(service.id().to_string()).status().unwrap();
    assert!(told.success());
    assert!(service.wait().unwrap().success());
    assert!(lines.any(|line| line.unwrap().contains("stopped")));
    let (code, said) = run(folder.path(), &["admin", "records", "--export", "json"]);
    assert_eq!((code, said.as_str()), (0, ""), "no record yet");
}
