//! Why a launch was refused: what the log may know, and what the school's administrator needs to put it right.

use axum::http::StatusCode;
use jiff::SignedDuration;
use lti13_tool::{DeploymentId, Error, Platform};

use super::reason::reason;
use crate::app::platform_keys::KeysError;
use crate::app::platforms::approval_command;

/// Code, clause and reason name no person and repeat nothing of the message.
#[derive(Debug, thiserror::Error)]
#[error("a launch was refused: {reason}")]
pub struct LaunchRefusal {
    /// Short and stable, for the log and for the choice of words.
    pub code: &'static str,
    /// The clause that demands the refusal.
    pub clause: &'static str,
    pub status: StatusCode,
    pub reason: String,
    /// The registered platform it was, if that is sure.
    pub platform: Option<String>,
    /// So many seconds the platform's clock is ahead of ours (or behind, if negative), where that is the reason.
    pub clock_ahead: Option<i64>,
    /// Names of the protocol with their values: for the page only, as anybody can have written them.
    pub facts: Vec<(&'static str, String)>,
    /// The command that puts it right, if there is one.
    pub remedy: Option<String>,
}

/// Tokens of Moodle live for a minute. With half of it between the clocks, it is the clocks, and not a person who took long.
const CLOCKS_APART: SignedDuration = SignedDuration::from_secs(30);

impl LaunchRefusal {
    /// The platform's keys cannot be had.
    pub fn keys(error: &KeysError) -> Self {
        Self {
            code: if error.is_expired() {
                "keys_certificate_expired"
            } else {
                "keys_unavailable"
            },
            clause: "Security Framework 1.0 §6.3",
            status: StatusCode::SERVICE_UNAVAILABLE,
            reason: reason(error),
            platform: None,
            clock_ahead: None,
            facts: Vec::new(),
            remedy: None,
        }
    }

    /// A registered platform has named this deployment, and nobody has approved it.
    pub fn unapproved(platform: &Platform, deployment_id: &DeploymentId) -> Self {
        let (issuer, client_id) = (platform.issuer(), platform.client_id().as_str());
        let mut refusal = Self::from(Error::DeploymentUnknown).at(platform);
        refusal.facts.push(("deployment_id", deployment_id.as_str().to_owned()));
        refusal.remedy = Some(approval_command(issuer, client_id, deployment_id.as_str()));
        refusal
    }

    /// It was this registered platform.
    #[must_use]
    pub fn at(mut self, platform: &Platform) -> Self {
        self.platform = Some(platform.issuer().to_owned());
        self.with_facts(vec![
            ("issuer", platform.issuer().to_owned()),
            ("client_id", platform.client_id().as_str().to_owned()),
        ])
    }

    /// So far the platform's clock was ahead when it was asked last: a token that comes too late may have been late from the
    /// beginning.
    #[must_use]
    pub fn with_clock(self, ahead: Option<SignedDuration>) -> Self {
        let late = matches!(self.code, "expired" | "iat_old");
        let apart = ahead.filter(|ahead| late && ahead.abs() > CLOCKS_APART);
        Self {
            clock_ahead: self.clock_ahead.or(apart.map(|ahead| ahead.as_secs())),
            ..self
        }
    }

    #[must_use]
    pub fn with_facts(self, facts: Vec<(&'static str, String)>) -> Self {
        Self { facts, ..self }
    }
}

impl From<Error> for LaunchRefusal {
    fn from(error: Error) -> Self {
        Self {
            code: error.code(),
            clause: error.clause(),
            status: StatusCode::from_u16(error.http_status()).unwrap_or(StatusCode::UNAUTHORIZED),
            reason: error.to_string(),
            platform: None,
            clock_ahead: match error {
                // it was sent before it came here
                Error::IssuedInFuture(gap) => Some(gap.seconds_ahead()),
                _ => None,
            },
            facts: Vec::new(),
            remedy: None,
        }
    }
}
