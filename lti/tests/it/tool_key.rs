//! The tool's own signatures, checked with what it publishes.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use lti13_tool::{KeySet, ToolKey, ToolKeyError};
use serde_json::{Value, json};

static PEM: LazyLock<String> = LazyLock::new(|| ToolKey::generate_pem().unwrap());

#[test]
fn a_signature_is_checked_by_the_published_key() {
    let key = ToolKey::from_pem(&PEM).unwrap();
    let token = key.sign(&json!({ "iss": "client" })).unwrap();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let jwk = key.public_jwk();
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let public = aws_lc_rs::signature::RsaPublicKeyComponents {
        n: decode(jwk["n"].as_str().unwrap()),
        e: decode(jwk["e"].as_str().unwrap()),
    };
    let algorithm = &aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
    assert!(public.verify(algorithm, message.as_bytes(), &decode(signature)).is_ok());
    let (header, claims) = message.split_once('.').unwrap();
    let header: Value = serde_json::from_slice(&decode(header)).unwrap();
    assert_eq!(header, json!({ "typ": "JWT", "alg": "RS256", "kid": key.key_id() }));
    assert_eq!(
        serde_json::from_slice::<Value>(&decode(claims)).unwrap(),
        json!({ "iss": "client" })
    );
}

#[test]
fn the_published_set_can_be_read_by_a_platform_and_holds_nothing_private() {
    let key = ToolKey::from_pem(&PEM).unwrap();
    let document = ToolKey::key_set([&key]);
    assert!(KeySet::parse(&document).unwrap().contains(key.key_id()));
    let jwk = key.public_jwk();
    let mut names: Vec<_> = jwk.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["alg", "e", "kid", "kty", "n", "use"]);
    assert_eq!((&jwk["alg"], &jwk["use"]), (&json!("RS256"), &json!("sig")));
    assert_eq!(
        URL_SAFE_NO_PAD.decode(jwk["n"].as_str().unwrap()).unwrap().len(),
        3072 / 8
    );
}

#[test]
fn the_key_id_belongs_to_the_key() {
    let der = PEM
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect::<String>();
    let from_der = ToolKey::from_der(&STANDARD.decode(der).unwrap()).unwrap();
    assert_eq!(from_der.key_id(), ToolKey::from_pem(&PEM).unwrap().key_id());
    let another = ToolKey::from_pem(&ToolKey::generate_pem().unwrap()).unwrap();
    assert_ne!(from_der.key_id(), another.key_id());
}

#[test]
fn the_private_half_is_never_shown() {
    let key = ToolKey::from_pem(&PEM).unwrap();
    assert_eq!(
        format!("{key:?}"),
        format!("ToolKey {{ key_id: {:?}, .. }}", key.key_id())
    );
}

#[test]
fn what_is_no_rsa_key_is_refused() {
    for text in [
        "",
        "key",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ] {
        assert_eq!(ToolKey::from_pem(text).unwrap_err(), ToolKeyError::NotRsa, "{text}");
    }
    assert_eq!(
        ToolKey::from_der(&[0x30, 0x03, 0x02, 0x01, 0x00]).unwrap_err(),
        ToolKeyError::NotRsa
    );
    let elliptic = aws_lc_rs::signature::EcdsaKeyPair::generate_pkcs8(
        &aws_lc_rs::signature::ECDSA_P256_SHA256_FIXED_SIGNING,
        &aws_lc_rs::rand::SystemRandom::new(),
    );
    assert_eq!(
        ToolKey::from_der(elliptic.unwrap().as_ref()).unwrap_err(),
        ToolKeyError::NotRsa
    );
}
