//! Renews our signing keys in time, also when nobody asks for them.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::app::App;

const PAUSE: Duration = Duration::from_hours(1);

/// Looks every hour, and first after one: a platform that asks for the keys is answered without it. Until the process ends.
pub async fn run(app: Arc<App>) {
    loop {
        tokio::time::sleep(PAUSE).await;
        pass(&app, clock()).await;
    }
}

/// Whoever wants the keys gets them renewed.
pub async fn pass(app: &App, now: Timestamp) {
    if let Err(error) = app.own_keys.document(&app.store, now).await {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "our signing keys could not be renewed"
        );
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the loop reads the clock for everything below it"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
