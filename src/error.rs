//! What a handler may fail with: a status, one plain sentence and a reference number for the visitor, the chain once for the log.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

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
    #[error("the request does not fit the state")]
    Refused(#[source] Refusal),
    #[error("the request is not well formed: {0}")]
    BadRequest(&'static str),
    #[error("the request came from another site")]
    CrossSite,
    #[error("too many requests")]
    TooMany,
    #[error("the video system failed")]
    Backend(#[source] BackendError),
    #[error("the store failed")]
    Store(#[source] StoreError),
    #[error("a launch was refused: {clause}")]
    Launch { code: &'static str, clause: &'static str },
    #[error("unexpected: {0}")]
    Unexpected(&'static str),
}

impl Failure {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Launch { .. } => StatusCode::UNAUTHORIZED,
            Self::Backend(_) | Self::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Unexpected(_) => StatusCode::INTERNAL_SERVER_ERROR,
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

/// Carries the failure to `http::mishap`, which knows the reader's language and writes the page.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}
