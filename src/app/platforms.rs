//! The registered learning platforms: those of the configuration and those of the database, as of a moment ago.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};
use lti13_tool::{DeploymentId, Error, LoginRequest, Platform};
use tokio::sync::Mutex as Turn;

use crate::store::{Approval, Deployment, Store, StoreError};

/// After this time the database is asked again: another process may have registered or removed a platform.
const KNOWN_FOR: SignedDuration = SignedDuration::from_secs(5);
/// Anybody can invent a platform; on one that is not known the database is asked no more often than this.
const PAUSE: SignedDuration = SignedDuration::from_secs(1);

/// All registered platforms. Who asks waits for the database at most once in a few seconds.
#[derive(Debug)]
pub struct Platforms {
    configured: Vec<Platform>,
    known: RwLock<Arc<Registered>>,
    turn: Turn<()>,
}

/// The platforms of one moment.
#[derive(Debug)]
pub struct Registered {
    platforms: Vec<Arc<Platform>>,
    /// Their origins, as `frame-ancestors` wants them; empty without any.
    origins: String,
    read_at: Timestamp,
}

impl Platforms {
    pub fn new(configured: &[Platform]) -> Self {
        let known = Registered::new(configured.to_vec(), Timestamp::MIN);
        Self {
            configured: configured.to_vec(),
            known: RwLock::new(Arc::new(known)),
            turn: Turn::default(),
        }
    }

    /// As last read; for what cannot wait.
    pub fn known(&self) -> Arc<Registered> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// As read within the last seconds. While the database does not answer, what was last read counts.
    pub async fn current(&self, store: &Store, now: Timestamp) -> Arc<Registered> {
        self.younger_than(KNOWN_FOR, store, now).await
    }

    /// The platform a login comes from. One that is not known may have been registered a moment ago.
    pub async fn choose(&self, store: &Store, login: &LoginRequest, now: Timestamp) -> Result<Arc<Platform>, Error> {
        match self.current(store, now).await.choose(login) {
            Err(Error::IssuerUnknown | Error::ClientUnknown | Error::LoginDeploymentUnknown) => {
                self.younger_than(PAUSE, store, now).await.choose(login)
            }
            found => found,
        }
    }

    /// Something has just been written: reads it.
    pub async fn renew(&self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
        self.read(store, now).await
    }

    async fn younger_than(&self, age: SignedDuration, store: &Store, now: Timestamp) -> Arc<Registered> {
        let known = self.known();
        if !known.is_older_than(age, now) {
            return known;
        }
        // one asks, the others wait for it, as what they look for may be in its answer
        let _turn = self.turn.lock().await;
        if self.known().is_older_than(age, now)
            && let Err(error) = self.read(store, now).await
        {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the learning platforms are those that were known before"
            );
        }
        self.known()
    }

    async fn read(&self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        let (stored, deployments) = (store.platforms().await?, store.deployments().await?);
        let mut platforms = self.configured.clone();
        for platform in stored {
            let issuer = platform.registration.issuer.clone();
            match Platform::new(platform.registration) {
                // what the configuration says counts
                Ok(platform) if platforms.iter().any(|known| is_same(known, &platform)) => {}
                Ok(platform) => platforms.push(platform),
                Err(problems) => tracing::error!(issuer, ?problems, "a platform in the database is ignored"),
            }
        }
        let platforms = platforms.into_iter().map(|platform| {
            let approved = approved(&platform, &deployments);
            platform.with_deployments(approved)
        });
        let registered = Registered::new(platforms.collect(), now);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(registered);
        Ok(())
    }
}

impl Registered {
    fn new(platforms: Vec<Platform>, read_at: Timestamp) -> Self {
        let mut origins: Vec<String> = platforms.iter().flat_map(origins).collect();
        origins.sort();
        origins.dedup();
        Self {
            origins: origins.join(" "),
            platforms: platforms.into_iter().map(Arc::new).collect(),
            read_at,
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Platform> {
        self.platforms.iter().map(AsRef::as_ref)
    }

    pub fn is_empty(&self) -> bool {
        self.platforms.is_empty()
    }

    /// The only one, if there is only one.
    pub fn only(&self) -> Option<&Platform> {
        match self.platforms.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The origins of all, apart by spaces.
    pub fn origins(&self) -> &str {
        &self.origins
    }

    /// The one registered under this issuer and client id.
    pub fn find(&self, issuer: &str, client_id: &str) -> Option<Arc<Platform>> {
        let is_it =
            |platform: &&Arc<Platform>| platform.issuer() == issuer && platform.client_id().as_str() == client_id;
        self.platforms.iter().find(is_it).cloned()
    }

    fn choose(&self, login: &LoginRequest) -> Result<Arc<Platform>, Error> {
        let chosen = Platform::choose(self.iter(), login)?;
        self.find(chosen.issuer(), chosen.client_id().as_str())
            .ok_or(Error::IssuerUnknown)
    }

    fn is_older_than(&self, age: SignedDuration, now: Timestamp) -> bool {
        // a clock that was set back must not make it young for ever
        !(SignedDuration::ZERO..age).contains(&now.duration_since(self.read_at))
    }
}

/// Where the pages of a platform lie: at its login, and at further hosts.
fn origins(platform: &Platform) -> Vec<String> {
    let own = platform.authorization_url().origin().ascii_serialization();
    let further = platform.hosts().iter().map(|host| format!("https://{host}"));
    std::iter::once(own).chain(further).collect()
}

/// The command that accepts launches from a deployment, to be pasted into a shell. What a platform has named can hold anything.
pub fn approval_command(issuer: &str, client_id: &str, deployment_id: &str) -> String {
    let platform = quoted(&format!("{issuer}/{client_id}"));
    format!("sprechzimmer platform approve {platform} {}", quoted(deployment_id))
}

/// One word of a POSIX shell, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn is_same(one: &Platform, other: &Platform) -> bool {
    one.issuer() == other.issuer() && one.client_id() == other.client_id()
}

fn approved(platform: &Platform, deployments: &[Deployment]) -> Vec<DeploymentId> {
    let of_it = |deployment: &&Deployment| {
        deployment.issuer == platform.issuer()
            && deployment.client_id == platform.client_id().as_str()
            && deployment.approval == Approval::Given
    };
    let ids = deployments.iter().filter(of_it);
    ids.filter_map(|deployment| deployment.deployment_id.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_platform_names_leaves_its_quotes() {
        assert_eq!(
            approval_command("https://lms.example", "Ab3", "1"),
            "sprechzimmer platform approve 'https://lms.example/Ab3' '1'"
        );
        assert_eq!(quoted("'; rm -rf ~ '"), r"''\''; rm -rf ~ '\'''");
    }
}
