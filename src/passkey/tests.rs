use crate::private::Secret;
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RsaKeyPair};
use serde_json::json;

use super::*;

const UP: u8 = 1;
const UV: u8 = 1 << 2;
const BE: u8 = 1 << 3;
const BS: u8 = 1 << 4;
const AT: u8 = 1 << 6;
const ID: &[u8] = b"credential-id-of-16-bytes";

fn us() -> RelyingParty {
    RelyingParty::at(&"https://schule.example:8443".parse().unwrap())
}

fn client(purpose: &str, origin: &str) -> ClientData {
    let said = json!({ "type": purpose, "challenge": Secret::new([3; 32]).expose(), "origin": origin, "extra": [1] });
    ClientData::read(said.to_string().into_bytes()).unwrap()
}

fn data(host: &str, flags: u8, counter: u32) -> Vec<u8> {
    let mut data = digest(&SHA256, host.as_bytes()).as_ref().to_vec();
    data.push(flags);
    data.extend(counter.to_be_bytes());
    if flags & AT != 0 {
        data.extend([0; 16]);
        data.extend(u16::try_from(ID.len()).unwrap().to_be_bytes());
        data.extend(ID);
    }
    data
}

fn key() -> EcdsaKeyPair {
    EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap()
}

fn registration(public_key: &[u8], algorithm: i64) -> Registration {
    Registration {
        id: ID.to_vec(),
        client: client("webauthn.create", "https://schule.example:8443"),
        authenticator_data: data("schule.example", UP | UV | BE | BS | AT, 0),
        public_key: public_key.to_vec(),
        algorithm,
    }
}

fn registered(key: &EcdsaKeyPair) -> Credential {
    let public = key.public_key().as_der().unwrap();
    us().register(&registration(public.as_ref(), -7)).unwrap().0
}

fn assertion(authenticator_data: Vec<u8>, client: ClientData, sign: impl Fn(&[u8]) -> Vec<u8>) -> Assertion {
    let signed = [authenticator_data.as_slice(), digest(&SHA256, client.raw()).as_ref()].concat();
    Assertion {
        id: ID.to_vec(),
        signature: sign(&signed),
        authenticator_data,
        client,
    }
}

/// A good one, with whatever flags and counter.
fn proof(key: &EcdsaKeyPair, flags: u8, counter: u32) -> Assertion {
    let client = client("webauthn.get", "https://schule.example:8443");
    assertion(data("schule.example", flags, counter), client, |signed| {
        key.sign(&SystemRandom::new(), signed).unwrap().as_ref().to_vec()
    })
}

#[test]
fn every_kind_of_key_that_we_ask_for_proves_somebody() {
    let (p256, edwards) = (key(), Ed25519KeyPair::generate().unwrap());
    let rsa = RsaKeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let good = || client("webauthn.get", "https://schule.example:8443");
    let with = |public: &[u8], algorithm, sign: &dyn Fn(&[u8]) -> Vec<u8>| {
        let (credential, counter) = us().register(&registration(public, algorithm)).unwrap();
        let answer = assertion(data("schule.example", UP | UV | BE, 0), good(), sign);
        us().prove(&credential, counter, &answer)
    };
    let public = p256.public_key().as_der().unwrap();
    let sign = |signed: &[u8]| p256.sign(&SystemRandom::new(), signed).unwrap().as_ref().to_vec();
    assert_eq!(with(public.as_ref(), -7, &sign), Ok(0));
    let public = edwards.public_key().as_der().unwrap();
    let sign = |signed: &[u8]| edwards.sign(signed).as_ref().to_vec();
    assert_eq!(with(public.as_ref(), -8, &sign), Ok(0));
    let public: aws_lc_rs::encoding::PublicKeyX509Der<'_> = rsa.public_key().as_der().unwrap();
    let sign = |signed: &[u8]| {
        let mut signature = vec![0; rsa.public_modulus_len()];
        let how = &aws_lc_rs::signature::RSA_PKCS1_SHA256;
        rsa.sign(how, &SystemRandom::new(), signed, &mut signature).unwrap();
        signature
    };
    assert_eq!(with(public.as_ref(), -257, &sign), Ok(0));
}

#[test]
fn a_registration_for_another_purpose_place_or_key_is_refused() {
    let key = key();
    let public = key.public_key().as_der().unwrap();
    let good = registration(public.as_ref(), -7);
    let refused = |change: &dyn Fn(&mut Registration)| {
        let mut changed = good.clone();
        change(&mut changed);
        us().register(&changed).unwrap_err()
    };
    let here = "https://schule.example:8443";
    assert_eq!(refused(&|r| r.client = client("webauthn.get", here)), Mistake::Type);
    for origin in [
        "https://schule.example",
        "http://schule.example:8443",
        "https://evil.example",
    ] {
        assert_eq!(
            refused(&|r| r.client = client("webauthn.create", origin)),
            Mistake::Origin
        );
    }
    let host = |host, flags| move |r: &mut Registration| r.authenticator_data = data(host, flags, 0);
    assert_eq!(refused(&host("evil.example", UP | UV | AT)), Mistake::RelyingParty);
    assert_eq!(refused(&host("schule.example", UV | AT)), Mistake::NotPresent);
    assert_eq!(refused(&host("schule.example", UP | AT)), Mistake::NotVerified);
    assert_eq!(refused(&host("schule.example", UP | UV | BS | AT)), Mistake::Flags);
    assert_eq!(refused(&host("schule.example", UP | UV)), Mistake::Malformed);
    assert_eq!(refused(&|r| r.id = b"another".to_vec()), Mistake::Malformed);
    assert_eq!(refused(&|r| r.algorithm = -8), Mistake::Key);
    assert_eq!(refused(&|r| r.algorithm = -37), Mistake::Key);
    assert_eq!(refused(&|r| r.public_key = vec![4; 91]), Mistake::Key);
}

#[test]
fn a_proof_that_was_changed_in_any_place_is_refused() {
    let key = key();
    let credential = registered(&key);
    let good = proof(&key, UP | UV | BE | BS, 0);
    assert_eq!(us().prove(&credential, 0, &good), Ok(0));
    for index in 0..good.authenticator_data.len() {
        let mut changed = good.clone();
        changed.authenticator_data[index] ^= 0x80;
        assert!(us().prove(&credential, 0, &changed).is_err(), "byte {index}");
    }
    for index in 0..good.signature.len() {
        let mut changed = good.clone();
        changed.signature[index] ^= 1;
        assert_eq!(us().prove(&credential, 0, &changed), Err(Mistake::Signature), "{index}");
    }
    let mut other = good.clone();
    other.client = ClientData::read([good.client.raw(), b" "].concat()).unwrap();
    assert_eq!(us().prove(&credential, 0, &other), Err(Mistake::Signature));
    let mut other = good;
    other.id = b"somebody else's".to_vec();
    assert_eq!(us().prove(&credential, 0, &other), Err(Mistake::SomebodyElse));
}

#[test]
fn a_proof_without_anybody_there_or_from_elsewhere_is_refused_although_it_is_signed() {
    let key = key();
    let credential = registered(&key);
    let refused = |flags| us().prove(&credential, 0, &proof(&key, flags, 0)).unwrap_err();
    assert_eq!(refused(UV | BE), Mistake::NotPresent);
    assert_eq!(refused(UP | BE), Mistake::NotVerified);
    assert_eq!(refused(UP | UV), Mistake::Flags, "it could be synced before");
    let sign = |signed: &[u8]| key.sign(&SystemRandom::new(), signed).unwrap().as_ref().to_vec();
    let elsewhere = |host, purpose, origin| {
        let answer = assertion(data(host, UP | UV | BE, 0), client(purpose, origin), sign);
        us().prove(&credential, 0, &answer).unwrap_err()
    };
    let here = "https://schule.example:8443";
    let get = "webauthn.get";
    assert_eq!(elsewhere("evil.example", get, here), Mistake::RelyingParty);
    assert_eq!(elsewhere("schule.example", "webauthn.create", here), Mistake::Type);
    assert_eq!(
        elsewhere("schule.example", get, "https://evil.example"),
        Mistake::Origin
    );
    let framed = json!({ "type": get, "challenge": "x", "origin": here, "crossOrigin": true });
    let framed = ClientData::read(framed.to_string().into_bytes()).unwrap();
    let answer = assertion(data("schule.example", UP | UV | BE, 0), framed, sign);
    assert_eq!(us().prove(&credential, 0, &answer), Err(Mistake::CrossOrigin));
}

#[test]
fn a_counter_that_does_not_go_on_betrays_a_copy() {
    let key = key();
    let credential = registered(&key);
    let at = |kept, shown| us().prove(&credential, kept, &proof(&key, UP | UV | BE, shown));
    assert_eq!(at(0, 1), Ok(1));
    assert_eq!(at(7, 8), Ok(8));
    for (kept, shown) in [(7, 7), (7, 3), (7, 0)] {
        assert_eq!(at(kept, shown), Err(Mistake::Counter), "{kept} {shown}");
    }
}

proptest::proptest! {
    #[test]
    fn no_answer_of_a_stranger_makes_a_reader_fail_otherwise(raw in proptest::collection::vec(0_u8.., 0..200), text in ".{0,80}") {
        let _ = ClientData::read(raw.clone());
        let _ = ClientData::read(text.clone().into_bytes());
        if let Ok(data) = AuthenticatorData::read(&raw) {
            let _ = data.attested_id();
        }
        let field = |_: &str| Some(text.clone());
        proptest::prop_assert!(Assertion::read(field).is_err());
        proptest::prop_assert!(Registration::read(field).is_err());
    }
}
