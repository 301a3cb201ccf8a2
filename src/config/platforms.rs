//! The learning platforms this service is registered with.

use lti13_tool::{Platform, Registration, RegistrationProblemKind};

use super::section::Section;

/// None need stand here: platforms can also be registered while the service runs.
pub(super) fn platforms(root: &Section<'_>) -> Vec<Platform> {
    let mut platforms: Vec<Platform> = Vec::new();
    for section in &root.sections("platform") {
        match platform(section) {
            None => {}
            Some(platform) if platforms.iter().any(|known| same(known, &platform)) => {
                section.refuse("stands twice: issuer and client_id are those of a platform above; give one of them every deployment");
            }
            Some(platform) => platforms.push(platform),
        }
    }
    platforms
}

fn same(one: &Platform, other: &Platform) -> bool {
    one.issuer() == other.issuer() && one.client_id() == other.client_id()
}

fn platform(section: &Section<'_>) -> Option<Platform> {
    // the example stands in for what is missing, so that the rest is looked at all the same
    let text = |key, example: &str| match section.required(key, example) {
        Some(given) => given.value,
        None => example.to_owned(),
    };
    if !section.has("deployments") {
        section.missing("deployments", "deployments = [\"1\"]");
    }
    let registration = Registration {
        issuer: text("issuer", "https://moodle.example.org"),
        client_id: text("client_id", "Ab3dEf6hIj9kLm2"),
        authorization_url: text("authorization_url", "https://moodle.example.org/mod/lti/auth.php"),
        token_url: text("token_url", "https://moodle.example.org/mod/lti/token.php"),
        token_audience: section.text("token_audience").map(|given| given.value),
        keys_url: text("keys_url", "https://moodle.example.org/mod/lti/certs.php"),
        deployments: match section.list("deployments") {
            Some(list) if list.is_empty() => {
                let message = "must name at least one deployment, as [\"1\"]; without it no launch could be accepted";
                section.refuse_at("deployments", message);
                Vec::new()
            }
            Some(list) => list.into_iter().map(|given| given.value).collect(),
            None => vec!["1".to_owned()],
        },
        hosts: match section.list("hosts") {
            Some(list) => list.into_iter().map(|given| given.value).collect(),
            None => Vec::new(),
        },
    };
    section.close();
    match Platform::new(registration) {
        Ok(platform) => (section.has("issuer") && section.has("client_id")).then_some(platform),
        Err(problems) => {
            for problem in problems {
                section.refuse_at(problem.field, words(problem.kind));
            }
            None
        }
    }
}

/// What to do about a field of a registration, in an administrator's words.
pub fn words(kind: RegistrationProblemKind) -> &'static str {
    match kind {
        RegistrationProblemKind::NotUrl => "is not a web address",
        RegistrationProblemKind::NotHttps => "must begin with https://; http:// works for localhost only",
        RegistrationProblemKind::QueryOrFragment => {
            "must hold no # (and the issuer no ?); copy it exactly as the platform shows it"
        }
        RegistrationProblemKind::Credentials => "must hold no user name and no password",
        RegistrationProblemKind::NotIdentifier => {
            "must have 1 to 255 characters without umlauts; copy it exactly as the platform shows it"
        }
        RegistrationProblemKind::NotHost => {
            "must be names of hosts without https:// and without a path, as schule.instructure.com"
        }
        _ => "cannot be used",
    }
}
