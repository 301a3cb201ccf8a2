//! Looks into open rooms: who is there, who is gone, what must not be, what has to end by itself.

mod presence;
mod round;
mod violation;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, mpsc};

use crate::app::{App, random};
use crate::backend::{Backend, BackendError, View};
use crate::consultation::{Consultation, EndReason, Phase};
use crate::id::{ConsultationId, IncidentId, ParticipantId, RoomId};
use crate::participant::Standing;
use crate::reaper;
use crate::store::StoreError;
use presence::note;
use round::Round;
use violation::{Verdict, Violation};

pub use violation::{BREAKOUTS, INTRUDER, SECOND_MODERATOR, TWICE};

/// Between two looks without a signal, where the room is in this process.
const PAUSE: Duration = Duration::from_secs(2);
/// The same where another server has to be asked.
const PAUSE_ELSEWHERE: Duration = Duration::from_secs(5);
/// Signals come in crowds; another server is not asked more often than this.
const SHORTEST_ELSEWHERE: Duration = Duration::from_secs(1);
/// So many rooms of one video system are looked into at once.
const AT_ONCE: usize = 32;
/// Whoever has not made a room after this time does not make it any more.
const OPENING: SignedDuration = SignedDuration::from_secs(30);

/// Why one consultation could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum Blind {
    #[error("the store failed")]
    Store(#[from] StoreError),
    #[error("the backend failed")]
    Backend(#[from] BackendError),
}

/// Whose rooms one watch looks into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Beat {
    #[default]
    Everything,
    /// Those of one video system; the first watch takes those of systems that are configured no longer as well.
    Of { backend: String, not: Vec<String> },
}

impl Beat {
    fn holds(&self, backend: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Of { backend: own, not } => {
                own == backend || (!not.is_empty() && not.iter().all(|name| name != backend))
            }
        }
    }
}

/// What is seen of one consultation, before anything is concluded from it.
struct Glance {
    consultation: Consultation,
    /// Nothing where the video system does not answer.
    view: Option<View>,
    /// The video system has the room no longer.
    is_lost: bool,
}

/// The watch remembers since when somebody is out of sight, and since when something is there that must not be.
#[derive(Debug, Default)]
pub struct Watch {
    beat: Beat,
    missing: HashMap<(ConsultationId, ParticipantId), Timestamp>,
    /// Who was cut at the look before; still being there is an incident.
    cut: HashSet<(ConsultationId, ParticipantId)>,
    violations: HashMap<(ConsultationId, Violation), violation::Since>,
    /// Who was in each room at the look before; the cockpit shows who came and went.
    inside: HashMap<ConsultationId, View>,
}

/// Looks on every signal and every few seconds, until the process ends. Each video system has a watch of its own, so that a slow
/// one delays no other.
pub async fn run(app: Arc<App>) {
    let names: Vec<String> = app.backends.iter().map(|configured| configured.name.clone()).collect();
    let bells: Vec<Notify> = names.iter().map(|_| Notify::new()).collect();
    let watches = app
        .backends
        .iter()
        .zip(&bells)
        .enumerate()
        .map(|(place, (configured, bell))| {
            let not = if place == 0 { names.clone() } else { Vec::new() };
            let backend = configured.name.clone();
            let watch = Watch {
                beat: Beat::Of { backend, not },
                ..Watch::default()
            };
            keep_looking(&app, watch, &configured.backend, bell)
        });
    let ring = async {
        loop {
            app.look.notified().await;
            bells.iter().for_each(Notify::notify_one);
        }
    };
    tokio::join!(join_all(watches), ring);
}

async fn keep_looking(app: &App, mut watch: Watch, backend: &Backend, bell: &Notify) {
    let (pause, shortest) = if backend.is_elsewhere() {
        (PAUSE_ELSEWHERE, SHORTEST_ELSEWHERE)
    } else {
        (PAUSE, Duration::ZERO)
    };
    loop {
        watch.look(app, clock()).await;
        tokio::time::sleep(shortest).await;
        tokio::select! {
            () = bell.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

impl Watch {
    /// One look at every consultation that is open, waited for, or overdue.
    pub async fn look(&mut self, app: &App, now: Timestamp) {
        let overdue = now
            .saturating_sub(app.config.policy.limits.grace)
            .unwrap_or(Timestamp::MIN);
        let own = async {
            app.look_at_pages().await?;
            app.store.watched(&app.replica.holder, overdue).await
        };
        let living = match own.await {
            Ok(living) => living,
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the watch cannot read what is open"
                );
                return;
            }
        };
        let living: Vec<ConsultationId> = living
            .into_iter()
            .filter_map(|(id, backend)| self.beat.holds(&backend).then_some(id))
            .collect();
        let round = Round::new(app, now);
        let asking = &round;
        let glances = living.clone().into_iter().map(move |id| async move {
            let glance = glance(app, asking, &id).await;
            (id, glance)
        });
        // whoever looks goes on while something is concluded: a reader that waited for it would hold the database's files
        let (seen, mut to_conclude) = mpsc::unbounded_channel();
        let looking = async move {
            let mut glances = stream::iter(glances).buffer_unordered(AT_ONCE);
            while let Some(glance) = glances.next().await {
                // the other end goes with this look
                let _ = seen.send(glance);
            }
        };
        let concluding = async {
            while let Some((id, glance)) = to_conclude.recv().await {
                let looked = match glance {
                    Ok(glance) => self.conclude(app, glance, now).await,
                    Err(error) => Err(error.into()),
                };
                match looked {
                    Ok(()) | Err(Blind::Store(StoreError::NotFound)) => {}
                    Err(blind) => {
                        tracing::warn!(consultation = %id, error = &blind as &dyn std::error::Error, "could not look");
                    }
                }
            }
        };
        tokio::join!(looking, concluding);
        round.end();
        app.views.forget_old(now);
        self.missing.retain(|(id, _), _| living.contains(id));
        self.cut.retain(|(id, _)| living.contains(id));
        self.violations.retain(|(id, _), _| living.contains(id));
        self.inside.retain(|id, _| living.contains(id));
    }

    async fn conclude(&mut self, app: &App, glance: Glance, now: Timestamp) -> Result<(), Blind> {
        let Glance {
            consultation,
            view,
            is_lost,
        } = glance;
        let id = &consultation.id;
        if let Some(reason) = consultation.due(&app.config.policy.limits, now) {
            tracing::info!(consultation = %id, reason = reason.code(), "ends by itself");
            return Ok(reaper::end(app, id, reason, now).await?);
        }
        if is_lost {
            tracing::warn!(consultation = %id, "the video system has the room no longer");
            return Ok(reaper::end(app, id, EndReason::RoomLost, now).await?);
        }
        match &consultation.phase {
            Phase::Opening { since, room, .. } => {
                if now.duration_since(*since) > OPENING || app.store.is_left_behind(id).await? {
                    give_up_opening(app, id, room, now).await?;
                }
                Ok(())
            }
            Phase::Open(_) | Phase::Sealed { .. } => self.look_around(app, &consultation, view, now).await,
            _ => Ok(()),
        }
    }

    async fn look_around(
        &mut self,
        app: &App,
        consultation: &Consultation,
        view: Option<View>,
        now: Timestamp,
    ) -> Result<(), Blind> {
        let backend = app.backends.named(&consultation.backend)?;
        let found = self.find(app, consultation, (backend, view.as_ref()), now);
        if let Some(view) = view {
            app.views.keep(&consultation.id, &view, now);
            self.judge(app, consultation, (backend, &view), now).await?;
            if self.inside.get(&consultation.id).unwrap_or(&View::default()) != &view {
                if matches!(backend, Backend::Embedded(_)) {
                    app.keep_sighting(&consultation.id, &view).await?;
                }
                self.inside.insert(consultation.id.clone(), view);
                app.live.nudge(&consultation.id);
            }
        }
        if backend.removes_people() {
            self.cut(app, consultation, &found.intruders, now).await?;
        }
        note(app, consultation, &found, now).await
    }

    /// Whatever must not be in a room alarms the cockpit and stands in the record; where it stays, the room is ended.
    async fn judge(
        &mut self,
        app: &App,
        consultation: &Consultation,
        (backend, view): (&Backend, &View),
        now: Timestamp,
    ) -> Result<(), Blind> {
        let id = &consultation.id;
        let seen = violation::seen(consultation, backend, view);
        self.violations
            .retain(|(of, violation), _| of != id || seen.contains(violation));
        for violation in seen {
            let (rule, kind) = (violation.rule(), violation.kind());
            let since = self
                .violations
                .entry((id.clone(), violation.clone()))
                .or_insert(now.into());
            match violation.verdict(since, now) {
                Verdict::Bear => {}
                Verdict::Alarm => {
                    app.counters.violated(rule, kind);
                    tracing::warn!(consultation = %id, rule, kind, "something is in the room that must not be");
                    app.store
                        .keep_incident(&IncidentId::new(random()), id, kind, now)
                        .await?;
                    app.live.nudge(id);
                }
                Verdict::End => {
                    tracing::error!(consultation = %id, rule, kind, "it stays in the room: the room is ended");
                    return Ok(reaper::end(app, id, EndReason::Violation, now).await?);
                }
            }
        }
        Ok(())
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
                app.counters.violated(8, INTRUDER);
                tracing::warn!(consultation = %consultation.id, rule = 8, "somebody not admitted is in the room");
                app.store
                    .keep_incident(&IncidentId::new(random()), &consultation.id, INTRUDER, now)
                    .await?;
                app.live.nudge(&consultation.id);
            }
        }
        Ok(())
    }
}

async fn glance(app: &App, round: &Round<'_>, id: &ConsultationId) -> Result<Glance, StoreError> {
    let consultation = app.store.load(id).await?.consultation;
    let looked = match (&consultation.phase, app.backends.configured(&consultation.backend)) {
        (Phase::Open(opened), Ok(system)) => match round.view(system, &opened.room).await {
            Some(Err(BackendError::NoRoom)) => Err(BackendError::NoRoom),
            Some(Err(error)) => {
                tracing::warn!(consultation = %id, backend = consultation.backend, error = &error as &dyn std::error::Error, "nobody tells who is in the room");
                Ok(None)
            }
            Some(Ok(view)) => Ok(Some(view)),
            None => Ok(None),
        },
        (Phase::Open(_), Err(_)) => Ok(None),
        _ => Ok(Some(View::default())),
    };
    Ok(Glance {
        consultation,
        is_lost: looked.is_err(),
        view: looked.unwrap_or_default(),
    })
}

/// It may be opened once more, in another room. This one may have been made, or be made late: the reaper looks for it.
async fn give_up_opening(app: &App, id: &ConsultationId, room: &RoomId, now: Timestamp) -> Result<(), StoreError> {
    let given_up = app.store.not_made(id, room, now).await;
    app.reap.notify_one();
    app.live.nudge(id);
    match given_up {
        // made at this very moment, or ended
        Err(StoreError::Refused(_)) => Ok(()),
        other => other,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the loop reads the clock for everything below it"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
