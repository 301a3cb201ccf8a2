//! Where it goes on for whoever stands before a page that tells of a failure.

use i18n_embed_fl::fl;

use crate::error::Failure;
use crate::id::{ConsultationId, ParticipantId};
use crate::page::Frame;

/// A link of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Onward {
    pub(super) address: String,
    pub(super) words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goal<'a> {
    /// The consultation as this reader sees it.
    Consultation(&'a str),
    Overview,
}

/// Nobody is led to what is not there, and a launch begins in the learning platform only.
pub(super) fn onward(path: &str, failure: &Failure, frame: &Frame) -> Option<Onward> {
    let words = frame.words;
    goal(path, failure).map(|goal| match goal {
        Goal::Consultation(path) => Onward {
            address: path.to_owned(),
            words: fl!(words, "error-to-consultation"),
        },
        Goal::Overview => Onward {
            address: "/overview".to_owned(),
            words: fl!(words, "passkey-to-overview"),
        },
    })
}

fn goal<'a>(path: &'a str, failure: &Failure) -> Option<Goal<'a>> {
    if matches!(failure, Failure::Unproven | Failure::PasskeyMissing) {
        return Some(Goal::Overview);
    }
    let (first, rest) = path.strip_prefix('/')?.split_once('/')?;
    let id = rest.split('/').next()?;
    let known = match first {
        "consultations" => ConsultationId::parse(id).is_some(),
        "invited" => ParticipantId::parse(id).is_some(),
        _ => false,
    };
    match failure {
        Failure::NotFound => None,
        _ if known => path.get(..first.len() + id.len() + 2).map(Goal::Consultation),
        _ if first == "consultations" || first == "records" => Some(Goal::Overview),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_a_failure_it_goes_to_what_is_still_there() {
        let id = "0123456789abcdef0123456789abcdef";
        let (cockpit, own) = (format!("/consultations/{id}"), format!("/invited/{id}"));
        let cases = [
            (format!("{cockpit}/open"), Some(Goal::Consultation(&cockpit))),
            (cockpit.clone(), Some(Goal::Consultation(&cockpit))),
            (format!("{own}/waiting"), Some(Goal::Consultation(&own))),
            ("/consultations/new".to_owned(), Some(Goal::Overview)),
            (format!("/records/{id}"), Some(Goal::Overview)),
            ("/overview".to_owned(), None),
            ("/lti/launch".to_owned(), None),
            ("/invited/nobody".to_owned(), None),
            ("//invited/x".to_owned(), None),
        ];
        for (path, expected) in &cases {
            assert_eq!(goal(path, &Failure::Leaving), *expected, "{path}");
            assert_eq!(goal(path, &Failure::NotFound), None, "{path}");
            assert_eq!(goal(path, &Failure::Unproven), Some(Goal::Overview), "{path}");
        }
    }
}
