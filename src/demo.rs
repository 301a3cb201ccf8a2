//! The service to try out: temporary data, and beside it a small learning platform with the people of a school.

pub mod bigbluebutton;
mod lms;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use futures_util::Stream;
use i18n_embed_fl::fl;
use lti13_tool::Platform;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

use crate::app::random;
use crate::backend::bigbluebutton::Algorithm;
use crate::config::{BackendKind, BackendSettings, BigBlueButtonSettings, Config, Problem};
use crate::id::hex;
use crate::page::Language;
use crate::private::Private;
use crate::run::{RunError, run};
use crate::vault::Vault;
use bigbluebutton::FakeServer;
use lms::School;

/// Two ports of this machine: to a browser, `localhost` and `127.0.0.1` are two sites, as a school and its service are.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub port: u16,
    pub lms_port: u16,
    pub video: Video,
}

/// Where the talks of the demonstration run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Video {
    /// In the room inside the service.
    #[default]
    Embedded,
    /// On a simulated BigBlueButton at this port.
    BigBlueButton(u16),
}

/// Why there is no demonstration.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("port {0} cannot be used; choose another one")]
    Port(u16, #[source] io::Error),
    #[error("there is no room for temporary data")]
    Folder(#[source] io::Error),
    #[error("the demonstration's own configuration is wrong: {0:?}")]
    Config(Vec<Problem>),
    #[error(transparent)]
    Run(#[from] RunError),
}

/// A demonstration whose ports are taken; everything it keeps vanishes with it.
#[derive(Debug)]
pub struct Demo {
    config: Config,
    service: TcpListener,
    lms: TcpListener,
    school: School,
    video: Option<(TcpListener, FakeServer)>,
    folder: TempDir,
}

impl Demo {
    /// Takes the ports; 0 takes any.
    pub async fn prepare(options: Options) -> Result<Self, DemoError> {
        let (service, port) = listen(options.port).await?;
        let (lms, lms_port) = listen(options.lms_port).await?;
        let folder = tempfile::Builder::new()
            .prefix("sprechzimmer-demo-")
            .tempdir()
            .map_err(DemoError::Folder)?;
        let mut config = configuration(folder.path(), port, lms_port)?;
        let school = School::new(port, lms_port, config.clone());
        let video = match options.video {
            Video::Embedded => None,
            Video::BigBlueButton(port) => Some(on_bigbluebutton(&mut config, port).await?),
        };
        Ok(Self {
            config,
            service,
            lms,
            school,
            video,
            folder,
        })
    }

    /// The course in the learning platform: here everything begins.
    pub fn course(&self) -> &Url {
        self.school.course()
    }

    /// What to do, for the terminal.
    pub fn instructions(&self) -> String {
        let in_language = |language: &Language| {
            let words = language.words();
            let (course, service) = (self.course().as_str(), self.config.public_url.as_str());
            let all = fl!(words, "demo-instructions", course = course, service = service);
            match self.video {
                None => all,
                Some(_) => format!("{all}\n{}", fl!(words, "demo-instructions-bigbluebutton")),
            }
        };
        let all: Vec<String> = Language::ALL.iter().map(in_language).collect();
        all.join("\n\n")
    }

    /// Serves both until the first item of `stop`, and removes everything.
    pub async fn serve(self, stop: impl Stream<Item = ()> + Send + 'static) -> Result<(), DemoError> {
        let (gone, mut stopped) = watch::channel(());
        let lms_port = self.lms.local_addr().map_or(0, |address| address.port());
        let platform = axum::serve(self.lms, lms::router(self.school)).with_graceful_shutdown(async move {
            // the sender goes when the service has stopped
            let _ = stopped.changed().await;
        });
        let mut video = JoinSet::new();
        if let Some((listener, server)) = self.video {
            // it ends with this function
            video.spawn(async move { axum::serve(listener, server.router()).await });
        }
        let service = async {
            let outcome = Box::pin(run(self.config, self.service, stop)).await;
            drop(gone);
            outcome
        };
        let (served, shown) = tokio::join!(service, platform);
        shown.map_err(|error| DemoError::Port(lms_port, error))?;
        served?;
        self.folder.close().map_err(DemoError::Folder)
    }
}

/// A secret of its own for every demonstration.
async fn on_bigbluebutton(config: &mut Config, port: u16) -> Result<(TcpListener, FakeServer), DemoError> {
    let (listener, port) = listen(port).await?;
    let secret = hex(&random::<20>());
    let server = FakeServer::new(lms::local("127.0.0.1", port, "/"), &secret);
    let settings = BigBlueButtonSettings {
        url: server.url(),
        secret_file: PathBuf::new(),
        secret: Private::new(secret),
        checksum: Algorithm::default(),
        allow: Vec::new(),
        calls_back: None,
    };
    let kind = BackendKind::BigBlueButton(Box::new(settings));
    config.backends = vec![BackendSettings::new("bigbluebutton", kind)];
    Ok((listener, server))
}

async fn listen(port: u16) -> Result<(TcpListener, u16), DemoError> {
    let wrong = |error| DemoError::Port(port, error);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(wrong)?;
    let taken = listener.local_addr().map_err(wrong)?.port();
    Ok((listener, taken))
}

fn configuration(folder: &Path, port: u16, lms_port: u16) -> Result<Config, DemoError> {
    let text = include_str!("demo/demo.toml");
    let mut config = Config::parse(text, folder).map_err(DemoError::Config)?;
    std::fs::write(&config.key_file, Vault::key_line(1, &random())).map_err(DemoError::Folder)?;
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    // a port can always be set on an address with a host
    let _ = config.public_url.set_port(Some(port));
    config.platforms = Platform::new(lms::platform(port, lms_port).registration())
        .into_iter()
        .collect();
    let embedded = BackendKind::Embedded {
        udp: vec![config.listen],
        // Chromium reaches a relay on its own machine by TCP only, and wants both named
        announce: ["udp", "tcp"]
            .map(|transport| format!("turn:127.0.0.1:{port}?transport={transport}"))
            .into(),
    };
    config.backends = vec![BackendSettings::new("embedded", embedded)];
    Ok(config)
}
