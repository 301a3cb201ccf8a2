//! A way to PostgreSQL that can be cut at any message: before the server has it, or when the server has done it and nobody knows yet.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::Notify;
use url::Url;

use crate::databases::Database;

/// Where a message is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The server never gets it.
    Before,
    /// The server carries it out, and its answer goes nowhere.
    After,
}

/// The way, while it is open.
pub(crate) struct Wire {
    /// As the configuration takes it.
    pub(crate) url: String,
    cut: Arc<Cut>,
}

/// When the way is cut: after so many more messages; never while negative.
struct Cut {
    messages: AtomicI64,
    after: AtomicBool,
    fallen: AtomicBool,
    happened: Notify,
    /// What every message takes longer, in milliseconds.
    delay: AtomicU64,
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
        let cut = Arc::new(Cut {
            messages: AtomicI64::new(-1),
            after: AtomicBool::new(false),
            fallen: AtomicBool::new(false),
            happened: Notify::new(),
            delay: AtomicU64::new(0),
        });
        let own = cut.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = UnixStream::connect(&socket).await.unwrap();
                tokio::spawn(carry(client, server, own.clone()));
            }
        });
        Self { url: url.into(), cut }
    }

    /// Cuts the way at the message of this number from now on.
    pub(crate) fn cut_at(&self, message: u32, side: Side) {
        self.cut.after.store(side == Side::After, Ordering::SeqCst);
        self.cut.messages.store(i64::from(message), Ordering::SeqCst);
    }

    /// From now on every message takes so much longer.
    pub(crate) fn slow_down(&self, delay: Duration) {
        let delay = u64::try_from(delay.as_millis()).unwrap();
        self.cut.delay.store(delay, Ordering::SeqCst);
    }

    /// Waits until it is cut; nothing comes through any more.
    pub(crate) async fn is_cut(&self) {
        self.cut.happened.notified().await;
    }

    /// For the next process.
    pub(crate) fn mend(&self) {
        self.cut.messages.store(-1, Ordering::SeqCst);
        self.cut.fallen.store(false, Ordering::SeqCst);
    }
}

impl Cut {
    /// Whether this message is the one.
    fn falls_here(&self) -> bool {
        let here = self.messages.load(Ordering::SeqCst) >= 0 && self.messages.fetch_sub(1, Ordering::SeqCst) == 0;
        if here {
            self.fallen.store(true, Ordering::SeqCst);
            self.happened.notify_one();
        }
        here
    }

    fn has_fallen(&self) -> bool {
        self.fallen.load(Ordering::SeqCst)
    }
}

/// Carries one connection. A connection that was open when the way was cut stays silent until its process has gone.
async fn carry(client: TcpStream, server: UnixStream, cut: Arc<Cut>) {
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
        () = questions(from_client, to_server, &cut) => {}
    }
}

/// Ends when the process has gone, or has closed the connection.
async fn questions(mut from: tokio::net::tcp::OwnedReadHalf, mut to: tokio::net::unix::OwnedWriteHalf, cut: &Cut) {
    let mut is_first = true;
    let mut is_dead = false;
    while let Some(message) = message(&mut from, is_first).await {
        is_first = false;
        // what makes the server act: a simple query, or the end of an extended one
        let acts = matches!(message.first(), Some(b'Q' | b'S')) && message.len() < 1 << 20;
        is_dead = is_dead || cut.has_fallen();
        let here = acts && !is_dead && cut.falls_here();
        if (here && !cut.after.load(Ordering::SeqCst)) || is_dead {
            is_dead = true;
            continue;
        }
        if acts {
            tokio::time::sleep(Duration::from_millis(cut.delay.load(Ordering::SeqCst))).await;
        }
        if to.write_all(&message).await.is_err() {
            return;
        }
        is_dead = is_dead || here;
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
