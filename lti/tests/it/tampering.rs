//! Forgeries: whatever is done to a token, it must not verify.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lti13_tool::testing::{LaunchClaims, Signer};
use lti13_tool::{Error, LaunchResponse, Pending};
use proptest::prelude::*;
use serde_json::json;

use crate::world::{NOW, World, code};

struct Genuine {
    world: World,
    pending: Pending,
    token: String,
}

fn genuine(signer: Signer) -> Genuine {
    let world = World::new();
    let (request, pending) = world.begin();
    let claims = world.lms.complete(&LaunchClaims::teacher("3"), request.nonce(), NOW);
    Genuine {
        token: world.lms.sign(signer, &claims),
        world,
        pending,
    }
}

impl Genuine {
    fn verifies(&self, token: &str) -> bool {
        LaunchResponse::parse([("id_token", token), ("state", self.pending.state())])
            .and_then(|response| response.verify(self.pending.clone(), &self.world.platform, &self.world.keys, NOW))
            .is_ok()
    }
}

#[test]
fn a_token_changed_in_any_byte_never_verifies() {
    for signer in [Signer::Rs256, Signer::Es256] {
        let genuine = genuine(signer);
        assert!(genuine.verifies(&genuine.token));
        for position in 0..genuine.token.len() {
            for replacement in ['A', 'B', '_', '.', '=', ' ', '%'] {
                let mut changed = genuine.token.clone();
                changed.replace_range(position..=position, &replacement.to_string());
                assert!(
                    changed == genuine.token || !genuine.verifies(&changed),
                    "{position} {replacement}"
                );
            }
        }
    }
}

#[test]
fn the_last_character_of_a_signature_has_one_spelling_only() {
    let genuine = genuine(Signer::Rs256);
    let (rest, _) = genuine.token.split_at(genuine.token.len() - 1);
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let accepted = alphabet
        .chars()
        .filter(|last| genuine.verifies(&format!("{rest}{last}")))
        .count();
    assert_eq!(accepted, 1, "unused bits of the last character must be zero");
}

#[test]
fn a_token_cut_or_grown_never_verifies() {
    let genuine = genuine(Signer::Es256);
    for length in 0..genuine.token.len() {
        assert!(!genuine.verifies(&genuine.token[..length]), "{length}");
    }
    for suffix in ["A", "=", "==", ".", ".A", "\n", "\0"] {
        assert!(!genuine.verifies(&format!("{}{suffix}", genuine.token)), "{suffix:?}");
    }
}

#[test]
fn the_token_never_chooses_the_algorithm() {
    let world = World::new();
    let forged = |signer: Signer| {
        code(world.launch_with(|nonce| {
            world
                .lms
                .sign(signer, &world.lms.complete(&LaunchClaims::teacher("3"), nonce, NOW))
        }))
    };
    assert_eq!(forged(Signer::Unsigned), "algorithm_refused");
    assert_eq!(forged(Signer::Hs256WithPublicKey), "algorithm_refused");
    for algorithm in ["none", "None", "rs256", "RS384", "PS256", "HS256", "ES256", "EdDSA", ""] {
        let header = json!({ "alg": algorithm, "kid": "simulated-rsa" });
        let outcome = world.launch_with_header(&header, &LaunchClaims::teacher("3"));
        assert_eq!(code(outcome), "algorithm_refused", "{algorithm}");
    }
}

#[test]
fn keys_inside_the_header_are_never_followed() {
    let world = World::new();
    let own = Signer::ForeignRs256.public_jwk();
    let mut header = json!({ "alg": "RS256", "kid": "simulated-rsa", "jwk": own });
    header["jku"] = json!("https://evil.example/keys");
    header["x5u"] = json!("https://evil.example/certificate");
    let outcome = world.launch_with(|nonce| {
        let claims = world.lms.complete(&LaunchClaims::teacher("3"), nonce, NOW);
        world.lms.sign_with_header(Signer::ForeignRs256, &header, &claims)
    });
    assert_eq!(code(outcome), "signature_wrong");
    assert_eq!(
        code(world.launch_with_header(&header, &LaunchClaims::teacher("3"))),
        "accepted",
        "ignored, not followed"
    );
}

#[test]
fn a_critical_extension_is_refused() {
    let header = json!({ "alg": "RS256", "kid": "simulated-rsa", "crit": ["b64"], "b64": false });
    assert_eq!(
        code(World::new().launch_with_header(&header, &LaunchClaims::teacher("3"))),
        "header_critical"
    );
}

#[test]
fn headers_and_claims_that_are_no_objects_with_unique_names_are_refused() {
    let world = World::new();
    let (request, pending) = world.begin();
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let parse = |header: &str| {
        let token = format!("{}.{}.AAAA", encode(header), encode("{}"));
        LaunchResponse::parse([("id_token", token.as_str()), ("state", request.state())])
    };
    for header in [
        "",
        "null",
        "[]",
        r#"["RS256","simulated-rsa",null]"#,
        r#"{"kid":"x"}"#,
        r#"{"alg":"RS256","kid":5}"#,
    ] {
        assert_eq!(parse(header).unwrap_err(), Error::TokenMalformed, "{header}");
    }
    assert_eq!(
        parse(r#"{"alg":"none","kid":"a","kid":"b"}"#).unwrap_err(),
        Error::TokenMalformed
    );
    let four_parts = format!("{}.e30.e30.AAAA", encode(r#"{"alg":"RS256","kid":"x"}"#));
    let fields = [("id_token", four_parts.as_str()), ("state", "x")];
    assert_eq!(LaunchResponse::parse(fields).unwrap_err(), Error::TokenMalformed);
    let claims = json!(["https://lms.example", "simulated-client"]);
    let token = world.lms.sign(Signer::Rs256, &claims);
    let response = LaunchResponse::parse([("id_token", token.as_str()), ("state", request.state())]).unwrap();
    let refusal = response.verify(pending, &world.platform, &world.keys, NOW).unwrap_err();
    assert_eq!(refusal, Error::ClaimsMalformed);
}

#[test]
fn a_token_larger_than_any_platforms_is_refused() {
    let token = format!("e30.{}.AAAA", "A".repeat(70_000));
    assert_eq!(
        LaunchResponse::parse([("id_token", token.as_str()), ("state", "x")]).unwrap_err(),
        Error::TokenTooLarge
    );
}

proptest! {
    #[test]
    fn a_token_with_any_stretch_replaced_never_verifies(
        start in 0.0..1.0_f64, length in 0_usize..40, replacement in "[A-Za-z0-9_.=+/ -]{0,40}", elliptic: bool,
    ) {
        let genuine = genuine(if elliptic { Signer::Es256 } else { Signer::Rs256 });
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a position")]
        let start = (genuine.token.len() as f64 * start) as usize;
        let mut changed = genuine.token.clone();
        changed.replace_range(start..(start + length).min(genuine.token.len()), &replacement);
        prop_assert!(changed == genuine.token || !genuine.verifies(&changed));
    }
}

#[test]
fn the_issuer_is_told_before_anything_is_believed() {
    let world = World::new();
    let (request, _) = world.begin();
    let claims = world.lms.complete(&LaunchClaims::teacher("3"), request.nonce(), NOW);
    let claimed = |token: String| {
        let form = request.answered_with(token).fields;
        LaunchResponse::parse(form).unwrap().claimed_issuer()
    };
    let foreign = world.lms.sign(Signer::ForeignRs256, &claims);
    assert_eq!(claimed(foreign).as_deref(), Some("https://lms.example"));
    assert_eq!(claimed(world.lms.sign(Signer::Rs256, &json!({ "iss": 7 }))), None);
}
