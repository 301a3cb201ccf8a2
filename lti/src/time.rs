//! Points in time as the protocol counts them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Whole seconds since 1970-01-01 00:00:00 UTC (`NumericDate`, RFC 7519 §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixTime(i64);

impl UnixTime {
    /// From seconds since the epoch (RFC 7519 §2).
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since the epoch (RFC 7519 §2).
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Later by `duration`; stops at the end of time instead of overflowing (RFC 7519 §2).
    #[must_use]
    pub const fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add_unsigned(duration.as_secs()))
    }

    /// Earlier by `duration`; stops at the beginning of time instead of overflowing (RFC 7519 §2).
    #[must_use]
    pub const fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub_unsigned(duration.as_secs()))
    }

    /// From a JSON number; fractions are cut off. Strings are no `NumericDate` (Security Framework 1.0 §5.1.2).
    pub(crate) fn from_json(value: &serde_json::Value) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "`as` saturates, and a saturated time is refused as such"
        )]
        let cut = |seconds: f64| seconds as i64;
        value.as_i64().or_else(|| value.as_f64().map(cut)).map(Self)
    }
}

impl From<SystemTime> for UnixTime {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(0).plus(after),
            Err(before) => Self(0).minus(before.duration()),
        }
    }
}
