//! What the processes on one PostgreSQL tell each other: which consultation has changed, and nothing more (LISTEN and NOTIFY).

use std::time::Duration;

use sqlx::postgres::PgListener;
use tokio::time::timeout;

use super::{Result, Store};
use crate::id::ConsultationId;

const CHANNEL: &str = "sprechzimmer";
/// Several at once; each is heard when the statement is committed.
const TELL: &str = "select pg_notify('sprechzimmer', told) from unnest($1) as told";
/// Says nothing but that the way here is open.
const PULSE: &str = "-";

/// What others have told.
#[derive(Debug)]
pub struct Signals {
    listener: PgListener,
    own: String,
    /// Our own pulse comes back more often than this, as long as the way is open.
    silence: Duration,
}

/// Why nothing is heard any more.
#[derive(Debug, thiserror::Error)]
pub enum Deaf {
    #[error("the database has closed the connection")]
    Closed(#[from] sqlx::Error),
    #[error("the database has been silent for too long")]
    Silent,
}

impl Store {
    /// Begins to listen; nothing where there are no others. What was told before is not heard: whoever begins looks at everything once.
    pub async fn listen(&self, silence: Duration) -> Result<Option<Signals>> {
        let Some(pool) = self.shared() else {
            return Ok(None);
        };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        let own = self.life().to_owned();
        Ok(Some(Signals { listener, own, silence }))
    }

    /// Tells the others what has changed.
    pub async fn tell(&self, changed: &[ConsultationId]) -> Result<()> {
        let told = changed.iter().map(|id| format!("{} {id}", self.life()));
        self.say(told.collect()).await
    }

    /// Lets ourselves hear that the way through the database is open.
    pub async fn pulse(&self) -> Result<()> {
        self.say(vec![format!("{} {PULSE}", self.life())]).await
    }

    async fn say(&self, told: Vec<String>) -> Result<()> {
        if let Some(pool) = self.shared() {
            sqlx::query(TELL).bind(told).execute(pool).await?;
        }
        Ok(())
    }
}

impl Signals {
    /// The next consultation that another process has changed.
    pub async fn next(&mut self) -> std::result::Result<ConsultationId, Deaf> {
        loop {
            let heard = timeout(self.silence, self.listener.try_recv()).await;
            let told = heard.map_err(|_| Deaf::Silent)??.ok_or(Deaf::Silent)?;
            let Some((life, id)) = told.payload().split_once(' ') else {
                continue;
            };
            if let (true, Some(id)) = (life != self.own, ConsultationId::parse(id)) {
                return Ok(id);
            }
        }
    }
}
