//! What to place in the course: the page in the frame of the learning platform, and the signed answer that goes back to it.
//!
//! The frame has no cookie. A secret in the form stands for the verified request, once and for twenty minutes.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use i18n_embed_fl::fl;
use lti13_tool::{DeepLinkingForm, DeepLinkingRequest, DeepLinkingResponse, LinkItem, UnixTime, Window};

use super::link::too_late;
use super::{CONSULTATION, COURSE, mark};
use crate::app::{App, random};
use crate::error::Failure;
use crate::http::client::Client;
use crate::http::guard::Now;
use crate::http::headers::{FormTo, Framed};
use crate::http::when::When;
use crate::page::{Frame, Language, show_with};
use crate::private::Secret;
use crate::store::{Choice, Kept, StoreError};

const DOOR: &str = "door";

/// One consultation that can be placed. It has no name in it: the page stands in a frame of the learning platform.
struct Offered {
    id: String,
    title: String,
    detail: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "placing/choice.html")]
struct ChoicePage {
    page: Frame,
    secret: String,
    /// Several can be placed at once.
    several: bool,
    door: bool,
    offered: Vec<Offered>,
    mistake: Option<String>,
}

/// For whoever can place nothing here: why, and the way back.
#[derive(Template)]
#[template(path = "placing/refused.html")]
struct RefusedPage {
    page: Frame,
    secret: String,
    why: String,
}

/// The answer on its way to the learning platform.
#[derive(Template)]
#[template(path = "placing/answer.html")]
struct AnswerPage {
    page: Frame,
    field: &'static str,
    form: DeepLinkingForm,
}

/// The form as it comes back.
struct Chosen {
    secret: Option<Secret>,
    cancelled: bool,
    picks: Vec<String>,
}

/// Why a form cannot be answered yet.
enum Mistake {
    Nothing,
    /// Chosen, but not offered any more.
    Vanished,
}

/// The page that asks, for a request that was just verified and kept under this secret.
pub(in crate::http) async fn ask(app: &App, choice: &Choice, secret: &Secret) -> Result<Response, Failure> {
    let page = frame(app, choice);
    match why_not(choice, &page) {
        Some(why) => framed(
            StatusCode::OK,
            &RefusedPage {
                page,
                secret: secret.expose(),
                why,
            },
        ),
        None => show(app, choice, secret, (&[DOOR.to_owned()], None)).await,
    }
}

/// Takes the form and sends the answer on to the learning platform.
pub(in crate::http) async fn answer(
    State(app): State<Arc<App>>,
    (Client(address), Now(now)): (Client, Now),
    page: Frame,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    app.limits.launch(address)?;
    let chosen = Chosen::read(fields);
    let Some(secret) = &chosen.secret else {
        return too_late(page);
    };
    let choice = match app.store.choice(&secret.hash(), now).await {
        Ok(choice) => choice,
        Err(StoreError::NotFound) => return too_late(page),
        Err(error) => return Err(error.into()),
    };
    let response = match respond(&app, &choice, &chosen).await? {
        Ok(response) => response,
        Err(mistake) => return show(&app, &choice, secret, (&chosen.picks, Some(mistake))).await,
    };
    let key = app.own_keys.signing(&app.store, now).await?;
    let signed = response.sign(&key, random(), UnixTime::from_seconds(now.as_second()));
    let form = signed.map_err(|_| Failure::Unexpected("an answer could not be signed"))?;
    match app.store.take_choice(&secret.hash()).await {
        Err(StoreError::NotFound) => return too_late(page),
        taken => taken?,
    }
    send(frame(&app, &choice), form)
}

async fn show(
    app: &App,
    choice: &Choice,
    secret: &Secret,
    (picks, mistake): (&[String], Option<Mistake>),
) -> Result<Response, Failure> {
    let page = frame(app, choice);
    let l = page.words;
    let status = match mistake {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let when = When::new(page.language, &app.config.school.time_zone);
    let offered = offered(app, choice).await?;
    let shown = ChoicePage {
        secret: secret.expose(),
        several: choice.request.accepts_several(),
        door: picks.iter().any(|pick| pick == DOOR),
        offered: offered
            .iter()
            .map(|kept| Offered {
                id: kept.consultation.id.to_string(),
                title: title(&page, &when, kept),
                detail: fl!(
                    l,
                    "choice-people",
                    people = kept.consultation.participants.len(),
                    length = when.minutes(kept.consultation.plan.minutes)
                ),
                chosen: picks.contains(&kept.consultation.id.to_string()),
            })
            .collect(),
        mistake: mistake.map(|mistake| match mistake {
            Mistake::Nothing => fl!(l, "choice-nothing"),
            Mistake::Vanished => fl!(l, "choice-vanished"),
        }),
        page,
    };
    framed(status, &shown)
}

/// What goes back to the learning platform.
async fn respond(app: &App, choice: &Choice, chosen: &Chosen) -> Result<Result<DeepLinkingResponse, Mistake>, Failure> {
    let page = frame(app, choice);
    let request = choice.request.clone();
    if let Some(why) = why_not(choice, &page) {
        return Ok(Ok(request.cancel().with_error_message(&why)));
    }
    let Some(course) = choice.course.as_ref().filter(|_| !chosen.cancelled) else {
        let message = fl!(page.words, "choice-cancelled");
        return Ok(Ok(request.cancel().with_message(&message)));
    };
    let when = When::new(page.language, &app.config.school.time_zone);
    let offered = offered(app, choice).await?;
    let mut items = Vec::new();
    for pick in &chosen.picks {
        if pick == DOOR {
            items.push(item(app, fl!(page.words, "choice-door-item")));
        } else if let Some(kept) = offered.iter().find(|kept| kept.consultation.id.as_str() == pick) {
            let item = item(app, title(&page, &when, kept));
            let item = item.with_custom(CONSULTATION, kept.link().expose());
            items.push(item.with_custom(COURSE, mark(app, course)));
        } else {
            return Ok(Err(Mistake::Vanished));
        }
    }
    if items.is_empty() {
        return Ok(Err(Mistake::Nothing));
    }
    let response = fitting(request, items).ok_or(Failure::BadRequest("pick"))?;
    Ok(Ok(response))
}

/// Our items are well formed, so only a form that is not ours asks for more than the platform takes.
fn fitting(request: DeepLinkingRequest, items: Vec<LinkItem>) -> Option<DeepLinkingResponse> {
    request.answer(items).ok()
}

fn item(app: &App, title: String) -> LinkItem {
    let window = Window {
        target_name: Some("_blank".to_owned()),
    };
    LinkItem::new(app.launch_url()).titled(title).in_window(window)
}

/// The name of the activity: everybody in the course can read it, so there is no person in it.
fn title(page: &Frame, when: &When, kept: &Kept) -> String {
    let moment = when.moment(kept.consultation.plan.start);
    fl!(page.words, "choice-talk-item", moment = moment)
}

/// Nobody else's, and only what was offered in this very course.
async fn offered(app: &App, choice: &Choice) -> Result<Vec<Kept>, Failure> {
    match &choice.course {
        Some(course) => Ok(app.store.offered(&choice.person, course).await?),
        None => Ok(Vec::new()),
    }
}

fn why_not(choice: &Choice, page: &Frame) -> Option<String> {
    if choice.course.is_none() {
        Some(fl!(page.words, "choice-refused"))
    } else if !choice.request.accepts_links() {
        Some(fl!(page.words, "choice-unwanted"))
    } else {
        None
    }
}

fn send(page: Frame, form: DeepLinkingForm) -> Result<Response, Failure> {
    let origin = form.action.origin().ascii_serialization();
    let answer = AnswerPage {
        page,
        field: DeepLinkingForm::FIELD,
        form,
    };
    let mut response = framed(StatusCode::OK, &answer)?;
    response.extensions_mut().insert(FormTo(origin));
    Ok(response)
}

fn framed(status: StatusCode, page: &impl Template) -> Result<Response, Failure> {
    let mut response = show_with(status, page)?;
    response.extensions_mut().insert(Framed);
    Ok(response)
}

/// In the language of the launch: the frame has no cookie that says another.
fn frame(app: &App, choice: &Choice) -> Frame {
    let language = Language::parse(&choice.language).unwrap_or_default();
    Frame::new(language, &app.config.school.name, "/")
}

impl Chosen {
    fn read(fields: Vec<(String, String)>) -> Self {
        let mut chosen = Self {
            secret: None,
            cancelled: false,
            picks: Vec::new(),
        };
        for (name, value) in fields {
            match name.as_str() {
                "secret" => chosen.secret = Secret::parse(&value),
                "cancel" => chosen.cancelled = true,
                "pick" if !chosen.picks.contains(&value) => chosen.picks.push(value),
                _ => {}
            }
        }
        chosen
    }
}
