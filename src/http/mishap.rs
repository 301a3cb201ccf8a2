//! Failures become a page: one sentence, what to do, a reference number that also stands in the log.

use std::any::Any;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use i18n_embed_fl::fl;

use super::guard::Reader;
use super::headers::{Framed, FramedByAnybody};
use super::launch::{self, refusal};
use super::onward::{Onward, onward};
use super::passkey::proof;
use super::register;
use super::words;
use crate::app::leaving::TRY_AGAIN;
use crate::app::{App, random};
use crate::backend::BackendError;
use crate::error::Failure;
use crate::id::hex;
use crate::page::{Frame, show_with};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Frame,
    title: String,
    text: String,
    onward: Option<Onward>,
    reference: String,
}

pub(super) async fn not_found() -> Failure {
    Failure::NotFound
}

pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    // what panicked is in the log already, by the panic hook; its text may hold anything, so it goes no further
    Failure::Unexpected("panic").into_response()
}

/// Turns a [`Failure`] left in the response into its page, in the reader's language.
pub(super) async fn explain(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let reader = Reader::of(request.headers());
    let path = request.uri().path().to_owned();
    let way = proof::Way::of(&request);
    let response = next.run(request).await;
    let failure = match response.extensions().get::<Arc<Failure>>() {
        Some(failure) => failure.clone(),
        None if response.status() == StatusCode::FORBIDDEN && response.headers().is_empty() => {
            Arc::new(Failure::CrossSite)
        }
        None => return response,
    };
    if let Some(elsewhere) = way.instead_of(&failure) {
        return elsewhere;
    }
    let reference = hex(&random::<4>());
    log(&failure, &reference);
    if let Failure::Launch(refusal) = &*failure {
        app.counters.launch_refused(refusal.code);
    }
    let frame = Frame::new(reader.language, &app.config.school.name, &path);
    let mut shown = page(&failure, frame, &path, reference).unwrap_or_else(|_| failure.status().into_response());
    // a failed launch is shown where the launch was: often in a frame of the platform
    if path.starts_with("/lti/register") {
        shown.extensions_mut().insert(FramedByAnybody);
    } else if path.starts_with("/lti/") {
        shown.extensions_mut().insert(Framed);
    }
    if matches!(*failure, Failure::Leaving) {
        let seconds = HeaderValue::from(TRY_AGAIN.as_secs());
        shown.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    // what the handler decided beside the page, such as a cookie to clear, stays
    for (name, value) in response.headers() {
        if name == header::SET_COOKIE {
            shown.headers_mut().append(name.clone(), value.clone());
        }
    }
    shown
}

fn page(failure: &Failure, frame: Frame, path: &str, reference: String) -> Result<Response, Failure> {
    if let Failure::Launch(refusal) = failure {
        return refusal::show(refusal, frame, reference);
    }
    if let Failure::Registration(why) = failure {
        return register::failure::show(why, frame, reference);
    }
    let (title, text) = sentence(failure, &frame);
    let onward = onward(path, failure, &frame);
    let page = ErrorPage {
        page: frame,
        title,
        text,
        onward,
        reference,
    };
    show_with(failure.status(), &page)
}

fn log(failure: &Failure, reference: &str) {
    match failure {
        Failure::Store(_) | Failure::Backend(_) | Failure::Unfit(_) | Failure::OwnKey(_) | Failure::Unexpected(_) => {
            tracing::error!(reference, error = failure as &dyn std::error::Error, "failed");
        }
        Failure::Launch(refusal) => launch::log::refused(refusal, reference),
        Failure::Registration(why) => register::failure::log(why, reference),
        _ => tracing::info!(reference, status = failure.status().as_u16(), "refused"),
    }
}

fn sentence(failure: &Failure, frame: &Frame) -> (String, String) {
    let l = frame.words;
    let title = fl!(l, "error-title");
    match failure {
        Failure::NotFound => (fl!(l, "error-not-found-title"), fl!(l, "error-not-found")),
        Failure::Refused(_) => (fl!(l, "error-not-now-title"), fl!(l, "error-not-now")),
        Failure::Unfit(rules) => (
            fl!(l, "error-unfit-title"),
            fl!(l, "error-unfit", rules = words::rules(l, rules)),
        ),
        Failure::Leaving => (fl!(l, "error-leaving-title"), fl!(l, "error-leaving")),
        Failure::TooMany => (fl!(l, "error-too-many-title"), fl!(l, "error-too-many")),
        Failure::BadRequest(_)
        | Failure::Launch(_)
        | Failure::Registration(_)
        | Failure::OwnKey(_)
        | Failure::Unexpected(_) => (title, fl!(l, "error-bad-request")),
        Failure::CrossSite => (title, fl!(l, "error-cross-site")),
        Failure::Backend(BackendError::NotConfigured) => (title, fl!(l, "error-backend-none")),
        Failure::Backend(BackendError::Expired) => (title, fl!(l, "error-backend-expired")),
        Failure::Backend(BackendError::Ignored(_)) => (title, fl!(l, "error-backend-wrong")),
        Failure::Backend(error) if error.needs_administrator() => (title, fl!(l, "error-backend-setup")),
        Failure::Unproven => (fl!(l, "error-unproven-title"), fl!(l, "error-unproven")),
        Failure::PasskeyMissing => (fl!(l, "error-unproven-title"), fl!(l, "error-passkey-missing")),
        Failure::Backend(_) => (title, fl!(l, "error-backend")),
        Failure::Store(_) => (title, fl!(l, "error-database")),
    }
}
