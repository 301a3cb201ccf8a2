//! Passkeys (Web Authentication Level 2): what a browser answers, and whether it proves that the person is there.
//!
//! No attestation is asked for, so which maker built the device stays unknown and nothing has to be decoded but what §5.2.1.1
//! hands over readily: the public key as `SubjectPublicKeyInfo` and the authenticator data. Signatures are checked by aws-lc-rs.
//! The libraries for relying parties all bring a second cryptography beside it, and decoders for attestations that nobody here
//! reads; what is left without those are the comparisons below.

mod answer;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, VerificationAlgorithm,
};
use serde::{Deserialize, Serialize};
use url::Url;

pub use answer::{Assertion, ClientData, Registration};
use answer::{AuthenticatorData, Flag};

/// Why a passkey was not made, or nothing was proven by it. Clauses are those of Web Authentication Level 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    #[error("the answer cannot be read")]
    Malformed,
    #[error("the answer is for another purpose (§7.1 step 7, §7.2 step 11)")]
    Type,
    #[error("the answer is for another question (§7.1 step 8, §7.2 step 12)")]
    Challenge,
    #[error("the answer was given to another site (§7.1 step 9, §7.2 step 13)")]
    Origin,
    #[error("the answer was given inside another site (§5.8.1, crossOrigin)")]
    CrossOrigin,
    #[error("the passkey belongs to another site (§7.1 step 13, §7.2 step 15)")]
    RelyingParty,
    #[error("nobody was there (§7.1 step 14, §7.2 step 16)")]
    NotPresent,
    #[error("the device did not make sure who was there (§7.1 step 15, §7.2 step 17)")]
    NotVerified,
    #[error("the flags contradict each other, or what they said before (§6.1)")]
    Flags,
    #[error("the key is none of the kinds asked for (§7.1 step 16)")]
    Key,
    #[error("the passkey belongs to somebody else (§7.2 step 6)")]
    SomebodyElse,
    #[error("the signature does not fit (§7.2 step 20)")]
    Signature,
    #[error("the counter has not gone on: perhaps there is a copy (§7.2 step 21)")]
    Counter,
}

/// The kinds of keys we ask for, in the order of our wish (COSE algorithm identifiers).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    EdDsa,
    Es256,
    Rs256,
}

impl Algorithm {
    pub const ALL: [Self; 3] = [Self::EdDsa, Self::Es256, Self::Rs256];

    /// As registered at IANA.
    pub fn number(self) -> i64 {
        match self {
            Self::EdDsa => -8,
            Self::Es256 => -7,
            Self::Rs256 => -257,
        }
    }

    fn of(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.number() == number)
    }

    fn verification(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::EdDsa => &ED25519,
            Self::Es256 => &ECDSA_P256_SHA256_ASN1,
            Self::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        }
    }
}

/// What is kept of a passkey.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    pub id: Vec<u8>,
    pub algorithm: Algorithm,
    /// DER of a `SubjectPublicKeyInfo`.
    pub public_key: Vec<u8>,
    /// Whether it may live on several devices; never changes (§6.1.3).
    pub synced: bool,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("[passkey]")
    }
}

/// We, as a browser sees us.
#[derive(Clone, Debug)]
pub struct RelyingParty {
    /// The host of our address: passkeys are bound to it.
    pub id: String,
    origin: String,
}

impl RelyingParty {
    pub fn at(public_url: &Url) -> Self {
        Self {
            id: public_url.host_str().unwrap_or_default().to_owned(),
            origin: public_url.origin().ascii_serialization(),
        }
    }

    /// Takes a new passkey (§7.1). That its challenge was ours and unspent is for the caller to know.
    /// Answers it with the first value of its counter.
    pub fn register(&self, answer: &Registration) -> Result<(Credential, u32), Mistake> {
        self.check_client(&answer.client, "webauthn.create")?;
        let data = self.check_authenticator(&answer.authenticator_data)?;
        // whoever sent the two parts must mean the same passkey
        if data.attested_id() != Some(&answer.id) {
            return Err(Mistake::Malformed);
        }
        let algorithm = Algorithm::of(answer.algorithm).ok_or(Mistake::Key)?;
        let key = ParsedPublicKey::new(algorithm.verification(), &answer.public_key);
        key.map_err(|_| Mistake::Key)?;
        let credential = Credential {
            id: answer.id.clone(),
            algorithm,
            public_key: answer.public_key.clone(),
            synced: data.has(Flag::MayBeSynced),
        };
        Ok((credential, data.counter))
    }

    /// Checks a proof (§7.2) by a passkey whose counter was last seen at `counter`. That its challenge was ours and unspent
    /// is for the caller to know. Answers the counter as it is now.
    pub fn prove(&self, credential: &Credential, counter: u32, answer: &Assertion) -> Result<u32, Mistake> {
        if credential.id != answer.id {
            return Err(Mistake::SomebodyElse);
        }
        self.check_client(&answer.client, "webauthn.get")?;
        let data = self.check_authenticator(&answer.authenticator_data)?;
        if data.has(Flag::MayBeSynced) != credential.synced {
            return Err(Mistake::Flags);
        }
        let key = ParsedPublicKey::new(credential.algorithm.verification(), &credential.public_key)
            .map_err(|_| Mistake::Key)?;
        let said = digest(&SHA256, answer.client.raw());
        let signed = [answer.authenticator_data.as_slice(), said.as_ref()].concat();
        key.verify_sig(&signed, &answer.signature)
            .map_err(|_| Mistake::Signature)?;
        // passkeys that live on several devices do not count and say 0
        if (data.counter != 0 || counter != 0) && data.counter <= counter {
            return Err(Mistake::Counter);
        }
        Ok(data.counter)
    }

    fn check_client(&self, client: &ClientData, purpose: &str) -> Result<(), Mistake> {
        if client.purpose() != purpose {
            return Err(Mistake::Type);
        }
        if client.origin() != self.origin {
            return Err(Mistake::Origin);
        }
        if client.is_cross_origin() {
            return Err(Mistake::CrossOrigin);
        }
        Ok(())
    }

    fn check_authenticator<'a>(&self, raw: &'a [u8]) -> Result<AuthenticatorData<'a>, Mistake> {
        let data = AuthenticatorData::read(raw)?;
        if data.relying_party != digest(&SHA256, self.id.as_bytes()).as_ref() {
            return Err(Mistake::RelyingParty);
        }
        if !data.has(Flag::Present) {
            return Err(Mistake::NotPresent);
        }
        if !data.has(Flag::Verified) {
            return Err(Mistake::NotVerified);
        }
        if data.has(Flag::IsSynced) && !data.has(Flag::MayBeSynced) {
            return Err(Mistake::Flags);
        }
        Ok(data)
    }
}

#[cfg(test)]
mod tests;
