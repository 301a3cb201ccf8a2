//! What a self-test with throwaway rooms has seen of a video system.

use jiff::Timestamp;

use super::BackendError;
use super::guarantees::{Guarantees, JoinSecret, RoomIdentity};
use super::profile::{Demand, lacking};

/// One step of a self-test, in an administrator's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub does: &'static str,
    /// What it proves when it succeeds.
    pub proves: &'static str,
    /// Why it failed. Never what a foreign server wrote.
    pub failed: Option<String>,
}

/// A self-test that goes on: every step that succeeds raises what it proves, and nothing else does.
#[derive(Debug)]
pub struct Trial {
    steps: Vec<Step>,
    seen: Guarantees,
    unreached: Option<BackendError>,
}

impl Trial {
    /// `unseen` holds what no test from outside can see and what therefore rests on the claim alone; all else is the worst.
    pub fn new(unseen: Guarantees) -> Self {
        Self {
            steps: Vec::new(),
            seen: unseen,
            unreached: None,
        }
    }

    /// Notes the first step: whether the interface answers at all. Without that, every further step would say the same.
    pub fn reaches(&mut self, step: (&'static str, &'static str), outcome: Result<(), BackendError>) -> bool {
        self.unreached = outcome.err();
        self.note(step, outcome.map_err(|error| error.to_string()), |_| {})
    }

    /// Notes a step, and what has been seen if it succeeded. Answers whether it did.
    pub fn note(
        &mut self,
        (does, proves): (&'static str, &'static str),
        outcome: Result<(), String>,
        raise: fn(&mut Guarantees),
    ) -> bool {
        let failed = outcome.err();
        let succeeded = failed.is_none();
        if succeeded {
            raise(&mut self.seen);
        }
        self.steps.push(Step { does, proves, failed });
        succeeded
    }

    /// Making the same room again was refused.
    pub fn has_fresh_id(&mut self, does: &'static str, outcome: Result<(), String>) {
        let proves = "every room has an id of its own (rule 5)";
        self.note((does, proves), outcome, |seen| {
            seen.room_identity = RoomIdentity::FreshId;
        });
    }

    /// Ways in that are not ours, or for somebody else, were refused.
    pub fn is_signed_for_one(&mut self, does: &'static str, outcome: Result<(), String>) {
        let proves = "every way in is signed for one person and one room (rules 2 and 7)";
        self.note((does, proves), outcome, |seen| {
            seen.join_secret = JoinSecret::PersonBound;
        });
    }

    /// What counts is the lower of claim and sight.
    pub fn conclude(self, claim: Guarantees) -> Outcome {
        Outcome {
            guarantees: claim.weaker(self.seen),
            steps: self.steps,
            unreached: self.unreached,
        }
    }
}

/// What a self-test has found.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub steps: Vec<Step>,
    pub guarantees: Guarantees,
    /// Why nothing could be seen at all.
    pub unreached: Option<BackendError>,
}

impl Outcome {
    /// What is missing for the mandatory profile.
    pub fn lacks(&self) -> Vec<Demand> {
        lacking(&self.guarantees)
    }

    /// Numbers of the rules that this video system does not keep, each once.
    pub fn broken_rules(&self) -> Vec<u8> {
        let mut rules: Vec<u8> = self.lacks().iter().map(|demand| demand.rule).collect();
        rules.dedup();
        rules
    }
}

/// The latest self-test of one configured video system.
#[derive(Clone, Debug)]
pub struct Examination {
    pub at: Timestamp,
    pub outcome: Outcome,
}
