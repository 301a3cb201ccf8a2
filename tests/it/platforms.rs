//! Learning platforms that come and go while the service runs, and deployments that wait for approval.

mod stored;

use std::path::Path;

use jiff::Timestamp;
use lti13_tool::Registration;
use sprechzimmer::app::decide;
use sprechzimmer::config::Config;
use sprechzimmer::store::{Approval, StoredPlatform};

use crate::logs::lines_with;
use crate::world::{Container, Page, Sender, TEACHER, World, now, until};

fn this_moment() -> Timestamp {
    Timestamp::from_second(now().seconds()).unwrap()
}

fn stored(registration: Registration) -> StoredPlatform {
    StoredPlatform {
        name: "Moodle am Stadtgarten".to_owned(),
        product: "moodle".to_owned(),
        registration,
    }
}

fn no_platform(config: &mut Config) {
    config.platforms.clear();
    config.platform_networks = vec!["127.0.0.0/8".parse().unwrap()];
}

async fn launch(world: &World) -> Page {
    world
        .lms
        .launch(&world.browser(), &TEACHER.claims(), Container::Tab)
        .await
}

/// A login that the service refuses at once, or not.
async fn login(world: &World) -> Page {
    let (lms, target) = (&world.lms.platform, world.url.join("/lti/launch").unwrap());
    let form = lms.login_form(target.as_str(), "3");
    let browser = world.browser();
    browser
        .send(Sender::Platform(lms), Container::Frame, "/lti/login", &form)
        .await
}

#[tokio::test]
async fn a_platform_registered_beside_the_running_service_is_known_at_its_first_launch() {
    let world = World::with(no_platform).await;
    assert!(
        world.browser().get("/").await.text().contains("/lti/login"),
        "what to enter"
    );
    let refused = login(&world).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    let store = world.store().await;
    let mut platform = stored(world.lms.platform.registration());
    platform.registration.hosts = vec!["schule.example".to_owned()];
    store
        .keep_platform(&platform, None, &decide(this_moment()))
        .await
        .unwrap();
    until("the platform is known", async || {
        (login(&world).await.status == 200).then_some(())
    })
    .await;
    world.launch(TEACHER).await;
    let (_, start) = world.launch_in_frame(TEACHER).await;
    let policy = start.header("content-security-policy");
    assert!(
        policy.contains(&format!(
            "frame-ancestors {} https://schule.example;",
            world.lms.platform.issuer()
        )),
        "its pages lie on both: {policy}"
    );
    let platform = &world.lms.platform;
    store
        .remove_platform(platform.issuer(), "simulated-client", &decide(this_moment()))
        .await
        .unwrap();
    let page = until("the platform is gone", async || {
        let page = login(&world).await;
        (page.status == 400).then_some(page)
    });
    assert!(lines_with(&page.await.reference())[0].contains("issuer_unknown"));
}

#[tokio::test]
async fn a_deployment_that_nobody_has_approved_is_refused_remembered_and_accepted_once_approved() {
    let mut world = World::start().await;
    world.lms.platform = world.lms.platform.clone().with_deployment("it's new");
    assert_eq!(login(&world).await.status, 200);
    let store = world.store().await;
    for _ in 0..2 {
        let page = launch(&world).await;
        assert_eq!(page.status, 401, "{}", page.text());
        let command = format!(
            r"sprechzimmer platform approve '{}/simulated-client' 'it'\''s new'",
            world.lms.platform.issuer()
        );
        assert!(
            page.attribute("#command", "value").unwrap() == command,
            "{}",
            page.text()
        );
        assert!(lines_with(&page.reference())[0].contains("deployment_id_unknown"));
    }
    let pending = store.deployments().await.unwrap();
    assert_eq!(pending.len(), 1, "{pending:?}");
    assert_eq!(
        (pending[0].deployment_id.as_str(), pending[0].approval),
        ("it's new", Approval::Pending)
    );
    let deployment = &pending[0];
    store
        .approve_deployment(
            &deployment.issuer,
            &deployment.client_id,
            &deployment.deployment_id,
            &decide(this_moment()),
        )
        .await
        .unwrap();
    let page = until("the deployment is accepted", async || {
        let (browser, page) = world.arrive(&TEACHER.claims()).await;
        browser.cookie("__Host-visit").is_some().then_some(page)
    });
    assert_eq!(page.await.status, 200);
}

#[tokio::test]
async fn a_login_alone_makes_nobody_remember_a_deployment() {
    let mut world = World::start().await;
    world.lms.platform = world.lms.platform.clone().with_deployment("invented");
    let page = login(&world).await;
    assert_eq!(page.status, 200, "the platform is asked, and its signed answer decides");
    assert!(world.store().await.deployments().await.unwrap().is_empty());
}

#[test]
fn the_file_names_further_hosts_of_a_platform_or_what_is_wrong_with_them() {
    let parse = |line: &str| {
        let example = include_str!("../../sprechzimmer.example.toml");
        let given = r#"# hosts = ["schule.instructure.com"]"#;
        assert!(example.contains(given));
        Config::parse(&example.replace(given, line), Path::new("/"))
    };
    let hosts =
        |config: Config| -> Vec<String> { config.platforms[0].hosts().iter().map(ToString::to_string).collect() };
    let named = hosts(parse(r#"hosts = ["schule.instructure.com"]"#).unwrap());
    assert_eq!(named, ["schule.instructure.com"]);
    assert!(hosts(parse("").unwrap()).is_empty());
    let problems = parse(r#"hosts = ["https://schule.instructure.com"]"#).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].to_string().contains("names of hosts"), "{problems:?}");
}
