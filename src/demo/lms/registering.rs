//! Dynamic registration, as the administrator of the small learning platform sees it: a link, a frame, and a tool to activate.

use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use i18n_embed_fl::fl;
use lti13_tool::testing::SimulatedPlatform;
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use super::people::Role;
use super::{School, answer, clock, frame, me, services};
use crate::app::decide;
use crate::app::registration::{RegistrationFailure, invite};
use crate::config::Config;
use crate::page::Frame;
use crate::store::{Store, StoreError};
use crate::vault::Vault;

/// The tool as a link has registered it, beside the one that was there from the beginning.
#[derive(Debug)]
pub(super) struct Registering {
    /// The same platform, as this tool knows it.
    pub(super) platform: SimulatedPlatform,
    /// Of the service: its links come from its database, as on the command line.
    service: Config,
    tool: Mutex<Option<Tool>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tool {
    pub(super) name: String,
    pub(super) login_url: String,
    pub(super) state: ToolState,
}

/// What has been registered is shown to nobody before an administrator has activated it, as in Moodle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ToolState {
    Pending,
    Active,
}

impl Registering {
    pub(super) fn new(platform: &SimulatedPlatform, service: Config) -> Self {
        let platform = platform
            .clone()
            .with_client_id("registered-client")
            .with_deployment("2");
        Self {
            platform,
            service,
            tool: Mutex::default(),
        }
    }

    pub(super) fn tool(&self) -> Option<Tool> {
        self.tool.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A second registration replaces the first, as the platform names the same client for it.
    fn keep(&self, tool: Tool) {
        *self.tool.lock().unwrap_or_else(PoisonError::into_inner) = Some(tool);
    }

    fn activate(&self) {
        if let Some(tool) = self.tool.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            tool.state = ToolState::Active;
        }
    }

    /// What `sprechzimmer platform invite` prints, with what the platform adds to it.
    async fn link(&self) -> Result<Url, RegistrationFailure> {
        let key = Zeroizing::new(std::fs::read_to_string(&self.service.key_file).unwrap_or_default());
        let vault = Vault::parse(&key).map_err(StoreError::from)?;
        let store = Store::connect(&self.service.database, Arc::new(vault)).await?;
        let now = jiff::Timestamp::from_second(clock().seconds()).unwrap_or(jiff::Timestamp::MAX);
        let link = invite(&store, &self.service, "Moodle am Stadtgarten", &decide(now)).await;
        store.close().await;
        let mut link = link?;
        link.query_pairs_mut()
            .append_pair("openid_configuration", &self.platform.configuration_url())
            .append_pair("registration_token", SimulatedPlatform::REGISTRATION_TOKEN);
        Ok(link)
    }
}

pub(super) fn routes() -> Router<Arc<School>> {
    Router::new()
        .route("/tools/register", post(open))
        .route("/tools/activate", post(activate))
        .route("/openid-configuration", get(configuration))
        .route("/register", post(register))
}

#[derive(Template)]
#[template(path = "demo_register.html")]
struct RegisterPage {
    page: Frame,
    link: String,
    /// Only the tool may close its frame.
    tool: String,
}

/// The page of the tool, in a frame of the administration.
async fn open(State(school): State<Arc<School>>, headers: HeaderMap) -> Response {
    if me(&headers).role != Role::Administrator {
        return StatusCode::FORBIDDEN.into_response();
    }
    match school.registering.link().await {
        Ok(link) => answer(&RegisterPage {
            page: frame(&headers, "/"),
            tool: link.origin().ascii_serialization(),
            link: link.into(),
        }),
        Err(failure) => (StatusCode::SERVICE_UNAVAILABLE, failure.to_string()).into_response(),
    }
}

async fn activate(State(school): State<Arc<School>>, headers: HeaderMap) -> Response {
    if me(&headers).role != Role::Administrator {
        return StatusCode::FORBIDDEN.into_response();
    }
    school.registering.activate();
    Redirect::to("/").into_response()
}

async fn configuration(State(school): State<Arc<School>>) -> Json<Value> {
    Json(school.registering.platform.openid_configuration())
}

/// The tool registers itself.
async fn register(State(school): State<Arc<School>>, headers: HeaderMap, body: Bytes) -> Response {
    let authorization = headers.get(header::AUTHORIZATION);
    let authorization = authorization.and_then(|value: &HeaderValue| value.to_str().ok());
    let registering = &school.registering;
    match registering.platform.registration_answer(authorization, &body) {
        Ok((registered, answer)) => {
            registering.keep(Tool {
                name: registered.name,
                login_url: registered.login_url,
                state: ToolState::Pending,
            });
            services::send(answer)
        }
        Err(refused) => services::send(refused),
    }
}
