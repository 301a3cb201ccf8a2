//! The self-test of a BigBlueButton, and what is claimed for it.

pub(super) mod throwaway;

use aws_lc_rs::digest;

use super::answer::{Key, Verdict};
use super::meeting;
use super::parameters;
use super::signing::Parameters;
use super::{BigBlueButton, understand};
use crate::backend::examination::{Outcome, Trial};
use crate::backend::guarantees::{
    AdministratorBypass, AutoPromotion, BEHIND_OUR_DOOR, Delegation, DeleteRecord, Guarantees, LobbyAdmits,
    LobbyBeforeModerator, LobbyDisable, LobbyEnforcedBy, ModeratorSource, Occupancy, OtherWays, Recording, Remains,
    Terminate, Unprovisioned, Validity, VerifyDeleted,
};
use crate::backend::{BackendError, Notices, Order};
use crate::id::{Room, RoomId};
use throwaway::{Joined, NAME, Throwaway, expect};

/// What a server can keep that is set up well and used by us alone.
pub const CLAIM: Guarantees = Guarantees {
    // an address can be used again until the room ends; who comes in by it twice is there twice, by our own id
    validity: Validity::UntilEnd,
    // an address that somebody passes on, and the telephone: seen by the watch, which ends the room
    other_ways: OtherWays::Watched,
    // no address exists before our own admission, and the server's own lobby stands behind it; a moderator can open that one, and
    // lets in nobody by that whom we have not admitted
    lobby_enforced_by: LobbyEnforcedBy::OurService,
    lobby_disable: LobbyDisable::Impossible,
    // whoever holds the secret could join; nobody does so by an account of the server
    administrator_bypass: AdministratorBypass::TechnicalAccount,
    delete_record: DeleteRecord::Yes,
    residue: Remains::OperatorsTraces,
    recording: Recording::OffPerRoom,
    ..BEHIND_OUR_DOOR
};

/// What no test from outside can see, and what is our own service: it rests on the claim. All else must be shown.
const UNSEEN: Guarantees = Guarantees {
    other_ways: CLAIM.other_ways,
    lobby_disable: CLAIM.lobby_disable,
    lobby_isolation: CLAIM.lobby_isolation,
    administrator_bypass: CLAIM.administrator_bypass,
    display_name: CLAIM.display_name,
    processor: CLAIM.processor,
    ..Guarantees::UNKNOWN
};

/// What is made of this id.
pub fn throwaways(room: &RoomId) -> Vec<RoomId> {
    vec![room.clone(), second(room)]
}

pub(super) async fn examine(backend: &BigBlueButton, room: &RoomId) -> Outcome {
    let mut trial = Trial::new(UNSEEN);
    let reached = trial.reaches(
        (
            "asks the interface, and for the list of meetings",
            "address, secret and checksum algorithm are right",
        ),
        answers(backend).await,
    );
    if !reached {
        return trial.conclude(CLAIM);
    }
    let order = order(room);
    let made = backend.create(&order).await;
    let failed = made.as_ref().err().map(ToString::to_string);
    trial.note(
        (
            "makes a throwaway room, and compares what the server repeats",
            "what we ask for is applied; nothing is recorded (rules 2 and 9), and who is there is told by our own ids (rule 8)",
        ),
        failed.map_or(Ok(()), Err),
        |seen| {
            seen.recording = Recording::OffPerRoom;
            seen.occupancy = Occupancy::OurIds;
        },
    );
    if let Ok(made) = made {
        if let Some(throwaway) = Throwaway::of(backend, made) {
            in_the_lobby(&throwaway, &mut trial).await;
            by_wrong_ways(&throwaway, &order, &mut trial).await;
            after_the_end(&throwaway, &mut trial).await;
        }
        closed_room(backend, room, &mut trial).await;
    } else {
        // whatever was made by the failed call does not stay
        let _ = backend.end(&Room::unmarked(room.clone())).await;
    }
    trial.conclude(CLAIM)
}

async fn answers(backend: &BigBlueButton) -> Result<(), BackendError> {
    let root = backend.ask(&backend.0.signer.root()).await?;
    understand(&root, meeting::is_a_server)?.success()?;
    let nothing = Parameters::default();
    let all = backend.call("getMeetings", &nothing, meeting::list).await?;
    all.success().map(drop)
}

/// Who waits, and who does not.
async fn in_the_lobby(throwaway: &Throwaway<'_>, trial: &mut Trial) {
    let guest = expect(throwaway.join(&throwaway.guest()).await, Joined::Waits);
    trial.note(
        (
            "comes in as a guest, before any moderator",
            "the server's own lobby holds every single guest back (rule 3)",
        ),
        guest,
        |seen| {
            seen.lobby_admits = LobbyAdmits::PerPerson;
            seen.lobby_before_moderator = LobbyBeforeModerator::Yes;
        },
    );
    let viewer = expect(throwaway.join(&throwaway.viewer()).await, Joined::Waits);
    trial.note(
        (
            "comes in as a viewer who is not called a guest",
            "the server takes everybody for a guest (authenticatedGuest=true), and guests are never made moderators (rule 4)",
        ),
        viewer,
        |seen| {
            seen.auto_promotion = AutoPromotion::OffVerified;
            seen.delegation = Delegation::Impossible;
        },
    );
    let moderator = expect(throwaway.join(&throwaway.moderator()).await, Joined::Enters);
    trial.note(
        (
            "comes in as the moderator",
            "only who is named so by us is let in without waiting (rule 4)",
        ),
        moderator,
        |seen| seen.moderator_source = ModeratorSource::OurToken,
    );
}

/// Addresses that are not ours, or not for this room, and the same room once more.
async fn by_wrong_ways(throwaway: &Throwaway<'_>, order: &Order, trial: &mut Trial) {
    let forged = expect(throwaway.join_forged().await, Joined::Refused(Key::Checksum));
    trial.is_signed_for_one("comes in by an address in which the person was changed", forged);
    let other = Throwaway {
        create_time: throwaway.create_time + 1,
        room: throwaway.room.clone(),
        ..*throwaway
    };
    let other = expect(other.join(&other.guest()).await, Joined::Refused(Key::CreateTime));
    trial.note(
        (
            "comes in by an address of another room of the same id",
            "a way in is for this very room (rules 2 and 5)",
        ),
        other,
        |seen| seen.validity = Validity::UntilEnd,
    );
    let again = match throwaway.backend.make(order).await {
        Ok(made) if made.key == Key::Duplicate => Ok(()),
        Ok(_) => Err("the same id was given out again without a warning".to_owned()),
        Err(BackendError::Used) => Ok(()),
        Err(error) => Err(error.to_string()),
    };
    trial.has_fresh_id("makes the same room again", again);
}

async fn after_the_end(throwaway: &Throwaway<'_>, trial: &mut Trial) {
    let ended = throwaway.ends().await;
    trial.note(
        (
            "ends it, and looks for it in three ways",
            "a talk can be ended from outside; it is neither found nor listed then, and nothing is recorded (rule 6)",
        ),
        ended,
        |seen| {
            seen.terminate = Terminate::Yes;
            seen.delete_record = DeleteRecord::Yes;
            seen.residue = Remains::OperatorsTraces;
        },
    );
    let old = expect(
        throwaway.join(&throwaway.moderator()).await,
        Joined::Refused(Key::NotFound),
    );
    trial.note(
        (
            "comes in by an old address",
            "an ended room never comes back (rules 5 and 6)",
        ),
        old,
        |seen| {
            seen.unprovisioned = Unprovisioned::Refused;
            seen.verify_deleted = VerifyDeleted::GoneAndRefused;
        },
    );
}

/// A second room shows that the way guests are treated is what we ask for, and not what the server does anyhow.
async fn closed_room(backend: &BigBlueButton, first: &RoomId, trial: &mut Trial) {
    let denied = denied(backend, &second(first)).await;
    trial.note(
        (
            "makes a room that denies every guest, and comes in as one",
            "the rule for guests is taken from us, and from nobody else (rule 3)",
        ),
        denied,
        |seen| seen.lobby_enforced_by = LobbyEnforcedBy::OurService,
    );
}

async fn denied(backend: &BigBlueButton, room: &RoomId) -> Result<(), String> {
    let create = parameters::create(&order(room), &[], None).replaced("guestPolicy", "ALWAYS_DENY");
    let made = backend.call("create", &create, meeting::Made::read).await;
    let made = made.and_then(Verdict::success).map_err(|error| error.to_string())?;
    let throwaway = Throwaway {
        backend,
        room: Room::unmarked(room.clone()),
        create_time: made.create_time,
    };
    let denied = expect(
        throwaway.join(&throwaway.guest()).await,
        Joined::Refused(Key::GuestDenied),
    );
    let ended = throwaway.ends().await;
    denied.and(ended)
}

fn order(room: &RoomId) -> Order {
    #[expect(clippy::expect_used, reason = "a constant address")]
    let over = "https://localhost/".parse().expect("an address");
    Order {
        room: room.clone(),
        people: 2,
        minutes: 5,
        notices: Notices {
            welcome: NAME.to_owned(),
            banner: NAME.to_owned(),
            for_moderator: NAME.to_owned(),
        },
        over,
    }
}

/// Another id that was never used, made of the first.
fn second(first: &RoomId) -> RoomId {
    let hash = digest::digest(&digest::SHA256, first.as_str().as_bytes());
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash.as_ref()).for_each(|(to, from)| *to = *from);
    RoomId::new(bytes)
}
