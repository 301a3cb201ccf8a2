//! What every page is made of: the language, the words, the frame, the assets.

use std::sync::OnceLock;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use i18n_embed::LanguageLoader;
use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};
use i18n_embed::unic_langid::LanguageIdentifier;
use rust_embed::RustEmbed;

use crate::error::Failure;

/// The languages of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    German,
    English,
}

impl Language {
    pub const ALL: &'static [Self] = &[Self::German, Self::English];

    /// BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
        }
    }

    /// The language's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::German => "Deutsch",
            Self::English => "English",
        }
    }

    /// Reads a locale such as `de`, `de_xx` (Moodle) or `en-GB`; `None` for a language we do not speak.
    pub fn parse(locale: &str) -> Option<Self> {
        let primary = locale.trim().split(['-', '_', ';']).next().unwrap_or_default();
        Self::ALL
            .iter()
            .copied()
            .find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// The first language of an `Accept-Language` header that we speak. English for whoever names only others.
    pub fn accepted(header: &str) -> Self {
        header.split(',').find_map(Self::parse).unwrap_or(Self::English)
    }

    pub fn words(self) -> &'static FluentLanguageLoader {
        static GERMAN: OnceLock<FluentLanguageLoader> = OnceLock::new();
        static ENGLISH: OnceLock<FluentLanguageLoader> = OnceLock::new();
        match self {
            Self::German => GERMAN.get_or_init(|| self.load()),
            Self::English => ENGLISH.get_or_init(|| self.load()),
        }
    }

    fn load(self) -> FluentLanguageLoader {
        let loader = fluent_language_loader!();
        let wanted: Vec<LanguageIdentifier> = self.code().parse().into_iter().collect();
        // the files are inside the program and parsed by a test; without words a page would only show ids
        let outcome = loader.load_languages(&Locales, &wanted);
        debug_assert!(outcome.is_ok(), "the locales are complete");
        loader.set_use_isolating(false);
        loader
    }
}

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Locales;

#[derive(Debug, RustEmbed)]
#[folder = "assets/"]
pub struct Assets;

/// What every page needs to know.
#[derive(Clone, Debug)]
pub struct Frame {
    pub language: Language,
    pub words: &'static FluentLanguageLoader,
    pub school: String,
    /// Where the assets of this very version are, without a slash at the end.
    pub assets: &'static str,
    /// Path of this page, for the language switch.
    pub path: String,
}

impl Frame {
    pub fn new(language: Language, school: &str, path: &str) -> Self {
        Self {
            language,
            words: language.words(),
            school: school.to_owned(),
            assets: assets(),
            path: path.to_owned(),
        }
    }
}

/// The prefix of all assets: one digest over all files, so that relative imports stay inside a version.
pub fn assets() -> &'static str {
    static PREFIX: OnceLock<String> = OnceLock::new();
    PREFIX.get_or_init(|| {
        let mut context = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
        for name in Assets::iter() {
            context.update(name.as_bytes());
            if let Some(file) = Assets::get(&name) {
                context.update(&file.metadata.sha256_hash());
            }
        }
        let digest = crate::id::hex(context.finish().as_ref());
        format!("/static/{}", digest.get(..12).unwrap_or_default())
    })
}

/// Renders a page.
pub fn show(page: &impl Template) -> Result<Response, Failure> {
    show_with(StatusCode::OK, page)
}

/// Renders a page with a status of its own, for instance a form that has to be corrected.
pub fn show_with(status: StatusCode, page: &impl Template) -> Result<Response, Failure> {
    let html = page
        .render()
        .map_err(|_| Failure::Unexpected("a page could not be rendered"))?;
    Ok((status, Html(html)).into_response())
}
