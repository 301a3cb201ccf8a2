//! The configured video systems by name, each with what its latest self-test has shown.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::examination::Examination;
use super::rest::Rest;
use super::{Backend, BackendError};
use crate::id::RoomId;

/// A self-test older than this counts for nothing; a new one is made every day.
const VALID: SignedDuration = SignedDuration::from_hours(26);
/// How often a video system is tested that keeps every rule.
const DAILY: SignedDuration = SignedDuration::from_hours(24);
/// What was doubted, or has just been seen not to be fit, is tested again after this time, and then half as often each time.
const AGAIN: SignedDuration = SignedDuration::from_secs(120);
const AGAIN_AT_LAST: SignedDuration = SignedDuration::from_mins(15);

/// A video system as the configuration names it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: String,
    /// What people read; without it, the name of its kind.
    pub label: Option<String>,
    /// Issuers of the learning platforms whose talks may run on it; empty for all.
    pub platforms: Vec<String>,
    pub backend: Backend,
}

/// Whether talks can be opened in a video system, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fitness {
    Fit,
    Untested,
    /// Numbers of the rules that it has not been seen to keep.
    Unfit(Vec<u8>),
    /// It fails, and is left alone until then.
    Resting(Timestamp, BackendError),
}

impl Fitness {
    /// Nothing speaks against it, as far as is known; before the first self-test has ended that is little.
    pub fn is_usable(&self) -> bool {
        match self {
            Self::Fit | Self::Untested => true,
            Self::Unfit(_) | Self::Resting(..) => false,
        }
    }
}

/// One configured video system.
#[derive(Debug)]
pub struct Configured {
    pub name: String,
    pub label: Option<String>,
    pub backend: Backend,
    platforms: Vec<String>,
    latest: Mutex<Option<Latest>>,
    /// An opening has failed since the latest self-test.
    doubted: AtomicBool,
    rest: Rest,
}

#[derive(Clone, Debug)]
struct Latest {
    examination: Examination,
    /// How many self-tests in a row it has not passed, this one included.
    unfit: u32,
}

impl Configured {
    /// The latest self-test of this process; `None` before the first one has ended.
    pub fn latest(&self) -> Option<Examination> {
        self.remembered().clone().map(|latest| latest.examination)
    }

    /// Makes a self-test, and keeps it. `room` must never have existed.
    pub async fn examine(&self, room: &RoomId, now: Timestamp) -> Examination {
        let examination = Examination {
            at: now,
            outcome: self.backend.examine(room, now).await,
        };
        self.doubted.store(false, Ordering::SeqCst);
        let mut latest = self.remembered();
        let unfit = if examination.outcome.lacks().is_empty() {
            self.rest.end();
            0
        } else {
            latest.as_ref().map_or(0, |latest| latest.unfit).saturating_add(1)
        };
        *latest = Some(Latest {
            examination: examination.clone(),
            unfit,
        });
        examination
    }

    /// An opening has failed: the next self-test need not wait until tomorrow.
    pub fn doubt(&self) {
        self.doubted.store(true, Ordering::SeqCst);
    }

    /// Whether it is time for a self-test.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let latest = self.remembered();
        let Some(Latest { examination, unfit }) = latest.as_ref() else {
            return true;
        };
        let pause = match unfit {
            _ if self.doubted.load(Ordering::SeqCst) => AGAIN,
            0 => DAILY,
            times => AGAIN.saturating_mul(1 << (times - 1).min(8)).min(AGAIN_AT_LAST),
        };
        now.duration_since(examination.at) >= pause
    }

    /// The latest self-test, if it still counts.
    pub fn valid(&self, now: Timestamp) -> Option<Examination> {
        self.latest().filter(|latest| now.duration_since(latest.at) <= VALID)
    }

    /// Whether a talk could be opened there at this moment.
    pub fn fitness(&self, now: Timestamp) -> Fitness {
        match self.latest().map(|latest| latest.outcome.broken_rules()) {
            Some(rules) if !rules.is_empty() => Fitness::Unfit(rules),
            tested => match (self.rest.lasts(now), tested) {
                (Some((until, error)), _) => Fitness::Resting(until, error),
                (None, Some(_)) => Fitness::Fit,
                (None, None) => Fitness::Untested,
            },
        }
    }

    /// Notes what came of asking it; one that fails as a whole is left alone for a while.
    pub fn note<T>(&self, outcome: Result<T, BackendError>, now: Timestamp) -> Result<T, BackendError> {
        match &outcome {
            Err(error) if error.is_outage() => self.rest.begin(*error, now),
            _ => self.rest.end(),
        }
        outcome
    }

    /// Until when the loops leave it alone; a person who clicks is always worth a try.
    pub fn rests_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.rest.lasts(now).map(|(until, _)| until)
    }

    /// How long it is left alone after its latest failure; zero where its latest answer was a good one.
    pub fn rest_length(&self) -> SignedDuration {
        self.rest.length()
    }

    /// Whether talks that are begun in the learning platform of this issuer may run on it.
    pub fn serves(&self, platform: &str) -> bool {
        self.platforms.is_empty() || self.platforms.iter().any(|issuer| issuer == platform)
    }

    fn remembered(&self) -> MutexGuard<'_, Option<Latest>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All of them, in the order of the configuration. Clones are the same.
#[derive(Clone, Debug)]
pub struct Backends(Arc<[Configured]>);

impl Backends {
    pub fn new(entries: Vec<Entry>) -> Self {
        let configured = entries.into_iter().map(|entry| Configured {
            name: entry.name,
            label: entry.label,
            backend: entry.backend,
            platforms: entry.platforms,
            latest: Mutex::default(),
            doubted: AtomicBool::default(),
            rest: Rest::default(),
        });
        Self(configured.collect())
    }

    pub fn named(&self, name: &str) -> Result<&Backend, BackendError> {
        self.configured(name).map(|configured| &configured.backend)
    }

    pub fn configured(&self, name: &str) -> Result<&Configured, BackendError> {
        self.0
            .iter()
            .find(|configured| configured.name == name)
            .ok_or(BackendError::NotConfigured)
    }

    /// Those on which talks of this learning platform may run, the first one before the others.
    pub fn serving(&self, platform: &str) -> impl Iterator<Item = &Configured> {
        self.iter().filter(move |configured| configured.serves(platform))
    }

    /// What is proposed for a new consultation of this learning platform: the first that can be used, or else the first.
    pub fn proposed(&self, platform: &str, now: Timestamp) -> Result<&Configured, BackendError> {
        let is_usable = |configured: &&Configured| configured.fitness(now).is_usable();
        let usable = self.serving(platform).find(is_usable);
        usable
            .or_else(|| self.serving(platform).next())
            .ok_or(BackendError::NotConfigured)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Configured> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::bigbluebutton::{Algorithm, BigBlueButton, Settings};
    use crate::private::Private;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    /// At an address where nobody answers.
    fn dead() -> Backends {
        let backend = BigBlueButton::new(Settings {
            url: "http://127.0.0.1:1/bigbluebutton/api/".parse().unwrap(),
            secret: Private::new("secret".to_owned()),
            algorithm: Algorithm::default(),
            allowed: Vec::new(),
            calls_back: None,
        });
        let entry = |name: &str, platforms: &[&str]| Entry {
            name: name.to_owned(),
            label: None,
            platforms: platforms.iter().map(|issuer| (*issuer).to_owned()).collect(),
            backend: Backend::BigBlueButton(backend.clone()),
        };
        Backends::new(vec![entry("first", &["https://one.example"]), entry("second", &[])])
    }

    #[tokio::test]
    async fn what_is_not_fit_is_tested_less_and_less_often_and_sooner_after_a_failed_opening() {
        let backends = dead();
        let system = backends.configured("first").unwrap();
        assert!(system.is_due(at(0)), "at the start");
        let mut now = 0;
        let mut pauses = Vec::new();
        for _ in 0..6 {
            system.examine(&RoomId::new([1; 16]), at(now)).await;
            let pause = (0..).step_by(60).find(|pause| system.is_due(at(now + pause))).unwrap();
            pauses.push(pause / 60);
            now += pause;
        }
        assert_eq!(pauses, [2, 4, 8, 15, 15, 15]);
        system.examine(&RoomId::new([1; 16]), at(now)).await;
        system.doubt();
        assert!(!system.is_due(at(now + 60)) && system.is_due(at(now + 120)));
    }

    #[test]
    fn each_platform_is_proposed_the_first_that_it_may_use_and_that_does_not_fail() {
        let backends = dead();
        let proposed = |platform: &str| backends.proposed(platform, at(0)).unwrap().name.as_str();
        assert_eq!(proposed("https://one.example"), "first");
        assert_eq!(proposed("https://two.example"), "second");
        let first = backends.configured("first").unwrap();
        assert_eq!(
            first.note(Err::<(), _>(BackendError::Slow), at(0)),
            Err(BackendError::Slow)
        );
        assert_eq!(proposed("https://one.example"), "second");
        assert_eq!(first.note(Ok(()), at(0)), Ok(()));
        assert_eq!(proposed("https://one.example"), "first");
        let nobody = Backends::new(Vec::new());
        assert_eq!(
            nobody.proposed("https://one.example", at(0)).err(),
            Some(BackendError::NotConfigured)
        );
    }
}
