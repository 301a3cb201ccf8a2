//! One TOML file becomes final types; every problem in it is named at once, with its line and its key.

mod backends;
mod bigbluebutton;
mod database;
mod durations;
mod jitsi;
mod platforms;
mod policy;
mod problem;
mod replica;
mod school;
mod section;
mod server;

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use lti13_tool::{Platform, RolePattern};
use url::Url;

pub use platforms::words as registration_words;
pub use problem::Problem;

use crate::backend::bigbluebutton::Algorithm;
use crate::backend::{Backend, Entry};
use crate::consultation::Limits;
use crate::private::Private;
use backends::Port;
use problem::Notes;
use section::Section;

/// Everything an administrator decides. There is no setting for a rule of the ministry: none of them can be switched off.
#[derive(Clone)]
pub struct Config {
    /// The origin people and platforms see; without a path.
    pub public_url: Url,
    pub listen: SocketAddr,
    /// Where Prometheus may ask for numbers; nowhere, unless written.
    pub metrics_listen: Option<SocketAddr>,
    /// `sqlite:FILE` or `postgres://…`; may hold a password.
    pub database: String,
    /// Notes the latest proven deletion outside the database, so that an older one is noticed.
    pub witness_file: Option<PathBuf>,
    pub key_file: PathBuf,
    pub tls: Option<Tls>,
    /// After the wish to stop, so long open talks in the room of this process may go on.
    pub stop_within: SignedDuration,
    pub replica: ReplicaSettings,
    pub school: School,
    pub policy: Policy,
    /// Those of the file; others are registered while the service runs, see [`crate::app::platforms`].
    pub platforms: Vec<Platform>,
    /// Private networks in which platforms that are not in the file may lie.
    pub platform_networks: Vec<IpNet>,
    pub backends: Vec<BackendSettings>,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
}

/// Certificate and key in PEM, when the service speaks TLS itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    pub certificate_file: PathBuf,
    pub key_file: PathBuf,
}

/// This process among others on one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicaSettings {
    pub name: String,
    /// The origin at which browsers reach this one alone.
    pub address: Option<Url>,
    /// How long the others believe that it lives, without hearing of it.
    pub lease: SignedDuration,
    /// There may be others.
    pub has_others: bool,
}

/// The school, as its name stands on the pages.
#[derive(Clone, Debug)]
pub struct School {
    pub name: String,
    pub time_zone: TimeZone,
    pub officer: Officer,
}

/// The data-protection officer (rule 10); there is at least one way to reach them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    pub name: String,
    pub email: Option<String>,
    pub telephone: Option<String>,
}

/// Who may begin a consultation, and how long things last.
#[derive(Clone, Debug)]
pub struct Policy {
    pub create_roles: Vec<RolePattern>,
    pub limits: Limits,
    /// How long the people who launched from a place are offered there by name.
    pub remember: SignedDuration,
    pub passkey: PasskeyPolicy,
}

/// Whether whoever begins consultations needs a passkey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PasskeyPolicy {
    #[default]
    Offered,
    /// Nothing can be begun without one.
    Required,
}

/// One video system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackendSettings {
    pub name: String,
    /// What people read where they choose; without it, the name of its kind.
    pub label: Option<String>,
    /// Issuers of the learning platforms whose talks may run on it; empty for all.
    pub platforms: Vec<String>,
    pub kind: BackendKind,
}

impl BackendSettings {
    /// One that every learning platform may use.
    pub fn new(name: &str, kind: BackendKind) -> Self {
        Self {
            name: name.to_owned(),
            label: None,
            platforms: Vec::new(),
            kind,
        }
    }

    /// What the running service knows of it.
    pub fn entry(&self, backend: Backend) -> Entry {
        Entry {
            name: self.name.clone(),
            label: self.label.clone(),
            platforms: self.platforms.clone(),
            backend,
        }
    }
}

/// The video systems there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackendKind {
    /// Inside this process: UDP sockets of the relay, and the addresses browsers are told (`turn:…`, `turns:…`).
    Embedded {
        udp: Vec<SocketAddr>,
        announce: Vec<String>,
    },
    /// BigBlueButton on another server.
    BigBlueButton(Box<BigBlueButtonSettings>),
    /// Jitsi Meet on another server, with our module in its Prosody.
    Jitsi(Box<JitsiSettings>),
}

/// How a Jitsi is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JitsiSettings {
    /// The origin that browsers open.
    pub url: Url,
    /// Where our module answers, ending with `/`.
    pub module_url: Url,
    pub key_file: PathBuf,
    /// From that file.
    pub key: Private<String>,
}

/// How a BigBlueButton is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BigBlueButtonSettings {
    /// The address of its interface, ending with `/api/`.
    pub url: Url,
    pub secret_file: PathBuf,
    /// From that file.
    pub secret: Private<String>,
    pub checksum: Algorithm,
    /// Features that may be used although each keeps data for a while.
    pub allow: Vec<&'static str>,
    /// Our own origin, where the server can open addresses of it.
    pub calls_back: Option<Url>,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the configuration file {} cannot be read", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("the configuration has {} problem(s)", .0.len())]
    Wrong(Vec<Problem>),
    #[error("the configuration asks for the name of this replica ({{replica}}); give it: serve --replica NAME")]
    Nameless,
}

impl Config {
    /// Reads a file. Relative paths in it start at its own folder.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = text(path)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).map_err(ConfigError::Wrong)
    }

    /// Reads the file for the process that serves under this name. Where the file asks for one, there must be one: two processes
    /// of one name would close each other's rooms.
    pub fn load_for(path: &Path, name: Option<&str>) -> Result<Self, ConfigError> {
        let text = text(path)?;
        if replica::is_nameless(&text, name) {
            return Err(ConfigError::Nameless);
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&replica::named(&text, name), folder).map_err(ConfigError::Wrong)
    }

    /// Reads the text of a file that lies in `folder`, or lists every problem from top to bottom.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, Vec<Problem>> {
        let text = &replica::named(text, None);
        let notes = Notes::new(text);
        let (table, errors) = toml::de::DeTable::parse_recoverable(text);
        for error in errors {
            notes.add(error.span().map_or(0, |span| span.start), "", error.message());
        }
        let config = read(&Section::root(table.get_ref(), &notes), folder);
        notes.conclude(config)
    }
}

/// Every key that reading this text asks for, as `school.name` or `backend.kind`; the documents are held against it.
pub fn keys(text: &str, folder: &Path) -> BTreeSet<String> {
    let notes = Notes::new(text);
    let (table, _) = toml::de::DeTable::parse_recoverable(text);
    // only what was asked for counts here
    let _ = read(&Section::root(table.get_ref(), &notes), folder);
    notes.asked()
}

impl fmt::Debug for Config {
    /// Without the address of the database, which may hold a password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Config")
            .field("public_url", &self.public_url.as_str())
            .field("listen", &self.listen)
            .finish_non_exhaustive()
    }
}

fn text(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

/// Every part is read before the first missing one ends it, so that no problem hides another. Where a part may be left out,
/// a wrong one counts as left out: its problem is noted, and [`Notes::conclude`] gives nothing out.
fn read(root: &Section<'_>, folder: &Path) -> Option<Config> {
    let public_url = server::public_url(root);
    let listen = server::listen(root);
    let metrics_listen = server::metrics_listen(root);
    let key_file = server::key_file(root, folder);
    let tls = server::tls(root, folder);
    let stop_within = server::stop_within(root);
    let replica = replica::replica(root);
    let trusted_proxies = server::trusted_proxies(root);
    let platform_networks = server::platform_networks(root);
    let database = database::database(root, folder);
    let witness_file = database::witness_file(root, folder, database.as_deref());
    let school = school::school(root);
    let policy = policy::policy(root, public_url.as_ref());
    let platforms = platforms::platforms(root);
    let port = match (&tls, &public_url) {
        (Some(_), _) => Port::Own,
        (_, Some(url)) if url.scheme() == "http" => Port::Own,
        _ => Port::Proxied,
    };
    let backends = backends::backends(root, folder, public_url.as_ref(), port);
    root.close();
    Some(Config {
        public_url: public_url?,
        listen,
        metrics_listen,
        database: database?,
        witness_file,
        key_file: key_file?,
        tls,
        stop_within,
        replica,
        school: school?,
        policy,
        platforms,
        platform_networks,
        backends: backends?,
        trusted_proxies,
    })
}
