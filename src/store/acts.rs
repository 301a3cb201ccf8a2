//! What an administrator decided about a person's way in, and who has read of it.

use jiff::{SignedDuration, Timestamp};

use super::{Result, Store, StoreError, read, time, touched, write};
use crate::id::{ActId, PersonTag};
use crate::private::SecretHash;

/// How long a number for the administrator is good for.
pub(super) const RECOVERY_LIFE: SignedDuration = SignedDuration::from_mins(30);
/// How long the person is told of it.
pub(super) const NOTICE_LIFE: SignedDuration = SignedDuration::from_hours(24 * 90);
/// After so long an act is nobody's any more.
pub(super) const PERSON_LIFE: SignedDuration = SignedDuration::from_hours(24 * 366);
/// Passkeys and known browsers of somebody were forgotten.
const RESET: &str = "passkey-reset";

const ASK: &str = "insert into recovery (person, number, browser, expires_at) values ($1, $2, $3, $4) \
     on conflict (person) do update set number = excluded.number, browser = excluded.browser, expires_at = excluded.expires_at";
const TAKE: &str = "delete from recovery where number = $1 returning person, browser, expires_at";
const FORGET: [&str; 3] = [
    "delete from passkey where person = $1",
    "delete from known_browser where person = $1",
    VOID_TICKETS,
];
/// A way into a room that an older browser has taken and not used yet.
const VOID_TICKETS: &str = "delete from ticket where participant is null and consultation in (select id from consultation where initiator = $1)";
/// Everything falls to the browser that showed the number.
const MOVE: [&str; 2] = [
    "update consultation set browser = $2 where initiator = $1",
    "update receipt set browser = $2 where person = $1",
];
const NOTE: &str = "insert into administrative_act (id, at, act, person, expires_at) values ($1, $2, $3, $4, $5)";
/// About a learning platform, and no person: nothing of it expires.
pub(super) const NOTE_PLATFORM: &str =
    "insert into administrative_act (id, at, act, platform, expires_at) values ($1, $2, $3, $4, $2)";
/// About nobody and nothing.
const NOTE_BARE: &str = "insert into administrative_act (id, at, act, expires_at) values ($1, $2, $3, $2)";
const ACTS: &str = "select id, at, act, person, platform from administrative_act where at < $1 or (at = $1 and id < $2) \
     order by at desc, id desc limit 100";
/// More are not decided within one look.
const LATEST_RESETS: &str = "select id, person from administrative_act where act = 'passkey-reset' and person is not null \
     order by at desc, id desc limit 20";
const NOTICES: &str = "select id, at from administrative_act where person = $1 and at > $2 and act = 'passkey-reset' \
     and not exists (select 1 from acknowledgement where act = administrative_act.id and browser = $3) order by at desc";
const ACKNOWLEDGE: &str = "insert into acknowledgement (act, browser) \
     select id, $2 from administrative_act where id = $1 and person = $3 on conflict do nothing";

/// One decision, for the log of the administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    pub id: ActId,
    pub at: Timestamp,
    /// A code.
    pub act: String,
    /// Keyed hash of whom it was about, for a year.
    pub person: Option<PersonTag>,
    /// Which learning platform it was about: issuer and client id, and what was approved there.
    pub platform: Option<String>,
}

/// An administrator decides something, now: under this id it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub id: ActId,
    pub at: Timestamp,
}

/// Notes a decision about a learning platform, in the transaction that does it.
macro_rules! note {
    ($transaction:ident, $decision:expr, $act:expr, $platform:expr) => {{
        let noted = sqlx::query($crate::store::acts::NOTE_PLATFORM)
            .bind($decision.id.as_str())
            .bind($decision.at.as_millisecond())
            .bind($act)
            .bind($platform)
            .execute(&mut *$transaction)
            .await?;
        $crate::store::touched(noted.rows_affected(), 1)?;
    }};
}
pub(super) use note;

/// What the person has not read yet in this browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: ActId,
    pub at: Timestamp,
}

impl Store {
    /// Keeps a number by which the administrator can name this person and this browser; it replaces an older one.
    pub async fn keep_recovery(
        &self,
        number: &str,
        (person, browser): (&PersonTag, &SecretHash),
        now: Timestamp,
    ) -> Result<()> {
        let number = self.vault.tag("recovery", &[number]);
        write!(self, |transaction, _dialect| {
            sqlx::query(ASK)
                .bind(person.0.as_slice())
                .bind(number.as_slice())
                .bind(browser.as_bytes())
                .bind((now + RECOVERY_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    /// The administrator's decision: whoever showed this number is the person. Their passkeys and known browsers are
    /// forgotten, and what they began is seen in the browser that showed the number. It stands in the log.
    pub async fn reset_passkeys(&self, number: &str, act: &ActId, now: Timestamp) -> Result<()> {
        let number = self.vault.tag("recovery", &[number]);
        write!(self, |transaction, _dialect| {
            let taken: Option<(Vec<u8>, Vec<u8>, i64)> = sqlx::query_as(TAKE)
                .bind(number.as_slice())
                .fetch_optional(&mut *transaction)
                .await?;
            let (person, browser, expires_at) = taken.ok_or(StoreError::NotFound)?;
            if expires_at <= now.as_millisecond() {
                return Err(StoreError::NotFound);
            }
            for forget in FORGET {
                sqlx::query(forget)
                    .bind(person.as_slice())
                    .execute(&mut *transaction)
                    .await?;
            }
            for everything in MOVE {
                sqlx::query(everything)
                    .bind(person.as_slice())
                    .bind(browser.as_slice())
                    .execute(&mut *transaction)
                    .await?;
            }
            let noted = sqlx::query(NOTE)
                .bind(act.as_str())
                .bind(now.as_millisecond())
                .bind(RESET)
                .bind(person)
                .bind((now + PERSON_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?;
            touched(noted.rows_affected(), 1)?;
        });
        Ok(())
    }

    /// The latest decisions by which browsers have lost what they could see, and whose they were.
    pub async fn latest_resets(&self) -> Result<Vec<(ActId, PersonTag)>> {
        let rows: Vec<(String, Vec<u8>)> = read!(self, |pool| sqlx::query_as(LATEST_RESETS).fetch_all(pool).await)?;
        rows.into_iter()
            .map(|(id, person)| {
                let id = ActId::parse(&id).ok_or(StoreError::Corrupt("act id"))?;
                Ok((id, PersonTag(super::rows::tag(&person)?)))
            })
            .collect()
    }

    /// Notes a decision about keys or the database: a code.
    pub async fn note(&self, act: &str, decision: &Decision) -> Result<()> {
        write!(self, |transaction, _dialect| {
            let noted = sqlx::query(NOTE_BARE)
                .bind(decision.id.as_str())
                .bind(decision.at.as_millisecond())
                .bind(act)
                .execute(&mut *transaction)
                .await?;
            touched(noted.rows_affected(), 1)?;
        });
        Ok(())
    }

    /// A page of the log: up to 100 acts, the latest first; the next page comes `after` the last one of this.
    pub async fn acts(&self, after: Option<&Act>) -> Result<Vec<Act>> {
        type Row = (String, i64, String, Option<Vec<u8>>, Option<String>);
        let (at, id) = after.map_or((i64::MAX, ""), |last| (last.at.as_millisecond(), last.id.as_str()));
        let rows: Vec<Row> = read!(self, |pool| sqlx::query_as(ACTS)
            .bind(at)
            .bind(id)
            .fetch_all(pool)
            .await)?;
        rows.into_iter()
            .map(|(id, at, act, person, platform)| {
                let person = person.map(|tag| super::rows::tag(&tag)).transpose()?.map(PersonTag);
                Ok(Act {
                    id: ActId::parse(&id).ok_or(StoreError::Corrupt("act id"))?,
                    at: time(at)?,
                    act,
                    person,
                    platform,
                })
            })
            .collect()
    }

    /// What was decided about this person lately and was not acknowledged in this browser, the latest first.
    pub async fn notices(
        &self,
        person: &PersonTag,
        browser: Option<&SecretHash>,
        now: Timestamp,
    ) -> Result<Vec<Notice>> {
        let since = now.saturating_sub(NOTICE_LIFE).unwrap_or(Timestamp::MIN);
        let rows: Vec<(String, i64)> = read!(self, |pool| sqlx::query_as(NOTICES)
            .bind(person.0.as_slice())
            .bind(since.as_millisecond())
            .bind(browser.map(SecretHash::as_bytes))
            .fetch_all(pool)
            .await)?;
        rows.into_iter()
            .map(|(id, at)| {
                Ok(Notice {
                    id: ActId::parse(&id).ok_or(StoreError::Corrupt("act id"))?,
                    at: time(at)?,
                })
            })
            .collect()
    }

    /// The person has read of it in this browser.
    pub async fn acknowledge(&self, act: &ActId, (person, browser): (&PersonTag, &SecretHash)) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(ACKNOWLEDGE)
                .bind(act.as_str())
                .bind(browser.as_bytes())
                .bind(person.0.as_slice())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }
}
