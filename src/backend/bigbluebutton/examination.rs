//! The self-test of a BigBlueButton, and what is claimed for it.

use aws_lc_rs::digest;
use serde::Deserialize;
use url::Url;

use super::answer::{Key, Verdict};
use super::meeting::{self, GuestStatus};
use super::parameters::{self, Mark};
use super::signing::Parameters;
use super::{BigBlueButton, understand};
use crate::backend::examination::{Outcome, Trial};
use crate::backend::guarantees::{
    AdministratorBypass, AutoPromotion, Delegation, DeleteRecord, DisplayName, Guarantees, JoinSecret, LobbyAdmits,
    LobbyBeforeModerator, LobbyDisable, LobbyEnforcedBy, LobbyIsolation, ModeratorSource, Occupancy, OtherWays,
    Processor, Recording, Remains, RoomIdentity, Terminate, Unprovisioned, Validity, VerifyDeleted,
};
use crate::backend::{BackendError, Ending, Entrance, Notices, Order};
use crate::id::{ParticipantId, Room, RoomId};
use crate::participant::Seat;
use crate::private::Private;

/// What a server can keep that is set up well and used by us alone.
pub const CLAIM: Guarantees = Guarantees {
    room_identity: RoomIdentity::FreshId,
    unprovisioned: Unprovisioned::Refused,
    join_secret: JoinSecret::PersonBound,
    // an address can be used again until the room ends; who comes in by it twice is there twice, by our own id
    validity: Validity::UntilEnd,
    // an address that somebody passes on, and the telephone: seen by the watch, which ends the room
    other_ways: OtherWays::Watched,
    lobby_admits: LobbyAdmits::PerPerson,
    // no address exists before our own admission; the server's own lobby stands behind it
    lobby_enforced_by: LobbyEnforcedBy::OurService,
    lobby_before_moderator: LobbyBeforeModerator::Yes,
    // a moderator can open the server's lobby, and lets in nobody by that whom we have not admitted
    lobby_disable: LobbyDisable::Impossible,
    lobby_isolation: LobbyIsolation::Isolated,
    moderator_source: ModeratorSource::OurToken,
    auto_promotion: AutoPromotion::OffVerified,
    delegation: Delegation::Impossible,
    // whoever holds the secret could join; nobody does so by an account of the server
    administrator_bypass: AdministratorBypass::TechnicalAccount,
    terminate: Terminate::Yes,
    delete_record: DeleteRecord::Yes,
    verify_deleted: VerifyDeleted::GoneAndRefused,
    residue: Remains::OperatorsTraces,
    occupancy: Occupancy::OurIds,
    recording: Recording::OffPerRoom,
    display_name: DisplayName::Locked,
    processor: Processor::CloudElsewhere, // unknown
};

/// What no test from outside can see, and what is our own service: it rests on the claim. All else must be shown.
const UNSEEN: Guarantees = Guarantees {
    room_identity: RoomIdentity::Shared,
    unprovisioned: Unprovisioned::ComesToLife,
    join_secret: JoinSecret::None,
    validity: Validity::Unlimited,
    lobby_admits: LobbyAdmits::Nobody,
    lobby_enforced_by: LobbyEnforcedBy::Client,
    lobby_before_moderator: LobbyBeforeModerator::No,
    moderator_source: ModeratorSource::FirstJoiner,
    auto_promotion: AutoPromotion::Happens,
    delegation: Delegation::Possible,
    terminate: Terminate::No,
    delete_record: DeleteRecord::No,
    verify_deleted: VerifyDeleted::Nothing,
    residue: Remains::OfTheTalk,
    occupancy: Occupancy::Nothing,
    recording: Recording::AlwaysPossible,
    ..CLAIM
};

/// Not a name of anybody.
const NAME: &str = "Selbsttest";

/// A throwaway room with the addresses by which the test goes in.
struct Throwaway<'a> {
    backend: &'a BigBlueButton,
    room: Room,
    create_time: u64,
}

pub(super) async fn examine(backend: &BigBlueButton, room: &RoomId) -> Outcome {
    let mut trial = Trial::new(UNSEEN);
    let answers = answers(backend).await.map_err(|error| error.to_string());
    let reached = trial.note(
        (
            "asks the interface, and for the list of meetings",
            "address, secret and checksum algorithm are right",
        ),
        answers,
        |_| {},
    );
    if !reached {
        // without an answer every further step would say the same
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
    trial.note(
        (
            "comes in by an address in which the person was changed",
            "every way in is signed for one person and one room (rules 2 and 7)",
        ),
        forged,
        |seen| seen.join_secret = JoinSecret::PersonBound,
    );
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
    trial.note(
        ("makes the same room again", "every room has an id of its own (rule 5)"),
        again,
        |seen| seen.room_identity = RoomIdentity::FreshId,
    );
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

/// What came of a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joined {
    Waits,
    Enters,
    Refused(Key),
    Unclear,
}

impl Joined {
    fn words(self) -> &'static str {
        match self {
            Self::Waits => "it waits",
            Self::Enters => "it is let in at once",
            Self::Refused(Key::NotFound) => "it is refused, as there is no such room",
            Self::Refused(Key::Checksum) => "it is refused, as the signature does not fit",
            Self::Refused(Key::CreateTime) => "it is refused, as it is for another room",
            Self::Refused(Key::GuestDenied) => "it is refused, as guests are",
            Self::Refused(_) => "it is refused for another reason",
            Self::Unclear => "the answer says neither",
        }
    }
}

fn expect(seen: Result<Joined, BackendError>, wanted: Joined) -> Result<(), String> {
    match seen {
        Ok(seen) if seen == wanted => Ok(()),
        Ok(seen) => Err(format!("{}; expected: {}", seen.words(), wanted.words())),
        Err(error) => Err(error.to_string()),
    }
}

impl<'a> Throwaway<'a> {
    fn of(backend: &'a BigBlueButton, room: Room) -> Option<Self> {
        let create_time = Mark::parse(&room.mark)?.create_time;
        Some(Self {
            backend,
            room,
            create_time,
        })
    }

    fn guest(&self) -> Parameters {
        let nobody = ParticipantId::new([0; 16]);
        self.seat(Seat::Participant(nobody))
    }

    fn viewer(&self) -> Parameters {
        self.guest().without("guest")
    }

    fn moderator(&self) -> Parameters {
        self.seat(Seat::Moderator)
    }

    fn seat(&self, seat: Seat) -> Parameters {
        let entrance = Entrance {
            seat,
            name: Private::new(NAME.to_owned()),
            language: "de",
            back: self.backend.0.signer.root(),
        };
        parameters::join(&self.room.id, self.create_time, &entrance).with("redirect", "false")
    }

    async fn join(&self, parameters: &Parameters) -> Result<Joined, BackendError> {
        self.open(self.backend.0.signer.address("join", parameters)).await
    }

    async fn join_forged(&self) -> Result<Joined, BackendError> {
        let mut url = self.backend.0.signer.address("join", &self.moderator());
        let forged = url.query().map(|query| query.replace(NAME, "Jemand"));
        url.set_query(forged.as_deref());
        self.open(url).await
    }

    /// A balancer sends the browser on to one of its servers; that one step is followed.
    async fn open(&self, url: Url) -> Result<Joined, BackendError> {
        let mut answer = self.backend.ask(&url).await?;
        if let Some(node) = answer.location.as_deref().and_then(|location| node(&url, location)) {
            answer = self.backend.ask(&node).await?;
        }
        if let (300..=399, Some(location)) = (answer.status, &answer.location) {
            return Ok(refusal(&url, location).map_or(Joined::Unclear, Joined::Refused));
        }
        Ok(match understand(&answer, meeting::guest_status)? {
            Verdict::Failed(key) => Joined::Refused(key),
            Verdict::Success(GuestStatus::Waits) => Joined::Waits,
            Verdict::Success(GuestStatus::Enters) => Joined::Enters,
            Verdict::Success(GuestStatus::Other) => Joined::Unclear,
        })
    }

    async fn ends(&self) -> Result<(), String> {
        let ended = async {
            let ending = self.backend.end(&self.room).await?;
            let residue = self.backend.residue(&self.room).await?;
            Ok((ending, residue))
        };
        match ended.await.map_err(|error: BackendError| error.to_string())? {
            (Ending::NotKnown, _) => Err("it was gone before".to_owned()),
            (_, residue) if residue.found || residue.listed => Err("it is still there".to_owned()),
            (_, residue) if residue.recordings > 0 => Err("it was recorded".to_owned()),
            _ => Ok(()),
        }
    }
}

/// The server that a balancer sends a browser to: the same call, on a host as safe as the first.
fn node(from: &Url, location: &str) -> Option<Url> {
    let to = from.join(location).ok()?;
    let safe = to.scheme() == "https" || (to.scheme() == from.scheme() && to.host() == from.host());
    let call = to.path().ends_with("/api/join") && refusal(from, location).is_none();
    (safe && call).then_some(to)
}

#[derive(Deserialize)]
struct Reason {
    key: String,
}

/// A join that is refused at once leads to another page, with the reason in its address.
fn refusal(from: &Url, location: &str) -> Option<Key> {
    let to = from.join(location).ok()?;
    let (_, errors) = to.query_pairs().find(|(name, _)| name == "errors")?;
    let reasons: Vec<Reason> = serde_json::from_str(&errors).ok()?;
    reasons.first().map(|reason| Key::parse(&reason.key))
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
