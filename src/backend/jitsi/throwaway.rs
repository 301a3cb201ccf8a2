//! A throwaway talk, and what people try at its door and inside that must not succeed.

use jiff::{SignedDuration, Timestamp};

use super::guard::Status;
use super::signing::Claims;
use super::visitor::{Connected, Visitor};
use super::{Jitsi, MODERATOR};
use crate::backend::BackendError;
use crate::backend::clock::apart;
use crate::id::{ParticipantId, Room, RoomId};
use crate::private::Private;

/// Not names of anybody.
const NAMES: [&str; 2] = ["Selbsttest 1", "Selbsttest 2"];
const OWNER: &str = "http://jabber.org/protocol/muc#owner";
const ADMIN: &str = "http://jabber.org/protocol/muc#admin";
const DISCO: &str = "http://jabber.org/protocol/disco#info";

/// A throwaway talk, and who goes there.
pub(super) struct Throwaway<'a> {
    pub(super) jitsi: &'a Jitsi,
    pub(super) status: &'a Status,
    pub(super) room: Room,
    pub(super) address: String,
    pub(super) participant: ParticipantId,
    pub(super) now: Timestamp,
}

impl Throwaway<'_> {
    /// Nobody has begun this talk yet.
    pub(super) async fn unbegun(&self) -> Result<(), String> {
        let mut visitor = self.visitor(MODERATOR).await?;
        visitor.call_focus(&self.address).await;
        refused(&visitor.join(&self.address).await)
    }

    pub(super) async fn wrong_tokens(&self) -> Result<(), String> {
        for token in [None, Some(self.forged()?)] {
            match Visitor::connect(self.jitsi, self.status, token.as_ref()).await {
                Err(Connected::NotLetIn) => {}
                Ok(_) => return Err("the server lets anybody connect".to_owned()),
                Err(Connected::Failed(error)) => return Err(error.to_string()),
            }
        }
        let other = Claims::of(&RoomId::new([0; 16]), MODERATOR, self.now);
        refused(&self.visitor_with(&other).await?.join(&self.address).await)
    }

    pub(super) async fn old_token(&self) -> Result<(), String> {
        let old = Claims::of(&self.room.id, MODERATOR, self.now - SignedDuration::from_hours(1));
        let token = self.jitsi.0.signing.sign(&old).map_err(|error| error.to_string())?;
        match Visitor::connect(self.jitsi, self.status, Some(&token)).await {
            Err(Connected::NotLetIn) => Ok(()),
            Ok(_) => Err("it is let in".to_owned()),
            Err(Connected::Failed(error)) => Err(error.to_string()),
        }
    }

    pub(super) async fn not_let_in(&self) -> Result<(), String> {
        for id in [self.participant.as_str(), MODERATOR] {
            refused(&self.visitor(id).await?.join(&self.address).await)?;
        }
        Ok(())
    }

    pub(super) async fn beside(&self) -> Result<(), String> {
        let mut visitor = self.visitor(self.participant.as_str()).await?;
        let question = format!("<query xmlns='{DISCO}'/>");
        refused(&visitor.ask("get", &self.address, &question).await)?;
        if let Some(lobby) = self.status.lobby(&self.room.id) {
            refused(&visitor.join(&lobby).await)?;
        }
        let breakout = format!("{}@breakout.{}", self.room.id, self.status.domain);
        refused(&visitor.join(&breakout).await)
    }

    pub(super) async fn come(&self) -> Result<(Visitor, Visitor), String> {
        let words = |error: BackendError| error.to_string();
        let guard = &self.jitsi.0.guard;
        let mut visitors = Vec::new();
        for ((id, role), name) in [(self.participant.as_str(), "participant"), (MODERATOR, "moderator")]
            .into_iter()
            .zip(NAMES)
        {
            let name = Private::new(name.to_owned());
            guard
                .let_in(&self.jitsi.0.outgoing, &self.room.id, id, &name)
                .await
                .map_err(words)?;
            let mut visitor = self.visitor(id).await?;
            visitor.call_focus(&self.address).await;
            let standing = visitor.join(&self.address).await.map_err(words)?;
            let standing = standing.map_err(|_| "whoever was let in is refused".to_owned())?;
            if standing.role != role {
                return Err(format!("a {role} comes in as something else"));
            }
            visitors.push(visitor);
        }
        let moderator = visitors.pop();
        visitors.pop().zip(moderator).ok_or_else(|| "nobody came".to_owned())
    }

    pub(super) async fn promote(&self, moderator: &mut Visitor, (account, nick): (&str, &str)) -> Result<(), String> {
        for affiliation in ["owner", "admin"] {
            let grant = format!("<query xmlns='{ADMIN}'><item affiliation='{affiliation}' jid='{account}'/></query>");
            refused(&moderator.ask("set", &self.address, &grant).await)?;
        }
        let grant = format!("<query xmlns='{ADMIN}'><item role='moderator' nick='{nick}'/></query>");
        refused(&moderator.ask("set", &self.address, &grant).await)
    }

    pub(super) async fn open_up(&self, moderator: &mut Visitor) -> Result<(), String> {
        for fields in [
            "<field var='muc#roomconfig_membersonly'><value>0</value></field>",
            "",
            "<field var='muc#roomconfig_membersonly'><value>1</value></field>\
             <field var='muc#roomconfig_roomsecret'><value>selbsttest</value></field>",
        ] {
            let form = format!(
                "<query xmlns='{OWNER}'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'>\
                 <value>http://jabber.org/protocol/muc#roomconfig</value></field>{fields}</x></query>"
            );
            refused(&moderator.ask("set", &self.address, &form).await)?;
        }
        Ok(())
    }

    pub(super) async fn seen(&self, moderator: &mut Visitor) -> Result<(), String> {
        let words = |error: BackendError| error.to_string();
        let talk = self
            .jitsi
            .0
            .guard
            .look(&self.jitsi.0.outgoing, &self.room.id)
            .await
            .map_err(words)?;
        let mut inside: Vec<_> = talk
            .inside
            .iter()
            .map(|person| (person.id.as_deref(), person.moderator))
            .collect();
        inside.sort_unstable();
        if inside != [(Some(self.participant.as_str()), false), (Some(MODERATOR), true)] {
            return Err("others are told than are there".to_owned());
        }
        if !talk.waiting_room || talk.password {
            return Err("the room is not as it must be".to_owned());
        }
        let [name, _] = NAMES;
        let shown = moderator.hear(|stanza| stanza.is("presence") && stanza.text("nick").as_deref() == Some(name));
        shown.await.map(drop).map_err(words)
    }

    pub(super) async fn end(&self, people: [&mut Visitor; 2]) -> Result<(), String> {
        let words = |error: BackendError| error.to_string();
        self.jitsi.end(&self.room).await.map_err(words)?;
        for person in people {
            person.put_out(&self.address).await.map_err(words)?;
        }
        Ok(())
    }

    /// The claims of the moderator under the signature of a participant.
    fn forged(&self) -> Result<Private<String>, String> {
        let signing = &self.jitsi.0.signing;
        let words = |error: BackendError| error.to_string();
        let moderator = signing.token(&self.room.id, MODERATOR, self.now).map_err(words)?;
        let participant = signing
            .token(&self.room.id, self.participant.as_str(), self.now)
            .map_err(words)?;
        let claims = moderator.expose().rsplit_once('.').map(|(claims, _)| claims);
        let signature = participant.expose().rsplit_once('.').map(|(_, signature)| signature);
        match (claims, signature) {
            (Some(claims), Some(signature)) => Ok(Private::new(format!("{claims}.{signature}"))),
            _ => Err("the token could not be changed".to_owned()),
        }
    }

    /// What is signed holds for minutes, so that a clock that is wrong looks like a signature that is.
    fn why_not_let_in(&self) -> String {
        match self.status.clock.and_then(|theirs| apart(theirs, self.now)) {
            Some(apart) => {
                format!(
                    "Jitsi does not accept our signature: its clock is {apart} the clock of this machine; set both from the network"
                )
            }
            None => "Jitsi does not accept our signature: it has to read our keys (cache_keys_url)".to_owned(),
        }
    }

    async fn visitor(&self, id: &str) -> Result<Visitor, String> {
        self.visitor_with(&Claims::of(&self.room.id, id, self.now)).await
    }

    async fn visitor_with(&self, claims: &Claims) -> Result<Visitor, String> {
        let token = self.jitsi.0.signing.sign(claims).map_err(|error| error.to_string())?;
        match Visitor::connect(self.jitsi, self.status, Some(&token)).await {
            Ok(visitor) => Ok(visitor),
            Err(Connected::NotLetIn) => Err(self.why_not_let_in()),
            Err(Connected::Failed(error)) => Err(error.to_string()),
        }
    }
}

fn refused<T>(answer: &Result<Result<T, String>, BackendError>) -> Result<(), String> {
    match answer {
        Ok(Err(_)) => Ok(()),
        Ok(Ok(_)) => Err("it is not refused".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
