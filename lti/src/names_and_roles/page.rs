//! One page of members, as the platform answers it.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::id::{ContextId, Subject};
use crate::launch::{PersonName, text};
use crate::role::Roles;

/// Five thousand members with everything Moodle says about them have 1.5 MiB.
const LARGEST: usize = 4 * 1024 * 1024;

/// One page of the members of a course (NRPS 2.0 §2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MembershipPage {
    /// Everybody on it, in the platform's order. One person may be on several pages, or twice on one (Names and Roles 2.0 §2.2).
    pub members: Vec<Member>,
    /// The next page, if there is one (Names and Roles 2.0 §2.4.2).
    pub next: Option<Url>,
    /// How many entries were no member: without an id, or not of the right form (Names and Roles 2.0 §2.2).
    pub skipped: usize,
}

/// A member of a course. Only id and roles can be relied upon (NRPS 2.0 §2.2). Mail address, user name and the school's
/// number are dropped while reading. Its `Debug` shows no person.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// The `sub` of this person's launches: the only thing by which they may be recognised (Names and Roles 2.0 §2.2).
    pub id: Subject,
    /// Roles in the course, also by short names (Names and Roles 2.0 §2.2).
    pub roles: Roles,
    /// Whether this person takes part in the course at present (Names and Roles 2.0 §2.3).
    pub status: Status,
    /// As far as the platform gives them away (Names and Roles 2.0 §2.2).
    pub name: PersonName,
}

/// Status of a membership (NRPS 2.0 §2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Status {
    /// Only in answers about differences: no longer a member.
    Deleted,
    /// A member who has no access; also what no version of the service knows.
    Inactive,
    /// Also when the platform does not say it.
    Active,
}

/// An answer that is no page of members of this course. No variant repeats a value that came from outside
/// (Names and Roles 2.0 §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RosterError {
    /// Not JSON, or without a list of members (NRPS 2.0 §2.2).
    #[error("what the platform answered is no list of members")]
    Malformed,
    /// Larger than any page.
    #[error("the platform's answer is larger than 4 MiB")]
    TooLarge,
    /// The list does not say of which course it is (NRPS 2.0 §2.2).
    #[error("the list of members does not say of which course it is")]
    ContextMissing,
    /// The list is that of another course.
    #[error("the list of members belongs to another course")]
    ContextWrong,
    /// The link to the next page is no address.
    #[error("the link to the next page is no address")]
    NextInvalid,
    /// The link to the next page leaves the list.
    #[error("the link to the next page leads away from the list of this course")]
    NextForeign,
}

impl RosterError {
    /// Short stable name of the failure, for logs, metrics and tests (Names and Roles 2.0 §2.2).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "roster_malformed",
            Self::TooLarge => "roster_too_large",
            Self::ContextMissing => "roster_context_missing",
            Self::ContextWrong => "roster_context_wrong",
            Self::NextInvalid => "roster_next_invalid",
            Self::NextForeign => "roster_next_foreign",
        }
    }

    /// The clause that demands the refusal (Names and Roles 2.0 §2.2).
    pub const fn clause(self) -> &'static str {
        match self {
            Self::Malformed | Self::TooLarge | Self::ContextMissing | Self::ContextWrong => "NRPS 2.0 §2.2",
            Self::NextInvalid | Self::NextForeign => "NRPS 2.0 §2.4.2",
        }
    }
}

impl MembershipPage {
    pub(super) fn parse(body: &[u8], context: &ContextId, next: Option<Url>) -> Result<Self, RosterError> {
        if body.len() > LARGEST {
            return Err(RosterError::TooLarge);
        }
        let container: Container = serde_json::from_slice(body).map_err(|_| RosterError::Malformed)?;
        let said = container.context.as_ref().and_then(|context| context.get("id"));
        match said.filter(|id| !id.is_null()) {
            None => return Err(RosterError::ContextMissing),
            Some(id) if id.as_str() != Some(context.as_str()) => return Err(RosterError::ContextWrong),
            Some(_) => {}
        }
        let entries = container.members.ok_or(RosterError::Malformed)?;
        let listed = entries.len();
        let members: Vec<Member> = entries.into_iter().filter_map(Member::read).collect();
        Ok(Self {
            skipped: listed.saturating_sub(members.len()),
            members,
            next,
        })
    }
}

impl Member {
    /// The same person listed a second time, as a platform does for two groups: active if either is, with every role
    /// (Names and Roles 2.0 §2.3).
    pub fn merge(&mut self, other: Self) {
        self.status = self.status.max(other.status);
        self.roles.merge(other.roles);
        if self.name == PersonName::default() {
            self.name = other.name;
        }
    }

    fn read(entry: Value) -> Option<Self> {
        let entry: Entry = serde_json::from_value(entry).ok()?;
        let id = Subject::try_from(entry.user_id?.as_str()?.to_owned()).ok()?;
        let roles = entry.roles.iter().filter_map(Value::as_array).flatten();
        Some(Self {
            id,
            roles: roles.map(|role| role.as_str().unwrap_or_default()).collect(),
            status: status(entry.status.as_ref()),
            name: PersonName {
                full: text(entry.name.as_ref()),
                given: text(entry.given_name.as_ref()),
                family: text(entry.family_name.as_ref()),
            },
        })
    }
}

impl fmt::Debug for Member {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Member")
            .field("roles", &self.roles)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

fn status(said: Option<&Value>) -> Status {
    match said {
        None | Some(Value::Null) => Status::Active,
        Some(word) => match word.as_str() {
            Some("Active") => Status::Active,
            Some("Deleted") => Status::Deleted,
            _ => Status::Inactive,
        },
    }
}

#[derive(Deserialize)]
struct Container {
    context: Option<Value>,
    members: Option<Vec<Value>>,
}

/// `Value`s, because one entry of a wrong type must not spoil the page; only what is needed is read at all.
#[derive(Deserialize)]
struct Entry {
    user_id: Option<Value>,
    roles: Option<Value>,
    status: Option<Value>,
    name: Option<Value>,
    given_name: Option<Value>,
    family_name: Option<Value>,
}
