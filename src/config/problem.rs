//! What is wrong in a configuration file, collected while it is read.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

/// One thing to mend, in an administrator's words. Never repeats a value that may be secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub line: usize,
    /// As `school.name` or `platform[2].issuer`; empty where the text is no TOML.
    pub key: String,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: ", self.line)?;
        if !self.key.is_empty() {
            write!(formatter, "{}: ", self.key)?;
        }
        formatter.write_str(&self.message)
    }
}

/// The problems found so far.
pub(super) struct Notes<'file> {
    text: &'file str,
    found: RefCell<Vec<Problem>>,
    /// Every key that was asked for, written or not.
    asked: RefCell<BTreeSet<String>>,
}

impl<'file> Notes<'file> {
    pub(super) fn new(text: &'file str) -> Self {
        Self {
            text,
            found: RefCell::default(),
            asked: RefCell::default(),
        }
    }

    /// Notes a problem at a byte of the file.
    pub(super) fn add(&self, offset: usize, key: &str, message: impl Into<String>) {
        let before = self.text.as_bytes().iter().take(offset);
        self.found.borrow_mut().push(Problem {
            line: 1 + before.filter(|byte| **byte == b'\n').count(),
            key: key.to_owned(),
            message: message.into(),
        });
    }

    /// Somebody asks for a key; which of a list it is does not matter.
    pub(super) fn ask(&self, key: &str) {
        let parts = key.split('.').map(|part| part.split('[').next().unwrap_or_default());
        self.asked.borrow_mut().insert(parts.collect::<Vec<_>>().join("."));
    }

    pub(super) fn asked(self) -> BTreeSet<String> {
        self.asked.into_inner()
    }

    /// The outcome, if nothing was wrong; else every problem, from top to bottom.
    pub(super) fn conclude<T>(self, outcome: Option<T>) -> Result<T, Vec<Problem>> {
        let mut problems = self.found.into_inner();
        problems.sort();
        problems.dedup();
        match outcome {
            Some(outcome) if problems.is_empty() => Ok(outcome),
            _ => Err(problems),
        }
    }
}

/// A value with the place where it stands.
pub(super) struct Given<'file, T> {
    pub(super) value: T,
    pub(super) offset: usize,
    pub(super) key: String,
    pub(super) notes: &'file Notes<'file>,
}

impl<T> Given<'_, T> {
    /// Makes the final type of it, or notes why that cannot be.
    pub(super) fn read<U>(self, parse: impl FnOnce(T) -> Result<U, String>) -> Option<U> {
        parse(self.value)
            .map_err(|message| self.notes.add(self.offset, &self.key, message))
            .ok()
    }

    pub(super) fn refuse(&self, message: impl Into<String>) {
        self.notes.add(self.offset, &self.key, message);
    }
}
