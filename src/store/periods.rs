//! How long things are kept that end by time alone, in one list: the documents for the school are written from it.

use jiff::SignedDuration;

use super::{acts, launches, passkeys, placements, platforms, records, sight, tickets};

/// A code for each, and its period.
pub const PERIODS: [(&str, SignedDuration); 14] = [
    ("visit", launches::VISIT_LIFE),
    ("handover", launches::HANDOVER_LIFE),
    ("choice", placements::CHOICE_LIFE),
    ("ticket", tickets::TICKET_LIFE),
    ("receipt", records::RECEIPT_LIFE),
    ("passkey", passkeys::PASSKEY_LIFE),
    ("challenge", passkeys::CHALLENGE_LIFE),
    ("asked", passkeys::ASKED_LIFE),
    ("browser", sight::BROWSER_LIFE),
    ("recovery", acts::RECOVERY_LIFE),
    ("notice", acts::NOTICE_LIFE),
    ("act", acts::PERSON_LIFE),
    ("invitation", platforms::INVITATION_LIFE),
    ("claim", platforms::CLAIM_LIFE),
];
