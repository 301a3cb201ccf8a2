//! After a backup was put back: nothing of it comes to life again.

use std::path::PathBuf;

use clap::Args;
use sprechzimmer::app::witness::Witness;
use sprechzimmer::restoration;
use sprechzimmer::store::Restored;

use super::{clock, open, records};
use crate::command::{CommandError, ConfigFile, say};

/// Run it while the service stands still. Every consultation that the backup holds ends, and is erased when the service starts:
/// it may have been erased, called off or refused since. The school's records that were exported since are taken over.
#[derive(Debug, Args)]
pub(in crate::command) struct AfterRestore {
    #[command(flatten)]
    file: ConfigFile,
    /// What `sprechzimmer admin records --export json` has written since the backup; may be given more than once.
    #[arg(long, value_name = "FILE")]
    records: Vec<PathBuf>,
    /// Nothing was restored: the database was only moved or copied while the service stood still. Nothing ends.
    #[arg(long, conflicts_with = "records")]
    moved: bool,
}

impl AfterRestore {
    pub(in crate::command) async fn run(self) -> Result<(), CommandError> {
        let mut known = Vec::new();
        for file in &self.records {
            known.extend(records::read(file)?);
        }
        let (config, store) = open(&self.file).await?;
        let witness = Witness::new(config.witness_file);
        if self.moved {
            restoration::moved(&store, &witness, clock()).await?;
            store.close().await;
            return say("done: the database is at home here. Start the service.");
        }
        let Restored { records, erased, ended } = restoration::settle(&store, &witness, &known, clock()).await?;
        store.close().await;
        say(format_args!("{records} record(s) of deletions were taken over"))?;
        say(format_args!(
            "{erased} consultation(s) that they prove to be erased are gone"
        ))?;
        say(format_args!(
            "{ended} further consultation(s) have ended; the service erases them, with proof, as soon as it runs"
        ))?;
        say(
            "Every visit, known browser, open ticket and registration link is forgotten, and the signing key of the backup withdrawn.",
        )?;
        say(
            "Look at `sprechzimmer platform list`: what was removed since the backup is registered again. Then start the service.",
        )
    }
}
