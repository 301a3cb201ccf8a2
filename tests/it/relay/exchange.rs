//! What the relay does for the people of a room, and how long.

use sprechzimmer::backend::embedded::relay::{ALLOCATIONS_PER_PERSON, Core, Credential, Group, Line, Path};
use stun_types::attribute::{AttributeType, UnknownAttributes, XorMappedAddress};
use stun_types::message::Message;
use stun_types::prelude::*;
use turn_types::attribute::{Data, EvenPort, RequestedTransport, XorPeerAddress};
use turn_types::message::ALLOCATE;

use super::caller::{Caller, UDP, channel_data, pair, relayed, relayed_port, seconds, start};

fn core() -> (Core, std::time::Instant) {
    let now = start();
    (Core::new(now).unwrap(), now)
}

fn admitted(core: &mut Core, now: std::time::Instant, remote: &str) -> Caller {
    let credential = Credential::generate().unwrap();
    core.admit(now, &credential, Group(1));
    Caller::new(&credential, remote)
}

#[test]
fn two_people_of_one_room_hear_each_other() {
    let (mut core, now) = core();
    let [one, other] = pair(&mut core, now, Group(1));
    assert_eq!(
        one.send_on(&mut core, now, 0x4000, b"hello"),
        Some((other.path, channel_data(0x4001, b"hello")))
    );
    assert_eq!(
        other.send_on(&mut core, now, 0x4001, b""),
        Some((one.path, channel_data(0x4000, b"")))
    );
    assert_eq!(core.tally().relayed_bytes, 5);
}

#[test]
fn a_receiver_without_a_channel_gets_a_data_indication_from_the_relayed_address() {
    let (mut core, now) = core();
    let mut one = admitted(&mut core, now, "192.0.2.1:1");
    let mut other = admitted(&mut core, now, "[2001:db8::1]:2");
    one.allocate(&mut core, now).unwrap();
    other.allocate(&mut core, now).unwrap();
    one.permit(&mut core, now, &[relayed(other.port)]).unwrap();
    other.permit(&mut core, now, &[relayed(one.port)]).unwrap();
    let (to, packet) = one.send_to(&mut core, now, relayed(other.port), b"odd").unwrap();
    assert_eq!(to, other.path);
    let message = Message::from_bytes(&packet).unwrap();
    assert_eq!(message.attribute::<Data<'_>>().unwrap().data(), b"odd");
    let peer = message
        .attribute::<XorPeerAddress>()
        .unwrap()
        .addr(message.transaction_id());
    assert_eq!(peer, relayed(one.port));
}

#[test]
fn without_a_permission_nothing_is_delivered() {
    let (mut core, now) = core();
    let mut one = admitted(&mut core, now, "192.0.2.1:1");
    let mut other = admitted(&mut core, now, "192.0.2.1:2");
    one.allocate(&mut core, now).unwrap();
    other.allocate(&mut core, now).unwrap();
    assert_eq!(
        one.send_to(&mut core, now, relayed(other.port), b"x"),
        None,
        "no permission of the sender"
    );
    one.permit(&mut core, now, &[relayed(other.port)]).unwrap();
    assert_eq!(
        one.send_to(&mut core, now, relayed(other.port), b"x"),
        None,
        "no permission of the receiver"
    );
}

#[test]
fn a_permission_lasts_five_minutes_and_a_channel_ten() {
    let (mut core, now) = core();
    let mut one = admitted(&mut core, now, "192.0.2.1:1");
    let mut other = admitted(&mut core, now, "192.0.2.1:2");
    one.allocate(&mut core, now).unwrap();
    other.allocate(&mut core, now).unwrap();
    one.bind(&mut core, now, 0x4000, relayed(other.port)).unwrap();
    other.permit(&mut core, now, &[relayed(one.port)]).unwrap();
    assert!(one.send_on(&mut core, now + seconds(299), 0x4000, b"x").is_some());
    assert!(one.send_on(&mut core, now + seconds(300), 0x4000, b"x").is_none());
    for caller in [&one, &other] {
        caller.refresh(&mut core, now + seconds(300), 600).unwrap();
    }
    other
        .permit(&mut core, now + seconds(599), &[relayed(one.port)])
        .unwrap();
    assert!(one.send_on(&mut core, now + seconds(599), 0x4000, b"x").is_some());
    assert!(one.send_on(&mut core, now + seconds(600), 0x4000, b"x").is_none());
}

#[test]
fn an_allocation_that_is_not_refreshed_relays_nothing_and_is_swept() {
    let (mut core, now) = core();
    let [one, other] = pair(&mut core, now, Group(1));
    let later = now + seconds(599);
    assert_eq!(
        one.refresh(&mut core, later, 3600),
        Ok(600),
        "never more than ten minutes"
    );
    assert!(one.send_on(&mut core, later, 0x4000, b"x").is_some());
    let gone = now + seconds(600);
    assert!(
        one.send_on(&mut core, gone, 0x4000, b"x").is_none(),
        "the other one did not refresh"
    );
    assert_eq!(other.refresh(&mut core, gone, 600), Err(437));
    assert_eq!(core.sweep(gone), vec![other.path]);
    assert_eq!(core.tables().allocations, 1);
    assert_eq!(one.refresh(&mut core, gone, 0), Ok(0));
    assert_eq!(core.tables().allocations, 0);
}

#[test]
fn a_repeated_allocate_gets_the_same_answer_and_another_one_a_mismatch() {
    let (mut core, now) = core();
    let mut one = admitted(&mut core, now, "192.0.2.1:1");
    one.learn_nonce(&mut core, now);
    let request = one.allocate_request();
    let first = one.ask(&mut core, now, request.clone()).unwrap();
    let again = one.ask(&mut core, now, request).unwrap();
    assert_eq!(relayed_port(&first), relayed_port(&again));
    assert_eq!(one.ask(&mut core, now, one.allocate_request()), Err(437));
    assert_eq!(core.tables().allocations, 1);
}

#[test]
fn one_person_has_a_quota_of_allocations_and_gets_them_back() {
    let (mut core, now) = core();
    let credential = Credential::generate().unwrap();
    core.admit(now, &credential, Group(1));
    let mut sockets: Vec<Caller> = (0..=ALLOCATIONS_PER_PERSON)
        .map(|index| Caller::new(&credential, &format!("192.0.2.1:{}", 2000 + index)))
        .collect();
    let mut last = sockets.pop().unwrap();
    for socket in &mut sockets {
        socket.allocate(&mut core, now).unwrap();
    }
    assert_eq!(last.allocate(&mut core, now), Err(486));
    core.close(&sockets[0].path);
    assert!(last.allocate(&mut core, now).is_ok());
}

#[test]
fn a_channel_is_bound_to_one_peer_only() {
    let (mut core, now) = core();
    let [one, other] = pair(&mut core, now, Group(1));
    assert!(
        one.bind(&mut core, now, 0x4000, relayed(other.port)).is_ok(),
        "renewing is allowed"
    );
    assert_eq!(
        one.bind(&mut core, now, 0x4000, relayed(other.port + 1)),
        Err(400),
        "number taken"
    );
    assert_eq!(
        one.bind(&mut core, now, 0x4001, relayed(other.port)),
        Err(400),
        "peer taken"
    );
    for outside_the_range in [0x3fff, 0x5000, 0xffff] {
        assert_eq!(
            one.bind(&mut core, now, outside_the_range, relayed(other.port + 1)),
            Err(400)
        );
    }
}

#[test]
fn what_must_be_understood_but_is_not_is_named() {
    let (mut core, now) = core();
    let mut one = admitted(&mut core, now, "192.0.2.1:1");
    one.learn_nonce(&mut core, now);
    let request = one.signed(
        ALLOCATE,
        &[&|message| {
            message.add_attribute(&RequestedTransport::new(UDP)).unwrap();
            message.add_attribute(&EvenPort::new(true)).unwrap();
        }],
    );
    let mut packet = request.clone();
    let Some(sprechzimmer::backend::embedded::relay::Delivery::Written { packet, .. }) =
        core.handle(now, one.path, &mut packet)
    else {
        panic!("no answer")
    };
    let message = Message::from_bytes(&packet).unwrap();
    assert!(
        message
            .attribute::<UnknownAttributes>()
            .unwrap()
            .has_attribute(AttributeType::new(0x0018))
    );
    assert_eq!(one.ask(&mut core, now, request), Err(420));
    let tcp = one.signed(
        ALLOCATE,
        &[&|message| message.add_attribute(&RequestedTransport::new(6)).unwrap()],
    );
    assert_eq!(one.ask(&mut core, now, tcp), Err(442));
    assert_eq!(one.ask(&mut core, now, one.signed(ALLOCATE, &[])), Err(400));
}

#[test]
fn a_binding_request_tells_the_senders_address_in_its_own_family() {
    let (mut core, now) = core();
    for (remote, told) in [
        ("[::ffff:192.0.2.7]:99", "192.0.2.7:99"),
        ("[2001:db8::7]:99", "[2001:db8::7]:99"),
    ] {
        let caller = admitted(&mut core, now, remote);
        let answer = caller.ask(&mut core, now, super::caller::binding()).unwrap();
        let message = Message::from_bytes(&answer).unwrap();
        let mapped = message
            .attribute::<XorMappedAddress>()
            .unwrap()
            .addr(message.transaction_id());
        assert_eq!(mapped, told.parse().unwrap());
    }
}

#[test]
fn closing_a_connection_ends_its_allocation_and_no_other() {
    let (mut core, now) = core();
    let credential = Credential::generate().unwrap();
    core.admit(now, &credential, Group(1));
    let remote = "192.0.2.1:443".parse().unwrap();
    let mut over_tcp = Caller::on(Path::new(Line::Stream(5), remote), &credential);
    let mut over_udp = Caller::on(Path::new(Line::Datagram(0), remote), &credential);
    over_tcp.allocate(&mut core, now).unwrap();
    over_udp.allocate(&mut core, now).unwrap();
    core.close(&over_tcp.path);
    assert_eq!(over_tcp.refresh(&mut core, now, 600), Err(437));
    assert_eq!(over_udp.refresh(&mut core, now, 600), Ok(600));
}
