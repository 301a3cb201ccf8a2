//! Hears what an administrator has decided on the command line, in another process: what stands open by an older right is cut.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::backend::Backend;
use crate::id::{ActId, PersonTag};
use crate::store::StoreError;

/// Between two looks at the log of administrative acts.
const PAUSE: Duration = Duration::from_secs(1);

/// Looks every second, until the process ends. What was decided before it began has cut nothing that could stand open.
pub async fn run(app: Arc<App>) {
    let mut known = None;
    let mut is_blind = false;
    loop {
        match look(&app, &mut known).await {
            Ok(()) => is_blind = false,
            Err(error) if !is_blind => {
                is_blind = true;
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "whether an administrator has decided something cannot be read; it is tried every second"
                );
            }
            Err(_) => {}
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// What could not be cut is cut at the next look.
async fn look(app: &App, known: &mut Option<HashSet<ActId>>) -> Result<(), StoreError> {
    let latest = app.store.latest_resets().await?;
    let Some(known) = known else {
        *known = Some(latest.into_iter().map(|(act, _)| act).collect());
        return Ok(());
    };
    known.retain(|act| latest.iter().any(|(one, _)| one == act));
    for (act, person) in latest {
        if !known.contains(&act) {
            cut(app, &person).await?;
            known.insert(act);
        }
    }
    Ok(())
}

/// Browsers of this person have lost what they could see: all their pages look again, and their seats in rooms of this process are
/// given up, as a seat does not know its browser; one that is still theirs comes back by a click. The seats in rooms of other
/// servers are theirs until the next click, as no interface takes a moderator out.
pub async fn cut(app: &App, person: &PersonTag) -> Result<(), StoreError> {
    for id in app.store.initiated_by(person).await? {
        let consultation = match app.store.load(&id).await {
            Err(StoreError::NotFound) => continue,
            kept => kept?.consultation,
        };
        if let (Ok(opened), Ok(Backend::Embedded(embedded))) =
            (consultation.opened(), app.backends.named(&consultation.backend))
        {
            embedded.dismiss_moderator(&opened.room.id);
        }
        app.live.nudge(&id);
    }
    Ok(())
}
