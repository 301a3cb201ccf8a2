//! One TCP port for the pages and the relay: the first byte a client sends tells which of the two it wants.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio::time;

use super::certificate::Presented;
use super::connection::{Connection, Wire};
use super::relay::Relay;

/// For the TLS handshake and the first byte after it.
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections of all kinds at once; more wait in the queue of the operating system.
const CONNECTIONS: usize = 8192;
/// Connections that HTTP has not taken over yet.
const READY: usize = 64;

/// A listener for [`axum::serve()`] that keeps the relay's connections to itself.
///
/// Works with and without TLS: no request of HTTP begins with the bytes 0 to 3, every STUN message does (RFC 8489 §5).
#[derive(Debug)]
pub struct OnePort {
    ready: mpsc::Receiver<(Connection, SocketAddr)>,
    local: SocketAddr,
    accepting: JoinHandle<()>,
}

impl OnePort {
    /// Starts accepting. Without a relay every connection is HTTP.
    pub fn new(listener: TcpListener, tls: Option<Presented>, relay: Option<Relay>) -> io::Result<Self> {
        let local = listener.local_addr()?;
        let (sender, ready) = mpsc::channel(READY);
        let door = Door {
            tls,
            relay,
            pages: Some(sender),
            patience: PATIENCE,
        };
        Ok(Self {
            ready,
            local,
            accepting: tokio::spawn(door.accept(listener)),
        })
    }
}

impl Drop for OnePort {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Listener for OnePort {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        match self.ready.recv().await {
            Some(accepted) => accepted,
            None => std::future::pending().await, // only when the runtime shuts down
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.local)
    }
}

/// Only the relay, without pages: for a TCP port of its own.
pub(super) async fn relay_only(listener: TcpListener, relay: Relay) {
    Door {
        tls: None,
        relay: Some(relay),
        pages: None,
        patience: PATIENCE,
    }
    .accept(listener)
    .await;
}

#[derive(Clone)]
struct Door {
    tls: Option<Presented>,
    relay: Option<Relay>,
    pages: Option<mpsc::Sender<(Connection, SocketAddr)>>,
    patience: Duration,
}

impl Door {
    async fn accept(self, listener: TcpListener) {
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut connections = tokio::task::JoinSet::new();
        loop {
            let Ok(place) = places.clone().acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((stream, remote)) => {
                    let door = self.clone();
                    connections.spawn(async move { door.enter(stream, remote, place).await });
                }
                // Out of file descriptors, for example: waiting helps, ending does not.
                Err(_) => time::sleep(Duration::from_millis(200)).await,
            }
            while connections.try_join_next().is_some() {}
        }
    }

    async fn enter(self, stream: TcpStream, remote: SocketAddr, place: OwnedSemaphorePermit) {
        let Ok(Ok((connection, Some(first)))) = time::timeout(self.patience, self.greet(stream, place)).await else {
            return;
        };
        match (first, self.relay, self.pages) {
            (0x00..=0x03, Some(relay), _) => relay.serve(remote, connection).await,
            (_, _, Some(pages)) => {
                let _closed_at_shutdown = pages.send((connection, remote)).await;
            }
            _ => {}
        }
    }

    async fn greet(&self, stream: TcpStream, place: OwnedSemaphorePermit) -> io::Result<(Connection, Option<u8>)> {
        stream.set_nodelay(true)?;
        let wire = match &self.tls {
            Some(tls) => Wire::Tls(Box::new(tls.acceptor().accept(stream).await?)),
            None => Wire::Plain(stream),
        };
        let mut connection = Connection::new(wire, place);
        let first = connection.first_byte().await?;
        Ok((connection, first))
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt as _;

    use super::*;

    #[tokio::test]
    async fn a_connection_that_says_nothing_is_closed() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (pages, mut ready) = mpsc::channel(1);
        let door = Door {
            tls: None,
            relay: None,
            pages: Some(pages),
            patience: Duration::from_millis(1),
        };
        let accepting = tokio::spawn(door.accept(listener));
        let mut silent = TcpStream::connect(address).await.unwrap();
        assert_eq!(silent.read(&mut [0]).await.unwrap(), 0);
        assert!(ready.try_recv().is_err());
        accepting.abort();
    }
}
