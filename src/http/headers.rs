//! The header set of every answer, errors included.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;

const FIXED: [(HeaderName, &str); 6] = [
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (RESOURCE_POLICY, "same-origin"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    (HeaderName::from_static("x-accel-buffering"), "no"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(self), autoplay=(self), fullscreen=(self), display-capture=(self), \
         screen-wake-lock=(self), publickey-credentials-create=(self), publickey-credentials-get=(self), geolocation=(), \
         payment=(), usb=()",
    ),
];

/// A page that may stand in a frame of the registered platforms carries this in its extensions; all others may not be framed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Framed;

/// A page whose form goes to this origin, and to no other, carries this in its extensions.
#[derive(Clone, Debug)]
pub(super) struct FormTo(pub(super) String);

/// A page that opens a connection to this origin beside its own carries this in its extensions.
#[derive(Clone, Debug)]
pub(super) struct ConnectTo(pub(super) String);

/// A page of a registration stands in a frame of a platform that is not registered yet. Only whoever has the secret link can show it.
#[derive(Clone, Copy, Debug)]
pub(super) struct FramedByAnybody;

/// By whom an answer may be embedded; the same origin, unless the handler says otherwise.
pub(super) const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

pub(super) async fn add(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = policy(&app, &response);
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if app.config.public_url.scheme() == "https" {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn policy(app: &App, response: &Response) -> String {
    let framing = if response.extensions().get::<FramedByAnybody>().is_some() {
        // where we speak https, so does whoever frames us
        format!("{}:", app.config.public_url.scheme())
    } else if response.extensions().get::<Framed>().is_some() {
        match app.platforms.known().origins() {
            "" => "'none'".to_owned(),
            // registered platforms only
            origins => origins.to_owned(),
        }
    } else {
        "'none'".to_owned()
    };
    let forms = match response.extensions().get::<FormTo>() {
        Some(FormTo(origin)) => origin.as_str(),
        None => "'self'",
    };
    let connect = response.extensions().get::<ConnectTo>();
    let connect = connect.map_or_else(String::new, |ConnectTo(origin)| format!(" {origin}"));
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'{connect}; \
         media-src 'self' blob:; base-uri 'none'; form-action {forms}; frame-ancestors {framing}; \
         require-trusted-types-for 'script'; trusted-types sprechzimmer"
    )
}
