//! Runs the service until it is told to stop.

use std::io::{self, IsTerminal};

use clap::{Args, ValueEnum};
use futures_util::Stream;
use futures_util::stream::unfold;
use sprechzimmer::config::Config;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::{Targets, filter_fn};
use tracing_subscriber::fmt::{self, writer::BoxMakeWriter};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::{CommandError, ConfigFile};

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    file: ConfigFile,
    /// Which one of several processes on one database this is; stands for `{replica}` in the configuration.
    #[arg(long, value_name = "NAME")]
    replica: Option<String>,
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
        let config = Config::load_for(&self.file.config, self.replica.as_deref())?;
        self.log.start();
        let stop = stop()?;
        let address = config.listen;
        let listener = TcpListener::bind(address)
            .await
            .map_err(|source| CommandError::Listen { address, source })?;
        tracing::info!(address = %listener.local_addr()?, public_url = %config.public_url, "serving");
        Box::pin(sprechzimmer::run(config, listener, stop)).await?;
        tracing::info!("stopped");
        Ok(())
    }
}

const DEFAULT: Level = Level::INFO;

impl Log {
    pub(super) fn start(&self) {
        let wanted = std::env::var("RUST_LOG").unwrap_or_else(|_| DEFAULT.to_string());
        let colours = io::stderr().is_terminal();
        self.lines(&wanted, colours, BoxMakeWriter::new(io::stderr)).init();
    }

    /// What `wanted` asks for, written to `writer`.
    fn lines(&self, wanted: &str, colours: bool, writer: BoxMakeWriter) -> Box<dyn Subscriber + Send + Sync> {
        let filter: Targets = wanted.parse().unwrap_or_else(|_| Targets::new().with_default(DEFAULT));
        let sieve = tracing_subscriber::registry().with(filter).with(filter_fn(may_speak));
        let lines = fmt::layer().with_ansi(colours).with_writer(writer);
        match self.form {
            Form::Text => Box::new(sieve.with(lines)),
            Form::Json => Box::new(sieve.with(lines.json().flatten_event(true))),
        }
    }
}

/// Below a warning, libraries write whatever passes through them: whole frames of the room's sockets, with the names in them.
/// Only we ourselves are asked for more, whatever `RUST_LOG` says.
fn may_speak(metadata: &Metadata<'_>) -> bool {
    metadata.target().starts_with("sprechzimmer") || *metadata.level() <= Level::WARN
}

/// An item for each time the process is asked to stop, by Ctrl-C or by the system.
pub(super) fn stop() -> io::Result<impl Stream<Item = ()> + Send + 'static> {
    let signals = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(unfold(signals, async |(mut interrupt, mut terminate)| {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Some(((), (interrupt, terminate)))
    }))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn no_level_that_is_asked_for_makes_a_library_write_what_passes_through_it() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for form in [Form::Text, Form::Json] {
            let writer = BoxMakeWriter::new(file.reopen().unwrap());
            let lines = Log { form }.lines("trace,tungstenite::protocol=trace", false, writer);
            tracing::subscriber::with_default(lines, || {
                tracing::trace!(target: "tungstenite::protocol", "frame with Mia in it");
                tracing::debug!(target: "sqlx::query", "row with Mia in it");
                tracing::trace!(target: "sprechzimmer::watch", "ours");
                tracing::warn!(target: "hyper", "theirs");
            });
        }
        let written = fs::read_to_string(file.path()).unwrap();
        assert!(!written.contains("Mia"), "{written}");
        assert!(written.contains("ours") && written.contains("theirs"), "{written}");
    }
}
