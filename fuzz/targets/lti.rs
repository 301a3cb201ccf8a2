//! Everything a learning platform sends: whatever it is, it is read or refused, and what is read obeys the clauses.
#![no_main]

#[path = "../../lti/tests/it/world.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod world;

use libfuzzer_sys::fuzz_target;
use lti13_tool::testing::{LaunchClaims, Signer, claim};
use lti13_tool::{KeySet, LaunchResponse, LoginRequest, NamesAndRoles, RegistrationRequest, Role};
use serde_json::{Value, json};
use std::sync::LazyLock;
use world::{NOW, World, launch_url};

static WORLD: LazyLock<World> = LazyLock::new(World::new);
static ROSTER: LazyLock<NamesAndRoles> = LazyLock::new(|| {
    let service =
        json!({ "context_memberships_url": "https://lms.example/course/2/members", "service_versions": ["2.0"] });
    let claims = LaunchClaims::teacher("3")
        .in_course("2", "Course")
        .with_names_and_roles(service);
    WORLD.launch(&claims).unwrap().names_and_roles().unwrap().clone()
});

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    match kind % 6 {
        0 => login(bytes),
        1 => launch_form(bytes),
        2 => claims(bytes),
        3 => roster(bytes),
        4 => registration(bytes),
        _ => keys(bytes),
    }
});

fn login(bytes: &[u8]) {
    let Ok(login) = LoginRequest::from_urlencoded(bytes) else {
        return;
    };
    let issuer = login.issuer().to_owned();
    if let Ok((url, pending)) = login.begin(&WORLD.platform, &launch_url(), [7; 32], NOW) {
        assert_eq!(issuer, WORLD.platform.issuer());
        assert_eq!(url.origin(), WORLD.platform.authorization_url().origin());
        assert!(!pending.state().is_empty());
    }
}

fn launch_form(bytes: &[u8]) {
    let (_, pending) = WORLD.begin();
    if let Ok(response) = LaunchResponse::from_urlencoded(bytes) {
        assert!(
            response.verify(pending, &WORLD.platform, &WORLD.keys, NOW).is_err(),
            "nobody signed this"
        );
    }
}

/// Members of a JSON object take the place of claims of a good launch, and the platform signs.
fn claims(bytes: &[u8]) {
    let Ok(Value::Object(changes)) = serde_json::from_slice(bytes) else {
        return;
    };
    let mut claims = LaunchClaims::teacher("3").in_course("2", "Course");
    for (name, value) in changes {
        let name = if name.len() > 6 && !name.contains("name") {
            claim(&name)
        } else {
            name
        };
        claims = claims.with(&name, value);
    }
    let launch = WORLD.launch_with(|nonce| WORLD.lms.sign(Signer::Es256, &WORLD.lms.complete(&claims, nonce, NOW)));
    if let Ok(launch) = launch {
        assert_eq!(launch.issuer(), WORLD.platform.issuer());
        assert!(WORLD.platform.has_deployment(launch.deployment_id()));
        if let Some(target) = launch.target_link_uri() {
            assert_eq!(target.origin(), launch_url().origin(), "a link leads out of the tool");
        }
    }
}

fn roster(bytes: &[u8]) {
    let (link, body) = bytes.split_at(bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0));
    let link = std::str::from_utf8(link).unwrap_or_default();
    if let Ok(page) = ROSTER.read(body, [link]) {
        if let Some(next) = page.next {
            assert_eq!(next.origin(), ROSTER.url().origin(), "the token leaves the platform");
        }
    }
}

fn registration(bytes: &[u8]) {
    if let Ok(request) = RegistrationRequest::from_urlencoded(bytes) {
        let _ = request.read_configuration(bytes);
    }
    let query = "openid_configuration=https%3A%2F%2Flms.example%2Fopenid";
    let request = RegistrationRequest::from_urlencoded(query).unwrap();
    if let Ok(platform) = request.read_configuration(bytes) {
        assert!(platform.issuer().starts_with("https://"));
        let _ = platform.read_answer(200, bytes);
    }
}

fn keys(bytes: &[u8]) {
    if let Ok(keys) = KeySet::parse(bytes) {
        let _ = format!("{keys:?}");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Some(role) = Role::parse(text) {
            assert_eq!(Role::parse(&role.to_string()), Some(role));
        }
    }
}
