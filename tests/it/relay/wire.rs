//! The relay on real sockets: UDP and TCP meet, and a connection ends with its person.

use std::net::SocketAddr;
use std::time::Duration;

use sprechzimmer::backend::embedded::relay::{Credential, Group, Line, Path, Relay};
use sprechzimmer::backend::embedded::{Embedded, Settings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

use super::caller::{Caller, Outcome, bare_allocate, binding, channel_data, outcome, relayed, relayed_port};

/// No answer within this time is a failed test, on any machine.
const PATIENCE: Duration = Duration::from_secs(20);
const ROOM: Group = Group(1_000_000);

pub(crate) async fn embedded() -> Embedded {
    let anywhere: SocketAddr = "127.0.0.1:0".parse().unwrap();
    let settings = Settings {
        udp: vec![anywhere],
        tcp: vec![anywhere],
        ..Settings::default()
    };
    Embedded::start(settings).await.unwrap()
}

/// A caller with a socket.
pub(crate) struct Telephone<S> {
    pub(crate) caller: Caller,
    socket: S,
}

pub(crate) trait Wire {
    async fn write(&mut self, packet: &[u8]);
    /// The next packet, without padding of channel data; `None` when the connection is closed.
    async fn read(&mut self) -> Option<Vec<u8>>;
}

impl Wire for UdpSocket {
    async fn write(&mut self, packet: &[u8]) {
        self.send(packet).await.unwrap();
    }

    async fn read(&mut self) -> Option<Vec<u8>> {
        let mut buffer = [0; 2048];
        let length = timeout(PATIENCE, self.recv(&mut buffer)).await.unwrap().unwrap();
        Some(buffer[..length].to_vec())
    }
}

impl<S: AsyncReadExt + AsyncWriteExt + Unpin> Wire for Framed<S> {
    async fn write(&mut self, packet: &[u8]) {
        let mut padded = packet.to_vec();
        padded.resize(packet.len().next_multiple_of(4), 0);
        self.0.write_all(&padded).await.unwrap();
        self.0.flush().await.unwrap();
    }

    async fn read(&mut self) -> Option<Vec<u8>> {
        let mut header = [0; 4];
        timeout(PATIENCE, self.0.read_exact(&mut header)).await.unwrap().ok()?;
        let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
        let (rest, padding) = if header[0] < 4 {
            (length + 16, 0)
        } else {
            (length, length.next_multiple_of(4) - length)
        };
        let mut packet = vec![0; 4 + rest + padding];
        packet[..4].copy_from_slice(&header);
        timeout(PATIENCE, self.0.read_exact(&mut packet[4..]))
            .await
            .unwrap()
            .ok()?;
        packet.truncate(4 + rest);
        Some(packet)
    }
}

/// A byte stream that carries packets.
pub(crate) struct Framed<S>(pub(crate) S);

impl<S: Wire> Telephone<S> {
    pub(crate) fn new(socket: S, credential: &Credential) -> Self {
        let nowhere = "0.0.0.0:0".parse().unwrap();
        Self {
            caller: Caller::on(Path::new(Line::Datagram(0), nowhere), credential),
            socket,
        }
    }

    pub(crate) fn named(socket: S, username: &str, password: &str) -> Self {
        let mut line = Self::new(socket, &Credential::generate().unwrap());
        (line.caller.username, line.caller.password) = (username.to_owned(), password.to_owned());
        line
    }

    pub(crate) async fn ask(&mut self, packet: Vec<u8>) -> Outcome {
        self.socket.write(&packet).await;
        outcome(self.socket.read().await.unwrap())
    }

    pub(crate) async fn allocate(&mut self) -> Result<u16, u16> {
        self.socket.write(&bare_allocate()).await;
        let challenge = self.socket.read().await.unwrap();
        self.caller.keep_nonce(&challenge);
        let answer = self.ask(self.caller.allocate_request()).await?;
        self.caller.port = relayed_port(&answer);
        Ok(self.caller.port)
    }

    pub(crate) async fn bind(&mut self, number: u16, port: u16) {
        self.ask(self.caller.bind_request(number, relayed(port))).await.unwrap();
    }

    pub(crate) async fn send(&mut self, number: u16, data: &[u8]) {
        self.socket.write(&channel_data(number, data)).await;
    }

    pub(crate) async fn receive(&mut self) -> Option<Vec<u8>> {
        self.socket.read().await
    }
}

pub(crate) async fn udp(relay: &Relay) -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.connect(relay.udp_addresses().unwrap()[0]).await.unwrap();
    socket
}

async fn tcp(embedded: &Embedded) -> Framed<TcpStream> {
    Framed(TcpStream::connect(embedded.tcp_addresses()[0]).await.unwrap())
}

fn admitted(relay: &Relay) -> Credential {
    let credential = Credential::generate().unwrap();
    relay.admit(&credential, ROOM);
    credential
}

#[tokio::test]
async fn somebody_on_udp_and_somebody_on_tcp_hear_each_other() {
    let embedded = embedded().await;
    let relay = embedded.relay();
    let mut one = Telephone::new(udp(&relay).await, &admitted(&relay));
    let mut other = Telephone::new(tcp(&embedded).await, &admitted(&relay));
    one.allocate().await.unwrap();
    other.allocate().await.unwrap();
    one.bind(0x4000, other.caller.port).await;
    other.bind(0x4001, one.caller.port).await;
    for data in [&b"1"[..], b"12345", b""] {
        one.send(0x4000, data).await;
        assert_eq!(other.receive().await.unwrap(), channel_data(0x4001, data));
        other.send(0x4001, data).await;
        assert_eq!(one.receive().await.unwrap(), channel_data(0x4000, data));
    }
    assert_eq!(embedded.tally().relayed_bytes, 12);
}

#[tokio::test]
async fn frames_are_found_in_the_stream_wherever_it_is_torn() {
    let embedded = embedded().await;
    let mut socket = tcp(&embedded).await;
    let both = [binding(), binding()].concat();
    for part in both.chunks(7) {
        socket.0.write_all(part).await.unwrap();
        socket.0.flush().await.unwrap();
    }
    assert!(outcome(socket.read().await.unwrap()).is_ok());
    assert!(outcome(socket.read().await.unwrap()).is_ok());
}

#[tokio::test]
async fn the_connection_of_somebody_who_is_cut_is_closed() {
    let embedded = embedded().await;
    let relay = embedded.relay();
    let credential = admitted(&relay);
    let mut line = Telephone::new(tcp(&embedded).await, &credential);
    line.allocate().await.unwrap();
    relay.cut(credential.holder());
    assert_eq!(line.receive().await, None);
    assert_eq!(relay.held_by(ROOM), (0, 0));
}

#[tokio::test]
async fn a_closed_connection_leaves_no_allocation() {
    let embedded = embedded().await;
    let relay = embedded.relay();
    let mut line = Telephone::new(tcp(&embedded).await, &admitted(&relay));
    line.allocate().await.unwrap();
    drop(line);
    timeout(PATIENCE, async {
        while relay.held_by(ROOM).1 > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn what_is_no_relay_traffic_ends_the_connection() {
    let embedded = embedded().await;
    let mut socket = tcp(&embedded).await;
    socket.write(&binding()).await;
    socket.read().await.unwrap();
    socket.write(b"GET / HTTP/1.1\r\n\r\n").await;
    assert_eq!(socket.read().await, None);
}

#[tokio::test]
async fn an_ipv6_socket_serves_ipv4_too() {
    let Ok(embedded) = Embedded::start(Settings {
        udp: vec!["[::]:0".parse().unwrap()],
        ..Settings::default()
    })
    .await
    else {
        return; // a machine without IPv6
    };
    let relay = embedded.relay();
    let port = relay.udp_addresses().unwrap()[0].port();
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.connect(("127.0.0.1", port)).await.unwrap();
    let mut line = Telephone::new(socket, &admitted(&relay));
    assert!(line.allocate().await.is_ok());
}
