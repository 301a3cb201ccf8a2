//! What stays, and how the rest goes: records, receipts, incidents, and the purge.

use std::sync::atomic::Ordering;

use jiff::{SignedDuration, Timestamp};

use super::platforms::EXPIRED_INVITATIONS;
use super::sight::{Binding, Sight};
use super::{Result, Store, StoreError, passkeys, read, time, write};
use crate::id::{ConsultationId, IncidentId, PersonTag};

/// How long the initiator can look at the proof here.
pub(super) const RECEIPT_LIFE: SignedDuration = SignedDuration::from_hours(24);

const ERASE: &str = "delete from consultation where id = $1 and phase = 'ended' returning browser";
const RECORD: &str = "insert into record (id, erased_at, proof) values ($1, $2, $3)";
const RECEIPT: &str = "insert into receipt (person, record, expires_at, browser) values ($1, $2, $3, $4)";
const RECEIPTS: &str = "select r.id, r.erased_at, r.proof, e.browser from receipt e join record r on r.id = e.record \
     where e.person = $1 and e.expires_at > $2 order by r.erased_at desc";
const RECORD_BY_ID: &str = "select id, erased_at, proof from record where id = $1";
const RECORDS: &str = "select id, erased_at, proof from record where erased_at < $1 or (erased_at = $1 and id < $2) \
     order by erased_at desc, id desc limit 100";
const INCIDENT: &str = "insert into incident (id, consultation, kind, at) values ($1, $2, $3, $4)";
const INCIDENT_BY_ID: &str = "select kind, at from incident where id = $1 and consultation = $2";
const INCIDENTS: &str = "select kind, at from incident where consultation = $1 order by at";
/// Everything that ends by time alone; `$1` is now or, for the last two, the time before which they are forgotten.
const EXPIRED: [&str; 7] = [
    EXPIRED_INVITATIONS,
    "delete from visit where expires_at <= $1",
    "delete from handover where expires_at <= $1",
    "delete from choice where expires_at <= $1",
    "delete from spent_nonce where expires_at <= $1",
    "delete from ticket where expires_at <= $1",
    "delete from receipt where expires_at <= $1",
];
const FORGOTTEN: [&str; 2] = [
    "delete from acquaintance where seen_at <= $1",
    "delete from petition where made_at <= $1",
];

/// The record of a deletion: no person in it. `proof` is the JSON of `reaper::Proof`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub id: ConsultationId,
    pub erased_at: Timestamp,
    pub proof: String,
}

impl Store {
    /// Erases an ended consultation with its data key and every row of its people, and leaves the record.
    pub async fn erase(&self, record: &Record, initiator: &PersonTag) -> Result<()> {
        let erased_at = record.erased_at;
        write!(self, |transaction, _dialect| {
            let erased: Option<(Option<Vec<u8>>,)> = sqlx::query_as(ERASE)
                .bind(record.id.as_str())
                .fetch_optional(&mut *transaction)
                .await?;
            let (browser,) = erased.ok_or(StoreError::NotFound)?;
            sqlx::query(RECORD)
                .bind(record.id.as_str())
                .bind(erased_at.as_millisecond())
                .bind(record.proof.as_str())
                .execute(&mut *transaction)
                .await?;
            sqlx::query(RECEIPT)
                .bind(initiator.0.as_slice())
                .bind(record.id.as_str())
                .bind((erased_at + RECEIPT_LIFE).as_millisecond())
                .bind(browser)
                .execute(&mut *transaction)
                .await?;
        });
        self.unclean.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// The records this person may still look at in this browser, the latest first.
    pub async fn receipts(&self, sight: &Sight, now: Timestamp) -> Result<Vec<Record>> {
        let rows: Vec<(String, i64, String, Option<Vec<u8>>)> = read!(self, |pool| {
            sqlx::query_as(RECEIPTS)
                .bind(sight.person().0.as_slice())
                .bind(now.as_millisecond())
                .fetch_all(pool)
                .await
        })?;
        let mut seen = Vec::new();
        for (id, erased_at, proof, browser) in rows {
            if sight.shows(&Binding::read(browser.as_deref())?) {
                seen.push(record((id, erased_at, proof))?);
            }
        }
        Ok(seen)
    }

    /// The record of one erased consultation.
    pub async fn record(&self, id: &ConsultationId) -> Result<Record> {
        let row: Option<(String, i64, String)> = read!(self, |pool| sqlx::query_as(RECORD_BY_ID)
            .bind(id.as_str())
            .fetch_optional(pool)
            .await)?;
        record(row.ok_or(StoreError::NotFound)?)
    }

    /// A page of records for the administrator: up to 100, the latest first; the next page comes `after` the last one of this.
    pub async fn records(&self, after: Option<&Record>) -> Result<Vec<Record>> {
        let (erased_at, id) = after.map_or((i64::MAX, ""), |last| {
            (last.erased_at.as_millisecond(), last.id.as_str())
        });
        let rows: Vec<(String, i64, String)> = read!(self, |pool| sqlx::query_as(RECORDS)
            .bind(erased_at)
            .bind(id)
            .fetch_all(pool)
            .await)?;
        rows.into_iter().map(record).collect()
    }

    pub async fn keep_incident(&self, id: &IncidentId, of: &ConsultationId, kind: &str, now: Timestamp) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(INCIDENT)
                .bind(id.as_str())
                .bind(of.as_str())
                .bind(kind)
                .bind(now.as_millisecond())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    /// Kind and time of one report of a consultation.
    pub async fn incident(&self, id: &IncidentId, of: &ConsultationId) -> Result<(String, Timestamp)> {
        let row: Option<(String, i64)> = read!(self, |pool| sqlx::query_as(INCIDENT_BY_ID)
            .bind(id.as_str())
            .bind(of.as_str())
            .fetch_optional(pool)
            .await)?;
        let (kind, at) = row.ok_or(StoreError::NotFound)?;
        Ok((kind, time(at)?))
    }

    /// Kinds and times of what was reported in a consultation.
    pub async fn incidents(&self, of: &ConsultationId) -> Result<Vec<(String, Timestamp)>> {
        let rows: Vec<(String, i64)> = read!(self, |pool| sqlx::query_as(INCIDENTS)
            .bind(of.as_str())
            .fetch_all(pool)
            .await)?;
        rows.into_iter().map(|(kind, at)| Ok((kind, time(at)?))).collect()
    }

    /// Deletes what ends by time alone. Answers how many rows went.
    pub async fn purge(&self, now: Timestamp, forget_before: Timestamp) -> Result<u64> {
        let gone = write!(self, |transaction, _dialect| {
            let mut gone = 0;
            for (statements, time) in [
                (EXPIRED.as_slice(), now),
                (passkeys::EXPIRED.as_slice(), now),
                (FORGOTTEN.as_slice(), forget_before),
            ] {
                for statement in statements {
                    let done = sqlx::query(*statement)
                        .bind(time.as_millisecond())
                        .execute(&mut *transaction)
                        .await?;
                    gone += done.rows_affected();
                }
            }
            gone
        });
        self.unclean.fetch_or(gone > 0, Ordering::SeqCst);
        Ok(gone)
    }
}

fn record((id, erased_at, proof): (String, i64, String)) -> Result<Record> {
    Ok(Record {
        id: ConsultationId::parse(&id).ok_or(StoreError::Corrupt("record id"))?,
        erased_at: time(erased_at)?,
        proof,
    })
}
