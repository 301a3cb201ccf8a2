//! The members of a course, as its learning platform lists them: where the list is, and what is used of it; pure.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use lti13_tool::{ClientId, DeploymentId, NamesAndRoles, NoRoster, PersonName, ResourceLinkId};
use lti13_tool::{Roles, Status, Subject, Vocabulary};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::id::PersonTag;
use crate::participant::Title;
use crate::private::Private;

/// As long as a name on a list of ours may be, in characters.
pub const LONGEST_NAME: usize = 80;

/// What a launch says about the list of its course; kept with the visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Listing {
    /// Whoever cannot begin a consultation is not concerned.
    #[default]
    NotTheirs,
    /// There is none that can be read.
    Missing(NoRoster),
    Offered(Box<Offer>),
}

/// Where the members of one course are listed, and for which registration of ours (NRPS 2.0 §3.6.1.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub issuer: String,
    pub client_id: ClientId,
    pub deployment_id: DeploymentId,
    pub service: NamesAndRoles,
    /// The activity: only who can open it is to be listed (NRPS 2.0 §3.3).
    pub link: ResourceLinkId,
}

/// Somebody who can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The same as that of this person's launches.
    pub person: PersonTag,
    pub name: Private<String>,
    /// What the role in the course suggests; it gives no right, and the initiator may choose another.
    pub title: Title,
    key: Private<String>,
    order: Private<String>,
}

/// A list that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// By name.
    pub members: Vec<Member>,
    /// How many people the platform lists without a name; they cannot be picked.
    pub nameless: usize,
}

impl Member {
    /// `None` without a name that can be shown. Without a family name the last word counts as one.
    pub fn new(person: PersonTag, name: &PersonName, title: Title) -> Option<Self> {
        let full = tidy(&self::name(name))?;
        let last = name.family.as_deref().or_else(|| full.split(' ').next_back());
        let order = format!("{} {full}", last.unwrap_or_default());
        Some(Self {
            person,
            key: Private::new(fold(&full)),
            order: Private::new(fold(&order)),
            name: Private::new(full),
            title,
        })
    }

    /// Does every word of the search stand in the name? Upper and lower case and accents do not count.
    pub fn matches(&self, search: &Search) -> bool {
        search.0.expose().iter().all(|word| self.key().contains(word))
    }

    /// Equal for names that nobody can tell apart.
    pub fn key(&self) -> &str {
        self.key.expose()
    }

    /// By family name.
    pub fn sort(members: &mut [Self]) {
        members.sort_by(|one, other| one.order.expose().cmp(other.order.expose()));
    }
}

/// What somebody is looking for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search(Private<Vec<String>>);

impl Search {
    pub fn new(text: &str) -> Self {
        Self(Private::new(fold(text).split_whitespace().map(str::to_owned).collect()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.expose().is_empty()
    }
}

impl Roster {
    /// What the platform listed, over all its pages: everybody once, and only who takes part in the course at present
    /// (NRPS 2.0 §2.3). `tag` is how a launch of this person would be recognised.
    pub fn of(listed: impl IntoIterator<Item = lti13_tool::Member>, tag: impl Fn(&Subject) -> PersonTag) -> Self {
        let mut members: Vec<lti13_tool::Member> = Vec::new();
        let mut places: HashMap<Subject, usize> = HashMap::new();
        for member in listed {
            match places.entry(member.id.clone()) {
                Entry::Vacant(place) => {
                    place.insert(members.len());
                    members.push(member);
                }
                Entry::Occupied(place) => {
                    if let Some(known) = members.get_mut(*place.get()) {
                        known.merge(member);
                    }
                }
            }
        }
        members.retain(|member| member.status == Status::Active && !member.roles.test_user());
        let present = members.len();
        let named = members
            .iter()
            .filter_map(|member| Member::new(tag(&member.id), &member.name, suggested(&member.roles)));
        let mut members: Vec<Member> = named.collect();
        Member::sort(&mut members);
        Self {
            nameless: present.saturating_sub(members.len()),
            members,
        }
    }
}

/// The name as a platform gives it: whole, or of its parts.
pub fn name(name: &PersonName) -> String {
    let parts = || [&name.given, &name.family].into_iter().flatten().map(String::as_str);
    name.full
        .clone()
        .unwrap_or_else(|| parts().collect::<Vec<_>>().join(" "))
}

/// A role in the course suggests a role word (NRPS 2.0 §2.2: also by short names). Roles of the school say nothing.
fn suggested(roles: &Roles) -> Title {
    let has = |principals: &[&str]| {
        let mut here = roles.iter().filter(|role| role.vocabulary() == Vocabulary::Context);
        here.any(|role| principals.contains(&role.principal()))
    };
    if has(&["Instructor", "ContentDeveloper", "Administrator", "Manager"]) {
        Title::Teacher
    } else if has(&["Mentor"]) {
        Title::Parent
    } else if has(&["Learner"]) {
        Title::Pupil
    } else {
        Title::Other
    }
}

/// One line without anything invisible, not too long; `None` if nothing of it can be read.
fn tidy(name: &str) -> Option<String> {
    let visible = name
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter });
    let visible: String = visible.filter(|letter| !is_invisible(*letter)).collect();
    let name = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(LONGEST_NAME).collect();
    name.chars().any(char::is_alphanumeric).then_some(name)
}

/// Signs that turn the direction of writing or have no width: with them one name could look like another.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}')
}

/// For searching and sorting.
fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|letter| !is_combining_mark(*letter));
    let mut folded = String::with_capacity(text.len());
    for letter in plain.flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            // a mark that `to_lowercase` has split off, as of the Turkish capital İ
            mark if is_combining_mark(mark) => {}
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests;
