//! Several video systems in the configuration file, and what `check` and `backend test` say of them.

use std::fs;

use sprechzimmer::config::Config;
use sprechzimmer::demo::bigbluebutton::Habit;
use tempfile::TempDir;

use crate::bigbluebutton::command::run;
use crate::world::bigbluebutton::{SECRET, Server};

const EXAMPLE: &str = include_str!("../../../sprechzimmer.example.toml");

fn parse(backends: &str) -> Result<Config, String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bbb.secret"), SECRET).unwrap();
    Config::parse(&format!("{EXAMPLE}\n{backends}"), folder.path()).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })
}

fn bigbluebutton(further: &str) -> String {
    format!(
        "[[backend]]\nkind = \"bigbluebutton\"\nurl = \"https://bbb.example.org/bigbluebutton/api\"\n\
         secret_file = \"bbb.secret\"\n{further}\n"
    )
}

#[test]
fn several_are_read_in_their_order() {
    let town = bigbluebutton("name = \"town\"\nlabel = \"Videoserver der Stadt\"");
    let own = bigbluebutton("name = \"own\"\nplatforms = [\"https://moodle.example.org\"]");
    let config = parse(&format!("{town}[[backend]]\nkind = \"embedded\"\n{own}")).unwrap();
    let names: Vec<&str> = config.backends.iter().map(|backend| backend.name.as_str()).collect();
    assert_eq!(names, ["town", "embedded", "own"]);
    assert_eq!(config.backends[0].label.as_deref(), Some("Videoserver der Stadt"));
    assert_eq!(config.backends[2].platforms, ["https://moodle.example.org"]);
}

#[test]
fn what_could_be_taken_for_each_other_is_refused_where_it_stands() {
    let embedded = "[[backend]]\nkind = \"embedded\"\n";
    let cases = [
        (
            format!("{embedded}{embedded}"),
            "backend[2].name: is the name of a video system above",
        ),
        (
            format!("{embedded}{embedded}name = \"other\""),
            "backend[2]: is a second embedded video system",
        ),
        (
            format!("{}{}", bigbluebutton("name = \"one\""), bigbluebutton("name = \"two\"")),
            "backend[2].label: is missing",
        ),
        (
            format!("{embedded}label = \"{}\"", "x".repeat(61)),
            "backend[1].label: may have up to 60 characters",
        ),
        (
            format!("{embedded}platforms = []"),
            "backend[1].platforms: names no learning platform",
        ),
        (
            format!("{embedded}platforms = [\"moodle\"]"),
            "backend[1].platforms: is not the issuer",
        ),
    ];
    for (text, words) in cases {
        let problems = parse(&text).expect_err(words);
        assert!(problems.contains(words), "{problems}");
    }
}

#[tokio::test]
async fn check_looks_at_every_one_and_a_self_test_at_the_one_that_is_named() {
    let server = Server::start().await;
    server.fake.acquire(Habit::NobodyIsAGuest);
    let folder = TempDir::with_prefix("sprechzimmer-").unwrap();
    let text = EXAMPLE
        .replacen("https://sprechzimmer.example.org", "http://localhost:9", 1)
        .replacen("# listen = \"127.0.0.1:8080\"", "listen = \"127.0.0.1:0\"", 1);
    let backends = format!(
        "[[backend]]\nkind = \"embedded\"\nudp = []\nplatforms = [\"https://elsewhere.example\"]\n\
         [[backend]]\nkind = \"bigbluebutton\"\nname = \"bbb\"\nurl = \"{}\"\nsecret_file = \"bbb.secret\"\n\
         platforms = [\"https://elsewhere.example\"]\n",
        server.fake.url()
    );
    fs::write(folder.path().join("sprechzimmer.toml"), text + &backends).unwrap();
    fs::write(folder.path().join("bbb.secret"), SECRET).unwrap();
    let run = async |arguments: &'static [&'static str]| {
        let path = folder.path().to_owned();
        tokio::task::spawn_blocking(move || run(&path, arguments))
            .await
            .unwrap()
    };
    run(&["keys", "new"]).await;
    let (code, said) = run(&["check"]).await;
    assert_eq!(code, 1);
    for words in [
        "ok       video system embedded keeps every rule",
        "problem  video system bbb, rule 4: not shown",
        "problem  no video system may be used by https://moodle.example.org",
        "note     video system embedded is for https://elsewhere.example, which is no registered learning platform",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let (code, said) = run(&["backend", "test", "embedded"]).await;
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("keeps every rule"), "{said}");
    let (code, said) = run(&["backend", "test", "bbb"]).await;
    assert_eq!(code, 1);
    assert!(said.contains("refused  rule 4"), "{said}");
    let (code, said) = run(&["backend", "test", "none"]).await;
    assert_eq!(code, 1);
    assert!(said.contains("known are: embedded, bbb"), "{said}");
}
