//! A registration that came to nothing, in words: what to do, and one line for the log.

use askama::Template;
use axum::response::Response;
use i18n_embed_fl::fl;

use crate::app::registration::RegistrationFailure;
use crate::error::{Failure, reason};
use crate::outgoing::OutgoingError;
use crate::page::{Frame, show_with};

#[derive(Template)]
#[template(path = "register/failed.html")]
struct FailedPage {
    page: Frame,
    title: String,
    text: String,
    /// What only an administrator can do about it.
    remedy: Option<String>,
    reason: String,
    code: &'static str,
    clause: &'static str,
    reference: String,
}

pub(in crate::http) fn show(
    failure: &RegistrationFailure,
    page: Frame,
    reference: String,
) -> Result<Response, Failure> {
    let (title, text) = words(failure, &page);
    let shown = FailedPage {
        title,
        text,
        remedy: remedy(failure, &page),
        reason: reason(failure),
        code: failure.code(),
        clause: failure.clause(),
        reference,
        page,
    };
    show_with(failure.status(), &shown)
}

/// The one line about it. It names no address: whoever has the link has written it.
pub(in crate::http) fn log(failure: &RegistrationFailure, reference: &str) {
    let (code, clause, reason) = (failure.code(), failure.clause(), reason(failure));
    tracing::warn!(reference, code, clause, reason, "registration of a platform refused");
}

fn remedy(failure: &RegistrationFailure, page: &Frame) -> Option<String> {
    use RegistrationFailure as Why;
    let l = page.words;
    match failure {
        Why::Link => Some(fl!(l, "register-link-remedy")),
        Why::Configuration(OutgoingError::Inward) | Why::Endpoint(OutgoingError::Inward) => {
            Some(fl!(l, "register-inward-remedy"))
        }
        Why::Configuration(_) | Why::Endpoint(_) => Some(fl!(l, "register-unreachable-remedy")),
        Why::Busy | Why::Configured | Why::Protocol(_) | Why::Store(_) => None,
    }
}

fn words(failure: &RegistrationFailure, page: &Frame) -> (String, String) {
    use RegistrationFailure as Why;
    let l = page.words;
    let title = fl!(l, "register-failed-title");
    match failure {
        Why::Link => (fl!(l, "register-link-title"), fl!(l, "register-link")),
        Why::Busy => (fl!(l, "register-busy-title"), fl!(l, "register-busy")),
        Why::Configured => (fl!(l, "register-configured-title"), fl!(l, "register-configured")),
        Why::Configuration(OutgoingError::Inward) | Why::Endpoint(OutgoingError::Inward) => {
            (title, fl!(l, "register-inward"))
        }
        Why::Configuration(_) | Why::Endpoint(_) => (title, fl!(l, "register-unreachable")),
        Why::Protocol(_) => (title, fl!(l, "register-wrong")),
        Why::Store(_) => (title, fl!(l, "error-database")),
    }
}
