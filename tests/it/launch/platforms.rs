//! What single platforms do in their own way: each is a whole launch.

use lti13_tool::testing::Signer;
use serde_json::json;
use url::form_urlencoded::Serializer;

use crate::world::{Browser, Container, Page, Sender, TEACHER, World};

/// The login initiation as a form.
fn login_form(world: &World) -> Vec<(String, String)> {
    let target = world.url.join("/lti/launch").unwrap();
    world.lms.platform.login_form(target.as_str(), "4711")
}

/// What the platform answers when the tool has sent the browser there.
async fn go_on(world: &World, browser: &Browser, begun: Page) -> Page {
    let address = begun.attribute("[data-launch=keep]", "href").unwrap();
    let request = world.lms.platform.receive(&address.parse().unwrap()).unwrap();
    let form = world
        .lms
        .platform
        .answer(&request, &TEACHER.claims(), crate::world::now())
        .fields;
    world.lms.post(browser, &form, Container::Frame).await
}

#[tokio::test]
async fn schoology_sends_the_audience_as_an_array() {
    let world = World::start().await;
    let own = world.lms.platform.registration().client_id;
    let claims = TEACHER.claims().with("aud", json!([own]));
    let page = world.lms.launch(&world.browser(), &claims, Container::Frame).await;
    assert!(page.has("form[data-start]"), "{}", page.text());
    // several audiences only if one of them is said to be meant
    let claims = TEACHER.claims().with("aud", json!([own, "another-tool"]));
    let page = world.lms.launch(&world.browser(), &claims, Container::Frame).await;
    assert_eq!(page.status, 401);
}

#[tokio::test]
async fn canvas_names_the_deployment_otherwise_at_login() {
    let world = World::start().await;
    let browser = world.browser();
    let mut form = login_form(&world);
    let deployment = form.iter_mut().find(|(name, _)| name == "lti_deployment_id").unwrap();
    deployment.0 = "deployment_id".to_owned();
    let sender = Sender::Platform(&world.lms.platform);
    let begun = browser.send(sender, Container::Frame, "/lti/login", &form).await;
    assert!(go_on(&world, &browser, begun).await.has("form[data-start]"));
    form.iter_mut().find(|(name, _)| name == "deployment_id").unwrap().1 = "99".to_owned();
    let begun = browser.send(sender, Container::Frame, "/lti/login", &form).await;
    let page = go_on(&world, &browser, begun).await;
    assert_eq!(page.status, 401, "and the signed token must name the same");
}

#[tokio::test]
async fn blackboard_begins_by_get() {
    let world = World::start().await;
    let browser = world.browser();
    let mut query = Serializer::new(String::new());
    query.extend_pairs(login_form(&world));
    let begun = browser.get_in_frame(&format!("/lti/login?{}", query.finish())).await;
    assert!(go_on(&world, &browser, begun).await.has("form[data-start]"));
}

#[tokio::test]
async fn d2l_publishes_its_keys_without_alg() {
    let world = World::start().await;
    let mut key = Signer::Rs256.public_jwk();
    key.as_object_mut().unwrap().remove("alg").unwrap();
    world.lms.publish(&json!([key]));
    let page = world
        .lms
        .launch(&world.browser(), &TEACHER.claims(), Container::Frame)
        .await;
    assert!(page.has("form[data-start]"), "{}", page.text());
}
