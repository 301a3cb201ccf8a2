//! What the program can be told to do, and how it answers.

mod admin;
mod backend;
mod check;
mod demo;
mod keys;
mod passkey;
mod platform;
mod serve;

use std::fmt;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use sprechzimmer::RunError;
use sprechzimmer::app::own_keys::OwnKeyError;
use sprechzimmer::backend::systems;
use sprechzimmer::config::ConfigError;
use sprechzimmer::demo::DemoError;
use sprechzimmer::restoration::RestorationError;
use sprechzimmer::store::StoreError;
use sprechzimmer::vault::VaultError;

/// Confidential school counselling by video, started from the school's learning platform.
///
/// Exit codes: 0 all is well, 1 something is wrong and was named, 2 the command line was not understood.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try everything out: the service with temporary data, and a simulated learning platform beside it.
    Demo(demo::RunDemo),
    /// Run the service.
    Serve(serve::Serve),
    /// Look for everything that is wrong: the file, its keys, the database, the ports and every learning platform.
    Check(ConfigFile),
    /// The key that encrypts every name in the database, and the ones by which learning platforms know us.
    #[command(subcommand)]
    Keys(Keys),
    /// The learning platforms.
    #[command(subcommand)]
    Platform(Platform),
    /// The video systems.
    #[command(subcommand)]
    Backend(Backend),
    /// The passkeys of those who begin consultations.
    #[command(subcommand)]
    Passkey(Passkey),
    /// Deletions that are pending and those that are proven, what administrators have decided, and what is to be done after a backup
    /// was put back. Nothing shows who talks to whom.
    #[command(subcommand)]
    Admin(Admin),
}

#[derive(Debug, Args)]
struct ConfigFile {
    /// The configuration.
    #[arg(long, value_name = "FILE", default_value = "sprechzimmer.toml")]
    config: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Keys {
    /// Make a key file that only its owner can read.
    New(keys::New),
    /// Renew the keys that sign what we send to learning platforms, before their time.
    Rotate(keys::Rotate),
}

#[derive(Debug, Subcommand)]
enum Platform {
    /// List them, with their deployments and the addresses to enter there.
    List(ConfigFile),
    /// Print a link by which an administrator of a learning platform registers it; it works once, within 24 hours.
    Invite(platform::Invite),
    /// Register one by hand.
    Add(platform::Add),
    /// Accept launches from a deployment of a registered platform.
    Approve(platform::Approve),
    /// Forget one that was registered by a command or a link.
    Remove(platform::Remove),
}

#[derive(Debug, Subcommand)]
enum Backend {
    /// Try out with throwaway rooms, and without anybody's data, whether it keeps the rules.
    Test(backend::Test),
    /// Print what is known of each video system, and what it would need to be accepted.
    Systems,
}

#[derive(Debug, Subcommand)]
enum Passkey {
    /// Let somebody in again who has lost their passkey or their browser. Make sure first that it is really them who asks.
    Reset(passkey::Reset),
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// List what has ended and is not yet proven to be gone, with what stands in the way.
    Pending(admin::PendingList),
    /// List the records of deletions, the latest first, or export them; no person is in them.
    Records(admin::records::RecordsList),
    /// List what administrators have decided, the latest first; no name is in it.
    Acts(passkey::ActsList),
    /// After a backup of the database was put back: nothing of it comes to life again.
    AfterRestore(admin::restore::AfterRestore),
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the key file cannot be used")]
    Vault(#[from] VaultError),
    #[error("our signing keys cannot be used")]
    OwnKey(#[from] OwnKeyError),
    #[error("{what} {}", path.display())]
    File {
        what: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error("the address {address} cannot be listened on")]
    Listen { address: SocketAddr, source: io::Error },
    #[error(transparent)]
    Run(#[from] RunError),
    #[error(transparent)]
    Demo(#[from] DemoError),
    #[error("there is no video system of the name {0}; known are: {1}")]
    NoBackend(String, String),
    #[error("this number is not known, was used, or is older than 30 minutes")]
    NoNumber,
    #[error("no platform, or more than one, is meant by {0}; known are: {1}")]
    NoPlatform(String, String),
    #[error("{0} stands in the configuration file; change it there")]
    Configured(String),
    #[error("a deployment has 1 to 255 characters without umlauts; copy it exactly as the platform shows it")]
    NoDeployment,
    #[error("the operating system gave no random numbers")]
    Random,
    #[error(
        "there is no demonstration on a Jitsi: its pages, its video bridge and its Prosody belong to Jitsi Meet, and none of them is part of \
         this program; name a Jitsi of your own in a [[backend]], and try it out with `sprechzimmer backend test NAME`"
    )]
    NoJitsiDemo,
    #[error(transparent)]
    Restoration(#[from] RestorationError),
    #[error("{}, line {line}: is no record of a deletion; give what `sprechzimmer admin records --export json` has written", path.display())]
    NoRecord { path: PathBuf, line: usize },
    #[error("the record {0} cannot be read")]
    Unreadable(String),
    #[error("{0} problem(s)")]
    Problems(usize),
    #[error("the answer could not be written")]
    Output(#[from] io::Error),
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        match self.command.run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                complain(&error);
                ExitCode::FAILURE
            }
        }
    }
}

impl Command {
    fn run(self) -> Result<(), CommandError> {
        match self {
            Self::Demo(demo) => block_on(demo.run()),
            Self::Serve(serve) => block_on(serve.run()),
            Self::Check(file) => block_on(check::check(&file.config)),
            Self::Keys(Keys::New(new)) => new.run(),
            Self::Keys(Keys::Rotate(rotate)) => block_on(rotate.run()),
            Self::Platform(Platform::List(file)) => block_on(platform::list(&file)),
            Self::Platform(Platform::Invite(invite)) => block_on(invite.run()),
            Self::Platform(Platform::Add(add)) => block_on(add.run()),
            Self::Platform(Platform::Approve(approve)) => block_on(approve.run()),
            Self::Platform(Platform::Remove(remove)) => block_on(remove.run()),
            Self::Backend(Backend::Test(test)) => block_on(test.run()),
            Self::Backend(Backend::Systems) => say(systems::page().trim_end()),
            Self::Passkey(Passkey::Reset(reset)) => block_on(reset.run()),
            Self::Admin(Admin::Pending(pending)) => block_on(pending.run()),
            Self::Admin(Admin::Records(records)) => block_on(records.run()),
            Self::Admin(Admin::Acts(acts)) => block_on(acts.run()),
            Self::Admin(Admin::AfterRestore(after)) => block_on(after.run()),
        }
    }
}

fn block_on<T>(work: impl Future<Output = Result<T, CommandError>>) -> Result<T, CommandError> {
    tokio::runtime::Runtime::new()?.block_on(work)
}

/// One line on standard output.
fn say(line: impl fmt::Display) -> Result<(), CommandError> {
    Ok(writeln!(io::stdout().lock(), "{line}")?)
}

/// An error with its causes on standard error; every problem of a configuration on a line of its own.
fn complain(error: &CommandError) {
    let mut lines = Vec::new();
    if let CommandError::Config(ConfigError::Wrong(problems)) = error {
        lines.extend(problems.iter().map(ToString::to_string));
    }
    lines.push(chain(error));
    for line in lines {
        // where nobody listens there is nobody to tell
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
}

/// An error with its causes, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        let words = deeper.to_string();
        if !text.ends_with(&words) {
            text = format!("{text}: {words}");
        }
        cause = deeper.source();
    }
    text
}
