//! Where a way is cut: at the message of a number, on one of its sides.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Where a message is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// The server never gets it.
    Before,
    /// The server carries it out, and its answer goes nowhere.
    After,
    /// It stays on the way, and the server gets it when nobody waits for it any more.
    Late,
}

#[derive(Default)]
pub(super) struct Cut {
    /// After so many more messages, and how.
    at: Mutex<Option<(u32, Side)>>,
    fallen: AtomicBool,
    happened: Notify,
}

impl Cut {
    pub(super) fn set(&self, message: u32, side: Side) {
        *self.at.lock().unwrap() = Some((message, side));
    }

    /// Counts a message; if it is the one, nothing comes through after it.
    pub(super) fn falls_here(&self) -> Option<Side> {
        let mut at = self.at.lock().unwrap();
        let (left, side) = (*at)?;
        *at = left.checked_sub(1).map(|left| (left, side));
        if left > 0 {
            return None;
        }
        self.fallen.store(true, Ordering::SeqCst);
        Some(side)
    }

    pub(super) fn has_fallen(&self) -> bool {
        self.fallen.load(Ordering::SeqCst)
    }

    /// It is done what is still done.
    pub(super) fn tell(&self) {
        self.happened.notify_one();
    }

    pub(super) async fn has_happened(&self) {
        self.happened.notified().await;
    }

    pub(super) fn mend(&self) {
        *self.at.lock().unwrap() = None;
        self.fallen.store(false, Ordering::SeqCst);
    }
}
