//! One room as a pure state machine: who sits in it, who hears of whom, and when a seat is given up.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::protocol::{Admitted, ClientFrame, Farewell, Ice, MediaState, Peer, ServerFrame, seat_id, seat_kind};
use super::relay::{Credential, Group, HolderId};
use crate::backend::Occupant;
use crate::participant::Seat;
use crate::private::{Private, Secret, SecretHash};

/// Every picture is encoded once per peer: more people than this a laptop does not carry.
pub(super) const SEATS: usize = 6;
/// How long a seat waits for a lost connection to come back.
const KEPT: Duration = Duration::from_secs(15);

/// One socket; numbers are never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Client(pub(super) u64);

/// What is to be done after an event, in this order.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Send(Client, String),
    /// The last thing this client hears.
    Close(Client, Farewell),
    /// These relay credentials are over.
    Cut(HolderId),
}

/// Somebody who comes in, with everything random made beforehand.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) client: Client,
    pub(super) seat: Seat,
    pub(super) name: Private<String>,
    pub(super) credential: Credential,
    pub(super) resume: Secret,
}

#[derive(Debug)]
pub(super) struct Room {
    group: Group,
    /// As announced to browsers.
    urls: Arc<[String]>,
    grace: Duration,
    places: Vec<Place>,
    /// Counts while somebody is here without a connected moderator.
    moderator_gone: Option<Instant>,
    violations: u64,
}

#[derive(Debug)]
struct Place {
    seat: Seat,
    name: Private<String>,
    credential: Credential,
    resume: SecretHash,
    line: Line,
    media: Option<MediaState>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Connected(Client),
    Lost(Instant),
}

impl Room {
    pub(super) fn new(group: Group, urls: Arc<[String]>, grace: Duration) -> Self {
        Self {
            group,
            urls,
            grace,
            places: Vec::with_capacity(SEATS),
            moderator_gone: None,
            violations: 0,
        }
    }

    pub(super) fn group(&self) -> Group {
        self.group
    }

    pub(super) fn seats(&self) -> usize {
        self.places.len()
    }

    pub(super) fn violations(&self) -> u64 {
        self.violations
    }

    pub(super) fn occupants(&self) -> Vec<Occupant> {
        let occupant = |place: &Place| Occupant::seated(place.seat.clone(), place.client().is_some());
        self.places.iter().map(occupant).collect()
    }

    /// Somebody admitted takes their seat; the same person's older tab loses it.
    pub(super) fn enter(&mut self, now: Instant, entry: Entry) -> Result<Vec<Effect>, Farewell> {
        let mut effects = Vec::new();
        self.give_up(now, &entry.seat, Farewell::Replaced, &mut effects);
        if self.places.len() >= SEATS {
            return Err(Farewell::Denied);
        }
        let Entry {
            client,
            seat,
            name,
            credential,
            resume,
        } = entry;
        let joined = ServerFrame::PeerJoined(Peer::new(&seat, &name)).text();
        effects.extend(self.to_others(&seat, &joined));
        let line = Line::Connected(client);
        let place = Place {
            seat,
            name,
            credential,
            resume: resume.hash(),
            line,
            media: None,
        };
        effects.extend(self.welcome(client, &place, &resume));
        self.places.push(place);
        self.watch_moderator(now);
        Ok(effects)
    }

    pub(super) fn kept_seat(&self, key: &SecretHash) -> Option<Seat> {
        let mut places = self.places.iter();
        places
            .find(|place| place.resume == *key)
            .map(|place| place.seat.clone())
    }

    /// A lost connection comes back to its kept seat, with a new key; the relay credentials go on.
    pub(super) fn resume(
        &mut self,
        now: Instant,
        key: &SecretHash,
        client: Client,
        next: &Secret,
    ) -> Result<Vec<Effect>, Farewell> {
        let kept = self
            .places
            .iter()
            .position(|place| place.resume == *key)
            .ok_or(Farewell::Denied)?;
        let mut place = self.places.remove(kept);
        let mut effects = Vec::new();
        // The server may not have noticed yet that the old connection is gone.
        effects.extend(place.client().map(|old| Effect::Close(old, Farewell::Replaced)));
        place.line = Line::Connected(client);
        place.resume = next.hash();
        effects.extend(self.welcome(client, &place, next));
        effects.extend(
            self.to_others(
                &place.seat,
                &ServerFrame::PeerBack {
                    id: seat_id(&place.seat),
                }
                .text(),
            ),
        );
        self.places.push(place);
        self.watch_moderator(now);
        Ok(effects)
    }

    /// A frame of somebody in the room; `None` stands for whatever the protocol does not know. Either that or what is not for
    /// this seat costs the seat.
    pub(super) fn frame(&mut self, now: Instant, client: Client, frame: Option<ClientFrame>) -> Vec<Effect> {
        let Some(sender) = self.places.iter_mut().find(|place| place.client() == Some(client)) else {
            return Vec::new();
        };
        let seat = sender.seat.clone();
        let frame = frame.filter(|frame| is_theirs(&seat, frame));
        if let Some(ClientFrame::State { d }) = &frame {
            sender.media = Some(*d);
        }
        let from = seat_id(&seat);
        match frame {
            Some(ClientFrame::Signal { to, d }) => self.to_one(&seat, &to, &ServerFrame::Signal { from, d }),
            Some(ClientFrame::Code { to, d }) => self.to_one(&seat, &to, &ServerFrame::Code { from, d }),
            Some(ClientFrame::State { d }) => self.to_others(&seat, &ServerFrame::State { from, d }.text()),
            Some(ClientFrame::Leave {}) => self.part(now, &seat, Farewell::Left),
            None => {
                self.violations += 1;
                self.part(now, &seat, Farewell::Denied)
            }
        }
    }

    /// The socket is gone without a word: the seat is kept for a while.
    pub(super) fn lost(&mut self, now: Instant, client: Client) -> Vec<Effect> {
        let Some(place) = self.places.iter_mut().find(|place| place.client() == Some(client)) else {
            return Vec::new();
        };
        place.line = Line::Lost(now);
        let seat = place.seat.clone();
        self.watch_moderator(now);
        self.to_others(&seat, &ServerFrame::PeerAway { id: seat_id(&seat) }.text())
    }

    /// This seat is given up for good: left, sent back or turned away.
    pub(super) fn part(&mut self, now: Instant, seat: &Seat, farewell: Farewell) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.give_up(now, seat, farewell, &mut effects);
        effects
    }

    /// Time passes: kept seats run out, and without a moderator everybody returns to the waiting room.
    pub(super) fn tick(&mut self, now: Instant) -> Vec<Effect> {
        let over = |place: &&Place| matches!(place.line, Line::Lost(since) if now.duration_since(since) >= KEPT);
        let seats: Vec<Seat> = self
            .places
            .iter()
            .filter(over)
            .map(|place| place.seat.clone())
            .collect();
        let mut effects = Vec::new();
        for seat in seats {
            self.give_up(now, &seat, Farewell::Returned, &mut effects);
        }
        if self
            .moderator_gone
            .is_some_and(|since| now.duration_since(since) >= self.grace)
        {
            effects.extend(self.close(Farewell::Returned));
        }
        effects
    }

    /// Everybody goes. The room is as empty as a new one.
    pub(super) fn close(&mut self, farewell: Farewell) -> Vec<Effect> {
        self.moderator_gone = None;
        self.places.drain(..).flat_map(|place| place.end(farewell)).collect()
    }

    fn give_up(&mut self, now: Instant, seat: &Seat, farewell: Farewell, effects: &mut Vec<Effect>) {
        let Some(index) = self.places.iter().position(|place| place.seat == *seat) else {
            return;
        };
        effects.extend(self.places.remove(index).end(farewell));
        effects.extend(self.to_others(seat, &ServerFrame::PeerLeft { id: seat_id(seat) }.text()));
        self.watch_moderator(now);
    }

    fn welcome(&self, client: Client, place: &Place, resume: &Secret) -> Vec<Effect> {
        let admitted = ServerFrame::Admitted(Admitted {
            id: seat_id(&place.seat),
            name: place.name.expose(),
            seat: seat_kind(&place.seat),
            peers: self
                .places
                .iter()
                .map(|peer| Peer::new(&peer.seat, &peer.name))
                .collect(),
            ice: Ice::new(&self.urls, place.credential.username(), place.credential.password()),
            resume: resume.expose(),
        });
        let states = self.places.iter().filter_map(|peer| {
            let state = ServerFrame::State {
                from: seat_id(&peer.seat),
                d: peer.media?,
            };
            Some(Effect::Send(client, state.text()))
        });
        std::iter::once(Effect::Send(client, admitted.text()))
            .chain(states)
            .collect()
    }

    /// To a peer that has just gone, or is away, nothing: the sender has heard of it or is about to.
    fn to_one(&self, from: &Seat, to: &str, frame: &ServerFrame<'_>) -> Vec<Effect> {
        let peer = self
            .places
            .iter()
            .find(|place| seat_id(&place.seat) == to && place.seat != *from);
        let client = peer.and_then(Place::client);
        client
            .map(|client| Effect::Send(client, frame.text()))
            .into_iter()
            .collect()
    }

    fn to_others(&self, from: &Seat, text: &str) -> Vec<Effect> {
        let others = self
            .places
            .iter()
            .filter(|place| place.seat != *from)
            .filter_map(Place::client);
        others.map(|client| Effect::Send(client, text.to_owned())).collect()
    }

    fn watch_moderator(&mut self, now: Instant) {
        let here = self
            .places
            .iter()
            .any(|place| place.seat == Seat::Moderator && place.client().is_some());
        if here || self.places.is_empty() {
            self.moderator_gone = None;
        } else {
            self.moderator_gone.get_or_insert(now);
        }
    }
}

impl Place {
    fn client(&self) -> Option<Client> {
        match self.line {
            Line::Connected(client) => Some(client),
            Line::Lost(_) => None,
        }
    }

    /// Relay first: when the client hears of it, nothing flows any more.
    fn end(self, farewell: Farewell) -> Vec<Effect> {
        let cut = Effect::Cut(self.credential.holder());
        std::iter::once(cut)
            .chain(self.client().map(|client| Effect::Close(client, farewell)))
            .collect()
    }
}

/// Only the moderator shares a screen.
fn is_theirs(seat: &Seat, frame: &ClientFrame) -> bool {
    match (seat, frame) {
        (Seat::Participant(_), ClientFrame::State { d }) => !d.screen,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
