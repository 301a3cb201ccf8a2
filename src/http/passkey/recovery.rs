//! The way back for somebody without their passkey or their browser: a number for the administrator, who decides.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use i18n_embed_fl::fl;

use crate::app::{App, random};
use crate::error::Failure;
use crate::http::guard::Arrived;
use crate::page::{Frame, show};
use crate::store::Trust;

#[derive(Template)]
#[template(path = "passkey/recovery.html")]
struct RecoveryPage {
    page: Frame,
    /// As "123 456 789".
    number: String,
}

/// Makes a number and shows it once. It names the person and this browser to the administrator, and opens nothing by itself.
pub(in crate::http) async fn show_number(
    State(app): State<Arc<App>>,
    arrived: Arrived,
    jar: CookieJar,
    page: Frame,
) -> Result<Response, Failure> {
    let lost = match arrived.sight.trust() {
        Trust::Unproven => true,
        Trust::Open => arrived.visit.may_create,
        Trust::Proven => false,
    };
    if !lost {
        return Err(Failure::NotFound);
    }
    let number = format!("{:09}", u64::from_be_bytes(random()) % 1_000_000_000);
    let (browser, cookie) = arrived.browser();
    let whose = (&arrived.visit.person, &browser);
    app.store.keep_recovery(&number, whose, arrived.now).await?;
    let groups: Vec<String> = number
        .as_bytes()
        .chunks(3)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    // another language shows the overview: a number is made by a click only
    let page = Frame {
        path: "/overview".to_owned(),
        ..page
    };
    let shown = show(&RecoveryPage {
        page,
        number: groups.join(" "),
    })?;
    Ok((jar.add(cookie), shown).into_response())
}
