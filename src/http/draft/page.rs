//! The two pages of a draft: when, then who.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;

use super::form::{LENGTHS, Mistake, Typed};
use super::members::{self, Offered, Patience};
use super::system::{self, System};
use crate::app::App;
use crate::backend::Backend;
use crate::error::Failure;
use crate::http::guard::Moderator;
use crate::http::when::When;
use crate::http::words;
use crate::page::{Frame, show_with};
use crate::participant::{Title, Way};
use crate::private::Private;
use crate::store::Trust;

/// What is wrong, for the summary and for the place beside the field.
struct Wrong {
    words: &'static FluentLanguageLoader,
    mistake: Option<Mistake>,
}

impl Wrong {
    fn at(&self, field: &str) -> Option<String> {
        let mistake = self.mistake.filter(|mistake| mistake.field() == field)?;
        Some(mistake.words(self.words))
    }

    /// The field and the words, for the summary.
    fn all(&self) -> Vec<(&'static str, String)> {
        let line = |mistake: Mistake| (mistake.field(), mistake.words(self.words));
        self.mistake.map(line).into_iter().collect()
    }
}

/// An option of a select field.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

#[derive(Template)]
#[template(path = "draft/new.html")]
struct NewPage {
    page: Frame,
    typed: Typed,
    wrong: Wrong,
    lengths: Vec<Choice>,
    /// Nobody but this browser will see it.
    bound: bool,
}

/// Somebody on the list.
struct Listed {
    id: String,
    name: Private<String>,
    title: String,
    way: String,
}

#[derive(Template)]
#[template(path = "draft/draft.html")]
struct DraftPage {
    page: Frame,
    id: String,
    typed: Typed,
    wrong: Wrong,
    lengths: Vec<Choice>,
    titles: Vec<Choice>,
    by_launch: bool,
    people: Vec<Listed>,
    full: bool,
    offered: Offered,
    systems: Vec<System>,
    enforced: Vec<String>,
    check: bool,
}

pub(super) fn new(
    status: StatusCode,
    page: Frame,
    typed: Typed,
    (mistake, trust): (Option<Mistake>, Trust),
) -> Result<Response, Failure> {
    let shown = NewPage {
        wrong: Wrong {
            words: page.words,
            mistake,
        },
        lengths: lengths(&page, typed.minutes),
        bound: trust == Trust::Open,
        typed,
        page,
    };
    show_with(status, &shown)
}

/// The draft as it is kept. `check` asks to look at the list once more before it is fixed.
pub(in crate::http) async fn show(
    app: &App,
    moderator: Moderator,
    page: Frame,
    check: Option<()>,
) -> Result<Response, Failure> {
    let when = When::new(page.language, &app.config.school.time_zone);
    let typed = Typed::planned(&when, moderator.consultation().plan);
    let offered = members::offer(app, &moderator, &page, (&typed, Patience::Memory)).await?;
    let shown = DraftPage {
        check: check.is_some(),
        ..draft(app, &moderator, page, (typed, None, offered))
    };
    show_with(StatusCode::OK, &shown)
}

/// The draft with what was typed, and what is wrong with it or was found for it.
pub(super) async fn typed(
    app: &App,
    moderator: Moderator,
    page: Frame,
    (typed, mistake): (Typed, Option<Mistake>),
) -> Result<Response, Failure> {
    let (status, patience) = match mistake {
        Some(_) => (StatusCode::UNPROCESSABLE_ENTITY, Patience::Memory),
        None => (StatusCode::OK, Patience::Platform),
    };
    let offered = members::offer(app, &moderator, &page, (&typed, patience)).await?;
    let shown = draft(app, &moderator, page, (typed, mistake, offered));
    show_with(status, &shown)
}

fn draft(
    app: &App,
    moderator: &Moderator,
    page: Frame,
    (typed, mistake, offered): (Typed, Option<Mistake>, Offered),
) -> DraftPage {
    let l = page.words;
    let consultation = moderator.consultation();
    let people = consultation.participants.iter().map(|person| Listed {
        id: person.id.to_string(),
        name: person.name.clone(),
        title: words::title(l, person.title),
        way: match person.way {
            Way::Launch => fl!(l, "draft-way-launch"),
            Way::Link => fl!(l, "draft-way-link"),
        },
    });
    // one that is gone from the configuration enforces nothing, and is not to be chosen any more
    let settings = app.backends.named(&consultation.backend);
    let settings = settings.map_or_else(|_| &[][..], Backend::settings);
    DraftPage {
        id: consultation.id.to_string(),
        people: people.collect(),
        full: consultation.participants.len() + 1 >= app.config.policy.limits.people,
        offered,
        systems: system::offered(app, moderator, &page, &typed),
        enforced: settings.iter().map(|setting| words::setting(l, setting.code)).collect(),
        lengths: lengths(&page, typed.minutes),
        titles: titles(l, typed.title),
        by_launch: typed.way == Some(Way::Launch),
        wrong: Wrong { words: l, mistake },
        check: false,
        typed,
        page,
    }
}

fn lengths(page: &Frame, chosen: u32) -> Vec<Choice> {
    let choice = |minutes: u32| Choice {
        value: minutes.to_string(),
        label: fl!(page.words, "when-minutes", minutes = minutes),
        chosen: minutes == chosen,
    };
    LENGTHS.into_iter().map(choice).collect()
}

pub(super) fn titles(words: &FluentLanguageLoader, chosen: Option<Title>) -> Vec<Choice> {
    let choice = |title: Title| Choice {
        value: title.code().to_owned(),
        label: words::title(words, title),
        chosen: chosen == Some(title),
    };
    Title::ALL.into_iter().map(choice).collect()
}
