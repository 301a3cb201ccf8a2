//! The one way out to other servers: no redirects, five seconds, a limited answer.

use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::redirect::Policy;
use reqwest::{Client, header};
use url::Url;

const PATIENCE: Duration = Duration::from_secs(5);
const LARGEST: usize = 256 * 1024;

/// Why another server gave no usable answer. No variant repeats an address or a body.
#[derive(Debug, thiserror::Error)]
pub enum OutgoingError {
    #[error("outgoing connections cannot be made on this machine")]
    Unusable,
    #[error("the other server does not answer")]
    Unreachable(#[source] reqwest::Error),
    #[error("the other server answers with status {0}")]
    Status(u16),
    #[error("the answer of the other server is larger than {LARGEST} bytes")]
    TooLarge,
}

/// What another server answered.
#[derive(Debug)]
pub struct Answer {
    pub body: Vec<u8>,
    /// `max-age` of `Cache-Control`, if it says one.
    pub max_age: Option<Duration>,
    /// The other server's clock, if it tells (RFC 9110 §6.6.1).
    pub date: Option<Timestamp>,
}

/// Made at the first use: the roots of trust take memory that an instance without outgoing traffic need not spend.
#[derive(Debug, Default)]
pub struct Outgoing(OnceLock<Option<Client>>);

impl Outgoing {
    /// Reads a document. The caller passes only addresses that the configuration has checked (https, or this machine).
    pub async fn read(&self, url: &Url) -> Result<Answer, OutgoingError> {
        let client = self.client().ok_or(OutgoingError::Unusable)?;
        let request = client.get(url.clone()).header(header::ACCEPT, "application/json");
        // an error of reqwest names the address, which may hold anything; the caller says which server it was
        let unreachable = |error: reqwest::Error| OutgoingError::Unreachable(error.without_url());
        let mut response = request.send().await.map_err(unreachable)?;
        if response.status() != reqwest::StatusCode::OK {
            return Err(OutgoingError::Status(response.status().as_u16()));
        }
        let max_age = max_age(response.headers());
        let date = date(response.headers());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if body.len().saturating_add(chunk.len()) > LARGEST {
                return Err(OutgoingError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { body, max_age, date })
    }

    fn client(&self) -> Option<&Client> {
        let make = || {
            Client::builder()
                .redirect(Policy::none())
                .timeout(PATIENCE)
                .user_agent(concat!("Sprechzimmer/", env!("CARGO_PKG_VERSION")))
                .pool_max_idle_per_host(1)
                .build()
                .ok()
        };
        self.0.get_or_init(make).as_ref()
    }
}

fn date(headers: &header::HeaderMap) -> Option<Timestamp> {
    let date = rfc2822::parse(headers.get(header::DATE)?.to_str().ok()?).ok()?;
    Some(date.timestamp())
}

fn max_age(headers: &header::HeaderMap) -> Option<Duration> {
    let directives = headers.get(header::CACHE_CONTROL)?.to_str().ok()?;
    directives.split(',').find_map(|directive| {
        let seconds = directive.trim().strip_prefix("max-age=")?;
        Some(Duration::from_secs(seconds.parse().ok()?))
    })
}
