//! Video systems that others run, and that this version does not use.

use super::{Adapter, System};
use crate::backend::guarantees::{
    Guarantees, JoinSecret, LobbyAdmits, LobbyBeforeModerator, LobbyEnforcedBy, LobbyIsolation, ModeratorSource,
    Processor, RoomIdentity, Validity,
};

pub(super) const SYSTEMS: [System; 6] = [VISAVID, ALFAVIEW, JAAS, TEAMS, ZOOM, WEBEX];

const IN_THE_UNION: Guarantees = Guarantees {
    processor: Processor::CloudInTheUnion,
    ..Guarantees::UNKNOWN
};

const VISAVID: System = System {
    name: "Visavid (ViKo in ByCS)",
    adapter: Adapter::None,
    guarantees: Guarantees {
        lobby_admits: LobbyAdmits::PerPerson,
        ..IN_THE_UNION
    },
    known: &[
        "Bavarian state counsellors may use nothing else for counselling by video.",
        "There is an interface, but no public description of it.",
        "It has rooms with individual links only, and a waiting room; moderators can pass their rights on, and administrators see and change all rooms.",
    ],
    needs: &[
        "A description of its interface by its maker, with throwaway rooms to test against.",
        "Individual links that are bound to a person, a waiting room and a list of moderators that stay as they are.",
    ],
};

const ALFAVIEW: System = System {
    name: "alfaview",
    adapter: Adapter::None,
    guarantees: Guarantees {
        room_identity: RoomIdentity::FreshId,
        join_secret: JoinSecret::PersonBound,
        validity: Validity::UntilEnd,
        lobby_admits: LobbyAdmits::PerPerson,
        lobby_enforced_by: LobbyEnforcedBy::Server,
        lobby_before_moderator: LobbyBeforeModerator::Yes,
        lobby_isolation: LobbyIsolation::Isolated,
        ..IN_THE_UNION
    },
    known: &[
        "It has a described interface, and individual links that cannot be passed on and end at a time.",
        "Moderators can switch the waiting room off.",
    ],
    needs: &[
        "A waiting room that moderators cannot switch off.",
        "Calls that end a talk, tell who is in it, and prove that it is gone.",
    ],
};

const JAAS: System = System {
    name: "Jitsi as a service (8x8)",
    adapter: Adapter::None,
    guarantees: Guarantees {
        join_secret: JoinSecret::PersonBound,
        validity: Validity::Minutes,
        lobby_admits: LobbyAdmits::PerPerson,
        lobby_enforced_by: LobbyEnforcedBy::Server,
        moderator_source: ModeratorSource::OurToken,
        processor: Processor::CloudElsewhere,
        ..Guarantees::UNKNOWN
    },
    known: &["No module of ours can run there, so the moderator can switch the lobby off and make others moderators."],
    needs: &["A Jitsi of one's own, with our module."],
};

const TEAMS: System = System {
    name: "Microsoft Teams",
    adapter: Adapter::None,
    guarantees: CLOUD,
    known: &["Who waits and who presents can be set for each meeting, and an organizer may change that while it runs."],
    needs: &[
        "Options that nobody can change during a talk, and calls that end it and tell who is in it.",
        SEEN,
    ],
};

const ZOOM: System = System {
    name: "Zoom",
    adapter: Adapter::None,
    guarantees: CLOUD,
    known: &["An account can lock the waiting room; whether a host can open it in a talk all the same is not known."],
    needs: &[
        "Proof that neither the host nor a second host can open the waiting room.",
        SEEN,
    ],
};

const WEBEX: System = System {
    name: "Webex",
    adapter: Adapter::None,
    guarantees: CLOUD,
    known: &["Meetings, invitations and ways in have an interface; what a host can change in a talk is not known."],
    needs: &["Proof that nobody can switch the lobby off or make another host.", SEEN],
};

const SEEN: &str = "A school's own account to test against, and an answer to who processes the talk, and where.";

const CLOUD: Guarantees = Guarantees {
    lobby_admits: LobbyAdmits::PerPerson,
    lobby_enforced_by: LobbyEnforcedBy::Server,
    lobby_before_moderator: LobbyBeforeModerator::Yes,
    processor: Processor::CloudElsewhere,
    ..Guarantees::UNKNOWN
};
