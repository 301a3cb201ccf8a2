//! A refused launch, in words: what to do, and whom to ask.

use askama::Template;
use axum::response::Response;
use i18n_embed_fl::fl;

use crate::error::{Failure, LaunchRefusal};
use crate::page::{Frame, show_with};

#[derive(Template)]
#[template(path = "launch_refused.html")]
struct RefusedPage<'a> {
    page: Frame,
    title: String,
    text: String,
    reference: String,
    refusal: &'a LaunchRefusal,
    for_administrator: bool,
}

/// What went wrong, from where a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Too slow, an old page, another browser: it works the next time.
    Again,
    /// The page was loaded a second time.
    Reloaded,
    /// The platform itself said no.
    Denied,
    /// The platform does not answer our question for its keys.
    Silent,
    /// The platform's certificate has expired, so its keys cannot be asked for.
    Expired,
    /// The platform's answer took too long.
    Late,
    /// The clocks differ.
    Clock,
    /// Signed with a key that the platform does not publish, or no longer.
    Key,
    /// The platform is known, but this installation of the tool in it has not been approved.
    Deployment,
    /// The registration is incomplete or wrong.
    Registration,
    /// The message is not what LTI 1.3 demands.
    Message,
}

impl Kind {
    fn of(refusal: &LaunchRefusal) -> Self {
        match refusal.code {
            "nonce_spent" => Self::Reloaded,
            "state_mismatch" | "login_expired" | "nonce_wrong" => Self::Again,
            "platform_refused" => Self::Denied,
            "keys_unavailable" => Self::Silent,
            "keys_certificate_expired" => Self::Expired,
            "kid_unknown" => Self::Key,
            "expired" | "iat_old" if refusal.clock_ahead.is_none() => Self::Late,
            "expired" | "iat_future" | "iat_old" | "nbf_future" => Self::Clock,
            "deployment_id_unknown" => Self::Deployment,
            "issuer_unknown"
            | "client_unknown"
            | "platform_ambiguous"
            | "login_deployment_unknown"
            | "login_target_foreign"
            | "platform_mismatch"
            | "iss_wrong"
            | "aud_wrong"
            | "deployment_id_mismatch"
            | "target_link_uri_foreign" => Self::Registration,
            _ => Self::Message,
        }
    }
}

pub(in crate::http) fn show(refusal: &LaunchRefusal, frame: Frame, reference: String) -> Result<Response, Failure> {
    let kind = Kind::of(refusal);
    let (title, text) = words(kind, &frame);
    let page = RefusedPage {
        page: frame,
        title,
        text,
        reference,
        refusal,
        for_administrator: !matches!(kind, Kind::Again | Kind::Reloaded),
    };
    show_with(refusal.status, &page)
}

fn words(kind: Kind, frame: &Frame) -> (String, String) {
    let l = frame.words;
    match kind {
        Kind::Again => (fl!(l, "refused-again-title"), fl!(l, "refused-again")),
        Kind::Reloaded => (fl!(l, "refused-reloaded-title"), fl!(l, "refused-reloaded")),
        Kind::Denied => (fl!(l, "refused-denied-title"), fl!(l, "refused-denied")),
        Kind::Silent => (fl!(l, "refused-silent-title"), fl!(l, "refused-silent")),
        Kind::Expired => (fl!(l, "refused-expired-title"), fl!(l, "refused-expired")),
        Kind::Late => (fl!(l, "refused-late-title"), fl!(l, "refused-late")),
        Kind::Clock => (fl!(l, "refused-clock-title"), fl!(l, "refused-clock")),
        Kind::Key => (fl!(l, "refused-key-title"), fl!(l, "refused-key")),
        Kind::Deployment => (fl!(l, "refused-deployment-title"), fl!(l, "refused-deployment")),
        Kind::Registration => (fl!(l, "refused-registration-title"), fl!(l, "refused-registration")),
        Kind::Message => (fl!(l, "refused-message-title"), fl!(l, "refused-message")),
    }
}
