//! The launches of the certification guide at the running service: one line in the log for each, which proves it and names nobody.

use lti13_tool::testing::{LaunchClaims, Signer, claim};
use serde_json::{Value, json};

use crate::logs::lines_with;
use crate::world::{Container, Page, World, now};

const LIS: &str = "http://purl.imsglobal.org/vocab/lis/v2/";

/// The lines about launches from this platform, without those that were there before: another test may have had its port.
fn lines(world: &World, before: usize) -> Vec<String> {
    let lines = lines_with(world.lms.platform.issuer()).into_iter();
    lines
        .filter(|line| line.contains("launch accepted") || line.contains("launch refused"))
        .skip(before)
        .collect()
}

/// A launch of the guide: the teacher whom the suite sends, with what the case changes.
fn teacher() -> LaunchClaims {
    LaunchClaims::teacher("39890").with("email", "ada@schule.invalid")
}

async fn launch(world: &World, header: Option<Value>, claims: &LaunchClaims) -> Page {
    let browser = world.browser();
    let begun = world.lms.begin(&browser, Container::Frame).await;
    let form = world.lms.answer_with(&begun, |nonce| {
        let platform = &world.lms.platform;
        let header = header.unwrap_or_else(|| Signer::Rs256.header());
        platform.sign_with_header(Signer::Rs256, &header, &platform.complete(claims, nonce, now()))
    });
    world.lms.post(&browser, &form, Container::Frame).await
}

/// Proof as the guide wants it: time (which the log adds), outcome, reason.
fn assert_proves(line: &str, outcome: &str, code: &str) {
    for part in [outcome, &format!("code=\"{code}\""), "clause=", "§", "reference="] {
        assert!(line.contains(part), "{part}: {line}");
    }
    for person in ["39890", "ada@", "Ada", "Beispiel", "Introduction"] {
        assert!(!line.contains(person), "{line}");
    }
}

#[tokio::test]
async fn each_bad_payload_is_refused_with_one_line_that_says_why() {
    let world = World::start().await;
    let before = lines(&world, 0).len();
    let header = |kid: Value| Some(json!({ "alg": "RS256", "kid": kid }));
    let without = |name: &str| teacher().without(&claim(name));
    let several = without("version")
        .without(&claim("message_type"))
        .without(&claim("roles"));
    let cases = [
        (
            "kid_missing",
            Some(json!({ "badtestonly": "12345", "alg": "RS256" })),
            teacher(),
        ),
        ("kid_unknown", header(json!("imstester_66067")), teacher()),
        ("version_wrong", None, teacher().with(&claim("version"), "11.3")),
        ("version_missing", None, without("version")),
        ("not_lti", None, LaunchClaims::raw(json!({ "name": "badltilaunch" }))),
        ("claims_missing", None, several),
        ("expired", None, teacher().with("exp", 22_222).with("iat", 11_111)),
        ("message_type_missing", None, without("message_type")),
        ("roles_missing", None, without("roles")),
        ("deployment_id_missing", None, without("deployment_id")),
        (
            "resource_link_id_missing",
            None,
            teacher().with(&claim("resource_link"), json!({ "title": "Introduction" })),
        ),
        ("sub_missing", None, teacher().with("sub", "")),
    ];
    for (position, (code, header, claims)) in cases.into_iter().enumerate() {
        let page = launch(&world, header, &claims).await;
        assert_eq!(page.status, 401, "{code}");
        let lines = lines(&world, before);
        assert_eq!(lines.len(), position + 1, "{code}: {lines:?}");
        assert_proves(&lines[position], "launch refused", code);
        assert!(
            lines[position].contains(&page.reference()),
            "the page and the line belong together"
        );
    }
}

#[tokio::test]
async fn each_valid_launch_gets_in_with_one_line_that_says_so() {
    let world = World::start().await;
    let before = lines(&world, 0).len();
    let lis = |path: &str| format!("{LIS}{path}");
    let roles = |roles: &[&str]| LaunchClaims::person("39890", roles).named("Ada", "Beispiel");
    let mut cases = Vec::new();
    for (role, more) in [
        ("Instructor", ["institution/person#Staff", "institution/person#Other"]),
        ("Learner", ["institution/person#Student", "institution/person#Mentor"]),
    ] {
        let own = lis(&format!("membership#{role}"));
        let [one, other] = more.map(lis);
        let person = || LaunchClaims::person("39890", &[&own]);
        cases.extend([
            roles(&[&own]),
            roles(&[&own, &one, &other]),
            roles(&[role]),
            roles(&[&lis("unknown/unknown#Helper")]),
            roles(&[""]),
            person().with("email", "ada@schule.invalid"),
            person().named("Ada", "Beispiel"),
            person().with("locale", "en-US"),
            person().with("email", "ada@schule.invalid").without(&claim("context")),
        ]);
    }
    assert_eq!(cases.len(), 18);
    for (position, claims) in cases.iter().enumerate() {
        let page = launch(&world, None, claims).await;
        assert!(page.has("form[data-start]"), "{position}: {}", page.text());
        let lines = lines(&world, before);
        assert_eq!(lines.len(), position + 1, "{lines:?}");
        assert_proves(&lines[position], "launch accepted", "accepted");
    }
}
