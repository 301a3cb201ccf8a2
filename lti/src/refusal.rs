//! The platform's own error answer to an authorization request.

use std::fmt;

/// Error codes of OpenID Connect Core 1.0 §3.1.2.6 and RFC 6749 §4.2.2.1, and one that Canvas sends.
const KNOWN: [&str; 17] = [
    "login_required",
    "interaction_required",
    "consent_required",
    "account_selection_required",
    "access_denied",
    "invalid_request",
    "invalid_request_uri",
    "invalid_request_object",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_response_type",
    "request_not_supported",
    "request_uri_not_supported",
    "registration_not_supported",
    "server_error",
    "temporarily_unavailable",
    "launch_no_longer_valid",
];

/// The platform answered with `error` instead of an `id_token` (Security Framework 1.0 §5.1.1.5).
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal {
    code: &'static str,
    state: Option<String>,
}

impl Refusal {
    /// `error` is foreign text: only codes of the standards are kept, and the description is dropped unread.
    pub(crate) fn new(error: &str, state: Option<String>) -> Self {
        let code = KNOWN
            .into_iter()
            .find(|known| *known == error)
            .unwrap_or("unknown_error");
        Self { code, state }
    }

    /// The error code of the standards, or `unknown_error` (Security Framework 1.0 §5.1.1.5).
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// `state` of the login that was refused, as far as the platform returned it (Security Framework 1.0 §5.1.1.5).
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code)
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Refusal")
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}
