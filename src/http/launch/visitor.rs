//! What we keep of a verified launch: who, where, and whether they may begin a consultation.

use lti13_tool::{Launch, Message};

use crate::app::App;
use crate::id::PlaceTag;
use crate::page::Language;
use crate::private::Private;
use crate::store::Visit;

/// The visit that a launch begins. `otherwise` is the language of a platform that names none of ours.
pub(super) fn visit(app: &App, launch: &Launch, otherwise: Language) -> Visit {
    let place = place(app, launch);
    let person = app.vault().person(
        launch.issuer(),
        launch.client_id().as_str(),
        launch.deployment_id().as_str(),
        launch.subject().as_str(),
    );
    let language = launch.presentation().locale().and_then(Language::parse);
    Visit {
        person,
        may_create: place.is_some() && launch.roles().allowed_by(&app.config.policy.create_roles),
        place,
        name: Private::new(name(launch)),
        language: language.unwrap_or(otherwise).code().to_owned(),
        course: Private::new(course(launch)),
    }
}

/// A platform's preview (`TestUser`) is nobody: without a place it can neither begin a consultation nor take part in one.
fn place(app: &App, launch: &Launch) -> Option<PlaceTag> {
    let Message::ResourceLink(link) = launch.message() else {
        return None;
    };
    let context = launch.context().filter(|_| !launch.roles().test_user())?;
    Some(app.vault().place(&[
        launch.issuer(),
        launch.client_id().as_str(),
        launch.deployment_id().as_str(),
        context.id.as_str(),
        link.id.as_str(),
    ]))
}

fn name(launch: &Launch) -> String {
    let name = launch.name();
    let parts = || [&name.given, &name.family].into_iter().flatten().map(String::as_str);
    name.full
        .clone()
        .unwrap_or_else(|| parts().collect::<Vec<_>>().join(" "))
}

/// Of the query only numbers stay: they are ids (Moodle's `course`), never a session key.
fn course(launch: &Launch) -> String {
    let Some(mut address) = launch.presentation().return_url().cloned() else {
        return launch.issuer().to_owned();
    };
    let is_number =
        |value: &str| !value.is_empty() && value.len() < 16 && value.bytes().all(|byte| byte.is_ascii_digit());
    let kept: Vec<(String, String)> = address
        .query_pairs()
        .filter(|(_, value)| is_number(value))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    address.set_fragment(None);
    address.set_query(None);
    if !kept.is_empty() {
        address.query_pairs_mut().extend_pairs(kept);
    }
    let bare = address.username().is_empty() && address.password().is_none();
    if bare {
        address.into()
    } else {
        launch.issuer().to_owned()
    }
}
