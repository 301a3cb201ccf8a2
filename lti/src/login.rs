//! First step: a platform asks the tool to begin a login.

use std::fmt;

use openidconnect::core::{CoreAuthPrompt, CoreClient, CoreJsonWebKeySet, CoreResponseType};
use openidconnect::{AuthUrl, AuthenticationFlow, CsrfToken, IssuerUrl, LoginHint, Nonce, RedirectUrl};
use url::Url;

use crate::error::{Error, Result};
use crate::form::Form;
use crate::id::{ClientId, DeploymentId};
use crate::pending::Pending;
use crate::platform::{Platform, is_secure};
use crate::time::UnixTime;

const LONGEST_URL: usize = 4096;
/// Some platforms put a whole JWT into the hints.
const LONGEST_HINT: usize = 16 * 1024;

/// A third-party login initiation (Security Framework 1.0 §5.1.1.1, LTI Core 1.3 §4.1), not yet believed.
///
/// It may come from anybody, by GET or POST, and names nobody: `login_hint` can be the id of a person in the platform and
/// is therefore neither readable nor part of `Debug`.
pub struct LoginRequest {
    issuer: String,
    login_hint: String,
    target_link_uri: Url,
    message_hint: Option<String>,
    client_id: Option<ClientId>,
    deployment_id: Option<DeploymentId>,
    storage_target: Option<String>,
}

impl LoginRequest {
    /// Reads the decoded pairs of a query or of a posted form; unknown parameters are ignored (Security Framework 1.0 §5.1.1.1).
    pub fn parse<Name: Into<String>, Value: Into<String>>(
        pairs: impl IntoIterator<Item = (Name, Value)>,
    ) -> Result<Self> {
        Self::from_form(Form::collect(pairs)?)
    }

    /// Reads a raw query string or `application/x-www-form-urlencoded` body (Security Framework 1.0 §5.1.1.1).
    pub fn from_urlencoded(encoded: impl AsRef<[u8]>) -> Result<Self> {
        Self::from_form(Form::from_urlencoded(encoded.as_ref())?)
    }

    fn from_form(mut form: Form) -> Result<Self> {
        let issuer = form.require("iss", LONGEST_URL)?;
        let login_hint = form.require("login_hint", LONGEST_HINT)?;
        let target_link_uri = Url::parse(&form.require("target_link_uri", LONGEST_URL)?)
            .map_err(|_| Error::ParameterInvalid("target_link_uri"))?;
        let message_hint = form.take("lti_message_hint")?;
        if message_hint.as_ref().is_some_and(|hint| hint.len() > LONGEST_HINT) {
            return Err(Error::ParameterInvalid("lti_message_hint"));
        }
        // Canvas sends the deployment under the older name (instructure/canvas-lms#2201).
        let deployment_id = match take_id(&mut form, "lti_deployment_id")? {
            None => take_id(&mut form, "deployment_id")?,
            found => found,
        };
        Ok(Self {
            issuer,
            login_hint,
            target_link_uri,
            message_hint,
            client_id: take_id(&mut form, "client_id")?,
            deployment_id,
            storage_target: form.take_filled("lti_storage_target", 255)?,
        })
    }

    /// `iss` (Security Framework 1.0 §5.1.1.1).
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// `client_id`, if the platform sent it (LTI Core 1.3 §4.1.3).
    pub const fn client_id(&self) -> Option<&ClientId> {
        self.client_id.as_ref()
    }

    /// `lti_deployment_id` (LTI Core 1.3 §4.1.2), or Canvas' `deployment_id`.
    pub const fn deployment_id(&self) -> Option<&DeploymentId> {
        self.deployment_id.as_ref()
    }

    /// `target_link_uri`: unsigned, so never a place to redirect to; the claim of the launch is (LTI Core 1.3 §5.3.4).
    pub const fn target_link_uri(&self) -> &Url {
        &self.target_link_uri
    }

    /// `lti_storage_target`: the platform's frame that stores values for the tool, if it offers one
    /// (LTI OIDC Login with LTI Client Side postMessages 0.1).
    pub fn storage_target(&self) -> Option<&str> {
        self.storage_target.as_deref()
    }

    /// Makes the authorization request (Security Framework 1.0 §5.1.1.2) and what the browser must keep until the answer.
    ///
    /// `entropy` must come from a secure random source and be used once; `state` and `nonce` are derived from it.
    /// `redirect_uri` is the tool's launch address as registered with the platform; `target_link_uri` must be on its origin.
    pub fn begin(
        self,
        platform: &Platform,
        redirect_uri: &Url,
        entropy: [u8; 32],
        now: UnixTime,
    ) -> Result<(Url, Pending)> {
        if !is_secure(redirect_uri) || redirect_uri.fragment().is_some() {
            return Err(Error::RedirectInvalid);
        }
        if self.issuer != platform.issuer() {
            return Err(Error::IssuerUnknown);
        }
        if self
            .client_id
            .as_ref()
            .is_some_and(|client_id| client_id != platform.client_id())
        {
            return Err(Error::ClientUnknown);
        }
        if self.target_link_uri.origin() != redirect_uri.origin() {
            return Err(Error::LoginTargetForeign);
        }
        let pending = Pending::new(platform, redirect_uri, self.deployment_id, &entropy, now);
        let login_hint = LoginHint::new(self.login_hint);
        let url = authorization_request(platform, redirect_uri, &pending, login_hint, self.message_hint)?;
        Ok((url, pending))
    }
}

impl fmt::Debug for LoginRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("LoginRequest")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("deployment_id", &self.deployment_id)
            .finish_non_exhaustive()
    }
}

fn take_id<Id: TryFrom<String>>(form: &mut Form, name: &'static str) -> Result<Option<Id>> {
    let text = form.take_filled(name, LONGEST_URL)?;
    text.map(|text| Id::try_from(text).map_err(|_| Error::ParameterInvalid(name)))
        .transpose()
}

fn authorization_request(
    platform: &Platform,
    redirect_uri: &Url,
    pending: &Pending,
    login_hint: LoginHint,
    message_hint: Option<String>,
) -> Result<Url> {
    let issuer = IssuerUrl::new(platform.issuer().to_owned()).map_err(|_| Error::IssuerUnknown)?;
    let client_id = openidconnect::ClientId::new(platform.client_id().as_str().to_owned());
    let client = CoreClient::new(client_id, issuer, CoreJsonWebKeySet::default())
        .set_auth_uri(AuthUrl::from_url(platform.authorization_url().clone()))
        .set_redirect_uri(RedirectUrl::from_url(redirect_uri.clone()));
    let (state, nonce) = (pending.state().to_owned(), pending.nonce().to_owned());
    let mut request = client
        .authorize_url(
            AuthenticationFlow::<CoreResponseType>::Implicit(false),
            || CsrfToken::new(state),
            || Nonce::new(nonce),
        )
        .add_extra_param("response_mode", "form_post")
        .add_prompt(CoreAuthPrompt::None)
        .set_login_hint(login_hint);
    if let Some(hint) = message_hint {
        request = request.add_extra_param("lti_message_hint", hint);
    }
    let (url, _, _) = request.url();
    Ok(url)
}
