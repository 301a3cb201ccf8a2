//! Dynamic registration: what platforms of every make describe and answer, and what must not be believed.

use lti13_tool::testing::SimulatedPlatform;
use lti13_tool::{
    Error, MessageType, Platform, PlatformConfiguration, RegistrationError, RegistrationRequest, ToolConfiguration,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use crate::properties::json_value;
use crate::world::{World, launch_url};

const TOOL: &str = "https://purl.imsglobal.org/spec/lti-tool-configuration";
const PLATFORM: &str = "https://purl.imsglobal.org/spec/lti-platform-configuration";

fn request(fields: &[(&str, &str)]) -> Result<RegistrationRequest, RegistrationError> {
    RegistrationRequest::from_urlencoded(Serializer::new(String::new()).extend_pairs(fields).finish())
}

fn from(url: &str) -> RegistrationRequest {
    request(&[("openid_configuration", url)]).unwrap()
}

fn read(url: &str, document: &Value) -> Result<PlatformConfiguration, RegistrationError> {
    from(url).read_configuration(document.to_string().as_bytes())
}

fn tool() -> ToolConfiguration {
    let url = |path: &str| launch_url().join(path).unwrap();
    ToolConfiguration {
        name: "Counselling".to_owned(),
        description: "Talks in confidence".to_owned(),
        names: vec![("de".to_owned(), "Beratung".to_owned())],
        login_url: url("/lti/login"),
        launch_url: launch_url(),
        keys_url: url("/lti/keys"),
        logo_url: url("/icon.svg"),
        messages: vec![MessageType::ResourceLink, MessageType::DeepLinking],
    }
}

/// A configuration like others, at this issuer.
fn document(issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "registration_endpoint": format!("{issuer}/register"),
        "response_types_supported": ["id_token"],
        "id_token_signing_alg_values_supported": ["RS256"],
    })
}

fn refused(change: fn(&mut Value)) -> RegistrationError {
    let mut document = document("https://lms.example");
    change(&mut document);
    read("https://lms.example/openid", &document).unwrap_err()
}

#[test]
fn moodle_is_registered_as_it_really_answers() {
    let recorded: Value = serde_json::from_str(include_str!("../fixtures/moodle-4.5-registration.json")).unwrap();
    let url = recorded["configuration_url"].as_str().unwrap();
    let platform = read(url, &recorded["configuration"]).unwrap();
    assert_eq!(
        (platform.issuer(), platform.product()),
        ("http://localhost:8100", "moodle")
    );
    assert!(platform.supports(MessageType::ResourceLink) && platform.supports(MessageType::DeepLinking));
    let answer = &recorded["answer"];
    let status = u16::try_from(answer["status"].as_u64().unwrap()).unwrap();
    let registration = platform
        .read_answer(status, answer["body"].to_string().as_bytes())
        .unwrap();
    assert_eq!(
        (registration.client_id.as_str(), &registration.deployments[..]),
        ("FdKUAwGXKbujBmm", &["6".to_owned()][..])
    );
    assert_eq!(registration.keys_url, "http://localhost:8100/mod/lti/certs.php");
    Platform::new(registration).unwrap();
}

#[test]
fn brightspace_sends_no_token_and_has_an_audience_of_its_own() {
    let mut document = document("https://school.brightspace.com");
    document["authorization_server"] = json!("https://api.brightspace.com/auth/token");
    document["token_endpoint"] = json!("https://auth.brightspace.com/core/connect/token");
    document[PLATFORM] = json!({ "product_family_code": "desire2learn", "version": "20.26.11", "messages_supported": [{ "type": "LtiResourceLinkRequest" }] });
    let request = from("https://school.brightspace.com/d2l/.well-known/openid-configuration");
    assert_eq!(request.token(), None);
    let platform = request.read_configuration(document.to_string().as_bytes()).unwrap();
    assert_eq!(platform.product(), "desire2learn");
    assert!(!platform.supports(MessageType::DeepLinking));
    let registration = platform.read_answer(201, br#"{"client_id":"3f1a"}"#).unwrap();
    assert!(
        registration.deployments.is_empty(),
        "to be approved when somebody launches from one"
    );
    let platform = Platform::new(registration).unwrap();
    assert_eq!(platform.token_audience(), "https://api.brightspace.com/auth/token");
}

#[test]
fn ilias_numbers_its_deployments() {
    let mut document = document("https://ilias.example.org");
    document[PLATFORM] = json!({ "product_family_code": "ilias", "version": "9.3", "messages_supported": [{ "type": "LtiDeepLinkingRequest" }, { "type": "LtiResourceLinkRequest" }] });
    let platform = read("https://ilias.example.org/lticonfig.php", &document).unwrap();
    let answer = json!({ "client_id": "ab12", TOOL: { "deployment_id": 17 } });
    let registration = platform.read_answer(200, answer.to_string().as_bytes()).unwrap();
    assert_eq!(registration.deployments, ["17"]);
    assert!(registration.hosts.is_empty(), "its pages are where it is");
}

#[test]
fn hosted_canvas_has_one_issuer_for_all_and_its_configuration_elsewhere() {
    let mut document = document("https://canvas.instructure.com");
    for endpoint in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
        document[endpoint] = json!("https://sso.canvaslms.com/api/lti/x");
    }
    document["registration_endpoint"] = json!("https://schule.instructure.example/api/lti/registrations");
    document["authorization_server"] = json!("sso.canvaslms.com");
    document[PLATFORM] = json!({ "product_family_code": "canvas", "version": "OpenSource", "messages_supported": [
        { "type": "LtiResourceLinkRequest", "placements": ["course_navigation"] },
        { "type": "LtiDeepLinkingRequest", "placements": ["link_selection"] },
    ] });
    for from in [
        "https://sso.canvaslms.com/api/lti/security/openid-configuration?registration_token=x",
        "https://canvas.instructure.com/api/lti/security/openid-configuration",
    ] {
        let platform = read(from, &document).unwrap();
        let registration = platform.read_answer(200, br#"{"client_id":"10000000000123"}"#).unwrap();
        assert_eq!(registration.issuer, "https://canvas.instructure.com");
        assert_eq!(registration.token_audience, None, "a host alone is no audience");
        assert_eq!(
            registration.hosts,
            ["schule.instructure.example"],
            "the pages of the school"
        );
        let request: Value = serde_json::from_str(&tool().request(&platform)).unwrap();
        assert_eq!(
            request[TOOL]["https://canvas.instructure.com/lti/privacy_level"],
            "name_only"
        );
        assert_eq!(request[TOOL]["messages"][0]["placements"], json!(["course_navigation"]));
    }
    let elsewhere = read("https://canvas.evil.example/openid", &document);
    assert_eq!(elsewhere.unwrap_err(), RegistrationError::IssuerElsewhere);
}

#[test]
fn the_simulated_platform_answers_like_moodle_and_asks_for_the_token() {
    let world = World::new();
    let (lms, token) = (&world.lms, SimulatedPlatform::REGISTRATION_TOKEN);
    let platform = read(&lms.configuration_url(), &lms.openid_configuration()).unwrap();
    let body = tool().request(&platform);
    let bearer = format!("Bearer {token}");
    let (registered, answer) = lms.registration_answer(Some(&bearer), body.as_bytes()).unwrap();
    assert_eq!(registered.name, "Counselling");
    let registration = platform.read_answer(answer.status, answer.body.as_bytes()).unwrap();
    assert_eq!(Platform::new(registration).unwrap(), world.platform);
    let refused = lms.registration_answer(None, body.as_bytes()).unwrap_err();
    let error = platform
        .read_answer(refused.status, refused.body.as_bytes())
        .unwrap_err();
    assert_eq!(error, RegistrationError::Refused(401));
    let elsewhere = body.replace("\"domain\":\"tool.example\"", "\"domain\":\"other.example\"");
    assert_eq!(
        lms.registration_answer(Some(&bearer), elsewhere.as_bytes())
            .unwrap_err()
            .status,
        400
    );
}

#[test]
fn the_tool_asks_for_little_names_and_the_list_of_the_course_and_nothing_of_grades() {
    let world = World::new();
    let platform = read(&world.lms.configuration_url(), &world.lms.openid_configuration()).unwrap();
    let request: Value = serde_json::from_str(&tool().request(&platform)).unwrap();
    assert_eq!(
        request["scope"],
        "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
    );
    assert_eq!(
        request[TOOL]["claims"],
        json!(["iss", "sub", "name", "given_name", "family_name"])
    );
    assert_eq!(request[TOOL]["domain"], "tool.example");
    assert_eq!(request["client_name#de"], "Beratung");
    assert_eq!(request["redirect_uris"], json!(["https://tool.example/lti/launch"]));
    let types: Vec<&Value> = request[TOOL]["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| &message["type"])
        .collect();
    assert_eq!(types, ["LtiResourceLinkRequest", "LtiDeepLinkingRequest"]);
    let canvas = tool().canvas();
    assert_eq!(canvas["scopes"], json!([request["scope"]]));
    assert!(!format!("{request}{canvas}").contains("lti-ags"));
}

#[test]
fn a_port_belongs_to_the_domain_as_moodle_compares_both() {
    let launch_url = "http://localhost:8080/lti/launch".parse().unwrap();
    assert_eq!(ToolConfiguration { launch_url, ..tool() }.domain(), "localhost:8080");
}

#[test]
fn what_the_platform_adds_to_the_address_is_checked_before_anything_is_asked() {
    let url = "https://lms.example/openid";
    let parameter = |name| RegistrationError::Request(Error::ParameterInvalid(name));
    assert_eq!(
        request(&[]).unwrap_err(),
        RegistrationError::Request(Error::ParameterMissing("openid_configuration"))
    );
    for wrong in [
        "http://lms.example/openid",
        "file:///etc/passwd",
        "lms.example",
        "https://name:pass@lms.example/",
    ] {
        let error = request(&[("openid_configuration", wrong)]).unwrap_err();
        assert_eq!(error, parameter("openid_configuration"), "{wrong}");
    }
    for token in ["a b", "a\r\nHost: evil", "ä"] {
        let error = request(&[("openid_configuration", url), ("registration_token", token)]).unwrap_err();
        assert_eq!(error, parameter("registration_token"), "{token}");
    }
    let fine = request(&[("openid_configuration", url), ("registration_token", "geheim")]).unwrap();
    assert_eq!((fine.configuration_url().as_str(), fine.token()), (url, Some("geheim")));
    assert!(!format!("{fine:?}").contains("geheim"), "{fine:?}");
}

#[test]
fn a_configuration_that_is_wrong_is_refused_by_name() {
    let member = RegistrationError::Member;
    assert_eq!(
        from("https://lms.example/").read_configuration(b"<html>").unwrap_err(),
        RegistrationError::NotJson
    );
    assert_eq!(
        from("https://lms.example/").read_configuration(b"[]").unwrap_err(),
        RegistrationError::NotJson
    );
    assert_eq!(refused(|it| it["issuer"] = json!(7)), member("issuer"));
    assert_eq!(
        refused(|it| it["issuer"] = json!("https://lms.example/?a=b")),
        member("issuer")
    );
    assert_eq!(
        refused(|it| it["issuer"] = json!("https://other.example")),
        RegistrationError::IssuerElsewhere
    );
    assert_eq!(
        refused(|it| it["issuer"] = json!("https://lms.example.evil")),
        RegistrationError::IssuerElsewhere
    );
    assert_eq!(
        refused(|it| it["token_endpoint"] = json!("http://lms.example/token")),
        member("token_endpoint")
    );
    assert_eq!(
        refused(|it| it["jwks_uri"] = json!(["https://lms.example/keys"])),
        member("jwks_uri")
    );
    assert_eq!(
        refused(|it| it["registration_endpoint"] = Value::Null),
        member("registration_endpoint")
    );
    assert_eq!(
        refused(|it| it["authorization_endpoint"] = json!("")),
        member("authorization_endpoint")
    );
    assert_eq!(
        refused(|it| it["response_types_supported"] = json!(["code"])),
        RegistrationError::Unsupported("id_token")
    );
    assert_eq!(
        refused(|it| it["id_token_signing_alg_values_supported"] = json!(["HS256"])),
        RegistrationError::Unsupported("RS256")
    );
}

#[test]
fn an_answer_without_what_is_needed_is_refused() {
    let platform = read("https://lms.example/openid", &document("https://lms.example")).unwrap();
    let error = |status, body: &str| platform.read_answer(status, body.as_bytes()).unwrap_err();
    assert_eq!(error(400, "missing_domain"), RegistrationError::Refused(400));
    assert_eq!(error(302, ""), RegistrationError::Refused(302));
    assert_eq!(error(200, "registered"), RegistrationError::Answer("JSON"));
    assert_eq!(error(200, "{}"), RegistrationError::Answer("client_id"));
    assert_eq!(
        error(200, r#"{"client_id":"ä"}"#),
        RegistrationError::Answer("registration")
    );
    let deployment = json!({ "client_id": "1", TOOL: { "deployment_id": { "a": 1 } } });
    assert_eq!(
        error(200, &deployment.to_string()),
        RegistrationError::Answer("deployment_id")
    );
    for error in [error(400, ""), error(200, "{}")] {
        assert!(error.clause().contains('§') && !error.code().is_empty());
    }
}

proptest! {
    #[test]
    fn no_query_panics(query in "[ -~]{0,80}") {
        let _ = RegistrationRequest::from_urlencoded(query);
    }

    #[test]
    fn no_configuration_panics_and_none_leaves_https(
        members in proptest::collection::vec((0_usize..9, json_value()), 0..4),
    ) {
        let mut document = document("https://lms.example");
        let names = ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint",
            "response_types_supported", "id_token_signing_alg_values_supported", "authorization_server", PLATFORM];
        for (index, value) in members {
            document[names[index]] = value;
        }
        if let Ok(platform) = read("https://lms.example/openid", &document) {
            prop_assert_eq!(platform.registration_url().scheme(), "https");
            prop_assert!(platform.issuer().starts_with("https://lms.example"));
            let _ = tool().request(&platform);
        }
    }

    #[test]
    fn no_answer_panics(client in json_value(), deployment in json_value(), body in proptest::collection::vec(any::<u8>(), 0..80)) {
        let platform = read("https://lms.example/openid", &document("https://lms.example")).unwrap();
        let _ = platform.read_answer(200, &body);
        let answer = json!({ "client_id": client, TOOL: { "deployment_id": deployment } });
        if let Ok(registration) = platform.read_answer(200, answer.to_string().as_bytes()) {
            prop_assert!(Platform::new(registration).is_ok());
        }
    }
}
