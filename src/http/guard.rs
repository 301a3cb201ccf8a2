//! Rights as values: a handler that takes `Moderator` or `Guest` cannot be reached without being it.

mod initiator;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use jiff::Timestamp;
use serde::Deserialize;

use crate::app::App;
use crate::consultation::{Consultation, Phase};
use crate::error::Failure;
use crate::id::{ConsultationId, ParticipantId};
use crate::page::{Frame, Language};
use crate::participant::Participant;
use crate::private::{Secret, SecretHash};
use crate::store::{Kept, Sight, StoreError, Trust, Visit};

pub use initiator::{Arrived, BROWSER, Creator, Initiator};

/// Cookie of somebody who came in by a launch.
pub const VISIT: &str = "__Host-visit";
/// Cookie of a browser that redeemed a personal link.
pub const GUEST: &str = "__Host-guest";
/// Cookie of the chosen language.
pub const LANGUAGE: &str = "__Host-language";

/// The moment of this request. Together with the loops, the only place where the clock is read.
#[derive(Clone, Copy, Debug)]
pub struct Now(pub Timestamp);

impl<S: Sync> FromRequestParts<S> for Now {
    type Rejection = Infallible;

    #[expect(clippy::disallowed_methods, reason = "extractors read the clock for the handlers")]
    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Timestamp::now()))
    }
}

/// The address at the other end of the connection: a client, or a proxy of ours. Never logged.
#[derive(Clone, Copy)]
pub struct Peer(pub SocketAddr);

impl std::fmt::Debug for Peer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("[address]")
    }
}

/// Who reads: in which language.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    pub language: Language,
}

impl Reader {
    /// The language chosen by hand or by the launch, else what the browser accepts, else German.
    pub fn of(headers: &HeaderMap) -> Self {
        let chosen = CookieJar::from_headers(headers)
            .get(LANGUAGE)
            .and_then(|cookie| Language::parse(cookie.value()));
        let accepted = || {
            let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            Some(Language::accepted(header))
        };
        Self {
            language: chosen.or_else(accepted).unwrap_or_default(),
        }
    }
}

/// The frame of the page that answers this request.
impl FromRequestParts<Arc<App>> for Frame {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let reader = Reader::of(&parts.headers);
        Ok(Self::new(reader.language, &app.config.school.name, parts.uri.path()))
    }
}

/// Proof: this browser came in by a launch, and who.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub visit: Visit,
    pub hash: SecretHash,
}

impl FromRequestParts<Arc<App>> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let Now(now) = infallible(Now::from_request_parts(parts, app).await);
        let hash = secret(parts, VISIT).ok_or(Failure::NotFound)?.hash();
        Ok(Self {
            visit: app.store.visit(&hash, now).await?,
            hash,
        })
    }
}

/// Proof: this request comes from the initiator of the consultation in the path `{id}`, at the place it belongs to, and from a
/// browser that is the initiator's (rule 4).
#[derive(Clone, Debug)]
pub struct Moderator {
    pub kept: Kept,
    pub visit: Visit,
    pub now: Timestamp,
    pub sight: Sight,
}

impl Moderator {
    pub fn consultation(&self) -> &Consultation {
        &self.kept.consultation
    }

    /// Whether this browser would be shown it now as well: in the meantime it may have been taken from its initiator's.
    pub async fn still_sees(&self, app: &App, kept: &Kept, now: Timestamp) -> Result<bool, StoreError> {
        let browser = self.sight.browser().cloned();
        let sight = app.store.sight(self.sight.person(), browser, now).await?;
        Ok(sight.shows(&kept.binding))
    }
}

#[derive(Deserialize)]
struct ConsultationPath {
    id: String,
}

impl FromRequestParts<Arc<App>> for Moderator {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let Path(ConsultationPath { id }) = Path::from_request_parts(parts, app)
            .await
            .map_err(|_| Failure::NotFound)?;
        let Arrived { visit, sight, now, .. } = Arrived::from_request_parts(parts, app).await?;
        let theirs = |kept: &Kept| {
            let consultation = &kept.consultation;
            consultation.initiator == visit.person && visit.is_at(consultation) && sight.shows(&kept.binding)
        };
        let kept = match ConsultationId::parse(&id) {
            Some(id) => app.store.load(&id).await.map_err(Failure::from),
            None => Err(Failure::NotFound),
        };
        match (kept, sight.trust()) {
            (Ok(kept), _) if theirs(&kept) => Ok(Self {
                kept,
                visit,
                now,
                sight,
            }),
            (Ok(_) | Err(Failure::NotFound), Trust::Unproven) => Err(Failure::Unproven),
            (Ok(_), _) => Err(Failure::NotFound),
            (Err(failure), _) => Err(failure),
        }
    }
}

/// Proof: this request comes from the participant in the path `{person}`: by the one browser of their personal link,
/// or by a launch of the account they are bound to (rule 7), which for somebody with a passkey needs its proof.
#[derive(Clone, Debug)]
pub struct Guest {
    pub kept: Kept,
    pub participant: Participant,
    pub now: Timestamp,
}

impl Guest {
    pub fn consultation(&self) -> &Consultation {
        &self.kept.consultation
    }
}

#[derive(Deserialize)]
struct ParticipantPath {
    person: String,
}

impl FromRequestParts<Arc<App>> for Guest {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let Path(ParticipantPath { person }) = Path::from_request_parts(parts, app)
            .await
            .map_err(|_| Failure::NotFound)?;
        let id = ParticipantId::parse(&person).ok_or(Failure::NotFound)?;
        let Now(now) = infallible(Now::from_request_parts(parts, app).await);
        let kept = app.store.of_participant(&id).await?;
        // a draft is nobody's business yet
        if kept.consultation.phase == Phase::Draft {
            return Err(Failure::NotFound);
        }
        let participant = kept.consultation.participant(&id).ok_or(Failure::NotFound)?.clone();
        let by_link =
            participant.browser.is_some() && secret(parts, GUEST).map(|guest| guest.hash()) == participant.browser;
        if !by_link {
            by_launch(parts, app, &kept.consultation, &participant).await?;
        }
        Ok(Self { kept, participant, now })
    }
}

/// The account they are bound to; whoever has a passkey has proven it here.
async fn by_launch(
    parts: &mut Parts,
    app: &Arc<App>,
    of: &Consultation,
    participant: &Participant,
) -> Result<(), Failure> {
    let Arrived { visit, sight, .. } = Arrived::from_request_parts(parts, app).await?;
    if participant.person.as_ref() != Some(&visit.person) || !visit.is_at(of) {
        return Err(Failure::NotFound);
    }
    if sight.trust() == Trust::Unproven {
        return Err(Failure::Unproven);
    }
    Ok(())
}

/// The secret that a cookie of ours carries.
pub fn secret(parts: &Parts, name: &str) -> Option<Secret> {
    CookieJar::from_headers(&parts.headers)
        .get(name)
        .and_then(|cookie| Secret::parse(cookie.value()))
}

/// A first-party cookie that ends with the browser.
pub fn cookie(name: &'static str, value: &Secret) -> Cookie<'static> {
    Cookie::build((name, value.expose()))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}

/// A first-party cookie that stays for a year; it carries no secret.
pub fn lasting_cookie(name: &'static str, value: &'static str) -> Cookie<'static> {
    let year = axum_extra::extract::cookie::Cookie::build((name, value)).max_age(cookie::time::Duration::days(365));
    year.path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}

/// Remembers the language of a launch, unless one was chosen by hand.
pub(super) fn first_language(jar: CookieJar, code: &str) -> CookieJar {
    match (jar.get(LANGUAGE), Language::parse(code)) {
        (None, Some(language)) => jar.add(lasting_cookie(LANGUAGE, language.code())),
        _ => jar,
    }
}

/// Takes one of our cookies back.
pub(super) fn no_cookie(name: &'static str) -> Cookie<'static> {
    let mut cookie = lasting_cookie(name, "");
    cookie.set_max_age(cookie::time::Duration::ZERO);
    cookie
}

/// A path of our own, safe to redirect to; anything else is `None`.
pub fn own_path(path: &str) -> Option<&str> {
    let own = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    own.then_some(path)
}

pub(super) fn infallible<T>(result: Result<T, Infallible>) -> T {
    match result {
        Ok(value) => value,
    }
}
