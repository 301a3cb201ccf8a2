//! What one seat shows to the relay: fresh for every start of a seat, alive only while the seat is.

use std::fmt;

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

/// The people who may reach each other: one room. Numbers are given out by the caller and never used twice.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Group(pub u64);

impl Group {
    /// The group of a room that never was; rooms count from one.
    pub const NOBODY: Self = Self(0);
}

/// One start of one seat. Its hexadecimal form is the TURN username, which tells nothing about the person.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct HolderId(u64);

impl HolderId {
    pub(super) fn from_username(username: &str) -> Option<Self> {
        u64::from_str_radix(username, 16).ok().map(Self)
    }
}

/// TURN username and password.
pub struct Credential {
    holder: HolderId,
    password: Zeroizing<String>,
}

impl Credential {
    /// Fails only when the system has no randomness.
    pub fn generate() -> Result<Self, Unspecified> {
        let (mut holder, mut password) = ([0; 8], Zeroizing::new([0; 24]));
        rand::fill(&mut holder)?;
        rand::fill(password.as_mut_slice())?;
        let password = Zeroizing::new(URL_SAFE_NO_PAD.encode(password.as_slice()));
        Ok(Self {
            holder: HolderId(u64::from_be_bytes(holder)),
            password,
        })
    }

    pub fn holder(&self) -> HolderId {
        self.holder
    }

    pub fn username(&self) -> String {
        format!("{:016x}", self.holder.0)
    }

    pub fn password(&self) -> &str {
        &self.password
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(withheld)")
    }
}
