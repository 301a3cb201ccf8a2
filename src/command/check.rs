//! Looks at everything the service will need, changes nothing, and names every problem at once.

use std::fmt;
use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use futures_util::future::join_all;
use jiff::Timestamp;
use lti13_tool::{KeySet, Platform};
use sprechzimmer::app::witness::Witness;
use sprechzimmer::backend::embedded::certificate::{Certificate, Standing};
use sprechzimmer::backend::{bigbluebutton, clock, jitsi};
use sprechzimmer::config::{
    BackendKind, BackendSettings, BigBlueButtonSettings, Config, ConfigError, JitsiSettings, Tls,
};
use sprechzimmer::outgoing::Outgoing;
use sprechzimmer::restoration::{self, RestorationError};
use sprechzimmer::store::{SchemaState, Store, StoredPlatform};
use sprechzimmer::vault::Vault;
use zeroize::Zeroizing;

use super::{CommandError, chain, say};

/// What was found; each finding is one line.
#[derive(Default)]
struct Report {
    fine: usize,
    notes: usize,
    problems: usize,
}

impl Report {
    fn fine(&mut self, what: impl fmt::Display) -> Result<(), CommandError> {
        self.fine += 1;
        say(format_args!("ok       {what}"))
    }

    /// Worth a thought, but the service can run.
    fn note(&mut self, what: impl fmt::Display) -> Result<(), CommandError> {
        self.notes += 1;
        say(format_args!("note     {what}"))
    }

    fn problem(&mut self, what: impl fmt::Display) -> Result<(), CommandError> {
        self.problems += 1;
        say(format_args!("problem  {what}"))
    }
}

pub(super) async fn check(path: &Path) -> Result<(), CommandError> {
    let mut report = Report::default();
    match Config::load(path) {
        Ok(config) => everything(&config, &mut report).await?,
        Err(ConfigError::Wrong(problems)) => {
            for problem in problems {
                report.problem(format_args!("{}, {problem}", path.display()))?;
            }
        }
        Err(error) => report.problem(chain(&error))?,
    }
    match report.problems {
        0 => say(format_args!(
            "All good: {} checks passed, {} note(s).",
            report.fine, report.notes
        )),
        problems => Err(CommandError::Problems(problems)),
    }
}

/// Reads the key file.
pub(super) fn vault(path: &Path) -> Result<Vault, CommandError> {
    let text = fs::read_to_string(path).map_err(|source| CommandError::File {
        what: "the key file cannot be read:",
        path: path.to_owned(),
        source,
    })?;
    Ok(Vault::parse(&Zeroizing::new(text))?)
}

async fn everything(config: &Config, report: &mut Report) -> Result<(), CommandError> {
    report.fine(format_args!("configuration for {}", config.public_url))?;
    let vault = key_file(&config.key_file, report)?;
    let registered = database(config, vault, report).await?;
    if let Some(tls) = &config.tls {
        certificate(tls, report)?;
    } else if config.public_url.scheme() == "https" && config.trusted_proxies.is_empty() {
        report.note(
            "public_url is https, but there is neither [tls] nor trusted_proxies: \
             behind a proxy, name it, or everybody shares the limits of one address",
        )?;
    }
    port(config.listen, "TCP", TcpListener::bind(config.listen).map(drop), report)?;
    for backend in &config.backends {
        examine(config, backend, report).await?;
        match &backend.kind {
            BackendKind::Embedded { udp, announce } => relay(udp, announce, report)?,
            BackendKind::BigBlueButton(settings) => bigbluebutton(settings, report).await?,
            BackendKind::Jitsi(settings) => jitsi(settings, report)?,
        }
    }
    let platforms = all_platforms(config, &registered);
    allowed(config, &platforms, report)?;
    answers(&platforms, report).await
}

fn relay(udp: &[SocketAddr], announce: &[String], report: &mut Report) -> Result<(), CommandError> {
    for socket in udp {
        port(*socket, "UDP", UdpSocket::bind(socket).map(drop), report)?;
    }
    if announce.iter().all(|url| url.ends_with("udp")) {
        report.note(
            "the relay is announced over UDP only: people in networks without UDP will neither see nor hear anybody; \
             let the service speak TLS itself ([tls]), or announce a way over TCP",
        )?;
    }
    Ok(())
}

/// What no call of the interface can switch off or delete is the part of whoever runs the server.
async fn bigbluebutton(settings: &BigBlueButtonSettings, report: &mut Report) -> Result<(), CommandError> {
    secret_file(&settings.secret_file, report)?;
    for part in bigbluebutton::OPERATORS_PART {
        report.note(format_args!("on the server of BigBlueButton: {part}"))?;
    }
    if settings.calls_back.is_none() {
        report.note(
            "calls_back = false: the switches of BigBlueButton's own lobby stay visible to the moderator there; \
             set `dynamicGuestPolicy: false` in /etc/bigbluebutton/bbb-html5.yml",
        )?;
    }
    match settings.backend().clock().await.and_then(apart) {
        Some(apart) => report.note(format_args!(
            "the clock of BigBlueButton is {apart} the clock of this machine: its logs tell other times than our records"
        )),
        None => Ok(()),
    }
}

/// What the module in its Prosody cannot do is the part of whoever runs the server.
fn jitsi(settings: &JitsiSettings, report: &mut Report) -> Result<(), CommandError> {
    secret_file(&settings.key_file, report)?;
    for part in jitsi::OPERATORS_PART {
        report.note(format_args!("on the server of Jitsi: {part}"))?;
    }
    Ok(())
}

/// The self-test of a video system, and what it lacks.
async fn examine(config: &Config, settings: &BackendSettings, report: &mut Report) -> Result<(), CommandError> {
    let name = &settings.name;
    let outcome = super::backend::examine(config, settings).await?;
    for step in &outcome.steps {
        if let Some(failed) = &step.failed {
            report.problem(format_args!("video system {name}: {}: {failed}", step.does))?;
        }
    }
    let lacks = outcome.lacks();
    for demand in &lacks {
        report.problem(format_args!(
            "video system {name}, rule {}: not shown: {}",
            demand.rule, demand.words
        ))?;
    }
    if lacks.is_empty() {
        report.fine(format_args!(
            "video system {name} keeps every rule, as tried out with a throwaway room"
        ))?;
    }
    Ok(())
}

fn key_file(path: &Path, report: &mut Report) -> Result<Option<Vault>, CommandError> {
    secret_file(path, report)?;
    match vault(path) {
        Ok(vault) => {
            report.fine(format_args!("key file {}", path.display()))?;
            Ok(Some(vault))
        }
        Err(error) => {
            report.problem(format_args!(
                "{} (make one with `sprechzimmer keys new`)",
                chain(&error)
            ))?;
            Ok(None)
        }
    }
}

/// Only its owner and the group of the service may read it, and only the owner may change it: that is how systemd and
/// Kubernetes hand out secrets. That it cannot be read at all is said by who needs it.
fn secret_file(path: &Path, report: &mut Report) -> Result<(), CommandError> {
    match fs::metadata(path) {
        Ok(file) if file.permissions().mode() & 0o027 != 0 => report.problem(format_args!(
            "{} can be read or changed by others; write: chmod 600 {}",
            path.display(),
            path.display()
        )),
        _ => Ok(()),
    }
}

/// Looks without touching: the schema is brought up to date by `serve`, not here.
/// Answers the platforms that are registered there.
async fn database(
    config: &Config,
    vault: Option<Vault>,
    report: &mut Report,
) -> Result<Vec<StoredPlatform>, CommandError> {
    let state = match Store::inspect(&config.database).await {
        Ok(state) => state,
        Err(error) => {
            report.problem(chain(&error))?;
            return Ok(Vec::new());
        }
    };
    let mut registered = Vec::new();
    match (state, vault) {
        (SchemaState::New, _) => report.fine("database, still empty"),
        (SchemaState::Older, _) => {
            report.fine("database, of an older version; it is brought up to date at the next start")
        }
        (SchemaState::Newer, _) => report.problem("the database is of a newer version of this program"),
        (SchemaState::Current, None) => report.fine("database"),
        (SchemaState::Current, Some(vault)) => match fits(config, vault).await {
            Ok(platforms) => {
                registered = platforms;
                report.fine("database, and the key file fits")
            }
            Err(error) => report.problem(chain(&error)),
        },
    }?;
    Ok(registered)
}

/// Whether the key file opens what the database holds, and whether it is the one that was used last.
async fn fits(config: &Config, vault: Vault) -> Result<Vec<StoredPlatform>, RestorationError> {
    let store = Store::connect(&config.database, Arc::new(vault)).await?;
    store.signing_keys().await?;
    let platforms = store.platforms().await?;
    let standing = restoration::look(&store, &Witness::new(config.witness_file.clone())).await?;
    store.close().await;
    standing.accepted().map(|()| platforms)
}

fn certificate(tls: &Tls, report: &mut Report) -> Result<(), CommandError> {
    secret_file(&tls.key_file, report)?;
    let mut read = |path: &Path| match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) => report
            .problem(format_args!("{} cannot be read: {error}", path.display()))
            .map(|()| None),
    };
    let (certificates, key) = (read(&tls.certificate_file)?, read(&tls.key_file)?.map(Zeroizing::new));
    let (Some(certificates), Some(key)) = (certificates, key) else {
        return Ok(());
    };
    let certificate = match Certificate::from_pem(&certificates, &key) {
        Ok(certificate) => certificate,
        Err(error) => return report.problem(format_args!("[tls]: {}", chain(&error))),
    };
    let Certificate { begins, ends, .. } = &certificate;
    match certificate.standing(now()) {
        Standing::Valid => report.fine(format_args!("certificate and its key, valid until {ends}")),
        Standing::EndsSoon => report.note(format_args!(
            "the certificate ends within 14 days, at {ends}: renew it; the service takes the new one up by itself"
        )),
        Standing::Ended => report.problem(format_args!("the certificate has expired at {ends}: no browser comes in")),
        Standing::NotYetValid => report.problem(format_args!(
            "the certificate is valid from {begins} only: no browser comes in before; is the clock of this machine right?"
        )),
    }
}

fn port(address: SocketAddr, kind: &str, bound: io::Result<()>, report: &mut Report) -> Result<(), CommandError> {
    match bound {
        Ok(()) => report.fine(format_args!("{kind} port {address} is free")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => report.note(format_args!(
            "{kind} port {address} is in use; that is right if Sprechzimmer is running already"
        )),
        Err(error) => report.problem(format_args!("{kind} port {address} cannot be used: {error}")),
    }
}

fn all_platforms(config: &Config, registered: &[StoredPlatform]) -> Vec<Platform> {
    let registered = registered
        .iter()
        .filter_map(|platform| Platform::new(platform.registration.clone()).ok());
    config.platforms.iter().cloned().chain(registered).collect()
}

/// Which video system may be used from which learning platform.
fn allowed(config: &Config, platforms: &[Platform], report: &mut Report) -> Result<(), CommandError> {
    for platform in platforms {
        let issuer = platform.issuer();
        let serves = |backend: &&BackendSettings| backend.platforms.is_empty() || names(backend, issuer);
        if !config.backends.iter().any(|backend| serves(&backend)) {
            report.problem(format_args!(
                "no video system may be used by {issuer}: nobody can begin a consultation there; name it at a [[backend]]"
            ))?;
        }
    }
    for backend in &config.backends {
        let unknown = |issuer: &&String| platforms.iter().all(|platform| platform.issuer() != issuer.as_str());
        for issuer in backend.platforms.iter().filter(unknown) {
            report.note(format_args!(
                "video system {} is for {issuer}, which is no registered learning platform",
                backend.name
            ))?;
        }
    }
    Ok(())
}

fn names(backend: &BackendSettings, issuer: &str) -> bool {
    backend.platforms.iter().any(|named| named == issuer)
}

async fn answers(platforms: &[Platform], report: &mut Report) -> Result<(), CommandError> {
    let outgoing = Outgoing::default();
    if platforms.is_empty() {
        report.note("no learning platform is registered yet; see `sprechzimmer platform --help`")?;
    }
    let asked = platforms.iter().map(|platform| outgoing.read(platform.keys_url()));
    for (platform, answer) in platforms.iter().zip(join_all(asked).await) {
        let url = platform.keys_url();
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                report.problem(format_args!("{url}: {}", chain(&error)))?;
                continue;
            }
        };
        let told = match KeySet::parse(answer.body.expose()) {
            Err(error) => report.problem(format_args!("{url}: {error}")),
            Ok(keys) if keys.is_empty() => report.problem(format_args!("{url}: no key for RS256 or ES256 among them")),
            Ok(keys) => report.fine(format_args!("{url} answers with {} usable key(s)", keys.len())),
        };
        told?;
        if let Some(clock) = answer.date {
            clocks(platform.issuer(), clock, report)?;
        }
    }
    Ok(())
}

fn clocks(issuer: &str, theirs: Timestamp, report: &mut Report) -> Result<(), CommandError> {
    match apart(theirs) {
        None => Ok(()),
        Some(apart) => report.problem(format_args!(
            "the clock of {issuer} is {apart} the clock of this machine; with more than a minute no launch succeeds"
        )),
    }
}

/// As "90 s ahead of", where another clock is wrong by more than it may be.
fn apart(theirs: Timestamp) -> Option<String> {
    clock::apart(theirs, now())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the clock for what it calls"
)]
fn now() -> Timestamp {
    Timestamp::now()
}
