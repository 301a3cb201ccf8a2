//! The accounts of the small learning platform.

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;

/// One account of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub id: &'static str,
    pub given: &'static str,
    pub family: &'static str,
    pub role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Counsellor,
    Teacher,
    Pupil,
    Mother,
    Administrator,
}

pub(super) const PEOPLE: [Person; 5] = [
    person("101", "Ursula", "Berger", Role::Counsellor),
    person("102", "Deniz", "Öztürk", Role::Teacher),
    person("103", "Mia", "Sommer", Role::Pupil),
    person("104", "Katharina", "Sommer", Role::Mother),
    person("105", "Tom", "Brandt", Role::Administrator),
];

const fn person(id: &'static str, given: &'static str, family: &'static str, role: Role) -> Person {
    Person {
        id,
        given,
        family,
        role,
    }
}

impl Role {
    /// As Moodle sends them.
    pub(super) fn uris(self) -> &'static [&'static str] {
        match self {
            Self::Counsellor | Self::Teacher => &["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"],
            Self::Pupil | Self::Mother => &["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            Self::Administrator => &[
                "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator",
                "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor",
                "http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator",
            ],
        }
    }

    pub(super) fn word(self, words: &FluentLanguageLoader) -> String {
        match self {
            Self::Counsellor => fl!(words, "demo-counsellor"),
            Self::Teacher => fl!(words, "demo-teacher"),
            Self::Pupil => fl!(words, "demo-pupil"),
            Self::Mother => fl!(words, "demo-mother"),
            Self::Administrator => fl!(words, "demo-administrator"),
        }
    }
}

pub(super) fn find(id: &str) -> Option<Person> {
    PEOPLE.into_iter().find(|person| person.id == id)
}
