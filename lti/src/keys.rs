//! A platform's public keys, from its key set.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

const LARGEST: usize = 256 * 1024;
const MOST_KEYS: usize = 100;
/// RFC 7518 §3.3: 2048 bits or more; above 8192 bits a signature check costs too much.
const RSA_MODULUS_BYTES: std::ops::RangeInclusive<usize> = 256..=1024;

/// The usable keys of a platform (Security Framework 1.0 §6.3): RS256 and ES256, with `kid`, meant for signatures.
///
/// A key without `alg` is used as its type says (D2L publishes none). Everything else in the set is skipped.
#[derive(Clone, Default)]
pub struct KeySet(Vec<Key>);

/// A document that is no key set (Security Framework 1.0 §6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a JSON Web Key Set of at most 256 KiB and 100 keys (RFC 7517 §5)")]
#[non_exhaustive]
pub struct InvalidKeySet;

#[derive(Clone)]
pub(crate) struct Key {
    id: String,
    pub(crate) algorithm: Algorithm,
    pub(crate) decoding: DecodingKey,
}

impl KeySet {
    /// Reads what the platform's keys address answered (Security Framework 1.0 §6.2, §6.3).
    pub fn parse(json: impl AsRef<[u8]>) -> Result<Self, InvalidKeySet> {
        let json = json.as_ref();
        if json.len() > LARGEST {
            return Err(InvalidKeySet);
        }
        let published: Published = serde_json::from_slice(json).map_err(|_| InvalidKeySet)?;
        if published.keys.len() > MOST_KEYS {
            return Err(InvalidKeySet);
        }
        Ok(Self(published.keys.into_iter().filter_map(usable).collect()))
    }

    /// Is there a usable key with this id? If not, the set may be older than the key: fetch it again, but not without limit
    /// (Security Framework 1.0 §6.3).
    pub fn contains(&self, key_id: &str) -> bool {
        self.with_id(key_id).next().is_some()
    }

    /// Number of usable keys; with none, no launch can succeed (Security Framework 1.0 §6.3).
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// No usable key at all? (Security Framework 1.0 §6.3)
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keys of different types may share an id (Security Framework 1.0 §6.3).
    pub(crate) fn with_id<'a>(&'a self, key_id: &'a str) -> impl Iterator<Item = &'a Key> {
        self.0.iter().filter(move |key| key.id == key_id)
    }
}

impl fmt::Debug for KeySet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_list()
            .entries(self.0.iter().map(|key| (&key.id, key.algorithm)))
            .finish()
    }
}

#[derive(Deserialize)]
struct Published {
    keys: Vec<Value>,
}

/// Members of a JSON Web Key that matter here (RFC 7517 §4, RFC 7518 §6); certificates and key addresses are not read.
#[derive(Deserialize)]
struct PublishedKey {
    kty: String,
    kid: String,
    #[serde(rename = "use")]
    purpose: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

fn usable(json: Value) -> Option<Key> {
    let key: PublishedKey = serde_json::from_value(json).ok()?;
    let for_signatures = key.purpose.as_deref().is_none_or(|purpose| purpose == "sig")
        && key
            .key_ops
            .as_ref()
            .is_none_or(|operations| operations.iter().any(|name| name == "verify"));
    if key.kid.is_empty() || !for_signatures {
        return None;
    }
    let (algorithm, name, decoding) = match key.kty.as_str() {
        "RSA" => (Algorithm::RS256, "RS256", rsa(&key)?),
        "EC" => (Algorithm::ES256, "ES256", elliptic(&key)?),
        _ => return None,
    };
    key.alg.is_none_or(|alg| alg == name).then_some(Key {
        id: key.kid,
        algorithm,
        decoding,
    })
}

fn rsa(key: &PublishedKey) -> Option<DecodingKey> {
    let (modulus, exponent) = (decode(key.n.as_deref()?)?, decode(key.e.as_deref()?)?);
    let modulus = modulus.into_iter().skip_while(|byte| *byte == 0).collect::<Vec<_>>();
    RSA_MODULUS_BYTES
        .contains(&modulus.len())
        .then(|| DecodingKey::from_rsa_raw_components(&modulus, &exponent))
}

fn elliptic(key: &PublishedKey) -> Option<DecodingKey> {
    let (x, y) = (key.x.as_deref()?, key.y.as_deref()?);
    let fits = key.crv.as_deref() == Some("P-256") && decode(x)?.len() == 32 && decode(y)?.len() == 32;
    if fits {
        DecodingKey::from_ec_components(x, y).ok()
    } else {
        None
    }
}

/// Base64url; padding is forbidden by RFC 7515 §2, but seen.
fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}
