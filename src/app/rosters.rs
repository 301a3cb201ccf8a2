//! Lists of members, read when an initiator looks for somebody: in memory only, for five minutes, and not many of them.

mod reading;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex as Turn;

pub use reading::RosterFailure;

use super::{App, random};
use crate::id::hex;
use crate::roster::{Offer, Roster};

/// For as long as it takes to put a list together.
const LIFE: SignedDuration = SignedDuration::from_mins(5);
/// A platform that has just failed is not asked at every letter that somebody types.
const PAUSE: SignedDuration = SignedDuration::from_secs(15);
/// With so many lists, and so many people in all, the oldest lists make way.
const MOST_LISTS: usize = 64;
const MOST_PEOPLE: usize = 50_000;

/// A list could not be read, and how the log calls that case.
#[derive(Debug)]
pub struct Unread {
    pub failure: RosterFailure,
    pub reference: String,
}

/// What came of reading a list.
#[derive(Clone, Debug)]
pub enum Outcome {
    Read(Arc<Roster>),
    Unread(Arc<Unread>),
}

/// The lists of this instance.
#[derive(Debug, Default)]
pub struct Rosters(Mutex<Vec<Arc<Slot>>>);

/// One list. Who reads holds `turn`; who only looks never waits.
#[derive(Debug)]
struct Slot {
    offer: Offer,
    turn: Turn<()>,
    kept: Mutex<Option<(Timestamp, Outcome)>>,
}

impl Rosters {
    /// What is known without asking anybody.
    pub fn kept(&self, offer: &Offer, now: Timestamp) -> Option<Outcome> {
        let slots = self.lock();
        slots.iter().find(|slot| slot.offer == *offer)?.fresh(now)
    }

    /// Forgets every list whose time is over.
    pub fn forget_old(&self, now: Timestamp) {
        // whoever waits for a list still holds its slot
        self.lock()
            .retain(|slot| Arc::strong_count(slot) > 1 || slot.fresh(now).is_some());
    }

    fn slot(&self, offer: &Offer, now: Timestamp) -> Arc<Slot> {
        self.forget_old(now);
        let mut slots = self.lock();
        if let Some(slot) = slots.iter().find(|slot| slot.offer == *offer) {
            return slot.clone();
        }
        let slot = Arc::new(Slot {
            offer: offer.clone(),
            turn: Turn::default(),
            kept: Mutex::default(),
        });
        slots.push(slot.clone());
        slot
    }

    /// Lets the oldest lists go, in the order of their slots, until the rest is not too much.
    fn make_room(&self) {
        let mut slots = self.lock();
        let mut people: usize = slots.iter().map(|slot| slot.people()).sum();
        while slots.len() > 1 && (slots.len() > MOST_LISTS || people > MOST_PEOPLE) {
            people = people.saturating_sub(slots.remove(0).people());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Slot>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    fn fresh(&self, now: Timestamp) -> Option<Outcome> {
        let kept = self.lock();
        let (at, outcome) = kept.as_ref()?;
        let life = match outcome {
            Outcome::Read(_) => LIFE,
            Outcome::Unread(_) => PAUSE,
        };
        (now.duration_since(*at) < life).then(|| outcome.clone())
    }

    fn people(&self) -> usize {
        match &*self.lock() {
            Some((_, Outcome::Read(roster))) => roster.members.len(),
            _ => 0,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<(Timestamp, Outcome)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The members of this course, from memory or from the platform. Several who ask for the same list wait for one reading.
pub async fn find(app: &App, offer: &Offer, now: Timestamp) -> Outcome {
    let slot = app.rosters.slot(offer, now);
    let _turn = slot.turn.lock().await;
    if let Some(outcome) = slot.fresh(now) {
        return outcome;
    }
    let outcome = match reading::read(app, offer, now).await {
        Ok(roster) => Outcome::Read(Arc::new(roster)),
        Err(failure) => Outcome::Unread(Arc::new(noted(offer, failure))),
    };
    *slot.lock() = Some((now, outcome.clone()));
    app.rosters.make_room();
    outcome
}

/// One line for the log, with the clause and without a person.
fn noted(offer: &Offer, failure: RosterFailure) -> Unread {
    let reference = hex(&random::<4>());
    let (code, clause) = (failure.code(), failure.clause());
    let clock_ahead = failure.clock_ahead().map(|ahead| ahead.as_secs());
    tracing::warn!(
        reference,
        platform = offer.issuer,
        code,
        clause,
        clock_ahead,
        error = &failure as &dyn std::error::Error,
        "the list of members cannot be read"
    );
    Unread { failure, reference }
}

#[cfg(test)]
mod tests {
    use lti13_tool::{NamesAndRoles, PersonName};
    use serde_json::json;

    use super::*;
    use crate::id::PersonTag;
    use crate::participant::Title;
    use crate::roster::Member;

    fn offer(course: usize) -> Offer {
        let service: NamesAndRoles = serde_json::from_value(json!({
            "url": format!("https://lms.example/{course}"), "context": course.to_string(),
        }))
        .unwrap();
        Offer {
            issuer: "https://lms.example".to_owned(),
            client_id: "tool".parse().unwrap(),
            deployment_id: "1".parse().unwrap(),
            link: "1".parse().unwrap(),
            service,
        }
    }

    fn roster(people: usize) -> Outcome {
        let member = Member::new(PersonTag([1; 32]), &PersonName::whole("Ada"), Title::Pupil).unwrap();
        Outcome::Read(Arc::new(Roster {
            members: vec![member; people],
            nameless: 0,
        }))
    }

    fn keep(rosters: &Rosters, course: usize, outcome: Outcome, now: Timestamp) {
        *rosters.slot(&offer(course), now).lock() = Some((now, outcome));
        rosters.make_room();
    }

    #[test]
    fn a_list_is_kept_for_five_minutes_and_then_gone_from_memory() {
        let rosters = Rosters::default();
        let now: Timestamp = "2026-11-27T12:00:00Z".parse().unwrap();
        keep(&rosters, 7, roster(3), now);
        let later = now + SignedDuration::from_secs(299);
        rosters.forget_old(later);
        assert!(rosters.kept(&offer(7), later).is_some());
        assert!(rosters.kept(&offer(8), later).is_none());
        rosters.forget_old(now + LIFE);
        assert!(rosters.lock().is_empty());
    }

    #[test]
    fn neither_many_lists_nor_long_ones_fill_the_memory() {
        let rosters = Rosters::default();
        let now: Timestamp = "2026-11-27T12:00:00Z".parse().unwrap();
        for course in 0..100 {
            keep(&rosters, course, roster(1), now);
        }
        assert_eq!(rosters.lock().len(), MOST_LISTS);
        assert!(rosters.kept(&offer(0), now).is_none() && rosters.kept(&offer(99), now).is_some());
        for course in 100..112 {
            keep(&rosters, course, roster(10_000), now);
        }
        let people: usize = rosters.lock().iter().map(|slot| slot.people()).sum();
        assert_eq!(people, MOST_PEOPLE);
        assert!(rosters.kept(&offer(111), now).is_some());
    }

    #[test]
    fn a_failure_is_remembered_for_a_moment_only() {
        let rosters = Rosters::default();
        let now: Timestamp = "2026-11-27T12:00:00Z".parse().unwrap();
        let unread = Unread {
            failure: RosterFailure::TooSlow,
            reference: String::new(),
        };
        keep(&rosters, 7, Outcome::Unread(Arc::new(unread)), now);
        assert!(rosters.kept(&offer(7), now + SignedDuration::from_secs(14)).is_some());
        assert!(rosters.kept(&offer(7), now + PAUSE).is_none());
    }
}
