//! For whoever opens the address by hand.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use i18n_embed_fl::fl;

use super::guard::Now;
use crate::app::App;
use crate::error::Failure;
use crate::page::{self, Frame};

#[derive(Template)]
#[template(path = "landing.html")]
struct LandingPage {
    page: Frame,
    /// Somebody has just left here.
    left: bool,
    /// No learning platform is registered yet; these addresses have to be entered there.
    setup: Option<Setup>,
}

struct Setup {
    login: String,
    launch: String,
    keys: String,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    Now(now): Now,
    page: Frame,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let platforms = app.platforms.current(&app.store, now).await;
    let address = |path: &str| {
        let mut url = app.config.public_url.clone();
        url.set_path(path);
        String::from(url)
    };
    let setup = platforms.is_empty().then(|| Setup {
        login: address("/lti/login"),
        launch: address("/lti/launch"),
        keys: address("/lti/keys"),
    });
    page::show(&LandingPage {
        page,
        left: query.as_deref() == Some("left"),
        setup,
    })
}
