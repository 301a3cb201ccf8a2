//! A rate limit that is one point in time: the generic cell rate algorithm, with `now` as an argument.

use std::time::{Duration, Instant};

/// How fast: every unit costs `unit` of time, and up to `burst` of time may be spent ahead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub(super) unit: Duration,
    pub(super) burst: Duration,
}

/// What one payer has spent: the moment at which everything is paid for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meter(Instant);

impl Meter {
    pub(super) fn new(now: Instant) -> Self {
        Self(now)
    }

    /// Spends `units` if the pace allows it. A refusal costs nothing.
    pub(super) fn spend(&mut self, now: Instant, units: u32, pace: Pace) -> bool {
        let paid = self.0.max(now) + pace.unit.saturating_mul(units);
        let allowed = paid.saturating_duration_since(now) <= pace.burst;
        if allowed {
            self.0 = paid;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::embedded::clock;

    #[test]
    fn a_burst_is_allowed_once_and_then_only_the_pace() {
        let pace = Pace {
            unit: Duration::from_millis(100),
            burst: Duration::from_secs(1),
        };
        let now = clock::instant();
        let mut meter = Meter::new(now);
        assert_eq!((0..20).filter(|_| meter.spend(now, 1, pace)).count(), 10);
        let later = now + Duration::from_millis(250);
        assert_eq!((0..20).filter(|_| meter.spend(later, 1, pace)).count(), 2);
    }
}
