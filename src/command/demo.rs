//! Runs the demonstration until it is told to stop.

use clap::{Args, ValueEnum};
use sprechzimmer::demo::{Demo, Options, Video};

use super::serve::{Log, stop};
use super::{CommandError, say};

#[derive(Debug, Args)]
pub(super) struct RunDemo {
    /// Port of the service on this machine, for TCP and UDP.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Port of the simulated learning platform.
    #[arg(long, default_value_t = 8081)]
    lms_port: u16,
    /// Where the talks run.
    #[arg(long, value_enum, default_value_t = Backend::Embedded)]
    backend: Backend,
    /// Port of the simulated BigBlueButton.
    #[arg(long, default_value_t = 8082)]
    video_port: u16,
    #[command(flatten)]
    log: Log,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Backend {
    Embedded,
    #[value(name = "bigbluebutton")]
    BigBlueButton,
    /// Not possible; says why.
    Jitsi,
}

impl RunDemo {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        self.log.start();
        let stop = stop()?;
        let demo = Demo::prepare(Options {
            port: self.port,
            lms_port: self.lms_port,
            video: match self.backend {
                Backend::Embedded => Video::Embedded,
                Backend::BigBlueButton => Video::BigBlueButton(self.video_port),
                Backend::Jitsi => return Err(CommandError::NoJitsiDemo),
            },
        })
        .await?;
        say(demo.instructions())?;
        Ok(demo.serve(stop).await?)
    }
}
