//! The end, for everybody who was there: the room is gone, or will be in a moment. Nothing personal, so the id alone opens it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use i18n_embed_fl::fl;
use jiff::Timestamp;

use super::guard::Initiator;
use super::when::When;
use crate::app::App;
use crate::consultation::Phase;
use crate::error::Failure;
use crate::id::ConsultationId;
use crate::page::{Frame, show};
use crate::reaper::Proof;
use crate::store::{Record, StoreError};

#[derive(Template)]
#[template(path = "over.html")]
struct OverPage {
    page: Frame,
    end: End,
    officer: String,
    /// Where the initiator reads the whole proof; nobody else has such a place.
    record: Option<String>,
}

enum End {
    /// Ended, but not yet proven to be gone.
    Pending,
    Gone {
        at: String,
        code: Timestamp,
    },
    /// It was never opened.
    NeverBegun {
        at: String,
        code: Timestamp,
    },
}

pub(super) async fn show_end(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    page: Frame,
    initiator: Result<Initiator, Failure>,
) -> Result<Response, Failure> {
    let id = ConsultationId::parse(&id).ok_or(Failure::NotFound)?;
    let (end, record) = match app.store.record(&id).await {
        Ok(record) => {
            let own = of_initiator(&app, &record, initiator).await?;
            (gone(&app, &record, &page)?, own)
        }
        Err(StoreError::NotFound) => (pending(&app, &id).await?, None),
        Err(error) => return Err(error.into()),
    };
    let waits = matches!(end, End::Pending);
    let mut shown = show(&OverPage {
        officer: app.config.school.officer.name.clone(),
        page,
        end,
        record,
    })?;
    if waits {
        look_again(&mut shown, HeaderValue::from_static("2"));
    }
    Ok(shown)
}

/// Lets the browser look again after some seconds, without a script.
pub(super) fn look_again(response: &mut Response, seconds: HeaderValue) {
    response
        .headers_mut()
        .insert(HeaderName::from_static("refresh"), seconds);
}

async fn pending(app: &App, id: &ConsultationId) -> Result<End, Failure> {
    match app.store.load(id).await?.consultation.phase {
        Phase::Ended(_) => Ok(End::Pending),
        // what is still going on is nobody's business here
        _ => Err(Failure::NotFound),
    }
}

fn gone(app: &App, record: &Record, page: &Frame) -> Result<End, Failure> {
    let proof: Proof =
        serde_json::from_str(&record.proof).map_err(|_| Failure::Unexpected("a proof could not be read"))?;
    let at = When::new(page.language, &app.config.school.time_zone).moment(record.erased_at);
    let code = record.erased_at;
    Ok(if proof.room.is_some() {
        End::Gone { at, code }
    } else {
        End::NeverBegun { at, code }
    })
}

async fn of_initiator(
    app: &App,
    record: &Record,
    initiator: Result<Initiator, Failure>,
) -> Result<Option<String>, Failure> {
    let Ok(initiator) = initiator else {
        return Ok(None);
    };
    let receipts = app.store.receipts(&initiator.sight, initiator.now).await?;
    let own = receipts.iter().any(|receipt| receipt.id == record.id);
    Ok(own.then(|| format!("/records/{}", record.id)))
}
