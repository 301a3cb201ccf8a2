//! Second step: the platform's answer, and the proof that it is one.

use std::fmt;

use crate::claims::Claims;
use crate::error::{Error, Result};
use crate::form::Form;
use crate::id::DeploymentId;
use crate::keys::KeySet;
use crate::launch::Launch;
use crate::pending::Pending;
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::time::UnixTime;
use crate::token::Token;

const LONGEST_STATE: usize = 4096;

/// The form that the platform lets the browser post to the launch address (Security Framework 1.0 §5.1.1.3), not yet
/// believed.
pub struct LaunchResponse {
    token: Token,
    state: String,
}

impl LaunchResponse {
    /// Reads the decoded pairs of the posted form. The platform's own error answer is [`Error::Refused`]
    /// (Security Framework 1.0 §5.1.1.3).
    pub fn parse<Name: Into<String>, Value: Into<String>>(
        pairs: impl IntoIterator<Item = (Name, Value)>,
    ) -> Result<Self> {
        Self::from_form(Form::collect(pairs)?)
    }

    /// Reads a raw `application/x-www-form-urlencoded` body (Security Framework 1.0 §5.1.1.3).
    pub fn from_urlencoded(encoded: impl AsRef<[u8]>) -> Result<Self> {
        Self::from_form(Form::from_urlencoded(encoded.as_ref())?)
    }

    fn from_form(mut form: Form) -> Result<Self> {
        let state = form.take_filled("state", LONGEST_STATE)?;
        if let Some(error) = form.take("error")? {
            return Err(Error::Refused(Refusal::new(&error, state)));
        }
        let compact = form.require("id_token", usize::MAX)?;
        let state = state.ok_or(Error::ParameterMissing("state"))?;
        Ok(Self {
            token: Token::parse(compact)?,
            state,
        })
    }

    /// `state`: tells which [`Pending`] of the browser this answers (Security Framework 1.0 §5.1.1.4).
    pub fn state(&self) -> &str {
        &self.state
    }

    /// `kid` of the token's header, unverified: look whether the key set has it and fetch the set again if not, at a
    /// limited rate (Security Framework 1.0 §6.3).
    pub fn key_id(&self) -> Option<&str> {
        self.token.key_id()
    }

    /// `iss` of the token, unverified: only to look in the right platform's storage for the [`Pending`] (LTI Client Side
    /// postMessages 0.1), and never to decide anything.
    pub fn claimed_issuer(&self) -> Option<String> {
        self.token.claims().ok()?.issuer().map(str::to_owned)
    }

    /// Proves that the platform made this token for this tool, for this browser's login, just now
    /// (Security Framework 1.0 §5.1.3).
    ///
    /// The order is fixed: state, platform, `kid`, signature, `iss`, `aud`, `azp`, `exp`, `iat`, `nonce`. What is left is
    /// whether the nonce has been spent before, which only the caller's storage knows: see [`Unspent::spend`].
    pub fn verify(self, pending: Pending, platform: &Platform, keys: &KeySet, now: UnixTime) -> Result<Unspent> {
        pending.check_state(&self.state, now)?;
        pending.check_platform(platform)?;
        self.token.check_signature(keys)?;
        let claims = self.token.claims()?;
        claims.check_kind()?;
        claims.check_issuer(platform)?;
        claims.check_audience(platform)?;
        let expires = claims.check_times(platform.leeway(), now)?;
        pending.check_nonce(claims.nonce()?)?;
        Ok(Unspent {
            platform: platform.clone(),
            pending,
            claims,
            expires,
        })
    }
}

impl fmt::Debug for LaunchResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("LaunchResponse")
            .field("key_id", &self.key_id())
            .finish_non_exhaustive()
    }
}

/// Third step: a genuine token whose nonce must now be spent (Security Framework 1.0 §5.1.3(9)).
///
/// Store [`Unspent::nonce`] until [`Unspent::expires`], in one statement that tells whether it was there already, and
/// hand the outcome to [`Unspent::spend`].
pub struct Unspent {
    platform: Platform,
    pending: Pending,
    claims: Claims,
    expires: UnixTime,
}

/// What the caller's storage says about a nonce (Security Framework 1.0 §5.1.3(9)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NonceUse {
    /// It was not there and is now.
    First,
    /// It was there: the token is being replayed.
    Seen,
}

impl Unspent {
    /// The nonce, unique by itself: 256 bits made by [`crate::LoginRequest::begin`] (Security Framework 1.0 §5.1.3(9)).
    pub fn nonce(&self) -> &str {
        self.pending.nonce()
    }

    /// The deployment that the genuine token names, accepted or not; `None` if it names none that could be. An administrator
    /// who is asked to accept it must know that the platform itself has said it (LTI Core 1.3 §3.1.3).
    pub fn deployment_id(&self) -> Option<DeploymentId> {
        let text = self.claims.deployment_id.as_ref()?.as_str()?;
        text.parse().ok()
    }

    /// From this moment on the token is refused for its age, so the nonce may be forgotten (Security Framework 1.0 §5.1.3(8)).
    pub fn expires(&self) -> UnixTime {
        self.expires.max(self.pending.expires())
    }

    /// Finishes the nonce step and checks the LTI claims: `version`, `message_type`, `deployment_id`, `sub`, `roles`,
    /// `resource_link.id`, `target_link_uri` (Security Framework 1.0 §5.1.3(9)).
    pub fn spend(self, nonce: NonceUse) -> Result<Launch> {
        match nonce {
            NonceUse::First => Launch::from_claims(&self.claims, &self.platform, &self.pending),
            NonceUse::Seen => Err(Error::NonceSpent),
        }
    }
}

impl fmt::Debug for Unspent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Unspent")
            .field("issuer", &self.platform.issuer())
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}
