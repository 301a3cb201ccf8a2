//! A platform registers itself by a link, against a platform at the wire; whatever goes wrong, nothing is half-stored.

mod registrar;

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sprechzimmer::app::decide;
use sprechzimmer::config::Config;
use sprechzimmer::private::Secret;
use sprechzimmer::store::Store;

use crate::logs::{lines_with, must_stay_secret};
use crate::world::{Browser, Container, Page, Sender, TEACHER, World, now, until};
use registrar::{Behaviour, Registrar};

const CONNECT: &str = "/lti/register";
const TOOL: &str = "https://purl.imsglobal.org/spec/lti-tool-configuration";

fn this_moment() -> Timestamp {
    Timestamp::from_second(now().seconds()).unwrap()
}

/// No platform yet; those on this machine may register.
fn nobody(config: &mut Config) {
    config.platforms.clear();
    config.platform_networks = vec!["127.0.0.0/8".parse().unwrap()];
}

/// The database beside the service, which has started, and a browser.
async fn site(world: &World) -> (Store, Browser) {
    let browser = world.browser();
    assert_eq!(browser.get("/healthz").await.status, 200);
    (world.store().await, browser)
}

/// A registration link; answers its path.
async fn invite(store: &Store, number: u8, at: Timestamp) -> String {
    let secret = Secret::new([number; 32]);
    must_stay_secret(&secret.expose());
    store
        .invite_platform(&secret.hash(), "Moodle am Stadtgarten", &decide(at))
        .await
        .unwrap();
    format!("/lti/register/{}", secret.expose())
}

/// The administrator's browser, in the frame of the platform.
async fn open(browser: &Browser, path: &str, registrar: &Registrar) -> Page {
    browser.get(&format!("{path}?{}", registrar.parameters())).await
}

async fn connect(browser: &Browser, path: &str, registrar: &Registrar) -> Page {
    open(browser, path, registrar).await.form(CONNECT).send(browser).await
}

/// The form as somebody could send it who has the link.
async fn post(browser: &Browser, path: &str, configuration_url: &str) -> Page {
    let invitation = path.rsplit('/').next().unwrap();
    let form = [("invitation", invitation), ("openid_configuration", configuration_url)];
    browser.post(CONNECT, &form).await
}

async fn count(store: &Store) -> usize {
    store.platforms().await.unwrap().len()
}

#[tokio::test]
async fn moodle_registers_by_one_click_and_a_teacher_comes_in_at_once() {
    let world = World::with(nobody).await;
    let (store, browser) = site(&world).await;
    let registrar = Registrar::of(&world.lms.platform).await;
    must_stay_secret(Registrar::token());
    let path = invite(&store, 1, this_moment()).await;
    let asked = open(&browser, &path, &registrar).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    assert!(asked.text().contains("Moodle am Stadtgarten") && asked.text().contains("127.0.0.1"));
    let policy = asked.header("content-security-policy");
    assert!(
        policy.contains("frame-ancestors http:;"),
        "the platform is not known yet: {policy}"
    );
    assert_eq!(
        (registrar.requests().len(), count(&store).await),
        (0, 0),
        "looking changes nothing"
    );
    let done = asked.form(CONNECT).send(&browser).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(
        done.has("#after-moodle") && done.text().contains("Aktivieren"),
        "{}",
        done.text()
    );
    let request = registrar.requests().pop().unwrap();
    assert_eq!(
        request["scope"],
        "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
    );
    assert_eq!(request["jwks_uri"], world.url.join("/lti/keys").unwrap().as_str());
    assert_eq!(
        request[TOOL]["claims"],
        json!(["iss", "sub", "name", "given_name", "family_name"])
    );
    let teacher = world.launch(TEACHER).await;
    assert_eq!(teacher.get("/overview").await.status, 200);
    let again = browser.get(&path).await;
    assert_eq!(again.status, 410, "{}", again.text());
    assert!(lines_with(&again.reference())[0].contains("registration_link"));
}

#[tokio::test]
async fn whatever_goes_wrong_is_said_nothing_is_stored_and_the_link_works_on() {
    let world = World::with(nobody).await;
    let (store, browser) = site(&world).await;
    let registrar = Registrar::of(&world.lms.platform).await;
    let path = invite(&store, 2, this_moment()).await;
    let html: Behaviour = || "<html>Log in first</html>".into_response();
    let large: Behaviour = || " ".repeat(2 * 1024 * 1024).into_response();
    let moved: Behaviour = || (StatusCode::FOUND, [(header::LOCATION, "/openid-configuration")]).into_response();
    let broken: Behaviour = || StatusCode::INTERNAL_SERVER_ERROR.into_response();
    let refused: Behaviour = || (StatusCode::BAD_REQUEST, "missing_domain").into_response();
    let nothing: Behaviour = || "{}".into_response();
    let cases = [
        ("configuration_not_json", 400, Some(html), None),
        ("configuration_unavailable", 502, Some(large), None),
        ("configuration_unavailable", 502, Some(moved), None),
        ("configuration_unavailable", 502, Some(broken), None),
        ("registration_refused", 400, None, Some(refused)),
        ("registration_answer", 400, None, Some(nothing)),
        ("registration_unavailable", 502, None, Some(large)),
    ];
    for (code, status, configuration, answer) in cases {
        registrar.behave(configuration, answer);
        let page = connect(&browser, &path, &registrar).await;
        assert_eq!(page.status, status, "{code}: {}", page.text());
        let lines = lines_with(&page.reference());
        assert!(
            lines.len() == 1 && lines[0].contains(code) && lines[0].contains('§'),
            "{code}: {lines:?}"
        );
        assert!(
            page.header("content-security-policy")
                .contains("frame-ancestors http:;"),
            "seen in the frame"
        );
        assert_eq!(count(&store).await, 0, "{code}");
    }
    registrar.behave(None, None);
    registrar.change(|document| document["issuer"] = json!("https://moodle.other.example"));
    let page = connect(&browser, &path, &registrar).await;
    assert!(lines_with(&page.reference())[0].contains("issuer_elsewhere"));
    registrar.change(|document| document["issuer"] = json!(world.lms.platform.issuer()));
    assert_eq!(connect(&browser, &path, &registrar).await.status, 200);
    assert_eq!(count(&store).await, 1);
}

#[tokio::test]
async fn parameters_that_lead_elsewhere_are_refused_before_anything_is_asked() {
    let world = World::with(nobody).await;
    let (store, browser) = site(&world).await;
    let path = invite(&store, 3, this_moment()).await;
    for url in [
        "http://moodle.example/openid",
        "file:///etc/passwd",
        "https://u:p@moodle.example/",
    ] {
        let page = browser.get(&format!("{path}?openid_configuration={url}")).await;
        assert_eq!(page.status, 400, "{url}");
        assert!(lines_with(&page.reference())[0].contains("parameter_invalid"), "{url}");
        assert!(!page.body.contains(url));
        let page = post(&browser, &path, url).await;
        assert_eq!(page.status, 400, "{url}");
    }
    assert_eq!(browser.get(&format!("{path}?registration_token=x")).await.status, 400);
}

#[tokio::test]
async fn an_address_that_points_inward_is_not_asked_unless_the_configuration_allows_it() {
    let world = World::with(|config| config.platforms.clear()).await;
    let (store, browser) = site(&world).await;
    let registrar = Registrar::of(&world.lms.platform).await;
    let path = invite(&store, 4, this_moment()).await;
    let by_name = registrar.configuration_url().replace("127.0.0.1", "localhost");
    for url in [registrar.configuration_url(), by_name, "http://[::1]:1/".to_owned()] {
        let page = post(&browser, &path, &url).await;
        assert_eq!(page.status, 502, "{url}: {}", page.text());
        assert!(lines_with(&page.reference())[0].contains("address_inward"), "{url}");
        assert!(page.text().contains("platform_networks"));
    }
    assert_eq!(registrar.hits(), 0);
}

#[tokio::test]
async fn a_configuration_may_not_lead_on_to_a_machine_inside() {
    let world = World::with(nobody).await;
    let (store, browser) = site(&world).await;
    let registrar = Registrar::of(&world.lms.platform).await;
    registrar.change(|document| document["registration_endpoint"] = json!("http://[::1]:1/register"));
    let path = invite(&store, 5, this_moment()).await;
    let page = connect(&browser, &path, &registrar).await;
    assert!(
        lines_with(&page.reference())[0].contains("address_inward"),
        "{}",
        page.text()
    );
    assert_eq!(count(&store).await, 0);
}

#[tokio::test]
async fn a_platform_that_names_no_deployment_waits_for_approval() {
    let world = World::with(nobody).await;
    let (store, browser) = site(&world).await;
    let registrar = Registrar::of(&world.lms.platform).await;
    registrar.behave(
        None,
        Some(|| json!({ "client_id": "simulated-client" }).to_string().into_response()),
    );
    registrar.change(|document| {
        document["https://purl.imsglobal.org/spec/lti-platform-configuration"] =
            json!({ "product_family_code": "desire2learn" });
    });
    let path = invite(&store, 6, this_moment()).await;
    let done = connect(&browser, &path, &registrar).await;
    assert!(
        done.has("#after-brightspace") && done.text().contains("Befehl"),
        "{}",
        done.text()
    );
    let (_, page) = world.arrive(&TEACHER.claims()).await;
    assert_eq!(page.status, 401, "{}", page.text());
    let issuer = world.lms.platform.issuer();
    store
        .approve_deployment(issuer, "simulated-client", "1", &decide(this_moment()))
        .await
        .unwrap();
    until("approved", async || {
        let (_, page) = world.arrive(&TEACHER.claims()).await;
        (page.path == "/overview").then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_second_registration_of_the_same_tool_updates_it() {
    let world = World::with(nobody).await;
    let (store, browser) = site(&world).await;
    let registrar = Registrar::of(&world.lms.platform).await;
    let first = invite(&store, 7, this_moment()).await;
    registrar.change(|document| document["jwks_uri"] = json!("http://127.0.0.1:1/old"));
    assert_eq!(connect(&browser, &first, &registrar).await.status, 200);
    let second = invite(&store, 8, this_moment()).await;
    registrar.change(|document| document["jwks_uri"] = json!(format!("{}/keys", world.lms.platform.issuer())));
    assert_eq!(connect(&browser, &second, &registrar).await.status, 200);
    assert_eq!(count(&store).await, 1);
    world.launch(TEACHER).await;
}

#[tokio::test]
async fn a_platform_of_the_configuration_is_changed_there_and_nowhere_else() {
    let world = World::start().await;
    let (store, browser) = site(&world).await;
    let registrar = Registrar::of(&world.lms.platform).await;
    let path = invite(&store, 9, this_moment()).await;
    let page = connect(&browser, &path, &registrar).await;
    assert_eq!((page.status, count(&store).await), (409, 0), "{}", page.text());
}

#[tokio::test]
async fn an_expired_or_invented_link_registers_nobody() {
    let world = World::with(nobody).await;
    let (store, browser) = site(&world).await;
    let registrar = Registrar::of(&world.lms.platform).await;
    let expired = invite(&store, 10, this_moment() - SignedDuration::from_hours(24)).await;
    let invented = format!("/lti/register/{}", Secret::new([99; 32]).expose());
    for path in [expired.as_str(), &invented, "/lti/register/x"] {
        assert_eq!(browser.get(path).await.status, 410, "{path}");
        assert_eq!(open(&browser, path, &registrar).await.status, 410, "{path}");
        let page = post(&browser, path, &registrar.configuration_url()).await;
        assert_eq!(page.status, 410, "{path}");
    }
    assert_eq!((registrar.hits(), count(&store).await), (0, 0));
}

#[tokio::test]
async fn two_registrations_at_once_by_one_link_are_one() {
    let world = World::with(nobody).await;
    let (store, browser) = site(&world).await;
    let registrar = Registrar::of(&world.lms.platform).await;
    let path = invite(&store, 11, this_moment()).await;
    let form = open(&browser, &path, &registrar).await.form(CONNECT);
    let pages = futures_util::future::join_all((0..8).map(|_| form.send(&browser))).await;
    let mut statuses: Vec<u16> = pages.iter().map(|page| page.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses[0], 200, "{statuses:?}");
    assert!(
        statuses[1..].iter().all(|status| matches!(status, 409 | 410)),
        "{statuses:?}"
    );
    assert_eq!((registrar.requests().len(), count(&store).await), (1, 1));
}

#[tokio::test]
async fn a_platform_that_never_answers_holds_nobody_up_for_long() {
    let world = World::with(nobody).await;
    let (store, browser) = site(&world).await;
    let registrar = Registrar::of(&world.lms.platform).await;
    registrar.hang();
    let path = invite(&store, 12, this_moment()).await;
    let page = connect(&browser, &path, &registrar).await;
    assert_eq!(page.status, 502, "{}", page.text());
    assert!(lines_with(&page.reference())[0].contains("configuration_unavailable"));
    assert_eq!(count(&store).await, 0);
}

#[tokio::test]
async fn opened_by_hand_the_link_explains_itself_with_every_value_to_paste() {
    let world = World::with(nobody).await;
    let (store, browser) = site(&world).await;
    let path = invite(&store, 13, this_moment()).await;
    let page = browser.get(&path).await;
    let value = |id: &str| page.attribute(&format!("#{id}"), "value").unwrap();
    assert_eq!(value("link"), world.url.join(&path).unwrap().as_str());
    let answer = browser.get("/lti/configuration.json").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let configuration: Value = serde_json::from_str(&answer.body).unwrap();
    for (id, name) in [
        ("tool-url", "target_link_uri"),
        ("login-url", "oidc_initiation_url"),
        ("keys-url", "public_jwk_url"),
    ] {
        assert_eq!(value(id), configuration[name].as_str().unwrap(), "{id}");
    }
    for make in ["moodle", "ilias", "canvas", "brightspace", "other"] {
        assert!(page.has(&format!("#before-{make} li")), "{make}");
    }
    let icon = browser.get("/lti/icon.svg").await;
    assert_eq!(value("icon-url"), world.url.join("/lti/icon.svg").unwrap().as_str());
    assert_eq!(
        (icon.status, icon.header("cross-origin-resource-policy")),
        (200, "cross-origin")
    );
}

#[tokio::test]
async fn a_form_from_another_site_registers_nobody() {
    let world = World::with(nobody).await;
    let (store, browser) = site(&world).await;
    let registrar = Registrar::of(&world.lms.platform).await;
    let path = invite(&store, 14, this_moment()).await;
    let form = open(&browser, &path, &registrar).await.form(CONNECT);
    let page = browser
        .send(Sender::Stranger, Container::Frame, CONNECT, form.fields())
        .await;
    assert_eq!((page.status, count(&store).await), (403, 0));
}
