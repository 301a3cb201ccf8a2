//! What a platform asks: Moodle's request as it was recorded, settings that are refused, and where the answer may go.

use lti13_tool::testing::{LaunchClaims, SimulatedPlatform, claim};
use lti13_tool::{Error, LaunchResponse, LoginRequest, NonceUse, UnixTime};
use serde_json::{Value, json};
use url::{Host, Url};

use super::{asked, recording, request_with, settings};
use crate::world::{World, code, launch_url};

fn refusal(settings: Value) -> &'static str {
    code(World::new().launch(&LaunchClaims::teacher("3").choosing(settings)))
}

#[test]
fn moodles_request_is_read_whole() {
    let recorded = recording()["request"].clone();
    let lms = SimulatedPlatform::new("http://localhost:8100", &"http://127.0.0.1:8200/dl".parse().unwrap())
        .with_client_id("P9Eia1bTnDX6Dch");
    let world = World::of(lms);
    let login = LoginRequest::parse(world.lms.login_form("http://127.0.0.1:8200/dl", "3")).unwrap();
    let now = UnixTime::from_seconds(recorded["iat"].as_i64().unwrap());
    let (url, pending) = login
        .begin(
            &world.platform,
            &"http://127.0.0.1:8200/dl".parse().unwrap(),
            [7; 32],
            now,
        )
        .unwrap();
    let received = world.lms.receive(&url).unwrap();
    let claims = LaunchClaims::raw(recorded).with("nonce", received.nonce());
    let answer = world.lms.answer(&received, &claims, now);
    let response = LaunchResponse::parse(answer.fields).unwrap();
    let unspent = response.verify(pending, &world.platform, &world.keys, now).unwrap();
    let launch = unspent.spend(NonceUse::First).unwrap();
    assert_eq!(launch.context().unwrap().id.as_str(), "2");
    assert_eq!(launch.target_link_uri().unwrap().as_str(), "http://127.0.0.1:8200/dl");
    let request = asked(launch);
    assert!(request.accepts_links() && request.accepts_several() && !request.creates_at_once());
    assert_eq!(
        (request.targets().len(), request.title(), request.text()),
        (3, Some("Capture offen"), None)
    );
    assert_eq!(request.return_url().path(), "/mod/lti/contentitem_return.php");
    assert!(
        request.return_url().query().unwrap().contains("sesskey="),
        "it goes back as it came"
    );
}

#[test]
fn settings_that_cannot_be_answered_are_refused() {
    assert_eq!(refusal(Value::Null), "deep_linking_settings_missing");
    assert_eq!(refusal(json!("x")), "deep_linking_settings_missing");
    for types in [Value::Null, json!("ltiResourceLink")] {
        assert_eq!(
            refusal(settings(&json!({ "accept_types": types }))),
            "accept_types_missing"
        );
    }
    for url in [
        Value::Null,
        json!(""),
        json!(7),
        json!("/back"),
        json!("http://lms.example/back"),
        json!("javascript:alert(1)"),
        json!("https://name:password@lms.example/back"),
    ] {
        assert_eq!(
            refusal(settings(&json!({ "deep_link_return_url": url }))),
            "deep_link_return_url_invalid"
        );
    }
}

#[test]
fn the_answer_goes_to_the_platform_only() {
    for url in [
        "https://evil.example/back",
        "https://lms.example.evil.example/back",
        "https://sub.lms.example/back",
        "https://tool.example/back",
        "https://127.0.0.1/back",
        "https://lms.example@evil.example/back",
    ] {
        let settings = settings(&json!({ "deep_link_return_url": url }));
        let error = World::new()
            .launch(&LaunchClaims::teacher("3").choosing(settings))
            .unwrap_err();
        let expected = if url.contains('@') {
            Error::ReturnUrlInvalid
        } else {
            Error::ReturnUrlForeign
        };
        assert_eq!(error, expected, "{url}");
        assert!(error.clause().starts_with("Deep Linking 2.0 §4.4.1"));
    }
}

/// Canvas: one issuer and one login for all schools, whose pages are elsewhere.
#[test]
fn a_platform_may_have_further_hosts_if_the_tool_knows_them() {
    let school = |url: &str| settings(&json!({ "deep_link_return_url": url }));
    let further = Host::Domain("schule.instructure.example".to_owned());
    let world = World {
        platform: World::new().platform.with_hosts([further]),
        ..World::new()
    };
    assert!(request_with(&world, school("https://schule.instructure.example/courses/1/back")).is_ok());
    let other = request_with(&world, school("https://andere.instructure.example/courses/1/back"));
    assert_eq!(other.unwrap_err(), Error::ReturnUrlForeign);
    let at = |url: &str| world.platform.has_host(&url.parse::<Url>().unwrap());
    assert!(at("https://lms.example:8443/") && !at("https://evil.example/"));
    let roster = json!({
        "context_memberships_url": "https://schule.instructure.example/api/lti/courses/1/names_and_roles",
        "service_versions": ["2.0"],
    });
    let claims = LaunchClaims::teacher("3").with_names_and_roles(roster);
    assert!(world.launch(&claims).unwrap().names_and_roles().is_ok());
    assert!(World::new().launch(&claims).unwrap().names_and_roles().is_err());
}

#[test]
fn a_launch_still_needs_its_link_and_its_target() {
    let without = |name: &str| code(World::new().launch(&LaunchClaims::teacher("3").without(&claim(name))));
    assert_eq!(without("resource_link"), "resource_link_id_missing");
    assert_eq!(without("target_link_uri"), "target_link_uri_missing");
    let foreign = LaunchClaims::teacher("3")
        .choosing(settings(&json!({})))
        .with(&claim("target_link_uri"), "https://evil.example/");
    assert_eq!(code(World::new().launch(&foreign)), "target_link_uri_foreign");
}

/// A platform that is not the one of the login answers nothing.
fn other_platform() -> lti13_tool::Platform {
    SimulatedPlatform::new("https://other.example", &launch_url()).platform()
}

#[test]
fn a_host_of_one_platform_is_foreign_to_another() {
    let url: Url = "https://lms.example/back".parse().unwrap();
    assert!(World::new().platform.has_host(&url) && !other_platform().has_host(&url));
}
