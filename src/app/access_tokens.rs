//! Access tokens for the services of the learning platforms: asked for when needed, kept until they expire, never logged.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use lti13_tool::{
    AccessToken, AccessTokenError, AccessTokenRequest, ClientId, DeploymentId, Platform, TokenRefusal, UnixTime,
};

use super::own_keys::OwnKeyError;
use super::{App, random};
use crate::outgoing::{OutgoingError, Question};
use crate::private::Private;

/// A token that expires on the way is of no use.
const MARGIN: SignedDuration = SignedDuration::from_secs(30);
/// No token answer is larger; `lti13_tool` refuses from there on as well.
const LARGEST: usize = 64 * 1024;

/// Why there is no access token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    #[error("there is no signing key of our own")]
    OwnKey(#[from] OwnKeyError),
    #[error("the address for access tokens cannot be reached")]
    Outgoing(#[from] OutgoingError),
    #[error(transparent)]
    Answer(#[from] AccessTokenError),
    /// The platform found our assertion to lie in its future or its past (RFC 7523 §3).
    #[error("the platform gives no access token, as its clock differs too much")]
    Clock {
        /// How much its clock is ahead of ours, if it told the time.
        ahead: Option<SignedDuration>,
    },
}

/// What a token is for.
#[derive(Clone, Copy, Debug)]
pub struct Purpose<'a> {
    pub platform: &'a Platform,
    pub deployment_id: &'a DeploymentId,
    pub scope: &'static str,
}

/// The tokens of this instance: one for each platform, deployment and scope.
#[derive(Debug, Default)]
pub struct AccessTokens(Mutex<Vec<Kept>>);

#[derive(Debug)]
struct Kept {
    issuer: String,
    client_id: ClientId,
    deployment_id: DeploymentId,
    scope: &'static str,
    token: AccessToken,
}

impl Kept {
    fn is_for(&self, purpose: &Purpose<'_>) -> bool {
        self.issuer == purpose.platform.issuer()
            && self.client_id == *purpose.platform.client_id()
            && self.deployment_id == *purpose.deployment_id
            && self.scope == purpose.scope
    }
}

impl AccessTokens {
    /// A token that was used before and is still good.
    pub fn kept(&self, purpose: &Purpose<'_>, now: Timestamp) -> Option<AccessToken> {
        self.forget_old(now);
        let kept = self.lock();
        let known = kept.iter().find(|kept| kept.is_for(purpose));
        known.map(|kept| kept.token.clone())
    }

    /// Forgets every token that is of no use any more.
    pub fn forget_old(&self, now: Timestamp) {
        self.lock().retain(|kept| is_fresh(&kept.token, now));
    }

    /// The platform does not take this one any more.
    pub fn forget(&self, purpose: &Purpose<'_>) {
        self.lock().retain(|kept| !kept.is_for(purpose));
    }

    fn keep(&self, purpose: &Purpose<'_>, token: AccessToken) {
        let mut kept = self.lock();
        kept.retain(|kept| !kept.is_for(purpose));
        kept.push(Kept {
            issuer: purpose.platform.issuer().to_owned(),
            client_id: purpose.platform.client_id().clone(),
            deployment_id: purpose.deployment_id.clone(),
            scope: purpose.scope,
            token,
        });
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_fresh(token: &AccessToken, now: Timestamp) -> bool {
    let soon = now.saturating_add(MARGIN).unwrap_or(now);
    token.expires() > UnixTime::from_seconds(soon.as_second())
}

/// Asks the platform for a new token (Security Framework 1.0 §4.1.1) and keeps it.
pub async fn fetch(app: &App, purpose: &Purpose<'_>, now: Timestamp) -> Result<AccessToken, TokenError> {
    let key = app.own_keys.signing(&app.store, now).await?;
    let scopes = [purpose.scope];
    let request = AccessTokenRequest {
        platform: purpose.platform,
        deployment_id: purpose.deployment_id,
        scopes: &scopes,
    };
    let unix = UnixTime::from_seconds(now.as_second());
    let form = request.sign(&key, random(), unix).map_err(OwnKeyError::Key)?;
    let question = Question {
        url: request.url(),
        accept: "application/json",
        authorization: None,
        form: Some(Private::new(form)),
        largest: LARGEST,
    };
    let answer = app.outgoing.ask(question).await?;
    match request.read(answer.status, answer.body.expose(), unix) {
        Ok(token) => {
            app.access_tokens.keep(purpose, token.clone());
            Ok(token)
        }
        Err(AccessTokenError::Refused(TokenRefusal::Clock)) => Err(TokenError::Clock {
            ahead: answer.date.map(|theirs| theirs.duration_since(now)),
        }),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use lti13_tool::Registration;

    use super::*;

    const SCOPE: &str = "https://scope.example/members";

    fn platform(client_id: &str) -> Platform {
        let url = |path: &str| format!("https://lms.example/{path}");
        Platform::new(Registration {
            issuer: "https://lms.example".to_owned(),
            client_id: client_id.to_owned(),
            authorization_url: url("authorize"),
            token_url: url("token"),
            token_audience: None,
            keys_url: url("keys"),
            deployments: vec!["1".to_owned(), "2".to_owned()],
            hosts: Vec::new(),
        })
        .unwrap()
    }

    #[test]
    fn a_token_is_used_for_its_own_purpose_only_and_not_in_its_last_half_minute() {
        let (ours, theirs) = (platform("ours"), platform("theirs"));
        let [one, two]: [DeploymentId; 2] = ["1", "2"].map(|id| id.parse().unwrap());
        let purpose = |platform, deployment_id| Purpose {
            platform,
            deployment_id,
            scope: SCOPE,
        };
        let now: Timestamp = "2026-11-27T12:00:00Z".parse().unwrap();
        let wanted = purpose(&ours, &one);
        let request = AccessTokenRequest {
            platform: &ours,
            deployment_id: &one,
            scopes: &[SCOPE],
        };
        let answer = br#"{"access_token":"7cba04d4","token_type":"Bearer","expires_in":3600}"#;
        let token = request
            .read(200, answer, UnixTime::from_seconds(now.as_second()))
            .unwrap();
        let tokens = AccessTokens::default();
        tokens.keep(&wanted, token.clone());
        assert_eq!(tokens.kept(&wanted, now), Some(token));
        assert_eq!(tokens.kept(&purpose(&ours, &two), now), None);
        assert_eq!(tokens.kept(&purpose(&theirs, &one), now), None);
        assert_eq!(
            tokens.kept(
                &Purpose {
                    scope: "other",
                    ..wanted
                },
                now
            ),
            None
        );
        assert!(
            !format!("{tokens:?}").contains("7cba04d4"),
            "a token is shown to nobody"
        );
        let late = now + SignedDuration::from_secs(3571);
        assert_eq!(tokens.kept(&wanted, late), None);
        assert_eq!(tokens.kept(&wanted, now), None, "it is not kept any longer");
    }
}
