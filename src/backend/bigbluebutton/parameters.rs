//! The parameters of every call that makes a room or lets somebody in; nothing else is ever sent.

use std::fmt;

use aws_lc_rs::hmac;
use serde_json::json;
use url::Url;

use super::signing::Parameters;
use crate::backend::{Entrance, Order};
use crate::id::{RoomId, hex};
use crate::participant::Seat;
use crate::private::Private;

/// Off in every room: ways around the list and the waiting room, and whatever would keep something of the talk.
const CLOSED_FEATURES: [&str; 18] = [
    "breakoutRooms",
    "privateChat",
    "learningDashboard",
    "learningDashboardDownloadSessionData",
    "liveTranscription",
    "captions",
    "externalVideos",
    "sharedNotes",
    "importPresentationWithAnnotationsFromBreakoutRooms",
    "importSharedNotesFromBreakoutRooms",
    "downloadPresentationWithAnnotations",
    "downloadPresentationConvertedToPdf",
    "downloadPresentationOriginalFile",
    "snapshotOfCurrentSlide",
    "cameraAsContent",
    "polls",
    "quizzes",
    "plugins",
];

/// Off as long as the administrator does not allow them: the talk needs none of them, and each keeps data for a while.
pub const OPTIONAL_FEATURES: [&str; 4] = ["presentation", "screenshare", "chat", "customVirtualBackgrounds"];

/// Neutral, for it stands in the logs of the server.
const NAME: &str = "Beratung";

/// What the server has told about a room that it made: when, for how long, and by which id of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) create_time: u64,
    pub(super) minutes: u32,
    pub(super) internal: String,
}

impl Mark {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ' ');
        Some(Self {
            create_time: parts.next()?.parse().ok()?,
            minutes: parts.next()?.parse().ok()?,
            internal: parts.next()?.to_owned(),
        })
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} {}", self.create_time, self.minutes, self.internal)
    }
}

/// Addresses of ours that the server opens.
#[derive(Clone, Debug)]
pub(super) struct Addresses {
    pub(super) ended: Url,
    client_settings: Option<Url>,
}

impl Addresses {
    pub(super) fn new(origin: &Url, secret: &Private<String>, room: &RoomId) -> Self {
        let at = |path: &str| {
            let mut url = origin.clone();
            url.set_path(path);
            url
        };
        // the server reads settings over https only
        let client_settings = (origin.scheme() == "https").then(|| at("/bigbluebutton/client.json"));
        Self {
            ended: at(&format!("/bigbluebutton/ended/{room}/{}", callback_tag(secret, room))),
            client_settings,
        }
    }
}

/// Known to the server alone; who knows it can make us look at one room, and no more.
pub(super) fn callback_tag(secret: &Private<String>, room: &RoomId) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
    let tag = hmac::sign(&key, format!("ended|{room}").as_bytes());
    hex(tag.as_ref().get(..16).unwrap_or_default())
}

/// What the pages of the room show: the switches of its waiting room are hidden. For `clientSettingsOverrideJsonUrl` (3.0.25).
pub fn client_settings() -> serde_json::Value {
    json!({ "public": { "app": { "dynamicGuestPolicy": false, "alwaysShowWaitingRoomUI": true } } })
}

/// The room's id in the form of a UUID of version 4: a shorter one could be taken for the beginning of another room's.
pub(super) fn meeting_id(room: &RoomId) -> String {
    let mut id = String::with_capacity(36);
    for (place, digit) in room.as_str().chars().enumerate() {
        if [8, 12, 16, 20].contains(&place) {
            id.push('-');
        }
        id.push(match (place, digit) {
            (12, _) => '4',
            (16, '0'..='3') => '8',
            (16, '4'..='7') => '9',
            (16, '8' | '9' | 'a' | 'b') => 'a',
            (16, _) => 'b',
            _ => digit,
        });
    }
    id
}

/// A pseudonym that means nothing outside this one talk.
pub(super) fn user_id(room: &RoomId, seat: &Seat) -> String {
    match seat {
        Seat::Moderator => format!("t-{room}"),
        Seat::Participant(participant) => format!("p-{participant}"),
    }
}

/// One more than may come: some versions count one too many. The list and the waiting room are the limit.
pub(super) fn most_people(order: &Order) -> usize {
    order.people.saturating_add(1)
}

pub(super) fn create(order: &Order, allowed: &[&str], addresses: Option<Addresses>) -> Parameters {
    let optional = OPTIONAL_FEATURES
        .into_iter()
        .filter(|feature| !allowed.contains(feature));
    let closed: Vec<&str> = CLOSED_FEATURES.into_iter().chain(optional).collect();
    let parameters = Parameters::default()
        .with("name", NAME)
        .with("meetingID", meeting_id(&order.room))
        .with("guestPolicy", "ASK_MODERATOR")
        .with("allowPromoteGuestToModerator", "false")
        .with("maxParticipants", most_people(order).to_string())
        .with("record", "false")
        .with("autoStartRecording", "false")
        .with("allowStartStopRecording", "false")
        .with("notifyRecordingIsOn", "true")
        .with("breakoutRoomsRecord", "false")
        .with("meetingKeepEvents", "false")
        .with("learningDashboardCleanupDelayInMinutes", "1")
        .with("duration", order.minutes.to_string())
        .with("endWhenNoModerator", "true")
        .with("endWhenNoModeratorDelayInMinutes", "5")
        .with("meetingExpireIfNoUserJoinedInMinutes", "15")
        .with("meetingExpireWhenLastUserLeftInMinutes", "1")
        .with("disabledFeatures", closed.join(","))
        .with("lockSettingsDisablePrivateChat", "true")
        .with("lockSettingsHideUserList", "false")
        .with("lockSettingsDisableCam", "false")
        .with("webcamsOnlyForModerator", "false")
        .with("allowModsToUnmuteUsers", "false")
        .with("allowRequestsWithoutSession", "false")
        .with("welcome", order.notices.welcome.as_str())
        .with("bannerText", order.notices.banner.as_str())
        .with("moderatorOnlyMessage", order.notices.for_moderator.as_str())
        .with("logoutURL", order.over.as_str());
    let Some(addresses) = addresses else {
        return parameters;
    };
    let parameters = parameters.with("meta_endCallbackUrl", addresses.ended.as_str());
    match addresses.client_settings {
        Some(url) => parameters.with("clientSettingsOverrideJsonUrl", url.as_str()),
        None => parameters,
    }
}

/// A moderator is named by the role alone, a participant is a guest: only this pair means the same on every server.
pub(super) fn join(room: &RoomId, create_time: u64, entrance: &Entrance) -> Parameters {
    let parameters = Parameters::default()
        .with("fullName", entrance.shown_name())
        .with("meetingID", meeting_id(room));
    let parameters = match entrance.seat {
        Seat::Moderator => parameters.with("role", "MODERATOR"),
        Seat::Participant(_) => parameters.with("role", "VIEWER").with("guest", "true"),
    };
    let parameters = parameters
        .with("userID", user_id(room, &entrance.seat))
        .with("createTime", create_time.to_string())
        .with("logoutURL", entrance.back.as_str())
        .with("errorRedirectUrl", entrance.back.as_str())
        .with("excludeFromDashboard", "true")
        .with("userdata-bbb_override_default_locale", entrance.language);
    match entrance.seat {
        Seat::Moderator => parameters,
        Seat::Participant(_) => parameters.with("userdata-bbb_auto_share_webcam", "true"),
    }
}
