//! A talk that goes on in Jitsi: its focus, its moderator and one participant are in the room.

use super::prosody::{Client, MODERATOR, Prosody};

pub(super) struct Talking {
    /// Address of the room.
    pub(super) room: String,
    pub(super) focus: Client,
    pub(super) moderator: Client,
    /// `p1`
    pub(super) person: Client,
}

impl Prosody {
    pub(super) async fn talking(&self, name: &str) -> Talking {
        let room = self.talk(name).await;
        self.let_in(name, "p1").await;
        let mut focus = self.account("focus").await;
        focus.join(&room, "focus").await.unwrap();
        let mut moderator = self.person(name, MODERATOR).await;
        moderator.join(&room, "m").await.unwrap();
        let mut person = self.person(name, "p1").await;
        person.join(&room, "p").await.unwrap();
        Talking {
            room,
            focus,
            moderator,
            person,
        }
    }
}
