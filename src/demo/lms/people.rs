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

/// The rest of the course, all of them pupils. Every name is invented.
pub(super) const CLASSMATES: [Person; 24] = [
    pupil("201", "Lena", "Abendroth"),
    pupil("202", "Jonas", "Birkenfeld"),
    pupil("203", "Aylin", "Demir"),
    pupil("204", "Paul", "Eichinger"),
    pupil("205", "Zoë", "Finkenwerder"),
    pupil("206", "Emre", "Güneş"),
    pupil("207", "Hannah", "Haselbach"),
    pupil("208", "Finn", "Ilmenau"),
    pupil("209", "Marie", "Jägerhofer"),
    pupil("210", "Luca", "Kastaniello"),
    pupil("211", "Sofia", "Lindenthal"),
    pupil("212", "Ben", "Mühlbauer"),
    pupil("213", "Amira", "Nasser"),
    pupil("214", "Elias", "Obermoser"),
    pupil("215", "Clara", "Pfeffermann"),
    pupil("216", "Matteo", "Quintana"),
    pupil("217", "Ida", "Rosenheimer"),
    pupil("218", "Noah", "Sandmann"),
    pupil("219", "Jette", "Tannhäuser"),
    pupil("220", "Oskar", "Uhlenhorst"),
    pupil("221", "Mila", "Vogelsang"),
    pupil("222", "Theo", "Weißdorn"),
    pupil("223", "Nele", "Zimmerling"),
    pupil("224", "Mia", "Sommerfeld"),
];

const fn pupil(id: &'static str, given: &'static str, family: &'static str) -> Person {
    person(id, given, family, Role::Pupil)
}

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

/// All accounts.
pub(super) fn everybody() -> impl Iterator<Item = Person> {
    PEOPLE.into_iter().chain(CLASSMATES)
}

pub(super) fn find(id: &str) -> Option<Person> {
    everybody().find(|person| person.id == id)
}
