//! Open consultations by the hundred, without clicking.

use jiff::Timestamp;
use sprechzimmer::app::{App, random};
use sprechzimmer::backend::{Notices, Order};
use sprechzimmer::consultation::{Consultation, Phase, Plan};
use sprechzimmer::id::{ConsultationId, ParticipantId, PersonTag, PlaceTag, Room, RoomId};
use sprechzimmer::participant::{Participant, Standing, Title, Way};
use sprechzimmer::private::{Private, Secret};
use sprechzimmer::store::Binding;
use sprechzimmer::vault::DataKey;

/// An open consultation with a real room, without clicking.
pub(crate) async fn open(app: &App, system: &str, now: Timestamp) -> ConsultationId {
    let id = ConsultationId::new(random());
    let draft = Consultation {
        id: id.clone(),
        place: PlaceTag([1; 32]),
        initiator: PersonTag(random()),
        initiator_name: Private::new("N".to_owned()),
        initiator_consented_at: None,
        plan: Plan {
            start: now,
            minutes: 45,
        },
        backend: system.to_owned(),
        created_at: now,
        incidents: 0,
        admissions: 0,
        phase: Phase::Draft,
        participants: Vec::new(),
    };
    let binding = Binding::Browser(Secret::new(random()).hash());
    app.store
        .insert(&draft, DataKey::new(random()), &binding)
        .await
        .unwrap();
    let room = RoomId::new(random());
    let backend = app.backends.named(system).unwrap();
    let order = Order {
        room: room.clone(),
        people: 2,
        minutes: 60,
        notices: Notices::default(),
        over: "https://localhost/".parse().unwrap(),
    };
    let made: Room = backend.create(&order).await.unwrap();
    let somebody = Participant {
        id: ParticipantId::new(random()),
        name: Private::new("P".to_owned()),
        title: Title::Parent,
        way: Way::Launch,
        person: None,
        invitation: None,
        generation: 0,
        browser: None,
        standing: Standing::Invited,
    };
    let limits = &app.config.policy.limits;
    app.store
        .change(&id, |kept| {
            let consultation = &mut kept.consultation;
            consultation.add(somebody, limits)?;
            consultation.seal(now)?;
            consultation.initiator_consented_at = Some(now);
            consultation.open(room.clone(), now)?;
            Ok(consultation.made(&made, now)?)
        })
        .await
        .unwrap();
    id
}
