//! Claims of a launch, and the means to spoil them.

use serde_json::{Map, Value, json};

const LTI: &str = "https://purl.imsglobal.org/spec/lti/claim/";
const CONTEXT_ROLE: &str = "http://purl.imsglobal.org/vocab/lis/v2/membership#";

/// Full name of an LTI claim: `claim("roles")` (LTI Core 1.3 §5.3).
pub fn claim(name: &str) -> String {
    format!("{LTI}{name}")
}

/// What a platform says about one launch, on top of what it says about itself (LTI Core 1.3 §5.3).
#[derive(Debug, Clone)]
pub struct LaunchClaims {
    own: Map<String, Value>,
    removed: Vec<String>,
    raw: bool,
}

impl LaunchClaims {
    /// A person with these roles (whole URIs) in the course "Beratung", opening the activity "Sprechstunde"
    /// (LTI Core 1.3 §5.3.6).
    pub fn person(subject: &str, roles: &[&str]) -> Self {
        Self::raw(json!({
            "sub": subject,
            claim("roles"): roles,
            claim("context"): { "id": "2", "label": "BER7A", "title": "Beratung", "type": ["CourseSection"] },
            claim("resource_link"): { "id": "1", "title": "Sprechstunde" },
            claim("launch_presentation"): { "locale": "de", "document_target": "iframe" },
        }))
        .completed()
    }

    /// A teacher of the course (LTI Core 1.3 §5.3.7).
    pub fn teacher(subject: &str) -> Self {
        Self::person(subject, &[&format!("{CONTEXT_ROLE}Instructor")])
    }

    /// A pupil of the course (LTI Core 1.3 §5.3.7).
    pub fn learner(subject: &str) -> Self {
        Self::person(subject, &[&format!("{CONTEXT_ROLE}Learner")])
    }

    /// Exactly these claims; the platform adds nothing (LTI Core 1.3 §5.3).
    pub fn raw(claims: Value) -> Self {
        let own = match claims {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        Self {
            own,
            removed: Vec::new(),
            raw: true,
        }
    }

    /// Sets a claim, also one that the platform would set itself. For the LTI claims see [`claim`] (LTI Core 1.3 §5.3).
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.own.insert(name.to_owned(), value.into());
        self
    }

    /// Leaves a claim out, also one that the platform would set itself (LTI Core 1.3 §5.3).
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.own.remove(name);
        self.removed.push(name.to_owned());
        self
    }

    /// With a name, as platforms send it (LTI Core 1.3 §5.3.6).
    #[must_use]
    pub fn named(self, given: &str, family: &str) -> Self {
        self.with("name", format!("{given} {family}"))
            .with("given_name", given)
            .with("family_name", family)
    }

    /// In this course (LTI Core 1.3 §5.4.1).
    #[must_use]
    pub fn in_course(self, id: &str, title: &str) -> Self {
        self.with(
            &claim("context"),
            json!({ "id": id, "title": title, "type": ["CourseSection"] }),
        )
    }

    /// Opening this activity (LTI Core 1.3 §5.3.5).
    #[must_use]
    pub fn at_link(self, id: &str, title: &str) -> Self {
        self.with(&claim("resource_link"), json!({ "id": id, "title": title }))
    }

    /// With the list of the course's members, as [`super::SimulatedPlatform::names_and_roles_claim`] offers it
    /// (NRPS 2.0 §3.6.1.1).
    #[must_use]
    pub fn with_names_and_roles(self, offer: Value) -> Self {
        self.with(crate::names_and_roles::NamesAndRoles::CLAIM, offer)
    }

    pub(crate) fn complete(&self, platform: Value) -> Value {
        let mut all = match platform {
            Value::Object(members) if !self.raw => members,
            _ => Map::new(),
        };
        all.extend(self.own.clone());
        all.retain(|name, _| !self.removed.contains(name));
        Value::Object(all)
    }

    fn completed(self) -> Self {
        Self { raw: false, ..self }
    }
}
