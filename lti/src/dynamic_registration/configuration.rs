//! A platform's configuration: where it is, what it is, and what it supports.

use serde::Deserialize;
use serde_json::Value;
use url::{Host, Url};

use super::answer;
use super::error::RegistrationError;
use crate::platform::{Registration, check_issuer, parse_address};

/// Hosted Canvas has one issuer for all schools, and its configuration elsewhere.
const CANVAS: [(&str, &str); 3] = [
    ("canvas.instructure.com", "sso.canvaslms.com"),
    ("canvas.beta.instructure.com", "sso.beta.canvaslms.com"),
    ("canvas.test.instructure.com", "sso.test.canvaslms.com"),
];
/// Longer names of products are nobody's.
const LONGEST_PRODUCT: usize = 64;

/// A platform as it describes itself: every address is https (or http on this machine), and the issuer is at home there
/// (LTI Dynamic Registration 1.0 §3.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformConfiguration {
    issuer: String,
    authorization_url: Url,
    token_url: Url,
    token_audience: Option<String>,
    keys_url: Url,
    registration_url: Url,
    hosts: Vec<String>,
    product: String,
    messages: Vec<MessageType>,
}

/// The messages of LTI that a tool may ask for (LTI Core 1.3 §5.3.1, Deep Linking 2.0 §4.4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageType {
    /// The launch of a link.
    ResourceLink,
    /// A teacher chooses what to link.
    DeepLinking,
}

impl MessageType {
    /// The name in the protocol (LTI Core 1.3 §5.3.1, Deep Linking 2.0 §4.4.2).
    pub const fn name(self) -> &'static str {
        match self {
            Self::ResourceLink => "LtiResourceLinkRequest",
            Self::DeepLinking => "LtiDeepLinkingRequest",
        }
    }
}

/// `Value`s where real platforms differ from the specification and nothing depends on it.
#[derive(Deserialize)]
struct Document {
    issuer: Option<Value>,
    authorization_endpoint: Option<Value>,
    token_endpoint: Option<Value>,
    authorization_server: Option<Value>,
    jwks_uri: Option<Value>,
    registration_endpoint: Option<Value>,
    response_types_supported: Option<Value>,
    id_token_signing_alg_values_supported: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti-platform-configuration")]
    platform: Option<Value>,
}

impl PlatformConfiguration {
    /// Media type of the request for a registration (OpenID Connect Dynamic Client Registration 1.0 §3.1).
    pub const CONTENT_TYPE: &'static str = "application/json";

    pub(super) fn read(from: &Url, document: &[u8]) -> Result<Self, RegistrationError> {
        let document: Document = serde_json::from_slice(document).map_err(|_| RegistrationError::NotJson)?;
        let issuer = text(document.issuer.as_ref()).ok_or(RegistrationError::Member("issuer"))?;
        check_issuer(issuer).map_err(|_| RegistrationError::Member("issuer"))?;
        if !is_at_home(issuer, from) {
            return Err(RegistrationError::IssuerElsewhere);
        }
        let address = |value: Option<&Value>, name| {
            let address = text(value).and_then(|text| parse_address(text).ok());
            address.ok_or(RegistrationError::Member(name))
        };
        demand(document.response_types_supported.as_ref(), "id_token")?;
        demand(document.id_token_signing_alg_values_supported.as_ref(), "RS256")?;
        let platform = document.platform.as_ref();
        let registration_url = address(document.registration_endpoint.as_ref(), "registration_endpoint")?;
        Ok(Self {
            issuer: issuer.to_owned(),
            authorization_url: address(document.authorization_endpoint.as_ref(), "authorization_endpoint")?,
            token_url: address(document.token_endpoint.as_ref(), "token_endpoint")?,
            // Canvas names a host alone here, and expects the token address
            token_audience: text(document.authorization_server.as_ref())
                .filter(|audience| parse_address(audience).is_ok())
                .map(str::to_owned),
            keys_url: address(document.jwks_uri.as_ref(), "jwks_uri")?,
            hosts: further_hosts(issuer, &registration_url),
            registration_url,
            product: product(platform),
            messages: messages(platform),
        })
    }

    /// `iss`, exactly as the platform writes it (LTI Dynamic Registration 1.0 §3.4, Security Framework 1.0 §5.1.2).
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Where the registration is posted (LTI Dynamic Registration 1.0 §3.5).
    pub const fn registration_url(&self) -> &Url {
        &self.registration_url
    }

    /// `product_family_code`: `moodle`, `canvas`, `desire2learn`, `ilias` …; lower-case letters, digits, `-`, `_` and `.`
    /// only, and empty if the platform does not say it (LTI Dynamic Registration 1.0 §3.4).
    pub fn product(&self) -> &str {
        &self.product
    }

    /// Does the platform send this message? One that lists none sends at least the launch of a link
    /// (LTI Dynamic Registration 1.0 §3.4).
    pub fn supports(&self, message: MessageType) -> bool {
        self.messages.contains(&message)
    }

    /// Reads the platform's answer to the registration (LTI Dynamic Registration 1.0 §3.6): status 200 or 201, and a JSON
    /// object with `client_id`. The registration that comes out has passed [`crate::Platform::new`]; its deployment is the
    /// one that the answer names, if it names one.
    ///
    /// Only what is needed is read: Moodle answers with status 200, `application_type` as an array and an empty `logo_uri`.
    pub fn read_answer(&self, status: u16, body: &[u8]) -> Result<Registration, RegistrationError> {
        if !matches!(status, 200 | 201) {
            return Err(RegistrationError::Refused(status));
        }
        let answer = answer::read(body)?;
        let registration = Registration {
            issuer: self.issuer.clone(),
            client_id: answer.client_id,
            authorization_url: self.authorization_url.clone().into(),
            token_url: self.token_url.clone().into(),
            token_audience: self.token_audience.clone(),
            keys_url: self.keys_url.clone().into(),
            deployments: answer.deployment_id.into_iter().collect(),
            hosts: self.hosts.clone(),
        };
        match crate::Platform::new(registration.clone()) {
            Ok(_) => Ok(registration),
            Err(_) => Err(RegistrationError::Answer("registration")),
        }
    }
}

/// A text that is not empty.
fn text(value: Option<&Value>) -> Option<&str> {
    value?.as_str().filter(|text| !text.is_empty())
}

/// The same host, whatever the port; the way there was https, so the host has spoken for itself.
fn is_at_home(issuer: &str, from: &Url) -> bool {
    let Ok(issuer) = Url::parse(issuer) else {
        return false;
    };
    let pair = match (issuer.host(), from.host()) {
        (Some(Host::Domain(issuer)), Some(Host::Domain(from))) => CANVAS.contains(&(issuer, from)),
        _ => false,
    };
    pair || (issuer.host().is_some() && issuer.host() == from.host() && issuer.scheme() == from.scheme())
}

/// Hosted Canvas registers tools at the school's own host, where its pages are; the configuration comes from Canvas itself.
fn further_hosts(issuer: &str, registration_url: &Url) -> Vec<String> {
    let issuer = Url::parse(issuer).ok();
    let issuer = issuer.as_ref().and_then(Url::host_str).unwrap_or_default();
    let is_hosted = CANVAS.iter().any(|(shared, _)| *shared == issuer);
    match registration_url.host() {
        Some(Host::Domain(own)) if is_hosted && own != issuer => vec![own.to_owned()],
        _ => Vec::new(),
    }
}

/// A list that must hold this; a platform that does not publish the list is believed to keep to LTI 1.3.
fn demand(list: Option<&Value>, wanted: &'static str) -> Result<(), RegistrationError> {
    match list.and_then(Value::as_array) {
        Some(list) if !list.iter().any(|item| item == wanted) => Err(RegistrationError::Unsupported(wanted)),
        _ => Ok(()),
    }
}

fn product(platform: Option<&Value>) -> String {
    let named = text(platform.and_then(|platform| platform.get("product_family_code"))).unwrap_or_default();
    let named = named.to_ascii_lowercase();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if named.len() <= LONGEST_PRODUCT && named.bytes().all(is_plain) {
        named
    } else {
        String::new()
    }
}

/// The launch of a link is sent by every platform.
fn messages(platform: Option<&Value>) -> Vec<MessageType> {
    let listed = platform
        .and_then(|platform| platform.get("messages_supported"))
        .and_then(Value::as_array);
    let types = listed.into_iter().flatten().filter_map(|message| message.get("type"));
    let mut messages = vec![MessageType::ResourceLink];
    if types.into_iter().any(|name| name == MessageType::DeepLinking.name()) {
        messages.push(MessageType::DeepLinking);
    }
    messages
}
