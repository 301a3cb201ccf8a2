//! Why the list of the course is not there, in plain words, and what to do instead.

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;
use jiff::SignedDuration;
use lti13_tool::{AccessTokenError, NoRoster};

use crate::app::access_tokens::TokenError;
use crate::app::rosters::{Outcome, RosterFailure, Unread};
use crate::outgoing::OutgoingError;
use crate::page::Frame;
use crate::roster::Listing;

/// One thing to read beside the list.
pub(super) struct Notice {
    pub(super) title: String,
    pub(super) text: String,
    /// The other way to put somebody on the list.
    pub(super) instead: String,
    /// For the school's administrator.
    pub(super) hint: Option<String>,
    pub(super) reference: Option<String>,
    /// It may work in a moment.
    pub(super) again: bool,
}

/// Why a list could not be read, from where a teacher stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// No answer, a broken one, or one that takes too long: it may work in a moment.
    Silent,
    /// The platform's certificate has expired, so nobody can be sure that it is the platform that answers.
    Expired,
    /// The platform does not let us have it.
    Denied,
    Clock,
    /// Longer than any course.
    Long,
    /// What came is not the list of this course.
    Wrong,
}

impl Kind {
    fn of(failure: &RosterFailure) -> Self {
        match failure {
            RosterFailure::Token(TokenError::Clock { .. }) => Self::Clock,
            RosterFailure::Token(TokenError::Answer(AccessTokenError::Refused(refusal))) if refusal.is_ill() => {
                Self::Silent
            }
            RosterFailure::Outgoing(OutgoingError::Expired(_))
            | RosterFailure::Token(TokenError::Outgoing(OutgoingError::Expired(_))) => Self::Expired,
            RosterFailure::Answer(_)
            | RosterFailure::Token(TokenError::Answer(
                AccessTokenError::Malformed | AccessTokenError::TooLarge | AccessTokenError::NotBearer,
            )) => Self::Wrong,
            RosterFailure::Token(TokenError::Answer(_)) | RosterFailure::Unregistered => Self::Denied,
            RosterFailure::Token(_) | RosterFailure::Outgoing(_) | RosterFailure::TooSlow => Self::Silent,
            RosterFailure::Status(status) if *status >= 500 => Self::Silent,
            RosterFailure::Status(_) => Self::Denied,
            RosterFailure::TooLong | RosterFailure::Circle => Self::Long,
        }
    }
}

/// What there is to say; nothing where the list is there, or is still to come.
pub(super) fn of(page: &Frame, listing: &Listing, outcome: Option<&Outcome>) -> Option<Notice> {
    match (listing, outcome) {
        (Listing::NotTheirs, _) | (Listing::Offered(_), None) => None,
        (Listing::Missing(reason), _) => Some(missing(page, *reason)),
        (Listing::Offered(_), Some(Outcome::Unread(unread))) => Some(failed(page, unread)),
        (Listing::Offered(_), Some(Outcome::Read(roster))) => {
            let l = page.words;
            let text = match (roster.members.len(), roster.nameless) {
                (_, 0) => return None,
                (0, _) => fl!(l, "draft-no-names"),
                (_, nameless) => fl!(l, "draft-some-nameless", people = nameless),
            };
            Some(Notice {
                title: fl!(l, "draft-no-names-title"),
                text,
                ..plain(page)
            })
        }
    }
}

fn missing(page: &Frame, reason: NoRoster) -> Notice {
    let l = page.words;
    let text = match reason {
        NoRoster::SiteLevel => fl!(l, "draft-no-list-site"),
        NoRoster::AddressInvalid | NoRoster::AddressForeign | NoRoster::OtherContext => fl!(l, "draft-no-list-foreign"),
        _ => fl!(l, "draft-no-list"),
    };
    Notice { text, ..plain(page) }
}

fn failed(page: &Frame, Unread { failure, reference }: &Unread) -> Notice {
    let l = page.words;
    let kind = Kind::of(failure);
    let text = match kind {
        Kind::Silent => fl!(l, "draft-unread-silent"),
        Kind::Expired => fl!(l, "draft-unread-expired"),
        Kind::Denied => fl!(l, "draft-unread-denied"),
        Kind::Clock => fl!(l, "draft-unread-clock"),
        Kind::Long => fl!(l, "draft-unread-long"),
        Kind::Wrong => fl!(l, "draft-unread-wrong"),
    };
    let hint = match kind {
        Kind::Silent | Kind::Expired => None,
        Kind::Clock => Some(clock(l, failure.clock_ahead())),
        Kind::Denied | Kind::Long | Kind::Wrong => Some(fl!(l, "draft-unread-code", code = failure.code())),
    };
    Notice {
        title: fl!(l, "draft-unread-title"),
        text,
        hint,
        reference: Some(reference.clone()),
        again: matches!(kind, Kind::Silent | Kind::Expired),
        ..plain(page)
    }
}

/// What an administrator has to do about clocks that differ. `ahead`: the platform's clock against ours, as far as it is known.
fn clock(words: &FluentLanguageLoader, ahead: Option<SignedDuration>) -> String {
    let Some(ahead) = ahead else {
        return fl!(words, "draft-clock-apart");
    };
    let seconds = ahead.abs().as_secs();
    let amount = if seconds < 100 {
        fl!(words, "draft-clock-seconds", seconds = seconds)
    } else {
        let minutes = seconds.saturating_add(30) / 60;
        fl!(words, "draft-clock-minutes", minutes = minutes)
    };
    if ahead.is_positive() {
        fl!(words, "draft-clock-ahead", amount = amount)
    } else {
        fl!(words, "draft-clock-behind", amount = amount)
    }
}

fn plain(page: &Frame) -> Notice {
    let l = page.words;
    Notice {
        title: fl!(l, "draft-no-list-title"),
        text: String::new(),
        instead: fl!(l, "draft-instead"),
        hint: None,
        reference: None,
        again: false,
    }
}
