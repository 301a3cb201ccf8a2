//! A school: the running service, a learning platform at the wire, and people with browsers.
//!
//! ```ignore
//! let world = World::start().await;
//! let teacher = world.launch(TEACHER).await;          // in an own tab, with the visit begun
//! let page = teacher.get("/overview").await;
//! page.form("/consultations").set("name", "Mia").send(&teacher).await;
//! ```

mod authenticator;
mod authority;
pub(crate) mod bigbluebutton;
mod browser;
mod call;
mod configuration;
mod front;
mod live;
mod lms;
mod page;
mod personas;
mod program;
mod replicas;
pub(crate) mod rooms;
mod server;
mod services;
mod talk;
mod wire;

use std::net::SocketAddr;
use std::sync::Arc;

use jiff::Timestamp;
use lti13_tool::Platform;
use lti13_tool::testing::LaunchClaims;
use sprechzimmer::app::App;
use sprechzimmer::backend::embedded::{Embedded, OnePort, Settings};
use sprechzimmer::backend::{Backend, Backends};
use sprechzimmer::config::{BackendKind, Config};
use sprechzimmer::http;
use sprechzimmer::http::guard::Peer;
use sprechzimmer::private::Secret;
use sprechzimmer::store::{Store, Visit};
use sprechzimmer::vault::Vault;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use url::Url;

use configuration::configuration;
use program::Program;

pub(crate) use authenticator::{Answer, Authenticator};
pub(crate) use authority::{Authority, Issued, trusting};
pub(crate) use browser::{Browser, Container, Sender};
pub(crate) use call::Call;
pub(crate) use front::Front;
pub(crate) use live::{Events, PATIENCE, recovered, until};
pub(crate) use lms::{Lms, Mood, now};
pub(crate) use page::Page;
pub(crate) use personas::{ADMINISTRATOR, AUNT, COLLEAGUE, MANAGER, MOTHER, PUPIL, Persona, TEACHER, UNCLE, personal};
pub(crate) use program::TRUSTED;
pub(crate) use replicas::{NAMES, Replicas};
pub(crate) use server::Server;
pub(crate) use services::{COURSE, Fault};

pub(crate) use talk::{Guest, Talk, redeem};
pub(crate) use wire::{Side, WebWire, Wire};

use crate::databases::Database;
use crate::logs;

/// Everything stops and vanishes when it goes out of scope; it fails the test if a log line named a person.
pub(crate) struct World {
    pub(crate) url: Url,
    pub(crate) lms: Lms,
    /// With the database and the key file.
    pub(crate) folder: TempDir,
    config: Config,
    /// The service has threads of its own, as a process has: it can die in the middle of something.
    running: Option<Runtime>,
    /// Or it is the real program.
    program: Option<Program>,
}

impl World {
    /// The service as configured by default, on SQLite.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// The service on a database that outlives it.
    pub(crate) async fn on(database: &Database) -> Self {
        Self::with(|config| config.database.clone_from(&database.url)).await
    }

    /// The service with a changed configuration.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let (mut world, listener) = Self::site(change).await;
        world.run(listener);
        world
    }

    /// Only the pages: nothing looks into rooms and nothing is erased until the test does it, at any time it likes.
    pub(crate) async fn unattended(database: &Database) -> (Self, Arc<App>) {
        Self::unattended_where(|config| config.database.clone_from(&database.url)).await
    }

    pub(crate) async fn unattended_where(change: impl FnOnce(&mut Config)) -> (Self, Arc<App>) {
        let (mut world, listener) = Self::site(change).await;
        let (config, runtime) = (world.config.clone(), runtime());
        let app = runtime.spawn(serve_pages(config, listener)).await.unwrap();
        world.running = Some(runtime);
        (world, app)
    }

    async fn site(change: impl FnOnce(&mut Config)) -> (Self, TcpListener) {
        logs::capture();
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let url: Url = format!("http://localhost:{port}").parse().unwrap();
        let lms = Lms::start(&url).await;
        let platform = Platform::new(lms.platform.registration()).unwrap();
        let kind = BackendKind::Embedded {
            udp: Vec::new(),
            announce: vec![format!("turn:localhost:{port}?transport=tcp")],
        };
        let mut config = configuration(folder.path(), &url, platform, kind);
        change(&mut config);
        let world = Self {
            url,
            lms,
            folder,
            config,
            running: None,
            program: None,
        };
        (world, listener)
    }

    fn run(&mut self, listener: TcpListener) {
        let (config, runtime) = (self.config.clone(), runtime());
        // a socket belongs to the threads that serve it
        let listener = listener.into_std().unwrap();
        runtime.spawn(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            let running = sprechzimmer::run(config, listener, futures_util::stream::pending());
            Box::pin(running).await.unwrap();
        });
        self.running = Some(runtime);
    }

    /// The service is gone from one moment to the next, whatever it was doing.
    pub(crate) fn crash(&mut self) {
        self.running.take().unwrap().shutdown_background();
    }

    /// Starts again after a crash, at the same address and on the same database.
    pub(crate) async fn restart(&mut self, change: impl FnOnce(&mut Config)) {
        change(&mut self.config);
        let address = SocketAddr::from(([127, 0, 0, 1], self.url.port().unwrap()));
        let listener = until("the port is free", async || TcpListener::bind(address).await.ok()).await;
        self.run(listener);
    }

    /// Waits until talks can be opened.
    pub(crate) async fn is_ready(&self) {
        until("ready", async || {
            let page = self.browser().get("/readyz").await;
            (page.body == "ready\n").then_some(())
        })
        .await;
    }

    /// The database, beside the running service.
    pub(crate) async fn store(&self) -> Store {
        let vault = Vault::parse(&Vault::key_line(1, &[7; 32])).unwrap();
        Store::connect(&self.config.database, Arc::new(vault)).await.unwrap()
    }

    /// What is known of whoever sits at this browser.
    pub(crate) async fn visit(&self, browser: &Browser) -> Visit {
        let secret = Secret::parse(&browser.cookie("__Host-visit").unwrap()).unwrap();
        let now = Timestamp::from_second(now().seconds()).unwrap();
        self.store().await.visit(&secret.hash(), now).await.unwrap()
    }

    /// A browser that has never been here.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(&self.url)
    }

    /// Somebody opens the activity in a new window; their visit has begun.
    pub(crate) async fn launch(&self, persona: Persona) -> Browser {
        self.launch_with(&persona.claims()).await
    }

    /// The same with claims of one's own.
    pub(crate) async fn launch_with(&self, claims: &LaunchClaims) -> Browser {
        let (browser, page) = self.arrive(claims).await;
        assert!(browser.cookie("__Host-visit").is_some(), "{}", page.text());
        browser
    }

    /// Somebody opens the activity in a new window, wherever that leads. Whoever is asked for a passkey wants none now.
    pub(crate) async fn arrive(&self, claims: &LaunchClaims) -> (Browser, Page) {
        let browser = self.browser();
        let page = self.lms.launch(&browser, claims, Container::Tab).await;
        let page = later(&browser, page).await;
        (browser, page)
    }

    /// The same person launches once more in the same browser.
    pub(crate) async fn launch_again(&self, browser: &Browser, persona: Persona) -> Page {
        let page = self.lms.launch(browser, &persona.claims(), Container::Tab).await;
        later(browser, page).await
    }

    /// Somebody opens the activity in the frame of the course; the page in the frame is the answer.
    pub(crate) async fn launch_in_frame(&self, persona: Persona) -> (Browser, Page) {
        let browser = self.browser();
        let page = self.lms.launch(&browser, &persona.claims(), Container::Frame).await;
        (browser, page)
    }
}

/// Answers the question for a passkey.
pub(crate) async fn later(browser: &Browser, page: Page) -> Page {
    if page.path == "/passkey/new" {
        return page.form("/passkey/new").to("/passkey/later").send(browser).await;
    }
    page
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown_background();
        }
        if !std::thread::panicking() {
            logs::assert_nobody_is_named();
        }
    }
}

fn runtime() -> Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().unwrap()
}

async fn serve_pages(config: Config, listener: TcpListener) -> Arc<App> {
    let listener = TcpListener::from_std(listener.into_std().unwrap()).unwrap();
    let embedded = Embedded::start(Settings::default()).await.unwrap();
    let port = OnePort::new(listener, None, Some(embedded.relay())).unwrap();
    let vault = Vault::parse(&std::fs::read_to_string(&config.key_file).unwrap()).unwrap();
    let store = Store::connect(&config.database, Arc::new(vault)).await.unwrap();
    let backends = config.backends.iter().map(|settings| {
        let backend = match &settings.kind {
            BackendKind::Embedded { .. } => Backend::Embedded(embedded.clone()),
            BackendKind::BigBlueButton(settings) => Backend::BigBlueButton(settings.backend()),
            BackendKind::Jitsi(settings) => Backend::Jitsi(settings.backend()),
        };
        settings.entry(backend)
    });
    let backends = Backends::new(backends.collect());
    let app = Arc::new(App::new(config, store, backends));
    let pages = http::router(app.clone()).into_make_service_with_connect_info::<Peer>();
    tokio::spawn(async move { axum::serve(port, pages).await.unwrap() });
    app
}
