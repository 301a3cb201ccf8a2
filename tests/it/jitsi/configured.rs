//! A Jitsi in the configuration file: what is read, and what is wrong with it.

use std::path::Path;

use sprechzimmer::config::{BackendKind, Config};

const EXAMPLE: &str = include_str!("../../../sprechzimmer.example.toml");
const KEY: &str = "0123456789abcdef0123456789abcdef";

/// The example with this Jitsi instead of the embedded room, in a folder with this key.
fn read(settings: &str, key: &str) -> Result<Config, String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("jitsi.key"), key).unwrap();
    let text = format!("{EXAMPLE}\n[[backend]]\nkind = \"jitsi\"\n{settings}\n");
    Config::parse(&text, folder.path()).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })
}

#[test]
fn a_jitsi_needs_its_address_and_the_key_of_the_module() {
    let settings = "url = \"https://meet.example.org\"\nmodule_key_file = \"jitsi.key\"";
    let config = read(settings, &format!("{KEY}\n")).unwrap();
    let backend = &config.backends[0];
    assert_eq!(backend.name, "jitsi");
    let BackendKind::Jitsi(jitsi) = &backend.kind else {
        panic!("{backend:?}");
    };
    assert_eq!(jitsi.url.as_str(), "https://meet.example.org/");
    assert_eq!(jitsi.module_url.as_str(), "https://meet.example.org/sprechzimmer/");
    assert_eq!(jitsi.key.expose(), KEY);
    assert!(!format!("{config:?}{backend:?}").contains(KEY));
    let elsewhere = format!("{settings}\nmodule_url = \"https://prosody.example.org:5281/sprechzimmer\"");
    let config = read(&elsewhere, KEY).unwrap();
    let BackendKind::Jitsi(jitsi) = &config.backends[0].kind else {
        panic!("{:?}", config.backends);
    };
    assert_eq!(
        jitsi.module_url.as_str(),
        "https://prosody.example.org:5281/sprechzimmer/"
    );
}

#[test]
fn what_is_wrong_is_said_without_the_key() {
    let url = "url = \"https://meet.example.org\"";
    let file = "module_key_file = \"jitsi.key\"";
    let wrong = [
        (format!("{url}\n{file}"), "too-short", "at least 32 characters"),
        (
            format!("{url}\n{file}"),
            "two lines of text that are long\nenough in all",
            "one key",
        ),
        (format!("{url}\nmodule_key_file = \"none.key\""), KEY, "cannot be read"),
        (file.to_owned(), KEY, "url"),
        (url.to_owned(), KEY, "module_key_file"),
        (format!("url = \"http://meet.example.org\"\n{file}"), KEY, "https://"),
        (
            format!("url = \"https://meet.example.org/school\"\n{file}"),
            KEY,
            "without a path",
        ),
        (
            format!("url = \"https://a:b@meet.example.org\"\n{file}"),
            KEY,
            "address alone",
        ),
        (
            format!("{url}\n{file}\nmodule_url = \"http://prosody:5280\""),
            KEY,
            "https://",
        ),
        (format!("{url}\n{file}\nlobby = false"), KEY, "lobby"),
    ];
    for (settings, key, words) in wrong {
        let problems = read(&settings, key).expect_err(&settings);
        assert!(problems.contains(words), "{settings}: {problems}");
        assert!(!problems.contains(key), "{problems}");
    }
    assert!(
        Path::new("src/backend/jitsi/prosody/README.md").exists(),
        "the notes that the example names"
    );
}
