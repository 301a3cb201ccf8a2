//! The requests of a TURN client that need credentials.

use std::net::SocketAddr;
use std::time::Instant;

use stun_types::AddressFamily;
use stun_types::attribute::{ErrorCode, Nonce, Username};
use stun_types::message::{IntegrityKey, Message};
use turn_types::attribute::{ChannelNumber, Lifetime, RequestedAddressFamily, RequestedTransport};
use turn_types::message::{ALLOCATE, CHANNEL_BIND, CREATE_PERMISSION, REFRESH};

use super::allocation::Allocation;
use super::codec::{self, Reply};
use super::core::{Core, Delivery, is_ours, relayed};
use super::path::Path;
use super::{Group, HolderId};

/// Browsers make one allocation per connection, network interface and announced address; an ICE restart doubles them.
pub const ALLOCATIONS_PER_PERSON: usize = 96;
const ALLOCATIONS: usize = 16_384;
const FIRST_PORT: u16 = 1024;

/// A request whose sender is proven.
struct Proven<'a> {
    message: &'a Message<'a>,
    from: Path,
    holder: HolderId,
    group: Group,
}

impl Core {
    pub(super) fn request(&mut self, now: Instant, from: Path, message: &Message<'_>) -> Option<Delivery> {
        let method = message.method();
        if ![ALLOCATE, REFRESH, CREATE_PERMISSION, CHANNEL_BIND].contains(&method) {
            return self.answer(now, from, |_| Reply::error(message, ErrorCode::BAD_REQUEST));
        }
        let (proven, key) = match self.prove(now, from, message) {
            Ok(proven) => proven,
            Err(code) => {
                return self.answer(now, from, |core| {
                    Reply::error(message, code).challenge(&core.nonces.make(now, &from))
                });
            }
        };
        let unknown = codec::not_understood(message);
        let reply = if !unknown.is_empty() {
            Reply::error(message, ErrorCode::UNKNOWN_ATTRIBUTE).unknown(&unknown)
        } else if method == ALLOCATE {
            self.allocate(now, &proven)
                .unwrap_or_else(|code| Reply::error(message, code))
        } else {
            self.use_allocation(now, &proven)
                .unwrap_or_else(|code| Reply::error(message, code))
        };
        Some(Delivery::Written {
            to: from,
            packet: reply.sign(&key),
        })
    }

    /// Long-term credentials in the order of RFC 8489 §9.2.4. The error is the code to answer with.
    fn prove<'a>(
        &mut self,
        now: Instant,
        from: Path,
        message: &'a Message<'a>,
    ) -> Result<(Proven<'a>, IntegrityKey), u16> {
        let nonce = message.attribute::<Nonce>().map_err(|_| ErrorCode::UNAUTHORIZED)?;
        let username = message.attribute::<Username>().map_err(|_| ErrorCode::UNAUTHORIZED)?;
        if !self.nonces.holds(now, &from, nonce.nonce()) {
            return Err(ErrorCode::STALE_NONCE);
        }
        let id = HolderId::from_username(username.username());
        let held = id.and_then(|id| Some((id, self.holders.get(&id)?)));
        match held {
            Some((holder, held)) if codec::signed_by(message, &held.key) => Ok((
                Proven {
                    message,
                    from,
                    holder,
                    group: held.group,
                },
                held.key.clone(),
            )),
            _ => {
                self.tally.refused += 1;
                Err(ErrorCode::UNAUTHORIZED)
            }
        }
    }

    /// RFC 8656 §7.2.
    fn allocate(&mut self, now: Instant, request: &Proven<'_>) -> Result<Reply, u16> {
        let message = request.message;
        if let Some(port) = self.ports.get(&request.from).copied() {
            let live = self
                .allocations
                .get(&port)
                .is_some_and(|allocation| allocation.lives(now));
            if live {
                return self.allocate_again(now, request, port);
            }
            self.remove(port);
        }
        let transport = message
            .attribute::<RequestedTransport>()
            .map_err(|_| ErrorCode::BAD_REQUEST)?;
        if transport.protocol() != RequestedTransport::UDP {
            return Err(ErrorCode::UNSUPPORTED_TRANSPORT_PROTOCOL);
        }
        let family = message.attribute::<RequestedAddressFamily>();
        if family.is_ok_and(|asked| asked.family() != AddressFamily::IPV4) {
            return Err(ErrorCode::ADDRESS_FAMILY_NOT_SUPPORTED);
        }
        let port = self.free_port().ok_or(ErrorCode::INSUFFICIENT_CAPACITY)?;
        let holder = self.holders.get_mut(&request.holder).ok_or(ErrorCode::UNAUTHORIZED)?;
        if holder.allocations >= ALLOCATIONS_PER_PERSON {
            return Err(ErrorCode::ALLOCATION_QUOTA_REACHED);
        }
        holder.allocations += 1;
        let transaction = message.transaction_id();
        let mut allocation = Allocation::new(now, request.holder, request.group, request.from, transaction);
        let granted = allocation.refresh(now, asked_lifetime(message));
        self.allocations.insert(port, allocation);
        self.ports.insert(request.from, port);
        Ok(allocated(request, port, granted))
    }

    /// The answer got lost and the same request came again, or a second one came on the same path (437).
    fn allocate_again(&mut self, now: Instant, request: &Proven<'_>, port: u16) -> Result<Reply, u16> {
        let allocation = self.allocations.get_mut(&port).ok_or(ErrorCode::ALLOCATION_MISMATCH)?;
        if allocation.transaction != request.message.transaction_id() || allocation.holder != request.holder {
            return Err(ErrorCode::ALLOCATION_MISMATCH);
        }
        let granted = allocation.refresh(now, asked_lifetime(request.message));
        Ok(allocated(request, port, granted))
    }

    fn use_allocation(&mut self, now: Instant, request: &Proven<'_>) -> Result<Reply, u16> {
        let message = request.message;
        let port = self
            .ports
            .get(&request.from)
            .copied()
            .ok_or(ErrorCode::ALLOCATION_MISMATCH)?;
        let allocation = self
            .allocations
            .get_mut(&port)
            .filter(|allocation| allocation.lives(now));
        let allocation = allocation.ok_or(ErrorCode::ALLOCATION_MISMATCH)?;
        if allocation.holder != request.holder {
            return Err(ErrorCode::WRONG_CREDENTIALS);
        }
        match message.method() {
            CREATE_PERMISSION => {
                outside_is_forbidden(message)?;
                allocation.permit(now);
                Ok(Reply::success(message))
            }
            CHANNEL_BIND => {
                let peer = outside_is_forbidden(message)?;
                let number = message
                    .attribute::<ChannelNumber>()
                    .map_err(|_| ErrorCode::BAD_REQUEST)?
                    .channel();
                let bound = (0x4000..=0x4fff).contains(&number) && allocation.bind(now, number, peer);
                bound.then(|| Reply::success(message)).ok_or(ErrorCode::BAD_REQUEST)
            }
            _ if asked_lifetime(message) == Some(0) => {
                self.remove(port);
                Ok(Reply::success(message).lifetime(0))
            }
            _ => {
                let granted = allocation.refresh(now, asked_lifetime(message));
                Ok(Reply::success(message).lifetime(granted))
            }
        }
    }

    fn free_port(&mut self) -> Option<u16> {
        if self.allocations.len() >= ALLOCATIONS {
            return None;
        }
        (0..=ALLOCATIONS).find_map(|_| {
            self.last_port = self.last_port.checked_add(1).unwrap_or(FIRST_PORT).max(FIRST_PORT);
            (!self.allocations.contains_key(&self.last_port)).then_some(self.last_port)
        })
    }
}

/// RFC 8656 §9.2, §12.2: 403 for every peer that is not an allocation of ours. Gives the first peer's port.
fn outside_is_forbidden(message: &Message<'_>) -> Result<u16, u16> {
    let peers = codec::peers(message).ok_or(ErrorCode::BAD_REQUEST)?;
    if !peers.iter().copied().all(is_ours) {
        return Err(ErrorCode::FORBIDDEN);
    }
    peers.first().map(SocketAddr::port).ok_or(ErrorCode::BAD_REQUEST)
}

fn asked_lifetime(message: &Message<'_>) -> Option<u32> {
    message.attribute::<Lifetime>().ok().map(|lifetime| lifetime.seconds())
}

fn allocated(request: &Proven<'_>, port: u16, granted: u32) -> Reply {
    Reply::success(request.message)
        .relayed(relayed(port))
        .lifetime(granted)
        .mapped(request.from.remote)
}
