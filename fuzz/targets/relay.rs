//! Three people in two rooms send the relay whatever they like: nothing crosses, nothing is left behind, nothing panics.
#![no_main]

#[path = "../../tests/it/relay/caller.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod caller;

use std::time::Duration;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use sprechzimmer::backend::embedded::relay::{ALLOCATIONS_PER_PERSON, Core, Credential, Delivery, Group, Path};
use stun_types::attribute::{AttributeType, RawAttribute};
use stun_types::message::Method;
use stun_types::prelude::*;

use caller::{Caller, start};

/// Whoever sends: the first two share a room, the third sits in another one.
const PEOPLE: usize = 3;

#[derive(Arbitrary, Debug)]
enum Step {
    /// Any bytes.
    Packet {
        who: u8,
        bytes: Vec<u8>,
    },
    /// A request of any content with a right signature: behind it lies what a stranger never reaches.
    Signed {
        who: u8,
        method: u16,
        attributes: Vec<(u16, Vec<u8>)>,
    },
    /// What a browser does first.
    Allocate {
        who: u8,
    },
    /// Binds a channel to the person behind `whom`, of whatever room.
    Bind {
        who: u8,
        whom: u8,
        number: u16,
    },
    /// Sends on a channel.
    Send {
        who: u8,
        number: u16,
        data: Vec<u8>,
    },
    /// Sends without a channel.
    SendTo {
        who: u8,
        whom: u8,
        data: Vec<u8>,
    },
    Wait {
        seconds: u16,
    },
    Sweep,
    Close {
        who: u8,
    },
    Cut {
        who: u8,
    },
}

struct Table {
    core: Core,
    people: Vec<(Caller, Credential, bool)>,
    now: std::time::Instant,
}

impl Table {
    fn new() -> Self {
        let now = start();
        let mut core = Core::new(now).unwrap();
        let mut people = Vec::new();
        for number in 0..PEOPLE {
            let credential = Credential::generate().unwrap();
            core.admit(now, &credential, room(number));
            let mut caller = Caller::new(&credential, &format!("192.0.2.{}:4000", number + 1));
            caller.allocate(&mut core, now).unwrap();
            people.push((caller, credential, true));
        }
        let ports: Vec<u16> = people.iter().map(|(caller, ..)| caller.port).collect();
        people[0]
            .0
            .bind(&mut core, now, 0x4000, caller::relayed(ports[1]))
            .unwrap();
        people[1]
            .0
            .bind(&mut core, now, 0x4001, caller::relayed(ports[0]))
            .unwrap();
        Self { core, people, now }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Packet { who, bytes } => self.send(who, bytes),
            Step::Signed {
                who,
                method,
                attributes,
            } => {
                let add = |message: &mut stun_types::message::MessageWriteVec| {
                    for (kind, value) in &attributes {
                        // name, realm, nonce, signatures and fingerprint are written once; wrong ones come as a bare packet
                        if [0x0006, 0x0014, 0x0015, 0x0008, 0x001c, 0x8028].contains(kind) {
                            continue;
                        }
                        let _ = message.add_attribute(&RawAttribute::new(AttributeType::new(*kind), value));
                    }
                };
                let packet = self.person(who).0.signed(Method::new(method & 0xfff), &[&add]);
                self.send(who, packet);
            }
            Step::Allocate { who } => {
                let at = usize::from(who) % PEOPLE;
                let mut packet = caller::bare_allocate();
                let path = self.people[at].0.path;
                if let Some(Delivery::Written { packet, .. }) = self.core.handle(self.now, path, &mut packet) {
                    if caller::outcome(packet.clone()) == Err(401) {
                        self.people[at].0.keep_nonce(&packet);
                    }
                }
                let packet = self.people[at].0.allocate_request();
                self.send(who, packet);
            }
            Step::Bind { who, whom, number } => {
                let peer = caller::relayed(self.person(whom).0.port);
                let packet = self.person(who).0.bind_request(number, peer);
                self.send(who, packet);
            }
            Step::Send { who, number, data } => {
                let data = &data[..data.len().min(1500)];
                self.send(who, caller::channel_data(number, data));
            }
            Step::SendTo { who, whom, data } => {
                let peer = caller::relayed(self.person(whom).0.port);
                let from = self.person(who).0.path;
                let at = usize::from(who) % PEOPLE;
                let data = &data[..data.len().min(1500)];
                if let Some((to, _)) = self.people[at].0.send_to(&mut self.core, self.now, peer, data) {
                    self.allowed(from, to);
                }
            }
            Step::Wait { seconds } => self.now += Duration::from_secs(u64::from(seconds)),
            Step::Sweep => drop(self.core.sweep(self.now)),
            Step::Close { who } => {
                let path = self.person(who).0.path;
                self.core.close(&path);
            }
            Step::Cut { who } => {
                let at = usize::from(who) % PEOPLE;
                self.core.cut(self.people[at].1.holder());
                self.people[at].2 = false;
            }
        }
        let tables = self.core.tables();
        assert!(tables.allocations <= tables.holders * ALLOCATIONS_PER_PERSON);
    }

    fn person(&self, who: u8) -> &(Caller, Credential, bool) {
        &self.people[usize::from(who) % PEOPLE]
    }

    fn send(&mut self, who: u8, mut packet: Vec<u8>) {
        let from = self.person(who).0.path;
        let length_before = packet.len();
        match self.core.handle(self.now, from, &mut packet) {
            Some(Delivery::InPlace { to, length }) => {
                assert!(length <= length_before);
                self.allowed(from, to);
            }
            Some(Delivery::Written { to, .. }) => self.allowed(from, to),
            None => {}
        }
    }

    /// Answers go to the sender, and what it sends to itself; everything else to people of the same room who have not been cut, from such people.
    fn allowed(&self, from: Path, to: Path) {
        if from == to {
            return;
        }
        let at = |path: Path| self.people.iter().position(|(caller, ..)| caller.path == path).unwrap();
        let (from, to) = (at(from), at(to));
        assert_eq!(room(from), room(to), "a packet crosses from room to room");
        assert!(
            self.people[from].2 && self.people[to].2,
            "somebody who was cut still sends or receives"
        );
    }
}

fn room(person: usize) -> Group {
    Group(if person < 2 { 1 } else { 2 })
}

fuzz_target!(|steps: Vec<Step>| {
    let mut table = Table::new();
    for step in steps {
        table.take(step);
    }
    for (_, credential, _) in &table.people {
        table.core.cut(credential.holder());
    }
    let left = table.core.tables();
    assert_eq!((left.holders, left.allocations), (0, 0), "something is left behind");
});
