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
use sprechzimmer::config::{BackendKind, BackendSettings, BigBlueButtonSettings, Config};
use sprechzimmer::demo::bigbluebutton::{FakeServer, Mood};
use sprechzimmer::id::ActId;
use sprechzimmer::private::Private;
use sprechzimmer::store::Store;
use sprechzimmer::vault::Vault;
use tempfile::TempDir;
use tokio::io::copy_bidirectional;
use tokio::net::TcpStream;
use tokio::sync::Notify;
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
    running: Vec<Running>,
    /// The video system at the wire, where there is one.
    video: Option<(FakeServer, JoinHandle<()>)>,
}

/// One process of the service.
struct Running {
    work: JoinHandle<()>,
    stop: Arc<Notify>,
}

impl Running {
    fn begin(config: Config, listener: tokio::net::TcpListener) -> Self {
        let stop = Arc::new(Notify::new());
        let asked = stop.clone();
        let work = tokio::spawn(async move {
            let asked = futures_util::stream::once(async move { asked.notified().await });
            let running = sprechzimmer::run(config, listener, asked);
            Box::pin(running).await.unwrap();
        });
        Self { work, stop }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.work.abort();
    }
}

impl World {
    pub(crate) fn start() -> Self {
        Self::on(|port| vec![BackendSettings::new("embedded", both_transports(port))])
    }

    /// With a BigBlueButton before the embedded room.
    pub(crate) fn with_bigbluebutton() -> Self {
        let (listener, base) = listen();
        let server = FakeServer::new(base, SECRET);
        let kind = BackendKind::BigBlueButton(Box::new(BigBlueButtonSettings {
            url: server.url(),
            secret_file: "unused".into(),
            secret: Private::new(SECRET.to_owned()),
            checksum: Algorithm::default(),
            allow: Vec::new(),
            calls_back: None,
        }));
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
        let (listener, url) = listen();
        let mut world = Self::empty(url);
        let mut config = world.configuration(world.url.port().unwrap());
        config.backends = video_systems(world.url.port().unwrap());
        world.running.push(Running::begin(config, listener));
        world
    }

    /// Two replicas on one database, behind a proxy that takes one after the other for each connection.
    pub(crate) fn with_replicas(database: &str) -> Self {
        let (proxy, url) = listen();
        let mut world = Self::empty(url);
        let mut ports = Vec::new();
        for name in ["a", "b"] {
            let (listener, address) = listen();
            ports.push(address.port().unwrap());
            let mut config = world.configuration(address.port().unwrap());
            database.clone_into(&mut config.database);
            name.clone_into(&mut config.replica.name);
            config.replica.address = Some(address);
            config.replica.has_others = true;
            world.running.push(Running::begin(config, listener));
        }
        tokio::spawn(take_turns(proxy, ports));
        world
    }

    fn empty(url: Url) -> Self {
        logs::capture();
        Self {
            course: Course::begin(&url),
            url,
            folder: tempfile::tempdir().unwrap(),
            running: Vec::new(),
            video: None,
        }
    }

    /// Of a process that listens there.
    fn configuration(&self, port: u16) -> Config {
        let kind = both_transports(port);
        configuration(self.folder.path(), &self.url, self.course.registered(), kind)
    }
}

impl World {
    /// From now on the video system fails.
    pub(crate) fn break_video(&self) {
        let (server, _) = self.video.as_ref().unwrap();
        server.set("", Some(Mood::Broken));
    }

    /// Asks every process to stop.
    pub(crate) fn ask_to_stop(&self) {
        for running in &self.running {
            running.stop.notify_one();
        }
    }

    /// Waits until every process has gone by itself.
    pub(crate) async fn has_stopped(&mut self) {
        for running in &mut self.running {
            (&mut running.work).await.unwrap();
        }
        self.running.clear();
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
        if let Some((_, serving)) = &self.video {
            serving.abort();
        }
        if !std::thread::panicking() {
            logs::assert_nobody_is_named();
        }
    }
}

/// To a browser, localhost and 127.0.0.1 are two sites, as a school and its platform are.
fn listen() -> (tokio::net::TcpListener, Url) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, format!("http://localhost:{port}").parse().unwrap())
}

/// Whoever does not listen any more is passed over.
async fn take_turns(proxy: tokio::net::TcpListener, ports: Vec<u16>) {
    let mut turns = ports.iter().cycle();
    loop {
        let (mut from, _) = proxy.accept().await.unwrap();
        for port in turns.by_ref().take(ports.len()) {
            if let Ok(mut to) = TcpStream::connect(("127.0.0.1", *port)).await {
                tokio::spawn(async move { copy_bidirectional(&mut from, &mut to).await });
                break;
            }
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
