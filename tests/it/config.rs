//! A configuration is read completely, or every problem in it is named at once.

mod bigbluebutton;

use std::path::Path;

use jiff::SignedDuration;
use sprechzimmer::config::{BackendKind, Config, PasskeyPolicy};

const EXAMPLE: &str = include_str!("../../sprechzimmer.example.toml");

fn parse(text: &str) -> Config {
    match Config::parse(text, Path::new("/etc/sprechzimmer")) {
        Ok(config) => config,
        Err(problems) => panic!("{problems:?}"),
    }
}

/// The problems of the example after a change, one a line.
fn problems(changes: &[(&str, &str)]) -> String {
    let mut text = EXAMPLE.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old} stands in the example");
        text = text.replacen(old, new, 1);
    }
    let problems = Config::parse(&text, Path::new("")).expect_err("a wrong configuration");
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

fn udp_and_announced(config: &Config) -> (Vec<String>, Vec<String>) {
    let BackendKind::Embedded { udp, announce } = &config.backends[0].kind else {
        panic!("{:?}", config.backends);
    };
    (udp.iter().map(ToString::to_string).collect(), announce.clone())
}

#[test]
fn the_example_is_a_configuration() {
    let config = parse(EXAMPLE);
    assert_eq!(config.public_url.as_str(), "https://sprechzimmer.example.org/");
    assert_eq!(config.database, "sqlite:/etc/sprechzimmer/sprechzimmer.db");
    assert_eq!(config.key_file, Path::new("/etc/sprechzimmer/sprechzimmer.key"));
    assert_eq!(config.school.time_zone.iana_name(), Some("Europe/Berlin"));
    assert_eq!(config.policy.limits.absence, SignedDuration::from_mins(10));
    assert_eq!(config.policy.remember, SignedDuration::from_hours(24 * 30));
    assert_eq!(config.policy.create_roles, ["membership#Instructor".parse().unwrap()]);
    assert_eq!(config.platforms.len(), 1);
}

#[test]
fn what_the_example_shows_as_default_is_the_default() {
    let shown: String = EXAMPLE
        .lines()
        .filter(|line| !line.contains("postgres") && !line.contains("database_url_file"))
        .map(|line| {
            let setting = line.trim_start_matches("# ");
            let written = setting.starts_with('[') || setting.split(' ').nth(1) == Some("=");
            if written {
                format!("{setting}\n")
            } else {
                "\n".to_owned()
            }
        })
        .collect();
    let (default, shown) = (parse(EXAMPLE), parse(&shown));
    assert_eq!(shown.listen, default.listen);
    assert_eq!(shown.policy.limits, default.policy.limits);
    assert_eq!(shown.policy.remember, default.policy.remember);
    assert_eq!(shown.policy.passkey, default.policy.passkey);
    assert_eq!(shown.backends[0].name, default.backends[0].name);
    assert_eq!(udp_and_announced(&shown).0, udp_and_announced(&default).0);
    assert!(shown.tls.is_some() && default.tls.is_none());
}

#[test]
fn every_problem_is_named_at_once_with_line_and_key() {
    let found = problems(&[
        ("public_url = \"https://", "public_url = \"http://"),
        ("key_file =", "keyfile ="),
        ("name = \"Erika Mustermann\"\n", ""),
        ("# early = \"30 min\"", "[policy]\nearly = \"soon\""),
        ("# people = 6", "people = 40"),
        ("deployments = [\"1\"]", "deployments = []"),
    ]);
    // one line less for the name, one more for [policy]
    let expected = [
        "line 1: key_file: is missing; write for instance: key_file = \"sprechzimmer.key\"".to_owned(),
        format!(
            "line {}: public_url: must begin with https://; http:// works for localhost only",
            line("public_url =")
        ),
        format!(
            "line {}: keyfile: is not known; did you mean key_file?",
            line("key_file =")
        ),
        format!(
            "line {}: school.officer.name: is missing; write for instance: name = \"Erika Mustermann\"",
            line("[school.officer]")
        ),
        format!(
            "line {}: policy.early: is not a length of time; write for instance \"30 s\", \"10 min\" or \"2 h\"",
            line("# early =")
        ),
        format!(
            "line {}: policy.people: must lie between 2 and 6, the initiator included",
            line("# people =")
        ),
        format!(
            "line {}: platform[1].deployments: must name at least one deployment, as [\"1\"]; without it no launch could be accepted",
            line("deployments =")
        ),
    ];
    assert_eq!(found, expected.join("\n"));
}

/// Where a line of the example stands.
fn line(beginning: &str) -> usize {
    1 + EXAMPLE.lines().position(|line| line.starts_with(beginning)).unwrap()
}

#[test]
fn text_that_is_no_toml_is_named_beside_the_other_problems() {
    let found = problems(&[
        ("name = \"Gymnasium Musterstadt\"", "name = Gymnasium"),
        ("client_id = \"Ab3dEf6hIj9kLm2\"", "client_id = \"ä\""),
    ]);
    assert!(found.contains(&format!("line {}: ", line("name ="))), "{found}");
    assert!(
        found.contains("platform[1].client_id: must have 1 to 255 characters"),
        "{found}"
    );
}

#[test]
fn the_public_address_is_an_origin() {
    for (url, reason) in [
        ("https://example.org/lti", "without a path"),
        ("https://example.org/?a=b", "without a path"),
        ("https://example.org/#a", "without a path"),
        ("https://somebody:secret@example.org", "no user name"),
        ("http://example.org", "must begin with https://"),
        ("ftp://example.org", "must begin with https://"),
        ("example.org", "is not a web address"),
    ] {
        let found = problems(&[("https://sprechzimmer.example.org\"\n", &format!("{url}\"\n"))]);
        assert!(found.contains(reason) && !found.contains("secret"), "{url}: {found}");
    }
}

#[test]
fn a_passkey_is_wanted_or_offered_and_only_where_browsers_can_make_one() {
    let wanted = |host: &str, word: &str| {
        EXAMPLE.replacen("sprechzimmer.example.org", host, 1).replacen(
            "# passkey = \"offered\"",
            &format!("[policy]\npasskey = \"{word}\""),
            1,
        )
    };
    let config = parse(&wanted("schule.example", "required"));
    assert_eq!(config.policy.passkey, PasskeyPolicy::Required);
    for (host, word, reason) in [
        ("schule.example", "maybe", "must be \"offered\" or \"required\""),
        ("192.0.2.1", "required", "needs a host name in public_url"),
    ] {
        let problems = Config::parse(&wanted(host, word), Path::new("")).unwrap_err();
        let found: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].contains("policy.passkey") && found[0].contains(reason),
            "{found:?}"
        );
    }
}

#[test]
fn plain_http_is_accepted_on_this_machine_only() {
    for url in ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"] {
        let config = parse(&EXAMPLE.replacen("https://sprechzimmer.example.org", url, 1));
        assert_eq!(config.public_url.scheme(), "http");
        let (udp, announced) = udp_and_announced(&config);
        assert_eq!(udp, ["127.0.0.1:3478"]);
        assert!(announced[1].ends_with(":8080?transport=tcp"), "{announced:?}");
    }
}

#[test]
fn the_relay_is_announced_on_the_port_of_the_pages_only_where_this_process_answers_there() {
    assert_eq!(
        udp_and_announced(&parse(EXAMPLE)).1,
        ["turn:sprechzimmer.example.org:3478?transport=udp"]
    );
    let own = EXAMPLE
        .replace("# [tls]", "[tls]")
        .replace("# certificate_file", "certificate_file")
        .replace("# key_file", "key_file");
    assert_eq!(
        udp_and_announced(&parse(&own)).1,
        [
            "turn:sprechzimmer.example.org:3478?transport=udp",
            "turns:sprechzimmer.example.org:443?transport=tcp"
        ]
    );
}

#[test]
fn a_backend_that_nobody_could_reach_is_refused() {
    let found = problems(&[("# [[backend]]", "[[backend]]\nudp = []"), ("# kind", "kind")]);
    assert!(
        found.contains("backend[1]: tells browsers no way to the relay"),
        "{found}"
    );
}

#[test]
fn no_setting_switches_a_rule_off() {
    for key in [
        "waiting_room",
        "lobby",
        "consent",
        "recording",
        "moderators",
        "retention",
    ] {
        let found = problems(&[("[school]", &format!("{key} = false\n[school]"))]);
        assert!(found.contains("cannot be set or switched off"), "{key}: {found}");
    }
}

#[test]
fn a_role_outside_the_course_is_refused_with_the_reason() {
    for role in ["institution/person#Faculty", "system/person#Administrator"] {
        let found = problems(&[
            ("# [policy]", "[policy]"),
            (
                "# create_roles = [\"membership#Instructor",
                &format!("create_roles = [\"{role}"),
            ),
        ]);
        assert!(found.contains("such a role gives nothing here"), "{found}");
        assert!(found.contains("rule 4"), "{found}");
    }
    let found = problems(&[
        ("# [policy]", "[policy]"),
        ("# create_roles = [\"membership#Instructor", "create_roles = [\"teacher"),
    ]);
    assert!(found.contains("is not a role of LTI 1.3"), "{found}");
}

#[test]
fn a_platform_stands_once() {
    let platform = EXAMPLE
        .split("[[platform]]")
        .nth(1)
        .unwrap()
        .split("# The video")
        .next()
        .unwrap();
    let text = format!("{EXAMPLE}\n[[platform]]{platform}");
    let problems = Config::parse(&text, Path::new("")).expect_err("a wrong configuration");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].key, "platform[2]");
    assert!(problems[0].message.contains("stands twice"), "{}", problems[0]);
}

#[test]
fn a_missing_key_of_a_platform_hides_no_other_problem() {
    let found = problems(&[
        ("issuer = ", "# issuer = "),
        ("keys_url = \"https", "keys_url = \"http"),
    ]);
    assert!(found.contains("platform[1].issuer: is missing"), "{found}");
    assert!(
        found.contains("platform[1].keys_url: must begin with https://"),
        "{found}"
    );
}

#[test]
fn a_configuration_needs_no_platform_as_one_may_register_later() {
    let text = EXAMPLE.split("[[platform]]").next().unwrap();
    assert!(parse(text).platforms.is_empty());
}

#[test]
fn the_password_of_a_database_comes_from_a_file_and_is_never_shown() {
    let inline = problems(&[(
        "database_file = \"sprechzimmer.db\"",
        "database = \"postgres://u:geheim@h/d\"",
    )]);
    assert!(
        inline.contains("database_url_file") && !inline.contains("geheim"),
        "{inline}"
    );
    let query = problems(&[(
        "database_file = \"sprechzimmer.db\"",
        "database = \"postgres://h/d?password=geheim\"",
    )]);
    assert!(
        query.contains("database_url_file") && !query.contains("geheim"),
        "{query}"
    );
    let folder = std::env::temp_dir().join(format!("sprechzimmer-config-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("url"), "postgres://u:geheim@h/d\n").unwrap();
    let text = EXAMPLE.replacen("database_file = \"sprechzimmer.db\"", "database_url_file = \"url\"", 1);
    let config = Config::parse(&text, &folder).unwrap();
    assert_eq!(config.database, "postgres://u:geheim@h/d");
    assert!(!format!("{config:?}").contains("geheim"));
    std::fs::write(folder.join("url"), "mysql://u:geheim@h/d\n").unwrap();
    let refused = Config::parse(&text, &folder).unwrap_err();
    assert!(refused[0].message.contains("PostgreSQL") && !refused[0].message.contains("geheim"));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn there_is_one_database() {
    let found = problems(&[("# database =", "database =")]);
    assert!(found.contains("only one of"), "{found}");
    let found = problems(&[("database_file =", "# database_file =")]);
    assert!(found.contains("database_file: is missing"), "{found}");
}

#[test]
fn strange_names_of_files_keep_their_meaning() {
    let config = parse(&EXAMPLE.replacen("sprechzimmer.db", "50% ?.db", 1));
    assert_eq!(config.database, "sqlite:/etc/sprechzimmer/50%25 %3F.db");
}

#[test]
fn a_proxy_that_would_be_anybody_is_refused() {
    let config = parse(&EXAMPLE.replacen("# trusted_proxies", "trusted_proxies", 1));
    assert!(config.trusted_proxies[0].contains(&"10.42.7.7".parse::<std::net::IpAddr>().unwrap()));
    let found = problems(&[(
        "# trusted_proxies = [\"10.42.0.0/16\"]",
        "trusted_proxies = [\"0.0.0.0/0\"]",
    )]);
    assert!(found.contains("would believe everybody"), "{found}");
}

#[test]
fn the_officer_can_be_reached() {
    let found = problems(&[("email = ", "# email = "), ("telephone = ", "# telephone = ")]);
    assert!(found.contains("school.officer.email: is missing"), "{found}");
    let found = problems(&[("datenschutz@schule.example", "datenschutz")]);
    assert!(found.contains("is not an e-mail address"), "{found}");
}
