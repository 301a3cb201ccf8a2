//! Tries out a video system and says what each step proves.

use clap::Args;
use sprechzimmer::app::random;
use sprechzimmer::backend::Backend;
use sprechzimmer::backend::embedded::{Embedded, Settings};
use sprechzimmer::backend::examination::Outcome;
use sprechzimmer::config::{BackendKind, BackendSettings, Config};
use sprechzimmer::id::RoomId;

use super::{CommandError, ConfigFile, say};

#[derive(Debug, Args)]
pub(super) struct Test {
    /// As in the configuration.
    name: String,
    #[command(flatten)]
    file: ConfigFile,
}

impl Test {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let config = Config::load(&self.file.config)?;
        let known = || config.backends.iter().map(|backend| backend.name.as_str());
        let Some(settings) = config.backends.iter().find(|backend| backend.name == self.name) else {
            let all: Vec<&str> = known().collect();
            return Err(CommandError::NoBackend(self.name, all.join(", ")));
        };
        let outcome = examine(settings).await?;
        for step in &outcome.steps {
            match &step.failed {
                None => say(format_args!("ok       {}: {}", step.does, step.proves))?,
                Some(failed) => say(format_args!("problem  {}: {failed}", step.does))?,
            }
        }
        let lacks = outcome.lacks();
        for demand in &lacks {
            say(format_args!(
                "refused  rule {}: not shown: {}",
                demand.rule, demand.words
            ))?;
        }
        if lacks.is_empty() {
            say("This video system keeps every rule.")
        } else {
            Err(CommandError::Problems(lacks.len()))
        }
    }
}

/// Makes the video system anew, beside a running service, and tests it.
pub(super) async fn examine(settings: &BackendSettings) -> Result<Outcome, CommandError> {
    let backend = match &settings.kind {
        // the sockets may be in use, and a throwaway room needs none
        BackendKind::Embedded { .. } => Backend::Embedded(Embedded::start(Settings::default()).await?),
        BackendKind::BigBlueButton(settings) => Backend::BigBlueButton(settings.backend()),
    };
    Ok(backend.examine(&RoomId::new(random())).await)
}
