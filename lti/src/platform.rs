//! A registered platform, and the choice among several.

use std::time::Duration;

use serde::Deserialize;
use url::{Host, Url};

use crate::error::{Error, Result};
use crate::id::{ClientId, DeploymentId};
use crate::login::LoginRequest;

/// "Small leeway … no more than a few minutes" (Security Framework 1.0 §5.1.3(7)).
const LARGEST_LEEWAY: Duration = Duration::from_mins(5);
const LONGEST_ISSUER: usize = 1024;
/// RFC 1035 §2.3.4.
const LONGEST_HOST: usize = 255;

/// A registration as an administrator writes it down; becomes a [`Platform`] by [`Platform::new`] (LTI Core 1.3 §3.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// `iss`, exactly as the platform writes it (Security Framework 1.0 §5.1.2).
    pub issuer: String,
    /// The tool's `client_id` there (LTI Core 1.3 §3.1.3).
    pub client_id: String,
    /// Where the browser is sent to log in, `OIDC authentication request URL` (Security Framework 1.0 §5.1.1.2).
    pub authorization_url: String,
    /// Where access tokens come from (Security Framework 1.0 §4.1).
    pub token_url: String,
    /// What the platform expects as the audience of a request for a token, where that is not the token address
    /// (Security Framework 1.0 §4.1.1); Brightspace has one.
    #[serde(default)]
    pub token_audience: Option<String>,
    /// The platform's public key set (Security Framework 1.0 §6.3).
    pub keys_url: String,
    /// The deployments to accept (LTI Core 1.3 §3.1.3); an unknown one is refused. With none, every launch is, until one is
    /// accepted by [`Platform::with_deployments`].
    pub deployments: Vec<String>,
    /// Names of further hosts on which people meet the platform, without scheme, port and path; see [`Platform::with_hosts`]
    /// (LTI Core 1.3 §3.1.3).
    #[serde(default)]
    pub hosts: Vec<String>,
}

/// What is wrong with one field of a [`Registration`] (LTI Core 1.3 §3.1.3).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {kind}")]
#[non_exhaustive]
pub struct RegistrationProblem {
    /// Name of the field (LTI Core 1.3 §3.1.3).
    pub field: &'static str,
    /// What is wrong with it (LTI Core 1.3 §3.1.3).
    pub kind: RegistrationProblemKind,
}

/// The ways in which a field of a [`Registration`] can be wrong (LTI Core 1.3 §3.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegistrationProblemKind {
    /// No URL at all, or longer than any.
    #[error("not a URL")]
    NotUrl,
    /// LTI Core 1.3 App. C; http is accepted for this machine only.
    #[error("not an https address")]
    NotHttps,
    /// Security Framework 1.0 §5.1.2: the issuer has no query and no fragment; none of the addresses has a fragment.
    #[error("has a query or fragment")]
    QueryOrFragment,
    /// An address that carries a name or password would put it into logs.
    #[error("has a user name or password")]
    Credentials,
    /// Empty, longer than 255 bytes or not printable ASCII.
    #[error("not an identifier of 1 to 255 printable ASCII characters")]
    NotIdentifier,
    /// No name of a host: it has a scheme, a port, a path or a wildcard, or is longer than any.
    #[error("not the name of a host")]
    NotHost,
}

/// A platform the tool is registered with: issuer and `client_id` are the key (LTI Core 1.3 §3.1.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    issuer: String,
    client_id: ClientId,
    authorization_url: Url,
    token_url: Url,
    token_audience: String,
    keys_url: Url,
    deployments: Vec<DeploymentId>,
    hosts: Vec<Host>,
    leeway: Duration,
}

impl Platform {
    /// Allowed clock difference unless set otherwise: Moodle's tokens live for 60 s only (Security Framework 1.0 §5.1.3(7)).
    pub const DEFAULT_LEEWAY: Duration = Duration::from_mins(1);

    /// Checks a registration and names every problem at once (LTI Core 1.3 §3.1.3).
    pub fn new(registration: Registration) -> std::result::Result<Self, Vec<RegistrationProblem>> {
        let mut problems = Vec::new();
        let mut note = |field, kind| problems.push(RegistrationProblem { field, kind });
        if let Err(kind) = check_issuer(&registration.issuer) {
            note("issuer", kind);
        }
        let client_id = ClientId::try_from(registration.client_id);
        if client_id.is_err() {
            note("client_id", RegistrationProblemKind::NotIdentifier);
        }
        let mut address = |field, text: &str| parse_address(text).map_err(|kind| note(field, kind));
        let authorization_url = address("authorization_url", &registration.authorization_url);
        let token_url = address("token_url", &registration.token_url);
        let keys_url = address("keys_url", &registration.keys_url);
        let token_audience = registration.token_audience.unwrap_or(registration.token_url);
        if token_audience.is_empty() || token_audience.len() > LONGEST_ISSUER {
            note("token_audience", RegistrationProblemKind::NotIdentifier);
        }
        let deployments: std::result::Result<Vec<_>, _> = registration
            .deployments
            .into_iter()
            .map(DeploymentId::try_from)
            .collect();
        if deployments.is_err() {
            note("deployments", RegistrationProblemKind::NotIdentifier);
        }
        let hosts: Option<Vec<Host>> = registration.hosts.iter().map(|host| parse_host(host)).collect();
        if hosts.is_none() {
            note("hosts", RegistrationProblemKind::NotHost);
        }
        match (
            problems.is_empty(),
            client_id,
            authorization_url,
            token_url,
            keys_url,
            deployments,
        ) {
            (true, Ok(client_id), Ok(authorization_url), Ok(token_url), Ok(keys_url), Ok(deployments)) => Ok(Self {
                issuer: registration.issuer,
                client_id,
                authorization_url,
                token_url,
                token_audience,
                keys_url,
                deployments,
                hosts: hosts.unwrap_or_default(),
                leeway: Self::DEFAULT_LEEWAY,
            }),
            _ => Err(problems),
        }
    }

    /// Sets the allowed clock difference; at most five minutes count (Security Framework 1.0 §5.1.3(7)).
    #[must_use]
    pub fn with_leeway(self, leeway: Duration) -> Self {
        Self {
            leeway: leeway.min(LARGEST_LEEWAY),
            ..self
        }
    }

    /// Trusts these further hosts of the platform with what is meant for it: the answer to a request for deep linking, and the token for
    /// a list of members. Needed where the issuer is shared and each school has pages of its own (Canvas, Blackboard)
    /// (LTI Core 1.3 §3.1.3).
    #[must_use]
    pub fn with_hosts(self, hosts: impl IntoIterator<Item = Host>) -> Self {
        Self {
            hosts: hosts.into_iter().collect(),
            ..self
        }
    }

    /// Accepts these deployments as well (LTI Core 1.3 §3.1.3).
    #[must_use]
    pub fn with_deployments(mut self, more: impl IntoIterator<Item = DeploymentId>) -> Self {
        for deployment in more {
            if !self.has_deployment(&deployment) {
                self.deployments.push(deployment);
            }
        }
        self
    }

    /// The registered platform a login comes from: by issuer, then by `client_id`, and by the deployment where that leaves
    /// several (LTI Core 1.3 §4.1.2, §4.1.3).
    ///
    /// Whether the deployment is accepted is not asked here: a login is unsigned, anybody can have written it. The signed
    /// token of the launch decides.
    pub fn choose<'a>(registered: impl IntoIterator<Item = &'a Self>, login: &LoginRequest) -> Result<&'a Self> {
        let mut candidates: Vec<&Self> = registered
            .into_iter()
            .filter(|platform| platform.issuer == login.issuer())
            .collect();
        if candidates.is_empty() {
            return Err(Error::IssuerUnknown);
        }
        if let Some(client_id) = login.client_id() {
            candidates.retain(|platform| platform.client_id == *client_id);
            if candidates.is_empty() {
                return Err(Error::ClientUnknown);
            }
        }
        if candidates.len() > 1
            && let Some(deployment_id) = login.deployment_id()
        {
            candidates.retain(|platform| platform.has_deployment(deployment_id));
            if candidates.is_empty() {
                return Err(Error::LoginDeploymentUnknown);
            }
        }
        match candidates.as_slice() {
            [only] => Ok(only),
            _ => Err(Error::PlatformAmbiguous),
        }
    }

    /// `iss`, exactly as the platform writes it (Security Framework 1.0 §5.1.2).
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The tool's `client_id` there (LTI Core 1.3 §3.1.3).
    pub const fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// Where the browser is sent to log in (Security Framework 1.0 §5.1.1.2).
    pub const fn authorization_url(&self) -> &Url {
        &self.authorization_url
    }

    /// Where access tokens come from (Security Framework 1.0 §4.1).
    pub const fn token_url(&self) -> &Url {
        &self.token_url
    }

    /// The audience of a request for an access token (Security Framework 1.0 §4.1.1).
    pub fn token_audience(&self) -> &str {
        &self.token_audience
    }

    /// The platform's public key set (Security Framework 1.0 §6.3).
    pub const fn keys_url(&self) -> &Url {
        &self.keys_url
    }

    /// The accepted deployments (LTI Core 1.3 §3.1.3).
    pub fn deployments(&self) -> &[DeploymentId] {
        &self.deployments
    }

    /// Is this deployment accepted? Compared byte by byte (LTI Core 1.3 §5.3.3).
    pub fn has_deployment(&self, deployment_id: &DeploymentId) -> bool {
        self.deployments.contains(deployment_id)
    }

    /// Is this an address on a host where people meet the platform: that of its issuer, of its login, or a further one? The port
    /// does not count (LTI Core 1.3 §3.1.3).
    pub fn has_host(&self, url: &Url) -> bool {
        let issuer = Url::parse(&self.issuer).ok();
        let known = issuer.iter().chain([&self.authorization_url]);
        let same = known.filter_map(Url::host).any(|host| Some(host) == url.host());
        same || self.has_further_host(url)
    }

    /// The further hosts (LTI Core 1.3 §3.1.3).
    pub fn hosts(&self) -> &[Host] {
        &self.hosts
    }

    pub(crate) fn has_further_host(&self, url: &Url) -> bool {
        let host = url.host().map(|host| host.to_owned());
        host.is_some_and(|host| self.hosts.contains(&host))
    }

    /// The allowed clock difference (Security Framework 1.0 §5.1.3(7)).
    pub const fn leeway(&self) -> Duration {
        self.leeway
    }
}

/// https, or http on this machine.
pub(crate) fn is_secure(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && loopback)
}

/// A name of letters, digits, hyphens and points, or an address in numbers.
fn parse_host(text: &str) -> Option<Host> {
    let host = Host::parse(text).ok().filter(|_| text.len() <= LONGEST_HOST)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    match &host {
        Host::Domain(name) => name.bytes().all(plain).then_some(host),
        Host::Ipv4(_) | Host::Ipv6(_) => Some(host),
    }
}

pub(crate) fn check_issuer(text: &str) -> std::result::Result<(), RegistrationProblemKind> {
    if text.len() > LONGEST_ISSUER {
        return Err(RegistrationProblemKind::NotUrl);
    }
    let url = parse_address(text)?;
    if url.query().is_some() {
        Err(RegistrationProblemKind::QueryOrFragment)
    } else {
        Ok(())
    }
}

pub(crate) fn parse_address(text: &str) -> std::result::Result<Url, RegistrationProblemKind> {
    let url = Url::parse(text).map_err(|_| RegistrationProblemKind::NotUrl)?;
    if !is_secure(&url) {
        return Err(RegistrationProblemKind::NotHttps);
    }
    if url.fragment().is_some() {
        return Err(RegistrationProblemKind::QueryOrFragment);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(RegistrationProblemKind::Credentials);
    }
    Ok(url)
}
