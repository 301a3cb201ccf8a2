//! Tries out a video system and says what each step proves.

use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use lti13_tool::ToolKey;
use sprechzimmer::app::own_keys::OwnKeys;
use sprechzimmer::app::random;
use sprechzimmer::backend::Backend;
use sprechzimmer::backend::embedded::{Embedded, Settings};
use sprechzimmer::backend::examination::Outcome;
use sprechzimmer::config::{BackendKind, BackendSettings, Config};
use sprechzimmer::id::RoomId;
use sprechzimmer::store::{SchemaState, Store};

use super::check::vault;
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
        let outcome = examine(&config, settings).await?;
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
pub(super) async fn examine(config: &Config, settings: &BackendSettings) -> Result<Outcome, CommandError> {
    let backend = match &settings.kind {
        // the sockets may be in use, and a throwaway room needs none
        BackendKind::Embedded { .. } => Backend::Embedded(Embedded::start(Settings::default()).await?),
        BackendKind::BigBlueButton(settings) => Backend::BigBlueButton(settings.backend()),
        BackendKind::Jitsi(settings) => {
            let jitsi = settings.backend();
            if let Some(key) = own_key(config).await? {
                jitsi.sign_with(key);
            }
            Backend::Jitsi(jitsi)
        }
    };
    Ok(backend.examine(&RoomId::new(random()), clock()).await)
}

/// The key that signs; there is none before the service has run for the first time, and nothing is changed here.
async fn own_key(config: &Config) -> Result<Option<Arc<ToolKey>>, CommandError> {
    if !matches!(Store::inspect(&config.database).await?, SchemaState::Current) {
        return Ok(None);
    }
    let store = Store::connect(&config.database, Arc::new(vault(&config.key_file)?)).await?;
    let key = OwnKeys::default().signing(&store, clock()).await;
    store.close().await;
    Ok(Some(key?))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the clock for what it calls"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
