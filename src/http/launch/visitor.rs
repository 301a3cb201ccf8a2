//! What we keep of a verified launch: who, where, and whether they may begin a consultation.

use lti13_tool::{DeepLinkingRequest, Launch, Message, NoRoster};

use crate::app::App;
use crate::id::{CourseTag, PersonTag, PlaceTag};
use crate::page::Language;
use crate::private::Private;
use crate::roster::{self, Listing, Offer};
use crate::store::{Choice, Visit};

/// The visit that a launch begins. `otherwise` is the language of a platform that names none of ours.
pub(super) fn visit(app: &App, launch: &Launch, otherwise: Language) -> Visit {
    let place = place(app, launch);
    let may_create = place.is_some() && launch.roles().allowed_by(&app.config.policy.create_roles);
    Visit {
        platform: launch.issuer().to_owned(),
        person: person(app, launch),
        listing: if may_create {
            listing(launch)
        } else {
            Listing::NotTheirs
        },
        may_create,
        place,
        course: course(app, launch),
        link: None,
        name: Private::new(roster::name(launch.name())),
        language: language(launch, otherwise).code().to_owned(),
        back: Private::new(back(launch)),
    }
}

/// Where the members of this course are listed. An offer that must not be used is one for the administrator to know of.
fn listing(launch: &Launch) -> Listing {
    let Message::ResourceLink(link) = launch.message() else {
        return Listing::Missing(NoRoster::NotOffered);
    };
    match launch.names_and_roles() {
        Ok(service) => Listing::Offered(Box::new(Offer {
            issuer: launch.issuer().to_owned(),
            client_id: launch.client_id().clone(),
            deployment_id: launch.deployment_id().clone(),
            service: service.clone(),
            link: link.id.clone(),
        })),
        Err(reason) => {
            if reason != NoRoster::NotOffered {
                let (code, clause) = (reason.code(), reason.clause());
                tracing::warn!(platform = launch.issuer(), code, clause, reason = %reason, "no list of members");
            }
            Listing::Missing(reason)
        }
    }
}

/// What is kept of a request for deep linking. Whoever may not begin a consultation can place nothing.
pub(super) fn choice(app: &App, launch: &Launch, request: &DeepLinkingRequest, otherwise: Language) -> Choice {
    let may_place = launch.roles().allowed_by(&app.config.policy.create_roles);
    Choice {
        person: person(app, launch),
        course: course(app, launch).filter(|_| may_place),
        language: language(launch, otherwise).code().to_owned(),
        request: request.clone(),
    }
}

fn person(app: &App, launch: &Launch) -> PersonTag {
    app.vault().person(
        launch.issuer(),
        launch.client_id().as_str(),
        launch.deployment_id().as_str(),
        launch.subject().as_str(),
    )
}

fn language(launch: &Launch, otherwise: Language) -> Language {
    let named = launch.presentation().locale().and_then(Language::parse);
    named.unwrap_or(otherwise)
}

/// The course, for everybody but a platform's preview (`TestUser`).
fn course(app: &App, launch: &Launch) -> Option<CourseTag> {
    let context = launch.context().filter(|_| !launch.roles().test_user())?;
    Some(app.vault().course(&[
        launch.issuer(),
        launch.client_id().as_str(),
        launch.deployment_id().as_str(),
        context.id.as_str(),
    ]))
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

/// Of the query only numbers stay: they are ids (Moodle's `course`), never a session key.
fn back(launch: &Launch) -> String {
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
