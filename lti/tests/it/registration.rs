//! A platform as an administrator writes it down.

use lti13_tool::testing::{LaunchClaims, Signer, claim};
use lti13_tool::{LaunchResponse, NonceUse, Platform, Registration, RegistrationProblemKind as Kind};

use crate::world::{NOW, World, code};

fn problems(change: fn(&mut Registration)) -> Vec<(&'static str, Kind)> {
    let mut registration = World::new().lms.registration();
    change(&mut registration);
    match Platform::new(registration) {
        Ok(_) => Vec::new(),
        Err(problems) => problems
            .into_iter()
            .map(|problem| (problem.field, problem.kind))
            .collect(),
    }
}

#[test]
fn a_whole_registration_is_accepted_and_read_back() {
    let world = World::new();
    let platform = Platform::new(world.lms.registration()).unwrap();
    assert_eq!(platform, world.platform);
    assert_eq!(platform.keys_url().as_str(), "https://lms.example/keys");
    assert_eq!(platform.token_url().as_str(), "https://lms.example/token");
}

#[test]
fn every_problem_is_named_at_once() {
    let found = problems(|registration| {
        registration.issuer = "lms".to_owned();
        registration.client_id = String::new();
        registration.authorization_url = "http://lms.example/auth".to_owned();
        registration.token_url = "https://name:password@lms.example/token".to_owned();
        registration.keys_url = "https://lms.example/keys#1".to_owned();
        registration.deployments = vec![String::new()];
        registration.hosts = vec!["https://schule.example".to_owned()];
    });
    let expected = [
        ("issuer", Kind::NotUrl),
        ("client_id", Kind::NotIdentifier),
        ("authorization_url", Kind::NotHttps),
        ("token_url", Kind::Credentials),
        ("keys_url", Kind::QueryOrFragment),
        ("deployments", Kind::NotIdentifier),
        ("hosts", Kind::NotHost),
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_issuer_has_no_query() {
    assert_eq!(
        problems(|it| it.issuer.push_str("?a=b")),
        [("issuer", Kind::QueryOrFragment)]
    );
    assert_eq!(
        problems(|it| it.issuer = "file:///etc/passwd".to_owned()),
        [("issuer", Kind::NotHttps)]
    );
}

#[test]
fn an_issuer_too_long_and_an_address_with_a_name_in_it_are_named() {
    assert_eq!(
        problems(|it| it.issuer.push_str(&"/x".repeat(512))),
        [("issuer", Kind::NotUrl)]
    );
    let name = |it: &mut Registration| it.keys_url = "https://name@lms.example/".to_owned();
    assert_eq!(problems(name), [("keys_url", Kind::Credentials)]);
}

#[test]
fn an_impossible_deployment_is_named() {
    assert_eq!(
        problems(|it| it.deployments.push("\n".to_owned())),
        [("deployments", Kind::NotIdentifier)]
    );
}

#[test]
fn a_platform_without_a_deployment_accepts_no_launch_until_it_has_one() {
    let mut world = World::new();
    let registration = Registration {
        deployments: vec![],
        ..world.lms.registration()
    };
    world.platform = Platform::new(registration).unwrap();
    let launch = |world: &World| code(world.launch(&LaunchClaims::teacher("3")));
    assert_eq!(launch(&world), "deployment_id_unknown");
    world.platform = world
        .platform
        .with_deployments(["1".parse().unwrap(), "1".parse().unwrap()]);
    assert_eq!(world.platform.deployments().len(), 1);
    assert_eq!(launch(&world), "accepted");
}

#[test]
fn a_genuine_launch_tells_its_deployment_before_it_is_accepted() {
    let world = World::new();
    let (request, pending) = world.begin();
    let claims = LaunchClaims::teacher("3").with(&claim("deployment_id"), "not yet known");
    let token = world
        .lms
        .sign(Signer::Rs256, &world.lms.complete(&claims, request.nonce(), NOW));
    let response = LaunchResponse::parse(request.answered_with(token).fields).unwrap();
    let unspent = response.verify(pending, &world.platform, &world.keys, NOW).unwrap();
    assert_eq!(unspent.deployment_id(), "not yet known".parse().ok());
    assert_eq!(code(unspent.spend(NonceUse::First)), "deployment_id_unknown");
}

#[test]
fn plain_http_is_for_this_machine_only() {
    assert_eq!(problems(|it| it.keys_url = "http://localhost:8100/keys".to_owned()), []);
    assert_eq!(
        problems(|it| it.keys_url = "http://localhost.evil.example/keys".to_owned()),
        [("keys_url", Kind::NotHttps)]
    );
}

#[test]
fn a_further_host_is_a_name_and_nothing_more() {
    for wrong in [
        "",
        "*.instructure.example",
        "schule.example:8443",
        "schule.example/",
        "a b",
        "u@schule.example",
    ] {
        let mut registration = World::new().lms.registration();
        registration.hosts = vec![wrong.to_owned()];
        let found = Platform::new(registration).unwrap_err();
        assert_eq!((found[0].field, found[0].kind), ("hosts", Kind::NotHost), "{wrong}");
    }
    let registration = Registration {
        hosts: vec!["Schule.Instructure.example".to_owned()],
        ..World::new().lms.registration()
    };
    let platform = Platform::new(registration).unwrap();
    let at = |url: &str| platform.has_host(&url.parse().unwrap());
    assert!(at("https://schule.instructure.example/courses/1") && !at("https://instructure.example/"));
    assert_eq!(platform.hosts().len(), 1);
}
