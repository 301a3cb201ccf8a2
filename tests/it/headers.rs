//! Every answer carries the full header set, errors included; only the pages of a launch may stand in a frame.

use crate::world::{Browser, Container, PUPIL, Page, Sender, TEACHER, World};

fn assert_complete(page: &Page, what: &str) {
    let expected = [
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-robots-tag", "noindex, nofollow"),
    ];
    for (name, value) in expected {
        assert_eq!(page.header(name), value, "{what}: {name}");
    }
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; "), "{what}: {policy}");
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    assert!(page.header("permissions-policy").contains("geolocation=()"), "{what}");
    let caching = page.header("cache-control");
    assert!(
        caching == "no-store" || what.contains("static") || what.contains("keys"),
        "{what}: {caching}"
    );
}

fn ancestors(page: &Page) -> String {
    let policy = page.header("content-security-policy");
    let (_, rest) = policy.split_once("frame-ancestors ").unwrap();
    rest.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn every_answer_has_the_full_header_set_and_may_not_be_framed() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let style = teacher
        .get("/")
        .await
        .attribute("link[rel=stylesheet]", "href")
        .unwrap();
    let paths = [
        "/",
        "/?left",
        "/overview",
        "/consultations/new",
        "/i",
        "/uninvited",
        "/nowhere",
        "/healthz",
        "/readyz",
        "/start",
        "/lti/keys",
        "/static/x/nothing.css",
        "/consultations/00000000000000000000000000000000",
        "/invited/00000000000000000000000000000000",
        "/records/00000000000000000000000000000000",
        "/room/socket",
        &style,
    ];
    let stranger = world.browser();
    for path in paths {
        for browser in [&teacher, &stranger] {
            let page = browser.get(path).await;
            assert_complete(&page, path);
            assert_eq!(ancestors(&page), "'none'", "{path}");
        }
    }
    let page = stranger.post("/start", &[("handover", "x")]).await;
    assert_complete(&page, "an expired hand-over");
}

#[tokio::test]
async fn the_pages_of_a_launch_may_be_framed_by_registered_platforms_only() {
    let world = World::start().await;
    let browser = world.browser();
    let begun = world.lms.begin(&browser, Container::Frame).await;
    let (_, start) = world.launch_in_frame(PUPIL).await;
    let refused = browser
        .send(Sender::Stranger, Container::Frame, "/lti/launch", &[])
        .await;
    let unbound = world.browser();
    let form = world.lms.answer(&begun, &PUPIL.claims());
    let lost = world.lms.post(&unbound, &form, Container::Frame).await;
    for (what, page) in [
        ("login", &begun.page),
        ("start", &start),
        ("refused", &refused),
        ("lost", &lost),
    ] {
        assert_complete(page, what);
        assert_eq!(ancestors(page), world.lms.platform.issuer(), "{what}");
    }
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let (_, start) = world.launch_in_frame(PUPIL).await;
    let handover = start.form("/start").value("handover").unwrap().to_owned();
    let form = vec![
        ("handover".to_owned(), handover.clone()),
        ("language".to_owned(), "en".to_owned()),
    ];
    for path in ["/start", "/start/renew", "/leave", "/language", "/consultations", "/i"] {
        let page = teacher.send(Sender::Stranger, Container::Tab, path, &form).await;
        assert_eq!(page.status, 403, "{path}");
        assert_complete(&page, path);
    }
    assert_eq!(teacher.get("/overview").await.status, 200, "still logged in");
    let pupil: Browser = world.browser();
    let page = pupil.post("/start", &[("handover", &handover)]).await;
    assert_eq!(page.status, 200, "not used up");
}
