//! What an administrator decides about somebody's passkeys, and the log of all such decisions.

use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use sprechzimmer::app::random;
use sprechzimmer::config::Config;
use sprechzimmer::id::{ActId, hex};
use sprechzimmer::store::{Act, Store, StoreError};

use super::{CommandError, ConfigFile, check, say};

#[derive(Debug, Args)]
pub(super) struct Reset {
    #[command(flatten)]
    file: ConfigFile,
    /// The number that the person reads on their page, with or without spaces; good for 30 minutes.
    #[arg(num_args = 1.., required = true)]
    number: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct ActsList {
    #[command(flatten)]
    file: ConfigFile,
    /// A line of JSON for each act.
    #[arg(long)]
    json: bool,
}

impl Reset {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let number = self.number.concat().replace([' ', '-'], "");
        let store = open(&self.file).await?;
        let act = ActId::new(random());
        let reset = store.reset_passkeys(&number, &act, clock()).await;
        store.close().await;
        match reset {
            Ok(()) => say(format_args!(
                "done; it stands in the log as {act}, and the person is told of it"
            )),
            Err(StoreError::NotFound) => Err(CommandError::NoNumber),
            Err(error) => Err(error.into()),
        }
    }
}

impl ActsList {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let store = open(&self.file).await?;
        let mut page = store.acts(None).await?;
        while let Some(last) = page.last() {
            for act in &page {
                say(if self.json { json(act) } else { text(act) })?;
            }
            page = store.acts(Some(last)).await?;
        }
        store.close().await;
        Ok(())
    }
}

async fn open(file: &ConfigFile) -> Result<Store, CommandError> {
    let config = Config::load(&file.config)?;
    let vault = check::vault(&config.key_file)?;
    Ok(Store::connect(&config.database, Arc::new(vault)).await?)
}

/// The same person has the same mark; nobody can tell from it who that is.
fn mark(act: &Act) -> String {
    let tag = act.person.as_ref().map(|person| hex(&person.0));
    tag.unwrap_or_default().chars().take(8).collect()
}

fn text(act: &Act) -> String {
    let about = act.platform.clone().unwrap_or_else(|| mark(act));
    format!("{}  {}  {:<19}  {about}", act.at, act.id, act.act)
}

fn json(act: &Act) -> String {
    let (id, at) = (act.id.as_str(), act.at.to_string());
    serde_json::json!({ "id": id, "at": at, "act": act.act, "person": mark(act), "platform": act.platform }).to_string()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the clock for what it calls"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
