//! Video systems that schools use or ask for: what each can keep as far as it is known, and what it would need to be accepted.

mod hosted;
mod page;
mod self_hosted;

use super::guarantees::Guarantees;
use super::{bigbluebutton, embedded, jitsi};

pub use page::page;

/// How far this version can use a video system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adapter {
    /// `kind` of a `[[backend]]`; a self-test shows at the start, daily and before each opening whether the claim holds.
    Kind(&'static str),
    None,
}

/// One video system, or one way to use it.
#[derive(Clone, Copy, Debug)]
pub struct System {
    pub name: &'static str,
    pub adapter: Adapter,
    /// What its documents and its source say at best. What nobody could find out is the worst.
    pub guarantees: Guarantees,
    /// What is known of it that decides, one sentence each.
    pub known: &'static [&'static str],
    /// What it would take to be accepted.
    pub needs: &'static [&'static str],
}

/// Those that this version can use come first.
pub fn all() -> impl Iterator<Item = &'static System> {
    SUPPORTED.iter().chain(&self_hosted::SYSTEMS).chain(&hosted::SYSTEMS)
}

const SUPPORTED: [System; 3] = [
    System {
        name: "Embedded room",
        adapter: Adapter::Kind("embedded"),
        guarantees: embedded::CLAIM,
        known: &[
            "Rooms, signalling and relay run inside Sprechzimmer itself; nothing can be reconfigured behind its back.",
        ],
        needs: &[],
    },
    System {
        name: "BigBlueButton, 2.7.9 or newer",
        adapter: Adapter::Kind("bigbluebutton"),
        guarantees: bigbluebutton::CLAIM,
        known: &[
            "A moderator can open its own lobby, and no call tells: so no address of a room exists before our own admission.",
            "An address can be used again until the room ends: it is made for one click, and whoever is there twice is seen by our own ids.",
            "The end is asynchronous and answered before it has happened: it is asked for in three ways until the room is gone.",
            "Logs, uploads and a map of names stay on the server for a while: `check` names the settings.",
        ],
        needs: &[
            "`authenticatedGuest=true`, which is the default; without it a guest can be made moderator, and the self-test refuses.",
            "No telephone dial-in.",
        ],
    },
    System {
        name: "Jitsi Meet with our Prosody module",
        adapter: Adapter::Kind("jitsi"),
        guarantees: jitsi::CLAIM,
        known: &[
            "The module keeps the rules on the server: begun talks only, invited ids only, one moderator, a lobby that stays, an end that is final.",
            "The module refuses every room that was not begun by us, so this Jitsi serves Sprechzimmer alone.",
        ],
        needs: &["The module and the settings in `src/backend/jitsi/prosody/README.md`."],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::profile::lacking;

    #[test]
    fn what_this_version_can_use_lacks_nothing_by_its_claim() {
        for system in &SUPPORTED {
            assert_eq!(lacking(&system.guarantees).len(), 0, "{}", system.name);
        }
    }

    #[test]
    fn whatever_cannot_be_used_says_what_it_would_need() {
        for system in all().filter(|system| system.adapter == Adapter::None) {
            assert!(!system.needs.is_empty(), "{}", system.name);
            assert!(!system.known.is_empty(), "{}", system.name);
        }
    }

    #[test]
    fn the_committed_page_is_what_the_code_says() {
        let written = include_str!("../../docs/video-systems.md");
        assert!(
            page() == written,
            "write it anew with: sprechzimmer backend systems > docs/video-systems.md"
        );
    }
}
