//! How much there is of what, for the metrics: numbers and times of the whole installation, nobody's.

use jiff::Timestamp;

use super::{Result, Store, read, time};

const TALLY: &str = "select \
     (select count(*) from consultation where phase in ('opening', 'open')), \
     (select count(*) from participant where standing = 'waiting'), \
     (select count(*) from consultation where phase = 'ended'), \
     (select min(ended_at) from consultation where phase = 'ended'), \
     (select count(*) from orphan_room), \
     (select max(signs_from) from signing_key)";

/// What all replicas of one database have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub open_rooms: i64,
    pub waiting_people: i64,
    /// Ended, and not yet proven to be gone.
    pub pending_deletions: i64,
    /// When the one that has waited longest for its proof was ended.
    pub oldest_pending: Option<Timestamp>,
    /// Rooms that may exist on a video system although nobody needs them.
    pub orphan_rooms: i64,
    /// From when the last of our published keys signs.
    pub last_key: Option<Timestamp>,
}

impl Store {
    pub async fn tally(&self) -> Result<Tally> {
        let (open_rooms, waiting_people, pending_deletions, oldest, orphan_rooms, last_key): (
            i64,
            i64,
            i64,
            Option<i64>,
            i64,
            Option<i64>,
        ) = read!(self, |pool| sqlx::query_as(TALLY).fetch_one(pool).await)?;
        Ok(Tally {
            open_rooms,
            waiting_people,
            pending_deletions,
            oldest_pending: oldest.map(time).transpose()?,
            orphan_rooms,
            last_key: last_key.map(time).transpose()?,
        })
    }
}
