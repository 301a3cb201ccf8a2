//! A video system that fails is left alone for a while, each time a little longer.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::BackendError;

/// After the first failure; doubled with each further one.
const FIRST: SignedDuration = SignedDuration::from_secs(2);
const LONGEST: SignedDuration = SignedDuration::from_secs(60);

/// What is remembered of the failures in a row.
#[derive(Debug, Default)]
pub(super) struct Rest(Mutex<Option<Failing>>);

#[derive(Clone, Copy, Debug)]
struct Failing {
    times: u32,
    wait: SignedDuration,
    until: Timestamp,
    error: BackendError,
}

impl Rest {
    /// Until when it is left alone, and why; nothing where it may be asked. A clock that was put back lets nobody wait longer.
    pub(super) fn lasts(&self, now: Timestamp) -> Option<(Timestamp, BackendError)> {
        let failing = (*self.failing())?;
        let wait = failing.until.duration_since(now);
        (wait.is_positive() && wait <= LONGEST).then_some((failing.until, failing.error))
    }

    /// How long it is left alone since its latest failure; zero since it has answered.
    pub(super) fn length(&self) -> SignedDuration {
        self.failing().map_or(SignedDuration::ZERO, |failing| failing.wait)
    }

    /// It has answered.
    pub(super) fn end(&self) {
        *self.failing() = None;
    }

    /// It has failed. What was asked at the same time and failed as well counts once.
    pub(super) fn begin(&self, error: BackendError, now: Timestamp) {
        if self.lasts(now).is_some() {
            return;
        }
        let mut failing = self.failing();
        let times = failing.map_or(0, |failing| failing.times).saturating_add(1);
        let doubled = 1_i32.checked_shl(times.min(16) - 1).unwrap_or(i32::MAX);
        let wait = FIRST.saturating_mul(doubled).min(LONGEST);
        *failing = Some(Failing {
            times,
            wait,
            until: now.saturating_add(wait).unwrap_or(now),
            error,
        });
    }

    fn failing(&self) -> MutexGuard<'_, Option<Failing>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn each_failure_in_a_row_is_left_alone_twice_as_long_up_to_a_minute() {
        let rest = Rest::default();
        assert_eq!(rest.lasts(at(0)), None);
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..8 {
            rest.begin(BackendError::Slow, at(now));
            // failing at the same time is no further failure
            rest.begin(BackendError::Unreachable, at(now));
            let (until, error) = rest.lasts(at(now)).unwrap();
            assert_eq!(error, BackendError::Slow);
            waits.push(until.duration_since(at(now)).as_secs());
            now = until.as_second() - at(0).as_second();
            assert_eq!(rest.lasts(until), None, "then it is asked again");
        }
        assert_eq!(waits, [2, 4, 8, 16, 32, 60, 60, 60]);
        rest.end();
        rest.begin(BackendError::Slow, at(now));
        assert_eq!(rest.lasts(at(now)).unwrap().0, at(now + 2), "one answer begins anew");
    }

    #[test]
    fn a_clock_that_is_put_back_leaves_nothing_alone_for_ever() {
        let rest = Rest::default();
        rest.begin(BackendError::Slow, at(7200));
        assert_eq!(rest.lasts(at(0)), None);
    }
}
