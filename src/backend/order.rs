//! What a video system is asked for: a room, or the way into one for a single person.

use url::Url;

use crate::id::RoomId;
use crate::participant::Seat;
use crate::private::Private;

/// A room to be made.
#[derive(Clone, Debug)]
pub struct Order {
    pub room: RoomId,
    /// Everybody who may be in it, the initiator included.
    pub people: usize,
    /// How long it may exist at most, in minutes from now.
    pub minutes: u32,
    pub notices: Notices,
    /// Where people are led when it has ended.
    pub over: Url,
}

/// What is said in the room itself, where it is not a page of ours (rules 1 and 9). Plain text.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    pub welcome: String,
    /// Stands above the talk all the time.
    pub banner: String,
    pub for_moderator: String,
}

/// No name is shown that is longer, in characters.
const LONGEST_NAME: usize = 200;
/// What somebody is called whose name has no visible character.
const NAMELESS: &str = "Gast";

/// One person who comes in now.
#[derive(Clone, Debug)]
pub struct Entrance {
    pub seat: Seat,
    pub name: Private<String>,
    /// BCP 47, as `de`.
    pub language: &'static str,
    /// Where this person is led when they leave, or cannot come in.
    pub back: Url,
}

impl Entrance {
    /// The name as a video system may be told it.
    pub(super) fn shown_name(&self) -> String {
        shown(self.name.expose())
    }
}

/// As the person is called, without what no name needs: control characters, signs that no XML may hold, and marks that turn the text
/// around them.
pub(super) fn shown(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .filter(|sign| !matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}'))
        .filter(|sign| !matches!(sign, '\u{fffe}' | '\u{ffff}'))
        .collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(LONGEST_NAME).collect();
    if name.chars().any(char::is_alphanumeric) || !name.is_ascii() {
        name
    } else {
        NAMELESS.to_owned()
    }
}
