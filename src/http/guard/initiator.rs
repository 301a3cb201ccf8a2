//! Who may see and begin consultations: whoever launched as the person, in a browser that is theirs (rule 4).
//!
//! A launch alone proves too little: an administrator of the learning platform who uses "log in as" has the same token.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::cookie::{Cookie, SameSite};
use jiff::Timestamp;

use super::{Now, Visitor, infallible, secret};
use crate::app::{App, random};
use crate::config::PasskeyPolicy;
use crate::error::Failure;
use crate::id::PlaceTag;
use crate::private::{Secret, SecretHash};
use crate::store::{BROWSER_LIFE, Binding, Sight, Trust, Visit};

/// Cookie by which a browser is known again; worth nothing without a launch.
pub const BROWSER: &str = "__Host-browser";

/// A launch, and what this browser may see of the person's consultations. Proves nothing yet: for the pages that ask for a proof.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub visit: Visit,
    /// Of the visit.
    pub hash: SecretHash,
    pub sight: Sight,
    pub now: Timestamp,
    browser: Option<Secret>,
}

impl Arrived {
    /// The secret of this browser and the cookie that carries it on: the one it has, or a fresh one.
    pub fn browser(&self) -> (SecretHash, Cookie<'static>) {
        let secret = self.browser.clone().unwrap_or_else(|| Secret::new(random()));
        (secret.hash(), browser_cookie(&secret))
    }
}

impl FromRequestParts<Arc<App>> for Arrived {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let Visitor { visit, hash } = Visitor::from_request_parts(parts, app).await?;
        let Now(now) = infallible(Now::from_request_parts(parts, app).await);
        let browser = secret(parts, BROWSER);
        let known_by = browser.as_ref().map(Secret::hash);
        let sight = app.store.sight(&visit.person, known_by, now).await?;
        Ok(Self {
            visit,
            hash,
            sight,
            now,
            browser,
        })
    }
}

/// Proof: this browser came in by a launch, and whoever has a passkey has proven it here. Whose they are and what it may see
/// is in `sight`; for somebody who never begins anything that is nothing.
#[derive(Clone, Debug)]
pub struct Initiator {
    pub visit: Visit,
    pub sight: Sight,
    pub now: Timestamp,
}

impl FromRequestParts<Arc<App>> for Initiator {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let arrived = Arrived::from_request_parts(parts, app).await?;
        if arrived.sight.trust() == Trust::Unproven {
            return Err(Failure::Unproven);
        }
        Ok(Self {
            visit: arrived.visit,
            sight: arrived.sight,
            now: arrived.now,
        })
    }
}

/// Proof: this person may begin a consultation here, from this browser.
#[derive(Clone, Debug)]
pub struct Creator {
    pub visit: Visit,
    pub place: PlaceTag,
    pub now: Timestamp,
    /// Whether the person has a passkey.
    pub trust: Trust,
    /// What a new consultation is bound to.
    pub binding: Binding,
    /// Goes with the answer to whoever has begun one.
    pub cookie: Cookie<'static>,
}

impl FromRequestParts<Arc<App>> for Creator {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let arrived = Arrived::from_request_parts(parts, app).await?;
        // only who may create, and only inside a course
        let place = arrived.visit.place.clone().filter(|_| arrived.visit.may_create);
        let place = place.ok_or(Failure::NotFound)?;
        let (browser, cookie) = arrived.browser();
        let binding = match (arrived.sight.trust(), app.config.policy.passkey) {
            (Trust::Proven, _) => Binding::Passkey,
            (Trust::Unproven, _) => return Err(Failure::Unproven),
            (Trust::Open, PasskeyPolicy::Offered) => Binding::Browser(browser),
            (Trust::Open, PasskeyPolicy::Required) => return Err(Failure::PasskeyMissing),
        };
        Ok(Self {
            place,
            now: arrived.now,
            trust: arrived.sight.trust(),
            visit: arrived.visit,
            binding,
            cookie,
        })
    }
}

fn browser_cookie(secret: &Secret) -> Cookie<'static> {
    let life = cookie::time::Duration::hours(BROWSER_LIFE.as_hours());
    Cookie::build((BROWSER, secret.expose()))
        .max_age(life)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}
