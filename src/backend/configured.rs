//! The configured video systems by name, each with what its latest self-test has shown.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::examination::Examination;
use super::{Backend, BackendError};
use crate::id::RoomId;

/// A self-test older than this counts for nothing; a new one is made every day.
const VALID: SignedDuration = SignedDuration::from_hours(26);
/// How often a video system is tested that keeps every rule.
const DAILY: SignedDuration = SignedDuration::from_hours(24);
/// What is not fit, or was doubted, is tested again after this time.
const AGAIN: SignedDuration = SignedDuration::from_secs(120);

/// One configured video system.
#[derive(Debug)]
pub struct Configured {
    pub name: String,
    pub backend: Backend,
    latest: Mutex<Option<Examination>>,
    /// An opening has failed since the latest self-test.
    doubted: AtomicBool,
}

impl Configured {
    /// The latest self-test of this process; `None` before the first one has ended.
    pub fn latest(&self) -> Option<Examination> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes a self-test, and keeps it. `room` must never have existed.
    pub async fn examine(&self, room: &RoomId, now: Timestamp) -> Examination {
        let examination = Examination {
            at: now,
            outcome: self.backend.examine(room, now).await,
        };
        self.doubted.store(false, Ordering::SeqCst);
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(examination.clone());
        examination
    }

    /// An opening has failed: the next self-test need not wait until tomorrow.
    pub fn doubt(&self) {
        self.doubted.store(true, Ordering::SeqCst);
    }

    /// Whether it is time for a self-test.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let Some(latest) = self.latest() else {
            return true;
        };
        let in_doubt = self.doubted.load(Ordering::SeqCst) || !latest.outcome.lacks().is_empty();
        now.duration_since(latest.at) >= if in_doubt { AGAIN } else { DAILY }
    }

    /// The latest self-test, if it still counts.
    pub fn valid(&self, now: Timestamp) -> Option<Examination> {
        self.latest().filter(|latest| now.duration_since(latest.at) <= VALID)
    }
}

/// All of them; the first one is the default. Clones are the same.
#[derive(Clone, Debug)]
pub struct Backends(Arc<[Configured]>);

impl Backends {
    pub fn new(configured: Vec<(String, Backend)>) -> Self {
        let configured = configured.into_iter().map(|(name, backend)| Configured {
            name,
            backend,
            latest: Mutex::default(),
            doubted: AtomicBool::default(),
        });
        Self(configured.collect())
    }

    pub fn named(&self, name: &str) -> Result<&Backend, BackendError> {
        self.configured(name).map(|configured| &configured.backend)
    }

    pub fn configured(&self, name: &str) -> Result<&Configured, BackendError> {
        self.0
            .iter()
            .find(|configured| configured.name == name)
            .ok_or(BackendError::Unreachable)
    }

    /// Name of the video system for a new consultation.
    pub fn default_name(&self) -> &str {
        self.0.first().map_or("", |first| &first.name)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Configured> {
        self.0.iter()
    }
}
