//! What a browser sends: client data, authenticator data, and the forms they come in. Hostile until checked.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;

use super::Mistake;
use crate::private::Secret;

/// No authenticator makes a longer one (§4, credential id).
const LONGEST_ID: usize = 1023;
const ATTESTED_HEAD: usize = 16; // which kind of device (AAGUID): nobody here asks

/// The answer to the wish for a new passkey.
#[derive(Clone, Debug)]
pub struct Registration {
    pub id: Vec<u8>,
    pub client: ClientData,
    pub authenticator_data: Vec<u8>,
    /// DER of a `SubjectPublicKeyInfo` (`getPublicKey()`).
    pub public_key: Vec<u8>,
    /// COSE algorithm identifier.
    pub algorithm: i64,
}

/// The answer to the wish for a proof.
#[derive(Clone, Debug)]
pub struct Assertion {
    pub id: Vec<u8>,
    pub client: ClientData,
    pub authenticator_data: Vec<u8>,
    pub signature: Vec<u8>,
}

impl Registration {
    /// Reads the fields of a form: base64url without padding, and a number.
    pub fn read(field: impl Fn(&str) -> Option<String>) -> Result<Self, Mistake> {
        let algorithm = field("algorithm").and_then(|number| number.parse().ok());
        Ok(Self {
            id: id(&field)?,
            client: ClientData::read(bytes(&field, "client_data")?)?,
            authenticator_data: bytes(&field, "authenticator_data")?,
            public_key: bytes(&field, "public_key")?,
            algorithm: algorithm.ok_or(Mistake::Malformed)?,
        })
    }
}

impl Assertion {
    /// Reads the fields of a form: base64url without padding.
    pub fn read(field: impl Fn(&str) -> Option<String>) -> Result<Self, Mistake> {
        Ok(Self {
            id: id(&field)?,
            client: ClientData::read(bytes(&field, "client_data")?)?,
            authenticator_data: bytes(&field, "authenticator_data")?,
            signature: bytes(&field, "signature")?,
        })
    }
}

fn bytes(field: impl Fn(&str) -> Option<String>, name: &str) -> Result<Vec<u8>, Mistake> {
    let text = field(name).ok_or(Mistake::Malformed)?;
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Mistake::Malformed)
}

fn id(field: impl Fn(&str) -> Option<String>) -> Result<Vec<u8>, Mistake> {
    let id = bytes(field, "credential")?;
    if id.is_empty() || id.len() > LONGEST_ID {
        return Err(Mistake::Malformed);
    }
    Ok(id)
}

/// What the browser says about the question it answers (§5.8.1).
#[derive(Clone, Debug)]
pub struct ClientData {
    raw: Vec<u8>,
    said: Said,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    top_origin: Option<String>,
}

impl ClientData {
    /// Reads JSON; unknown members are none of our business, as the clause demands.
    pub fn read(raw: Vec<u8>) -> Result<Self, Mistake> {
        let said = serde_json::from_slice(&raw).map_err(|_| Mistake::Malformed)?;
        Ok(Self { raw, said })
    }

    /// The challenge it answers, to be looked for among ours.
    pub fn challenge(&self) -> Result<Secret, Mistake> {
        Secret::parse(&self.said.challenge).ok_or(Mistake::Challenge)
    }

    pub(super) fn raw(&self) -> &[u8] {
        &self.raw
    }

    pub(super) fn purpose(&self) -> &str {
        &self.said.r#type
    }

    pub(super) fn origin(&self) -> &str {
        &self.said.origin
    }

    pub(super) fn is_cross_origin(&self) -> bool {
        self.said.cross_origin || self.said.top_origin.is_some()
    }
}

/// A bit of the flags (§6.1).
#[derive(Clone, Copy, Debug)]
pub(super) enum Flag {
    Present = 1,
    Verified = 1 << 2,
    MayBeSynced = 1 << 3,
    IsSynced = 1 << 4,
    Attested = 1 << 6,
}

/// What the device says (§6.1): 32 bytes, flags, a counter, and in a new passkey its id and key.
#[derive(Clone, Copy, Debug)]
pub(super) struct AuthenticatorData<'a> {
    /// SHA-256 of the relying party's id.
    pub(super) relying_party: &'a [u8; 32],
    flags: u8,
    pub(super) counter: u32,
    rest: &'a [u8],
}

impl<'a> AuthenticatorData<'a> {
    pub(super) fn read(raw: &'a [u8]) -> Result<Self, Mistake> {
        let (relying_party, rest) = raw.split_first_chunk().ok_or(Mistake::Malformed)?;
        let ([flags], rest) = rest.split_first_chunk().ok_or(Mistake::Malformed)?;
        let (counter, rest) = rest.split_first_chunk().ok_or(Mistake::Malformed)?;
        Ok(Self {
            relying_party,
            flags: *flags,
            counter: u32::from_be_bytes(*counter),
            rest,
        })
    }

    pub(super) fn has(&self, flag: Flag) -> bool {
        self.flags & flag as u8 != 0
    }

    /// The id of a new passkey (§6.5.1).
    pub(super) fn attested_id(&self) -> Option<&'a [u8]> {
        if !self.has(Flag::Attested) {
            return None;
        }
        let (_, rest) = self.rest.split_at_checked(ATTESTED_HEAD)?;
        let (length, rest) = rest.split_first_chunk()?;
        rest.get(..usize::from(u16::from_be_bytes(*length)))
    }
}
