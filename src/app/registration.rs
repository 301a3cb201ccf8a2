//! Dynamic registration: asks a platform who it is, registers with it, and keeps it; or keeps nothing.

use axum::http::StatusCode;
use jiff::Timestamp;
use lti13_tool::{MessageType, Registration, RegistrationError, RegistrationRequest, ToolConfiguration};
use url::Url;

use super::{App, decide, random};
use crate::config::Config;
use crate::outgoing::OutgoingError;
use crate::private::{Private, Secret, SecretHash};
use crate::store::{Decision, Store, StoreError, StoredPlatform};

/// Why a registration came to nothing. The link works on, unless it is the link.
#[derive(Debug, thiserror::Error)]
pub enum RegistrationFailure {
    #[error("the registration link is used up, too old, or was never made")]
    Link,
    #[error("a registration with this link is under way")]
    Busy,
    #[error(transparent)]
    Protocol(#[from] RegistrationError),
    #[error("the platform's configuration cannot be fetched")]
    Configuration(#[source] OutgoingError),
    #[error("the platform cannot be reached at its registration address")]
    Endpoint(#[source] OutgoingError),
    #[error("the platform stands in the configuration file under this client id")]
    Configured,
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// A platform that is registered now.
#[derive(Debug)]
pub struct Registered {
    /// `moodle`, `canvas` …; empty if it does not say it.
    pub product: String,
    pub registration: Registration,
}

/// Ourselves, as every way to register us needs it.
pub fn tool(config: &Config, description: String) -> ToolConfiguration {
    let at = |path: &str| {
        let mut url = config.public_url.clone();
        url.set_path(path);
        url
    };
    ToolConfiguration {
        name: "Sprechzimmer".to_owned(),
        description,
        names: Vec::new(),
        login_url: at("/lti/login"),
        launch_url: at("/lti/launch"),
        keys_url: at("/lti/keys"),
        logo_url: at("/lti/icon.svg"),
        messages: vec![MessageType::ResourceLink, MessageType::DeepLinking],
    }
}

/// The address that an administrator enters in the learning platform; it works once.
pub fn link(config: &Config, secret: &str) -> Url {
    let mut url = config.public_url.clone();
    url.set_path(&format!("/lti/register/{secret}"));
    url
}

/// Makes a link by which a platform registers itself under this name.
pub async fn invite(store: &Store, config: &Config, name: &str, decision: &Decision) -> Result<Url, StoreError> {
    let secret = Secret::new(random());
    store.invite_platform(&secret.hash(), name, decision).await?;
    Ok(link(config, &secret.expose()))
}

/// Registers with the platform that asks, by an invitation that is used up only when everything has succeeded.
pub async fn register(
    app: &App,
    invitation: &SecretHash,
    request: &RegistrationRequest,
    tool: &ToolConfiguration,
    now: Timestamp,
) -> Result<Registered, RegistrationFailure> {
    let name = match app.store.platform_invitation(invitation, now).await {
        Err(StoreError::NotFound) => return Err(RegistrationFailure::Link),
        name => name?,
    };
    match app.store.claim_invitation(invitation, now).await {
        Err(StoreError::NotFound) => return Err(RegistrationFailure::Busy),
        claimed => claimed?,
    }
    let outcome = async {
        let registered = ask(app, request, tool).await?;
        let platform = StoredPlatform {
            name,
            product: registered.product.clone(),
            registration: registered.registration.clone(),
        };
        app.store
            .keep_platform(&platform, Some(invitation), &decide(now))
            .await?;
        Ok(registered)
    };
    match outcome.await {
        Ok(registered) => {
            // the others ask the database within seconds
            app.platforms.renew(&app.store, now).await?;
            Ok(registered)
        }
        Err(failure) => {
            app.store.give_back_invitation(invitation).await?;
            Err(failure)
        }
    }
}

/// Two questions to the platform, within ten seconds.
async fn ask(
    app: &App,
    request: &RegistrationRequest,
    tool: &ToolConfiguration,
) -> Result<Registered, RegistrationFailure> {
    let document = app.outgoing.read(request.configuration_url()).await;
    let document = document.map_err(RegistrationFailure::Configuration)?;
    let platform = request.read_configuration(document.body.expose())?;
    let authorization = request.token().map(|token| Private::new(format!("Bearer {token}")));
    let body = tool.request(&platform);
    let answer = app.outgoing.post_json(platform.registration_url(), authorization, body);
    let answer = answer.await.map_err(RegistrationFailure::Endpoint)?;
    let registration = platform.read_answer(answer.status, answer.body.expose())?;
    let is_it = |known: &&lti13_tool::Platform| {
        known.issuer() == registration.issuer && known.client_id().as_str() == registration.client_id
    };
    if app.config.platforms.iter().find(is_it).is_some() {
        return Err(RegistrationFailure::Configured);
    }
    Ok(Registered {
        product: platform.product().to_owned(),
        registration,
    })
}

impl RegistrationFailure {
    /// Short stable name, for the log and for the choice of words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Link => "registration_link",
            Self::Busy => "registration_busy",
            Self::Protocol(error) => error.code(),
            Self::Configuration(OutgoingError::Inward) | Self::Endpoint(OutgoingError::Inward) => "address_inward",
            Self::Configuration(_) => "configuration_unavailable",
            Self::Endpoint(_) => "registration_unavailable",
            Self::Configured => "platform_configured",
            Self::Store(_) => "store",
        }
    }

    /// For the answer: whose fault it is.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Link => StatusCode::GONE,
            Self::Busy | Self::Configured => StatusCode::CONFLICT,
            Self::Protocol(_) => StatusCode::BAD_REQUEST,
            Self::Configuration(_) | Self::Endpoint(_) => StatusCode::BAD_GATEWAY,
            Self::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The clause that demands it.
    pub fn clause(&self) -> &'static str {
        match self {
            Self::Protocol(error) => error.clause(),
            Self::Configuration(_) => "LTI Dynamic Registration 1.0 §3.4",
            Self::Endpoint(_) | Self::Configured => "LTI Dynamic Registration 1.0 §3.6",
            Self::Link | Self::Busy | Self::Store(_) => "LTI Dynamic Registration 1.0 §3.3",
        }
    }
}
