//! Which of several processes on one database this is, and where the room of a talk is to be found.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use url::Url;

use super::App;
use crate::backend::embedded::holder_of;
use crate::backend::{BackendError, Occupant, View};
use crate::config::ReplicaSettings;
use crate::error::Failure;
use crate::id::{ConsultationId, Room};
use crate::participant::Seat;
use crate::store::{Holder, StoreError, Whereabouts};

/// Where the room page opens its connection, on whichever process the page was made.
const SOCKET: &str = "/room/socket";

/// This process among the others.
#[derive(Debug)]
pub struct Replica {
    pub holder: Holder,
    /// The origin at which browsers reach this one alone.
    address: Option<Url>,
    /// There may be others: what this one can no longer vouch for, they take over.
    pub has_others: bool,
    /// Live pages at the others, as last read.
    pages: Mutex<HashSet<(ConsultationId, Seat)>>,
}

impl Replica {
    pub fn new(settings: &ReplicaSettings) -> Self {
        Self {
            holder: Holder {
                name: settings.name.clone(),
                term: settings.lease.unsigned_abs(),
            },
            address: settings.address.clone(),
            has_others: settings.has_others,
            pages: Mutex::default(),
        }
    }

    pub fn address(&self) -> Option<&Url> {
        self.address.as_ref()
    }
}

/// Where a room page connects to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Socket {
    /// An address, or a path on the origin of the page.
    pub address: String,
    /// The other origin that the page has to be allowed to connect to.
    pub origin: Option<String>,
}

impl App {
    /// The room lives in one process; the page connects to that one, wherever the page itself came from.
    pub async fn socket_of(&self, room: &Room) -> Result<Socket, Failure> {
        let address = match holder_of(room) {
            Some(name) if name != self.replica.holder.name => match self.store.whereabouts(name).await? {
                Whereabouts::Living(address) => address,
                Whereabouts::Gone => return Err(BackendError::NoRoom.into()),
            },
            _ => self.replica.address.as_ref().map(Url::to_string),
        };
        let url = address.and_then(|address| Url::parse(&address).ok());
        Ok(url.map_or_else(here, |url| at(&url)))
    }

    /// Whether somebody has a live page open, at this process or at another one.
    pub fn is_present(&self, consultation: &ConsultationId, seat: &Seat) -> bool {
        let elsewhere = || {
            let pages = self.replica.pages.lock().unwrap_or_else(PoisonError::into_inner);
            pages.contains(&(consultation.clone(), seat.clone()))
        };
        self.live.is_present(consultation, seat) || elsewhere()
    }

    /// Reads who has a live page open at the others.
    pub async fn look_at_pages(&self) -> Result<(), StoreError> {
        let pages = self.store.pages_elsewhere(&self.replica.holder).await?;
        *self.replica.pages.lock().unwrap_or_else(PoisonError::into_inner) = pages.into_iter().collect();
        Ok(())
    }

    /// Keeps what is seen of a room in this process for the others.
    pub async fn keep_sighting(&self, of: &ConsultationId, view: &View) -> Result<(), StoreError> {
        let seen: Vec<(Seat, bool)> = view.occupants.iter().filter_map(Occupant::seat).collect();
        self.store.keep_sighting(of, &seen).await
    }

    /// What another process has seen of a room that lives there.
    pub async fn sighting(&self, of: &ConsultationId) -> Option<View> {
        let seen = self.store.sighting(of).await.ok()??;
        let occupants = seen
            .into_iter()
            .map(|(seat, connected)| Occupant::seated(seat, connected));
        Some(View::of(occupants.collect()))
    }
}

fn here() -> Socket {
    Socket {
        address: SOCKET.to_owned(),
        origin: None,
    }
}

fn at(url: &Url) -> Socket {
    let mut url = url.clone();
    let scheme = if url.scheme() == "https" { "wss" } else { "ws" };
    // both are web schemes, so one can always be set for the other
    let _ = url.set_scheme(scheme);
    url.set_path(SOCKET);
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    Socket {
        origin: Some(format!("{scheme}://{}{port}", url.host_str().unwrap_or_default())),
        address: url.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_elsewhere_is_connected_to_at_the_address_of_its_process() {
        let socket = at(&"https://sprechzimmer-1.schule.example".parse().unwrap());
        assert_eq!(socket.address, "wss://sprechzimmer-1.schule.example/room/socket");
        assert_eq!(socket.origin.unwrap(), "wss://sprechzimmer-1.schule.example");
        let near = at(&"http://localhost:8081/".parse().unwrap());
        assert_eq!(near.origin.unwrap(), "ws://localhost:8081");
        assert_eq!(here().address, "/room/socket");
    }
}
