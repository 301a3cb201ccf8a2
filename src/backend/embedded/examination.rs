//! The self-test of the embedded room, and what is claimed for it.

use super::Embedded;
use crate::backend::examination::{Outcome, Trial};
use crate::backend::guarantees::{
    AdministratorBypass, BEHIND_OUR_DOOR, DeleteRecord, Guarantees, OtherWays, Processor, Recording, Remains,
    RoomIdentity, Terminate, Unprovisioned, Validity, VerifyDeleted,
};
use crate::id::RoomId;

/// Room, relay and waiting room are this program: nothing can be reconfigured behind its back, and the tests of the ten rules
/// try to break each of these.
pub const CLAIM: Guarantees = Guarantees {
    validity: Validity::SingleUse,
    other_ways: OtherWays::None,
    administrator_bypass: AdministratorBypass::None,
    delete_record: DeleteRecord::NothingStored,
    residue: Remains::Nothing,
    recording: Recording::OffVerified,
    processor: Processor::HostedBySchool,
    ..BEHIND_OUR_DOOR
};

/// What a throwaway room shows, and what is therefore the worst until it has shown it; all else is this program itself.
const UNSEEN: Guarantees = Guarantees {
    room_identity: RoomIdentity::Shared,
    unprovisioned: Unprovisioned::ComesToLife,
    terminate: Terminate::No,
    verify_deleted: VerifyDeleted::Nothing,
    residue: Remains::OfTheTalk,
    ..CLAIM
};

pub(super) fn examine(embedded: &Embedded, room: &RoomId) -> Outcome {
    let mut trial = Trial::new(UNSEEN);
    let refused = |refused: bool, words: &str| if refused { Ok(()) } else { Err(words.to_owned()) };
    trial.note(
        (
            "looks for a room that nobody made",
            "no room comes to life by its name (rule 5)",
        ),
        refused(!embedded.exists(room), "there is one"),
        |_| {},
    );
    let made = embedded.create(room).map_err(|error| error.to_string());
    let twice = made.and_then(|()| refused(embedded.create(room).is_err(), "a second room of the same id was made"));
    trial.has_fresh_id("makes a throwaway room, and the same again", twice);
    embedded.end(room);
    trial.note(
        (
            "ends it",
            "a talk can be ended from outside, and nothing of it is left (rule 6)",
        ),
        refused(
            embedded.residue(room).is_nothing() && !embedded.exists(room),
            "something is left",
        ),
        |seen| {
            seen.terminate = Terminate::Yes;
            seen.residue = Remains::Nothing;
        },
    );
    trial.note(
        ("makes it once more", "an ended room never comes back (rules 5 and 6)"),
        refused(embedded.create(room).is_err(), "it came back"),
        |seen| {
            seen.unprovisioned = Unprovisioned::Refused;
            seen.verify_deleted = VerifyDeleted::GoneAndRefused;
        },
    );
    trial.conclude(CLAIM)
}
