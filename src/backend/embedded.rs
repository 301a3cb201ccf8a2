//! The video system inside this process: rooms, signalling and a relay that connects only admitted people.
//!
//! Pictures and sound are encrypted between the participants (DTLS-SRTP); the relay carries what it cannot read. Whoever
//! is sent back, turned away or left behind by the end of the talk is cut at the relay, whether their page obeys or not.

pub mod certificate;
mod clock;
mod connection;
mod examination;
mod hub;
pub mod one_port;
mod pace;
mod protocol;
pub mod relay;
mod room;
mod socket;

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand;
use axum::extract::ws::WebSocket;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time;

use crate::backend::examination::Outcome;
use crate::backend::{BackendError, Occupant, Setting, View};
use crate::id::{ParticipantId, Room, RoomId};
use crate::participant::Seat;
use crate::private::{Private, Secret};
use hub::{Hub, Inlet, Pair};
use protocol::ClientFrame;
use relay::{Credential, Relay, Tables, Tally};
use room::{Client, Entry};

pub use connection::Connection;
pub use examination::CLAIM;
pub use one_port::OnePort;
pub use protocol::{FRAME_BYTES, Farewell, FirstFrame};
pub use socket::{bounded, deny, first_frame};

const TICK: Duration = Duration::from_secs(1);

/// What holds in every room.
pub const SETTINGS: [Setting; 7] = [
    Setting::new(2, "only-tickets"),
    Setting::new(3, "waiting-room"),
    Setting::new(4, "one-moderator"),
    Setting::new(5, "fresh-room"),
    Setting::new(6, "memory-only"),
    Setting::new(7, "one-seat"),
    Setting::new(9, "no-recording"),
];

/// What the administrator decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the relay receives UDP. May be empty: then everything goes over TCP.
    pub udp: Vec<SocketAddr>,
    /// TCP ports for the relay alone, beside the one port of the pages.
    pub tcp: Vec<SocketAddr>,
    /// ICE addresses as announced to browsers, such as `turn:host:3478?transport=udp`.
    pub announce: Vec<String>,
    /// The name of this process among others; rooms that are made here carry it.
    pub replica: String,
    /// How long a room may be without its moderator's connection before everybody returns to the waiting room.
    pub moderator_grace: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            udp: Vec::new(),
            tcp: Vec::new(),
            announce: Vec::new(),
            replica: String::from("only"),
            moderator_grace: Duration::from_secs(30),
        }
    }
}

/// What is still there of a room; all zero is the proof that it is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Residue {
    /// People with a seat.
    pub seats: usize,
    /// Credentials that still open the relay.
    pub credentials: usize,
    /// Open paths through the relay.
    pub paths: usize,
}

impl Residue {
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// Somebody with a redeemed ticket.
#[derive(Clone, Debug)]
pub struct SeatHolder {
    pub seat: Seat,
    pub name: Private<String>,
}

/// What the mark of a room begins with that lives in a process of ours.
const HERE: &str = "replica:";

/// The name of the process in which a room lives.
pub fn holder_of(room: &Room) -> Option<&str> {
    room.mark.strip_prefix(HERE)
}

/// The running backend; clones are the same backend. It stops with the last clone.
#[derive(Clone, Debug)]
pub struct Embedded(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    relay: Relay,
    replica: String,
    state: Arc<State>,
    next_client: AtomicU64,
    tcp: Vec<SocketAddr>,
    _loops: JoinSet<()>,
}

#[derive(Debug)]
struct State {
    hub: Mutex<Hub>,
    changed: watch::Sender<u64>,
}

impl Embedded {
    /// Binds all sockets and starts.
    pub async fn start(settings: Settings) -> io::Result<Self> {
        let relay = Relay::bind(&settings.udp).await?;
        let mut loops = JoinSet::new();
        let mut tcp = Vec::with_capacity(settings.tcp.len());
        for address in settings.tcp {
            let listener = TcpListener::bind(address).await?;
            tcp.push(listener.local_addr()?);
            loops.spawn(one_port::relay_only(listener, relay.clone()));
        }
        let hub = Hub::new(relay.clone(), settings.announce, settings.moderator_grace);
        let state = Arc::new(State {
            hub: Mutex::new(hub),
            changed: watch::Sender::new(0),
        });
        loops.spawn(relay.clone().run());
        loops.spawn(tick(state.clone()));
        Ok(Self(Arc::new(Shared {
            relay,
            replica: settings.replica,
            state,
            next_client: AtomicU64::new(0),
            tcp,
            _loops: loops,
        })))
    }

    /// For the [`OnePort`] listener.
    pub fn relay(&self) -> Relay {
        self.0.relay.clone()
    }

    /// The bound TCP addresses of the relay alone.
    pub fn tcp_addresses(&self) -> &[SocketAddr] {
        &self.0.tcp
    }

    /// Tries with a throwaway room what can be relied on.
    pub fn examine(&self, room: &RoomId) -> Outcome {
        examination::examine(self, room)
    }

    /// Opens a room under a fresh id. An id that was ended here is refused, as long as it is among the last 4096 of this
    /// process; that it is never used again at all is the store's promise.
    pub fn create(&self, room: &RoomId) -> Result<(), BackendError> {
        self.change(|hub| hub.create(room))
    }

    /// This room, as one that lives in this process.
    pub fn own(&self, room: RoomId) -> Room {
        Room {
            id: room,
            mark: format!("{HERE}{}", self.0.replica),
        }
    }

    /// Whether a room lives in this process, as far as it is known where.
    pub fn is_own(&self, room: &Room) -> bool {
        holder_of(room).is_none_or(|name| name == self.0.replica)
    }

    /// Who is in a room of this process. One that lives in another process, or does so no longer, is no room here.
    pub fn view(&self, room: &Room) -> Result<View, BackendError> {
        if holder_of(room).is_some() && !(self.is_own(room) && self.exists(&room.id)) {
            return Err(BackendError::NoRoom);
        }
        Ok(View::of(self.occupants(&room.id)))
    }

    /// When this returns, no seat, credential or allocation of the room is left, and every socket is being told `ended`.
    pub fn end(&self, room: &RoomId) {
        self.change(|hub| hub.end(clock::instant(), room));
    }

    /// What is still there of a room; all zero, also for an id that never existed, is the proof that it is gone.
    pub fn residue(&self, room: &RoomId) -> Residue {
        self.0.state.hub().residue(room)
    }

    /// How many rooms there are, whoever is in them.
    pub fn rooms(&self) -> usize {
        self.0.state.hub().rooms()
    }

    /// Their ids.
    pub fn room_ids(&self) -> Vec<RoomId> {
        self.0.state.hub().room_ids()
    }

    pub fn exists(&self, room: &RoomId) -> bool {
        self.0.state.hub().exists(room)
    }

    /// Seats somebody whose ticket was just redeemed, and serves their socket until it ends. `None`: the connection was lost.
    pub async fn join(&self, room: &RoomId, holder: SeatHolder, socket: WebSocket) -> Option<Farewell> {
        let seated = self.enter(room, holder);
        self.serve(seated, socket).await
    }

    /// Whose seat in which room this key takes back.
    pub fn kept(&self, key: &str) -> Option<(RoomId, Seat)> {
        self.0.state.hub().kept(&Secret::parse(key)?.hash())
    }

    /// Serves the socket of somebody who lost the connection a moment ago and has the key of the kept seat.
    pub async fn resume(&self, key: &str, socket: WebSocket) -> Option<Farewell> {
        let seated = self.take_back(key);
        self.serve(seated, socket).await
    }

    /// Back to the waiting room.
    pub fn send_back(&self, room: &RoomId, id: &ParticipantId) {
        self.part(room, id, Farewell::Returned);
    }

    /// Out, for good as far as the room is concerned.
    pub fn turn_away(&self, room: &RoomId, id: &ParticipantId) {
        self.part(room, id, Farewell::Denied);
    }

    /// Out: this browser is the initiator's no longer. A kept seat is given up as well.
    pub fn dismiss_moderator(&self, room: &RoomId) {
        self.change(|hub| hub.part(clock::instant(), room, &Seat::Moderator, Farewell::Denied));
    }

    pub fn occupants(&self, room: &RoomId) -> Vec<Occupant> {
        self.0.state.hub().occupants(room)
    }

    /// Frames that the protocol does not know, sent by clients of this room so far.
    pub fn violations(&self, room: &RoomId) -> u64 {
        self.0.state.hub().violations(room)
    }

    /// Changes whenever somebody joins, leaves, is lost or comes back, and when a room begins or ends.
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.0.state.changed.subscribe()
    }

    /// Counters of the relay, for the metrics.
    pub fn tally(&self) -> Tally {
        self.0.relay.tally()
    }

    /// Sizes of the relay's tables, for the metrics.
    pub fn tables(&self) -> Tables {
        self.0.relay.tables()
    }

    fn enter(&self, room: &RoomId, holder: SeatHolder) -> Result<Inlet, Farewell> {
        let pair = self.pair();
        let credential = Credential::generate().map_err(|Unspecified| Farewell::Denied)?;
        let SeatHolder { seat, name } = holder;
        let entry = Entry {
            client: pair.client(),
            seat,
            name,
            credential,
            resume: fresh_secret()?,
        };
        self.change(|hub| hub.enter(clock::instant(), room, entry, pair))
    }

    fn take_back(&self, key: &str) -> Result<Inlet, Farewell> {
        let key = Secret::parse(key).ok_or(Farewell::Denied)?.hash();
        let (next, pair) = (fresh_secret()?, self.pair());
        self.change(|hub| hub.resume(clock::instant(), &key, &next, pair))
    }

    async fn serve(&self, seated: Result<Inlet, Farewell>, socket: WebSocket) -> Option<Farewell> {
        match seated {
            Ok(inlet) => socket::serve(self, inlet, socket).await,
            Err(farewell) => {
                socket::say_farewell(socket, farewell).await;
                Some(farewell)
            }
        }
    }

    fn pair(&self) -> Pair {
        Pair::new(Client(self.0.next_client.fetch_add(1, Ordering::Relaxed)))
    }

    fn part(&self, room: &RoomId, id: &ParticipantId, farewell: Farewell) {
        let seat = Seat::Participant(id.clone());
        self.change(|hub| hub.part(clock::instant(), room, &seat, farewell));
    }

    fn frame(&self, client: Client, frame: Option<ClientFrame>) {
        let leaves = matches!(frame, None | Some(ClientFrame::Leave {}));
        self.0.state.hub().frame(clock::instant(), client, frame);
        if leaves {
            self.0.state.bump();
        }
    }

    fn lost(&self, client: Client) {
        self.change(|hub| hub.lost(clock::instant(), client));
    }

    fn change<T>(&self, change: impl FnOnce(&mut Hub) -> T) -> T {
        let result = change(&mut self.0.state.hub());
        self.0.state.bump();
        result
    }
}

impl State {
    fn hub(&self) -> MutexGuard<'_, Hub> {
        self.hub.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn bump(&self) {
        self.changed.send_modify(|count| *count += 1);
    }
}

async fn tick(state: Arc<State>) {
    let mut ticks = time::interval(TICK);
    loop {
        ticks.tick().await;
        if state.hub().tick(clock::instant()) {
            state.bump();
        }
    }
}

fn fresh_secret() -> Result<Secret, Farewell> {
    let mut random = [0; 32];
    rand::fill(&mut random).map_err(|Unspecified| Farewell::Denied)?;
    Ok(Secret::new(random))
}
