//! One instance from its configuration to its last breath.

mod alone;
mod farewell;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use futures_util::Stream;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use zeroize::Zeroizing;

use crate::app::App;
use crate::backend::embedded::certificate::Presented;
use crate::backend::embedded::{Embedded, OnePort, Settings};
use crate::backend::{Backend, Backends};
use crate::config::{BackendKind, Config};
use crate::consultation::Phase;
use crate::http::guard::Peer;
use crate::renewal::{Renewal, RenewalError};
use crate::restoration::{self, RestorationError};
use crate::store::{Store, StoreError};
use crate::vault::{Vault, VaultError};
use crate::{decisions, http, inspection, metrics, reaper, replicas, rotation, watch};
use alone::Alone;

pub use alone::NotAlone;

/// How long open pages may finish at the end.
const FAREWELL: Duration = Duration::from_secs(3);
/// How long the erasures may take that are under way then.
const LAST_ERASURES: Duration = Duration::from_secs(10);
/// How often it is asked which of our keys signs.
const HAND_OUT: Duration = Duration::from_mins(5);

/// Why an instance could not start, or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error("the file {} cannot be read", .0.display())]
    File(PathBuf, #[source] io::Error),
    #[error("the key file {} cannot be read; put it back, or, for a new installation only, make one with `sprechzimmer keys new`", .0.display())]
    KeyFile(PathBuf, #[source] io::Error),
    #[error("the key file cannot be used")]
    Vault(#[from] VaultError),
    #[error("the service cannot speak TLS: see [tls] in the configuration")]
    Certificate(#[from] RenewalError),
    #[error("the database cannot be used")]
    Store(#[from] StoreError),
    #[error(transparent)]
    NotAlone(#[from] NotAlone),
    #[error(
        "another process has taken the name of this replica, so this one has closed its rooms; \
         give each process a name of its own: [replica] name, or serve --replica NAME"
    )]
    Replaced,
    #[error("the database was not taken as it is")]
    Restoration(#[from] RestorationError),
    #[error("a port cannot be used")]
    Port(#[from] io::Error),
}

/// Serves until the first item of `stop`, and then for as long as open talks in the room of this process last, at most
/// `stop_within`; until the second item at the longest. Rooms that stood open in the database are made again; their people wait again.
pub async fn run(
    config: Config,
    listener: TcpListener,
    stop: impl Stream<Item = ()> + Send + 'static,
) -> Result<(), RunError> {
    let renewal = match &config.tls {
        Some(files) => Some(Renewal::begin(files).await?),
        None => None,
    };
    let tls = renewal.as_ref().map(Renewal::presented);
    let vault = vault(&config.key_file)?;
    let _alone = Alone::with(&config.database).await?;
    let numbers = match config.metrics_listen {
        Some(address) => Some(TcpListener::bind(address).await?),
        None => None,
    };
    let embedded = start_embedded(&config).await?;
    let port = OnePort::new(listener, tls.clone(), embedded.as_ref().map(Embedded::relay))?;
    let app = Arc::new(assemble(config, vault, embedded.clone(), tls).await?);
    restoration::refuse(&app.store, &app.witness).await?;
    app.platforms.renew(&app.store, clock()).await?;
    let address = app.replica.address().map(url::Url::as_str);
    app.store.take_name(&app.replica.holder, address).await?;
    app.store.take_up_orphans(&app.replica.holder, clock()).await?;
    restore(&app).await?;
    hand_out_key(&app).await;
    let reaper = tokio::spawn(reaper::run(app.clone()));
    let mut loops = start_loops(&app, embedded.as_ref());
    if let Some(renewal) = renewal {
        loops.spawn(renewal.run());
    }
    if let Some(numbers) = numbers {
        loops.spawn(metrics::serve(numbers, app.clone()));
    }
    let mut others = JoinSet::new();
    others.spawn(replicas::run(app.clone(), embedded.clone()));
    let service = http::router(app.clone()).into_make_service_with_connect_info::<Peer>();
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let (leaving, room) = (app.clone(), embedded.clone());
    let serving = axum::serve(port, service).with_graceful_shutdown(async move {
        farewell::until_time(&leaving, room.as_ref(), stop).await;
        // nobody listens only when the process is gone already
        let _ = stopping.send(());
    });
    tokio::select! {
        served = serving => served?,
        () = linger(stopped) => {}
        _ = others.join_next() => return Err(RunError::Replaced),
    }
    farewell::finished(reaper, LAST_ERASURES).await;
    loops.shutdown().await;
    others.shutdown().await;
    let rooms = embedded.as_ref().map_or(0, Embedded::rooms);
    app.store.hand_over(&app.replica.holder, rooms).await?;
    app.store.close().await;
    Ok(())
}

fn start_loops(app: &Arc<App>, embedded: Option<&Embedded>) -> JoinSet<()> {
    let mut loops = JoinSet::new();
    loops.spawn(watch::run(app.clone()));
    loops.spawn(inspection::run(app.clone()));
    loops.spawn(rotation::run(app.clone()));
    loops.spawn(decisions::run(app.clone()));
    loops.spawn(keep_handing_out(app.clone()));
    if let Some(embedded) = embedded {
        loops.spawn(forward(embedded.clone(), app.clone()));
    }
    loops
}

/// Live pages never finish by themselves, so they get only a moment.
async fn linger(stopped: tokio::sync::oneshot::Receiver<()>) {
    if stopped.await.is_ok() {
        tokio::time::sleep(FAREWELL).await;
    } else {
        std::future::pending::<()>().await;
    }
}

fn vault(file: &Path) -> Result<Vault, RunError> {
    match read(file) {
        Ok(text) => Ok(Vault::parse(&text)?),
        Err(RunError::File(path, source)) => Err(RunError::KeyFile(path, source)),
        Err(other) => Err(other),
    }
}

async fn assemble(
    config: Config,
    vault: Vault,
    embedded: Option<Embedded>,
    tls: Option<Presented>,
) -> Result<App, RunError> {
    let store = Store::connect(&config.database, Arc::new(vault)).await?;
    let backends = config.backends.iter().filter_map(|settings| {
        let backend = match &settings.kind {
            BackendKind::Embedded { .. } => Backend::Embedded(embedded.clone()?),
            BackendKind::BigBlueButton(settings) => Backend::BigBlueButton(settings.backend()),
            BackendKind::Jitsi(settings) => Backend::Jitsi(settings.backend()),
        };
        Some(settings.entry(backend))
    });
    let backends = Backends::new(backends.collect());
    let mut app = App::new(config, store, backends);
    app.certificate = tls;
    Ok(app)
}

async fn start_embedded(config: &Config) -> Result<Option<Embedded>, RunError> {
    let mut kinds = config.backends.iter().map(|settings| &settings.kind);
    let found = kinds.find_map(|kind| match kind {
        BackendKind::Embedded { udp, announce } => Some((udp, announce)),
        BackendKind::BigBlueButton(_) | BackendKind::Jitsi(_) => None,
    });
    let Some((udp, announce)) = found else {
        return Ok(None);
    };
    let settings = Settings {
        udp: udp.clone(),
        announce: announce.clone(),
        replica: config.replica.name.clone(),
        ..Settings::default()
    };
    Ok(Some(Embedded::start(settings).await?))
}

/// The rooms of this process died with the one before it. Their consultations go on: the same room is made again, empty.
async fn restore(app: &App) -> Result<(), RunError> {
    let now = clock();
    for (id, _) in app.store.living(Timestamp::MIN).await? {
        let consultation = app.store.load(&id).await?.consultation;
        let Phase::Open(opened) = &consultation.phase else {
            continue;
        };
        let Ok(Backend::Embedded(embedded)) = app.backends.named(&consultation.backend) else {
            continue;
        };
        // one that lived in another process is looked after by whoever finds that process gone
        if !embedded.is_own(&opened.room) {
            continue;
        }
        app.store.void_tickets(&id).await?;
        app.store
            .change(&id, |kept| {
                kept.consultation.all_back(now);
                Ok(())
            })
            .await?;
        // it is only refused when it exists already
        let _ = embedded.create(&opened.room.id);
        tracing::info!(consultation = %id, "room made again after a restart");
    }
    Ok(())
}

/// The key that signs changes from time to time.
async fn keep_handing_out(app: Arc<App>) {
    loop {
        tokio::time::sleep(HAND_OUT).await;
        hand_out_key(&app).await;
    }
}

/// Gives our key to the video systems whose ways in are signed with it.
async fn hand_out_key(app: &App) {
    for configured in app.backends.iter() {
        let Backend::Jitsi(jitsi) = &configured.backend else {
            continue;
        };
        match app.own_keys.signing(&app.store, clock()).await {
            Ok(key) => jitsi.sign_with(key),
            Err(error) => tracing::error!(
                error = &error as &dyn std::error::Error,
                "there is no key to sign ways in with"
            ),
        }
    }
}

async fn forward(embedded: Embedded, app: Arc<App>) {
    let mut changed = embedded.changed();
    while changed.changed().await.is_ok() {
        app.look.notify_one();
    }
}

fn read(path: &Path) -> Result<Zeroizing<String>, RunError> {
    std::fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|error| RunError::File(path.to_owned(), error))
}

impl Connected<IncomingStream<'_, OnePort>> for Peer {
    fn connect_info(stream: IncomingStream<'_, OnePort>) -> Self {
        Self(*stream.remote_addr())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the start and the loops of the process read the clock"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
