//! Nonces without a table: each carries its time and a tag that only this process can make (RFC 8489 §9.2).

use std::time::{Duration, Instant};

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::{constant_time, hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::path::Path;

/// RFC 8656 §5 asks for a new nonce at least every hour.
const LIFETIME: Duration = Duration::from_hours(1);
const TIME_DIGITS: usize = 8;
const TAG_BYTES: usize = 12;

#[derive(Debug)]
pub(super) struct Nonces {
    key: hmac::Key,
    started: Instant,
}

impl Nonces {
    /// With a random key of this process. Fails only when the system has no randomness.
    pub(super) fn new(now: Instant) -> Result<Self, Unspecified> {
        let key = hmac::Key::generate(hmac::HMAC_SHA256, &rand::SystemRandom::new())?;
        Ok(Self { key, started: now })
    }

    pub(super) fn make(&self, now: Instant, path: &Path) -> String {
        self.at(now.saturating_duration_since(self.started).as_secs(), path)
    }

    pub(super) fn holds(&self, now: Instant, path: &Path, nonce: &str) -> bool {
        let Some(made) = nonce
            .get(..TIME_DIGITS)
            .and_then(|digits| u64::from_str_radix(digits, 16).ok())
        else {
            return false;
        };
        let age = now
            .saturating_duration_since(self.started)
            .checked_sub(Duration::from_secs(made));
        age.is_some_and(|age| age < LIFETIME)
            && constant_time::verify_slices_are_equal(self.at(made, path).as_bytes(), nonce.as_bytes()).is_ok()
    }

    fn at(&self, seconds: u64, path: &Path) -> String {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(&seconds.to_be_bytes());
        context.update(&path.bytes());
        let tag = context.sign();
        let (tag, _) = tag.as_ref().split_at_checked(TAG_BYTES).unwrap_or_default();
        format!("{seconds:08x}{}", URL_SAFE_NO_PAD.encode(tag))
    }
}

#[cfg(test)]
mod tests {
    use super::super::path::Line;
    use super::*;
    use crate::backend::embedded::clock;

    #[test]
    fn a_nonce_holds_for_its_path_and_its_hour_only() {
        let now = clock::instant();
        let nonces = Nonces::new(now).unwrap();
        let path = Path::new(Line::Datagram(0), "192.0.2.7:4000".parse().unwrap());
        let later = now + Duration::from_secs(100);
        let nonce = nonces.make(later, &path);
        assert!(nonces.holds(later + Duration::from_mins(59), &path, &nonce));
        assert!(!nonces.holds(later + LIFETIME, &path, &nonce));
        assert!(!nonces.holds(now, &path, &nonce), "a nonce from the future");
        let other = Path::new(Line::Stream(0), "192.0.2.7:4000".parse().unwrap());
        assert!(!nonces.holds(later, &other, &nonce));
        assert!(
            !Nonces::new(now).unwrap().holds(later, &path, &nonce),
            "another process"
        );
        for invented in ["", "é", "00000064", &nonce[1..], &format!("{nonce}0")] {
            assert!(!nonces.holds(later, &path, invented));
        }
    }
}
