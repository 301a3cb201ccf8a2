//! Whatever comes in, the library answers with a value: no input panics.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lti13_tool::testing::{LaunchClaims, Signer, claim};
use lti13_tool::{KeySet, LaunchResponse, LoginRequest, Role, RolePattern};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::world::{LAUNCH_URL, NOW, World, launch_url};

const CLAIMS: [&str; 20] = [
    "iss",
    "aud",
    "azp",
    "exp",
    "iat",
    "nbf",
    "nonce",
    "sub",
    "name",
    "given_name",
    "locale",
    "version",
    "message_type",
    "deployment_id",
    "roles",
    "context",
    "resource_link",
    "target_link_uri",
    "launch_presentation",
    "custom",
];

/// JSON of every kind, with names that mean something to the reader of it.
pub(crate) fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!("1.3.0")),
        Just(json!("LtiResourceLinkRequest")),
        Just(json!("simulated-client")),
        Just(json!(LAUNCH_URL)),
    ];
    let name = prop_oneof![
        "[a-z]{0,5}",
        Just("id".to_owned()),
        Just("return_url".to_owned()),
        Just("locale".to_owned())
    ];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map(name.clone(), inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

fn login_field() -> impl Strategy<Value = (String, String)> {
    let name = prop_oneof![
        Just("iss"),
        Just("login_hint"),
        Just("target_link_uri"),
        Just("lti_message_hint"),
        Just("client_id"),
        Just("lti_deployment_id"),
        Just("deployment_id"),
        Just("lti_storage_target"),
        Just("other"),
    ];
    let value = prop_oneof![
        Just("https://lms.example".to_owned()),
        Just(LAUNCH_URL.to_owned()),
        ".{0,60}",
        "[!-~]{0,300}"
    ];
    (name.prop_map(str::to_owned), value)
}

fn full_name(name: &str) -> String {
    let position = CLAIMS.iter().position(|known| *known == name);
    if position.is_some_and(|position| position < 11) {
        name.to_owned()
    } else {
        claim(name)
    }
}

proptest! {
    #[test]
    fn any_login_is_read_or_refused(fields in vec(login_field(), 0..8), entropy: [u8; 32]) {
        if let Ok(login) = LoginRequest::parse(fields) {
            let _ = format!("{login:?}");
            let _ = login.begin(&World::new().platform, &launch_url(), entropy, NOW);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..2000)) {
        let _ = LoginRequest::from_urlencoded(&bytes);
        let _ = LaunchResponse::from_urlencoded(&bytes);
        let _ = KeySet::parse(&bytes);
    }

    #[test]
    fn any_token_text_is_read_or_refused(token in ".{0,200}", state in ".{0,50}") {
        let _ = LaunchResponse::parse([("id_token", token), ("state", state)]);
    }

    #[test]
    fn any_header_is_read_or_refused(header in json_value(), alg in option::of("[A-Z0-9]{1,6}"), kid in option::of(".{0,9}")) {
        let world = World::new();
        let (request, pending) = world.begin();
        let mut header = header;
        if let Some(members) = header.as_object_mut() {
            members.insert("alg".to_owned(), json!(alg));
            members.insert("kid".to_owned(), json!(kid));
        }
        let token = format!("{}.e30.AAAA", URL_SAFE_NO_PAD.encode(header.to_string()));
        let response = LaunchResponse::parse([("id_token", token.as_str()), ("state", request.state())]);
        if let Ok(response) = response {
            prop_assert!(response.verify(pending, &world.platform, &world.keys, NOW).is_err());
        }
    }

    #[test]
    fn any_claims_are_read_or_refused(changes in vec((proptest::sample::select(&CLAIMS), json_value()), 0..6)) {
        let mut claims = LaunchClaims::teacher("3");
        for (name, value) in changes {
            claims = claims.with(&full_name(name), value);
        }
        let world = World::new();
        let signed = world.launch_with(|nonce| world.lms.sign(Signer::Es256, &world.lms.complete(&claims, nonce, NOW)));
        let _ = format!("{signed:?}");
    }

    #[test]
    fn any_key_is_used_or_skipped(
        members in proptest::collection::hash_map(
            prop_oneof![Just("kid"), Just("n"), Just("e"), Just("x"), Just("y"), Just("alg"), Just("use"), Just("key_ops")],
            json_value(), 0..8,
        ),
        kty in prop_oneof![Just("RSA"), Just("EC"), Just("oct"), Just("OKP")],
    ) {
        let mut key = json!(members);
        key["kty"] = json!(kty);
        key["crv"] = json!("P-256");
        let set = json!({ "keys": [key, Signer::Rs256.public_jwk()] }).to_string();
        prop_assert!(!KeySet::parse(set).unwrap().is_empty());
    }

    #[test]
    fn any_key_material_verifies_nothing(n in vec(any::<u8>(), 256..300), e in vec(any::<u8>(), 0..9), x: [u8; 32], y: [u8; 32]) {
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let rsa = json!({ "kty": "RSA", "kid": "simulated-rsa", "n": encode(&n), "e": encode(&e) });
        let elliptic = json!({ "kty": "EC", "crv": "P-256", "kid": "simulated-ec", "x": encode(&x), "y": encode(&y) });
        let keys = KeySet::parse(json!({ "keys": [rsa, elliptic] }).to_string()).unwrap();
        let world = World { keys, ..World::new() };
        for signer in [Signer::Rs256, Signer::Es256] {
            let teacher = LaunchClaims::teacher("3");
            let outcome = world.launch_with(|nonce| world.lms.sign(signer, &world.lms.complete(&teacher, nonce, NOW)));
            prop_assert!(outcome.is_err());
        }
    }

    #[test]
    fn any_text_is_a_role_or_none(text in ".{0,80}", name in "[A-Za-z#/]{0,30}") {
        let uri = format!("http://purl.imsglobal.org/vocab/lis/v2/{name}");
        let _ = (Role::parse(&text), text.parse::<RolePattern>(), name.parse::<RolePattern>());
        if let Some(role) = Role::parse(&uri) {
            prop_assert_eq!(Role::parse(&role.to_string()), Some(role));
        }
    }
}
