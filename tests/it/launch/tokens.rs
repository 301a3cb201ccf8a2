//! Bad answers of a platform: each ends on a page in plain words, with one line in the log and without a visit.

use lti13_tool::testing::{LaunchClaims, Signer, claim};
use serde_json::json;

use crate::logs::lines_with;
use crate::world::{Container, Page, TEACHER, World, now};

/// Posts an answer for a fresh login and expects a refusal with this code.
async fn assert_refused(world: &World, code: &str, token: impl FnOnce(&World, &str) -> String) -> Page {
    let browser = world.browser();
    let begun = world.lms.begin(&browser, Container::Frame).await;
    let form = world.lms.answer_with(&begun, |nonce| token(world, nonce));
    let page = world.lms.post(&browser, &form, Container::Frame).await;
    assert_eq!(page.status, 401, "{code}: {}", page.text());
    let lines = lines_with(&page.reference());
    assert_eq!(lines.len(), 1, "one line: {lines:?}");
    assert!(
        lines[0].contains(code) && lines[0].contains('§'),
        "{code}: {}",
        lines[0]
    );
    assert!(!page.body.contains(TEACHER.family));
    assert!(browser.cookie("__Host-visit").is_none() && !page.has("form[data-start]"));
    page
}

fn signed(claims: LaunchClaims) -> impl FnOnce(&World, &str) -> String {
    move |world, nonce| {
        let platform = &world.lms.platform;
        platform.sign(Signer::Rs256, &platform.complete(&claims, nonce, now()))
    }
}

fn signed_by(signer: Signer) -> impl FnOnce(&World, &str) -> String {
    move |world, nonce| {
        let platform = &world.lms.platform;
        platform.sign(signer, &platform.complete(&TEACHER.claims(), nonce, now()))
    }
}

#[tokio::test]
async fn a_token_that_the_platform_did_not_sign_is_refused() {
    let world = World::start().await;
    assert_refused(&world, "signature_wrong", signed_by(Signer::ForeignRs256)).await;
    assert_refused(&world, "algorithm_refused", signed_by(Signer::Hs256WithPublicKey)).await;
    assert_refused(&world, "algorithm_refused", signed_by(Signer::Unsigned)).await;
}

#[tokio::test]
async fn a_token_with_wrong_claims_is_refused() {
    let world = World::start().await;
    let teacher = || TEACHER.claims();
    let cases = [
        ("iss_wrong", teacher().with("iss", "https://other.example")),
        ("aud_wrong", teacher().with("aud", "another-tool")),
        ("expired", teacher().with("exp", now().seconds() - 3600)),
        ("iat_future", teacher().with("iat", now().seconds() + 3600)),
        ("nonce_wrong", teacher().with("nonce", "another")),
        ("version_wrong", teacher().with(&claim("version"), "11.3")),
        ("sub_missing", teacher().with("sub", "")),
        ("roles_missing", teacher().without(&claim("roles"))),
        ("deployment_id_unknown", teacher().with(&claim("deployment_id"), "99")),
        (
            "resource_link_id_missing",
            teacher().with(&claim("resource_link"), json!({})),
        ),
        (
            "target_link_uri_foreign",
            teacher().with(&claim("target_link_uri"), "https://evil.example/"),
        ),
    ];
    for (code, claims) in cases {
        assert_refused(&world, code, signed(claims)).await;
    }
}

#[tokio::test]
async fn a_clock_that_is_wrong_by_three_minutes_is_named_to_the_administrator() {
    for (seconds, code, words) in [(180, "iat_future", "Sekunden vor"), (-180, "expired", "Sekunden nach")] {
        let world = World::start().await;
        world.lms.put_clock_forward(seconds);
        let browser = world.browser();
        let page = world.lms.launch(&browser, &TEACHER.claims(), Container::Frame).await;
        assert_eq!(page.status, 401);
        let text = page.text();
        assert!(
            text.contains("Die Uhren gehen verschieden") && text.contains(words),
            "{text}"
        );
        let line = &lines_with(&page.reference())[0];
        // the platform tells whole seconds, and a second may pass on the way
        let measured = line.split("clock_ahead=").nth(1).unwrap().split(' ').next().unwrap();
        let measured: i64 = measured.parse().unwrap();
        assert!((measured - seconds).abs() <= 5, "{line}");
        assert!(
            line.contains(code) && line.contains("Security Framework 1.0 §5.1.3"),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_token_that_comes_late_from_a_right_clock_blames_no_clock() {
    let world = World::start().await;
    let claims = TEACHER.claims().with("exp", now().seconds() - 3600);
    let page = assert_refused(&world, "expired", signed(claims)).await;
    assert!(page.text().contains("Das hat zu lange gedauert"), "{}", page.text());
}

#[tokio::test]
async fn the_administrator_reads_on_the_page_what_to_compare() {
    let world = World::start().await;
    let claims = TEACHER.claims().with(&claim("deployment_id"), "99");
    let page = assert_refused(&world, "deployment_id_unknown", signed(claims)).await;
    let text = page.text();
    for needed in [world.lms.platform.issuer(), "simulated-client", "LTI Core 1.3 §3.1.3"] {
        assert!(text.contains(needed), "{needed}: {text}");
    }
}

#[tokio::test]
async fn a_login_of_an_unknown_platform_is_refused_with_what_it_said_on_the_page_only() {
    let world = World::start().await;
    let form = [
        ("iss", "https://unknown-lms.example"),
        ("login_hint", "hint-of-a-person-8812"),
        ("target_link_uri", "https://tool.example/"),
    ];
    let page = world.browser().post("/lti/login", &form).await;
    assert_eq!(page.status, 400);
    assert!(page.text().contains("https://unknown-lms.example"));
    assert!(!page.body.contains("hint-of-a-person-8812"));
    assert!(lines_with(&page.reference())[0].contains("issuer_unknown"));
    assert!(lines_with("unknown-lms.example").is_empty());
}

#[tokio::test]
async fn what_the_platform_refuses_itself_is_explained() {
    let world = World::start().await;
    let browser = world.browser();
    let form = [("error", "login_required"), ("state", "x")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let page = world.lms.post(&browser, &form, Container::Frame).await;
    assert_eq!(page.status, 400);
    assert!(lines_with(&page.reference())[0].contains("platform_refused"));
}

#[tokio::test]
async fn who_asks_too_often_is_told_to_wait() {
    let world = World::start().await;
    let browser = world.browser();
    let mut stopped = None;
    for _ in 0..600 {
        let page = browser.get("/lti/login").await;
        if page.status == 429 {
            stopped = Some(page);
            break;
        }
    }
    assert!(stopped.is_some());
    assert_eq!(browser.get("/healthz").await.status, 200);
}
