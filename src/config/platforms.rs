//! The learning platforms this service is registered with.

use lti13_tool::{Platform, Registration, RegistrationProblemKind};

use super::section::Section;

pub(super) fn platforms(root: &Section<'_>) -> Option<Vec<Platform>> {
    let sections = root.sections("platform");
    if sections.is_empty() && !root.has("platform") {
        root.missing(
            "platform",
            "[[platform]] with issuer, client_id, authorization_url, token_url, keys_url and deployments",
        );
    }
    let mut platforms: Vec<Platform> = Vec::new();
    let mut complete = !sections.is_empty();
    for section in &sections {
        match platform(section) {
            None => complete = false,
            Some(platform) if platforms.iter().any(|known| same(known, &platform)) => {
                section.refuse("stands twice: issuer and client_id are those of a platform above; give one of them every deployment");
            }
            Some(platform) => platforms.push(platform),
        }
    }
    complete.then_some(platforms)
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
            Some(list) => list.into_iter().map(|given| given.value).collect(),
            None => vec!["1".to_owned()],
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

fn words(kind: RegistrationProblemKind) -> &'static str {
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
        RegistrationProblemKind::Empty => {
            "must name at least one deployment, as [\"1\"]; without it no launch could be accepted"
        }
        _ => "cannot be used",
    }
}
