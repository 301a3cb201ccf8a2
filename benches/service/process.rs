//! The service as a process of its own, with what `/proc` says about it.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use lti13_tool::testing::SimulatedPlatform;
use tempfile::TempDir;
use tokio::net::{TcpListener, UdpSocket};
use url::Url;

use crate::lms::Lms;
use crate::past;

/// Linux counts processor time in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

pub(crate) struct Service {
    pub(crate) url: Url,
    pub(crate) lms: Lms,
    child: Child,
    folder: TempDir,
}

impl Service {
    /// Starts on an empty database, filled with the records of `past` consultations.
    pub(crate) async fn start(postgres: Option<&str>, past: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port().await;
        let url: Url = format!("http://localhost:{port}").parse().unwrap();
        let lms = Lms::start(&url).await;
        let database = past::database(postgres, folder.path()).await;
        fs::write(
            folder.path().join("config.toml"),
            configuration((port, free_udp_port().await), &database, &lms.platform),
        )
        .unwrap();
        run(&folder, &["keys", "new", "--file", "keys"]);
        let mut service = Self {
            child: serve(&folder),
            url,
            lms,
            folder,
        };
        service.wait_until_ready().await;
        if past > 0 {
            past::fill(&database, service.folder.path(), past).await;
            // the memory that is measured is that of a fresh process on a full database
            service.stop();
            service.child = serve(&service.folder);
            service.wait_until_ready().await;
        }
        service
    }

    pub(crate) fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Processor time so far, user and system.
    pub(crate) fn processor_time(&self) -> Duration {
        let stat = self.proc("stat");
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks: u32 = fields[11].parse::<u32>().unwrap() + fields[12].parse::<u32>().unwrap();
        TICK * ticks
    }

    /// Resident memory in MiB.
    pub(crate) fn resident(&self) -> f64 {
        self.memory("VmRSS:")
    }

    /// The most resident memory so far, in MiB.
    pub(crate) fn peak(&self) -> f64 {
        self.memory("VmHWM:")
    }

    fn memory(&self, name: &str) -> f64 {
        let status = self.proc("status");
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }

    fn proc(&self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap()
    }

    async fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + Duration::from_mins(1);
        let address = self.url.join("/readyz").unwrap();
        // it is ready when it has tried out its video system
        let ready = async || {
            reqwest::get(address.clone())
                .await
                .is_ok_and(|answer| answer.status().is_success())
        };
        while !ready().await {
            assert!(
                Instant::now() < deadline && self.child.try_wait().unwrap().is_none(),
                "it does not start"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn serve(folder: &TempDir) -> Child {
    Command::new(env!("CARGO_BIN_EXE_sprechzimmer"))
        .args(["serve", "--config", "config.toml"])
        .current_dir(folder)
        .env("RUST_LOG", "warn")
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn run(folder: &TempDir, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sprechzimmer"));
    let done = command
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(done.success());
}

fn configuration((port, udp): (u16, u16), database: &str, platform: &SimulatedPlatform) -> String {
    let registration = platform.registration();
    format!(
        r#"
public_url = "http://localhost:{port}"
listen = "127.0.0.1:{port}"
{database}
key_file = "keys"
trusted_proxies = ["127.0.0.1"]
[school]
name = "Gymnasium am Stadtgarten"
[school.officer]
name = "Frau Keller"
email = "datenschutz@schule.example"
[[platform]]
issuer = "{}"
client_id = "{}"
authorization_url = "{}"
token_url = "{}"
keys_url = "{}"
deployments = {:?}
[[backend]]
kind = "embedded"
udp = ["127.0.0.1:{udp}"]
announce = ["turn:127.0.0.1:{port}?transport=tcp", "turn:127.0.0.1:{udp}?transport=udp"]
"#,
        registration.issuer,
        registration.client_id,
        registration.authorization_url,
        registration.token_url,
        registration.keys_url,
        registration.deployments,
    )
}

async fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

async fn free_udp_port() -> u16 {
    UdpSocket::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}
