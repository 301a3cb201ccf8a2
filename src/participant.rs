//! A person on the list: invitation, consent and admission, pure.

use jiff::Timestamp;

use crate::id::{ParticipantId, PersonTag};
use crate::private::{Private, SecretHash};

/// How a person comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a launch from the learning platform; bound to that account.
    Launch,
    /// By a personal link, bound to the first browser that redeems it.
    Link,
}

/// The role word shown beside a name; it carries no right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Title {
    Pupil,
    Parent,
    Teacher,
    Expert,
    Other,
}

impl Title {
    pub const ALL: [Self; 5] = [Self::Pupil, Self::Parent, Self::Teacher, Self::Expert, Self::Other];

    pub fn code(self) -> &'static str {
        match self {
            Self::Pupil => "pupil",
            Self::Parent => "parent",
            Self::Teacher => "teacher",
            Self::Expert => "expert",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|title| title.code() == code)
    }

    /// Pupils are addressed with "du", adults with "Sie"; the Fluent argument `form`.
    pub fn form(self) -> &'static str {
        if self == Self::Pupil { "du" } else { "sie" }
    }
}

/// Where a person stands. Everything after `Invited` has the consent in it, or its refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Invited,
    Declined { at: Timestamp },
    Consented { at: Timestamp },
    Waiting { consented_at: Timestamp, since: Timestamp },
    Admitted { consented_at: Timestamp, at: Timestamp },
    TurnedAway { at: Timestamp },
}

impl Standing {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Declined { .. } => "declined",
            Self::Consented { .. } => "consented",
            Self::Waiting { .. } => "waiting",
            Self::Admitted { .. } => "admitted",
            Self::TurnedAway { .. } => "turned_away",
        }
    }

    fn consented_at(&self) -> Option<Timestamp> {
        match self {
            Self::Consented { at } => Some(*at),
            Self::Waiting { consented_at, .. } | Self::Admitted { consented_at, .. } => Some(*consented_at),
            Self::Invited | Self::Declined { .. } | Self::TurnedAway { .. } => None,
        }
    }
}

/// What a backend is told about somebody: the initiator's seat, or that of one participant. No role of the learning platform.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Seat {
    Moderator,
    Participant(ParticipantId),
}

/// One person named before sealing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    pub id: ParticipantId,
    pub name: Private<String>,
    pub title: Title,
    pub way: Way,
    /// The account this person comes from; `None` for a guest, and for a typed name until the initiator has confirmed the first launch.
    pub person: Option<PersonTag>,
    /// Hash of the personal link's secret; exists from sealing until revoked.
    pub invitation: Option<SecretHash>,
    /// How often the link was renewed; part of its derivation.
    pub generation: u32,
    /// Hash of the browser's own secret, once the link was redeemed.
    pub browser: Option<SecretHash>,
    pub standing: Standing,
}

/// The step does not fit where this person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this step does not fit where the participant stands")]
pub struct WrongStanding;

impl Participant {
    pub fn has_consented(&self) -> bool {
        self.standing.consented_at().is_some()
    }

    /// Yes, after the notices. May follow a refusal: people may change their minds.
    pub fn consent(&mut self, now: Timestamp) -> Result<(), WrongStanding> {
        match self.standing {
            Standing::Invited | Standing::Declined { .. } => self.standing = Standing::Consented { at: now },
            Standing::Consented { .. } | Standing::Waiting { .. } | Standing::Admitted { .. } => {}
            Standing::TurnedAway { .. } => return Err(WrongStanding),
        }
        Ok(())
    }

    /// No, or no longer; possible at any time and without a reason (rule 1).
    pub fn decline(&mut self, now: Timestamp) -> Result<(), WrongStanding> {
        if matches!(self.standing, Standing::TurnedAway { .. }) {
            return Err(WrongStanding);
        }
        self.standing = Standing::Declined { at: now };
        Ok(())
    }

    /// Enters the waiting room. Only with consent.
    pub fn wait(&mut self, now: Timestamp) -> Result<(), WrongStanding> {
        match self.standing {
            Standing::Consented { at } => {
                self.standing = Standing::Waiting {
                    consented_at: at,
                    since: now,
                }
            }
            Standing::Waiting { .. } => {}
            _ => return Err(WrongStanding),
        }
        Ok(())
    }

    /// Waiting → admitted; the consultation decides whether it may (see `Consultation::admit`).
    pub(crate) fn admit(&mut self, now: Timestamp) -> Result<(), WrongStanding> {
        match self.standing {
            Standing::Waiting { consented_at, .. } => {
                self.standing = Standing::Admitted { consented_at, at: now };
                Ok(())
            }
            _ => Err(WrongStanding),
        }
    }

    /// Out of the room and back into the waiting room.
    pub fn send_back(&mut self, now: Timestamp) -> Result<(), WrongStanding> {
        match self.standing {
            Standing::Admitted { consented_at, .. } => {
                self.standing = Standing::Waiting {
                    consented_at,
                    since: now,
                };
                Ok(())
            }
            _ => Err(WrongStanding),
        }
    }

    /// Left the room or the waiting room by themselves; the consent stands.
    pub fn leave(&mut self) {
        if let Some(at) = self.standing.consented_at() {
            self.standing = Standing::Consented { at };
        }
    }

    /// The initiator says which account stands behind a typed name; once, and never for a personal link (rule 7).
    pub fn recognise(&mut self, person: PersonTag) -> Result<(), WrongStanding> {
        let turned_away = matches!(self.standing, Standing::TurnedAway { .. });
        if self.way != Way::Launch || self.person.is_some() || turned_away {
            return Err(WrongStanding);
        }
        self.person = Some(person);
        Ok(())
    }

    /// Voids the personal link and everything that came in by it: whoever used it may have been somebody else, so a
    /// consent given there counts no longer.
    pub fn void_link(&mut self) -> Result<(), WrongStanding> {
        if self.way != Way::Link || matches!(self.standing, Standing::TurnedAway { .. }) {
            return Err(WrongStanding);
        }
        self.invitation = None;
        self.browser = None;
        self.standing = Standing::Invited;
        Ok(())
    }

    /// Not let in, for good: the link is void too. The browser stays known, so that this person can read a kind word about it.
    pub fn turn_away(&mut self, now: Timestamp) {
        self.standing = Standing::TurnedAway { at: now };
        self.invitation = None;
    }
}
