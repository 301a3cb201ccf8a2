//! Lengths of time as people write them: `30 s`, `10 min`, `2 h`, `30 days`.

use std::ops::RangeInclusive;

use jiff::{SignedDuration, Span, SpanRelativeTo};

use super::section::Section;

/// What may be written, from and to, and what holds when nothing is written.
pub(super) struct Duration {
    pub(super) key: &'static str,
    pub(super) default: SignedDuration,
    pub(super) range: RangeInclusive<SignedDuration>,
}

impl Duration {
    pub(super) fn read(self, section: &Section<'_>) -> SignedDuration {
        let given = section.text(self.key);
        let length = given.and_then(|given| given.read(|text| self.check(&text)));
        length.unwrap_or(self.default)
    }

    fn check(&self, text: &str) -> Result<SignedDuration, String> {
        let length =
            parse(text).ok_or("is not a length of time; write for instance \"30 s\", \"10 min\" or \"2 h\"")?;
        if self.range.contains(&length) {
            Ok(length)
        } else {
            let (from, to) = (self.range.start(), self.range.end());
            Err(format!("must lie between {from:#} and {to:#}"))
        }
    }
}

fn parse(text: &str) -> Option<SignedDuration> {
    let span: Span = text.parse().ok()?;
    span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()
}
