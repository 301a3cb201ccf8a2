//! What the relay refuses: strangers, other rooms, the network outside, floods, and everybody who has been cut.

use std::net::{Ipv4Addr, SocketAddr};

use proptest::prelude::*;
use sprechzimmer::backend::embedded::relay::{Core, Credential, Delivery, Group, Line, Path};

use super::caller::{Caller, bare_allocate, binding, outcome, pair, relayed, seconds, start};

#[test]
fn somebody_who_is_cut_sends_and_receives_nothing_more() {
    let now = start();
    let mut core = Core::new(now).unwrap();
    let credential = Credential::generate().unwrap();
    core.admit(now, &credential, Group(1));
    let mut cut = Caller::new(&credential, "192.0.2.1:1");
    cut.allocate(&mut core, now).unwrap();
    let [one, other] = pair(&mut core, now, Group(1));
    cut.bind(&mut core, now, 0x4000, relayed(one.port)).unwrap();
    one.bind(&mut core, now, 0x4100, relayed(cut.port)).unwrap();
    assert!(cut.send_on(&mut core, now, 0x4000, b"before").is_some());
    assert!(one.send_on(&mut core, now, 0x4100, b"before").is_some());

    assert_eq!(core.cut(credential.holder()), vec![cut.path]);

    // A patched client goes on as if nothing had happened.
    assert_eq!(cut.send_on(&mut core, now, 0x4000, b"after"), None);
    assert_eq!(cut.send_to(&mut core, now, relayed(one.port), b"after"), None);
    assert_eq!(one.send_on(&mut core, now, 0x4100, b"after"), None);
    assert_eq!(cut.refresh(&mut core, now, 600), Err(401));
    assert_eq!(cut.bind(&mut core, now, 0x4000, relayed(one.port)), Err(401));
    assert_eq!(cut.allocate(&mut core, now), Err(401));
    assert_eq!(core.held_by(Group(1)), (2, 2));
    assert!(one.send_on(&mut core, now, 0x4000, b"the others go on").is_some());
    assert!(other.send_on(&mut core, now, 0x4001, b"the others go on").is_some());
}

#[test]
fn nothing_crosses_from_one_room_to_another() {
    let now = start();
    let mut core = Core::new(now).unwrap();
    let [one, _] = pair(&mut core, now, Group(1));
    let [stranger, _] = pair(&mut core, now, Group(2));
    stranger.bind(&mut core, now, 0x4200, relayed(one.port)).unwrap();
    one.permit(&mut core, now, &[relayed(stranger.port)]).unwrap();
    assert_eq!(stranger.send_on(&mut core, now, 0x4200, b"evil"), None);
    assert_eq!(stranger.send_to(&mut core, now, relayed(one.port), b"evil"), None);
    assert_eq!(core.tally().dropped, 2);
}

#[test]
fn the_relay_is_no_way_into_any_network() {
    let now = start();
    let mut core = Core::new(now).unwrap();
    let [one, other] = pair(&mut core, now, Group(1));
    let outside = [
        "169.254.169.254:80",
        "10.0.0.1:443",
        "127.0.0.1:8080",
        "198.18.0.2:1024",
        "[::1]:80",
    ];
    for peer in outside.map(|text| text.parse::<SocketAddr>().unwrap()) {
        assert_eq!(one.permit(&mut core, now, &[peer]), Err(403), "{peer}");
        assert_eq!(
            one.permit(&mut core, now, &[relayed(other.port), peer]),
            Err(403),
            "{peer}"
        );
        assert_eq!(one.bind(&mut core, now, 0x4300, peer), Err(403), "{peer}");
        assert_eq!(one.send_to(&mut core, now, peer, b"x"), None, "{peer}");
    }
    assert_eq!(one.permit(&mut core, now, &[]), Err(400));
}

#[test]
fn wrong_credentials_are_refused_and_counted() {
    let now = start();
    let mut core = Core::new(now).unwrap();
    let (known, invented) = (Credential::generate().unwrap(), Credential::generate().unwrap());
    core.admit(now, &known, Group(1));
    assert_eq!(Caller::new(&invented, "192.0.2.1:1").allocate(&mut core, now), Err(401));
    let mut wrong_password = Caller::new(&known, "192.0.2.1:2");
    wrong_password.password = invented.password().to_owned();
    assert_eq!(wrong_password.allocate(&mut core, now), Err(401));
    let mut wrong_name = Caller::new(&known, "192.0.2.1:3");
    wrong_name.username = "Mara Beispiel".to_owned();
    assert_eq!(wrong_name.allocate(&mut core, now), Err(401));
    assert_eq!((core.tally().refused, core.tables().allocations), (3, 0));
}

#[test]
fn an_allocation_obeys_only_the_person_who_made_it() {
    let now = start();
    let mut core = Core::new(now).unwrap();
    let [one, other] = pair(&mut core, now, Group(1));
    let mut thief = Caller::on(one.path, &Credential::generate().unwrap());
    (thief.username, thief.password) = (other.username.clone(), other.password.clone());
    thief.nonce.clone_from(&one.nonce);
    assert_eq!(thief.refresh(&mut core, now, 0), Err(441));
    assert_eq!(thief.ask(&mut core, now, thief.allocate_request()), Err(437));
}

#[test]
fn a_nonce_of_another_path_or_an_old_one_is_stale() {
    let now = start();
    let mut core = Core::new(now).unwrap();
    let [one, mut other] = pair(&mut core, now, Group(1));
    other.nonce.clone_from(&one.nonce);
    assert_eq!(other.refresh(&mut core, now, 600), Err(438));
    let later = now + seconds(3600);
    assert_eq!(one.refresh(&mut core, later, 600), Err(438));
}

#[test]
fn a_flood_of_strangers_leaves_no_trace_in_memory() {
    let now = start();
    let mut core = Core::new(now).unwrap();
    let empty = core.tables();
    let packet = bare_allocate();
    let mut answered = 0;
    for sender in 0..300_000_u32 {
        let remote = SocketAddr::from((Ipv4Addr::from(sender * 7 + 0x0b00_0000), 1024));
        let path = Path::new(Line::Datagram(0), remote);
        answered += usize::from(core.handle(now, path, &mut packet.clone()).is_some());
    }
    assert_eq!(core.tables(), empty);
    assert!(
        answered > 100_000,
        "strangers do not use up each other's share: {answered}"
    );
}

#[test]
fn one_source_is_not_answered_without_end() {
    let now = start();
    let mut core = Core::new(now).unwrap();
    let answers = |core: &mut Core, at, count: u16| {
        (0..count)
            .filter(|port| {
                let path = Path::new(
                    Line::Datagram(0),
                    SocketAddr::from((Ipv4Addr::new(203, 0, 113, 9), *port)),
                );
                let mut packet = if port % 2 == 0 { binding() } else { bare_allocate() };
                core.handle(at, path, &mut packet).is_some()
            })
            .count()
    };
    assert_eq!(answers(&mut core, now, 10_000), 400);
    assert_eq!(answers(&mut core, now + seconds(1), 10_000), 20);
    let mut core = Core::new(now).unwrap();
    let behind_a_proxy = (0..1000).filter(|number| {
        let path = Path::new(Line::Stream(*number), "203.0.113.9:443".parse().unwrap());
        core.handle(now, path, &mut bare_allocate()).is_some()
    });
    assert_eq!(
        behind_a_proxy.count(),
        1000,
        "connections have proven where they come from"
    );
}

#[test]
fn an_answer_to_a_stranger_is_hardly_larger_than_the_question() {
    let now = start();
    let mut core = Core::new(now).unwrap();
    let path = Path::new(Line::Datagram(0), "192.0.2.1:1".parse().unwrap());
    for question in [binding(), bare_allocate()] {
        let Some(Delivery::Written { packet, .. }) = core.handle(now, path, &mut question.clone()) else {
            panic!("no answer")
        };
        assert!(
            packet.len() <= question.len() + 108,
            "{} for {}",
            packet.len(),
            question.len()
        );
    }
}

#[test]
fn one_person_cannot_use_up_the_line() {
    let now = start();
    let mut core = Core::new(now).unwrap();
    let [one, other] = pair(&mut core, now, Group(1));
    let picture = [7; 1200];
    let delivered = (0..10_000)
        .filter(|_| one.send_on(&mut core, now, 0x4000, &picture).is_some())
        .count();
    assert_eq!(delivered, 4166, "five million bytes at once");
    assert!(
        other.send_on(&mut core, now, 0x4001, &picture).is_some(),
        "each has a budget of their own"
    );
    assert!(one.send_on(&mut core, now + seconds(1), 0x4000, &picture).is_some());
}

/// Any packet, or one of the real ones with some bytes changed, cut off or added.
fn packets() -> impl Strategy<Value = Packet> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200).prop_map(Packet::Random),
        (0..8_usize, changes, 0..4_usize, 0..4_usize).prop_map(|(which, changes, cut, added)| Packet::Mutated {
            which,
            changes,
            cut,
            added
        }),
    ]
}

#[derive(Clone, Debug)]
enum Packet {
    Random(Vec<u8>),
    Mutated {
        which: usize,
        changes: Vec<(prop::sample::Index, u8)>,
        cut: usize,
        added: usize,
    },
}

impl Packet {
    fn bytes(self, sender: &Caller, peer: SocketAddr) -> Vec<u8> {
        match self {
            Self::Random(bytes) => bytes,
            Self::Mutated {
                which,
                changes,
                cut,
                added,
            } => {
                let mut bytes = match which {
                    0 => binding(),
                    1 => bare_allocate(),
                    2 => sender.allocate_request(),
                    3 => sender.refresh_request(600),
                    4 => sender.permission_request(&[peer]),
                    5 => sender.bind_request(0x4005, peer),
                    6 => super::caller::channel_data(0x4000, b"something"),
                    _ => sender.signed(turn_types::message::SEND, &[]),
                };
                for (index, value) in changes {
                    let at = index.index(bytes.len());
                    bytes[at] = value;
                }
                bytes.truncate(bytes.len() - cut);
                bytes.extend(std::iter::repeat_n(0, added));
                bytes
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_packet_panics_or_reaches_another_room(packets in prop::collection::vec(packets(), 1..12)) {
        let now = start();
        let mut core = Core::new(now).unwrap();
        let [one, other] = pair(&mut core, now, Group(1));
        let [stranger, _] = pair(&mut core, now, Group(2));
        for packet in packets {
            let mut bytes = packet.bytes(&one, relayed(stranger.port));
            match core.handle(now, one.path, &mut bytes) {
                Some(Delivery::InPlace { to, length }) => {
                    prop_assert_eq!(to, other.path);
                    prop_assert!(length <= bytes.len());
                }
                Some(Delivery::Written { to, packet }) => {
                    prop_assert!(to == one.path || to == other.path);
                    if to == one.path {
                        let _readable = outcome(packet);
                    }
                }
                None => {}
            }
        }
    }

    #[test]
    fn a_signed_request_with_any_byte_changed_does_nothing(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let now = start();
        let mut core = Core::new(now).unwrap();
        let [one, other] = pair(&mut core, now, Group(1));
        let mut bytes = one.refresh_request(0);
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let _refused = core.handle(now, one.path, &mut bytes);
        prop_assert!(one.send_on(&mut core, now, 0x4000, b"still there").is_some());
        prop_assert_eq!(core.tables().allocations, 2);
        drop(other);
    }
}
