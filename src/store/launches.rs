//! What a launch leaves behind: a spent nonce, a hand-over into the own tab, and the visit that follows.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::error::DatabaseError;

use super::{Result, Store, StoreError, execute, read, time, touched, write};
use crate::consultation::Consultation;
use crate::id::{ConsultationId, CourseTag, PersonTag, PlaceTag, hex};
use crate::private::{Private, SecretHash};
use crate::roster::Listing;

/// How long a hand-over lasts unless the start page renews it.
pub(super) const HANDOVER_LIFE: SignedDuration = SignedDuration::from_secs(30);
/// How long after the launch the start page may renew it.
const HANDOVER_RENEWAL: SignedDuration = SignedDuration::from_mins(10);
/// How long a visit lasts.
pub const VISIT_LIFE: SignedDuration = SignedDuration::from_hours(8);

pub(super) const SPEND: &str =
    "insert into spent_nonce (hash, expires_at) values ($1, $2) on conflict (hash) do nothing";
/// A launch is one statement: kept whole or not at all, without a transaction, whose every step would be a change of threads
/// on SQLite and a round trip on PostgreSQL. A nonce seen before breaks the primary key.
const KEEP_LAUNCH_POSTGRES: &str = "\
    with spent as (insert into spent_nonce (hash, expires_at) values ($1, $2)), \
    handed as (insert into handover (hash, sealed, launched_at, expires_at) \
        select $3::bytea, $4::bytea, $5::bigint, $6::bigint where $7::boolean), \
    begun as (insert into visit (hash, sealed, expires_at) select $3::bytea, $4::bytea, $6::bigint where not $7::boolean) \
    insert into acquaintance (place, person, sealed, seen_at) \
        select $8::bytea, $9::bytea, $10::bytea, $5::bigint where $8::bytea is not null \
        on conflict (place, person) do update set sealed = excluded.sealed, seen_at = excluded.seen_at";
const KEEP_LAUNCH_SQLITE: &str = "insert into temp.launch values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
/// On SQLite only a trigger makes several inserts one statement. Every writing connection has this one for itself.
pub(super) const LAUNCH_TRIGGER: &str = "\
    create temp view launch (nonce, nonce_expires_at, way, sealed, at, expires_at, framed, place, person, name) \
        as values (null, null, null, null, null, null, null, null, null, null); \
    create temp trigger launch_kept instead of insert on launch begin \
        insert into spent_nonce (hash, expires_at) values (new.nonce, new.nonce_expires_at); \
        insert into handover (hash, sealed, launched_at, expires_at) \
            select new.way, new.sealed, new.at, new.expires_at where new.framed; \
        insert into visit (hash, sealed, expires_at) select new.way, new.sealed, new.expires_at where not new.framed; \
        insert into acquaintance (place, person, sealed, seen_at) \
            select new.place, new.person, new.name, new.at where new.place is not null \
            on conflict (place, person) do update set sealed = excluded.sealed, seen_at = excluded.seen_at; \
    end";
const KEEP_HANDOVER: &str = "insert into handover (hash, sealed, launched_at, expires_at) values ($1, $2, $3, $4)";
const TAKE_HANDOVER: &str = "delete from handover where hash = $1 returning sealed, launched_at, expires_at";
const KEEP_VISIT: &str = "insert into visit (hash, sealed, expires_at) values ($1, $2, $3)";
const VISIT: &str = "select sealed, expires_at from visit where hash = $1";
const LEAVE: &str = "delete from visit where hash = $1";

/// Whether a nonce was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonceUse {
    First,
    Seen,
}

/// The nonce of a launch, as a keyed hash, and when it may be forgotten.
#[derive(Clone, Copy, Debug)]
pub struct Nonce {
    pub hash: [u8; 32],
    pub expires_at: Timestamp,
}

/// How somebody comes in after a launch: the secret of it, hashed.
#[derive(Clone, Debug)]
pub enum WayIn {
    /// From a frame of the learning platform, by a hand-over into an own tab.
    Frame(SecretHash),
    /// Already in an own tab: the visit begins at once.
    Tab(SecretHash),
}

/// A verified launch, to be kept.
#[derive(Debug)]
pub struct Arrival<'a> {
    pub nonce: Nonce,
    pub way: WayIn,
    pub visit: &'a Visit,
}

/// Who came in by a launch, as far as we need to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Issuer of the learning platform.
    pub platform: String,
    pub person: PersonTag,
    /// `None` outside a course: nothing can be created there.
    pub place: Option<PlaceTag>,
    /// The course around the place.
    pub course: Option<CourseTag>,
    /// The consultation of a placed link, if they came by one of this very course. It says where they want to go, not who they are.
    pub link: Option<ConsultationId>,
    pub name: Private<String>,
    pub may_create: bool,
    /// `de` or `en`.
    pub language: String,
    /// Where the learning platform wants people back; of its query only numbers are kept (it carries a session key).
    pub back: Private<String>,
    /// Where the members of the course are listed.
    pub listing: Listing,
}

impl Visit {
    /// Is this where the consultation is: at its place, or by its link?
    pub fn is_at(&self, consultation: &Consultation) -> bool {
        self.place.as_ref() == Some(&consultation.place) || self.link.as_ref() == Some(&consultation.id)
    }
}

/// A hand-over that was taken out.
#[derive(Clone, Debug)]
pub struct Handover {
    pub visit: Visit,
    pub launched_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    #[serde(default)]
    platform: String,
    person: [u8; 32],
    place: Option<[u8; 32]>,
    course: Option<[u8; 32]>,
    link: Option<String>,
    name: String,
    may_create: bool,
    language: String,
    back: String,
    #[serde(default)]
    listing: Listing,
}

impl Store {
    /// Spends the nonce, keeps the way in and remembers the person at their place, all or nothing. A nonce seen before keeps
    /// nothing.
    pub async fn keep_launch(&self, arrival: &Arrival<'_>, now: Timestamp) -> Result<NonceUse> {
        let Arrival { nonce, way, visit } = arrival;
        let (hash, table, life, framed) = match way {
            WayIn::Frame(hash) => (hash.as_bytes(), "handover", HANDOVER_LIFE, true),
            WayIn::Tab(hash) => (hash.as_bytes(), "visit", VISIT_LIFE, false),
        };
        let sealed = self.seal_visit(table, hash, visit)?;
        let place = visit.place.as_ref();
        let name = place.map(|place| self.seal_name(place, &visit.person, &visit.name));
        let kept = execute!(self, |connection, dialect| {
            sqlx::query(dialect.pick(KEEP_LAUNCH_SQLITE, KEEP_LAUNCH_POSTGRES))
                .bind(nonce.hash.as_slice())
                .bind(nonce.expires_at.as_millisecond())
                .bind(hash)
                .bind(sealed)
                .bind(now.as_millisecond())
                .bind((now + life).as_millisecond())
                .bind(framed)
                .bind(place.map(|place| place.0.as_slice()))
                .bind(visit.person.0.as_slice())
                .bind(name)
                .execute(connection)
                .await
        });
        match kept {
            Ok(()) => Ok(NonceUse::First),
            Err(error)
                if error
                    .as_database_error()
                    .is_some_and(DatabaseError::is_unique_violation) =>
            {
                Ok(NonceUse::Seen)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Takes a hand-over out; it works once and for 30 seconds.
    pub async fn take_handover(&self, hash: &SecretHash, now: Timestamp) -> Result<Handover> {
        let row: Option<(Vec<u8>, i64, i64)> = write!(self, |transaction, _dialect| {
            sqlx::query_as(TAKE_HANDOVER)
                .bind(hash.as_bytes())
                .fetch_optional(&mut *transaction)
                .await?
        });
        let (sealed, launched_at, expires_at) = row.ok_or(StoreError::NotFound)?;
        if expires_at <= now.as_millisecond() {
            return Err(StoreError::NotFound);
        }
        Ok(Handover {
            visit: self.open_visit("handover", hash.as_bytes(), &sealed)?,
            launched_at: time(launched_at)?,
        })
    }

    /// Replaces a hand-over by a fresh one, as the start page does while it is looked at.
    pub async fn renew_handover(&self, old: &SecretHash, fresh: &SecretHash, now: Timestamp) -> Result<()> {
        let taken = self.take_handover(old, now).await?;
        if now.duration_since(taken.launched_at) > HANDOVER_RENEWAL {
            return Err(StoreError::NotFound);
        }
        let sealed = self.seal_visit("handover", fresh.as_bytes(), &taken.visit)?;
        let kept = write!(self, |transaction, _dialect| {
            sqlx::query(KEEP_HANDOVER)
                .bind(fresh.as_bytes())
                .bind(sealed)
                .bind(taken.launched_at.as_millisecond())
                .bind((now + HANDOVER_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?
                .rows_affected()
        });
        touched(kept, 1)
    }

    pub async fn keep_visit(&self, hash: &SecretHash, visit: &Visit, now: Timestamp) -> Result<()> {
        let sealed = self.seal_visit("visit", hash.as_bytes(), visit)?;
        write!(self, |transaction, _dialect| {
            sqlx::query(KEEP_VISIT)
                .bind(hash.as_bytes())
                .bind(sealed)
                .bind((now + VISIT_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    pub async fn visit(&self, hash: &SecretHash, now: Timestamp) -> Result<Visit> {
        let row: Option<(Vec<u8>, i64)> = read!(self, |pool| sqlx::query_as(VISIT)
            .bind(hash.as_bytes())
            .fetch_optional(pool)
            .await)?;
        let (sealed, expires_at) = row.ok_or(StoreError::NotFound)?;
        if expires_at <= now.as_millisecond() {
            return Err(StoreError::NotFound);
        }
        self.open_visit("visit", hash.as_bytes(), &sealed)
    }

    /// Forgets a visit, for instance when somebody leaves on a shared computer.
    pub async fn forget_visit(&self, hash: &SecretHash) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(LEAVE)
                .bind(hash.as_bytes())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    fn seal_visit(&self, table: &str, hash: &[u8], visit: &Visit) -> Result<Vec<u8>> {
        let sealed = Sealed {
            platform: visit.platform.clone(),
            person: visit.person.0,
            place: visit.place.as_ref().map(|place| place.0),
            course: visit.course.as_ref().map(|course| course.0),
            link: visit.link.as_ref().map(ToString::to_string),
            name: visit.name.expose().clone(),
            may_create: visit.may_create,
            language: visit.language.clone(),
            back: visit.back.expose().clone(),
            listing: visit.listing.clone(),
        };
        let plain = serde_json::to_vec(&sealed).map_err(|_| StoreError::Corrupt("visit"))?;
        Ok(self.vault.seal(&place(table, hash), &plain))
    }

    fn open_visit(&self, table: &str, hash: &[u8], sealed: &[u8]) -> Result<Visit> {
        let plain = self.vault.open(&place(table, hash), sealed)?;
        let sealed: Sealed = serde_json::from_slice(&plain).map_err(|_| StoreError::Corrupt("visit"))?;
        Ok(Visit {
            platform: sealed.platform,
            person: PersonTag(sealed.person),
            place: sealed.place.map(PlaceTag),
            course: sealed.course.map(CourseTag),
            link: sealed.link.as_deref().and_then(ConsultationId::parse),
            name: Private::new(sealed.name),
            may_create: sealed.may_create,
            language: sealed.language,
            back: Private::new(sealed.back),
            listing: sealed.listing,
        })
    }
}

fn place(table: &str, hash: &[u8]) -> String {
    format!("{table}.sealed|{}", hex(hash))
}
