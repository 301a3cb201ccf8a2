//! One tool at one platform, and launches between them.

use std::sync::LazyLock;

use lti13_tool::testing::{AuthorizationRequest, LaunchClaims, Signer, SimulatedPlatform};
use lti13_tool::{Error, KeySet, Launch, LaunchResponse, LoginRequest, NonceUse, Pending, Platform, ToolKey, UnixTime};
use serde_json::Value;
use url::Url;

pub(crate) const NOW: UnixTime = UnixTime::from_seconds(1_795_445_759);
pub(crate) const LAUNCH_URL: &str = "https://tool.example/lti/launch";

pub(crate) struct World {
    pub(crate) lms: SimulatedPlatform,
    pub(crate) platform: Platform,
    pub(crate) keys: KeySet,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::of(SimulatedPlatform::new("https://lms.example", &launch_url()))
    }

    pub(crate) fn of(lms: SimulatedPlatform) -> Self {
        Self {
            platform: lms.platform(),
            keys: lms.key_set(),
            lms,
        }
    }

    /// Login, up to the moment where the platform has received the tool's request.
    pub(crate) fn begin(&self) -> (AuthorizationRequest, Pending) {
        let login = LoginRequest::parse(self.lms.login_form(LAUNCH_URL, "3")).unwrap();
        let (url, pending) = login.begin(&self.platform, &launch_url(), [7; 32], NOW).unwrap();
        (self.lms.receive(&url).unwrap(), pending)
    }

    /// A whole launch with these claims.
    pub(crate) fn launch(&self, claims: &LaunchClaims) -> Result<Launch, Error> {
        self.launch_with(|nonce| self.lms.sign(Signer::Rs256, &self.lms.complete(claims, nonce, NOW)))
    }

    /// A whole launch under this header.
    pub(crate) fn launch_with_header(&self, header: &Value, claims: &LaunchClaims) -> Result<Launch, Error> {
        self.launch_with(|nonce| {
            self.lms
                .sign_with_header(Signer::Rs256, header, &self.lms.complete(claims, nonce, NOW))
        })
    }

    /// A whole launch with a token of any making, which is told the nonce.
    pub(crate) fn launch_with(&self, token: impl FnOnce(&str) -> String) -> Result<Launch, Error> {
        let (request, pending) = self.begin();
        let response = LaunchResponse::parse(request.answered_with(token(request.nonce())).fields)?;
        response
            .verify(pending, &self.platform, &self.keys, NOW)?
            .spend(NonceUse::First)
    }
}

/// The same tool at a platform with this address.
pub(crate) fn world_at(base: &str) -> World {
    World::of(SimulatedPlatform::new(base, &launch_url()))
}

/// The tool's own key; making one takes a good part of a second.
pub(crate) fn tool_key() -> &'static ToolKey {
    static KEY: LazyLock<ToolKey> = LazyLock::new(|| ToolKey::from_pem(&ToolKey::generate_pem().unwrap()).unwrap());
    &KEY
}

pub(crate) fn launch_url() -> Url {
    LAUNCH_URL.parse().unwrap()
}

/// The code of the refusal.
pub(crate) fn code(outcome: Result<Launch, Error>) -> &'static str {
    outcome.map_or_else(|error| error.code(), |_| "accepted")
}
