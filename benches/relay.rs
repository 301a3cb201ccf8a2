//! How much of one core the relay needs: `cargo bench --bench relay [Mbit/s] [seconds]`, UDP on loopback.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a measurement, not a part of the service"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sprechzimmer::backend::embedded::relay::{Credential, Group, RELAY_ADDRESS};
use sprechzimmer::backend::embedded::{Embedded, Settings};
use stun_types::attribute::{Nonce, Realm, Username};
use stun_types::message::{IntegrityAlgorithm, LongTermKeyCredentials, Message, MessageWriteVec, Method};
use stun_types::prelude::*;
use tokio::net::UdpSocket;
use turn_types::attribute::{ChannelNumber, RequestedTransport, XorPeerAddress, XorRelayedAddress};
use turn_types::message::{ALLOCATE, CHANNEL_BIND};

const PAYLOAD: usize = 1200;
/// Rooms of two, of whom one speaks: a person may send 20 Mbit/s.
const PAIRS: u64 = 50;
const REALM: &str = "sprechzimmer";

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if arguments.first().is_some_and(|argument| argument == "serve") {
        return serve().await;
    }
    let number = |at: usize, default| arguments.get(at).map_or(default, |text| text.parse().unwrap());
    let (megabits, seconds) = (number(0, 300), number(1, 10));
    let mut server = Server::start();
    let mut pairs = Vec::new();
    for _ in 0..PAIRS {
        let (mut one, mut other) = (Caller::new(&mut server).await, Caller::new(&mut server).await);
        one.allocate().await;
        other.allocate().await;
        one.bind(other.port).await;
        other.bind(one.port).await;
        // Out of the runtime: still non-blocking, but nobody waits for them.
        pairs.push((one.socket.into_std().unwrap(), other.socket.into_std().unwrap()));
    }
    measure(&server, &pairs, megabits, Duration::from_secs(seconds));
}

/// The receivers are emptied once a millisecond instead of waiting, so that waking them is not put on the relay's bill.
fn measure(server: &Server, pairs: &[(std::net::UdpSocket, std::net::UdpSocket)], megabits: u64, duration: Duration) {
    let mut packet = vec![7; 4 + PAYLOAD];
    packet[..4].copy_from_slice(&[0x40, 0x00, 0x04, 0xb0]);
    let packets_per_second = megabits * 1_000_000 / 8 / PAYLOAD as u64;
    let (started, busy) = (Instant::now(), server.processor_time());
    let (mut sent, mut received) = (0, 0);
    while started.elapsed() < duration {
        let due = u64::try_from(started.elapsed().as_micros()).unwrap() * packets_per_second / 1_000_000;
        while sent < due {
            let (sender, _) = &pairs[usize::try_from(sent % PAIRS).unwrap()];
            sender.send(&packet).unwrap();
            sent += 1;
        }
        std::thread::sleep(Duration::from_millis(1));
        received += drain(pairs);
    }
    let busy = server.processor_time().saturating_sub(busy);
    std::thread::sleep(Duration::from_millis(200));
    received += drain(pairs);
    let per_second = |bytes: u64| bytes * 8 / duration.as_secs() / 1_000_000;
    println!(
        "offered {} Mbit/s, delivered {} Mbit/s, relay {:.1} % of a core, {} KiB resident",
        per_second(sent * PAYLOAD as u64),
        per_second(received),
        100.0 * busy.as_secs_f64() / duration.as_secs_f64(),
        server.resident(),
    );
}

fn drain(pairs: &[(std::net::UdpSocket, std::net::UdpSocket)]) -> u64 {
    let mut buffer = [0; 2048];
    let mut received = 0;
    for (_, receiver) in pairs {
        while let Ok(length) = receiver.recv(&mut buffer) {
            received += length as u64 - 4;
        }
    }
    received
}

/// In a process of its own, so that its processor time is the relay's alone. Every line read is answered by credentials.
async fn serve() {
    let anywhere = "127.0.0.1:0".parse().unwrap();
    let embedded = Embedded::start(Settings {
        udp: vec![anywhere],
        ..Settings::default()
    })
    .await
    .unwrap();
    let relay = embedded.relay();
    println!("{}", relay.udp_addresses().unwrap()[0]);
    tokio::task::spawn_blocking(move || {
        for (line, count) in std::io::stdin().lines().zip(0..) {
            line.unwrap();
            let credential = Credential::generate().unwrap();
            relay.admit(&credential, Group(1 + count / 2));
            println!("{} {}", credential.username(), credential.password());
        }
    })
    .await
    .unwrap();
}

struct Server {
    process: Child,
    lines: BufReader<std::process::ChildStdout>,
    address: SocketAddr,
}

impl Server {
    fn start() -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut process = command
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        Self {
            process,
            lines,
            address: line.trim().parse().unwrap(),
        }
    }

    fn credentials(&mut self) -> (String, String) {
        self.process.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        let (username, password) = line.trim().split_once(' ').unwrap();
        (username.to_owned(), password.to_owned())
    }

    fn processor_time(&self) -> Duration {
        let stat = self.proc("stat");
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
        let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
        Duration::from_millis(ticks * 10)
    }

    fn resident(&self) -> u64 {
        let status = self.proc("status");
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    fn proc(&self, file: &str) -> String {
        let mut text = String::new();
        let path = format!("/proc/{}/{file}", self.process.id());
        std::fs::File::open(path).unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

struct Caller {
    socket: UdpSocket,
    username: String,
    password: String,
    nonce: String,
    port: u16,
}

impl Caller {
    async fn new(server: &mut Server) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        socket.connect(server.address).await.unwrap();
        let (username, password) = server.credentials();
        Self {
            socket,
            username,
            password,
            nonce: String::new(),
            port: 0,
        }
    }

    async fn allocate(&mut self) {
        let transport = |message: &mut MessageWriteVec| {
            message
                .add_attribute(&RequestedTransport::new(RequestedTransport::UDP))
                .unwrap();
        };
        let challenge = self.ask(ALLOCATE, transport).await;
        let challenge = Message::from_bytes(&challenge).unwrap();
        challenge
            .attribute::<Nonce>()
            .unwrap()
            .nonce()
            .clone_into(&mut self.nonce);
        let answer = self.ask(ALLOCATE, transport).await;
        let answer = Message::from_bytes(&answer).unwrap();
        self.port = answer
            .attribute::<XorRelayedAddress>()
            .unwrap()
            .addr(answer.transaction_id())
            .port();
    }

    async fn bind(&self, peer: u16) {
        self.ask(CHANNEL_BIND, |message| {
            let peer = SocketAddr::from((RELAY_ADDRESS, peer));
            let transaction = message.transaction_id();
            message.add_attribute(&ChannelNumber::new(0x4000)).unwrap();
            message.add_attribute(&XorPeerAddress::new(peer, transaction)).unwrap();
        })
        .await;
    }

    async fn ask(&self, method: Method, add: impl FnOnce(&mut MessageWriteVec)) -> Vec<u8> {
        let mut message = Message::builder_request(method, MessageWriteVec::new());
        add(&mut message);
        message.add_attribute(&Username::new(&self.username).unwrap()).unwrap();
        message.add_attribute(&Realm::new(REALM).unwrap()).unwrap();
        message.add_attribute(&Nonce::new(&self.nonce).unwrap()).unwrap();
        let key = LongTermKeyCredentials::new(self.username.clone(), self.password.clone(), REALM.to_owned());
        message
            .add_message_integrity(&key.into(), IntegrityAlgorithm::Sha1)
            .unwrap();
        self.socket.send(&message.finish()).await.unwrap();
        let mut buffer = [0; 2048];
        let length = self.socket.recv(&mut buffer).await.unwrap();
        buffer[..length].to_vec()
    }
}
