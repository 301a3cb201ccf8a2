//! The narrow gate to the STUN and TURN codec: what comes in is checked for its length, what goes out cannot fail.

use std::net::SocketAddr;

use stun_types::attribute::{
    AttributeType, ErrorCode, Fingerprint, MessageIntegrity, Nonce, Realm, UnknownAttributes, Username,
    XorMappedAddress,
};
use stun_types::message::{
    IntegrityAlgorithm, IntegrityKey, LongTermKeyCredentials, Message, MessageHeader, MessageWriteVec,
};
use stun_types::prelude::{Attribute as _, AttributeStaticType, AttributeWrite, MessageWrite, MessageWriteExt};
use tracing::dispatcher::{self, Dispatch};
use turn_types::attribute::{
    ChannelNumber, Data, Lifetime, RequestedAddressFamily, RequestedTransport, XorPeerAddress, XorRelayedAddress,
};

pub(super) const REALM: &str = "sprechzimmer";

/// Everything else that must be understood is refused with 420 (RFC 8489 §6.3.1).
const UNDERSTOOD: [AttributeType; 12] = [
    Username::TYPE,
    Realm::TYPE,
    Nonce::TYPE,
    MessageIntegrity::TYPE,
    Fingerprint::TYPE,
    Lifetime::TYPE,
    RequestedTransport::TYPE,
    RequestedAddressFamily::TYPE,
    XorPeerAddress::TYPE,
    ChannelNumber::TYPE,
    Data::TYPE,
    XorMappedAddress::TYPE,
];

/// Reads one whole STUN message. Bytes after its end make it invalid.
pub(super) fn read(packet: &[u8]) -> Option<Message<'_>> {
    quietly(|| {
        let header = MessageHeader::from_bytes(packet).ok()?;
        let whole = packet.len() == MessageHeader::LENGTH + usize::from(header.data_length());
        if whole { Message::from_bytes(packet).ok() } else { None }
    })
}

/// MESSAGE-INTEGRITY with the key of long-term credentials (RFC 8489 §9.2.4).
pub(super) fn signed_by(message: &Message<'_>, key: &IntegrityKey) -> bool {
    quietly(|| message.validate_integrity_with_key(key).is_ok())
}

/// The key of a person's credentials, made once.
pub(super) fn key(username: &str, password: &str) -> IntegrityKey {
    LongTermKeyCredentials::new(username.to_owned(), password.to_owned(), REALM.to_owned())
        .make_key(IntegrityAlgorithm::Sha1)
}

/// The attributes of a request that we would have to understand.
pub(super) fn not_understood(message: &Message<'_>) -> Vec<AttributeType> {
    let types = message.iter_attributes().map(|(_, attribute)| attribute.get_type());
    types
        .filter(|each| each.comprehension_required() && !UNDERSTOOD.contains(each))
        .collect()
}

/// All XOR-PEER-ADDRESS attributes; `None` if there is none or one of them is broken.
pub(super) fn peers(message: &Message<'_>) -> Option<Vec<SocketAddr>> {
    let peers: Option<Vec<_>> = message
        .iter_attributes()
        .filter(|(_, attribute)| attribute.get_type() == XorPeerAddress::TYPE)
        .map(|(_, attribute)| {
            Some(
                XorPeerAddress::try_from(&attribute)
                    .ok()?
                    .addr(message.transaction_id()),
            )
        })
        .collect();
    peers.filter(|peers| !peers.is_empty())
}

/// A Data indication (RFC 8656 §11.6).
pub(super) fn data_indication(peer: SocketAddr, data: &[u8]) -> Vec<u8> {
    let message = Message::builder_indication(
        turn_types::message::DATA,
        MessageWriteVec::with_capacity(MessageHeader::LENGTH + 20 + data.len()),
    );
    let mut reply = Reply(message);
    let transaction = reply.0.transaction_id();
    reply.add(&XorPeerAddress::new(peer, transaction));
    reply.add(&Data::new(data));
    reply.finish()
}

/// An answer under construction.
#[derive(Debug)]
pub(super) struct Reply(MessageWriteVec);

impl Reply {
    /// `request` must be a request; the core answers nothing else.
    pub(super) fn success(request: &Message<'_>) -> Self {
        Self(Message::builder_success(request, MessageWriteVec::with_capacity(128)))
    }

    pub(super) fn error(request: &Message<'_>, code: u16) -> Self {
        let mut reply = Self(Message::builder_error(request, MessageWriteVec::with_capacity(192)));
        if let Ok(error) = ErrorCode::builder(code).build() {
            reply.add(&error);
        }
        reply
    }

    pub(super) fn challenge(mut self, nonce: &str) -> Self {
        if let (Ok(realm), Ok(nonce)) = (Realm::new(REALM), Nonce::new(nonce)) {
            self.add(&realm);
            self.add(&nonce);
        }
        self
    }

    pub(super) fn unknown(mut self, types: &[AttributeType]) -> Self {
        self.add(&UnknownAttributes::new(types));
        self
    }

    pub(super) fn mapped(mut self, remote: SocketAddr) -> Self {
        let transaction = self.0.transaction_id();
        self.add(&XorMappedAddress::new(remote, transaction));
        self
    }

    pub(super) fn relayed(mut self, address: SocketAddr) -> Self {
        let transaction = self.0.transaction_id();
        self.add(&XorRelayedAddress::new(address, transaction));
        self
    }

    pub(super) fn lifetime(mut self, seconds: u32) -> Self {
        self.add(&Lifetime::new(seconds));
        self
    }

    pub(super) fn sign(mut self, key: &IntegrityKey) -> Vec<u8> {
        let signed = quietly(|| self.0.add_message_integrity_with_key(key, IntegrityAlgorithm::Sha1));
        debug_assert!(signed.is_ok(), "a reply is signed once");
        self.finish()
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.finish()
    }

    fn add(&mut self, attribute: &dyn AttributeWrite) {
        let added = quietly(|| self.0.add_attribute(attribute));
        debug_assert!(added.is_ok(), "our replies are small");
    }
}

/// The codec writes a line at WARN for every broken packet, and keys at TRACE: strangers must neither fill nor read our log.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    dispatcher::with_default(&Dispatch::none(), work)
}
