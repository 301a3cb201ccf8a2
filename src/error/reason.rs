//! An error with everything below it, in one line.

use std::error::Error;

/// What failed, and why, and why that; for a log line or an administrator.
pub fn reason(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        text = format!("{text}: {deeper}");
        cause = deeper.source();
    }
    text
}
