//! Who is there and who is gone, and what that changes for the people of a talk (rules 3, 4 and 8).

use jiff::{SignedDuration, Timestamp};

use super::{Blind, Watch};
use crate::app::App;
use crate::backend::{Backend, Occupant, View, Who};
use crate::consultation::{Consultation, INITIATOR_PRESENT, Phase};
use crate::id::ParticipantId;
use crate::participant::{Seat, Standing};

/// Presence is written down this often, not at every look.
const NOTE_PRESENCE: SignedDuration = SignedDuration::from_secs(5);

/// What one look has found.
#[derive(Debug, Default)]
pub(super) struct Found {
    initiator_there: bool,
    occupied: bool,
    /// Listed people who are no longer in sight.
    gone: Vec<ParticipantId>,
    /// Seats in the room that nobody admitted.
    pub(super) intruders: Vec<ParticipantId>,
}

impl Watch {
    pub(super) fn find(
        &mut self,
        app: &App,
        consultation: &Consultation,
        (backend, view): (&Backend, Option<&View>),
        now: Timestamp,
    ) -> Found {
        // what nobody tells is taken for what it was
        let shows = |seat: &Seat| view.is_some_and(|view| view.shows(seat));
        let occupied = |view: &View| view.occupants.iter().any(|occupant| occupant.connected);
        let was_occupied = || consultation.opened().is_ok_and(|opened| opened.occupied_at.is_some());
        let mut found = Found {
            initiator_there: shows(&Seat::Moderator) || app.is_present(&consultation.id, &Seat::Moderator),
            occupied: view.map_or_else(was_occupied, occupied),
            ..Found::default()
        };
        for participant in &consultation.participants {
            let seat = Seat::Participant(participant.id.clone());
            let in_sight = match participant.standing {
                Standing::Waiting { .. } => app.is_present(&consultation.id, &seat),
                Standing::Admitted { at, .. } => {
                    view.is_none() || shows(&seat) || now.duration_since(at) < backend.coming_in()
                }
                _ => true,
            };
            let key = (consultation.id.clone(), participant.id.clone());
            if in_sight {
                self.missing.remove(&key);
            } else if now.duration_since(*self.missing.entry(key).or_insert(now)) > backend.out_of_sight() {
                found.gone.push(participant.id.clone());
            }
        }
        found.intruders = view.map_or_else(Vec::new, |view| intruders(consultation, &view.occupants));
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
pub(super) async fn note(app: &App, consultation: &Consultation, found: &Found, now: Timestamp) -> Result<(), Blind> {
    let mut after = consultation.clone();
    let backend = app.backends.named(&consultation.backend)?;
    let everyone_back = apply(&mut after, (backend, found), now);
    if after == *consultation {
        return Ok(());
    }
    let visible = after.participants != consultation.participants;
    app.store
        .change(&consultation.id, |kept| {
            apply(&mut kept.consultation, (backend, found), now);
            Ok(())
        })
        .await?;
    if let (true, Phase::Open(opened)) = (everyone_back, &consultation.phase) {
        for participant in &consultation.participants {
            backend.send_back(&opened.room, &participant.id).await?;
        }
    }
    if visible {
        app.live.nudge(&consultation.id);
    }
    Ok(())
}

/// Answers whether the initiator is gone so long that everyone goes back to waiting (rules 3, 4, 8). Where nobody can be taken out,
/// the room itself ends without its moderator.
fn apply(consultation: &mut Consultation, (backend, found): (&Backend, &Found), now: Timestamp) -> bool {
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
    let initiator_gone = now.duration_since(opened.initiator_seen_at) > INITIATOR_PRESENT && backend.removes_people();
    if initiator_gone {
        consultation.all_back(now);
    }
    initiator_gone
}
