//! A learning platform: its keys at the wire, its forms by hand.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use lti13_tool::UnixTime;
use lti13_tool::testing::{LaunchClaims, SimulatedPlatform};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

use super::browser::{Browser, Container, Sender};
use super::page::Page;
use super::services::Services;

/// How the platform answers when it is asked for its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Well,
    /// Never answers.
    Hanging,
    /// Answers with status 500.
    Broken,
}

/// One platform.
pub(crate) struct Lms {
    pub(crate) platform: SimulatedPlatform,
    pub(crate) services: Arc<Services>,
    tool: Url,
    wire: Arc<Wire>,
    serving: JoinHandle<()>,
}

struct Wire {
    keys: Mutex<String>,
    /// So many seconds its clock is ahead.
    clock: AtomicI64,
    mood: watch::Sender<Mood>,
    hits: AtomicUsize,
}

/// A login that has begun: the browser was sent to the platform.
pub(crate) struct Begun {
    pub(crate) authorization_url: Url,
    /// What a script would have kept in the frame's storage.
    pub(crate) pending: Option<String>,
    pub(crate) page: Page,
}

impl Lms {
    pub(crate) async fn start(tool: &Url) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let platform = SimulatedPlatform::new(&base, &tool.join("/lti/launch").unwrap());
        let wire = Arc::new(Wire {
            keys: Mutex::new(platform.key_set_json()),
            clock: AtomicI64::new(0),
            mood: watch::Sender::new(Mood::Well),
            hits: AtomicUsize::new(0),
        });
        let services = Services::new(&platform, tool);
        let keys = Router::new().route("/keys", get(keys)).with_state(wire.clone());
        let router = keys.merge(services.routes());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            platform,
            services,
            tool: tool.clone(),
            wire,
            serving,
        }
    }

    pub(crate) fn set(&self, mood: Mood) {
        self.wire.mood.send_replace(mood);
    }

    /// Where its pages are.
    pub(crate) fn origin(&self) -> String {
        let url: Url = self.platform.issuer().parse().unwrap();
        url.origin().ascii_serialization()
    }

    /// Publishes another key set from now on.
    pub(crate) fn publish(&self, keys: &Value) {
        *self.wire.keys.lock().unwrap() = json!({ "keys": keys }).to_string();
    }

    /// Puts its clock forward, or back.
    pub(crate) fn put_clock_forward(&self, seconds: i64) {
        self.wire.clock.store(seconds, Ordering::SeqCst);
    }

    /// What its clock says.
    fn clock(&self) -> UnixTime {
        self.wire.clock()
    }

    /// How often the keys were asked for.
    pub(crate) fn hits(&self) -> usize {
        self.wire.hits.load(Ordering::SeqCst)
    }

    /// The whole way of a launch, as a browser with cookies goes it.
    pub(crate) async fn launch(&self, browser: &Browser, claims: &LaunchClaims, container: Container) -> Page {
        let begun = self.begin(browser, container).await;
        let form = self.answer(&begun, claims);
        self.post(browser, &form, container).await
    }

    /// The login initiation, up to the moment where the browser leaves for the platform.
    pub(crate) async fn begin(&self, browser: &Browser, container: Container) -> Begun {
        let target = self.tool.join("/lti/launch").unwrap();
        let form = self.platform.login_form(target.as_str(), "4711");
        let page = browser
            .send(Sender::Platform(&self.platform), container, "/lti/login", &form)
            .await;
        let link = page.attribute("[data-launch=keep]", "href");
        let address = page.location.clone().or(link);
        Begun {
            authorization_url: address.unwrap_or_else(|| panic!("{}", page.text())).parse().unwrap(),
            pending: page.attribute("[data-launch=keep]", "data-pending"),
            page,
        }
    }

    /// The form by which the platform answers.
    pub(crate) fn answer(&self, begun: &Begun, claims: &LaunchClaims) -> Vec<(String, String)> {
        let request = self.platform.receive(&begun.authorization_url).unwrap();
        self.platform.answer(&request, claims, self.clock()).fields
    }

    /// The answer with a token of one's own making.
    pub(crate) fn answer_with(&self, begun: &Begun, token: impl FnOnce(&str) -> String) -> Vec<(String, String)> {
        let request = self.platform.receive(&begun.authorization_url).unwrap();
        request.answered_with(token(request.nonce())).fields
    }

    /// Lets the browser post the platform's answer.
    pub(crate) async fn post(&self, browser: &Browser, form: &[(String, String)], container: Container) -> Page {
        let sender = Sender::Platform(&self.platform);
        browser.send(sender, container, "/lti/launch", form).await
    }
}

impl Wire {
    fn clock(&self) -> UnixTime {
        UnixTime::from_seconds(now().seconds() + self.clock.load(Ordering::SeqCst))
    }
}

impl Drop for Lms {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn keys(State(wire): State<Arc<Wire>>) -> Response {
    wire.hits.fetch_add(1, Ordering::SeqCst);
    let mut mood = wire.mood.subscribe();
    let mood = *mood.wait_for(|mood| *mood != Mood::Hanging).await.unwrap();
    match mood {
        Mood::Well => {
            let date = Timestamp::from_second(wire.clock().seconds()).unwrap();
            let date = rfc2822::DateTimePrinter::new()
                .timestamp_to_rfc9110_string(&date)
                .unwrap();
            ([(header::DATE, date)], wire.keys.lock().unwrap().clone()).into_response()
        }
        Mood::Hanging | Mood::Broken => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the service under test reads the real clock, so its platform must as well"
)]
pub(crate) fn now() -> UnixTime {
    std::time::SystemTime::now().into()
}
