//! What an administrator is told about a Jitsi, by the command line.

use std::fs;
use std::sync::Arc;

use jiff::Timestamp;
use sprechzimmer::app::own_keys::OwnKeys;
use sprechzimmer::store::Store;
use sprechzimmer::vault::Vault;
use tempfile::TempDir;

use super::prosody::{self, KEY, Prosody};
use crate::bigbluebutton::command::run;
use crate::world::now;

const EXAMPLE: &str = include_str!("../../../sprechzimmer.example.toml");

/// A folder with a configuration for this Jitsi, of a service that has run before.
async fn folder(prosody: &Prosody) -> TempDir {
    let folder = TempDir::with_prefix("sprechzimmer-").unwrap();
    assert_eq!(run(folder.path(), &["keys", "new"]).0, 0);
    let backend = format!(
        "[[backend]]\nkind = \"jitsi\"\nurl = \"{}\"\nmodule_key_file = \"jitsi.key\"\n",
        prosody.url("/")
    );
    let text = EXAMPLE
        .replacen("https://sprechzimmer.example.org", "http://localhost:9", 1)
        .replacen("# listen = \"127.0.0.1:8080\"", "listen = \"127.0.0.1:0\"", 1);
    fs::write(folder.path().join("sprechzimmer.toml"), text + &backend).unwrap();
    fs::write(folder.path().join("jitsi.key"), KEY).unwrap();
    let vault = Vault::parse(&fs::read_to_string(folder.path().join("sprechzimmer.key")).unwrap()).unwrap();
    let database = format!("sqlite:{}", folder.path().join("sprechzimmer.db").display());
    let store = Store::connect(&database, Arc::new(vault)).await.unwrap();
    let at = Timestamp::from_second(now().seconds()).unwrap();
    let keys = OwnKeys::default();
    keys.signing(&store, at).await.unwrap();
    prosody.accept(&keys.document(&store, at).await.unwrap());
    store.close().await;
    folder
}

#[tokio::test]
async fn a_self_test_prints_what_each_step_proves_and_check_what_is_to_be_set_there() {
    let prosody = Prosody::without_focus().await;
    let folder = folder(&prosody).await;
    let path = folder.path().to_owned();
    let said = async |arguments: &'static [&'static str]| {
        let path = path.clone();
        tokio::task::spawn_blocking(move || run(&path, arguments))
            .await
            .unwrap()
    };
    let (code, text) = said(&["backend", "test", "jitsi"]).await;
    assert_eq!(code, 0, "{text}");
    for part in [
        "(rule 3)",
        "(rules 2 and 7)",
        "nobody can switch the waiting room off",
        "keeps every rule",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let (_, text) = said(&["check"]).await;
    for part in [
        "video system jitsi keeps every rule",
        "on the server of Jitsi: the web server would write down tokens",
        "Jibri",
        "chmod 600 jitsi.key",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains(KEY));
}

#[tokio::test]
async fn a_jitsi_without_the_module_is_refused_by_the_number_of_each_rule() {
    let prosody = Prosody::with(prosody::Settings {
        module: "",
        ..prosody::Settings::default()
    })
    .await;
    let folder = folder(&prosody).await;
    let path = folder.path().to_owned();
    let run = tokio::task::spawn_blocking(move || run(&path, &["backend", "test", "jitsi"]));
    let (code, text) = run.await.unwrap();
    assert_eq!(code, 1);
    for rule in [2, 3, 4, 5, 6, 8, 9] {
        assert!(text.contains(&format!("refused  rule {rule}: ")), "{text}");
    }
}
