//! The learning platforms this service is registered with.

use lti13_tool::{Platform, Registration, RegistrationProblemKind};

use super::problem::Given;
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
    let issuer = section.required("issuer", "https://moodle.example.org");
    let client_id = section.required("client_id", "Ab3dEf6hIj9kLm2");
    let authorization_url = section.required("authorization_url", "https://moodle.example.org/mod/lti/auth.php");
    let token_url = section.required("token_url", "https://moodle.example.org/mod/lti/token.php");
    let keys_url = section.required("keys_url", "https://moodle.example.org/mod/lti/certs.php");
    if !section.has("deployments") {
        section.missing("deployments", "deployments = [\"1\"]");
    }
    let deployments = section.list("deployments");
    section.close();
    let texts = [&issuer, &client_id, &authorization_url, &token_url, &keys_url];
    let value = |given: &Option<Given<'_, String>>| given.as_ref().map(|given| given.value.clone());
    let registration = Registration {
        issuer: value(&issuer)?,
        client_id: value(&client_id)?,
        authorization_url: value(&authorization_url)?,
        token_url: value(&token_url)?,
        keys_url: value(&keys_url)?,
        deployments: deployments?.into_iter().map(|given| given.value).collect(),
    };
    let problems = match Platform::new(registration) {
        Ok(platform) => return Some(platform),
        Err(problems) => problems,
    };
    for problem in problems {
        let place = texts.iter().copied().flatten().find(|given| {
            let name = given.key.rsplit('.').next();
            name == Some(problem.field)
        });
        match place {
            Some(given) => given.refuse(words(problem.kind)),
            None => section.refuse(&format!("{} {}", problem.field, words(problem.kind))),
        }
    }
    None
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
