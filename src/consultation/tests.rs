//! Whatever anybody does in whatever order, the rules hold.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::participant::{Standing, Title, Way};

fn limits() -> Limits {
    Limits {
        grace: SignedDuration::from_mins(30),
        empty: SignedDuration::from_mins(5),
        absence: SignedDuration::from_mins(10),
        early: SignedDuration::from_mins(30),
        people: 6,
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn person(number: u8, name: &str) -> Participant {
    Participant {
        id: ParticipantId::new([number; 16]),
        name: Private::new(name.to_owned()),
        title: Title::Parent,
        way: Way::Link,
        person: None,
        invitation: None,
        generation: 0,
        browser: None,
        standing: Standing::Invited,
    }
}

fn draft() -> Consultation {
    Consultation {
        id: ConsultationId::new([1; 16]),
        place: PlaceTag([1; 32]),
        initiator: PersonTag([1; 32]),
        initiator_name: Private::new("Frau Linde".to_owned()),
        initiator_consented_at: None,
        plan: Plan {
            start: at(0),
            minutes: 45,
        },
        backend: "embedded".to_owned(),
        created_at: at(-600),
        incidents: 0,
        admissions: 0,
        phase: Phase::Draft,
        participants: Vec::new(),
    }
}

fn open(names: &[&str]) -> Consultation {
    let mut consultation = draft();
    for (name, number) in names.iter().zip(1..) {
        consultation.add(person(number, name), &limits()).unwrap();
    }
    consultation.seal(at(0)).unwrap();
    consultation.initiator_consented_at = Some(at(0));
    let room = RoomId::new([1; 16]);
    consultation.open(room.clone(), at(0)).unwrap();
    consultation.made(&Room::unmarked(room), at(0)).unwrap();
    consultation
}

fn waiting(consultation: &mut Consultation, number: u8, now: Timestamp) -> ParticipantId {
    let id = ParticipantId::new([number; 16]);
    let participant = consultation.participant_mut(&id).unwrap();
    participant.consent(now).unwrap();
    participant.wait(now).unwrap();
    id
}

#[test]
fn after_sealing_nobody_is_added_or_removed() {
    let mut consultation = draft();
    assert_eq!(consultation.seal(at(0)), Err(Refusal::NobodyListed));
    consultation.add(person(1, "Ada"), &limits()).unwrap();
    consultation.seal(at(0)).unwrap();
    assert_eq!(consultation.add(person(2, "Ben"), &limits()), Err(Refusal::WrongPhase));
    assert_eq!(
        consultation.remove(&ParticipantId::new([1; 16])),
        Err(Refusal::WrongPhase)
    );
}

#[test]
fn the_list_takes_no_name_twice_and_five_people_beside_the_initiator() {
    let mut consultation = draft();
    consultation.add(person(1, "Özil"), &limits()).unwrap();
    assert_eq!(
        consultation.add(person(2, " özil "), &limits()),
        Err(Refusal::NameTwice)
    );
    for number in 2..=5 {
        consultation
            .add(person(number, &format!("Person {number}")), &limits())
            .unwrap();
    }
    assert_eq!(consultation.add(person(6, "Eine mehr"), &limits()), Err(Refusal::Full));
}

#[test]
fn without_the_initiators_own_consent_nothing_opens() {
    let mut consultation = draft();
    consultation.add(person(1, "Ada"), &limits()).unwrap();
    consultation.seal(at(0)).unwrap();
    assert_eq!(consultation.open(RoomId::new([1; 16]), at(0)), Err(Refusal::NoConsent));
}

#[test]
fn nobody_is_admitted_while_the_waiting_room_is_locked_or_the_initiator_is_gone() {
    let mut consultation = open(&["Ada"]);
    let ada = waiting(&mut consultation, 1, at(1));
    assert_eq!(consultation.admit(&ada, at(31)), Err(Refusal::InitiatorGone));
    consultation.opened_mut().unwrap().locked = true;
    assert_eq!(consultation.admit(&ada, at(2)), Err(Refusal::Locked));
    consultation.opened_mut().unwrap().locked = false;
    assert_eq!(consultation.admit(&ada, at(2)), Ok(()));
}

#[test]
fn a_room_that_could_not_be_made_leads_back_and_its_id_is_not_taken_again() {
    let mut consultation = open(&["Ada"]);
    consultation.phase = Phase::Sealed { at: at(0) };
    let burnt = RoomId::new([2; 16]);
    consultation.open(burnt.clone(), at(1)).unwrap();
    consultation.not_made(&burnt).unwrap();
    assert_eq!(consultation.phase.code(), "sealed");
    assert_eq!(
        consultation.made(&Room::unmarked(burnt), at(2)),
        Err(Refusal::WrongPhase)
    );
}

#[test]
fn every_way_to_an_end_by_itself_comes_at_its_time() {
    let limits = limits();
    let mut consultation = open(&["Ada"]);
    assert_eq!(consultation.due(&limits, at(599)), None);
    assert_eq!(consultation.due(&limits, at(600)), Some(EndReason::InitiatorAbsent));
    let opened = consultation.opened_mut().unwrap();
    opened.occupied_at = Some(at(100));
    opened.initiator_seen_at = at(390);
    assert_eq!(consultation.due(&limits, at(399)), None);
    assert_eq!(consultation.due(&limits, at(400)), Some(EndReason::Empty));
    let planned_end = 45 * 60 + 30 * 60;
    let opened = consultation.opened_mut().unwrap();
    opened.occupied_at = Some(at(planned_end));
    opened.initiator_seen_at = at(planned_end);
    assert_eq!(consultation.due(&limits, at(planned_end - 1)), None);
    assert_eq!(consultation.due(&limits, at(planned_end)), Some(EndReason::PlannedEnd));
    assert_eq!(draft().due(&limits, at(planned_end)), Some(EndReason::Expired));
}

/// Everything that anybody can do, by whom it is done and how much later.
#[derive(Clone, Debug)]
enum Act {
    Add(u8),
    Remove(u8),
    Seal,
    Agree,
    Open(u8),
    Made(u8),
    NotMade(u8),
    Consent(u8),
    Decline(u8),
    Wait(u8),
    Admit(u8),
    SendBack(u8),
    Leave(u8),
    TurnAway(u8),
    Lock,
    Seen,
    End,
}

fn acts() -> impl Strategy<Value = Vec<(Act, i64)>> {
    let who = 1..4_u8;
    let act = prop_oneof![
        who.clone().prop_map(Act::Add),
        who.clone().prop_map(Act::Remove),
        Just(Act::Seal),
        Just(Act::Agree),
        who.clone().prop_map(Act::Open),
        who.clone().prop_map(Act::Made),
        who.clone().prop_map(Act::NotMade),
        who.clone().prop_map(Act::Consent),
        who.clone().prop_map(Act::Decline),
        who.clone().prop_map(Act::Wait),
        who.clone().prop_map(Act::Admit),
        who.clone().prop_map(Act::SendBack),
        who.clone().prop_map(Act::Leave),
        who.prop_map(Act::TurnAway),
        Just(Act::Lock),
        Just(Act::Seen),
        Just(Act::End),
    ];
    prop::collection::vec((act, 0..40_i64), 0..60)
}

fn perform(consultation: &mut Consultation, act: &Act, now: Timestamp) {
    let id = |number: &u8| ParticipantId::new([*number; 16]);
    let room = |number: &u8| RoomId::new([*number; 16]);
    // refusals are the point: nothing may happen then, which the invariants show
    let _ = match act {
        Act::Add(number) => consultation.add(person(*number, &format!("Person {number}")), &limits()),
        Act::Remove(number) => consultation.remove(&id(number)),
        Act::Seal => consultation.seal(now),
        Act::Agree => {
            consultation.initiator_consented_at = Some(now);
            Ok(())
        }
        Act::Open(number) => consultation.open(room(number), now),
        Act::Made(number) => consultation.made(&Room::unmarked(room(number)), now),
        Act::NotMade(number) => consultation.not_made(&room(number)),
        Act::Admit(number) => consultation.admit(&id(number), now),
        Act::Lock => consultation.opened_mut().map(|opened| opened.locked = true),
        Act::Seen => consultation.opened_mut().map(|opened| opened.initiator_seen_at = now),
        Act::End => consultation.end(EndReason::Initiator, now),
        Act::Consent(number) => person_act(consultation, &id(number), |participant| participant.consent(now)),
        Act::Decline(number) => person_act(consultation, &id(number), |participant| participant.decline(now)),
        Act::Wait(number) => person_act(consultation, &id(number), |participant| participant.wait(now)),
        Act::SendBack(number) => person_act(consultation, &id(number), |participant| participant.send_back(now)),
        Act::Leave(number) => person_act(consultation, &id(number), |participant| {
            participant.leave();
            Ok(())
        }),
        Act::TurnAway(number) => person_act(consultation, &id(number), |participant| {
            participant.turn_away(now);
            Ok(())
        }),
    };
}

fn person_act(
    consultation: &mut Consultation,
    id: &ParticipantId,
    act: impl FnOnce(&mut Participant) -> Result<(), WrongStanding>,
) -> Result<(), Refusal> {
    Ok(act(consultation.participant_mut(id)?)?)
}

proptest! {
    #[test]
    fn no_order_of_acts_breaks_a_rule(acts in acts(), already_open in any::<bool>()) {
        let begun = if already_open { open(&["Person 1", "Person 2", "Person 3"]) } else { draft() };
        let (mut consultation, mut now) = (begun, at(0));
        for (act, later) in acts {
            now += SignedDuration::from_secs(later);
            let before = consultation.clone();
            perform(&mut consultation, &act, now);
            let is_inside = |consultation: &Consultation, id: &ParticipantId| {
                consultation.participant(id).is_some_and(|person| matches!(person.standing, Standing::Admitted { .. }))
            };
            for person in &consultation.participants {
                if is_inside(&consultation, &person.id) {
                    // rule 1
                    prop_assert!(person.has_consented());
                    if !is_inside(&before, &person.id) {
                        // rule 3: out of the waiting room, by this one act, while the room is open and the initiator there
                        let came_from_waiting = matches!(before.participant(&person.id).unwrap().standing, Standing::Waiting { .. });
                        prop_assert!(came_from_waiting);
                        prop_assert!(matches!(act, Act::Admit(_)));
                        let opened = before.opened().unwrap();
                        prop_assert!(!opened.locked);
                        prop_assert!(now.duration_since(opened.initiator_seen_at) <= INITIATOR_PRESENT);
                    }
                }
            }
            // rule 2
            if before.phase != Phase::Draft {
                let ids = |of: &Consultation| of.participants.iter().map(|person| person.id.clone()).collect::<Vec<_>>();
                prop_assert_eq!(ids(&before), ids(&consultation));
            }
            // rule 4: nothing anybody does makes another person the initiator
            prop_assert_eq!(&before.initiator, &consultation.initiator);
            // rule 5: an open consultation keeps its one room until the end
            if let (Ok(was), Ok(is)) = (before.opened(), consultation.opened()) {
                prop_assert_eq!(&was.room, &is.room);
            }
            // what has ended stays ended
            if let Phase::Ended(ended) = &before.phase {
                prop_assert_eq!(&Phase::Ended(ended.clone()), &consultation.phase);
            }
        }
    }
}
