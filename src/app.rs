//! What every handler and every loop may use.

use tokio::sync::Notify;

use crate::backend::Backends;
use crate::config::Config;
use crate::live::Live;
use crate::store::Store;
use crate::vault::Vault;

/// One running instance.
#[derive(Debug)]
pub struct App {
    pub config: Config,
    pub store: Store,
    pub backends: Backends,
    pub live: Live,
    /// Wakes the reaper: something has ended.
    pub reap: Notify,
    /// Wakes the watch: something has changed in a room.
    pub look: Notify,
}

impl App {
    pub fn new(config: Config, store: Store, backends: Backends) -> Self {
        Self {
            config,
            store,
            backends,
            live: Live::default(),
            reap: Notify::new(),
            look: Notify::new(),
        }
    }

    pub fn vault(&self) -> &Vault {
        self.store.vault()
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
