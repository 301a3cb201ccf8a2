//! Deep Linking of the LTI Advantage Conformance Certification Guide, §6.2: the request that the suite sends, and what it looks at in
//! the answer.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lti13_tool::testing::{LaunchClaims, Placement, claim};
use lti13_tool::{DeepLinkingForm, DeepLinkingRequest, KeySet, LinkItem, ToolKey};
use serde_json::{Value, json};

use crate::deep_linking::asked;
use crate::world::{LAUNCH_URL, NOW, World, tool_key};

/// As the suite sends it: no `resource_link`, no `target_link_uri`, media types in one string.
fn request_of(world: &World) -> DeepLinkingRequest {
    let settings = json!({
        "accept_types": ["link", "file", "html", "ltiResourceLink", "image"],
        "accept_media_types": "image/*,text/html",
        "accept_presentation_document_targets": ["iframe", "window", "embed"],
        "accept_multiple": true,
        "auto_create": true,
        "title": "This is the default title",
        "text": "This is the default text",
        "data": "909708",
        "deep_link_return_url": "https://lms.example/deeplinkresponse",
    });
    let claims = LaunchClaims::teacher("39890")
        .choosing(settings)
        .without(&claim("target_link_uri"));
    let launch = world.launch(&claims).unwrap();
    assert_eq!(launch.target_link_uri(), None);
    asked(launch)
}

fn link() -> LinkItem {
    LinkItem::new(LAUNCH_URL.parse().unwrap()).titled("Sprechstunde")
}

fn form_of(world: &World) -> DeepLinkingForm {
    let response = request_of(world).answer(vec![link()]).unwrap();
    response.sign(tool_key(), [5; 16], NOW).unwrap()
}

fn keys() -> KeySet {
    KeySet::parse(ToolKey::key_set([tool_key()])).unwrap()
}

fn placement() -> Placement {
    let world = World::new();
    world.lms.place(&form_of(&world).jwt, &keys(), NOW).unwrap()
}

#[test]
fn cert_d1_send_the_request_payload() {
    let request = request_of(&World::new());
    assert!(request.accepts_links() && request.accepts_several() && request.creates_at_once());
    assert_eq!(request.accept_media_types(), ["image/*", "text/html"]);
    assert_eq!(request.targets().len(), 2, "what is not known is left out");
    assert_eq!(request.title(), Some("This is the default title"));
    assert_eq!(request.text(), Some("This is the default text"));
}

#[test]
fn cert_d2_receive_the_response_payload() {
    let form = form_of(&World::new());
    assert_eq!(form.action.as_str(), "https://lms.example/deeplinkresponse");
    assert_eq!(DeepLinkingForm::FIELD, "JWT");
    assert_eq!(form.jwt.split('.').count(), 3);
}

#[test]
fn cert_d3_response_format_valid() {
    let claims = placement().claims;
    assert_eq!(claims[claim("message_type")], "LtiDeepLinkingResponse");
    assert_eq!(claims[claim("version")], "1.3.0");
}

#[test]
fn cert_d4_response_timestamps_valid() {
    let claims = placement().claims;
    let (issued, expires) = (claims["iat"].as_i64().unwrap(), claims["exp"].as_i64().unwrap());
    assert!((0..=60).contains(&(NOW.seconds() - issued)));
    assert!(expires > NOW.seconds() && expires - issued <= 300);
}

#[test]
fn cert_d5_signature_valid() {
    let world = World::new();
    let form = form_of(&world);
    let header = URL_SAFE_NO_PAD.decode(form.jwt.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!(header["alg"], "RS256");
    assert!(keys().contains(header["kid"].as_str().unwrap()));
    let another = ToolKey::from_pem(&ToolKey::generate_pem().unwrap()).unwrap();
    let foreign = KeySet::parse(ToolKey::key_set([&another])).unwrap();
    assert_eq!(world.lms.place(&form.jwt, &foreign, NOW).unwrap_err().0, "signature");
}

#[test]
fn cert_d6_required_claims_verified() {
    let placement = placement();
    let claims = &placement.claims;
    assert_eq!(
        (&claims["iss"], &claims["aud"]),
        (&json!("simulated-client"), &json!("https://lms.example"))
    );
    assert_eq!(claims[claim("deployment_id")], "1");
    assert!(claims["nonce"].as_str().is_some_and(|nonce| nonce.len() == 22));
    assert_eq!(placement.data, Some(json!("909708")));
}

#[test]
fn cert_d7_affirm_response() {
    let placement = placement();
    let [link] = placement.links.as_slice() else {
        panic!("{placement:?}")
    };
    assert_eq!(
        (link.title.as_str(), link.url.as_deref()),
        ("Sprechstunde", Some(LAUNCH_URL))
    );
    // the suite's extra step: a launch by what was placed
    let launch = World::new()
        .launch(&LaunchClaims::teacher("39890").by_link("77", link))
        .unwrap();
    assert_eq!(launch.target_link_uri().unwrap().as_str(), LAUNCH_URL);
}
