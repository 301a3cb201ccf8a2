//! The language switch.

use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use super::guard;
use crate::error::Failure;
use crate::page::Language;

#[derive(Deserialize)]
pub(super) struct Choice {
    language: String,
    back: String,
}

pub(super) async fn choose(jar: CookieJar, Form(choice): Form<Choice>) -> Result<Response, Failure> {
    let language = Language::parse(&choice.language).ok_or(Failure::BadRequest("language"))?;
    let back = guard::own_path(&choice.back).unwrap_or("/");
    let jar = jar.add(guard::lasting_cookie(guard::LANGUAGE, language.code()));
    Ok((jar, Redirect::to(back)).into_response())
}
