//! One round through the rooms of a video system: a system that answers nobody is left alone for the rest of it, and for a while.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::app::App;
use crate::backend::{BackendError, Configured, View};
use crate::id::Room;

/// So many failures without one answer are enough: it does no work at all. A single failing room, as behind a balancer, is not.
const ENOUGH: usize = 8;

/// How a video system has answered in this round.
#[derive(Clone, Copy, Debug, Default)]
struct Answers {
    given: usize,
    missing: usize,
    /// The latest failure of the system as a whole.
    error: Option<BackendError>,
}

/// What is asked at one look.
pub(super) struct Round<'a> {
    app: &'a App,
    now: Timestamp,
    answers: Mutex<HashMap<String, Answers>>,
}

impl<'a> Round<'a> {
    pub(super) fn new(app: &'a App, now: Timestamp) -> Self {
        Self {
            app,
            now,
            answers: Mutex::default(),
        }
    }

    /// Who and what is in the room; nothing where the video system is left alone.
    pub(super) async fn view(&self, system: &Configured, room: &Room) -> Option<Result<View, BackendError>> {
        let so_far = self.answers().get(&system.name).copied().unwrap_or_default();
        let is_dead = so_far.given == 0 && so_far.missing >= ENOUGH;
        if is_dead || system.rests_until(self.now).is_some() {
            return None;
        }
        let outcome = system.backend.view(room).await;
        let mut answers = self.answers();
        let counted = answers.entry(system.name.clone()).or_default();
        match &outcome {
            Err(error) if error.is_outage() => {
                counted.missing += 1;
                counted.error = Some(*error);
            }
            _ => counted.given += 1,
        }
        Some(outcome)
    }

    /// One answer among many failures shows that the system itself works.
    pub(super) fn end(self) {
        for (name, answers) in self.answers().iter() {
            let Ok(system) = self.app.backends.configured(name) else {
                continue;
            };
            let outcome = match answers.error {
                Some(error) if answers.given == 0 => Err(error),
                _ => Ok(()),
            };
            if let Err(error) = system.note(outcome, self.now) {
                tracing::warn!(
                    backend = name.as_str(),
                    error = &error as &dyn std::error::Error,
                    "the video system fails, and is left alone for a while"
                );
            }
        }
    }

    fn answers(&self) -> MutexGuard<'_, HashMap<String, Answers>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
