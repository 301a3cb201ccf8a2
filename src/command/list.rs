//! Lists the records of deletions.

use std::sync::Arc;

use clap::Args;
use sprechzimmer::config::Config;
use sprechzimmer::store::{Record, Store};

use super::{CommandError, ConfigFile, check, say};

#[derive(Debug, Args)]
pub(super) struct RecordsList {
    #[command(flatten)]
    file: ConfigFile,
    /// A line of JSON for each record.
    #[arg(long)]
    json: bool,
}

impl RecordsList {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let config = Config::load(&self.file.config)?;
        let vault = check::vault(&config.key_file)?;
        let store = Store::connect(&config.database, Arc::new(vault)).await?;
        let mut page = store.records(None).await?;
        while let Some(last) = page.last() {
            for record in &page {
                say(if self.json { json(record) } else { text(record) })?;
            }
            page = store.records(Some(last)).await?;
        }
        store.close().await;
        Ok(())
    }
}

fn text(record: &Record) -> String {
    format!("{}  {}", record.erased_at, record.id)
}

fn json(record: &Record) -> String {
    let proof: serde_json::Value = serde_json::from_str(&record.proof).unwrap_or_default();
    serde_json::json!({ "id": record.id.as_str(), "erased_at": record.erased_at.to_string(), "proof": proof })
        .to_string()
}
