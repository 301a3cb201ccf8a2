//! Whose turn something is: leases by the clock of the database, so that several processes share the work and none is forgotten.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::{Database, Holder, Orphan, Pending, Result, Store, now};
use crate::id::ConsultationId;

/// Nothing waits longer than a minute for its next try.
const TOO_FAR: SignedDuration = SignedDuration::from_mins(2);

/// What is to be tried later than this was noted by a clock that was wrong, and is tried now.
pub(super) fn too_far(now: Timestamp) -> Timestamp {
    now.saturating_add(TOO_FAR).unwrap_or(Timestamp::MAX)
}

/// The room of a consultation lives in another process that lives: only that one can look into it and end it.
macro_rules! elsewhere {
    () => {
        concat!(
            "exists (select 1 from replica r where c.room_mark = 'replica:' || r.name and r.name <> $1 and r.lease_until > ",
            now!(),
            ")"
        )
    };
}

/// A room of our own is ours at once; anything else when nobody else has it. Half a term before the end it is renewed.
const TAKE_WATCH: &str = concat!(
    "update consultation set watched_by = $1, watched_until = ",
    now!(),
    " + $2 where id in (select c.id from consultation c where c.id = any($3) and (c.watched_until < ",
    now!(),
    " or (c.watched_by = $1 and c.watched_until < ",
    now!(),
    " + $2 / 2) or (c.watched_by <> $1 and c.room_mark = 'replica:' || $1)) and not ",
    elsewhere!(),
    " for update of c skip locked)"
);
const WATCHED: &str = concat!(
    "select c.id from consultation c where c.id = any($2) and c.watched_by = $1 and c.watched_until > ",
    now!(),
    " and not ",
    elsewhere!()
);
const TAKE_ERASURES: &str = concat!(
    "update consultation set reaped_by = $1, reaped_until = ",
    now!(),
    " + $2 where id in (select c.id from consultation c where c.id = any($3) and c.phase = 'ended' and (c.reaped_until < ",
    now!(),
    " or c.reaped_by = $1) and not ",
    elsewhere!(),
    " for update of c skip locked) returning id"
);
const TAKE_ORPHANS: &str = concat!(
    "update orphan_room set reaped_by = $1, reaped_until = ",
    now!(),
    " + $2 where room in (select room from orphan_room where room = any($3) and (reaped_until < ",
    now!(),
    " or reaped_by = $1) for update skip locked) returning room"
);

/// The process that began to open it is gone, and another one has its name, or none.
const LEFT_BEHIND: &str = concat!(
    "select c.opening_by is distinct from $2 and not exists (select 1 from replica r where r.life = c.opening_by and r.lease_until > ",
    now!(),
    ") from consultation c where c.id = $1 and c.phase = 'opening'"
);
/// The one process on an SQLite file is this one.
const LEFT_BEHIND_HERE: &str = "select opening_by is not $2 from consultation where id = $1 and phase = 'opening'";

impl Store {
    /// Whether whoever began to open this consultation died before its room was made; nobody else makes it.
    pub async fn is_left_behind(&self, opening: &ConsultationId) -> Result<bool> {
        let (id, life) = (opening.as_str(), self.life());
        let left: Option<bool> = match &self.database {
            Database::Sqlite { readers, .. } => {
                let query = sqlx::query_scalar(LEFT_BEHIND_HERE).bind(id).bind(life);
                query.fetch_optional(readers).await?
            }
            Database::Postgres(pool) => {
                let query = sqlx::query_scalar(LEFT_BEHIND).bind(id).bind(life);
                query.fetch_optional(pool).await?
            }
        };
        Ok(left.unwrap_or(false))
    }

    /// What this process has to look at, among what [`Store::living`] lists. With several processes each has its own.
    pub async fn watched(&self, holder: &Holder, planned_before: Timestamp) -> Result<Vec<(ConsultationId, String)>> {
        let living = self.living(planned_before).await?;
        let Some(pool) = self.shared() else {
            return Ok(living);
        };
        let ids = texts(living.iter().map(|(id, _)| id.as_str()));
        sqlx::query(TAKE_WATCH)
            .bind(&holder.name)
            .bind(holder.milliseconds())
            .bind(&ids)
            .execute(pool)
            .await?;
        let own: Vec<String> = sqlx::query_scalar(WATCHED)
            .bind(&holder.name)
            .bind(&ids)
            .fetch_all(pool)
            .await?;
        let own: HashSet<String> = own.into_iter().collect();
        Ok(living.into_iter().filter(|(id, _)| own.contains(id.as_str())).collect())
    }

    /// The erasures that are due and this process has to do.
    pub async fn due_erasures(&self, holder: &Holder, now: Timestamp) -> Result<Vec<Pending>> {
        let mut due = self.pending().await?;
        due.retain(|pending| pending.try_at <= now || pending.try_at > too_far(now));
        let ids = texts(due.iter().map(|pending| pending.id.as_str()));
        if let Some(own) = self.take(TAKE_ERASURES, holder, ids).await? {
            due.retain(|pending| own.contains(pending.id.as_str()));
        }
        Ok(due)
    }

    /// The orphaned rooms that are due and this process has to end.
    pub async fn due_orphans(&self, holder: &Holder, now: Timestamp) -> Result<Vec<Orphan>> {
        let mut due = self.orphans(now).await?;
        let ids = texts(due.iter().map(|orphan| orphan.room.as_str()));
        if let Some(own) = self.take(TAKE_ORPHANS, holder, ids).await? {
            due.retain(|orphan| own.contains(orphan.room.as_str()));
        }
        Ok(due)
    }

    /// Which of these are ours now; nothing where all of them always are.
    async fn take(
        &self,
        statement: &'static str,
        holder: &Holder,
        ids: Vec<String>,
    ) -> Result<Option<HashSet<String>>> {
        let Some(pool) = self.shared() else {
            return Ok(None);
        };
        if ids.is_empty() {
            return Ok(Some(HashSet::new()));
        }
        let own: Vec<String> = sqlx::query_scalar(statement)
            .bind(&holder.name)
            .bind(holder.milliseconds())
            .bind(ids)
            .fetch_all(pool)
            .await?;
        Ok(Some(own.into_iter().collect()))
    }
}

fn texts<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    ids.map(str::to_owned).collect()
}
