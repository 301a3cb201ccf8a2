//! What a handler may fail with: a status, one plain sentence and a reference number for the visitor, the chain once for the log.

mod launch;
mod reason;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

pub use launch::LaunchRefusal;
pub use reason::reason;

use crate::app::limits;
use crate::app::own_keys::OwnKeyError;
use crate::app::registration::RegistrationFailure;
use crate::backend::BackendError;
use crate::consultation::Refusal;
use crate::participant::WrongStanding;
use crate::store::StoreError;

/// Why a request was not answered as wished.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Unknown, erased, or not yours: all the same.
    #[error("not found")]
    NotFound,
    /// The person has a passkey and has not proven it in this browser. Says nothing about what is there.
    #[error("no passkey was proven in this browser")]
    Unproven,
    #[error("this school wants a passkey before somebody begins a consultation")]
    PasskeyMissing,
    #[error("the request does not fit the state")]
    Refused(#[source] Refusal),
    #[error("the request is not well formed: {0}")]
    BadRequest(&'static str),
    #[error("the request came from another site")]
    CrossSite,
    #[error("too many requests")]
    TooMany,
    /// Numbers of the rules that the video system has not been seen to keep.
    #[error("the video system does not keep rule {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    Unfit(Vec<u8>),
    #[error("the video system failed")]
    Backend(#[source] BackendError),
    #[error("the store failed")]
    Store(#[source] StoreError),
    #[error("this process is about to stop, and nothing new begins in it")]
    Leaving,
    #[error(transparent)]
    Launch(Box<LaunchRefusal>),
    #[error(transparent)]
    Registration(Box<RegistrationFailure>),
    #[error("our own signing key is not available")]
    OwnKey(#[source] OwnKeyError),
    #[error("unexpected: {0}")]
    Unexpected(&'static str),
}

impl Failure {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Refused(_) | Self::Unfit(_) => StatusCode::CONFLICT,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::CrossSite | Self::Unproven | Self::PasskeyMissing => StatusCode::FORBIDDEN,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Launch(refusal) => refusal.status,
            Self::Registration(failure) => failure.status(),
            Self::Backend(_) | Self::Store(_) | Self::Leaving => StatusCode::SERVICE_UNAVAILABLE,
            Self::OwnKey(_) | Self::Unexpected(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Refused(refusal) => refusal.into(),
            other => Self::Store(other),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        if refusal == Refusal::NotListed {
            Self::NotFound
        } else {
            Self::Refused(refusal)
        }
    }
}

impl From<WrongStanding> for Failure {
    fn from(wrong: WrongStanding) -> Self {
        Self::Refused(wrong.into())
    }
}

impl From<BackendError> for Failure {
    fn from(error: BackendError) -> Self {
        Self::Backend(error)
    }
}

impl From<LaunchRefusal> for Failure {
    fn from(refusal: LaunchRefusal) -> Self {
        Self::Launch(Box::new(refusal))
    }
}

impl From<lti13_tool::Error> for Failure {
    fn from(error: lti13_tool::Error) -> Self {
        LaunchRefusal::from(error).into()
    }
}

impl From<OwnKeyError> for Failure {
    fn from(error: OwnKeyError) -> Self {
        match error {
            OwnKeyError::Store(error) => error.into(),
            other => Self::OwnKey(other),
        }
    }
}

impl From<RegistrationFailure> for Failure {
    fn from(failure: RegistrationFailure) -> Self {
        Self::Registration(Box::new(failure))
    }
}

impl From<limits::TooMany> for Failure {
    fn from(_: limits::TooMany) -> Self {
        Self::TooMany
    }
}

/// Carries the failure to `http::mishap`, which knows the reader's language and writes the page.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}
