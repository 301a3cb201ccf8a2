//! A way to PostgreSQL that can be cut at any message: before the server has it, or when the server has done it and nobody knows yet.

mod cut;
mod web;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use url::Url;

use crate::databases::Database;
use cut::Cut;

pub(crate) use cut::Side;
pub(crate) use web::WebWire;

/// The way, while it is open.
pub(crate) struct Wire {
    /// As the configuration takes it.
    pub(crate) url: String,
    cut: Arc<Cut>,
    /// What every message takes longer, in milliseconds.
    delay: Arc<AtomicU64>,
}

impl Wire {
    pub(crate) async fn to(database: &Database) -> Self {
        let mut url: Url = database.url.parse().unwrap();
        let folder = url.query_pairs().find(|(key, _)| key == "host").unwrap().1.into_owned();
        let socket = PathBuf::from(folder).join(".s.PGSQL.5432");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        url.set_query(Some("sslmode=disable"));
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let (cut, delay) = (Arc::new(Cut::default()), Arc::new(AtomicU64::new(0)));
        let own = (cut.clone(), delay.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = UnixStream::connect(&socket).await.unwrap();
                tokio::spawn(carry(client, server, own.0.clone(), own.1.clone()));
            }
        });
        Self {
            url: url.into(),
            cut,
            delay,
        }
    }

    /// Cuts the way at the message of this number from now on.
    pub(crate) fn cut_at(&self, message: u32, side: Side) {
        self.cut.set(message, side);
    }

    /// From now on every message takes so much longer.
    pub(crate) fn slow_down(&self, delay: Duration) {
        let delay = u64::try_from(delay.as_millis()).unwrap();
        self.delay.store(delay, Ordering::SeqCst);
    }

    /// Waits until it is cut; nothing comes through any more.
    pub(crate) async fn is_cut(&self) {
        self.cut.has_happened().await;
    }

    /// For the next process.
    pub(crate) fn mend(&self) {
        self.cut.mend();
    }
}

/// Carries one connection. A connection that was open when the way was cut stays silent until its process has gone.
async fn carry(client: TcpStream, server: UnixStream, cut: Arc<Cut>, delay: Arc<AtomicU64>) {
    let (from_client, mut to_client) = client.into_split();
    let (mut from_server, to_server) = server.into_split();
    let answers = {
        let cut = cut.clone();
        async move {
            let mut bytes = vec![0; 16 * 1024];
            while let Ok(length) = from_server.read(&mut bytes).await {
                if length == 0 || cut.has_fallen() || to_client.write_all(&bytes[..length]).await.is_err() {
                    break;
                }
            }
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = answers => {}
        () = questions(from_client, to_server, (&cut, &delay)) => {}
    }
}

/// Ends when the process has gone, or has closed the connection.
async fn questions(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::unix::OwnedWriteHalf,
    (cut, delay): (&Cut, &AtomicU64),
) {
    let mut is_first = true;
    let mut is_dead = false;
    while let Some(message) = message(&mut from, is_first).await {
        is_first = false;
        // what makes the server act: a simple query, or the end of an extended one
        let acts = matches!(message.first(), Some(b'Q' | b'S')) && message.len() < 1 << 20;
        is_dead = is_dead || cut.has_fallen();
        let side = if acts && !is_dead { cut.falls_here() } else { None };
        if side.is_some() {
            cut.tell();
        }
        if is_dead || side.is_some_and(|side| side != Side::After) {
            is_dead = true;
            continue;
        }
        if acts {
            tokio::time::sleep(Duration::from_millis(delay.load(Ordering::SeqCst))).await;
        }
        if to.write_all(&message).await.is_err() {
            return;
        }
        is_dead = is_dead || side.is_some();
    }
}

/// One message of the protocol (PostgreSQL documentation, "Message Formats"): a letter, except for the first one, and a length.
async fn message(from: &mut tokio::net::tcp::OwnedReadHalf, is_first: bool) -> Option<Vec<u8>> {
    let letters = usize::from(!is_first);
    let mut message = vec![0; letters + 4];
    from.read_exact(&mut message).await.ok()?;
    let length = u32::from_be_bytes(message[letters..].try_into().unwrap());
    let begun = message.len();
    message.resize(letters + usize::try_from(length).unwrap(), 0);
    from.read_exact(&mut message[begun..]).await.ok()?;
    Some(message)
}
