//! Who was in each room at the latest look of the watch, for pages that show it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::backend::View;
use crate::id::ConsultationId;

/// Longer than from one look of the watch at another server to the next; what is older is not shown.
const FRESH: SignedDuration = SignedDuration::from_secs(12);

/// The latest views of open rooms.
#[derive(Debug, Default)]
pub struct Views(Mutex<HashMap<ConsultationId, (Timestamp, View)>>);

impl Views {
    pub fn keep(&self, id: &ConsultationId, view: &View, now: Timestamp) {
        self.views().insert(id.clone(), (now, view.clone()));
    }

    /// What was seen a moment ago.
    pub fn fresh(&self, id: &ConsultationId, now: Timestamp) -> Option<View> {
        let views = self.views();
        let (at, view) = views.get(id)?;
        (now.duration_since(*at) <= FRESH).then(|| view.clone())
    }

    /// Forgets what is no longer looked at.
    pub fn forget_old(&self, now: Timestamp) {
        self.views().retain(|_, (at, _)| now.duration_since(*at) <= FRESH);
    }

    fn views(&self) -> MutexGuard<'_, HashMap<ConsultationId, (Timestamp, View)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
