//! The way back without a passkey or without the browser is a decision of the administrator, and everybody concerned can see it.

use std::process::Command;

use super::{NEW, PROVE, impersonator, protected};
use crate::world::{AUNT, Browser, Page, TEACHER, World};

/// The number as the person reads it.
pub(crate) async fn number(browser: &Browser) -> String {
    let page = browser.post("/passkey/recovery", &[]).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.part(".digits", " ").text();
    assert_eq!(text.chars().filter(char::is_ascii_digit).count(), 9, "{text}");
    text
}

/// What the administrator types, and what is said.
pub(crate) fn administrator(world: &World, arguments: &[&str]) -> (i32, String) {
    std::fs::write(world.folder.path().join("sprechzimmer.toml"), CONFIGURATION).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sprechzimmer"));
    let output = command
        .current_dir(world.folder.path())
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap(), said)
}

const CONFIGURATION: &str = include_str!("../../../sprechzimmer.example.toml");

fn is_told(page: &Page) -> bool {
    page.has("form[action^='/passkey/acts/']")
}

#[tokio::test]
async fn the_administrator_lets_somebody_in_again_and_everybody_concerned_is_told() {
    let world = World::start().await;
    let (teacher, device) = protected(&world).await;
    let talk = world.open_with(teacher, &[AUNT]).await;
    let new = impersonator(&world).await;
    let number = number(&new).await;
    assert_eq!(
        new.get("/overview").await.path,
        PROVE,
        "the number opens nothing by itself"
    );
    let wrong = if number.starts_with('1') {
        "200 000 000"
    } else {
        "100 000 000"
    };
    let (code, said) = administrator(&world, &["passkey", "reset", wrong]);
    assert_eq!(code, 1, "{said}");
    let words: Vec<&str> = ["passkey", "reset"].into_iter().chain(number.split(' ')).collect();
    let (code, said) = administrator(&world, &words);
    assert_eq!(code, 0, "{said}");
    assert_eq!(administrator(&world, &words).0, 1, "a number is good once");

    let page = new.get("/overview").await;
    assert!(page.body.contains(&talk.id) && is_told(&page), "{}", page.text());
    assert_eq!(talk.get("").await.status, 404, "the old browser sees nothing any more");
    let old = talk.teacher.get("/overview").await;
    assert!(is_told(&old) && !old.body.contains(&talk.id), "but is told why");
    let action = page.attribute("form[action^='/passkey/acts/']", "action").unwrap();
    assert!(!is_told(&page.form(&action).send(&new).await), "read");
    assert!(is_told(&talk.teacher.get("/overview").await), "not yet read here");
    assert!(!device.is_asked(&new.get(NEW).await), "the old passkey is forgotten");

    let (code, log) = administrator(&world, &["admin", "acts"]);
    assert_eq!((code, log.lines().count()), (0, 1), "{log}");
    assert!(log.contains("passkey-reset"), "{log}");
    for name in [TEACHER.given, TEACHER.family, TEACHER.subject] {
        assert!(!log.contains(name), "{log}");
    }
    let (_, json) = administrator(&world, &["admin", "acts", "--json"]);
    let act: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(act["act"], "passkey-reset");
}

#[tokio::test]
async fn a_teacher_without_a_passkey_whose_browser_is_gone_gets_everything_back_the_same_way() {
    let world = World::start().await;
    let talk = world.sealed(&[AUNT]).await;
    let new = world.launch(TEACHER).await;
    assert!(!new.get("/overview").await.body.contains(&talk.id));
    let number = number(&new).await.replace(' ', "");
    assert_eq!(administrator(&world, &["passkey", "reset", &number]).0, 0);
    let page = new.get("/overview").await;
    assert!(page.body.contains(&talk.id) && is_told(&page), "{}", page.text());
    assert_eq!(new.get(&talk.path("")).await.status, 200);
}
