//! "Known bad payloads" of the LTI Advantage Conformance Certification Guide, §6.1.1: none may get in.

use lti13_tool::Error;
use lti13_tool::testing::{LaunchClaims, claim};
use serde_json::json;

use crate::world::{World, code};

fn teacher() -> LaunchClaims {
    LaunchClaims::teacher("39890")
}

#[test]
fn cert_b01_no_kid_sent_in_jwt_header() {
    let header = json!({ "badtestonly": "12345", "alg": "RS256" });
    assert_eq!(
        code(World::new().launch_with_header(&header, &teacher())),
        "kid_missing"
    );
}

#[test]
fn cert_b02_incorrect_kid_in_jwt_header() {
    let header = json!({ "typ": "JWT", "alg": "RS256", "kid": "imstester_66067" });
    assert_eq!(
        code(World::new().launch_with_header(&header, &teacher())),
        "kid_unknown"
    );
}

#[test]
fn cert_b03_wrong_lti_version() {
    for version in ["11.3", "1.3", "1.3.00", "1.3.0 ", "LTI-1p0", ""] {
        let outcome = World::new().launch(&teacher().with(&claim("version"), version));
        assert_eq!(code(outcome), "version_wrong", "{version}");
    }
}

#[test]
fn cert_b04_no_lti_version() {
    assert_eq!(
        code(World::new().launch(&teacher().without(&claim("version")))),
        "version_missing"
    );
}

#[test]
fn cert_b05_invalid_lti_message() {
    assert_eq!(
        code(World::new().launch(&LaunchClaims::raw(json!({ "name": "badltilaunch" })))),
        "not_lti"
    );
}

#[test]
fn cert_b06_missing_lti_claims() {
    let claims = teacher()
        .without(&claim("message_type"))
        .without(&claim("version"))
        .without(&claim("roles"));
    let error = World::new().launch(&claims).unwrap_err();
    let Error::ClaimsMissing(missing) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(missing.names(), ["version", "message_type", "roles"]);
    assert_eq!(
        error.to_string(),
        "several required claims are missing: version, message_type, roles"
    );
}

#[test]
fn cert_b07_timestamps_incorrect() {
    assert_eq!(
        code(World::new().launch(&teacher().with("exp", 22_222).with("iat", 11_111))),
        "expired"
    );
}

#[test]
fn cert_b08_message_type_claim_missing() {
    assert_eq!(
        code(World::new().launch(&teacher().without(&claim("message_type")))),
        "message_type_missing"
    );
}

#[test]
fn cert_b09_role_claim_missing() {
    assert_eq!(
        code(World::new().launch(&teacher().without(&claim("roles")))),
        "roles_missing"
    );
}

#[test]
fn cert_b10_deployment_id_claim_missing() {
    let world = World::new();
    assert_eq!(
        code(world.launch(&teacher().without(&claim("deployment_id")))),
        "deployment_id_missing"
    );
    assert_eq!(
        code(world.launch(&teacher().with(&claim("deployment_id"), ""))),
        "deployment_id_missing"
    );
}

#[test]
fn cert_b11_resource_link_id_claim_missing() {
    let world = World::new();
    let without_id = teacher().with(&claim("resource_link"), json!({ "title": "Introduction" }));
    assert_eq!(code(world.launch(&without_id)), "resource_link_id_missing");
    assert_eq!(
        code(world.launch(&teacher().without(&claim("resource_link")))),
        "resource_link_id_missing"
    );
    assert_eq!(
        code(world.launch(&teacher().at_link("", "Introduction"))),
        "resource_link_id_missing"
    );
}

#[test]
fn cert_b12_user_claim_missing() {
    let world = World::new();
    assert_eq!(code(world.launch(&teacher().with("sub", ""))), "sub_missing");
    assert_eq!(code(world.launch(&teacher().without("sub"))), "sub_missing");
}

#[test]
fn every_bad_payload_is_answered_with_401_as_the_guide_demands() {
    let error = World::new().launch(&teacher().without(&claim("version"))).unwrap_err();
    assert_eq!((error.http_status(), error.clause()), (401, "LTI Core 1.3 §5.3.2"));
}
