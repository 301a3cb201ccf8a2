//! The self-test of a Jitsi with our module, and what is claimed for it.

use jiff::Timestamp;

use super::Jitsi;
use super::throwaway::Throwaway;
use super::visitor::Visitor;
use crate::backend::examination::{Outcome, Trial};
use crate::backend::guarantees::{
    AdministratorBypass, AutoPromotion, BEHIND_OUR_DOOR, Delegation, DeleteRecord, DisplayName, Guarantees,
    LobbyAdmits, LobbyBeforeModerator, LobbyDisable, LobbyEnforcedBy, LobbyIsolation, ModeratorSource, Occupancy,
    OtherWays, Recording, Remains, Terminate, Unprovisioned, Validity, VerifyDeleted,
};
use crate::backend::{BackendError, Notices, Order};
use crate::id::{ParticipantId, Room, RoomId};

/// What a Jitsi can keep that has our module and is used by us alone.
pub const CLAIM: Guarantees = Guarantees {
    validity: Validity::Minutes,
    other_ways: OtherWays::ClosedVerified,
    // Jitsi's conference focus, which is no person
    administrator_bypass: AdministratorBypass::TechnicalAccount,
    delete_record: DeleteRecord::NothingStored,
    residue: Remains::OperatorsTraces,
    // a recorder would have to be in the room, and nobody is whom we have not let in
    recording: Recording::OffPerRoom,
    ..BEHIND_OUR_DOOR
};

/// Every question is open until a step has answered it; the one account that enters by itself shows in who is inside.
const UNSEEN: Guarantees = Guarantees {
    processor: CLAIM.processor,
    ..Guarantees::UNKNOWN
};

const MINUTES: u32 = 10;

pub(super) async fn examine(jitsi: &Jitsi, room: &RoomId, now: Timestamp) -> Outcome {
    let mut trial = Trial::new(UNSEEN);
    let status = jitsi.0.guard.status(&jitsi.0.outgoing).await;
    let reached = trial.reaches(
        (
            "asks the module in Jitsi's Prosody",
            "address and key are right, and it is the module of this version",
        ),
        status.as_ref().map(drop).map_err(|error| *error),
    );
    let (true, Ok(status)) = (reached, status) else {
        // without the module no rule is kept, and no further step would say more
        return trial.conclude(CLAIM);
    };
    let throwaway = Throwaway {
        jitsi,
        status: &status,
        room: Room::unmarked(room.clone()),
        address: status.room(room),
        participant: ParticipantId::new([0; 16]),
        now,
    };
    before(&throwaway, &mut trial).await;
    if begins(&throwaway, &mut trial).await {
        at_the_door(&throwaway, &mut trial).await;
        inside(&throwaway, &mut trial).await;
    }
    after_the_end(&throwaway, &mut trial).await;
    trial.conclude(CLAIM)
}

async fn before(throwaway: &Throwaway<'_>, trial: &mut Trial) {
    trial.note(
        (
            "goes into a room that nobody has begun",
            "no room comes to life by its name, even with a signed token (rule 5)",
        ),
        throwaway.unbegun().await,
        |seen| seen.unprovisioned = Unprovisioned::Refused,
    );
}

async fn begins(throwaway: &Throwaway<'_>, trial: &mut Trial) -> bool {
    let order = Order {
        room: throwaway.room.id.clone(),
        people: 2,
        minutes: MINUTES,
        notices: Notices::default(),
        over: throwaway.jitsi.0.url.clone(),
    };
    let made = throwaway
        .jitsi
        .create(&order)
        .await
        .map(drop)
        .map_err(|error| error.to_string());
    let made = trial.note(
        (
            "begins a throwaway talk, and looks at its room",
            "the waiting room is on, there is no password, and nobody is inside (rule 3)",
        ),
        made,
        |_| {},
    );
    let again = match throwaway.jitsi.create(&order).await {
        Err(BackendError::Used) => Ok(()),
        Ok(_) => Err("it was begun twice".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    trial.has_fresh_id("begins it again", again);
    made
}

async fn at_the_door(throwaway: &Throwaway<'_>, trial: &mut Trial) {
    trial.is_signed_for_one(
        "connects without a token, with a changed one, and with one for another room",
        throwaway.wrong_tokens().await,
    );
    trial.note(
        (
            "connects with a token whose time has passed",
            "a way in works for minutes (rule 2)",
        ),
        throwaway.old_token().await,
        |seen| seen.validity = Validity::Minutes,
    );
    trial.note(
        (
            "comes with a token, but without having been let in",
            "people are let in by us alone and one by one, and wait before the moderator has come (rule 3)",
        ),
        throwaway.not_let_in().await,
        |seen| {
            seen.lobby_admits = LobbyAdmits::PerPerson;
            seen.lobby_enforced_by = LobbyEnforcedBy::OurService;
            seen.lobby_before_moderator = LobbyBeforeModerator::Yes;
        },
    );
    trial.note(
        (
            "asks about the room from outside, and tries the lobby and a room beside it",
            "who is outside sees nothing and nobody (rule 3), and there is no other way in (rule 2)",
        ),
        throwaway.beside().await,
        |seen| {
            seen.lobby_isolation = LobbyIsolation::Isolated;
            seen.other_ways = OtherWays::ClosedVerified;
        },
    );
}

/// Two people are let in, and try what participants and moderators must not be able to do.
async fn inside(throwaway: &Throwaway<'_>, trial: &mut Trial) {
    let come = throwaway.come().await;
    let failed = come.as_ref().err().cloned();
    trial.note(
        (
            "is let in as a participant, and comes first",
            "whoever comes first does not become moderator (rule 4)",
        ),
        failed.map_or(Ok(()), Err),
        |seen| {
            seen.auto_promotion = AutoPromotion::OffVerified;
            seen.moderator_source = ModeratorSource::OurToken;
        },
    );
    let Ok((mut participant, mut moderator)) = come else {
        return;
    };
    as_moderator(
        throwaway,
        (participant.account(), participant.nick()),
        &mut moderator,
        trial,
    )
    .await;
    let ended = throwaway.end([&mut participant, &mut moderator]).await;
    trial.note(
        (
            "ends the talk",
            "a talk can be ended from outside: everybody is put out, and nothing is stored (rule 6)",
        ),
        ended,
        |seen| {
            seen.terminate = Terminate::Yes;
            seen.delete_record = DeleteRecord::NothingStored;
        },
    );
}

/// What a moderator can do in Jitsi, and must not be able to do.
async fn as_moderator(
    throwaway: &Throwaway<'_>,
    (account, nick): (&str, &str),
    moderator: &mut Visitor,
    trial: &mut Trial,
) {
    let promoted = throwaway.promote(moderator, (account, nick)).await;
    trial.note(
        (
            "makes another moderator, as the moderator",
            "the moderator cannot make another one (rule 4)",
        ),
        promoted,
        |seen| seen.delegation = Delegation::Impossible,
    );
    trial.note(
        (
            "switches the waiting room off and sets a password, as the moderator",
            "nobody can switch the waiting room off (rule 3)",
        ),
        throwaway.open_up(moderator).await,
        |seen| seen.lobby_disable = LobbyDisable::Impossible,
    );
    trial.note(
        (
            "asks who is inside, and looks at the names",
            "who is inside is told by our own ids, under names that nobody chooses, and nobody else is (rules 8 and 9)",
        ),
        throwaway.seen(moderator).await,
        |seen| {
            seen.occupancy = Occupancy::OurIds;
            seen.display_name = DisplayName::Locked;
            seen.recording = Recording::OffPerRoom;
            seen.administrator_bypass = AdministratorBypass::TechnicalAccount;
        },
    );
}

async fn after_the_end(throwaway: &Throwaway<'_>, trial: &mut Trial) {
    let gone = async {
        // ended already, unless a step before failed
        throwaway.jitsi.end(&throwaway.room).await?;
        throwaway.jitsi.residue(&throwaway.room, throwaway.now).await
    };
    let gone = match gone.await {
        Ok(residue) if residue.is_nothing() => Ok(()),
        Ok(residue) if residue.known => Err("it is still there".to_owned()),
        Ok(_) => Err("an old token leads in".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    trial.note(
        (
            "looks for it, and goes in by an old token",
            "an ended room never comes back, and nothing of it is left but what logs hold (rules 5 and 6)",
        ),
        gone,
        |seen| {
            seen.verify_deleted = VerifyDeleted::GoneAndRefused;
            seen.residue = Remains::OperatorsTraces;
        },
    );
}
