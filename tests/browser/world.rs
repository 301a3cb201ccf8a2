//! A school for real browsers: the running service with its relay on both transports, and the people.

#[path = "../it/world/configuration.rs"]
mod configuration;
#[path = "../it/world/personas.rs"]
mod personas;
#[path = "../it/world/services.rs"]
#[expect(dead_code, reason = "the other test binary needs more of it")]
mod services;

use std::net::{TcpListener, UdpSocket};
use std::sync::Arc;

use sprechzimmer::backend::bigbluebutton::Algorithm;
use sprechzimmer::config::{BackendKind, BackendSettings, BigBlueButtonSettings};
use sprechzimmer::demo::bigbluebutton::{FakeServer, Mood};
use sprechzimmer::id::ActId;
use sprechzimmer::private::Private;
use sprechzimmer::store::Store;
use sprechzimmer::vault::Vault;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

pub(crate) use services::{COURSE, Fault, Services};

pub(crate) use personas::{COLLEAGUE, MOTHER, PUPIL, Persona, TEACHER, personal};

use configuration::configuration;

use crate::course::Course;
use crate::logs;

const SECRET: &str = "639259d4-9dd8-4b25-bf01-95f9567eaf4b";

/// Everything stops and vanishes when it goes out of scope; it fails the test if a log line named a person.
pub(crate) struct World {
    pub(crate) url: Url,
    pub(crate) course: Course,
    /// With the database and the key file.
    pub(crate) folder: TempDir,
    running: JoinHandle<()>,
    /// The video system at the wire, where there is one.
    video: Option<(FakeServer, JoinHandle<()>)>,
    _stop: oneshot::Sender<()>,
}

impl World {
    pub(crate) fn start() -> Self {
        Self::on(|port| vec![BackendSettings::new("embedded", both_transports(port))])
    }

    /// With a BigBlueButton before the embedded room.
    pub(crate) fn with_bigbluebutton() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let base: Url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let server = FakeServer::new(base, SECRET);
        let kind = BackendKind::BigBlueButton(Box::new(BigBlueButtonSettings {
            url: server.url(),
            secret_file: "unused".into(),
            secret: Private::new(SECRET.to_owned()),
            checksum: Algorithm::default(),
            allow: Vec::new(),
            calls_back: None,
        }));
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let router = server.router();
        let video = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let systems = |port| {
            let embedded = BackendSettings::new("embedded", both_transports(port));
            vec![BackendSettings::new("bbb", kind), embedded]
        };
        let mut world = Self::on(systems);
        world.video = Some((server, video));
        world
    }

    fn on(video_systems: impl FnOnce(u16) -> Vec<BackendSettings>) -> Self {
        logs::capture();
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let port = listener.local_addr().unwrap().port();
        // to a browser, localhost and 127.0.0.1 are two sites, as a school and its platform are
        let url: Url = format!("http://localhost:{port}").parse().unwrap();
        let course = Course::begin(&url);
        let mut config = configuration(folder.path(), &url, course.registered(), both_transports(port));
        config.backends = video_systems(port);
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            let shutdown = async {
                let _ = stopped.await;
            };
            let running = sprechzimmer::run(config, listener, futures_util::stream::once(shutdown));
            Box::pin(running).await.unwrap();
        });
        Self {
            url,
            course,
            folder,
            running,
            video: None,
            _stop: stop,
        }
    }
}

impl World {
    /// From now on the video system fails.
    pub(crate) fn break_video(&self) {
        let (server, _) = self.video.as_ref().unwrap();
        server.set("", Some(Mood::Broken));
    }

    /// What an administrator does on the command line with the number that somebody reads out.
    pub(crate) async fn reset(&self, number: &str) {
        let file = self.folder.path().join("sprechzimmer.db");
        let vault = Vault::parse(&Vault::key_line(1, &[7; 32])).unwrap();
        let store = Store::connect(&format!("sqlite:{}", file.display()), Arc::new(vault)).await;
        #[expect(clippy::disallowed_methods, reason = "the service under test reads the real clock")]
        let now = jiff::Timestamp::now();
        let act = ActId::new(sprechzimmer::app::random());
        store.unwrap().reset_passkeys(number, &act, now).await.unwrap();
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.running.abort();
        if let Some((_, serving)) = &self.video {
            serving.abort();
        }
        if !std::thread::panicking() {
            logs::assert_nobody_is_named();
        }
    }
}

/// Both transports, as a demonstration on one machine needs them.
fn both_transports(port: u16) -> BackendKind {
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    BackendKind::Embedded {
        udp: vec![udp],
        announce: vec![
            format!("turn:127.0.0.1:{port}?transport=tcp"),
            format!("turn:127.0.0.1:{}?transport=udp", udp.port()),
        ],
    }
}
