//! Why a registration came to nothing, each with the clause.

use crate::error::Error;

/// Why a platform cannot be registered. Neither `Display` nor `Debug` repeats a value that came from outside
/// (LTI Dynamic Registration 1.0 §3.3 to §3.6).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegistrationError {
    /// What the platform added to the registration address cannot be used.
    #[error(transparent)]
    Request(#[from] Error),
    /// The configuration is no JSON object.
    #[error("the platform's configuration is not a JSON object")]
    NotJson,
    /// A member that must be there is missing, or is no address, no https address, or of the wrong type.
    #[error("{0} of the platform's configuration is missing or cannot be used")]
    Member(&'static str),
    /// The issuer is at another host than its configuration.
    #[error("the issuer is at another host than its configuration")]
    IssuerElsewhere,
    /// The platform cannot sign by RS256, or not answer by `id_token`.
    #[error("the platform does not support what LTI 1.3 demands: {0}")]
    Unsupported(&'static str),
    /// The platform has answered the registration with this status.
    #[error("the platform refused the registration with status {0}")]
    Refused(u16),
    /// The platform has answered the registration without a usable `client_id`.
    #[error("the platform's answer holds no usable {0}")]
    Answer(&'static str),
}

impl RegistrationError {
    /// Short stable name of the failure, for logs and tests; the clause is [`RegistrationError::clause`]
    /// (LTI Dynamic Registration 1.0 §3.3 to §3.6).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Request(error) => error.code(),
            Self::NotJson => "configuration_not_json",
            Self::Member(_) => "configuration_member",
            Self::IssuerElsewhere => "issuer_elsewhere",
            Self::Unsupported(_) => "configuration_unsupported",
            Self::Refused(_) => "registration_refused",
            Self::Answer(_) => "registration_answer",
        }
    }

    /// The clause that demands the refusal, as `LTI Dynamic Registration 1.0 §3.4`.
    pub const fn clause(&self) -> &'static str {
        match self {
            Self::Request(_) => "LTI Dynamic Registration 1.0 §3.3",
            Self::NotJson | Self::Member(_) => "LTI Dynamic Registration 1.0 §3.4",
            Self::IssuerElsewhere => "LTI Dynamic Registration 1.0 §3.5.1",
            Self::Unsupported(_) => "Security Framework 1.0 §6.1",
            Self::Refused(_) | Self::Answer(_) => "LTI Dynamic Registration 1.0 §3.6",
        }
    }
}
