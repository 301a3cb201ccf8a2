//! All rooms of this process with their sockets and relay credentials: every change happens under one lock, whole.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};

use super::Residue;
use super::protocol::{ClientFrame, Farewell};
use super::relay::{Group, Relay};
use super::room::{Client, Effect, Entry, Room};
use crate::backend::{BackendError, Occupant};
use crate::id::RoomId;
use crate::participant::Seat;
use crate::private::{Secret, SecretHash};

/// Frames waiting for one client. Whoever is slower than this is dropped, and may come back to the kept seat.
const QUEUE: usize = 128;
/// Ended rooms we remember, to tell their people so and to refuse the id. Ids are random and the store refuses used ones.
const REMEMBERED: usize = 4096;

#[derive(Debug)]
pub(super) struct Hub {
    relay: Relay,
    urls: Arc<[String]>,
    grace: Duration,
    rooms: HashMap<RoomId, Room>,
    ended: HashMap<RoomId, Group>,
    ended_in_order: VecDeque<RoomId>,
    clients: HashMap<Client, Outlet>,
    last_group: u64,
}

/// The way to one client's socket.
#[derive(Debug)]
struct Outlet {
    room: RoomId,
    frames: mpsc::Sender<String>,
    farewell: oneshot::Sender<Farewell>,
}

/// The socket's end of it.
#[derive(Debug)]
pub(super) struct Inlet {
    pub(super) client: Client,
    pub(super) frames: mpsc::Receiver<String>,
    pub(super) farewell: oneshot::Receiver<Farewell>,
}

impl Hub {
    pub(super) fn new(relay: Relay, urls: Vec<String>, grace: Duration) -> Self {
        Self {
            relay,
            urls: urls.into(),
            grace,
            rooms: HashMap::new(),
            ended: HashMap::new(),
            ended_in_order: VecDeque::new(),
            clients: HashMap::new(),
            last_group: 0,
        }
    }

    pub(super) fn create(&mut self, room: &RoomId) -> Result<(), BackendError> {
        if self.rooms.contains_key(room) || self.ended.contains_key(room) {
            return Err(BackendError::Used);
        }
        self.last_group += 1;
        let made = Room::new(Group(self.last_group), self.urls.clone(), self.grace);
        self.rooms.insert(room.clone(), made);
        Ok(())
    }

    /// Everybody out, everything gone. An id that never existed is remembered as ended all the same.
    pub(super) fn end(&mut self, now: Instant, room: &RoomId) {
        let mut gone = self.rooms.remove(room);
        let effects = gone
            .as_mut()
            .map(|gone| gone.close(Farewell::Ended))
            .unwrap_or_default();
        self.apply(now, room, effects);
        if !self.ended.contains_key(room) {
            self.remember(room, gone.map_or(Group::NOBODY, |gone| gone.group()));
        }
    }

    pub(super) fn residue(&self, room: &RoomId) -> Residue {
        let live = self.rooms.get(room);
        let Some(group) = live.map(Room::group).or_else(|| self.ended.get(room).copied()) else {
            return Residue::default();
        };
        let (credentials, paths) = self.relay.held_by(group);
        Residue {
            seats: live.map_or(0, Room::seats),
            credentials,
            paths,
        }
    }

    /// Seats somebody admitted and gives the inlet of their socket.
    pub(super) fn enter(&mut self, now: Instant, room: &RoomId, entry: Entry, pair: Pair) -> Result<Inlet, Farewell> {
        let Some(open) = self.rooms.get_mut(room) else {
            return Err(if self.ended.contains_key(room) {
                Farewell::Ended
            } else {
                Farewell::Denied
            });
        };
        self.relay.admit(&entry.credential, open.group());
        let holder = entry.credential.holder();
        let entered = open.enter(now, entry);
        if entered.is_err() {
            self.relay.cut(holder);
        }
        Ok(self.connect(now, room, entered?, pair))
    }

    pub(super) fn kept(&self, key: &SecretHash) -> Option<(RoomId, Seat)> {
        let mut rooms = self.rooms.iter();
        rooms.find_map(|(id, room)| Some((id.clone(), room.kept_seat(key)?)))
    }

    /// Gives a kept seat back to the one who has its key.
    pub(super) fn resume(
        &mut self,
        now: Instant,
        key: &SecretHash,
        next: &Secret,
        pair: Pair,
    ) -> Result<Inlet, Farewell> {
        let found = self.rooms.iter_mut().find(|(_, room)| room.kept_seat(key).is_some());
        let (id, room) = found.map(|(id, room)| (id.clone(), room)).ok_or(Farewell::Denied)?;
        let effects = room.resume(now, key, pair.client(), next)?;
        Ok(self.connect(now, &id, effects, pair))
    }

    pub(super) fn frame(&mut self, now: Instant, client: Client, frame: Option<ClientFrame>) {
        self.event(now, client, |room| room.frame(now, client, frame));
    }

    pub(super) fn lost(&mut self, now: Instant, client: Client) {
        self.event(now, client, |room| room.lost(now, client));
        self.clients.remove(&client);
    }

    pub(super) fn part(&mut self, now: Instant, room: &RoomId, seat: &Seat, farewell: Farewell) {
        let effects = self
            .rooms
            .get_mut(room)
            .map(|open| open.part(now, seat, farewell))
            .unwrap_or_default();
        self.apply(now, room, effects);
    }

    /// Whether anything happened.
    pub(super) fn tick(&mut self, now: Instant) -> bool {
        let due: Vec<_> = self
            .rooms
            .iter_mut()
            .map(|(id, room)| (id.clone(), room.tick(now)))
            .collect();
        let happened = due.iter().any(|(_, effects)| !effects.is_empty());
        for (id, effects) in due {
            self.apply(now, &id, effects);
        }
        happened
    }

    pub(super) fn occupants(&self, room: &RoomId) -> Vec<Occupant> {
        self.rooms.get(room).map(Room::occupants).unwrap_or_default()
    }

    pub(super) fn rooms(&self) -> usize {
        self.rooms.len()
    }

    pub(super) fn room_ids(&self) -> Vec<RoomId> {
        self.rooms.keys().cloned().collect()
    }

    pub(super) fn exists(&self, room: &RoomId) -> bool {
        self.rooms.contains_key(room)
    }

    pub(super) fn violations(&self, room: &RoomId) -> u64 {
        self.rooms.get(room).map_or(0, Room::violations)
    }

    fn event(&mut self, now: Instant, client: Client, happen: impl FnOnce(&mut Room) -> Vec<Effect>) {
        let Some(id) = self.clients.get(&client).map(|outlet| outlet.room.clone()) else {
            return;
        };
        let effects = self.rooms.get_mut(&id).map(happen).unwrap_or_default();
        self.apply(now, &id, effects);
    }

    fn connect(&mut self, now: Instant, room: &RoomId, effects: Vec<Effect>, pair: Pair) -> Inlet {
        let (outlet, inlet) = pair.split(room.clone());
        self.clients.insert(inlet.client, outlet);
        self.apply(now, room, effects);
        inlet
    }

    /// A client whose queue is full is lost, which has effects of its own.
    fn apply(&mut self, now: Instant, room: &RoomId, effects: Vec<Effect>) {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Cut(holder) => self.relay.cut(holder),
                Effect::Close(client, farewell) => {
                    if let Some(outlet) = self.clients.remove(&client) {
                        let _socket_already_gone = outlet.farewell.send(farewell);
                    }
                }
                Effect::Send(client, text) => {
                    let full = self
                        .clients
                        .get(&client)
                        .is_some_and(|outlet| outlet.frames.try_send(text).is_err());
                    if full {
                        self.clients.remove(&client);
                        effects.extend(
                            self.rooms
                                .get_mut(room)
                                .map(|room| room.lost(now, client))
                                .unwrap_or_default(),
                        );
                    }
                }
            }
        }
    }

    fn remember(&mut self, room: &RoomId, group: Group) {
        self.ended.insert(room.clone(), group);
        self.ended_in_order.push_back(room.clone());
        if self.ended_in_order.len() > REMEMBERED {
            let forgotten = self.ended_in_order.pop_front();
            forgotten.and_then(|room| self.ended.remove(&room));
        }
    }
}

/// Both ends of the way to a new client.
#[derive(Debug)]
pub(super) struct Pair {
    client: Client,
    frames: (mpsc::Sender<String>, mpsc::Receiver<String>),
    farewell: (oneshot::Sender<Farewell>, oneshot::Receiver<Farewell>),
}

impl Pair {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            frames: mpsc::channel(QUEUE),
            farewell: oneshot::channel(),
        }
    }

    pub(super) fn client(&self) -> Client {
        self.client
    }

    fn split(self, room: RoomId) -> (Outlet, Inlet) {
        let outlet = Outlet {
            room,
            frames: self.frames.0,
            farewell: self.farewell.0,
        };
        (
            outlet,
            Inlet {
                client: self.client,
                frames: self.frames.1,
                farewell: self.farewell.1,
            },
        )
    }
}

#[cfg(test)]
mod tests;
