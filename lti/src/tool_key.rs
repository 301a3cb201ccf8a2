//! The tool's own key: signs what the tool sends, and publishes how to check it.

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::RsaKeyPair;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;

/// An RSA key of the tool for RS256 (Security Framework 1.0 §6.1). `Debug` shows the `kid` only.
#[derive(Clone)]
pub struct ToolKey {
    signing: EncodingKey,
    public: Jwk,
    key_id: String,
}

/// A key that cannot be used, or a value that cannot be signed (Security Framework 1.0 §6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ToolKeyError {
    /// The file holds something else.
    #[error("not an unencrypted RSA key of at least 2048 bits in PKCS#8")]
    NotRsa,
    /// The operating system gave no randomness.
    #[error("the key could not be made")]
    Generation,
    /// The claims are no JSON object, or the key failed.
    #[error("the claims could not be signed")]
    Signing,
}

impl ToolKey {
    /// Makes a new key of 3072 bits, as a PKCS#8 PEM file for [`ToolKey::from_pem`] (Security Framework 1.0 §6.1).
    pub fn generate_pem() -> Result<String, ToolKeyError> {
        let pair = RsaKeyPair::generate(KeySize::Rsa3072).map_err(|_| ToolKeyError::Generation)?;
        let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| ToolKeyError::Generation)?;
        Ok(to_pem(der.as_ref()))
    }

    /// Reads a PKCS#8 PEM file (Security Framework 1.0 §6.1).
    pub fn from_pem(pem: &str) -> Result<Self, ToolKeyError> {
        let signing = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|_| ToolKeyError::NotRsa)?;
        // jsonwebtoken reads the key anew for each signature; a broken or short one is to be found now.
        let pair = RsaKeyPair::from_der(signing.as_bytes()).map_err(|_| ToolKeyError::NotRsa)?;
        if pair.public_modulus_len() < 256 {
            return Err(ToolKeyError::NotRsa);
        }
        let mut public = Jwk::from_encoding_key(&signing, Algorithm::RS256).map_err(|_| ToolKeyError::NotRsa)?;
        let key_id = public
            .thumbprint(ThumbprintHash::SHA256)
            .map_err(|_| ToolKeyError::NotRsa)?;
        public.common.key_id = Some(key_id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self {
            signing,
            public,
            key_id,
        })
    }

    /// Reads a PKCS#8 DER file (Security Framework 1.0 §6.1).
    pub fn from_der(der: &[u8]) -> Result<Self, ToolKeyError> {
        Self::from_pem(&to_pem(der))
    }

    /// `kid`: the key's thumbprint (RFC 7638), so that two keys never share one (Security Framework 1.0 §6.3).
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// The public half as a JSON Web Key (Security Framework 1.0 §6.2).
    pub fn public_jwk(&self) -> serde_json::Value {
        serde_json::to_value(&self.public).unwrap_or_default()
    }

    /// The key set document to publish: the key that signs, and for a while its predecessor (Security Framework 1.0 §6.4).
    pub fn key_set<'a>(keys: impl IntoIterator<Item = &'a Self>) -> String {
        let keys = keys.into_iter().map(|key| key.public.clone()).collect();
        serde_json::to_string(&JwkSet { keys }).unwrap_or_default()
    }

    /// Signs claims as a compact JWT with `alg`, `kid` and `typ` (Security Framework 1.0 §5.4).
    pub fn sign(&self, claims: &impl Serialize) -> Result<String, ToolKeyError> {
        let header = Header {
            kid: Some(self.key_id.clone()),
            ..Header::new(Algorithm::RS256)
        };
        jsonwebtoken::encode(&header, claims, &self.signing).map_err(|_| ToolKeyError::Signing)
    }
}

impl fmt::Debug for ToolKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ToolKey")
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

fn to_pem(pkcs8: &[u8]) -> String {
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for (position, character) in STANDARD.encode(pkcs8).chars().enumerate() {
        if position > 0 && position % 64 == 0 {
            pem.push('\n');
        }
        pem.push(character);
    }
    pem.push_str("\n-----END PRIVATE KEY-----\n");
    pem
}
