//! Looks into open rooms: who is there, who is gone, what has to end by itself.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::app::{App, random};
use crate::backend::{Backend, BackendError, Occupant, View, Who};
use crate::consultation::{Consultation, EndReason, INITIATOR_PRESENT, Phase};
use crate::id::{ConsultationId, IncidentId, ParticipantId};
use crate::participant::{Seat, Standing};
use crate::reaper;
use crate::store::{Orphan, StoreError};

const PAUSE: Duration = Duration::from_secs(2);
/// How long somebody may be out of sight (a reload, a tunnel) before they no longer count as waiting or inside.
const OUT_OF_SIGHT: SignedDuration = SignedDuration::from_secs(20);
/// Presence is written down this often, not at every look.
const NOTE_PRESENCE: SignedDuration = SignedDuration::from_secs(5);
/// A room that is not made after this time never will be.
const OPENING: SignedDuration = SignedDuration::from_secs(30);

/// Why one consultation could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum Blind {
    #[error("the store failed")]
    Store(#[from] StoreError),
    #[error("the backend failed")]
    Backend(#[from] BackendError),
}

/// What one look has found.
#[derive(Debug, Default)]
struct Found {
    initiator_there: bool,
    occupied: bool,
    /// Listed people who are no longer in sight.
    gone: Vec<ParticipantId>,
    /// Seats in the room that nobody admitted.
    intruders: Vec<ParticipantId>,
}

/// The watch remembers since when somebody is out of sight.
#[derive(Debug, Default)]
pub struct Watch {
    missing: HashMap<(ConsultationId, ParticipantId), Timestamp>,
    /// Who was cut at the look before; still being there is an incident.
    cut: HashSet<(ConsultationId, ParticipantId)>,
    /// Who was in each room at the look before; the cockpit shows who came and went.
    inside: HashMap<ConsultationId, View>,
}

/// Looks on every signal and every two seconds, until the process ends.
pub async fn run(app: Arc<App>) {
    let mut watch = Watch::default();
    loop {
        watch.look(&app, clock()).await;
        tokio::select! {
            () = app.look.notified() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

impl Watch {
    /// One look at every consultation that is open, waited for, or overdue.
    pub async fn look(&mut self, app: &App, now: Timestamp) {
        let overdue = now
            .saturating_sub(app.config.policy.limits.grace)
            .unwrap_or(Timestamp::MIN);
        let living = match app.store.living(overdue).await {
            Ok(living) => living,
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the watch cannot read what is open"
                );
                return;
            }
        };
        for id in &living {
            match self.look_at(app, id, now).await {
                Ok(()) | Err(Blind::Store(StoreError::NotFound)) => {}
                Err(blind) => {
                    tracing::warn!(consultation = %id, error = &blind as &dyn std::error::Error, "could not look");
                }
            }
        }
        self.missing.retain(|(id, _), _| living.contains(id));
        self.cut.retain(|(id, _)| living.contains(id));
        self.inside.retain(|id, _| living.contains(id));
    }

    async fn look_at(&mut self, app: &App, id: &ConsultationId, now: Timestamp) -> Result<(), Blind> {
        let consultation = app.store.load(id).await?.consultation;
        if let Some(reason) = consultation.due(&app.config.policy.limits, now) {
            tracing::info!(consultation = %id, reason = reason.code(), "ends by itself");
            return Ok(reaper::end(app, id, reason, now).await?);
        }
        match &consultation.phase {
            Phase::Opening { since, .. } if now.duration_since(*since) > OPENING => {
                give_up_opening(app, &consultation, now).await
            }
            Phase::Open(_) | Phase::Sealed { .. } => self.look_around(app, &consultation, now).await,
            _ => Ok(()),
        }
    }

    async fn look_around(&mut self, app: &App, consultation: &Consultation, now: Timestamp) -> Result<(), Blind> {
        let backend = app.backends.named(&consultation.backend)?;
        let view = match &consultation.phase {
            Phase::Open(opened) => match backend.view(&opened.room).await {
                Err(BackendError::NoRoom) if backend.is_elsewhere() => {
                    tracing::warn!(consultation = %consultation.id, "the video system has the room no longer");
                    return Ok(reaper::end(app, &consultation.id, EndReason::RoomLost, now).await?);
                }
                seen => seen?,
            },
            _ => View::default(),
        };
        let found = self.find(app, consultation, (backend, &view), now);
        if self.inside.get(&consultation.id).unwrap_or(&View::default()) != &view {
            self.inside.insert(consultation.id.clone(), view);
            app.live.nudge(&consultation.id);
        }
        self.cut(app, consultation, &found.intruders, now).await?;
        note(app, consultation, &found, now).await
    }

    /// Cuts whoever is not admitted. Somebody who has just left is cut silently; who is there again at the next look is an
    /// incident that the cockpit shows and the record counts.
    async fn cut(
        &mut self,
        app: &App,
        consultation: &Consultation,
        intruders: &[ParticipantId],
        now: Timestamp,
    ) -> Result<(), Blind> {
        let Phase::Open(opened) = &consultation.phase else {
            return Ok(());
        };
        self.cut
            .retain(|(id, person)| id != &consultation.id || intruders.contains(person));
        for person in intruders {
            let backend = app.backends.named(&consultation.backend)?;
            let participant = consultation.participant(person);
            if participant.is_some_and(|participant| matches!(participant.standing, Standing::TurnedAway { .. })) {
                backend.turn_away(&opened.room, person).await?;
            } else {
                backend.send_back(&opened.room, person).await?;
            }
            if !self.cut.insert((consultation.id.clone(), person.clone())) {
                tracing::warn!(consultation = %consultation.id, rule = 8, "somebody not admitted is in the room");
                app.store
                    .keep_incident(&IncidentId::new(random()), &consultation.id, "intruder", now)
                    .await?;
                app.live.nudge(&consultation.id);
            }
        }
        Ok(())
    }

    fn find(
        &mut self,
        app: &App,
        consultation: &Consultation,
        (backend, view): (&Backend, &View),
        now: Timestamp,
    ) -> Found {
        let mut found = Found {
            initiator_there: view.shows(&Seat::Moderator) || app.live.is_present(&consultation.id, &Seat::Moderator),
            occupied: view.occupants.iter().any(|occupant| occupant.connected),
            ..Found::default()
        };
        for participant in &consultation.participants {
            let seat = Seat::Participant(participant.id.clone());
            let in_sight = match participant.standing {
                Standing::Waiting { .. } => app.live.is_present(&consultation.id, &seat),
                Standing::Admitted { at, .. } => view.shows(&seat) || now.duration_since(at) < backend.coming_in(),
                _ => true,
            };
            let key = (consultation.id.clone(), participant.id.clone());
            if in_sight {
                self.missing.remove(&key);
            } else if now.duration_since(*self.missing.entry(key).or_insert(now)) > OUT_OF_SIGHT {
                found.gone.push(participant.id.clone());
            }
        }
        found.intruders = intruders(consultation, &view.occupants);
        found
    }
}

/// Who sits in the room without having been admitted (rule 8).
fn intruders(consultation: &Consultation, occupants: &[Occupant]) -> Vec<ParticipantId> {
    let admitted = |id: &ParticipantId| {
        let participant = consultation.participant(id);
        participant.is_some_and(|participant| matches!(participant.standing, Standing::Admitted { .. }))
    };
    let seated = occupants.iter().filter_map(|occupant| match &occupant.who {
        Who::Seated(Seat::Participant(id)) => Some(id.clone()),
        _ => None,
    });
    seated.filter(|id| !admitted(id)).collect()
}

/// Writes down what was found, if anything is new.
async fn note(app: &App, consultation: &Consultation, found: &Found, now: Timestamp) -> Result<(), Blind> {
    let mut after = consultation.clone();
    let everyone_back = apply(&mut after, found, now);
    if after == *consultation {
        return Ok(());
    }
    let visible = after.participants != consultation.participants;
    app.store
        .change(&consultation.id, |kept| {
            apply(&mut kept.consultation, found, now);
            Ok(())
        })
        .await?;
    if let (true, Phase::Open(opened)) = (everyone_back, &consultation.phase) {
        let backend = app.backends.named(&consultation.backend)?;
        for participant in &consultation.participants {
            backend.send_back(&opened.room, &participant.id).await?;
        }
    }
    if visible {
        app.live.nudge(&consultation.id);
    }
    Ok(())
}

/// Answers whether the initiator is gone so long that everyone goes back to waiting (rules 3, 4, 8).
fn apply(consultation: &mut Consultation, found: &Found, now: Timestamp) -> bool {
    for id in &found.gone {
        if let Ok(participant) = consultation.participant_mut(id) {
            participant.leave();
        }
    }
    let Ok(opened) = consultation.opened_mut() else {
        return false;
    };
    if found.initiator_there && now.duration_since(opened.initiator_seen_at) > NOTE_PRESENCE {
        opened.initiator_seen_at = now;
    }
    if found.occupied
        && opened
            .occupied_at
            .is_none_or(|at| now.duration_since(at) > NOTE_PRESENCE)
    {
        opened.occupied_at = Some(now);
    }
    let initiator_gone = now.duration_since(opened.initiator_seen_at) > INITIATOR_PRESENT;
    if initiator_gone {
        consultation.all_back(now);
    }
    initiator_gone
}

async fn give_up_opening(app: &App, consultation: &Consultation, now: Timestamp) -> Result<(), Blind> {
    let Phase::Opening { room, .. } = &consultation.phase else {
        return Ok(());
    };
    let orphan = Orphan {
        room: room.clone(),
        backend: consultation.backend.clone(),
        attempts: 0,
    };
    app.store.orphan(&orphan, now).await?;
    app.store
        .change(&consultation.id, |kept| {
            kept.consultation.not_made(&orphan.room)?;
            Ok(())
        })
        .await?;
    app.reap.notify_one();
    app.live.nudge(&consultation.id);
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the loop reads the clock for everything below it"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
