//! How long the watch needs for many open rooms on another server, beside one that does not answer:
//! `cargo bench --bench watch [rooms] [seconds]`.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement, not a part of the service"
)]

#[path = "../tests/it/world/rooms.rs"]
mod rooms;

use std::fs;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use sprechzimmer::app::App;
use sprechzimmer::backend::bigbluebutton::Algorithm;
use sprechzimmer::backend::{Backend, Backends};
use sprechzimmer::config::{BackendKind, BackendSettings, BigBlueButtonSettings, Config};
use sprechzimmer::demo::bigbluebutton::{FakeServer, Mood};
use sprechzimmer::private::Private;
use sprechzimmer::store::Store;
use sprechzimmer::vault::Vault;
use sprechzimmer::watch::{self, Watch};
use tempfile::TempDir;
use tokio::net::TcpListener;

const SECRET: &str = "639259d4-9dd8-4b25-bf01-95f9567eaf4b";
const CONFIGURATION: &str = r#"
public_url = "http://localhost:1"
key_file = "sprechzimmer.key"
database_file = "sprechzimmer.db"
[school]
name = "S"
[school.officer]
name = "O"
email = "o@schule.example"
"#;

#[tokio::main]
async fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|text| text.parse().ok());
    let (many, seconds) = (numbers.next().unwrap_or(1_000), numbers.next().unwrap_or(30));
    let folder = TempDir::new().unwrap();
    let (quick, hanging) = (server().await, server().await);
    let app = service(&folder, [("quick", &quick), ("hanging", &hanging)]).await;
    for _ in 0..many {
        rooms::open(&app, "quick", Timestamp::now()).await;
    }
    let (started, busy) = (Instant::now(), processor_time());
    Watch::default().look(&app, Timestamp::now()).await;
    println!(
        "one look into {many} rooms: {:.2} s, {:.2} s of one core (the server at the wire included), {} MiB",
        started.elapsed().as_secs_f64(),
        processor_time() - busy,
        resident()
    );
    for _ in 0..100 {
        rooms::open(&app, "hanging", Timestamp::now()).await;
    }
    hanging.set("getMeetingInfo", Some(Mood::Slow(Duration::from_mins(10))));
    let (before, busy) = (looks(&quick), processor_time());
    let watching = tokio::spawn(watch::run(app.clone()));
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    watching.abort();
    let rounds = f64::from(u32::try_from(looks(&quick) - before).unwrap()) / f64::from(u32::try_from(many).unwrap());
    let whole = f64::from(u32::try_from(seconds).unwrap());
    println!(
        "beside a server that does not answer: every room each {:.1} s on average, {:.2} cores, {} MiB",
        whole / rounds,
        (processor_time() - busy) / whole,
        resident()
    );
}

async fn server() -> FakeServer {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let server = FakeServer::new(base, SECRET);
    let router = server.router();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    server
}

async fn service(folder: &TempDir, servers: [(&str, &FakeServer); 2]) -> Arc<App> {
    let mut config = Config::parse(CONFIGURATION, folder.path()).unwrap();
    fs::write(&config.key_file, Vault::key_line(1, &[7; 32])).unwrap();
    config.backends = servers
        .map(|(name, server)| {
            let settings = BigBlueButtonSettings {
                url: server.url(),
                secret_file: "unused".into(),
                secret: Private::new(SECRET.to_owned()),
                checksum: Algorithm::default(),
                allow: Vec::new(),
                calls_back: None,
            };
            BackendSettings::new(name, BackendKind::BigBlueButton(Box::new(settings)))
        })
        .into();
    let vault = Vault::parse(&fs::read_to_string(&config.key_file).unwrap()).unwrap();
    let store = Store::connect(&config.database, Arc::new(vault)).await.unwrap();
    let entries = config.backends.iter().filter_map(|settings| match &settings.kind {
        BackendKind::BigBlueButton(kind) => Some(settings.entry(Backend::BigBlueButton(kind.backend()))),
        _ => None,
    });
    let backends = Backends::new(entries.collect());
    Arc::new(App::new(config, store, backends))
}

fn looks(server: &FakeServer) -> usize {
    server.calls("getMeetingInfo").len()
}

/// Seconds of this process on a processor (proc(5), in hundredths).
fn processor_time() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields = stat.rsplit_once(')').unwrap().1.split_whitespace();
    fields
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<f64>().unwrap())
        .sum::<f64>()
        / 100.0
}

fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}
