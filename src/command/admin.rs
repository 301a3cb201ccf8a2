//! What an administrator looks at and decides about deletions; nothing here shows who talks to whom.

pub(super) mod records;
pub(super) mod restore;

use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use sprechzimmer::config::Config;
use sprechzimmer::store::{Orphan, Pending, Store};

use super::{CommandError, ConfigFile, check, say};

#[derive(Debug, Args)]
pub(super) struct PendingList {
    #[command(flatten)]
    file: ConfigFile,
    /// A line of JSON for each of them.
    #[arg(long)]
    json: bool,
}

impl PendingList {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let (_, store) = open(&self.file).await?;
        let (pending, orphans) = (store.pending().await?, store.orphans(Timestamp::MAX).await?);
        store.close().await;
        for one in &pending {
            say(if self.json { json(one) } else { text(one) })?;
        }
        for room in &orphans {
            say(if self.json {
                orphan_json(room)
            } else {
                orphan_text(room)
            })?;
        }
        if pending.is_empty() && orphans.is_empty() && !self.json {
            say("nothing is pending: whatever has ended is proven to be gone")?;
        }
        Ok(())
    }
}

/// The database of the configuration.
async fn open(file: &ConfigFile) -> Result<(Config, Store), CommandError> {
    let config = Config::load(&file.config)?;
    let vault = check::vault(&config.key_file)?;
    let store = Store::connect(&config.database, Arc::new(vault)).await?;
    Ok((config, store))
}

fn text(pending: &Pending) -> String {
    let Pending {
        id,
        backend,
        ended_at,
        attempts,
        try_at,
        problem,
        ..
    } = pending;
    let why = match problem {
        None => "not tried yet".to_owned(),
        Some(problem) => format!("{attempts} attempt(s), {}; next at {try_at:.0}", words(problem)),
    };
    format!("{id}  ended {ended_at:.0}  {backend}  {why}")
}

fn orphan_text(orphan: &Orphan) -> String {
    format!(
        "room {} that nobody needs  {}  {} attempt(s)",
        orphan.room, orphan.backend, orphan.attempts
    )
}

/// The codes of `reaper::Problem`, in words.
fn words(problem: &str) -> &str {
    match problem {
        "backend" => "the video system does not do it or does not answer",
        "certificate" => "the certificate of the video system has expired; whoever runs that server has to renew it",
        "residue" => "the video system still holds something of the room",
        "forgotten" => {
            "the video system forgot the room before it was seen to end; it is waited for until it is over by itself"
        }
        "unanswered" => "the room was asked for and is not there; it is looked for until it cannot be made any more",
        "store" => "the database failed",
        other => other,
    }
}

fn json(pending: &Pending) -> String {
    serde_json::json!({
        "id": pending.id.as_str(), "backend": pending.backend, "ended_at": pending.ended_at.to_string(),
        "attempts": pending.attempts, "problem": pending.problem, "try_at": pending.try_at.to_string(),
    })
    .to_string()
}

fn orphan_json(orphan: &Orphan) -> String {
    serde_json::json!({ "room": orphan.room.as_str(), "backend": orphan.backend, "attempts": orphan.attempts })
        .to_string()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the clock for what it calls"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
