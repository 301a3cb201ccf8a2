//! Rooms that may exist on a video system although nothing needs them.

use jiff::{SignedDuration, Timestamp};

use super::turns::too_far;
use super::{Holder, Result, Store, StoreError, read, write};
use crate::id::RoomId;

/// Longer than a self-test takes, and short enough not to be [`too_far`] for somebody whose clock is a little behind.
const SELF_TEST: SignedDuration = SignedDuration::from_secs(90);

pub(super) const ORPHAN: &str =
    "insert into orphan_room (room, backend, since) values ($1, $2, $3) on conflict (room) do nothing";
const ORPHANS: &str = "select room, backend, since, attempts from orphan_room where try_at <= $1 or try_at > $2 order by try_at limit 500";
const LATER: &str = "update orphan_room set attempts = attempts + 1, try_at = $2 where room = $1";
const BURY: &str = "delete from orphan_room where room = $1";
const THROWAWAY: &str = "insert into orphan_room (room, backend, since, try_at, reaped_by) values ($1, $2, $3, $4, $5) on conflict (room) do nothing";
const DUE: &str = "update orphan_room set try_at = $2 where room = $1";
const LEFT_BEHIND: &str = "update orphan_room set since = $2, try_at = $2 where reaped_by = $1";

/// A room that may exist on a backend although nothing needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    pub room: RoomId,
    pub backend: String,
    /// Until when it may have been asked for.
    pub since: Timestamp,
    /// How often its end could not be proven so far.
    pub attempts: u32,
}

impl Store {
    /// The orphaned rooms whose time has come.
    pub async fn orphans(&self, now: Timestamp) -> Result<Vec<Orphan>> {
        let rows: Vec<(String, String, i64, i64)> = read!(self, |pool| sqlx::query_as(ORPHANS)
            .bind(now.as_millisecond())
            .bind(too_far(now).as_millisecond())
            .fetch_all(pool)
            .await)?;
        rows.into_iter()
            .map(|(room, backend, since, attempts)| {
                Ok(Orphan {
                    room: RoomId::parse(&room).ok_or(StoreError::Corrupt("room id"))?,
                    backend,
                    since: super::time(since)?,
                    attempts: super::count(attempts)?,
                })
            })
            .collect()
    }

    /// An orphaned room could not be proven to be gone; it is tried again.
    pub async fn orphan_later(&self, room: &RoomId, try_at: Timestamp) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(LATER)
                .bind(room.as_str())
                .bind(try_at.as_millisecond())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    /// An orphaned room is proven to be gone.
    pub async fn bury(&self, rooms: &[RoomId]) -> Result<()> {
        write!(self, |transaction, _dialect| {
            for room in rooms {
                sqlx::query(BURY).bind(room.as_str()).execute(&mut *transaction).await?;
            }
        });
        Ok(())
    }

    /// Rooms of a self-test that begins here: if this process dies in the middle of it, the next one of its name ends them at
    /// once, and any other one soon.
    pub async fn begin_throwaways(
        &self,
        holder: &Holder,
        backend: &str,
        rooms: &[RoomId],
        now: Timestamp,
    ) -> Result<()> {
        let later = now.saturating_add(SELF_TEST).unwrap_or(now).as_millisecond();
        write!(self, |transaction, _dialect| {
            for room in rooms {
                sqlx::query(THROWAWAY)
                    .bind(room.as_str())
                    .bind(backend)
                    .bind(now.as_millisecond())
                    .bind(later)
                    .bind(&holder.name)
                    .execute(&mut *transaction)
                    .await?;
            }
        });
        Ok(())
    }

    /// The self-test has failed, and cannot say what has become of its rooms.
    pub async fn doubt_throwaways(&self, rooms: &[RoomId], now: Timestamp) -> Result<()> {
        write!(self, |transaction, _dialect| {
            for room in rooms {
                sqlx::query(DUE)
                    .bind(room.as_str())
                    .bind(now.as_millisecond())
                    .execute(&mut *transaction)
                    .await?;
            }
        });
        Ok(())
    }

    /// What a process of this name was at when it died is due at once.
    pub async fn take_up_orphans(&self, holder: &Holder, now: Timestamp) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(LEFT_BEHIND)
                .bind(&holder.name)
                .bind(now.as_millisecond())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }
}
