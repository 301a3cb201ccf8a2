//! A school: the running service, a learning platform at the wire, and people with browsers.
//!
//! ```ignore
//! let world = World::start().await;
//! let teacher = world.launch(TEACHER).await;          // in an own tab, with the visit begun
//! let page = teacher.get("/overview").await;
//! page.form("/consultations").set("name", "Mia").send(&teacher).await;
//! ```

mod browser;
mod lms;
mod page;
mod personas;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use lti13_tool::Platform;
use lti13_tool::testing::LaunchClaims;
use sprechzimmer::config::{BackendKind, BackendSettings, Config};
use sprechzimmer::private::Secret;
use sprechzimmer::store::{Store, Visit};
use sprechzimmer::vault::Vault;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

pub(crate) use browser::{Browser, Container, Sender};
pub(crate) use lms::{Lms, Mood, now};
pub(crate) use page::Page;
pub(crate) use personas::{ADMINISTRATOR, COLLEAGUE, MANAGER, MOTHER, PUPIL, Persona, TEACHER, personal};

use crate::logs;

const CONFIGURATION: &str = r#"
public_url = "http://localhost:1"
key_file = "sprechzimmer.key"
database_file = "sprechzimmer.db"

[school]
name = "Gymnasium am Stadtgarten"
[school.officer]
name = "Frau Keller"
email = "datenschutz@schule.example"

[[platform]]
issuer = "http://127.0.0.1:1"
client_id = "unused"
authorization_url = "http://127.0.0.1:1/authorize"
token_url = "http://127.0.0.1:1/token"
keys_url = "http://127.0.0.1:1/keys"
deployments = ["1"]
"#;

/// Everything stops and vanishes when it goes out of scope; it fails the test if a log line named a person.
pub(crate) struct World {
    pub(crate) url: Url,
    pub(crate) lms: Lms,
    /// With the database and the key file.
    pub(crate) folder: TempDir,
    database: String,
    running: JoinHandle<()>,
    _stop: oneshot::Sender<()>,
}

impl World {
    /// The service as configured by default, on SQLite.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// The service with a changed configuration.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        logs::capture();
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let url: Url = format!("http://localhost:{port}").parse().unwrap();
        let lms = Lms::start(&url).await;
        let config = configuration(folder.path(), &url, &lms, change);
        let database = config.database.clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            let shutdown = async {
                let _ = stopped.await;
            };
            sprechzimmer::run(config, listener, shutdown).await.unwrap();
        });
        Self {
            url,
            lms,
            folder,
            database,
            running,
            _stop: stop,
        }
    }

    /// The database, beside the running service.
    pub(crate) async fn store(&self) -> Store {
        let vault = Vault::parse(&Vault::key_line(1, &[7; 32])).unwrap();
        Store::connect(&self.database, Arc::new(vault)).await.unwrap()
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
        let browser = self.browser();
        let page = self.lms.launch(&browser, claims, Container::Tab).await;
        assert!(browser.cookie("__Host-visit").is_some(), "{}", page.text());
        browser
    }

    /// Somebody opens the activity in the frame of the course; the page in the frame is the answer.
    pub(crate) async fn launch_in_frame(&self, persona: Persona) -> (Browser, Page) {
        let browser = self.browser();
        let page = self.lms.launch(&browser, &persona.claims(), Container::Frame).await;
        (browser, page)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.running.abort();
        if !std::thread::panicking() {
            logs::assert_nobody_is_named();
        }
    }
}

fn configuration(folder: &Path, url: &Url, lms: &Lms, change: impl FnOnce(&mut Config)) -> Config {
    let mut config = Config::parse(CONFIGURATION, folder).unwrap();
    std::fs::write(&config.key_file, Vault::key_line(1, &[7; 32])).unwrap();
    config.public_url = url.clone();
    config.platforms = vec![Platform::new(lms.platform.registration()).unwrap()];
    config.backends = vec![BackendSettings {
        name: "embedded".to_owned(),
        kind: BackendKind::Embedded {
            udp: Vec::new(),
            announce: vec![format!("turn:localhost:{}?transport=tcp", url.port().unwrap())],
        },
    }];
    change(&mut config);
    config
}
