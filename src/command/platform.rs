//! Learning platforms: who they are, and which of their deployments are accepted.

use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use lti13_tool::{DeploymentId, Platform, Registration};
use sprechzimmer::app::decide;
use sprechzimmer::app::platforms::approval_command;
use sprechzimmer::app::registration::invite;
use sprechzimmer::config::{Config, registration_words};
use sprechzimmer::store::{Approval, Deployment, SchemaState, Store, StoreError, StoredPlatform};

use super::{CommandError, ConfigFile, check, say};

#[derive(Debug, Args)]
pub(super) struct Invite {
    /// What to call the platform here.
    #[arg(long)]
    name: String,
    #[command(flatten)]
    file: ConfigFile,
}

/// A platform that a running service shall know as well.
#[derive(Debug, Args)]
pub(super) struct Add {
    /// What to call it here.
    #[arg(long)]
    name: String,
    /// The platform's issuer, exactly as it writes it (Moodle: "Platform ID").
    #[arg(long)]
    issuer: String,
    /// As the platform shows it (Moodle: "Client ID").
    #[arg(long)]
    client_id: String,
    /// Moodle: "Authentication request URL".
    #[arg(long)]
    authorization_url: String,
    /// Moodle: "Access token URL".
    #[arg(long)]
    token_url: String,
    /// Only where the platform expects another audience than the token address, as Brightspace does.
    #[arg(long)]
    token_audience: Option<String>,
    /// Moodle: "Public keyset URL".
    #[arg(long)]
    keys_url: String,
    /// A deployment to accept (Moodle: "Deployment ID"); may be given several times, or later by `platform approve`.
    #[arg(long = "deployment", value_name = "DEPLOYMENT")]
    deployments: Vec<String>,
    /// A further host of its pages, where that is not the one of the addresses above (hosted Canvas: schule.instructure.com);
    /// may be given several times.
    #[arg(long = "host", value_name = "HOST")]
    hosts: Vec<String>,
    #[command(flatten)]
    file: ConfigFile,
}

#[derive(Debug, Args)]
pub(super) struct Approve {
    /// Its issuer, or its issuer, a slash and its client id.
    platform: String,
    /// As `platform list` or the page of the refused launch shows it.
    deployment: String,
    #[command(flatten)]
    file: ConfigFile,
}

#[derive(Debug, Args)]
pub(super) struct Remove {
    /// Its issuer, or its issuer, a slash and its client id.
    platform: String,
    #[command(flatten)]
    file: ConfigFile,
}

impl Invite {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let config = Config::load(&self.file.config)?;
        let store = open(&config).await?;
        let link = invite(&store, &config, self.name.trim(), &decide(clock())).await;
        store.close().await;
        say(link?)?;
        say(
            "It registers one learning platform, within 24 hours: enter it there where a tool is added by its registration address",
        )?;
        say(
            "(Moodle: Site administration, Plugins, Activity modules, External tool, Manage tools, Tool URL). Opened in a browser it explains the way.",
        )
    }
}

impl Add {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let registration = Registration {
            issuer: self.issuer,
            client_id: self.client_id,
            authorization_url: self.authorization_url,
            token_url: self.token_url,
            token_audience: self.token_audience,
            keys_url: self.keys_url,
            deployments: self.deployments,
            hosts: self.hosts,
        };
        let config = Config::load(&self.file.config)?;
        let platform = match Platform::new(registration.clone()) {
            Ok(platform) => platform,
            Err(problems) => {
                for problem in &problems {
                    let option = problem
                        .field
                        .replace('_', "-")
                        .replace("deployments", "deployment")
                        .replace("hosts", "host");
                    say(format_args!("--{option} {}", registration_words(problem.kind)))?;
                }
                return Err(CommandError::Problems(problems.len()));
            }
        };
        if config.platforms.iter().any(|known| is(known, &registration)) {
            return Err(CommandError::Configured(registration.issuer));
        }
        let store = open(&config).await?;
        let (issuer, pending) = (registration.issuer.clone(), platform.deployments().is_empty());
        let stored = StoredPlatform {
            name: self.name,
            product: String::new(),
            registration,
        };
        store.keep_platform(&stored, None, &decide(clock())).await?;
        store.close().await;
        say(format_args!(
            "{issuer} is registered. A running service knows it within seconds."
        ))?;
        if pending {
            say(
                "No deployment of it is approved yet: every launch is refused until you run `sprechzimmer platform approve`.",
            )?;
        }
        Ok(())
    }
}

impl Approve {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let config = Config::load(&self.file.config)?;
        if self.deployment.parse::<DeploymentId>().is_err() {
            return Err(CommandError::NoDeployment);
        }
        let store = open(&config).await?;
        let Key { issuer, client_id } = find(&config, &store, &self.platform).await?;
        store
            .approve_deployment(&issuer, &client_id, &self.deployment, &decide(clock()))
            .await?;
        store.close().await;
        say(format_args!(
            "Launches from deployment {} of {issuer} are accepted. A running service knows it within seconds.",
            self.deployment
        ))
    }
}

impl Remove {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let config = Config::load(&self.file.config)?;
        let store = open(&config).await?;
        let Key { issuer, client_id } = find(&config, &store, &self.platform).await?;
        match store.remove_platform(&issuer, &client_id, &decide(clock())).await {
            Err(StoreError::NotFound) => return Err(CommandError::Configured(issuer)),
            removed => removed?,
        }
        store.close().await;
        say(format_args!(
            "{issuer} is no longer registered. A running service refuses it within seconds."
        ))
    }
}

/// Every platform with its deployments, and what an administrator enters there.
pub(super) async fn list(file: &ConfigFile) -> Result<(), CommandError> {
    let config = Config::load(&file.config)?;
    let (stored, deployments) = match Store::inspect(&config.database).await? {
        SchemaState::Current => {
            let store = open(&config).await?;
            let found = (store.platforms().await?, store.deployments().await?);
            store.close().await;
            found
        }
        // nothing was ever registered; listing changes nothing
        _ => Default::default(),
    };
    for platform in &config.platforms {
        let key = Key::of(platform);
        let configured = platform
            .deployments()
            .iter()
            .map(|deployment| deployment.as_str().to_owned());
        show(&key, "in the configuration", configured.collect(), &deployments)?;
        say(format_args!("  keys_url     {}", platform.keys_url()))?;
        for host in platform.hosts() {
            say(format_args!("  host         {host}"))?;
        }
    }
    for platform in &stored {
        let key = Key {
            issuer: platform.registration.issuer.clone(),
            client_id: platform.registration.client_id.clone(),
        };
        show(&key, &platform.name, Vec::new(), &deployments)?;
        say(format_args!("  keys_url     {}", platform.registration.keys_url))?;
        for host in &platform.registration.hosts {
            say(format_args!("  host         {host}"))?;
        }
    }
    say("To be entered in the learning platform:")?;
    for (name, path) in [
        ("login", "lti/login"),
        ("launch", "lti/launch"),
        ("public keys", "lti/keys"),
    ] {
        say(format_args!("  {name:<12} {}{path}", config.public_url))?;
    }
    Ok(())
}

fn show(key: &Key, name: &str, configured: Vec<String>, known: &[Deployment]) -> Result<(), CommandError> {
    say(&key.issuer)?;
    say(format_args!("  name         {name}"))?;
    say(format_args!("  client_id    {}", key.client_id))?;
    for deployment in configured {
        say(format_args!("  deployment   {deployment}"))?;
    }
    for deployment in known.iter().filter(|deployment| key.has(deployment)) {
        match deployment.approval {
            Approval::Given => say(format_args!("  deployment   {}", deployment.deployment_id))?,
            Approval::Pending => say(format_args!(
                "  pending      {}  since {:.0}, to be accepted by: {}",
                deployment.deployment_id,
                deployment.since,
                approval_command(&key.issuer, &key.client_id, &deployment.deployment_id)
            ))?,
        }
    }
    Ok(())
}

/// Issuer and client id.
struct Key {
    issuer: String,
    client_id: String,
}

impl Key {
    fn of(platform: &Platform) -> Self {
        Self {
            issuer: platform.issuer().to_owned(),
            client_id: platform.client_id().as_str().to_owned(),
        }
    }

    fn has(&self, deployment: &Deployment) -> bool {
        deployment.issuer == self.issuer && deployment.client_id == self.client_id
    }

    fn is_named(&self, text: &str) -> bool {
        let rest = text.strip_prefix(&self.issuer);
        rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('/') == Some(&self.client_id))
    }
}

async fn open(config: &Config) -> Result<Store, CommandError> {
    let vault = check::vault(&config.key_file)?;
    Ok(Store::connect(&config.database, Arc::new(vault)).await?)
}

/// The one platform that is meant.
async fn find(config: &Config, store: &Store, text: &str) -> Result<Key, CommandError> {
    let stored = store.platforms().await?.into_iter().map(|platform| Key {
        issuer: platform.registration.issuer,
        client_id: platform.registration.client_id,
    });
    let mut all: Vec<Key> = config.platforms.iter().map(Key::of).chain(stored).collect();
    let names = all.iter().map(|key| format!("{}/{}", key.issuer, key.client_id));
    let names = names.collect::<Vec<_>>().join(", ");
    all.retain(|key| key.is_named(text));
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => Ok(only),
        _ => Err(CommandError::NoPlatform(text.to_owned(), names)),
    }
}

fn is(known: &Platform, registration: &Registration) -> bool {
    known.issuer() == registration.issuer && known.client_id().as_str() == registration.client_id
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the clock for what it calls"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
