//! Access tokens for a platform's services: how to ask for one, and what came back.

mod refusal;

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;
use url::form_urlencoded::Serializer;

pub use refusal::{AccessTokenError, TokenRefusal};

use crate::id::DeploymentId;
use crate::platform::Platform;
use crate::time::UnixTime;
use crate::tool_key::{ToolKey, ToolKeyError};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const DEPLOYMENT: &str = "https://purl.imsglobal.org/spec/lti/claim/deployment_id";
/// Moodle refuses an `iat` that lies a second in its future, without any leeway.
const BACKDATED: Duration = Duration::from_secs(5);
/// "Typically … 5 minutes" (Security Framework 1.0 §4.1.1), and not more.
const ASSERTION_LIFE: Duration = Duration::from_mins(5);
/// Security Framework 1.0 §7.1, RFC 6749 §5.1: what counts when the platform does not say it.
const DEFAULT_LIFE: i64 = 3600;
/// A token of Azure has 4 KiB; nobody's answer has more.
const LARGEST: usize = 64 * 1024;

/// A request for an access token by JWT client assertion (Security Framework 1.0 §4.1.1, LTI Core 1.3 §6.2.1, RFC 7523 §2.2).
///
/// Post [`AccessTokenRequest::sign`] to [`AccessTokenRequest::url`] and hand the answer to [`AccessTokenRequest::read`].
#[derive(Debug, Clone, Copy)]
pub struct AccessTokenRequest<'a> {
    /// Whose services are to be used (Security Framework 1.0 §4.1).
    pub platform: &'a Platform,
    /// For which installation (LTI Core 1.3 §6.2.1 wants it named).
    pub deployment_id: &'a DeploymentId,
    /// What for; at least one, as [`crate::NamesAndRoles::SCOPE`] (Security Framework 1.0 §4.1).
    pub scopes: &'a [&'a str],
}

/// An access token. Its `Debug` shows no part of it.
///
/// It is opaque, and good for as many requests as one likes until [`AccessToken::expires`] (Security Framework 1.0 §4.1).
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken {
    token: String,
    scopes: Vec<String>,
    expires: UnixTime,
}

impl AccessTokenRequest<'_> {
    /// Media type of the form (Security Framework 1.0 §4.1.1).
    pub const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";

    /// Where the form is to be posted (Security Framework 1.0 §4.1).
    pub const fn url(&self) -> &Url {
        self.platform.token_url()
    }

    /// The form as the body of the request. `entropy` becomes `jti`, so it must be new and secure for every request
    /// (Security Framework 1.0 §4.1.1).
    ///
    /// # Errors
    /// [`ToolKeyError::Signing`], if the key fails.
    pub fn sign(&self, key: &ToolKey, entropy: [u8; 16], now: UnixTime) -> Result<String, ToolKeyError> {
        let issued = now.minus(BACKDATED);
        let client_id = self.platform.client_id().as_str();
        let assertion = key.sign(&json!({
            "iss": client_id,
            "sub": client_id,
            "aud": self.platform.token_audience(),
            "iat": issued.seconds(),
            "exp": issued.plus(ASSERTION_LIFE).seconds(),
            "jti": URL_SAFE_NO_PAD.encode(entropy),
            DEPLOYMENT: self.deployment_id.as_str(),
        }))?;
        let form = Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("client_assertion_type", ASSERTION_TYPE)
            .append_pair("client_assertion", &assertion)
            .append_pair("scope", &self.scopes.join(" "))
            .finish();
        Ok(form)
    }

    /// Reads what the platform answered. The content type does not count: Moodle sends its JSON as `text/html`
    /// (Security Framework 1.0 §4.1, §7.1).
    ///
    /// # Errors
    /// Everything that is no token for at least one of the scopes that were asked for.
    pub fn read(&self, status: u16, body: &[u8], now: UnixTime) -> Result<AccessToken, AccessTokenError> {
        if body.len() > LARGEST {
            return Err(AccessTokenError::TooLarge);
        }
        if status != 200 {
            return Err(AccessTokenError::Refused(TokenRefusal::read(status, body)));
        }
        let granted: Granted = serde_json::from_slice(body).map_err(|_| AccessTokenError::Malformed)?;
        // RFC 6750 §2.1: what a header can carry
        let token = granted.access_token.filter(|token| is_header_safe(token));
        let token = token.ok_or(AccessTokenError::Malformed)?;
        if granted
            .token_type
            .is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer"))
        {
            return Err(AccessTokenError::NotBearer);
        }
        let life = granted.expires_in.as_ref().and_then(seconds).unwrap_or(DEFAULT_LIFE);
        Ok(AccessToken {
            token,
            scopes: self.granted(granted.scope.as_ref())?,
            expires: now.plus(Duration::from_secs(life.max(0).unsigned_abs())),
        })
    }

    /// RFC 6749 §5.1: without the member, what was asked for; with it, perhaps less. What nobody asked for is not used.
    fn granted(&self, said: Option<&Value>) -> Result<Vec<String>, AccessTokenError> {
        let granted: Vec<&str> = match said {
            None | Some(Value::Null) => self.scopes.to_vec(),
            Some(Value::String(list)) => list.split_ascii_whitespace().collect(),
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            Some(_) => return Err(AccessTokenError::Malformed),
        };
        let wanted = self.scopes.iter().filter(|scope| granted.contains(scope));
        let scopes: Vec<String> = wanted.map(|scope| (*scope).to_owned()).collect();
        if scopes.is_empty() {
            Err(AccessTokenError::ScopeRefused)
        } else {
            Ok(scopes)
        }
    }
}

impl AccessToken {
    /// The value of the header `Authorization` (RFC 6750 §2.1). A secret.
    pub fn authorization(&self) -> String {
        format!("Bearer {}", self.token)
    }

    /// Was this scope granted? (Security Framework 1.0 §4.1)
    pub fn allows(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }

    /// From this moment on the platform refuses it; there is no refreshing (Security Framework 1.0 §4.1).
    pub const fn expires(&self) -> UnixTime {
        self.expires
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AccessToken")
            .field("scopes", &self.scopes)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// `Value`s where platforms differ.
#[derive(Deserialize)]
struct Granted {
    access_token: Option<String>,
    token_type: Option<String>,
    expires_in: Option<Value>,
    scope: Option<Value>,
}

fn is_header_safe(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| matches!(byte, b'!'..=b'~'))
}

/// A number, or one written as a string.
fn seconds(value: &Value) -> Option<i64> {
    let number = UnixTime::from_json(value).map(UnixTime::seconds);
    number.or_else(|| value.as_str()?.parse().ok())
}
