//! The rooms of the fake server, and what each call does to them.

use std::collections::HashSet;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use super::xml::Xml;
use super::{Habit, Query};
use crate::app::random;
use crate::id::hex;

/// Somebody whose page is closed is listed so long, in milliseconds.
const GONE: i64 = 60_000;

#[derive(Debug, Default)]
pub(super) struct Rooms {
    rooms: Vec<Room>,
    recordings: Vec<Recording>,
}

#[derive(Debug)]
pub(super) struct Room {
    pub(super) meeting: String,
    internal: String,
    create_time: i64,
    minutes: String,
    most_people: String,
    guest_policy: String,
    pub(super) banner: String,
    logout: String,
    records: bool,
    somebody_joined: bool,
    metadata: Vec<(String, String)>,
    breakouts: usize,
    /// Forgotten by the balancer in front.
    hidden: bool,
    pub(super) people: Vec<Person>,
}

#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) token: String,
    user: String,
    pub(super) name: String,
    pub(super) leads: bool,
    pub(super) waits: bool,
    logout: String,
    /// When their page was last open; `None` before it was.
    seen: Option<i64>,
}

#[derive(Debug)]
struct Recording {
    meeting: String,
    id: String,
    state: &'static str,
}

/// Somebody who has come in, or waits.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) token: String,
    pub(super) internal: String,
    pub(super) logout: String,
    pub(super) waits: bool,
}

pub(super) enum Outcome {
    Told(Xml),
    Unknown,
}

impl Rooms {
    pub(super) fn answer(&mut self, call: &str, query: &Query, habits: &HashSet<Habit>, now: i64) -> Outcome {
        let meeting = query.text("meetingID").unwrap_or_default();
        Outcome::Told(match call {
            "create" => self.create(query, habits, now),
            "getMeetingInfo" => match self.rooms.iter().find(|room| room.meeting == meeting && !room.hidden) {
                Some(room) => Xml::success().and(&room.told(now)),
                None => Xml::failed("notFound"),
            },
            "getMeetings" if self.rooms.is_empty() => Xml::success().text("messageKey", "noMeetings"),
            "getMeetings" => {
                let all = Xml::parts("meeting", self.rooms.iter().map(|room| room.told(now)));
                Xml::success().part("meetings", &all)
            }
            "end" => self.end(meeting, habits),
            "getRecordings" => self.recorded(meeting),
            "deleteRecordings" => self.delete(query.text("recordID").unwrap_or_default(), habits),
            _ => return Outcome::Unknown,
        })
    }

    fn create(&mut self, query: &Query, habits: &HashSet<Habit>, now: i64) -> Xml {
        let text = |name: &str| query.text(name).unwrap_or_default().to_owned();
        let meeting = text("meetingID");
        if let Some(room) = self.rooms.iter().find(|room| room.meeting == meeting) {
            return Xml::success().and(&room.made()).text("messageKey", "duplicateWarning");
        }
        let hash = hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, meeting.as_bytes()).as_ref());
        let room = Room {
            internal: format!("{hash}-{now}"),
            meeting,
            create_time: now,
            minutes: if habits.contains(&Habit::WrongEcho) {
                "1440".to_owned()
            } else {
                text("duration")
            },
            most_people: text("maxParticipants"),
            guest_policy: if habits.contains(&Habit::NoLobby) {
                "ALWAYS_ACCEPT".to_owned()
            } else {
                text("guestPolicy")
            },
            banner: text("bannerText"),
            logout: text("logoutURL"),
            records: habits.contains(&Habit::Records) || text("record") == "true",
            somebody_joined: false,
            metadata: query.prefixed("meta_").collect(),
            breakouts: 0,
            hidden: false,
            people: Vec::new(),
        };
        let told = Xml::success()
            .and(&room.made())
            .text("messageKey", "")
            .text("message", "");
        self.rooms.push(room);
        told
    }

    /// The key of an error, or where somebody is now.
    pub(super) fn join(&mut self, query: &Query, habits: &HashSet<Habit>) -> Result<Joined, &'static str> {
        let text = |name: &str| query.text(name).unwrap_or_default().to_owned();
        let name = Some(text("fullName"))
            .filter(|name| !name.is_empty())
            .ok_or("missingParamFullName")?;
        let meeting = text("meetingID");
        let room = self
            .rooms
            .iter_mut()
            .find(|room| room.meeting == meeting && !room.hidden);
        let room = room.ok_or("invalidMeetingIdentifier")?;
        let right_time = query
            .text("createTime")
            .is_none_or(|time| time == room.create_time.to_string());
        if !right_time && !habits.contains(&Habit::IgnoresCreateTime) {
            return Err("mismatchCreateTimeParam");
        }
        let leads = text("role").eq_ignore_ascii_case("MODERATOR");
        // who is not called a guest counts as one, unless the server takes nobody for a guest
        let guest = query
            .text("guest")
            .map_or(!habits.contains(&Habit::NobodyIsAGuest), |guest| guest == "true");
        let waits = match room.guest_policy.as_str() {
            _ if leads || !guest => false,
            "ALWAYS_ACCEPT" => false,
            "ASK_MODERATOR" => true,
            _ => return Err("guestDeniedAccess"),
        };
        let person = Person {
            token: hex(&random::<16>()),
            user: query
                .text("userID")
                .map_or_else(|| format!("w_{}", hex(&random::<6>())), str::to_owned),
            name,
            leads,
            waits,
            logout: query
                .text("logoutURL")
                .map_or_else(|| room.logout.clone(), str::to_owned),
            seen: None,
        };
        let joined = Joined {
            token: person.token.clone(),
            internal: room.internal.clone(),
            logout: person.logout.clone(),
            waits,
        };
        room.people.push(person);
        Ok(joined)
    }

    fn end(&mut self, meeting: &str, habits: &HashSet<Habit>) -> Xml {
        let Some(place) = self
            .rooms
            .iter()
            .position(|room| room.meeting == meeting && !room.hidden)
        else {
            return Xml::failed("notFound");
        };
        if !habits.contains(&Habit::NeverEnds) {
            let room = self.rooms.remove(place);
            self.keep_recording(&room);
        }
        Xml::success()
            .text("messageKey", "sentEndMeetingRequest")
            .text("message", "yes")
    }

    fn keep_recording(&mut self, room: &Room) {
        if room.records {
            self.recordings.push(Recording {
                meeting: room.meeting.clone(),
                id: room.internal.clone(),
                state: "processing",
            });
        }
    }

    fn recorded(&self, meeting: &str) -> Xml {
        let of_meeting = self.recordings.iter().filter(|recording| recording.meeting == meeting);
        let all: Vec<Xml> = of_meeting
            .map(|recording| {
                Xml::default()
                    .text("recordID", &recording.id)
                    .text("meetingID", &recording.meeting)
                    .text("state", recording.state)
            })
            .collect();
        if all.is_empty() {
            return Xml::success().text("recordings", "").text("messageKey", "noRecordings");
        }
        Xml::success().part("recordings", &Xml::parts("recording", all.into_iter()))
    }

    fn delete(&mut self, ids: &str, habits: &HashSet<Habit>) -> Xml {
        for recording in &mut self.recordings {
            if ids.split(',').any(|id| id == recording.id) && !habits.contains(&Habit::KeepsRecordings) {
                recording.state = "deleted";
            }
        }
        Xml::success().text("deleted", "true")
    }

    pub(super) fn end_all(&mut self) {
        for room in std::mem::take(&mut self.rooms) {
            self.keep_recording(&room);
        }
    }

    pub(super) fn record_all(&mut self) {
        self.rooms.iter_mut().for_each(|room| room.records = true);
    }

    pub(super) fn make_anew(&mut self) {
        for room in &mut self.rooms {
            room.create_time += 1;
            room.people.clear();
        }
    }

    pub(super) fn hide_all(&mut self) {
        self.rooms.iter_mut().for_each(|room| room.hidden = true);
    }

    pub(super) fn open_breakouts(&mut self) {
        self.rooms.iter_mut().for_each(|room| room.breakouts += 1);
    }

    pub(super) fn first(&self) -> Option<String> {
        self.rooms.first().map(|room| room.meeting.clone())
    }

    pub(super) fn ids(&self) -> Vec<String> {
        self.rooms.iter().map(|room| room.meeting.clone()).collect()
    }

    pub(super) fn count(&self) -> usize {
        self.rooms.len()
    }

    pub(super) fn intrude(&mut self, user: &str, leads: bool, now: i64) {
        for room in &mut self.rooms {
            room.people.push(Person {
                token: hex(&random::<16>()),
                user: user.to_owned(),
                name: "?".to_owned(),
                leads,
                waits: false,
                logout: room.logout.clone(),
                // as long as nobody expels them
                seen: Some(now + 100 * GONE),
            });
        }
    }

    pub(super) fn expel(&mut self, user: &str) {
        for room in &mut self.rooms {
            room.people.retain(|person| person.user != user);
        }
    }

    pub(super) fn let_everybody_in(&mut self) {
        let people = self.rooms.iter_mut().flat_map(|room| &mut room.people);
        people.for_each(|person| person.waits = false);
    }

    /// The room in which the person with this token is, and the person; their page is open at this moment.
    pub(super) fn page(&mut self, token: &str, now: i64) -> Option<(&mut Room, Person)> {
        let of_token = |room: &&mut Room| room.people.iter().any(|person| person.token == token);
        let room = self.rooms.iter_mut().find(of_token)?;
        let person = room.people.iter_mut().find(|person| person.token == token)?;
        if !person.waits {
            person.seen = Some(now);
            room.somebody_joined = true;
        }
        let person = person.clone();
        Some((room, person))
    }

    /// Ends the room of this person.
    pub(super) fn end_of(&mut self, token: &str) {
        let of_token = |room: &Room| room.people.iter().any(|person| person.token == token);
        if let Some(place) = self.rooms.iter().position(of_token) {
            let room = self.rooms.remove(place);
            self.keep_recording(&room);
        }
    }
}

impl Person {
    pub(super) fn logout(&self) -> &str {
        &self.logout
    }

    fn is_inside(&self, now: i64) -> bool {
        self.seen.is_some_and(|seen| now - seen < GONE)
    }
}

impl Room {
    fn made(&self) -> Xml {
        Xml::default()
            .text("meetingID", &self.meeting)
            .text("internalMeetingID", &self.internal)
            .text("parentMeetingID", "bbb-none")
            .text("createTime", &self.create_time.to_string())
            .text("hasUserJoined", if self.somebody_joined { "true" } else { "false" })
            .text("duration", &self.minutes)
            .text("hasBeenForciblyEnded", "false")
    }

    fn told(&self, now: i64) -> Xml {
        let inside: Vec<&Person> = self.people.iter().filter(|person| person.is_inside(now)).collect();
        let attendee = |person: &&Person| {
            Xml::default()
                .text("userID", &person.user)
                .text("fullName", &person.name)
                .text("role", if person.leads { "MODERATOR" } else { "VIEWER" })
                .text("hasVideo", "true")
        };
        let leading = inside.iter().filter(|person| person.leads).count();
        let metadata = self.metadata.iter();
        let metadata = metadata.fold(Xml::default(), |xml, (name, value)| xml.text(name, value));
        self.made()
            .text("recording", if self.records { "true" } else { "false" })
            .text("participantCount", &inside.len().to_string())
            .text("maxUsers", &self.most_people)
            .text("moderatorCount", &leading.to_string())
            .part("attendees", &Xml::parts("attendee", inside.iter().map(attendee)))
            .part("metadata", &metadata)
            .text("isBreakout", "false")
            .and(&self.told_breakouts())
    }

    fn told_breakouts(&self) -> Xml {
        let numbers = 1..=self.breakouts;
        let all = numbers.fold(Xml::default(), |all, number| {
            all.text("breakout", &format!("{}-{number}", self.internal))
        });
        if self.breakouts == 0 {
            Xml::default()
        } else {
            Xml::default().part("breakoutRooms", &all)
        }
    }
}
