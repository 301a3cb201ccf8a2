//! A signed JWT in compact form: its parts, and the check of its signature.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::claims::Claims;
use crate::error::{Error, Result};
use crate::keys::KeySet;

/// Real launches have 2 to 6 KiB; many custom parameters make more.
const LARGEST: usize = 64 * 1024;

/// The parts of a JWS (RFC 7515 §7.1), nothing believed yet.
pub(crate) struct Token {
    /// `header.payload`, as it was signed.
    message: String,
    payload_start: usize,
    signature: String,
    header: Header,
}

/// Only these members are read: keys or addresses of keys in the header are never followed (Security Framework 1.0 §5.4).
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<IgnoredAny>,
}

impl Token {
    pub(crate) fn parse(mut compact: String) -> Result<Self> {
        if compact.len() > LARGEST {
            return Err(Error::TokenTooLarge);
        }
        let (first, last) = compact.find('.').zip(compact.rfind('.')).ok_or(Error::TokenMalformed)?;
        let header = compact.get(..first).ok_or(Error::TokenMalformed)?;
        let payload_start = first.saturating_add(1);
        let payload = compact.get(payload_start..last).ok_or(Error::TokenMalformed)?;
        if payload.contains('.') {
            return Err(Error::TokenMalformed);
        }
        let header: Header = parse_object(&decode(header)?).ok_or(Error::TokenMalformed)?;
        let signature = compact.split_off(last).split_off(1);
        Ok(Self {
            message: compact,
            payload_start,
            signature,
            header,
        })
    }

    pub(crate) fn key_id(&self) -> Option<&str> {
        self.header.kid.as_deref()
    }

    /// Key, algorithm and signature; the algorithm is the key's, and the token may only agree (RFC 8725 §3.1).
    pub(crate) fn check_signature(&self, keys: &KeySet) -> Result<()> {
        let key_id = self.key_id().ok_or(Error::KeyIdMissing)?;
        if !keys.contains(key_id) {
            return Err(Error::KeyIdUnknown);
        }
        if self.header.crit.is_some() {
            return Err(Error::HeaderCritical);
        }
        let key = keys
            .with_id(key_id)
            .find(|key| name(key.algorithm) == Some(self.header.alg.as_str()))
            .ok_or(Error::AlgorithmRefused)?;
        // Only the signature is left to jsonwebtoken: its own checks of the claims read the clock, accept a missing
        // `iss` or `aud`, and know neither `azp` nor `nonce`.
        match jsonwebtoken::crypto::verify(&self.signature, self.message.as_bytes(), &key.decoding, key.algorithm) {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(Error::SignatureWrong),
        }
    }

    pub(crate) fn claims(&self) -> Result<Claims> {
        self.members()
    }

    /// The payload, read as any object.
    pub(crate) fn members<Members: DeserializeOwned>(&self) -> Result<Members> {
        let payload = self.message.get(self.payload_start..).ok_or(Error::TokenMalformed)?;
        parse_object(&decode(payload)?).ok_or(Error::ClaimsMalformed)
    }
}

fn decode(part: &str) -> Result<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Error::TokenMalformed)
}

/// serde would also read the members of a struct from an array.
fn parse_object<Members: DeserializeOwned>(json: &[u8]) -> Option<Members> {
    if json.trim_ascii_start().starts_with(b"{") {
        serde_json::from_slice(json).ok()
    } else {
        None
    }
}

/// The allow-list.
const fn name(algorithm: Algorithm) -> Option<&'static str> {
    match algorithm {
        Algorithm::RS256 => Some("RS256"),
        Algorithm::ES256 => Some("ES256"),
        _ => None,
    }
}
