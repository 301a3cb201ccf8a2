//! Passkeys of those who begin consultations, the questions they answer, and the browsers in which they were proven.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::sight::{BROWSER_LIFE, Sight, Trust};
use super::{Result, Store, StoreError, read, time, touched, write};
use crate::id::{PasskeyId, PersonTag, hex};
use crate::passkey::Credential;
use crate::private::{Private, SecretHash};

/// How long somebody may think about a question.
pub const CHALLENGE_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// A passkey goes when it was not used for so long: more than a school year with its holidays.
pub(super) const PASSKEY_LIFE: SignedDuration = SignedDuration::from_hours(24 * 400);
/// After so long, somebody who did not want a passkey is asked once more.
pub(super) const ASKED_LIFE: SignedDuration = SignedDuration::from_hours(24 * 400);

const CHALLENGE: &str =
    "insert into passkey_challenge (hash, person, visit, purpose, expires_at) values ($1, $2, $3, $4, $5)";
const TAKE_CHALLENGE: &str = "delete from passkey_challenge where hash = $1 and person = $2 and visit = $3 and purpose = $4 \
     returning expires_at";
const PASSKEYS: &str =
    "select id, sealed, counter, made_at, used_at from passkey where person = $1 order by made_at, id";
const COUNT: &str = "select count(*) from passkey where person = $1";
const IS_KNOWN: &str = "select count(*) from known_browser where person = $1 and hash = $2 and expires_at > $3";
const KEEP: &str = "insert into passkey (id, person, credential, sealed, counter, made_at, used_at, expires_at) \
     values ($1, $2, $3, $4, $5, $6, $6, $7) on conflict (credential) do nothing";
const USE: &str = "update passkey set counter = $3, used_at = $4, expires_at = $5 where id = $1 and person = $2 \
     and (counter < $3 or (counter = 0 and $3 = 0))";
const REMOVE: &str = "delete from passkey where id = $1 and person = $2";
const KNOW: &str = "insert into known_browser (person, hash, expires_at) values ($1, $2, $3) \
     on conflict (person, hash) do update set expires_at = excluded.expires_at";
/// What was begun in this browser before is from now on seen in every proven one.
const WIDEN: [&str; 2] = [
    "update consultation set browser = null where initiator = $1 and browser = $2",
    "update receipt set browser = null where person = $1 and browser = $2",
];
/// With the last passkey, what it guarded falls to the browser in which it was removed.
const NARROW: [&str; 2] = [
    "update consultation set browser = $2 where initiator = $1 and browser is null",
    "update receipt set browser = $2 where person = $1 and browser is null",
];
const FORGET_ALL: &str = "delete from known_browser where person = $1";
const FORGET_OTHERS: &str = "delete from known_browser where person = $1 and hash <> $2";
const OTHERS: &str = "select count(*) from known_browser where person = $1 and hash <> $2 and expires_at > $3";
const ASKED: &str = "select count(*) from counsellor where person = $1";
const ASK: &str = "insert into counsellor (person, asked_at, expires_at) values ($1, $2, $3) \
     on conflict (person) do update set asked_at = excluded.asked_at, expires_at = excluded.expires_at";

/// What ends by time alone; `$1` is now. A passkey stays as long as there is a consultation that only it shows.
pub(super) const EXPIRED: [&str; 6] = [
    "delete from passkey where expires_at <= $1 \
     and not exists (select 1 from consultation where initiator = passkey.person)",
    "delete from known_browser where expires_at <= $1",
    "delete from passkey_challenge where expires_at <= $1",
    "delete from recovery where expires_at <= $1",
    "delete from counsellor where expires_at <= $1",
    "update administrative_act set person = null where person is not null and expires_at <= $1",
];

/// What a question is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Make,
    Prove,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Self::Make => "make",
            Self::Prove => "prove",
        }
    }
}

/// A passkey that was made just now.
#[derive(Clone, Debug)]
pub struct NewPasskey {
    pub id: PasskeyId,
    pub credential: Credential,
    pub counter: u32,
    /// What the person calls the device.
    pub label: Private<String>,
}

/// A kept passkey.
#[derive(Clone, Debug)]
pub struct Passkey {
    pub id: PasskeyId,
    pub credential: Credential,
    pub counter: u32,
    pub label: Private<String>,
    pub made_at: Timestamp,
    pub used_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    credential: Credential,
    label: String,
}

/// The browser has proven a passkey: it is known, and what was begun in it is seen in every known one.
macro_rules! know {
    ($transaction:expr, $person:expr, $browser:expr, $now:expr) => {{
        sqlx::query(KNOW)
            .bind($person.0.as_slice())
            .bind($browser.as_bytes())
            .bind(($now + BROWSER_LIFE).as_millisecond())
            .execute(&mut *$transaction)
            .await?;
        for widen in WIDEN {
            sqlx::query(widen)
                .bind($person.0.as_slice())
                .bind($browser.as_bytes())
                .execute(&mut *$transaction)
                .await?;
        }
    }};
}

impl Store {
    /// Keeps a question to this person in this visit.
    pub async fn keep_challenge(
        &self,
        hash: &SecretHash,
        (person, visit): (&PersonTag, &SecretHash),
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(CHALLENGE)
                .bind(hash.as_bytes())
                .bind(person.0.as_slice())
                .bind(visit.as_bytes())
                .bind(purpose.code())
                .bind((now + CHALLENGE_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    /// Spends a question: once, by the same person in the same visit, for the same purpose, in time.
    pub async fn take_challenge(
        &self,
        hash: &SecretHash,
        (person, visit): (&PersonTag, &SecretHash),
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<()> {
        let taken: Option<(i64,)> = write!(self, |transaction, _dialect| {
            sqlx::query_as(TAKE_CHALLENGE)
                .bind(hash.as_bytes())
                .bind(person.0.as_slice())
                .bind(visit.as_bytes())
                .bind(purpose.code())
                .fetch_optional(&mut *transaction)
                .await?
        });
        let (expires_at,) = taken.ok_or(StoreError::NotFound)?;
        if expires_at <= now.as_millisecond() {
            return Err(StoreError::NotFound);
        }
        Ok(())
    }

    /// All passkeys of this person, the oldest first.
    pub async fn passkeys(&self, person: &PersonTag) -> Result<Vec<Passkey>> {
        let found: Vec<(String, Vec<u8>, i64, i64, i64)> = read!(self, |pool| sqlx::query_as(PASSKEYS)
            .bind(person.0.as_slice())
            .fetch_all(pool)
            .await)?;
        found
            .into_iter()
            .map(|(id, sealed, counter, made_at, used_at)| {
                let plain = self.vault.open(&place(&id), &sealed)?;
                let sealed: Sealed = serde_json::from_slice(&plain).map_err(|_| StoreError::Corrupt("passkey"))?;
                Ok(Passkey {
                    id: PasskeyId::parse(&id).ok_or(StoreError::Corrupt("passkey id"))?,
                    credential: sealed.credential,
                    counter: super::count(counter)?,
                    label: Private::new(sealed.label),
                    made_at: time(made_at)?,
                    used_at: time(used_at)?,
                })
            })
            .collect()
    }

    /// Keeps a new passkey and knows this browser from now on. The first one is anybody's who launched as this person; a
    /// further one only where another was proven. `NotFound` says that it may not be, or that the credential is there already.
    pub async fn keep_passkey(
        &self,
        passkey: &NewPasskey,
        (person, browser): (&PersonTag, &SecretHash),
        now: Timestamp,
    ) -> Result<()> {
        let id = passkey.id.as_str();
        let sealed = Sealed {
            credential: passkey.credential.clone(),
            label: passkey.label.expose().clone(),
        };
        let plain = serde_json::to_vec(&sealed).map_err(|_| StoreError::Corrupt("passkey"))?;
        let sealed = self.vault.seal(&place(id), &plain);
        let credential = self.vault.tag("credential", &[&hex(&passkey.credential.id)]);
        write!(self, |transaction, _dialect| {
            // two that register at once for the same person wait for each other here
            sqlx::query(ASK)
                .bind(person.0.as_slice())
                .bind(now.as_millisecond())
                .bind((now + ASKED_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?;
            let passkeys: i64 = sqlx::query_scalar(COUNT)
                .bind(person.0.as_slice())
                .fetch_one(&mut *transaction)
                .await?;
            let known: i64 = sqlx::query_scalar(IS_KNOWN)
                .bind(person.0.as_slice())
                .bind(browser.as_bytes())
                .bind(now.as_millisecond())
                .fetch_one(&mut *transaction)
                .await?;
            if passkeys > 0 && known == 0 {
                return Err(StoreError::NotFound);
            }
            let kept = sqlx::query(KEEP)
                .bind(id)
                .bind(person.0.as_slice())
                .bind(credential.as_slice())
                .bind(sealed)
                .bind(i64::from(passkey.counter))
                .bind(now.as_millisecond())
                .bind((now + PASSKEY_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?;
            touched(kept.rows_affected(), 1)?;
            know!(transaction, person, browser, now);
        });
        Ok(())
    }

    /// A passkey was proven in this browser; its counter must have gone on since it was read.
    pub async fn prove_passkey(
        &self,
        (passkey, counter): (&PasskeyId, u32),
        (person, browser): (&PersonTag, &SecretHash),
        now: Timestamp,
    ) -> Result<()> {
        write!(self, |transaction, _dialect| {
            let used = sqlx::query(USE)
                .bind(passkey.as_str())
                .bind(person.0.as_slice())
                .bind(i64::from(counter))
                .bind(now.as_millisecond())
                .bind((now + PASSKEY_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?;
            touched(used.rows_affected(), 1)?;
            know!(transaction, person, browser, now);
        });
        Ok(())
    }

    /// Removes a passkey, in a browser where one was proven. After the last one this browser alone sees what is there.
    pub async fn remove_passkey(&self, passkey: &PasskeyId, sight: &Sight) -> Result<()> {
        let (person, browser) = proven(sight)?;
        write!(self, |transaction, _dialect| {
            let removed = sqlx::query(REMOVE)
                .bind(passkey.as_str())
                .bind(person.0.as_slice())
                .execute(&mut *transaction)
                .await?;
            touched(removed.rows_affected(), 1)?;
            let left: i64 = sqlx::query_scalar(COUNT)
                .bind(person.0.as_slice())
                .fetch_one(&mut *transaction)
                .await?;
            if left == 0 {
                sqlx::query(FORGET_ALL)
                    .bind(person.0.as_slice())
                    .execute(&mut *transaction)
                    .await?;
                for narrow in NARROW {
                    sqlx::query(narrow)
                        .bind(person.0.as_slice())
                        .bind(browser.as_bytes())
                        .execute(&mut *transaction)
                        .await?;
                }
            }
        });
        Ok(())
    }

    /// How many other browsers are known to be this person's.
    pub async fn other_browsers(&self, sight: &Sight, now: Timestamp) -> Result<u32> {
        let (person, browser) = proven(sight)?;
        let others: i64 = read!(self, |pool| sqlx::query_scalar(OTHERS)
            .bind(person.0.as_slice())
            .bind(browser.as_bytes())
            .bind(now.as_millisecond())
            .fetch_one(pool)
            .await)?;
        super::count(others)
    }

    /// Every other browser has to prove a passkey again.
    pub async fn forget_other_browsers(&self, sight: &Sight) -> Result<()> {
        let (person, browser) = proven(sight)?;
        write!(self, |transaction, _dialect| {
            sqlx::query(FORGET_OTHERS)
                .bind(person.0.as_slice())
                .bind(browser.as_bytes())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    /// Whether this person was asked if they want a passkey.
    pub async fn was_asked(&self, person: &PersonTag) -> Result<bool> {
        let asked: i64 = read!(self, |pool| sqlx::query_scalar(ASKED)
            .bind(person.0.as_slice())
            .fetch_one(pool)
            .await)?;
        Ok(asked > 0)
    }

    /// Notes that this person was asked.
    pub async fn note_asked(&self, person: &PersonTag, now: Timestamp) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(ASK)
                .bind(person.0.as_slice())
                .bind(now.as_millisecond())
                .bind((now + ASKED_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }
}

fn proven(sight: &Sight) -> Result<(&PersonTag, &SecretHash)> {
    match (sight.trust(), sight.browser()) {
        (Trust::Proven, Some(browser)) => Ok((sight.person(), browser)),
        _ => Err(StoreError::NotFound),
    }
}

fn place(id: &str) -> String {
    format!("passkey.sealed|{id}")
}
