//! Which consultations of a person a browser may see: the one it began, or all where a passkey was proven in it (rule 4).

use jiff::{SignedDuration, Timestamp};

use super::{Result, Store, StoreError, read};
use crate::id::PersonTag;
use crate::private::SecretHash;

/// How long a browser stays known after a proof.
pub const BROWSER_LIFE: SignedDuration = SignedDuration::from_hours(24 * 180);

const SIGHT: &str = "select (select count(*) from known_browser where person = $1 and hash = $2 and expires_at > $3), \
     (select count(*) from passkey where person = $1)";

/// Which browser of its initiator sees a consultation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// This one, in which it was begun: the initiator had no passkey.
    Browser(SecretHash),
    /// Every one in which the initiator has proven a passkey.
    Passkey,
}

impl Binding {
    /// As the column holds it.
    pub(super) fn stored(&self) -> Option<&[u8]> {
        match self {
            Self::Browser(hash) => Some(hash.as_bytes()),
            Self::Passkey => None,
        }
    }

    pub(super) fn read(stored: Option<&[u8]>) -> Result<Self> {
        match stored {
            None => Ok(Self::Passkey),
            Some(bytes) => SecretHash::from_stored(bytes)
                .map(Self::Browser)
                .ok_or(StoreError::Corrupt("browser")),
        }
    }
}

/// How a browser stands to the person whose launch came from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// A passkey was proven in it.
    Proven,
    /// The person has passkeys, and none was proven in it.
    Unproven,
    /// The person has no passkey.
    Open,
}

/// What one browser may see of one person's consultations. Made by [`Store::sight`] only.
#[derive(Clone, Debug)]
pub struct Sight {
    person: PersonTag,
    browser: Option<SecretHash>,
    trust: Trust,
}

impl Sight {
    pub fn person(&self) -> &PersonTag {
        &self.person
    }

    pub fn browser(&self) -> Option<&SecretHash> {
        self.browser.as_ref()
    }

    pub fn trust(&self) -> Trust {
        self.trust
    }

    pub fn shows(&self, binding: &Binding) -> bool {
        match binding {
            Binding::Passkey => self.trust == Trust::Proven,
            Binding::Browser(hash) => self.browser.as_ref() == Some(hash),
        }
    }
}

impl Store {
    /// What the browser with this cookie may see of this person's consultations.
    pub async fn sight(&self, person: &PersonTag, browser: Option<SecretHash>, now: Timestamp) -> Result<Sight> {
        let (known, passkeys): (i64, i64) = read!(self, |pool| {
            sqlx::query_as(SIGHT)
                .bind(person.0.as_slice())
                .bind(browser.as_ref().map(SecretHash::as_bytes))
                .bind(now.as_millisecond())
                .fetch_one(pool)
                .await
        })?;
        let trust = match (known, passkeys) {
            (_, 0) => Trust::Open,
            (0, _) => Trust::Unproven,
            _ => Trust::Proven,
        };
        Ok(Sight {
            person: person.clone(),
            browser,
            trust,
        })
    }
}
