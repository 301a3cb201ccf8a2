//! The one mandatory profile: what must be true of a video system before a talk may use it. There is no switch to leave it.

use super::guarantees::{
    AdministratorBypass, AutoPromotion, Delegation, DeleteRecord, DisplayName, Guarantees, JoinSecret, LobbyAdmits,
    LobbyBeforeModerator, LobbyDisable, LobbyEnforcedBy, LobbyIsolation, ModeratorSource, Occupancy, OtherWays,
    Recording, Remains, RoomIdentity, Terminate, Unprovisioned, Validity, VerifyDeleted,
};

/// One thing that a rule of the ministry demands of a video system.
#[derive(Clone, Copy, Debug)]
pub struct Demand {
    pub rule: u8,
    /// What is demanded, in an administrator's words.
    pub words: &'static str,
    met: fn(&Guarantees) -> bool,
}

const fn demand(rule: u8, words: &'static str, met: fn(&Guarantees) -> bool) -> Demand {
    Demand { rule, words, met }
}

/// Every demand, by the number of its rule.
pub const DEMANDS: [Demand; 21] = [
    demand(2, "every way in is signed for one person and one talk", |it| {
        it.join_secret >= JoinSecret::PersonBound
    }),
    demand(2, "no way in outlives the room", |it| it.validity >= Validity::UntilEnd),
    // a way in that can be used twice is bearable only where we see by our own ids who came in, and how often
    demand(
        2,
        "a way in works once, or whoever uses it again is seen by our own ids",
        |it| it.validity >= Validity::SingleUse || it.occupancy >= Occupancy::OurIds,
    ),
    demand(
        2,
        "there is no other way in, or whoever comes by it is seen at once",
        |it| it.other_ways >= OtherWays::Watched,
    ),
    demand(3, "people are let in one by one", |it| {
        it.lobby_admits >= LobbyAdmits::PerPerson
    }),
    demand(3, "the waiting room is kept by a server, not by the browser", |it| {
        it.lobby_enforced_by >= LobbyEnforcedBy::Server
    }),
    demand(3, "people wait before the moderator has come", |it| {
        it.lobby_before_moderator >= LobbyBeforeModerator::Yes
    }),
    demand(3, "nobody can switch the waiting room off", |it| {
        it.lobby_disable >= LobbyDisable::Impossible
    }),
    demand(3, "who waits sees neither the room nor others who wait", |it| {
        it.lobby_isolation >= LobbyIsolation::Isolated
    }),
    demand(4, "our service alone makes the moderator", |it| {
        it.moderator_source >= ModeratorSource::OurToken
    }),
    demand(4, "nobody becomes moderator by accident", |it| {
        it.auto_promotion >= AutoPromotion::OffVerified
    }),
    demand(4, "the moderator cannot make another one", |it| {
        it.delegation >= Delegation::Impossible
    }),
    demand(4, "administrators do not enter as moderators", |it| {
        it.administrator_bypass >= AdministratorBypass::TechnicalAccount
    }),
    demand(5, "every room has a fresh id", |it| {
        it.room_identity >= RoomIdentity::FreshId
    }),
    demand(
        5,
        "a name that was not provisioned, or is deleted, does not come to life",
        |it| it.unprovisioned >= Unprovisioned::Refused,
    ),
    demand(6, "a running talk can be ended from outside", |it| {
        it.terminate >= Terminate::Yes
    }),
    demand(6, "what is kept of a room can be deleted", |it| {
        it.delete_record >= DeleteRecord::Yes
    }),
    demand(6, "the deletion can be proven, and old ways in are refused", |it| {
        it.verify_deleted >= VerifyDeleted::GoneAndRefused
    }),
    demand(6, "nothing of the talk itself stays", |it| {
        it.residue >= Remains::OperatorsTraces
    }),
    demand(
        8,
        "who is in the room is told by our own ids, or by names that people cannot choose",
        |it| {
            it.occupancy >= Occupancy::OurIds
                || (it.occupancy >= Occupancy::Names && it.display_name >= DisplayName::Locked)
        },
    ),
    demand(9, "the talk is not recorded", |it| {
        it.recording >= Recording::OffPerRoom
    }),
];

/// The numbers of the rules that demand something, each once.
pub fn rules() -> Vec<u8> {
    let mut rules = DEMANDS.map(|demand| demand.rule).to_vec();
    rules.dedup();
    rules
}

/// What a video system lacks; empty when it may be used.
pub fn lacking(of: &Guarantees) -> Vec<Demand> {
    DEMANDS.into_iter().filter(|demand| !(demand.met)(of)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::embedded::CLAIM;

    #[test]
    fn a_video_system_of_which_nothing_is_known_meets_no_demand() {
        assert_eq!(lacking(&Guarantees::default()).len(), DEMANDS.len());
    }

    #[test]
    fn the_claim_of_the_embedded_room_meets_every_demand() {
        assert!(lacking(&CLAIM).is_empty());
    }

    /// One value at a time goes below what its rule demands; then exactly that rule is named.
    #[test]
    fn whatever_falls_below_its_minimum_is_named_by_its_rule() {
        type Change = fn(&mut Guarantees);
        let changes: [(u8, Change); 20] = [
            (2, |it| it.join_secret = JoinSecret::PersonUnbound),
            (2, |it| it.validity = Validity::Unlimited),
            (2, |it| it.other_ways = OtherWays::ClosedUnseen),
            (3, |it| it.lobby_admits = LobbyAdmits::AllAtOnce),
            (3, |it| it.lobby_enforced_by = LobbyEnforcedBy::Client),
            (3, |it| it.lobby_before_moderator = LobbyBeforeModerator::No),
            (3, |it| it.lobby_disable = LobbyDisable::Detectable),
            (3, |it| it.lobby_isolation = LobbyIsolation::Leaks),
            (4, |it| it.moderator_source = ModeratorSource::AccountRole),
            (4, |it| it.auto_promotion = AutoPromotion::OffUnverified),
            (4, |it| it.delegation = Delegation::Detectable),
            (4, |it| it.administrator_bypass = AdministratorBypass::Happens),
            (5, |it| it.room_identity = RoomIdentity::Reusable),
            (5, |it| it.unprovisioned = Unprovisioned::ComesToLife),
            (6, |it| it.terminate = Terminate::No),
            (6, |it| it.delete_record = DeleteRecord::No),
            (6, |it| it.verify_deleted = VerifyDeleted::NotListed),
            (6, |it| it.residue = Remains::OfTheTalk),
            (8, |it| it.occupancy = Occupancy::Count),
            (9, |it| it.recording = Recording::AlwaysPossible),
        ];
        for (rule, change) in changes {
            let mut guarantees = CLAIM;
            change(&mut guarantees);
            let rules: Vec<u8> = lacking(&guarantees).iter().map(|demand| demand.rule).collect();
            assert_eq!(rules, [rule], "{guarantees:?}");
        }
    }

    #[test]
    fn a_way_in_that_can_be_used_again_needs_our_own_ids() {
        let replayable = Guarantees {
            validity: Validity::UntilEnd,
            ..CLAIM
        };
        assert!(lacking(&replayable).is_empty());
        let unseen = Guarantees {
            occupancy: Occupancy::Names,
            ..replayable
        };
        let rules: Vec<u8> = lacking(&unseen).iter().map(|demand| demand.rule).collect();
        assert_eq!(rules, [2]);
    }
}
