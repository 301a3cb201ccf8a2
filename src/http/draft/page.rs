//! The two pages of a draft: when, then who.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;

use super::form::{LENGTHS, Mistake, Typed};
use super::{acquaintances, row_of};
use crate::app::App;
use crate::error::Failure;
use crate::http::guard::Moderator;
use crate::http::when::When;
use crate::http::words;
use crate::page::{Frame, show_with};
use crate::participant::{Title, Way};
use crate::private::Private;

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
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "draft/new.html")]
struct NewPage {
    page: Frame,
    typed: Typed,
    wrong: Wrong,
    lengths: Vec<Choice>,
}

/// Somebody on the list.
struct Listed {
    id: String,
    name: Private<String>,
    title: String,
    way: String,
}

/// Somebody who was here before.
struct Known {
    row: String,
    name: Private<String>,
    chosen: bool,
    titles: Vec<Choice>,
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
    known: Vec<Known>,
    enforced: Vec<String>,
    check: bool,
}

pub(super) fn new(
    status: StatusCode,
    page: Frame,
    typed: Typed,
    mistake: Option<Mistake>,
) -> Result<Response, Failure> {
    let shown = NewPage {
        wrong: Wrong {
            words: page.words,
            mistake,
        },
        lengths: lengths(&page, typed.minutes),
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
    let shown = DraftPage {
        check: check.is_some(),
        ..draft(app, &moderator, page, (typed, None)).await?
    };
    show_with(StatusCode::OK, &shown)
}

/// The draft with what was typed and what is wrong with it.
pub(super) async fn corrected(
    app: &App,
    moderator: Moderator,
    page: Frame,
    (typed, mistake): (Typed, Mistake),
) -> Result<Response, Failure> {
    let shown = draft(app, &moderator, page, (typed, Some(mistake))).await?;
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

async fn draft(
    app: &App,
    moderator: &Moderator,
    page: Frame,
    (typed, mistake): (Typed, Option<Mistake>),
) -> Result<DraftPage, Failure> {
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
    let known = acquaintances(app, moderator).await?.into_iter().map(|known| {
        let row = row_of(app, moderator, &known);
        let chosen = typed.picks.iter().find(|(pick, _)| *pick == row);
        Known {
            titles: titles(l, chosen.map(|(_, title)| *title)),
            chosen: chosen.is_some(),
            name: known.name,
            row,
        }
    });
    let settings = app.backends.named(&consultation.backend)?.settings();
    Ok(DraftPage {
        id: consultation.id.to_string(),
        people: people.collect(),
        full: consultation.participants.len() + 1 >= app.config.policy.limits.people,
        known: known.collect(),
        enforced: settings.iter().map(|setting| words::setting(l, setting.code)).collect(),
        lengths: lengths(&page, typed.minutes),
        titles: titles(l, typed.title),
        by_launch: typed.way == Some(Way::Launch),
        wrong: Wrong { words: l, mistake },
        check: false,
        typed,
        page,
    })
}

fn lengths(page: &Frame, chosen: u32) -> Vec<Choice> {
    let choice = |minutes: u32| Choice {
        value: minutes.to_string(),
        label: fl!(page.words, "when-minutes", minutes = minutes),
        chosen: minutes == chosen,
    };
    LENGTHS.into_iter().map(choice).collect()
}

fn titles(words: &FluentLanguageLoader, chosen: Option<Title>) -> Vec<Choice> {
    let choice = |title: Title| Choice {
        value: title.code().to_owned(),
        label: words::title(words, title),
        chosen: chosen == Some(title),
    };
    Title::ALL.into_iter().map(choice).collect()
}
