//! A TURN client for the tests, written with the codec and without IO.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use sprechzimmer::backend::embedded::relay::{Core, Credential, Delivery, Group, Line, Path, RELAY_ADDRESS};
use stun_types::attribute::{ErrorCode, Nonce, Realm, Username};
use stun_types::message::{
    BINDING, IntegrityAlgorithm, LongTermKeyCredentials, Message, MessageClass, MessageType, MessageWriteVec, Method,
};
use stun_types::prelude::*;
use turn_types::attribute::{ChannelNumber, Data, Lifetime, RequestedTransport, XorPeerAddress, XorRelayedAddress};
use turn_types::message::{ALLOCATE, CHANNEL_BIND, CREATE_PERMISSION, REFRESH, SEND};

pub(crate) const UDP: u8 = 17;

#[expect(
    clippy::disallowed_methods,
    reason = "the tests count from here with durations of their own"
)]
pub(crate) fn start() -> Instant {
    Instant::now()
}

pub(crate) fn relayed(port: u16) -> SocketAddr {
    SocketAddr::from((RELAY_ADDRESS, port))
}

pub(crate) fn channel_data(number: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&number.to_be_bytes()[..], &length.to_be_bytes(), data].concat()
}

pub(crate) fn binding() -> Vec<u8> {
    Message::builder_request(BINDING, MessageWriteVec::new()).finish()
}

/// An Allocate as a browser sends it first: without credentials.
pub(crate) fn bare_allocate() -> Vec<u8> {
    let mut message = Message::builder_request(ALLOCATE, MessageWriteVec::new());
    message.add_attribute(&RequestedTransport::new(UDP)).unwrap();
    message.finish()
}

/// What a request came to: `Ok` or the error code.
pub(crate) type Outcome = std::result::Result<Vec<u8>, u16>;

/// One socket of one person.
pub(crate) struct Caller {
    pub(crate) path: Path,
    pub(crate) username: String,
    pub(crate) password: String,
    pub(crate) nonce: String,
    /// The relayed port after `allocate`.
    pub(crate) port: u16,
}

impl Caller {
    pub(crate) fn new(credential: &Credential, remote: &str) -> Self {
        Self::on(Path::new(Line::Datagram(0), remote.parse().unwrap()), credential)
    }

    pub(crate) fn on(path: Path, credential: &Credential) -> Self {
        let (username, password) = (credential.username(), credential.password().to_owned());
        Self {
            path,
            username,
            password,
            nonce: String::new(),
            port: 0,
        }
    }

    pub(crate) fn signed(&self, method: Method, attributes: &[&dyn Fn(&mut MessageWriteVec)]) -> Vec<u8> {
        let mut message = Message::builder_request(method, MessageWriteVec::new());
        for add in attributes {
            add(&mut message);
        }
        message.add_attribute(&Username::new(&self.username).unwrap()).unwrap();
        message.add_attribute(&Realm::new("sprechzimmer").unwrap()).unwrap();
        message.add_attribute(&Nonce::new(&self.nonce).unwrap()).unwrap();
        let key = LongTermKeyCredentials::new(self.username.clone(), self.password.clone(), "sprechzimmer".to_owned());
        message
            .add_message_integrity(&key.into(), IntegrityAlgorithm::Sha1)
            .unwrap();
        message.finish()
    }

    pub(crate) fn allocate_request(&self) -> Vec<u8> {
        self.signed(
            ALLOCATE,
            &[&|message| message.add_attribute(&RequestedTransport::new(UDP)).unwrap()],
        )
    }

    pub(crate) fn refresh_request(&self, seconds: u32) -> Vec<u8> {
        self.signed(
            REFRESH,
            &[&|message| message.add_attribute(&Lifetime::new(seconds)).unwrap()],
        )
    }

    pub(crate) fn permission_request(&self, peers: &[SocketAddr]) -> Vec<u8> {
        self.signed(
            CREATE_PERMISSION,
            &[&|message| {
                for peer in peers {
                    let transaction = message.transaction_id();
                    message.add_attribute(&XorPeerAddress::new(*peer, transaction)).unwrap();
                }
            }],
        )
    }

    pub(crate) fn bind_request(&self, number: u16, peer: SocketAddr) -> Vec<u8> {
        self.signed(
            CHANNEL_BIND,
            &[&|message| {
                let transaction = message.transaction_id();
                message.add_attribute(&ChannelNumber::new(number)).unwrap();
                message.add_attribute(&XorPeerAddress::new(peer, transaction)).unwrap();
            }],
        )
    }

    pub(crate) fn ask(&self, core: &mut Core, now: Instant, mut packet: Vec<u8>) -> Outcome {
        match core.handle(now, self.path, &mut packet) {
            Some(Delivery::Written { to, packet }) => {
                assert_eq!(to, self.path, "an answer goes to the one who asked");
                outcome(packet)
            }
            other => panic!("no answer: {other:?}"),
        }
    }

    /// Asks without credentials, as every client does, and keeps the nonce.
    pub(crate) fn learn_nonce(&mut self, core: &mut Core, now: Instant) {
        let mut packet = bare_allocate();
        let Some(Delivery::Written { packet, .. }) = core.handle(now, self.path, &mut packet) else {
            panic!("no challenge")
        };
        self.keep_nonce(&packet);
    }

    pub(crate) fn keep_nonce(&mut self, challenge: &[u8]) {
        let message = Message::from_bytes(challenge).unwrap();
        message
            .attribute::<Nonce>()
            .unwrap()
            .nonce()
            .clone_into(&mut self.nonce);
    }

    pub(crate) fn allocate(&mut self, core: &mut Core, now: Instant) -> Result<u16, u16> {
        self.learn_nonce(core, now);
        let answer = self.ask(core, now, self.allocate_request())?;
        self.port = relayed_port(&answer);
        Ok(self.port)
    }

    pub(crate) fn refresh(&self, core: &mut Core, now: Instant, seconds: u32) -> Result<u32, u16> {
        let answer = self.ask(core, now, self.refresh_request(seconds))?;
        Ok(Message::from_bytes(&answer)
            .unwrap()
            .attribute::<Lifetime>()
            .unwrap()
            .seconds())
    }

    pub(crate) fn permit(&self, core: &mut Core, now: Instant, peers: &[SocketAddr]) -> Outcome {
        self.ask(core, now, self.permission_request(peers))
    }

    pub(crate) fn bind(&self, core: &mut Core, now: Instant, number: u16, peer: SocketAddr) -> Outcome {
        self.ask(core, now, self.bind_request(number, peer))
    }

    /// Sends on a channel and says who receives what.
    pub(crate) fn send_on(&self, core: &mut Core, now: Instant, number: u16, data: &[u8]) -> Option<(Path, Vec<u8>)> {
        received(core, now, self.path, channel_data(number, data))
    }

    /// Sends without a channel.
    pub(crate) fn send_to(
        &self,
        core: &mut Core,
        now: Instant,
        peer: SocketAddr,
        data: &[u8],
    ) -> Option<(Path, Vec<u8>)> {
        let mut message = Message::builder(
            MessageType::from_class_method(MessageClass::Indication, SEND),
            7.into(),
            MessageWriteVec::new(),
        );
        message.add_attribute(&XorPeerAddress::new(peer, 7.into())).unwrap();
        message.add_attribute(&Data::new(data)).unwrap();
        received(core, now, self.path, message.finish())
    }
}

pub(crate) fn relayed_port(answer: &[u8]) -> u16 {
    let message = Message::from_bytes(answer).unwrap();
    let address = message
        .attribute::<XorRelayedAddress>()
        .unwrap()
        .addr(message.transaction_id());
    assert_eq!(address.ip(), RELAY_ADDRESS);
    address.port()
}

pub(crate) fn outcome(answer: Vec<u8>) -> Outcome {
    let message = Message::from_bytes(&answer).unwrap();
    match message.attribute::<ErrorCode>() {
        Ok(error) => Err(error.code()),
        Err(_) => Ok(answer),
    }
}

/// Two people of one room who have bound a channel to each other.
pub(crate) fn pair(core: &mut Core, now: Instant, group: Group) -> [Caller; 2] {
    let mut callers = [4000, 4001].map(|port| {
        let credential = Credential::generate().unwrap();
        core.admit(now, &credential, group);
        Caller::new(&credential, &format!("192.0.2.{}:{port}", group.0))
    });
    for caller in &mut callers {
        caller.allocate(core, now).unwrap();
    }
    let [one, other] = callers;
    one.bind(core, now, 0x4000, relayed(other.port)).unwrap();
    other.bind(core, now, 0x4001, relayed(one.port)).unwrap();
    [one, other]
}

pub(crate) fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

fn received(core: &mut Core, now: Instant, from: Path, mut packet: Vec<u8>) -> Option<(Path, Vec<u8>)> {
    Some(match core.handle(now, from, &mut packet)? {
        Delivery::InPlace { to, length } => (to, packet[..length].to_vec()),
        Delivery::Written { to, packet } => (to, packet),
    })
}
