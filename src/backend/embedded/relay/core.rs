//! The relay itself, without IO: a packet comes in, at most one goes out, and only to the same room.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use aws_lc_rs::error::Unspecified;
use stun_types::message::{BINDING, IntegrityKey, Message, MessageClass};
use turn_types::attribute::Data;
use turn_types::message::SEND;

use super::super::pace::{Meter, Pace};
use super::allocation::Allocation;
use super::codec::{self, Reply};
use super::nonce::Nonces;
use super::path::Path;
use super::throttle::Throttle;
use super::{Credential, Group, HolderId};

/// A made-up address from the benchmark range (RFC 2544), which is routed nowhere. Nothing listens there.
pub const RELAY_ADDRESS: Ipv4Addr = Ipv4Addr::new(198, 18, 0, 1);
/// 20 Mbit/s from one person, far above five copies of a good picture.
const BUDGET: Pace = Pace {
    unit: Duration::from_nanos(400),
    burst: Duration::from_secs(2),
};

/// What leaves because a packet came.
#[derive(Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The first `length` bytes of the packet itself, with its channel number rewritten.
    InPlace { to: Path, length: usize },
    /// A message of our own.
    Written { to: Path, packet: Vec<u8> },
}

/// Counters for the metrics page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub relayed_bytes: u64,
    /// Packets that had no way to go: other room, no permission, over budget, unknown.
    pub dropped: u64,
    /// Requests with credentials that are not (or no longer) valid.
    pub refused: u64,
}

/// How much the relay holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tables {
    pub holders: usize,
    pub allocations: usize,
    pub sources: usize,
}

#[derive(Debug)]
pub struct Core {
    pub(super) nonces: Nonces,
    throttle: Throttle,
    pub(super) holders: HashMap<HolderId, Holder>,
    /// By relayed port.
    pub(super) allocations: HashMap<u16, Allocation>,
    pub(super) ports: HashMap<Path, u16>,
    pub(super) last_port: u16,
    pub(super) tally: Tally,
}

/// One admitted person: valid as long as it is in the table.
#[derive(Debug)]
pub(super) struct Holder {
    pub(super) group: Group,
    pub(super) key: IntegrityKey,
    pub(super) allocations: usize,
    spent: Meter,
}

impl Core {
    pub fn new(now: Instant) -> Result<Self, Unspecified> {
        Ok(Self {
            nonces: Nonces::new(now)?,
            throttle: Throttle::new(now),
            holders: HashMap::new(),
            allocations: HashMap::new(),
            ports: HashMap::new(),
            last_port: 0,
            tally: Tally::default(),
        })
    }

    /// From now on these credentials may relay to the others of the group.
    pub fn admit(&mut self, now: Instant, credential: &Credential, group: Group) {
        let key = codec::key(&credential.username(), credential.password());
        self.holders.insert(
            credential.holder(),
            Holder {
                group,
                key,
                allocations: 0,
                spent: Meter::new(now),
            },
        );
    }

    /// The credentials and every allocation made with them are gone when this returns. Says which paths were cut.
    pub fn cut(&mut self, holder: HolderId) -> Vec<Path> {
        if self.holders.remove(&holder).is_none() {
            return Vec::new();
        }
        self.forget(|allocation| allocation.holder == holder)
    }

    /// The connection is gone, and with it its allocation.
    pub fn close(&mut self, path: &Path) {
        if let Some(port) = self.ports.get(path).copied() {
            self.remove(port);
        }
    }

    /// Drops what expired. Expired allocations relay nothing even before.
    pub fn sweep(&mut self, now: Instant) -> Vec<Path> {
        self.forget(|allocation| !allocation.lives(now))
    }

    pub fn handle(&mut self, now: Instant, from: Path, packet: &mut [u8]) -> Option<Delivery> {
        match packet.first() {
            Some(0x40..=0x4f) => self.forward(now, &from, packet),
            Some(0x00..=0x03) => self.message(now, from, packet),
            _ => None,
        }
    }

    pub fn tally(&self) -> Tally {
        self.tally
    }

    pub fn tables(&self) -> Tables {
        let (holders, allocations) = (self.holders.len(), self.allocations.len());
        Tables {
            holders,
            allocations,
            sources: self.throttle.slots(),
        }
    }

    /// Credentials and allocations of one group.
    pub fn held_by(&self, group: Group) -> (usize, usize) {
        let holders = self.holders.values().filter(|holder| holder.group == group).count();
        let allocations = self
            .allocations
            .values()
            .filter(|allocation| allocation.group == group)
            .count();
        (holders, allocations)
    }

    pub(super) fn allocated(&self, path: &Path) -> bool {
        self.ports.contains_key(path)
    }

    /// `None` when this source has had its share of answers.
    pub(super) fn answer(&mut self, now: Instant, to: Path, reply: impl FnOnce(&Self) -> Reply) -> Option<Delivery> {
        if !self.throttle.answers(now, &to) {
            return None;
        }
        Some(Delivery::Written {
            to,
            packet: reply(self).finish(),
        })
    }

    pub(super) fn remove(&mut self, port: u16) -> Option<Path> {
        let gone = self.allocations.remove(&port)?;
        self.ports.remove(&gone.path);
        if let Some(holder) = self.holders.get_mut(&gone.holder) {
            holder.allocations = holder.allocations.saturating_sub(1);
        }
        Some(gone.path)
    }

    fn forget(&mut self, which: impl Fn(&Allocation) -> bool) -> Vec<Path> {
        let gone: Vec<u16> = self
            .allocations
            .iter()
            .filter(|(_, allocation)| which(allocation))
            .map(|(port, _)| *port)
            .collect();
        gone.into_iter().filter_map(|port| self.remove(port)).collect()
    }

    /// `ChannelData` (RFC 8656 §12.4), the path of nearly every packet: nothing is copied or allocated.
    fn forward(&mut self, now: Instant, from: &Path, packet: &mut [u8]) -> Option<Delivery> {
        let &[a, b, c, d, ..] = &*packet else { return None };
        let (number, payload) = (u16::from_be_bytes([a, b]), usize::from(u16::from_be_bytes([c, d])));
        let length = payload + 4;
        packet.get(..length)?; // padding may follow
        let source = self.ports.get(from).copied()?;
        let peer = self.allocations.get(&source)?.peer_of(now, number);
        let (to, channel) = self.route(now, source, peer, payload)?;
        let Some(channel) = channel else {
            let data = packet.get(4..length)?;
            return Some(Delivery::Written {
                to,
                packet: codec::data_indication(relayed(source), data),
            });
        };
        packet.get_mut(..2)?.copy_from_slice(&channel.to_be_bytes());
        Some(Delivery::InPlace { to, length })
    }

    fn message(&mut self, now: Instant, from: Path, packet: &[u8]) -> Option<Delivery> {
        let message = codec::read(packet)?;
        match (message.class(), message.method()) {
            (MessageClass::Request, BINDING) => {
                self.answer(now, from, |_| Reply::success(&message).mapped(from.remote))
            }
            (MessageClass::Request, _) => self.request(now, from, &message),
            (MessageClass::Indication, SEND) => self.send(now, &from, &message),
            _ => None,
        }
    }

    /// Send indication (RFC 8656 §11.1).
    fn send(&mut self, now: Instant, from: &Path, message: &Message<'_>) -> Option<Delivery> {
        let source = self.ports.get(from).copied()?;
        let data = message.attribute::<Data<'_>>().ok()?;
        let &[peer] = codec::peers(message)?.as_slice() else {
            return None;
        };
        let permitted = is_ours(peer) && self.allocations.get(&source)?.permits(now);
        let (to, channel) = self.route(now, source, permitted.then_some(peer.port()), data.data().len())?;
        let packet = match channel {
            Some(number) => channel_data(number, data.data())?,
            None => codec::data_indication(relayed(source), data.data()),
        };
        Some(Delivery::Written { to, packet })
    }

    /// Where a packet of this allocation may go, and the channel the receiver has bound for it.
    fn route(&mut self, now: Instant, source: u16, peer: Option<u16>, payload: usize) -> Option<(Path, Option<u16>)> {
        let route = self.find_route(now, source, peer, payload);
        match route {
            Some(_) => self.tally.relayed_bytes += payload as u64,
            None => self.tally.dropped += 1,
        }
        route
    }

    fn find_route(
        &mut self,
        now: Instant,
        source: u16,
        peer: Option<u16>,
        payload: usize,
    ) -> Option<(Path, Option<u16>)> {
        let from = self
            .allocations
            .get(&source)
            .filter(|allocation| allocation.lives(now))?;
        let to = self
            .allocations
            .get(&peer?)
            .filter(|allocation| allocation.lives(now))?;
        if to.group != from.group || !to.permits(now) {
            return None;
        }
        let holder = self.holders.get_mut(&from.holder)?;
        let units = u32::try_from(payload).ok()?;
        holder
            .spent
            .spend(now, units, BUDGET)
            .then(|| (to.path, to.channel_to(now, source)))
    }
}

pub(super) fn relayed(port: u16) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(RELAY_ADDRESS), port)
}

/// Only addresses that this relay handed out exist for it: no way leads out of the process.
pub(super) fn is_ours(peer: SocketAddr) -> bool {
    peer.ip() == IpAddr::V4(RELAY_ADDRESS)
}

fn channel_data(number: u16, data: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(data.len()).ok()?;
    let mut packet = Vec::with_capacity(data.len() + 8);
    packet.extend_from_slice(&number.to_be_bytes());
    packet.extend_from_slice(&length.to_be_bytes());
    packet.extend_from_slice(data);
    Some(packet)
}
