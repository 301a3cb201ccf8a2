//! The room under every order of events: who hears what, and who hears nothing any more.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::*;
use crate::backend::embedded::clock;
use crate::id::ParticipantId;

fn participant(number: u8) -> Seat {
    Seat::Participant(ParticipantId::new([number; 16]))
}

fn room() -> Room {
    Room::new(
        Group(1),
        vec!["turn:relay.example:3478".to_owned()].into(),
        Duration::from_secs(30),
    )
}

fn secret(number: u8) -> Secret {
    Secret::new([number; 32])
}

fn enter(room: &mut Room, now: Instant, client: u8, seat: Seat) -> Result<Vec<Effect>, Farewell> {
    let entry = Entry {
        client: Client(u64::from(client)),
        seat,
        name: Private::new(format!("Person {client}")),
        credential: Credential::generate().unwrap(),
        resume: secret(client),
    };
    room.enter(now, entry)
}

/// The moderator is client 0, participants are the clients 1, 2, …
fn filled(now: Instant, participants: u8) -> Room {
    let mut room = room();
    enter(&mut room, now, 0, Seat::Moderator).unwrap();
    for number in 1..=participants {
        enter(&mut room, now, number, participant(number)).unwrap();
    }
    room
}

fn heard(effects: &[Effect], client: u64) -> Vec<serde_json::Value> {
    let mine = effects.iter().filter_map(|effect| match effect {
        Effect::Send(to, text) if *to == Client(client) => Some(serde_json::from_str(text).unwrap()),
        _ => None,
    });
    mine.collect()
}

fn closed(effects: &[Effect]) -> Vec<(u64, Farewell)> {
    let closed = effects.iter().filter_map(|effect| match effect {
        Effect::Close(client, farewell) => Some((client.0, *farewell)),
        _ => None,
    });
    closed.collect()
}

fn cuts(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::Cut(_))).count()
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

fn say(text: &str) -> Option<ClientFrame> {
    ClientFrame::read(text)
}

#[test]
fn a_newcomer_learns_who_is_there_and_the_others_learn_of_the_newcomer() {
    let now = clock::instant();
    let mut room = filled(now, 1);
    let said = room.frame(
        now,
        Client(1),
        say(r#"{"t":"state","d":{"mic":true,"cam":false,"screen":false}}"#),
    );
    assert_eq!(heard(&said, 0).len(), 1);
    let effects = enter(&mut room, now, 2, participant(2)).unwrap();
    let admitted = heard(&effects, 2);
    assert_eq!(admitted[0]["t"], "admitted");
    assert_eq!(admitted[0]["self"], "02".repeat(16));
    assert_eq!(admitted[0]["name"], "Person 2");
    assert_eq!(admitted[0]["peers"][0]["seat"], "moderator");
    assert_eq!(admitted[0]["peers"][1]["name"], "Person 1");
    assert_eq!(admitted[0]["ice"]["policy"], "relay");
    assert_eq!(admitted[0]["ice"]["servers"][0]["urls"][0], "turn:relay.example:3478");
    assert_eq!(admitted[1]["t"], "state", "what the others have switched on");
    for client in [0, 1] {
        assert_eq!(heard(&effects, client)[0]["t"], "peer-joined");
    }
}

#[test]
fn a_signal_reaches_the_one_it_is_meant_for_with_its_true_sender() {
    let now = clock::instant();
    let mut room = filled(now, 2);
    let signal = format!(r#"{{"t":"signal","to":"{}","d":{{"cand":null}}}}"#, "02".repeat(16));
    let effects = room.frame(now, Client(1), say(&signal));
    assert_eq!(heard(&effects, 2)[0]["from"], "01".repeat(16));
    assert_eq!(effects.len(), 1);
    assert_eq!(room.frame(now, Client(2), say(&signal)), vec![], "to oneself");
    assert_eq!(room.frame(now, Client(9), say(&signal)), vec![], "from nobody");
}

#[test]
fn a_second_tab_replaces_the_first_and_gets_credentials_of_its_own() {
    let now = clock::instant();
    let mut room = filled(now, 1);
    let effects = enter(&mut room, now, 7, participant(1)).unwrap();
    assert_eq!(closed(&effects), vec![(1, Farewell::Replaced)]);
    assert_eq!((cuts(&effects), room.seats()), (1, 2));
    let told: Vec<_> = heard(&effects, 0).iter().map(|frame| frame["t"].clone()).collect();
    assert_eq!(told, ["peer-left", "peer-joined"]);
    assert!(room.kept_seat(&secret(1).hash()).is_none(), "the old key is void");
}

#[test]
fn a_seventh_person_finds_no_seat() {
    let now = clock::instant();
    let mut room = filled(now, 5);
    assert_eq!(enter(&mut room, now, 6, participant(6)), Err(Farewell::Denied));
    assert!(
        enter(&mut room, now, 7, participant(5)).is_ok(),
        "one of the six by another tab"
    );
    assert_eq!(room.seats(), SEATS);
}

#[test]
fn a_lost_connection_keeps_its_seat_for_fifteen_seconds() {
    let now = clock::instant();
    let mut room = filled(now, 1);
    assert_eq!(heard(&room.lost(now, Client(1)), 0)[0]["t"], "peer-away");
    assert!(!room.occupants().iter().all(|occupant| occupant.connected));
    assert_eq!(room.tick(now + seconds(14)), vec![]);
    let back = room
        .resume(now + seconds(14), &secret(1).hash(), Client(5), &secret(50))
        .unwrap();
    assert_eq!(heard(&back, 5)[0]["t"], "admitted");
    assert_eq!(heard(&back, 0)[0]["t"], "peer-back");
    assert_eq!(cuts(&back), 0, "the relay goes on all the while");
    let again = room.resume(now + seconds(15), &secret(1).hash(), Client(6), &secret(51));
    assert_eq!(again, Err(Farewell::Denied), "a key works once");

    room.lost(now + seconds(20), Client(5));
    let over = room.tick(now + seconds(35));
    assert_eq!(heard(&over, 0)[0]["t"], "peer-left");
    assert_eq!((cuts(&over), room.seats()), (1, 1));
    assert_eq!(
        room.resume(now + seconds(35), &secret(50).hash(), Client(6), &secret(51)),
        Err(Farewell::Denied)
    );
}

#[test]
fn without_the_moderator_for_thirty_seconds_everybody_returns_to_waiting() {
    let now = clock::instant();
    for moderator_leaves in [say(r#"{"t":"leave"}"#), None] {
        let mut room = filled(now, 2);
        match moderator_leaves {
            frame @ Some(_) => drop(room.frame(now, Client(0), frame)),
            None => drop(room.lost(now, Client(0))),
        }
        assert_eq!(closed(&room.tick(now + seconds(29))), vec![]);
        let effects = room.tick(now + seconds(30));
        assert_eq!(closed(&effects), vec![(1, Farewell::Returned), (2, Farewell::Returned)]);
        assert_eq!((cuts(&effects), room.seats()), (2, 0));
    }
}

#[test]
fn a_moderator_who_comes_back_in_time_finds_everybody() {
    let now = clock::instant();
    let mut room = filled(now, 2);
    room.lost(now, Client(0));
    room.tick(now + seconds(20));
    enter(&mut room, now + seconds(29), 9, Seat::Moderator).unwrap();
    assert_eq!(room.tick(now + seconds(60)), vec![]);
    assert_eq!(room.seats(), 3);
}

#[test]
fn a_room_in_which_the_moderator_never_was_does_not_last_either() {
    let now = clock::instant();
    let mut room = room();
    enter(&mut room, now + seconds(100), 1, participant(1)).unwrap();
    assert_eq!(closed(&room.tick(now + seconds(129))), vec![]);
    assert_eq!(closed(&room.tick(now + seconds(130))), vec![(1, Farewell::Returned)]);
}

#[test]
fn what_the_protocol_does_not_know_costs_the_seat() {
    let now = clock::instant();
    let mut room = filled(now, 2);
    let effects = room.frame(now, Client(1), say(r#"{"t":"end"}"#));
    assert_eq!(closed(&effects), vec![(1, Farewell::Denied)]);
    assert_eq!((room.violations(), room.seats()), (1, 2));
    assert_eq!(heard(&effects, 2)[0]["t"], "peer-left");
}

#[test]
fn only_the_moderator_says_that_a_screen_is_shared() {
    let now = clock::instant();
    let mut room = filled(now, 2);
    let screen = r#"{"t":"state","d":{"mic":true,"cam":false,"screen":true}}"#;
    assert_eq!(
        heard(&room.frame(now, Client(0), say(screen)), 1)[0]["d"]["screen"],
        true
    );
    let effects = room.frame(now, Client(1), say(screen));
    assert_eq!(closed(&effects), vec![(1, Farewell::Denied)]);
    assert_eq!(
        heard(&effects, 2)[0]["t"],
        "peer-left",
        "and nobody hears of the screen"
    );
}

#[derive(Clone, Debug)]
enum Event {
    Enter(u8),
    Resume(u8),
    Frame(u8, String),
    Lost(u8),
    Part(u8),
    Tick(u64),
    Close,
}

fn events() -> impl Strategy<Value = Event> {
    let frame = prop_oneof![
        (0..8_u8).prop_map(|to| format!(r#"{{"t":"signal","to":"{}","d":{{"cand":null}}}}"#, seat_id(&seat(to)))),
        Just(r#"{"t":"state","d":{"mic":true,"cam":true,"screen":false}}"#.to_owned()),
        Just(r#"{"t":"leave"}"#.to_owned()),
        ".{0,40}",
    ];
    prop_oneof![
        6 => (0..8_u8).prop_map(Event::Enter),
        2 => any::<u8>().prop_map(Event::Resume),
        8 => (any::<u8>(), frame).prop_map(|(client, frame)| Event::Frame(client, frame)),
        2 => any::<u8>().prop_map(Event::Lost),
        1 => (0..8_u8).prop_map(Event::Part),
        2 => (0..40_u64).prop_map(Event::Tick),
        1 => Just(Event::Close),
    ]
}

fn seat(number: u8) -> Seat {
    if number == 0 {
        Seat::Moderator
    } else {
        participant(number)
    }
}

/// Runs one event. Clients are numbered in the order they come; `pick` chooses among them.
fn happen(room: &mut Room, now: &mut Instant, clients: &mut u8, event: Event) -> Vec<Effect> {
    let pick = |number: u8| Client(u64::from(number.checked_rem(*clients).unwrap_or(0)));
    match event {
        Event::Enter(number) => {
            *clients += 1;
            enter(room, *now, *clients, seat(number)).unwrap_or_default()
        }
        Event::Resume(number) => {
            let key = secret(number.checked_rem(*clients).unwrap_or(0)).hash();
            *clients += 1;
            room.resume(*now, &key, Client(u64::from(*clients)), &secret(*clients))
                .unwrap_or_default()
        }
        Event::Frame(client, text) => room.frame(*now, pick(client), ClientFrame::read(&text)),
        Event::Lost(client) => room.lost(*now, pick(client)),
        Event::Part(number) => room.part(*now, &seat(number), Farewell::Returned),
        Event::Tick(count) => {
            *now += seconds(count);
            room.tick(*now)
        }
        Event::Close => room.close(Farewell::Ended),
    }
}

proptest! {
    #[test]
    fn whoever_is_cut_or_was_never_admitted_hears_nothing(events in prop::collection::vec(events(), 1..60)) {
        let (mut room, mut now, mut clients) = (room(), clock::instant(), 0);
        let (mut over, mut cut, mut admitted) = (HashSet::new(), HashSet::new(), HashMap::new());
        for event in events {
            let lost = if let Event::Lost(client) = &event { Some(Client(u64::from(client.checked_rem(clients).unwrap_or(0)))) } else { None };
            for effect in happen(&mut room, &mut now, &mut clients, event) {
                match effect {
                    Effect::Send(client, text) => {
                        prop_assert!(!over.contains(&client), "a closed client hears {text}");
                        let first = !admitted.contains_key(&client);
                        prop_assert_eq!(first, text.starts_with(r#"{"t":"admitted""#), "admitted comes first and once");
                        admitted.insert(client, text);
                    }
                    Effect::Close(client, _) => prop_assert!(over.insert(client), "closed twice"),
                    Effect::Cut(holder) => prop_assert!(cut.insert(holder), "cut twice"),
                }
            }
            over.extend(lost);
            prop_assert!(room.seats() <= SEATS);
            let seats: HashSet<_> = room.occupants().into_iter().map(|occupant| occupant.who).collect();
            prop_assert_eq!(seats.len(), room.seats(), "one seat per person");
        }
        room.close(Farewell::Ended);
        prop_assert_eq!(room.seats(), 0);
    }
}
