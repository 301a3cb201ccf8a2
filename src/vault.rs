//! Encryption at rest: the key file, one data key per consultation, and keyed hashes.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::{hkdf, hmac};
use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::id::{CourseTag, ParticipantId, PersonTag, PlaceTag};
use crate::private::Secret;

/// What cannot be decrypted, or not read as a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error("the key file holds no key; make one with `sprechzimmer keys new`")]
    NoKey,
    #[error("line {0} of the key file is not `number key`, the key being 32 bytes in base64")]
    BadLine(usize),
    #[error("key number {0} stands twice in the key file")]
    TwiceNumbered(u32),
    #[error("a stored value was encrypted with key number {0}, which is not in the key file")]
    UnknownKey(u32),
    #[error("a stored value cannot be decrypted: wrong key file, or changed from outside")]
    Unreadable,
    #[error(
        "this database was begun with another key file, or with another first line in it; put back the one it was begun with: \
         nothing was read, and nothing was changed"
    )]
    Foreign,
}

/// The keys of the key file. The last line encrypts; older lines still decrypt.
pub struct Vault {
    /// In the order of the file; never empty.
    keys: Vec<(u32, SealingKey)>,
    tags: hmac::Key,
}

impl fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[vault]")
    }
}

impl Vault {
    /// Reads a key file: a line per key, `number base64-of-32-bytes`; `#` starts a comment.
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        let mut keys: Vec<(u32, SealingKey)> = Vec::new();
        let mut tags = None;
        for (index, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let (number, raw) = parse_line(line).ok_or(VaultError::BadLine(index + 1))?;
            if keys.iter().any(|(known, _)| *known == number) {
                return Err(VaultError::TwiceNumbered(number));
            }
            // tags must stay equal over a rotation, so the first key of the file makes them
            if tags.is_none() {
                tags = Some(hmac::Key::new(hmac::HMAC_SHA256, derive(&raw, b"tags").as_ref()));
            }
            keys.push((number, SealingKey::new(&derive(&raw, b"seal"))));
        }
        // with the first key there are tags, without one there is nothing
        let tags = tags.ok_or(VaultError::NoKey)?;
        Ok(Self { keys, tags })
    }

    /// The number of the key that encrypts.
    pub fn newest(&self) -> u32 {
        self.current().0
    }

    /// One line of a key file for a new key.
    pub fn key_line(number: u32, random: &[u8; 32]) -> String {
        format!("{number} {}\n", STANDARD.encode(random))
    }

    /// Seals a value that belongs to no consultation. `place` is "table.column|row" and is bound to the value.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Vec<u8> {
        let (number, key) = self.current();
        let mut sealed = number.to_be_bytes().to_vec();
        sealed.extend(key.seal(place, plain));
        sealed
    }

    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (number, rest) = sealed.split_first_chunk::<4>().ok_or(VaultError::Unreadable)?;
        let number = u32::from_be_bytes(*number);
        self.key(number)
            .ok_or(VaultError::UnknownKey(number))?
            .open(place, rest)
    }

    /// Wraps the data key of one consultation.
    pub fn wrap(&self, consultation: &str, key: &DataKey) -> Vec<u8> {
        self.seal(&format!("consultation.data_key|{consultation}"), &key.0)
    }

    pub fn unwrap_key(&self, consultation: &str, wrapped: &[u8]) -> Result<DataKey, VaultError> {
        let raw = self.open(&format!("consultation.data_key|{consultation}"), wrapped)?;
        Ok(DataKey(raw.as_slice().try_into().map_err(|_| VaultError::Unreadable)?))
    }

    pub fn person(&self, issuer: &str, client_id: &str, deployment_id: &str, subject: &str) -> PersonTag {
        PersonTag(self.tag("person", &[issuer, client_id, deployment_id, subject]))
    }

    /// The place a consultation belongs to; `parts` are issuer, client id, deployment, context and resource link.
    pub fn place(&self, parts: &[&str; 5]) -> PlaceTag {
        PlaceTag(self.tag("place", parts))
    }

    /// The course around it; `parts` are issuer, client id, deployment and context.
    pub fn course(&self, parts: &[&str; 4]) -> CourseTag {
        CourseTag(self.tag("course", parts))
    }

    /// A keyed hash for other lookups, for instance of a spent nonce.
    pub fn tag(&self, kind: &str, parts: &[&str]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.tags);
        for part in std::iter::once(&kind).chain(parts) {
            context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(part.as_bytes());
        }
        let mut tag = [0; 32];
        tag.copy_from_slice(context.sign().as_ref());
        tag
    }

    #[expect(
        clippy::expect_used,
        reason = "a key file without a key was refused when it was read"
    )]
    fn current(&self) -> &(u32, SealingKey) {
        self.keys.last().expect("there is a key")
    }

    fn key(&self, number: u32) -> Option<&SealingKey> {
        self.keys.iter().find(|(known, _)| *known == number).map(|(_, key)| key)
    }
}

/// The key of one consultation. Whoever destroys its wrapped form has erased every name sealed with it.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DataKey([u8; 32]);

impl fmt::Debug for DataKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[key]")
    }
}

impl DataKey {
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    pub fn seal(&self, place: &str, plain: &[u8]) -> Vec<u8> {
        SealingKey::new(&derive(&self.0, b"seal")).seal(place, plain)
    }

    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        SealingKey::new(&derive(&self.0, b"seal")).open(place, sealed)
    }

    /// The secret of a personal link. Derived, so that the links page can show it again although only its hash is stored.
    pub fn invitation(&self, participant: &ParticipantId, generation: u32) -> Secret {
        self.secret(b"link", &format!("{participant}|{generation}"))
    }

    /// The secret of the link that can be placed in the course; derived like an invitation.
    pub fn placed_link(&self) -> Secret {
        self.secret(b"placed link", "")
    }

    fn secret(&self, purpose: &[u8], of: &str) -> Secret {
        let key = hmac::Key::new(hmac::HMAC_SHA256, derive(&self.0, purpose).as_ref());
        let tag = hmac::sign(&key, of.as_bytes());
        let mut bytes = [0; 32];
        bytes.copy_from_slice(tag.as_ref());
        Secret::new(bytes)
    }
}

struct SealingKey(RandomizedNonceKey);

impl SealingKey {
    #[expect(clippy::expect_used, reason = "32 bytes are what this algorithm takes")]
    fn new(raw: &[u8; 32]) -> Self {
        Self(RandomizedNonceKey::new(&AES_256_GCM_SIV, raw).expect("a key of 32 bytes"))
    }

    /// nonce (12 bytes) | ciphertext | tag (16 bytes)
    #[expect(
        clippy::expect_used,
        reason = "fails only without randomness; then nothing may be stored, neither plain nor empty"
    )]
    fn seal(&self, place: &str, plain: &[u8]) -> Vec<u8> {
        let mut text = plain.to_vec();
        let sealed = self.0.seal_in_place_append_tag(Aad::from(place.as_bytes()), &mut text);
        let nonce = sealed.expect("the operating system gives random bytes");
        [nonce.as_ref().as_slice(), &text].concat()
    }

    fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN).ok_or(VaultError::Unreadable)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| VaultError::Unreadable)?;
        let mut text = Zeroizing::new(text.to_vec());
        let length = self
            .0
            .open_in_place(nonce, Aad::from(place.as_bytes()), &mut text)
            .map_err(|_| VaultError::Unreadable)?
            .len();
        text.truncate(length);
        Ok(text)
    }
}

fn parse_line(line: &str) -> Option<(u32, Zeroizing<[u8; 32]>)> {
    let (number, key) = line.split_once(char::is_whitespace)?;
    let raw = Zeroizing::new(STANDARD.decode(key.trim()).ok()?);
    Some((number.parse().ok()?, Zeroizing::new(raw.as_slice().try_into().ok()?)))
}

/// HKDF-SHA256 (RFC 5869), so that no key serves two purposes.
#[expect(
    clippy::expect_used,
    reason = "32 bytes are always within the limit of HKDF; a key of zeros must never be used"
)]
fn derive(raw: &[u8; 32], purpose: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"sprechzimmer")
        .extract(raw)
        .expand(&[purpose], hkdf::HKDF_SHA256)
        .and_then(|expanded| expanded.fill(key.as_mut_slice()))
        .expect("32 bytes");
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(lines: &[(u32, u8)]) -> Vault {
        let text: String = lines
            .iter()
            .map(|(number, byte)| Vault::key_line(*number, &[*byte; 32]))
            .collect();
        Vault::parse(&text).unwrap()
    }

    #[test]
    fn a_sealed_value_opens_only_at_its_own_place_and_unchanged() {
        let vault = vault(&[(1, 1)]);
        let sealed = vault.seal("visit.sealed|1", b"Mara");
        assert_eq!(vault.open("visit.sealed|1", &sealed).unwrap().as_slice(), b"Mara");
        assert_eq!(vault.open("visit.sealed|2", &sealed), Err(VaultError::Unreadable));
        for index in 4..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert_eq!(vault.open("visit.sealed|1", &changed), Err(VaultError::Unreadable));
        }
    }

    #[test]
    fn after_a_rotation_old_values_open_and_tags_stay_equal() {
        let (before, after) = (vault(&[(1, 1)]), vault(&[(1, 1), (2, 2)]));
        let sealed = before.seal("p", b"x");
        assert_eq!(after.open("p", &sealed).unwrap().as_slice(), b"x");
        assert_eq!(before.open("p", &after.seal("p", b"x")), Err(VaultError::UnknownKey(2)));
        assert_eq!(before.tag("person", &["a"]), after.tag("person", &["a"]));
    }

    #[test]
    fn tags_keep_their_parts_apart() {
        let vault = vault(&[(1, 1)]);
        assert_ne!(vault.tag("person", &["ab", "c"]), vault.tag("person", &["a", "bc"]));
    }

    #[test]
    fn a_broken_key_file_is_named_by_its_line() {
        assert_eq!(Vault::parse("# nothing\n").err(), Some(VaultError::NoKey));
        assert_eq!(Vault::parse("# keys\n1 short\n").err(), Some(VaultError::BadLine(2)));
        let line = Vault::key_line(1, &[1; 32]);
        assert_eq!(
            Vault::parse(&format!("{line}{line}")).err(),
            Some(VaultError::TwiceNumbered(1))
        );
    }
}
