//! A small XMPP client over WebSocket (RFC 7395), as a participant's browser is one; the self-test goes in with it.

use std::collections::VecDeque;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::{SinkExt, StreamExt};
use roxmltree::{Document, Node};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Message, protocol::WebSocketConfig};

const FRAMING: &str = "urn:ietf:params:xml:ns:xmpp-framing";
const SASL: &str = "urn:ietf:params:xml:ns:xmpp-sasl";
const BIND: &str = "urn:ietf:params:xml:ns:xmpp-bind";
const MUC: &str = "http://jabber.org/protocol/muc";
const MUC_USER: &str = "http://jabber.org/protocol/muc#user";
const STANZA_ERRORS: &str = "urn:ietf:params:xml:ns:xmpp-stanzas";
/// No stanza of interest is longer, in bytes.
const LONGEST: usize = 64 * 1024;
/// What nobody has asked for is forgotten beyond this number of stanzas.
const REMEMBERED: usize = 200;

/// Why a conversation came to nothing. No variant repeats what the server wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmppError {
    #[error("the server has hung up")]
    Closed,
    #[error("the server said something that is no XMPP")]
    Garbled,
    #[error("the server does not let this person connect")]
    NotLetIn,
}

/// Who connects.
#[derive(Clone, Copy)]
pub enum Account<'a> {
    /// Nobody by name: the token in the address of the socket says who.
    Anonymous,
    Named {
        name: &'a str,
        password: &'a str,
    },
}

impl fmt::Debug for Account<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[account]")
    }
}

/// One element as it came from the server, well-formed.
#[derive(Clone, PartialEq, Eq)]
pub struct Stanza(String);

impl fmt::Debug for Stanza {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[stanza]")
    }
}

impl Stanza {
    /// Looks at the element; `None` where it has no such thing.
    pub fn read<T>(&self, look: impl FnOnce(Node<'_, '_>) -> Option<T>) -> Option<T> {
        let document = Document::parse(&self.0).ok()?;
        look(document.root_element())
    }

    pub fn is(&self, name: &str) -> bool {
        self.read(|root| (root.tag_name().name() == name).then_some(()))
            .is_some()
    }

    pub fn attribute(&self, name: &str) -> Option<String> {
        self.read(|root| root.attribute(name).map(str::to_owned))
    }

    /// An attribute of the first element of this name, at any depth.
    pub fn within(&self, element: &str, attribute: &str) -> Option<String> {
        self.read(|root| {
            let mut found = root
                .descendants()
                .filter(|node| node.has_tag_name(element) || node.tag_name().name() == element);
            found.find_map(|node| node.attribute(attribute).map(str::to_owned))
        })
    }

    /// The text of the first element of this name, at any depth.
    pub fn text(&self, element: &str) -> Option<String> {
        self.read(|root| {
            let mut found = root.descendants().filter(|node| node.tag_name().name() == element);
            found.find_map(|node| node.text().map(str::to_owned))
        })
    }

    pub fn holds(&self, element: &str) -> bool {
        self.read(|root| {
            root.descendants()
                .find(|node| node.tag_name().name() == element)
                .map(drop)
        })
        .is_some()
    }

    /// The condition of an error (RFC 6120 §8.3.3), such as `not-allowed`.
    pub fn error(&self) -> Option<String> {
        self.read(|root| {
            let error = root.children().find(|node| node.tag_name().name() == "error")?;
            let condition = error
                .children()
                .find(|node| node.tag_name().namespace() == Some(STANZA_ERRORS))?;
            Some(condition.tag_name().name().to_owned())
        })
    }

    /// A status code of a room (XEP-0045 §15.6): 110 is one's own presence, 307 a kick.
    pub fn has_status(&self, code: &str) -> bool {
        self.read(|root| {
            let mut statuses = root
                .descendants()
                .filter(|node| node.has_tag_name((MUC_USER, "status")));
            statuses.find(|status| status.attribute("code") == Some(code)).map(drop)
        })
        .is_some()
    }
}

/// How one stands in a room one has come into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub affiliation: String,
    pub role: String,
}

/// Somebody who is connected.
#[derive(Debug)]
pub struct Client<S> {
    socket: WebSocketStream<S>,
    /// The full address that the server has given.
    pub address: String,
    unread: VecDeque<Stanza>,
    asked: u32,
}

/// Limits for the socket of a [`Client`].
pub fn limits() -> WebSocketConfig {
    WebSocketConfig::default()
        .max_message_size(Some(LONGEST))
        .max_frame_size(Some(LONGEST))
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    /// Connects over a socket on which nothing was said yet.
    pub async fn connect(socket: WebSocketStream<S>, domain: &str, account: Account<'_>) -> Result<Self, XmppError> {
        let mut client = Self {
            socket,
            address: String::new(),
            unread: VecDeque::new(),
            asked: 0,
        };
        client.begin(domain).await?;
        let (mechanism, initial) = match account {
            Account::Anonymous => ("ANONYMOUS", String::new()),
            Account::Named { name, password } => ("PLAIN", STANDARD.encode(format!("\0{name}\0{password}"))),
        };
        client
            .say(&format!(
                "<auth xmlns='{SASL}' mechanism='{mechanism}'>{initial}</auth>"
            ))
            .await?;
        let answer = client
            .hear(|stanza| stanza.is("success") || stanza.is("failure"))
            .await?;
        if answer.is("failure") {
            return Err(XmppError::NotLetIn);
        }
        client.begin(domain).await?;
        let bound = client.ask("set", None, &format!("<bind xmlns='{BIND}'/>")).await?;
        client.address = bound.text("jid").ok_or(XmppError::NotLetIn)?;
        Ok(client)
    }

    async fn begin(&mut self, domain: &str) -> Result<(), XmppError> {
        self.say(&format!("<open xmlns='{FRAMING}' to='{domain}' version='1.0'/>"))
            .await?;
        self.hear(|stanza| stanza.is("features")).await?;
        Ok(())
    }

    /// Sends one element as it is.
    pub async fn say(&mut self, xml: &str) -> Result<(), XmppError> {
        self.socket
            .send(Message::text(xml))
            .await
            .map_err(|_| XmppError::Closed)
    }

    /// The next element that is meant; what came before is kept for later.
    pub async fn hear(&mut self, meant: impl Fn(&Stanza) -> bool) -> Result<Stanza, XmppError> {
        if let Some(place) = self.unread.iter().position(&meant) {
            return self.unread.remove(place).ok_or(XmppError::Garbled);
        }
        loop {
            let stanza = self.next().await?;
            if meant(&stanza) {
                return Ok(stanza);
            }
            if self.unread.len() == REMEMBERED {
                self.unread.pop_front();
            }
            self.unread.push_back(stanza);
        }
    }

    async fn next(&mut self) -> Result<Stanza, XmppError> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    Document::parse(&text).map_err(|_| XmppError::Garbled)?;
                    return Ok(Stanza(text.as_str().to_owned()));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Binary(_) | Message::Frame(_))) => return Err(XmppError::Garbled),
                None | Some(Err(_) | Ok(Message::Close(_))) => return Err(XmppError::Closed),
            }
        }
    }

    /// Asks by an `iq` of this kind (`get` or `set`) and hears the answer, which may be an error.
    pub async fn ask(&mut self, kind: &str, to: Option<&str>, body: &str) -> Result<Stanza, XmppError> {
        self.asked += 1;
        let id = format!("q{}", self.asked);
        let to = to.map(|to| format!(" to='{to}'")).unwrap_or_default();
        self.say(&format!(
            "<iq xmlns='jabber:client' type='{kind}' id='{id}'{to}>{body}</iq>"
        ))
        .await?;
        self.hear(|stanza| stanza.is("iq") && stanza.attribute("id").as_deref() == Some(&id))
            .await
    }

    /// Goes into a room (XEP-0045 §7.2); the answer is one's own presence there, or the condition of the refusal.
    pub async fn join(&mut self, room: &str, nick: &str) -> Result<Result<Standing, String>, XmppError> {
        self.join_as(room, nick, "").await
    }

    /// The same with more in the presence, such as a name.
    pub async fn join_as(&mut self, room: &str, nick: &str, more: &str) -> Result<Result<Standing, String>, XmppError> {
        let seat = format!("{room}/{nick}");
        // what was heard of an earlier stay is no answer
        self.unread
            .retain(|stanza| stanza.attribute("from").as_deref() != Some(&seat));
        self.say(&format!(
            "<presence xmlns='jabber:client' to='{seat}'><x xmlns='{MUC}'/>{more}</presence>"
        ))
        .await?;
        let answer = self
            .hear(|stanza| {
                let from = stanza.attribute("from");
                let error = stanza.attribute("type").as_deref() == Some("error");
                let own = stanza.has_status("110") && stanza.attribute("type").is_none();
                let of_room = from.as_deref() == Some(room) || from.as_deref() == Some(&seat);
                stanza.is("presence") && (own && from.as_deref() == Some(&seat) || error && of_room)
            })
            .await?;
        Ok(match answer.error() {
            Some(condition) => Err(condition),
            None => Ok(Standing {
                affiliation: answer.within("item", "affiliation").unwrap_or_default(),
                role: answer.within("item", "role").unwrap_or_default(),
            }),
        })
    }

    /// Waits until one is put out of a room.
    pub async fn put_out(&mut self, room: &str) -> Result<Stanza, XmppError> {
        self.hear(|stanza| {
            let from = stanza.attribute("from").unwrap_or_default();
            stanza.is("presence")
                && stanza.attribute("type").as_deref() == Some("unavailable")
                && stanza.has_status("110")
                && from.split('/').next() == Some(room)
        })
        .await
    }
}

/// Text for an attribute in quotes, or between tags.
pub fn escaped(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut whole, character| {
            match character {
                '&' => whole.push_str("&amp;"),
                '<' => whole.push_str("&lt;"),
                '>' => whole.push_str("&gt;"),
                '\'' => whole.push_str("&apos;"),
                '"' => whole.push_str("&quot;"),
                other => whole.push(other),
            }
            whole
        })
}
