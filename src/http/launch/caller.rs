//! What a browser says about a request of a launch, beside the message itself.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum_extra::extract::CookieJar;
use jiff::Timestamp;
use lti13_tool::UnixTime;

use crate::app::App;
use crate::http::client::Client;
use crate::http::guard::{Now, infallible};
use crate::page::Frame;

/// Where the browser will show the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A tab or window of its own.
    Tab,
    /// A frame in a page of the platform; also when an old browser does not say it.
    Frame,
}

/// One request of a launch.
pub(in crate::http) struct Caller {
    pub(super) address: IpAddr,
    pub(super) now: Timestamp,
    pub(super) frame: Frame,
    pub(super) jar: CookieJar,
    pub(super) container: Container,
    /// The origin whose page sent the form, if the browser says it.
    pub(super) origin: Option<String>,
    /// Did a page of ours send the form?
    pub(super) from_us: bool,
}

impl Caller {
    pub(super) fn unix_time(&self) -> UnixTime {
        UnixTime::from_seconds(self.now.as_second())
    }
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let Client(address) = infallible(Client::from_request_parts(parts, app).await);
        let Now(now) = infallible(Now::from_request_parts(parts, app).await);
        let frame = infallible(Frame::from_request_parts(parts, app).await);
        let text = |name| text(&parts.headers, name);
        let container = match text("sec-fetch-dest") {
            Some("document") => Container::Tab,
            _ => Container::Frame,
        };
        let origin = text(header::ORIGIN.as_str());
        let from_us = match text("sec-fetch-site") {
            Some(site) => site == "same-origin",
            None => origin == Some(app.config.public_url.origin().ascii_serialization().as_str()),
        };
        Ok(Self {
            address,
            now,
            frame,
            jar: CookieJar::from_headers(&parts.headers),
            container,
            origin: origin.map(str::to_owned),
            from_us,
        })
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
