//! Asks a learning platform for its keys: https or this machine, no redirects, ten seconds, one mebibyte.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use lti13_tool::KeySet;
use reqwest::header::DATE;
use reqwest::redirect::Policy;
use url::Url;

const PATIENCE: Duration = Duration::from_secs(10);
const LARGEST: usize = 1024 * 1024;

/// What a platform answered.
pub(super) struct Answer {
    pub(super) keys: usize,
    /// The platform's clock, if it tells.
    pub(super) clock: Option<Timestamp>,
}

/// Why a platform's keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReachError {
    #[error("does not answer")]
    Silent(#[source] reqwest::Error),
    #[error("answers with status {0} instead of its keys")]
    Status(reqwest::StatusCode),
    #[error("answers with more than one mebibyte")]
    TooLarge,
    #[error("answers with something that is no key set")]
    NoKeySet,
    #[error("answers with a key set without one key for RS256 or ES256")]
    NoKey,
}

pub(super) async fn keys(url: &Url) -> Result<Answer, ReachError> {
    let client = reqwest::Client::builder()
        .https_only(url.scheme() == "https")
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .build()
        .map_err(ReachError::Silent)?;
    let mut answer = client.get(url.clone()).send().await.map_err(quiet)?;
    if !answer.status().is_success() {
        return Err(ReachError::Status(answer.status()));
    }
    let date = answer.headers().get(DATE).and_then(|date| date.to_str().ok());
    let clock = date
        .and_then(|date| rfc2822::parse(date).ok())
        .map(|date| date.timestamp());
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(quiet)? {
        body.extend_from_slice(&part);
        if body.len() > LARGEST {
            return Err(ReachError::TooLarge);
        }
    }
    match KeySet::parse(&body).map_err(|_| ReachError::NoKeySet)?.len() {
        0 => Err(ReachError::NoKey),
        keys => Ok(Answer { keys, clock }),
    }
}

/// The address is named beside the error already.
fn quiet(error: reqwest::Error) -> ReachError {
    ReachError::Silent(error.without_url())
}
