//! Access tokens: asked for as platforms want it, and read as platforms answer.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lti13_tool::testing::SimulatedPlatform;
use lti13_tool::{
    AccessToken, AccessTokenError, AccessTokenRequest, DeploymentId, KeySet, NamesAndRoles, Platform, TokenRefusal,
    ToolKey, UnixTime,
};
use serde_json::{Value, json};

use crate::world::{NOW, World, tool_key};

const SCOPES: [&str; 1] = [NamesAndRoles::SCOPE];

fn recording() -> Value {
    serde_json::from_str(include_str!("../fixtures/moodle-4.5-nrps.json")).unwrap()
}

fn with_request<T>(platform: &Platform, then: impl FnOnce(&AccessTokenRequest<'_>) -> T) -> T {
    let deployment_id: DeploymentId = "1".parse().unwrap();
    then(&AccessTokenRequest {
        platform,
        deployment_id: &deployment_id,
        scopes: &SCOPES,
    })
}

fn read(status: u16, body: &str) -> Result<AccessToken, AccessTokenError> {
    with_request(&World::new().platform, |request| {
        request.read(status, body.as_bytes(), NOW)
    })
}

fn field(form: &str, name: &str) -> String {
    let mut pairs = url::form_urlencoded::parse(form.as_bytes());
    pairs.find(|(field, _)| field == name).unwrap().1.into_owned()
}

/// Header and claims of the assertion in a form.
fn assertion(form: &str) -> (Value, Value) {
    let assertion = field(form, "client_assertion");
    let part = |position: usize| {
        let part = assertion.split('.').nth(position).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    };
    (part(0), part(1))
}

fn sign(platform: &Platform, entropy: [u8; 16]) -> String {
    with_request(platform, |request| request.sign(tool_key(), entropy, NOW).unwrap())
}

#[test]
fn the_assertion_says_what_the_security_framework_and_core_want() {
    let world = World::new();
    let form = sign(&world.platform, [3; 16]);
    let (header, claims) = assertion(&form);
    assert_eq!(
        header,
        json!({ "alg": "RS256", "typ": "JWT", "kid": tool_key().key_id() })
    );
    assert_eq!(
        claims,
        json!({
            "iss": "simulated-client",
            "sub": "simulated-client",
            "aud": "https://lms.example/token",
            "iat": NOW.seconds() - 5,
            "exp": NOW.seconds() + 295,
            "jti": URL_SAFE_NO_PAD.encode([3; 16]),
            "https://purl.imsglobal.org/spec/lti/claim/deployment_id": "1",
        })
    );
    let recorded = &recording()["token_request"];
    for name in ["grant_type", "client_assertion_type", "scope"] {
        assert_eq!(
            field(&form, name),
            recorded[name].as_str().unwrap(),
            "as Moodle accepted it"
        );
    }
    assert_eq!(url::form_urlencoded::parse(form.as_bytes()).count(), 4);
    with_request(&world.platform, |request| {
        assert_eq!(request.url().as_str(), "https://lms.example/token");
    });
}

#[test]
fn two_requests_at_the_same_moment_are_told_apart_by_jti() {
    let world = World::new();
    let [one, other] = [[1; 16], [2; 16]].map(|entropy| assertion(&sign(&world.platform, entropy)).1);
    assert_ne!(one["jti"], other["jti"]);
}

#[test]
fn a_platform_with_an_audience_of_its_own_gets_that_and_no_other() {
    let mut registration = World::new().lms.registration();
    registration.token_audience = Some("https://api.brightspace.com/auth/token".to_owned());
    let platform = Platform::new(registration).unwrap();
    let (_, claims) = assertion(&sign(&platform, [3; 16]));
    assert_eq!(claims["aud"], "https://api.brightspace.com/auth/token");
}

#[test]
fn what_moodle_answered_is_read_as_what_it_means() {
    let recording = recording();
    let answer = |name: &str| {
        let answer = &recording["token"][name];
        assert_eq!(answer["content_type"], "text/html; charset=utf-8");
        let status = u16::try_from(answer["status"].as_u64().unwrap()).unwrap();
        read(status, answer["body"].as_str().unwrap())
    };
    let token = answer("ok").unwrap();
    assert_eq!(token.authorization(), "Bearer 7cba04d413eb07866607602012367c7b");
    assert!(token.allows(NamesAndRoles::SCOPE) && !token.allows("https://purl.imsglobal.org/spec/lti-ags/scope/score"));
    assert_eq!(token.expires().seconds(), NOW.seconds() + 3600);
    assert!(answer("two scopes, one not permitted").is_ok());
    for (name, refusal) in [
        ("no kid in header", TokenRefusal::KeyUnknown),
        ("unknown kid", TokenRefusal::KeyUnknown),
        ("expired", TokenRefusal::Clock),
        ("iat 20 s in the future", TokenRefusal::Clock),
        ("unknown client", TokenRefusal::InvalidClient),
        ("unknown scope", TokenRefusal::InvalidScope),
    ] {
        assert_eq!(answer(name).unwrap_err(), AccessTokenError::Refused(refusal), "{name}");
    }
}

#[test]
fn a_token_without_lifetime_or_scope_has_the_default_of_the_standard() {
    let token = read(200, r#"{"access_token":"abc"}"#).unwrap();
    assert_eq!(token.expires().seconds(), NOW.seconds() + 3600);
    assert!(token.allows(NamesAndRoles::SCOPE));
    let token = read(200, r#"{"access_token":"abc","token_type":"bearer","expires_in":"60"}"#).unwrap();
    assert_eq!(token.expires().seconds(), NOW.seconds() + 60);
}

#[test]
fn an_answer_that_is_no_usable_token_is_refused() {
    for (body, expected) in [
        ("", AccessTokenError::Malformed),
        ("<html>Wartung</html>", AccessTokenError::Malformed),
        (r#"{"access_token":""}"#, AccessTokenError::Malformed),
        (r#"{"access_token":"a\r\nX-Evil: 1"}"#, AccessTokenError::Malformed),
        (r#"{"access_token":"abc","scope":7}"#, AccessTokenError::Malformed),
        (
            r#"{"access_token":"abc","token_type":"mac"}"#,
            AccessTokenError::NotBearer,
        ),
        (r#"{"access_token":"abc","scope":""}"#, AccessTokenError::ScopeRefused),
        (
            r#"{"access_token":"abc","scope":"openid"}"#,
            AccessTokenError::ScopeRefused,
        ),
    ] {
        assert_eq!(read(200, body).unwrap_err(), expected, "{body}");
    }
    assert_eq!(read(200, &" ".repeat(70_000)).unwrap_err(), AccessTokenError::TooLarge);
    assert_eq!(
        read(503, "").unwrap_err(),
        AccessTokenError::Refused(TokenRefusal::Other(503))
    );
}

#[test]
fn no_debug_and_no_error_shows_the_token() {
    let token = read(200, r#"{"access_token":"GEHEIM"}"#).unwrap();
    let errors = [read(400, r#"{"error":"GEHEIM"}"#), read(200, r#"{"scope":"GEHEIM"}"#)];
    let shown = format!("{token:?} {errors:?}");
    assert!(!shown.contains("GEHEIM"), "{shown}");
}

#[test]
fn the_simulated_platform_is_as_strict_as_moodle() {
    let lms = SimulatedPlatform::new("https://lms.example", &crate::world::launch_url());
    let platform = lms.platform();
    let keys = KeySet::parse(ToolKey::key_set([tool_key()])).unwrap();
    let form = sign(&platform, [3; 16]);
    let later = |seconds: i64| UnixTime::from_seconds(NOW.seconds() + seconds);
    let refusal = |now: UnixTime, keys: &KeySet, form: &str| {
        let answer = lms.token_answer(form.as_bytes(), keys, now);
        with_request(&platform, |request| {
            request.read(answer.status, answer.body.as_bytes(), now)
        })
        .err()
    };
    assert_eq!(refusal(NOW, &keys, &form), None);
    // three seconds of difference are bridged by an `iat` that lies back
    assert_eq!(refusal(later(-3), &keys, &form), None);
    let clock = Some(AccessTokenError::Refused(TokenRefusal::Clock));
    assert_eq!(refusal(later(-180), &keys, &form), clock);
    assert_eq!(refusal(later(300), &keys, &form), clock);
    let unknown = Some(AccessTokenError::Refused(TokenRefusal::KeyUnknown));
    assert_eq!(refusal(NOW, &KeySet::default(), &form), unknown);
}
