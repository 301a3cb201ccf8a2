//! Keys of the simulated platform, and those of its attackers.

use std::sync::LazyLock;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

static RSA: LazyLock<RsaKeyPair> = LazyLock::new(make_rsa);
static FOREIGN_RSA: LazyLock<RsaKeyPair> = LazyLock::new(make_rsa);
static ELLIPTIC: LazyLock<EcdsaKeyPair> = LazyLock::new(make_elliptic);

/// Who signs, and how (Security Framework 1.0 §6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// The platform, as almost all do.
    Rs256,
    /// The platform, with its other key.
    Es256,
    /// Somebody else's RSA key under the platform's `kid`.
    ForeignRs256,
    /// HMAC with the platform's public modulus as the secret: the classic confusion of algorithms.
    Hs256WithPublicKey,
    /// `alg: none`, no signature.
    Unsigned,
}

impl Signer {
    /// The header that belongs to the signer (Security Framework 1.0 §6.3).
    pub fn header(self) -> Value {
        let algorithm = match self {
            Self::Rs256 | Self::ForeignRs256 => "RS256",
            Self::Es256 => "ES256",
            Self::Hs256WithPublicKey => "HS256",
            Self::Unsigned => "none",
        };
        json!({ "typ": "JWT", "alg": algorithm, "kid": self.key_id() })
    }

    /// The public key as published; `null` for signers that have none (Security Framework 1.0 §6.2).
    pub fn public_jwk(self) -> Value {
        let key_id = self.key_id();
        match self {
            Self::Rs256 | Self::ForeignRs256 => {
                let public = if self == Self::Rs256 {
                    RSA.public_key()
                } else {
                    FOREIGN_RSA.public_key()
                };
                let (n, e) = (
                    encode(public.modulus().big_endian_without_leading_zero()),
                    encode([1, 0, 1]),
                );
                json!({ "kty": "RSA", "alg": "RS256", "use": "sig", "kid": key_id, "n": n, "e": e })
            }
            Self::Es256 => {
                let (_, point) = ELLIPTIC.public_key().as_ref().split_at(1);
                let (x, y) = point.split_at(32);
                let (x, y) = (encode(x), encode(y));
                json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": key_id, "x": x, "y": y })
            }
            Self::Hs256WithPublicKey | Self::Unsigned => Value::Null,
        }
    }

    const fn key_id(self) -> &'static str {
        if matches!(self, Self::Es256) {
            "simulated-ec"
        } else {
            "simulated-rsa"
        }
    }

    pub(crate) fn sign(self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let signature = match self {
            Self::Rs256 => sign_rsa(&RSA, message.as_bytes()),
            Self::ForeignRs256 => sign_rsa(&FOREIGN_RSA, message.as_bytes()),
            Self::Es256 => sign_elliptic(message.as_bytes()),
            Self::Hs256WithPublicKey => {
                let secret = RSA.public_key().modulus().big_endian_without_leading_zero().to_vec();
                hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), message.as_bytes())
                    .as_ref()
                    .to_vec()
            }
            Self::Unsigned => Vec::new(),
        };
        format!("{message}.{}", encode(signature))
    }
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[expect(clippy::expect_used, reason = "without randomness no test can run")]
fn make_rsa() -> RsaKeyPair {
    RsaKeyPair::generate(KeySize::Rsa2048).expect("the system has randomness for a key")
}

#[expect(clippy::expect_used, reason = "without randomness no test can run")]
fn make_elliptic() -> EcdsaKeyPair {
    EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("the system has randomness for a key")
}

#[expect(clippy::expect_used, reason = "the buffer has the size of the modulus")]
fn sign_rsa(key: &RsaKeyPair, message: &[u8]) -> Vec<u8> {
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
        .expect("a fresh key signs");
    signature
}

#[expect(clippy::expect_used, reason = "a key just made can sign")]
fn sign_elliptic(message: &[u8]) -> Vec<u8> {
    ELLIPTIC
        .sign(&SystemRandom::new(), message)
        .expect("a fresh key signs")
        .as_ref()
        .to_vec()
}
