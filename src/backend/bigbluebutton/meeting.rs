//! What the interface tells about meetings, and recordings of them. Names of people are never taken out of an answer.

use super::answer::{Key, Part};
use crate::backend::BackendError;

/// The answer to `create`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) id: String,
    pub(super) internal: String,
    /// Milliseconds since 1970, by the server's clock. A join with another one is refused.
    pub(super) create_time: u64,
    pub(super) minutes: u32,
    pub(super) somebody_joined: bool,
    pub(super) key: Key,
}

impl Made {
    pub(super) fn read(part: Part<'_>) -> Result<Self, BackendError> {
        Ok(Self {
            id: part.text("meetingID")?.to_owned(),
            internal: part.text("internalMeetingID")?.to_owned(),
            create_time: part.value("createTime")?,
            minutes: part.value("duration")?,
            somebody_joined: part.value("hasUserJoined")?,
            key: part.key(),
        })
    }
}

/// The answer to `getMeetingInfo`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meeting {
    pub(super) id: String,
    pub(super) create_time: u64,
    pub(super) minutes: u32,
    /// A recording is allowed; nobody tells whether it runs.
    pub(super) recording: bool,
    pub(super) most_people: usize,
    pub(super) people: usize,
    pub(super) is_breakout: bool,
    pub(super) breakouts: bool,
    pub(super) metadata: Vec<(String, String)>,
    pub(super) attendees: Vec<Attendee>,
}

impl Meeting {
    pub(super) fn read(part: Part<'_>) -> Result<Self, BackendError> {
        let attendees = part.all("attendees", "attendee").map(Attendee::read);
        Ok(Self {
            id: part.text("meetingID")?.to_owned(),
            create_time: part.value("createTime")?,
            minutes: part.value("duration")?,
            recording: part.value("recording")?,
            most_people: part.value("maxUsers")?,
            people: part.value("participantCount")?,
            is_breakout: part.value("isBreakout")?,
            breakouts: part.all("breakoutRooms", "breakout").next().is_some(),
            metadata: part.entries("metadata"),
            attendees: attendees.collect::<Result<_, _>>()?,
        })
    }
}

/// Somebody in the meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attendee {
    /// The id of the join address, or one of the server's own; empty for somebody without any.
    pub(super) user: String,
    pub(super) leads: bool,
}

impl Attendee {
    fn read(part: Part<'_>) -> Result<Self, BackendError> {
        Ok(Self {
            user: part.optional("userID").to_owned(),
            leads: part.text("role")?.eq_ignore_ascii_case("MODERATOR"),
        })
    }
}

/// The ids of every meeting that goes on: ours and the server's own.
pub(super) fn list(part: Part<'_>) -> Result<Vec<(String, String)>, BackendError> {
    let one = |meeting: Part<'_>| {
        let ours = meeting.text("meetingID")?.to_owned();
        Ok((ours, meeting.text("internalMeetingID")?.to_owned()))
    };
    part.all("meetings", "meeting").map(one).collect()
}

/// The ids of recordings in whatever state but deleted.
pub(super) fn recordings(part: Part<'_>) -> Result<Vec<String>, BackendError> {
    let kept = part
        .all("recordings", "recording")
        .filter(|recording| recording.optional("state") != "deleted");
    kept.map(|recording| recording.text("recordID").map(str::to_owned))
        .collect()
}

/// Whether somebody who joins is let in at once or waits in the server's own waiting room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GuestStatus {
    Waits,
    Enters,
    Other,
}

/// The answer to `join` without a redirect. Servers before 3.0 tell by the key, later ones by `guestStatus`.
pub(super) fn guest_status(part: Part<'_>) -> Result<GuestStatus, BackendError> {
    part.text("meeting_id")?;
    if part.optional("messageKey") == "guestWait" {
        return Ok(GuestStatus::Waits);
    }
    Ok(match part.optional("guestStatus") {
        "WAIT" => GuestStatus::Waits,
        "ALLOW" => GuestStatus::Enters,
        _ => GuestStatus::Other,
    })
}

/// The answer of the interface itself. Balancers do not name a version.
pub(super) fn is_a_server(part: Part<'_>) -> Result<bool, BackendError> {
    part.text("version")?;
    Ok(!part.optional("apiVersion").is_empty())
}

/// Whether `deleteRecordings` claims to have done it; that is looked at again, not believed.
pub(super) fn deleted(part: Part<'_>) -> Result<bool, BackendError> {
    part.value("deleted")
}
