//! Platforms by the command line, while the service runs or not.

use std::path::Path;

use super::{folder, run};

const ADD: [&str; 16] = [
    "platform",
    "add",
    "--name",
    "ILIAS",
    "--issuer",
    "https://ilias.example.org",
    "--client-id",
    "7f",
    "--authorization-url",
    "https://ilias.example.org/ltiauth.php",
    "--token-url",
    "https://ilias.example.org/ltitoken.php",
    "--keys-url",
    "https://ilias.example.org/lticerts.php",
    "--host",
    "schule.example.org",
];

fn list(folder: &Path) -> String {
    let (code, said) = run(folder, &["platform", "list"]);
    assert_eq!(code, 0, "{said}");
    said
}

#[test]
fn a_platform_is_added_approved_and_removed() {
    let folder = folder("http://localhost:9/keys");
    let folder = folder.path();
    let (code, said) = run(folder, &ADD);
    assert_eq!((code, said.contains("platform approve")), (0, true), "{said}");
    let listed = list(folder);
    assert!(
        listed.contains("https://ilias.example.org") && listed.contains("ILIAS"),
        "{listed}"
    );
    let approve = ["platform", "approve", "https://ilias.example.org/7f", "12"];
    let (code, said) = run(folder, &approve);
    assert_eq!(code, 0, "{said}");
    assert!(list(folder).contains("deployment   12"));
    assert!(list(folder).contains("host         schule.example.org"));
    // also for one of the configuration
    let (code, said) = run(folder, &["platform", "approve", "https://moodle.example.org", "2"]);
    assert_eq!(code, 0, "{said}");
    assert!(list(folder).contains("deployment   2"));
    let (code, said) = run(folder, &["platform", "remove", "https://ilias.example.org"]);
    assert_eq!(code, 0, "{said}");
    assert!(!list(folder).contains("ilias"));
    let (_, log) = run(folder, &["admin", "acts"]);
    let acts: Vec<_> = log
        .lines()
        .map(|line| line.split_whitespace().skip(2).collect())
        .collect();
    let acts: Vec<String> = acts.into_iter().map(|words: Vec<&str>| words.join(" ")).collect();
    assert_eq!(
        acts,
        [
            "platform-removed https://ilias.example.org/7f",
            "platform-approved https://moodle.example.org/Ab3dEf6hIj9kLm2 2",
            "platform-approved https://ilias.example.org/7f 12",
            "platform-added https://ilias.example.org/7f",
        ]
    );
}

#[test]
fn an_invitation_prints_a_link_that_works_once_and_stands_in_the_log() {
    let folder = folder("http://localhost:9/keys");
    let folder = folder.path();
    let (code, said) = run(folder, &["platform", "invite", "--name", " Moodle am Stadtgarten "]);
    assert_eq!(code, 0, "{said}");
    let (link, rest) = said.split_once('\n').unwrap();
    let secret = link.rsplit_once("/lti/register/").unwrap().1;
    assert!(secret.len() == 43 && rest.contains("24 hours"), "{said}");
    let (code, again) = run(folder, &["platform", "invite", "--name", "Moodle"]);
    assert!(code == 0 && !again.contains(secret), "another one every time");
    assert_eq!(run(folder, &["platform", "invite"]).0, 2, "it needs a name");
    let (_, log) = run(folder, &["admin", "acts", "--json"]);
    assert_eq!(log.matches("\"act\":\"platform-invited\"").count(), 2, "{log}");
    assert!(!log.contains("Stadtgarten") && !log.contains(secret), "{log}");
}

#[test]
fn what_cannot_be_a_platform_is_named_in_words_and_nothing_is_kept() {
    let folder = folder("http://localhost:9/keys");
    let wrong = ADD.map(|word| match word {
        "https://ilias.example.org/lticerts.php" => "http://ilias.example.org/lticerts.php",
        "7f" => "",
        "schule.example.org" => "https://schule.example.org",
        word => word,
    });
    let (code, said) = run(folder.path(), &wrong);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("--keys-url must begin with https://"), "{said}");
    assert!(said.contains("--client-id must have 1 to 255 characters"), "{said}");
    assert!(said.contains("--host must be names of hosts"), "{said}");
    assert!(!list(folder.path()).contains("ilias"));
    let configured = ADD.map(|word| match word {
        "https://ilias.example.org" => "https://moodle.example.org",
        "7f" => "Ab3dEf6hIj9kLm2",
        word => word,
    });
    let (code, said) = run(folder.path(), &configured);
    assert_eq!(
        (code, said.contains("stands in the configuration")),
        (1, true),
        "{said}"
    );
    for arguments in [
        &["platform", "approve", "https://nowhere.example", "1"][..],
        &["platform", "approve", "https://moodle.example.org", "ä"],
        &["platform", "remove", "https://moodle.example.org"],
        &["platform", "remove", "https://moodle.example.orgAb3dEf6hIj9kLm2"],
    ] {
        assert_eq!(run(folder.path(), arguments).0, 1, "{arguments:?}");
    }
}
