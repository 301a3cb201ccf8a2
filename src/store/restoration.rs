//! After a backup was put back: where the database lies, and how nothing comes back that was erased since.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::UNIX_EPOCH;

use jiff::Timestamp;

use super::{Database, Record, Result, Store, read, write};

const FILE: &str = "select file from pragma_database_list where name = 'main'";
/// A table that was restored from a dump is another one, in whatever database.
const OIDS: &str = "select concat((select oid from pg_database where datname = current_database()), '/', \
     'consultation'::regclass::oid)";
const HOME: &str = "select place from home where id = 1";
const SETTLE: &str =
    "insert into home (id, place) values (1, $1) on conflict (id) do update set place = excluded.place";
const ERASED: &str = "delete from consultation where id = $1";
const RECORD: &str = "insert into record (id, erased_at, proof) values ($1, $2, $3) on conflict (id) do nothing";
const END: &str = "update consultation set phase = 'ended', ended_at = $1, end_reason = 'restored', reap_at = $1, \
     reap_attempts = 0, locked = false where phase <> 'ended'";
/// Who was on their way in, whom the place knew, what was granted: all of it may have been taken back since the backup.
const FORGET: [&str; 10] = [
    "delete from ticket",
    "delete from visit",
    "delete from handover",
    "delete from choice",
    "delete from acquaintance",
    "delete from petition",
    "delete from recovery",
    "delete from known_browser",
    "delete from passkey_challenge",
    "delete from platform_invitation",
];

/// What was done so that nothing comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Records that the backup did not hold.
    pub records: u64,
    /// Consultations that the records prove to be erased; they are gone at once.
    pub erased: u64,
    /// Consultations that nobody can vouch for; they have ended, and the service erases them as it does every other.
    pub ended: u64,
}

impl Store {
    /// Where the database lies now: the file, or the table. Another one tells another text.
    pub async fn place(&self) -> Result<String> {
        match &self.database {
            Database::Sqlite { readers, .. } => {
                let (file,): (String,) = sqlx::query_as(FILE).fetch_one(readers).await?;
                Ok(identity(Path::new(&file)).unwrap_or_default())
            }
            Database::Postgres(pool) => {
                let (oids,): (String,) = sqlx::query_as(OIDS).fetch_one(pool).await?;
                Ok(oids)
            }
        }
    }

    /// Where it lay when it was last used; `None` before the first use.
    pub async fn home(&self) -> Result<Option<String>> {
        let row: Option<(String,)> = read!(self, |pool| sqlx::query_as(HOME).fetch_optional(pool).await)?;
        Ok(row.map(|(place,)| place))
    }

    /// From now on it is at home here.
    pub async fn settle(&self, place: &str) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(SETTLE).bind(place).execute(&mut *transaction).await?;
        });
        Ok(())
    }

    /// Takes over the records of what was erased since the backup, erases what they prove, and ends everything else: all or
    /// nothing of it.
    pub async fn after_restore(&self, records: &[Record], place: &str, now: Timestamp) -> Result<Restored> {
        let restored = write!(self, |transaction, _dialect| {
            let mut restored = Restored::default();
            for record in records {
                let erased = sqlx::query(ERASED)
                    .bind(record.id.as_str())
                    .execute(&mut *transaction)
                    .await?;
                restored.erased += erased.rows_affected();
                let kept = sqlx::query(RECORD)
                    .bind(record.id.as_str())
                    .bind(record.erased_at.as_millisecond())
                    .bind(record.proof.as_str())
                    .execute(&mut *transaction)
                    .await?;
                restored.records += kept.rows_affected();
            }
            let ended = sqlx::query(END)
                .bind(now.as_millisecond())
                .execute(&mut *transaction)
                .await?;
            restored.ended = ended.rows_affected();
            for everything in FORGET {
                sqlx::query(everything).execute(&mut *transaction).await?;
            }
            sqlx::query(SETTLE).bind(place).execute(&mut *transaction).await?;
            restored
        });
        self.unclean.store(true, Ordering::SeqCst);
        Ok(restored)
    }
}

/// A file that was copied or unpacked has another number, or another time of its making where the number was used again.
fn identity(file: &Path) -> Option<String> {
    let metadata = std::fs::metadata(file).ok()?;
    let made = metadata.created().ok();
    let made = made.and_then(|made| made.duration_since(UNIX_EPOCH).ok());
    Some(format!(
        "{}/{}",
        metadata.ino(),
        made.map(|made| made.as_nanos()).unwrap_or_default()
    ))
}
