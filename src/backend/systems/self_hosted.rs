//! Video systems that a school, a town or a state runs itself, and that this version does not use.

use super::{Adapter, System};
use crate::backend::guarantees::{
    AdministratorBypass, AutoPromotion, BEHIND_OUR_DOOR, Delegation, DeleteRecord, Guarantees, JoinSecret, LobbyAdmits,
    LobbyBeforeModerator, LobbyDisable, LobbyEnforcedBy, LobbyIsolation, ModeratorSource, Occupancy, OtherWays,
    Processor, Recording, Remains, RoomIdentity, Terminate, Unprovisioned, Validity, VerifyDeleted,
};

pub(super) const SYSTEMS: [System; 9] = [
    JITSI,
    LIVEKIT,
    LIVEKIT_MUTED,
    PLUGNMEET,
    OPENTALK,
    NEXTCLOUD,
    EDUMEET,
    GALENE,
    MIROTALK,
];

const OWN_SERVER: Guarantees = Guarantees {
    processor: Processor::HostedBySchool,
    ..Guarantees::UNKNOWN
};

const JITSI: System = System {
    name: "Jitsi Meet without our module",
    adapter: Adapter::None,
    guarantees: Guarantees {
        room_identity: RoomIdentity::FreshId,
        join_secret: JoinSecret::PersonBound,
        validity: Validity::Minutes,
        other_ways: OtherWays::ClosedUnseen,
        lobby_admits: LobbyAdmits::PerPerson,
        lobby_enforced_by: LobbyEnforcedBy::Server,
        lobby_isolation: LobbyIsolation::Isolated,
        administrator_bypass: AdministratorBypass::TechnicalAccount,
        delete_record: DeleteRecord::NothingStored,
        residue: Remains::OperatorsTraces,
        recording: Recording::OffPerRoom,
        ..OWN_SERVER
    },
    known: &[
        "The moderator can switch the lobby off, set a password that passes it, and make others moderators.",
        "The first to come, and the next one after the moderator has left, becomes moderator (`enable-auto-owner`).",
        "An old token makes an ended room anew; the interface that ends a room accepts tokens of other rooms.",
    ],
    needs: &["Our module in its Prosody, which keeps these rules on the server."],
};

const LIVEKIT: System = System {
    name: "LiveKit, with the waiting room in our service",
    adapter: Adapter::None,
    guarantees: Guarantees {
        validity: Validity::Minutes,
        other_ways: OtherWays::None,
        administrator_bypass: AdministratorBypass::None,
        delete_record: DeleteRecord::NothingStored,
        residue: Remains::OperatorsTraces,
        recording: Recording::OffPerRoom,
        processor: Processor::HostedBySchool,
        ..BEHIND_OUR_DOOR
    },
    known: &[
        "The server knows no moderator: whoever holds the key of the interface moderates, and that is our service alone.",
        "No token exists before the admission, so nobody who waits sees anything.",
        "The server renews tokens by itself: whoever is sent out can return for some minutes, and must be put out again.",
    ],
    needs: &[
        "An adapter with a page for the talk, and a self-test.",
        "`room.auto_create: false`; with the default any valid token revives a deleted room.",
    ],
};

const LIVEKIT_MUTED: System = System {
    name: "LiveKit, with waiting people in the room without rights",
    adapter: Adapter::None,
    guarantees: Guarantees {
        lobby_enforced_by: LobbyEnforcedBy::Server,
        lobby_isolation: LobbyIsolation::Leaks,
        ..LIVEKIT.guarantees
    },
    known: &[
        "Whoever waits with `canSubscribe=false` still receives the names of everybody in the room, and is seen by them.",
    ],
    needs: &["The waiting room in our service instead, as above."],
};

const PLUGNMEET: System = System {
    name: "plugNmeet",
    adapter: Adapter::None,
    guarantees: Guarantees {
        room_identity: RoomIdentity::FreshId,
        unprovisioned: Unprovisioned::Refused,
        join_secret: JoinSecret::PersonBound,
        validity: Validity::Minutes,
        lobby_admits: LobbyAdmits::PerPerson,
        lobby_enforced_by: LobbyEnforcedBy::Client,
        lobby_before_moderator: LobbyBeforeModerator::Yes,
        lobby_disable: LobbyDisable::Impossible,
        moderator_source: ModeratorSource::OurToken,
        auto_promotion: AutoPromotion::OffUnverified,
        delegation: Delegation::Impossible,
        terminate: Terminate::Yes,
        verify_deleted: VerifyDeleted::NotListed,
        occupancy: Occupancy::OurIds,
        recording: Recording::OffPerRoom,
        ..OWN_SERVER
    },
    known: &[
        "Its waiting room is kept by the browser: everybody who has joined holds a token that sees and hears the room.",
        "Title and id of a room stay in its database after the end.",
        "It speaks an interface like that of BigBlueButton, but keeps other rules: the self-test of BigBlueButton refuses it.",
    ],
    needs: &[
        "An adapter that gives out tokens only after our own admission, and a self-test.",
        "A call that deletes what its database keeps of a room.",
    ],
};

const OPENTALK: System = System {
    name: "OpenTalk",
    adapter: Adapter::None,
    guarantees: Guarantees {
        room_identity: RoomIdentity::FreshId,
        unprovisioned: Unprovisioned::Refused,
        join_secret: JoinSecret::PersonUnbound,
        validity: Validity::UntilEnd,
        lobby_admits: LobbyAdmits::PerPerson,
        lobby_enforced_by: LobbyEnforcedBy::Server,
        lobby_before_moderator: LobbyBeforeModerator::Yes,
        moderator_source: ModeratorSource::AccountRole,
        auto_promotion: AutoPromotion::OffUnverified,
        administrator_bypass: AdministratorBypass::TechnicalAccount,
        delete_record: DeleteRecord::Yes,
        verify_deleted: VerifyDeleted::NotListed,
        recording: Recording::OffPerRoom,
        ..OWN_SERVER
    },
    known: &[
        "A moderator can switch the waiting room off during the talk, which lets everybody in at once, and no call tells.",
        "A moderator can make registered users moderators, and the counselling teacher needs an account there.",
        "No call tells who is in a room, and whether deleting an event ends a running talk is not known.",
        "Accounts of people stay without limit.",
    ],
    needs: &[
        "A waiting room that can be locked for the whole talk, and a moderator who cannot make others.",
        "Calls that tell who is in a room, and that end it.",
        "An account for services, and invitations bound to a person.",
    ],
};

const NEXTCLOUD: System = System {
    name: "Nextcloud Talk",
    adapter: Adapter::None,
    guarantees: Guarantees {
        room_identity: RoomIdentity::FreshId,
        unprovisioned: Unprovisioned::Refused,
        join_secret: JoinSecret::PersonUnbound,
        validity: Validity::UntilEnd,
        other_ways: OtherWays::ClosedUnseen,
        lobby_admits: LobbyAdmits::PerPerson,
        lobby_enforced_by: LobbyEnforcedBy::Server,
        lobby_before_moderator: LobbyBeforeModerator::Yes,
        lobby_disable: LobbyDisable::Detectable,
        lobby_isolation: LobbyIsolation::Isolated,
        moderator_source: ModeratorSource::AccountRole,
        auto_promotion: AutoPromotion::OffUnverified,
        delegation: Delegation::Detectable,
        administrator_bypass: AdministratorBypass::TechnicalAccount,
        terminate: Terminate::Yes,
        delete_record: DeleteRecord::Yes,
        verify_deleted: VerifyDeleted::NotListed,
        occupancy: Occupancy::Names,
        ..OWN_SERVER
    },
    known: &[
        "A moderator can switch the lobby off and promote anybody; that can be seen and undone, but not before somebody has slipped in.",
        "The technical account that owns the conversation is a second moderator.",
        "Files that were shared stay with whoever shared them.",
    ],
    needs: &[
        "A lobby and a list of moderators that moderators cannot change.",
        "Ways in that are bound to a person, for guests as well.",
    ],
};

const EDUMEET: System = System {
    name: "edumeet 4",
    adapter: Adapter::None,
    guarantees: Guarantees {
        room_identity: RoomIdentity::FreshId,
        join_secret: JoinSecret::RoomLink,
        lobby_admits: LobbyAdmits::PerPerson,
        lobby_enforced_by: LobbyEnforcedBy::Server,
        lobby_before_moderator: LobbyBeforeModerator::Yes,
        lobby_disable: LobbyDisable::Impossible,
        moderator_source: ModeratorSource::AccountRole,
        auto_promotion: AutoPromotion::OffUnverified,
        delegation: Delegation::Impossible,
        delete_record: DeleteRecord::Yes,
        verify_deleted: VerifyDeleted::NotListed,
        recording: Recording::OffPerRoom,
        ..OWN_SERVER
    },
    known: &[
        "A role without `CHANGE_ROOM_LOCK` and `MODIFY_ROLE` can neither open the lobby nor delegate: the only native answer found.",
        "Whoever knows the name of a room can knock; there is no personal way in.",
        "Deleting a managed room does not end the talk in it.",
    ],
    needs: &[
        "Ways in that are signed for one person.",
        "A call that ends a running talk, and one that tells who is in it.",
    ],
};

const GALENE: System = System {
    name: "Galene",
    adapter: Adapter::None,
    guarantees: Guarantees {
        room_identity: RoomIdentity::FreshId,
        unprovisioned: Unprovisioned::Refused,
        join_secret: JoinSecret::PersonBound,
        validity: Validity::UntilEnd,
        moderator_source: ModeratorSource::OurToken,
        auto_promotion: AutoPromotion::OffUnverified,
        delete_record: DeleteRecord::Yes,
        recording: Recording::OffPerRoom,
        ..OWN_SERVER
    },
    known: &[
        "There is no waiting room: a locked group refuses everybody.",
        "An operator can make operators, and can invite.",
        "Deleting a group does not disconnect anybody, and no call tells who is there.",
    ],
    needs: &[
        "Calls that disconnect people and that tell who is there.",
        "An operator who cannot make others.",
    ],
};

const MIROTALK: System = System {
    name: "MiroTalk SFU",
    adapter: Adapter::None,
    guarantees: Guarantees {
        room_identity: RoomIdentity::Reusable,
        join_secret: JoinSecret::PersonUnbound,
        validity: Validity::UntilEnd,
        lobby_admits: LobbyAdmits::PerPerson,
        lobby_enforced_by: LobbyEnforcedBy::Server,
        lobby_before_moderator: LobbyBeforeModerator::Yes,
        lobby_disable: LobbyDisable::Impossible,
        terminate: Terminate::Yes,
        occupancy: Occupancy::Names,
        ..OWN_SERVER
    },
    known: &[
        "A token of a presenter is bound to no room: it opens any room with the rights of a presenter.",
        "By default the first to come is presenter.",
    ],
    needs: &["Tokens that are bound to a room and a person."],
};
