//! Whether this process is about to leave: nothing new begins, and what goes on may come to its end.

use std::time::Duration;

use tokio::sync::watch;

use crate::error::Failure;

/// What a person or a proxy may wait before trying again: by then another process has taken over, as a rule.
pub const TRY_AGAIN: Duration = Duration::from_mins(2);

/// How far the farewell has come; only ever on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    #[default]
    Staying,
    /// No consultation begins, no room opens; open talks go on.
    NothingNew,
    /// The last talk is over, or its time is: what is begun is finished, nothing else is taken up.
    Finishing,
}

/// The farewell of one process.
#[derive(Debug, Default)]
pub struct Leaving(watch::Sender<Stage>);

impl Leaving {
    /// From now on nothing new begins.
    pub fn begin(&self) {
        self.reach(Stage::NothingNew);
    }

    /// From now on the loops come to their end.
    pub fn finish(&self) {
        self.reach(Stage::Finishing);
    }

    pub fn has_begun(&self) -> bool {
        *self.0.borrow() >= Stage::NothingNew
    }

    pub fn is_finishing(&self) -> bool {
        *self.0.borrow() == Stage::Finishing
    }

    /// Completes when the loops have to come to their end.
    pub async fn finishing(&self) {
        // the sender lives in `self`
        let _ = self.0.subscribe().wait_for(|stage| *stage == Stage::Finishing).await;
    }

    /// Refuses what would begin something new.
    pub fn refuse_new(&self) -> Result<(), Failure> {
        if self.has_begun() {
            Err(Failure::Leaving)
        } else {
            Ok(())
        }
    }

    fn reach(&self, stage: Stage) {
        self.0.send_if_modified(|reached| {
            let further = stage > *reached;
            *reached = stage.max(*reached);
            further
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_farewell_only_goes_on() {
        let leaving = Leaving::default();
        assert!(leaving.refuse_new().is_ok());
        leaving.begin();
        assert!(matches!(leaving.refuse_new(), Err(Failure::Leaving)));
        assert!(!leaving.is_finishing());
        leaving.finish();
        leaving.begin();
        leaving.finishing().await;
        assert!(leaving.has_begun() && leaving.is_finishing());
    }
}
