//! What every handler and every loop may use.

pub mod access_tokens;
pub mod counters;
pub mod leaving;
pub mod limits;
pub mod own_keys;
pub mod platform_keys;
pub mod platforms;
pub mod registration;
pub mod replica;
pub mod rosters;
pub mod views;
pub mod witness;

use jiff::Timestamp;
use tokio::sync::Notify;
use url::Url;

use crate::backend::Backends;
use crate::backend::embedded::certificate::Presented;
use crate::config::Config;
use crate::id::ActId;
use crate::live::Live;
use crate::outgoing::{Outgoing, Outside, Reach};
use crate::store::{Decision, Store};
use crate::vault::Vault;
use access_tokens::AccessTokens;
use counters::Counters;
use leaving::Leaving;
use limits::Limits;
use own_keys::OwnKeys;
use platform_keys::PlatformKeys;
use platforms::Platforms;
use replica::Replica;
use rosters::Rosters;
use views::Views;
use witness::Witness;

/// One running instance.
#[derive(Debug)]
pub struct App {
    pub config: Config,
    pub store: Store,
    pub backends: Backends,
    pub live: Live,
    pub replica: Replica,
    pub views: Views,
    /// Wakes the reaper: something has ended.
    pub reap: Notify,
    /// Wakes the watch: something has changed in a room.
    pub look: Notify,
    /// Wakes the inspection: a video system is in doubt.
    pub inspect: Notify,
    pub counters: Counters,
    pub leaving: Leaving,
    pub limits: Limits,
    pub platforms: Platforms,
    pub platform_keys: PlatformKeys,
    pub own_keys: OwnKeys,
    /// Where this process speaks TLS itself.
    pub certificate: Option<Presented>,
    /// To learning platforms: whatever they say, nothing inside our own network is asked.
    pub outgoing: Outgoing,
    pub access_tokens: AccessTokens,
    pub rosters: Rosters,
    pub witness: Witness,
}

impl App {
    pub fn new(config: Config, store: Store, backends: Backends) -> Self {
        let outgoing = Outgoing::new(Reach::Outside(outside(&config)));
        Self {
            platforms: Platforms::new(&config.platforms),
            replica: Replica::new(&config.replica),
            witness: Witness::new(config.witness_file.clone()),
            config,
            store,
            backends,
            live: Live::default(),
            views: Views::default(),
            reap: Notify::new(),
            look: Notify::new(),
            inspect: Notify::new(),
            counters: Counters::default(),
            leaving: Leaving::default(),
            limits: Limits::default(),
            platform_keys: PlatformKeys::new(outgoing.clone()),
            own_keys: OwnKeys::default(),
            certificate: None,
            outgoing,
            access_tokens: AccessTokens::default(),
            rosters: Rosters::default(),
        }
    }

    pub fn vault(&self) -> &Vault {
        self.store.vault()
    }

    /// The one redirect URI and target, as registered with every platform.
    pub fn launch_url(&self) -> Url {
        self.page_url("/lti/launch")
    }

    /// A page of ours, for whoever comes from elsewhere.
    pub fn page_url(&self, path: &str) -> Url {
        let mut url = self.config.public_url.clone();
        url.set_path(path);
        url
    }
}

/// What learning platforms may make us ask: where the configuration says that they are, and the public internet.
fn outside(config: &Config) -> Outside {
    let hosts = config.platforms.iter().flat_map(|platform| {
        let urls = [platform.authorization_url(), platform.token_url(), platform.keys_url()];
        let urls = urls.map(|url| url.host_str().unwrap_or_default().to_owned());
        urls.into_iter().chain(platform.hosts().iter().map(ToString::to_string))
    });
    Outside::and(hosts.collect(), config.platform_networks.clone())
}

/// An administrator decides it now.
pub fn decide(now: Timestamp) -> Decision {
    Decision {
        id: ActId::new(random()),
        at: now,
    }
}

/// Fresh random bytes of the operating system.
///
/// # Panics
/// When the operating system gives none; without randomness nothing here is safe.
pub fn random<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    #[expect(
        clippy::expect_used,
        reason = "without randomness nothing here is safe; the process must not go on"
    )]
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
