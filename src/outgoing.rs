//! The one way out to other servers: no redirects, five seconds, a limited answer.

mod outside;

use std::error::Error;
use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, header};
use tokio_rustls::rustls::{self, CertificateError};
use url::Url;

use crate::private::Private;

pub use outside::Outside;

/// A connection that a server has opened for another protocol.
pub use reqwest::Upgraded;

const PATIENCE: Duration = Duration::from_secs(5);
/// No document that is read here is larger; a list of members may be.
const LARGEST: usize = 256 * 1024;

/// Which machines are reached.
#[derive(Clone, Debug, Default)]
pub enum Reach {
    /// All: an administrator has written the addresses.
    #[default]
    Anywhere,
    /// What lies on the public internet, and what the configuration names: addresses come from other servers.
    Outside(Outside),
}

/// Why another server gave no usable answer. No variant repeats an address or a body.
#[derive(Debug, thiserror::Error)]
pub enum OutgoingError {
    #[error("outgoing connections cannot be made on this machine")]
    Unusable,
    #[error("the other server does not answer")]
    Unreachable(#[source] reqwest::Error),
    #[error("the other server does not answer in time")]
    Slow,
    #[error("the certificate of the other server has expired")]
    Expired(#[source] reqwest::Error),
    #[error("the certificate of the other server is not valid")]
    Certificate(#[source] reqwest::Error),
    #[error("the other server answers with status {0}")]
    Status(u16),
    #[error("the answer of the other server is larger than expected")]
    TooLarge,
    #[error("the address of the other server is not on the public internet, and the configuration does not allow it")]
    Inward,
}

/// What a service of another server is asked.
#[derive(Debug)]
pub struct Question<'a> {
    pub url: &'a Url,
    pub accept: &'static str,
    /// The header `Authorization`.
    pub authorization: Option<Private<String>>,
    /// A form to post; without one, the service is read.
    pub form: Option<Private<String>>,
    /// The size of the largest answer that is taken, in bytes.
    pub largest: usize,
}

/// What a service of another server is told to keep at an address, or to delete there.
#[derive(Debug)]
pub struct Command<'a> {
    pub url: &'a Url,
    /// The header `Authorization`.
    pub authorization: Private<String>,
    /// JSON to put there; without it, what is there is deleted.
    pub put: Option<Private<String>>,
}

/// What another server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Private<Vec<u8>>,
    /// Every header `Link`: where a long list goes on.
    pub links: Vec<String>,
    /// Where a redirect leads; it is never followed by itself.
    pub location: Option<String>,
    /// `max-age` of `Cache-Control`, if it says one.
    pub max_age: Option<Duration>,
    /// The other server's clock, if it tells (RFC 9110 §6.6.1).
    pub date: Option<Timestamp>,
}

/// Made at the first use: the roots of trust take memory that an instance without outgoing traffic need not spend. Clones
/// share it.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    client: Arc<OnceLock<Option<Client>>>,
    reach: Reach,
}

impl Outgoing {
    pub fn new(reach: Reach) -> Self {
        let client = Arc::default();
        Self { client, reach }
    }

    /// Reads a document. The caller passes only addresses that the configuration has checked (https, or this machine).
    pub async fn read(&self, url: &Url) -> Result<Answer, OutgoingError> {
        let question = Question {
            url,
            accept: "application/json",
            authorization: None,
            form: None,
            largest: LARGEST,
        };
        let answer = self.ask(question).await?;
        match answer.status {
            200 => Ok(answer),
            status => Err(OutgoingError::Status(status)),
        }
    }

    /// Asks a service; every status is an answer. The address is as checked as for [`Outgoing::read`].
    pub async fn ask(&self, question: Question<'_>) -> Result<Answer, OutgoingError> {
        let client = self.client(question.url)?;
        let request = match question.form {
            None => client.get(question.url.clone()),
            Some(form) => client
                .post(question.url.clone())
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form.expose().clone()),
        };
        let request = match question.authorization {
            None => request,
            Some(token) => request.header(header::AUTHORIZATION, token.expose()),
        };
        let request = request.header(header::ACCEPT, question.accept);
        receive(request, question.largest).await
    }

    /// Posts JSON, and reads what a document may hold; every status is an answer. The address is as checked as for
    /// [`Outgoing::read`].
    pub async fn post_json(
        &self,
        url: &Url,
        authorization: Option<Private<String>>,
        body: String,
    ) -> Result<Answer, OutgoingError> {
        let request = self
            .client(url)?
            .post(url.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .body(body);
        let request = match authorization {
            None => request,
            Some(token) => request.header(header::AUTHORIZATION, token.expose()),
        };
        receive(request, LARGEST).await
    }

    /// Tells a service something; every status is an answer. The address is as checked as for [`Outgoing::read`].
    pub async fn tell(&self, command: Command<'_>) -> Result<Answer, OutgoingError> {
        let client = self.client(command.url)?;
        let request = match command.put {
            None => client.delete(command.url.clone()),
            Some(body) => client
                .put(command.url.clone())
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.expose().clone()),
        };
        let request = request.header(header::AUTHORIZATION, command.authorization.expose());
        receive(request, LARGEST).await
    }

    /// Opens a WebSocket (RFC 6455 §4.1) for a protocol; what is said on it has no limits but those of the caller.
    pub async fn open_socket(
        &self,
        url: &Url,
        protocol: &'static str,
        authorization: Option<Private<String>>,
    ) -> Result<Upgraded, OutgoingError> {
        let client = self.client(url)?;
        let mut key = [0; 16];
        rand::fill(&mut key).map_err(|_| OutgoingError::Unusable)?;
        let request = client
            .get(url.clone())
            .header(header::CONNECTION, "Upgrade")
            .header(header::UPGRADE, "websocket")
            .header(header::SEC_WEBSOCKET_VERSION, "13")
            .header(header::SEC_WEBSOCKET_KEY, STANDARD.encode(key))
            .header(header::SEC_WEBSOCKET_PROTOCOL, protocol);
        let request = match authorization {
            None => request,
            Some(token) => request.header(header::AUTHORIZATION, token.expose()),
        };
        let response = request.send().await.map_err(failed)?;
        let agreed = text(response.headers(), &header::SEC_WEBSOCKET_PROTOCOL) == Some(protocol);
        match response.status().as_u16() {
            101 if agreed => response.upgrade().await.map_err(failed),
            status => Err(OutgoingError::Status(status)),
        }
    }

    /// A name is looked at when it has been resolved, by the client's resolver; an address in numbers here.
    fn client(&self, url: &Url) -> Result<&Client, OutgoingError> {
        if let Reach::Outside(outside) = &self.reach
            && !outside.may_ask(url)
        {
            return Err(OutgoingError::Inward);
        }
        let make = || {
            let builder = Client::builder()
                .redirect(Policy::none())
                .timeout(PATIENCE)
                .user_agent(concat!("Sprechzimmer/", env!("CARGO_PKG_VERSION")))
                .pool_max_idle_per_host(1);
            let builder = match &self.reach {
                Reach::Anywhere => builder,
                // a proxy would resolve names itself, and ask whomever it is told to
                Reach::Outside(outside) => builder.no_proxy().dns_resolver(Arc::new(outside.clone())),
            };
            builder.build().ok()
        };
        self.client.get_or_init(make).as_ref().ok_or(OutgoingError::Unusable)
    }
}

/// Sends it, and reads the answer up to this size in bytes.
async fn receive(request: RequestBuilder, largest: usize) -> Result<Answer, OutgoingError> {
    let mut response = request.send().await.map_err(failed)?;
    let headers = response.headers();
    let links = headers.get_all(header::LINK).iter();
    let mut answer = Answer {
        status: response.status().as_u16(),
        links: links.filter_map(|link| Some(link.to_str().ok()?.to_owned())).collect(),
        location: text(headers, &header::LOCATION).map(str::to_owned),
        max_age: max_age(headers),
        date: date(headers),
        body: Private::default(),
    };
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if body.len().saturating_add(chunk.len()) > largest {
            return Err(OutgoingError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    answer.body = Private::new(body);
    Ok(answer)
}

/// What went wrong. An error of reqwest names the address, which may hold anything; the caller says which server it was.
fn failed(error: reqwest::Error) -> OutgoingError {
    if outside::is_inward(&error) {
        OutgoingError::Inward
    } else if error.is_timeout() {
        OutgoingError::Slow
    } else {
        match verdict(&error) {
            Some(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
                OutgoingError::Expired(error.without_url())
            }
            Some(_) => OutgoingError::Certificate(error.without_url()),
            None => OutgoingError::Unreachable(error.without_url()),
        }
    }
}

/// The verdict on a certificate lies deep below, inside errors that do not name it as their source.
fn verdict<'error>(error: &'error (dyn Error + 'static)) -> Option<&'error CertificateError> {
    if let Some(rustls::Error::InvalidCertificate(verdict)) = error.downcast_ref() {
        return Some(verdict);
    }
    let carried = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    let deeper = carried.and_then(|carried| verdict(carried));
    deeper.or_else(|| error.source().and_then(verdict))
}

fn text<'a>(headers: &'a header::HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn date(headers: &header::HeaderMap) -> Option<Timestamp> {
    let date = rfc2822::parse(text(headers, &header::DATE)?).ok()?;
    Some(date.timestamp())
}

fn max_age(headers: &header::HeaderMap) -> Option<Duration> {
    let directives = text(headers, &header::CACHE_CONTROL)?;
    directives.split(',').find_map(|directive| {
        let seconds = directive.trim().strip_prefix("max-age=")?;
        Some(Duration::from_secs(seconds.parse().ok()?))
    })
}
