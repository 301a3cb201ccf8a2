//! The store keeps its promises on both databases.

mod concurrency;
mod erasure;
mod life;
mod openings;
mod passkeys;
mod schema;
mod signing_keys;
mod tickets;

use jiff::Timestamp;
use lti13_tool::NoRoster;
use sprechzimmer::app::random;
use sprechzimmer::consultation::{Consultation, EndReason, Phase, Plan};
use sprechzimmer::id::{ConsultationId, CourseTag, ParticipantId, PersonTag, PlaceTag, Room, RoomId};
use sprechzimmer::participant::{Participant, Standing, Title, Way};
use sprechzimmer::private::{Private, Secret, SecretHash};
use sprechzimmer::roster::Listing;
use sprechzimmer::store::{Arrival, Binding, Nonce, NonceUse, Record, Sight, Store, Visit, WayIn};
use sprechzimmer::vault::DataKey;

/// Names that stand nowhere else, so that they can be searched for as bytes.
const TEACHER: &str = "Beratungslehrerin Quandt-Zyperus";
const PUPIL: &str = "Xaverine Obstmoser";
const MOTHER: &str = "Mutter Yolantha Obstmoser";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

fn id(number: u8) -> ConsultationId {
    ConsultationId::new([number; 16])
}

fn room(number: u8) -> RoomId {
    RoomId::new([number; 16])
}

fn person(number: u8) -> PersonTag {
    // no digits or letters, so that it is not taken for an id where raw files are searched
    PersonTag([number ^ 0x80; 32])
}

fn place() -> PlaceTag {
    PlaceTag([200; 32])
}

fn draft(number: u8) -> Consultation {
    Consultation {
        id: id(number),
        place: place(),
        initiator: person(1),
        initiator_name: Private::new(TEACHER.to_owned()),
        initiator_consented_at: None,
        plan: Plan {
            start: at(600),
            minutes: 45,
        },
        backend: "embedded".to_owned(),
        created_at: at(0),
        incidents: 0,
        admissions: 0,
        phase: Phase::Draft,
        participants: Vec::new(),
    }
}

/// Keeps a draft that is seen in the browser with secret 77.
async fn insert(store: &Store, number: u8) {
    let (draft, key) = (draft(number), DataKey::new([number; 32]));
    let binding = Binding::Browser(secret(77));
    store.insert(&draft, key, &binding).await.unwrap();
}

/// What the person sees in that browser, as long as there is no passkey.
async fn sight(store: &Store, number: u8) -> Sight {
    store.sight(&person(number), Some(secret(77)), at(0)).await.unwrap()
}

fn participant(number: u8, name: &str, way: Way) -> Participant {
    Participant {
        id: ParticipantId::new([number; 16]),
        name: Private::new(name.to_owned()),
        title: Title::Other,
        way,
        person: (way == Way::Launch).then(|| person(number)),
        invitation: None,
        generation: 0,
        browser: None,
        standing: Standing::Invited,
    }
}

fn visit() -> Visit {
    Visit {
        platform: "https://moodle.example.org".to_owned(),
        person: person(2),
        place: Some(place()),
        name: Private::new(PUPIL.to_owned()),
        may_create: false,
        language: "de".to_owned(),
        course: Some(CourseTag([5; 32])),
        link: None,
        back: Private::new("https://moodle.example.org/course/view.php".to_owned()),
        listing: Listing::Missing(NoRoster::NotOffered),
    }
}

/// A sealed consultation with a pupil by launch and a mother by link, whose invitation is kept.
async fn sealed(store: &Store, number: u8) -> ConsultationId {
    let (pupil, mother) = (number.wrapping_add(50), number.wrapping_add(100));
    insert(store, number).await;
    let limits = limits();
    store
        .change(&id(number), |kept| {
            let consultation = &mut kept.consultation;
            consultation.add(participant(pupil, PUPIL, Way::Launch), &limits)?;
            consultation.add(participant(mother, MOTHER, Way::Link), &limits)?;
            consultation.initiator_consented_at = Some(at(1));
            consultation.seal(at(1))?;
            Ok(())
        })
        .await
        .unwrap();
    let invitation = {
        let kept = store.load(&id(number)).await.unwrap();
        kept.invitation(&kept.consultation.participants[1]).hash()
    };
    store
        .change(&id(number), |kept| {
            kept.consultation.participants[1].invitation = Some(invitation);
            Ok(())
        })
        .await
        .unwrap();
    id(number)
}

async fn open(store: &Store, number: u8) -> ConsultationId {
    let id = sealed(store, number).await;
    store
        .change(&id, |kept| {
            kept.consultation.open(room(number), at(2))?;
            kept.consultation.made(&Room::unmarked(room(number)), at(3))?;
            Ok(())
        })
        .await
        .unwrap();
    id
}

async fn end(store: &Store, id: &ConsultationId) {
    store
        .change(id, |kept| Ok(kept.consultation.end(EndReason::Initiator, at(100))?))
        .await
        .unwrap();
}

fn record(id: &ConsultationId, seconds: i64) -> Record {
    Record {
        id: id.clone(),
        erased_at: at(seconds),
        proof: "{}".to_owned(),
    }
}

fn limits() -> sprechzimmer::consultation::Limits {
    let minutes = jiff::SignedDuration::from_mins;
    sprechzimmer::consultation::Limits {
        grace: minutes(15),
        empty: minutes(5),
        absence: minutes(10),
        early: minutes(15),
        people: 6,
    }
}

fn secret(number: u8) -> sprechzimmer::private::SecretHash {
    Secret::new([number; 32]).hash()
}

/// A launch from a frame, at the beginning of time.
async fn keep_launch(store: &Store, nonce: u8, hash: u8) -> NonceUse {
    arrive(store, [nonce; 32], secret(hash), &visit(), at(0)).await
}

/// Somebody launches under this name.
async fn meet(store: &Store, number: u8, name: &str, now: Timestamp) {
    let visit = Visit {
        person: person(number),
        name: Private::new(name.to_owned()),
        ..visit()
    };
    let hash = Secret::new(random()).hash();
    assert_eq!(arrive(store, random(), hash, &visit, now).await, NonceUse::First);
}

async fn arrive(store: &Store, nonce: [u8; 32], hash: SecretHash, visit: &Visit, now: Timestamp) -> NonceUse {
    let expires_at = at(600);
    let nonce = Nonce {
        hash: nonce,
        expires_at,
    };
    let way = WayIn::Frame(hash);
    store.keep_launch(&Arrival { nonce, way, visit }, now).await.unwrap()
}
