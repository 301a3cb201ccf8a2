//! A school for real browsers: the running service with its relay on both transports, and the people.

#[path = "../it/world/personas.rs"]
mod personas;

use std::net::{TcpListener, UdpSocket};
use std::path::Path;

use sprechzimmer::config::{BackendKind, BackendSettings, Config};
use sprechzimmer::vault::Vault;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

pub(crate) use personas::{MOTHER, PUPIL, Persona, TEACHER, personal};

use crate::course::Course;
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
    pub(crate) course: Course,
    /// With the database and the key file.
    pub(crate) folder: TempDir,
    running: JoinHandle<()>,
    _stop: oneshot::Sender<()>,
}

impl World {
    pub(crate) fn start() -> Self {
        logs::capture();
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let port = listener.local_addr().unwrap().port();
        // to a browser, localhost and 127.0.0.1 are two sites, as a school and its platform are
        let url: Url = format!("http://localhost:{port}").parse().unwrap();
        let course = Course::begin(&url);
        let config = configuration(folder.path(), &url, &course);
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            let shutdown = async {
                let _ = stopped.await;
            };
            sprechzimmer::run(config, listener, shutdown).await.unwrap();
        });
        Self {
            url,
            course,
            folder,
            running,
            _stop: stop,
        }
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

fn configuration(folder: &Path, url: &Url, course: &Course) -> Config {
    let mut config = Config::parse(CONFIGURATION, folder).unwrap();
    std::fs::write(&config.key_file, Vault::key_line(1, &[7; 32])).unwrap();
    config.public_url = url.clone();
    config.platforms = vec![course.registered()];
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    config.backends = vec![BackendSettings {
        name: "embedded".to_owned(),
        kind: BackendKind::Embedded {
            udp: vec![udp],
            announce: vec![
                format!("turn:127.0.0.1:{}?transport=tcp", url.port().unwrap()),
                format!("turn:127.0.0.1:{}?transport=udp", udp.port()),
            ],
        },
    }];
    config
}
