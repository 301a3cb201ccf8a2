//! Live pages: who has which page open, and a nudge when a consultation changes. Nothing here is stored.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

use crate::id::ConsultationId;
use crate::participant::Seat;

/// The live pages of this process; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Live(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    channels: Mutex<HashMap<ConsultationId, Channel>>,
    /// Whoever tells other processes, where there are some.
    teller: OnceLock<UnboundedSender<ConsultationId>>,
    opened_or_closed: watch::Sender<()>,
}

#[derive(Debug)]
struct Channel {
    changes: watch::Sender<u64>,
    pages: HashMap<Seat, usize>,
}

/// One open page. While it lives, its person counts as present.
#[derive(Debug)]
pub struct Listener {
    live: Live,
    consultation: ConsultationId,
    seat: Seat,
    changes: watch::Receiver<u64>,
}

impl Listener {
    /// Waits for the next change.
    pub async fn changed(&mut self) {
        if self.changes.changed().await.is_err() {
            // the sender lives as long as this listener is counted; without it nothing will ever change
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut channels = self.live.channels();
        let Some(channel) = channels.get_mut(&self.consultation) else {
            return;
        };
        if let Some(open) = channel.pages.get_mut(&self.seat) {
            *open -= 1;
        }
        channel.pages.retain(|_, open| *open > 0);
        if channel.pages.is_empty() {
            channels.remove(&self.consultation);
        }
        self.live.0.opened_or_closed.send_replace(());
    }
}

impl Live {
    /// Opens a live page for this seat.
    pub fn listen(&self, consultation: &ConsultationId, seat: Seat) -> Listener {
        let mut channels = self.channels();
        let channel = channels.entry(consultation.clone()).or_insert_with(|| Channel {
            changes: watch::Sender::new(0),
            pages: HashMap::new(),
        });
        *channel.pages.entry(seat.clone()).or_default() += 1;
        let changes = channel.changes.subscribe();
        self.0.opened_or_closed.send_replace(());
        Listener {
            live: self.clone(),
            consultation: consultation.clone(),
            seat,
            changes,
        }
    }

    /// This consultation has changed: its pages look again, here and at other processes.
    pub fn nudge(&self, consultation: &ConsultationId) {
        self.hear(consultation);
        if let Some(teller) = self.0.teller.get() {
            // nobody listens only when the process is going
            let _ = teller.send(consultation.clone());
        }
    }

    /// This consultation has changed elsewhere: its pages here look again.
    pub fn hear(&self, consultation: &ConsultationId) {
        if let Some(channel) = self.channels().get(consultation) {
            channel.changes.send_modify(|count| *count += 1);
        }
    }

    /// Anything may have changed elsewhere: every page here looks again.
    pub fn hear_everything(&self) {
        for channel in self.channels().values() {
            channel.changes.send_modify(|count| *count += 1);
        }
    }

    /// From now on everything that changes here is to be told to other processes; there is one who tells.
    pub fn share(&self) -> UnboundedReceiver<ConsultationId> {
        let (teller, told) = unbounded_channel();
        // a second one would hear nothing, and nobody asks twice
        let _ = self.0.teller.set(teller);
        told
    }

    /// Whose live pages are open here.
    pub fn open_pages(&self) -> Vec<(ConsultationId, Seat)> {
        let channels = self.channels();
        let seats = channels
            .iter()
            .flat_map(|(id, channel)| channel.pages.keys().map(move |seat| (id.clone(), seat.clone())));
        seats.collect()
    }

    /// Changes whenever a page is opened or closed.
    pub fn opened_or_closed(&self) -> watch::Receiver<()> {
        self.0.opened_or_closed.subscribe()
    }

    /// Whether this person has a live page open.
    pub fn is_present(&self, consultation: &ConsultationId, seat: &Seat) -> bool {
        self.channels()
            .get(consultation)
            .is_some_and(|channel| channel.pages.contains_key(seat))
    }

    /// How many live pages are open in all.
    pub fn pages(&self) -> usize {
        self.channels()
            .values()
            .map(|channel| channel.pages.values().sum::<usize>())
            .sum()
    }

    fn channels(&self) -> MutexGuard<'_, HashMap<ConsultationId, Channel>> {
        // a panic elsewhere leaves counters that are still true
        self.0.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_nudge_reaches_every_page_of_this_consultation_and_no_other() {
        let (live, one, other) = (
            Live::default(),
            ConsultationId::new([1; 16]),
            ConsultationId::new([2; 16]),
        );
        let mut first = live.listen(&one, Seat::Moderator);
        let elsewhere = live.listen(&other, Seat::Moderator);
        live.nudge(&one);
        first.changed().await;
        assert!(!elsewhere.changes.has_changed().unwrap());
    }

    #[test]
    fn a_person_is_present_until_the_last_page_is_closed() {
        let (live, id) = (Live::default(), ConsultationId::new([1; 16]));
        let (first, second) = (live.listen(&id, Seat::Moderator), live.listen(&id, Seat::Moderator));
        drop(first);
        assert!(live.is_present(&id, &Seat::Moderator));
        drop(second);
        assert!(!live.is_present(&id, &Seat::Moderator));
        assert_eq!(live.pages(), 0);
    }
}
