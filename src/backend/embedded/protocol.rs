//! The frames between the room page and the server: JSON text, strictly typed; everything else is a violation.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::participant::Seat;
use crate::private::Private;

/// The largest frame either side may send.
pub const FRAME_BYTES: usize = 64 * 1024;

/// The first frame of a socket.
#[derive(Debug)]
pub enum FirstFrame {
    /// A ticket that the caller redeems.
    Hello { ticket: Private<String> },
    /// The key of a seat that is kept after a lost connection.
    Resume { key: Private<String> },
}

impl FirstFrame {
    pub(super) fn read(text: &str) -> Option<Self> {
        Some(match serde_json::from_str(text).ok()? {
            First::Hello { ticket } => Self::Hello {
                ticket: Private::new(ticket),
            },
            First::Resume { key } => Self::Resume { key: Private::new(key) },
        })
    }
}

/// What somebody in the room may send.
#[derive(Deserialize)]
#[serde(tag = "t", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum ClientFrame {
    Signal { to: String, d: Signal },
    Code { to: String, d: Code },
    State { d: MediaState },
    Leave {},
}

impl ClientFrame {
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.len() > FRAME_BYTES {
            None
        } else {
            serde_json::from_str(text).ok()
        }
    }
}

/// What the server sends.
#[derive(Serialize)]
#[serde(tag = "t", rename_all = "kebab-case")]
pub(super) enum ServerFrame<'a> {
    Admitted(Admitted<'a>),
    PeerJoined(Peer<'a>),
    PeerLeft { id: &'a str },
    PeerAway { id: &'a str },
    PeerBack { id: &'a str },
    Signal { from: &'a str, d: Signal },
    Code { from: &'a str, d: Code },
    State { from: &'a str, d: MediaState },
    Returned {},
    Ended {},
}

impl ServerFrame<'_> {
    pub(super) fn text(&self) -> String {
        let text = serde_json::to_string(self);
        debug_assert!(text.is_ok(), "strings and numbers are always JSON");
        text.unwrap_or_default()
    }
}

/// The only frame in which peers and relay credentials leave the server.
#[derive(Serialize)]
pub(super) struct Admitted<'a> {
    #[serde(rename = "self")]
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) seat: &'static str,
    pub(super) peers: Vec<Peer<'a>>,
    pub(super) ice: Ice<'a>,
    pub(super) resume: String,
}

#[derive(Serialize)]
pub(super) struct Peer<'a> {
    id: &'a str,
    name: &'a str,
    seat: &'static str,
}

impl<'a> Peer<'a> {
    pub(super) fn new(seat: &'a Seat, name: &'a Private<String>) -> Self {
        Self {
            id: seat_id(seat),
            name: name.expose(),
            seat: seat_kind(seat),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Ice<'a> {
    servers: [IceServer<'a>; 1],
    policy: &'static str,
}

#[derive(Serialize)]
struct IceServer<'a> {
    urls: &'a [String],
    username: String,
    credential: &'a str,
}

impl<'a> Ice<'a> {
    /// Relay only: nobody learns anybody's address, and the server can cut whoever does not obey.
    pub(super) fn new(urls: &'a [String], username: String, credential: &'a str) -> Self {
        Self {
            servers: [IceServer {
                urls,
                username,
                credential,
            }],
            policy: "relay",
        }
    }
}

/// A session description or a candidate of WebRTC.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Signal {
    Description(DescriptionSignal),
    Candidate(CandidateSignal),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DescriptionSignal {
    desc: Description,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CandidateSignal {
    /// `null` says that there are no more; a missing field is a violation.
    #[serde(deserialize_with = "present")]
    cand: Option<Candidate>,
}

/// `RTCSessionDescriptionInit`. What a browser adds of its own, here and below, is dropped and not passed on.
#[derive(Serialize, Deserialize)]
pub(super) struct Description {
    #[serde(rename = "type")]
    kind: DescriptionKind,
    #[serde(deserialize_with = "one_of_each")]
    sdp: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DescriptionKind {
    Offer,
    Answer,
}

/// `RTCIceCandidateInit`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Candidate {
    #[serde(rename = "candidate")]
    line: String,
    #[serde(default)]
    sdp_mid: Option<String>,
    #[serde(default, rename = "sdpMLineIndex")]
    sdp_m_line_index: Option<u16>,
    #[serde(default)]
    username_fragment: Option<String>,
}

/// The verification code: first everybody commits, then everybody reveals.
#[derive(Serialize, Deserialize)]
#[serde(tag = "k", deny_unknown_fields)]
pub(super) enum Code {
    #[serde(rename = "c")]
    Commit { ep: String, c: String },
    #[serde(rename = "r")]
    Reveal { ep: String, fp: String, n: String },
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MediaState {
    mic: bool,
    cam: bool,
    pub(super) screen: bool,
}

/// How a socket ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// Back to the waiting room, with the door open.
    Returned,
    Ended,
    /// Not admitted, turned away, or a violation.
    Denied,
    /// The same person came in by another tab.
    Replaced,
    Left,
}

impl Farewell {
    pub(super) fn code(self) -> u16 {
        match self {
            Self::Returned => 4408,
            Self::Ended => 4410,
            Self::Denied => 4403,
            Self::Replaced => 4409,
            Self::Left => 1000,
        }
    }

    pub(super) fn frame(self) -> Option<ServerFrame<'static>> {
        match self {
            Self::Returned => Some(ServerFrame::Returned {}),
            Self::Ended => Some(ServerFrame::Ended {}),
            Self::Denied | Self::Replaced | Self::Left => None,
        }
    }
}

/// How a seat is called on the wire: there is one moderator, and participants have ids.
pub(super) fn seat_id(seat: &Seat) -> &str {
    match seat {
        Seat::Moderator => "moderator",
        Seat::Participant(id) => id.as_str(),
    }
}

pub(super) fn seat_kind(seat: &Seat) -> &'static str {
    match seat {
        Seat::Moderator => "moderator",
        Seat::Participant(_) => "participant",
    }
}

#[derive(Deserialize)]
#[serde(tag = "t", rename_all = "kebab-case", deny_unknown_fields)]
enum First {
    Hello { ticket: String },
    Resume { key: String },
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Candidate>, D::Error> {
    Option::deserialize(deserializer)
}

/// One line for sound and one for the picture, as our page makes them: a second picture would be a screen beside the camera.
/// A line of port 0 is switched off (RFC 9429 §5.2.2).
fn one_of_each<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let sdp = String::deserialize(deserializer)?;
    let lines = || {
        let lines = sdp.lines().filter_map(|line| line.strip_prefix("m="));
        lines.map(|line| line.split_whitespace().collect::<Vec<_>>())
    };
    let on = |media: &str| {
        lines()
            .filter(|line| line.first() == Some(&media) && line.get(1) != Some(&"0"))
            .count()
    };
    let known = lines().all(|line| matches!(line.first(), Some(&("audio" | "video"))));
    if known && on("audio") <= 1 && on("video") <= 1 {
        Ok(sdp)
    } else {
        Err(D::Error::custom("more than one line for sound and one for the picture"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frames_of_the_protocol_are_read_and_passed_on_unchanged() {
        for (frame, d) in [
            (
                r#"{"t":"signal","to":"a","d":{"desc":{"type":"offer","sdp":"v=0"}}}"#,
                r#"{"desc":{"type":"offer","sdp":"v=0"}}"#,
            ),
            (r#"{"t":"signal","to":"a","d":{"cand":null}}"#, r#"{"cand":null}"#),
            (
                r#"{"t":"signal","to":"a","d":{"cand":{"candidate":"c","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"u"}}}"#,
                r#"{"cand":{"candidate":"c","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"u"}}"#,
            ),
        ] {
            let Some(ClientFrame::Signal { d: signal, .. }) = ClientFrame::read(frame) else {
                panic!("{frame}")
            };
            assert_eq!(serde_json::to_string(&signal).unwrap(), d);
        }
        assert!(matches!(
            ClientFrame::read(r#"{"t":"code","to":"a","d":{"k":"c","ep":"1","c":"x"}}"#),
            Some(ClientFrame::Code {
                d: Code::Commit { .. },
                ..
            })
        ));
        assert!(matches!(
            ClientFrame::read(r#"{"t":"state","d":{"mic":true,"cam":false,"screen":false}}"#),
            Some(ClientFrame::State { .. })
        ));
        assert!(matches!(
            ClientFrame::read(r#"{"t":"leave"}"#),
            Some(ClientFrame::Leave {})
        ));
    }

    #[test]
    fn what_a_browser_adds_to_a_candidate_is_not_passed_on() {
        let frame = r#"{"t":"signal","to":"a","d":{"cand":{"candidate":"c","sdpMid":"0","address":"192.0.2.1"}}}"#;
        let Some(ClientFrame::Signal { d, .. }) = ClientFrame::read(frame) else {
            panic!("{frame}")
        };
        assert!(!serde_json::to_string(&d).unwrap().contains("address"));
    }

    #[test]
    fn every_other_frame_is_a_violation() {
        for frame in [
            "",
            "{}",
            "null",
            r#"{"t":"admit","id":"a"}"#,
            r#"{"t":"end"}"#,
            r#"{"t":"leave","now":true}"#,
            r#"{"t":"hello","ticket":"again"}"#,
            r#"{"t":"signal","to":"a","d":{}}"#,
            r#"{"t":"signal","to":"a","d":{"desc":{"type":"offer","sdp":"v=0"},"cand":null}}"#,
            r#"{"t":"signal","to":"a","d":{"desc":{"type":"rollback","sdp":""}}}"#,
            r#"{"t":"signal","to":"a","d":{"html":"<b>"}}"#,
            r#"{"t":"signal","d":{"cand":null}}"#,
            r#"{"t":"code","to":"a","d":{"k":"c","ep":"1","c":"x","n":"early"}}"#,
            r#"{"t":"state","d":{"mic":"on","cam":false,"screen":false}}"#,
        ] {
            assert!(ClientFrame::read(frame).is_none(), "{frame}");
        }
        let large = format!(
            r#"{{"t":"signal","to":"{}","d":{{"cand":null}}}}"#,
            "a".repeat(FRAME_BYTES)
        );
        assert!(ClientFrame::read(&large).is_none());
    }

    #[test]
    fn a_description_has_one_line_for_sound_and_one_for_the_picture() {
        let read = |sdp: &str| {
            let frame = serde_json::json!({"t": "signal", "to": "a", "d": {"desc": {"type": "offer", "sdp": sdp}}});
            ClientFrame::read(&frame.to_string()).is_some()
        };
        let (sound, picture) = (
            "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8\r\n",
            "m=video 9 UDP/TLS/RTP/SAVPF 96 0 97\r\n",
        );
        let switched_off = "m=video 0 UDP/TLS/RTP/SAVPF 96\r\n";
        assert!(read(&format!("v=0\r\n{sound}{picture}{switched_off}")));
        for more in [sound, picture, "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"] {
            assert!(!read(&format!("v=0\r\n{sound}{picture}{more}")), "{more}");
        }
        // whatever ends a line for a browser
        assert!(!read(&format!(
            "v=0\n{}{}",
            picture.replace('\r', ""),
            picture.replace('\r', "")
        )));
    }

    #[test]
    fn a_first_frame_does_not_print_its_ticket() {
        let first = FirstFrame::read(r#"{"t":"hello","ticket":"tell-nobody"}"#).unwrap();
        assert!(!format!("{first:?}").contains("tell-nobody"));
    }
}
