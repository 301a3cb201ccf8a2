//! Names and Roles of the LTI Advantage Conformance Certification Guide, §6.3: what the suite looks at in a tool's requests.

use lti13_tool::testing::{LaunchClaims, ServiceAnswer, ServiceRequest, SimulatedCourse};
use lti13_tool::{AccessToken, AccessTokenRequest, KeySet, Launch, NamesAndRoles, ToolKey};
use serde_json::json;

use crate::world::{NOW, World, tool_key};

fn launch(world: &World) -> Launch {
    let offer = world.lms.names_and_roles_claim("2");
    world
        .launch(&LaunchClaims::teacher("39890").with_names_and_roles(offer))
        .unwrap()
}

fn token(world: &World, launch: &Launch) -> AccessToken {
    let request = AccessTokenRequest {
        platform: &world.platform,
        deployment_id: launch.deployment_id(),
        scopes: &[NamesAndRoles::SCOPE],
    };
    let form = request.sign(tool_key(), [9; 16], NOW).unwrap();
    let keys = KeySet::parse(ToolKey::key_set([tool_key()])).unwrap();
    let answer = world.lms.token_answer(form.as_bytes(), &keys, NOW);
    request.read(answer.status, answer.body.as_bytes(), NOW).unwrap()
}

fn ask(world: &World, accept: Option<&str>, authorization: Option<&str>) -> ServiceAnswer {
    let course = SimulatedCourse::new("2", "Beratung").with("39890", ("Ada", "Beispiel"), "Instructor");
    let launch = launch(world);
    let url = launch.names_and_roles().unwrap().first_page(None, 100);
    let request = ServiceRequest {
        url: &url,
        accept,
        authorization,
    };
    world.lms.membership_answer(&course, &request, NOW)
}

#[test]
fn cert_n1_valid_instructor_launch() {
    let launch = launch(&World::new());
    assert!(launch.roles().allowed_by(&["membership#Instructor".parse().unwrap()]));
    assert_eq!(launch.names_and_roles().unwrap().context().as_str(), "2");
}

#[test]
fn cert_n2_received_request() {
    let world = World::new();
    let launch = launch(&world);
    let token = token(&world, &launch).authorization();
    let answer = ask(&world, Some(NamesAndRoles::MEDIA_TYPE), Some(&token));
    assert_eq!(answer.status, 200);
    let service = launch.names_and_roles().unwrap();
    let page = service.read(answer.body.as_bytes(), answer.link.as_deref()).unwrap();
    let ids: Vec<_> = page.members.iter().map(|member| member.id.as_str()).collect();
    assert_eq!((ids.as_slice(), page.next), (["39890"].as_slice(), None));
}

#[test]
fn cert_n3_verify_json_header() {
    let world = World::new();
    let token = token(&world, &launch(&world)).authorization();
    assert_eq!(
        NamesAndRoles::MEDIA_TYPE,
        "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
    );
    for accept in [None, Some("application/json")] {
        assert_eq!(ask(&world, accept, Some(&token)).status, 400);
    }
}

#[test]
fn cert_n4_verify_bearer_token() {
    let world = World::new();
    let token = token(&world, &launch(&world)).authorization();
    assert!(token.starts_with("Bearer "));
    let bare = token.trim_start_matches("Bearer ");
    for wrong in [None, Some(bare), Some("Bearer invented")] {
        assert_eq!(ask(&world, Some(NamesAndRoles::MEDIA_TYPE), wrong).status, 401);
    }
}

#[test]
fn cert_n5_verify_bearer_scope() {
    let world = World::new();
    let token = token(&world, &launch(&world));
    assert_eq!(
        NamesAndRoles::SCOPE,
        "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
    );
    assert!(token.allows(NamesAndRoles::SCOPE));
    let other = world.lms.sign(
        lti13_tool::testing::Signer::Rs256,
        &json!({ "scope": "https://purl.imsglobal.org/spec/lti-ags/scope/score", "exp": NOW.seconds() + 60 }),
    );
    let answer = ask(
        &world,
        Some(NamesAndRoles::MEDIA_TYPE),
        Some(&format!("Bearer {other}")),
    );
    assert_eq!(answer.status, 401);
}
