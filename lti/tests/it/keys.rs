//! Key sets as platforms publish them, and keys that must not be used.

use lti13_tool::KeySet;
use lti13_tool::testing::{LaunchClaims, Signer};
use serde_json::{Value, json};

use crate::world::{NOW, World, code};

fn rsa_with(changes: &[(&str, Value)]) -> Value {
    changed(Signer::Rs256.public_jwk(), changes)
}

fn changed(mut key: Value, changes: &[(&str, Value)]) -> Value {
    for (name, value) in changes {
        if value.is_null() {
            key.as_object_mut().unwrap().remove(*name);
        } else {
            key[*name] = value.clone();
        }
    }
    key
}

fn set(keys: &[Value]) -> KeySet {
    KeySet::parse(json!({ "keys": keys }).to_string()).unwrap()
}

fn launch_with(keys: KeySet, signer: Signer) -> &'static str {
    let world = World { keys, ..World::new() };
    let teacher = LaunchClaims::teacher("3");
    code(world.launch_with(|nonce| world.lms.sign(signer, &world.lms.complete(&teacher, nonce, NOW))))
}

#[test]
fn rs256_and_es256_are_accepted() {
    assert_eq!(launch_with(World::new().keys, Signer::Rs256), "accepted");
    assert_eq!(launch_with(World::new().keys, Signer::Es256), "accepted");
}

#[test]
fn a_key_without_alg_is_used_as_its_type_says() {
    assert_eq!(
        launch_with(set(&[rsa_with(&[("alg", Value::Null)])]), Signer::Rs256),
        "accepted"
    );
    let elliptic = changed(
        Signer::Es256.public_jwk(),
        &[("alg", Value::Null), ("use", Value::Null)],
    );
    assert_eq!(launch_with(set(&[elliptic]), Signer::Es256), "accepted");
}

#[test]
fn keys_that_are_not_for_such_signatures_are_skipped_and_the_others_used() {
    let unusable = [
        rsa_with(&[("use", json!("enc"))]),
        rsa_with(&[("key_ops", json!(["encrypt"]))]),
        rsa_with(&[("kid", Value::Null)]),
        rsa_with(&[("kid", json!(""))]),
        rsa_with(&[("alg", json!("RS512"))]),
        rsa_with(&[("alg", json!("RSA-OAEP"))]),
        rsa_with(&[("alg", json!("HS256"))]),
        rsa_with(&[("kty", json!("oct")), ("k", json!("c2VjcmV0"))]),
        rsa_with(&[("kty", json!("AKP"))]),
        rsa_with(&[("n", json!("not base64!"))]),
        rsa_with(&[("n", json!("AQAB"))]),
        rsa_with(&[("n", Value::Null)]),
        changed(Signer::Es256.public_jwk(), &[("crv", json!("P-384"))]),
        changed(Signer::Es256.public_jwk(), &[("x", json!("AQAB"))]),
        json!("a string"),
        json!(null),
    ];
    for key in &unusable {
        assert!(set(std::slice::from_ref(key)).is_empty(), "{key}");
    }
    let all: Vec<Value> = unusable.into_iter().chain([rsa_with(&[])]).collect();
    assert_eq!(set(&all).len(), 1);
    assert_eq!(launch_with(set(&all), Signer::Rs256), "accepted");
}

#[test]
fn two_types_of_key_may_share_an_id() {
    let elliptic = changed(Signer::Es256.public_jwk(), &[("kid", json!("simulated-rsa"))]);
    assert_eq!(launch_with(set(&[elliptic, rsa_with(&[])]), Signer::Rs256), "accepted");
}

#[test]
fn another_key_under_the_same_id_does_not_verify() {
    assert_eq!(launch_with(World::new().keys, Signer::ForeignRs256), "signature_wrong");
    assert_eq!(
        launch_with(set(&[Signer::ForeignRs256.public_jwk()]), Signer::Rs256),
        "signature_wrong"
    );
}

#[test]
fn a_set_says_which_ids_it_has() {
    let keys = World::new().keys;
    assert!(keys.contains("simulated-rsa") && keys.contains("simulated-ec") && !keys.contains("Simulated-rsa"));
    assert_eq!(keys.len(), 2);
}

#[test]
fn what_is_no_key_set_is_refused_whole() {
    let many = json!({ "keys": vec![json!({}); 101] }).to_string();
    let large = format!(r#"{{"keys":[],"x":"{}"}}"#, "x".repeat(300_000));
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"keys":{}}"#,
        "<html>",
        "{\"keys\":[]",
        &many,
        &large,
    ] {
        assert!(KeySet::parse(text).is_err(), "{}", &text[..text.len().min(40)]);
    }
    assert!(KeySet::parse(r#"{"keys":[],"more":1}"#).unwrap().is_empty());
}
