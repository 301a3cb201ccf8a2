//! The platform's answer: verified, used up, and turned into a visit.

use std::sync::Arc;

use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use i18n_embed_fl::fl;
use jiff::Timestamp;
use lti13_tool::{
    DeepLinkingRequest, DeploymentId, Error, KeySet, Launch, LaunchResponse, Message, NonceUse, Pending, Platform,
    Unspent,
};
use url::form_urlencoded;

use super::binding;
use super::caller::{Caller, Container};
use super::{log, visitor};
use crate::app::{App, random};
use crate::error::{Failure, LaunchRefusal};
use crate::http::guard;
use crate::http::headers::Framed;
use crate::http::placing::{Link, ask, first_page, nowhere};
use crate::http::start::StartPage;
use crate::page::{Frame, Language, show};
use crate::private::Secret;
use crate::store::{self, Arrival, Nonce, Visit, WayIn};

#[derive(Template)]
#[template(path = "launch.html")]
struct ReturnPage {
    page: Frame,
    /// What the browser is asked for; nothing if it has been asked already.
    ask: Option<Ask>,
    container: Container,
    /// Where the course may be: the platform's own address.
    back: Option<String>,
}

/// A question to the browser: did you begin this login?
struct Ask {
    id_token: String,
    state: String,
    /// The origin of the platform's own storage, which may know it as well.
    platform: Option<String>,
    /// `lti_storage_target`, where the platform repeats it at the launch (Canvas).
    target: Option<String>,
}

pub(in crate::http) async fn launch(
    State(app): State<Arc<App>>,
    mut caller: Caller,
    body: Bytes,
) -> Result<Response, Failure> {
    app.limits.launch(caller.address)?;
    let response = LaunchResponse::from_urlencoded(&body)?;
    let state = response.state().to_owned();
    let pending = binding::find(app.vault(), &caller, &state, field(&body, "pending").as_deref());
    let Some(pending) = pending else {
        return ask_browser(&app, caller, &body, &response);
    };
    let platform = registered(&app, &pending, caller.now).await?;
    // another platform's word about this browser counts for nothing
    if field(&body, "storage").is_some_and(|origin| origin != binding::storage_origin(&platform)) {
        return Err(LaunchRefusal::from(Error::StateMismatch).at(&platform).into());
    }
    let clock = || app.platform_keys.clock_ahead(&platform);
    let refuse = |error: Error| LaunchRefusal::from(error).at(&platform).with_clock(clock());
    let keys = keys(&app, &platform, response.key_id(), caller.now).await?;
    let unspent = response
        .verify(pending, &platform, &keys, caller.unix_time())
        .map_err(refuse)?;
    let nonce = nonce(&app, &unspent)?;
    let deployment = unspent.deployment_id();
    // believed only if the transaction that keeps it is also the first to spend its nonce
    let launch = match unspent.spend(NonceUse::First) {
        Err(Error::DeploymentUnknown) => return Err(unapproved(&app, &platform, deployment, caller.now).await),
        launch => launch.map_err(refuse)?,
    };
    caller.jar = binding::forget(caller.jar, &state);
    let arrived = match launch.message() {
        Message::DeepLinking(request) => choose(&app, caller, (&launch, request), &nonce).await?,
        _ => open(&app, caller, &launch, nonce).await?,
    };
    let shown = arrived.ok_or_else(|| refuse(Error::NonceSpent))?;
    app.counters.launched();
    log::accepted(&launch);
    Ok(shown)
}

/// Somebody opens an activity. Nothing, if the nonce was spent before.
async fn open(app: &App, caller: Caller, launch: &Launch, nonce: Nonce) -> Result<Option<Response>, Failure> {
    let mut visit = visitor::visit(app, launch, caller.frame.language);
    let link = Link::of(app, launch, visit.course.as_ref()).await?;
    if let Some(page) = nowhere(&link, frame(app, &visit.language))? {
        let first = app.store.spend(&nonce).await? == store::NonceUse::First;
        return Ok(first.then(|| (caller.jar, page).into_response()));
    }
    if let Link::Here(id) = link {
        visit.link = Some(id);
    }
    let secret = Secret::new(random());
    let way = match caller.container {
        Container::Tab => WayIn::Tab(secret.hash()),
        Container::Frame => WayIn::Frame(secret.hash()),
    };
    let arrival = Arrival {
        nonce,
        way,
        visit: &visit,
    };
    if app.store.keep_launch(&arrival, caller.now).await? == store::NonceUse::Seen {
        return Ok(None);
    }
    match caller.container {
        Container::Tab => {
            let first = first_page(app, &visit).await?;
            Ok(Some(enter(caller.jar, &visit, &secret, &first)))
        }
        Container::Frame => offer(caller.jar, app, &visit, &secret).map(Some),
    }
}

/// Somebody chooses what shall stand in the course (Deep Linking 2.0 §2). Nothing, if the nonce was spent before.
async fn choose(
    app: &App,
    caller: Caller,
    (launch, request): (&Launch, &DeepLinkingRequest),
    nonce: &Nonce,
) -> Result<Option<Response>, Failure> {
    let choice = visitor::choice(app, launch, request, caller.frame.language);
    let secret = Secret::new(random());
    let hash = secret.hash();
    if app.store.keep_choice(nonce, &hash, &choice, caller.now).await? == store::NonceUse::Seen {
        return Ok(None);
    }
    let page = ask(app, &choice, &secret).await?;
    Ok(Some((caller.jar, page).into_response()))
}

/// Nothing ties this answer to this browser yet. Perhaps the frame's own storage does, or the platform's, which only a script of
/// ours can read; it is asked once.
fn ask_browser(app: &App, caller: Caller, body: &[u8], response: &LaunchResponse) -> Result<Response, Failure> {
    let asked = caller.from_us && field(body, "pending").is_some();
    let ask = Ask {
        id_token: field(body, "id_token").unwrap_or_default(),
        state: response.state().to_owned(),
        platform: storage(app, response),
        target: field(body, "lti_storage_target"),
    };
    let page = ReturnPage {
        back: way_back(app, caller.origin.as_deref()),
        page: caller.frame,
        ask: (!asked).then_some(ask),
        container: caller.container,
    };
    let mut response = show(&page)?;
    response.extensions_mut().insert(Framed);
    Ok(response)
}

/// The storage of the platform that the token names. Nothing is believed yet: a token that lies is refused later.
fn storage(app: &App, response: &LaunchResponse) -> Option<String> {
    let issuer = response.claimed_issuer()?;
    let platforms = app.platforms.known();
    let platform = platforms.iter().find(|platform| platform.issuer() == issuer)?;
    Some(binding::storage_origin(platform))
}

/// The platform that sent the form, or the only one there is.
fn way_back(app: &App, origin: Option<&str>) -> Option<String> {
    let platforms = app.platforms.known();
    let is_sender =
        |platform: &&Platform| Some(platform.authorization_url().origin().ascii_serialization().as_str()) == origin;
    let sender = platforms.iter().find(is_sender);
    Some(sender.or(platforms.only())?.issuer().to_owned())
}

/// The registration may have been changed while somebody logged in.
async fn registered(app: &App, pending: &Pending, now: Timestamp) -> Result<Arc<Platform>, Failure> {
    let platforms = app.platforms.current(&app.store, now).await;
    let platform = platforms.find(pending.issuer(), pending.client_id().as_str());
    platform.ok_or_else(|| Error::PlatformMismatch.into())
}

/// A known platform speaks of a deployment that nobody has approved (LTI Core 1.3 §3.1.3): refused, and remembered for
/// whoever may approve it. The token is genuine, so the platform itself has named it.
async fn unapproved(app: &App, platform: &Platform, deployment: Option<DeploymentId>, now: Timestamp) -> Failure {
    let Some(deployment) = deployment else {
        return LaunchRefusal::from(Error::DeploymentUnknown).at(platform).into();
    };
    let (issuer, client_id) = (platform.issuer(), platform.client_id().as_str());
    match app
        .store
        .meet_deployment(issuer, client_id, deployment.as_str(), now)
        .await
    {
        Ok(()) => LaunchRefusal::unapproved(platform, &deployment).into(),
        Err(error) => error.into(),
    }
}

async fn keys(app: &App, platform: &Platform, key_id: Option<&str>, now: Timestamp) -> Result<Arc<KeySet>, Failure> {
    match key_id {
        Some(key_id) => {
            let found = app.platform_keys.find(platform, key_id, now).await;
            found.map_err(|error| LaunchRefusal::keys(&error).at(platform).into())
        }
        // verification says what is wrong; no key could help
        None => Ok(Arc::default()),
    }
}

fn nonce(app: &App, unspent: &Unspent) -> Result<Nonce, Failure> {
    let expires_at = Timestamp::from_second(unspent.expires().seconds()).map_err(|_| Failure::BadRequest("exp"))?;
    Ok(Nonce {
        hash: app.vault().tag("nonce", &[unspent.nonce()]),
        expires_at,
    })
}

/// In a tab of our own the visit begins at once.
fn enter(jar: CookieJar, visit: &Visit, secret: &Secret, first: &str) -> Response {
    let jar = jar.add(guard::cookie(guard::VISIT, secret));
    (guard::first_language(jar, &visit.language), Redirect::to(first)).into_response()
}

/// In a frame there is only a way out of it.
fn offer(jar: CookieJar, app: &App, visit: &Visit, secret: &Secret) -> Result<Response, Failure> {
    let page = StartPage {
        page: frame(app, &visit.language),
        handover: secret.expose(),
    };
    let mut response = (jar, show(&page)?).into_response();
    response.extensions_mut().insert(Framed);
    Ok(response)
}

/// In the language of the launch: a frame has no cookie that says another.
fn frame(app: &App, language: &str) -> Frame {
    let language = Language::parse(language).unwrap_or_default();
    Frame::new(language, &app.config.school.name, "/")
}

fn field(body: &[u8], name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(body);
    pairs
        .find(|(field, _)| field == name)
        .map(|(_, value)| value.into_owned())
        .filter(|value| !value.is_empty())
}
