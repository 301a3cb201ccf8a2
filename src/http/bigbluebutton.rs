//! What a BigBlueButton opens at our address: the hint that a room has ended, and what its pages shall show.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use crate::app::App;
use crate::backend::Backend;
use crate::backend::bigbluebutton::client_settings;
use crate::error::Failure;
use crate::id::RoomId;

#[derive(Deserialize)]
pub(super) struct Hint {
    room: String,
    tag: String,
}

/// A room may have ended. Nobody signs this call, so it only makes us look, as often as it comes.
pub(super) async fn ended(State(app): State<Arc<App>>, Path(hint): Path<Hint>) -> Result<StatusCode, Failure> {
    let room = RoomId::parse(&hint.room).ok_or(Failure::NotFound)?;
    let ours = app.backends.iter().any(|configured| match &configured.backend {
        Backend::BigBlueButton(bigbluebutton) => bigbluebutton.called_back(&room, &hint.tag),
        Backend::Embedded(_) | Backend::Jitsi(_) => false,
    });
    if !ours {
        return Err(Failure::NotFound);
    }
    app.look.notify_one();
    app.reap.notify_one();
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn settings() -> Json<Value> {
    Json(client_settings())
}
