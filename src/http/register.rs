//! The page behind a registration link: in the frame of a learning platform it registers, opened by hand it explains.

pub(super) mod failure;
mod guide;

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path, RawQuery, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use i18n_embed_fl::fl;
use lti13_tool::{RegistrationRequest, ToolConfiguration};
use url::form_urlencoded;

use super::client::Client;
use super::guard::{Now, infallible};
use super::headers::FramedByAnybody;
use crate::app::App;
use crate::app::registration::{RegistrationFailure, register, tool};
use crate::error::Failure;
use crate::page::{Assets, Frame, Language, show as render};
use crate::private::{Secret, SecretHash};
use crate::store::StoreError;
use guide::{Guide, Make};

#[derive(Template)]
#[template(path = "register/ask.html")]
struct AskPage {
    page: Frame,
    /// What the administrator calls the platform.
    name: String,
    host: String,
    invitation: String,
    configuration_url: String,
    token: String,
}

#[derive(Template)]
#[template(path = "register/done.html")]
struct DonePage {
    page: Frame,
    guide: Guide,
    /// The platform has named no deployment, so the first launch has to be approved.
    approval: bool,
}

#[derive(Template)]
#[template(path = "register/guide.html")]
struct GuidePage {
    page: Frame,
    name: String,
    link: String,
    tool: ToolConfiguration,
    guides: Vec<Guide>,
}

/// Proof: the path holds the secret of a registration link that still works.
pub(super) struct Invited {
    secret: String,
    /// What the administrator calls the platform.
    name: String,
}

impl FromRequestParts<Arc<App>> for Invited {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let Client(address) = infallible(Client::from_request_parts(parts, app).await);
        let Now(now) = infallible(Now::from_request_parts(parts, app).await);
        app.limits.redeem(address)?;
        let path = Path::<String>::from_request_parts(parts, app).await;
        let Path(secret) = path.map_err(|_| RegistrationFailure::Link)?;
        match app.store.platform_invitation(&hash(&secret)?, now).await {
            Err(StoreError::NotFound) => Err(RegistrationFailure::Link.into()),
            name => Ok(Self { name: name?, secret }),
        }
    }
}

/// Nothing happens yet: the administrator sees who asks.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Invited { secret, name }: Invited,
    page: Frame,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let query = query.unwrap_or_default();
    if query.is_empty() {
        let guides = Make::ALL.iter().map(|make| make.before(page.words)).collect();
        return render(&GuidePage {
            link: crate::app::registration::link(&app.config, &secret).into(),
            tool: ourselves(&app),
            guides,
            name,
            page,
        });
    }
    let request = RegistrationRequest::from_urlencoded(&query).map_err(RegistrationFailure::from)?;
    let shown = render(&AskPage {
        name,
        host: request.configuration_url().host_str().unwrap_or_default().to_owned(),
        invitation: secret,
        configuration_url: request.configuration_url().to_string(),
        token: request.token().unwrap_or_default().to_owned(),
        page,
    })?;
    Ok(framed(shown))
}

/// The one click. The secret is in the form, so that no layer in between can write it down with the path.
pub(super) async fn connect(
    State(app): State<Arc<App>>,
    Client(address): Client,
    Now(now): Now,
    page: Frame,
    body: Bytes,
) -> Result<Response, Failure> {
    app.limits.redeem(address)?;
    let request = RegistrationRequest::from_urlencoded(&body).map_err(RegistrationFailure::from)?;
    let mut fields = form_urlencoded::parse(&body);
    let secret = fields.find(|(name, _)| name == "invitation").map(|(_, value)| value);
    let invitation = hash(&secret.unwrap_or_default())?;
    let registered = register(&app, &invitation, &request, &ourselves(&app), now).await?;
    tracing::info!(
        issuer = registered.registration.issuer,
        product = registered.product,
        "a learning platform has been registered by link"
    );
    let shown = render(&DonePage {
        approval: registered.registration.deployments.is_empty(),
        guide: Make::of(&registered.product).after(page.words),
        page,
    })?;
    Ok(framed(shown))
}

/// For platforms that take the whole configuration of a tool from an address, as Canvas does.
pub(super) async fn configuration(State(app): State<Arc<App>>) -> Response {
    Json(ourselves(&app).canvas()).into_response()
}

/// Shown by the platforms, on pages of theirs.
pub(super) async fn icon() -> Result<Response, Failure> {
    let icon = Assets::get("icon.svg").ok_or(Failure::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        (super::headers::RESOURCE_POLICY, "cross-origin"),
    ];
    Ok((headers, icon.data.into_owned()).into_response())
}

fn ourselves(app: &App) -> ToolConfiguration {
    tool(&app.config, fl!(Language::German.words(), "register-description"))
}

fn hash(secret: &str) -> Result<SecretHash, Failure> {
    let secret = Secret::parse(secret).ok_or(RegistrationFailure::Link)?;
    Ok(secret.hash())
}

/// The frame belongs to a platform that is not registered yet. Who frames this page knows the secret, and could do without it.
fn framed(mut response: Response) -> Response {
    response.extensions_mut().insert(FramedByAnybody);
    response
}
