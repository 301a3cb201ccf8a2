//! Runs the service until it is told to stop.

use std::io::{self, IsTerminal};

use clap::{Args, ValueEnum};
use sprechzimmer::config::Config;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::{CommandError, ConfigFile};

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    file: ConfigFile,
    #[command(flatten)]
    log: Log,
}

/// How the program speaks while it runs, on standard error; `RUST_LOG` sets how much (default: info).
#[derive(Debug, Args)]
pub(super) struct Log {
    /// The form of log lines.
    #[arg(long = "log", value_name = "FORM", value_enum, default_value_t = Form::Text)]
    form: Form,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Text,
    Json,
}

impl Serve {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let config = Config::load(&self.file.config)?;
        self.log.start();
        let stop = stop()?;
        let address = config.listen;
        let listener = TcpListener::bind(address)
            .await
            .map_err(|source| CommandError::Listen { address, source })?;
        tracing::info!(address = %listener.local_addr()?, public_url = %config.public_url, "serving");
        sprechzimmer::run(config, listener, stop).await?;
        tracing::info!("stopped");
        Ok(())
    }
}

const DEFAULT: &str = "info";
/// At `trace` this library writes whole frames of the room's sockets, with the names in them.
const QUIET: &str = "tungstenite=off";

impl Log {
    pub(super) fn start(&self) {
        let wanted = std::env::var(EnvFilter::DEFAULT_ENV).unwrap_or_else(|_| DEFAULT.to_owned());
        let filter = EnvFilter::try_new(format!("{wanted},{QUIET}"))
            .unwrap_or_else(|_| EnvFilter::new(format!("{DEFAULT},{QUIET}")));
        let lines = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(io::stderr().is_terminal())
            .with_writer(io::stderr);
        match self.form {
            Form::Text => lines.init(),
            Form::Json => lines.json().flatten_event(true).init(),
        }
    }
}

/// Completes when the process is asked to stop, by Ctrl-C or by the system.
pub(super) fn stop() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
