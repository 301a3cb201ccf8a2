//! The way in from a learning platform, with and without cookies, and everything that must not get in.

use crate::world::{Container, PUPIL, Sender, TEACHER, World};

const VISIT: &str = "__Host-visit";

#[tokio::test]
async fn a_launch_in_a_new_window_begins_the_visit_at_once() {
    let world = World::start().await;
    let browser = world.browser();
    let page = world.lms.launch(&browser, &TEACHER.claims(), Container::Tab).await;
    assert_eq!(page.path, "/overview");
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
    assert_eq!(page.path, "/overview");
    assert!(browser.cookie(VISIT).is_some());
}
