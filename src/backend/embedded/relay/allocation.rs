//! One allocation: a relayed address that exists only inside this process, with what its owner permitted.

use std::time::{Duration, Instant};

use stun_types::message::TransactionId;

use super::path::Path;
use super::{Group, HolderId};

/// RFC 8656 §3.2: ten minutes unless refreshed; we grant no more.
pub(super) const LIFETIME: u32 = 600;
/// RFC 8656 §12: a binding lasts ten minutes.
const CHANNEL: Duration = Duration::from_mins(10);
/// RFC 8656 §9: a permission lasts five minutes.
const PERMISSION: Duration = Duration::from_mins(5);
/// A peer costs one channel, and six people have few peers.
const CHANNELS: usize = 64;

#[derive(Debug)]
pub(super) struct Allocation {
    pub(super) holder: HolderId,
    pub(super) group: Group,
    pub(super) path: Path,
    /// Of the request that made it: the same request again gets the same answer (RFC 8489 §6.3.1).
    pub(super) transaction: TransactionId,
    expires: Instant,
    /// Permissions are per IP address and all relayed addresses share one, so one moment is enough.
    permitted_until: Instant,
    /// A handful: searching a list is faster than hashing.
    channels: Vec<Channel>,
}

#[derive(Clone, Copy, Debug)]
struct Channel {
    number: u16,
    peer: u16,
    expires: Instant,
}

impl Allocation {
    pub(super) fn new(now: Instant, holder: HolderId, group: Group, path: Path, transaction: TransactionId) -> Self {
        Self {
            holder,
            group,
            path,
            transaction,
            expires: now,
            permitted_until: now,
            channels: Vec::new(),
        }
    }

    pub(super) fn lives(&self, now: Instant) -> bool {
        now < self.expires
    }

    /// Grants a lifetime and says how many seconds it is.
    pub(super) fn refresh(&mut self, now: Instant, asked: Option<u32>) -> u32 {
        let granted = asked.unwrap_or(LIFETIME).clamp(60, LIFETIME);
        self.expires = now + Duration::from_secs(u64::from(granted));
        granted
    }

    pub(super) fn permit(&mut self, now: Instant) {
        self.permitted_until = self.permitted_until.max(now + PERMISSION);
    }

    pub(super) fn permits(&self, now: Instant) -> bool {
        now < self.permitted_until
    }

    /// `false` where RFC 8656 §12.1 wants 400: number or peer already bound elsewhere, or too many.
    #[must_use]
    pub(super) fn bind(&mut self, now: Instant, number: u16, peer: u16) -> bool {
        self.channels.retain(|channel| now < channel.expires);
        let expires = now + CHANNEL;
        let full = self.channels.len() >= CHANNELS;
        match self
            .channels
            .iter_mut()
            .find(|channel| channel.number == number || channel.peer == peer)
        {
            Some(channel) if channel.number == number && channel.peer == peer => channel.expires = expires,
            Some(_) => return false,
            None if full => return false,
            None => self.channels.push(Channel { number, peer, expires }),
        }
        // As long as the binding, so that a client that renews only its channels is not cut off in between.
        self.permitted_until = self.permitted_until.max(expires);
        true
    }

    pub(super) fn peer_of(&self, now: Instant, number: u16) -> Option<u16> {
        self.live(now)
            .find(|channel| channel.number == number)
            .map(|channel| channel.peer)
    }

    pub(super) fn channel_to(&self, now: Instant, peer: u16) -> Option<u16> {
        self.live(now)
            .find(|channel| channel.peer == peer)
            .map(|channel| channel.number)
    }

    fn live(&self, now: Instant) -> impl Iterator<Item = &Channel> {
        self.channels.iter().filter(move |channel| now < channel.expires)
    }
}
