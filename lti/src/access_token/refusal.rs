//! Why there is no access token: the platform's own words, reduced to what is known of them.

use serde::Deserialize;

/// Why an answer of the token address gave no access token. No variant repeats a value that came from outside
/// (Security Framework 1.0 §7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessTokenError {
    /// An error answer (RFC 6749 §5.2).
    #[error("the platform gives no access token: {0}")]
    Refused(TokenRefusal),
    /// Status 200, but no JSON object with a token that a header can carry (RFC 6749 §5.1).
    #[error("what the platform answered is no access token")]
    Malformed,
    /// `token_type` is something else (Security Framework 1.0 §4.1).
    #[error("the platform's access token is no bearer token")]
    NotBearer,
    /// None of the scopes was granted (Security Framework 1.0 §4.1, RFC 6749 §3.3).
    #[error("the platform grants none of the scopes that were asked for")]
    ScopeRefused,
    /// Larger than any token.
    #[error("the platform's answer is larger than any access token")]
    TooLarge,
}

impl AccessTokenError {
    /// Short stable name of the failure, for logs, metrics and tests (RFC 6749 §5.2).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Malformed => "token_answer_malformed",
            Self::NotBearer => "token_type_wrong",
            Self::ScopeRefused => "scope_refused",
            Self::TooLarge => "token_answer_too_large",
        }
    }

    /// The clause that demands the refusal (Security Framework 1.0 §7.1).
    pub const fn clause(self) -> &'static str {
        match self {
            Self::Refused(_) => "RFC 6749 §5.2",
            Self::Malformed | Self::TooLarge => "RFC 6749 §5.1",
            Self::NotBearer => "Security Framework 1.0 §4.1",
            Self::ScopeRefused => "RFC 6749 §3.3",
        }
    }
}

/// What an error answer says, as far as it is known: the codes of RFC 6749 §5.2, and texts that Moodle sends instead of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenRefusal {
    /// `invalid_request`
    #[error("the request is not what it expects")]
    InvalidRequest,
    /// `invalid_client`
    #[error("it does not know the tool, or not its signature")]
    InvalidClient,
    /// `invalid_grant`
    #[error("it does not accept the assertion")]
    InvalidGrant,
    /// `unauthorized_client`
    #[error("the tool may not ask for tokens")]
    UnauthorizedClient,
    /// `unsupported_grant_type`
    #[error("it does not give tokens in this way")]
    UnsupportedGrantType,
    /// `invalid_scope`
    #[error("the service is not switched on for the tool")]
    InvalidScope,
    /// The signing key is not in the key set that the platform has.
    #[error("it does not find the tool's signing key")]
    KeyUnknown,
    /// The signature did not fit the key.
    #[error("it finds the tool's signature wrong")]
    SignatureWrong,
    /// The assertion lies in the future or the past of the platform.
    #[error("its clock differs too much")]
    Clock,
    /// Anything else, with the status it came with.
    #[error("status {0}")]
    Other(u16),
}

impl TokenRefusal {
    /// Short stable name, for logs, metrics and tests (RFC 6749 §5.2).
    pub const fn code(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::KeyUnknown => "tool_key_unknown",
            Self::SignatureWrong => "tool_signature_wrong",
            Self::Clock => "clock",
            Self::Other(_) => "token_refused",
        }
    }

    /// Did the platform itself fail (a status of 500 or above, RFC 9110 §15.6), so that it may work the next time?
    pub const fn is_ill(self) -> bool {
        matches!(self, Self::Other(500..))
    }

    pub(crate) fn read(status: u16, body: &[u8]) -> Self {
        let error: Option<ErrorAnswer> = serde_json::from_slice(body).ok();
        let known = match error.as_ref().and_then(|answer| answer.error.as_deref()) {
            Some("invalid_request") => Some(Self::InvalidRequest),
            Some("invalid_client") => Some(Self::InvalidClient),
            Some("invalid_grant") => Some(Self::InvalidGrant),
            Some("unauthorized_client") => Some(Self::UnauthorizedClient),
            Some("unsupported_grant_type") => Some(Self::UnsupportedGrantType),
            Some("invalid_scope") => Some(Self::InvalidScope),
            _ => None,
        };
        // the description may say more than the code, and Moodle's body is no JSON when it names a claim in quotes
        let text = String::from_utf8_lossy(body);
        Self::of_text(&text).or(known).unwrap_or(Self::Other(status))
    }

    /// The messages of Moodle 4.x (`mod/lti/token.php`, php-jwt).
    fn of_text(text: &str) -> Option<Self> {
        let says = |part| text.contains(part);
        if says("token with iat prior to") || says("token with nbf prior to") || says("Expired token") {
            Some(Self::Clock)
        } else if says("unable to lookup correct key") || says("kid must be provided") {
            Some(Self::KeyUnknown)
        } else if says("Signature verification failed") {
            Some(Self::SignatureWrong)
        } else {
            None
        }
    }
}

#[derive(Deserialize)]
struct ErrorAnswer {
    error: Option<String>,
}
