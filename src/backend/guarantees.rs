//! What a video system can really enforce; every value is ordered from the worst to the best, and what is unknown is the worst.

/// A scale from the worst value, which stands for "unknown" as well, to the best.
macro_rules! scale {
    ($(#[$doc:meta])* $name:ident { $(#[$worst_doc:meta])* $worst:ident, $($(#[$value_doc:meta])* $value:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $(#[$worst_doc])*
            #[default]
            $worst,
            $($(#[$value_doc])* $value),+
        }

        impl $name {
            /// Nothing is known.
            pub const UNKNOWN: Self = Self::$worst;
        }
    };
}

scale!(
    /// Whether a room belongs to one talk (rule 5).
    RoomIdentity { Shared, Reusable, FreshId }
);
scale!(
    /// Whether a name that was never provisioned, or is deleted, can come to life, even by an old way in (rules 5, 6).
    Unprovisioned { ComesToLife, Refused }
);
scale!(
    /// What opens the door (rules 2, 7).
    JoinSecret {
        None,
        RoomLink,
        PersonUnbound,
        /// Signed for this talk and this person, and we are the only issuer.
        PersonBound,
    }
);
scale!(
    /// How long a way in works (rule 2).
    Validity {
        Unlimited,
        /// It may be replayed, but only as long as this very room exists.
        UntilEnd,
        Minutes,
        SingleUse,
    }
);
scale!(
    /// Ways in beside ours: invitations by moderators, dial-in, federation, breakout rooms, public lists (rule 2).
    OtherWays {
        Present,
        /// The operator can close them, but nobody has seen that.
        ClosedUnseen,
        /// Whoever comes that way is seen within seconds by our own ids, and the room is ended.
        Watched,
        ClosedVerified,
        None,
    }
);
scale!(
    /// How people are let in (rule 3).
    LobbyAdmits { Nobody, AllAtOnce, PerPerson }
);
scale!(
    /// What holds back whoever waits (rule 3).
    LobbyEnforcedBy { Client, Server, OurService }
);
scale!(
    /// Whether people can wait before the moderator has come (rule 3).
    LobbyBeforeModerator { No, Yes }
);
scale!(
    /// What it takes to be without a waiting room in the middle of a talk (rule 3).
    LobbyDisable { Undetectable, Detectable, Impossible }
);
scale!(
    /// Whether somebody who waits sees the room or others who wait (rule 3).
    LobbyIsolation { Leaks, Isolated }
);
scale!(
    /// What makes a moderator (rule 4).
    ModeratorSource { FirstJoiner, AccountRole, OurToken }
);
scale!(
    /// Whether somebody becomes moderator without anybody's doing (rule 4).
    AutoPromotion { Happens, OffUnverified, OffVerified }
);
scale!(
    /// Whether a moderator can make another one (rule 4).
    Delegation { Possible, Detectable, Impossible }
);
scale!(
    /// Whether administrators of the video system enter as moderators (rule 4).
    AdministratorBypass {
        Happens,
        /// A technical account that never joins.
        TechnicalAccount,
        None,
    }
);
scale!(
    /// Whether a running talk can be ended from outside (rule 6).
    Terminate { No, Yes }
);
scale!(
    /// Whether what was kept of a room can be deleted (rule 6).
    DeleteRecord { No, Yes, NothingStored }
);
scale!(
    /// What proves that a room is gone (rule 6).
    VerifyDeleted {
        Nothing,
        NotListed,
        /// Neither found nor listed, and an old way in is refused.
        GoneAndRefused,
    }
);
scale!(
    /// What stays after the end (rule 6).
    Remains {
        /// Something of the talk itself: chat, notes, recording, analytics, accounts.
        OfTheTalk,
        /// Technical traces that no call deletes, such as logs: named to the administrator and in the record.
        OperatorsTraces,
        Nothing,
    }
);
scale!(
    /// What the video system tells about who is in the room (rule 8).
    Occupancy { Nothing, Count, Names, OurIds }
);
scale!(
    /// Whether a talk can be recorded by the video system (rule 9).
    Recording { AlwaysPossible, OffPerRoom, OffVerified }
);
scale!(
    /// Whether people choose the name that others see (rule 8).
    DisplayName { Free, Locked }
);
scale!(
    /// Who processes the talk; shown to the administrator, and no part of the profile.
    Processor { CloudElsewhere, CloudInTheUnion, HostedByOthers, HostedBySchool }
);

/// Fields that are compared one by one.
macro_rules! guarantees {
    ($($field:ident: $scale:ident),+ $(,)?) => {
        /// One value for each question; the default is the worst of all of them.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Guarantees {
            $(pub $field: $scale),+
        }

        impl Guarantees {
            /// Nothing is known of the video system at all.
            pub const UNKNOWN: Self = Self { $($field: $scale::UNKNOWN),+ };

            /// The lower of both in every question: what is claimed counts only as far as it was seen.
            #[must_use]
            pub fn weaker(self, other: Self) -> Self {
                Self { $($field: self.$field.min(other.$field)),+ }
            }
        }
    };
}

guarantees! {
    room_identity: RoomIdentity,
    unprovisioned: Unprovisioned,
    join_secret: JoinSecret,
    validity: Validity,
    other_ways: OtherWays,
    lobby_admits: LobbyAdmits,
    lobby_enforced_by: LobbyEnforcedBy,
    lobby_before_moderator: LobbyBeforeModerator,
    lobby_disable: LobbyDisable,
    lobby_isolation: LobbyIsolation,
    moderator_source: ModeratorSource,
    auto_promotion: AutoPromotion,
    delegation: Delegation,
    administrator_bypass: AdministratorBypass,
    terminate: Terminate,
    delete_record: DeleteRecord,
    verify_deleted: VerifyDeleted,
    residue: Remains,
    occupancy: Occupancy,
    recording: Recording,
    display_name: DisplayName,
    processor: Processor,
}

/// What holds in every video system that is used rightly: our service alone makes rooms and names their moderator, and nobody has a
/// way in but by our own admission. A claim adds what its system does differently; what nobody has written there is unknown.
pub const BEHIND_OUR_DOOR: Guarantees = Guarantees {
    room_identity: RoomIdentity::FreshId,
    unprovisioned: Unprovisioned::Refused,
    join_secret: JoinSecret::PersonBound,
    lobby_admits: LobbyAdmits::PerPerson,
    lobby_enforced_by: LobbyEnforcedBy::OurService,
    lobby_before_moderator: LobbyBeforeModerator::Yes,
    lobby_disable: LobbyDisable::Impossible,
    lobby_isolation: LobbyIsolation::Isolated,
    moderator_source: ModeratorSource::OurToken,
    auto_promotion: AutoPromotion::OffVerified,
    delegation: Delegation::Impossible,
    terminate: Terminate::Yes,
    verify_deleted: VerifyDeleted::GoneAndRefused,
    occupancy: Occupancy::OurIds,
    display_name: DisplayName::Locked,
    ..Guarantees::UNKNOWN
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_claimed_counts_only_as_far_as_it_was_seen() {
        let claimed = Guarantees {
            join_secret: JoinSecret::PersonBound,
            recording: Recording::OffPerRoom,
            ..Guarantees::default()
        };
        let seen = Guarantees {
            join_secret: JoinSecret::RoomLink,
            recording: Recording::OffVerified,
            terminate: Terminate::Yes,
            ..Guarantees::default()
        };
        let both = claimed.weaker(seen);
        assert_eq!(both, seen.weaker(claimed));
        assert_eq!(both.join_secret, JoinSecret::RoomLink);
        assert_eq!(both.recording, Recording::OffPerRoom);
        assert_eq!(both.terminate, Terminate::No, "seen, but not claimed for this version");
    }
}
