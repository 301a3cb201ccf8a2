//! Login initiation: a platform says that somebody wants in, and the browser is sent to prove it there.

use std::sync::Arc;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use i18n_embed_fl::fl;
use lti13_tool::{Error, LoginRequest};
use url::Url;

use super::binding;
use super::caller::{Caller, Container};
use crate::app::{App, random};
use crate::error::{Failure, LaunchRefusal};
use crate::http::headers::Framed;
use crate::page::{Frame, show};

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    page: Frame,
    address: String,
    state: String,
    sealed: String,
    /// The only origin that may be told it.
    platform: String,
    /// The platform's frame that stores for tools, if it offers one.
    target: Option<String>,
}

pub(in crate::http) async fn login_by_query(
    State(app): State<Arc<App>>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    login(&app, caller, query.unwrap_or_default().as_bytes()).await
}

pub(in crate::http) async fn login_by_form(
    State(app): State<Arc<App>>,
    caller: Caller,
    body: Bytes,
) -> Result<Response, Failure> {
    login(&app, caller, &body).await
}

/// Anybody can send a browser here, and platforms do so also for people who may not enter: nothing is stored, nothing of the
/// message is logged.
async fn login(app: &App, caller: Caller, message: &[u8]) -> Result<Response, Failure> {
    app.limits.login(caller.address)?;
    let request = LoginRequest::from_urlencoded(message)?;
    let facts = facts(&request);
    let refuse = |error: Error| LaunchRefusal::from(error).with_facts(facts.clone());
    let platform = app.platforms.choose(&app.store, &request, caller.now).await;
    let platform = platform.map_err(&refuse)?;
    let target = request.storage_target().map(str::to_owned);
    let (address, pending) = request
        .begin(&platform, &app.launch_url(), random(), caller.unix_time())
        .map_err(&refuse)?;
    let sealed = binding::seal(app.vault(), &pending).ok_or(Failure::Unexpected("a login could not be sealed"))?;
    let jar = binding::keep(caller.jar, caller.container, pending.state(), &sealed);
    match caller.container {
        Container::Tab => Ok((jar, see_other(&address)).into_response()),
        Container::Frame => {
            let page = LoginPage {
                page: caller.frame,
                address: address.into(),
                state: pending.state().to_owned(),
                sealed,
                platform: binding::storage_origin(&platform),
                target,
            };
            let mut response = (jar, show(&page)?).into_response();
            response.extensions_mut().insert(Framed);
            Ok(response)
        }
    }
}

fn see_other(address: &Url) -> Redirect {
    Redirect::to(address.as_str())
}

/// What an administrator must compare with the registration. It names no person, but anybody can have written it: it goes on the
/// page of whoever sent it, not into the log.
fn facts(request: &LoginRequest) -> Vec<(&'static str, String)> {
    let mut facts = vec![("issuer", request.issuer().to_owned())];
    facts.extend(request.client_id().map(|id| ("client_id", id.as_str().to_owned())));
    facts.extend(
        request
            .deployment_id()
            .map(|id| ("deployment_id", id.as_str().to_owned())),
    );
    facts
}
