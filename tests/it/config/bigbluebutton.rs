//! What a configuration says about a BigBlueButton, and what it must not show.

use sprechzimmer::config::{BackendKind, Config};

use super::EXAMPLE;

/// The example of a BigBlueButton, with a secret beside it.
fn with_bigbluebutton(change: (&str, &str), secret: &str) -> Result<Config, String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bigbluebutton.secret"), secret).unwrap();
    let (before, example) = EXAMPLE.split_once("#   [[backend]]").unwrap();
    let text = format!(
        "{before}[[backend]]{}",
        example.replace("#   ", "").replacen(change.0, change.1, 1)
    );
    Config::parse(&text, folder.path())
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

#[test]
fn a_bigbluebutton_is_named_by_what_its_own_tool_prints() {
    let config = with_bigbluebutton(("", ""), "639259d4-9dd8-4b25-bf01\n").unwrap();
    let BackendKind::BigBlueButton(settings) = &config.backends[0].kind else {
        panic!("{:?}", config.backends);
    };
    assert_eq!(settings.url.as_str(), "https://bbb.example.org/bigbluebutton/api/");
    assert_eq!(settings.secret.expose(), "639259d4-9dd8-4b25-bf01");
    assert_eq!(
        (settings.checksum.code(), settings.allow.as_slice()),
        ("sha256", &["screenshare"][..])
    );
    assert!(settings.calls_back.is_none());
    let printed = with_bigbluebutton(("/bigbluebutton/api", "/bigbluebutton/"), "639259d4-9dd8-4b25-bf01").unwrap();
    let BackendKind::BigBlueButton(printed) = &printed.backends[0].kind else {
        panic!("{:?}", printed.backends);
    };
    assert_eq!(printed.url, settings.url);
    assert!(
        !format!("{:?}", config.backends).contains("639259d4"),
        "the secret is shown nowhere"
    );
}

#[test]
fn what_is_wrong_about_a_bigbluebutton_is_named_without_its_secret() {
    let secret = "639259d4-9dd8-4b25-bf01";
    for (change, secret, words) in [
        (
            ("https://bbb", "http://bbb"),
            secret,
            "backend[1].url: must begin with https://",
        ),
        (("/bigbluebutton/api", ""), secret, "backend[1].url: names a host alone"),
        (("sha256", "md5"), secret, "there are sha1, sha256, sha384, sha512"),
        (
            ("\"screenshare\"", "\"breakoutRooms\""),
            secret,
            "everything else stays switched off",
        ),
        (
            ("\"bigbluebutton.secret\"", "\"other.secret\""),
            secret,
            "cannot be read",
        ),
        (
            ("calls_back = false", "calls_back = \"no\""),
            secret,
            "must be true or false",
        ),
        (
            ("allow =", "record = true\nallow ="),
            secret,
            "the rules for counselling by video are built in",
        ),
        (
            ("", ""),
            "Secret: 639259d4-9dd8-4b25-bf01",
            "must hold the secret alone",
        ),
    ] {
        let problems = with_bigbluebutton(change, secret).expect_err(words);
        assert!(problems.contains(words), "{problems}");
        assert!(!problems.contains("639259d4"), "{problems}");
    }
}
