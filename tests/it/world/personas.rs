//! The people of the school. Every value is so strange that a log line with it can only be about them.

use lti13_tool::testing::LaunchClaims;
use serde_json::json;

/// Somebody with an account in the learning platform.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Persona {
    pub(crate) subject: &'static str,
    pub(crate) given: &'static str,
    pub(crate) family: &'static str,
    pub(crate) email: &'static str,
    roles: &'static [&'static str],
}

const INSTRUCTOR: &str = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor";
const LEARNER: &str = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";
const SYSTEM_ADMINISTRATOR: &str = "http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator";
const SCHOOL_ADMINISTRATOR: &str = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator";

/// The counselling teacher.
pub(crate) const TEACHER: Persona = Persona {
    subject: "sub-lehrkraft-7101",
    given: "Annegret",
    family: "Bergerhausen",
    email: "bergerhausen@schule.example",
    roles: &[INSTRUCTOR],
};
/// Another teacher of the same course.
pub(crate) const COLLEAGUE: Persona = Persona {
    subject: "sub-kollegin-7102",
    given: "Friederike",
    family: "Wolkenstein",
    email: "wolkenstein@schule.example",
    roles: &[INSTRUCTOR],
};
pub(crate) const PUPIL: Persona = Persona {
    subject: "sub-schuelerin-7103",
    given: "Miriam",
    family: "Sommerfeldt",
    email: "sommerfeldt@schule.example",
    roles: &[LEARNER],
};
/// The pupil's mother, with an account.
pub(crate) const MOTHER: Persona = Persona {
    subject: "sub-mutter-7104",
    given: "Katharina",
    family: "Oberhuberin",
    email: "oberhuberin@eltern.example",
    roles: &[LEARNER],
};
/// A Moodle manager: comes as an instructor of every course.
pub(crate) const MANAGER: Persona = Persona {
    subject: "sub-manager-7105",
    given: "Thorwald",
    family: "Verwaltinger",
    email: "verwaltinger@schule.example",
    roles: &[INSTRUCTOR],
};
/// An administrator who is nothing in the course.
pub(crate) const ADMINISTRATOR: Persona = Persona {
    subject: "sub-admin-7106",
    given: "Servatius",
    family: "Rechnerberg",
    email: "rechnerberg@schule.example",
    roles: &[SYSTEM_ADMINISTRATOR, SCHOOL_ADMINISTRATOR],
};

/// People without an account, as the teacher types them.
pub(crate) const AUNT: &str = "Mechthild Zwirnsteiner";
pub(crate) const UNCLE: &str = "Ottokar Quellmoser";

const ALL: [Persona; 6] = [TEACHER, COLLEAGUE, PUPIL, MOTHER, MANAGER, ADMINISTRATOR];

impl Persona {
    /// As Moodle sends them, mail address and all.
    pub(crate) fn claims(self) -> LaunchClaims {
        LaunchClaims::person(self.subject, self.roles)
            .named(self.given, self.family)
            .with("email", self.email)
            .with(
                "https://purl.imsglobal.org/spec/lti/claim/lis",
                json!({ "person_sourcedid": self.subject }),
            )
    }

    pub(crate) fn name(self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

/// What no log line may ever hold.
pub(crate) fn personal() -> impl Iterator<Item = &'static str> {
    ALL.into_iter()
        .flat_map(|persona| [persona.subject, persona.given, persona.family, persona.email])
        .chain([AUNT, UNCLE].into_iter().flat_map(str::split_whitespace))
}
