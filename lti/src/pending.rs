//! A login that has begun: what binds the platform's answer to this browser.

use std::fmt;
use std::time::Duration;

use aws_lc_rs::{constant_time, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::error::{Error, Result};
use crate::id::{ClientId, DeploymentId};
use crate::platform::Platform;
use crate::time::UnixTime;

/// Kept by the browser between login and launch (Security Framework 1.0 §5.1.1.2, §7.3.1).
///
/// It must reach the launch unread and unaltered: seal it (encrypt and authenticate) before handing it out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    issuer: String,
    client_id: ClientId,
    deployment_id: Option<DeploymentId>,
    origin: String,
    state: String,
    nonce: String,
    expires: UnixTime,
}

impl Pending {
    /// How long a person may take to log in at the platform (Security Framework 1.0 §7.3.1).
    pub const LIFETIME: Duration = Duration::from_mins(10);

    pub(crate) fn new(
        platform: &Platform,
        redirect_uri: &Url,
        deployment_id: Option<DeploymentId>,
        entropy: &[u8; 32],
        now: UnixTime,
    ) -> Self {
        Self {
            issuer: platform.issuer().to_owned(),
            client_id: platform.client_id().clone(),
            deployment_id,
            origin: redirect_uri.origin().ascii_serialization(),
            state: derive(entropy, b"lti state"),
            nonce: derive(entropy, b"lti nonce"),
            expires: now.plus(Self::LIFETIME),
        }
    }

    /// Issuer of the platform the login was begun with (Security Framework 1.0 §5.1.1.4).
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The tool's `client_id` at that platform (Security Framework 1.0 §5.1.1.4).
    pub const fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// `state` of the authorization request: 43 base64url characters (Security Framework 1.0 §5.1.1.2).
    pub fn state(&self) -> &str {
        &self.state
    }

    /// After this moment the answer is refused (Security Framework 1.0 §7.3.1).
    pub const fn expires(&self) -> UnixTime {
        self.expires
    }

    pub(crate) fn nonce(&self) -> &str {
        &self.nonce
    }

    pub(crate) const fn deployment_id(&self) -> Option<&DeploymentId> {
        self.deployment_id.as_ref()
    }

    /// The tool's own origin.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Is this address on the tool's own origin?
    pub(crate) fn is_own(&self, address: &Url) -> bool {
        address.origin().ascii_serialization() == self.origin
    }

    pub(crate) fn check_state(&self, state: &str, now: UnixTime) -> Result<()> {
        if constant_time::verify_slices_are_equal(self.state.as_bytes(), state.as_bytes()).is_err() {
            return Err(Error::StateMismatch);
        }
        if now >= self.expires {
            Err(Error::LoginExpired)
        } else {
            Ok(())
        }
    }

    pub(crate) fn check_platform(&self, platform: &Platform) -> Result<()> {
        let same = self.issuer == platform.issuer() && self.client_id == *platform.client_id();
        if same { Ok(()) } else { Err(Error::PlatformMismatch) }
    }

    pub(crate) fn check_nonce(&self, nonce: &str) -> Result<()> {
        constant_time::verify_slices_are_equal(self.nonce.as_bytes(), nonce.as_bytes()).map_err(|_| Error::NonceWrong)
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pending")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// Two values from one secret, neither of which tells anything about the other.
fn derive(entropy: &[u8; 32], purpose: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, entropy), purpose))
}
