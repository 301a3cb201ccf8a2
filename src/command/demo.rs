//! Runs the demonstration until it is told to stop.

use clap::Args;
use sprechzimmer::demo::{Demo, Options};

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
    #[command(flatten)]
    log: Log,
}

impl RunDemo {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        self.log.start();
        let stop = stop()?;
        let demo = Demo::prepare(Options {
            port: self.port,
            lms_port: self.lms_port,
        })
        .await?;
        say(demo.instructions())?;
        Ok(demo.serve(stop).await?)
    }
}
