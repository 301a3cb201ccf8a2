//! The word of this process that it lives: renewed again and again, and where it cannot be, its rooms are closed before the others count them as gone.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::{beat, catch_up};
use crate::app::App;
use crate::backend::embedded::Embedded;
use crate::id::RoomId;
use crate::store::StoreError;

/// Between two looks at how old the word is. Whoever stood still for longer closes its rooms at this look.
const LOOK: Duration = Duration::from_millis(100);

/// Since when the word holds, by our own clock: a moment before the database was asked.
struct Word(Mutex<Instant>);

impl Word {
    fn holds(&self, term: Duration) -> bool {
        // a sixth is kept back, so that we are done before the others begin
        self.given().elapsed() < term * 5 / 6
    }

    fn given(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn give(&self, at: Instant) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}

/// Completes when another process has taken the name.
pub(super) async fn keep(app: &App, embedded: Option<&Embedded>) {
    let word = Word(Mutex::new(Instant::now()));
    tokio::select! {
        () = renew(app, embedded, &word) => {}
        () = guard(app, embedded, &word) => {}
    }
    if let Some(embedded) = embedded {
        close(embedded);
    }
}

async fn renew(app: &App, embedded: Option<&Embedded>, word: &Word) {
    let beat = beat(app);
    let (mut others, mut surplus) = (HashSet::new(), HashSet::new());
    loop {
        let asked = Instant::now();
        match timeout(beat, app.store.renew_name(&app.replica.holder)).await {
            Ok(Ok(true)) => {
                // whoever stood still may come here before it comes to the guard
                close_unless_held(app, embedded, word);
                word.give(asked);
                let looked = look(app, embedded, (&mut others, &mut surplus));
                note(timeout(beat, looked).await.unwrap_or(Ok(())));
            }
            Ok(Ok(false)) => {
                return tracing::error!(
                    name = app.replica.holder.name,
                    "another process has taken the name of this replica; give each one its own"
                );
            }
            Ok(failed) => note(failed.map(drop)),
            Err(_) => tracing::warn!("the database does not answer in time; the word of this replica is not renewed"),
        }
        sleep(beat).await;
    }
}

fn note(outcome: Result<(), StoreError>) {
    if let Err(error) = outcome {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "the word of this replica is not renewed; tried again"
        );
    }
}

/// What the database says about the others and about our rooms.
async fn look(
    app: &App,
    embedded: Option<&Embedded>,
    (others, surplus): (&mut HashSet<String>, &mut HashSet<RoomId>),
) -> Result<(), StoreError> {
    app.store.pulse().await?;
    let living: HashSet<String> = app.store.others(&app.replica.holder).await?.into_iter().collect();
    if !others.is_subset(&living) {
        tracing::warn!("another replica is gone; what it did is taken over");
        catch_up(app);
    }
    *others = living;
    if let Some(embedded) = embedded {
        *surplus = close_surplus(app, embedded, surplus).await?;
    }
    Ok(())
}

/// Closes rooms here that no consultation needs, whoever has ended it. One that is just being tried out or made is spared: it must
/// have been there at the look before as well.
async fn close_surplus(
    app: &App,
    embedded: &Embedded,
    before: &HashSet<RoomId>,
) -> Result<HashSet<RoomId>, StoreError> {
    let here = embedded.room_ids();
    if here.is_empty() {
        return Ok(HashSet::new());
    }
    let needed: HashSet<String> = app.store.needed_rooms().await?.into_iter().collect();
    let surplus = here.into_iter().filter(|room| !needed.contains(room.as_str()));
    let (known, new): (HashSet<RoomId>, HashSet<RoomId>) = surplus.partition(|room| before.contains(room));
    for room in &known {
        tracing::warn!(%room, "a room that nobody needs is closed");
        embedded.end(room);
    }
    Ok(new)
}

async fn guard(app: &App, embedded: Option<&Embedded>, word: &Word) {
    if embedded.is_none() || !app.replica.has_others {
        return std::future::pending().await;
    }
    loop {
        sleep(LOOK).await;
        close_unless_held(app, embedded, word);
    }
}

/// With others on the database, a word that is too old ends every room here at once: they may be counted as gone from then on (rule 6).
fn close_unless_held(app: &App, embedded: Option<&Embedded>, word: &Word) {
    if let (Some(embedded), true) = (embedded, app.replica.has_others)
        && !word.holds(app.replica.holder.term)
    {
        close(embedded);
    }
}

fn close(embedded: &Embedded) {
    let rooms = embedded.room_ids();
    if !rooms.is_empty() {
        tracing::error!(
            talks = rooms.len(),
            "this replica cannot vouch for its rooms any longer, and closes them"
        );
    }
    for room in rooms {
        embedded.end(&room);
    }
}
