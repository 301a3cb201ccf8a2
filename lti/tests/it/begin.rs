//! The authorization request, and what binds the answer to it.

use std::time::Duration;

use lti13_tool::testing::{LaunchClaims, RefusedParameter};
use lti13_tool::{Error, LaunchResponse, LoginRequest, NonceUse, Pending, Platform};
use url::Url;

use crate::world::{LAUNCH_URL, NOW, World, launch_url};

fn begin_with(target: &str, redirect_uri: &str) -> Result<(Url, Pending), Error> {
    let world = World::new();
    let login = LoginRequest::parse(world.lms.login_form(target, "3")).unwrap();
    login.begin(&world.platform, &redirect_uri.parse().unwrap(), [7; 32], NOW)
}

#[test]
fn the_message_hint_comes_back_unaltered_whatever_it_is() {
    let world = World::new();
    for hint in [r#"{"cmid":3,"launchid":"x"}"#, "a+b c%20d&e=f#g", "ä€😀", "", "  "] {
        let mut form = world.lms.login_form(LAUNCH_URL, "3 & ü");
        form.retain(|(name, _)| name != "lti_message_hint");
        form.push(("lti_message_hint".to_owned(), hint.to_owned()));
        let login = LoginRequest::parse(form).unwrap();
        let (url, _) = login.begin(&world.platform, &launch_url(), [7; 32], NOW).unwrap();
        let request = world.lms.receive(&url).unwrap();
        assert_eq!((request.message_hint(), request.login_hint()), (Some(hint), "3 & ü"));
    }
}

#[test]
fn the_query_of_an_authorization_address_is_kept() {
    let world = World::new();
    let mut registration = world.lms.registration();
    registration.authorization_url = "https://lms.example/goto.php?target=lti&client=school".to_owned();
    let platform = Platform::new(registration).unwrap();
    let login = LoginRequest::parse(world.lms.login_form(LAUNCH_URL, "3")).unwrap();
    let (url, _) = login.begin(&platform, &launch_url(), [7; 32], NOW).unwrap();
    assert!(
        url.as_str()
            .starts_with("https://lms.example/goto.php?target=lti&client=school&response_type=id_token&")
    );
}

#[test]
fn a_target_elsewhere_is_refused() {
    for target in [
        "https://evil.example/",
        "https://tool.example.evil/",
        "https://tool.example:444/",
        "http://tool.example/",
    ] {
        assert_eq!(
            begin_with(target, LAUNCH_URL).unwrap_err(),
            Error::LoginTargetForeign,
            "{target}"
        );
    }
    assert!(begin_with("https://tool.example/elsewhere?x=1", LAUNCH_URL).is_ok());
    assert!(begin_with("https://tool.example:443/", LAUNCH_URL).is_ok());
}

#[test]
fn plain_http_is_for_this_machine_only() {
    let target = "http://tool.example/lti/launch";
    assert_eq!(begin_with(target, target).unwrap_err(), Error::RedirectInvalid);
    let with_fragment = begin_with(LAUNCH_URL, "https://tool.example/lti/launch#x");
    assert_eq!(with_fragment.unwrap_err(), Error::RedirectInvalid);
    for target in [
        "http://localhost:8080/lti/launch",
        "http://127.0.0.1/lti/launch",
        "http://[::1]:1/lti/launch",
    ] {
        assert!(begin_with(target, target).is_ok(), "{target}");
    }
}

#[test]
fn a_login_cannot_be_begun_at_another_platform_than_it_names() {
    let world = World::new();
    let begin = |platform: &Platform| {
        let login = LoginRequest::parse(world.lms.login_form(LAUNCH_URL, "3")).unwrap();
        login.begin(platform, &launch_url(), [7; 32], NOW).unwrap_err()
    };
    let lms = &world.lms;
    assert_eq!(
        begin(&lms.clone().with_client_id("other").platform()),
        Error::ClientUnknown
    );
    let elsewhere = lti13_tool::testing::SimulatedPlatform::new("https://other.example", &launch_url());
    assert_eq!(begin(&elsewhere.platform()), Error::IssuerUnknown);
}

#[test]
fn other_entropy_gives_another_state_and_nonce_and_the_same_gives_the_same() {
    let world = World::new();
    let begin = |entropy| {
        let login = LoginRequest::parse(world.lms.login_form(LAUNCH_URL, "3")).unwrap();
        let (url, _) = login.begin(&world.platform, &launch_url(), entropy, NOW).unwrap();
        let request = world.lms.receive(&url).unwrap();
        (request.state().to_owned(), request.nonce().to_owned())
    };
    let (one, two) = (begin([1; 32]), begin([2; 32]));
    assert!(one.0 != two.0 && one.1 != two.1 && one.0 != one.1);
    assert_eq!(one, begin([1; 32]));
}

#[test]
fn a_login_survives_being_kept_by_the_browser() {
    let world = World::new();
    let (request, pending) = world.begin();
    let kept: Pending = serde_json::from_str(&serde_json::to_string(&pending).unwrap()).unwrap();
    assert_eq!(kept, pending);
    let form = world
        .lms
        .answer(&request, &LaunchClaims::teacher("3"), NOW)
        .to_urlencoded();
    let response = LaunchResponse::from_urlencoded(form).unwrap();
    assert_eq!(response.state(), kept.state());
    let launch = response
        .verify(kept, &world.platform, &world.keys, NOW)
        .unwrap()
        .spend(NonceUse::First);
    assert!(launch.is_ok());
}

#[test]
fn a_login_is_good_for_ten_minutes() {
    let world = World::new();
    let answer_after = |seconds: u64| {
        let (request, pending) = world.begin();
        let then = NOW.plus(Duration::from_secs(seconds));
        let answer = world.lms.answer(&request, &LaunchClaims::teacher("3"), then);
        LaunchResponse::parse(answer.fields)
            .unwrap()
            .verify(pending, &world.platform, &world.keys, then)
            .map(drop)
    };
    assert_eq!(answer_after(599), Ok(()));
    assert_eq!(answer_after(600), Err(Error::LoginExpired));
}

#[test]
fn the_simulated_platform_refuses_a_request_with_a_parameter_changed() {
    let world = World::new();
    let (url, _) = begin_with(LAUNCH_URL, LAUNCH_URL).unwrap();
    for name in [
        "scope",
        "response_type",
        "response_mode",
        "prompt",
        "client_id",
        "redirect_uri",
        "nonce",
        "login_hint",
    ] {
        let mut changed = url.clone();
        let others: Vec<_> = url.query_pairs().filter(|(field, _)| field != name).collect();
        changed.query_pairs_mut().clear().extend_pairs(others);
        assert_eq!(world.lms.receive(&changed).unwrap_err(), RefusedParameter(name));
    }
}
