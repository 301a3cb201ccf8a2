//! Bounds what strangers are answered, per source and in a table that never grows, so that forged senders gain nothing.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use super::super::pace::{Meter, Pace};
use super::path::{Line, Path};

/// A class behind one school address may start at once; a steady stream of questions is nobody honest.
const PACE: Pace = Pace {
    unit: Duration::from_millis(50),
    burst: Duration::from_secs(20),
};
const SOURCES: usize = 4096;

/// Sources share a slot by a keyed hash, so nobody can choose whose slot to use up.
#[derive(Debug)]
pub(super) struct Throttle {
    slots: Box<[Meter]>,
    hasher: RandomState,
}

impl Throttle {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            slots: vec![Meter::new(now); SOURCES].into_boxed_slice(),
            hasher: RandomState::new(),
        }
    }

    /// Whether this source may have one more answer.
    pub(super) fn answers(&mut self, now: Instant, from: &Path) -> bool {
        let source = match (from.line(), from.remote().ip()) {
            // A handshake has proven the address, and behind a proxy all connections have the same.
            (Line::Stream(number), _) => (1, u128::from(number)),
            (Line::Datagram(_), IpAddr::V4(v4)) => (4, u128::from(u32::from(v4))),
            (Line::Datagram(_), IpAddr::V6(v6)) => (6, u128::from(v6) >> 64), // one subscriber has a whole /64
        };
        let hash = usize::try_from(self.hasher.hash_one(source) % SOURCES as u64).unwrap_or(0);
        self.slots.get_mut(hash).is_some_and(|meter| meter.spend(now, 1, PACE))
    }

    pub(super) fn slots(&self) -> usize {
        self.slots.len()
    }
}
