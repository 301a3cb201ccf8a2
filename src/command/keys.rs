//! Makes key files, adds a key to one, and renews the keys by which platforms know us.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use sprechzimmer::app::own_keys::{self, Renewal};
use sprechzimmer::app::random;
use sprechzimmer::config::Config;
use sprechzimmer::id::ActId;
use sprechzimmer::store::{Decision, SigningKey, Store};
use sprechzimmer::vault::Vault;
use zeroize::Zeroizing;

use super::{CommandError, ConfigFile, check, say};

const HEADER: &str = "# The keys of Sprechzimmer: whoever has them can read the names in the database.\n\
    # Keep a copy apart from the backups of the database. The last line encrypts, older lines still decrypt.\n";

#[derive(Debug, Args)]
pub(super) struct New {
    /// The key file.
    #[arg(long, value_name = "FILE", default_value = "sprechzimmer.key")]
    file: PathBuf,
    /// Add a further key to an existing file; from the next start on it encrypts.
    #[arg(long)]
    rotate: bool,
}

impl New {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let mut options = OpenOptions::new();
        let (what, number, text) = if self.rotate {
            let number = self.newest()? + 1;
            options.append(true);
            ("the key file cannot be written:", number, String::new())
        } else {
            options.write(true).create_new(true).mode(0o600);
            ("the key file cannot be made:", 1, HEADER.to_owned())
        };
        let mut random = Zeroizing::new([0; 32]);
        aws_lc_rs::rand::fill(random.as_mut_slice()).map_err(|_| CommandError::Random)?;
        let line = Zeroizing::new(format!("{text}{}", Vault::key_line(number, &random)));
        let written = options.open(&self.file).and_then(|mut file| {
            file.write_all(line.as_bytes())?;
            file.sync_all()
        });
        written.map_err(|source| self.failed(what, source))?;
        let path = self.file.display();
        if self.rotate {
            say(format_args!(
                "Key {number} was added to {path}. It encrypts from the next start on; keep the older lines."
            ))
        } else {
            say(format_args!(
                "{path} was made. Keep a copy apart from the backups of the database."
            ))
        }
    }

    /// The number of the newest key of an existing file that can be read as a whole.
    fn newest(&self) -> Result<u32, CommandError> {
        let text =
            fs::read_to_string(&self.file).map_err(|source| self.failed("the key file cannot be read:", source))?;
        let text = Zeroizing::new(text);
        let newest = Vault::parse(&text)?.newest();
        if text.ends_with('\n') {
            Ok(newest)
        } else {
            let source = io::Error::other("its last line does not end; add an empty line");
            Err(self.failed("the key file cannot be written:", source))
        }
    }

    fn failed(&self, what: &'static str, source: io::Error) -> CommandError {
        let path = self.file.clone();
        CommandError::File { what, path, source }
    }
}

#[derive(Debug, Args)]
pub(super) struct Rotate {
    #[command(flatten)]
    file: ConfigFile,
    /// Somebody else has the key: withdraw it at once, even if a platform refuses us until it has looked for the new one.
    #[arg(long)]
    stolen: bool,
}

impl Rotate {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let config = Config::load(&self.file.config)?;
        let vault = check::vault(&config.key_file)?;
        let store = Store::connect(&config.database, Arc::new(vault)).await?;
        let renewal = if self.stolen { Renewal::Stolen } else { Renewal::Routine };
        #[expect(
            clippy::disallowed_methods,
            reason = "the command line reads the clock for what it calls"
        )]
        let now = Timestamp::now();
        let keys = own_keys::renew(&store, renewal, now).await?;
        let act = if self.stolen { "keys-withdrawn" } else { "keys-rotated" };
        let id = ActId::new(random());
        store.note(act, &Decision { id, at: now }).await?;
        store.close().await;
        let signs_until = keys.iter().skip(1).map(|key| Some(key.signs_from));
        for (key, until) in keys.iter().zip(signs_until.chain([None])) {
            say(line(key, until, now))?;
        }
        say(format_args!(
            "A service that is running publishes this within {} minutes.",
            own_keys::KNOWN_FOR.as_mins()
        ))
    }
}

/// One key, and what it is good for.
fn line(key: &SigningKey, until: Option<Timestamp>, now: Timestamp) -> String {
    let SigningKey { kid, signs_from, .. } = key;
    match until {
        Some(until) if until <= now => {
            let gone = until.saturating_add(own_keys::AFTER).unwrap_or(until);
            format!("{kid}  signed until {until:.0}, is published until {gone:.0}")
        }
        _ if *signs_from <= now => format!("{kid}  signs since {signs_from:.0}"),
        _ => format!("{kid}  will sign from {signs_from:.0}"),
    }
}
