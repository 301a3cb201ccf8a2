//! The only place where the embedded backend reads a clock; everything else takes `now` as an argument.

use std::time::Instant;

#[expect(
    clippy::disallowed_methods,
    reason = "called by the socket loops and the doors into the backend only"
)]
pub(super) fn instant() -> Instant {
    Instant::now()
}
