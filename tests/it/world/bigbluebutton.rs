//! A school whose talks run on a BigBlueButton, and somebody's browser there.

use std::sync::Arc;

use jiff::Timestamp;
use reqwest::redirect::Policy;
use sprechzimmer::app::App;
use sprechzimmer::backend::bigbluebutton::Algorithm;
use sprechzimmer::config::{BackendKind, BackendSettings, BigBlueButtonSettings, Config};
use sprechzimmer::demo::bigbluebutton::FakeServer;
use sprechzimmer::private::Private;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use super::{Guest, Page, Talk, WebWire, World, until};
use crate::databases::Database;

pub(crate) const SECRET: &str = "639259d4-9dd8-4b25-bf01-95f9567eaf4b";

/// The server at the wire; it stops when it goes out of scope.
pub(crate) struct Server {
    pub(crate) fake: FakeServer,
    serving: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::accepting(&Algorithm::ALL).await
    }

    pub(crate) async fn accepting(algorithms: &[Algorithm]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let fake = FakeServer::with_algorithms(base, SECRET, algorithms.to_vec());
        let router = fake.router();
        Self {
            fake,
            serving: tokio::spawn(async move { axum::serve(listener, router).await.unwrap() }),
        }
    }

    /// The configuration that names it.
    pub(crate) fn settings(&self, calls_back: Option<&Url>) -> BigBlueButtonSettings {
        BigBlueButtonSettings {
            url: self.fake.url(),
            secret_file: "unused".into(),
            secret: Private::new(SECRET.to_owned()),
            checksum: Algorithm::default(),
            allow: Vec::new(),
            calls_back: calls_back.cloned(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

pub(crate) fn uses(config: &mut Config, server: &Server) {
    uses_as(config, server.settings(Some(&config.public_url)));
}

/// The only video system, reached in this way.
pub(crate) fn uses_as(config: &mut Config, mut settings: BigBlueButtonSettings) {
    settings.secret_file = config.key_file.with_file_name("bigbluebutton.secret");
    let kind = BackendKind::BigBlueButton(Box::new(settings));
    config.backends = vec![BackendSettings::new("bbb", kind)];
}

impl World {
    /// The service with a BigBlueButton as its only video system, on SQLite.
    pub(crate) async fn with_bigbluebutton() -> (Self, Server) {
        let server = Server::start().await;
        let world = Self::with(|config| uses(config, &server)).await;
        (world, server)
    }

    /// The real program with one.
    pub(crate) async fn program_with_bigbluebutton(database: &Database) -> (Self, Server) {
        let server = Server::start().await;
        let world = Self::program_with(database, |config| uses(config, &server)).await;
        (world, server)
    }

    /// The same, with a way to it on which requests can be late.
    pub(crate) async fn with_bigbluebutton_far_away(database: &Database) -> (Self, Server, WebWire) {
        let server = Server::start().await;
        let way = WebWire::to(&server.fake.url()).await;
        let world = Self::with(|config| {
            config.database.clone_from(&database.url);
            uses(config, &server);
            if let BackendKind::BigBlueButton(settings) = &mut config.backends[0].kind {
                settings.url = way.url.clone();
            }
        })
        .await;
        (world, server, way)
    }

    /// The same on a database that outlives it.
    pub(crate) async fn with_bigbluebutton_on(database: &Database) -> (Self, Server) {
        let server = Server::start().await;
        let world = Self::with(|config| {
            config.database.clone_from(&database.url);
            uses(config, &server);
        })
        .await;
        (world, server)
    }
}

impl World {
    /// Nothing looks into rooms and nothing is erased until the test does it.
    pub(crate) async fn unattended_with_bigbluebutton() -> (Self, Arc<App>, Server) {
        let server = Server::start().await;
        let (world, app) = Self::unattended_where(|config| uses(config, &server)).await;
        (world, app, server)
    }
}

/// Somebody's tab in the video system.
pub(crate) struct Tab {
    client: reqwest::Client,
    page: Url,
}

impl Tab {
    /// Opens the address that our page leads to.
    pub(crate) async fn open(led: &Page) -> Self {
        assert_eq!(led.status, 303, "{}", led.text());
        let client = reqwest::Client::builder().redirect(Policy::limited(3)).build().unwrap();
        let answer = client.get(led.location.clone().unwrap()).send().await.unwrap();
        assert!(answer.url().path().starts_with("/html5client/"), "{}", answer.url());
        Self {
            page: answer.url().clone(),
            client,
        }
    }

    /// Looks at the page once more, as it does by itself.
    pub(crate) async fn look(&self) -> String {
        let answer = self.client.get(self.page.clone()).send().await.unwrap();
        answer.text().await.unwrap()
    }

    /// Presses "leave", and answers where that leads.
    pub(crate) async fn leave(&self) -> Url {
        let client = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        let leave = format!("{}/leave", self.page);
        let answer = client.post(leave).send().await.unwrap();
        answer.headers()["location"].to_str().unwrap().parse().unwrap()
    }
}

impl Talk {
    /// The initiator goes into the room, in a tab of its own.
    pub(crate) async fn go_in(&self) -> Tab {
        let tab = Tab::open(&self.get("/room").await).await;
        tab.look().await;
        tab
    }

    /// Lets somebody in, here and there.
    pub(crate) async fn lets_in(&self, server: &Server, name: &str, guest: &Guest) -> Tab {
        guest.consent().await;
        guest.wait().await;
        self.admit(name).await;
        let led = until("to be led in", async || {
            let page = guest.get("/room").await;
            (page.status == 303).then_some(page)
        })
        .await;
        let tab = Tab::open(&led).await;
        server.fake.let_everybody_in();
        tab.look().await;
        tab
    }
}

/// Whether this room of ours is meant, in an id or in a query: the server wants ids of another shape, with the same beginning.
pub(crate) fn means(text: &str, room: &str) -> bool {
    text.replace('-', "").contains(&room[..12])
}

pub(crate) fn time() -> Timestamp {
    Timestamp::from_second(super::now().seconds()).unwrap()
}
