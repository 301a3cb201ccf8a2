//! A platform made of values, without a network: for tests, benchmarks and demonstrations.
//!
//! Its keys are made anew in every process, so a registration that is forgotten somewhere opens nothing.

mod authorization;
mod claims;
mod deep_linking;
mod registration;
mod services;
mod signer;

use serde_json::{Value, json};
use url::Url;

pub use authorization::{Answer, AuthorizationRequest, RefusedParameter};
pub use claims::{LaunchClaims, claim};
pub use deep_linking::{PlacedLink, Placement, RefusedAnswer};
pub use registration::RegisteredTool;
pub use services::{ServiceAnswer, ServiceRequest, SimulatedCourse};
pub use signer::Signer;

use crate::keys::KeySet;
use crate::platform::{Platform, Registration};
use crate::time::UnixTime;

/// Lifetime of a token in seconds: Moodle's.
const TOKEN_LIFETIME: i64 = 60;

/// An LTI 1.3 platform with one registered tool, that keeps to the rules unless told otherwise (LTI Core 1.3 §3.1.3).
#[derive(Debug, Clone)]
pub struct SimulatedPlatform {
    base: String,
    client_id: String,
    deployment_id: String,
    redirect_uri: Url,
}

impl SimulatedPlatform {
    /// A platform at `base` (also its issuer, without slash at the end) whose tool may be sent answers at `redirect_uri`
    /// (LTI Core 1.3 §3.1.3).
    pub fn new(base: &str, redirect_uri: &Url) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
            client_id: "simulated-client".to_owned(),
            deployment_id: "1".to_owned(),
            redirect_uri: redirect_uri.clone(),
        }
    }

    /// With another `client_id` for the tool (LTI Core 1.3 §3.1.3).
    #[must_use]
    pub fn with_client_id(self, client_id: &str) -> Self {
        Self {
            client_id: client_id.to_owned(),
            ..self
        }
    }

    /// With another deployment (LTI Core 1.3 §3.1.3).
    #[must_use]
    pub fn with_deployment(self, deployment_id: &str) -> Self {
        Self {
            deployment_id: deployment_id.to_owned(),
            ..self
        }
    }

    /// The platform's issuer (LTI Core 1.3 §3.1.3).
    pub fn issuer(&self) -> &str {
        &self.base
    }

    /// What the tool's administrator would write down. The addresses are `/authorize`, `/token` and `/keys` below the base
    /// (LTI Core 1.3 §3.1.3).
    pub fn registration(&self) -> Registration {
        Registration {
            issuer: self.base.clone(),
            client_id: self.client_id.clone(),
            authorization_url: format!("{}/authorize", self.base),
            token_url: format!("{}/token", self.base),
            token_audience: None,
            keys_url: format!("{}/keys", self.base),
            deployments: vec![self.deployment_id.clone()],
            hosts: Vec::new(),
        }
    }

    /// The registration as the tool sees it (LTI Core 1.3 §3.1.3).
    ///
    /// # Panics
    /// If the platform was made with a base, `client_id` or deployment that no tool would accept.
    pub fn platform(&self) -> Platform {
        #[expect(
            clippy::expect_used,
            reason = "a test that registers an impossible platform has to be corrected"
        )]
        Platform::new(self.registration()).expect("the simulated platform must be made of valid values")
    }

    /// The key set document (Security Framework 1.0 §6.3).
    pub fn key_set_json(&self) -> String {
        json!({ "keys": [Signer::Rs256.public_jwk(), Signer::Es256.public_jwk()] }).to_string()
    }

    /// The key set as the tool sees it (Security Framework 1.0 §6.3).
    pub fn key_set(&self) -> KeySet {
        KeySet::parse(self.key_set_json()).unwrap_or_default()
    }

    /// The form of a login initiation, with the fields that Moodle sends (Security Framework 1.0 §5.1.1.1).
    pub fn login_form(&self, target_link_uri: &str, login_hint: &str) -> Vec<(String, String)> {
        let fields = [
            ("iss", self.base.as_str()),
            ("target_link_uri", target_link_uri),
            ("login_hint", login_hint),
            ("lti_message_hint", r#"{"cmid":3,"launchid":"ltilaunch1_454891140"}"#),
            ("client_id", &self.client_id),
            ("lti_deployment_id", &self.deployment_id),
        ];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    }

    /// Reads the tool's authorization request and insists on every parameter (Security Framework 1.0 §5.1.1.2).
    pub fn receive(&self, url: &Url) -> Result<AuthorizationRequest, RefusedParameter> {
        AuthorizationRequest::read(url, &self.client_id, &self.redirect_uri)
    }

    /// Answers with a token signed by RS256 (Security Framework 1.0 §5.1.1.3).
    pub fn answer(&self, request: &AuthorizationRequest, claims: &LaunchClaims, now: UnixTime) -> Answer {
        request.answered_with(self.sign(Signer::Rs256, &self.complete(claims, request.nonce(), now)))
    }

    /// The claims as they go into a token: what the platform adds is overruled by what `claims` sets or removes
    /// (Security Framework 1.0 §5.1.2).
    pub fn complete(&self, claims: &LaunchClaims, nonce: &str, now: UnixTime) -> Value {
        claims.complete(json!({
            "iss": self.base,
            "aud": self.client_id,
            "iat": now.seconds(),
            "exp": now.seconds().saturating_add(TOKEN_LIFETIME),
            "nonce": nonce,
            claim("version"): "1.3.0",
            claim("message_type"): "LtiResourceLinkRequest",
            claim("deployment_id"): self.deployment_id,
            claim("target_link_uri"): self.redirect_uri.as_str(),
        }))
    }

    /// Signs anything, with the header that belongs to the signer (Security Framework 1.0 §5.4).
    pub fn sign(&self, signer: Signer, claims: &Value) -> String {
        signer.sign(&signer.header(), claims)
    }

    /// Signs anything under any header (Security Framework 1.0 §5.4).
    pub fn sign_with_header(&self, signer: Signer, header: &Value, claims: &Value) -> String {
        signer.sign(header, claims)
    }
}
