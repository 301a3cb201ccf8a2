//! A launch belongs to the browser that began it (login CSRF), with and without cookies.

use super::FIRST;
use crate::world::{Container, Page, Sender, TEACHER, World};

fn is_refused_kindly(page: &Page) -> bool {
    page.status == 200 && page.has("[data-launch-failed]") && !page.has("form[data-start]")
}

fn with(form: &[(String, String)], pending: &str) -> Vec<(String, String)> {
    let pending = ("pending".to_owned(), pending.to_owned());
    form.iter().cloned().chain([pending]).collect()
}

#[tokio::test]
async fn in_a_frame_without_cookies_the_frames_own_storage_proves_the_browser() {
    let world = World::start().await;
    let browser = world.browser();
    let begun = world.lms.begin(&browser, Container::Frame).await;
    browser.drop_cookies();
    let page = world
        .lms
        .post(&browser, &world.lms.answer(&begun, &TEACHER.claims()), Container::Frame)
        .await;
    assert!(is_refused_kindly(&page), "{}", page.text());
    // what launch.js does: the value kept by the login page, under the state of this answer
    assert_eq!(
        begun.page.attribute("[data-launch]", "data-key"),
        page.attribute("[data-launch]", "data-key")
    );
    let form = page.form("/lti/launch").set("pending", &begun.pending.unwrap());
    let start = browser
        .send(Sender::Us, Container::Frame, "/lti/launch", form.fields())
        .await;
    assert_eq!(start.form("/start").send(&browser).await.path, FIRST);
}

#[tokio::test]
async fn without_cookie_and_storage_there_is_a_way_to_an_own_window_but_no_visit() {
    let world = World::start().await;
    for container in [Container::Frame, Container::Tab] {
        let browser = world.browser();
        let begun = world.lms.begin(&browser, container).await;
        browser.drop_cookies();
        let page = world
            .lms
            .post(&browser, &world.lms.answer(&begun, &TEACHER.claims()), container)
            .await;
        assert!(is_refused_kindly(&page), "{}", page.text());
        assert!(browser.cookie_names().is_empty());
        let back = page.attribute("[data-launch-failed] a", "href");
        assert_eq!(back.as_deref(), Some(world.lms.platform.issuer()));
    }
}

#[tokio::test]
async fn a_launch_begun_in_another_browser_is_refused() {
    let world = World::start().await;
    let attacker = world.browser();
    let begun = world.lms.begin(&attacker, Container::Frame).await;
    let form = world.lms.answer(&begun, &TEACHER.claims());
    let form = with(&form, &begun.pending.unwrap());
    let victim = world.browser();
    // the attacker's page posts everything the attacker has, the sealed login too
    for container in [Container::Frame, Container::Tab] {
        let page = victim.send(Sender::Stranger, container, "/lti/launch", &form).await;
        assert!(is_refused_kindly(&page), "{}", page.text());
        assert!(victim.cookie_names().is_empty());
    }
}

#[tokio::test]
async fn a_login_proves_only_its_own_answer() {
    let world = World::start().await;
    let browser = world.browser();
    let first = world.lms.begin(&browser, Container::Frame).await;
    let second = world.lms.begin(&browser, Container::Frame).await;
    browser.drop_cookies();
    let form = with(&world.lms.answer(&first, &TEACHER.claims()), &second.pending.unwrap());
    let page = browser.send(Sender::Us, Container::Frame, "/lti/launch", &form).await;
    assert!(is_refused_kindly(&page), "{}", page.text());
}

#[tokio::test]
async fn two_launches_side_by_side_do_not_disturb_each_other() {
    let world = World::start().await;
    let browser = world.browser();
    let begun = [
        world.lms.begin(&browser, Container::Tab).await,
        world.lms.begin(&browser, Container::Frame).await,
    ];
    let [tab, frame] = begun.map(|begun| world.lms.answer(&begun, &TEACHER.claims()));
    assert!(
        world
            .lms
            .post(&browser, &frame, Container::Frame)
            .await
            .has("form[data-start]")
    );
    assert_eq!(world.lms.post(&browser, &tab, Container::Tab).await.path, FIRST);
}

#[tokio::test]
async fn an_answer_cannot_be_used_twice() {
    let world = World::start().await;
    let browser = world.browser();
    let begun = world.lms.begin(&browser, Container::Frame).await;
    let form = with(&world.lms.answer(&begun, &TEACHER.claims()), &begun.pending.unwrap());
    let first = browser.send(Sender::Us, Container::Frame, "/lti/launch", &form).await;
    assert!(first.has("form[data-start]"));
    let second = browser.send(Sender::Us, Container::Frame, "/lti/launch", &form).await;
    assert_eq!(second.status, 401);
    assert!(crate::logs::lines_with(&second.reference())[0].contains("nonce_spent"));
}

#[tokio::test]
async fn the_login_cookie_is_partitioned_in_a_frame() {
    let world = World::start().await;
    let begun = world.lms.begin(&world.browser(), Container::Frame).await;
    let cookies: Vec<_> = begun.page.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies.len(), 2);
    let partitioned = cookies
        .iter()
        .filter(|cookie| cookie.to_str().unwrap().contains("Partitioned"));
    assert_eq!(partitioned.count(), 1);
}

#[tokio::test]
async fn the_platforms_storage_is_asked_at_its_own_origin_and_where_it_says() {
    let world = World::start().await;
    let browser = world.browser();
    let origin = world.lms.origin();
    let target = format!("{}lti/launch", world.url);
    let mut form = world.lms.platform.login_form(&target, "4711");
    form.push(("lti_storage_target".to_owned(), "post_message_forwarding".to_owned()));
    let sender = Sender::Platform(&world.lms.platform);
    let page = browser.send(sender, Container::Frame, "/lti/login", &form).await;
    let said = |page: &Page, name| page.attribute("[data-launch]", name);
    assert_eq!(said(&page, "data-platform").as_deref(), Some(origin.as_str()));
    assert_eq!(said(&page, "data-target").as_deref(), Some("post_message_forwarding"));
    let begun = world.lms.begin(&browser, Container::Frame).await;
    assert_eq!(said(&begun.page, "data-target"), None, "Moodle offers none");
    browser.drop_cookies();
    let form = world.lms.answer(&begun, &TEACHER.claims());
    let page = world.lms.post(&browser, &form, Container::Frame).await;
    assert_eq!(said(&page, "data-platform").as_deref(), Some(origin.as_str()));
}

#[tokio::test]
async fn the_storage_of_another_platform_proves_nothing() {
    let world = World::start().await;
    let browser = world.browser();
    let begun = world.lms.begin(&browser, Container::Frame).await;
    browser.drop_cookies();
    let mut form = with(&world.lms.answer(&begun, &TEACHER.claims()), &begun.pending.unwrap());
    form.push(("storage".to_owned(), "https://other-lms.example".to_owned()));
    let page = browser.send(Sender::Us, Container::Frame, "/lti/launch", &form).await;
    assert_eq!(page.status, 401);
    assert!(crate::logs::lines_with(&page.reference())[0].contains("state_mismatch"));
    form.last_mut().unwrap().1 = world.lms.origin();
    let page = browser.send(Sender::Us, Container::Frame, "/lti/launch", &form).await;
    assert!(page.has("form[data-start]"), "and the first try has used nothing up");
}

#[tokio::test]
async fn a_browser_is_asked_once_and_not_again_and_again() {
    let world = World::start().await;
    let browser = world.browser();
    let begun = world.lms.begin(&browser, Container::Frame).await;
    browser.drop_cookies();
    let form = world.lms.answer(&begun, &TEACHER.claims());
    let asked = world.lms.post(&browser, &form, Container::Frame).await;
    assert!(asked.has("form[data-launch=return]"));
    let page = browser
        .send(Sender::Us, Container::Frame, "/lti/launch", &with(&form, "invented"))
        .await;
    assert!(
        is_refused_kindly(&page) && !page.has("[data-launch]"),
        "{}",
        page.text()
    );
}
