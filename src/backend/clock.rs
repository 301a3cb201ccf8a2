//! Clocks of other servers that are wrong by more than they may be.

use jiff::{SignedDuration, Timestamp};

/// Tokens of learning platforms live for a minute, those of ours begin to hold half a minute before they are made.
const APART: SignedDuration = SignedDuration::from_secs(30);

/// As "90 s ahead of", where another clock differs from ours by more than it may.
pub fn apart(theirs: Timestamp, ours: Timestamp) -> Option<String> {
    let apart = ours.duration_since(theirs);
    let way = if apart.is_positive() { "behind" } else { "ahead of" };
    (apart.abs() > APART).then(|| format!("{} s {way}", apart.abs().as_secs()))
}
