//! Who may begin a consultation, and how long things last.

use jiff::SignedDuration;
use lti13_tool::{InvalidRolePattern, RolePattern};
use url::Url;

use super::durations::Duration;
use super::section::Section;
use super::{PasskeyPolicy, Policy};
use crate::consultation::{INITIATOR_PRESENT, Limits};

/// The relay of the embedded backend is laid out for so many.
const MOST_PEOPLE: usize = 6;
const TEACHER: &str = "membership#Instructor";
const HOUR: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn policy(root: &Section<'_>, public_url: Option<&Url>) -> Policy {
    let empty = toml::de::DeTable::new();
    let section = root
        .section("policy")
        .unwrap_or_else(|| Section::root(&empty, root.notes));
    let remember = Duration {
        key: "remember",
        default: HOUR * (24 * 30),
        range: HOUR..=HOUR * (24 * 366),
    };
    let policy = Policy {
        create_roles: create_roles(&section),
        limits: limits(&section),
        remember: remember.read(&section),
        passkey: section
            .text("passkey")
            .and_then(|given| given.read(|text| passkey(&text)))
            .unwrap_or_default(),
    };
    if policy.passkey == PasskeyPolicy::Required && public_url.is_some_and(|url| url.domain().is_none()) {
        section.refuse_at(
            "passkey",
            "needs a host name in public_url: browsers make no passkey for an IP address",
        );
    }
    section.close();
    policy
}

fn limits(section: &Section<'_>) -> Limits {
    let minutes = SignedDuration::from_mins;
    let read = |key, default, range| Duration { key, default, range }.read(section);
    let people = section.number("people").and_then(|given| given.read(people));
    Limits {
        grace: read("grace", minutes(15), SignedDuration::ZERO..=HOUR * 2),
        empty: read("empty", minutes(5), minutes(1)..=HOUR),
        absence: read("absence", minutes(10), INITIATOR_PRESENT * 2..=HOUR),
        early: read("early", minutes(30), SignedDuration::ZERO..=HOUR * 2),
        people: people.unwrap_or(MOST_PEOPLE),
    }
}

fn people(number: usize) -> Result<usize, String> {
    if (2..=MOST_PEOPLE).contains(&number) {
        Ok(number)
    } else {
        Err(format!("must lie between 2 and {MOST_PEOPLE}, the initiator included"))
    }
}

fn passkey(text: &str) -> Result<PasskeyPolicy, String> {
    match text {
        "offered" => Ok(PasskeyPolicy::Offered),
        "required" => Ok(PasskeyPolicy::Required),
        _ => Err("must be \"offered\" or \"required\"".to_owned()),
    }
}

fn create_roles(section: &Section<'_>) -> Vec<RolePattern> {
    let Some(list) = section.list("create_roles") else {
        return TEACHER.parse().into_iter().collect();
    };
    if list.is_empty() {
        section.missing("create_roles", &format!("create_roles = [\"{TEACHER}\"]"));
    }
    list.into_iter()
        .filter_map(|given| given.read(|text| role(&text)))
        .collect()
}

fn role(text: &str) -> Result<RolePattern, String> {
    text.parse().map_err(|error| match error {
        InvalidRolePattern::NotContext => {
            "is a role in the school or the platform, not in a course; such a role gives \
             nothing here: only the teacher who begins a consultation leads it (rule 4). Name roles of a course, as \
             \"membership#Instructor\" or \"membership/Instructor#PrimaryInstructor\""
                .to_owned()
        }
        _ => "is not a role of LTI 1.3; write for instance \"membership#Instructor\"".to_owned(),
    })
}
