//! The certificate of the service: its end is told in time, and a renewed one is taken up while talks go on.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStderr, Stdio};

use jiff::{SignedDuration, Timestamp};
use sprechzimmer::backend::embedded::OnePort;
use sprechzimmer::backend::embedded::certificate::{Certificate, Standing};
use sprechzimmer::config::Tls;
use sprechzimmer::renewal::Renewal;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::command::{folder, program, run};
use crate::logs;
use crate::world::{Authority, Issued, until};

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(crate::world::now().seconds() + seconds).unwrap()
}

async fn connect(authority: &Authority, address: SocketAddr) -> TlsStream<TcpStream> {
    let tcp = TcpStream::connect(address).await.unwrap();
    let connector = TlsConnector::from(authority.client());
    connector.connect("localhost".try_into().unwrap(), tcp).await.unwrap()
}

fn shows(stream: &TlsStream<TcpStream>, issued: &Issued) -> bool {
    let chain = stream.get_ref().1.peer_certificates().unwrap();
    chain == [issued.der()]
}

async fn alive(stream: &mut TlsStream<TcpStream>) {
    let request = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(request).await.unwrap();
    stream.flush().await.unwrap();
    let mut answer = String::new();
    while !answer.contains("alive") {
        let mut bytes = [0; 4096];
        let length = stream.read(&mut bytes).await.unwrap();
        assert_ne!(length, 0, "it is closed: {answer}");
        answer += std::str::from_utf8(&bytes[..length]).unwrap();
    }
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

/// A port that speaks TLS by the files in a folder.
struct Site {
    authority: Authority,
    folder: TempDir,
    renewal: Renewal,
    address: SocketAddr,
}

impl Site {
    async fn with(authority: Authority, issued: &Issued) -> Self {
        logs::capture();
        let folder = TempDir::with_prefix("sprechzimmer-").unwrap();
        issued.write(folder.path());
        let files = Tls {
            certificate_file: folder.path().join("certificate.pem"),
            key_file: folder.path().join("certificate.key"),
        };
        let renewal = Renewal::begin(&files).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let port = OnePort::new(listener, Some(renewal.presented()), None).unwrap();
        let pages = axum::Router::new().route("/healthz", axum::routing::get(async || "alive"));
        tokio::spawn(async move { axum::serve(port, pages).await });
        Self {
            authority,
            folder,
            renewal,
            address,
        }
    }

    /// As often as it takes to believe that a file has come to rest, and once more.
    async fn look(&mut self, now: Timestamp) {
        for _ in 0..3 {
            self.renewal.look(now).await;
        }
    }

    async fn presents(&self, issued: &Issued) -> bool {
        shows(&connect(&self.authority, self.address).await, issued)
    }
}

/// Lines of the log that hold this and the end of a certificate, which no other test has.
fn told(words: &str, issued: &Issued) -> usize {
    let lines = logs::lines_with(words);
    lines
        .iter()
        .filter(|line| line.contains(&issued.ends.to_string()))
        .count()
}

#[tokio::test]
async fn new_connections_get_the_renewed_certificate_and_those_that_stand_go_on() {
    let authority = Authority::new();
    let (old, new) = (authority.issue_for(20), authority.issue_for(90));
    let mut site = Site::with(authority, &old).await;
    let mut standing = connect(&site.authority, site.address).await;
    assert!(shows(&standing, &old));
    alive(&mut standing).await;

    // one file after the other: the new certificate does not go with the old key
    fs::write(site.folder.path().join("certificate.pem"), &new.certificate).unwrap();
    site.renewal.look(at(0)).await;
    assert!(site.presents(&old).await, "half of it is not taken");
    new.write_key(site.folder.path());
    site.renewal.look(at(0)).await;
    assert!(site.presents(&old).await, "what has just changed may be half of it");
    site.renewal.look(at(0)).await;
    assert!(site.presents(&new).await);
    assert_eq!(told("cannot be used", &old), 0, "nothing was wrong");
    assert_eq!(told("a new certificate is presented", &new), 1);
    alive(&mut standing).await;
}

#[tokio::test]
async fn what_cannot_be_used_is_said_once_and_the_certificate_in_use_goes_on() {
    let authority = Authority::new();
    let (old, other) = (authority.issue_for(31), authority.issue_for(91));
    let (expired, early) = (authority.issue(-DAY * 3, -DAY), authority.issue(DAY, DAY * 92));
    let mut site = Site::with(authority, &old).await;
    let path = site.folder.path().to_owned();
    let file = |name: &str| path.join(name);

    fs::write(file("certificate.pem"), "no certificate").unwrap();
    site.look(at(0)).await;
    assert_eq!(told("the new certificate cannot be used", &old), 1);
    fs::write(file("certificate.pem"), &other.certificate).unwrap();
    site.look(at(0)).await;
    assert_eq!(
        told("the new certificate cannot be used", &old),
        2,
        "the key of another"
    );
    fs::remove_file(file("certificate.pem")).unwrap();
    site.look(at(0)).await;
    assert_eq!(told("the new certificate cannot be used", &old), 3, "no file");
    for wrong in [&expired, &early] {
        wrong.write(&path);
        site.look(at(0)).await;
        assert_eq!(told("the new certificate is not valid at this time", wrong), 1);
    }
    assert!(site.presents(&old).await);

    site.look(early.ends - DAY).await;
    let presented = site.renewal.presented().now();
    assert_eq!(presented.ends, early.ends, "when its time has come it is taken");
    other.write(&path);
    site.look(at(0)).await;
    assert!(site.presents(&other).await);
}

#[tokio::test]
async fn a_certificate_that_ends_is_told_once_and_again_when_it_has_ended() {
    let authority = Authority::new();
    let issued = authority.issue_for(40);
    let mut site = Site::with(authority, &issued).await;
    for (moment, soon, ended) in [
        (issued.ends - DAY * 15, 0, 0),
        (issued.ends - DAY * 14, 1, 0),
        (issued.ends - DAY, 1, 0),
        (issued.ends, 1, 0),
        (issued.ends + SignedDuration::from_secs(1), 1, 1),
    ] {
        site.look(moment).await;
        let told = (
            told("ends within 14 days", &issued),
            told("the certificate has expired", &issued),
        );
        assert_eq!(told, (soon, ended), "{moment}");
    }
}

#[test]
fn the_dates_are_those_in_the_certificate() {
    let issued = Authority::new().issue(DAY, DAY * 2);
    let read = Certificate::from_pem(issued.certificate.as_bytes(), issued.key.as_bytes()).unwrap();
    assert_eq!((read.ends, read.begins), (issued.ends, issued.ends - DAY));
    assert_eq!(read.standing(read.begins - DAY), Standing::NotYetValid);
    assert_eq!(read.standing(read.begins), Standing::EndsSoon);
    // "no well-defined expiration date" (RFC 5280 §4.1.2.5) is a day later than jiff knows
    let key = rcgen::KeyPair::generate().unwrap();
    let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.not_after = rcgen::date_time_ymd(9999, 12, 31) + std::time::Duration::from_secs(86_399);
    let endless = params.self_signed(&key).unwrap().pem();
    let read = Certificate::from_pem(endless.as_bytes(), key.serialize_pem().as_bytes()).unwrap();
    assert_eq!(read.ends, Timestamp::MAX);
}

/// A folder whose configuration speaks TLS by the certificate that is written there.
fn with_tls(more: &str) -> TempDir {
    let folder = folder("http://localhost:9/keys");
    let file = folder.path().join("sprechzimmer.toml");
    let text = fs::read_to_string(&file).unwrap();
    let text = ["[tls]", "certificate_file", "key_file = \"certificate.key\""]
        .into_iter()
        .fold(text, |text, line| text.replacen(&format!("# {line}"), line, 1));
    fs::write(&file, format!("{more}\n{text}")).unwrap();
    folder
}

#[test]
fn check_says_when_the_certificate_ends() {
    let authority = Authority::new();
    let folder = with_tls("");
    let check = |issued: &Issued| {
        issued.write(folder.path());
        let (_, said) = run(folder.path(), &["check"]);
        let mut lines = said.lines().filter(|line| line.contains("certificate"));
        let line = lines.next().unwrap_or_else(|| panic!("{said}")).to_owned();
        assert_eq!(lines.next(), None, "{said}");
        line
    };
    let good = authority.issue_for(90);
    assert_eq!(
        check(&good),
        format!("ok       certificate and its key, valid until {}", good.ends)
    );
    let soon = authority.issue_for(13);
    let said = check(&soon);
    assert!(
        said.starts_with("note ") && said.contains(&format!("ends within 14 days, at {}", soon.ends)),
        "{said}"
    );
    let expired = authority.issue(-DAY * 90, -DAY);
    let said = check(&expired);
    assert!(
        said.starts_with("problem ") && said.contains(&format!("has expired at {}", expired.ends)),
        "{said}"
    );
    let early = authority.issue(DAY, DAY * 90);
    let said = check(&early);
    assert!(
        said.starts_with("problem ") && said.contains(&format!("is valid from {} only", early.ends - DAY * 89)),
        "{said}"
    );
}

/// A running `serve`; it does not outlive the value.
struct Service {
    process: Child,
    /// Whoever writes to a closed log has other troubles.
    _log: Lines<BufReader<ChildStderr>>,
    pages: SocketAddr,
    numbers: SocketAddr,
}

impl Service {
    fn start(folder: &Path) -> Self {
        let mut process = program(folder, &["serve", "--log", "json"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap()).lines();
        let mut address = |message: &str| {
            let mut lines = log.by_ref().map(|line| line.unwrap());
            let line = lines.find(|line| line.contains(message)).unwrap();
            let line: serde_json::Value = serde_json::from_str(&line).unwrap();
            line["address"].as_str().unwrap().parse().unwrap()
        };
        let (pages, numbers) = (address("\"serving\""), address("metrics are served"));
        Self {
            process,
            _log: log,
            pages,
            numbers,
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn the_running_service_takes_up_a_renewed_certificate_and_its_numbers_tell_the_end() {
    let authority = Authority::new();
    let folder = with_tls("metrics_listen = \"127.0.0.1:0\"");
    let (old, new) = (authority.issue_for(9), authority.issue_for(90));
    old.write(folder.path());
    let service = Service::start(folder.path());
    let (pages, numbers) = (service.pages, service.numbers);
    let end = async || {
        let text = reqwest::get(format!("http://{numbers}/metrics"))
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        let line = text
            .lines()
            .find(|line| line.starts_with("sprechzimmer_certificate_end_timestamp_seconds "));
        let line = line.unwrap_or_else(|| panic!("{text}"));
        line.rsplit(' ').next().unwrap().parse::<f64>().unwrap()
    };
    let is = |end: f64, issued: &Issued| (end - issued.ends.as_duration().as_secs_f64()).abs() < 1e-3;
    let mut standing = connect(&authority, pages).await;
    assert!(shows(&standing, &old) && is(end().await, &old));
    alive(&mut standing).await;
    new.write(folder.path());
    until("the renewed certificate", async || {
        shows(&connect(&authority, pages).await, &new).then_some(())
    })
    .await;
    assert!(is(end().await, &new));
    alive(&mut standing).await;
}

#[tokio::test]
async fn a_certificate_that_has_expired_is_named_by_readyz() {
    let authority = Authority::new();
    let folder = with_tls("metrics_listen = \"127.0.0.1:0\"");
    let careless = reqwest::Client::builder()
        .danger_accept_invalid_certs(true)
        .build()
        .unwrap();
    for (issued, words) in [
        (
            authority.issue(-DAY * 90, -DAY),
            "ready, but: the certificate of this service has expired",
        ),
        (
            authority.issue(DAY, DAY * 90),
            "ready, but: the certificate of this service is not yet valid",
        ),
        (authority.issue_for(2), "ready\n"),
    ] {
        issued.write(folder.path());
        let service = Service::start(folder.path());
        let ready = format!("https://localhost:{}/readyz", service.pages.port());
        until(words, async || {
            let answer = careless.get(&ready).send().await.unwrap();
            answer.text().await.unwrap().starts_with(words).then_some(())
        })
        .await;
    }
}
