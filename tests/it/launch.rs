//! The way in from a learning platform, with and without cookies, and everything that must not get in.

mod binding;
mod certification;
mod keys;
mod platforms;
mod rights;
mod tokens;

use jiff::{SignedDuration, Timestamp};
use lti13_tool::KeySet;
use sprechzimmer::private::Secret;
use sprechzimmer::store::{Arrival, Nonce, WayIn};

use crate::logs::must_stay_secret;
use crate::world::{Container, PUPIL, TEACHER, World, now};

const VISIT: &str = "__Host-visit";
/// Where a teacher arrives who was never here.
const FIRST: &str = "/passkey/new";

#[tokio::test]
async fn a_launch_in_a_new_window_begins_the_visit_at_once() {
    let world = World::start().await;
    let browser = world.browser();
    let page = world.lms.launch(&browser, &TEACHER.claims(), Container::Tab).await;
    assert_eq!(page.path, FIRST);
    assert_eq!(
        browser.cookie_names(),
        ["__Host-language", VISIT],
        "the login's cookies are used up"
    );
    assert_eq!(browser.cookie("__Host-language").as_deref(), Some("de"));
}

#[tokio::test]
async fn a_launch_in_a_frame_leads_by_one_click_into_an_own_tab() {
    let world = World::start().await;
    let (browser, start) = world.launch_in_frame(PUPIL).await;
    assert_eq!(start.status, 200);
    assert!(browser.cookie_names().is_empty(), "no cookie stays in the frame");
    assert!(!start.body.contains(PUPIL.family), "the frame shows no person");
    let page = start.form("/start").send(&browser).await;
    assert_eq!((page.path.as_str(), page.status), ("/uninvited", 200));
    assert!(browser.cookie(VISIT).is_some());
}

#[tokio::test]
async fn a_handover_works_once() {
    let world = World::start().await;
    let (browser, start) = world.launch_in_frame(TEACHER).await;
    let form = start.form("/start");
    must_stay_secret(form.value("handover").unwrap());
    assert_eq!(form.send(&browser).await.path, FIRST);
    let second = world.browser();
    let page = form.send(&second).await;
    assert_eq!(page.status, 410);
    assert!(second.cookie(VISIT).is_none());
}

#[tokio::test]
async fn a_handover_is_too_late_after_thirty_seconds() {
    let world = World::start().await;
    let secret = Secret::new([5; 32]);
    let now = Timestamp::from_second(now().seconds()).unwrap();
    let launched_at = now - SignedDuration::from_secs(31);
    let browser = world.launch(TEACHER).await;
    let visit = world.visit(&browser).await;
    let arrival = Arrival {
        nonce: Nonce {
            hash: [1; 32],
            expires_at: now,
        },
        way: WayIn::Frame(secret.hash()),
        visit: &visit,
    };
    world.store().await.keep_launch(&arrival, launched_at).await.unwrap();
    let page = world.browser().post("/start", &[("handover", &secret.expose())]).await;
    assert_eq!(page.status, 410, "{}", page.text());
}

#[tokio::test]
async fn the_start_page_renews_its_handover_and_the_old_one_is_void() {
    let world = World::start().await;
    let (browser, start) = world.launch_in_frame(TEACHER).await;
    let old = start.form("/start").value("handover").unwrap().to_owned();
    let renewed = browser.post("/start/renew", &[("handover", &old)]).await;
    assert_eq!(renewed.status, 200);
    assert_eq!(browser.post("/start", &[("handover", &old)]).await.status, 410);
    assert_eq!(browser.post("/start", &[("handover", &renewed.body)]).await.path, FIRST);
}

#[tokio::test]
async fn who_leaves_a_shared_computer_leaves_nothing() {
    let world = World::start().await;
    let browser = world.launch(TEACHER).await;
    let cookie = browser.cookie(VISIT).unwrap();
    let page = browser.post("/leave", &[]).await;
    assert_eq!((page.path.as_str(), page.status), ("/", 200));
    assert!(browser.cookie_names().is_empty());
    let hash = Secret::parse(&cookie).unwrap().hash();
    let now = Timestamp::from_second(now().seconds()).unwrap();
    assert!(
        world.store().await.visit(&hash, now).await.is_err(),
        "the cookie opens nothing any more"
    );
}

#[tokio::test]
async fn two_public_keys_are_made_once_and_published_for_a_few_minutes() {
    let world = World::start().await;
    let browser = world.browser();
    let first = browser.get("/lti/keys").await;
    assert_eq!(KeySet::parse(&first.body).unwrap().len(), 2);
    assert_eq!(first.headers["cache-control"], "public, max-age=300");
    assert_eq!(browser.get("/lti/keys").await.body, first.body);
    assert!(!first.body.contains("\"d\""), "the private half stays here");
}
