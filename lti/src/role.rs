//! Roles of a launch, read as whole URIs: the part behind `#` alone means nothing.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use crate::vocabulary::{CONTEXT, INSTITUTION, LIS, LTI_SYSTEM, SYSTEM, TEST_USER};

/// Where a role holds (LTI Core 1.3 App. A.2). Only [`Vocabulary::Context`] says anything about a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vocabulary {
    /// In this course: `membership#…` and `membership/…#…` (A.2.3).
    Context,
    /// In the school: `institution/person#…` (A.2.2).
    Institution,
    /// In the platform: `system/person#…` (A.2.1).
    System,
    /// LTI's own: `TestUser`, the marker of a platform's preview.
    LtiSystem,
}

/// One role of the vocabulary; what the vocabulary does not know is no `Role` (LTI Core 1.3 App. A.2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role {
    vocabulary: Vocabulary,
    principal: &'static str,
    below: Option<&'static str>,
}

impl Role {
    /// Reads one value of the claim `roles`: a full URI, or one of the deprecated forms of App. A.2 (simple names of
    /// context roles, `urn:lti:…`, `…/lis/v2/person#…`), which a tool may read.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(name) = text.strip_prefix(LTI_SYSTEM) {
            return (name == TEST_USER).then_some(Self::plain(Vocabulary::LtiSystem, TEST_USER));
        }
        if let Some(path) = text.strip_prefix(LIS) {
            return Self::parse_path(path);
        }
        if let Some(name) = text.strip_prefix("urn:lti:role:ims/lis/") {
            return match name.split_once('/') {
                Some((principal, sub_role)) => Self::context(principal, Some(sub_role)),
                None => Self::context(name, None),
            };
        }
        if let Some(name) = text.strip_prefix("urn:lti:instrole:ims/lis/") {
            return Self::institution(name);
        }
        if let Some(name) = text.strip_prefix("urn:lti:sysrole:ims/lis/") {
            return Self::system(name);
        }
        Self::context(text, None)
    }

    /// Where the role holds (LTI Core 1.3 App. A.2).
    pub const fn vocabulary(self) -> Vocabulary {
        self.vocabulary
    }

    /// The principal role, as `Instructor` in `membership/Instructor#Grader` (LTI Core 1.3 App. A.2.3).
    pub const fn principal(self) -> &'static str {
        self.principal
    }

    /// The sub-role, as `Grader` in `membership/Instructor#Grader`. It does not imply its principal (LTI Core 1.3 App. A.2.3.1).
    pub const fn sub_role(self) -> Option<&'static str> {
        self.below
    }

    fn parse_path(path: &str) -> Option<Self> {
        let (path, name) = path.split_once('#')?;
        match path {
            "membership" => Self::context(name, None),
            "institution/person" => Self::institution(name),
            "system/person" => Self::system(name),
            "person" => Self::institution(name).or_else(|| Self::system(name)),
            _ => Self::context(path.strip_prefix("membership/")?, Some(name)),
        }
    }

    fn context(principal: &str, sub_role: Option<&str>) -> Option<Self> {
        let (principal, sub_roles) = CONTEXT.iter().find(|(known, _)| *known == principal)?;
        let below = match sub_role {
            Some(name) => Some(find(sub_roles, name)?),
            None => None,
        };
        Some(Self {
            vocabulary: Vocabulary::Context,
            principal,
            below,
        })
    }

    fn institution(name: &str) -> Option<Self> {
        Some(Self::plain(Vocabulary::Institution, find(&INSTITUTION, name)?))
    }

    fn system(name: &str) -> Option<Self> {
        Some(Self::plain(Vocabulary::System, find(&SYSTEM, name)?))
    }

    const fn plain(vocabulary: Vocabulary, principal: &'static str) -> Self {
        Self {
            vocabulary,
            principal,
            below: None,
        }
    }
}

impl fmt::Display for Role {
    /// The full URI.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.vocabulary, self.principal, self.below) {
            (Vocabulary::Context, principal, None) => write!(formatter, "{LIS}membership#{principal}"),
            (Vocabulary::Context, principal, Some(name)) => write!(formatter, "{LIS}membership/{principal}#{name}"),
            (Vocabulary::Institution, name, _) => write!(formatter, "{LIS}institution/person#{name}"),
            (Vocabulary::System, name, _) => write!(formatter, "{LIS}system/person#{name}"),
            (Vocabulary::LtiSystem, name, _) => write!(formatter, "{LTI_SYSTEM}{name}"),
        }
    }
}

impl fmt::Debug for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Role({self})")
    }
}

/// The claim `roles` (LTI Core 1.3 §5.3.7). Unknown values give nothing and refuse nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roles {
    known: BTreeSet<Role>,
    unknown: usize,
}

impl Roles {
    /// The known roles, in a stable order (LTI Core 1.3 App. A.2).
    pub fn iter(&self) -> impl Iterator<Item = Role> {
        self.known.iter().copied()
    }

    /// Is exactly this role among them? (LTI Core 1.3 App. A.2)
    pub fn contains(&self, role: Role) -> bool {
        self.known.contains(&role)
    }

    /// Does one of the patterns name one of the roles exactly? Never for a [`Roles::test_user`] (LTI Core 1.3 App. A.2.3).
    pub fn allowed_by<'a>(&self, patterns: impl IntoIterator<Item = &'a RolePattern>) -> bool {
        !self.test_user() && patterns.into_iter().any(|pattern| self.contains(pattern.0))
    }

    /// A platform's preview under an invented person: not to be counted as anybody (LTI Core 1.3 App. A.2).
    pub fn test_user(&self) -> bool {
        self.contains(Role::plain(Vocabulary::LtiSystem, TEST_USER))
    }

    /// Adds the roles of another list of the same person.
    pub(crate) fn merge(&mut self, other: Self) {
        self.known.extend(other.known);
        self.unknown = self.unknown.saturating_add(other.unknown);
    }

    /// How many values the vocabulary did not know (LTI Core 1.3 App. A.2).
    pub const fn unknown(&self) -> usize {
        self.unknown
    }
}

impl<'a> FromIterator<&'a str> for Roles {
    fn from_iter<Texts: IntoIterator<Item = &'a str>>(texts: Texts) -> Self {
        let mut roles = Self::default();
        for text in texts {
            match Role::parse(text) {
                Some(role) => drop(roles.known.insert(role)),
                None => roles.unknown += 1,
            }
        }
        roles
    }
}

/// A context role named in a configuration: `membership#Instructor` or `membership/Instructor#PrimaryInstructor`, with
/// or without the prefix `http://purl.imsglobal.org/vocab/lis/v2/`. It stands for exactly this role (LTI Core 1.3 App. A.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct RolePattern(Role);

/// A configured role that cannot be used (LTI Core 1.3 App. A.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidRolePattern {
    /// Not in App. A.2.
    #[error("not a role of LTI 1.3, as membership#Instructor or membership/Instructor#PrimaryInstructor")]
    Unknown,
    /// Roles of an institution or a platform say nothing about a course, so they cannot give any right in it.
    #[error("not a role in a course: only membership#… and membership/…#… can be named")]
    NotContext,
}

impl RolePattern {
    /// The role it stands for (LTI Core 1.3 App. A.2.3).
    pub const fn role(self) -> Role {
        self.0
    }
}

impl FromStr for RolePattern {
    type Err = InvalidRolePattern;

    fn from_str(text: &str) -> Result<Self, InvalidRolePattern> {
        let role = Role::parse_path(text.strip_prefix(LIS).unwrap_or(text)).ok_or(InvalidRolePattern::Unknown)?;
        if role.vocabulary == Vocabulary::Context {
            Ok(Self(role))
        } else {
            Err(InvalidRolePattern::NotContext)
        }
    }
}

impl TryFrom<String> for RolePattern {
    type Error = InvalidRolePattern;

    fn try_from(text: String) -> Result<Self, InvalidRolePattern> {
        text.parse()
    }
}

fn find(names: &[&'static str], wanted: &str) -> Option<&'static str> {
    names.iter().copied().find(|name| *name == wanted)
}
