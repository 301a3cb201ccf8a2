//! Several processes on one PostgreSQL: who lives, and what the one knows that the others need. With SQLite there is one process,
//! and all of this is nothing.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::PgPool;

use super::{Database, Result, Store, StoreError, now, read};
use crate::id::{ConsultationId, ParticipantId};
use crate::participant::Seat;

const TAKE: &str = concat!(
    "insert into replica (name, life, address, lease_until) values ($1, $2, $3, ",
    now!(),
    " + $4) on conflict (name) do update set life = excluded.life, address = excluded.address, lease_until = excluded.lease_until"
);
const RENEW: &str = concat!(
    "update replica set lease_until = ",
    now!(),
    " + $3 where name = $1 and life = $2"
);
const NO_PAGES: &str = "delete from open_page where replica = $1";
const ADDRESS: &str = concat!("select address from replica where name = $1 and lease_until > ", now!());
const OTHERS: &str = concat!("select name from replica where name <> $1 and lease_until > ", now!());
const GIVE_UP: &str = "update replica set lease_until = 0 where name = $1 and life = $2";
const GIVE_BACK: [&str; 3] = [
    "update consultation set watched_until = 0 where watched_by = $1",
    "update consultation set reaped_until = 0 where reaped_by = $1",
    "update orphan_room set reaped_until = 0 where reaped_by = $1",
];
/// Nobody asks for a replica any more that has been gone for a week.
const FORGET: &str = concat!("delete from replica where lease_until < ", now!(), " - 604800000");
const OPENED: &str = "insert into open_page (replica, consultation, seat) select $1, id, $3 from consultation where id = $2 \
     on conflict (consultation, seat, replica) do nothing";
const CLOSED: &str = "delete from open_page where replica = $1 and consultation = $2 and seat = $3";
const PAGES: &str = concat!(
    "select p.consultation, p.seat from open_page p join replica r on r.name = p.replica where r.name <> $1 and r.lease_until > ",
    now!()
);
const SEEN: &str = "insert into sighting (consultation, sealed) select id, $2 from consultation where id = $1 \
     on conflict (consultation) do update set sealed = excluded.sealed";
const SIGHTING: &str = "select sealed from sighting where consultation = $1";
const ROOMS: &str = "select room from consultation where phase in ('opening', 'open')";

/// What this process is to the others: its name, and how long its word holds without being renewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub name: String,
    pub term: Duration,
}

impl Holder {
    pub(super) fn milliseconds(&self) -> i64 {
        i64::try_from(self.term.as_millis()).unwrap_or(i64::MAX)
    }
}

/// Where another process stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// At the address that all share, or at its own.
    Living(Option<String>),
    /// It has not been heard of for longer than its word holds: its rooms are gone.
    Gone,
}

/// Somebody in a room, as it is kept for the other replicas.
#[derive(Deserialize, Serialize)]
struct Seen(String, bool);

impl Store {
    /// From now on this process has the name; an older one of the same name finds out, and goes.
    pub async fn take_name(&self, holder: &Holder, address: Option<&str>) -> Result<()> {
        let Some(pool) = self.shared() else {
            return Ok(());
        };
        let mut transaction = pool.begin().await?;
        sqlx::query(TAKE)
            .bind(&holder.name)
            .bind(self.life())
            .bind(address)
            .bind(holder.milliseconds())
            .execute(&mut *transaction)
            .await?;
        sqlx::query(NO_PAGES)
            .bind(&holder.name)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(FORGET).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps the word for another term. `false`: another process has the name now.
    pub async fn renew_name(&self, holder: &Holder) -> Result<bool> {
        let Some(pool) = self.shared() else {
            return Ok(true);
        };
        let renewed = sqlx::query(RENEW)
            .bind(&holder.name)
            .bind(self.life())
            .bind(holder.milliseconds())
            .execute(pool)
            .await?;
        Ok(renewed.rows_affected() == 1)
    }

    /// Hands everything over whose turn it was here. The name goes as well, unless rooms stay that the next process of this name
    /// makes again; without one, the others end them when the word holds no longer.
    pub async fn hand_over(&self, holder: &Holder, rooms: usize) -> Result<()> {
        let Some(pool) = self.shared() else {
            return Ok(());
        };
        let mut transaction = pool.begin().await?;
        for statement in GIVE_BACK {
            sqlx::query(statement)
                .bind(&holder.name)
                .execute(&mut *transaction)
                .await?;
        }
        sqlx::query(NO_PAGES)
            .bind(&holder.name)
            .execute(&mut *transaction)
            .await?;
        if rooms == 0 {
            let given_up = sqlx::query(GIVE_UP).bind(&holder.name).bind(self.life());
            given_up.execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Whether this other process lives, and where.
    pub async fn whereabouts(&self, name: &str) -> Result<Whereabouts> {
        let Some(pool) = self.shared() else {
            return Ok(Whereabouts::Gone);
        };
        let address: Option<(Option<String>,)> = sqlx::query_as(ADDRESS).bind(name).fetch_optional(pool).await?;
        Ok(address.map_or(Whereabouts::Gone, |(address,)| Whereabouts::Living(address)))
    }

    /// Somebody has a live page open here.
    pub async fn page_opened(&self, holder: &Holder, of: &ConsultationId, seat: &Seat) -> Result<()> {
        self.page(OPENED, holder, of, seat).await
    }

    /// The last one of a seat was closed.
    pub async fn page_closed(&self, holder: &Holder, of: &ConsultationId, seat: &Seat) -> Result<()> {
        self.page(CLOSED, holder, of, seat).await
    }

    async fn page(&self, statement: &'static str, holder: &Holder, of: &ConsultationId, seat: &Seat) -> Result<()> {
        let Some(pool) = self.shared() else {
            return Ok(());
        };
        let seat = seat_code(seat);
        let query = sqlx::query(statement).bind(&holder.name).bind(of.as_str()).bind(seat);
        query.execute(pool).await?;
        Ok(())
    }

    /// Who has a live page open at another process.
    pub async fn pages_elsewhere(&self, holder: &Holder) -> Result<Vec<(ConsultationId, Seat)>> {
        let Some(pool) = self.shared() else {
            return Ok(Vec::new());
        };
        let rows: Vec<(String, String)> = sqlx::query_as(PAGES).bind(&holder.name).fetch_all(pool).await?;
        rows.into_iter()
            .map(|(id, seat)| {
                let id = ConsultationId::parse(&id).ok_or(StoreError::Corrupt("consultation id"))?;
                Ok((id, read_seat(&seat)?))
            })
            .collect()
    }

    /// Who is in a room of this process, and whether the connection stands; for the others to show.
    pub async fn keep_sighting(&self, of: &ConsultationId, seen: &[(Seat, bool)]) -> Result<()> {
        let Some(pool) = self.shared() else {
            return Ok(());
        };
        let seen: Vec<Seen> = seen
            .iter()
            .map(|(seat, connected)| Seen(seat_code(seat).to_owned(), *connected))
            .collect();
        let text = serde_json::to_vec(&seen).map_err(|_| StoreError::Corrupt("sighting"))?;
        let sealed = self.vault.seal(&sighting_place(of), &text);
        sqlx::query(SEEN).bind(of.as_str()).bind(sealed).execute(pool).await?;
        Ok(())
    }

    /// Who is in a room of another process, as it saw it last; nothing where it has not looked yet.
    pub async fn sighting(&self, of: &ConsultationId) -> Result<Option<Vec<(Seat, bool)>>> {
        let Some(pool) = self.shared() else {
            return Ok(None);
        };
        let sealed: Option<Vec<u8>> = sqlx::query_scalar(SIGHTING)
            .bind(of.as_str())
            .fetch_optional(pool)
            .await?;
        let Some(sealed) = sealed else {
            return Ok(None);
        };
        let text = self.vault.open(&sighting_place(of), &sealed)?;
        let seen: Vec<Seen> = serde_json::from_slice(&text).map_err(|_| StoreError::Corrupt("sighting"))?;
        let seen = seen
            .into_iter()
            .map(|Seen(seat, connected)| Ok((read_seat(&seat)?, connected)));
        seen.collect::<Result<_>>().map(Some)
    }

    /// The ids of all rooms that are needed; any other is to be ended.
    pub async fn needed_rooms(&self) -> Result<Vec<String>> {
        Ok(read!(self, |pool| sqlx::query_scalar(ROOMS).fetch_all(pool).await)?)
    }

    /// The other processes that live.
    pub async fn others(&self, holder: &Holder) -> Result<Vec<String>> {
        match self.shared() {
            Some(pool) => Ok(sqlx::query_scalar(OTHERS).bind(&holder.name).fetch_all(pool).await?),
            None => Ok(Vec::new()),
        }
    }

    /// Whether several processes may share this database.
    pub fn is_shared(&self) -> bool {
        self.shared().is_some()
    }

    pub(super) fn shared(&self) -> Option<&PgPool> {
        match &self.database {
            Database::Postgres(pool) => Some(pool),
            Database::Sqlite { .. } => None,
        }
    }
}

fn seat_code(seat: &Seat) -> &str {
    match seat {
        Seat::Moderator => "",
        Seat::Participant(id) => id.as_str(),
    }
}

fn read_seat(code: &str) -> Result<Seat> {
    if code.is_empty() {
        return Ok(Seat::Moderator);
    }
    let id = ParticipantId::parse(code).ok_or(StoreError::Corrupt("participant id"))?;
    Ok(Seat::Participant(id))
}

fn sighting_place(of: &ConsultationId) -> String {
    format!("sighting.sealed|{of}")
}
