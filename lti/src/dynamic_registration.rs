//! LTI Dynamic Registration 1.0: what a platform hands over, and what is read from it, without IO.

mod answer;
mod configuration;
mod error;
mod tool;

use url::Url;

pub use configuration::{MessageType, PlatformConfiguration};
pub use error::RegistrationError;
pub use tool::ToolConfiguration;

use crate::error::Error;
use crate::form::Form;
use crate::platform::parse_address;

const LONGEST_URL: usize = 4096;
/// Some platforms make a whole JWT of it.
const LONGEST_TOKEN: usize = 16 * 1024;

/// A platform asks for a registration (LTI Dynamic Registration 1.0 §3.3), not yet believed: its administrator has opened the
/// tool's registration address, with these parameters added.
///
/// 1. Fetch [`RegistrationRequest::configuration_url`], with a limit to size and time, without following redirects, and at no
///    address that lies inside your own network; hand the document to [`RegistrationRequest::read_configuration`].
/// 2. Post [`ToolConfiguration::request`] as [`PlatformConfiguration::CONTENT_TYPE`] to
///    [`PlatformConfiguration::registration_url`], with [`RegistrationRequest::token`] as bearer token if there is one, and
///    hand the answer to [`PlatformConfiguration::read_answer`].
pub struct RegistrationRequest {
    configuration_url: Url,
    token: Option<String>,
}

impl RegistrationRequest {
    /// Reads a raw query string or `application/x-www-form-urlencoded` body; unknown parameters are ignored
    /// (LTI Dynamic Registration 1.0 §3.3).
    pub fn from_urlencoded(encoded: impl AsRef<[u8]>) -> Result<Self, RegistrationError> {
        let mut form = Form::from_urlencoded(encoded.as_ref())?;
        let configuration_url = form.require("openid_configuration", LONGEST_URL)?;
        let configuration_url =
            parse_address(&configuration_url).map_err(|_| Error::ParameterInvalid("openid_configuration"))?;
        let token = form.take_filled("registration_token", LONGEST_TOKEN)?;
        // it becomes a header: anything but visible ASCII would not be one
        let is_header = |token: &String| token.bytes().all(|byte| byte.is_ascii_graphic());
        if token.as_ref().is_some_and(|token| !is_header(token)) {
            return Err(Error::ParameterInvalid("registration_token").into());
        }
        Ok(Self {
            configuration_url,
            token,
        })
    }

    /// Where the platform's configuration is: https, or http on this machine (LTI Dynamic Registration 1.0 §3.3).
    pub const fn configuration_url(&self) -> &Url {
        &self.configuration_url
    }

    /// The platform's one-time token, if it sends one; Brightspace does not. A secret: it is not part of `Debug`
    /// (LTI Dynamic Registration 1.0 §3.3).
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Reads the platform's configuration (LTI Dynamic Registration 1.0 §3.4, OpenID Connect Discovery 1.0 §3).
    ///
    /// The issuer must be at the host that the configuration came from (§3.5.1), or a platform could take the place of another.
    pub fn read_configuration(&self, document: &[u8]) -> Result<PlatformConfiguration, RegistrationError> {
        PlatformConfiguration::read(&self.configuration_url, document)
    }
}

impl std::fmt::Debug for RegistrationRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("RegistrationRequest")
            .field("configuration_host", &self.configuration_url.host_str())
            .finish_non_exhaustive()
    }
}
