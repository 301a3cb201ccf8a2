//! What happens, counted for the metrics: numbers, codes and rules; no person, and no id that leads to one.

use jiff::SignedDuration;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Upper ends in seconds: a deletion takes a moment, unless a video system does not answer for minutes, hours or a day.
const DELETION: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0, 86400.0];

const ACCEPTED: Outcome = Outcome {
    outcome: "accepted",
    code: "accepted",
};

/// Counted since the start of this process.
#[derive(Debug)]
pub struct Counters {
    launches: Family<Outcome, Counter>,
    deletion: Histogram,
    failed_deletions: Family<Problem, Counter>,
    violations: Family<Violation, Counter>,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
    code: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Problem {
    problem: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Violation {
    rule: u8,
    kind: &'static str,
}

impl Default for Counters {
    fn default() -> Self {
        let counters = Self {
            launches: Family::default(),
            deletion: Histogram::new(DELETION),
            failed_deletions: Family::default(),
            violations: Family::default(),
        };
        // the first one of a kind is only seen as such where there was a nought before
        counters.launches.get_or_create(&ACCEPTED).inc_by(0);
        counters
    }
}

impl Counters {
    /// A launch from a learning platform was accepted.
    pub fn launched(&self) {
        self.launches.get_or_create(&ACCEPTED).inc();
    }

    /// A login or a launch was refused, for the reason of this code.
    pub fn launch_refused(&self, code: &'static str) {
        let refused = Outcome {
            outcome: "refused",
            code,
        };
        self.launches.get_or_create(&refused).inc();
    }

    /// A room and every name of its people are proven to be gone, so long after the end.
    pub fn deleted(&self, after: SignedDuration) {
        self.deletion.observe(after.as_secs_f64().max(0.0));
    }

    /// A deletion has to be tried again.
    pub fn deletion_failed(&self, problem: &'static str) {
        self.failed_deletions.get_or_create(&Problem { problem }).inc();
    }

    /// Something was in a room that must not be there.
    pub fn violated(&self, rule: u8, kind: &'static str) {
        self.violations.get_or_create(&Violation { rule, kind }).inc();
    }

    /// Adds them to what is shown; what is shown goes on counting.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "sprechzimmer_launches",
            "Launches from learning platforms, by outcome and the code of the refusal",
            self.launches.clone(),
        );
        registry.register(
            "sprechzimmer_deletion_seconds",
            "From the end of a consultation to the proof that its room and every name are gone",
            self.deletion.clone(),
        );
        registry.register(
            "sprechzimmer_failed_deletions",
            "Attempts at a deletion that have to be repeated, by what stood in the way",
            self.failed_deletions.clone(),
        );
        registry.register(
            "sprechzimmer_violations",
            "Seen in a room although it must not be there, by rule and kind",
            self.violations.clone(),
        );
    }
}
