//! The relay on real sockets: UDP here, connections in `stream`; a full socket or queue loses the packet, as any router does.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time;

use super::super::clock;
use super::core::{Core, Delivery};
use super::path::{Line, Path};
use super::{Credential, Group, HolderId, Tables, Tally};

/// Larger than any packet of WebRTC, which stays below the smallest MTU.
pub(super) const PACKET: usize = 2048;
/// Connections to the relay at once; each needs an allocation soon or is closed.
const STREAMS: usize = 2048;
const SWEEP: Duration = Duration::from_secs(10);

/// The running relay; clones are the same relay.
#[derive(Clone, Debug)]
pub struct Relay(pub(super) Arc<Shared>);

#[derive(Debug)]
pub(super) struct Shared {
    core: Mutex<Core>,
    sockets: Vec<Socket>,
    streams: Mutex<HashMap<u64, Outlet>>,
    next_stream: AtomicU64,
    pub(super) places: Arc<Semaphore>,
}

/// The way to one connection. Dropping it ends the connection at once, with whatever still waits in the queue.
#[derive(Debug)]
struct Outlet {
    queue: mpsc::Sender<Vec<u8>>,
    _alive: oneshot::Sender<()>,
}

/// The connection's end of it.
#[derive(Debug)]
pub(super) struct Inlet {
    pub(super) path: Path,
    pub(super) queue: mpsc::Receiver<Vec<u8>>,
    pub(super) cut: oneshot::Receiver<()>,
}

impl Relay {
    /// Binds the UDP sockets; nothing is received before it runs.
    pub async fn bind(addresses: &[SocketAddr]) -> io::Result<Self> {
        let mut sockets = Vec::with_capacity(addresses.len());
        for address in addresses {
            sockets.push(Socket {
                udp: UdpSocket::bind(address).await?,
                family: Family::of(*address),
            });
        }
        if sockets.len() > usize::from(u8::MAX) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "too many UDP addresses"));
        }
        let core = Core::new(clock::instant()).map_err(|_| io::Error::other("the system has no randomness"))?;
        Ok(Self(Arc::new(Shared {
            core: Mutex::new(core),
            sockets,
            streams: Mutex::default(),
            next_stream: AtomicU64::new(0),
            places: Arc::new(Semaphore::new(STREAMS)),
        })))
    }

    /// The bound UDP addresses, in the order they were asked for.
    pub fn udp_addresses(&self) -> io::Result<Vec<SocketAddr>> {
        self.0.sockets.iter().map(|socket| socket.udp.local_addr()).collect()
    }

    /// Receives on all UDP sockets and sweeps, until dropped.
    pub(in super::super) async fn run(self) {
        let mut loops = tokio::task::JoinSet::new();
        for (index, _) in (0..=u8::MAX).zip(&self.0.sockets) {
            let relay = self.clone();
            loops.spawn(async move { relay.receive(index).await });
        }
        let mut sweep = time::interval(SWEEP);
        loop {
            sweep.tick().await;
            self.core().sweep(clock::instant());
        }
    }

    /// From now on these credentials may relay to the others of the group.
    pub fn admit(&self, credential: &Credential, group: Group) {
        self.core().admit(clock::instant(), credential, group);
    }

    /// When this returns, the credentials and their allocations are gone, and their connections are being closed.
    pub fn cut(&self, holder: HolderId) {
        let paths = self.core().cut(holder);
        let mut streams = self.streams();
        for path in paths {
            if let Line::Stream(number) = path.line() {
                streams.remove(&number);
            }
        }
    }

    pub fn tally(&self) -> Tally {
        self.core().tally()
    }

    pub fn tables(&self) -> Tables {
        self.core().tables()
    }

    /// Credentials and allocations of one group.
    pub fn held_by(&self, group: Group) -> (usize, usize) {
        self.core().held_by(group)
    }

    /// Handles one packet and sends what comes of it.
    pub(super) fn take(&self, from: Path, packet: &mut [u8]) {
        let delivery = self.core().handle(clock::instant(), from, packet);
        match delivery {
            Some(Delivery::InPlace { to, length }) => {
                if let Some(packet) = packet.get(..length) {
                    self.deliver(to, packet);
                }
            }
            Some(Delivery::Written { to, packet }) => self.deliver(to, &packet),
            None => {}
        }
    }

    pub(super) fn allocated(&self, path: &Path) -> bool {
        self.core().allocated(path)
    }

    /// A new connection.
    pub(super) fn open_stream(&self, remote: SocketAddr, length: usize) -> Inlet {
        let number = self.0.next_stream.fetch_add(1, Ordering::Relaxed);
        let (sender, queue) = mpsc::channel(length);
        let (alive, cut) = oneshot::channel();
        self.streams().insert(
            number,
            Outlet {
                queue: sender,
                _alive: alive,
            },
        );
        Inlet {
            path: Path::new(Line::Stream(number), remote),
            queue,
            cut,
        }
    }

    pub(super) fn close_stream(&self, path: &Path) {
        if let Line::Stream(number) = path.line() {
            self.streams().remove(&number);
        }
        self.core().close(path);
    }

    async fn receive(&self, index: u8) {
        let Some(socket) = self.0.sockets.get(usize::from(index)) else {
            return;
        };
        let mut buffer = [0; PACKET];
        loop {
            match socket.udp.recv_from(&mut buffer).await {
                Ok((length, remote)) => {
                    if let Some(packet) = buffer.get_mut(..length) {
                        self.take(Path::new(Line::Datagram(index), remote), packet);
                    }
                }
                // Nothing to repair here; the pause keeps a lasting error from filling the processor.
                Err(_) => time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    fn deliver(&self, to: Path, packet: &[u8]) {
        match to.line() {
            Line::Datagram(index) => {
                if let Some(socket) = self.0.sockets.get(usize::from(index)) {
                    let _lost_when_full = socket.udp.try_send_to(packet, socket.family.spell(to.remote()));
                }
            }
            Line::Stream(number) => {
                if let Some(outlet) = self.streams().get(&number) {
                    let _lost_when_full = outlet.queue.try_send(packet.to_vec());
                }
            }
        }
    }

    fn core(&self) -> MutexGuard<'_, Core> {
        self.0.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn streams(&self) -> MutexGuard<'_, HashMap<u64, Outlet>> {
        self.0.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
struct Socket {
    udp: UdpSocket,
    /// Known from the start: asking the system for every packet would cost as much as sending it.
    family: Family,
}

#[derive(Clone, Copy, Debug)]
enum Family {
    V4,
    V6,
}

impl Family {
    fn of(address: SocketAddr) -> Self {
        if address.is_ipv6() { Self::V6 } else { Self::V4 }
    }

    /// An IPv6 socket writes to an IPv4 client by its mapped address.
    fn spell(self, remote: SocketAddr) -> SocketAddr {
        match (self, remote) {
            (Self::V6, SocketAddr::V4(v4)) => SocketAddr::new(v4.ip().to_ipv6_mapped().into(), v4.port()),
            _ => remote,
        }
    }
}
